"""Why there is no path: how two papers are related without one, and which papers could hide one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from ..algorithms.network import Flags, Ints
from ..model.citation_graph import CitationGraph
from ..model.collection import PaperCollection
from ..model.lineage import Lineage

MOST_RELATIVES = 20_000
"""A search for common relatives in a store that reaches more papers than this is stopped."""
MOST_COMMON = 50
"""How many nearest common relatives of a store are named at most."""
Report = Callable[[str], None]
"""Takes a remark on what an answer leaves out."""


def silent(remark: str) -> None:
    """Report nothing."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How near two papers are in content: the cosine of their vectors, from -1 to 1, which is no citation.

    `nearer` of `compared` other papers are nearer to the first than the second is.
    """

    cosine: float
    nearer: int
    compared: int
    model: str


@dataclass(frozen=True, slots=True)
class NoPath:
    """How two papers are related when no path leads from the one to the other."""

    reverse: int | None
    """How many paths lead in the other direction; None when there are too many to count."""
    ancestors: tuple[str, ...]
    descendants: tuple[str, ...]
    """The nearest papers from which paths lead to both, and to which paths lead from both. The two themselves are not
    among them."""
    undirected: tuple[str, ...]
    """The shortest chain of citations in any direction. It is a relation and no lineage."""
    hidden_by: tuple[str, ...]
    """Papers whose references are not fully known, so that one of them could hide a path: the later of the two papers
    first, then the others by their place in the list and their age."""
    likeness: Likeness | None = None
    """How near the two are in content, which is no citation; None where that is not known."""


def explain_no_path(
    papers: PaperCollection,
    start: str,
    end: str,
    allowed: Callable[[Lineage], Flags | None] = lambda lineage: None,
    *,
    named: Sequence[int] = (),
    max_hops: int | None = None,
    report: Report = silent,
) -> tuple[Lineage, NoPath]:
    """Find out how two papers are related that no path joins, and which papers could hide a path.

    Linear in papers and citations, except for the count of paths in the other direction. `allowed` gives the papers of
    a lineage that paths may use, None for all; in a store only `hidden_by` keeps to these. `named` are papers that the
    question names, and `max_hops` is the greatest length of the paths that were looked for: papers that could only hide
    a longer one do not count. The lineage has the papers of the answer.
    """
    one, other = papers.number(start), papers.number(end)
    among = allowed(papers) if isinstance(papers, Lineage) else None
    ancestors, descendants = (nearest_common(papers, one, other, among, back=back) for back in (True, False))
    before = papers.members_before(other, None if max_hops is None else max_hops - 1)
    if not before.complete:
        report(f"only the {len(before.numbers):,} nearest ancestors were searched for what could hide a path")
    lineage = papers.part([*before.numbers, *ancestors, *descendants, *named, one, other])
    graph = lineage.citation_graph(allowed(lineage))
    return lineage, NoPath(
        reverse=papers.count_paths(other, one, among),
        ancestors=tuple(sorted(papers.keys_of(ancestors), key=lineage.place)),
        descendants=tuple(sorted(papers.keys_of(descendants), key=lineage.place)),
        undirected=_undirected(lineage, graph, start, end) if lineage is papers or start == end else (),
        hidden_by=_hidden_by(lineage, graph, start, end, max_hops),
    )


def nearest_common(
    papers: PaperCollection, one: int, other: int, among: Flags | None = None, *, back: bool
) -> Sequence[int]:
    """The common descendants of two papers, or their common ancestors (`back`), with the fewest hops to both together.

    Only the papers `among` may be passed. In a store they are at most `MOST_COMMON`, the most cited first, and none
    where the searches stopped before they found one.
    """
    if one == other:
        return ()
    found, others = (papers.reach(each, back=back, among=among, most_papers=MOST_RELATIVES) for each in (one, other))
    both, at, at_other = np.intersect1d(found.numbers, others.numbers, return_indices=True)
    kin = (both != one) & (both != other)  # one of the two may lead to the other
    both, at, at_other = both[kin], at[kin], at_other[kin]
    hops = found.hops[at] + others.hops[at_other]
    # A search that stopped has all papers before its last generation, so that no nearer pair is missing.
    certain = min((int(each.hops.max()) for each in (found, others) if not each.complete), default=hops.max(initial=0))
    nearest: list[int] = both[hops == hops.min(initial=certain)].tolist()
    if papers.most_papers is None:
        return nearest
    return sorted(nearest, key=lambda each: (-len(papers.network.citers_of(each)), each))[:MOST_COMMON]


def _undirected(lineage: Lineage, graph: CitationGraph, start: str, end: str) -> tuple[str, ...]:
    """The first of the shortest chains."""
    return shortest_chain(lineage, graph, start, graph.hops(end, either=True))


def shortest_chain(lineage: Lineage, graph: CitationGraph, start: str, hops: Ints) -> tuple[str, ...]:
    """A shortest chain of citations in any direction, from a paper to the nearest goal.

    Of several shortest chains it is the first: at each step it takes the neighbour that comes first by `Lineage.place`.
    `hops` says how far each paper is from the nearest goal, by its number: 0 for a goal, -1 where no chain leads to
    one. Empty when no chain leads to a goal.
    """
    away = hops[lineage.number(start)]
    if away < 0:
        return ()
    chain = [start]
    while away > 0:
        away -= 1
        neighbours = {*graph.predecessors(chain[-1]), *graph.successors(chain[-1])}
        nearer = (key for key in neighbours if hops[lineage.number(key)] == away)
        chain.append(min(nearer, key=lineage.place))
    return tuple(chain)


def _hidden_by(lineage: Lineage, graph: CitationGraph, start: str, end: str, max_hops: int | None) -> tuple[str, ...]:
    """`end` and the papers that lead to it whose references are not fully known, without those older than `start`.

    Only through a citation by one of these can a path exist that the corpus does not show. This citation is one hop,
    and the known hops from that paper to `end` follow it.
    """
    most = None if max_hops is None else max_hops - 1
    near = graph.keys_of(np.flatnonzero(graph.hops(end, most, back=True) >= 0))
    oldest = lineage.paper(start).year or 0
    hiding = [
        key
        for key in near
        if key != start
        and lineage.corpus.coverage_of(key) != "complete"
        and (lineage.paper(key).year or 9999) >= oldest
    ]
    return tuple(sorted(hiding, key=lambda key: (key != end, lineage.place(key))))
