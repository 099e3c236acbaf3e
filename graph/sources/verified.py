"""`data/papers.toml`: papers whose title, authors, dates and identifiers a person has verified."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

from ..errors import InputError
from ..model.corpus import partial_date
from ..model.identifiers import Identifier
from ..model.reading_list import ReadingList, placed_tables
from ..model.reasons import MOST_CONTRIBUTION_WORDS, faults_of_text
from ..model.serialize import values_of
from ..utils.decode import Text
from ..utils.files import read_toml
from .records import Record


@dataclass(frozen=True, slots=True)
class _VerifiedPaper:
    """The fields of a table; each is a field of `Record` too."""

    key: Text
    title: Text
    authors: tuple[Text, ...] = ()
    authors_complete: bool = True
    date: str | None = None
    publication_date: str | None = None
    venue: Text | None = None
    names: tuple[Text, ...] = ()
    also_titled: tuple[Text, ...] = ()
    unverified: tuple[str, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    contribution: str | None = None

    def __post_init__(self) -> None:
        for date in (self.date, self.publication_date):
            if date is not None:
                partial_date(date)
        if self.contribution is not None:
            faults = [*faults_of_text("contribution", self.contribution, words=MOST_CONTRIBUTION_WORDS)]
            if faults:
                raise ValueError("; ".join(faults))


def read_verified_papers(path: Path) -> list[Record]:
    """The records of a file of verified papers; raises `InputError` for broken TOML and every bad table at once."""
    faults: list[InputError] = []
    tables = placed_tables(read_toml(path), "papers", path)
    papers = list(values_of(_VerifiedPaper, tables, faults, remedy="fix this table"))
    if faults:
        raise InputError.collected(faults)
    names = [field.name for field in fields(_VerifiedPaper)]
    return [Record(f"verified:{paper.key}", **{name: getattr(paper, name) for name in names}) for paper in papers]


def entry_records(reading_list: ReadingList) -> list[Record]:
    """The papers of a reading list as records, so that the names and identifiers in it are known too."""
    return [
        Record(
            record_id=f"list#{entry.number}",
            identifiers=entry.identifiers,
            title=entry.title,
            authors=(entry.first_author,) if entry.first_author else (),
            names=entry.names,
        )
        for entry in reading_list.entries
    ]
