"""What to ask next, given the answers so far: the whole fetch as one generator without side effects.

It yields a request and is sent its outcome. Driven by the log alone it tells what the log holds;
driven by the service too, it fetches. The same outcomes give the same findings, in any order of
runs, which is why a fetch that was killed ends in the corpus of one that was not.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from ...utils.text import normalised_title, same_person
from ..semantic_scholar.date_windows import Window, all_days, likely_parts
from ..semantic_scholar.endpoints import (
    BATCH,
    Request,
    autocomplete_request,
    match_request,
    papers_request,
)
from ..semantic_scholar.pagination import Answered, NoResult, Outcome, TooLarge, Walk, distinct, walked
from ..semantic_scholar.responses import EdgeRow, NotFound, PaperRow, TitleSuggestions, Unreadable
from .targets import Target

T = TypeVar("T")
Conversation = Generator[Request, Outcome, T]
BRIDGE_CITERS = 2
"""A paper that so many of the list cite may be a bridge between them."""


@dataclass(frozen=True, slots=True)
class FetchOptions:
    """How far to go.

    Attributes
    ----------
    references, citations : bool
        Which lists of the wanted papers to read.
    depth : int
        2 also reads the references of the papers that several of the list cite.
    most_citations : int
        Newest first, for each paper.
    influential_only : bool
        Keep no citer but those that the service calls influential.
    contexts : bool
        Ask for citing sentences too.
    since : str or None
        Only citers from this day on.
    """

    references: bool = True
    citations: bool = False
    depth: int = 2
    most_citations: int = 1000
    influential_only: bool = False
    contexts: bool = False
    since: str | None = None


@dataclass(frozen=True, slots=True)
class Resolved:
    """A wanted paper and the record that the service answered with; `asked` is the form that found it."""

    wanted: Target
    row: PaperRow
    asked: str


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A wanted paper that was not found, why, and titles that may be meant. `failed`: a later run may find it."""

    wanted: Target
    why: str
    suggestions: tuple[str, ...] = ()
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """One list of one paper as it was read; `rows` are distinct."""

    walk: Walk
    counted: int | None


@dataclass(frozen=True, slots=True)
class Findings:
    """All that a fetch found. `bridges` are papers outside the list whose references were read too."""

    resolved: tuple[Resolved, ...]
    unresolved: tuple[Unresolved, ...]
    lists: tuple[Listed, ...] = ()
    bridges: tuple[PaperRow, ...] = ()


def converse(
    wanted: Sequence[Target],
    aims: FetchOptions,
    observed: datetime.date,
    *,
    notice: Callable[[str, int], None] | None = None,
) -> Conversation[Findings]:
    """Fetch what is wanted.

    Parameters
    ----------
    wanted : sequence of Target
    aims : FetchOptions
    observed : datetime.date
        The day of the observation: date windows end a year after it.
    notice : callable, optional
        Told the name of a phase and how many requests it takes at least, when it begins.
    """
    notice = notice or (lambda _name, _requests: None)
    notice("resolving", -(-len(wanted) // BATCH))
    resolved, unresolved = yield from _resolved(wanted)
    papers = list({str(each.row.paper_id): each.row for each in resolved}.values())
    lists: list[Listed] = []
    bridges: list[PaperRow] = []
    if aims.references:
        notice("references", len(papers))
        for paper in papers:
            lists.append((yield from _references(paper, aims)))
        if aims.depth > 1:
            bridges = _bridges(papers, lists)
            notice("references of bridges", len(bridges))
            for paper in bridges:
                lists.append((yield from _references(paper, aims)))
    if aims.citations:
        notice("citations", len(papers))
        for paper in papers:
            lists.append((yield from _citations(paper, aims, observed)))
    return Findings(tuple(resolved), tuple(unresolved), tuple(lists), tuple(bridges))


def _resolved(wanted: Sequence[Target]) -> Conversation[tuple[list[Resolved], list[Unresolved]]]:
    """Try every paper's identifiers in turn, 500 papers a request, then its title."""
    found: dict[int, Resolved] = {}
    reasons: dict[int, Unresolved] = {}
    for turn in range(max((len(each.forms) for each in wanted), default=0)):
        open_ = [n for n, each in enumerate(wanted) if n not in found and turn < len(each.forms)]
        # Each form once: whether a batch may repeat an id is not known.
        forms = list(dict.fromkeys(wanted[n].forms[turn] for n in open_))
        answers = dict(zip(forms, (yield from _batched(forms)), strict=True))
        for n in open_:
            form = wanted[n].forms[turn]
            answer = answers[form]
            if isinstance(answer, PaperRow):
                found[n] = Resolved(wanted[n], answer, form)
            else:
                reasons[n] = _why_not(wanted[n], form, answer)
    for n, each in enumerate(wanted):
        if n not in found and each.title and not (n in reasons and reasons[n].failed):
            match = yield from _by_title(each)
            if isinstance(match, Resolved):
                found[n] = match
            else:
                reasons[n] = match
    return [found[n] for n in sorted(found)], [reasons[n] for n in sorted(reasons) if n not in found]


def _why_not(wanted: Target, form: str, answer: Unreadable | NoResult | None) -> Unresolved:
    if answer is None:
        return Unresolved(wanted, f"Semantic Scholar knows no {form}")
    return Unresolved(wanted, f"{form}: {answer.why}", failed=True)


def _batched(forms: Sequence[str]) -> Conversation[list[PaperRow | Unreadable | NoResult | None]]:
    """The papers of some identifiers, in their order; a batch that is too much is asked for in halves."""
    waiting = [list(forms[n : n + BATCH]) for n in range(0, len(forms), BATCH)]
    answers: list[PaperRow | Unreadable | NoResult | None] = []
    while waiting:
        batch = waiting.pop(0)
        outcome = yield papers_request(batch)
        if isinstance(outcome, TooLarge):
            middle = len(batch) // 2
            waiting[:0] = [batch[:middle], batch[middle:]]
        elif isinstance(outcome, Answered) and isinstance(outcome.value, tuple):
            answers += outcome.value
        else:
            why = outcome.why if isinstance(outcome, NoResult) else "the service answered another question"
            answers += [NoResult(why)] * len(batch)
    return answers


def _by_title(wanted: Target) -> Conversation[Resolved | Unresolved]:
    """A title match counts only when it is the same title, and no other first author's."""
    assert wanted.title is not None
    outcome = yield match_request(wanted.title)
    if isinstance(outcome, NoResult):
        return Unresolved(wanted, f"its title could not be searched: {outcome.why}", failed=True)
    value = outcome.value if isinstance(outcome, Answered) else None
    near = [row for row in value if isinstance(row, PaperRow)] if isinstance(value, tuple) else []
    for row in near:
        if _same_paper(wanted, row):
            return Resolved(wanted, row, f"title {wanted.title!r}")
    tried = f"Semantic Scholar knows none of {', '.join(wanted.forms)}, and no" if wanted.forms else "no"
    titles = [_shown(row) for row in near]
    if isinstance(value, NotFound):
        offered = yield autocomplete_request(wanted.title)
        if isinstance(offered, Answered) and isinstance(offered.value, TitleSuggestions):
            titles += offered.value.titles
    return Unresolved(wanted, f"{tried} paper there has the same title", tuple(titles))


def _same_paper(wanted: Target, row: PaperRow) -> bool:
    if normalised_title(row.title or "") != normalised_title(wanted.title or ""):
        return False
    return not (wanted.first_author and row.authors) or any(
        same_person(wanted.first_author, a) for a in row.authors[:1]
    )


def _shown(row: PaperRow) -> str:
    by = f" ({row.authors[0]}{', ' + str(row.year) if row.year else ''})" if row.authors else ""
    return f"{row.title}{by}"


def _references(paper: PaperRow, aims: FetchOptions) -> Conversation[Listed]:
    start = Walk(str(paper.paper_id), "references", contexts=aims.contexts)
    walk = yield from walked(start, counted=paper.reference_count)
    return Listed(replace(walk, rows=distinct(walk.rows)), paper.reference_count)


def _bridges(papers: Sequence[PaperRow], lists: Sequence[Listed]) -> list[PaperRow]:
    """Papers outside the list that several of it cite and that may cite one of it themselves."""
    own = {paper.paper_id for paper in papers}
    oldest = min((paper.year for paper in papers if paper.year), default=0)
    rows = {row.paper.paper_id: row.paper for each in lists for row in each.walk.rows if row.paper.paper_id}
    citers = Counter(row.paper.paper_id for each in lists for row in each.walk.rows)
    chosen = [id_ for id_ in rows if id_ not in own and citers[id_] >= BRIDGE_CITERS]
    return [rows[id_] for id_ in sorted(chosen, key=str) if (rows[id_].year or oldest) >= oldest]


def _citations(paper: PaperRow, aims: FetchOptions, observed: datetime.date) -> Conversation[Listed]:
    """The newest citers, and beyond the service's wall those of every span of days that fits below it."""
    since = datetime.date.fromisoformat(aims.since) if aims.since else None
    whole = all_days(observed, since=since) if since else None
    start = Walk(str(paper.paper_id), "citations", window=whole, most=aims.most_citations, contexts=aims.contexts)
    counted = None if since else paper.citation_count
    walk = yield from walked(start, counted=counted)
    if walk.ending == "capped":
        parts = likely_parts(all_days(observed, since=since), paper.year)
        walk = yield from _windowed(walk, parts, aims, counted)
    walk = replace(walk, rows=distinct(walk.rows))
    if since and walk.state == "complete":
        walk = replace(walk, ending="limited", why=f"only citers since {aims.since} were asked for")
    if aims.influential_only:
        rows = tuple(row for row in walk.rows if row.influential)
        narrowed = walk.state == "complete" and len(rows) < len(walk.rows)
        walk = replace(walk, rows=rows)
        if narrowed:
            walk = replace(walk, ending="limited", why="only influential citations were asked for")
    return Listed(walk, paper.citation_count)


def _windowed(capped: Walk, spans: Sequence[Window], aims: FetchOptions, counted: int | None) -> Conversation[Walk]:
    """Read a list that is longer than the wall in spans of days, each split until it fits."""
    rows, unreadable = list(capped.rows), list(capped.unreadable)
    endings: list[Walk] = []
    waiting = list(spans)
    while waiting:
        if len(distinct(tuple(rows))) >= aims.most_citations:
            return replace(capped, rows=tuple(rows), ending="limited", why=f"stopped after {aims.most_citations} rows")
        window = waiting.pop()  # the newest first, as the service lists them
        fresh = Walk(capped.paper, "citations", window=window, contexts=capped.contexts)
        walk = yield from walked(fresh)
        parts = window.parts()
        rows += walk.rows
        unreadable += walk.unreadable
        if walk.ending == "capped" and parts:
            waiting += parts
        else:
            endings.append(walk)
    return _joined(capped, rows, unreadable, endings, counted)


def _joined(
    capped: Walk, rows: Sequence[EdgeRow], unreadable: Sequence[str], parts: Sequence[Walk], counted: int | None
) -> Walk:
    whole = replace(capped, rows=distinct(tuple(rows)), unreadable=tuple(unreadable))
    for ending in ("failed", "capped"):
        broken = next((part for part in parts if part.state == ending), None)
        if broken:
            return replace(whole, ending=broken.ending, why=f"{broken.window}: {broken.why}")
    if counted is not None and len(whole.rows) >= counted:
        return replace(whole, ending="complete", why="")
    return replace(whole, ending="limited", why="citers without a date are in no span of days")
