"""Pairs of papers that may be one paper, and why they were not taken for one: for a person to decide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import combinations, pairwise

from .clusters import AUTHORS, DECISIONS, KEYS, TITLES, YEARS, Cluster, contradiction
from .title_evidence import alike, can_decide, is_distinctive

_FEW = 6

Doubts = dict[tuple[int, int], str]


def doubts_about(clusters: Sequence[Cluster]) -> list[tuple[int, int, str]]:
    """The doubts about clusters that are taken for different papers, each named by its first record.

    Of many clusters that share one title or identifier, each is compared with its neighbours only.
    """
    doubts: Doubts = {}
    for identifier, holders in _shared(clusters, lambda cluster: map(str, cluster.identifiers)):
        _note(doubts, holders, partial(_same_identifier, identifier))
    for form, holders in _shared(clusters, lambda cluster: cluster.titles):
        _note(doubts, holders, partial(_same_title, form))
    for one, other, likeness in alike(clusters):
        if (one.head, other.head) not in doubts and not contradiction(one, other):
            known = one.claims_of(AUTHORS) and other.claims_of(AUTHORS)
            shared = "same first author and near year" if known else "first author not stated by one of them"
            doubts[one.head, other.head] = f"{shared}, and {likeness}"
    return sorted((*pair, why) for pair, why in doubts.items())


def contradiction_text(kind: str, one: Cluster, other: Cluster) -> str:
    """How two clusters speak against each other by one kind of claims."""
    if kind == TITLES:
        return f"they have two titles, {min(one.titles.values())!r} and {min(other.titles.values())!r}"
    values = f"{min(map(str, one.claims_of(kind)))} and {min(map(str, other.claims_of(kind)))}"
    return f"a person gave them two keys, {values}" if kind == KEYS else f"they have two {kind}, {values}"


def same_title(authors_known: bool, years_known: bool) -> str:
    """What two papers of one title have in common."""
    if authors_known:
        return f"same title and first author, {'near year' if years_known else 'year not stated by one of them'}"
    return f"same title, {'author' if years_known else 'author and year'} not stated by one of them"


def _shared(
    clusters: Sequence[Cluster], values: Callable[[Cluster], Iterable[str]]
) -> Iterator[tuple[str, list[Cluster]]]:
    """Everything that several clusters have, with these."""
    holders: defaultdict[str, list[Cluster]] = defaultdict(list)
    for cluster in clusters:
        for value in values(cluster):
            holders[value].append(cluster)
    return ((value, found) for value, found in sorted(holders.items()) if len(found) > 1)


def _note(doubts: Doubts, clusters: list[Cluster], reason: Callable[[Cluster, Cluster], str | None]) -> None:
    """Note why clusters are apart that share something, unless it is noted or a person decided it."""
    ordered = sorted(clusters, key=_content)
    for pair in combinations(ordered, 2) if len(ordered) <= _FEW else pairwise(ordered):
        one, other = sorted(pair, key=lambda cluster: cluster.head)
        if (one.head, other.head) not in doubts and not contradiction(
            one, other, lambda kind: kind.startswith(DECISIONS)
        ):
            why = reason(one, other)
            if why:
                doubts[one.head, other.head] = why


def _content(cluster: Cluster) -> tuple[list[str], ...]:
    """What puts clusters in an order that is not that of their records."""
    claims = [sorted(map(str, cluster.claims_of(kind))) for kind in (AUTHORS, YEARS)]
    return *claims, sorted(map(str, cluster.identifiers)), sorted(cluster.titles), sorted(cluster.names)


def _same_identifier(identifier: str, one: Cluster, other: Cluster) -> str:
    kind = contradiction(one, other) or contradiction(one, other, bool)
    return f"same {identifier}, but " + (
        contradiction_text(kind, one, other) if kind else "a paper that is not this one has it too"
    )


def _same_title(form: str, one: Cluster, other: Cluster) -> str | None:
    """Why two clusters with one title are apart; None where the title means nothing and something speaks against it."""
    title = one.titles[form]
    authors_known, years_known = (bool(one.claims_of(kind) and other.claims_of(kind)) for kind in (AUTHORS, YEARS))
    shared = same_title(authors_known, years_known)
    kind = contradiction(one, other, {AUTHORS, YEARS}.__contains__) or contradiction(one, other)
    if kind in (AUTHORS, YEARS):
        far = f"same title{' and first author' if authors_known else ''}, but years far apart"
        return (far if kind == YEARS else "same title, but other first authors") if can_decide(title) else None
    if kind:
        return f"{shared}, but {contradiction_text(kind, one, other)}"
    if not can_decide(title):
        return f"{shared}, but short titles and those that many works have prove nothing"
    if is_distinctive(title) or (authors_known and years_known):
        return f"{shared}, but a paper that is not this one fits as well"
    return f"same short title{' and first author' if authors_known else ''}, and nothing else to compare"
