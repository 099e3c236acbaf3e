"""`data/papers.toml`: papers whose title, authors, dates and identifiers a person has checked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..errors import InputError
from ..model.corpus import partial_date
from ..model.identifiers import Identifier
from ..model.reading_list import ReadingList, placed_tables
from ..model.serialize import values_of
from ..utils.files import read_toml
from .records import Record


@dataclass(frozen=True, slots=True)
class _Row:
    key: str
    title: str
    authors: tuple[str, ...] = ()
    authors_complete: bool = True
    date: str | None = None
    publication_date: str | None = None
    venue: str | None = None
    names: tuple[str, ...] = ()
    also_titled: tuple[str, ...] = ()
    unverified: tuple[str, ...] = ()
    identifiers: tuple[Identifier, ...] = ()

    def __post_init__(self) -> None:
        for date in (self.date, self.publication_date):
            if date is not None:
                partial_date(date)


def read_verified_papers(path: Path) -> list[Record]:
    """The records of a file of verified papers.

    Raises
    ------
    InputError
        For broken TOML and every bad table, all at once.
    """
    faults: list[InputError] = []
    placed = placed_tables(read_toml(path), "papers", path)
    rows = list(values_of(_Row, placed, faults, remedy="mend the table"))
    if faults:
        raise InputError.collected(faults)
    return [
        Record(
            place=f"verified:{row.key}",
            key=row.key,
            identifiers=row.identifiers,
            title=row.title,
            also_titled=row.also_titled,
            authors=row.authors,
            authors_complete=row.authors_complete,
            date=row.date,
            publication_date=row.publication_date,
            venue=row.venue,
            names=row.names,
            unverified=row.unverified,
        )
        for row in rows
    ]


def entry_records(reading_list: ReadingList) -> list[Record]:
    """The papers of a reading list as records, so that its names and identifiers count too."""
    return [
        Record(
            place=f"list#{entry.number}",
            identifiers=entry.identifiers,
            title=entry.title,
            authors=(entry.first_author,) if entry.first_author else (),
            names=entry.names,
        )
        for entry in reading_list.entries
    ]
