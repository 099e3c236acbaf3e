"""Modules that programs may know by an earlier name: each still loads, with a warning that says the new one."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from importlib import import_module
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import TypeVar

MOVED: Mapping[str, str] = {
    "graph.acyclic": "graph.analysis.acyclic",
    "graph.algorithms.counting": "graph.algorithms.path_counts",
    "graph.algorithms.detours": "graph.algorithms.dominators",
    "graph.algorithms.enumeration": "graph.algorithms.simple_paths",
    "graph.algorithms.itinerary": "graph.algorithms.constrained_paths",
    "graph.algorithms.searches": "graph.algorithms.main_path_search",
    "graph.algorithms.traversal": "graph.algorithms.traversal_weights",
    "graph.audit": "graph.analysis.audit",
    "graph.comparison": "graph.model.diff",
    "graph.corpus": "graph.model.corpus",
    "graph.fetch": "graph.sources.fetch",
    "graph.fetch.typed": "graph.sources.fetch.typed",
    "graph.finder": "graph.analysis.search",
    "graph.flow": "graph.analysis.flow",
    "graph.identifiers": "graph.model.identifiers",
    "graph.kinship": "graph.analysis.ancestry",
    "graph.layout": "graph.exports.layout",
    "graph.lineage": "graph.model.lineage",
    "graph.main_path": "graph.analysis.main_path",
    "graph.measures": "graph.analysis.measures",
    "graph.names": "graph.analysis.resolve",
    "graph.neighbourhood": "graph.analysis.neighbourhood",
    "graph.paths": "graph.analysis.paths",
    "graph.portrait": "graph.analysis.paper_summary",
    "graph.query": "graph.analysis.query",
    "graph.reading": "graph.analysis.reading_order",
    "graph.reading_list": "graph.model.reading_list",
    "graph.shipped": "graph.model.shipped_data",
    "graph.snapshot": "graph.sources.snapshot",
    "graph.store": "graph.model.storage",
    "graph.strength": "graph.analysis.evidence",
    "graph.suggestions": "graph.analysis.suggestions",
    "graph.theme_flow": "graph.analysis.theme_flow",
    "graph.views": "graph.pages",
    "graph.views.page": "graph.pages.page",
    "graph.views.pages": "graph.pages.views",
    "graph.wish": "graph.analysis.path_options",
}
"""The documented modules of version 0.1, and where each is now."""
RENAMED: Mapping[str, str] = {
    "Aims": "FetchOptions",
    "Around": "NearbyPapers",
    "Correction": "Corrected",
    "Count": "PathCount",
    "Extreme": "TiedPaths",
    "Found": "MainArcs",
    "Joining": "Connection",
    "Kin": "RelatedPapers",
    "Kinship": "Relatives",
    "Leaning": "FrequentlyCited",
    "Nothing": "NoPath",
    "Portrait": "PaperSummary",
    "Stop": "ReadingStep",
    "Ways": "PathGraph",
    "Wish": "PathOptions",
    "compared": "compare_weights",
    "kinship": "find_relatives",
    "nothing": "explain_no_path",
    "portrait": "summarize_paper",
    "shortest_found": "shortest_arcs",
}
"""What these modules called otherwise."""

ELSEWHERE: Mapping[str, str] = dict.fromkeys(
    ("count_paths", "paths_of_length", "shortest_paths", "survey_paths"), "graph.algorithms.graph_paths"
)
"""What is no longer in the module that took the place of its own, and where it is."""


class OldNames:
    """Finds a module by its old name: a finder and a loader, without the bases of `importlib.abc`, which load slowly.

    >>> import warnings
    >>> with warnings.catch_warnings(record=True) as caught:
    ...     warnings.simplefilter("always")
    ...     from graph.kinship import kinship
    >>> kinship.__name__, str(caught[0].message)
    ('find_relatives', 'graph.kinship is now graph.analysis.ancestry')
    """

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The module that has this old name, or None."""
        if fullname not in MOVED:
            return None
        return ModuleSpec(fullname, self, is_package=True)  # type: ignore[arg-type]  # all that a loader needs

    def create_module(self, spec: ModuleSpec) -> None:
        """Leave it to Python to make an empty module."""

    def exec_module(self, module: ModuleType) -> None:
        """Let the empty module hand on what it is asked for."""
        old = module.__name__
        warnings.warn(f"{old} is now {MOVED[old]}", DeprecationWarning, stacklevel=2)
        new = import_module(MOVED[old])
        module.__doc__ = new.__doc__
        module.__dict__["__getattr__"] = partial(_by_old_name, new)


def _by_old_name(new: ModuleType, name: str) -> object:
    home = import_module(ELSEWHERE[name]) if name in ELSEWHERE else new
    return getattr(home, RENAMED.get(name, name))


def keep_old_names() -> None:
    """Let Python find the old names, before it looks for files in a package that has moved."""
    sys.meta_path.insert(0, OldNames())


Kind = TypeVar("Kind", bound=type)


def keep_old_attributes(**new_names: str) -> Callable[[Kind], Kind]:
    """Keep earlier names of attributes, each with its present name; a decorator of a class, which then warns.

    >>> import warnings
    >>> @keep_old_attributes(weight="mass")
    ... class Body:
    ...     mass = 3
    >>> with warnings.catch_warnings(record=True) as caught:
    ...     warnings.simplefilter("always")
    ...     Body().weight
    3
    >>> str(caught[0].message)
    'Body.weight is now Body.mass'
    """

    def decorate(kind: Kind) -> Kind:
        def by_old_name(self: object, name: str) -> object:
            if name not in new_names:
                raise AttributeError(f"{kind.__name__!r} object has no attribute {name!r}")
            new = new_names[name]
            warnings.warn(f"{kind.__name__}.{name} is now {kind.__name__}.{new}", DeprecationWarning, stacklevel=2)
            return getattr(self, new)

        kind.__getattr__ = by_old_name  # type: ignore[attr-defined]  # Python asks it for what a value does not have
        return kind

    return decorate
