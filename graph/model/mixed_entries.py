"""Where a reading list and its corpus do not agree on what one paper is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from ..utils.text import clipped, normalised_title
from .corpus import Corpus
from .reading_list import Entry

if TYPE_CHECKING:
    from .lineage import Lineage


@dataclass(frozen=True, slots=True)
class MixedEntry:
    """One entry that names several papers of the corpus."""

    number: int
    papers: tuple[tuple[str, str], ...]
    """The key of each paper, and what of the entry names it; the first is the one that the entry counts as."""


@dataclass(frozen=True, slots=True)
class SharedName:
    """One name of several papers of the list."""

    name: str
    papers: tuple[tuple[str, int], ...]
    """The key of each paper, and the number of the entry that gives it this name."""


Mixed = MixedEntry | SharedName


def mixed_entries(lineage: Lineage) -> Iterator[MixedEntry]:
    """The entries whose identifiers and title are those of several papers of the corpus, as it is without the list.

    A title is looked up where it is not that of the entry's paper, which reads all names once.
    """
    corpus = lineage.corpus.unchanged
    for key, entries in lineage.entries.items():
        for entry in entries if key in corpus.papers else ():
            named = _named_by(corpus, key, entry)
            if len(named) > 1:
                yield MixedEntry(entry.number, tuple(named.items()))


def _named_by(corpus: Corpus, key: str, entry: Entry) -> dict[str, str]:
    """The papers that an entry names, and by what; the one that it counts as is the first."""
    named = {key: ""}
    for each in entry.identifiers:
        if keys := corpus.identified(each):
            paper = key if key in keys else keys[0]
            named[paper] = named.get(paper) or str(each)
    title, own = entry.title, corpus.papers[key]
    if title and normalised_title(title) not in map(normalised_title, (own.title or "", *own.also_titled)):
        for other in corpus.keys_by_name(lambda names: names.titled(title)):
            named.setdefault(other, "its title")
    return named


def shared_names(lineage: Lineage) -> Iterator[SharedName]:
    """The names that entries give to several papers."""
    given: defaultdict[str, dict[str, tuple[str, int]]] = defaultdict(dict)
    for key, entries in lineage.entries.items():
        for entry in entries:
            for name in entry.names:
                given[normalised_title(name)].setdefault(key, (name, entry.number))
    for papers in given.values():
        if len(papers) > 1:
            name = next(iter(papers.values()))[0]
            yield SharedName(name, tuple((key, number) for key, (_, number) in papers.items()))


def mixed_up(lineage: Lineage) -> tuple[Mixed, ...]:
    """The entries that name several papers, and the names that several papers have."""
    return tuple(chain(mixed_entries(lineage), shared_names(lineage)))


def mixed_text(corpus: Corpus, found: Mixed) -> str:
    """What is mixed up, and what to do, as one line."""
    if isinstance(found, SharedName):
        papers = " and ".join(f"{_called(corpus, key)}, entry {number})" for key, number in found.papers)
        name = clipped(found.name, 80)
        return f"{name!r} names {papers}; give each a name of its own, for this one does not say which is meant"
    papers = " and ".join(f"{_called(corpus, key)}, by {what})" for key, what in found.papers)
    return f"entry {found.number} names {papers}, and counts as one paper; correct it, or make an entry of each"


def _called(corpus: Corpus, key: str) -> str:
    """The name that the corpus has for a paper, and the begin of a bracket with its key."""
    paper = corpus.unchanged.papers.get(key) or corpus.papers[key]
    return f"{clipped(next(iter(paper.names), None) or paper.title or paper.untitled, 60)} ({key}"


def mixed_remark(lineage: Lineage) -> str:
    """The first of what is mixed up, and how many more there are; nothing where all is clear."""
    found = mixed_up(lineage)
    if not found:
        return ""
    more = f" ({len(found) - 1} more like it: 'lineage audit' lists them)" if len(found) > 1 else ""
    return f"{mixed_text(lineage.corpus, found[0])}{more}"
