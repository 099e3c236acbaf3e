"""What a person has read, and what they own: marks on papers, which belong to the person and not to a corpus."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, get_args

from .identifiers import Identifier

MarkKind = Literal["read", "own"]
MARK_KINDS: tuple[MarkKind, ...] = get_args(MarkKind)


@dataclass(frozen=True, slots=True)
class NamedPaper:
    """A paper as a person's library names it, whether or not a corpus has it; what the library does not say is None."""

    identifiers: tuple[Identifier, ...] = ()
    title: str | None = None
    first_author: str | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Marks:
    """The papers that a person has read, and those that they own.

    >>> marks = Marks(read=frozenset({"devlin2018"}), own=frozenset({"devlin2018", "brown2020"}))
    >>> marks.of("devlin2018"), marks.of("brown2020"), marks.of("ouyang2022")
    (('read', 'own'), ('own',), ())
    """

    read: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()
    """Papers of a corpus, by their keys."""
    named_read: tuple[NamedPaper, ...] = field(default=(), repr=False)
    named_own: tuple[NamedPaper, ...] = field(default=(), repr=False)
    """All papers of the files that the marks are from: those of which a corpus knows nothing are told by these."""

    def __bool__(self) -> bool:
        return bool(self.read or self.own)

    def of(self, key: str) -> tuple[MarkKind, ...]:
        """The marks of one paper."""
        return tuple(kind for kind in MARK_KINDS if key in self.keys(kind))

    def keys(self, kind: MarkKind) -> frozenset[str]:
        """The papers with a mark."""
        return self.read if kind == "read" else self.own

    def named(self, kind: MarkKind) -> tuple[NamedPaper, ...]:
        """The papers with a mark as the files name them."""
        return self.named_read if kind == "read" else self.named_own

    def any_of(self, kinds: Iterable[MarkKind]) -> frozenset[str]:
        """The papers with at least one of some marks."""
        return frozenset().union(*map(self.keys, kinds))


NO_MARKS = Marks()
