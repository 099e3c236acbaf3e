"""What to request next, given the outcomes so far: the whole fetch as one generator without side effects.

It yields a request and is sent its outcome. When only the cache answers, its result is what the cache
holds; when the service answers too, it fetches. Equal outcomes give equal results, however many runs they
took: a fetch that was killed ends in the same corpus as one that was not.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from ..http.outcomes import Accept, GiveUp, why_unanswered
from ..http.replies import asked_in_batches
from ..http.request import Request
from ..semantic_scholar.endpoints import (
    MAX_BATCH,
    autocomplete_request,
    match_request,
    papers_request,
)
from ..semantic_scholar.nested_lists import calls_of, fits, read_lists
from ..semantic_scholar.pagination import (
    DateWindow,
    PagedList,
    citation_dates,
    distinct_rows,
    read_pages,
    split_at_publication,
)
from ..semantic_scholar.paper_rows import PaperRow
from ..semantic_scholar.responses import NestedList, NotFound, TitleSuggestions, Unreadable
from ..semantic_scholar.retry_policy import Outcome
from .target import Target, description_of, has_same_title, is_same_paper, why_not

T = TypeVar("T")
Crawl = Generator[Request, Outcome, T]
_TITLE = "title "
_NOT_ASKED_BY = "Semantic Scholar cannot be asked by this identifier; add its DOI, its arXiv identifier or its title"
MIN_BRIDGE_CITERS = 2
"""A paper that this many of the list cite may be a bridge between them."""


@dataclass(frozen=True, slots=True)
class FetchOptions:
    """What to fetch."""

    references: bool = True
    citations: bool = False
    """Which lists of the papers to read."""
    depth: int = 2
    """2 also reads the references of the papers that several of the list cite."""
    most_citations: int = 1000
    """How many citations of each paper to read, the newest first."""
    influential_only: bool = False
    """Keep only citations that the service calls influential."""
    contexts: bool = False
    """Ask for the citing sentences too, for which each list is read by itself."""
    since: str | None = None
    """Read only citations from this day on."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """A target and the paper that the service found for it; `found_by` is the identifier or title that found it."""

    target: Target
    row: PaperRow
    found_by: str

    @property
    def by_title(self) -> bool:
        """Whether nothing but its title says that it is the paper."""
        return self.found_by.startswith(_TITLE)


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A target that was not found, why, and titles that may be meant. `failed`: a later run may find it."""

    target: Target
    why: str
    suggestions: tuple[str, ...] = ()
    failed: bool = False


@dataclass(frozen=True, slots=True)
class CrawlResult:
    """All that a fetch found. `bridges` are papers outside the list whose references were read too."""

    resolved: tuple[Resolved, ...]
    unresolved: tuple[Unresolved, ...]
    lists: tuple[PagedList, ...] = ()
    bridges: tuple[PaperRow, ...] = ()


def crawl(
    targets: Sequence[Target],
    options: FetchOptions,
    observed: datetime.date,
    *,
    together: bool = True,
    on_phase: Callable[[str, int], None] | None = None,
) -> Crawl[CrawlResult]:
    """Fetch papers and their lists, as they are on the day `observed`.

    The last date window ends with the year after that day. Without `together` the references of each bridge are read by
    themselves, as every observation did that began before they could be read together. `on_phase` is called when a
    phase begins, with its name and the least number of requests that it takes.
    """
    on_phase = on_phase or (lambda _name, _requests: None)
    on_phase("resolving", -(-len(targets) // MAX_BATCH))
    resolved, unresolved = yield from resolve_targets(targets)
    papers = list({str(each.row.paper_id): each.row for each in resolved}.values())
    lists: list[PagedList] = []
    bridges: list[PaperRow] = []
    if options.references:
        on_phase("references", len(papers))
        for paper in papers:
            lists.append((yield from _read_references(paper, options)))
        if options.depth > 1:
            bridges = _find_bridges(papers, lists)
            alone = bridges if options.contexts or not together else []
            calls = calls_of((paper for paper in bridges if fits(paper, "references")), "references")
            on_phase("references of bridges", len(alone or calls))
            for paper in alone:
                lists.append((yield from _read_references(paper, options)))
            if not alone:
                lists += yield from read_lists(bridges, "references")
    if options.citations:
        on_phase("citations", len(papers))
        for paper in papers:
            lists.append((yield from _read_citations(paper, options, observed)))
    return CrawlResult(tuple(resolved), tuple(unresolved), tuple(lists), tuple(bridges))


def resolve_targets(targets: Sequence[Target]) -> Crawl[tuple[list[Resolved], list[Unresolved]]]:
    """Try the identifiers of every target in turn, 500 papers a request, then its title."""
    resolved: dict[int, Resolved] = {}
    unresolved: dict[int, Unresolved] = {}
    for turn in range(max((len(target.api_ids) for target in targets), default=0)):
        open_ = [n for n, target in enumerate(targets) if n not in resolved and turn < len(target.api_ids)]
        # Each identifier once: whether a batch may repeat one is not known.
        api_ids = list(dict.fromkeys(targets[n].api_ids[turn] for n in open_))
        answers = dict(zip(api_ids, (yield from _request_papers(api_ids)), strict=True))
        for n in open_:
            api_id = targets[n].api_ids[turn]
            answer = answers[api_id]
            if isinstance(answer, PaperRow):
                resolved[n] = Resolved(targets[n], answer, api_id)
            elif answer is None:
                unresolved[n] = Unresolved(targets[n], f"Semantic Scholar knows no {api_id}")
            else:
                unresolved[n] = Unresolved(targets[n], f"{api_id}: {answer.why}", failed=True)
    for n, target in enumerate(targets):
        if not target.api_ids and not target.title:
            unresolved[n] = Unresolved(target, _NOT_ASKED_BY)
        elif n not in resolved and target.title and not (n in unresolved and unresolved[n].failed):
            match = yield from _match_title(target, target.title)
            if isinstance(match, Resolved):
                resolved[n] = match
            else:
                unresolved[n] = match
    return [resolved[n] for n in sorted(resolved)], [unresolved[n] for n in sorted(unresolved) if n not in resolved]


def _request_papers(api_ids: Sequence[str]) -> Crawl[list[PaperRow | Unreadable | None]]:
    """The papers of some identifiers, in their order; a batch that is too large is requested in halves."""
    batches = [api_ids[n : n + MAX_BATCH] for n in range(0, len(api_ids), MAX_BATCH)]
    answers: list[PaperRow | Unreadable | None] = []
    for batch, outcome in (yield from asked_in_batches(batches, papers_request)):
        if isinstance(outcome, Accept) and isinstance(outcome.value, tuple):
            answers += [None if isinstance(each, NestedList) else each for each in outcome.value]
        else:
            answers += [Unreadable(why_unanswered(outcome))] * len(batch)
    return answers


def _match_title(target: Target, title: str) -> Crawl[Resolved | Unresolved]:
    """Search the title of a target; only the same title counts, and no other first author's."""
    outcome = yield match_request(title)
    if isinstance(outcome, GiveUp):
        return Unresolved(target, f"its title could not be searched: {outcome.why}", failed=True)
    value = outcome.value if isinstance(outcome, Accept) else None
    matches = [row for row in value if isinstance(row, PaperRow)] if isinstance(value, tuple) else []
    for row in matches:
        if is_same_paper(target, row):
            return Resolved(target, row, f"{_TITLE}{title!r}")
    suggestions = [description_of(row) for row in matches if not has_same_title(target, row)]
    if isinstance(value, NotFound):
        outcome = yield autocomplete_request(title)
        if isinstance(outcome, Accept) and isinstance(outcome.value, TitleSuggestions):
            suggestions += outcome.value.titles
    return Unresolved(target, why_not(target, matches), tuple(suggestions))


def _read_references(paper: PaperRow, options: FetchOptions) -> Crawl[PagedList]:
    paged = yield from read_pages(
        PagedList(str(paper.paper_id), "references", paper.reference_count, contexts=options.contexts)
    )
    return replace(paged, rows=distinct_rows(paged.rows))


def _find_bridges(papers: Sequence[PaperRow], lists: Sequence[PagedList]) -> list[PaperRow]:
    """Papers outside the list that several of it cite, and that may cite one of it themselves."""
    in_list = {paper.paper_id for paper in papers}
    oldest = min((paper.year for paper in papers if paper.year), default=0)
    rows = {row.paper.paper_id: row.paper for paged in lists for row in paged.rows if row.paper.paper_id}
    citers = Counter(row.paper.paper_id for paged in lists for row in paged.rows)
    bridges = [id_ for id_ in rows if id_ not in in_list and citers[id_] >= MIN_BRIDGE_CITERS]
    return [rows[id_] for id_ in sorted(bridges, key=str) if (rows[id_].year or oldest) >= oldest]


def _read_citations(paper: PaperRow, options: FetchOptions, observed: datetime.date) -> Crawl[PagedList]:
    """The newest citations; where the service lists no more, those of date windows that are short enough to list."""
    since = datetime.date.fromisoformat(options.since) if options.since else None
    window = citation_dates(observed, since=since)
    paged = yield from read_pages(
        PagedList(
            str(paper.paper_id),
            "citations",
            paper.citation_count,
            window=window if since else None,
            max_rows=options.most_citations,
            contexts=options.contexts,
        )
    )
    if paged.ending == "capped":
        paged = yield from _read_windows(paged, split_at_publication(window, paper.year), options)
    paged = replace(paged, rows=distinct_rows(paged.rows))
    if since and paged.state == "complete":
        paged = replace(paged, ending="limited", why=f"only citations since {options.since} were requested")
    if options.influential_only:
        rows = tuple(row for row in paged.rows if row.influential)
        if paged.state == "complete" and len(rows) < len(paged.rows):
            paged = replace(paged, ending="limited", why="only influential citations were requested")
        paged = replace(paged, rows=rows)
    return paged


def _read_windows(capped: PagedList, windows: Sequence[DateWindow], options: FetchOptions) -> Crawl[PagedList]:
    """Read a list that is too long in date windows, each split until it is listed to its end."""
    rows, unreadable = capped.rows, capped.unreadable
    parts: list[PagedList] = []
    waiting = list(windows)
    while waiting:
        if len(distinct_rows(rows)) >= options.most_citations:
            return replace(capped, rows=rows, ending="limited", why=f"stopped after {options.most_citations} rows")
        window = waiting.pop()  # the newest first, as the service lists them
        part = yield from read_pages(PagedList(capped.paper, "citations", window=window, contexts=capped.contexts))
        rows += part.rows
        unreadable += part.unreadable
        narrower = window.split()
        if part.ending == "capped" and narrower:
            waiting += narrower
        else:
            parts.append(part)
    return _join_parts(replace(capped, rows=distinct_rows(rows), unreadable=unreadable), parts)


def _join_parts(whole: PagedList, parts: Sequence[PagedList]) -> PagedList:
    for state in ("failed", "capped"):
        broken = next((part for part in parts if part.state == state), None)
        if broken:
            return replace(whole, ending=broken.ending, why=f"{broken.window}: {broken.why}")
    if whole.window is None and whole.counted is not None and len(whole.rows) >= whole.counted:
        return replace(whole, ending="complete", why="")
    return replace(whole, ending="limited", why="citing papers without a date cannot be found by date")
