"""The main path, as text and as a JSON value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ...algorithms.main_path_search import Search
from ...algorithms.traversal_weights import WEIGHTS
from ...analysis.main_path import MainPath, Scope
from ...analysis.weight_comparison import LONGEST, Robustness
from ...model.lineage import Lineage
from ...utils.text import for_terminal
from ..json_forms import paper_form
from ..wording import (
    SHOWN,
    WITHOUT_SELF_CITATIONS,
    as_sentence,
    counted,
    exact,
    large,
    large_counted,
    log10,
    name_of,
)
from .acyclic_text import acyclic_form, arc_evidence, arc_form, changes_lines, node_columns, node_name

Arc = tuple[str, str]

_TIES_IN_ONE_LINE = 4
"""From so many papers on, those that the main path does not distinguish share a line."""


def main_path_text(lineage: Lineage, answer: MainPath, *, top: int = 60) -> str:
    """The main path, one line for each citation, and how far other weights agree.

    At most `top` citations are shown.
    """
    return "\n".join(_lines(lineage, answer, top)) + "\n"


def _lines(lineage: Lineage, answer: MainPath, top: int) -> Iterator[str]:
    searched = scope_words(lineage, answer.scope)
    left_out = f", {WITHOUT_SELF_CITATIONS}" if answer.without_self_citations else ""
    yield f"Main path of {searched}{left_out}, {answer.weight}, {search_words(answer.by)}."
    if not answer.found.arcs:
        yield f"No citation runs between its papers{left_out}, so there is no path."
        yield from changes_lines(lineage, answer.acyclic)
        return
    yield _size(answer)
    if answer.found.keys:
        yield as_sentence(f"Key routes, marked *: {_arcs(lineage, answer, answer.found.keys)}")
    yield from _searched(lineage, answer)
    yield from changes_lines(lineage, answer.acyclic)
    yield ""
    yield from _table(lineage, answer, top)
    if answer.robustness:
        yield ""
        yield from _robustness(lineage, answer, answer.robustness)


def _size(answer: MainPath) -> str:
    found = answer.found
    size = f"{counted(len(found.papers), 'paper')} and {counted(len(found.arcs), 'citation')}"
    if found.path_count is None:
        return f"{size}, with a sum of {large(answer.greatest or 0)}; paths that tie with it are not listed."
    if answer.greatest is None:
        return f"{size}, which make {large_counted(found.path_count, 'path')}."
    paths = "one path" if found.path_count == 1 else f"{large(found.path_count)} paths that tie"
    return f"{size}: {paths}, with a sum of {large(answer.greatest)}."


def _searched(lineage: Lineage, answer: MainPath) -> Iterator[str]:
    """The network in which the main path was searched for."""
    counts, size = answer.counts, answer.size
    papers, citations = counted(size.papers, "paper"), counted(size.citations, "citation")
    yield f"The search covered {papers} and {citations}, which make {large_counted(counts.flow, 'path')}"
    cite = "cites" if size.sources == 1 else "cite"
    yield (
        f"from {counted(size.sources, 'paper')} that {cite} none of the others "
        f"to {size.sinks:,} that none of the others cites."
    )
    if counts.alone:
        alone = counted(len(counts.alone), "paper")
        yield f"Left out: {alone} without a citation to or from the others ({_some(lineage, answer, counts.alone)})."


def scope_words(lineage: Lineage, scope: Scope) -> str:
    """Which papers were searched: "the list", "the corpus, theme rlhf", "BERT → InstructGPT"."""
    words = f"the {scope.within}"
    if scope.theme:
        words += f", theme {for_terminal(scope.theme)}"
    if scope.between:
        ends = " → ".join(name_of(lineage, key) for key in scope.between)
        words = ends if words == "the corpus" else f"{ends} within {words}"
    return words


def search_words(by: Search) -> str:
    """How it was searched: "global search", "key-route-local search, 5 routes"."""
    words = f"{by.name} search"
    if by.name.startswith("key-route"):
        words += f", {counted(by.routes, 'route')}"
    if by.every_end:
        words += ", from every source" if by.name == "local-forward" else ", from every sink"
    if by.tolerance:
        words += f", broadened by {float(by.tolerance):.0%}"
    return words


Ties = tuple[str, ...]
"""One node, or several that have the same arcs of the same weights."""


def _table(lineage: Lineage, answer: MainPath, top: int) -> Iterator[str]:
    """What each paper cites on the main path, one line for each citation."""
    keys = set(answer.found.keys)
    groups = _groups(lineage, answer)
    group_of = {node: group for group in groups for node in group}
    lineage.infer_together(answer.acyclic.papers(group[0])[0] for group in groups if len(group) == 1)
    columns = {group: _columns(lineage, answer, group) for group in groups}
    name_width, theme_width = (max(len(row[n]) for row in columns.values()) for n in (1, 2))
    cited_by: dict[Ties, dict[Ties, Arc]] = {}
    for arc in answer.found.arcs:
        cited_by.setdefault(group_of[arc[1]], {}).setdefault(group_of[arc[0]], arc)
    shown = 0
    for group in groups:
        year, name, themes = columns[group]
        head = f"  {year:<4}  {name:<{name_width}}  {themes:<{theme_width}}"
        if group not in cited_by:
            yield head.rstrip()
        for cited, arc in cited_by.get(group, {}).items():
            if shown == top:
                yield "... and more citations; --top shows more of them."
                return
            shown += 1
            weight = f"{answer.weight} {large(answer.counts.arcs[arc])}{'*' if arc in keys else ''}"
            if len(cited) * len(group) > 1:
                yield f"{head}  cites {_group_name(lineage, answer, cited)}: each weighs {weight}"
            else:
                evidence = arc_evidence(lineage, answer.acyclic, *arc)
                yield f"{head}  cites {_group_name(lineage, answer, cited)} ({weight}): {evidence}"
            head = " " * len(head)


def _groups(lineage: Lineage, answer: MainPath) -> list[Ties]:
    """The papers of the main path; many that have the same arcs of the same weights are one group."""
    weights, keys = answer.counts.arcs, set(answer.found.keys)
    arcs_of: dict[str, list[tuple[bool, str, int, bool]]] = {node: [] for node in answer.found.papers}
    for arc in answer.found.arcs:
        cited, citing = arc
        arcs_of[cited].append((True, citing, weights[arc], arc in keys))
        arcs_of[citing].append((False, cited, weights[arc], arc in keys))
    groups: dict[Any, list[str]] = {}
    for node, arcs in arcs_of.items():
        groups.setdefault(frozenset(arcs), []).append(node)
    return [ties for group in groups.values() for ties in _in_lines(lineage, answer, group)]


def _in_lines(lineage: Lineage, answer: MainPath, group: list[str]) -> list[Ties]:
    """Each paper on a line of its own while they are few, else all on one line, the first one with a title."""
    if len(group) < _TIES_IN_ONE_LINE:
        return [(node,) for node in group]
    return [tuple(sorted(group, key=lambda node: lineage.paper(answer.acyclic.papers(node)[0]).title is None))]


def _columns(lineage: Lineage, answer: MainPath, group: Ties) -> tuple[str, str, str]:
    if len(group) == 1:
        return node_columns(lineage, answer.acyclic, group[0])
    return "", _group_name(lineage, answer, group), ""


def _group_name(lineage: Lineage, answer: MainPath, group: Ties) -> str:
    first = node_name(lineage, answer.acyclic, group[0])
    return first if len(group) == 1 else f"{len(group):,} papers that tie, {first} among them"


def _robustness(lineage: Lineage, answer: MainPath, other: Robustness) -> Iterator[str]:
    place = answer.acyclic.dag.place
    shared = sorted(other.shared_papers, key=place.__getitem__)
    names = ": " + _some(lineage, answer, shared) if shared else ""
    weights = "all four weights"
    if len(other.weights) < len(WEIGHTS):
        weights = f"{', '.join(other.weights)} (others take too long for so many papers)"
    yield (
        f"The main paths by {weights} share {counted(len(shared), 'paper')} "
        f"and {counted(len(other.shared_arcs), 'citation')}{names}."
    )
    longest = sorted(other.papers[LONGEST], key=place.__getitem__)
    yield f"The longest paths have {counted(other.longest_hops, 'hop')} and these papers (zero criticality):"
    yield as_sentence(f"  {_some(lineage, answer, longest)}")
    both = sum(node in other.papers[LONGEST] for node in answer.found.papers)
    yield f"{both} of the {counted(len(answer.found.papers), 'paper')} of the main path are among them."
    yield "Papers that two answers share, as a part of the papers that either has:"
    answers = list(other.papers)
    yield "  " + " " * 7 + "".join(f"  {name:>7}" for name in answers)
    for one in answers:
        yield f"  {one:<7}" + "".join(f"  {other.overlap(one, each):>7.0%}" for each in answers)


def _arcs(lineage: Lineage, answer: MainPath, arcs: Sequence[Arc]) -> str:
    names = [" → ".join(node_name(lineage, answer.acyclic, node) for node in arc) for arc in arcs[:SHOWN]]
    return "; ".join(names) + (f"; and {len(arcs) - SHOWN} more" if len(arcs) > SHOWN else "")


def _some(lineage: Lineage, answer: MainPath, nodes: Iterable[str]) -> str:
    """The names of some nodes: first papers of the list, last papers without a title."""

    def order(node: str) -> tuple[bool, bool]:
        first = answer.acyclic.papers(node)[0]
        return not lineage.entry_numbers(first), lineage.paper(first).title is None

    ordered = sorted(nodes, key=order)
    names = ", ".join(node_name(lineage, answer.acyclic, node) for node in ordered[:SHOWN])
    return names + (f" and {len(ordered) - SHOWN} more" if len(ordered) > SHOWN else "")


def main_path_form(lineage: Lineage, answer: MainPath) -> dict[str, Any]:
    """The main path as a JSON value; a count past 2**53 is a string of its digits."""
    counts, found, network, size = answer.counts, answer.found, answer.acyclic, answer.size
    keys = set(found.keys)
    return {
        "scope": {
            "within": answer.scope.within,
            "theme": answer.scope.theme,
            "between": list(answer.scope.between) if answer.scope.between else None,
        },
        "without_self_citations": answer.without_self_citations,
        "weight": answer.weight,
        "search": {
            "name": answer.by.name,
            "routes": answer.by.routes,
            "tolerance": float(answer.by.tolerance),
            "every_end": answer.by.every_end,
        },
        "cycles": acyclic_form(network),
        "network": {
            "papers": size.papers,
            "citations": size.citations,
            "sources": size.sources,
            "sinks": size.sinks,
            "paths": exact(counts.flow),
            "paths_log10": log10(counts.flow),
            "left_out": list(counts.alone) if answer.counted is None else None,
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
        "sum": exact(answer.greatest),
        "robustness": _robustness_form(answer, answer.robustness) if answer.robustness else None,
    }


def _robustness_form(answer: MainPath, other: Robustness) -> dict[str, Any]:
    order = answer.acyclic.dag.place
    return {
        "papers": {name: sorted(papers, key=order.__getitem__) for name, papers in other.papers.items()},
        "shared_papers": sorted(other.shared_papers, key=order.__getitem__),
        "shared_arcs": [list(arc) for arc in sorted(other.shared_arcs, key=lambda a: (order[a[0]], order[a[1]]))],
        "longest_hops": other.longest_hops,
        "overlap": {one: {each: round(other.overlap(one, each), 4) for each in other.papers} for one in other.papers},
    }
