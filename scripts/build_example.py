"""Make a field from open files: ``python scripts/build_example.py examples/cryptography build/cryptography``.

The field has a reading list, its papers, and printed bibliographies; `lineage bibliography` reads these,
`lineage snapshot` makes the corpus, and then pages, a figure and its bibliography are made as from any other corpus.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

QUESTION = "Diffie-Hellman → Bitcoin"


def corpus_steps(field: Path, folder: Path) -> Iterator[list[str]]:
    """Copy the facts of a field into a folder, and say what to type after `lineage` for the corpus in it."""
    folder.mkdir(parents=True, exist_ok=True)
    for facts in field.glob("*.toml"):
        shutil.copy(facts, folder)
    papers = tomllib.loads((field / "papers.toml").read_text("utf-8"))["papers"]
    for printed in sorted((field / "printed").iterdir()):
        paper = next(paper for paper in papers if paper["key"] == printed.stem)
        version = re.match("% version: (.*)", printed.read_text("utf-8"))
        said = ["--version", version[1]] if version else []
        yield ["bibliography", str(printed), "--of", paper["doi"], *said, "--to", str(folder), "--replace"]
    yield ["snapshot", "--data", str(folder)]


def steps(field: Path, folder: Path) -> Iterator[list[str]]:
    """What to type after `lineage`, one after the other, for the corpus, the pages and the figure."""
    yield from corpus_steps(field, folder)
    given = ["--list", str(folder / "reading_list.toml"), "--corpus", str(folder / "snapshot")]
    yield [*given, "build", "--output", str(folder / "pages")]
    yield [*given, "export", "svg", "--of", QUESTION, "--top", "3", "--output", str(folder / "figure.svg")]
    yield [*given, "export", "bibtex", "--of", QUESTION, "--top", "3", "--output", str(folder / "path.bib")]


def main() -> None:
    """Type the steps for the folders that the command line names."""
    field, folder = map(Path, sys.argv[1:])
    for words in steps(field, folder):
        subprocess.run([sys.executable, "-m", "graph", *words], check=True)  # noqa: S603  # our own command


if __name__ == "__main__":
    main()
