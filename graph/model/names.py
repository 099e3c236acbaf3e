"""The forms in which people name a paper, wherever it is looked up: "#6", "Devlin et al. (2018)", part of a title."""

from __future__ import annotations

import re

from ..utils.text import surname, words

_NUMBER = re.compile(r"(?:#|entry\s+|no\.?\s*)?(\d{1,5})", re.IGNORECASE | re.ASCII)
_AUTHOR_AND_YEAR = re.compile(r"(.+?)(?:\s+et\s+al\.?)?[\s,]+\(?((?:19|20)\d\d)\)?")


def entry_number(name: str) -> int | None:
    """The number of an entry of the reading list, or None when the name is something else.

    >>> entry_number("6"), entry_number("#6"), entry_number("entry 6"), entry_number("No. 6"), entry_number("GPT 6")
    (6, 6, 6, 6, None)
    """
    match = _NUMBER.fullmatch(name)
    return int(match[1]) if match else None


def author_and_year(name: str) -> tuple[str, int] | None:
    """The folded surname of a first author and the year, or None when the name is something else.

    >>> author_and_year("Devlin et al. (2018)"), author_and_year("Jacob Devlin, 2018"), author_and_year("BERT")
    (('devlin', 2018), ('devlin', 2018), None)
    """
    match = _AUTHOR_AND_YEAR.fullmatch(name)
    return (surname(match[1]), int(match[2])) if match else None


def phrase(text: str) -> str:
    """The folded words of a text, in order and joined by spaces, so that parts of texts can be compared.

    >>> phrase("Self-Attention, again")
    'self attention again'
    """
    return " ".join(words(text))
