"""Answers about paths as plain text, with nothing that a terminal would obey."""

from __future__ import annotations

from collections.abc import Iterator

from ...analysis.ancestry import Relatives
from ...analysis.paths import PathAnswer
from ...model.lineage import BRIDGE, Lineage
from ...utils.text import clipped, for_terminal
from .path_report import PathDescription, path_report
from .wording import asserted, counted, name_of, themes_of, year_of


def path_text(lineage: Lineage, answer: PathAnswer) -> str:
    """The answer to a question about paths, one line for each paper of a path."""
    report = path_report(lineage, answer)
    lines = [report.heading, *(part for sentence in report.sentences for part in sentence)]
    for number, path in enumerate(report.paths, start=1):
        lines += ["", *_path_lines(path, number)]
    if report.remaining:
        lines += ["", f"{report.remaining}; --top shows more of them."]
    return "\n".join(lines) + "\n"


def _path_lines(path: PathDescription, number: int) -> Iterator[str]:
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
