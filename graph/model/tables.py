"""The tables of a corpus as they were read: each row becomes a paper or a citation when somebody asks for it.

A question about paths looks at a few papers of very many. Here they stay the structs that were decoded
(`graph.model.serialize.row_type`), or bytes in a file, until then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, ValuesView
from typing import Any, Generic, TypeVar, overload

from .entities import Paper
from .row_readers import PaperRows
from .serialize import value_of

T = TypeVar("T")


class Table(Sequence[T], Generic[T]):
    """Rows that become values one by one: structs, or anything else that `make` takes."""

    def __init__(self, rows: Sequence[Any], make: Callable[[Any], T]) -> None:
        self.rows = rows
        self._make = make
        self._made: dict[int, T] = {}

    @classmethod
    def of(cls, kind: type[T], rows: Sequence[Any]) -> Table[T]:
        """A table of structs that were made for a dataclass."""
        return cls(rows, lambda row: value_of(kind, row))

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[T, ...]: ...
    def __getitem__(self, place: int | slice) -> T | tuple[T, ...]:
        if isinstance(place, slice):
            return tuple(self[each] for each in range(*place.indices(len(self))))
        if place in self._made:
            return self._made[place]
        place = range(len(self))[place]
        if place not in self._made:
            self._made[place] = self._make(self.rows[place])
        return self._made[place]

    def take(self, places: Sequence[int]) -> list[T]:
        """The values at some places; of many the rows are read in one go."""
        missing = sorted(set(places) - self._made.keys())
        rows = list(self.rows) if 4 * len(missing) > len(self.rows) else self.rows
        for place in missing:
            self._made[place] = self._make(rows[place])
        return [self._made[place] for place in places]

    def __iter__(self) -> Iterator[T]:
        for place, row in enumerate(self.rows):
            if place not in self._made:
                self._made[place] = self._make(row)
            yield self._made[place]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence) or isinstance(other, str):
            return NotImplemented
        return len(self) == len(other) and all(one == another for one, another in zip(self, other, strict=True))

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"<{len(self):,} rows>"


class PaperTable(Mapping[str, Paper]):
    """Papers by key, in the order of their keys, each made when it is first asked for.

    The keys ascend; `numbers` is the place of each key among them, and the table has the same order.
    """

    def __init__(self, keys: Sequence[str], numbers: Mapping[str, int], table: Table[Paper]) -> None:
        self.keys_in_order, self.numbers, self.table = keys, numbers, table

    def __getitem__(self, key: str) -> Paper:
        return self.table[self.numbers[key]]

    def __iter__(self) -> Iterator[str]:
        return iter(self.keys_in_order)

    def __len__(self) -> int:
        return len(self.table)

    def __contains__(self, key: object) -> bool:
        return key in self.numbers

    def take(self, keys: Sequence[str]) -> list[Paper]:
        """The papers with some keys."""
        return self.table.take([self.numbers[key] for key in keys])

    def values(self) -> Any:
        """The papers, one after the other."""
        return _Values(self)


class _Values(ValuesView[Paper]):
    """The papers of a table without looking each up by its key."""

    def __init__(self, papers: PaperTable) -> None:
        super().__init__(papers)
        self._table = papers.table

    def __iter__(self) -> Iterator[Paper]:
        return iter(self._table)


class ChangedPapers(Mapping[str, Paper]):
    """The papers of a mapping, with some changed and some added behind them.

    >>> papers = ChangedPapers({"a": Paper("a")}, {"a": Paper("a", "A"), "b": Paper("b")})
    >>> list(papers), papers["a"].title, len(papers)
    (['a', 'b'], 'A', 2)
    """

    def __init__(self, papers: Mapping[str, Paper], changed: Mapping[str, Paper]) -> None:
        self._papers, self._changed = papers, dict(changed)
        self._added = [key for key in self._changed if key not in papers]

    def __getitem__(self, key: str) -> Paper:
        return self._changed[key] if key in self._changed else self._papers[key]

    def __iter__(self) -> Iterator[str]:
        yield from self._papers
        yield from self._added

    def __len__(self) -> int:
        return len(self._papers) + len(self._added)

    def __contains__(self, key: object) -> bool:
        return key in self._changed or key in self._papers

    def take(self, keys: Sequence[str]) -> list[Paper]:
        """The papers with some keys."""
        kept = [key for key in keys if key not in self._changed]
        papers = self._changed | dict(zip(kept, papers_at(self._papers, kept), strict=True))
        return [papers[key] for key in keys]

    @property
    def rows(self) -> Iterator[Any]:
        """The rows of the papers as they are, and the changed papers."""
        yield from (self._changed.get(row.key, row) for row in rows_of(self._papers))
        yield from (self._changed[key] for key in self._added)

    def rows_with(self, text: str) -> Iterator[Any]:
        """The rows of which some have a text, and the changed papers."""
        yield from (row for row in rows_with(self._papers, text) if row.key not in self._changed)
        yield from self._changed.values()


def values_at(values: Sequence[T], places: Sequence[int]) -> list[T]:
    """The values at some places of a table, or of any other sequence."""
    return values.take(places) if isinstance(values, Table) else [values[place] for place in places]


def papers_at(papers: Mapping[str, Paper], keys: Sequence[str]) -> list[Paper]:
    """The papers with some keys; from a file they are read in one go."""
    return papers.take(keys) if isinstance(papers, PaperTable | ChangedPapers) else [papers[key] for key in keys]


def rows_of(values: Sequence[T] | Mapping[str, T]) -> Iterable[Any]:
    """The rows behind a table, or the values themselves: both have the fields of the dataclass.

    Identifiers of rows are texts.
    """
    if isinstance(values, PaperTable):
        return values.table.rows
    if isinstance(values, ChangedPapers):
        return values.rows
    if isinstance(values, Mapping):
        return values.values()
    return values.rows if isinstance(values, Table) else values


def rows_with(papers: Mapping[str, Paper], text: str) -> Iterable[Any]:
    """All rows of papers in which a text stands, as it is written in JSON, and perhaps others.

    Of a file with an index the lines that do not have it are not decoded.
    """
    if isinstance(papers, ChangedPapers):
        return papers.rows_with(text)
    rows = rows_of(papers)
    return rows.with_text(text) if isinstance(rows, PaperRows) else rows
