"""Years: when papers cited a paper much more often, and which years' papers a corpus cites most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby
from math import inf, log
from statistics import median

import numpy as np

from ...model.arrays import UNDATED
from ...model.lineage import Lineage
from .citing_years import ROUNDING, CitingYears
from .values import Detail, Number, Result, by_age, noted, refusals, require, unreferenced


@dataclass(frozen=True, slots=True)
class Burst:
    """A period, both years included, in which papers cited one at the raised rate."""

    first: int
    last: int
    weight: float


def bursts(lineage: Lineage, *, scaling: float = 2.0, gamma: float = 1.0) -> Result:
    """Kleinberg's bursts: years in which papers cited a paper much more often than in all years together.

    Of the d(t) papers of the corpus that appeared in year t, r(t) cite the paper. In all years together
    the share is p0 = R / D; in a burst it is p1 = scaling * p0. A year in state i costs ::

        cost(i, t) = -ln( p_i^r(t) * (1 - p_i)^(d(t) - r(t)) )

    and the beginning of a burst costs gamma * ln(number of years). The cheapest states are chosen. The weight of a
    burst is the cost that it saves compared with no burst. Raises `InputError` when a parameter is out of its range.

    Parameters
    ----------
    lineage : Lineage
        Arcs cited -> citing; a citation counts in the year of the citing paper.
    scaling : float
        How many times as often papers cite a paper in a burst, above 1.
    gamma : float
        How much the beginning of a burst costs, at least 0.

    Returns
    -------
    Result
        The weight of the strongest burst; 0 when there is none; None, with the reason, when it
        cannot be computed. Details: `first` and `last`, its years; `bursts`, how many there are.

    Examples
    --------
    >>> from graph.analysis.measures.example import example
    >>> bursts(example()).values
    {'a': None, 'b': 0.0, 'c': None, 'd': None}

    Notes
    -----
    Linear in citations plus papers times years. The years run from the paper's own (or that of
    its first citation, if that is earlier or the only one known) to the last of the corpus. Only papers
    whose date is known, and whose references are known at least in part, count in d(t). There are two
    states, as for batches in the publication, which also has more.

    References
    ----------
    Kleinberg (2002), doi:10.1145/775047.775061; Kleinberg (2003), doi:10.1023/A:1024940629314.
    """
    require(scaling > 1, "scaling must be above 1", scaling)
    require(0 <= gamma < inf, "gamma must be 0 or more", gamma)
    unknown, year = unreferenced(lineage), _years(lineage)
    appeared = Counter(y for key, y in year.items() if y is not None and key not in unknown)
    last = max(appeared, default=0)
    first = min([last, *filter(None, year.values())])
    papers = [appeared[y] for y in range(first, last + 1)]
    newest_first = range(last, first - 1, -1)
    since = np.array([*accumulate(appeared[y] for y in newest_first)][::-1], np.int64)
    citing = CitingYears.of(lineage)
    begins = np.minimum(citing.first, np.array([last if y is None else min(y, last) for y in year.values()], np.int64))
    rate = citing.counts / np.maximum(since[begins - first], 1)
    saved = citing.saved_at_most(np.array(papers), first, rate, scaling)
    may_burst = (scaling * rate >= 1) | (saved >= gamma * np.log(last + 1 - begins) - ROUNDING)
    values: dict[str, Number | None] = {}
    details: dict[str, Mapping[str, Detail]] = {}
    reasons: dict[str, str] = {}
    for n, (key, cited, begin, possible) in enumerate(
        zip(year, citing.counts.tolist(), begins.tolist(), may_burst.tolist(), strict=True)
    ):
        if not cited:
            values[key], reasons[key] = None, "no paper of this corpus with a known date cites it"
            continue
        found: list[Burst] | None = []
        if possible:
            hits = np.bincount(citing.of_paper(n) - begin, minlength=last + 1 - begin).tolist()
            found = find_bursts(hits, papers[begin - first :], scaling, gamma, begin)
        if found is None:
            values[key] = None
            reasons[key] = (
                f"too many papers cite it for {scaling:g} times as many to be possible; try a smaller scaling"
            )
            continue
        strongest = max(found, key=lambda burst: burst.weight, default=None)
        values[key] = strongest.weight if strongest else 0.0
        if strongest:
            details[key] = {"first": strongest.first, "last": strongest.last, "bursts": len(found)}
    dated = sum(appeared.values())
    notes = (f"based on the {dated:,} papers of the corpus whose date and references are known",)
    parameters: dict[str, Detail] = {"scaling": scaling, "gamma": gamma}
    return Result("bursts", values, refusals(reasons), notes, parameters, details)


def _years(lineage: Lineage) -> dict[str, int | None]:
    """The year of every paper, oldest first; None where it is not known."""
    dates = by_age(lineage, lineage.corpus.arrays.dates)
    return {key: None if date == UNDATED else date // 10_000 for key, date in dates.items()}


def find_bursts(
    hits: Sequence[int], all_papers: Sequence[int], scaling: float = 2.0, gamma: float = 1.0, first: int = 0
) -> list[Burst] | None:
    """Find the bursts of one series of years, in order; None when the raised rate would be 1 or more.

    Parameters
    ----------
    hits, all_papers : sequence of int
        For each year, how many of its papers cite the one in question, and how many papers it has.
    scaling, gamma : float
        As for `bursts`.
    first : int
        The first year.

    Examples
    --------
    >>> find_bursts([0, 0, 8, 9, 0, 0], [20, 20, 20, 20, 20, 20], first=2001)[0].last
    2004

    Notes
    -----
    One pass over the years (Viterbi's algorithm). Where both states cost the same there is no burst.
    """
    base = sum(hits) / max(sum(all_papers), 1)
    raised = scaling * base
    if raised >= 1:
        return None
    if not base:
        return []
    rise = gamma * log(len(hits))
    (cite, pass_by), (cite_more, pass_less) = ((log(rate), log(1 - rate)) for rate in (base, raised))
    costs = [
        (-hit * cite - (papers - hit) * pass_by, -hit * cite_more - (papers - hit) * pass_less)
        for hit, papers in zip(hits, all_papers, strict=True)
    ]
    low, high = 0.0, inf  # the cheapest states so far that end outside and inside a burst; none runs before the first
    came_from: list[tuple[int, int]] = []
    for calm, bursting in costs:
        from_low, from_high = (0 if low <= high else 1), (0 if low + rise <= high else 1)
        came_from.append((from_low, from_high))
        low, high = min(low, high) + calm, min(low + rise, high) + bursting
    state = 0 if low <= high else 1
    states = [state]
    for previous in reversed(came_from[1:]):
        state = previous[state]
        states.append(state)
    years = list(zip(reversed(states), range(first, first + len(hits)), costs, strict=True))
    runs = [list(run) for in_burst, run in groupby(years, key=lambda item: item[0]) if in_burst]
    return [Burst(run[0][1], run[-1][1], sum(calm - bursting for _, _, (calm, bursting) in run)) for run in runs]


def spectroscopy(lineage: Lineage, *, window: int = 5) -> Result:
    """Reference publication year spectroscopy: the years whose papers a corpus cites unusually often.

    Each citation counts in the year of the *cited* paper. The value of a year is its count minus the median of the
    counts of the `window` years around it. Early peaks are the roots of a field. Raises `InputError` when `window` is
    even or below 3.

    Parameters
    ----------
    lineage : Lineage
        Arcs cited -> citing; each is one citation.
    window : int
        Over how many years the median is taken: an odd number, at least 3.

    Returns
    -------
    Result
        By year, from the first to the last whose papers are cited. Details: `citations`, the count;
        `most_cited`, the key of the paper that most of these cite, of equal ones the oldest.

    Examples
    --------
    >>> from graph.analysis.measures.example import example
    >>> spectroscopy(example()).values
    {'2001': 3, '2002': 1}

    Notes
    -----
    Linear in citations and years. A year whose papers are not cited counts 0, also outside the
    range. Papers without a date belong to no year: they are listed with this reason, and a note says
    how many citations they have.

    References
    ----------
    Marx, Bornmann, Barth & Leydesdorff (2014), doi:10.1002/asi.23089.
    """
    require(window >= 3 and window % 2 == 1, "window must be an odd number, at least 3", window)
    counts: Counter[int] = Counter()
    most_cited: dict[int, str] = {}
    undated: dict[str, int] = {}
    times_cited = by_age(lineage, np.diff(lineage.network.citers_at))
    for key, year in _years(lineage).items():
        times = times_cited[key]
        if times and year is None:
            undated[key] = times
        elif times and year is not None:
            counts[year] += times
            if times > times_cited[most_cited.setdefault(year, key)]:
                most_cited[year] = key
    values = {str(year): value for year, value in deviations(counts, window).items()}
    details = {str(y): {"citations": counts[y], "most_cited": most_cited.get(y)} for y in map(int, values)}
    reasons = dict.fromkeys(undated, "its date is not known, so it counts in no year")
    notes = noted(sum(undated.values()), "citations of papers without a date, in no year: {:,}")
    return Result("spectroscopy", values, refusals(reasons), notes, {"window": window}, details)


def deviations(counts: Mapping[int, int], window: int = 5) -> dict[int, int]:
    """Each year's count minus the median of the years around it, from the first counted year to the last.

    >>> deviations({1990: 1, 1991: 7, 1993: 2})
    {1990: 1, 1991: 6, 1992: -1, 1993: 2}
    """
    if not counts:
        return {}
    half = window // 2
    return {
        year: counts.get(year, 0) - int(median(counts.get(y, 0) for y in range(year - half, year + half + 1)))
        for year in range(min(counts), max(counts) + 1)
    }
