"""What to read between two papers, as text and as a JSON value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...analysis.acyclic_network import Acyclic
from ...analysis.reading_order import NoReadingOrder, ReadingOrder, ReadingStep
from ...model.lineage import Lineage
from ...utils.text import clipped
from ..wording import counted, lines_text, name_of, some_of, themes_of
from .acyclic_text import arc_evidence, changes_lines
from .reason_text import contribution_lines, short_reason


def reading_text(lineage: Lineage, found: ReadingOrder) -> str:
    """What to read between two papers, in which order, and why."""
    start, end = found.steps[0].key, found.steps[-1].key
    ends = f"{name_of(lineage, start)} → {name_of(lineage, end)}"
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
    for number, step in enumerate(found.steps, start=1):
        lines += ["", *_step_lines(lineage, step, number, found.network, inner=step.key not in (start, end))]
    return lines_text(lines)


def no_reading_text(lineage: Lineage, found: NoReadingOrder) -> str:
    """There is no order to read in without a path."""
    ends = f"{name_of(lineage, found.start)} → {name_of(lineage, found.end)}"
    if found.start == found.end:
        return f"{ends}: one and the same paper.\n"
    return f"{ends}: no path leads there, so there is no reading order.\n"


def _step_lines(lineage: Lineage, step: ReadingStep, number: int, network: Acyclic, *, inner: bool) -> Iterator[str]:
    paper = lineage.paper(step.key)
    name = name_of(lineage, step.key)
    yield f"{number}. {name} ({paper.date or 'n.d.'}), {themes_of(lineage, step.key) or 'no theme known'}"
    title = clipped(paper.title or paper.untitled, 100)
    if title != name:
        yield f"   {title}"
    if paper.url:
        yield f"   {paper.url}"
    yield from (f"   {line}" for line in contribution_lines(paper))
    if inner:
        new = f"{step.new_paths:,} of them pass none of the papers chosen before it"
        yield f"   On {step.paths:,} of these paths; {new}."
    for key in step.builds_on:
        yield f"   It cites {name_of(lineage, key)}: {arc_evidence(lineage, network, key, step.key)}."
        reason = short_reason(lineage, key, step.key)
        if reason:
            yield f"     why: {reason}"


def reading_form(_: Lineage, found: ReadingOrder) -> dict[str, Any]:
    """The same as JSON values."""
    return {
        "stops": [
            {"key": step.key, "ways": step.paths, "gained": step.new_paths, "builds_on": list(step.builds_on)}
            for step in found.steps
        ],
        "total": found.total,
        "covered": found.covered,
        "known": list(found.known),
        "known_paths": found.known_paths,
        "dropped": [[each.cited, each.citing] for each in found.network.dropped],
    }


def no_reading_form(_: Lineage, __: NoReadingOrder) -> dict[str, Any]:
    """The same as JSON values: `stops` is empty."""
    return {"stops": [], "total": 0, "covered": 0}
