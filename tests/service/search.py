"""The searches: by relevance, for one title, and for titles to suggest.

The real ranking is not known. This one is as loose: it finds titles that share words, so that a client
has to check what it gets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from graph.utils.text import words

from .dates import day_of, parse_window
from .fields import parse_fields
from .nesting import full_paper
from .records import JsonObject, PaperRecord
from .wire import Answer, Request, error
from .world import ScholarWorld

_MOST = 100
_REACH = 1000
_NESTED = 1000
_SUGGESTED = 10  # MADE UP

Filter = Callable[[PaperRecord], bool]


def search(world: ScholarWorld, request: Request) -> Answer:
    """GET /paper/search: papers whose title has all the words of the query."""
    query, filters, refusal = _parse(world, request)
    if refusal:
        return refusal
    tree = parse_fields(request.params.get("fields"), "FullPaper")
    numbers: dict[str, int] = {}
    for name, default, least in (("offset", "0", 0), ("limit", str(_MOST), 1)):
        text = request.params.get(name, default)
        numbers[name] = int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1
        if numbers[name] < least or (name == "limit" and numbers[name] > _MOST):
            return error(400, f"Unacceptable query params: [{name}={text}]")
    offset, limit = numbers["offset"], numbers["limit"]
    if offset + limit >= _REACH:
        return error(400, "Relevance search offset + limit must be < 1000. Consider '/paper/search/bulk'")
    wanted = set(words(query))
    hits = [] if "-" in query else [p for share, p in _ranked(world, wanted, filters) if share == 1.0]
    if not hits:
        return Answer.json(200, {"total": 0, "offset": offset})  # without "data", as recorded
    if offset >= len(hits):
        return error(400, "Requested data for this limit and/or offset is not available")
    rows = [full_paper(world, paper, tree, _NESTED)[0] for paper in hits[offset : offset + limit]]
    more = {"next": offset + limit} if offset + limit < len(hits) else {}
    return Answer.json(200, {"total": len(hits), "offset": offset, **more, "data": rows})


def find_match(world: ScholarWorld, request: Request) -> Answer:
    """GET /paper/search/match: the closest title, which need not be the one that was meant."""
    query, filters, refusal = _parse(world, request)
    if refusal:
        return refusal
    tree = parse_fields(request.params.get("fields"), "FullPaper")
    best = next(_ranked(world, set(words(query)), filters), None)
    if best is None or best[0] <= 0.5:
        return error(404, "Title match not found")
    share, paper = best
    row: JsonObject = {
        **full_paper(world, paper, tree, _NESTED)[0],
        "matchScore": round(share * 100 + len(query) / 7, 5),
    }
    return Answer.json(200, {"data": [row]})


def autocomplete(world: ScholarWorld, request: Request) -> Answer:
    """GET /paper/autocomplete: titles that share words with the query, the nearest first."""
    query, _, refusal = _parse(world, request)
    if refusal:
        return refusal
    matches = [
        {"id": paper.id, "title": paper.fields.get("title"), "authorsYear": str(paper.fields.get("year") or "")}
        for _, paper in _ranked(world, set(words(query)), [])
    ]
    return Answer.json(200, {"matches": matches[:_SUGGESTED]})


def _parse(world: ScholarWorld, request: Request) -> tuple[str, list[Filter], Answer | None]:
    """The query and the filters, or what is wrong with them."""
    query = request.params.get("query", "").strip()
    if not query:
        return "", [], error(400, "Missing required parameter: query")  # MADE UP
    filters: list[Filter] = []
    for name, make in _FILTERS.items():
        text = request.params.get(name)
        if text:
            try:
                filters.append(make(world, text))
            except ValueError:
                return "", [], error(400, f"Unacceptable query params: [{name}={text}]")
    return query, filters, None


def _within(text: str, separator: str) -> Filter:
    span = parse_window(text, separator=separator)
    return lambda paper: span.holds(day_of(paper))


def _cited(world: ScholarWorld, least: int) -> Filter:
    return lambda paper: world.to_json(paper)["citationCount"] >= least


# The other filters of the service need facts that the records lack; they exclude nothing.
_FILTERS: dict[str, Callable[[ScholarWorld, str], Filter]] = {
    "year": lambda _, text: _within(text, "-"),
    "publicationDateOrYear": lambda _, text: _within(text, ":"),
    "venue": lambda _, text: lambda paper: paper.fields.get("venue") in text.split(","),
    "minCitationCount": lambda world, text: _cited(world, int(text)),
}


def _ranked(world: ScholarWorld, wanted: set[str], filters: list[Filter]) -> Iterator[tuple[float, PaperRecord]]:
    """Papers by the share of the wanted words in their title, then by how little else it has."""
    ranked = []
    for paper in world.papers:
        found = set(words(paper.fields.get("title") or "")) if paper.resolved else set()
        share = len(wanted & found) / len(wanted) if wanted else 0.0
        if share and all(each(paper) for each in filters):
            ranked.append((-share, len(found), paper.id, paper))
    return ((-share, paper) for share, _, _, paper in sorted(ranked, key=lambda each: each[:3]))
