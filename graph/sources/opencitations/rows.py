"""The rows of OpenCitations, one a citation, and the lists and records that every source becomes.

All identifiers of a work stand in one field.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from networkx.utils import UnionFind

from ...model.corpus import Direction, Source, State
from ...model.identifiers import Identifier
from ..citation_service import ReadList
from ..http.outcomes import Malformed
from ..records import CitationList, ListRow, Record
from ..stated import in_order, stated, stated_date

_SIDES = ("citing", "cited")
_LONGEST = 20_000
_SCHEMES = ("omid", "doi", "pmid", "pmcid", "openalex", "arxiv")
_INDEX_MARK = re.compile(r"(?:\[[^\]\s]*\]|(?<!\S)[a-z]{2,20})\s*=>\s*", re.IGNORECASE)
_NAMED = re.compile(r"([a-z]+):(.+)", re.IGNORECASE)
_IN_ONE_SPELLING = re.compile(
    r"doi:10\.\d{4,9}/[a-z0-9._/-]*[a-z0-9]|omid:br/06\d{1,30}|pmid:[1-9]\d{0,7}|openalex:W[1-9]\d{0,17}", re.ASCII
)
"""Identifiers that need no second look: nearly all, and there may be a million in an answer."""


@dataclass(frozen=True, slots=True)
class CitationRow:
    """One citation: the identifiers of both works, and the date of the citing one."""

    citing: tuple[Identifier, ...]
    cited: tuple[Identifier, ...]
    date: str | None = None


def parse_rows(rows: Sequence[object]) -> tuple[tuple[CitationRow, ...], int]:
    """The rows of an answer, and how many of them name no two works."""
    found, unreadable = [], 0
    for row in rows:
        try:
            found.append(parse_row(row))
        except Malformed:
            unreadable += 1
    return tuple(found), unreadable


def parse_row(row: object) -> CitationRow:
    """One row; raises `Malformed` when it does not name two works."""
    if not isinstance(row, dict):
        raise Malformed("a row that is not an object")
    citing, cited = (identifiers_of(field) if isinstance(field := row.get(name), str) else () for name in _SIDES)
    if not citing or not cited:
        raise Malformed("a row that does not name two works")
    return CitationRow(citing, cited, stated_date(row.get("creation")))


@lru_cache(maxsize=64)  # one side is the same work in all rows of an answer
def identifiers_of(field: str) -> tuple[Identifier, ...]:
    """The identifiers in a field, which are those of one work: an article and its preprint have two DOIs there.

    >>> [str(each) for each in identifiers_of("omid:br/0612 doi:10.7717/PEERJ-CS.163 doi:10.7287/peerj.preprints.2v1")]
    ['doi:10.7287/peerj.preprints.2v1', 'doi:10.7717/peerj-cs.163', 'omid:br/0612']
    >>> [str(each) for each in identifiers_of("[COCI] => 10.1000/a; [POCI] => pmid:7")]
    ['doi:10.1000/a', 'pmid:7']
    """
    if len(field) > _LONGEST:
        return ()
    by_index = "=>" in field
    words = _INDEX_MARK.sub(" ", field).split()
    return in_order(filter(None, (_identifier(word.rstrip(";") if by_index else word) for word in words)))


def _identifier(word: str) -> Identifier | None:
    if _IN_ONE_SPELLING.fullmatch(word):
        return Identifier(*word.split(":", 1))
    if word.startswith("10."):
        return stated("doi", word)
    named = _NAMED.fullmatch(word)
    scheme = named[1].lower() if named else ""
    return stated(scheme, named[2]) if named and scheme in _SCHEMES else None


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
