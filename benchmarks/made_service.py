"""A made world of papers that answers requests in the same process, with the limits and faults of Semantic Scholar.

Papers stand in the order of time, their number grows from year to year, and each has one of fifty topics. A reference
goes to the own topic four times in five; half of them to recent papers, half to what recent papers cite (which
makes much cited papers more cited: a power law), and some to classics that more papers cite than the service lists.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from graph.sources.http.outcomes import Accept
from graph.sources.http.request import Request
from graph.sources.semantic_scholar.endpoints import MAX_NESTED, NESTED_LIMIT, OFFSET_LIMIT, nested_direction
from graph.sources.semantic_scholar.paper_rows import CitationRow, PaperRow
from graph.sources.semantic_scholar.responses import NestedList, NotFound, OffsetLimit, ResultPage
from graph.sources.semantic_scholar.retry_policy import Outcome

FIRST_DAY, LAST_DAY = datetime.date(1985, 1, 1), datetime.date(2025, 12, 31)
TOPICS, WORDS_A_TOPIC = 50, 40
_ELIDED, _MISCOUNTED, _UNDATED, _UNRESOLVED = 0.02, 0.05, 0.03, 0.04


@dataclass
class MadeService:
    """A world of `size` papers and what its service answers; `asked` counts every list and page that was requested."""

    size: int
    seed: int = 7
    sparse: bool = False
    asked: dict[object, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        rng = np.random.default_rng(self.seed)
        self.days = _days(self.size, rng)
        self.topics = rng.integers(0, TOPICS, self.size)
        self.starts, self.cited = _references(self.size, self.topics, rng, sparse=self.sparse)
        self.elided = rng.random(self.size) < _ELIDED
        self.undated = rng.random(self.size) < _UNDATED
        self.shift = np.where(rng.random(self.size) < _MISCOUNTED, rng.integers(-3, 4, self.size), 0)
        self.unresolved = rng.random(len(self.cited)) < _UNRESOLVED
        self._rows: dict[int, CitationRow] = {}

    @cached_property
    def citing(self) -> tuple[np.ndarray, np.ndarray]:
        """Where the citers of each paper begin, and the citers, the newest first; without unresolved references."""
        citing = np.repeat(np.arange(self.size), np.diff(self.starts))[~self.unresolved]
        cited = self.cited[~self.unresolved]
        order = np.lexsort((-citing, cited))
        return np.searchsorted(cited[order], np.arange(self.size + 1)), citing[order]

    def references_of(self, paper: int) -> np.ndarray:
        """What a paper cites and the service resolved."""
        span = slice(self.starts[paper], self.starts[paper + 1])
        return self.cited[span][~self.unresolved[span]]

    def citers_of(self, paper: int) -> np.ndarray:
        """What cites a paper, the newest first."""
        starts, citers = self.citing
        return citers[starts[paper] : starts[paper + 1]]

    def row(self, paper: int) -> PaperRow:
        """A paper as the service describes it."""
        return self._row(paper).paper

    def _row(self, paper: int) -> CitationRow:
        row = self._rows.get(paper)
        if row is None:
            topic, words = int(self.topics[paper]), (paper * 7, paper * 13 + 5, paper * 29 + 11, paper * 3 + 1)
            title = " ".join(f"topic{topic}word{word % WORDS_A_TOPIC}" for word in words[: 2 + paper % 3])
            length = int(self.starts[paper + 1] - self.starts[paper])
            day = datetime.date.fromordinal(int(self.days[paper]))
            row = self._rows[paper] = CitationRow(
                PaperRow(
                    f"{paper:040x}",
                    title=title,
                    year=None if self.undated[paper] else day.year,
                    reference_count=max(0, length + int(self.shift[paper])),
                    citation_count=len(self.citers_of(paper)),
                )
            )
        return row

    def __call__(self, request: Request) -> Outcome:
        """The answer to a request."""
        if request.kind == "nested":
            direction = nested_direction(request)
            return Accept(self._nested([int(each, 16) for each in request.ids], direction))
        self.asked[request] = self.asked.get(request, 0) + 1
        *_, name, direction = request.path.split("/")
        return Accept(self._page(int(name, 16), direction, dict(request.params)))

    def _nested(self, papers: Sequence[int], direction: str) -> tuple[NestedList, ...]:
        left = NESTED_LIMIT
        lists = []
        for paper in papers:
            key = (paper, direction)
            self.asked[key] = self.asked.get(key, 0) + 1
            if direction == "references" and self.elided[paper]:
                lists.append(NestedList(self.row(paper), None))
                continue
            rows = self._rows_of(paper, direction)[: min(left, MAX_NESTED)]
            left -= len(rows)
            lists.append(NestedList(self.row(paper), rows))
        return tuple(lists)

    def _rows_of(self, paper: int, direction: str) -> tuple[CitationRow, ...]:
        if direction == "citations":
            return tuple(map(self._row, self.citers_of(paper).tolist()))
        lost = int(self.unresolved[self.starts[paper] : self.starts[paper + 1]].sum())
        unresolved = (CitationRow(PaperRow(title=f"unresolved {paper}")),) * lost
        return (*map(self._row, self.references_of(paper).tolist()), *unresolved)

    def _page(self, paper: int, direction: str, params: dict[str, str]) -> ResultPage | OffsetLimit | NotFound:
        offset, limit = int(params["offset"]), int(params["limit"])
        if offset + limit >= OFFSET_LIMIT:
            return OffsetLimit(OFFSET_LIMIT)
        if direction == "references" and self.elided[paper]:
            return ResultPage(None, elided=True)
        if direction == "citations":
            found = self.citers_of(paper)
            if window := params.get("publicationDateOrYear"):
                first, last = (datetime.date.fromisoformat(part).toordinal() for part in window.split(":"))
                days = self.days[found]
                found = found[(days >= first) & (days <= last) & ~self.undated[found]]
            more = offset + limit < len(found)
            rows = tuple(map(self._row, found[offset : offset + limit].tolist()))
        else:
            every = self._rows_of(paper, direction)
            more, rows = offset + limit < len(every), every[offset : offset + limit]
        return ResultPage(rows, offset + limit if more else None)


def _days(size: int, rng: np.random.Generator) -> np.ndarray:
    """The day of each paper, in the order of time: twice as many papers every eight years."""
    years = (LAST_DAY - FIRST_DAY).days / 365.25
    growth = np.log(2) / 8
    at = np.log1p(rng.random(size) * np.expm1(growth * years)) / growth
    return np.sort(FIRST_DAY.toordinal() + (at * 365.25).astype(int))


def _references(
    size: int, topics: np.ndarray, rng: np.random.Generator, *, sparse: bool
) -> tuple[np.ndarray, np.ndarray]:
    """Where the references of each paper begin, and the papers that they cite."""
    members = [np.flatnonzero(topics == topic) for topic in range(TOPICS)]
    place = np.empty(size, int)
    for papers in members:
        place[papers] = np.arange(len(papers))
    classics = np.linspace(size // 100, size // 3, 2 if sparse else 12).astype(int)
    length, own_topic = (1.6, 0.95) if sparse else (2.7, 0.8)
    wall = min(0.5, 25_000 / size)
    wanted = np.minimum(rng.lognormal(length, 0.7, size).astype(int) + 1, 400)
    wanted[rng.integers(0, size, max(1, size // 5000))] = 1200  # surveys
    starts, lists = np.zeros(size + 1, int), []
    for paper in range(size):
        count = min(int(wanted[paper]), paper)
        found: set[int] = set()
        dice, ages = rng.random((count, 3)), rng.exponential(0.15, count)
        for (own, copied, which), age in zip(dice.tolist(), ages.tolist(), strict=True):
            if own < own_topic:
                papers, upto = members[topics[paper]], place[paper]
            else:
                papers, upto = None, paper
            if not upto:
                continue
            at = upto - 1 - int(min(age, 0.999) * upto)
            one = int(papers[at]) if papers is not None else at
            if copied < 0.5 and len(lists[one]):
                one = int(lists[one][int(which * len(lists[one]))])
            found.add(one)
        if count:
            found.update(int(each) for each in classics[(classics < paper) & (rng.random(len(classics)) < wall)])
        lists.append(np.fromiter(sorted(found), int, len(found)))
        starts[paper + 1] = starts[paper] + len(found)
    return starts, np.concatenate(lists)
