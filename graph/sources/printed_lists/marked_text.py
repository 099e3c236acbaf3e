"""An entry of a list as it is shown, with marks where a block, an emphasis, a link or a named field begins and ends."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .tex_source import squeezed

BLOCK, OPENED = "\ue000", "\ue001"
EMPHASIS, BOLD = ("\ue003", "\ue004"), ("\ue005", "\ue006")
FIELDS = {
    name: (chr(0xE010 + 2 * number), chr(0xE011 + 2 * number))
    for number, name in enumerate(("title", "author", "year", "booktitle", "journal"))
}
"""The marks around the value of a field that the style names."""
MARKS = re.compile("[\ue000-\ue0ff]")
_LINK, _LINKS = 0xF0000, re.compile("[\U000f0000-\U000fffff]")
_BLANK_BEFORE_SIGN = re.compile(r" ([,.;:])(?= |$)")
_MOST_LINKS = 200


@dataclass(slots=True)
class MarkedText:
    """A text with marks, and what its links lead to, by the sign that stands for each.

    `unknown` are the names of commands that nobody here knows; their arguments are kept.
    """

    text: str
    links: dict[str, str] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)

    def plain(self, part: str | None = None) -> str:
        """The text, or a part of it, as a person reads it."""
        text = self.text if part is None else part
        if not text.isascii():  # it may have marks
            text = _LINKS.sub(lambda link: self.shown.get(link[0], ""), text)
            text = text.replace(BLOCK, " ").replace(OPENED, " ")
            text = MARKS.sub("", text)
        return _BLANK_BEFORE_SIGN.sub(r"\1", squeezed(text))

    def links_in(self, part: str) -> list[str]:
        """Where the links of a part lead."""
        return [self.links[link[0]] for link in _LINKS.finditer(part) if link[0] in self.links]

    def without_links(self, part: str) -> str:
        """A part without the text of its links, but for marks."""
        return _LINKS.sub(" ", part)

    def link(self, to: str, *, shown: str = "") -> str:
        """Add a link, and return the sign that stands for it."""
        if len(self.links) >= _MOST_LINKS:
            return ""
        sign = chr(_LINK + len(self.links))
        self.links[sign], self.shown[sign] = to, shown
        return sign
