"""Remove the circles of a lineage, in one of three ways.

Search path counts need a graph without circles, and citation data has circles. Every way to remove them changes
the answer, so each has a name, and the result says which citations it dropped or merged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..algorithms.between import between
from ..algorithms.dag import Dag
from ..algorithms.digraph import Graph, arcs_of
from ..algorithms.network import Flags, Ints, Longs, Network
from ..algorithms.ordered_part import OrderedPart, ordered_part
from ..algorithms.traversal_weights import Arc
from ..errors import InputError
from ..model.lineage import Lineage
from .acyclic_network import CYCLES, PREPRINT, Acyclic, Cycles, Dropped, DroppedCitations
from .forward_counts import LeftOut, ages

__all__ = ["CYCLES", "PREPRINT", "Acyclic", "Cycles", "Dropped", "acyclic", "acyclic_between"]


def acyclic(lineage: Lineage, part: Graph[str] | OrderedPart | None = None, *, cycles: Cycles = "date") -> Acyclic:
    """Remove the circles of a lineage graph, or of a part of it.

    "date" drops every citation of a later paper, as far as both dates are known. In circles that are left (through
    equal, imprecise or unknown dates) the order of papers decides: what is known of their dates, then their arXiv
    identifiers, then their keys. "families" makes each strongly connected component one node. "preprints" gives each
    paper of such a component a preprint. The other papers of the component then cite the preprint, and so does the
    paper itself. Raises `InputError` when `cycles` is none of these.

    Parameters
    ----------
    part : Digraph, networkx.DiGraph or OrderedPart, optional
        A part of the lineage, arcs cited -> citing, by keys or by the numbers of papers; without it the whole graph.
    cycles : str
        "date", "families" or "preprints".

    Examples
    --------
    >>> from graph import load
    >>> whole = load()
    >>> two = acyclic(whole, whole.among(["bahdanau2014", "sutskever2014"]))
    >>> list(two.dag.edges), two.dropped
    ([('bahdanau2014', 'sutskever2014')], (Dropped(cited='sutskever2014', citing='bahdanau2014', why='tied'),))

    Notes
    -----
    Linear in papers and citations, except for sorting. "date" drops every citation of a later paper,
    also one in no circle: ideas only travel forward in time in the graph that is left.

    Batagelj describes the preprints by one rule: papers of a component cite preprints. It leaves open what happens
    to the citations of papers outside the component. Here the preprint cites these, and the paper is reached through
    its preprint. So each citation keeps exactly one arc, and an idea from outside still reaches every paper of the
    component that it reached through one citation there. Longer paths inside the component are lost.

    References
    ----------
    V. Batagelj, Efficient algorithms for citation network analysis, 2003, arXiv:cs/0309023.
    """
    if cycles not in CYCLES:
        raise InputError(f"circles cannot be removed by {cycles!r}", remedy=f"use one of {', '.join(CYCLES)}")
    if not isinstance(part, OrderedPart):
        part = ordered_part(lineage.network, np.arange(lineage.network.nodes)) if part is None else _part(lineage, part)
    remove = {"date": _by_date, "families": _families, "preprints": _preprints}[cycles]
    return remove(_Papers.of(lineage, part))


def acyclic_between(lineage: Lineage, part: Graph[str], start: str, end: str, *, cycles: Cycles = "date") -> Acyclic:
    """What lies between two papers, without circles.

    `part` is what paths may use, arcs cited -> citing; `cycles` says how to remove circles: see `acyclic`. Empty when
    no path leads from `start` to `end`, or none is left without circles. Raises `InputError` when `cycles` is none of
    the three.
    """
    return acyclic(lineage, between(part, start, end), cycles=cycles).between(start, end)


def _part(lineage: Lineage, part: Graph[str]) -> OrderedPart:
    """A part of the lineage by the numbers of papers."""
    number = dict(zip(part, lineage.numbers_of(part), strict=True))
    members = np.unique(np.fromiter(number.values(), np.int64))
    arcs = np.array([(number[one], number[other]) for one, other in arcs_of(part)], np.int64).reshape(-1, 2)
    cited, citing = np.searchsorted(members, arcs).T
    found = ordered_part(Network.of(len(members), citing, cited), np.arange(len(members)))
    return replace(found, members=members[found.members])


@dataclass(frozen=True, eq=False)
class _Papers:
    """The papers of a part, by their places in it."""

    lineage: Lineage
    part: OrderedPart
    keys: Sequence[str]
    age: Longs
    """The rank of every paper: see `graph.analysis.forward_counts.ages`."""

    @classmethod
    def of(cls, lineage: Lineage, part: OrderedPart) -> _Papers:
        keys = lineage.corpus.arrays.keys_of(part.members.tolist())
        return cls(lineage, part, keys, ages(lineage, part.members))

    def __len__(self) -> int:
        return len(self.keys)

    @property
    def arcs(self) -> tuple[Ints, Ints]:
        """The cited and the citing paper of every arc."""
        network = self.part.network
        return network.references, network.citing

    def by_age(self, cited: NDArray[Any], citing: NDArray[Any]) -> Longs:
        """The order of arcs by the age of the cited papers, then of the citing ones."""
        return np.lexsort((self.age[citing], self.age[cited]))

    def named(self, cited: NDArray[Any], citing: NDArray[Any]) -> list[Arc]:
        """Arcs by the keys of their papers."""
        return [(self.keys[one], self.keys[two]) for one, two in zip(cited.tolist(), citing.tolist(), strict=True)]

    def circles(self) -> list[list[int]]:
        """The circles in the order of their oldest papers, each with its oldest paper first."""
        circles = [sorted(range(*bounds), key=self.age.__getitem__) for bounds in self.part.circles]
        return sorted(circles, key=lambda circle: int(self.age[circle[0]]))

    def merged(self, cited: Ints, citing: Ints, inside: Flags) -> tuple[Arc, ...]:
        """The arcs inside circles, in the order of age."""
        cited, citing = cited[inside], citing[inside]
        order = self.by_age(cited, citing)
        return tuple(self.named(cited[order], citing[order]))


def _by_date(papers: _Papers) -> Acyclic:
    cited, citing = papers.arcs
    left_out = LeftOut.of(papers.lineage, papers.part)
    later, dropped = left_out.later(cited, citing), left_out(cited, citing)
    dag = Dag.ranked(papers.keys, Network.of(len(papers), citing[~dropped], cited[~dropped]), papers.age)
    left = np.flatnonzero(dropped)
    left = left[papers.by_age(cited[left], citing[left])]
    return Acyclic(dag, "date", DroppedCitations(papers.keys, cited[left], citing[left], later[left]))


def _families(papers: _Papers) -> Acyclic:
    cited, citing = papers.arcs
    circles, keys = papers.circles(), papers.keys
    oldest = np.arange(len(papers))
    for circle in circles:
        oldest[circle] = circle[0]
    inside = oldest[cited] == oldest[citing]
    heads = np.unique(oldest)
    ends = np.unique(np.searchsorted(heads, oldest[np.stack((cited, citing))[:, ~inside]]), axis=1)
    whole = Network.of(len(heads), ends[1], ends[0])
    in_circle = np.isin(oldest, [circle[0] for circle in circles])
    bundled = ~inside & (in_circle[cited] | in_circle[citing])
    bundles: dict[Arc, list[Arc]] = {}
    for arc, family_arc in zip(
        papers.named(cited[bundled], citing[bundled]),
        papers.named(oldest[cited[bundled]], oldest[citing[bundled]]),
        strict=True,
    ):
        bundles.setdefault(family_arc, []).append(arc)
    return Acyclic(
        Dag.ranked([keys[head] for head in heads.tolist()], whole, papers.age[heads]),
        "families",
        merged=papers.merged(cited, citing, inside),
        families={keys[circle[0]]: tuple(keys[number] for number in circle) for circle in circles},
        bundles={arc: tuple(sorted(arcs)) for arc, arcs in bundles.items()},
    )


def _preprints(papers: _Papers) -> Acyclic:
    cited, citing = papers.arcs
    circles = papers.circles()
    in_circles = np.array([number for circle in circles for number in circle], np.int64)
    preprint = np.arange(len(papers))  # the paper itself where it has none
    preprint[in_circles] = len(papers) + np.arange(len(in_circles))
    circle_of = -1 - np.arange(len(papers))
    for number, circle in enumerate(circles):
        circle_of[circle] = number
    inside = circle_of[cited] == circle_of[citing]
    begins = np.concatenate([np.where(inside, preprint[cited], cited), preprint[in_circles]])
    # An idea from outside reaches a paper of a circle through its preprint.
    ends = np.concatenate([np.where(inside, citing, preprint[citing]), in_circles])
    names = [papers.keys[number] for number in in_circles.tolist()]
    rank = np.concatenate([2 * papers.age, 2 * papers.age[in_circles] + 1])
    by_age = [papers.keys[number] for number in in_circles[np.argsort(papers.age[in_circles])].tolist()]
    return Acyclic(
        Dag.ranked([*papers.keys, *(key + PREPRINT for key in names)], Network.of(len(rank), ends, begins), rank),
        "preprints",
        merged=papers.merged(cited, citing, inside),
        preprints={key + PREPRINT: key for key in by_age},
    )
