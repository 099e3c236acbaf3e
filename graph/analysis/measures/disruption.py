"""Disruption: whether the papers that cite a paper also cite what it built on."""

from __future__ import annotations

from collections.abc import Mapping

from ...model.corpus import Corpus
from ...model.lineage import Lineage
from .counts import UNKNOWN_REFERENCES
from .values import Detail, Number, Result, incomplete, oldest_first, refusals, require, unreferenced

_AMONG = ("corpus", "all")


def disruption(lineage: Lineage, *, least: int = 5, among: str = "corpus") -> Result:
    """CD index: whether later papers cite a paper in place of its references, or along with them.

    Of the papers that come after a paper and cite it or its references, F cite only the paper, B
    cite both, and R cite only its references::

        CD = (F - B) / (F + B + R)

    1 means that no paper that builds on it cites its references, and -1 that all of them do.

    Parameters
    ----------
    lineage : Lineage
        Arcs cited -> citing: references are before a paper, citing papers after it.
    least : int
        By how many papers a paper must be cited to have a value; at least 1.
    among : str
        "corpus" counts the citing papers that this corpus has. "all" gives the index as it was published: a
        paper has a value only if the corpus has all papers that cite it or its references.

    Returns
    -------
    Result
        A number in [-1, 1], or None with the reason. Details: `only_it` F, `both` B,
        `only_references` R.

    Raises
    ------
    InputError
        When a parameter is out of its range.

    Examples
    --------
    >>> from graph.analysis.measures.example import example
    >>> disruption(example(), least=1).values
    {'a': None, 'b': -0.5, 'c': None, 'd': None}

    Notes
    -----
    Linear in the citations of each paper's references. A paper has no value if its references are not completely
    known (every citing paper would seem to cite only the paper), if it has no references (the index would be 1 by
    definition, mostly through an error in the data), if too few papers cite it, or if a paper that must be counted
    has incomplete references or no date.

    A citing paper counts whatever its date is. A paper that cites only references counts unless it is
    dated before the paper. The index falls as reference lists grow longer, depends on how long
    ago the paper appeared, and says nothing about quality. In a corpus that was gathered around a
    reading list, F, B and R count papers around that list. So values can be compared within one
    corpus, and not with published ones.

    References
    ----------
    Funk & Owen-Smith (2017), doi:10.1287/mnsc.2015.2366; Wu, Wang & Evans (2019),
    doi:10.1038/s41586-019-0941-9; on papers without references Holst et al. (2024),
    doi:10.48550/arXiv.2402.14583.
    """
    require(least >= 1, "least must be at least 1", least)
    require(among in _AMONG, "among must be 'corpus' or 'all'", among)
    unknown, partly = unreferenced(lineage), incomplete(lineage)
    values: dict[str, Number | None] = {}
    details: dict[str, Mapping[str, Detail]] = {}
    reasons: dict[str, str] = {}
    for key in oldest_first(lineage):
        reason = _unmeasurable(lineage, key, unknown, partly, least, among)
        if reason is None:
            only_it, both, only_references = _followers(lineage, key)
            reason = _unknown_follower(lineage, key, only_references, partly)
        if reason is not None:
            values[key], reasons[key] = None, reason
            continue
        counts = [len(only_it), len(both), len(only_references)]
        values[key] = (counts[0] - counts[1]) / sum(counts)
        details[key] = dict(zip(("only_it", "both", "only_references"), counts, strict=True))
    local = "counts only citing papers of this corpus: compare within it, not with published values"
    notes = (local,) if among == "corpus" else ()
    return Result("disruption", values, refusals(reasons), notes, {"least": least, "among": among}, details)


def _unmeasurable(
    lineage: Lineage, key: str, unknown: set[str], partly: set[str], least: int, among: str
) -> str | None:
    """Why a paper has no index, if its own references or citations are the reason."""
    graph, corpus = lineage.citation_graph(), lineage.corpus
    must_be_complete = [key, *graph.predecessors(key)] if among == "all" else []
    checks = (
        (key in unknown, UNKNOWN_REFERENCES),
        (key in partly, "its references are known only in part"),
        (not lineage.reference_count(key), "it has no references: the index would be 1 by definition"),
        (
            any(corpus.coverage_of(each, "citations") != "complete" for each in must_be_complete),
            "not all papers that cite it or its references are known",
        ),
        (lineage.times_cited(key) < least, f"fewer than {least} papers of this corpus cite it"),
        (
            any(citing in partly for citing in graph.successors(key)),
            "a paper that cites it has incomplete references",
        ),
    )
    return next((reason for applies, reason in checks if applies), None)


def _unknown_follower(lineage: Lineage, key: str, followers: set[str], partly: set[str]) -> str | None:
    """Why a paper has no index, if papers that cite only its references are the reason."""
    if followers & partly:
        return "a paper that cites its references has incomplete references, and may cite it"
    papers = lineage.corpus.papers
    if followers and not (papers[key].date and all(papers[each].date for each in followers)):
        return "its date, or that of a paper that cites its references, is not known"
    return None


def _followers(lineage: Lineage, key: str) -> tuple[set[str], set[str], set[str]]:
    """The papers that cite only it, it and its references, and only its references."""
    graph = lineage.citation_graph()
    references = set(graph.predecessors(key))
    citing = set(graph.successors(key))
    citing_references = {each for reference in references for each in graph.successors(reference)}
    both = citing & citing_references
    later = {each for each in citing_references - citing - {key} if not _before(lineage.corpus, each, key)}
    return citing - both, both, later


def _before(corpus: Corpus, one: str, other: str) -> bool:
    """Whether a paper is dated before another, compared as precisely as both dates are known."""
    first, second = corpus.papers[one].date or "", corpus.papers[other].date or ""
    known = min(len(first), len(second))
    return first[:known] < second[:known]
