"""The lineage graph: a corpus and a reading list as a networkx.DiGraph, annotated with themes.

Its arcs run **cited -> citing**, from the older paper to the newer: the way the idea travelled.
A citation BERT -> Attention Is All You Need in the corpus is the arc Transformer -> BERT here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import networkx as nx

from ..utils.text import fingerprint
from .citekeys import proposed_key
from .corpus import Citation, Corpus, Paper
from .identifiers import arxiv_month, closure
from .reading_list import Entry, ReadingList
from .reprs import HtmlRepr
from .themes import Shares, inferred_shares

LIST, BRIDGE, ANCESTOR, DESCENDANT, OTHER = "list", "bridge", "ancestor", "descendant", "other"
"""The roles of a paper: chosen; on a path between two chosen ones; before, after, or beside them."""


@dataclass(frozen=True, repr=False)
class Lineage(HtmlRepr):
    """A corpus seen from a reading list. In a notebook it shows itself as its page.

    Attributes
    ----------
    corpus : Corpus
        With a paper for every entry; one that no source knows has no citations.
    reading_list : ReadingList
    graph : networkx.DiGraph
        Nodes are paper keys, arcs run cited -> citing. Node attributes: ``name``, ``title``,
        ``date``, ``year``, ``role``, ``numbers`` (entries of the list), ``themes`` (chosen by a
        person), ``shares`` (over themes; inferred where none was chosen). Arc attributes:
        ``sources`` (ids of who asserts it), ``citation`` (the `Citation` behind it) and
        ``backwards`` (True when the cited paper is the later one by their dates).
    entries : mapping of str to tuple of Entry
        The entries that name a paper, by its key.
    self_citations : tuple of Citation
        Papers that cite themselves: reported, and no arcs.
    absent : tuple of str
        Keys of entries that no source of the corpus knows.
    """

    corpus: Corpus
    reading_list: ReadingList
    graph: nx.DiGraph[str]
    entries: Mapping[str, tuple[Entry, ...]]
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
        return self._of_role(BRIDGE)

    def _of_role(self, role: str) -> tuple[str, ...]:
        return tuple(sorted((key for key, data in self.graph.nodes(data=True) if data["role"] == role), key=self.age))

    def age(self, key: str) -> tuple[str, str]:
        """A sorting key: by date, papers without one last, then by key."""
        return self.paper(key).date or "9999", key

    def place(self, key: str) -> tuple[Any, ...]:
        """A sorting key: papers of the list first, by number, then the others by age."""
        numbers = self.graph.nodes[key]["numbers"]
        return (0, numbers, key) if numbers else (1, *self.age(key))

    def citation(self, cited: str, citing: str) -> Citation:
        """The citation behind the arc cited -> citing."""
        found: Citation = self.graph.edges[cited, citing]["citation"]
        return found

    @cached_property
    def cycles(self) -> tuple[tuple[str, ...], ...]:
        """The groups of papers that cite each other in circles, largest first.

        Papers of one group each lead to every other: strongly connected components of more than
        one paper.
        """
        groups = [tuple(sorted(c, key=self.age)) for c in nx.strongly_connected_components(self.graph) if len(c) > 1]
        return tuple(sorted(groups, key=lambda group: (-len(group), group)))

    @cached_property
    def backwards(self) -> tuple[Citation, ...]:
        """The citations whose cited paper is dated after the citing one."""
        arcs = self.graph.edges(data=True)
        found = [data["citation"] for _, _, data in arcs if data["backwards"]]
        return tuple(sorted(found, key=lambda c: (c.citing, c.cited)))

    def among(self, keys: Iterable[str]) -> nx.DiGraph[str]:
        """The graph of some papers and the arcs between them, oldest first; a copy."""
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
        Each entry is found in the corpus by its identifiers; one that the corpus does not know
        becomes a paper on its own.

    Returns
    -------
    Lineage
        Its graph has arcs cited -> citing.

    Notes
    -----
    Linear in papers and citations, times one machine word for every 64 papers of the list.
    """
    corpus, entries, absent = _with_entries(corpus, reading_list)
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
    itself = tuple(c for c in corpus.citations if c.citing == c.cited)
    return Lineage(corpus, reading_list, graph, entries, itself, absent)


def main_theme(shares: Shares, order: Sequence[str]) -> str | None:
    """The theme with the largest share, the first in the list's order among equals.

    >>> main_theme({"nlp": 0.5, "rl": 0.5}, ["rl", "nlp"])
    'rl'
    """
    return max(order, key=lambda theme: (shares.get(theme, 0.0), -order.index(theme))) if shares else None


def is_backwards(corpus: Corpus, citation: Citation) -> bool:
    """Whether the cited paper is dated after the citing one, as far as both dates are known.

    Dates are compared as precisely as both are given. A year that a bibliography states is often
    the venue's, so a single year of difference counts only where neither date is of that kind.
    """
    citing, cited = corpus.papers[citation.citing], corpus.papers[citation.cited]
    if not (citing.date and cited.date and citing.year and cited.year):
        return False
    if "stated_year" in (citing.date_basis, cited.date_basis):
        return cited.year > citing.year + 1
    known = min(len(citing.date), len(cited.date))
    return cited.date[:known] > citing.date[:known]


def _with_entries(
    corpus: Corpus, reading_list: ReadingList
) -> tuple[Corpus, dict[str, tuple[Entry, ...]], tuple[str, ...]]:
    """The corpus with a paper for every entry, and the entries by paper."""
    owner = {each: paper.key for paper in corpus.papers.values() for each in closure(paper.identifiers)}
    papers = dict(corpus.papers)
    entries: dict[str, tuple[Entry, ...]] = {}
    absent: list[str] = []
    for entry in reading_list.entries:
        key = next((owner[each] for each in sorted(closure(entry.identifiers)) if each in owner), None)
        if key is None:
            paper = _paper_of(entry, papers)
            key = paper.key
            papers[key] = paper
            owner |= dict.fromkeys(closure(entry.identifiers), key)
            absent.append(key)
        paper = papers[key]
        papers[key] = replace(paper, names=tuple(dict.fromkeys([*entry.names, *paper.names])))
        entries[key] = (*entries.get(key, ()), entry)
    return replace(corpus, papers=papers), entries, tuple(absent)


def _paper_of(entry: Entry, taken: Mapping[str, Paper]) -> Paper:
    paper = Paper(
        "unkeyed",
        entry.title,
        (entry.first_author,) if entry.first_author else (),
        date=arxiv_month(entry.identifiers) or (f"{entry.listed_year:04d}" if entry.listed_year else None),
        date_basis="arxiv_identifier"
        if arxiv_month(entry.identifiers)
        else "stated_year"
        if entry.listed_year
        else None,
        identifiers=entry.identifiers,
    )
    key = proposed_key(paper)
    return replace(paper, key=key if key not in taken else f"{key}-{fingerprint(str(entry.identifiers[0]))}")


def _themes(reading_list: ReadingList, entries: Sequence[Entry]) -> tuple[str, ...]:
    """The themes of a paper's entries, in the list's order."""
    held = {theme for entry in entries for theme in entry.themes}
    return tuple(theme.id for theme in reading_list.themes if theme.id in held)


def _roles(graph: nx.DiGraph[str], listed: Sequence[str]) -> dict[str, str]:
    """The role of every paper, by which papers of the list lead to it and which it leads to."""
    before, after = reached_from(graph, listed), reached_from(graph.reverse(copy=False), listed)

    def role(key: str) -> str:
        if key in chosen:
            return LIST
        if before[key] and after[key]:
            # A circle through one paper of the list, out and back, makes no bridge.
            return BRIDGE if (before[key] | after[key]).bit_count() > 1 else ANCESTOR
        return ANCESTOR if after[key] else DESCENDANT if before[key] else OTHER

    chosen = set(listed)
    return {key: role(key) for key in graph}


def reached_from(graph: nx.DiGraph[str], starts: Sequence[str]) -> dict[str, int]:
    """For every node the set of starts that lead to it, as a bit mask; a start leads to itself.

    >>> import networkx as nx
    >>> reached_from(nx.DiGraph([("a", "c"), ("b", "c")]), ["a", "b"])
    {'a': 1, 'c': 3, 'b': 2}

    Notes
    -----
    One pass over the graph's components in topological order.
    """
    condensed = nx.condensation(graph)
    component = condensed.graph["mapping"]
    masks = dict.fromkeys(condensed, 0)
    for position, start in enumerate(starts):
        masks[component[start]] |= 1 << position
    for node in nx.topological_sort(condensed):
        for successor in condensed.successors(node):
            masks[successor] |= masks[node]
    return {node: masks[component[node]] for node in graph}
