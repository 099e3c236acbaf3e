"""How ideas flow between themes, as text and as a JSON value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...analysis.theme_flow import Carrier, Communities, ThemeFlow, ThemeReport, theme_of_group
from ...model.lineage import Lineage
from ..wording import counted, lines_text, name_of, some_of, themes_of, year_of

_LEAST_WIDTH = 6
"""Of a column of the table, so that "1234.5" has room in it."""


def themes_text(lineage: Lineage, report: ThemeReport, *, top: int = 10) -> str:
    """Which themes cite which, when, and over which bridges; and which themes the citations alone suggest."""
    return lines_text(
        [
            *_table(report.flow),
            "",
            *_crossing_lines(report.flow),
            "",
            *_bridge_lines(lineage, report.carriers[:top]),
            "",
            *_community_lines(lineage, report.communities),
        ]
    )


def _table(flow: ThemeFlow) -> Iterator[str]:
    """The citations between themes: a row for the theme that is cited, a column for the one that cites."""
    heads = max(map(len, flow.themes), default=0)
    widths = {theme: max(len(theme), _LEAST_WIDTH) for theme in flow.themes}
    yield "Citations between themes: a row's ideas reach a column's papers."
    yield " " * (heads + 2) + "  ".join(f"{theme:>{width}}" for theme, width in widths.items())
    for cited in flow.themes:
        cells = (f"{flow.arcs.get((cited, citing), 0.0):>{width}.1f}" for citing, width in widths.items())
        yield f"{cited:<{heads}}  " + "  ".join(cells)
    if flow.unknown:
        yield f"{counted(flow.unknown, 'citation')} left out: the theme of a paper is not known."


def _crossing_lines(flow: ThemeFlow) -> Iterator[str]:
    yield "Citations that cross themes, by the year of the citing paper:"
    for year, (across, every) in flow.crossing.items():
        yield f"  {year}  {across:6.1f} of {every:6.1f}  ({across / every:.0%})"


def _bridge_lines(lineage: Lineage, carriers: tuple[Carrier, ...]) -> Iterator[str]:
    yield "Bridges between the most pairs of listed papers (in parentheses: pairs without a common theme):"
    for each in carriers:
        across = f"({each.across})"
        paper = f"{year_of(lineage, each.key)}  {name_of(lineage, each.key)}  {themes_of(lineage, each.key)}"
        yield f"  {each.pairs:>4} {across:<5}  {paper}"


def _community_lines(lineage: Lineage, found: Communities) -> Iterator[str]:
    agreement, modularity = _two_digits(found.agreement), _two_digits(found.modularity)
    yield f"Communities by citations alone (Louvain, seed {found.seed}): {len(found.groups)},"
    yield f"modularity {modularity}; agreement with the chosen themes (adjusted Rand index): {agreement}."
    if found.left_out:
        between = "between the fewest pairs of listed papers"
        yield f"{counted(found.left_out, 'bridge')} {between} left out, because it would take too long."
    for group in found.groups:
        theme = theme_of_group(lineage, group) or "no theme known"
        yield f"  {len(group):>3}  mostly {theme}: {some_of(lineage, group, 12)}"


def _two_digits(value: float | None) -> str:
    return "unknown" if value is None else f"{value:.2f}"


def themes_form(lineage: Lineage, report: ThemeReport) -> dict[str, Any]:
    """The same as JSON values; `bridges_left_out` stands there only where some are."""
    flow, found = report.flow, report.communities
    form = {
        "themes": list(flow.themes),
        "flow": [
            {"cited": cited, "citing": citing, "citations": round(count, 6)}
            for (cited, citing), count in flow.arcs.items()
        ],
        "crossing": [
            {"year": year, "across": round(across, 6), "all": round(every, 6)}
            for year, (across, every) in flow.crossing.items()
        ],
        "unknown": flow.unknown,
        "bridges": [{"key": each.key, "pairs": each.pairs, "across": each.across} for each in report.carriers],
        "communities": [{"mostly": theme_of_group(lineage, group), "papers": list(group)} for group in found.groups],
        "agreement": found.agreement,
        "modularity": found.modularity,
        "seed": found.seed,
    }
    return form | {"bridges_left_out": found.left_out} if found.left_out else form
