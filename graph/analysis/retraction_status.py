"""What is known of a paper's retraction: retracted, corrected, none reported, or unknown, which are four things."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ..model.corpus import Corpus, Notice, Paper
from ..model.lineage import Lineage
from ..model.notices import Standing, can_be_searched, is_searched_for_all, standing

State = Standing | Literal["none_reported", "unknown"]
MARKS: dict[str, str] = {"retracted": "retracted", "concern": "expression of concern"}
"""What stands behind the name of a paper, wherever it is named."""


@dataclass(frozen=True, slots=True)
class RetractionStatus:
    """What the sources of a corpus say of one paper."""

    state: State
    """What its notices come to; "none_reported" where it was looked for and there is none, and "unknown" where it could
    not be looked for."""
    notices: tuple[Notice, ...] = ()
    """The oldest first."""
    asked: tuple[str, ...] = ()
    """The labels of the sources that were looked through as a whole."""


@dataclass(frozen=True, slots=True)
class RetractionCounts:
    """The papers of a corpus by what is known of their retraction."""

    noticed: tuple[tuple[str, RetractionStatus], ...]
    """Papers with a notice, by key."""
    none_reported: int
    unknown: int
    """How many papers have none, and of how many nothing is known."""
    listed_unknown: tuple[str, ...]
    """Those of the reading list of which nothing is known."""
    asked: tuple[str, ...]
    """The labels of the sources."""


def has_retraction_data(corpus: Corpus) -> bool:
    """Whether anybody has looked for notices about the papers of a corpus."""
    return bool(corpus.notices) or bool(corpus.retraction_tables)


def retraction_status(corpus: Corpus, paper: Paper) -> RetractionStatus | None:
    """What is known of one paper; None where nobody has looked for notices at all."""
    if not has_retraction_data(corpus):
        return None
    asked = tuple(source.label for source in corpus.retraction_tables if is_searched_for_all(source))
    notices = tuple(corpus.notices_by_paper.get(paper.key, ()))
    state: State | None = standing(notices)
    if state is None:
        state = "none_reported" if asked and can_be_searched(paper) else "unknown"
    return RetractionStatus(state, notices, asked)


def mark_of(corpus: Corpus, key: str) -> str:
    """What stands behind the name of a paper: " (retracted)", or nothing."""
    notices = corpus.notices_by_paper.get(key, ()) if corpus.notices else ()
    mark = MARKS.get(standing(notices) or "")
    return f" ({mark})" if mark else ""


def retraction_counts(lineage: Lineage) -> RetractionCounts | None:
    """The papers of a lineage by what is known of them; None where nobody has looked. Linear in the papers."""
    corpus = lineage.corpus
    if not has_retraction_data(corpus):
        return None
    noticed, none_reported, unknown = [], 0, 0
    listed = set(lineage.list_keys)
    listed_unknown = []
    asked: tuple[str, ...] = ()
    for key, paper in corpus.papers.items():
        status = retraction_status(corpus, paper)
        assert status is not None
        asked = status.asked
        if status.notices:
            noticed.append((key, status))
        elif status.state == "none_reported":
            none_reported += 1
        else:
            unknown += 1
            if key in listed:
                listed_unknown.append(key)
    return RetractionCounts(tuple(noticed), none_reported, unknown, tuple(listed_unknown), asked)
