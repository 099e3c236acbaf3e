"""The lineage graph: a corpus and a reading list as a networkx.DiGraph with roles and themes.

Its arcs run **cited -> citing**, from the older paper to the newer, as the idea travelled.
A citation BERT -> Attention Is All You Need in the corpus is the arc Transformer -> BERT here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

import networkx as nx

from ..algorithms.components import circles, reach_of
from ..utils.text import fingerprint
from .citekeys import proposed_key
from .corpus import Citation, Corpus, Paper
from .identifiers import Identifier, arxiv_month, closure
from .reading_list import Entry, ReadingList
from .reprs import HtmlRepr
from .themes import inferred_shares, main_theme

LIST, BRIDGE, ANCESTOR, DESCENDANT, OTHER = "list", "bridge", "ancestor", "descendant", "other"
"""The roles of a paper: in the list; on a path between two papers of it; before one; after one; none of these."""


@dataclass(frozen=True, repr=False)
class Lineage(HtmlRepr):
    """A corpus and a reading list, and the graph that they make. In a notebook it shows itself as its page.

    Attributes
    ----------
    corpus : Corpus
        Has a paper for every entry of the list. A paper that no source knows has no citations.
    reading_list : ReadingList
    graph : networkx.DiGraph
        Nodes are paper keys, arcs run cited -> citing. Node attributes: ``name``, ``title``,
        ``date``, ``year``, ``role``, ``numbers`` (of its entries in the list), ``themes`` (those that a
        person chose), ``shares`` (of themes; inferred where none was chosen). Arc attributes:
        ``sources`` (the ids of those that assert it), ``citation`` (its `Citation`) and
        ``backwards`` (True when the cited paper is the later one by their dates).
    entries : mapping of str to tuple of Entry
        The entries that name a paper, by its key.
    by_identifier : mapping of Identifier to tuple of str
        The keys of the papers that have an identifier.
    self_citations : tuple of Citation
        Citations of a paper by itself. They are no arcs of the graph.
    absent : tuple of str
        Keys of entries that no source of the corpus knows.
    """

    corpus: Corpus
    reading_list: ReadingList
    graph: nx.DiGraph[str]
    entries: Mapping[str, tuple[Entry, ...]]
    by_identifier: Mapping[Identifier, tuple[str, ...]]
    self_citations: tuple[Citation, ...] = ()
    absent: tuple[str, ...] = ()

    def __repr__(self) -> str:
        title, papers, citations = self.reading_list.title, len(self.corpus.papers), len(self.corpus.citations)
        return f"<Lineage {title!r}: {len(self.entries)} of {papers:,} papers, {citations:,} citations>"

    def paper(self, key: str) -> Paper:
        """The paper with this key."""
        return self.corpus.papers[key]

    @cached_property
    def list_keys(self) -> tuple[str, ...]:
        """The papers of the reading list, in the order of their first entry."""
        return tuple(self.entries)

    @cached_property
    def bridges(self) -> tuple[str, ...]:
        """Papers outside the list that lie on a path between two papers of it, oldest first."""
        keys = (key for key, data in self.graph.nodes(data=True) if data["role"] == BRIDGE)
        return tuple(sorted(keys, key=self.age))

    def age(self, key: str) -> tuple[str, str]:
        """A sorting key: by date, papers without a date last, then by key."""
        return self.paper(key).date or "9999", key

    def place(self, key: str) -> tuple[Any, ...]:
        """A sorting key: papers of the list first, by number, then the others by age."""
        numbers = self.graph.nodes[key]["numbers"]
        return (0, numbers, key) if numbers else (1, *self.age(key))

    def themes_of(self, key: str) -> tuple[str, ...]:
        """The themes that a person chose for a paper, or else its main inferred theme; empty when none is known."""
        data = self.graph.nodes[key]
        chosen: tuple[str, ...] = data["themes"]
        if chosen:
            return chosen
        inferred = main_theme(data["shares"], self.reading_list.theme_ids)
        return (inferred,) if inferred else ()

    def citation(self, cited: str, citing: str) -> Citation:
        """The citation of the arc cited -> citing."""
        found: Citation = self.graph.edges[cited, citing]["citation"]
        return found

    @cached_property
    def cycles(self) -> tuple[tuple[str, ...], ...]:
        """The groups of papers that cite each other in circles, the largest first.

        In a group every paper leads to every other: it is a strongly connected component of more
        than one paper.
        """
        groups = [tuple(sorted(circle, key=self.age)) for circle in circles(self.graph)]
        return tuple(sorted(groups, key=lambda group: (-len(group), group)))

    @cached_property
    def backwards(self) -> tuple[Citation, ...]:
        """The citations whose cited paper is dated after the citing one."""
        arcs = self.graph.edges(data=True)
        found = [data["citation"] for _, _, data in arcs if data["backwards"]]
        return tuple(sorted(found, key=lambda c: (c.citing, c.cited)))

    def among(self, keys: Iterable[str]) -> nx.DiGraph[str]:
        """A copy of the part of the graph that has some papers and the arcs between them, oldest first."""
        wanted = set(keys)
        part: nx.DiGraph[str] = nx.DiGraph()
        part.add_nodes_from((key, self.graph.nodes[key]) for key in sorted(wanted, key=self.age))
        part.add_edges_from(
            (cited, citing, self.graph.edges[cited, citing])
            for cited in part
            for citing in sorted(wanted & set(self.graph.successors(cited)), key=self.age)
        )
        return part


def build_lineage(corpus: Corpus, reading_list: ReadingList) -> Lineage:
    """Build the lineage graph of a reading list from a corpus.

    Parameters
    ----------
    corpus : Corpus
        Citations citing -> cited.
    reading_list : ReadingList
        An entry names the paper of the corpus that has one of its identifiers. An entry that
        the corpus does not know becomes a paper without citations.

    Returns
    -------
    Lineage
        Its graph has arcs cited -> citing.

    Notes
    -----
    Linear in papers and citations, times one machine word for every 64 papers of the list.
    """
    corpus, entries, by_identifier, absent = _with_entries(corpus, reading_list)
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(corpus.papers)
    for citation in corpus.citations:
        if citation.citing != citation.cited:
            backwards = is_backwards(corpus, citation)
            graph.add_edge(
                citation.cited, citation.citing, sources=citation.sources, citation=citation, backwards=backwards
            )
    chosen = {key: _themes(reading_list, listed) for key, listed in entries.items()}
    shares = inferred_shares(graph, chosen)
    roles = _roles(graph, list(entries))
    for key, data in graph.nodes(data=True):
        paper = corpus.papers[key]
        data |= {"name": paper.name, "title": paper.title, "date": paper.date, "year": paper.year}
        data["role"] = roles[key]
        data["numbers"] = tuple(entry.number for entry in entries.get(key, ()))
        data["themes"] = chosen.get(key, ())
        data["shares"] = shares.get(key, {})
    self_citations = tuple(c for c in corpus.citations if c.citing == c.cited)
    return Lineage(corpus, reading_list, graph, entries, by_identifier, self_citations, absent)


def is_backwards(corpus: Corpus, citation: Citation) -> bool:
    """Whether the cited paper is dated after the citing one, as far as both dates are known.

    Dates are compared only as precisely as both are given. A year that a bibliography states is
    often the year of the venue. With such a date a difference of one year does not count.
    """
    citing, cited = corpus.papers[citation.citing], corpus.papers[citation.cited]
    if not (citing.date and cited.date and citing.year and cited.year):
        return False
    if "stated_year" in (citing.date_basis, cited.date_basis):
        return cited.year > citing.year + 1
    known = min(len(citing.date), len(cited.date))
    return cited.date[:known] > citing.date[:known]


class _Listed(NamedTuple):
    """A corpus that has a paper for every entry of a reading list."""

    corpus: Corpus
    entries: dict[str, tuple[Entry, ...]]
    by_identifier: dict[Identifier, tuple[str, ...]]
    absent: tuple[str, ...]


def _with_entries(corpus: Corpus, reading_list: ReadingList) -> _Listed:
    by_identifier = corpus.papers_by_identifier()
    papers = dict(corpus.papers)
    entries: dict[str, tuple[Entry, ...]] = {}
    absent: list[str] = []
    for entry in reading_list.entries:
        identifiers = sorted(closure(entry.identifiers))
        key = next((by_identifier[each][-1] for each in identifiers if each in by_identifier), None)
        if key is None:
            paper = _paper_of(entry, papers)
            key = paper.key
            papers[key] = paper
            by_identifier |= dict.fromkeys(identifiers, (key,))
            absent.append(key)
        paper = papers[key]
        papers[key] = replace(paper, names=tuple(dict.fromkeys([*entry.names, *paper.names])))
        entries[key] = (*entries.get(key, ()), entry)
    return _Listed(corpus.with_papers(papers), entries, by_identifier, tuple(absent))


def _paper_of(entry: Entry, taken: Mapping[str, Paper]) -> Paper:
    """The paper of an entry that no source knows; `taken` has the keys of the others."""
    month = arxiv_month(entry.identifiers)
    year = f"{entry.listed_year:04d}" if entry.listed_year else None
    paper = Paper(
        "unkeyed",
        entry.title,
        (entry.first_author,) if entry.first_author else (),
        date=month or year,
        date_basis="arxiv_identifier" if month else "stated_year" if year else None,
        identifiers=entry.identifiers,
    )
    key = proposed_key(paper)
    return replace(paper, key=key if key not in taken else f"{key}-{fingerprint(str(entry.identifiers[0]))}")


def _themes(reading_list: ReadingList, entries: Sequence[Entry]) -> tuple[str, ...]:
    """The themes of a paper's entries, in the list's order."""
    held = {theme for entry in entries for theme in entry.themes}
    return tuple(theme.id for theme in reading_list.themes if theme.id in held)


def _roles(graph: nx.DiGraph[str], listed: Sequence[str]) -> dict[str, str]:
    """The role of every paper: it depends on which papers of the list lead to it and which it leads to."""
    reach, chosen = reach_of(graph, listed), set(listed)
    return {key: LIST if key in chosen else role_outside(reach.before[key], reach.after[key]) for key in graph}


def role_outside(before: int, after: int) -> str:
    """The role of a paper outside the list.

    Parameters
    ----------
    before, after : int
        The papers of the list that lead to it and that it leads to, as bit masks.

    Examples
    --------
    >>> role_outside(0b01, 0b10), role_outside(0b00, 0b10), role_outside(0b01, 0b01)
    ('bridge', 'ancestor', 'ancestor')
    """
    if before and after:
        # A circle through a single paper of the list, out and back, makes no bridge.
        return BRIDGE if (before | after).bit_count() > 1 else ANCESTOR
    return ANCESTOR if after else DESCENDANT if before else OTHER
