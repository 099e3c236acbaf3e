"""What a source says, before anything is decided: records of papers, and lists of references."""

from __future__ import annotations

from dataclasses import dataclass

from ..corpus import Source, State
from ..identifiers import Identifier


@dataclass(frozen=True, slots=True)
class Record:
    """One source's description of one paper.

    `place` is unique over all sources: "print:rae2021#57". `key` is set only where a person chose
    it. `year` is a year as stated, `date` the first version's date as verified.
    """

    place: str
    identifiers: tuple[Identifier, ...] = ()
    title: str | None = None
    also_titled: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    authors_complete: bool = False
    year: int | None = None
    date: str | None = None
    publication_date: str | None = None
    venue: str | None = None
    names: tuple[str, ...] = ()
    unverified: tuple[str, ...] = ()
    key: str | None = None

    @property
    def titles(self) -> tuple[str, ...]:
        """Every title it gives."""
        return ((self.title,) if self.title else ()) + self.also_titled


@dataclass(frozen=True, slots=True)
class ReferenceList:
    """The references of one paper, as one source lists them: `citing` -> each of `entries`.

    `entries` pairs a number in the list (None where the source has none) with a record.
    """

    source: Source
    citing: Record
    state: State
    entries: tuple[tuple[int | None, Record], ...]
