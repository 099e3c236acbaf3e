"""The endpoints of the Academic Graph API: a world and a request -> an answer, without any state.

Every limit and every error body that has a source in the published contract is verbatim; the few
that the contract leaves open are marked MADE UP where they stand, and no test of the fetcher should
depend on their wording.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from .dates import Window, day_of, parse_window
from .fields import Tree, UnknownFieldsError, parse_fields, project
from .further import answer_further
from .nesting import full_paper
from .records import CitationRecord, JsonObject, PaperRecord
from .search import autocomplete, find_match, search
from .wire import Answer, Request, error
from .world import ScholarWorld

PREFIX = "/graph/v1/paper/"


@dataclass(frozen=True)
class Limits:
    """The limits of the service; a test lowers them to reach them with little data.

    Attributes
    ----------
    walk_rows : int
        offset + limit of a walk must stay below it.
    nested_rows : int
        Citations (or references) inside one paper.
    nested_batch_rows : int
        The same, of all papers of one batch together; the rest is cut without a word.
    year_only_in_windows : bool
        Whether a citer with a year and no date counts as of the first of January. The documentation
        says so; what was observed is that it drops out.
    """

    page_rows: int = 1000
    walk_rows: int = 10_000
    batch_ids: int = 500
    nested_rows: int = 1000
    nested_batch_rows: int = 9_999
    response_bytes: int = 10_000_000
    year_only_in_windows: bool = False


Reply = Callable[[ScholarWorld, PaperRecord, Request, Limits], Answer]


class BadRequestError(Exception):
    """The request has a fault; its text is the service's answer, with status 400."""


def answer(world: ScholarWorld, request: Request, limits: Limits) -> Answer:
    """What the service says when nothing goes wrong on the way."""
    try:
        reply = _route(world, request, limits)
    except (BadRequestError, UnknownFieldsError) as fault:
        return error(400, str(fault))
    if len(reply.body) > limits.response_bytes:
        return error(400, "Response would exceed maximum size....")
    return reply


def _route(world: ScholarWorld, request: Request, limits: Limits) -> Answer:
    # The real gateway routes on the path as it was sent: a DOI may hold literal slashes.
    rest = request.path.removeprefix(PREFIX)
    if rest == request.path:
        return answer_further(world, request)
    if request.method != ("POST" if rest == "batch" else "GET"):
        return error(404, "Not found")  # MADE UP
    if rest == "batch":
        return _batch(world, request, limits)
    if rest in _SEARCHES:
        return _SEARCHES[rest](world, request)
    for ending, page in _PAGES.items():
        if rest.endswith(ending):
            return _of_paper(page, world, unquote(rest.removesuffix(ending)), request, limits)
    return _of_paper(_paper, world, unquote(rest), request, limits)


def _of_paper(reply: Reply, world: ScholarWorld, asked_id: str, request: Request, limits: Limits) -> Answer:
    paper = world.find(asked_id)  # before the fields: a recorded call with both faults is answered 404
    if paper is None:
        return error(404, f"Paper with id {asked_id} not found")
    return reply(world, paper, request, limits)


def _paper(world: ScholarWorld, paper: PaperRecord, request: Request, limits: Limits) -> Answer:
    tree = parse_fields(request.params.get("fields"), "FullPaper")
    return Answer.json(200, full_paper(world, paper, tree, limits.nested_rows)[0])


def _batch(world: ScholarWorld, request: Request, limits: Limits) -> Answer:
    try:
        ids = json.loads(request.body)["ids"]
    except (ValueError, KeyError, TypeError):
        raise BadRequestError("No valid paper ids given") from None
    if not isinstance(ids, list) or not all(isinstance(each, str) for each in ids):
        raise BadRequestError("No valid paper ids given")
    if len(ids) > limits.batch_ids:
        raise BadRequestError(f"Too many paper ids: {len(ids)} > {limits.batch_ids}")  # MADE UP
    papers = [world.find(each) for each in ids]
    if not any(papers):
        raise BadRequestError("No valid paper ids given")
    tree = parse_fields(request.params.get("fields"), "FullPaper")
    rows: list[JsonObject | None] = []
    left = limits.nested_batch_rows
    for paper in papers:
        if paper is None:
            rows.append(None)
            continue
        row, used = full_paper(world, paper, tree, min(left, limits.nested_rows))
        left -= used
        rows.append(row)
    return Answer.json(200, rows)


def _references(world: ScholarWorld, paper: PaperRecord, request: Request, limits: Limits) -> Answer:
    tree = parse_fields(request.params.get("fields"), "Reference", "BasePaper")
    offset, limit = _place(request, limits)
    # Undocumented, on every page recorded since 2025.
    info = {"citingPaperInfo": {"openAccessPdf": paper.open_access, "title": paper.fields.get("title")}}
    if paper.id in world.elided:
        return Answer.json(200, {"data": None, **_elided(info)})
    page = _page(world, world.references_of(paper.id), tree, offset, limit)
    return Answer.json(200, {**page, **info})


def _citations(world: ScholarWorld, paper: PaperRecord, request: Request, limits: Limits) -> Answer:
    tree = parse_fields(request.params.get("fields"), "Citation", "BasePaper")
    offset, limit = _place(request, limits)
    rows = world.citations_of(paper.id)
    if request.params.get("publicationDateOrYear"):
        span = _window(request.params["publicationDateOrYear"])
        rows = tuple(row for row in rows if _in_window(world.record(row.citing), span, limits))
    return Answer.json(200, _page(world, rows, tree, offset, limit, end="citing"))


_SEARCHES = {"search": search, "search/match": find_match, "autocomplete": autocomplete}
_PAGES = {"/references": _references, "/citations": _citations}


def _page(
    world: ScholarWorld, rows: Sequence[CitationRecord], tree: Tree, offset: int, limit: int, *, end: str = "cited"
) -> JsonObject:
    shown = rows[offset : offset + limit]
    data = []
    for row in shown:
        of_edge = {name: value for name, value in row.to_json().items() if name in tree}
        of_paper = {name: parts for name, parts in tree.items() if name not in of_edge}
        data.append({**of_edge, f"{end}Paper": project(world.to_json(world.record(getattr(row, end))), of_paper)})
    more = {"next": offset + len(shown)} if offset + len(shown) < len(rows) else {}
    return {"offset": offset, **more, "data": data}


def _place(request: Request, limits: Limits) -> tuple[int, int]:
    wanted = {"offset": ("0", 0, None), "limit": ("100", 1, limits.page_rows)}
    numbers: dict[str, int] = {}
    for name, (default, least, most) in wanted.items():
        text = request.params.get(name, default)
        number = int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1
        if number < least or (most is not None and number > most):
            raise BadRequestError(f"Unacceptable query params: [{name}={text}]")
        numbers[name] = number
    if numbers["offset"] + numbers["limit"] >= limits.walk_rows:
        raise BadRequestError(f"offset + limit must be < {limits.walk_rows}")
    return numbers["offset"], numbers["limit"]


def _window(text: str) -> Window:
    try:
        return parse_window(text)
    except ValueError:
        raise BadRequestError(f"Unacceptable query params: [publicationDateOrYear={text}]") from None


def _in_window(paper: PaperRecord, span: Window, limits: Limits) -> bool:
    if paper.fields.get("publicationDate") is None and not limits.year_only_in_windows:
        return False
    return span.holds(day_of(paper))


def _elided(info: JsonObject) -> JsonObject:
    """The notice of a page whose references the publisher had removed."""
    pdf = info["citingPaperInfo"]["openAccessPdf"] or {"url": "", "status": None, "license": None, "disclaimer": ""}
    said = (pdf.get("disclaimer") or "").removeprefix("Notice: ")
    elided = "Notice: The following paper fields have been elided by the publisher: {'references'}. "
    if "elided by the publisher" in said:
        return info
    return {"citingPaperInfo": {**info["citingPaperInfo"], "openAccessPdf": {**pdf, "disclaimer": elided + said}}}
