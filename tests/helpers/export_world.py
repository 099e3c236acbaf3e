"""What the tests of the exports share: selections, and what must stand in every file, from the corpus alone."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import pytest

from graph.analysis.neighbourhood import neighbourhood
from graph.exports.registry import find_format
from graph.exports.selection import Selection
from graph.interfaces.corpus_backend import CorpusBackend
from graph.interfaces.select import select as select_from
from graph.model.corpus import Assertion, Citation, Corpus, Coverage, Paper, Source
from graph.model.identifiers import identifier
from graph.model.lineage import Lineage, build_lineage
from graph.model.load_lineage import load_lineage
from graph.model.reading_list import Entry, ReadingList, Theme
from graph.model.shipped_data import reading_list_path, snapshot_path

from .hostile import hostile_lineage

READERS = Path(__file__).parents[1] / "readers"
CASES = ("list", "neighbourhood", "hostile", "evidence")


def select(lineage: Lineage, text: str = "list", *, top: int = 10) -> Selection:
    """What `lineage export --of TEXT` exports."""
    return select_from(CorpusBackend(lineage), text, top=top)


@cache
def shipped() -> Lineage:
    return load_lineage(reading_list_path(), snapshot_path())


@cache
def evidence() -> Lineage:
    """Four papers of which something is unknown each, and citations with all that a source can say."""
    papers = {
        "one": Paper("one", "First, of all", ("Ann Lee", "Bo van den Berg"), True, "2001-05", "first_version"),
        "two": Paper("two", "Second", ("OpenAI",), False, "2003", "stated_year", venue="NeurIPS 2004", names=("Two",)),
        "three": Paper("three", identifiers=(identifier("s2", "a" * 40),)),
        "four": Paper("four", "Fourth", date="2000-02-29", date_basis="corrected", venue="Nature 521(7553), 2015"),
    }
    sources = {
        "print:two": Source("print:two", "printed_bibliography", "bibliography of two"),
        "s2:2024": Source("s2:2024", "semantic_scholar", "Semantic Scholar", observed="2024-01-31"),
    }
    citations = [
        Citation(
            "two",
            "one",
            (
                Assertion("print:two", (3, 7)),
                Assertion("s2:2024", influential=True, intents=("background", "methodology"), contexts=("As [3] say",)),
            ),
        ),
        Citation("three", "two", (Assertion("s2:2024", influential=False),)),
        Citation("four", "two", (Assertion("s2:2024"),)),  # of a later paper
    ]
    coverage = [Coverage("two", "references", "print:two", "complete", 9)]
    corpus = Corpus(papers, citations, coverage, sources)
    entry = Entry(1, ("a", "b"), "First, of all", identifiers=(identifier("arxiv", "0105.0001"),))
    other = Entry(5, ("b",), "Second", identifiers=(identifier("doi", "10.1000/two_(2004)"),))
    papers["one"] = Paper("one", *_fields(papers["one"]), identifiers=entry.identifiers)
    papers["two"] = Paper("two", *_fields(papers["two"]), names=("Two",), identifiers=other.identifiers)
    corpus = Corpus(papers, citations, coverage, sources)
    themes = (Theme("a", "Äpfel, and pears; plums"), Theme("b", "B"))
    return build_lineage(corpus, ReadingList("Four", themes, (entry, other)))


def letters(
    arcs: str,
    *,
    listed: str = "",
    dates: Mapping[str, str | None] | None = None,
    themes: Mapping[str, str] | None = None,
    complete: str = "",
) -> Lineage:
    """A lineage of papers that are called by one letter each, and dated 2001, 2002, ... in the order of the alphabet.

    "ab bc" means that B cites A and that C cites B. The papers in `listed` are the reading list: the first one has
    the themes "one" and "two", the others "two", or what `themes` says. The references of the papers in `complete`
    are known.
    """
    named = sorted({letter for letter in arcs + listed if letter != " "})
    papers = {
        letter: Paper(
            letter,
            f"Paper {letter.upper()}",
            date=(dates or {}).get(letter, f"20{'abcdefghijklmnopqrstuvwxyz'.index(letter) + 1:02d}"),
            names=(letter.upper(),),
            identifiers=(identifier("arxiv", f"2001.{n:05d}"),),
        )
        for n, letter in enumerate(named)
    }
    sources = {"print": Source("print", "printed_bibliography", "a print")}
    citations = [Citation(arc[1], arc[0], (Assertion("print", (n,)),)) for n, arc in enumerate(arcs.split(), start=1)]
    coverage = [Coverage(letter, "references", "print", "complete", 7) for letter in complete]
    entries = tuple(
        Entry(
            n,
            ("one", "two") if n == 1 else ((themes or {}).get(letter, "two"),),
            papers[letter].title,
            identifiers=papers[letter].identifiers,
        )
        for n, letter in enumerate(listed, start=1)
    )
    both = (Theme("one", "Theme one"), Theme("two", "Theme two"))
    return build_lineage(Corpus(papers, citations, coverage, sources), ReadingList("Letters", both, entries))


def _fields(paper: Paper) -> tuple[Any, ...]:
    return (
        paper.title,
        paper.authors,
        paper.authors_complete,
        paper.date,
        paper.date_basis,
        paper.publication_date,
        paper.venue,
    )


@dataclass(frozen=True)
class Case:
    """A selection and the keys that it must hold."""

    name: str
    selection: Selection
    keys: frozenset[str]

    @property
    def lineage(self) -> Lineage:
        return self.selection.lineage

    @cached_property
    def arcs(self) -> dict[tuple[str, str], Citation]:
        """Every citation of the corpus among the keys, cited -> citing."""
        return {
            (c.cited, c.citing): c
            for c in self.lineage.corpus.citations
            if {c.citing, c.cited} <= self.keys and c.citing != c.cited
        }

    def paper(self, key: str) -> Paper:
        return self.lineage.corpus.papers[key]

    def theme(self, key: str) -> str | None:
        """The name of the theme that a person chose first, or the largest inferred one; None when unknown."""
        data = self.lineage.graph.nodes[key]
        themes = self.lineage.reading_list.themes
        if data["themes"]:
            return next(theme.name for theme in themes if theme.id in data["themes"])
        shares = data["shares"]
        return max(themes, key=lambda theme: shares.get(theme.id, 0)).name if shares else None


@cache
def case(name: str) -> Case:
    if name in ("hostile", "evidence"):
        lineage = hostile_lineage() if name == "hostile" else evidence()
        return Case(name, select(lineage, "corpus"), frozenset(lineage.corpus.papers))
    keys = shipped().list_keys if name == "list" else neighbourhood(shipped())
    return Case(name, select(shipped(), name), frozenset(keys))


@cache
def files(name: str, format_: str) -> dict[str, str | bytes]:
    return dict(find_format(format_).write(case(name).selection))


def text(name: str, format_: str, ending: str | None = None) -> str:
    """The main file of a case in a format, or the one with this ending."""
    made = files(name, format_)
    content = made[ending] if ending else next(iter(made.values()))
    assert isinstance(content, str)
    return content


def read_with_node(script: str, content: str, folder: Path, *arguments: str) -> Any:
    """What a reader from npm makes of a file."""
    if not (READERS / "node_modules").is_dir():
        pytest.fail("tests/readers/node_modules is not there: `make test` installs it (npm ci)")
    path = folder / "file"
    path.write_bytes(content.encode("utf-8"))
    run = subprocess.run(
        ["node", str(READERS / script), str(path), *arguments],
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=120,
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)
