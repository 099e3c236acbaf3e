"""What identifiers look like, and where a DOI ends: all that the values in a corpus need, and loads at once."""

from __future__ import annotations

import re

NEW_ARXIV = r"\d{4}\.\d{4,5}"
BARE = {
    "openalex": re.compile(r"W\d{6,18}", re.IGNORECASE | re.ASCII),
    "pmcid": re.compile(r"PMC\s?\d{3,8}", re.IGNORECASE | re.ASCII),
}
"""What these look like where nothing announces them: long enough that no name does."""
PAIRS = {"(": ")", "[": "]", "{": "}", "<": ">"}
_ACM_PROCEEDINGS = re.compile(r"10\.1145/\d{7}")
_NEXT = re.compile(r"</|<(?:a|b|br|em|i|p|span|strong|sub|sup)[\s/>]|[\"\u201c\u201d]", re.IGNORECASE)
_CLOSING = {closing: opening for opening, closing in PAIRS.items()}


def doi_end(value: str) -> str:
    """A DOI without what stands behind it: brackets that it did not open itself, and punctuation.

    >>> doi_end("10.5555/tidal.9),"), doi_end("10.1016/S0140-6736(20)30183-5)."), doi_end("10.5555/a](https://x)")
    ('10.5555/tidal.9', '10.1016/S0140-6736(20)30183-5', '10.5555/a')

    A full stop stays where it shows that the DOI is cut: the number of ACM's proceedings stands before that of a paper.

    >>> doi_end("10.1145/3442188.")
    '10.1145/3442188.'
    """
    following = _NEXT.search(value)
    value = value[: following.start()] if following else value
    opened = dict.fromkeys(PAIRS, 0)
    for place, sign in enumerate(value):
        if sign in PAIRS:
            opened[sign] += 1
        elif sign in _CLOSING:
            if not opened[_CLOSING[sign]]:
                value = value[:place]
                break
            opened[_CLOSING[sign]] -= 1
    end = value.rstrip(".,;:!?'`*\u2019\u2026([{<\\")
    return f"{end}." if _ACM_PROCEEDINGS.fullmatch(end) and value.startswith(f"{end}.") else end
