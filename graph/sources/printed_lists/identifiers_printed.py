"""The identifiers that an entry prints: from its links and fields, and from what announces itself. None is guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote

from ...model.identifiers import Identifier, closure, identifiers_in, is_whole

_PARTED_DOI = re.compile(
    r"((?:doi:\s*|doi\.org/|\b)10\.\d{4,9}/(?:[^\s{}]*[/_-])?)[ \t]*\n[ \t]*(?=[^\s{}]*\d)", re.IGNORECASE
)
"""A DOI that a line end parts, with its first part: after a "/", "_" or "-", if what goes on holds a digit."""
_PARTED_AT_STOP = re.compile(
    r"((?:doi:\s*|doi\.org/|\b)10\.\d{4,9}/[^\s{}]*\.)[ \t]*\n[ \t]*(?=\d[^\s{},;]*)", re.IGNORECASE
)
"""Where a full stop ends the line, only a digit may go on: a word begins the next sentence."""
_PARTED_ARXIV = re.compile(r"(arxiv\s?:\s?\d{4}\.)\s+(?=\d{4,5}\b)", re.IGNORECASE)
_ARXIV_DOI = "10.48550/arxiv."
_NO_WORK = re.compile(r"10\.1016/\d{4}-?\d{3}[\dx]|10\.\d{4,9}/?", re.IGNORECASE)
"""What some programs take for the DOI of a paper: that of a journal, or of a publisher."""


def joined_lines(text: str) -> str:
    r"""The text with the DOIs whole that a line end parts where nothing else can be meant.

    >>> joined_lines("doi:10.1038/\ns41586-021-03819-2. doi:10.5555/tides.\nIn Proc. 2020")
    'doi:10.1038/s41586-021-03819-2. doi:10.5555/tides.\nIn Proc. 2020'
    """
    return _PARTED_AT_STOP.sub(r"\1", _PARTED_DOI.sub(r"\1", text))


def identifiers_of_links(links: Iterable[str]) -> list[Identifier]:
    """The identifiers to which links lead, and those that fields hold, each once.

    >>> list(map(str, identifiers_of_links(["https://dx.doi.org/https%3A//doi.org/10.5555/a", "https://example.org/9"])))
    ['doi:10.5555/a']
    """
    found: dict[Identifier, None] = {}
    for link in links:
        address = re.sub(
            r"^(?:https?://(?:dx\.)?doi\.org/)+(?=https?:|doi:|10\.)", "", unquote(link), flags=re.IGNORECASE
        )
        if re.search(r"[?&](?:q|query|term|p|find|search)=", address, re.IGNORECASE):
            continue  # a search is no identifier
        for each in identifiers_in(address):
            found[each] = None
    return [each for each in found if _is_usable(each)]


def announced(text: str) -> list[Identifier]:
    """The identifiers that a text announces, each once.

    >>> list(map(str, announced("CoRR, abs/1607.06450, 2016. PMID: 90000001. 9(8):1735-1780")))
    ['arxiv:1607.06450', 'pmid:90000001']
    """
    whole = _PARTED_ARXIV.sub(r"\1", text)
    # A text that is one bare number, such as "1607.06450", would be taken for an identifier; in words it is none.
    return [each for each in identifiers_in(f"in: {whole}") if _is_usable(each)]


def _is_usable(each: Identifier) -> bool:
    return each.scheme != "mag" and is_whole(each) and not (each.scheme == "doi" and _NO_WORK.fullmatch(each.value))


def of_one_work(stated: Iterable[Identifier], mentioned: Iterable[Identifier] = ()) -> tuple[Identifier, ...]:
    """The identifiers of a work, at most one of each scheme: the stated before the mentioned.

    Of two that are mentioned for one scheme nobody knows which is the work's, so that neither counts. A DOI of arXiv
    stands for arXiv's identifier.

    >>> ids = announced("doi:10.5555/a, arXiv:2101.90001, doi:10.48550/arXiv.2101.90001")
    >>> list(map(str, of_one_work(ids)))
    ['arxiv:2101.90001', 'doi:10.5555/a']
    """
    found: dict[str, Identifier] = {}
    for group in (stated, mentioned):
        by_scheme: dict[str, list[Identifier]] = {}
        for each in dict.fromkeys(map(_shortest, group)):
            by_scheme.setdefault(each.scheme, []).append(each)
        known = set(found) | {each.scheme for each in closure(found.values())}
        for scheme, several in by_scheme.items():
            if scheme not in known and len(several) == 1:
                found[scheme] = several[0]
    return tuple(found.values())


def _shortest(each: Identifier) -> Identifier:
    if each.scheme == "doi" and each.value.startswith(_ARXIV_DOI):
        return next((one for one in closure([each]) if one.scheme == "arxiv"), each)
    return each
