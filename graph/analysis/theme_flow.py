"""How ideas pass between themes, which papers carry them, and whether the citations see the same groups."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb
from typing import TYPE_CHECKING

import networkx as nx

from ..model.lineage import Lineage, main_theme, reached_from

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class ThemeFlow:
    """Citations between themes, cited theme -> citing theme.

    A citation whose papers belong to several themes is shared out: it counts for each pair of
    themes as much as the product of the two papers' shares, so that all counts sum to the number
    of citations between papers whose themes are known.

    Attributes
    ----------
    themes : tuple of str
        Ids in the list's order.
    arcs : mapping of (str, str) to float
        Citations that carry an idea from the first theme to the second.
    crossing : mapping of int to (float, float)
        By the year of the citing paper: citations that cross themes, and all of them.
    unknown : int
        Citations left out, because the theme of one of the papers is not known.
    """

    themes: tuple[str, ...]
    arcs: Mapping[tuple[str, str], float]
    crossing: Mapping[int, tuple[float, float]]
    unknown: int

    def to_frame(self) -> pd.DataFrame:
        """The flow as a table: a row for the theme that is cited, a column for the one that cites."""
        import pandas as pd

        rows = [[self.arcs.get((cited, citing), 0.0) for citing in self.themes] for cited in self.themes]
        return pd.DataFrame(
            rows, index=pd.Index(self.themes, name="cited"), columns=pd.Index(self.themes, name="citing")
        )


@dataclass(frozen=True, slots=True)
class Carrier:
    """A bridge, and how many ordered pairs of list papers it lies between.

    `pairs` counts pairs (older, newer) of the list with a path from the older to it and from it to
    the newer; `across` counts those whose chosen themes have none in common.
    """

    key: str
    pairs: int
    across: int


@dataclass(frozen=True)
class Communities:
    """Groups that the citations alone suggest, beside the themes that a person chose.

    Attributes
    ----------
    groups : tuple of tuple of str
        Keys, the largest group first, oldest papers first.
    agreement : float or None
        The adjusted Rand index of the groups and the chosen themes, over papers with exactly one
        chosen theme: 1 when they agree, about 0 when they agree no more than by chance; None
        when either puts all of these papers in one group or each in its own.
    modularity : float
        How much denser the groups are than by chance.
    seed : int
    """

    groups: tuple[tuple[str, ...], ...]
    agreement: float | None
    modularity: float
    seed: int


@dataclass(frozen=True, slots=True)
class ThemeReport:
    """How ideas pass between themes, the papers that carry them, and the groups that the citations alone suggest."""

    flow: ThemeFlow
    carriers: tuple[Carrier, ...]
    communities: Communities


def theme_flow(lineage: Lineage, keys: Iterable[str] | None = None) -> ThemeFlow:
    """Which theme's ideas reach which.

    Parameters
    ----------
    lineage : Lineage
        Arcs cited -> citing, the direction in which an idea travels.
    keys : iterable of str, optional
        The papers to look at; the reading list if left out.

    Returns
    -------
    ThemeFlow

    Notes
    -----
    Linear in citations, times the square of the themes that a paper belongs to.
    """
    part = lineage.among(lineage.list_keys if keys is None else keys)
    arcs: defaultdict[tuple[str, str], float] = defaultdict(float)
    crossing: defaultdict[int, list[float]] = defaultdict(lambda: [0.0, 0.0])
    unknown = 0
    for cited, citing in part.edges:
        one, other = part.nodes[cited]["shares"], part.nodes[citing]["shares"]
        if not (one and other):
            unknown += 1
            continue
        year = part.nodes[citing]["year"]
        for older, share in one.items():
            for newer, part_of in other.items():
                arcs[older, newer] += share * part_of
                if year is not None:
                    crossing[year][0] += share * part_of * (older != newer)
                    crossing[year][1] += share * part_of
    themes = tuple(theme.id for theme in lineage.reading_list.themes)
    years = {year: (across, every) for year, (across, every) in sorted(crossing.items())}
    return ThemeFlow(themes, dict(sorted(arcs.items())), years, unknown)


def carriers(lineage: Lineage) -> list[Carrier]:
    """The bridges of a lineage, those between most pairs of the list first.

    Notes
    -----
    Linear in papers and citations, times a machine word for every 64 papers of the list; `across`
    looks at every pair of the list for every bridge.
    """
    listed = lineage.list_keys
    before = reached_from(lineage.graph, listed)
    after = reached_from(lineage.graph.reverse(copy=False), listed)
    themes = [set(lineage.graph.nodes[key]["themes"]) for key in listed]
    unlike = [sum(1 << n for n, other in enumerate(themes) if not (other & mine)) for mine in themes]
    found = []
    for key in lineage.bridges:
        older, newer = before[key], after[key]
        pairs = older.bit_count() * newer.bit_count() - (older & newer).bit_count()
        across = sum((newer & unlike[n]).bit_count() for n in range(len(listed)) if older >> n & 1)
        found.append(Carrier(key, pairs, across))
    return sorted(found, key=lambda carrier: (-carrier.pairs, -carrier.across, lineage.age(carrier.key)))


def communities(lineage: Lineage, keys: Iterable[str] | None = None, *, seed: int = 1) -> Communities:
    """Groups of papers that cite each other more than others, by Louvain's method.

    Parameters
    ----------
    lineage : Lineage
    keys : iterable of str, optional
        The papers to group; the list and its bridges if left out. Citations count in both directions.
    seed : int
        The method depends on the order in which it looks at papers; equal seeds give equal groups.

    Returns
    -------
    Communities

    References
    ----------
    Blondel et al. (2008), "Fast unfolding of communities in large networks",
    https://doi.org/10.1088/1742-5468/2008/10/P10008; Hubert & Arabie (1985), "Comparing
    partitions", https://doi.org/10.1007/BF01908075.
    """
    chosen = [*lineage.list_keys, *lineage.bridges] if keys is None else list(keys)
    part = lineage.among(chosen).to_undirected()
    found = [sorted(group, key=lineage.age) for group in nx.community.louvain_communities(part, seed=seed)]
    groups = tuple(tuple(group) for group in sorted(found, key=lambda group: (-len(group), group)))
    group_of = {key: n for n, group in enumerate(groups) for key in group}
    plain = [key for key in part if len(part.nodes[key]["themes"]) == 1]
    agreement = adjusted_rand([group_of[key] for key in plain], [part.nodes[key]["themes"][0] for key in plain])
    return Communities(groups, agreement, nx.community.modularity(part, [set(group) for group in groups]), seed)


def adjusted_rand(one: Sequence[object], other: Sequence[object]) -> float | None:
    """How far two groupings of the same things agree, corrected for chance.

    Parameters
    ----------
    one, other : sequence
        The group of each thing, in the same order.

    Returns
    -------
    float or None
        At most 1; None where chance leaves nothing to correct (both groupings trivial).

    Examples
    --------
    >>> adjusted_rand([0, 0, 1, 1], ["a", "a", "b", "b"])
    1.0
    >>> adjusted_rand([0, 0, 1, 1], ["a", "b", "a", "b"])
    -0.5
    """
    together = sum(comb(n, 2) for n in Counter(zip(one, other, strict=True)).values())
    pairs_one, pairs_other = (sum(comb(n, 2) for n in Counter(groups).values()) for groups in (one, other))
    pairs = comb(len(one), 2)
    expected = Fraction(pairs_one * pairs_other, pairs or 1)
    most = Fraction(pairs_one + pairs_other, 2)
    return None if most == expected else float((together - expected) / (most - expected))


def theme_of_group(lineage: Lineage, group: Sequence[str]) -> str | None:
    """The theme to which the papers of a group belong most."""
    shares: Counter[str] = Counter()
    for key in group:
        shares.update(lineage.graph.nodes[key]["shares"])
    return main_theme(shares, [theme.id for theme in lineage.reading_list.themes])
