"""All papers that lead to a paper, or to which it leads, generation by generation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ..errors import InputError
from ..model.collection import PaperCollection
from ..model.lineage import Lineage

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Relatives:
    """The ancestors or the descendants of a paper.

    `generations` holds their keys, grouped by the hops of the shortest path, the nearest first. In a generation
    papers of the list come first, by number, then the others by age.
    """

    key: str
    kind: Literal["ancestry", "descent"]
    generations: tuple[tuple[str, ...], ...]

    @property
    def total(self) -> int:
        """How many there are."""
        return sum(map(len, self.generations))

    def to_frame(self) -> pd.DataFrame:
        """The papers as a pandas table: key, and the hops of the shortest path."""
        import pandas as pd

        rows = [(key, hops) for hops, keys in enumerate(self.generations, start=1) for key in keys]
        return pd.DataFrame(rows, columns=["key", "hops"])


def find_relatives(
    lineage: Lineage,
    key: str,
    kind: Literal["ancestry", "descent"],
    *,
    list_only: bool = False,
    max_hops: int | None = None,
) -> Relatives:
    """Find the papers from which paths lead to a paper (ancestry), or to which they lead from it (descent).

    Linear in papers and citations. `list_only` keeps to papers of the reading list, along paths that keep to it;
    `max_hops` is how many generations.
    """
    return relatives_in(lineage, key, kind, list_only=list_only, max_hops=max_hops)[1]


def relatives_in(
    papers: PaperCollection,
    key: str,
    kind: Literal["ancestry", "descent"],
    *,
    list_only: bool = False,
    max_hops: int | None = None,
) -> tuple[Lineage, Relatives]:
    """Find these papers in memory or in a store, with a lineage that has them.

    Raises `InputError` when a store has more of them than an answer can hold.
    """
    among = None
    if list_only:  # every part has the list
        papers = lineage = papers.part([papers.number(key)])
        among = lineage.flagged([*lineage.list_keys, key])
    back, most = kind == "ancestry", papers.most_papers or 0
    found = papers.reach(papers.number(key), back=back, among=among, most_hops=max_hops, most_papers=most)
    if not found.complete:
        raise InputError(f"more than {most:,} papers", remedy="set a lower limit with --max-hops")
    lineage = papers.part(found.numbers)
    if lineage is not papers:  # which has other numbers
        found = lineage.reach(lineage.number(key), back=back, most_hops=max_hops)
    generations = (lineage.keys_of(found.numbers[found.hops == away]) for away in range(1, int(found.hops.max()) + 1))
    return lineage, Relatives(key, kind, tuple(tuple(sorted(keys, key=lineage.place)) for keys in generations))
