"""The flow from one paper to another, as text and as a JSON value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ...analysis.flow import Flow, TiedPaths
from ...model.lineage import Lineage
from ..json_forms import paper_form
from ..wording import (
    WITHOUT_SELF_CITATIONS,
    as_sentence,
    counted,
    exact,
    large,
    large_counted,
    log10,
    name_of,
    some_of,
)
from .acyclic_text import acyclic_form, arc_evidence, arc_form, changes_lines, node_columns, node_name


def flow_text(lineage: Lineage, answer: Flow, *, top: int = 15) -> str:
    """The flow between two papers; at most `top` papers and `top` citations are shown."""
    return "\n".join(_lines(lineage, answer, top)) + "\n"


def _lines(lineage: Lineage, answer: Flow, top: int) -> Iterator[str]:
    start, end = name_of(lineage, answer.start), name_of(lineage, answer.end)
    where = " within the list" if answer.list_only else ""
    left_out = f", {WITHOUT_SELF_CITATIONS}" if answer.without_self_citations else ""
    if answer.start == answer.end:
        yield f"{start} → {end}: one and the same paper."
        return
    if not answer.found:
        options = " --list-only" * answer.list_only + " --without-self-citations" * answer.without_self_citations
        why = f"'lineage path{options}', or ask() in Python, says what could hide one."
        yield f"{start} → {end}: no path{where} in this corpus{left_out}; {why}"
        return
    many = "more paths than can be counted" if answer.total is None else large_counted(answer.total, "path")
    between = answer.papers_between
    through = f"through {counted(between, 'paper')} between the two" if between else "a direct citation"
    yield f"{start} → {end}: {many}{where}, {through}{left_out}."
    if between and answer.unavoidable is not None:
        yield _unavoidable(lineage, answer.unavoidable)
    yield from changes_lines(lineage, answer.acyclic)
    if not answer.paths:
        yield "The changed network has no path."
        return
    if answer.acyclic.changed:
        yield f"The changed network has {large_counted(answer.paths, 'path')}. Everything below is about this network."
        more = [node for node in answer.unavoidable_nodes if node not in (answer.unavoidable or ())]
        if more and answer.unavoidable is not None:
            yield as_sentence(f"All of these paths also run through {_names(lineage, answer, more, ', ')}")
    for word, extreme in (("Shortest", answer.shortest), ("Longest", answer.longest), ("Heaviest", answer.heaviest)):
        if extreme:
            yield _extreme(lineage, answer, word, extreme)
    yield _implied(answer)
    of_papers, of_citations = (f", the first of {total:,}" for total in answer.counted) if answer.counted else ("", "")
    yield ""
    yield f"Paths through each paper{of_papers}:"
    yield from _papers(lineage, answer, top)
    yield ""
    marked = "" if answer.implied is None else " (~ marks one that a longer chain implies)"
    yield f"Paths through each citation{of_citations}{marked}:"
    yield from _citations(lineage, answer, top)


def _unavoidable(lineage: Lineage, papers: tuple[str, ...]) -> str:
    if papers:
        return as_sentence(f"No path avoids {some_of(lineage, papers)}")
    return "Every paper between the two can be avoided."


def _implied(answer: Flow) -> str:
    if answer.implied is None:
        unknown = "which citations longer chains imply"
        if answer.unavoidable is None:
            unknown = f"which papers no path avoids, and {unknown},"
        return f"{unknown[0].upper()}{unknown[1:]} is not computed for so many papers."
    implied, citations = len(answer.implied), len(answer.arcs)
    if citations == 1:
        return "Longer chains do not imply this citation."
    if not implied:
        return f"Longer chains imply none of the {citations:,} citations."
    return (
        f"Longer chains imply {implied:,} of the {counted(citations, 'citation')}; "
        f"the other {citations - implied:,} alone connect the same papers."
    )


def _extreme(lineage: Lineage, answer: Flow, word: str, extreme: TiedPaths) -> str:
    notes = [counted(extreme.hops, "hop")]
    if extreme.weight is not None:
        notes.append(f"the paths through its citations sum to {large(extreme.weight)}")
    if extreme.with_circles:
        notes.append("circles included")
    if extreme.path_count is not None and extreme.path_count > 1:
        notes.append(f"the first of {large(extreme.path_count)} that tie")
    return f"{word} ({'; '.join(notes)}): {_names(lineage, answer, extreme.examples[0], ' → ')}"


def _papers(lineage: Lineage, answer: Flow, top: int) -> Iterator[str]:
    ranked = answer.most_travelled(top)
    columns = [node_columns(lineage, answer.acyclic, node) for node, _ in ranked]
    name_width = max((len(name) for _, name, _ in columns), default=0)
    count_width = max((len(large(count)) for _, count in ranked), default=0)
    for (_, count), (year, name, themes) in zip(ranked, columns, strict=True):
        share = count / answer.paths
        yield f"  {large(count):>{count_width}}  {share:>4.0%}  {year:<4}  {name:<{name_width}}  {themes}".rstrip()
    if not ranked:
        yield "  none: the citation is direct"
    yield from _more(answer.inner, top)


def _citations(lineage: Lineage, answer: Flow, top: int) -> Iterator[str]:
    ranked = answer.arcs.top(top)
    count_width = max((len(large(count)) for _, count in ranked), default=0)
    for arc, count in ranked:
        mark = "~" if arc in (answer.implied or ()) else " "
        names = _names(lineage, answer, arc, " → ")
        yield f"  {large(count):>{count_width}} {mark} {names}: {arc_evidence(lineage, answer.acyclic, *arc)}"
    yield from _more(len(answer.arcs), top)


def _more(total: int, top: int) -> Iterator[str]:
    if total > top:
        yield f"  ... and {total - top:,} more; --top shows more of them."


def _names(lineage: Lineage, answer: Flow, nodes: Iterable[str], separator: str) -> str:
    return separator.join(node_name(lineage, answer.acyclic, node) for node in nodes)


def flow_form(lineage: Lineage, answer: Flow) -> dict[str, Any]:
    """The flow as a JSON value; a count past 2**53 is a string of its digits."""
    network = answer.acyclic
    return {
        "from": paper_form(lineage, answer.start),
        "to": paper_form(lineage, answer.end),
        "scope": "list" if answer.list_only else "corpus",
        "without_self_citations": answer.without_self_citations,
        "total": exact(answer.total),
        "papers": None if answer.papers is None else list(answer.papers),
        **dict(zip(("papers_between", "citations_between"), answer.counted or (), strict=False)),
        "unavoidable": None if answer.unavoidable is None else list(answer.unavoidable),
        "cycles": acyclic_form(network),
        "paths": exact(answer.paths),
        "paths_log10": log10(answer.paths),
        "through": {node: exact(paths) for node, paths in answer.through.items()},
        "arcs": [
            arc_form(lineage, network, *arc)
            | {"paths": exact(paths), "implied": None if answer.implied is None else arc in answer.implied}
            for arc, paths in answer.arcs.items()
        ],
        "shortest": _extreme_form(answer.shortest),
        "longest": _extreme_form(answer.longest),
        "heaviest": _extreme_form(answer.heaviest),
    }


def _extreme_form(extreme: TiedPaths | None) -> dict[str, Any] | None:
    if extreme is None:
        return None
    return {
        "hops": extreme.hops,
        "paths": exact(extreme.path_count),
        "weight": exact(extreme.weight),
        "papers": None if extreme.papers is None else list(extreme.papers),
        "examples": [list(path) for path in extreme.examples],
    }
