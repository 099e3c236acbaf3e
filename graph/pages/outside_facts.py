"""What a page says of the corpus outside it: further paths between its papers, and references that are not known."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qs

from ..analysis.outside import Outside, outside_of
from ..model.lineage import Lineage

Totals = Mapping[tuple[str, str], int | None]

EXACT = 2**53
"""JavaScript reads greater whole numbers from a text."""


def outside_facts(
    lineage: Lineage, keys: Sequence[str], *, preset: str = "", is_part: bool = False, totals: Totals | None = None
) -> dict[str, Any]:
    """What `outside.js` needs to know of the corpus; `OutsideFacts` there is its type.

    Parameters
    ----------
    keys : sequence of str
        The papers of the page, in the order of its columns.
    preset : str
        The part of an address after "#"; the papers that it names matter most.
    is_part : bool
        Whether the lineage is a part of a larger corpus, so that nothing is known of what lies outside.
    totals : mapping, optional
        Numbers of paths that are known already, by the two ends.

    Examples
    --------
    >>> from graph.analysis.measures.example import example
    >>> lineage = example()
    >>> outside_facts(lineage, list(lineage.corpus.papers))["papers"]
    0
    """
    if is_part:
        outside = Outside(0, frozenset(), totals or {}, {})
    else:
        outside = outside_of(lineage, keys, first=_named_in(preset, lineage))
    position = {key: n for n, key in enumerate(keys)}
    rows: dict[int, list[Any]] = {}
    for (start, end), total in sorted((dict(outside.totals) | dict(totals or {})).items()):
        exact = total if total is None or total < EXACT else str(total)
        rows.setdefault(position[start], []).extend((position[end], exact))
    ends = sorted(outside.hiding, key=position.__getitem__)
    years = sorted({year for key in ends if (year := lineage.paper(key).year) is not None})
    return {
        "isPart": is_part,
        "papers": outside.papers,
        "hasList": not is_part and set(lineage.list_keys) <= position.keys(),
        "counted": sorted(position[key] for key in outside.counted) if outside.papers else [],
        "totals": [[start, *row] for start, row in sorted(rows.items())],
        "years": years,
        "hiding": [[position[end], *_by_period(outside.hiding[end], years)] for end in ends],
    }


def _named_in(preset: str, lineage: Lineage) -> list[str]:
    """The papers between which the preset asks for paths."""
    named = parse_qs(preset)
    return [key for name in ("from", "to") for key in named.get(name, ()) if key in lineage]


def _by_period(by_year: Mapping[int | None, int], years: Sequence[int]) -> list[int]:
    """Counts by period: the position of each period that has any, and its count.

    Period 0 is before the first year, period n from the n-th year until the next one; the last has also what is
    undated, which may be of any year.

    >>> _by_period({1990: 1, 2001: 2, 2002: 3, None: 4}, [2000, 2002])
    [0, 1, 1, 2, 2, 7]
    """
    counts: dict[int, int] = {}
    for year, count in by_year.items():
        period = len(years) if year is None else bisect_right(years, year)
        counts[period] = counts.get(period, 0) + count
    return [number for period in sorted(counts) for number in (period, counts[period])]
