"""One column of an export, with its type and meaning, and what formats make of several columns."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, Literal, TypeVar

Subject = TypeVar("Subject", contravariant=True)  # noqa: PLC0105  # a suffix "_contra" would explain nothing
Value = str | int | float | bool | Sequence[str] | Sequence[int] | None
Type = Literal["boolean", "int", "long", "double", "string", "strings", "longs"]


@dataclass(frozen=True, slots=True)
class Column(Generic[Subject]):
    """One column of an export."""

    name: str
    type: Type
    """The type of every value in the column: one of GraphML's types, or "strings" or "longs", which are lists."""
    meaning: str
    """For people, without a full stop."""
    value: Callable[[Subject], Value]
    """Returns the value for a paper or a citation, or None when it is not known."""
    parts: Callable[[Subject], Value] | None = None
    """Of a column whose values are lists made into texts: returns the list, as a tuple."""
    separator: str = ""
    """What stands between the parts in the text."""

    def values(self, subjects: Iterable[Subject]) -> list[Value]:
        """The values for some papers or citations, in their order. What a column repeats is joined once."""
        value = self.parts or self.value
        found = [value(each) for each in subjects]
        if self.parts is None:
            return found
        joined = {parts: _joined(parts, self.separator) for parts in set(found)}
        return [joined[parts] for parts in found]

    def texts(self, subjects: Iterable[Subject], write: Callable[[Value], str]) -> list[str]:
        """The values as texts. What a column repeats is written once."""
        values = self.values(subjects)
        written = {value: write(value) for value in set(values)}
        if self.type == "double":  # 0.0 and -0.0 are equal and two texts
            zeros = {1.0: write(0.0), -1.0: write(-0.0)}
            return [zeros[math.copysign(1.0, value)] if value == 0 else written[value] for value in values]
        return [written[value] for value in values]

    def flat(self, separator: str = "; ") -> Column[Subject]:
        """The same column for a format without lists: the parts of a list become one text, of an empty one None."""
        if self.type not in ("strings", "longs"):
            return self

        parts = self.value
        return replace(
            self,
            type="string",
            value=lambda subject: _joined(parts(subject), separator),
            parts=parts,
            separator=separator,
        )


def _joined(parts: Value, separator: str) -> str | None:
    """The parts of a list as one text; None where there are none."""
    assert isinstance(parts, (tuple, list))
    return separator.join(map(str, parts)) or None


def pick(columns: Iterable[Column[Subject]], *names: str) -> tuple[Column[Subject], ...]:
    """The columns with these names, in the order of the names."""
    by_name = {column.name: column for column in columns}
    return tuple(by_name[name] for name in names)


def pick_flat(columns: Iterable[Column[Subject]], *names: str) -> tuple[Column[Subject], ...]:
    """The same for a format without lists; see `Column.flat`."""
    return tuple(column.flat() for column in pick(columns, *names))


def records(columns: Sequence[Column[Any]], subjects: Iterable[Any]) -> list[dict[str, Any]]:
    """A dict for each paper or citation; an unknown value is None, and a list without members is empty."""
    return [{column.name: _plain(column.value(subject)) for column in columns} for subject in subjects]


def known(record: Mapping[str, Any]) -> dict[str, Any]:
    """A record without what is unknown, for readers that would take null for a value."""
    return {name: value for name, value in record.items() if value is not None and value != []}


def _plain(value: Value) -> Any:
    return list(value) if isinstance(value, tuple) else value
