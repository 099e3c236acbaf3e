"""What a reading list may be missing: papers that it often cites, and papers that would connect lone entries."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..model.lineage import Lineage
from ..utils.old_names import keep_old_attributes
from .no_path import shortest_chain

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class FrequentlyCited:
    """A paper outside the list, the papers of the list that cite it, and those that it cites."""

    key: str
    cited_by: tuple[str, ...]
    cites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Connection:
    """An entry that no citation joins with another entry, and what would connect it with the list.

    `chain` is a shortest chain of citations, in any direction, from the entry to another paper of the list; the
    papers between the two are those to add. It is empty when the corpus has no such chain.
    """

    key: str
    chain: tuple[str, ...]


@keep_old_attributes(leaned_on="frequently_cited", joining="connections")
@dataclass(frozen=True, slots=True)
class Suggestions:
    """Papers to consider for the list."""

    frequently_cited: tuple[FrequentlyCited, ...]
    connections: tuple[Connection, ...]

    def to_frame(self) -> pd.DataFrame:
        """The frequently cited papers as a pandas table: key, how many of the list cite it, these, those it cites."""
        import pandas as pd

        rows = [
            (each.key, len(each.cited_by), " ".join(each.cited_by), " ".join(each.cites))
            for each in self.frequently_cited
        ]
        return pd.DataFrame(rows, columns=["key", "citing", "cited_by", "cites"])


def suggestions(lineage: Lineage, *, top: int = 10, known: Container[str] = ()) -> Suggestions:
    """Find papers outside the list that many papers of it cite, and what would connect its lone entries.

    Linear in papers and citations: once for the frequently cited papers, and once for every lone entry. At most `top`
    of the first are given, and none that is `known` to the reader; they are in the order of how many papers of the list
    cite them, then of how many they cite.
    """
    graph = lineage.citation_graph()
    cited = {key for entry in lineage.list_keys for key in graph.predecessors(entry)}
    found = [
        FrequentlyCited(key, lineage.listed(graph.successors(key)), lineage.listed(graph.predecessors(key)))
        for key in cited - lineage.entries.keys()
        if key not in known
    ]
    found.sort(key=lambda each: (-len(each.cited_by), -len(each.cites), lineage.age(each.key)))
    listed = lineage.citation_graph(lineage.flagged(lineage.list_keys))
    oldest_first = sorted(lineage.list_keys, key=lineage.age)
    lone = [key for key in oldest_first if not (listed.successors(key) or listed.predecessors(key))]
    return Suggestions(tuple(found[:top]), tuple(Connection(key, _chain(lineage, key)) for key in lone))


def _chain(lineage: Lineage, start: str) -> tuple[str, ...]:
    """The first of the shortest chains to another paper of the list."""
    others = set(lineage.list_keys) - {start}
    if not others:
        return ()
    hops = lineage.network.hops(lineage.numbers_of(others), either=True)
    return shortest_chain(lineage, lineage.citation_graph(), start, hops)
