"""Records that are taken for one paper: what they claim together, and which of them speak against each other.

A cluster makes claims of several kinds: its arXiv identifiers, its DOIs, its first authors, its years. Two clusters
speak against each other where both make claims of one kind and share none. What a cluster does not claim is unknown,
and speaks against nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from networkx.utils import UnionFind

from ..model.identifiers import Identifier
from ..utils.text import normalised_title
from .published_versions import ARTICLES, IMPOSTORS, SERVICE_IDS, compared_identifiers, is_preprint, kind_and_value
from .records import Record

MAX_YEAR_GAP = 2
KEYS, DECISIONS, AUTHORS, YEARS, TITLES = "keys", "decision", "first authors", "years", "titles"
"""Kinds of claims besides those of identifiers; each decision of a person to keep papers apart is a kind of its own."""
NEARLY_ALL = 0.8
"""Where so many of the records with a claim make the same one, the others are taken for misprints."""
_MOST_SIDES = 50
_FIRST_KINDS = (KEYS, DECISIONS, AUTHORS, YEARS, TITLES)

Kinds = Callable[[str], bool]
Evidence = Callable[["Cluster"], Iterable[Hashable]]


def but_titles(kind: str) -> bool:
    """All kinds of claims but titles: one paper may have several, and only a service's own id is not believed then."""
    return kind != TITLES


@dataclass
class Cluster:
    """Records that are taken for one paper."""

    members: list[int]
    """The numbers of the records, in order."""
    identifiers: set[Identifier]
    """Those by which records are compared."""
    names: set[str]
    """What a person's decision may call the paper."""
    titles: dict[str, str]
    """Each title, by the form in which titles are compared."""
    claims: defaultdict[str, set[Hashable]]
    """Values by kind."""

    @classmethod
    def of(cls, number: int, record: Record, misprinted: Collection[str] = ()) -> Cluster:
        """The cluster of one record, without the identifiers that a person says are misprinted."""
        stated = {each for each in compared_identifiers(record.identifiers) if str(each) not in misprinted}
        claims: defaultdict[str, set[Hashable]] = defaultdict(set)
        for kind, value in map(kind_and_value, stated):
            claims[kind].add(value)
        identifiers = {each for each in stated if kind_and_value(each)[0] != IMPOSTORS}
        if record.key:
            claims[KEYS].add(record.key)
        claims[AUTHORS] |= record.first_author_parts
        claims[YEARS] |= record.years
        names = {record.record_id, *map(str, stated), *([record.key] if record.key else ())}
        titles = {normalised_title(title): title for title in reversed(record.titles)}
        titles.pop("", None)
        claims[TITLES] |= titles.keys()
        return cls([number], identifiers, names, titles, claims)

    @property
    def head(self) -> int:
        """The first of its records."""
        return self.members[0]

    def claims_of(self, kind: str) -> set[Hashable]:
        """Its values of one kind; none where it makes no such claim."""
        return self.claims.get(kind, set())

    def add(self, others: Iterable[Cluster]) -> None:
        """Take the records of other clusters for the same paper."""
        for other in others:
            self.members += other.members
            self.identifiers |= other.identifiers
            self.names |= other.names
            self.titles |= {form: title for form, title in other.titles.items() if form not in self.titles}
            for kind, values in other.claims.items():
                self.claims[kind] |= values
        self.members.sort()


def contradiction(one: Cluster, other: Cluster, kinds: Kinds = but_titles) -> str | None:
    """The kind of claims by which two clusters speak against each other, the weightiest first; only of some kinds."""
    pair = [one, other]
    return next((kind for kind in _kinds_of(pair, kinds) if len(_sides(kind, pair)[0]) > 1), None)


def agreeing(clusters: Sequence[Cluster], evidence: Evidence, kinds: Kinds = but_titles) -> Iterator[list[Cluster]]:
    """The clusters that evidence joins, so that no two of them speak against each other, even through a third.

    Clusters that share a piece of evidence are joined, and parted again by every kind of claim that divides them. One
    that makes no such claim goes with the only side that it agrees with, with the one that has a person's key, or with
    the one that nearly all records are on; else it stays apart from all of them, for to choose would be to guess.

    The order of the clusters makes no difference. Near linear in what they claim.
    """
    pending = [clusters]
    while pending:
        for connected in _connected(pending.pop(), evidence):
            parts = _divided(connected, evidence, kinds)
            pending += parts
            if not parts:
                yield connected


def _divided(clusters: list[Cluster], evidence: Evidence, kinds: Kinds) -> list[list[Cluster]]:
    """The parts into which the weightiest kind of claim divides clusters; none if no kind does."""
    for kind in _kinds_of(clusters, kinds) if len(clusters) > 1 else ():
        sides, silent = _sides(kind, clusters)
        if len(sides) > 1:
            return _with_silent(sides, silent, evidence)
    return []


def _connected(clusters: Sequence[Cluster], values: Evidence) -> list[list[Cluster]]:
    """The components of the clusters, linked where they share a value."""
    joined: UnionFind[Hashable] = UnionFind(range(len(clusters)))
    for number, cluster in enumerate(clusters):
        joined.union(number, *(("value", value) for value in values(cluster)))
    parts: defaultdict[Hashable, list[Cluster]] = defaultdict(list)
    for number, cluster in enumerate(clusters):
        parts[joined[number]].append(cluster)
    return list(parts.values())


def _kinds_of(clusters: Sequence[Cluster], kinds: Kinds) -> list[str]:
    """The kinds of which at least two clusters make claims, in the order in which they part them."""
    claimed = {kind for cluster in clusters for kind, values in cluster.claims.items() if values and kinds(kind)}
    return sorted(claimed, key=lambda kind: (_rank(kind), kind))


def _rank(kind: str) -> int:
    first = kind.partition(" ")[0] if kind.startswith(DECISIONS) else kind
    return _FIRST_KINDS.index(first) if first in _FIRST_KINDS else len(_FIRST_KINDS) + (kind in SERVICE_IDS)


def _sides(kind: str, clusters: Sequence[Cluster]) -> tuple[list[list[Cluster]], list[Cluster]]:
    """The clusters that make a claim of a kind, those together that share one, and the clusters that make none."""
    silent = [cluster for cluster in clusters if not cluster.claims_of(kind)]
    claiming = [cluster for cluster in clusters if cluster.claims_of(kind)]
    if kind == YEARS:
        return _connected(claiming, _periods(claiming)), silent
    if kind in SERVICE_IDS and {True, False} <= {_is_article(cluster) for cluster in claiming}:
        # A service may keep the preprint and the article of one paper under two of its ids.
        return _connected(claiming, lambda each: each.claims_of(kind) | _version(each)), silent
    return _connected(claiming, lambda cluster: cluster.claims_of(kind)), silent


def _periods(clusters: Sequence[Cluster]) -> Evidence:
    """The years of a cluster as periods: years without a gap of more than `MAX_YEAR_GAP` are one period."""
    years = sorted({int(str(year)) for cluster in clusters for year in cluster.claims_of(YEARS)})
    begins = {year: year for year in years[:1]}
    for earlier, later in pairwise(years):
        begins[later] = begins[earlier] if later - earlier <= MAX_YEAR_GAP else later
    return lambda cluster: {begins[int(str(year))] for year in cluster.claims_of(YEARS)}


def _is_article(cluster: Cluster) -> bool | None:
    """Whether its identifiers are those of an article alone (True) or of a preprint alone (False); else None."""
    kinds = {kind for kind, values in cluster.claims.items() if values}
    article, preprint = not kinds.isdisjoint(ARTICLES), any(map(is_preprint, kinds))
    return article if article != preprint else None


def _version(cluster: Cluster) -> set[Hashable]:
    """What links the preprint and the article of one paper."""
    return {"a version"} if _is_article(cluster) is not None else set()


def _with_silent(sides: list[list[Cluster]], silent: list[Cluster], evidence: Evidence) -> list[list[Cluster]]:
    """The sides, each with the silent clusters that can only be of it; last the silent ones that can be of several."""
    usual = _usual_side(sides)
    undecided: list[Cluster] = []
    joined = [list(side) for side in sides]
    for cluster in silent:
        fitting = [usual] if usual is not None else _fitting(cluster, sides, evidence)
        (joined[fitting[0]] if len(fitting) == 1 else undecided).append(cluster)
    return [*joined, undecided] if undecided else joined


def _usual_side(sides: list[list[Cluster]]) -> int | None:
    """The side that a person named, or that nearly all records are on."""
    named = [number for number, side in enumerate(sides) if any(cluster.claims_of(KEYS) for cluster in side)]
    if len(named) == 1:
        return named[0]
    sizes = [sum(len(cluster.members) for cluster in side) for side in sides]
    largest = max(sizes)
    return sizes.index(largest) if largest >= NEARLY_ALL * sum(sizes) else None


def _fitting(cluster: Cluster, sides: list[list[Cluster]], evidence: Evidence) -> list[int]:
    """The sides that a cluster has evidence for and nothing against, by whatever kind of claim.

    Of several those that share its first identifier, in the order of identifiers, that some of them share.
    """
    if len(sides) > _MOST_SIDES:
        return []
    own = set(evidence(cluster))
    shared = {
        number: own.intersection(value for each in side for value in evidence(each))
        for number, side in enumerate(sides)
        if not any(contradiction(cluster, each) for each in side)
    }
    first = min((value for found in shared.values() for value in found if isinstance(value, Identifier)), default=None)
    return [number for number, found in shared.items() if (first in found if first else found)]
