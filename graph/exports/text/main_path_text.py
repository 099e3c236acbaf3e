"""The main path as text for a terminal and as a JSON value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...algorithms.main_path_search import Search
from ...analysis.main_path import LONGEST, MainPath, Robustness, Scope
from ...model.lineage import Lineage
from ...utils.text import for_terminal
from ..json_forms import paper_form
from .acyclic_text import acyclic_form, arc_form, cycles_lines, evidence, node_columns, node_name
from .large_counts import exact, large, log10
from .wording import SHOWN, counted, name_of

_MANY = 4
"""So many papers that nothing on the main path tells apart share a line."""


def main_path_text(lineage: Lineage, answer: MainPath, *, top: int = 60) -> str:
    """The main path, one line a citation, and how far other weights agree.

    `top` is how many citations are shown at the most.
    """
    return "\n".join(_lines(lineage, answer, top)) + "\n"


def _lines(lineage: Lineage, answer: MainPath, top: int) -> Iterator[str]:
    counts, found, where = answer.counts, answer.found, scope_words(lineage, answer.scope)
    yield f"Main path of {where}, {answer.weight}, {search_words(answer.by)}."
    if not found.arcs:
        yield "No citation runs between papers of it, so that there is no path."
        yield from cycles_lines(lineage, answer.acyclic)
        return
    size = f"{counted(len(found.papers), 'paper')} and {counted(len(found.arcs), 'citation')}"
    if answer.greatest is not None:
        ties = "one path" if found.path_count == 1 else f"{large(found.path_count)} paths that tie"
        yield f"{size}: {ties}, with a sum of {large(answer.greatest)}."
    else:
        yield f"{size}, which make {large(found.path_count)} path{'' if found.path_count == 1 else 's'}."
    if found.keys:
        yield f"Key routes, marked *: {_arcs(lineage, answer, found.keys)}."
    yield (
        f"It was looked for in {counted(len(counts.papers), 'paper')} and {counted(len(counts.arcs), 'citation')}, "
        f"which make {large(counts.flow)} path{'' if counts.flow == 1 else 's'}"
    )
    cite = "cites" if len(counts.sources) == 1 else "cite"
    yield (
        f"from {counted(len(counts.sources), 'paper')} that {cite} nothing among them "
        f"to {len(counts.sinks):,} that nothing among them cites."
    )
    if counts.alone:
        yield f"Left out: {counted(len(counts.alone), 'paper')} without a citation inside ({_names(lineage, answer)})."
    yield from cycles_lines(lineage, answer.acyclic)
    yield ""
    yield from _table(lineage, answer, top)
    if answer.robustness:
        yield ""
        yield from _robustness(lineage, answer, answer.robustness)


def scope_words(lineage: Lineage, scope: Scope) -> str:
    """Which papers were looked at: "the list", "the corpus, theme rlhf", "BERT → InstructGPT"."""
    words = f"the {scope.within}"
    if scope.theme:
        words += f", theme {for_terminal(scope.theme)}"
    if scope.between:
        way = " → ".join(name_of(lineage, key) for key in scope.between)
        words = way if words == "the corpus" else f"{way} within {words}"
    return words


def search_words(by: Search) -> str:
    """The search that was chosen: "global search", "key-route-local search, 5 routes"."""
    words = f"{by.name} search"
    if by.name.startswith("key-route"):
        words += f", {counted(by.routes, 'route')}"
    if by.every_end:
        words += ", from every source" if by.name == "local-forward" else ", from every sink"
    if by.tolerance:
        words += f", broadened by {float(by.tolerance):.0%}"
    return words


Twins = tuple[str, ...]


def _table(lineage: Lineage, answer: MainPath, top: int) -> Iterator[str]:
    """Paper by paper what it cites on the main path, a line a citation; papers that only tie share a line."""
    network, keys = answer.acyclic, set(answer.found.keys)
    groups = _twins(lineage, answer)
    group_of = {node: group for group in groups for node in group}
    columns = {group: _columns(lineage, answer, group) for group in groups}
    wide, broad = (max(len(row[n]) for row in columns.values()) for n in (1, 2))
    before: dict[Twins, dict[Twins, tuple[str, str]]] = {}
    for arc in answer.found.arcs:
        before.setdefault(group_of[arc[1]], {}).setdefault(group_of[arc[0]], arc)
    told = 0
    for group in groups:
        year, name, themes = columns[group]
        head = f"  {year:<4}  {name:<{wide}}  {themes:<{broad}}"
        if group not in before:
            yield head.rstrip()
        for cited, arc in before.get(group, {}).items():
            if told == top:
                yield "... and more citations; --top shows more of them."
                return
            told += 1
            weight = f"{answer.weight} {large(answer.counts.arcs[arc])}{'*' if arc in keys else ''}"
            if len(cited) * len(group) > 1:
                said = f"each weighs {weight}"
                yield f"{head}  cites {_called(lineage, answer, cited)}: {said}"
            else:
                said = evidence(lineage, network, *arc)
                yield f"{head}  cites {_called(lineage, answer, cited)} ({weight}): {said}"
            head = " " * len(head)


def _twins(lineage: Lineage, answer: MainPath) -> list[Twins]:
    """The papers of the main path, those together that have the same arcs of the same weights."""
    weights, arcs = answer.counts.arcs, answer.found.arcs
    kin: dict[str, list[tuple[bool, str, int, bool]]] = {node: [] for node in answer.found.papers}
    keys = set(answer.found.keys)
    for arc in arcs:
        kin[arc[0]].append((True, arc[1], weights[arc], arc in keys))
        kin[arc[1]].append((False, arc[0], weights[arc], arc in keys))
    groups: dict[Any, list[str]] = {}
    for node, its in kin.items():
        groups.setdefault(frozenset(its), []).append(node)
    return [twins for group in groups.values() for twins in _one_or_many(lineage, answer, group)]


def _one_or_many(lineage: Lineage, answer: MainPath, group: list[str]) -> list[Twins]:
    if len(group) < _MANY:
        return [(node,) for node in group]
    return [tuple(sorted(group, key=lambda node: lineage.paper(answer.acyclic.papers(node)[0]).title is None))]


def _columns(lineage: Lineage, answer: MainPath, group: Twins) -> tuple[str, str, str]:
    if len(group) == 1:
        return node_columns(lineage, answer.acyclic, group[0])
    return "", _called(lineage, answer, group), ""


def _called(lineage: Lineage, answer: MainPath, group: Twins) -> str:
    if len(group) == 1:
        return node_name(lineage, answer.acyclic, group[0])
    return f"{len(group):,} papers that tie, {node_name(lineage, answer.acyclic, group[0])} among them"


def _robustness(lineage: Lineage, answer: MainPath, other: Robustness) -> Iterator[str]:
    shared = [node for node in answer.acyclic.graph if node in other.shared_papers]
    named = ": " + _some(lineage, answer, shared) if shared else ""
    yield (
        f"All four weights share {counted(len(shared), 'paper')} "
        f"and {counted(len(other.shared_arcs), 'citation')}{named}."
    )
    longest = [node for node in answer.acyclic.graph if node in other.papers[LONGEST]]
    yield f"The longest paths have {counted(other.longest_hops, 'hop')} and these papers (zero criticality):"
    yield f"  {_some(lineage, answer, longest)}."
    both = sum(node in other.papers[LONGEST] for node in answer.found.papers)
    yield f"{both} of the {counted(len(answer.found.papers), 'paper')} of the main path are among them."
    yield "Papers that two answers share, of all that either has:"
    names = list(other.papers)
    yield "  " + " " * 7 + "".join(f"  {name:>7}" for name in names)
    for one in names:
        yield f"  {one:<7}" + "".join(f"  {other.overlap(one, each):>7.0%}" for each in names)


def _arcs(lineage: Lineage, answer: MainPath, arcs: tuple[tuple[str, str], ...]) -> str:
    named = [" → ".join(node_name(lineage, answer.acyclic, node) for node in arc) for arc in arcs[:SHOWN]]
    return "; ".join(named) + (f"; and {len(arcs) - SHOWN} more" if len(arcs) > SHOWN else "")


def _some(lineage: Lineage, answer: MainPath, nodes: list[str]) -> str:
    def telling(node: str) -> tuple[bool, bool]:
        """Papers of the list before others, and those without a title last."""
        first = answer.acyclic.papers(node)[0]
        return not lineage.graph.nodes[first]["numbers"], lineage.paper(first).title is None

    named = ", ".join(node_name(lineage, answer.acyclic, node) for node in sorted(nodes, key=telling)[:SHOWN])
    return named + (f" and {len(nodes) - SHOWN} more" if len(nodes) > SHOWN else "")


def _names(lineage: Lineage, answer: MainPath) -> str:
    return _some(lineage, answer, list(answer.counts.alone))


def main_path_form(lineage: Lineage, answer: MainPath) -> dict[str, Any]:
    """The main path as a JSON value; a count past 2**53 is a string of its digits."""
    counts, found, network = answer.counts, answer.found, answer.acyclic
    keys = set(found.keys)
    return {
        "scope": {
            "within": answer.scope.within,
            "theme": answer.scope.theme,
            "between": list(answer.scope.between) if answer.scope.between else None,
        },
        "weight": answer.weight,
        "search": {
            "name": answer.by.name,
            "routes": answer.by.routes,
            "tolerance": float(answer.by.tolerance),
            "every_end": answer.by.every_end,
        },
        "cycles": acyclic_form(network),
        "network": {
            "papers": len(counts.papers),
            "citations": len(counts.arcs),
            "sources": len(counts.sources),
            "sinks": len(counts.sinks),
            "paths": exact(counts.flow),
            "paths_log10": log10(counts.flow),
            "left_out": list(counts.alone),
        },
        "papers": [
            {"node": node, "papers": [paper_form(lineage, key) for key in network.papers(node)]}
            for node in found.papers
        ],
        "arcs": [
            arc_form(lineage, network, *arc) | {"weight": exact(counts.arcs[arc]), "key_route": arc in keys}
            for arc in found.arcs
        ],
        "paths": exact(found.path_count),
        "sum": None if answer.greatest is None else exact(answer.greatest),
        "robustness": _robustness_form(answer, answer.robustness) if answer.robustness else None,
    }


def _robustness_form(answer: MainPath, other: Robustness) -> dict[str, Any]:
    order = {node: n for n, node in enumerate(answer.acyclic.graph)}
    return {
        "papers": {name: sorted(papers, key=order.__getitem__) for name, papers in other.papers.items()},
        "shared_papers": sorted(other.shared_papers, key=order.__getitem__),
        "shared_arcs": [list(arc) for arc in sorted(other.shared_arcs, key=lambda a: (order[a[0]], order[a[1]]))],
        "longest_hops": other.longest_hops,
        "overlap": {one: {each: round(other.overlap(one, each), 4) for each in other.papers} for one in other.papers},
    }
