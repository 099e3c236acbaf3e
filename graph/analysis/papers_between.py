"""What lies between the ends of an itinerary, in the form that a question needs, made once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from ..algorithms.constrained_paths import Itinerary, PathGraph
from ..algorithms.digraph import Digraph
from ..algorithms.network import Flags
from ..algorithms.ordered_part import OrderedPart
from ..algorithms.path_counts import survey_paths
from ..model.citation_graph import CitationGraph


@dataclass(frozen=True, eq=False)
class PapersBetween:
    """The papers and citations that the paths of an itinerary may use.

    Attributes
    ----------
    graph : CitationGraph
        Where paths may run, arcs cited -> citing.
    itinerary : Itinerary
    max_hops : int or None
    """

    graph: CitationGraph
    itinerary: Itinerary
    max_hops: int | None = None

    def __len__(self) -> int:
        return len(self.ordered.members) if self.is_plain else len(self.part)

    @property
    def is_plain(self) -> bool:
        """Whether only the two ends are given, so that arrays answer."""
        return self.itinerary.is_direct and self.max_hops is None

    def keep(self, flags: Flags) -> PapersBetween:
        """The same question about some papers alone."""
        return PapersBetween(self.graph.keep(flags), self.itinerary, self.max_hops)

    @cached_property
    def ordered(self) -> OrderedPart:
        """As arrays in the order of lineage."""
        return self.graph.ordered(self.itinerary.start, self.itinerary.end)

    @cached_property
    def part(self) -> Digraph[str]:
        """As a graph of keys."""
        return self.graph.within(self.itinerary.start, self.itinerary.end, self.max_hops)

    def path_graph(self, part: Digraph[str] | None = None) -> PathGraph:
        """The graph whose paths keep to the itinerary."""
        return self.itinerary.path_graph(self.part if part is None else part, most_hops=self.max_hops)

    def survey(self) -> tuple[int | None, int | None]:
        """How many paths there are, and the hops of the longest; None when they cannot be counted."""
        if self.is_plain:
            numbers = self.graph.arrays.numbers
            found = self.ordered.survey(numbers[self.itinerary.start], numbers[self.itinerary.end])
        else:
            paths = self.path_graph()
            found = survey_paths(paths.graph, paths.start, paths.end, paper=paths.paper)
        return (None, None) if found is None else (found.paths, found.longest)
