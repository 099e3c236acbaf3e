"""What a fetch is expected to ask each service for, as ``lineage fetch`` says it before it asks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ...sources.fetch import FetchOptions
from ...sources.fetch.estimates import Estimate, OtherEstimate, estimate_of_search, estimates
from ...sources.fetch.preview import preview_form, preview_text
from ...sources.fetch.target import Targets
from ...utils.text import plural
from .common import print_output, say
from .fetch_between import SearchedPapers
from .fetch_services import AskedServices

Expected = tuple[Estimate | None, list[OtherEstimate]]
"""What each service is expected to be asked for."""


def expected_of(
    search: SearchedPapers | None,
    targets: Targets,
    to: Path,
    options: FetchOptions,
    asked: AskedServices,
    *,
    update: bool,
) -> Expected:
    """What a search, or a fetch of lists, is expected to ask for."""
    if search and asked.scholar:
        return estimate_of_search(search.options, asked.scholar), []
    return estimates(targets, to, options, asked.scholar, asked.others, update=update)


def say_what_would_be_asked(targets: Targets, expected: Expected, *, as_json: bool) -> None:
    """Print what was read and what would be asked for, in the place of a fetch."""
    if as_json:
        print_output(preview_form(targets, *expected))
        return
    print_output(preview_text(targets))
    say("\n".join(expectations(*expected)))


def expectations(expected: Estimate | None, others: Sequence[OtherEstimate]) -> Iterator[str]:
    """A line for each service: what it takes, and what it charges."""
    if expected:
        yield _expectation(expected)
    for each in others:
        line = _expectation(each)
        yield f"{line}, {each.dollars:.4f} dollars of the day's budget" if each.dollars else line


def _expectation(expected: Estimate) -> str:
    about, bound = ("at most", "") if expected.most else ("about", " or more")
    requests = f"{expected.requests} {plural(expected.requests, 'request')}"
    return f"{about} {requests} to {expected.base_url}, {_duration(expected.seconds)}{bound}"


def _duration(seconds: float) -> str:
    return f"{seconds / 60:.0f} minutes" if seconds >= 90 else f"{seconds:.0f} seconds"
