"""Answers about networks with too many papers for the full answer: exact counts, and a part of the papers.

The values stand apart from what computes them (`graph.analysis.store_flow`), so that showing an answer loads no arrays.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..index.path_weights import ScaledCount


@dataclass(frozen=True)
class LargeNetwork:
    """A network of citations whose paths are counted, and of which a part is kept.

    Attributes
    ----------
    start, end : str or None
        Keys of the two papers between which it lies; None for a whole store.
    papers, citations : int
        How many it has; `start` and `end` are among the papers.
    dropped : (int, int)
        How many citations were left out to open circles: citations of later papers, and others.
    paths : ScaledCount
        How many paths there are in the network without circles.
    through : mapping of str to ScaledCount
        The papers on the most paths, without `start` and `end`, with the number of paths through each.
    arcs : mapping of (str, str) to ScaledCount
        The citations on the most paths, cited -> citing, with the number of paths through each.
    shortest : int
        The number of hops of the shortest paths, circles included; 0 for a whole store.
    ties : int
        How many shortest paths there are; 0 for a whole store.
    heaviest : tuple of str
        The path with the greatest sum of counts; empty when there is no path.
    greatest : ScaledCount
        That sum.
    sources, sinks : int
        How many papers cite nothing in the network, and how many nothing in it cites.
    """

    start: str | None
    end: str | None
    papers: int
    citations: int
    dropped: tuple[int, int]
    paths: ScaledCount
    through: Mapping[str, ScaledCount]
    arcs: Mapping[tuple[str, str], ScaledCount]
    shortest: int
    ties: int
    heaviest: tuple[str, ...]
    greatest: ScaledCount
    sources: int
    sinks: int

    @property
    def is_whole(self) -> bool:
        """Whether no citation was left out, so that `paths` counts every path there is."""
        return not any(self.dropped)

    @property
    def has_path(self) -> bool:
        """Whether there is any path."""
        return bool(self.heaviest)


@dataclass(frozen=True)
class LargeFlow(LargeNetwork):
    """All paths from one paper to a later one; both ends are known."""

    start: str
    end: str

    @property
    def found(self) -> bool:
        """Whether there is any path, as `graph.analysis.flow.Flow` has it."""
        return self.has_path


@dataclass(frozen=True)
class LargeMainPath(LargeNetwork):
    """The main path, by search path counts and a global search: `heaviest`."""
