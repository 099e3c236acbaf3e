"""What a person has read, and what they own: marks on papers, which belong to the person and not to a corpus."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

MarkKind = Literal["read", "own"]
MARK_KINDS: tuple[MarkKind, ...] = get_args(MarkKind)


@dataclass(frozen=True, slots=True)
class Marks:
    """The papers that a person has read, and those that they own, by their keys.

    >>> marks = Marks(read=frozenset({"devlin2018"}), own=frozenset({"devlin2018", "brown2020"}))
    >>> marks.of("devlin2018"), marks.of("brown2020"), marks.of("ouyang2022")
    (('read', 'own'), ('own',), ())
    """

    read: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.read or self.own)

    def of(self, key: str) -> tuple[MarkKind, ...]:
        """The marks of one paper."""
        return tuple(kind for kind in MARK_KINDS if key in self.keys(kind))

    def keys(self, kind: MarkKind) -> frozenset[str]:
        """The papers with a mark."""
        return self.read if kind == "read" else self.own

    def any_of(self, kinds: Iterable[MarkKind]) -> frozenset[str]:
        """The papers with at least one of some marks."""
        return frozenset().union(*map(self.keys, kinds))


NO_MARKS = Marks()
