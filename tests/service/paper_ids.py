"""The ids that a paper can be requested by, each in one spelling.

This does not use `graph.model.identifiers`, because the service must not share the faults of that module.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .records import PaperRecord

_SHA = re.compile(r"[0-9a-f]{40}", re.I)
_PREFIXED = re.compile(r"(corpusid|doi|arxiv|mag|acl|pmid|pmcid|url):(.+)", re.I | re.S)
_EXTERNAL = {
    "ArXiv": "arxiv",
    "DOI": "doi",
    "ACL": "acl",
    "MAG": "mag",
    "PubMed": "pmid",
    "PubMedCentral": "pmcid",
    "CorpusId": "corpusid",
}
_SITES = (
    (re.compile(r"(?:www\.)?semanticscholar\.org/paper/(?:[^/]+/)?([0-9a-f]{40})", re.I), "sha"),
    (re.compile(r"(?:api|www)\.semanticscholar\.org/corpusid:(\d+)", re.I), "corpusid"),
    (re.compile(r"(?:www\.|export\.)?arxiv\.org/(?:abs|pdf)/([^?#]+?)(?:\.pdf)?", re.I), "arxiv"),
    (re.compile(r"(?:www\.)?aclweb\.org/anthology/([^/?#]+?)(?:\.pdf)?/?", re.I), "acl"),
    (re.compile(r"(?:www\.|dl\.)?acm\.org/doi/(?:abs/|pdf/|full/)?(10\.[^?#]+)", re.I), "doi"),
    (re.compile(r"(?:www\.)?biorxiv\.org/content/(10\.\d+/[\d.]+?)(?:v\d+)?(?:\.full)?(?:\.pdf)?", re.I), "doi"),
)


def normalised_id(text: str) -> str | None:
    """An id in its one spelling, or None when the service knows no such ids.

    >>> normalised_id("ArXiv:1706.03762v5"), normalised_id("10.1162/NECO.1992.4.1.131")
    ('arxiv:1706.03762', 'doi:10.1162/neco.1992.4.1.131')
    >>> normalised_id("URL:https://arxiv.org/abs/2106.15928v1"), normalised_id("0")
    ('arxiv:2106.15928', None)
    """
    text = text.strip()
    if _SHA.fullmatch(text):
        return f"sha:{text.lower()}"
    if text.startswith("10."):
        return f"doi:{text.lower()}"
    match = _PREFIXED.fullmatch(text)
    if match is None:
        return None
    scheme, value = match[1].lower(), match[2].strip().lower()
    if scheme == "url":
        return _id_in_link(match[2].strip())
    if scheme == "arxiv":
        value = re.sub(r"v\d+$", "", value)
    if scheme in {"corpusid", "mag", "pmid", "pmcid"}:
        value = value.lstrip("0")
    return f"{scheme}:{value}"


def ids_of(record: PaperRecord) -> Iterator[str]:
    """Every id that finds a record."""
    if record.resolved:
        yield f"sha:{record.id.lower()}"
        for name, value in (record.external_ids or {}).items():
            if name in _EXTERNAL:
                yield f"{_EXTERNAL[name]}:{str(value).lower()}"


def _id_in_link(link: str) -> str | None:
    address = re.sub(r"^https?://", "", link, flags=re.I)
    for site, scheme in _SITES:
        match = site.fullmatch(address)
        if match:
            return f"sha:{match[1].lower()}" if scheme == "sha" else normalised_id(f"{scheme}:{match[1]}")
    return None
