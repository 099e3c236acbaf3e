"""How values show themselves in a notebook: a higher floor says how, the value only asks.

A lineage lies low and the pages lie high, so the lineage cannot make its own page. It is a `HtmlRepr`,
and the door for notebooks registers with `shows` what makes HTML of it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

Make = TypeVar("Make", bound=Callable[[Any], str])

_MAKERS: dict[type, Callable[[Any], str]] = {}


def shows(kind: type) -> Callable[[Make], Make]:
    """Register what makes the HTML of a kind of value; a decorator.

    Parameters
    ----------
    kind : type
        A subclass of `HtmlRepr`.

    Examples
    --------
    >>> class Number(Shown): ...
    >>> Number()._repr_html_() is None
    True
    >>> @shows(Number)
    ... def html(number):
    ...     return "<p>a number</p>"
    >>> Number()._repr_html_()
    '<p>a number</p>'
    """

    def register(make: Make) -> Make:
        _MAKERS[kind] = make
        return make

    return register


class HtmlRepr:
    """A value that Jupyter shows as HTML, once something is registered that makes it."""

    def _repr_html_(self) -> str | None:
        """What Jupyter asks for; None where only the text is to be shown."""
        make = next((_MAKERS[kind] for kind in type(self).__mro__ if kind in _MAKERS), None)
        return make(self) if make else None
