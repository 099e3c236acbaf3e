"""A reading order: the few papers to read between two others, in order, and how many paths each of them is on."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..algorithms.dag import Dag
from ..model.lineage import Lineage
from ..utils.old_names import keep_old_attributes
from .acyclic import Acyclic, Cycles, acyclic

if TYPE_CHECKING:
    import pandas as pd


@keep_old_attributes(ways="paths", gained="new_paths")
@dataclass(frozen=True, slots=True)
class ReadingStep:
    """One paper to read."""

    key: str
    """The key of the paper; of a family of papers that of the oldest."""
    paths: int
    """How many paths from the first paper to the last run through it."""
    new_paths: int
    """How many of these run through no paper that was chosen before it."""
    builds_on: tuple[str, ...]
    """The papers of the order that it cites; of a family of papers, those that one of the family cites, or of whose
    family it cites one."""


@keep_old_attributes(stops="steps")
@dataclass(frozen=True)
class ReadingOrder:
    """What to read from one paper to another, oldest first, the two included."""

    steps: tuple[ReadingStep, ...]
    total: int
    """How many paths lead from the first paper to the last in `network`."""
    covered: int
    """How many of them run through at least one of the papers between."""
    network: Acyclic
    """What lies between the two papers, without circles."""
    known: tuple[str, ...] = ()
    """Papers between the two that were left out because the reader knows them, oldest first."""
    known_paths: int = 0
    """How many of all paths run through at least one of these."""

    def to_frame(self) -> pd.DataFrame:
        """The order as a pandas table: key, paths (`ways`) and new paths (`gained`), both exact, what it builds on."""
        import pandas as pd

        rows = [(step.key, step.paths, step.new_paths, " ".join(step.builds_on)) for step in self.steps]
        columns = ["key", "ways", "gained", "builds_on"]
        return pd.DataFrame(rows, columns=columns).astype({"ways": object, "gained": object})


@dataclass(frozen=True, slots=True)
class NoReadingOrder:
    """No path leads from the first paper to the second."""

    start: str
    end: str


def reading_order(
    lineage: Lineage,
    start: str,
    end: str,
    *,
    budget: int = 5,
    list_only: bool = False,
    cycles: Cycles = "date",
    known: Container[str] = (),
) -> ReadingOrder | None:
    """Choose the few papers between two that most paths between the two run through.

    The choice is greedy. Each time it takes the paper on most of the paths that run through no paper chosen so far; of
    equal ones one of the list, then the older. This covers at least 1 - 1/e of the paths that the best choice of as
    many papers covers, because a paper gains less the later it is chosen. Raises `InputError` when `cycles` is not one
    of the three. `budget` passes over the papers and citations between the two.

    `start` and `end` are keys of the older and the newer paper. At most `budget` papers between them are chosen, with
    `list_only` only papers of the reading list. `cycles` is how to remove circles: see
    `graph.analysis.acyclic.acyclic`. Papers that are `known` to the reader are not chosen, and what runs through them
    need not be covered again. None when no path leads from `start` to `end`.

    References
    ----------
    Nemhauser, Wolsey & Fisher (1978), "An analysis of approximations for maximizing submodular
    set functions", https://doi.org/10.1007/BF01588971.
    """
    among = lineage.flagged([*lineage.list_keys, start, end]) if list_only else None
    part = lineage.citation_graph(among).ordered(start, end)
    network = acyclic(lineage, part, cycles=cycles).between(start, end)
    dag = network.dag.in_levels()
    if start not in dag:
        return None
    papers = [network.preprints.get(node, node) for node in dag]
    all_paths = _paths_through(dag, papers)
    known_between = tuple(dict.fromkeys(key for key in papers if key in known and key not in (start, end)))
    paths = _paths_through(dag, papers, known_between) if known_between else all_paths
    unread = paths.get(end, 0)
    new_paths: dict[str, int] = {}  # of the chosen papers
    while len(new_paths) < budget:
        if new_paths:
            paths = _paths_through(dag, papers, {*new_paths, *known_between})
        most = max((count for key, count in paths.items() if key not in (start, end)), default=0)
        if not most:
            break
        best = min((key for key in paths if paths[key] == most and key not in (start, end)), key=lineage.place)
        new_paths[best] = most
    order = [key for key in dict.fromkeys(papers) if key in new_paths or key in (start, end)]
    arcs = _arcs_among(dag, papers, set(order))
    steps = tuple(
        ReadingStep(key, all_paths[key], new_paths.get(key, 0), tuple(k for k in order if (k, key) in arcs))
        for key in order
    )
    covered, known_paths = sum(new_paths.values()), all_paths[end] - unread
    return ReadingOrder(steps, all_paths[end], covered, network, known_between, known_paths)


def _arcs_among(dag: Dag[str], papers: Sequence[str], chosen: Container[str]) -> set[tuple[str, str]]:
    """The arcs among chosen papers, by the papers of their nodes; none from a preprint to its own paper."""
    return {
        (papers[before], key)
        for node, key in enumerate(papers)
        if key in chosen
        for before in dag.before[node]
        if papers[before] in chosen and papers[before] != key
    }


def _paths_through(dag: Dag[str], papers: Sequence[str], avoided: Container[str] = ()) -> dict[str, int]:
    """For every paper, how many paths from the first node to the last run through it and avoid some papers.

    `papers` has the paper of every node; a preprint and its paper are two nodes, and a path through both counts once.
    """
    last = len(dag) - 1
    allowed = [paper not in avoided for paper in papers]
    paths_to = dag.paths_to(lambda node: node == 0, allowed)
    paths_from = dag.paths_from(lambda node: node == last, allowed)
    paths: dict[str, int] = {}
    for node, paper in enumerate(papers):
        if allowed[node]:
            paths[paper] = paths.get(paper, 0) + paths_to[node] * paths_from[node]
    for node, paper in enumerate(papers):
        if allowed[node] and dag.nodes[node] != paper and dag.place.get(paper) in dag.after[node]:
            paths[paper] -= paths_to[node] * paths_from[dag.place[paper]]
    return paths
