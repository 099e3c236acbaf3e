"""Paths of a lineage: how an idea got from one paper to a later one, ranked, counted, with reasons.

Paths run along the arcs of the lineage graph, cited -> citing, and visit no paper twice. The
data has circles, so none of this assumes that the graph has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any, Literal

import networkx as nx

from .absence import Nothing, nothing
from .acyclic import acyclic_between
from .corpus import Citation
from .counting import survey_paths
from .enumeration import cheapest_paths, heaviest_paths, paths_of_length, shortest_paths
from .itinerary import Itinerary, Stage, paper_of
from .lineage import Lineage, main_theme
from .strength import cost, path_strength
from .traversal import traversal

if TYPE_CHECKING:
    import pandas as pd

Rank = Literal["shortest", "strongest", "main", "diverse"]
RANKS: tuple[Rank, ...] = ("shortest", "strongest", "main", "diverse")
DIVERSE_AMONG = 500
"""Diverse paths are chosen among so many of the shortest."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Which paths a person wants to see.

    Attributes
    ----------
    list_only : bool
        Only papers of the reading list between the two ends.
    waypoints, via : tuple of str
        Keys of papers to pass, in this order or anywhere.
    avoid : tuple of str
        Keys of papers to leave aside.
    theme : str or None
        Id of a theme: between the ends only papers of it, chosen or, outside the list, mainly inferred.
    years : (int or None, int or None)
        Between the ends only papers of these years; one without a date is left aside.
    max_hops : int or None
    rank : str
        "shortest"; "strongest" evidence first (`graph.strength`); "main": along the citations that
        most paths between the two run through, the greatest sum of search path counts first, among
        the paths that run forward in time; "diverse": the shortest, then always the one that shares
        least with those before it.
    longest : bool
        The longest paths first, instead.
    top : int
        How many to show; the count is of all.
    """

    list_only: bool = False
    waypoints: tuple[str, ...] = ()
    via: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    theme: str | None = None
    years: tuple[int | None, int | None] = (None, None)
    max_hops: int | None = None
    rank: Rank = "shortest"
    longest: bool = False
    top: int = 10

    def through(self, waypoints: tuple[str, ...]) -> Wish:
        """The same wish, with further waypoints."""
        return replace(self, waypoints=(*self.waypoints, *waypoints))


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a path, from the cited paper to the citing one, with the citation behind it."""

    cited: str
    citing: str
    citation: Citation
    backwards: bool


@dataclass(frozen=True, slots=True)
class Path:
    """Papers in order, each cited by the next; `hops` is one shorter than `keys`."""

    keys: tuple[str, ...]
    hops: tuple[Hop, ...]
    strength: float


@dataclass(frozen=True, slots=True)
class PathAnswer:
    """What there is to say about the way from one paper to another.

    Attributes
    ----------
    start, end : str
        Keys.
    wish : Wish
    paths : tuple of Path
        As many as were asked for.
    total : int or None
        How many paths keep to the wish, exactly; None when circles make them too many to count.
    total_in_list : int or None
        How many of those keep to the reading list.
    longest : int or None
        The hops of the longest.
    nothing : Nothing or None
        When there is no path.
    """

    start: str
    end: str
    wish: Wish
    paths: tuple[Path, ...]
    total: int | None
    total_in_list: int | None
    longest: int | None
    nothing: Nothing | None = None

    @property
    def found(self) -> bool:
        """Whether there is any path."""
        return bool(self.paths)

    def to_frame(self) -> pd.DataFrame:
        """The shown paths as a pandas table, a row a hop: path, hop, cited, citing, sources, backwards."""
        import pandas as pd

        rows = [
            (number, position, hop.cited, hop.citing, " ".join(hop.citation.sources), hop.backwards)
            for number, path in enumerate(self.paths, start=1)
            for position, hop in enumerate(path.hops, start=1)
        ]
        return pd.DataFrame(rows, columns=["path", "hop", "cited", "citing", "sources", "backwards"])


def find_paths(lineage: Lineage, start: str, end: str, wish: Wish | None = None) -> PathAnswer:
    """The directed paths from one paper to another.

    Parameters
    ----------
    lineage : Lineage
    start, end : str
        Keys of the older and the newer paper.
    wish : Wish, optional
        Which paths, and in which order; the ten shortest if left out.

    Returns
    -------
    PathAnswer
        Paths that rank equal are ordered by their papers: those of the list first, by number, then
        the others by age.

    Notes
    -----
    Paths are enumerated lazily. Outside circles no step is taken that does not lead to a path.
    """
    wish = wish or Wish()
    route = Itinerary(start, end, wish.waypoints, wish.via)
    graph = _allowed(lineage, route, wish)
    listed = graph.subgraph({*lineage.list_keys, start, end, *wish.waypoints, *wish.via} & set(graph))
    chosen = _ranked(lineage, graph, route, wish)
    paths = tuple(_path(lineage, [stage.paper for stage in stages]) for stages in islice(chosen, wish.top))
    found = _survey(graph, route, wish.max_hops)
    in_list = _survey(listed, route, wish.max_hops)
    return PathAnswer(
        start,
        end,
        wish,
        paths,
        total=found and found[0],
        total_in_list=in_list and in_list[0],
        longest=found and found[1],
        nothing=None if paths else nothing(lineage, graph, start, end),
    )


def _allowed(lineage: Lineage, route: Itinerary, wish: Wish) -> nx.DiGraph[str]:
    """The part of the lineage that a wish leaves: its ends and waypoints always belong to it."""
    fixed = {route.start, route.end, *route.waypoints, *route.via}
    kept = [key for key in lineage.graph if key in fixed or _keeps(lineage, key, wish)]
    return lineage.graph.subgraph(kept)


def _keeps(lineage: Lineage, key: str, wish: Wish) -> bool:
    data, (first, last) = lineage.graph.nodes[key], wish.years
    if key in wish.avoid or (wish.list_only and not data["numbers"]):
        return False
    if wish.theme is not None:
        order = [theme.id for theme in lineage.reading_list.themes]
        themes = data["themes"] or (main_theme(data["shares"], order),)
        if wish.theme not in themes:
            return False
    year = lineage.paper(key).year
    if wish.years != (None, None) and year is None:
        return False
    return (first is None or (year or 0) >= first) and (last is None or (year or 0) <= last)


def _ranked(lineage: Lineage, graph: nx.DiGraph[str], route: Itinerary, wish: Wish) -> Iterator[tuple[Stage, ...]]:
    def rank(stage: Stage) -> tuple[Any, ...]:
        return lineage.place(stage.paper)

    def evidence(one: Stage, other: Stage) -> float:
        return cost(lineage.corpus, lineage.citation(one.paper, other.paper))

    stages, start, end = route.stages(graph), route.departure, route.arrival
    if wish.longest:
        return _longest_first(graph, route, wish.max_hops, rank)
    if wish.rank == "strongest":
        return cheapest_paths(stages, start, end, evidence, rank=rank, paper=paper_of, most_hops=wish.max_hops)
    if wish.rank == "main":
        return _main_first(lineage, graph, route, wish.max_hops, rank)
    shortest = shortest_paths(stages, start, end, rank=rank, paper=paper_of, most_hops=wish.max_hops)
    return _diverse(islice(shortest, DIVERSE_AMONG)) if wish.rank == "diverse" else shortest


def _longest_first(
    graph: nx.DiGraph[str], route: Itinerary, max_hops: int | None, rank: Any
) -> Iterator[tuple[Stage, ...]]:
    found = _survey(graph, route, max_hops)
    stages = route.stages(graph)
    for length in range(found[1] if found else len(stages), 0, -1):
        yield from paths_of_length(stages, route.departure, route.arrival, length, rank=rank, paper=paper_of)


def _main_first(
    lineage: Lineage, graph: nx.DiGraph[str], route: Itinerary, max_hops: int | None, rank: Any
) -> Iterator[tuple[Stage, ...]]:
    """Circles leave no search path counts, so citations of later papers are left out here."""
    network = acyclic_between(lineage, graph, route.start, route.end).graph
    counts = traversal(network).arcs if route.start in network else {}
    stages = route.stages(network)
    return heaviest_paths(
        stages,
        route.departure,
        route.arrival,
        lambda one, other: counts[one.paper, other.paper],
        rank=rank,
        paper=paper_of,
        most_hops=max_hops,
    )


def _diverse(paths: Iterable[tuple[Stage, ...]]) -> Iterator[tuple[Stage, ...]]:
    """The first, then always the path whose nearest relative among those before is farthest."""
    waiting = [(trail, frozenset(stage.paper for stage in trail[1:-1])) for trail in paths]
    nearness = [0.0] * len(waiting)
    while waiting:
        best = min(range(len(waiting)), key=lambda n: (nearness[n], n))
        (trail, papers), _ = waiting.pop(best), nearness.pop(best)
        yield trail
        for n, (_, others) in enumerate(waiting):
            shared = len(papers & others) / len(papers | others) if papers | others else 1.0
            nearness[n] = max(nearness[n], shared)


def _survey(graph: nx.DiGraph[str], route: Itinerary, max_hops: int | None) -> tuple[int, int] | None:
    """How many paths keep the itinerary, and the hops of the longest; None when they cannot be counted."""
    stages = route.stages(graph, most_hops=max_hops)
    found = survey_paths(stages, route.departure, route.arrival, paper=paper_of)
    return None if found is None else (found.paths, found.longest)


def _path(lineage: Lineage, keys: list[str]) -> Path:
    hops = []
    for cited, citing in pairwise(keys):
        data = lineage.graph.edges[cited, citing]
        hops.append(Hop(cited, citing, data["citation"], data["backwards"]))
    return Path(tuple(keys), tuple(hops), path_strength(lineage.corpus, (hop.citation for hop in hops)))
