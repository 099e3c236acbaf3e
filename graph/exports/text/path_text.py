"""Answers about paths as text, with nothing that a terminal would obey."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...analysis.path_answer import Hop, PathAnswer
from ...model.lineage import BRIDGE, LIST, Lineage
from ...utils.text import clipped, for_terminal
from ..wording import asserted, counted, name_of, themes_of, year_of
from .path_report import PathDescription, may_have_relatives, path_report
from .reason_text import contribution_lines, reason_lines

if TYPE_CHECKING:
    from ...analysis.ancestry import Relatives


def path_text(lineage: Lineage, answer: PathAnswer) -> str:
    """The answer to a question about paths, one line for each paper of a path."""
    report = path_report(lineage, answer)
    lines = [report.heading, *(part for sentence in report.sentences for part in sentence)]
    for number, path in enumerate(report.paths, start=1):
        lines += ["", *path_lines(path, number)]
    if report.stopped:
        lines += ["", *([f"{report.remaining}."] if report.remaining else []), f"{report.stopped}."]
    elif report.remaining:
        lines += ["", f"{report.remaining}; --top shows more of them."]
    return "\n".join(lines) + "\n"


def path_lines(path: PathDescription, number: int) -> Iterator[str]:
    """A path, a line for each of its papers, and one for each reason."""
    names = " → ".join(step.name for step in path.steps)
    yield f"{number}. {names}   ({', '.join((path.length, *path.notes))})"
    name_width = max(len(step.name) for step in path.steps)
    theme_width = max(len(step.themes) for step in path.steps)
    for step in path.steps:
        row = f"   {step.year}  {step.name:<{name_width}}  {step.themes:<{theme_width}}"
        if step.cites is not None:
            later = "  (cites a later paper)" if step.backwards else ""
            row += f"  cites {step.cites}: {step.evidence}{later}"
        yield row.rstrip()
        if step.reason:
            yield f"         why: {step.reason}"


def trail_text(lineage: Lineage, answer: PathAnswer) -> str:
    """The first path of an answer as a reading trail: what to read in which order, and why."""
    if not answer.found:
        return path_text(lineage, answer)
    path = answer.paths[0]
    lines = [f"Reading trail, {counted(len(path.keys), 'paper')}:"]
    for number, (key, hop) in enumerate(zip(path.keys, (None, *path.hops), strict=True), start=1):
        paper = lineage.paper(key)
        lines += ["", f"{number}. {name_of(lineage, key)} ({paper.date or 'n.d.'}), {_themes(lineage, key)}"]
        title = for_terminal(clipped(paper.title or paper.untitled, 100))
        if title != name_of(lineage, key):
            lines.append(f"   {title}")
        if paper.url:
            lines.append(f"   {paper.url}")
        lines += (f"   {line}" for line in contribution_lines(paper))
        if hop is not None:
            lines += (f"   {line}" for line in _hop_lines(lineage, hop))
    return "\n".join(lines) + "\n"


def _hop_lines(lineage: Lineage, hop: Hop) -> Iterator[str]:
    yield f"It cites {name_of(lineage, hop.cited)}: {asserted(lineage, hop.citation)}."
    yield from reason_lines(lineage, hop.cited, hop.citing)
    before, after = _themes(lineage, hop.cited), _themes(lineage, hop.citing)
    if before != after:
        yield f"The theme changes: {before} to {after}."
    if hop.backwards:
        yield "The cited paper is dated later, so a later version of this paper must cite it."
    sentences = [sentence for each in hop.citation.assertions for sentence in each.contexts]
    yield from (f"It says: {for_terminal(clipped(sentence, 400))}" for sentence in sentences)
    if not sentences and lineage.reason(hop.cited, hop.citing) is None:
        yield "This corpus holds no citing sentence for it."


def _themes(lineage: Lineage, key: str) -> str:
    return themes_of(lineage, key) or lineage.grouping.words.none


def relatives_text(lineage: Lineage, found: Relatives) -> str:
    """The ancestors or descendants of a paper, generation by generation."""
    name = name_of(lineage, found.key)
    side, noun = (f"* → {name}", "ancestor") if found.kind == "ancestry" else (f"{name} → *", "descendant")
    lines = [
        f"{side}: {counted(found.total, noun)}; hops are those of the shortest path.",
        *may_have_relatives(lineage, found),
    ]
    for hops, generation in enumerate(found.generations, start=1):
        lines += ["", f"{counted(hops, 'hop')}: {counted(len(generation), 'paper')}"]
        named = [key for key in generation if lineage.role(key) in (LIST, BRIDGE)]
        for key in named:
            numbers = "".join(f" [{number}]" for number in lineage.entry_numbers(key))
            row = f"   {year_of(lineage, key)}  {name_of(lineage, key)}{numbers}  {themes_of(lineage, key)}"
            lines.append(row.rstrip())
        others = len(generation) - len(named)
        if others:
            lines.append(f"   and {others:,} that are neither on the list nor bridges")
    return "\n".join(lines) + "\n"
