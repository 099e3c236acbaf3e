"""Passages of full texts, as text and as a JSON value: quoted, with their place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...analysis.passages import Passages
from ...model.lineage import Lineage
from ...model.service_records import Passage
from ...utils.text import clipped
from ..wording import counted, lines_text, name_of, some_of, year_of
from .recommendations_text import SERVICE

_WIDTH = 600
"""How much of a passage is shown; JSON has all of it."""


def passages_text(lineage: Lineage, found: Passages) -> str:
    """The passages in the order of the service."""
    of = f"{counted(len(found.asked_of), 'paper')}, as of {found.asked or 'an unknown day'}"
    lines = [f"Passages that speak of {found.about!r}, as {SERVICE} quotes them from full texts of {of}:"]
    for each in found.passages:
        lines += ["", *_passage_lines(lineage, each)]
    if not found.passages:
        lines += ["", "none; it has the full text of some papers alone"]
    if found.not_known:
        lines += ["", f"{SERVICE} could not be asked about {some_of(lineage, found.not_known)}."]
    if found.unreadable:
        lines += ["", f"{counted(found.unreadable, 'passage')} could not be read."]
    return lines_text(lines)


def _passage_lines(lineage: Lineage, passage: Passage) -> Iterator[str]:
    known = passage.key is not None
    paper = f"{year_of(lineage, passage.key)}  {name_of(lineage, passage.key)}" if passage.key is not None else ""
    place = [passage.kind or "", f"section {clipped(passage.section, 80)!r}" if passage.section else ""]
    place += [f"characters {passage.span[0]:,} to {passage.span[1]:,}"] if passage.span else []
    place += [] if passage.says_it else ["without these very words"]
    head = paper if known else clipped(passage.title or "[untitled]", 80)
    yield f"  {head}  ({', '.join(filter(None, place)) or 'place unknown'})"
    yield f"     > {clipped(passage.text, _WIDTH)}"


def passages_form(_: Lineage, found: Passages) -> dict[str, Any]:
    """The same as JSON values; null is unknown."""
    return {
        "source": SERVICE,
        "asked": found.asked or None,
        "about": found.about,
        "asked_of": list(found.asked_of),
        "passages": [
            {
                "key": each.key,
                "title": each.title,
                "text": each.text,
                "kind": each.kind,
                "section": each.section,
                "start": each.span[0] if each.span else None,
                "end": each.span[1] if each.span else None,
                "says_it": each.says_it,
            }
            for each in found.passages
        ],
        "not_known": list(found.not_known),
        "unreadable": found.unreadable,
    }
