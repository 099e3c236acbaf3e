"""Paths that must pass some papers: waypoints in a given order, and other papers anywhere.

A graph and an itinerary make a graph of *stages*. A stage is a paper together with what the itinerary has passed so
far. The paths that keep to the itinerary are the paths of that graph, so that everything that works on a graph
works on them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..errors import InputError
from .digraph import Digraph, Graph
from .walks import itself

MOST_ARCS = 400_000
"""How many arcs a graph of stages may have: some hundred megabytes."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A paper, with what a path has passed when it gets there."""

    paper: str
    passed: int = 0
    """How many waypoints the path has passed."""
    seen: int = 0
    """Which of the papers of `via` it has passed, as a bit mask."""


@dataclass(frozen=True, slots=True)
class PathGraph:
    """A graph whose paths from `start` to `end` keep to an itinerary."""

    graph: Graph[Any]
    start: Any
    end: Any
    paper: Callable[[Any], str]
    """Gives the paper of a node."""


@dataclass(frozen=True, slots=True)
class Itinerary:
    """The papers that a path must pass."""

    start: str
    end: str
    waypoints: tuple[str, ...] = ()
    """To be passed in this order."""
    via: tuple[str, ...] = ()
    """To be passed anywhere; one that is named twice is passed once."""

    @property
    def papers(self) -> tuple[str, ...]:
        """All papers that it names, the two ends first."""
        return self.start, self.end, *self.waypoints, *self.via

    @property
    def is_direct(self) -> bool:
        """Whether it names nothing but the two ends."""
        return not (self.waypoints or self.via)

    @property
    def departure(self) -> Stage:
        """The stage at the start."""
        return self._arrive(Stage(self.start), self.start) or Stage(self.start)

    @property
    def arrival(self) -> Stage:
        """The stage at the end, where every paper of the itinerary has been passed."""
        return Stage(self.end, len(self.waypoints), sum(1 << self.via.index(paper) for paper in set(self.via)))

    def path_graph(self, graph: Graph[str]) -> PathGraph:
        """The graph whose paths keep to the itinerary: `graph` itself if only the two ends are given.

        Arcs run cited -> citing.
        """
        if not self.is_direct:
            return PathGraph(self.stages(graph), self.departure, self.arrival, paper_of)
        return PathGraph(graph, self.start, self.end, itself)

    def _arrive(self, stage: Stage, paper: str) -> Stage | None:
        """The stage after going on to a paper; None when a waypoint would come too early."""
        passed, seen = stage.passed, stage.seen
        if paper in self.waypoints:
            if self.waypoints.index(paper) != passed:
                return None
            passed += 1
        if paper in self.via:
            seen |= 1 << self.via.index(paper)
        return Stage(paper, passed, seen)

    def stages(self, graph: Graph[str]) -> Digraph[Stage]:
        """The graph of stages that can be reached from the start.

        Raises `InputError` when there are more than `MOST_ARCS` arcs. A paper has as many stages as there are waypoints
        and subsets of `via` that a path can have passed. Arcs run cited -> citing. Empty when an end is not in the
        graph.
        """
        if self.start not in graph or self.end not in graph:
            return Digraph()
        seen = {self.departure}
        arcs: list[tuple[Stage, Stage]] = []
        waiting = deque([self.departure])
        while waiting:
            stage = waiting.popleft()
            if stage.paper == self.end:
                continue
            for paper in graph.successors(stage.paper):
                reached = self._arrive(stage, paper)
                if reached is None or (paper == self.end and reached != self.arrival):
                    continue
                if reached not in seen:
                    seen.add(reached)
                    waiting.append(reached)
                arcs.append((stage, reached))
            if len(arcs) > MOST_ARCS:
                raise InputError(
                    f"there are too many ways to pass {len(self.waypoints) + len(self.via)} papers to search",
                    remedy="name fewer papers to go through, or set a lower --max-hops",
                )
        return Digraph([self.departure], arcs)


def paper_of(stage: Stage) -> str:
    """The paper of a stage."""
    return stage.paper
