"""Why a source does not assert a citation, as far as its coverage says: never more than is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from ..model.corpus import Corpus, Coverage, Direction, Kind, Paper, Source, State

Why = Literal[
    "published_elsewhere",
    "not_fetched",
    "failed",
    "elided",
    "not_deposited",
    "nothing_listed",
    "no_identifier",
    "after_print",
    "after_observation",
    "capped",
    "not_matched",
    "partial",
    "not_comparable",
    "uncounted",
    "unidentified",
    "other_version",
    "absent",
]

WORDS: Mapping[Why, str] = {
    "published_elsewhere": "the citing paper has no DOI by which it could be known there: it was published elsewhere",
    "not_fetched": "it was not asked",
    "failed": "it was asked, and gave no usable answer",
    "elided": "the publisher withholds the list",
    "not_deposited": "the publisher deposited no references",
    "nothing_listed": "it lists nothing, which does not mean that there is nothing",
    "no_identifier": "the cited paper has no DOI and no PubMed id, by which alone it matches",
    "after_print": "the cited paper is dated after the citing one: a later version may cite it",
    "after_observation": "the cited paper is dated after the day on which it was asked",
    "capped": "it stops at a limit",
    "not_matched": "it lists only what it could match to a record of its own",
    "partial": "its list is not complete",
    "not_comparable": "it would not name the cited paper in a form that is recognised",
    "uncounted": "it does not say how many entries it has: one that is not identified may be it",
    "unidentified": "some of its entries are not identified, or name a paper twice: it may be one of them",
    "other_version": "its complete list does not name it; the paper has several versions, whose lists may differ",
    "absent": "its complete list does not name it",
}
"""Each reason in words that go on after the name of a source."""

_NO_LIST: Mapping[State, Why] = {"not_fetched": "not_fetched", "failed": "failed", "elided": "elided"}
_BY_MATCHING: tuple[Kind, ...] = ("openalex", "opencitations")
"""The kinds of sources that list only cited works which they matched by an identifier."""
_BY_DOI: tuple[Kind, ...] = ("crossref", *_BY_MATCHING)
_OWN_SCHEMES: Mapping[Kind, str] = {"semantic_scholar": "s2", "openalex": "openalex", "opencitations": "omid"}
_ARXIV_DOI = "10.48550/"
"""DataCite registers these DOIs: Crossref never knows them, OpenAlex and OpenCitations mostly do not."""


@dataclass(frozen=True, slots=True)
class Silence:
    """That a source which was asked, or could have been, does not assert a citation, and why."""

    source: str
    """Its id."""
    direction: Direction
    """Which of its lists does not have it: the references of the citing paper, or the citations of the cited one."""
    state: State
    """How much of that list is known."""
    rows: int | None
    """How many entries it has; None when the source does not say."""
    why: Why
    """One of the reasons of `WORDS`, which has each in words."""


def why_silent(
    corpus: Corpus, source: Source, row: Coverage | None, citing: str, cited: str, *, unidentified: int | None = 0
) -> Why:
    """Why a source does not say that a paper cites another.

    The first reason of `WORDS` that holds, from a list that nobody has to one that has everything. `row` is what the
    source knows of the references of the citing paper, or of the citations of the cited one; None where it was not
    asked. `unidentified` is how many entries of its list name no paper that the corpus knows; None where it does not
    say how many it has.
    """
    return why_no_list(corpus, source, row, citing) or why_unlisted(
        corpus, source, row, citing, cited, unidentified=unidentified
    )


def why_no_list(corpus: Corpus, source: Source, row: Coverage | None, citing: str) -> Why | None:
    """Why a source has no entry at all in a list in which a paper cites others; None where it has a list."""
    if _is_published_elsewhere(corpus.papers[citing], source, row):
        return "published_elsewhere"
    if row is None or row.state in ("not_fetched", "failed", "elided"):
        return "not_fetched" if row is None else _NO_LIST[row.state]
    if row.state == "partial" and row.rows == 0:
        return "not_deposited" if source.kind == "crossref" else "nothing_listed"
    return None


def why_unlisted(
    corpus: Corpus, source: Source, row: Coverage | None, citing: str, cited: str, *, unidentified: int | None = 0
) -> Why:
    """Why a list that a source has does not name a paper; see `why_silent`."""
    rules = _rules(corpus, source, row.state if row else "not_fetched", citing, cited, unidentified)
    return next((why for why, holds in rules if holds), "absent")


def _rules(
    corpus: Corpus, source: Source, state: State, citing: str, cited: str, unidentified: int | None
) -> Iterator[tuple[Why, bool]]:
    """Each reason with whether it holds, in their order; only the first that does is needed."""
    yield "no_identifier", source.kind in _BY_MATCHING and not could_name(corpus, source, cited)
    yield "after_print", source.kind == "printed_bibliography" and _is_later(corpus, cited, citing)
    yield "after_observation", _is_dated_after(corpus.papers[cited], source.observed)
    yield "capped", state == "capped"
    yield "not_matched", state == "partial" and source.kind in _BY_MATCHING
    yield "partial", state == "partial"
    yield "not_comparable", not could_name(corpus, source, cited)
    yield "uncounted", unidentified is None
    yield "unidentified", bool(unidentified)
    yield "other_version", has_versions(corpus.papers[citing])


def could_name(corpus: Corpus, source: Source, key: str) -> bool:
    """Whether a source would list a paper in a form that is recognised, so that its absence means something.

    A printed list is searched for titles, and that of Semantic Scholar for its own paper ids. A paper without a
    title may be one of the printed entries, and one without such an id may be one of Semantic Scholar's. OpenAlex and
    OpenCitations list what they match by a DOI or by an id of PubMed; a deposit has titles or DOIs.
    """
    paper = corpus.papers[key]
    schemes = _schemes(paper)
    if source.kind == "semantic_scholar":
        return "s2" in schemes
    if source.kind in _BY_MATCHING:
        return not schemes.isdisjoint({"doi", "pmid", "pmcid", _OWN_SCHEMES[source.kind]})
    return paper.title is not None or (source.kind == "crossref" and "doi" in schemes)


def has_versions(paper: Paper) -> bool:
    """Whether a paper is known both as a preprint of arXiv and as published elsewhere: their lists may differ."""
    schemes = _schemes(paper)
    return "arxiv" in schemes and bool(schemes & {"doi", "acl", "pmid", "pmcid"})


def _schemes(paper: Paper) -> set[str]:
    """The schemes of the identifiers of a paper, without the DOIs of arXiv."""
    return {each.scheme for each in paper.identifiers if not each.value.startswith(_ARXIV_DOI)}


def _is_published_elsewhere(citing: Paper, source: Source, row: Coverage | None) -> bool:
    """Whether a source that knows papers by DOI has no list, of a paper that has none."""
    if source.kind not in _BY_DOI or (row is not None and row.state not in ("failed", "not_fetched")):
        return False
    return _schemes(citing).isdisjoint({"doi", "pmid", "pmcid", "openalex", "omid"})


def _is_later(corpus: Corpus, cited: str, citing: str) -> bool:
    """Whether the cited paper is dated after the citing one, as far as both dates are known."""
    numbers = corpus.arrays.numbers
    return bool(corpus.arrays.backwards(numbers[cited], numbers[citing]))


def _is_dated_after(paper: Paper, day: str | None) -> bool:
    """Whether a paper became public after a day, as far as its date is known."""
    return bool(paper.date and day and paper.date > day[: len(paper.date)])
