# The same commands that CI runs. Python 3.11 or newer, make and git are all they need.
# `make read` sets everything up in .venv, builds the book, serves it on this machine and opens the browser.

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python3.14 python; do \
	if command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; \
	then echo $$p; break; fi; done)
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --disable-pip-version-check --constraint constraints.txt
QUICK := not slow and not browser and not book and not lab

# A hundred processes of a build and its tests load the package: compiled once, not in each of them.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: .check-book .check-code .check-tests help book read watch lab test check bench notebooks clean

help:
	@echo "make book       build the book into _build/html"
	@echo "make read       build it, serve it on this machine, open the browser"
	@echo "make watch      the same, and what you save is shown in the open page"
	@echo "make lab        JupyterLab on your own copy, in my-casebook/"
	@echo "make check      every fault an author can make, lint, types, tests of what changed"
	@echo "make test       everything, in a real browser and a real JupyterLab too"
	@echo "make bench      measure what the book promises"
	@echo "make notebooks  make exercises/ afresh from solutions/"
	@echo "make clean      delete what was built (not .venv)"

book: $(VENV)/.book
	$(BIN)/commissioning build

read: book
	$(BIN)/commissioning read

watch: $(VENV)/.book
	$(BIN)/commissioning read --watch

lab: $(VENV)/.lab
	$(BIN)/commissioning lab my-casebook

check: $(VENV)/.test
	@$(MAKE) --no-print-directory -j2 .check-book .check-code .check-tests

.check-book:
	$(BIN)/commissioning check
	$(BIN)/commissioning notebooks --check

.check-code:
	$(BIN)/ruff check src tests benchmarks
	$(BIN)/ruff format --check src tests benchmarks
	$(BIN)/mypy

.check-tests:
	$(BIN)/python -m pytest -q -m "$(QUICK)" $$($(BIN)/python tests/quick.py)

test: $(VENV)/.test
	$(BIN)/python tests/chromium.py --install
	$(BIN)/ruff check src tests benchmarks
	$(BIN)/ruff format --check src tests benchmarks
	$(BIN)/mypy
	$(BIN)/commissioning check
	$(BIN)/commissioning build --clean
	$(BIN)/python -m pytest -n auto --dist loadgroup

bench: $(VENV)/.test
	$(BIN)/python tests/chromium.py --install
	$(BIN)/python benchmarks/run.py

notebooks: $(VENV)/.book
	$(BIN)/commissioning notebooks

clean:
	rm -rf _build .schemas .pytest_cache .mypy_cache .ruff_cache

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed, and none was found. Name one: make PYTHON=/path/to/python3"; exit 2; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.book: $(VENV)/bin/python pyproject.toml constraints.txt
	@echo "Installing into $(VENV): some minutes the first time. Each line is one library."
	$(INSTALL) --editable ".[book,tutor]"
	@touch $@

$(VENV)/.lab: $(VENV)/.book
	@echo "Installing into $(VENV): some minutes the first time. Each line is one library."
	$(INSTALL) --editable ".[book,tutor,lab]"
	@touch $@

$(VENV)/.test: $(VENV)/bin/python pyproject.toml constraints.txt
	@echo "Installing into $(VENV): some minutes the first time. Each line is one library."
	$(INSTALL) --editable ".[book,tutor,lab,test]"
	@touch $@ $(VENV)/.book $(VENV)/.lab
