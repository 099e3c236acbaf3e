"""Measures and their results as values."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from ...errors import InputError
from ...model.lineage import Lineage
from ...utils.kept import kept_in_owner

if TYPE_CHECKING:
    import pandas as pd

Number = int | float
Detail = str | int | float | None
About = Literal["paper", "partner", "year"]

_KINDS: Mapping[str, Callable[[str], Detail]] = {"int": int, "float": float, "str": str}
_INT64 = 2**63


@dataclass(frozen=True, slots=True)
class LiteratureReference:
    """The publication that defines a measure, with its DOI."""

    text: str
    doi: str

    @property
    def url(self) -> str:
        """The address of the publication."""
        return f"https://doi.org/{self.doi}"


@dataclass(frozen=True, slots=True)
class MeasureParameter:
    """A parameter of a measure; `default` is None where a value must be given."""

    name: str
    kind: str
    default: Detail
    meaning: str

    def read(self, text: str) -> Detail:
        """Parse the value that a person typed.

        Raises `InputError` when it is not of the right kind.
        """
        try:
            return _KINDS[self.kind](text)
        except ValueError:
            wanted = {"int": "a whole number", "float": "a number"}[self.kind]
            raise InputError(f"{self.name} must be {wanted}, not {text!r}", remedy=self.meaning) from None


@dataclass(frozen=True)
class Measure:
    """A measure: the function that computes it, and its description for people."""

    id: str
    """Its name in commands and columns."""
    label: str
    """Its name for people."""
    about: About
    """What has a value: "paper", every paper of the corpus; "partner", every paper that is related to a given one;
    "year"."""
    meaning: str
    """What a value means, in a sentence."""
    direction: str
    """In which direction it follows citations."""
    needs: str
    """Which references and citations must be known, and what happens where they are not."""
    references: tuple[LiteratureReference, ...]
    function: Callable[..., Result]
    """Takes a `Lineage` and the parameters by name."""
    meanings: Mapping[str, str] = field(default_factory=dict)
    """What each of its parameters means."""

    @property
    def parameters(self) -> tuple[MeasureParameter, ...]:
        """Its parameters, read from the function, so that names, kinds and defaults cannot differ."""
        found = inspect.signature(self.function).parameters.values()
        return tuple(
            MeasureParameter(each.name, each.annotation, None if each.default is each.empty else each.default, meaning)
            for each in found
            if each.kind is each.KEYWORD_ONLY
            for meaning in [self.meanings[each.name]]
        )


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why some papers have no value. Unknown is not zero."""

    reason: str
    keys: tuple[str, ...]


@dataclass(frozen=True)
class Result:
    """The result of one measure.

    >>> result = Result("cited_by", {"a": 2, "b": None, "c": 3})
    >>> result.top(1)
    [('c', 3)]
    >>> print(result)
    cited_by: 2 of 3 known
      c  3
      a  2
    """

    measure: str
    """The id of the measure."""
    values: Mapping[str, Number | None] = field(repr=False)
    """By key of a paper (oldest first) or by year; None is unknown, which is not zero. For a measure of pairs, papers
    that share nothing with the given one are left out."""
    refused: tuple[Refusal, ...] = field(default=(), repr=False)
    """Why papers have no value; every None in `values` belongs to one of these."""
    notes: tuple[str, ...] = ()
    """What a reader must know before relying on the values."""
    parameters: Mapping[str, Detail] = field(default_factory=dict)
    """The parameters with which the values were computed."""
    details: Mapping[str, Mapping[str, Detail]] = field(default_factory=dict, repr=False)
    """The numbers from which a value was computed, by the same keys."""

    def top(self, n: int | None = 10) -> list[tuple[str, Number]]:
        """The `n` largest known values, or all of them for None; equal ones in the order of `values`."""
        known = [(key, value) for key, value in self.values.items() if value is not None]
        return sorted(known, key=lambda item: -item[1])[:n]

    def to_frame(self) -> pd.DataFrame:
        """The result as a pandas table, one row a key: value, details, and why a value is missing (`refused`).

        Numbers are nullable; counts beyond 64 bits stay exact Python integers.
        """
        import pandas as pd

        index = pd.Index(list(self.values), name="key")
        reasons = {key: refusal.reason for refusal in self.refused for key in refusal.keys}
        columns: dict[str, list[Detail]] = {self.measure: list(self.values.values())}
        for name in dict.fromkeys(name for row in self.details.values() for name in row):
            columns[name] = [self.details.get(key, {}).get(name) for key in self.values]
        columns["refused"] = [reasons.get(key) for key in self.values]
        return pd.DataFrame(
            {name: pd.Series(cells, index=index, dtype=_dtype(cells)) for name, cells in columns.items()}, index=index
        )

    def __str__(self) -> str:
        known = sum(value is not None for value in self.values.values())
        head = f"{self.measure}: {known:,} of {len(self.values):,} known"
        return "\n".join([head, *(f"  {key}  {readable(value)}" for key, value in self.top(10))])


@dataclass(frozen=True, slots=True)
class MeasureResults:
    """What some measures say, of one paper or of all: each measure with its result."""

    results: tuple[tuple[Measure, Result], ...]
    paper: str | None


def readable(value: Detail) -> str:
    """A value as text for people: whole numbers exactly, other numbers with six digits.

    >>> readable(12345), readable(1 / 3), readable(None)
    ('12,345', '0.333333', 'unknown')
    """
    if value is None:
        return "unknown"
    if isinstance(value, str):
        return value
    return f"{value:,}" if isinstance(value, int) else f"{value:.6g}"


def _dtype(cells: Sequence[Detail]) -> str:
    """The narrowest nullable type that holds every cell exactly."""
    known = [cell for cell in cells if cell is not None]
    if any(isinstance(cell, str) for cell in known) or not known:
        return "object"
    if all(isinstance(cell, int) for cell in known):
        return "Int64" if all(abs(int(cell)) < _INT64 for cell in known) else "object"
    return "Float64"


def oldest_first(lineage: Lineage) -> list[str]:
    """The papers of a lineage, oldest first: the order of every result, so that equal values have one order."""
    return list(by_age(lineage, np.arange(lineage.network.nodes)))


def by_age(lineage: Lineage, values: NDArray[Any]) -> dict[str, Any]:
    """What an array says of every paper by its number, by the keys of the papers, oldest first."""
    order = lineage.corpus.arrays.oldest_first(np.arange(lineage.network.nodes))
    return dict(zip(lineage.keys_of(order.tolist()), values[order].tolist(), strict=True))


@kept_in_owner
def incomplete(lineage: Lineage) -> frozenset[str]:
    """The papers whose references no source has completely."""
    return frozenset(key for key in lineage.corpus.papers if lineage.corpus.coverage_of(key) != "complete")


@kept_in_owner
def unreferenced(lineage: Lineage) -> frozenset[str]:
    """The papers whose references are unknown: the corpus has none, and no complete list says that there are none."""
    references = np.diff(lineage.network.references_at)
    return incomplete(lineage) & {key for key, count in by_age(lineage, references).items() if not count}


def refusals(reasons: Mapping[str, str]) -> tuple[Refusal, ...]:
    """Group papers by the reason why they have no value, in the order in which the reasons appear.

    >>> refusals({"a": "undated", "b": "uncited", "c": "undated"})
    (Refusal(reason='undated', keys=('a', 'c')), Refusal(reason='uncited', keys=('b',)))
    """
    keys_of: dict[str, list[str]] = {}
    for key, reason in reasons.items():
        keys_of.setdefault(reason, []).append(key)
    return tuple(Refusal(reason, tuple(keys)) for reason, keys in keys_of.items())


def noted(count: int, text: str) -> tuple[str, ...]:
    """A note about so many papers or citations, for the notes of a result; none about 0.

    >>> noted(1200, "not counted: {:,}"), noted(0, "not counted: {:,}")
    (('not counted: 1,200',), ())
    """
    return (text.format(count),) if count else ()


def require(fits: bool, condition: str, given: object) -> None:
    """Raise an InputError that says which values a parameter takes, unless the given value fits."""
    if not fits:
        raise InputError(f"{condition}, not {given!r}")
