"""How ideas pass between themes, which papers carry them, and whether citations alone suggest the same groups."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb
from typing import TYPE_CHECKING

import networkx as nx

from ..algorithms.network import WORD
from ..model.lineage import Lineage
from ..model.themes import main_theme

if TYPE_CHECKING:
    import pandas as pd


MOST_GROUPED = 2_000
"""With so many bridges at the most the papers of the list are grouped: some seconds of work."""


@dataclass(frozen=True)
class ThemeFlow:
    """Citations between themes, cited theme -> citing theme.

    A citation between papers of several themes is divided among all pairs of their themes: each pair gets the
    product of the two shares. So all counts sum to the number of citations between papers whose themes are known.
    """

    themes: tuple[str, ...]
    """Ids in the list's order."""
    arcs: Mapping[tuple[str, str], float]
    """The number of citations that carry an idea from the first theme to the second."""
    crossing: Mapping[int, tuple[float, float]]
    """By the year of the citing paper: the number of citations between different themes, and of all citations."""
    unknown: int
    """How many citations are left out, because the theme of one of the papers is not known."""

    def to_frame(self) -> pd.DataFrame:
        """The flow as a table: a row for the theme that is cited, a column for the one that cites."""
        import pandas as pd

        rows = [[self.arcs.get((cited, citing), 0.0) for citing in self.themes] for cited in self.themes]
        return pd.DataFrame(
            rows, index=pd.Index(self.themes, name="cited"), columns=pd.Index(self.themes, name="citing")
        )


@dataclass(frozen=True, slots=True)
class Carrier:
    """A bridge, and the number of ordered pairs of papers of the list that it lies between.

    `pairs` counts pairs (older, newer) such that a path leads from the older paper to the bridge, and one from the
    bridge to the newer. `across` counts the pairs among them that have no chosen theme in common.
    """

    key: str
    pairs: int
    across: int


@dataclass(frozen=True)
class Communities:
    """Groups of papers that citations alone suggest, compared with the themes that a person chose."""

    groups: tuple[tuple[str, ...], ...]
    """Keys, the largest group first, oldest papers first."""
    agreement: float | None
    """The adjusted Rand index of the groups and the chosen themes, over papers with exactly one chosen theme: 1 when
    they agree, about 0 when they agree no more than by chance; None when both put all of these papers into one group,
    or both put each into its own."""
    modularity: float | None
    """How much denser citations are inside the groups than chance would make them; None without any citation."""
    seed: int
    left_out: int = 0
    """How many bridges were left out, those between the fewest pairs of papers of the list."""


@dataclass(frozen=True, slots=True)
class ThemeReport:
    """How ideas pass between themes, the papers that carry them, and the groups that the citations alone suggest."""

    flow: ThemeFlow
    carriers: tuple[Carrier, ...]
    communities: Communities


def theme_flow(lineage: Lineage, keys: Iterable[str] | None = None) -> ThemeFlow:
    """Count the citations from each theme to each other theme: which theme's ideas reach which.

    Citations are counted cited -> citing, the direction in which an idea travels, and only between the papers of
    `keys`, by default those of the list. Linear in citations, times the square of the number of themes that a paper
    belongs to.
    """
    part = lineage.among(lineage.list_keys if keys is None else keys)
    arcs: defaultdict[tuple[str, str], float] = defaultdict(float)
    crossing: defaultdict[int, list[float]] = defaultdict(lambda: [0.0, 0.0])
    unknown = 0
    for cited, citing in part.edges:
        cited_shares, citing_shares = part.nodes[cited]["shares"], part.nodes[citing]["shares"]
        if not (cited_shares and citing_shares):
            unknown += 1
            continue
        year = part.nodes[citing]["year"]
        for older, cited_share in cited_shares.items():
            for newer, citing_share in citing_shares.items():
                amount = cited_share * citing_share
                arcs[older, newer] += amount
                if year is not None:
                    crossing[year][0] += amount * (older != newer)
                    crossing[year][1] += amount
    years = {year: (across, every) for year, (across, every) in sorted(crossing.items())}
    return ThemeFlow(lineage.reading_list.theme_ids, dict(sorted(arcs.items())), years, unknown)


def carriers(lineage: Lineage) -> list[Carrier]:
    """The bridges of a lineage, in the order of how many pairs of papers of the list they lie between.

    Linear in papers and citations, times one machine word for every 64 papers of the list; for `across` it looks at
    every pair of papers of the list for every bridge.
    """
    listed = lineage.list_keys
    before, after = (_leading(lineage, listed, back=back) for back in (False, True))
    themes = [set(lineage.themes(key)) for key in listed]
    without_common_theme = [sum(1 << n for n, other in enumerate(themes) if not (other & own)) for own in themes]
    found = []
    for key in lineage.bridges:  # oldest first: equal ones keep this order
        number = lineage.number(key)
        older, newer = before[number], after[number]
        pairs = older.bit_count() * newer.bit_count() - (older & newer).bit_count()  # a circle: no pair with itself
        across = sum((newer & without_common_theme[n]).bit_count() for n in range(len(listed)) if older >> n & 1)
        found.append(Carrier(key, pairs, across))
    return sorted(found, key=lambda carrier: (-carrier.pairs, -carrier.across))


def _leading(lineage: Lineage, keys: Sequence[str], *, back: bool) -> list[int]:
    """Which of some papers lead to every paper, or are led to by it, as the bits of a number."""
    numbers, masks = lineage.numbers_of(keys), [0] * lineage.network.nodes
    for first in range(0, len(numbers), WORD):
        block = lineage.network.leading(numbers[first : first + WORD], back=back).tolist()
        masks = [mask | more << first for mask, more in zip(masks, block, strict=True)]
    return masks


def communities(lineage: Lineage, bridges: Sequence[str] | None = None, *, seed: int = 1) -> Communities:
    """Find groups of papers that cite each other more than they cite others, by Louvain's method.

    The papers of the list are grouped with `bridges`, by default with all; of more than `MOST_GROUPED` the first are
    taken. The direction of citations makes no difference. The method takes papers in a random order; equal seeds give
    equal groups.

    References
    ----------
    Blondel et al. (2008), "Fast unfolding of communities in large networks",
    https://doi.org/10.1088/1742-5468/2008/10/P10008; Hubert & Arabie (1985), "Comparing
    partitions", https://doi.org/10.1007/BF01908075.
    """
    bridges = lineage.bridges if bridges is None else bridges
    chosen = sorted({*lineage.list_keys, *bridges[:MOST_GROUPED]}, key=lineage.age)
    part: nx.Graph[str] = nx.Graph()
    part.add_nodes_from(chosen)
    part.add_edges_from(lineage.arcs_among(chosen))
    found = [sorted(group, key=lineage.age) for group in nx.community.louvain_communities(part, seed=seed)]
    groups = tuple(tuple(group) for group in sorted(found, key=lambda group: (-len(group), group)))
    group_of = {key: n for n, group in enumerate(groups) for key in group}
    compared = [key for key in part if len(lineage.themes(key)) == 1]
    agreement = adjusted_rand([group_of[key] for key in compared], [lineage.themes(key)[0] for key in compared])
    modularity = nx.community.modularity(part, [set(group) for group in groups]) if part.size() else None
    return Communities(groups, agreement, modularity, seed, max(0, len(bridges) - MOST_GROUPED))


def adjusted_rand(one: Sequence[object], other: Sequence[object]) -> float | None:
    """How far two groupings of the same items agree, corrected for chance.

    Each is the group of every item, in the same order. At most 1; None when both groupings are trivial, so that they
    agree by chance already.

    >>> adjusted_rand([0, 0, 1, 1], ["a", "a", "b", "b"])
    1.0
    >>> adjusted_rand([0, 0, 1, 1], ["a", "b", "a", "b"])
    -0.5
    """
    pairs_in_both = sum(comb(n, 2) for n in Counter(zip(one, other, strict=True)).values())
    pairs_in_one, pairs_in_other = (sum(comb(n, 2) for n in Counter(groups).values()) for groups in (one, other))
    all_pairs = comb(len(one), 2)
    expected = Fraction(pairs_in_one * pairs_in_other, all_pairs or 1)
    most = Fraction(pairs_in_one + pairs_in_other, 2)
    return None if most == expected else float((pairs_in_both - expected) / (most - expected))


def theme_of_group(lineage: Lineage, group: Sequence[str]) -> str | None:
    """The theme to which the papers of a group belong most."""
    shares: Counter[str] = Counter()
    for key in group:
        shares.update(lineage.shares(key))
    return main_theme(shares, lineage.reading_list.theme_ids)
