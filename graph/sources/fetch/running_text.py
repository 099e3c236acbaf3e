"""Running text that is given as a list of papers, such as a mail or the README of a program."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...errors import InputError
from ...model.identifiers import identifiers_in
from ..printed_lists.pasted_references import reference_in

_SENTENCE_ENDS = re.compile(r"[^\W\d_]{2}\)?(?:[.!](?:\s|$)|\?\s)")
_OF_SENTENCES = re.compile(
    r"\b(?:is|are|was|were|has|have|had|can|will|would|must|it|this|these|there|they|you|your|we|I|please"
    r"|ist|sind|wird|werden|wir|sich|est|sont|nous|vous|cette|son|est\u00e1|pueden)\b"
)
"""Words that most sentences have and few titles."""
_PART_OF_TEXT = re.compile(
    r"[^\W\d_A-Z\u0386-\u03ab\u0410-\u042f]|.*[,:;]$|```|\||\$ |!\[|<!--|[^`]*`[^`]+`", re.DOTALL
)
"""A line in the middle of a sentence, of a program or of a table, or one that speaks of a command."""
_FEW = 2


def refuse_running_text(lines: Sequence[str], where: str) -> None:
    """Raise `InputError` where most lines are parts of sentences, so that nobody is asked for them as for titles.

    >>> refuse_running_text(["Attention is all you need.", "attention in seas"], "mine.txt")
    >>> refuse_running_text(["We read it.", "It was long.", "You can read it.", "so far,"], "mail.txt")
    Traceback (most recent call last):
    graph.errors.InputError: mail.txt: this is running text: of its 4 lines 0 may name a paper; copy the titles or \
identifiers into a text file, one a line
    """
    written = [line for each in lines if any(map(str.isalnum, line := each.strip())) and not line.startswith("#")]
    sentences = [line for line in written if _is_sentence(line)]
    if not sentences:  # titles may begin with a small letter, where all do
        return
    parts = [line for line in written if _is_sentence(line) or _PART_OF_TEXT.match(line)]
    if len(parts) * 2 > len(written):
        parts = [line for line in parts if not (identifiers_in(line) or reference_in(line))]
    if len(parts) > max(_FEW, len(written) / 2):
        others = len(written) - len(parts)
        what = f"this is running text: of its {len(written)} lines {others} may name a paper"
        raise InputError(what, where=where, remedy="copy the titles or identifiers into a text file, one a line")


def _is_sentence(line: str) -> bool:
    return bool(_SENTENCE_ENDS.search(line) and _OF_SENTENCES.search(line))
