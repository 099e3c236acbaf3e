"""What surrounds every served page: the bar with search and question, our style and script, their permissions."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

from markupsafe import Markup

from ...exports.wording import name_of, year_of
from ...pages.csp import policy
from ...pages.embed import extended
from ...pages.templates import environment, styled
from ...utils.text import clipped, for_terminal
from ..backend import Backend

ALLOW = {"connect-src": "'self'", "form-action": "'self'"}
"""What a served page may do, and a page in a file may not."""
_ASSETS = Path(__file__).parent / "assets"


class Frame:
    """Makes whole pages from templates and from pictures.

    Parameters
    ----------
    backend : Backend
        Its size is shown on every page.
    """

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._environment = environment(_ASSETS, finalize=_without_controls)
        self._environment.globals |= {"name_of": name_of, "year_of": year_of, "clipped": clipped}

    def page(self, template: str, title: str, **more: Any) -> str:
        """One of our own pages."""
        return self._rendered(
            template,
            title=title,
            size=self._backend.size,
            style=Markup(self._style),  # noqa: S704 # ours
            script=Markup(self._script),  # noqa: S704 # ours
            policy=policy([self._script], self._style, allow=ALLOW),
            **more,
        )

    def picture(self, page: str, **more: Any) -> str:
        """A page with a picture below the bar."""
        body = self._rendered("bar.html", **more)
        return extended(page, script=self._script, style=self._style_of_pictures, body=body, allow=ALLOW)

    def _rendered(self, template: str, **more: Any) -> str:
        return self._environment.get_template(template).render(
            {"query": "", "around": None, "links": (), "remarks": (), "start": False} | more
        )

    @cached_property
    def _style(self) -> str:
        return styled(_ASSETS / "served.css")

    @cached_property
    def _script(self) -> str:
        return (_ASSETS / "search_box.js").read_text(encoding="utf-8")

    @cached_property
    def _style_of_pictures(self) -> str:
        height = "main { min-height: max(420px, 100vh - 270px) !important; }"  # the rest is for the bar
        return (_ASSETS / "served.css").read_text(encoding="utf-8") + height


def _without_controls(value: object) -> object:
    """A text of a corpus without what would turn or hide other text; markup of ours, a subclass of str, as it is."""
    return for_terminal(value) if type(value) is str else value
