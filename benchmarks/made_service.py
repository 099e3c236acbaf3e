"""What Semantic Scholar would answer about a made world, in the same process, with its limits and its gaps."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

from graph.sources.http.outcomes import Accept
from graph.sources.http.request import Request
from graph.sources.semantic_scholar.endpoints import MAX_NESTED, NESTED_LIMIT, OFFSET_LIMIT, nested_direction
from graph.sources.semantic_scholar.paper_rows import CitationRow, PaperRow
from graph.sources.semantic_scholar.responses import NestedList, NotFound, OffsetLimit, ResultPage
from graph.sources.semantic_scholar.retry_policy import Outcome

from .made_world import MadeWorld

_MOST_ROWS = 1_500_000
"""So many rows are kept to be used again; one takes about a kilobyte."""


def paper_of(row: PaperRow) -> int:
    """The paper that a row is about."""
    return int(str(row.paper_id), 16)


@dataclass
class MadeService:
    """A world, and what its service answers; `asked` counts every list and page that was requested."""

    world: MadeWorld
    asked: dict[object, int] = field(default_factory=dict)
    _rows: dict[int, CitationRow] = field(default_factory=dict)

    def row(self, paper: int) -> PaperRow:
        """A paper as the service describes it."""
        return self._row(paper).paper

    def _row(self, paper: int) -> CitationRow:
        row = self._rows.get(paper)
        if row is None:
            if len(self._rows) >= _MOST_ROWS:
                self._rows.clear()
            world = self.world
            length = int(world.starts[paper + 1] - world.starts[paper])
            row = self._rows[paper] = CitationRow(
                PaperRow(
                    f"{paper:040x}",
                    title=world.title(paper),
                    year=None if world.undated[paper] else world.year(paper),
                    reference_count=max(0, length + int(world.miscounted[paper])),
                    citation_count=len(world.citers_of(paper)),
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
            if direction == "references" and self.world.elided[paper]:
                lists.append(NestedList(self.row(paper), None))
                continue
            rows = self._rows_of(paper, direction)[: min(left, MAX_NESTED)]
            left -= len(rows)
            lists.append(NestedList(self.row(paper), rows))
        return tuple(lists)

    def _rows_of(self, paper: int, direction: str) -> tuple[CitationRow, ...]:
        world = self.world
        if direction == "citations":
            return tuple(map(self._row, world.citers_of(paper).tolist()))
        lost = int(world.unresolved[world.starts[paper] : world.starts[paper + 1]].sum())
        unresolved = (CitationRow(PaperRow(title=f"unresolved {paper}")),) * lost
        return (*map(self._row, world.references_of(paper).tolist()), *unresolved)

    def _is_influential(self, paper: int, row: PaperRow) -> bool:
        """One citation in ten inside a community is called influential, and one in twenty between two."""
        if row.paper_id is None:
            return False
        communities = self.world.communities
        return (paper + paper_of(row)) % (10 if communities[paper] == communities[paper_of(row)] else 20) == 0

    def _page(self, paper: int, direction: str, params: dict[str, str]) -> ResultPage | OffsetLimit | NotFound:
        offset, limit = int(params["offset"]), int(params["limit"])
        if offset + limit >= OFFSET_LIMIT:
            return OffsetLimit(OFFSET_LIMIT)
        world = self.world
        if direction == "references" and world.elided[paper]:
            return ResultPage(None, elided=True)
        if direction == "citations":
            found = world.citers_of(paper)
            if window := params.get("publicationDateOrYear"):
                first, last = (datetime.date.fromisoformat(part).toordinal() for part in window.split(":"))
                days = world.days[found]
                found = found[(days >= first) & (days <= last) & ~world.undated[found]]
            more = offset + limit < len(found)
            rows = tuple(map(self._row, found[offset : offset + limit].tolist()))
        else:
            every = self._rows_of(paper, direction)
            more, rows = offset + limit < len(every), every[offset : offset + limit]
        rows = tuple(CitationRow(row.paper, self._is_influential(paper, row.paper)) for row in rows)
        return ResultPage(rows, offset + limit if more else None)
