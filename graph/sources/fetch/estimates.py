"""About how many requests a fetch still takes, how long they take, and what they cost."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..citation_service import CitationService
from ..http.client import cached_outcome, run_crawl
from ..http.request import Request
from ..http.response_cache import ResponseCache
from ..http.transport import Service
from ..semantic_scholar.endpoints import MAX_BATCH, MAX_PAGE
from ..semantic_scholar.nested_lists import ROWS_A_CALL
from ..semantic_scholar.retry_policy import Outcome
from ..semantic_scholar.service import PACE_WITH_KEY, PACE_WITHOUT_KEY, SERVICE, ScholarRules
from .between.grow import GrowthOptions
from .crawl import CrawlResult, FetchOptions, crawl
from .observation import reads_together
from .others import NOT_REQUESTED, OtherService, folder_of, references_alone, wanted_of
from .target import Targets, distinct_papers

_BRIDGES_PER_PAPER = 9
"""How many bridges a listed paper has, about: the shipped list has 209 for 23 papers."""
_ROWS_PER_BRIDGE = 50
"""How many references a bridge has, about."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """About how many requests are still to be sent to a service, and how long that takes at the rate limit.

    `most`: it is the greatest number, and not the least.
    """

    requests: int
    seconds: float
    base_url: str = SERVICE
    most: bool = False


def estimate(targets: Targets, to: Path, options: FetchOptions, *, has_key: bool, update: bool = False) -> Estimate:
    """Estimate how much is still to be requested, from the responses that are kept."""
    result, requests, together = _crawl_cache(targets, to / "raw", options, update=update)
    papers = len(result.resolved)
    if not papers:
        papers = distinct_papers(targets.papers)
        searched = sum(not target.api_ids for target in targets.papers)
        requests = -(-(len(targets.papers) - searched) // MAX_BATCH) + searched + papers * options.references
    if options.references and options.depth > 1 and not result.bridges:
        bridges = _BRIDGES_PER_PAPER * papers
        requests += bridges if options.contexts or not together else -(-bridges * _ROWS_PER_BRIDGE // ROWS_A_CALL)
    if options.citations:
        # The crawl of the cache has met the first page of each paper that was resolved.
        requests += papers * (-(-options.most_citations // MAX_PAGE) - bool(result.resolved))
    return Estimate(requests, requests * (PACE_WITH_KEY if has_key else PACE_WITHOUT_KEY).interval)


def estimate_of_search(options: GrowthOptions, service: Service) -> Estimate:
    """What a search takes at most: its budget."""
    pace = PACE_WITH_KEY if service.key else PACE_WITHOUT_KEY
    return Estimate(options.budget, options.budget * pace.interval, service.base_url, most=True)


@dataclass(frozen=True, slots=True)
class OtherEstimate(Estimate):
    """The same for another service than Semantic Scholar, with what it charges in US dollars."""

    service: CitationService = field(kw_only=True)
    dollars: float = 0.0


def estimates(
    targets: Targets,
    to: Path,
    options: FetchOptions,
    scholar: Service | None,
    others: Sequence[OtherService] = (),
    *,
    update: bool = False,
) -> tuple[Estimate | None, list[OtherEstimate]]:
    """The estimate for Semantic Scholar, if it is asked, and one for each of the other services."""
    expected = None
    if scholar:
        expected = estimate(targets, to, options, has_key=scholar.key is not None, update=update)
        expected = replace(expected, base_url=scholar.base_url)
    if not others:
        return expected, []
    result = _crawl_cache(targets, to / "raw", options, update=update)[0] if scholar else CrawlResult((), ())
    nameable = [each for each in targets.papers if scholar or each.asked_by]  # the others find nothing by a title
    listed = len({each.row.paper_id for each in result.resolved}) or distinct_papers(nameable)
    bridges = (len(result.bridges) or _BRIDGES_PER_PAPER * listed) if options.depth > 1 else 0
    return expected, [_estimate_other(each, to, options, listed, bridges, update=update) for each in others]


def _estimate_other(
    other: OtherService, to: Path, options: FetchOptions, listed: int, bridges: int, *, update: bool
) -> OtherEstimate:
    service, wanted = other.service, wanted_of(options)
    of_list, of_bridges = service.expected(listed, wanted), service.expected(bridges, references_alone(wanted))
    requests = seconds = dollars = 0.0
    for kind, call in service.calls.items():
        count = of_list.get(kind, 0) + of_bridges.get(kind, 0)
        requests += count
        seconds += count * (call.pace_with_secret if other.at.key else call.pace).interval
        dollars += count * call.dollars
    left = max(0.0, requests - _kept(folder_of(service, to), update=update)) / requests if requests else 0.0
    return OtherEstimate(
        round(requests * left), seconds * left, other.at.base_url, service=service, dollars=dollars * left
    )


def _kept(folder: Path, *, update: bool) -> int:
    if not (folder / "answers.jsonl").is_file():
        return 0
    with ResponseCache(folder) as cache:
        return 0 if update and cache.finished else len(cache)


def _crawl_cache(targets: Targets, raw: Path, options: FetchOptions, *, update: bool) -> tuple[CrawlResult, int, bool]:
    """What the cache holds, how many requests for the rest are known, and whether lists are read together."""
    missing: list[Request] = []

    def run(cache: ResponseCache | None) -> tuple[CrawlResult, bool]:
        def get_outcome(request: Request) -> Outcome:
            outcome = None if cache is None else cached_outcome(cache, request, ScholarRules(has_key=False))
            if outcome is None:
                missing.append(request)
            return outcome or NOT_REQUESTED

        observed = (cache.observed if cache is not None else None) or "2000-01-01"  # any day gives a good estimate
        day, together = datetime.date.fromisoformat(observed), cache is None or reads_together(cache)
        return run_crawl(crawl(targets.papers, options, day, together=together), get_outcome), together

    if not (raw / "answers.jsonl").is_file():
        result, together = run(None)
        return result, len(missing), together
    with ResponseCache(raw) as cache:
        result, together = run(None if update and cache.finished else cache)
        return result, len(missing), together
