"""What stands in front of a reference: "[1]", "(1)", "1.", "1)", a number with a tabulator, or a label as "[Hoc97]"."""

from __future__ import annotations

import re

NUMBER = (
    r"(?:\[(\d{1,4}[a-z]?)\]|\((\d{1,3}[a-z]?)\)(?=\s|[^\W\d_a-z])|(\d{1,4}[a-z]?)[.)](?=\s)|(\d{1,4})(?=\t))[ \t]*"
)
"""A group for each of its forms."""
LABEL = re.compile(
    r"\A\s{0,40}\[([A-Z][A-Za-z+]{0,6}\d\d[a-z]?"
    r"|[^\W\d_a-z][^\[\]\n]{2,80}?[ (,]\(?(?:1[5-9]|20)\d\d[a-z]?[^\[\]\n]{0,80})\](?!\()\s*"
)
"""Names and a year, in short or in full, as the styles alpha and natbib have them."""
NUMBER_AHEAD = re.compile(rf"[ \t]{{0,40}}{NUMBER}(?=\S)")


def without_number(text: str) -> str:
    """A reference without its number.

    >>> without_number("[1] A. Ono"), without_number("2. B. Li"), without_number("1984")
    ('A. Ono', 'B. Li', '1984')
    """
    number = NUMBER_AHEAD.match(text)
    return text[number.end() :].strip() if number else text.strip()
