"""OpenCitations as a service."""

from __future__ import annotations

from collections.abc import Mapping

from ..citation_service import Call, CitationService, SecretHeader, Wanted
from ..http.rate_limit import Pace
from .answers import LABEL, after_refusal, read, rows_in
from .crawl import crawl
from .requests import KNOWN, LIST, MAX_NAMED

_PACE = Pace(0.4, 0.34)
"""It serves 180 requests a minute."""


def expected(papers: int, wanted: Wanted) -> Mapping[str, int]:
    """How many requests of each kind so many papers take, about: it lists nothing of half of them."""
    lists = papers * (wanted.references + wanted.citations)
    return {LIST: lists, KNOWN: -(-lists // (2 * MAX_NAMED))}


OPENCITATIONS = CitationService(
    kind="opencitations",
    label=LABEL,
    home="https://api.opencitations.net",
    credit="Data from OpenCitations, https://opencitations.net (Peroni and Shotton 2020, doi:10.1162/qss_a_00023)",
    directions=frozenset({"references", "citations"}),
    calls={LIST: Call(_PACE, _PACE), KNOWN: Call(_PACE, _PACE)},
    crawl=crawl,
    expected=expected,
    read=read,
    after_refusal=after_refusal,
    secret=SecretHeader("OPENCITATIONS_TOKEN", "a token", "Authorization"),
    rows_in=rows_in,
    read_seconds=200.0,  # its own time-outs are 60 and 180 seconds
)
