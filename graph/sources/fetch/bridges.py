"""Papers outside a list that several of it cite, whichever service says so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence

from networkx.utils import UnionFind

from ...model.identifiers import Identifier, closure
from ..records import Record
from .crawl import MIN_BRIDGE_CITERS


def bridges_between(
    lists: Iterable[tuple[str, Sequence[Record]]], known: Iterable[Record], *, oldest: int = 0
) -> list[Record]:
    """The cited papers that at least two papers cite, and that are not known yet, in the order of their identifiers.

    `lists` are the name of a citing paper and the records of what it cites, as one source lists them. Of each paper the
    record is given that has most identifiers. One that is older than `oldest` cannot lead from one paper to another.
    """
    cited = [(citing, record, closure(record.identifiers)) for citing, rows in lists for record in rows]
    cited = [each for each in cited if each[2]]
    joined: UnionFind[Hashable] = UnionFind()
    for _, _, identifiers in cited:
        joined.union(*identifiers)
    citers: defaultdict[Hashable, set[str]] = defaultdict(set)
    records: dict[Hashable, Record] = {}
    for citing, record, identifiers in cited:
        paper = joined[next(iter(identifiers))]
        citers[paper].add(citing)
        if paper not in records or len(record.identifiers) > len(records[paper].identifiers):
            records[paper] = record
    asked = {joined[each] for record in known for each in closure(record.identifiers)}
    found = [
        record
        for paper, record in records.items()
        if paper not in asked and len(citers[paper]) >= MIN_BRIDGE_CITERS and (record.year or oldest) >= oldest
    ]
    return sorted(found, key=lambda record: _first(record.identifiers))


def _first(identifiers: Sequence[Identifier]) -> Identifier:
    return min(identifiers)
