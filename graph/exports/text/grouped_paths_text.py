"""Paths in three groups by a condition on reasons, as text and as a JSON value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from ...analysis.grouped_paths import GroupedPaths, PathGroup
from ...analysis.path_answer import Hop, Path
from ...analysis.reason_condition import ReasonCondition, Verdict, speaks_of
from ...model.lineage import Lineage
from ...model.serialize import to_row
from ...utils.text import clipped, for_terminal
from ..json_forms import one_path_form, paper_form
from ..wording import as_sentence, counted, name_of
from .path_report import PathDescription, conditions, description, within_the_list
from .path_text import path_lines

NAMES: Mapping[Verdict, str] = {True: "yes", None: "unknown", False: "no"}
"""The names of the three groups."""


def grouped_paths_text(lineage: Lineage, found: GroupedPaths) -> str:
    """The three groups, the paths that meet the condition first; each hop says whether it does."""
    start, end = name_of(lineage, found.start), name_of(lineage, found.end)
    many = "more paths than can be counted" if found.total is None else counted(found.total, "path")
    yes, unknown, no = found.hops_by_verdict()
    within = f" {within_the_list(lineage, found.options)}" if found.options.list_only else ""
    between = f"Of the {counted(len(found.hops), 'citation')} between the two"
    verdicts = f"{yes:,} {_does(found.condition, yes)}, {no:,} {_does_not(found.condition, no)}"
    lines = [
        as_sentence(f"{start} → {end}: {many}{within}{conditions(lineage, found.options)}"),
        f"{between} {verdicts}, and of {unknown:,} nothing is known.",
    ]
    for group in found.groups:
        lines += ["", _heading(found.condition, group)]
        for number, path in enumerate(group.paths, start=1):
            lines += ["", *path_lines(_described(lineage, path, found), number)]
        if group.paths and (group.total is None or group.total > len(group.paths)):
            rest = "more" if group.total is None else f"{group.total - len(group.paths):,} more"
            lines += ["", f"... and {rest}; --top shows more of them."]
        elif group.total and not group.paths:
            lines += ["", "None of them is among the first in this order; other options may show them."]
    return "\n".join(lines) + "\n"


def _does(condition: ReasonCondition, number: int) -> str:
    """What so many citations do that meet the condition."""
    if condition.intent:
        return f"{'is' if number == 1 else 'are'} for {_of(condition)}"
    return f"{'speaks' if number == 1 else 'speak'} of “{_of(condition)}”"


def _does_not(condition: ReasonCondition, number: int) -> str:
    """What so many citations do that do not."""
    if condition.intent:
        return f"{'is' if number == 1 else 'are'} for something else"
    return "does not" if number == 1 else "do not"


def _of(condition: ReasonCondition) -> str:
    return for_terminal(clipped(condition.intent or condition.about or "", 100))


def _heading(condition: ReasonCondition, group: PathGroup) -> str:
    many = "uncounted" if group.total is None else f"{group.total:,}"
    if condition.intent:
        said = {
            True: f"Paths whose every hop is for {_of(condition)}",
            None: "Paths of which that is not known: nothing is known of a hop, and no hop is for something else",
            False: "Paths with a hop that is for something else",
        }
    else:
        said = {
            True: f"Paths with a hop that speaks of “{_of(condition)}”",
            None: "Paths of which that is not known: nothing is known of a hop, and no hop speaks of it",
            False: "Paths whose every hop speaks of something else",
        }
    return f"{said[group.verdict]}: {many}"


def _described(lineage: Lineage, path: Path, found: GroupedPaths) -> PathDescription:
    """The path in words; before each reason stands whether the hop meets the condition."""
    described = description(lineage, path, found.options)
    first, *others = described.steps
    marked = [
        replace(step, reason=_reason(step.reason, hop, found)) for step, hop in zip(others, path.hops, strict=True)
    ]
    return replace(described, steps=(first, *marked))


def _reason(reason: str, hop: Hop, found: GroupedPaths) -> str:
    mark = NAMES[found.hops[hop.cited, hop.citing]]
    said = [*([reason] if reason else []), *_sentence(hop, found.condition)]
    return f"({mark}) {' '.join(said)}".rstrip()


def _sentence(hop: Hop, condition: ReasonCondition) -> Iterator[str]:
    """The first citing sentence that speaks of the subject."""
    if condition.about is None:
        return
    sentences = (sentence for each in hop.citation.assertions for sentence in each.contexts)
    for sentence in sentences:
        if speaks_of(sentence, condition.about):
            yield f"It says: {for_terminal(clipped(sentence, 400))}"
            return


def grouped_paths_form(lineage: Lineage, found: GroupedPaths) -> dict[str, Any]:
    """The same as a JSON value: `meets` is "yes", "unknown" or "no"."""
    yes, unknown, no = found.hops_by_verdict()
    return {
        "from": paper_form(lineage, found.start),
        "to": paper_form(lineage, found.end),
        "wish": to_row(found.options),
        "condition": to_row(found.condition),
        "total": found.total,
        "citations": {"yes": yes, "unknown": unknown, "no": no},
        "groups": [
            {
                "meets": NAMES[group.verdict],
                "total": group.total,
                "paths": [_marked(lineage, path, found) for path in group.paths],
            }
            for group in found.groups
        ],
    }


def _marked(lineage: Lineage, path: Path, found: GroupedPaths) -> dict[str, Any]:
    form = one_path_form(lineage, path, weighed=found.options.by_main_path)
    marks = [{"meets": NAMES[found.hops[hop.cited, hop.citing]]} for hop in path.hops]
    return form | {"hops": [hop | mark for hop, mark in zip(form["hops"], marks, strict=True)]}
