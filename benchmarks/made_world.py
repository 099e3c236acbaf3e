"""A made literature in arrays: up to millions of papers in the order of time, and the references between them.

Their number doubles every eight years. Each paper has a field, a community of some three thousand papers in it, a day
and a title. It cites about thirty papers, surveys a thousand: most from its own community, some from a community beside
it in the same field, few from the rest of the field, fewer from anywhere. One reference in seven is to a recent paper;
the others are copied from the references of such a paper, which makes much cited papers more cited: a power law. Some
classics are cited from everywhere, more often than the service lists citers.
"""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path

import numpy as np

from graph.index.jit import compiled

FIRST_DAY, LAST_DAY = datetime.date(1985, 1, 1), datetime.date(2025, 12, 31)
FIELDS, COMMUNITY = 12, 3_000
WORDS = 7
"""Words in a title: two of the community, two of the field, three of everybody."""
_ELIDED, _MISCOUNTED, _UNDATED, _UNRESOLVED, _MISLABELLED = 0.05, 0.05, 0.03, 0.04, 0.1
CONNECTED, PARTED = (0.80, 0.95, 0.99), (0.92, 0.99, 0.999)
"""The share of references to the own community; with those to the ones beside it; with those to the own field."""


@dataclass(frozen=True)
class Shape:
    """What a world is like: how many references a paper has, and to where they go (`CONNECTED` or `PARTED`)."""

    references: float = 30.0
    scopes: tuple[float, float, float] = CONNECTED


@dataclass(frozen=True, eq=False)
class MadeWorld:
    """A world of papers, which are numbers in the order of time: see `made_world` and `kept_world`.

    Attributes
    ----------
    days, communities : array
        Of each paper: its day as an ordinal, and its community; its field is the community's.
    elided, undated, mislabelled : array of bool
        Papers whose references the publisher withholds, papers without a date, and papers with a wrong field.
    miscounted : array
        By how much the service counts the references of a paper wrongly.
    draws : array
        What chooses the words of each title, from 0 to 1.
    starts, cited : array
        The references of paper p are ``cited[starts[p] : starts[p + 1]]``.
    unresolved : array of bool
        Of each reference, whether the service could not tell what paper it is.
    citer_starts, citers : array
        Who cites it, the newest first; without references that the service did not resolve.
    """

    days: np.ndarray
    communities: np.ndarray
    elided: np.ndarray
    undated: np.ndarray
    mislabelled: np.ndarray
    miscounted: np.ndarray
    draws: np.ndarray
    starts: np.ndarray
    cited: np.ndarray
    unresolved: np.ndarray
    citer_starts: np.ndarray
    citers: np.ndarray

    @property
    def size(self) -> int:
        """How many papers it has."""
        return len(self.days)

    def year(self, paper: int) -> int:
        """The year of a paper, which the service may not know."""
        return datetime.date.fromordinal(int(self.days[paper])).year

    def references_of(self, paper: int) -> np.ndarray:
        """What a paper cites and the service resolved."""
        span = slice(self.starts[paper], self.starts[paper + 1])
        return self.cited[span][~self.unresolved[span]]

    def citers_of(self, paper: int) -> np.ndarray:
        """What cites a paper, the newest first."""
        return self.citers[self.citer_starts[paper] : self.citer_starts[paper + 1]]

    def title(self, paper: int) -> str:
        """Its title: frequent words are drawn more often, and those of a community change with the years."""
        community, draws = int(self.communities[paper]), self.draws[paper].tolist()
        of_field, drift = community % FIELDS, self.year(paper) - FIRST_DAY.year
        words = [f"community{community}word{drift + int(30**each)}" for each in draws[:2]]
        words += [f"field{of_field}word{int(60**each)}" for each in draws[2:4]]
        words += [f"word{int(1_000**each)}" for each in draws[4:]]
        return " ".join(words)

    def label(self, paper: int) -> int:
        """The field that the service says it has; that of one paper in ten is wrong."""
        return int(self.communities[paper] + self.mislabelled[paper]) % FIELDS

    def hops_to(self, end: int) -> np.ndarray:
        """The hops from each paper to a later one by the shortest path; -1 where there is none.

        Over every reference that the service resolved, those of papers whose list is withheld included.
        """
        return np.asarray(_hops_to(end, self.starts, self.cited, self.unresolved))

    @cached_property
    def times_cited(self) -> np.ndarray:
        """How often each paper is cited."""
        return np.diff(self.citer_starts)


def made_world(size: int, shape: Shape | None = None, *, seed: int = 7) -> MadeWorld:
    """A world of so many papers; equal seeds make equal worlds."""
    shape = shape or Shape()
    dice = np.random.default_rng(seed)
    days = _days(size, dice)
    count = max(FIELDS, size // COMMUNITY // FIELDS * FIELDS)
    communities = dice.integers(0, count, size).astype(np.int32)
    elided, undated = dice.random(size) < _ELIDED, dice.random(size) < _UNDATED
    miscounted = np.where(dice.random(size) < _MISCOUNTED, dice.integers(-3, 4, size), 0)
    draws = dice.random((size, WORDS), dtype=np.float32)
    mislabelled = dice.random(size) < _MISLABELLED
    members = np.argsort(communities, kind="stable").astype(np.int32)
    member_starts = np.searchsorted(communities[members], np.arange(count + 1))
    wanted = np.minimum(dice.lognormal(np.log(shape.references) - 0.18, 0.6, size).astype(np.int32) + 1, 400)
    wanted[dice.integers(0, size, max(1, size // 5_000))] = 1_200  # surveys
    classics = np.linspace(size // 100, size // 3, 12).astype(np.int32)
    starts, cited = _references(
        communities, members, member_starts, wanted, classics, 25_000 / size, shape.scopes, FIELDS, seed
    )
    unresolved = dice.random(len(cited), dtype=np.float32) < _UNRESOLVED
    return MadeWorld(
        days, communities, elided, undated, mislabelled, miscounted, draws, starts, cited, unresolved,
        *_citers(starts, cited, unresolved),
    )  # fmt: skip


def kept_world(folder: Path, size: int, shape: Shape) -> MadeWorld:
    """The world of this size and shape, from the folder where it was made before; a changed module makes it anew."""
    made_by = f"{Path(__file__).read_text(encoding='utf-8')} {size} {shape}"
    file = folder / f"world-{size}-{hashlib.sha256(made_by.encode()).hexdigest()[:12]}.npz"
    if not file.exists():
        world = made_world(size, shape)
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = file.with_suffix(".part.npz")
        np.savez(unfinished, **{each.name: getattr(world, each.name) for each in fields(world)})
        unfinished.replace(file)
    with np.load(file) as arrays:
        return MadeWorld(**arrays)


def _days(size: int, dice: np.random.Generator) -> np.ndarray:
    """The day of each paper, in the order of time: twice as many papers every eight years."""
    years = (LAST_DAY - FIRST_DAY).days / 365.25
    growth = np.log(2) / 8
    at = np.log1p(dice.random(size) * np.expm1(growth * years)) / growth
    return np.sort(FIRST_DAY.toordinal() + (at * 365.25).astype(int)).astype(np.int32)


@compiled
def _references(communities, members, member_starts, wanted, classics, famous, scopes, fields, seed):  # type: ignore[no-untyped-def]  # numba types it
    """Where the references of each paper begin, and the papers that they cite: sorted, each once."""
    np.random.seed(seed)
    size, count = len(communities), len(member_starts) - 1
    starts = np.zeros(size + 1, np.int64)
    cited = np.empty(wanted.sum() + len(classics) * size // 4 + 1_000, np.int32)
    place = np.zeros(count, np.int64)  # how many papers of each community came before
    found = np.empty(2_000, np.int32)
    filled = 0
    for paper in range(size):
        home, number = communities[paper], 0
        for _ in range(min(wanted[paper], paper)):
            dice, near = np.random.random(), home
            if scopes[0] <= dice < scopes[1]:  # the communities of a field are a ring
                near = (home + (fields if np.random.random() < 0.5 else -fields)) % count
            elif scopes[1] <= dice < scopes[2]:
                near = (home + fields * np.random.randint(count // fields)) % count
            elif dice >= scopes[2]:
                near = np.random.randint(count)
            if not place[near]:
                continue
            age = min(np.random.exponential(0.15), 0.999)
            one = members[member_starts[near] + place[near] - 1 - int(age * place[near])]
            length = starts[one + 1] - starts[one]
            if length and np.random.random() < 0.85:  # what a recent paper cites, instead of that paper
                one = cited[starts[one] + np.random.randint(length)]
            found[number] = one
            number += 1
        for classic in classics:
            if classic < paper and np.random.random() < min(0.25, famous):
                found[number] = classic
                number += 1
        distinct = np.unique(found[:number])
        cited[filled : filled + len(distinct)] = distinct
        filled += len(distinct)
        starts[paper + 1] = filled
        place[home] += 1
    return starts, cited[:filled].copy()


@compiled
def _citers(starts, cited, unresolved):  # type: ignore[no-untyped-def]  # numba types it
    """Where the citers of each paper begin, and the citers, the newest first."""
    size = len(starts) - 1
    begin = np.zeros(size + 1, np.int64)
    for arc in range(len(cited)):
        if not unresolved[arc]:
            begin[cited[arc] + 1] += 1
    begin = np.cumsum(begin)
    citers = np.empty(begin[-1], np.int32)
    filled = begin[:-1].copy()
    for paper in range(size - 1, -1, -1):
        for arc in range(starts[paper], starts[paper + 1]):
            if not unresolved[arc]:
                citers[filled[cited[arc]]] = paper
                filled[cited[arc]] += 1
    return begin, citers


@compiled
def _hops_to(end, starts, cited, unresolved):  # type: ignore[no-untyped-def]  # numba types it
    hops = np.full(len(starts) - 1, -1, np.int8)
    hops[end] = 0
    queue = np.empty(end + 1, np.int32)
    queue[0] = end
    read, met = 0, 1
    while read < met:
        paper = queue[read]
        read += 1
        for arc in range(starts[paper], starts[paper + 1]):
            if not unresolved[arc] and hops[cited[arc]] < 0:
                hops[cited[arc]] = hops[paper] + 1
                queue[met] = cited[arc]
                met += 1
    return hops
