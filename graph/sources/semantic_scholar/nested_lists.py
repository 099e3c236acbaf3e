"""Reading the lists of many papers in one request, and telling which of them did not come whole.

All lists inside one batch hold 9,999 rows together, and the service leaves out the rest without a word. So a batch is
filled by what is known of the lengths of the lists, half full, and what came is compared with what the service counts.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from dataclasses import replace

from ...model.corpus import Direction
from ..http.outcomes import Accept, GiveUp
from ..http.replies import asked_in_batches
from ..http.request import Request
from .endpoints import MAX_BATCH, MAX_NESTED, NESTED_LIMIT, nested_request
from .pagination import PagedList, distinct_rows, read_pages
from .paper_rows import PaperRow
from .responses import NestedList, ParsedResponse
from .retry_policy import Outcome

ROWS_A_CALL = 5_000
"""A batch is filled to so many rows: lengths may be known too low, and a row may take a kilobyte of the 10 MB."""


def counted_rows(paper: PaperRow, direction: Direction) -> int | None:
    """How long the service says that a list is."""
    return paper.reference_count if direction == "references" else paper.citation_count


def fits(paper: PaperRow, direction: Direction) -> bool:
    """Whether a list of this length comes whole inside a batch; one of unknown length may."""
    return (counted_rows(paper, direction) or 0) < MAX_NESTED


def calls_of(papers: Iterable[PaperRow], direction: Direction) -> list[list[PaperRow]]:
    """The papers by the batch in which their lists are asked for, in their order; a list of unknown length may be long.

    >>> [len(call) for call in calls_of([PaperRow(str(n), reference_count=40) for n in range(300)], "references")]
    [125, 125, 50]
    """
    calls: list[list[PaperRow]] = []
    room = 0
    for paper in papers:
        counted = counted_rows(paper, direction)
        rows = MAX_NESTED if counted is None else counted
        if not calls or rows > room or len(calls[-1]) == MAX_BATCH:
            calls.append([])
            room = ROWS_A_CALL
        calls[-1].append(paper)
        room -= rows
    return calls


def read_lists(papers: Sequence[PaperRow], direction: Direction) -> Generator[Request, Outcome, list[PagedList]]:
    """The list of each paper, in their order: many in one request, and page by page what did not come whole in it.

    Rows that came inside a batch say neither how influential their citations are nor with what intents.
    """
    found: dict[str, PagedList] = {}
    for call in calls_of((paper for paper in papers if fits(paper, direction)), direction):
        found |= {each.paper: each for each in (yield from read_call(call, direction))}
    lists = []
    for paper in papers:
        paged = found.get(str(paper.paper_id))
        if paged is None or paged.ending in ("elided", "limited"):
            paged = yield from read_pages(PagedList(str(paper.paper_id), direction, counted_rows(paper, direction)))
        lists.append(replace(paged, rows=distinct_rows(paged.rows)))
    return lists


def read_call(papers: Sequence[PaperRow], direction: Direction) -> Generator[Request, Outcome, list[PagedList]]:
    """The list of each paper as one batch gives it, or its halves do where it is too large.

    A list that came in part, or in another length than the service counts, is "limited", with the rows that came.
    """
    lists: list[PagedList] = []
    unread = [PagedList(str(paper.paper_id), direction, counted_rows(paper, direction)) for paper in papers]
    for part, outcome in (
        yield from asked_in_batches([unread], lambda part: nested_request([each.paper for each in part], direction))
    ):
        if isinstance(outcome, Accept):
            lists += _after_answer(part, outcome.value)
        elif isinstance(outcome, GiveUp):
            lists += [replace(each, ending="failed", why=outcome.why) for each in part]
        else:
            lists += [replace(each, ending="limited", why="it cannot be had in a batch") for each in part]
    return lists


def _after_answer(asked: Sequence[PagedList], answer: ParsedResponse) -> list[PagedList]:
    said = answer if isinstance(answer, tuple) else ()
    lists = [_after_position(paged, each) for paged, each in zip(asked, said or [None] * len(asked), strict=True)]
    # Once something was cut off, an empty list need not be empty, even where no row is counted.
    if any(each.ending == "limited" for each in lists) or sum(each.row_count for each in lists) >= NESTED_LIMIT:
        lists = [_limited(each) if each.ending == "empty" else each for each in lists]
    return lists


def _after_position(paged: PagedList, said: object) -> PagedList:
    if not isinstance(said, NestedList) or said.paper.paper_id != paged.paper:
        return replace(paged, ending="limited", why="the batch did not answer for this paper")
    if said.rows is None:
        return replace(paged, ending="elided", why="withheld by the publisher")
    paged = replace(paged, rows=said.rows, unreadable=said.unreadable)
    counted = counted_rows(said.paper, paged.direction)
    if paged.row_count != (paged.counted if counted is None else counted):
        return _limited(paged)
    return replace(paged, ending="complete" if paged.row_count else "empty")


def _limited(paged: PagedList) -> PagedList:
    return replace(paged, ending="limited", why=f"{paged.row_count} rows came")
