"""The flow from one paper to another as text for a terminal and as a JSON value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...analysis.flow import Flow, TiedPaths
from ...model.lineage import Lineage
from ..json_forms import paper_form
from .acyclic_text import acyclic_form, arc_form, cycles_lines, evidence, node_columns, node_name
from .large_counts import exact, large, log10
from .wording import counted, name_of, some_of


def flow_text(lineage: Lineage, answer: Flow, *, top: int = 15) -> str:
    """The flow between two papers; `top` is how many papers and citations are shown at the most."""
    return "\n".join(_lines(lineage, answer, top)) + "\n"


def _lines(lineage: Lineage, answer: Flow, top: int) -> Iterator[str]:
    start, end = name_of(lineage, answer.start), name_of(lineage, answer.end)
    where = " within the list" if answer.list_only else ""
    if answer.start == answer.end:
        yield f"{start} → {end}: one and the same paper."
        return
    if not answer.found:
        yield f"{start} → {end}: no path{where} in this corpus; 'lineage path' says what could hide one."
        return
    many = "more paths than can be counted" if answer.total is None else _paths(answer.total)
    yield f"{start} → {end}: {many}{where}, through {counted(len(answer.papers) - 2, 'paper')} between the two."
    yield _unavoidable(lineage, answer)
    yield from cycles_lines(lineage, answer.acyclic)
    if not answer.paths:
        yield "So changed, the network has no path."
        return
    if answer.acyclic.changed:
        yield f"So changed, the network has {_paths(answer.paths)}; all that follows is about these."
        more = [node for node in answer.unavoidable_nodes if node not in answer.unavoidable]
        if more:
            yield f"All of these also run through {_some(lineage, answer, more)}."
    for word, extreme in (("Shortest", answer.shortest), ("Longest", answer.longest), ("Heaviest", answer.heaviest)):
        if extreme:
            yield from _extreme(lineage, answer, word, extreme)
    yield (
        f"{len(answer.implied):,} of the {counted(len(answer.arcs), 'citation')} are implied by longer chains; "
        f"{len(answer.arcs) - len(answer.implied):,} carry all the others."
    )
    yield ""
    yield "Paths through each paper:"
    yield from _papers(lineage, answer, top)
    yield ""
    yield "Paths through each citation (~ marks one that a longer chain implies):"
    yield from _citations(lineage, answer, top)


def _unavoidable(lineage: Lineage, answer: Flow) -> str:
    if answer.unavoidable:
        return f"No path avoids {some_of(lineage, answer.unavoidable)}."
    return "Every paper between the two can be avoided."


def _extreme(lineage: Lineage, answer: Flow, word: str, extreme: TiedPaths) -> Iterator[str]:
    ties = "" if extreme.path_count == 1 else f", {large(extreme.path_count)} that tie; the first of them"
    weight = f", {large(extreme.weight)} paths summed over its citations" if extreme.weight is not None else ""
    names = " → ".join(node_name(lineage, answer.acyclic, node) for node in extreme.examples[0])
    yield f"{word} ({counted(extreme.hops, 'hop')}{weight}{ties}): {names}"


def _papers(lineage: Lineage, answer: Flow, top: int) -> Iterator[str]:
    between = [node for node in answer.through if node not in (answer.start, answer.end)]
    ranked = sorted(between, key=lambda node: -answer.through[node])
    columns = [node_columns(lineage, answer.acyclic, node) for node in ranked[:top]]
    wide = max((len(name) for _, name, _ in columns), default=0)
    counts = [large(answer.through[node]) for node in ranked[:top]]
    digits = max(map(len, counts), default=0)
    for node, (year, name, themes), count in zip(ranked, columns, counts, strict=False):
        share = answer.through[node] / answer.paths
        yield f"  {count:>{digits}}  {share:>4.0%}  {year:<4}  {name:<{wide}}  {themes}".rstrip()
    if not ranked:
        yield "  none: the citation is direct"
    if len(ranked) > top:
        yield f"  ... and {len(ranked) - top:,} more; --top shows more of them."


def _citations(lineage: Lineage, answer: Flow, top: int) -> Iterator[str]:
    ranked = sorted(answer.arcs, key=lambda arc: -answer.arcs[arc])
    counts = [large(answer.arcs[arc]) for arc in ranked[:top]]
    digits = max(map(len, counts), default=0)
    for arc, count in zip(ranked, counts, strict=False):
        mark = "~" if arc in answer.implied else " "
        names = " → ".join(node_name(lineage, answer.acyclic, node) for node in arc)
        yield f"  {count:>{digits}} {mark} {names}: {evidence(lineage, answer.acyclic, *arc)}"
    if len(ranked) > top:
        yield f"  ... and {len(ranked) - top:,} more; --top shows more of them."


def _some(lineage: Lineage, answer: Flow, nodes: list[str]) -> str:
    return ", ".join(node_name(lineage, answer.acyclic, node) for node in nodes)


def _paths(number: int) -> str:
    return f"{large(number)} path{'' if number == 1 else 's'}"


def flow_form(lineage: Lineage, answer: Flow) -> dict[str, Any]:
    """The flow as a JSON value; a count past 2**53 is a string of its digits."""
    network = answer.acyclic
    return {
        "from": paper_form(lineage, answer.start),
        "to": paper_form(lineage, answer.end),
        "scope": "list" if answer.list_only else "corpus",
        "total": None if answer.total is None else exact(answer.total),
        "papers": list(answer.papers),
        "unavoidable": list(answer.unavoidable),
        "cycles": acyclic_form(network),
        "paths": exact(answer.paths),
        "paths_log10": log10(answer.paths),
        "through": {node: exact(paths) for node, paths in answer.through.items()},
        "arcs": [
            arc_form(lineage, network, *arc) | {"paths": exact(paths), "implied": arc in answer.implied}
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
        "weight": None if extreme.weight is None else exact(extreme.weight),
        "papers": list(extreme.papers),
        "examples": [list(path) for path in extreme.examples],
    }
