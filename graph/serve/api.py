"""The answers as JSON: the same values that the commands print with ``--json``."""

from __future__ import annotations

from typing import Any

from ..acyclic import CYCLES, Cycles
from ..behind import Behind
from ..exports.flow_text import flow_form
from ..exports.forms import Form, around_form, kinship_form, list_form, paper_form, path_form, portrait_form
from ..kinship import Kinship
from ..lineage import Lineage
from ..query import parse_theme, parse_years
from ..scale.summary import Summary
from ..wish import RANKS, Wish
from .asked import Parameter

SEARCH = (
    Parameter("q", "words of a title, a name, authors, a year, an identifier or a key", most=200),
    Parameter("top", "how many papers to show", 8, most=100),
)
AROUND = (
    Parameter("depth", "how many hops away at the most, whichever way citations point", 1, most=6),
    Parameter("top", "how many papers to keep, the nearest first", 100, most=2000),
)
PATHS = (
    Parameter("q", 'a question: "BERT → InstructGPT", "A → B → C", "A ↔ B", "* → A", "A → *"'),
    Parameter("top", "how many paths to show; the count is of all", 10, most=500),
    Parameter("list_only", "1: keep to papers of the reading list", default=False),
    Parameter("via", "pass this paper; may be given several times", ()),
    Parameter("avoid", "leave this paper aside; may be given several times", ()),
    Parameter("theme", "between the ends, keep to papers of this theme", None),
    Parameter("between", "between the ends, keep to papers of these years: 2018..2022", None),
    Parameter("max_hops", "leave longer paths aside; 0: none", 0, least=0),
    Parameter("rank", "which paths come first", "shortest", choices=RANKS),
    Parameter("longest", "1: the longest paths first", default=False),
)
FLOW = (
    Parameter("q", 'two papers: "BERT → InstructGPT"'),
    Parameter("list_only", "1: keep to papers of the reading list", default=False),
    Parameter("cycles", "what to do about circles", "date", choices=CYCLES),
)


def about(behind: Behind) -> Form:
    """How large the corpus is, and what the reading list is called."""
    papers, citations = behind.size
    title = behind.reading_list.reading_list.title
    return {"reading_list": title, "papers": papers, "citations": citations}


def reading_list(behind: Behind) -> Form:
    """The reading list: `lineage show --json`."""
    return list_form(behind.reading_list)


def search(behind: Behind, q: str, top: int) -> Form:
    """The papers that hold every word of a text, the best first, and how many there are."""
    lineage, found = behind.search(q, top)
    return {"query": q, "total": found.total, "papers": [_brief(lineage, key) for key in found.keys]}


def _brief(lineage: Lineage, key: str) -> Form:
    return paper_form(lineage, key) | {"authors": list(lineage.paper(key).authors[:3])}


def paper(behind: Behind, name: str) -> Form:
    """One paper, by any of its names: `lineage show NAME --json`."""
    lineage, found = behind.portrait(behind.key_of(name))
    return portrait_form(lineage, found)


def neighbourhood(behind: Behind, of: str, depth: int, top: int) -> Form:
    """The papers around one, with the hops to each, and the citations among them."""
    return around_form(*behind.around(behind.key_of(of), depth, top))


def paths(behind: Behind, q: str, **wished: Any) -> Form:
    """The ways from one paper to another: `lineage path QUESTION --json`."""
    lineage, found, remarks = behind.answer(q, wish(behind, **wished))
    form = kinship_form(lineage, found) if isinstance(found, Kinship) else path_form(lineage, found)
    return form | ({"remarks": list(remarks)} if remarks else {})


def wish(
    behind: Behind,
    *,
    via: tuple[str, ...],
    avoid: tuple[str, ...],
    theme: str | None,
    between: str | None,
    max_hops: int,
    **more: Any,
) -> Wish:
    """Which paths are asked for, every name resolved."""
    return Wish(
        via=tuple(map(behind.key_of, via)),
        avoid=tuple(map(behind.key_of, avoid)),
        theme=parse_theme(behind.reading_list, theme),
        years=parse_years(between),
        max_hops=max_hops or None,
        **more,
    )


def flow(behind: Behind, q: str, list_only: bool, cycles: Cycles) -> Form:
    """All ways from one paper to another, counted: `lineage flow QUESTION --json`."""
    lineage, found = behind.flow(q, list_only=list_only, cycles=cycles)
    return found.form if isinstance(found, Summary) else flow_form(lineage, found)
