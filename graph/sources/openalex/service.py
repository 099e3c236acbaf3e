"""OpenAlex as a service."""

from __future__ import annotations

from collections.abc import Mapping

from ..citation_service import Call, CitationService, SecretHeader, Wanted
from ..http.rate_limit import Pace
from .answers import LABEL, after_refusal, kept, read, rows_in
from .crawl import crawl
from .requests import LIST, MAX_VALUES, WORK, can_shrink

DOLLARS_A_LIST = 0.0001
_REFERENCES_OF_A_PAPER = 40
_ANONYMOUS, _WITH_KEY = Pace(0.12, 0.1), Pace(0.05, 0.034)
"""It serves ten requests a second, and thirty with a key."""


def expected(papers: int, wanted: Wanted) -> Mapping[str, int]:
    """How many requests of each kind so many papers take: about, and for citations at most."""
    rows = -(-papers * _REFERENCES_OF_A_PAPER // MAX_VALUES) if wanted.references else 0
    pages = papers * -(-wanted.most_citations // MAX_VALUES) if wanted.citations else 0
    return {WORK: papers, LIST: rows + pages}


OPENALEX = CitationService(
    kind="openalex",
    label=LABEL,
    home="https://api.openalex.org",
    credit="Data from OpenAlex, https://openalex.org (Priem et al. 2022, arXiv:2205.01833)",
    directions=frozenset({"references", "citations"}),
    calls={WORK: Call(_ANONYMOUS, _WITH_KEY), LIST: Call(_ANONYMOUS, _WITH_KEY, DOLLARS_A_LIST)},
    crawl=crawl,
    expected=expected,
    read=read,
    after_refusal=after_refusal,
    secret=SecretHeader("OPENALEX_API_KEY", "a key", "Authorization", "Bearer {}"),
    can_shrink=can_shrink,
    rows_in=rows_in,
    kept=kept,
)
