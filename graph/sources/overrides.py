"""`data/overrides.toml`: what a person decided about identity, dates and rows of lists, with the reason.

Papers are named by a key, an identifier ("arxiv:1810.04805") or the id of a record
("print:rae2021#57")::

    [[merge]]
    papers = ["radford2018", "print:devlin2018#38"]
    why = "the report under its blog title"

    [[keep_apart]]
    papers = ["sutton1998reinforcement", "doi:10.1109/tnn.1998.712192"]
    why = "a book and its review"

    [[correct]]
    paper = "arxiv:1810.04805"
    date = "2018-10-11"
    why = "a source has the date of the proceedings"

    [[leave_out]]
    records = ["s2:2023-06-23/openai2023gpt4#133"]
    why = "a line of the appendix, which the service took for a reference"
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..errors import InputError
from ..model.corpus import partial_date
from ..model.identifiers import SCHEMES, identifier
from ..model.reading_list import placed_tables
from ..model.serialize import values_of
from ..utils.decode import Text
from ..utils.files import read_toml
from .records import CitationList


@dataclass(frozen=True, slots=True)
class IdentityDecision:
    """A person's decision that some papers are one paper, or that they are not."""

    papers: tuple[Text, ...]
    why: Text

    def __post_init__(self) -> None:
        if len(set(self.papers)) < 2:
            raise ValueError("papers must name at least two")


@dataclass(frozen=True, slots=True)
class Correction:
    """A person's correction of a date, a title or authors, or what people call the paper.

    What is None or empty stays as the sources have it.
    """

    paper: Text
    why: Text
    date: Text | None = None
    title: Text | None = None
    authors: tuple[Text, ...] = ()
    names: tuple[Text, ...] = ()

    def __post_init__(self) -> None:
        if self.date is None and self.title is None and not self.authors and not self.names:
            raise ValueError("nothing is corrected: give a date or a title, authors or names")
        if self.date is not None:
            partial_date(self.date)


@dataclass(frozen=True, slots=True)
class Omission:
    """A person's decision that some rows of lists name no paper: they are left out of their lists."""

    records: tuple[str, ...]
    why: str

    def __post_init__(self) -> None:
        if not self.records:
            raise ValueError("records must name at least one")


@dataclass(frozen=True, slots=True)
class Overrides:
    """All of a person's decisions."""

    merge: tuple[IdentityDecision, ...] = ()
    keep_apart: tuple[IdentityDecision, ...] = ()
    correct: tuple[Correction, ...] = ()
    leave_out: tuple[Omission, ...] = ()

    @property
    def names(self) -> list[str]:
        """Every paper that a decision names, as it is written there."""
        in_decisions = [name for decision in self.merge + self.keep_apart for name in decision.papers]
        return [*in_decisions, *(correction.paper for correction in self.correct)]


_TABLES = {"merge", "keep_apart", "correct", "leave_out"}


def without(lists: Sequence[CitationList], omissions: Sequence[Omission]) -> list[CitationList]:
    """The lists without the rows that a person left out; their counts of rows are without them too.

    Raises `InputError` for a record that is in no list.
    """
    left_out = {name for omission in omissions for name in omission.records}
    unknown = left_out - {row.record.record_id for each in lists for row in each.rows}
    if unknown:
        raise InputError(
            f"no list has a row called {min(unknown)!r}",
            where="overrides.toml",
            remedy="name a row such as s2:2023-06-23/openai2023gpt4#133, or remove it from leave_out",
        )
    return [_without(each, left_out) for each in lists]


def _without(each: CitationList, left_out: Collection[str]) -> CitationList:
    rows = tuple(row for row in each.rows if row.record.record_id not in left_out)
    counted = each.row_count - len(each.rows) + len(rows) if each.row_count is not None else None
    return replace(each, rows=rows, row_count=counted) if len(rows) < len(each.rows) else each


def normalised_name(name: str) -> str:
    """The name of a paper in an override; if it is an identifier, in its one spelling.

    >>> normalised_name("DOI:10.1162/NECO.1992.4.1.131"), normalised_name("devlin2018")
    ('doi:10.1162/neco.1992.4.1.131', 'devlin2018')
    >>> normalised_name("s2:2023-06-23/brown2020#138")
    's2:2023-06-23/brown2020#138'
    """
    scheme, _, value = name.partition(":")
    if scheme == "s2" and "/" in value:  # a record of an observation, which begins with its day
        return name
    return str(identifier(scheme.lower(), value)) if scheme.lower() in SCHEMES else name


def load_overrides(path: Path) -> Overrides:
    """Read the decisions; a missing file holds none.

    Raises `InputError` for broken TOML, an unknown table and every bad decision, all at once.
    """
    if not path.exists():
        return Overrides()
    table = read_toml(path)
    faults: list[InputError] = []
    for name in sorted(set(table) - _TABLES):
        remedy = "use merge, keep_apart or correct, or leave_out"
        faults.append(InputError(f"unknown table {name!r}", where=str(path), remedy=remedy))
    remedy = "fix this decision"
    overrides = Overrides(
        tuple(values_of(IdentityDecision, placed_tables(table, "merge", path), faults, remedy=remedy)),
        tuple(values_of(IdentityDecision, placed_tables(table, "keep_apart", path), faults, remedy=remedy)),
        tuple(values_of(Correction, placed_tables(table, "correct", path), faults, remedy=remedy)),
        tuple(values_of(Omission, placed_tables(table, "leave_out", path), faults, remedy=remedy)),
    )
    for name in overrides.names:
        try:
            normalised_name(name)
        except ValueError as fault:
            faults.append(InputError(str(fault), where=str(path), remedy=remedy))
    if faults:
        raise InputError.collected(faults)
    return overrides
