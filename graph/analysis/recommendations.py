"""Papers that a service suggests, beside what the corpus knows of them. A suggestion is no citation and makes none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ..model.identifiers import Identifier
from ..model.lineage import Lineage


@dataclass(frozen=True, slots=True)
class DescribedPaper:
    """A paper as a service describes it; what it does not say is None or empty.

    Attributes
    ----------
    title : str or None
    authors : tuple of str
    year : int or None
    venue : str or None
    identifiers : tuple of Identifier
    citation_count : int or None
        How many papers cite it, as the service counts.
    key : str or None
        The paper of the corpus that it is; None when it is not there.
    """

    title: str | None = None
    authors: tuple[str, ...] = ()
    year: int | None = None
    venue: str | None = None
    identifiers: tuple[Identifier, ...] = ()
    citation_count: int | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Recommendations:
    """What a service suggests to read, in its order.

    Attributes
    ----------
    liked, disliked : tuple of str
        Keys of the papers that suggestions were to be like, and unlike.
    papers : tuple of DescribedPaper
        Without those of the reading list.
    listed : tuple of str
        Suggested papers that the list has already.
    not_known : tuple of str
        Keys of papers that the service does not know, or that have no identifier to ask by.
    unreadable : int
        How many suggestions could not be read.
    asked : str
        The day of the answer.
    """

    liked: tuple[str, ...]
    disliked: tuple[str, ...]
    papers: tuple[DescribedPaper, ...]
    listed: tuple[str, ...] = ()
    not_known: tuple[str, ...] = ()
    unreadable: int = 0
    asked: str = ""


def in_corpus(lineage: Lineage, paper: DescribedPaper) -> DescribedPaper:
    """The paper with its key, if one of its identifiers names a paper of the corpus: that of the first that does.

    >>> from graph import load
    >>> in_corpus(load(), DescribedPaper(identifiers=(Identifier("arxiv", "1810.04805"),))).key
    'devlin2018'
    """
    keys = (key for identifier in paper.identifiers for key in lineage.corpus.identified(identifier))
    return replace(paper, key=next(keys, None))


def split_listed(lineage: Lineage, papers: Iterable[DescribedPaper]) -> tuple[list[DescribedPaper], list[str]]:
    """Papers that the reading list does not have, with their keys, and the keys of those that it has; each once."""
    found = [in_corpus(lineage, each) for each in dict.fromkeys(papers)]
    new = [each for each in found if each.key is None or each.key not in lineage.entries]
    return new, list(dict.fromkeys(each.key for each in found if each.key is not None and each.key in lineage.entries))
