"""Texts in the fields that services have for them, as a person reads them."""

from __future__ import annotations

from ..utils.decode import LONGEST_TEXT
from ..utils.markup import without_markup
from ..utils.text import MARKUP_SIGNS, one_line


def shown_text(value: object) -> str | None:
    """The text of a field on one line, without the HTML, MathML and TeX that publishers write; None where it has none.

    A number is a text as well. One longer than any title, name or entry of a list is a fault of the record.

    >>> shown_text("CO&lt;sub&gt;2&lt;/sub&gt;\\n in cells"), shown_text(1984), shown_text(" "), shown_text(["a"])
    ('CO2 in cells', '1984', None, None)
    """
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        return None
    for _ in range(2):  # some references are escaped twice
        if MARKUP_SIGNS.search(value):
            value = without_markup(value)
    return one_line(value) or None
