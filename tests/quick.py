"""Which test modules `make check` runs: those about what authors write, and those of what has changed. Prints them.

Changed is what differs from the branch that a change is to go into (`main`, here or at `origin`), committed or not. A
module of the package stands for the test modules that import it. `make test` runs everything.
"""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
AUTHORS = (
    "tests/test_spelling.py",
    "tests/test_buying_help.py",
    "tests/test_who_decides.py",
    "tests/test_check_written.py",
    "tests/notebooks/test_made_from_solutions.py",
)
"""What no command of the package checks, and what an author's change may break."""
MOST = 12
"""More modules than this are no quick test: then only those that are named after what has changed."""


def main() -> None:
    """Print the modules, one a line."""
    print("\n".join(chosen(changed())))


def changed() -> list[str]:
    """The files that differ from main, or (where there is no main) from the last commit; none where git is not used."""
    bases = [_git("merge-base", "HEAD", name) for name in ("main", "origin/main")]
    base = next((found[0] for found in bases if found), "HEAD")
    return sorted({*_git("diff", "--name-only", base), *_git("ls-files", "--others", "--exclude-standard")})


def _git(*arguments: str) -> list[str]:
    try:
        done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    except OSError:
        return []
    return done.stdout.split() if done.returncode == 0 else []


def chosen(files: Iterable[str]) -> list[str]:
    """The test modules to run for these changed files, from the repository's root."""
    files, modules = list(files), sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob("tests/**/test_*.py"))
    own = {file for file in files if file in modules}
    imported = {module: _imported(ROOT / module) for module in modules}
    near = {module for file in files for module in _near(file, imported)}
    if len(near) > MOST:
        near = {module for module in near if any(_is_of(module, file) for file in files)}
    return sorted({*AUTHORS, *own, *near} & set(modules))


def _near(file: str, imported: dict[str, set[str]]) -> set[str]:
    """The test modules that import a file of the package, or, where none does, the folder that it lies in."""
    parts = Path(file).with_suffix("").parts
    if parts[:2] != ("src", "commissioning") or len(parts) < 4:
        return set()
    names = [".".join(parts[1:-1])] if parts[-1] == "__init__" else [".".join(parts[1:]), ".".join(parts[1:-1])]
    found = ({module for module, used in imported.items() if name in used} for name in names)
    return next((modules for modules in found if modules), set())


def _imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def _is_of(module: str, file: str) -> bool:
    """Whether a test module is named after a file, or after the folder that it lies in."""
    name = Path(module).stem.removeprefix("test_")
    path = Path(file)
    return bool({path.stem, path.parent.name} & {name, *name.split("_", 1)[1:]})


if __name__ == "__main__":
    main()
