"""`data/overrides.toml`: what a person decided about identity and dates, with the reason.

Papers are named by a key, an identifier ("arxiv:1810.04805") or the place of a record
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
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..errors import InputError
from ..model.corpus import partial_date
from ..model.identifiers import SCHEMES, identifier
from ..model.reading_list import placed_tables
from ..model.serialize import values_of
from ..utils.files import read_toml


@dataclass(frozen=True, slots=True)
class Verdict:
    """Papers that are one, or that are not, by a person's word."""

    papers: tuple[str, ...]
    why: str

    def __post_init__(self) -> None:
        if len(set(self.papers)) < 2:
            raise ValueError("papers must name at least two")


@dataclass(frozen=True, slots=True)
class Correction:
    """A paper's date or title by a person's word; what is None stays as the sources have it."""

    paper: str
    why: str
    date: str | None = None
    title: str | None = None

    def __post_init__(self) -> None:
        if self.date is None and self.title is None:
            raise ValueError("it corrects nothing: give a date or a title")
        if self.date is not None:
            partial_date(self.date)


@dataclass(frozen=True, slots=True)
class Overrides:
    """All of a person's decisions."""

    merge: tuple[Verdict, ...] = ()
    keep_apart: tuple[Verdict, ...] = ()
    correct: tuple[Correction, ...] = ()


def token(name: str) -> str:
    """The one spelling of a paper's name in an override: identifiers are normalised.

    >>> token("DOI:10.1162/NECO.1992.4.1.131"), token("devlin2018")
    ('doi:10.1162/neco.1992.4.1.131', 'devlin2018')
    """
    scheme, _, value = name.partition(":")
    return str(identifier(scheme.lower(), value)) if scheme.lower() in SCHEMES else name


def load_overrides(path: Path) -> Overrides:
    """Read the decisions; a missing file is no decisions.

    Raises
    ------
    InputError
        For broken TOML, an unknown table and every bad decision, all at once.
    """
    if not path.exists():
        return Overrides()
    table = read_toml(path)
    faults: list[InputError] = []
    for name in sorted(set(table) - {"merge", "keep_apart", "correct"}):
        faults.append(InputError(f"unknown table {name!r}", where=str(path), remedy="use merge, keep_apart or correct"))
    remedy = "mend the decision"
    overrides = Overrides(
        tuple(values_of(Verdict, placed_tables(table, "merge", path), faults, remedy=remedy)),
        tuple(values_of(Verdict, placed_tables(table, "keep_apart", path), faults, remedy=remedy)),
        tuple(values_of(Correction, placed_tables(table, "correct", path), faults, remedy=remedy)),
    )
    named = [name for verdict in overrides.merge + overrides.keep_apart for name in verdict.papers]
    for name in [*named, *(correction.paper for correction in overrides.correct)]:
        try:
            token(name)
        except ValueError as fault:
            faults.append(InputError(str(fault), where=str(path), remedy=remedy))
    if faults:
        raise InputError.collected(faults)
    return overrides
