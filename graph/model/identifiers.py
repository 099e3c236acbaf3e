"""Identifiers of papers: parse what people write, and give each identifier one spelling.

An arXiv identifier has no version, and a DOI is case-folded. A DOI that only repeats another
identifier (``10.48550/arXiv.1810.04805``, ``10.18653/v1/N19-1423``) stands for that one too, so
that two records of a paper match however their authors cited it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from .identifier_shapes import BARE, NEW_ARXIV, doi_end

SCHEMES = ("arxiv", "doi", "acl", "pmid", "pmcid", "s2", "corpusid", "openalex", "omid")
"""The schemes, in the order in which a person would quote them."""
REQUEST_SCHEMES = (*SCHEMES, "mag")
"""With the one by which Semantic Scholar can be asked, and which no corpus keeps."""

_LINKS = {
    "arxiv": "https://arxiv.org/abs/{}",
    "doi": "https://doi.org/{}",
    "acl": "https://aclanthology.org/{}",
    "pmid": "https://pubmed.ncbi.nlm.nih.gov/{}",
    "pmcid": "https://pmc.ncbi.nlm.nih.gov/articles/PMC{}",
    "s2": "https://www.semanticscholar.org/paper/{}",
    "corpusid": "https://api.semanticscholar.org/CorpusID:{}",
    "openalex": "https://openalex.org/{}",
    "omid": "https://w3id.org/oc/meta/{}",
}

_ARXIV = rf"(?:{NEW_ARXIV}|[a-z-]+(?:\.[a-z]{{2}})?/\d{{7}})"
_SHAPES = {
    "arxiv": re.compile(rf"(?P<value>{_ARXIV})(?:v\d+)?", re.IGNORECASE),
    "doi": re.compile(r"(?P<value>10\.\d{4,9}(?:\.\d+)*/\S+)"),
    "acl": re.compile(r"(?P<value>[A-Z]\d{2}-\d{4}|\d{4}\.[a-z0-9_]+-[a-z0-9]+\.\d+)", re.IGNORECASE),
    "s2": re.compile(r"(?P<value>[0-9a-f]{40})", re.IGNORECASE),
    "corpusid": re.compile(r"(?P<value>\d{1,18})", re.ASCII),
    "pmid": re.compile(r"(?P<value>0*[1-9]\d{0,7})", re.ASCII),
    "pmcid": re.compile(r"(?:PMC\s?)?(?P<value>0*[1-9]\d{0,7})(?:\.\d+)?", re.IGNORECASE | re.ASCII),
    "openalex": re.compile(r"(?P<value>W0*[1-9]\d{0,17})", re.IGNORECASE | re.ASCII),
    "omid": re.compile(r"(?:meta/)?(?P<value>br/06\d{1,30})", re.IGNORECASE | re.ASCII),
    "mag": re.compile(r"(?P<value>\d{1,18})", re.ASCII),
}
_RECOGNISABLE = ("omid", "arxiv", "doi", "acl", "s2")  # a bare number means an entry of the list, not a corpus id
_BETWEEN = re.compile(r"[\s,;|]+(?:(?:and|&|\+|et|und|y)[\s,;|]+)?", re.IGNORECASE)
_MOST_BARE = 50
"""So many identifiers may stand in one text with nothing but commas and blanks between them."""
_LONGEST_TEXT = 20_000
"""Identifiers stand at the beginning of a text, or it is not about one paper."""
_DIGIT_OR_HASH = re.compile(r"\d|[a-f]{40}", re.IGNORECASE)
"""What every identifier has: only the hash of a paper at Semantic Scholar may have no digit."""
_STATED = re.compile(r"(arxiv|doi|acl|corpus_?id|s2|pmid|pmcid|openalex|omid|mag)\s*[:=]\s*", re.IGNORECASE)
_OLD_ARXIV_SUBJECT = re.compile(r"\.[a-z]{2}/", re.IGNORECASE)


@dataclass(frozen=True, order=True, slots=True)
class Identifier:
    """An identifier of a paper in one scheme, in its one spelling; `str` gives ``scheme:value``."""

    scheme: str
    """One of `SCHEMES`; for a request also one of `REQUEST_SCHEMES`."""
    value: str
    """Without a prefix, a version, or capitals that make no difference: "10.1162/neco.1992.4.1.131", "N19-1423",
    "W2741809607" at OpenAlex, "br/06101801781" at OpenCitations, the digits alone at PubMed."""

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"

    @property
    def url(self) -> str:
        """The address of the paper's page.

        >>> Identifier("doi", "10.1162/neco.1992.4.1.131").url
        'https://doi.org/10.1162/neco.1992.4.1.131'
        """
        return _LINKS[self.scheme].format(quote(self.value, safe="/:;()."))


def identifier(scheme: str, value: str) -> Identifier:
    """Make an identifier of a known scheme, in its one spelling.

    Raises `ValueError` when the value does not have the shape of the scheme.

    >>> str(identifier("arxiv", "2112.11446v2")), str(identifier("doi", "10.18653/V1/N19-1423"))
    ('arxiv:2112.11446', 'doi:10.18653/v1/n19-1423')
    >>> str(identifier("pmcid", "PMC4321")), str(identifier("openalex", "w2741809607"))
    ('pmcid:4321', 'openalex:W2741809607')
    """
    if scheme not in _SHAPES:
        raise ValueError(f"unknown scheme {scheme!r}; known are {', '.join(REQUEST_SCHEMES)}")
    found = _identifier_or_none(scheme, value)
    if found is None:
        raise ValueError(f"{value!r} does not have the form of {scheme}")
    return found


def _identifier_or_none(scheme: str, value: str) -> Identifier | None:
    """An identifier of a known scheme; None when the value does not have its shape, as most of a long text have not."""
    value = value.strip()
    if scheme == "doi":
        value = doi_end(value) if value.startswith("10.") else ""
    match = _SHAPES[scheme].fullmatch(value)
    return Identifier(scheme, _spelling(scheme, match["value"])) if match else None


def _spelling(scheme: str, value: str) -> str:
    if scheme == "arxiv":
        return _OLD_ARXIV_SUBJECT.sub("/", value.lower())
    if scheme == "acl":
        return value.upper() if value[0].isalpha() else value.lower()
    if scheme == "openalex":
        return f"W{int(value[1:])}"
    if scheme in {"corpusid", "pmid", "pmcid", "mag"}:
        return str(int(value))
    return value.casefold()


def parse_identifier(text: str) -> Identifier | None:
    """Read an identifier as people paste it: bare, prefixed, as a link, or with what stands around it on a page.

    It reads "1810.04805", "arXiv:1810.04805v2 [cs.CL]", "https://doi.org/10.1162/...", "CorpusID:52967399", "PMC4321".
    None when the text is not an identifier but a title, a name or a bare number, and when it has several identifiers
    that need not be one paper's.

    >>> str(parse_identifier("https://arxiv.org/pdf/1810.04805v2.pdf"))
    'arxiv:1810.04805'
    >>> str(parse_identifier("[BERT](https://doi.org/10.18653/v1/N19-1423)"))
    'doi:10.18653/v1/n19-1423'
    >>> parse_identifier("BERT") is None
    True
    """
    found = [each for each in identifiers_in(text) if each.scheme in SCHEMES]
    return found[0] if found and len({each.scheme for each in found}) == len(found) else None


def identifiers_in(text: str) -> list[Identifier]:
    """All identifiers in a text, each once: the text itself, or those that its links and words announce.

    A bare number is none. They have the schemes of `REQUEST_SCHEMES`.

    >>> [str(each) for each in identifiers_in("arXiv:2101.90001 [cs.CL]; doi: 10.5555/TIDAL.9. PMID: 90000001")]
    ['arxiv:2101.90001', 'doi:10.5555/tidal.9', 'pmid:90000001']
    """
    text = text[:_LONGEST_TEXT]
    if not _DIGIT_OR_HASH.search(text):
        return []
    from .identifier_forms import cleaned, forms_in, unwrapped  # loads slowly, and few names look like an identifier

    whole = unwrapped(cleaned(text))
    stated = _STATED.match(whole)
    if stated:
        scheme, value = stated[1].lower().replace("_", ""), unwrapped(whole[stated.end() :])
        bare = [found] if (found := _identifier_or_none(scheme, value)) else []
    else:
        bare = _identifiers_alone(_BETWEEN.split(whole, maxsplit=_MOST_BARE))
    found_in = bare or (_identifier_or_none(scheme, value) for scheme, value in forms_in(text))
    return list(dict.fromkeys(filter(None, found_in)))


def _identifiers_alone(words: Iterable[str]) -> list[Identifier]:
    """The identifiers that these words are; none where one of them is something else, which most texts begin with."""
    found = []
    for word in words:
        each = _recognised(word) if _DIGIT_OR_HASH.search(word) else None
        if each is None:
            return []
        found.append(each)
    return found


def _recognised(text: str) -> Identifier | None:
    bare = (scheme for scheme, form in BARE.items() if form.fullmatch(text))
    return next(filter(None, (_identifier_or_none(scheme, text) for scheme in (*_RECOGNISABLE, *bare))), None)


_REPEATING = ("doi:10.48550/arxiv.", "doi:10.18653/v1/")


def closure(identifiers: Iterable[Identifier]) -> frozenset[Identifier]:
    """The given identifiers with those that they imply. Two records are compared by these.

    >>> sorted(str(i) for i in closure([identifier("doi", "10.18653/v1/N19-1423")]))
    ['acl:N19-1423', 'doi:10.18653/v1/n19-1423']
    """
    implied: set[Identifier] = set()
    for each in identifiers:
        implied.add(each)
        if each.scheme == "doi":
            for stem, scheme in (("10.48550/arxiv.", "arxiv"), ("10.18653/v1/", "acl")):
                rest = each.value.removeprefix(stem)
                repeated = _identifier_or_none(scheme, rest) if each.value.startswith(stem) else None
                if repeated:
                    implied.add(repeated)
    return frozenset(implied)


def twins(text: str) -> tuple[str, ...]:
    """An identifier in its one spelling, with those that it implies.

    >>> twins("doi:10.48550/arxiv.1810.04805")
    ('doi:10.48550/arxiv.1810.04805', 'arxiv:1810.04805')
    """
    if not text.startswith(_REPEATING):
        return (text,)
    scheme, _, value = text.partition(":")
    return text, *(str(each) for each in closure([identifier(scheme, value)]) if str(each) != text)


def arxiv_month(identifiers: Iterable[Identifier]) -> str | None:
    """The month in which the first version reached arXiv, which its identifier contains; None without one.

    >>> arxiv_month([identifier("arxiv", "1409.0473")])
    '2014-09'
    >>> arxiv_month([identifier("arxiv", "cs/9901002")])
    '1999-01'
    """
    for each in sorted(identifiers):
        if each.scheme == "arxiv":
            digits = each.value.split("/")[-1]
            year, month = int(digits[:2]), int(digits[2:4])
            century = 1900 if year >= 91 else 2000
            return f"{century + year:04d}-{month:02d}" if 1 <= month <= 12 else None
    return None


_WHOLE_BY_REGISTRANT = tuple(
    (re.compile(begin), re.compile(rest))
    for begin, rest in (
        (r"10\.48550/", rf"arxiv\.{_ARXIV}(?:v\d+)?"),
        (r"10\.18653/v1/", r"(?:[a-z]\d{2}-\d{4}|\d{4}\.[a-z0-9_]+-[a-z0-9]+\.\d+)"),
        (r"10\.1162/", r".*\d.*"),
        (r"10\.1145/(?=\d{7}\.)", r"\d{7}\.\d{7}"),
        (r"10\.1109/(?=[a-z-]+\.\d)", r"[a-z0-9-]+\.\d{4}\.\d+"),
        (r"10\.1016/(?=j\.)", r"j\.[a-z0-9-]+\.\d{4}\.(?:\d{2}\.\d{3}|\d{5}).*"),
        (r"10\.1038/(?=s4)", r"s4\d{4}-\d{3}-\d{4,5}-[0-9a-z]"),
        (r"10\.1371/journal\.", r"[a-z]{4}\.\d{7}.*"),
        (r"10\.24963/ijcai\.", r"\d{4}/\d+"),
        (r"10\.5281/", r"zenodo\.\d+"),
        (r"10\.2139/", r"ssrn\.\d+"),
    )
)
"""Where a registrant's DOIs have one form, how they begin and what must follow."""


def is_whole(identifier: Identifier) -> bool:
    """Whether nothing is cut off an identifier, as far as its form shows.

    >>> [is_whole(Identifier("doi", value)) for value in ("10.18653/v1/", "10.18653/v1/n19-1423", "10.1162/tacl")]
    [False, True, False]
    >>> is_whole(Identifier("arxiv", "2204.0231")), is_whole(Identifier("arxiv", "1409.0473"))
    (False, True)
    """
    if identifier.scheme == "arxiv":
        return _is_whole_arxiv(identifier.value)
    if identifier.scheme == "doi":
        return _is_whole_doi(identifier.value)
    return True


def _is_whole_arxiv(value: str) -> bool:
    """Since 2015 the number after the month has five digits."""
    short = re.match(r"(\d{4})\.\d{4}(?!\d)", value)
    return short is None or int(short[1]) < 1501


def _is_whole_doi(value: str) -> bool:
    if ";2-" in value:  # a SICI, which may end in any sign
        return True
    if value[-1] in "-._/:;,(<[" or value.count("(") > value.count(")"):
        return False
    for begin, rest in _WHOLE_BY_REGISTRANT:
        match = begin.match(value)
        if match:
            arxiv_value = value.removeprefix("10.48550/arxiv.")
            return rest.fullmatch(value, match.end()) is not None and _is_whole_arxiv(arxiv_value)
    return True
