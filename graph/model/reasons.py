"""Why one paper cites another: a reading of the citing paper by a person, in words of that person's own.

A reason explains a citation and never makes one: who asserts the citation is said by its sources. A citation without a
reason is one that nobody has read for, which says nothing about its purpose.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from ..utils.text import clipped

READING = "reading"
"""The name of the source of every reason, beside those that assert citations."""
Intent = Literal["background", "methodology", "result"]
INTENTS: tuple[str, ...] = get_args(Intent)
"""For what a paper can be cited, in Semantic Scholar's words."""
CONFIDENCES = ("read", "partial")
"""How a reason is known: from the passages in the citing paper's text, or from a part of the text or notes on it."""

MOST_WORDS = 25
MOST_CONTRIBUTION_WORDS = 20
MOST_LETTERS = 300
"""Of a reason, a contribution, and the name of the text that was read."""
MOST_SECTION_LETTERS = 120
MOST_SECTIONS = 40

_MARKUP = re.compile(r"<\s*[A-Za-z/!?]|\]\(|`|\*\*|\$\$|\\[A-Za-z]")
_JOINERS = "\u200c\u200d"  # which belong to words of some scripts, and to emoji


@dataclass(frozen=True, slots=True)
class Reason:
    """What a citing paper takes from the cited one, says of it, or does with it.

    >>> from graph import load
    >>> reason = load().reason("brown2020", "ouyang2022")
    >>> reason.intents, reason.confidence
    (('methodology', 'result', 'background'), 'read')
    """

    citing: str
    cited: str
    """The keys of the two papers."""
    uses: str
    """The reason, in at most 25 words of the reader's own."""
    text_read: str
    """Which text of the citing paper was read, and how much of it."""
    confidence: str
    """"read": the passages were seen in the citing paper's text; "partial": in a part of it, or in notes on it that
    quote them."""
    intents: tuple[str, ...] = ()
    """For what the paper is cited, of `INTENTS`; empty when that is not known."""
    sections: tuple[str, ...] = ()
    """The sections that cite it, as far as they were seen; empty when none is known."""


Reasons = Mapping[tuple[str, str], Reason]
"""Reasons by the arc that they explain, cited -> citing."""


def faults_of_reason(reason: Reason) -> Iterator[str]:
    """What is wrong with a reason by itself, whatever the corpus; nothing when it can be shown.

    >>> list(faults_of_reason(Reason("b", "a", " ", "arXiv:1810.04805v2", "read", ("method",))))
    ['uses is empty', "intent 'method' is not one of background, methodology, result"]
    """
    yield from faults_of_text("uses", reason.uses, words=MOST_WORDS)
    yield from faults_of_text("text_read", reason.text_read)
    if reason.confidence not in CONFIDENCES:
        yield f"confidence {_quoted(reason.confidence)} is not one of {', '.join(CONFIDENCES)}"
    for intent in reason.intents:
        if intent not in INTENTS:
            yield f"intent {_quoted(intent)} is not one of {', '.join(INTENTS)}"
    if len(set(reason.intents)) < len(reason.intents):
        yield "an intent is named twice"
    if len(reason.sections) > MOST_SECTIONS:
        yield f"{len(reason.sections):,} sections; there must be at most {MOST_SECTIONS}"
    for section in reason.sections[:MOST_SECTIONS]:
        yield from faults_of_text("a section", section, letters=MOST_SECTION_LETTERS)


def faults_of_text(name: str, text: str, *, words: int | None = None, letters: int = MOST_LETTERS) -> Iterator[str]:
    r"""What keeps a text from being shown on one line: no words, too many, markup, or characters that are not seen.

    >>> list(faults_of_text("uses", "Adds <b>dropout</b>\u202e"))
    ['uses has markup: <b', 'uses has a character that is not seen: U+202E']
    """
    if not text.strip():
        yield f"{name} is empty"
    if words is not None and len(text.split()) > words:
        yield f"{name} has {len(text.split()):,} words; it must have at most {words}"
    if len(text) > letters:
        yield f"{name} has {len(text):,} letters; it must have at most {letters}"
    if markup := _MARKUP.search(text):
        yield f"{name} has markup: {markup.group()}"
    elif _has_references(text):
        yield f"{name} has markup: an HTML character reference"
    unseen = None if text.isprintable() else next((each for each in text if _is_unseen(each)), None)
    if unseen is not None:
        yield f"{name} has a character that is not seen: U+{ord(unseen):04X}"


def _has_references(text: str) -> bool:
    if "&" not in text:
        return False
    from html import unescape  # few texts need it

    return unescape(text) != text


def _is_unseen(character: str) -> bool:
    """Whether it is a control, a mark of direction, a line end, or nothing at all."""
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"} and character not in _JOINERS


def _quoted(text: str) -> str:
    return repr(clipped(text, 40))
