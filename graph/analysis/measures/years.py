"""Years: when a paper was suddenly much cited, and which years a corpus leans on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import inf, log
from statistics import median

from ...model.lineage import Lineage
from .values import Detail, Number, Result, oldest_first, refusals, require, unreferenced


@dataclass(frozen=True, slots=True)
class Burst:
    """Years in a row, both ends included, in which a paper was cited at the raised rate."""

    first: int
    last: int
    weight: float


def bursts(lineage: Lineage, *, scaling: float = 2.0, gamma: float = 1.0) -> Result:
    """Kleinberg's bursts: years in which a paper was cited much more often than it is on the whole.

    In year t, r(t) of the d(t) papers of the corpus that appear cite the paper. Overall a share
    p0 = R / D of them does; in a burst the share is p1 = scaling * p0. A year in state i costs ::

        cost(i, t) = -ln( p_i^r(t) * (1 - p_i)^(d(t) - r(t)) )

    and rising into a burst costs gamma * ln(number of years). The cheapest states are taken; the
    weight of a burst is what they save against no burst.

    Parameters
    ----------
    lineage : Lineage
        Arcs cited -> citing; a citation counts in the year of the citing paper.
    scaling : float
        How many times as often a paper is cited in a burst, above 1.
    gamma : float
        How reluctantly a burst begins, from 0 up.

    Returns
    -------
    Result
        The weight of the strongest burst, 0 when there is none, None with the reason where it
        cannot be told. Details: `first` and `last`, its years; `bursts`, how many there are.

    Raises
    ------
    InputError
        When a parameter is out of its range.

    Examples
    --------
    >>> from graph.analysis.measures.example import example
    >>> bursts(example()).values
    {'a': None, 'b': 0.0, 'c': None, 'd': None}

    Notes
    -----
    Linear in citations plus papers times years. The years run from the paper's own (or that of
    its first citation, if earlier or the only one known) to the last of the corpus. Only papers
    with a date and with references that are known, if only in part, count in d(t). Two states,
    as for enumerating bursts in batches; the publication has more.

    References
    ----------
    Kleinberg (2002), doi:10.1145/775047.775061; Kleinberg (2003), doi:10.1023/A:1024940629314.
    """
    require(scaling > 1, "scaling is a number above 1", scaling)
    require(0 <= gamma < inf, "gamma is a number from 0 up", gamma)
    graph, unknown = lineage.citation_graph(), unreferenced(lineage)
    year = {key: lineage.paper(key).year for key in graph}
    appeared = Counter(y for key, y in year.items() if y is not None and key not in unknown)
    last = max(appeared, default=0)
    values: dict[str, Number | None] = {}
    details: dict[str, Mapping[str, Detail]] = {}
    reasons: dict[str, str] = {}
    for key in oldest_first(lineage):
        cited = Counter(y for citing in graph.successors(key) if (y := year[citing]) is not None)
        if not cited:
            values[key], reasons[key] = None, "no paper of this corpus with a known date cites it"
            continue
        span = range(min(filter(None, (year[key], min(cited)))), last + 1)
        found = find_bursts([cited[y] for y in span], [appeared[y] for y in span], scaling, gamma, span[0])
        if found is None:
            values[key] = None
            reasons[key] = f"so many papers cite it that {scaling:g} times as many cannot be; a smaller scaling may do"
            continue
        strongest = max(found, key=lambda burst: burst.weight, default=None)
        values[key] = strongest.weight if strongest else 0.0
        if strongest:
            details[key] = {"first": strongest.first, "last": strongest.last, "bursts": len(found)}
    dated = sum(appeared.values())
    notes = (f"seen through the {dated:,} papers of the corpus with a known date and known references",)
    parameters: dict[str, Detail] = {"scaling": scaling, "gamma": gamma}
    return Result("bursts", values, refusals(reasons), notes, parameters, details)


def find_bursts(
    hits: Sequence[int], all_papers: Sequence[int], scaling: float = 2.0, gamma: float = 1.0, first: int = 0
) -> list[Burst] | None:
    """The bursts of one series of years, in order; None when the raised rate would not be below 1.

    Parameters
    ----------
    hits, all_papers : sequence of int
        In each year, how many papers cite the one in question, and how many appear.
    scaling, gamma : float
        As for `bursts`.
    first : int
        The first year.

    Returns
    -------
    list of Burst or None

    Examples
    --------
    >>> find_bursts([0, 0, 8, 9, 0, 0], [20, 20, 20, 20, 20, 20], first=2001)[0].last
    2004

    Notes
    -----
    One pass over the years (Viterbi's algorithm); equal costs are decided for no burst.
    """
    base = sum(hits) / max(sum(all_papers), 1)
    raised = scaling * base
    if raised >= 1:
        return None
    if not base:
        return []
    rise = gamma * log(len(hits))
    costs = [
        tuple(-hit * log(rate) - (papers - hit) * log(1 - rate) for rate in (base, raised))
        for hit, papers in zip(hits, all_papers, strict=True)
    ]
    low, high = 0.0, inf  # the cheapest way into this year's state; before the first year no burst runs
    came_from: list[tuple[int, int]] = []
    for calm, bursting in costs:
        from_low, from_high = (0 if low <= high else 1), (0 if low + rise <= high else 1)
        came_from.append((from_low, from_high))
        low, high = min(low, high) + calm, min(low + rise, high) + bursting
    state = 0 if low <= high else 1
    states = [state]
    for back in reversed(came_from[1:]):
        state = back[state]
        states.append(state)
    years = list(zip(reversed(states), range(first, first + len(hits)), costs, strict=True))
    runs = [list(run) for bursting, run in groupby(years, key=lambda item: item[0]) if bursting]
    return [Burst(run[0][1], run[-1][1], sum(calm - raised for _, _, (calm, raised) in run)) for run in runs]


def spectroscopy(lineage: Lineage, *, window: int = 5) -> Result:
    """Reference publication year spectroscopy: the years whose papers a corpus cites unusually often.

    Each citation counts in the year of the *cited* paper; a year's value is its count less the
    median of the counts of the `window` years around it. Peaks far back are the roots of a field.

    Parameters
    ----------
    lineage : Lineage
        Arcs cited -> citing; each is one citation.
    window : int
        How many years the median spans, odd, from 3 up.

    Returns
    -------
    Result
        By year, from the first to the last that is cited. Details: `citations`, the count;
        `most_cited`, the key of the paper that most of them cite, the oldest among equals.

    Raises
    ------
    InputError
        When `window` is even or below 3.

    Examples
    --------
    >>> from graph.analysis.measures.example import example
    >>> spectroscopy(example()).values
    {'2001': 3, '2002': 1}

    Notes
    -----
    Linear in citations and years. A year that nobody cites counts 0, also beside the ends of the
    range. Papers without a date are in no year: they are listed as refused, and a note says how
    many citations they have.

    References
    ----------
    Marx, Bornmann, Barth & Leydesdorff (2014), doi:10.1002/asi.23089.
    """
    require(window >= 3 and window % 2 == 1, "window is an odd whole number from 3 up", window)
    counts: Counter[int] = Counter()
    most_cited: dict[int, str] = {}
    undated: dict[str, int] = {}
    for key in oldest_first(lineage):
        times, year = lineage.times_cited(key), lineage.paper(key).year
        if times and year is None:
            undated[key] = times
        elif times and year is not None:
            counts[year] += times
            if times > lineage.times_cited(most_cited.setdefault(year, key)):
                most_cited[year] = key
    values = {str(year): value for year, value in deviations(counts, window).items()}
    details = {str(y): {"citations": counts[y], "most_cited": most_cited.get(y)} for y in map(int, values)}
    reasons = dict.fromkeys(undated, "its date is not known, so that it counts in no year")
    notes = (f"citations of papers without a date, in no year: {sum(undated.values()):,}",) if undated else ()
    return Result("spectroscopy", values, refusals(reasons), notes, {"window": window}, details)


def deviations(counts: Mapping[int, int], window: int = 5) -> dict[int, int]:
    """Each year's count less the median of the years around it, from the first counted year to the last.

    Examples
    --------
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
