"""The answers as JSON: the same values that the commands print with ``--json``."""

from __future__ import annotations

from typing import Any

from ...analysis.acyclic import CYCLES, Cycles
from ...analysis.ancestry import Relatives
from ...analysis.path_options import RANKS, PathOptions
from ...analysis.query import parse_theme, parse_years
from ...exports.json_forms import (
    Form,
    list_form,
    nearby_form,
    paper_form,
    paper_summary_form,
    path_form,
    relatives_form,
)
from ...exports.text.flow_text import flow_form
from ...model.lineage import Lineage
from ..backend import Backend
from ..summary import LargeAnswer
from .parameters import QueryParameter

SEARCH = (
    QueryParameter("q", "words of a title, a name, authors, a year, an identifier or a key", most=200),
    QueryParameter("top", "how many papers to show", 8, most=100),
)
AROUND = (
    QueryParameter("depth", "how many hops away at the most, whichever way citations point", 1, most=6),
    QueryParameter("top", "how many papers to keep, the nearest first", 100, most=2000),
)
PATHS = (
    QueryParameter("q", 'a question: "BERT → InstructGPT", "A → B → C", "A ↔ B", "* → A", "A → *"'),
    QueryParameter("top", "how many paths to show; the count is of all", 10, most=500),
    QueryParameter("list_only", "1: keep to papers of the reading list", default=False),
    QueryParameter("via", "pass this paper; may be given several times", ()),
    QueryParameter("avoid", "leave this paper aside; may be given several times", ()),
    QueryParameter("theme", "between the ends, keep to papers of this theme", None),
    QueryParameter("between", "between the ends, keep to papers of these years: 2018..2022", None),
    QueryParameter("max_hops", "leave longer paths aside; 0: none", 0, least=0),
    QueryParameter("rank", "which paths come first", "shortest", choices=RANKS),
    QueryParameter("longest", "1: the longest paths first", default=False),
)
FLOW = (
    QueryParameter("q", 'two papers: "BERT → InstructGPT"'),
    QueryParameter("list_only", "1: keep to papers of the reading list", default=False),
    QueryParameter("cycles", "what to do about circles", "date", choices=CYCLES),
)


def about(behind: Backend) -> Form:
    """How large the corpus is, and what the reading list is called."""
    papers, citations = behind.size
    title = behind.reading_list.reading_list.title
    return {"reading_list": title, "papers": papers, "citations": citations}


def reading_list(behind: Backend) -> Form:
    """The reading list: `lineage show --json`."""
    return list_form(behind.reading_list)


def search(behind: Backend, q: str, top: int) -> Form:
    """The papers that hold every word of a text, the best first, and how many there are."""
    lineage, found = behind.search(q, top)
    return {"query": q, "total": found.total, "papers": [_brief(lineage, key) for key in found.keys]}


def _brief(lineage: Lineage, key: str) -> Form:
    return paper_form(lineage, key) | {"authors": list(lineage.paper(key).authors[:3])}


def paper(behind: Backend, name: str) -> Form:
    """One paper, by any of its names: `lineage show NAME --json`."""
    lineage, found = behind.portrait(behind.key_of(name))
    return paper_summary_form(lineage, found)


def neighbourhood(behind: Backend, of: str, depth: int, top: int) -> Form:
    """The papers around one, with the hops to each, and the citations among them."""
    return nearby_form(*behind.around(behind.key_of(of), depth, top))


def paths(behind: Backend, q: str, **wished: Any) -> Form:
    """The ways from one paper to another: `lineage path QUESTION --json`."""
    lineage, found, remarks = behind.answer(q, wish(behind, **wished))
    form = relatives_form(lineage, found) if isinstance(found, Relatives) else path_form(lineage, found)
    return form | ({"remarks": list(remarks)} if remarks else {})


def wish(
    behind: Backend,
    *,
    via: tuple[str, ...],
    avoid: tuple[str, ...],
    theme: str | None,
    between: str | None,
    max_hops: int,
    **more: Any,
) -> PathOptions:
    """Which paths are asked for, every name resolved."""
    return PathOptions(
        via=tuple(map(behind.key_of, via)),
        avoid=tuple(map(behind.key_of, avoid)),
        theme=parse_theme(behind.reading_list, theme),
        years=parse_years(between),
        max_hops=max_hops or None,
        **more,
    )


def flow(behind: Backend, q: str, list_only: bool, cycles: Cycles) -> Form:
    """All ways from one paper to another, counted: `lineage flow QUESTION --json`."""
    lineage, found = behind.flow(q, list_only=list_only, cycles=cycles)
    return found.form if isinstance(found, LargeAnswer) else flow_form(lineage, found)
