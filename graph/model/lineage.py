"""The lineage graph: a corpus and a reading list as a networkx.DiGraph, annotated with themes.

Its arcs run **cited -> citing**, from the older paper to the newer: the way the idea travelled.
A citation BERT -> Attention Is All You Need in the corpus is the arc Transformer -> BERT here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from ..algorithms.network import Flags, Network
from ..algorithms.ordered_part import circles_of
from .arcs import ArcBetween, arcs_among, citations_among, citations_of
from .arrays import UNDATED
from .citation_graph import CitationGraph
from .corpus import Citation, Corpus, Paper
from .grouping import BY_THEME, Grouping
from .in_memory import InMemory
from .list_entries import find_entries
from .marks import NO_MARKS, Marks
from .networkx_graphs import InNetworkx
from .reading_list import Entry, ReadingList
from .reasons import Reason, Reasons
from .reprs import HtmlRepr
from .roles import ANCESTOR, BRIDGE, DESCENDANT, LIST, OTHER, ROLES, roles_of

if TYPE_CHECKING:
    from .vectors import VectorFile

__all__ = [
    "ANCESTOR",
    "BRIDGE",
    "DESCENDANT",
    "LIST",
    "OTHER",
    "Lineage",
    "build_lineage",
]


@dataclass(frozen=True, repr=False)
class Lineage(InMemory, InNetworkx, HtmlRepr):
    """A corpus seen from a reading list. In a notebook it shows itself as its page.

    Questions run on its `network`, in which papers are numbers. What follows from the reading list (roles, shares of
    themes) and the networkx graph are made when they are first asked for.
    """

    corpus: Corpus
    """With a paper for every entry; one that no source knows has no citations."""
    reading_list: ReadingList
    entries: Mapping[str, tuple[Entry, ...]]
    """The entries that name a paper, by its key."""
    absent: tuple[str, ...] = ()
    """Keys of entries that no source of the corpus knows."""
    reasons: Reasons = field(default_factory=dict)
    """Why a paper cites another, by the arc, cited -> citing, as far as somebody has read for it."""
    marks: Marks = NO_MARKS
    """What the person who asks has read, and owns."""
    vectors: VectorFile | None = field(default=None, compare=False, repr=False)
    """What tells how near papers are in content; None where nobody has fetched it."""
    grouping: Grouping = BY_THEME
    """Groups of papers that stand in the place of themes (`graph.analysis.lanes`)."""

    def __repr__(self) -> str:
        title, papers, citations = self.reading_list.title, len(self.corpus.papers), len(self.corpus.citations)
        return f"<Lineage {title!r}: {len(self.entries)} of {papers:,} papers, {citations:,} citations>"

    def __reduce__(self) -> tuple[Any, ...]:
        """A lineage for another process, or a copy: what follows from its fields is made anew where it is asked for."""
        return type(self), tuple(getattr(self, each.name) for each in fields(self))

    def paper(self, key: str) -> Paper:
        """The paper with this key."""
        return self.corpus.papers[key]

    def __contains__(self, key: object) -> bool:
        return key in self.corpus.papers

    @property
    def network(self) -> Network:
        """The citations as arrays, arcs cited -> citing, without those of papers that cite themselves."""
        return self.corpus.arrays.network

    def number(self, key: str) -> int:
        """The number of a paper in the network."""
        return self.corpus.arrays.numbers[key]

    def numbers_of(self, keys: Iterable[str]) -> list[int]:
        """The numbers of papers in the network."""
        return self.corpus.arrays.numbers_of(keys)

    def keys_of(self, numbers: Iterable[int]) -> list[str]:
        """The keys of papers by their numbers."""
        return self.corpus.arrays.keys_of(list(numbers))

    def oldest_first(self, numbers: Any) -> tuple[str, ...]:
        """The keys of papers by an array of their numbers, in the order of `age`."""
        return tuple(self.keys_of(self.corpus.arrays.oldest_first(numbers).tolist()))

    @property
    def list_numbers(self) -> list[int]:
        """The numbers of the papers of the reading list, in its order."""
        return self.numbers_of(self.list_keys)

    def part(self, numbers: Iterable[int]) -> Lineage:
        """The lineage itself, which has all papers: see `graph.model.collection.PaperCollection`."""
        return self

    def flagged(self, keys: Iterable[str]) -> Flags:
        """An array that is true for some papers."""
        flags = np.zeros(self.network.nodes, np.bool_)
        flags[self.numbers_of(keys)] = True
        return flags

    def flagged_by_years(self, first: int | None, last: int | None) -> Flags:
        """An array that is true for the papers of some years; false for papers without a date."""
        dates = self.corpus.arrays.dates
        years = dates // 10_000
        flags: Flags = (dates != UNDATED) & (years >= (first or 0))
        return flags if last is None else flags & (years <= last)

    def citation_graph(self, among: Flags | None = None) -> CitationGraph:
        """The citations as a graph of keys, or those among some papers; see `CitationGraph`."""
        return CitationGraph(self.corpus.arrays, among)

    def cites(self, key: str) -> list[str]:
        """The papers that a paper cites, by key."""
        return self.keys_of(self.network.references_of(self.number(key)).tolist())

    def cited_by(self, key: str) -> list[str]:
        """The papers that cite a paper, by key."""
        return self.keys_of(self.network.citers_of(self.number(key)).tolist())

    def has_citation(self, cited: str, citing: str) -> bool:
        """Whether one paper cites another."""
        return bool((self.network.citers_of(self.number(cited)) == self.number(citing)).any())

    def reference_count(self, key: str) -> int:
        """How many papers of the corpus a paper cites."""
        return len(self.network.references_of(self.number(key)))

    def times_cited(self, key: str) -> int:
        """How many papers of the corpus cite a paper."""
        return len(self.network.citers_of(self.number(key)))

    def entry_numbers(self, key: str) -> tuple[int, ...]:
        """The numbers of the entries that name a paper; none outside the list."""
        return tuple(entry.number for entry in self.entries.get(key, ()))

    def role(self, key: str) -> str:
        """The role of a paper: "list", "bridge", "ancestor", "descendant" or "other"."""
        return ROLES[self.roles[self.number(key)]]

    @cached_property
    def roles(self) -> Any:
        """The role of every paper, by its number, as its place in `graph.model.roles.ROLES`."""
        return roles_of(self.network, self.numbers_of(self.entries))

    @cached_property
    def list_keys(self) -> tuple[str, ...]:
        """The papers of the reading list, in the order of their first entry."""
        return tuple(self.entries)

    @cached_property
    def bridges(self) -> tuple[str, ...]:
        """Papers outside the list that lie on a path between two papers of it, oldest first."""
        return self.oldest_first(np.flatnonzero(self.roles == ROLES.index(BRIDGE)))

    def age(self, key: str) -> tuple[str, str]:
        """A sorting key: by date, papers without one last, then by key."""
        return self.paper(key).date or "9999", key

    def by_age(self, keys: Iterable[str]) -> list[str]:
        """Papers in the order of `age`, each once."""
        return list(self.oldest_first(np.unique(np.asarray(self.numbers_of(keys), np.int64))))

    def place(self, key: str) -> tuple[Any, ...]:
        """A sorting key: papers of the list first, by number, then the others by age."""
        numbers = self.entry_numbers(key)
        return (0, numbers, key) if numbers else (1, *self.age(key))

    def listed(self, keys: Iterable[str]) -> tuple[str, ...]:
        """Those of some papers that the reading list has, in its order."""
        return tuple(sorted((key for key in keys if key in self.entries), key=self.place))

    def citation(self, cited: str, citing: str) -> Citation:
        """The citation behind the arc cited -> citing.

        Raises `KeyError` when there is none.
        """
        found = self.corpus.citation(citing, cited)
        if found is None:
            raise KeyError((cited, citing))
        return found

    def reason(self, cited: str, citing: str) -> Reason | None:
        """Why the second paper cites the first; None when no reason is recorded."""
        return self.reasons.get((cited, citing))

    def is_backwards(self, cited: str, citing: str) -> bool:
        """Whether the cited paper is dated after the citing one, as far as both dates are known."""
        return bool(self.corpus.arrays.backwards(self.number(cited), self.number(citing)))

    @cached_property
    def self_citations(self) -> tuple[Citation, ...]:
        """The citations of papers by themselves: reported, and no arcs."""
        arrays = self.corpus.arrays
        return tuple(self.corpus.citations[at] for at in np.flatnonzero(arrays.citing == arrays.cited).tolist())

    @cached_property
    def cycles(self) -> tuple[tuple[str, ...], ...]:
        """The groups of papers that cite each other in circles, largest first.

        Papers of one group each lead to every other: strongly connected components of more than
        one paper.
        """
        groups = [tuple(self.by_age(self.keys_of(group))) for group in circles_of(self.corpus.arrays.ordered)]
        return tuple(sorted(groups, key=lambda group: (-len(group), group)))

    @cached_property
    def backwards(self) -> tuple[Citation, ...]:
        """The citations whose cited paper is dated after the citing one."""
        arrays = self.corpus.arrays
        later = arrays.backwards(arrays.cited, arrays.citing) & (arrays.cited != arrays.citing)
        return tuple(self.corpus.citations[at] for at in np.flatnonzero(later).tolist())

    def citations_among(self, ordered: Sequence[str]) -> list[ArcBetween]:
        """The citations between some papers, in the order of these: by the cited paper, then by the citing one."""
        return citations_among(self.corpus, ordered)

    def citations_of(self, arcs: Sequence[tuple[str, str]]) -> list[ArcBetween]:
        """The citations behind some arcs cited -> citing, all of which there are, in their order."""
        return citations_of(self.corpus, arcs)

    def count_arcs_among(self, keys: Iterable[str]) -> int:
        """How many arcs there are between some papers."""
        return len(self.network.arcs_among(np.array(self.numbers_of(set(keys)), np.int64))[0])

    def arcs_among(self, ordered: Sequence[str]) -> list[tuple[str, str]]:
        """The arcs cited -> citing between some papers, in the order of these: by the cited, then by the citing one."""
        return arcs_among(self.corpus, ordered)


def build_lineage(corpus: Corpus, reading_list: ReadingList, reasons: Reasons | None = None) -> Lineage:
    """See a corpus from a reading list.

    Looks at the identifiers of all papers once; everything else is done when it is asked for. Each entry of the list is
    found in the corpus by its identifiers; one that the corpus does not know becomes a paper on its own. `reasons` are
    those of citations of the corpus by their arcs, which lead from the cited paper to the citing one, as in the graph.
    """
    return Lineage(*find_entries(corpus, reading_list), reasons or {})
