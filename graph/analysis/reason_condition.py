"""What a person asks of the reasons of hops, and whether a hop meets it: yes, no, or nothing is known."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from ..errors import InputError
from ..model.lineage import Lineage
from ..model.reasons import INTENTS
from ..utils.arguments import check_fields
from ..utils.text import words

Verdict = bool | None
"""Whether a hop, or a path, meets a condition; None when that is not known."""


@dataclass(frozen=True, slots=True)
class ReasonCondition:
    """A condition on reasons: one of the two.

    Raises `InputError` when there is not exactly one condition, there is no such intent, or `about` has no word.
    """

    intent: str | None = None
    """For what a paper is cited: see `graph.model.reasons.INTENTS`. A path meets it when every hop does."""
    about: str | None = None
    """Words that a reason or a citing sentence has to have, one after the other; the last may go on, so that "reward
    model" finds "reward models". A path meets it when one of its hops does."""

    def __post_init__(self) -> None:
        check_fields(self)
        if (self.intent is None) == (self.about is None):
            raise InputError("a condition on reasons is an intent or a subject", remedy="give one of the two")
        if self.intent is not None and self.intent not in INTENTS:
            raise InputError(f"no intent {self.intent!r}", remedy=f"there are {', '.join(INTENTS)}")
        if self.about is not None and not words(self.about):
            raise InputError(f"{self.about!r} has no word in it", remedy="say what the reason must speak of")

    @property
    def of_every_hop(self) -> bool:
        """Whether a path meets it by all of its hops, and not by one of them."""
        return self.intent is not None

    def verdict(self, lineage: Lineage, cited: str, citing: str) -> Verdict:
        """Whether a hop meets it: by its recorded reason, and by what the sources of the citation say of it.

        None where there is no reason and no source says anything of the kind, and for an intent also where the reason
        leaves it open.
        """
        reason, citation = lineage.reason(cited, citing), lineage.citation(cited, citing)
        if self.about is not None:
            texts = [sentence for each in citation.assertions for sentence in each.contexts]
            texts += [reason.uses] if reason else []
            return any(speaks_of(text, self.about) for text in texts) if texts else None
        intents = {intent for each in citation.assertions for intent in each.intents}
        intents |= set(reason.intents if reason else ())
        return self.intent in intents if intents else None

    def of_path(self, verdicts: list[Verdict]) -> Verdict:
        """Whether a path meets it, from what holds for its hops.

        >>> ReasonCondition(intent="methodology").of_path([True, None])
        >>> ReasonCondition(about="dropout").of_path([True, None])
        True
        """
        decisive = not self.of_every_hop  # one hop that does not meet it decides, or one that does
        if decisive in verdicts:
            return decisive
        return None if None in verdicts else not decisive


def speaks_of(text: str, phrase: str) -> bool:
    """Whether a text has the words of a phrase one after the other; how they are hyphenated does not matter.

    >>> speaks_of("Pre-trains two reward models", "Reward Model"), speaks_of("pretrained", "pre-train")
    (True, True)
    >>> speaks_of("a remodelled reward", "reward model")
    False
    """
    found = words(text)
    wanted, joined = "".join(words(phrase)), "".join(found)
    return any(joined.startswith(wanted, begin) for begin in accumulate(map(len, found[:-1]), initial=0))
