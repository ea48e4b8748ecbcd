"""The fixture book: one small chapter with a decision of each kind and no faults, and copies of it to break."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from commissioning import check
from commissioning.book import contents

ROOT = Path(__file__).resolve().parents[1]
FIXTURES = Path(__file__).resolve().parent / "fixtures"
CHAPTER = "waiting-for-a-scan"
DECISIONS = {
    "first-step": "best-answer",
    "in-what-order": "ranking",
    "three-of-eight": "choose-three",
    "how-long-a-queue": "estimate",
    "count-again": "estimate",
    "what-the-plot-says": "claim",
    "turn-the-dial": "explorer",
}


@dataclass(frozen=True)
class Copy:
    """A copy of the fixture book, whose chapter can be broken one thing at a time."""

    root: Path

    def path(self, name: str) -> Path:
        """A file by its path below book/; `chapter/` stands for the chapter's folder."""
        return self.root / "book" / name.replace("chapter/", f"{CHAPTER}/", 1)

    def change(self, name: str, old: str, new: str) -> None:
        """Replace the first `old` of a file, which must be there."""
        text = self.path(name).read_text(encoding="utf-8")
        assert old in text, f"{name} does not hold {old!r}"
        self.path(name).write_text(text.replace(old, new, 1), encoding="utf-8")

    def enter(self, page: str) -> None:
        """Name a page in the contents, as every page is to be: "book/sure"."""
        toc = self.root / "_toc.yml"
        toc.write_text(
            contents.with_pages(toc.read_text(encoding="utf-8"), [page], [CHAPTER]), encoding="utf-8", newline="\n"
        )

    def faults(self) -> list[str]:
        """Every fault as an author reads it, with paths below book/ and the chapter's folder as `chapter/`."""
        prefix = f"{self.root.as_posix()}/book/"
        found = [str(fault).replace(prefix, "") for fault in check.find_all(self.root)]
        return [fault.replace(f"{CHAPTER}/", "chapter/", 1) for fault in found]
