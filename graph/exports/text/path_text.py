"""Answers about paths as plain text, with nothing that a terminal would obey."""

from __future__ import annotations

from collections.abc import Iterator

from ...analysis.ancestry import Relatives
from ...analysis.no_path import NoPath
from ...analysis.path_options import PathOptions
from ...analysis.paths import Path, PathAnswer
from ...model.lineage import BRIDGE, Lineage
from ...utils.text import clipped, for_terminal
from .wording import SHOWN, asserted, counted, name_of, some_of, themes_of, year_of


def path_text(lineage: Lineage, answer: PathAnswer) -> str:
    """The answer to a path query, one line a hop."""
    start, end = name_of(lineage, answer.start), name_of(lineage, answer.end)
    if not answer.found:
        return "\n".join(_no_path(lineage, answer, start, end)) + "\n"
    direct = "a direct citation" if lineage.graph.has_edge(answer.start, answer.end) else "no direct citation"
    many = "more paths than can be counted" if answer.total is None else counted(answer.total, "path")
    within = answer.total_in_list
    if answer.options.list_only:
        many += " within the list"
    elif within is not None:
        passed = (*answer.options.waypoints, *answer.options.via)
        otherwise = "" if all(lineage.graph.nodes[key]["numbers"] for key in passed) else "otherwise "
        many += f", {within or 'none'} of them {otherwise}within the list"
    lines = [
        f"{start} → {end}: {direct}; {many}{_conditions(lineage, answer.options)}.",
        "Arrows run from the cited paper to the one that cites it; ~ marks a theme that is inferred.",
    ]
    for number, path in enumerate(answer.paths, start=1):
        lines += ["", *_one_path(lineage, path, number, answer.options)]
    if answer.total is None or answer.total > len(answer.paths):
        rest = "more" if answer.total is None else f"{answer.total - len(answer.paths):,} more"
        lines += ["", f"... and {rest}{_ORDER[_order(answer.options)]}; --top shows more of them."]
    return "\n".join(lines) + "\n"


_ORDER = {
    "shortest": ", no shorter than the last",
    "strongest": ", no stronger than the last",
    "main": ", on fewer paths or none that run forward in time",
    "diverse": "",
    "longest": ", no longer than the last",
}


def _order(options: PathOptions) -> str:
    return "longest" if options.longest else options.rank


def _conditions(lineage: Lineage, options: PathOptions) -> str:
    """The conditions that the count keeps to, in words."""
    first, last = options.years
    span = f"between {first or '...'} and {last or '...'}" if options.years != (None, None) else ""
    span = f"in {first}" if first is not None and first == last else span
    parts = [
        *(f"via {name_of(lineage, key)}" for key in (*options.waypoints, *options.via)),
        *(f"without {name_of(lineage, key)}" for key in options.avoid),
        f"through {options.theme}" if options.theme else "",
        span,
        f"of at most {counted(options.max_hops, 'hop')}" if options.max_hops else "",
    ]
    return for_terminal("".join(f", {part}" for part in parts if part))


def _one_path(lineage: Lineage, path: Path, number: int, options: PathOptions) -> Iterator[str]:
    between = [bool(lineage.graph.nodes[key]["numbers"]) for key in path.keys[1:-1]]
    notes = [counted(len(path.hops), "hop")]
    if between:
        notes.append("within the list" if all(between) else "through papers outside the list")
    if options.rank == "strongest":
        notes.append(f"strength {path.strength:.3f}")
    names = [name_of(lineage, key) for key in path.keys]
    yield f"{number}. {' → '.join(names)}   ({', '.join(notes)})"
    themes = [themes_of(lineage, key) for key in path.keys]
    wide, broad = max(map(len, names)), max(map(len, themes))
    for position, key in enumerate(path.keys):
        row = f"   {year_of(lineage, key)}  {names[position]:<{wide}}  {themes[position]:<{broad}}"
        if position:
            hop = path.hops[position - 1]
            odd = "  (cites a later paper)" if hop.backwards else ""
            row += f"  cites {names[position - 1]}: {asserted(lineage, hop.citation)}{odd}"
        yield row.rstrip()


def _no_path(lineage: Lineage, answer: PathAnswer, start: str, end: str) -> Iterator[str]:
    found = answer.no_path
    if answer.start == answer.end or found is None:
        yield f"{start} → {end}: one and the same paper."
        return
    where = " within the list" if answer.options.list_only else ""
    yield f"{start} → {end}: no path in this corpus{where}{_conditions(lineage, answer.options)}."
    if answer.options.list_only:
        yield "Without --list-only, papers outside the list may lie on the way."
    if found.reverse:
        yield f"The other direction exists: {end} → {start}, {counted(found.reverse, 'path')}."
    elif found.reverse is None:
        yield f"The other direction exists: {end} → {start}."
    else:
        yield f"Nor is there one in the other direction, {end} → {start}."
    if found.ancestors:
        yield f"Nearest common ancestors, from which both descend: {some_of(lineage, found.ancestors)}."
    if found.descendants:
        yield f"Nearest common descendants, which build on both: {some_of(lineage, found.descendants)}."
    if found.undirected and not found.reverse:
        chain = " - ".join(name_of(lineage, key) for key in found.undirected)
        yield f"The shortest chain of citations whichever way they point, which is no lineage: {chain}."
    yield from _hidden(lineage, found, end)


def _hidden(lineage: Lineage, found: NoPath, end: str) -> Iterator[str]:
    if not found.hidden_by:
        yield "Every paper that could lie on the way has fully known references."
        return
    known = [key for key in found.hidden_by if lineage.paper(key).date]
    yield (
        f"That proves little: the references of {counted(len(found.hidden_by), 'paper')} before {end} "
        f"are not fully known, and any of them could hide a path" + ("," if known else ".")
    )
    if known:
        yield (
            "among them "
            + ", ".join(f"{name_of(lineage, key)} ({year_of(lineage, key)})" for key in known[:SHOWN])
            + "."
        )


def trail_text(lineage: Lineage, answer: PathAnswer) -> str:
    """The first path of an answer as a reading trail: what to read in which order, and why."""
    if not answer.found:
        return path_text(lineage, answer)
    path = answer.paths[0]
    lines = [f"Reading trail, {counted(len(path.keys), 'paper')}:"]
    for position, key in enumerate(path.keys):
        paper = lineage.paper(key)
        title = for_terminal(clipped(paper.title or paper.untitled, 100))
        here = themes_of(lineage, key) or "no theme known"
        lines += ["", f"{position + 1}. {name_of(lineage, key)} ({paper.date or 'n.d.'}), {here}"]
        if title != name_of(lineage, key):
            lines.append(f"   {title}")
        if paper.url:
            lines.append(f"   {paper.url}")
        if position:
            hop = path.hops[position - 1]
            lines.append(f"   It cites {name_of(lineage, hop.cited)}: {asserted(lineage, hop.citation)}.")
            before = themes_of(lineage, hop.cited) or "no theme known"
            if before != here:
                lines.append(f"   The theme changes: {before} to {here}.")
            if hop.backwards:
                lines.append("   The cited paper is dated later: the citation is from a later version.")
            sentences = [text for a in hop.citation.assertions for text in a.contexts]
            lines += [f"   It says: {for_terminal(clipped(text, 400))}" for text in sentences]
            if not sentences:
                lines.append("   How it says so is not in this corpus: it holds no citing sentence here.")
    return "\n".join(lines) + "\n"


def kinship_text(lineage: Lineage, found: Relatives) -> str:
    """The ancestors or descendants of a paper, generation by generation."""
    name = name_of(lineage, found.key)
    side, kin = (f"* → {name}", "ancestor") if found.kind == "ancestry" else (f"{name} → *", "descendant")
    lines = [f"{side}: {counted(found.total, kin)}; hops are those of the shortest path."]
    for hops, generation in enumerate(found.generations, start=1):
        roles = lineage.graph.nodes
        named = [key for key in generation if roles[key]["numbers"] or roles[key]["role"] == BRIDGE]
        lines += ["", f"{counted(hops, 'hop')}: {counted(len(generation), 'paper')}"]
        for key in named:
            numbers = "".join(f" [{number}]" for number in roles[key]["numbers"])
            lines.append(
                f"   {year_of(lineage, key)}  {name_of(lineage, key)}{numbers}  {themes_of(lineage, key)}".rstrip()
            )
        if len(generation) > len(named):
            lines.append(f"   and {len(generation) - len(named):,} that are neither of the list nor bridges")
    return "\n".join(lines) + "\n"
