"""What a source says, before anything is decided: records of papers, and lists of citations."""

from __future__ import annotations

from dataclasses import dataclass

from ..model.corpus import Direction, Source, State
from ..model.identifiers import Identifier


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
class Mention:
    """One row of a list: the paper at its other end, and what the source says of the citation.

    `number` is its place in a printed list. What a source does not tell is None or empty.
    """

    record: Record
    number: int | None = None
    influential: bool | None = None
    intents: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CitationList:
    """The references or the citers of one paper, as one source lists them.

    Attributes
    ----------
    source : Source
    paper : Record
        The paper whose list it is.
    state : str
        How much of the list is there.
    mentions : tuple of Mention
    direction : str
        "references": `paper` cites each of the mentions; "citations": each of them cites `paper`.
    rows : int or None
        How many rows the source listed, where that is not the number of mentions.
    """

    source: Source
    paper: Record
    state: State
    mentions: tuple[Mention, ...]
    direction: Direction = "references"
    rows: int | None = None
