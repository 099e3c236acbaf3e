"""What a source says, before anything is decided: records of papers, and lists of citations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..model.corpus import Direction, Source, State
from ..model.identifiers import Identifier
from ..utils.person_names import name_parts


@dataclass(frozen=True, slots=True)
class Record:
    """One source's description of one paper.

    `record_id` is unique over all sources: "print:rae2021#57". `year` is what the source states, `date` the
    date of the first version, as a person verified it. `key` is only set where a person has chosen it,
    `contribution` where one has said what the paper brought. `author_ids` are those of `authors`, in their order.
    """

    record_id: str
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
    contribution: str | None = None
    author_ids: tuple[str | None, ...] = ()

    @property
    def titles(self) -> tuple[str, ...]:
        """Every title that it gives."""
        return ((self.title,) if self.title else ()) + self.also_titled

    @property
    def years(self) -> set[int]:
        """Every year that it states."""
        dated = {int(date[:4]) for date in (self.date, self.publication_date) if date}
        return dated | {self.year} if self.year else dated

    @property
    def first_author_parts(self) -> set[str]:
        """The parts of the first author's name by which it is compared; none of initials alone."""
        return {part for author in self.authors[:1] for part in name_parts(author)}


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row of a citation list: the paper at the other end, and what the source says of the citation.

    `number` is the entry's number in a printed list. What a source does not say is None or empty. `matched` says that
    the source itself found the identifiers of the record, for the text of the entry, and the paper did not state them.
    `mentions` and `sections` say how often the citing text cites the entry, and where.
    """

    record: Record
    number: int | None = None
    influential: bool | None = None
    intents: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    matched: bool = False
    mentions: int | None = None
    sections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CitationList:
    """The references of a paper, or its citations, as one source lists them; `state` says how much of them is there.

    Direction "references": `paper` cites the paper of each row; "citations": the paper of each row cites `paper`.
    `row_count` is how many rows the source listed, where that is not the number of `rows`.
    """

    source: Source
    paper: Record
    state: State
    rows: tuple[ListRow, ...]
    direction: Direction = "references"
    row_count: int | None = None

    @property
    def listed(self) -> int:
        """How many rows the source listed."""
        return len(self.rows) if self.row_count is None else self.row_count


def of_one_record_each(lists: Sequence[CitationList]) -> list[CitationList]:
    """The lists, with one record under each name: the fullest that a service gave, with the identifiers of all.

    A service says more of a work when it is asked for that work than when it only names it in a list.
    """
    found: dict[str, Record] = {}
    for each in lists:
        for record in (each.paper, *(row.record for row in each.rows)):
            known = found.setdefault(record.record_id, record)
            if known != record:
                fuller, other = sorted((known, record), key=_fullness, reverse=True)
                identifiers = tuple(dict.fromkeys((*fuller.identifiers, *other.identifiers)))
                found[record.record_id] = replace(fuller, identifiers=identifiers)
    return [
        replace(
            each,
            paper=found[each.paper.record_id],
            rows=tuple(replace(row, record=found[row.record.record_id]) for row in each.rows),
        )
        for each in lists
    ]


def _fullness(record: Record) -> tuple[int, int, int]:
    return bool(record.title) + bool(record.year), len(record.authors), len(record.identifiers)


def semantic_scholar_source(observed: str, note: str | None = None) -> Source:
    """The source of what Semantic Scholar said on a day."""
    return Source(f"s2:{observed}", "semantic_scholar", f"Semantic Scholar, observed {observed}", observed, note)
