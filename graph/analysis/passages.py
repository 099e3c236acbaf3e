"""Passages of full texts that speak of something, as a service quotes them: data, whatever they say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..model.identifiers import Identifier
from ..model.lineage import Lineage
from ..model.service_records import Passage
from ..utils.text import normalised_title


@dataclass(frozen=True, slots=True)
class Passages:
    """Passages of some papers that speak of something, in the order of the service.

    `asked_of` are the papers that it was asked about, by their keys, `not_known` those that it does not know,
    `unreadable` counts passages that could not be read, and `asked` is the day of the answer.
    """

    about: str
    asked_of: tuple[str, ...]
    passages: tuple[Passage, ...]
    not_known: tuple[str, ...] = ()
    unreadable: int = 0
    asked: str = ""


def paper_of(lineage: Lineage, passage: Passage, among: Sequence[str]) -> str | None:
    """The paper of the corpus that a passage is of: by the service's number, else by the title of one of `among`."""
    if passage.corpus_id is not None and passage.corpus_id.isascii() and passage.corpus_id.isdecimal():
        keys = lineage.corpus.identified(Identifier("corpusid", str(int(passage.corpus_id))))
        if len(keys) == 1:
            return keys[0]
    title = normalised_title(passage.title or "")
    same = [key for key in among if title and normalised_title(lineage.paper(key).title or "") == title]
    return same[0] if len(same) == 1 else None
