"""The pages of one list as one site: files in one folder that link one another and carry along what a reader sees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ..model.grouping import THEMES, LaneWords
from ..model.lineage import Lineage
from ..utils.text import for_xml

FRONT = "index.html"
"""The file of the site's front."""
MOST_NAMED = 2000
"""Of so many papers that only other pages have, a page knows the names."""


@dataclass(frozen=True, slots=True)
class ViewLink:
    """A page of the site: a file in the same folder, what that shows, and how much.

    `short` is the title where there is little room, on a tab; the title itself when it is empty.
    """

    file: str
    title: str
    subtitle: str
    papers: int
    citations: int
    short: str = ""

    @property
    def tab(self) -> str:
        """What its tab is called."""
        return self.short or self.title


@dataclass(frozen=True, slots=True)
class Site:
    """The pages of one list."""

    links: Sequence[ViewLink]
    """The pages: those of the whole list first, then `themes` of them, the themes' pages."""
    themes: int
    widest: str
    """The file of the page that has every paper of all pages."""
    names: Mapping[str, str]
    """The papers of that page, those that matter most first, and what they are called."""
    lanes_by: LaneWords = THEMES
    """What stands in the place of themes, if anything does."""

    @classmethod
    def of(cls, lineage: Lineage, links: Sequence[ViewLink], themes: int, widest: str, keys: Sequence[str]) -> Site:
        """The site of a lineage; `keys` are the papers of the widest page."""
        on_page = set(keys)
        ranked = dict.fromkeys([*(key for key in lineage.list_keys if key in on_page), *keys])
        return cls(links, themes, widest, {key: lineage.paper(key).name for key in ranked}, lineage.grouping.words)

    def facts(self, here: str, keys: Sequence[str]) -> dict[str, Any]:
        """What `site.js` needs on the page in the file `here`, which has these papers: `SiteFacts` there."""
        own = set(keys)
        missing = [key for key in self.names if key not in own]
        return {
            "here": here,
            "widest": self.widest,
            "tabs": {link.file: link.tab for link in self.links},
            "names": {key: self.names[key] for key in missing[:MOST_NAMED]},
            "namesAll": len(missing) <= MOST_NAMED,
        }

    def tabs(self, here: str = FRONT) -> dict[str, Any]:
        """What the template of the tabs shows on the page in the file `here`."""
        shown = [replace(link, title=for_xml(link.title), short=for_xml(link.tab)) for link in self.links]
        whole, themes = shown[: len(shown) - self.themes], shown[len(shown) - self.themes :]
        open_theme = next((link for link in themes if link.file == here), None)
        return {
            "front": FRONT,
            "here": here,
            "whole": whole,
            "themes": themes,
            "open_theme": open_theme,
            "lanes_by": self.lanes_by,
        }
