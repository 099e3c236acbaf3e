"""Which identifiers name a preprint and which an article, and which of them cannot be those of one paper.

A paper may have one identifier of each kind: an arXiv identifier beside the DOI of the journal, an SSRN DOI
beside both. Two of one kind, such as the DOIs of two articles, speak against one paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..model.identifiers import Identifier, closure

ARXIV = "arXiv identifiers"
ARTICLES = ("DOIs", "ACL identifiers")
SERVICE_IDS = (
    *("Semantic Scholar ids", "corpus ids", "PubMed ids", "PubMed Central ids", "OpenAlex ids"),
    "OpenCitations ids",
)
IMPOSTORS = "impostor DOIs"
"""DOIs under which somebody registered other people's papers anew, with their titles and authors."""
_KIND_OF_SCHEME = {
    "arxiv": ARXIV,
    "acl": "ACL identifiers",
    "s2": "Semantic Scholar ids",
    "corpusid": "corpus ids",
    "pmid": "PubMed ids",
    "pmcid": "PubMed Central ids",
    "openalex": "OpenAlex ids",
    "omid": "OpenCitations ids",
}
_IMPOSTOR = re.compile(r"10\.65215/")
_SERVERS = (
    ("arXiv", r"10\.48550/"),
    ("bioRxiv or medRxiv", r"10\.(?:1101|64898)/(?:\d{4}\.\d\d\.\d\d\.)?\d{6,8}(?:v\d+)?$"),
    ("SSRN", r"10\.2139/ssrn\."),
    ("OSF", r"10\.\d{5}/osf\.io/"),
    ("ChemRxiv", r"10\.26434/"),
    ("Research Square", r"10\.21203/rs\."),
    ("Preprints.org", r"10\.20944/preprints"),
    ("Authorea", r"10\.22541/"),
    ("TechRxiv", r"10\.36227/techrxiv"),
    ("PeerJ Preprints", r"10\.7287/peerj\.preprints"),
    ("ESS Open Archive", r"10\.1002/essoar"),
    ("EarthArXiv", r"10\.31223/"),
    ("Copernicus discussion", r"10\.5194/(?:[a-z]+-\d{4}-\d+$|[a-z]+d-|egusphere-)"),
    ("SciELO Preprints", r"10\.1590/scielopreprints"),
    ("NBER", r"10\.3386/w\d"),
    ("Cambridge Open Engage", r"10\.33774/"),
    ("ResearchGate", r"10\.13140/rg\."),
    ("Zenodo", r"10\.5281/zenodo\."),
    ("figshare", r"10\.6084/m9\.figshare\."),
)
"""Where people put a paper before, beside or instead of its publication, and how the DOIs begin there."""
_ANY_SERVER = re.compile("|".join(f"({begin})" for _, begin in _SERVERS))
_VERSION = re.compile(r"[./_-]?v\d{1,3}$")
_NUMBERED_ARTICLE = re.compile(r"(10\.(?:12688|7554)/.*\D\d{2,})\.\d{1,2}")
"""F1000 and eLife publish each version of an article under a DOI with the number of the version."""


def compared_identifiers(identifiers: Iterable[Identifier]) -> frozenset[Identifier]:
    """By what records are compared: the identifiers, those that they imply, and their DOIs without a version.

    >>> sorted(map(str, compared_identifiers([Identifier("doi", "10.26434/chemrxiv-2021-x9-v2")])))
    ['doi:10.26434/chemrxiv-2021-x9', 'doi:10.26434/chemrxiv-2021-x9-v2']
    """
    implied = closure(identifiers)
    return implied | {Identifier("doi", kind_and_value(each)[1]) for each in implied if each.scheme == "doi"}


def kind_and_value(identifier: Identifier) -> tuple[str, str]:
    """What an identifier names, in the plural, and its value without the number of a version.

    >>> kind_and_value(Identifier("doi", "10.1101/2020.01.30.927871v2"))
    ('bioRxiv or medRxiv DOIs', '10.1101/2020.01.30.927871')
    >>> kind_and_value(Identifier("doi", "10.1038/nature14236"))
    ('DOIs', '10.1038/nature14236')
    """
    if identifier.scheme != "doi":
        return _KIND_OF_SCHEME.get(identifier.scheme, f"{identifier.scheme} identifiers"), identifier.value
    if is_impostor(identifier):
        return IMPOSTORS, identifier.value
    server = _ANY_SERVER.match(identifier.value)
    if server and server.lastindex:
        return f"{_SERVERS[server.lastindex - 1][0]} DOIs", _VERSION.sub("", identifier.value)
    numbered = _NUMBERED_ARTICLE.fullmatch(identifier.value)
    return "DOIs", numbered[1] if numbered else identifier.value


def is_impostor(identifier: Identifier) -> bool:
    """Whether it is the DOI of a copy that was registered under the title and the authors of somebody's paper.

    The prefix 10.65215 has several of "Attention Is All You Need", which win searches for its title. Such a DOI joins
    nothing, and neither does the title of a record that has one.

    >>> is_impostor(Identifier("doi", "10.65215/2q58a426")), is_impostor(Identifier("doi", "10.48550/arxiv.1706.03762"))
    (True, False)
    """
    return identifier.scheme == "doi" and _IMPOSTOR.match(identifier.value) is not None


def is_preprint(kind: str) -> bool:
    """Whether identifiers of this kind name what is no published article."""
    return kind == ARXIV or (kind.endswith(" DOIs") and kind not in (*ARTICLES, IMPOSTORS))
