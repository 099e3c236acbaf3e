"""Who lists the references of papers, as CSV tables for people and spreadsheets."""

from __future__ import annotations

from collections.abc import Iterator

from ..analysis.silence import WORDS
from ..analysis.witnesses import Witnesses
from ..model.lineage import Lineage
from ..model.origins import origin_of, origins_of
from ..utils.csv_files import csv_text

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
