"""Disruption: whether the papers that cite a paper also cite what it built on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...algorithms.network import Flags, Network
from ...algorithms.rows import positions
from ...model.arrays import UNDATED
from ...model.lineage import Lineage
from .counts import UNKNOWN_REFERENCES
from .values import Detail, Number, Result, by_age, incomplete, refusals, require, unreferenced

_AMONG = ("corpus", "all")


def disruption(lineage: Lineage, *, least: int = 5, among: str = "corpus") -> Result:
    """CD index: whether later papers cite a paper in place of its references, or along with them.

    Of the papers that come after a paper and cite it or its references, F cite only the paper, B
    cite both, and R cite only its references::

        CD = (F - B) / (F + B + R)

    1 means that no paper that builds on it cites its references, and -1 that all of them do.

    Raises `InputError` when a parameter is out of its range.

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
    papers = _Papers.of(lineage)
    reasons = {key: reason for key, reason in papers.unmeasurable(lineage, least, among).items() if reason}
    numbers = by_age(lineage, np.arange(lineage.network.nodes))
    values: dict[str, Number | None] = dict.fromkeys(numbers)
    details: dict[str, Mapping[str, Detail]] = {}
    for key in (key for key in numbers if key not in reasons):
        only_it, both, only_references = papers.followers(numbers[key])
        reason = papers.unknown_follower(numbers[key], only_references)
        if reason is not None:
            reasons[key] = reason
            continue
        counts = [only_it, both, len(only_references)]
        values[key] = (counts[0] - counts[1]) / sum(counts)
        details[key] = dict(zip(("only_it", "both", "only_references"), counts, strict=True))
    reasons = {key: reasons[key] for key in numbers if key in reasons}
    local = "counts only citing papers of this corpus: compare within it, not with published values"
    notes = (local,) if among == "corpus" else ()
    return Result("disruption", values, refusals(reasons), notes, {"least": least, "among": among}, details)


@dataclass(frozen=True, eq=False)
class _Papers:
    """What is asked of the papers, by their numbers."""

    network: Network
    dates: NDArray[Any]
    partly: Flags
    """Whether the references of each are not fully known."""

    @classmethod
    def of(cls, lineage: Lineage) -> _Papers:
        return cls(lineage.network, lineage.corpus.arrays.dates, lineage.flagged(incomplete(lineage)))

    def unmeasurable(self, lineage: Lineage, least: int, among: str) -> dict[str, str]:
        """Why papers have no index, if their own references or citations are the reason; an empty text if not."""
        network = self.network
        times_cited, cites = np.diff(network.citers_at), np.diff(network.references_at)
        checks = [
            (lineage.flagged(unreferenced(lineage)), UNKNOWN_REFERENCES),
            (self.partly, "its references are known only in part"),
            (cites == 0, "it has no references: the index would be 1 by definition"),
        ]
        if among == "all":
            keys, coverage_of = lineage.corpus.papers, lineage.corpus.coverage_of
            uncited = lineage.flagged(key for key in keys if coverage_of(key, "citations") != "complete")
            any_uncited = uncited | (
                np.bincount(network.citing[uncited[network.references]], minlength=network.nodes) > 0
            )
            checks.append((any_uncited, "not all papers that cite it or its references are known"))
        unsure = np.bincount(network.cited[self.partly[network.citers]], minlength=network.nodes) > 0
        checks += [
            (times_cited < least, f"fewer than {least} papers of this corpus cite it"),
            (unsure, "a paper that cites it has incomplete references"),
        ]
        which = np.select([applies for applies, _ in checks], range(len(checks)), len(checks))
        reasons = [*(reason for _, reason in checks), ""]
        return {key: reasons[number] for key, number in by_age(lineage, which).items()}

    def followers(self, paper: int) -> tuple[int, int, NDArray[Any]]:
        """How many papers cite only a paper, and it and its references; and which cite only its references."""
        network = self.network
        citing = network.citers_of(paper)
        citing_references = np.unique(network.citers[positions(network.citers_at, network.references_of(paper))])
        both = int(np.isin(citing, citing_references).sum())
        others = np.setdiff1d(citing_references, [*citing.tolist(), paper], assume_unique=True)
        return len(citing) - both, both, others[~self._before(others, paper)]

    def unknown_follower(self, paper: int, followers: NDArray[Any]) -> str | None:
        """Why a paper has no index, if papers that cite only its references are the reason."""
        if self.partly[followers].any():
            return "a paper that cites its references has incomplete references, and may cite it"
        if len(followers) and (self.dates[[paper, *followers]] == UNDATED).any():
            return "its date, or that of a paper that cites its references, is not known"
        return None

    def _before(self, papers: NDArray[Any], other: int) -> Flags:
        """Whether papers are dated before another, compared as precisely as both dates are known."""
        dates, date = self.dates[papers], self.dates[other]
        unit = np.maximum(_unit(dates), _unit(date))
        before: Flags = (dates != UNDATED) & (date != UNDATED) & (dates // unit < date // unit)
        return before


def _unit(dates: Any) -> Any:
    """By what a date is divided to be as precise as it is known: 10,000 for a year, 100 for a month, 1 for a day."""
    return np.where(dates % 10_000 == 0, 10_000, np.where(dates % 100 == 0, 100, 1))
