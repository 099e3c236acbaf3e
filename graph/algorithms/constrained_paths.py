"""Which way a path must take: through some papers in order, through others anywhere.

A graph and an itinerary make a graph of *stages*: a paper together with what of the itinerary is
already behind. Paths that keep the itinerary are the paths of that graph, so that everything that
works on a graph works on them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import networkx as nx

from .simple_paths import itself


@dataclass(frozen=True, slots=True)
class Stage:
    """A paper, how many waypoints are behind, and which of the papers to go via (as a bit mask)."""

    paper: str
    passed: int = 0
    seen: int = 0
    hops: int = 0


@dataclass(frozen=True, slots=True)
class Ways:
    """A graph whose paths from `start` to `end` keep an itinerary; `paper` tells the paper of a node."""

    graph: nx.DiGraph[Any]
    start: Any
    end: Any
    paper: Callable[[Any], str]


@dataclass(frozen=True, slots=True)
class Itinerary:
    """What a path must pass.

    Attributes
    ----------
    start, end : str
    waypoints : tuple of str
        To be passed in this order.
    via : tuple of str
        To be passed anywhere.
    """

    start: str
    end: str
    waypoints: tuple[str, ...] = ()
    via: tuple[str, ...] = ()

    @property
    def departure(self) -> Stage:
        """The stage at the start."""
        return self._arrive(Stage(self.start), self.start, 0) or Stage(self.start)

    @property
    def arrival(self) -> Stage:
        """The stage at the end, with all behind."""
        return Stage(self.end, len(self.waypoints), (1 << len(self.via)) - 1)

    def ways(self, graph: nx.DiGraph[str], *, most_hops: int | None = None) -> Ways:
        """The ways through a graph that keep it: the graph itself, when it asks for nothing but the ends."""
        if self.waypoints or self.via or most_hops is not None:
            return Ways(self.stages(graph, most_hops=most_hops), self.departure, self.arrival, paper_of)
        return Ways(graph, self.start, self.end, itself)

    def _arrive(self, stage: Stage, paper: str, hops: int) -> Stage | None:
        """The stage after going on to a paper; None when a waypoint would come too early."""
        passed, seen = stage.passed, stage.seen
        if paper in self.waypoints:
            if self.waypoints.index(paper) != passed:
                return None
            passed += 1
        if paper in self.via:
            seen |= 1 << self.via.index(paper)
        return Stage(paper, passed, seen, hops)

    def stages(self, graph: nx.DiGraph[str], *, most_hops: int | None = None) -> nx.DiGraph[Stage]:
        """The graph of stages that can be reached from the start.

        Parameters
        ----------
        graph : networkx.DiGraph
            Arcs cited -> citing.
        most_hops : int, optional
            With it, stages also count their hops, and none has more; the end is one stage all the
            same. Without it, hops are not counted.

        Returns
        -------
        networkx.DiGraph
            Empty when an end is not in the graph.

        Notes
        -----
        As many stages for a paper as there are waypoints and subsets of `via`, times the hops.
        """
        made: nx.DiGraph[Stage] = nx.DiGraph()
        if self.start not in graph or self.end not in graph:
            return made
        made.add_node(self.departure)
        waiting = deque([self.departure])
        while waiting:
            stage = waiting.popleft()
            if stage.paper == self.end or (most_hops is not None and stage.hops == most_hops):
                continue
            for paper in graph.successors(stage.paper):
                hops = stage.hops + 1 if most_hops is not None and paper != self.end else 0
                reached = self._arrive(stage, paper, hops)
                if reached is None or (paper == self.end and reached != self.arrival):
                    continue
                if reached not in made:
                    waiting.append(reached)
                made.add_edge(stage, reached)
        return made


def paper_of(stage: Stage) -> str:
    """The paper of a stage."""
    return stage.paper
