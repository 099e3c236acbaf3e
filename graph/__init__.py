"""Citation lineage tells how we got from one paper to another.

Three lines in a notebook::

    from graph import ask, load
    lineage = load()
    print(ask(lineage, "BERT → InstructGPT"))

Everything else has a module of its own (``graph.flow``, ``graph.main_path``, ``graph.measures``, ...).
What is named here is loaded when it is first used, so that importing the package costs nothing.
The package is a stack of floors; imports only run downwards (see docs/design.md).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .api import (
        Answer,
        Page,
        ask,
        audit_of,
        export,
        flow_of,
        load,
        main_path_of,
        page,
        read,
        show,
        suggest,
        text_of,
    )
    from .corpus import Corpus
    from .errors import LineageError
    from .lineage import Lineage
    from .wish import Wish

__all__ = [
    "Answer",
    "Corpus",
    "Lineage",
    "LineageError",
    "Page",
    "Wish",
    "ask",
    "audit_of",
    "export",
    "flow_of",
    "load",
    "main_path_of",
    "page",
    "read",
    "show",
    "suggest",
    "text_of",
]

_HOMES = {"Corpus": "corpus", "Lineage": "lineage", "LineageError": "errors", "Wish": "wish"}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOMES.get(name, 'api')}", __name__), name)
