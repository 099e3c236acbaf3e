"""What a search from one paper to another came to, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ....utils.text import clipped, for_terminal
from ...semantic_scholar.paper_rows import PaperRow
from .findings import NEXT, Growth, Part, Side
from .frontier import Years

_STOPPED = {
    "found": "as many paths as were asked for",
    "exhausted": "from one end nothing is left to read",
    "budget": "the budget is spent",
    "outage": "the service answered no more",
}


def growth_text(growth: Growth, budget: int, names: Mapping[str, str]) -> str:
    """The paths, how sure they are all, what is unexplored, and what another hundred requests would try.

    `names` are what a person calls the papers that are asked about, by the service's ids.
    """
    lines = [line for part in growth.parts for line in _part_lines(part, names)]
    lines.append(f"{growth.requests} of {_count(max(budget, growth.requests), 'request')} used.")
    return "".join(f"{for_terminal(line)}\n" for line in lines)


def _part_lines(part: Part, names: Mapping[str, str]) -> Iterator[str]:
    start, end = _name(part.start, names), _name(part.end, names)
    yield f"{start} → {end}: {_headline(part)}"
    for number, path in enumerate(part.paths, start=1):
        yield ""
        yield f"{number}. {' → '.join(_name(row, names) for row in path)}   ({_count(len(path) - 1, 'hop')})"
        yield from (f"   {row.year or 'n.d.'}  {clipped(row.title or 'untitled', 90)}" for row in path)
    yield ""
    yield _sureness(part)
    yield from _side_lines(part.behind, f"Before {end}", "references", names)
    yield from _side_lines(part.ahead, f"After {start}", "citing papers", names)
    if part.stopped == "budget" or (part.stopped == "found" and part.sure_hops is not None):
        yield _next(part, start, end)
    yield ""


def _headline(part: Part) -> str:
    stopped = f"{_STOPPED[part.stopped]}{f' ({part.why})' if part.why and part.stopped == 'outage' else ''}"
    if not part.paths:
        return f"no path found; {stopped}."
    hops = len(part.paths[0]) - 1
    shortest = f"the shortest of {_count(hops, 'hop')}" if hops > 1 else "one of them a direct citation"
    if len(part.paths) == 1:
        shortest = f"of {_count(hops, 'hop')}" if hops > 1 else "a direct citation"
    return f"{_count(len(part.paths), 'path')} found, {shortest}; {stopped}."


def _sureness(part: Part) -> str:
    rest = f"; {_count(part.not_whole, 'of these lists is', 'of these lists are')} not whole" if part.not_whole else ""
    through = f"through papers of {years_text(part.years)} " if part.years != Years() else ""
    if part.sure_hops is None:
        there = "There is no other path" if part.paths else "There is no path"
        return f"{there} {through}over the lists that the service has{rest}."
    if part.sure_hops < 1:
        return "No length of path can be ruled out yet."
    hops = _count(part.sure_hops, "hop")
    every = f"Every path of at most {hops} {through}over the lists that the service has is known"
    longer = " A longer one may be hidden." if not part.paths else ""
    return f"{every}{rest}.{longer}"


def years_text(years: Years) -> str:
    """Years for people.

    >>> years_text(Years(2017, 2023)), years_text(Years(2018, 2018)), years_text(Years(2017, None))
    ('2017 to 2023', '2018', '2017 on')
    """
    if years.first == years.last:
        return str(years.first)
    if years.last is None:
        return f"{years.first} on"
    return f"up to {years.last}" if years.first is None else f"{years.first} to {years.last}"


def _side_lines(side: Side, where: str, lists: str, names: Mapping[str, str]) -> Iterator[str]:
    yield f"{where}: {_count(side.met, 'paper')} met, the {lists} of {side.read:,} read, {side.unread:,} not yet."
    if side.begun:
        yield f"  read in part: {'; '.join(_name(row, names) for row in side.begun[:3])}"
    if side.promising:
        yield f"  most promising: {'; '.join(_name(row, names) for row in side.promising[:3])}"


def _next(part: Part, start: str, end: str) -> str:
    tries = [
        f"the {lists} of {_count(side.next_papers, 'more paper')} {where}"
        for side, lists, where in (
            (part.behind, "references", f"before {end}"),
            (part.ahead, "citing papers", f"after {start}"),
        )
        if side.next_papers
    ]
    return f"Another {NEXT} requests would read {' and '.join(tries)}." if tries else "Nothing more can be asked for."


def growth_form(growth: Growth, budget: int) -> dict[str, Any]:
    """The same as plain JSON values; the fields are those of ``lineage fetch --between --json`` in docs/fetching.md."""
    return {
        "found": growth.found,
        "requests": growth.requests,
        "budget": budget,
        "interrupted": growth.interrupted,
        "parts": [
            {
                "from": _paper_form(part.start),
                "to": _paper_form(part.end),
                "years": [part.years.first, part.years.last],
                "stopped": part.stopped,
                "requests": part.requests,
                "paths": [[_paper_form(row) for row in path] for path in part.paths],
                "every_path_known": part.sure_hops is None,
                "known_up_to_hops": part.sure_hops,
                "lists_not_whole": part.not_whole,
                "references": _side_form(part.behind),
                "citations": _side_form(part.ahead),
            }
            for part in growth.parts
        ],
    }


def _side_form(side: Side) -> dict[str, Any]:
    return {
        "met": side.met,
        "read": side.read,
        "not_read": side.unread,
        "left_out_by_year": side.left_out,
        "all_read_up_to_hops": side.hops,
        "read_in_part": list(map(_paper_form, side.begun)),
        "most_promising": list(map(_paper_form, side.promising)),
        "papers_in_another_hundred_requests": side.next_papers,
    }


def _paper_form(row: PaperRow) -> dict[str, Any]:
    return {"s2": row.paper_id, "title": row.title, "year": row.year, "identifiers": list(map(str, row.identifiers))}


def _name(row: PaperRow, names: Mapping[str, str]) -> str:
    known = names.get(str(row.paper_id))
    if known:
        return clipped(known, 60)
    title = row.title or "untitled"
    before, colon, _ = title.partition(": ")
    return clipped(before if colon and len(before) <= 30 else title, 60)


def _count(number: int, one: str, several: str | None = None) -> str:
    return f"{number:,} {one if number == 1 else several or f'{one}s'}"
