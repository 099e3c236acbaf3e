"""How values show themselves in a notebook. A higher layer registers what makes their HTML.

A lineage is of a low layer and pages are of a high one, so the lineage cannot make its own page. Instead it is a
`HtmlRepr`, and `graph.interfaces.notebook` registers what makes a page of it.
"""

from __future__ import annotations

from functools import singledispatch


@singledispatch
def html_of(value: object) -> str | None:
    """The HTML of a value, or None when nothing is registered for its kind.

    >>> class Number(HtmlRepr): ...
    >>> Number()._repr_html_() is None
    True
    >>> @html_of.register
    ... def _(value: Number) -> str:
    ...     return "<p>a number</p>"
    >>> Number()._repr_html_()
    '<p>a number</p>'
    """
    return None


class HtmlRepr:
    """A value that Jupyter shows as HTML if `html_of` knows its kind, and as text otherwise."""

    def _repr_html_(self) -> str | None:
        return html_of(self)
