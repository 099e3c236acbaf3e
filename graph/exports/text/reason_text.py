"""Reasons of citations in words, for every text in which a hop is shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...model.corpus import Paper
from ...model.lineage import Lineage
from ...model.reasons import MOST_LETTERS, Reason
from ...utils.text import clipped, for_terminal
from ..wording import counted, name_of, some_of

if TYPE_CHECKING:
    from ...analysis.reason_counts import ReasonCounts

NO_REASON = "no reason recorded"
CONFIDENCE = {"read": "read", "partial": "read in part"}
"""How a reason is known, in words."""


def short_reason(lineage: Lineage, cited: str, citing: str) -> str:
    """Why one paper cites another, on one line: "Takes PPO from it. [methodology]"; "" where no citation has a reason.

    A reason that is known from a part of the text says so.

    >>> from graph import load
    >>> short_reason(load(), "openai2023gpt4", "openai2023gpt4")
    'no reason recorded'
    """
    if not lineage.reasons:
        return ""
    reason = lineage.reason(cited, citing)
    return NO_REASON if reason is None else reason_in_words(reason)


def reason_in_words(reason: Reason) -> str:
    """A reason on one line, with its intents, and that only a part was read where that is so."""
    part = (CONFIDENCE["partial"],) if reason.confidence == "partial" else ()
    notes = "; ".join((*filter(None, [clipped(", ".join(reason.intents), MOST_LETTERS)]), *part))
    return for_terminal(clipped(reason.uses, MOST_LETTERS) + (f" [{notes}]" if notes else ""))


def reason_lines(lineage: Lineage, cited: str, citing: str) -> Iterator[str]:
    """A reason with where it was seen, or that none is recorded; nothing where no citation has a reason."""
    if not lineage.reasons:
        return
    yield f"What it takes from {name_of(lineage, cited)}: {short_reason(lineage, cited, citing)}"
    reason = lineage.reason(cited, citing)
    if reason and reason.sections:
        yield for_terminal(f"Cited in: {clipped('; '.join(reason.sections), MOST_LETTERS)}")
    if reason:
        yield for_terminal(f"Text read: {clipped(reason.text_read, MOST_LETTERS)}")


def contribution_lines(paper: Paper) -> Iterator[str]:
    """What a paper brought, where somebody has said so."""
    if paper.contribution:
        yield for_terminal(f"What it brought: {clipped(paper.contribution, MOST_LETTERS)}")


def reason_counts_text(lineage: Lineage, found: ReasonCounts) -> str:
    """How many citations have a reason, and which of the list have none."""
    lines = [reason_counts_sentence(found), *(missing_lines(lineage, found) if found.total else ())]
    return "\n".join(lines) + "\n"


def reason_counts_sentence(found: ReasonCounts) -> str:
    """How many citations have a reason, by confidence, and how many of those within the list."""
    if not found.total:
        return "No citation of this corpus has a reason; 'lineage reasons --template A B' writes rows to fill in."
    parts = ", ".join(f"{number:,} {CONFIDENCE[each]}" for each, number in found.by_confidence.items())
    of_all = f"{found.total:,} of {counted(found.citations, 'citation')} ({parts})"
    within = f"{found.in_list - len(found.missing_in_list):,} of the {found.in_list:,} within the list"
    return f"A reason is recorded for {of_all}, and for {within}."


def missing_lines(lineage: Lineage, found: ReasonCounts) -> list[str]:
    """The citations within the list that have no reason, a line for each citing paper."""
    cited_by: dict[str, list[str]] = {}
    for cited, citing in found.missing_in_list:
        cited_by.setdefault(citing, []).append(cited)
    return [f"{name_of(lineage, citing)} cites {some_of(lineage, cited)}" for citing, cited in cited_by.items()]
