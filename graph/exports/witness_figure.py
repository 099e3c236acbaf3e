"""Who lists the references of papers: as a picture with a bar for each source, and as CSV tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..analysis.silence import WORDS
from ..analysis.witnesses import PaperWitnesses, Witness, Witnesses
from ..model.lineage import Lineage
from ..model.origins import origin_of, origins_of
from ..utils.csv_files import csv_text
from ..utils.text import clipped
from .formats.svg_elements import INK, QUIET, document, group, rectangle, text, wrapped

SHARED, LACKED, ALONE, OTHER = "#0072B2", "#D55E00", "#F0C878", "#999999"
"""What another origin asserts, too; what another list lacks; what nobody can compare; what is not identified."""
_SIDE, _LABEL, _BAR, _COUNTS = 20.0, 330.0, 420.0, 190.0  # the margin, and the widths of the three columns
_HEAD, _ROW, _GAP = 92.0, 18.0, 12.0
_NAME, _SOURCE = 44, 52  # characters
MOST = 60
"""How many papers a picture has room for."""


def witness_svg(lineage: Lineage, found: Witnesses) -> str:
    """Draw the lists that sources have of the references of papers.

    A bar is as long as the list has entries. A frame goes on to what it should have at least, where it is shorter, and
    the numbers stand beside it, so that nothing is shown by length or colour alone. The SVG document has no scripts and
    links; equal answers give equal bytes.
    """
    title = "Who lists the references"
    drawn = [each for each in found.papers if each.witnesses][:MOST]
    width, height, parts = witness_drawing(lineage, drawn, left_out=len(found.papers) - len(drawn))
    return document(width, height, title, _description(lineage, drawn), parts)


def witness_drawing(
    lineage: Lineage, papers: Sequence[PaperWitnesses], *, left_out: int
) -> tuple[float, float, list[str]]:
    """The width, the height and the elements of the picture of some papers; `left_out` is how many others there are."""
    most = max((max(each.expected, each.entries) for paper in papers for each in paper.witnesses), default=1) or 1
    width = 2 * _SIDE + _LABEL + _BAR + _COUNTS
    parts = [text(_SIDE, 24, "Who lists the references", size=17, weight=700), *_legend()]
    y = _HEAD
    for paper in papers:
        parts.append(text(_SIDE, y, clipped(lineage.paper(paper.key).name, _NAME), weight=700))
        for each in paper.witnesses:
            y += _ROW
            parts.append(_bar(lineage, each, y, _BAR / most))
        y += _ROW + _GAP
    if left_out:
        remark = f"{left_out:,} papers are not drawn: no source was asked about them, or there is no room."
        for line in wrapped(remark, width - 2 * _SIDE, 11):
            parts.append(text(_SIDE, y, line, size=11, fill=QUIET))
            y += 15
    return width, y + 4, parts


def _legend() -> Iterator[str]:
    x = _SIDE
    for colour, meaning in (
        (SHARED, "another origin asserts it, too"),
        (LACKED, "another list lacks it"),
        (ALONE, "this origin alone, not compared"),
        (OTHER, "not identified, or repeated"),
        (None, "missing"),
    ):
        yield rectangle(x, 46, 12, 12, fill=colour or "none", stroke=None if colour else QUIET, dash="3 2")
        yield text(x + 18, 52, meaning, size=11, fill=QUIET)
        x += 40 + 6.2 * len(meaning)


def _bar(lineage: Lineage, each: Witness, y: float, unit: float) -> str:
    left = _SIDE + _LABEL
    alone, lacked = len(each.alone), len(each.lacked)
    pieces = (
        *((len(each.cited) - alone, SHARED), (lacked, LACKED), (alone - lacked, ALONE)),
        (each.entries - len(each.cited), OTHER),
    )
    parts = [text(left - 10, y, clipped(lineage.corpus.sources[each.source].label, _SOURCE), size=11, anchor="end")]
    x = left
    for number, colour in pieces:
        if number > 0:
            parts.append(rectangle(x, y - 6, number * unit, 12, fill=colour))
            x += number * unit
    if each.expected > each.entries:
        missing = (each.expected - each.entries) * unit
        parts.append(rectangle(x, y - 6, missing, 12, stroke=QUIET, dash="3 2"))
        x += missing
    counts = f"{each.entries:,}" + (f" of at least {each.expected:,}" if each.expected > each.entries else "")
    state = "" if each.state == "complete" else f", {each.state.replace('_', ' ')}"
    weight = 700 if each.is_short else 400
    short = ", short" if each.is_short else ""
    parts.append(text(x + 8, y, f"{counts}{state}{short}", size=11, weight=weight, fill=INK))
    return group(f"{lineage.corpus.sources[each.source].label}: {counts}{state}{short}, {alone:,} alone", parts)


def _description(lineage: Lineage, papers: Sequence[PaperWitnesses]) -> str:
    return "; ".join(
        f"{lineage.paper(paper.key).name}: "
        + ", ".join(f"{lineage.corpus.sources[each.source].label} {each.entries:,}" for each in paper.witnesses)
        for paper in papers
    )


Row = tuple[object, ...]

LISTS = (
    *("citing", "citing_name", "source", "label", "kind", "origin", "observed", "state", "rows"),
    *("papers", "unidentified", "alone", "lacked_by_another", "lacks", "expected", "short"),
)
CITATIONS = (
    *("citing", "cited", "citing_name", "cited_name", "cited_year", "source", "asserts", "entries"),
    *("origins", "why", "why_in_words"),
)
OVERLAPS = ("citing", "one", "other", "both", "only_one", "only_other")
DISPUTES = ("key", "name", "record", "source", "field", "said", "held", "distance")


def witness_tables(lineage: Lineage, found: Witnesses) -> dict[str, str]:
    """The tables by file name.

    ``witness_lists.csv`` has a row for each source of the references of a paper; ``witness_citations.csv`` one for each
    citation and each source that asserts it or lacks it, with the likely reason; ``witness_overlaps.csv`` one for each
    two sources of a paper, and at its end those of kinds of sources, without a paper; ``witness_disputes.csv`` one for
    each year or title that a record gives otherwise. An unknown value is an empty cell. None has the name of a table
    that `lineage build` writes, so that both can go into one folder.
    """
    return {
        "witness_lists.csv": csv_text(LISTS, _lists(lineage, found)),
        "witness_citations.csv": csv_text(CITATIONS, _citations(lineage, found)),
        "witness_overlaps.csv": csv_text(OVERLAPS, _overlaps(found)),
        "witness_disputes.csv": csv_text(
            DISPUTES,
            (
                (d.key, lineage.paper(d.key).name, d.record, d.source, d.field, d.said, d.held, d.distance)
                for d in found.disputes
            ),
        ),
    }


def _lists(lineage: Lineage, found: Witnesses) -> Iterator[Row]:
    for paper in found.papers:
        for each in paper.witnesses:
            source = lineage.corpus.sources[each.source]
            yield (
                *(paper.key, lineage.paper(paper.key).name, source.id, source.label, source.kind),
                *(origin_of(source.kind), source.observed, each.state, each.rows, len(each.cited), each.unidentified),
                *(len(each.alone), len(each.lacked), len(each.lacks), each.expected, each.is_short),
            )


def _citations(lineage: Lineage, found: Witnesses) -> Iterator[Row]:
    sources = lineage.corpus.sources
    for paper in found.papers:
        lacking = {each.source: dict(each.lacks) for each in paper.witnesses}
        for citation in sorted(lineage.corpus.citations_of(paper.key), key=lambda each: lineage.age(each.cited)):
            cited = lineage.paper(citation.cited)
            said = {each.source: each for each in citation.assertions}
            origins = len(origins_of(sources, citation.assertions))
            for source, lacks in lacking.items():
                why = lacks.get(citation.cited)
                entries = " ".join(map(str, said[source].entries)) if source in said else ""
                yield (
                    *(paper.key, cited.key, lineage.paper(paper.key).name, cited.name, cited.year, source),
                    *(source in said, entries or None, origins, why, WORDS[why] if why else None),
                )


def _overlaps(found: Witnesses) -> Iterator[Row]:
    for paper in found.papers:
        for each in paper.overlaps:
            yield paper.key, each.one, each.other, each.both, each.only_one, each.only_other
    for each in found.overlaps:
        yield None, each.one, each.other, each.both, each.only_one, each.only_other
