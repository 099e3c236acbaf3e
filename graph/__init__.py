"""Citation lineage tells how we got from one paper to another.

Three lines in a notebook::

    from graph import ask, load
    lineage = load()
    print(ask(lineage, "BERT → InstructGPT"))

Everything else has a module of its own: ``graph.analysis.flow``, ``graph.analysis.main_path`` and so on.
What is named here is loaded when it is first used, so that importing the package costs nothing.
docs/architecture.md draws the packages; imports only run downwards.
"""

from __future__ import annotations

import warnings
from importlib import import_module
from typing import TYPE_CHECKING

from .utils.old_names import keep_old_names

if TYPE_CHECKING:
    from .analysis.path_options import PathOptions
    from .api import (
        ask,
        audit_of,
        flow_of,
        hop_of,
        load,
        main_path_of,
        news_since,
        passages_of,
        read,
        recommendations_of,
        show,
        similar_to,
        snowball_of,
        suggest,
        witnesses_of,
    )
    from .errors import LineageError
    from .interfaces.answer import Answer
    from .interfaces.notebook import Page, export, page, text_of
    from .model.corpus import Corpus
    from .model.lineage import Lineage

__all__ = [
    "Answer",
    "Corpus",
    "Lineage",
    "LineageError",
    "Page",
    "PathOptions",
    "ask",
    "audit_of",
    "export",
    "flow_of",
    "hop_of",
    "load",
    "main_path_of",
    "news_since",
    "page",
    "passages_of",
    "read",
    "recommendations_of",
    "show",
    "similar_to",
    "snowball_of",
    "suggest",
    "text_of",
    "witnesses_of",
]

_HOMES = {
    "Answer": "interfaces.answer",
    "Corpus": "model.corpus",
    "Lineage": "model.lineage",
    "LineageError": "errors",
    "Page": "interfaces.notebook",
    "PathOptions": "analysis.path_options",
    "export": "interfaces.notebook",
    "page": "interfaces.notebook",
    "text_of": "interfaces.notebook",
}


keep_old_names()


def __getattr__(name: str) -> object:
    if name == "Wish":
        warnings.warn("graph.Wish is now graph.PathOptions", DeprecationWarning, stacklevel=2)
        name = "PathOptions"
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOMES.get(name, 'api')}", __name__), name)
