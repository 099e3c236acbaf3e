"""Passages of full texts that speak of something, as a service quotes them: data, whatever they say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..model.identifiers import Identifier
from ..model.lineage import Lineage
from ..utils.text import normalised_title


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of a paper.

    Attributes
    ----------
    text : str
        As the service quotes it.
    title : str or None
        Of the paper, as the service has it.
    corpus_id : str or None
        The service's own number of the paper.
    kind : str or None
        "title", "abstract" or "body".
    section : str or None
        The heading above it, in a body.
    span : (int, int) or None
        Where it begins and ends, in characters of the service's text of the paper.
    says_it : bool
        Whether the words that were asked for stand in it, one after the other; the service also finds what means the
        same.
    key : str or None
        The paper of the corpus; None when it is not there.
    """

    text: str
    title: str | None = None
    corpus_id: str | None = None
    kind: str | None = None
    section: str | None = None
    span: tuple[int, int] | None = None
    says_it: bool = False
    key: str | None = None


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
