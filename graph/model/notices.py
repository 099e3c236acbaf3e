"""Notices about papers: retractions, expressions of concern, corrections, reinstatements, as sources state them.

A notice is what its source says on a day, never this program's judgement. Where there is none, nobody has reported one;
of a paper that could not be looked for nothing is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from .entities import Paper, Source, partial_date

Nature = Literal["retraction", "expression_of_concern", "correction", "reinstatement", "notice"]
NATURES: tuple[str, ...] = get_args(Nature)
Standing = Literal["retracted", "concern", "corrected", "reinstated", "noticed"]
SEARCHED = ("doi", "pmid")
"""The schemes by which notices name papers."""
SOME_PAPERS = "rw-some:"
"""How the id of a table begins that was searched for some papers of the corpus: the others came later."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice about a paper, as one source states it."""

    paper: str
    """The key of the paper."""
    source: str
    """The id of the source."""
    nature: Nature
    """One of `NATURES`; "notice" is one of another kind, which `stated` names."""
    about: str
    """The identifier by which the notice names the paper: "doi:10.5555/x", "pmid:37476288"."""
    date: str | None = None
    """When the notice was published: "YYYY", "YYYY-MM" or "YYYY-MM-DD"."""
    record: str | None = None
    """The number of the record at Retraction Watch."""
    notice: str | None = None
    """The DOI of the notice."""
    asserter: str | None = None
    """Who told the source, where that is somebody else: "retraction-watch", "publisher"."""
    stated: str | None = None
    """The source's word for the nature, where it is another."""

    def __post_init__(self) -> None:
        if self.date is not None:
            partial_date(self.date)


def notice_order(notice: Notice) -> tuple[str, ...]:
    """The order of notices in a corpus: by paper, and of a paper the oldest first."""
    return (notice.paper, notice.date or "9999", notice.nature, notice.source, notice.record or "", notice.notice or "")


def standing(notices: Iterable[Notice]) -> Standing | None:
    """What the notices about a paper come to: the last by date decides between a retraction and a reinstatement.

    A correction or a concern does not lift a retraction. An undated retraction stands, for nobody knows that it was
    lifted later. None where there is no notice.

    >>> def on(date, nature): return Notice("a", "s", nature, "doi:10.5555/a", date)
    >>> standing([on("2019-01-15", "retraction"), on("2019-06-30", "reinstatement")])
    'reinstated'
    >>> standing([on("2023", "retraction"), on("2021", "expression_of_concern"), on("2024", "correction")])
    'retracted'
    """
    every = sorted(notices, key=lambda each: (each.date or "9999", each.nature == "reinstatement" and bool(each.date)))
    natures = [each.nature for each in every]
    last = next((nature for nature in reversed(natures) if nature in ("retraction", "reinstatement")), None)
    if last == "retraction":
        return "retracted"
    if "expression_of_concern" in natures and last is None:
        return "concern"
    if last == "reinstatement":
        return "reinstated"
    return "corrected" if "correction" in natures else "noticed" if natures else None


def can_be_searched(paper: Paper) -> bool:
    """Whether a notice could name the paper: only one with a DOI or a PubMed id can be looked for."""
    return any(each.scheme in SEARCHED for each in paper.identifiers)


def is_searched_for_all(source: Source) -> bool:
    """Whether a source is a table of all retractions in which every paper of the corpus was looked for."""
    return source.kind == "retraction_watch" and not source.id.startswith(SOME_PAPERS)


def by_paper(notices: Sequence[Notice]) -> dict[str, tuple[Notice, ...]]:
    """The notices about each paper."""
    found: dict[str, list[Notice]] = {}
    for each in notices:
        found.setdefault(each.paper, []).append(each)
    return {key: tuple(several) for key, several in found.items()}
