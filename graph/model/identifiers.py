"""Identifiers of papers: parse what people write, and give each identifier one spelling.

An arXiv identifier has no version, and a DOI is case-folded. A DOI that only repeats another
identifier (``10.48550/arXiv.1810.04805``, ``10.18653/v1/N19-1423``) stands for that one too, so
that two records of a paper match however their authors cited it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, unquote

SCHEMES = ("arxiv", "doi", "acl", "s2", "corpusid")
"""The schemes, in the order in which a person would quote them."""

_LINKS = {
    "arxiv": "https://arxiv.org/abs/{}",
    "doi": "https://doi.org/{}",
    "acl": "https://aclanthology.org/{}",
    "s2": "https://www.semanticscholar.org/paper/{}",
    "corpusid": "https://api.semanticscholar.org/CorpusID:{}",
}

_ARXIV = r"(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})"
_SHAPES = {
    "arxiv": re.compile(rf"(?P<value>{_ARXIV})(?:v\d+)?", re.IGNORECASE),
    "doi": re.compile(r"(?P<value>10\.\d{4,9}/\S+)"),
    "acl": re.compile(r"(?P<value>[A-Z]\d{2}-\d{4}|\d{4}\.[a-z0-9_]+-[a-z0-9]+\.\d+)", re.IGNORECASE),
    "s2": re.compile(r"(?P<value>[0-9a-f]{40})", re.IGNORECASE),
    "corpusid": re.compile(r"(?P<value>\d{1,18})"),
}
_RECOGNISABLE = ("arxiv", "doi", "acl", "s2")  # a bare number means an entry of the list, not a corpus id
_PREFIXES = (
    (re.compile(r"(?:https?://)?(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html)/", re.I), "arxiv"),
    (re.compile(r"(?:https?://)?(?:dx\.)?doi\.org/", re.I), "doi"),
    (re.compile(r"(?:https?://)?(?:www\.)?aclanthology\.org/", re.I), "acl"),
    (re.compile(r"(?:https?://)?(?:www\.)?aclweb\.org/anthology/", re.I), "acl"),
    (re.compile(r"(?:https?://)?api\.semanticscholar\.org/corpusid:", re.I), "corpusid"),
    (re.compile(r"(?:https?://)?(?:www\.)?semanticscholar\.org/paper/(?:[^/]+/(?![?#]|$))?", re.I), "s2"),
    (re.compile(r"arxiv:\s*", re.I), "arxiv"),
    (re.compile(r"doi:\s*", re.I), "doi"),
    (re.compile(r"acl:\s*", re.I), "acl"),
    (re.compile(r"corpus_?id:\s*", re.I), "corpusid"),
    (re.compile(r"s2:\s*", re.I), "s2"),
)
_OLD_ARXIV_SUBJECT = re.compile(r"\.[a-z]{2}/", re.IGNORECASE)


@dataclass(frozen=True, order=True, slots=True)
class Identifier:
    """An identifier of a paper in one scheme, in its one spelling; `str` gives ``scheme:value``.

    Attributes
    ----------
    scheme : str
        One of `SCHEMES`.
    value : str
        Without a prefix, a version, or capitals that make no difference.
    """

    scheme: str
    value: str

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

    Raises
    ------
    ValueError
        When the value does not have the shape of the scheme.

    Examples
    --------
    >>> str(identifier("arxiv", "2112.11446v2")), str(identifier("doi", "10.18653/V1/N19-1423"))
    ('arxiv:2112.11446', 'doi:10.18653/v1/n19-1423')
    """
    shape = _SHAPES.get(scheme)
    if shape is None:
        raise ValueError(f"unknown scheme {scheme!r}; known are {', '.join(SCHEMES)}")
    match = shape.fullmatch(value.strip())
    if match is None:
        raise ValueError(f"{value!r} does not have the form of {scheme}")
    return Identifier(scheme, _spelling(scheme, match["value"]))


def _spelling(scheme: str, value: str) -> str:
    if scheme == "arxiv":
        return _OLD_ARXIV_SUBJECT.sub("/", value.lower())
    if scheme == "acl":
        return value.upper() if value[0].isalpha() else value.lower()
    if scheme == "corpusid":
        return str(int(value))
    return value.casefold()


def parse_identifier(text: str) -> Identifier | None:
    """Read an identifier as people paste it: bare, prefixed, or as a link.

    Parameters
    ----------
    text : str
        "1810.04805", "arXiv:1810.04805v2", "https://doi.org/10.1162/...", "CorpusID:52967399".

    Returns
    -------
    Identifier or None
        None when the text is not an identifier but a title, a name or a bare number.

    Examples
    --------
    >>> str(parse_identifier("https://arxiv.org/pdf/1810.04805v2.pdf"))
    'arxiv:1810.04805'
    >>> parse_identifier("BERT") is None
    True
    """
    text = text.strip()
    for prefix, scheme in _PREFIXES:
        match = prefix.match(text)
        if match:
            rest = unquote(text[match.end() :]) if "/" in match[0] else text[match.end() :]
            return _try(scheme, _without_link_ends(rest) if "/" in match[0] else rest)
    for scheme in _RECOGNISABLE:
        found = _try(scheme, text)
        if found:
            return found
    return None


def _without_link_ends(text: str) -> str:
    """The text without a query, a fragment, ".pdf" and slashes at its end."""
    text = text.partition("?")[0].partition("#")[0]
    while text.endswith((".pdf", "/")):
        text = text.removesuffix(".pdf").rstrip("/")
    return text


def _try(scheme: str, value: str) -> Identifier | None:
    try:
        return identifier(scheme, value)
    except ValueError:
        return None


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
                repeated = _try(scheme, each.value.removeprefix(stem)) if each.value.startswith(stem) else None
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
