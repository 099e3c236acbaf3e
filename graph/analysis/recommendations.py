"""Papers that a service suggests, beside what the corpus knows of them. A suggestion is no citation and makes none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ..model.identifiers import Identifier, closure
from ..model.lineage import Lineage
from ..model.marks import MARK_KINDS, MarkKind, NamedPaper
from ..utils.person_names import may_be_first_author
from ..utils.text import normalised_title


@dataclass(frozen=True, slots=True)
class DescribedPaper:
    """A paper as a service describes it; what it does not say is None or empty."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    year: int | None = None
    venue: str | None = None
    identifiers: tuple[Identifier, ...] = ()
    citation_count: int | None = None
    """How many papers cite it, as the service counts."""
    key: str | None = None
    """The paper of the corpus that it is; None when it is not there."""
    marks: tuple[MarkKind, ...] = ()
    """What the person who asks has said of it."""


@dataclass(frozen=True, slots=True)
class Recommendations:
    """What a service suggests to read, in its order."""

    liked: tuple[str, ...]
    disliked: tuple[str, ...]
    """Keys of the papers that suggestions were to be like, and unlike."""
    papers: tuple[DescribedPaper, ...]
    """Without those of the reading list."""
    listed: tuple[str, ...] = ()
    """Suggested papers that the list has already."""
    not_known: tuple[str, ...] = ()
    """Keys of papers that the service does not know, or that have no identifier to ask by."""
    unreadable: int = 0
    """How many suggestions could not be read."""
    asked: str = ""
    """The day of the answer."""
    left_out: int = 0
    """How many suggestions the person has marked so that they are not shown."""


def in_corpus(lineage: Lineage, paper: DescribedPaper) -> DescribedPaper:
    """The paper with its key, if one of its identifiers names a paper of the corpus: that of the first that does.

    >>> from graph import load
    >>> in_corpus(load(), DescribedPaper(identifiers=(Identifier("arxiv", "1810.04805"),))).key
    'devlin2018'
    """
    keys = (key for identifier in paper.identifiers for key in lineage.corpus.identified(identifier))
    return replace(paper, key=next(keys, None))


def split_listed(lineage: Lineage, papers: Iterable[DescribedPaper]) -> tuple[list[DescribedPaper], list[str]]:
    """Papers that the reading list does not have, with their keys, and the keys of those that it has; each once."""
    found = [in_corpus(lineage, each) for each in dict.fromkeys(papers)]
    new = [each for each in found if each.key is None or each.key not in lineage.entries]
    return new, list(dict.fromkeys(each.key for each in found if each.key is not None and each.key in lineage.entries))


@dataclass(frozen=True, slots=True)
class NamedPapers:
    """The papers that a library names, to look others up among them."""

    identifiers: frozenset[Identifier]
    titled: Mapping[str, Sequence[NamedPaper]]

    @classmethod
    def of(cls, papers: Iterable[NamedPaper]) -> NamedPapers:
        """The papers, by their identifiers with those that these imply, and by their titles."""
        identifiers: set[Identifier] = set()
        titled: defaultdict[str, list[NamedPaper]] = defaultdict(list)
        for each in papers:
            identifiers.update(closure(each.identifiers))
            titled[normalised_title(each.title or "")].append(each)
        return cls(frozenset(identifiers), titled)

    def has(self, paper: DescribedPaper) -> bool:
        """Whether one of them is this paper: it has one of its identifiers, or else its title.

        Titles are compared by letters and digits. The first authors must be such that they can be one person, and the
        years at most one apart, as far as they are known.

        >>> mine = NamedPapers.of([NamedPaper((), "Attention Is All You Need", "Vaswani, A.", 2017)])
        >>> mine.has(DescribedPaper("Attention is all you need.", ("Ashish Vaswani",), 2018))
        True
        >>> mine.has(DescribedPaper("Attention is all you need", ("Ashish Vaswani",), 2021))
        False
        """
        if not self.identifiers.isdisjoint(closure(paper.identifiers)):
            return True
        title = normalised_title(paper.title or "")
        return bool(title) and any(_may_be(paper, each) for each in self.titled.get(title, ()))


def _may_be(paper: DescribedPaper, named: NamedPaper) -> bool:
    is_near = paper.year is None or named.year is None or abs(paper.year - named.year) <= 1
    return is_near and may_be_first_author(named.first_author, paper.authors)


def with_marks_of_library(lineage: Lineage, papers: Iterable[DescribedPaper]) -> list[DescribedPaper]:
    """The papers with the marks of the person who asks: by their keys, and by what the files of the marks name."""
    named = {kind: NamedPapers.of(lineage.marks.named(kind)) for kind in MARK_KINDS}
    return [
        replace(
            each,
            marks=tuple(kind for kind in MARK_KINDS if each.key in lineage.marks.keys(kind) or named[kind].has(each)),
        )
        for each in papers
    ]
