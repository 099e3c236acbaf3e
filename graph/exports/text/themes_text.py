"""Themes, suggestions and reading orders, as text and as JSON values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...analysis.acyclic_network import Acyclic
from ...analysis.reading_order import NoReadingOrder, ReadingOrder, ReadingStep
from ...analysis.suggestions import Suggestions
from ...analysis.theme_flow import ThemeReport, theme_of_group
from ...model.lineage import Lineage
from ...utils.text import clipped
from ..wording import counted, lines_text, name_of, some_of, themes_of, year_of
from .acyclic_text import arc_evidence, changes_lines
from .reason_text import contribution_lines, short_reason


def themes_text(lineage: Lineage, report: ThemeReport, *, top: int = 10) -> str:
    """Which themes cite which, when, and over which bridges; and which themes the citations alone suggest."""
    flow, groups = report.flow, report.communities
    width = max(map(len, flow.themes), default=0)
    lines = ["Citations between themes: a row's ideas reach a column's papers."]
    lines.append(" " * (width + 2) + "  ".join(f"{theme:>{max(len(theme), 6)}}" for theme in flow.themes))
    for cited in flow.themes:
        cells = [f"{flow.arcs.get((cited, citing), 0.0):>{max(len(citing), 6)}.1f}" for citing in flow.themes]
        lines.append(f"{cited:<{width}}  " + "  ".join(cells))
    if flow.unknown:
        lines.append(f"{counted(flow.unknown, 'citation')} left out: the theme of a paper is not known.")
    lines += ["", "Citations that cross themes, by the year of the citing paper:"]
    for year, (across, every) in flow.crossing.items():
        lines.append(f"  {year}  {across:6.1f} of {every:6.1f}  ({across / every:.0%})")
    lines += ["", "Bridges between the most pairs of listed papers (in parentheses: pairs without a common theme):"]
    for each in report.carriers[:top]:
        paper = f"{year_of(lineage, each.key)}  {name_of(lineage, each.key)}  {themes_of(lineage, each.key)}"
        lines.append(f"  {each.pairs:>4} {f'({each.across})':<5}  {paper}")
    agreement, modularity = (
        "unknown" if each is None else f"{each:.2f}" for each in (groups.agreement, groups.modularity)
    )
    lines += ["", f"Communities by citations alone (Louvain, seed {groups.seed}): {len(groups.groups)},"]
    lines.append(f"modularity {modularity}; agreement with the chosen themes (adjusted Rand index): {agreement}.")
    if groups.left_out:
        between = "between the fewest pairs of listed papers"
        lines.append(f"{counted(groups.left_out, 'bridge')} {between} left out, because it would take too long.")
    for group in groups.groups:
        theme = theme_of_group(lineage, group) or "no theme known"
        lines.append(f"  {len(group):>3}  mostly {theme}: {some_of(lineage, group, 12)}")
    return lines_text(lines)


def suggestions_text(lineage: Lineage, found: Suggestions) -> str:
    """Papers that the list often cites without naming them, and what would connect its isolated entries."""
    lines = ["Papers outside the list, by how many papers of the list cite them:"]
    for each in found.frequently_cited:
        cites = f"; it cites {some_of(lineage, each.cites)}" if each.cites else ""
        lines.append(f"  {len(each.cited_by):>3}  {year_of(lineage, each.key)}  {name_of(lineage, each.key)}")
        lines.append(f"            cited by {some_of(lineage, each.cited_by)}{cites}")
    lines += ["", f"Entries without a citation in the list: {len(found.connections) or 'none'}"]
    for lone in found.connections:
        chain = " - ".join(name_of(lineage, key) for key in lone.chain)
        link = (
            f"the shortest chain, whichever way citations point, is {chain}"
            if chain
            else "no citation in this corpus connects it"
        )
        lines.append(f"  {name_of(lineage, lone.key)} ({year_of(lineage, lone.key)}): {link}")
    return lines_text(lines)


def reading_text(lineage: Lineage, found: ReadingOrder) -> str:
    """What to read between two papers, in which order, and why."""
    ends = f"{name_of(lineage, found.steps[0].key)} → {name_of(lineage, found.steps[-1].key)}"
    between = counted(len(found.steps) - 2, "paper")
    lines = [f"{ends}: {between} to read between them, on {found.covered:,} of {counted(found.total, 'path')}."]
    if found.network.dropped:
        left_out = counted(len(found.network.dropped), "citation")
        later = "a later paper" if len(found.network.dropped) == 1 else "later papers"
        lines.append(f"Left out {left_out} of {later}, so that paths run forward in time.")
    if found.network.merged:
        lines += changes_lines(lineage, found.network)
    if found.known:
        known = f"{counted(len(found.known), 'paper')} between them ({some_of(lineage, found.known, 4)})"
        run = "runs" if found.known_paths == 1 else "run"
        lines.append(f"You know {known}, and {found.known_paths:,} of the paths {run} through what you know.")
    ends_of_path = (found.steps[0].key, found.steps[-1].key)
    for number, stop in enumerate(found.steps, start=1):
        lines += ["", *_stop(lineage, stop, number, found.network, inner=stop.key not in ends_of_path)]
    return lines_text(lines)


def no_reading_text(lineage: Lineage, found: NoReadingOrder) -> str:
    """There is no order to read in without a path."""
    ends = f"{name_of(lineage, found.start)} → {name_of(lineage, found.end)}"
    return f"{ends}: no path leads there, so there is no reading order.\n"


def _stop(lineage: Lineage, stop: ReadingStep, number: int, network: Acyclic, *, inner: bool) -> Iterator[str]:
    paper = lineage.paper(stop.key)
    name = name_of(lineage, stop.key)
    yield f"{number}. {name} ({paper.date or 'n.d.'}), {themes_of(lineage, stop.key) or 'no theme known'}"
    title = clipped(paper.title or paper.untitled, 100)
    if title != name:
        yield f"   {title}"
    if paper.url:
        yield f"   {paper.url}"
    yield from (f"   {line}" for line in contribution_lines(paper))
    if inner:
        new = f"{stop.new_paths:,} of them pass none of the papers chosen before it"
        yield f"   On {stop.paths:,} of these paths; {new}."
    for key in stop.builds_on:
        yield f"   It cites {name_of(lineage, key)}: {arc_evidence(lineage, network, key, stop.key)}."
        reason = short_reason(lineage, key, stop.key)
        if reason:
            yield f"     why: {reason}"


def themes_form(lineage: Lineage, report: ThemeReport) -> dict[str, Any]:
    """The same as JSON values."""
    flow, groups = report.flow, report.communities
    return {
        "themes": list(flow.themes),
        "flow": [{"cited": a, "citing": b, "citations": round(n, 6)} for (a, b), n in flow.arcs.items()],
        "crossing": [{"year": y, "across": round(a, 6), "all": round(e, 6)} for y, (a, e) in flow.crossing.items()],
        "unknown": flow.unknown,
        "bridges": [{"key": c.key, "pairs": c.pairs, "across": c.across} for c in report.carriers],
        "communities": [{"mostly": theme_of_group(lineage, group), "papers": list(group)} for group in groups.groups],
        "agreement": groups.agreement,
        "modularity": groups.modularity,
        "seed": groups.seed,
    } | ({"bridges_left_out": groups.left_out} if groups.left_out else {})


def suggestions_form(_: Lineage, found: Suggestions) -> dict[str, Any]:
    """The same as JSON values."""
    return {
        "leaned_on": [
            {"key": e.key, "cited_by": list(e.cited_by), "cites": list(e.cites)} for e in found.frequently_cited
        ],
        "joining": [{"key": e.key, "chain": list(e.chain)} for e in found.connections],
    }


def no_reading_form(_: Lineage, __: NoReadingOrder) -> dict[str, Any]:
    """The same as JSON values: `stops` is empty."""
    return {"stops": [], "total": 0, "covered": 0}


def reading_form(_: Lineage, found: ReadingOrder) -> dict[str, Any]:
    """The same as JSON values."""
    return {
        "stops": [
            {"key": s.key, "ways": s.paths, "gained": s.new_paths, "builds_on": list(s.builds_on)} for s in found.steps
        ],
        "total": found.total,
        "covered": found.covered,
        "known": list(found.known),
        "known_paths": found.known_paths,
        "dropped": [[each.cited, each.citing] for each in found.network.dropped],
    }
