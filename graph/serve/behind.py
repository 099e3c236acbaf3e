"""What stands behind the pages: a corpus that answers, however large it is."""

from __future__ import annotations

from functools import cached_property
from typing import Protocol

from ..acyclic import Cycles
from ..finder import Finder, Found
from ..flow import Flow, flow
from ..kinship import Kinship
from ..lineage import Lineage
from ..names import resolve
from ..neighbourhood import Around, around
from ..paths import PathAnswer
from ..portrait import Portrait, portrait
from ..questions import answer_to, two_ends
from ..wish import Wish


class Behind(Protocol):
    """What the server asks a corpus.

    Every answer comes with a lineage that holds at least the papers that it names and the citations
    among them: of a corpus in memory all of it, of a larger one the part that is needed.

    A name is anything that a person would type; each method raises `InputError`, `NameNotFound` or
    `AmbiguousName` for what it cannot understand.
    """

    @property
    def size(self) -> tuple[int, int]:
        """How many papers and citations there are in all."""

    @property
    def reading_list(self) -> Lineage:
        """A lineage with the papers of the reading list, or with none where there is no list."""

    def key_of(self, name: str) -> str:
        """The key of the one paper that a name means."""

    def search(self, text: str, top: int) -> tuple[Lineage, Found]:
        """The papers that hold every word of a text, while it is typed."""

    def portrait(self, key: str) -> tuple[Lineage, Portrait]:
        """One paper."""

    def around(self, key: str, depth: int, top: int) -> tuple[Lineage, Around]:
        """The papers around one, the nearest first."""

    def answer(self, question: str, wish: Wish) -> tuple[Lineage, PathAnswer | Kinship]:
        """The ways from one paper to another, or all that is before or after one."""

    def flow(self, question: str, *, list_only: bool, cycles: Cycles) -> tuple[Lineage, Flow]:
        """All ways from one paper to another, counted."""


class InMemory:
    """A lineage that is in memory as a whole.

    Parameters
    ----------
    lineage : Lineage

    Examples
    --------
    >>> from graph import load
    >>> behind = InMemory(load())
    >>> behind.size, behind.key_of("BERT")
    ((4821, 7725), 'devlin2018')
    """

    def __init__(self, lineage: Lineage) -> None:
        self._lineage = lineage

    @cached_property
    def _finder(self) -> Finder:
        return Finder(self._lineage)

    @property
    def size(self) -> tuple[int, int]:
        """How many papers and citations there are in all."""
        return len(self._lineage.corpus.papers), len(self._lineage.corpus.citations)

    @property
    def reading_list(self) -> Lineage:
        """The whole lineage."""
        return self._lineage

    def key_of(self, name: str) -> str:
        """The key of the one paper that a name means."""
        return resolve(self._lineage, name)

    def search(self, text: str, top: int) -> tuple[Lineage, Found]:
        """The papers that hold every word of a text."""
        return self._lineage, self._finder.find(text, top=top)

    def portrait(self, key: str) -> tuple[Lineage, Portrait]:
        """One paper."""
        return self._lineage, portrait(self._lineage, key)

    def around(self, key: str, depth: int, top: int) -> tuple[Lineage, Around]:
        """The papers around one, the nearest first."""
        return self._lineage, around(self._lineage, key, depth=depth, top=top)

    def answer(self, question: str, wish: Wish) -> tuple[Lineage, PathAnswer | Kinship]:
        """The ways from one paper to another, or all that is before or after one."""
        return self._lineage, answer_to(self._lineage, [question], wish)

    def flow(self, question: str, *, list_only: bool, cycles: Cycles) -> tuple[Lineage, Flow]:
        """All ways from one paper to another, counted."""
        ends = two_ends(self._lineage, [question])
        return self._lineage, flow(self._lineage, *ends, list_only=list_only, cycles=cycles)
