"""What a page tells without being asked: the main path, what to read for the example question, what the list lacks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..analysis.main_path import Scope, Within, main_path
from ..analysis.reading_order import ReadingOrder, reading_order
from ..analysis.suggestions import suggestions
from ..model.lineage import Lineage
from ..utils.kept import kept_in_owner

FEWEST_PAPERS = 3
MOST_SUGGESTIONS = 8
MOST_PAPERS = 20_000
"""Of a corpus whose pages tell a story: beyond it a command answers sooner than a page is made."""


def story_facts(lineage: Lineage, keys: Sequence[str], pair: tuple[str, str] | None = None) -> Mapping[str, Any]:
    """The main path, the reading order and the suggestions of a page of some papers, as JSON values.

    Parameters
    ----------
    keys : sequence of str
        The papers of the page.
    pair : (str, str), optional
        The keys of the older and the newer paper for which the reading order is.

    Returns
    -------
    mapping
        ``main`` as `graph.analysis.main_path` finds it within the list, or its neighbourhood where the page has other
        papers too: arcs from the cited to the citing paper, of those that the page has, and the number of papers that
        it lacks. ``trail``: the steps of `graph.analysis.reading_order`. ``suggested``: those of
        `graph.analysis.suggestions`, whether the page has them or not. What there is nothing to say about is left out.
    """
    if len(keys) < FEWEST_PAPERS or len(lineage.corpus.papers) > MOST_PAPERS:
        return {}
    told = {"main": _main_path(lineage, keys), "trail": _trail(lineage, keys, pair), "suggested": _suggested(lineage)}
    return {name: value for name, value in told.items() if value}


def _main_path(lineage: Lineage, keys: Sequence[str]) -> Mapping[str, Any] | None:
    on_page = set(keys)
    within: Within = "list" if on_page <= set(lineage.list_keys) else "neighbourhood"
    every_arc, every_paper = _main_path_within(lineage, within)
    arcs = [arc for arc in every_arc if on_page.issuperset(arc)]
    if not arcs:
        return None
    papers = [key for key in every_paper if key in on_page]
    return {"within": within, "papers": papers, "arcs": arcs, "lacks": len(every_paper) - len(papers)}


@kept_in_owner  # the pages of a site share it
def _main_path_within(lineage: Lineage, within: Within) -> tuple[Sequence[tuple[str, str]], Sequence[str]]:
    """The arcs and the papers of the main path, from the cited to the citing paper."""
    found = main_path(lineage, Scope(within), robustness=False).found
    return found.arcs, found.papers


def _trail(lineage: Lineage, keys: Sequence[str], pair: tuple[str, str] | None) -> Mapping[str, Any] | None:
    found = reading_order(lineage, *pair) if pair else None
    if not isinstance(found, ReadingOrder):
        return None
    on_page = set(keys)
    steps = [
        {
            "name": lineage.paper(step.key).label,
            "key": step.key if step.key in on_page else None,
            "year": lineage.paper(step.key).year,
            "buildsOn": [lineage.paper(key).label for key in step.builds_on],
        }
        for step in found.steps
    ]
    return {"steps": steps, "covered": str(found.covered), "total": str(found.total)}


@kept_in_owner  # the same on every page of a site
def _suggested(lineage: Lineage) -> Sequence[Mapping[str, Any]]:
    return [
        {
            "name": lineage.paper(each.key).label,
            "title": lineage.paper(each.key).title,
            "key": each.key,
            "year": lineage.paper(each.key).year,
            "citedBy": [lineage.paper(key).label for key in each.cited_by],
        }
        for each in suggestions(lineage, top=MOST_SUGGESTIONS).frequently_cited
    ]
