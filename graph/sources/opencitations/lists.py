"""Rows of OpenCitations as the lists and records that every source becomes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from networkx.utils import UnionFind

from ...model.corpus import Direction, Source, State
from ...model.identifiers import Identifier
from ..citation_service import ReadList
from ..records import CitationList, ListRow, Record
from ..stated_identifiers import in_order
from .rows import CitationRow

MOST_ROWS = 200_000
"""It lists no more; the others are cut off."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the index answered about one identifier: its rows, and how many could not be read."""

    rows: tuple[CitationRow, ...] = ()
    unreadable: int = 0

    @property
    def listed(self) -> int:
        """How many rows the answer had."""
        return len(self.rows) + self.unreadable


@dataclass
class Works:
    """The works of all rows of an observation: those that share an identifier are one.

    `parts` joins identifiers, `dates` has the earliest date that is stated of each; `known` is filled before the
    records are made.
    """

    parts: UnionFind[Identifier] = field(default_factory=UnionFind)
    known: dict[Identifier, tuple[Identifier, ...]] = field(default_factory=dict)
    dates: dict[Identifier, str] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Iterable[CitationRow], known: Iterable[Sequence[Identifier]] = ()) -> Works:
        """The works of some rows, and those that are known otherwise."""
        works = cls()
        for identifiers in known:
            works.parts.union(*identifiers)
        for row in rows:
            for identifiers in (row.citing, row.cited):
                works.parts.union(*identifiers)
            if row.date:
                works.dates[row.citing[0]] = min(works.dates.get(row.citing[0], row.date), row.date)
        together: dict[Identifier, list[Identifier]] = {}
        for each in list(works.parts):
            together.setdefault(works.parts[each], []).append(each)
        works.known = {head: in_order(every) for head, every in together.items()}
        for each, date in list(works.dates.items()):
            head = works.parts[each]
            works.dates[head] = min(works.dates.get(head, date), date)
        return works

    def name(self, identifiers: Iterable[Identifier]) -> Identifier:
        """One identifier that all rows of a work share, whatever they were in which order."""
        return self.known[self.parts[next(iter(identifiers))]][0]

    def record(self, identifiers: tuple[Identifier, ...], source: Source) -> Record:
        """The record of a work; nothing but its identifiers and perhaps its date is known."""
        head = self.parts[identifiers[0]]
        date = self.dates.get(head)
        return Record(
            record_id=f"{source.id}/{self.name(identifiers)}",
            identifiers=self.known[head],
            year=int(date[:4]) if date else None,
            publication_date=date,
        )


def read_list(
    asked: Record,
    direction: Direction,
    answers: Mapping[Identifier, Answer],
    works: Works,
    source: Source,
    *,
    why: str = "",
    most: int | None = None,
) -> ReadList:
    """What the index says of one list of a paper, asked for by one or more of its identifiers.

    `why` says why it may lack some, and `most` how many rows were wanted. `works` has the works of all rows, and the
    paper if the service knows it otherwise.

    A row whose near side lacks the identifier is of another work: the index compares digits without their scheme.
    Rows of one work count once, and a paper's citation of itself is left out.
    """
    near_far = [
        (row.citing, row.cited) if direction == "references" else (row.cited, row.citing)
        for each, answer in answers.items()
        for row in answer.rows
        if each in (row.citing if direction == "references" else row.cited)
    ]
    listed = sum(answer.listed for answer in answers.values())
    unreadable = listed - len(near_far)
    state: State = "capped" if any(answer.listed >= MOST_ROWS for answer in answers.values()) else "partial"
    if not near_far:
        state = "failed" if listed else state
        reason = "the answer is about other works" if listed else why
        known = next(((each,) for each in answers if each in works.parts.parents), None)
        paper = works.record(known, source) if known and not listed else asked
        return ReadList(asked, CitationList(source, paper, state, (), direction, 0), reason)
    paper = works.record(near_far[0][0], source)
    own = {works.name(near) for near, _ in near_far}
    far = {works.name(identifiers): identifiers for _, identifiers in near_far}
    names = sorted(far.keys() - own)
    rows = tuple(ListRow(works.record(far[each], source)) for each in names[:most])
    said = CitationList(source, paper, state, rows, direction, len(names) + unreadable)
    if len(rows) < len(names):
        why = f"stopped after {most} rows, as requested"
    cut = f"no more than {MOST_ROWS} rows are listed" if state == "capped" else ""
    return ReadList(asked, said, cut or why or "only citations among works with an identifier are listed")
