"""From the result of a crawl to a corpus: a pure function, so that equal responses give equal bytes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ...model.corpus import Corpus
from ...model.identifiers import Identifier
from ...model.reading_list import ReadingList
from ..assemble import assemble
from ..facts import Facts
from ..records import semantic_scholar_source
from ..semantic_scholar.paper_rows import PaperRow
from ..semantic_scholar.to_records import ObservedPapers, alias_of
from ..verified import entry_records
from .crawl import CrawlResult


def corpus_of(
    result: CrawlResult,
    reading_list: ReadingList,
    observed: str,
    *,
    facts: Facts | None = None,
    note: str | None = None,
) -> Corpus:
    """The corpus of an observation, joined with the facts that were known before.

    A paper in both becomes one paper, and its citations name both sources. `observed` is the day of the observation;
    `note` says in its source how the data was obtained. Linear in the rows, except for the titles that
    `graph.sources.dedupe` compares.
    """
    facts = facts or Facts()
    source = semantic_scholar_source(observed, note)
    papers = ObservedPapers(source, _paper_rows(result), _aliases(result))
    resolved = [papers.record(str(each.row.paper_id)) for each in result.resolved]
    records = [*facts.records, *entry_records(reading_list), *resolved]
    corpus = assemble(records, [*facts.lists, *map(papers.citation_list, result.lists)], facts.overrides)
    return replace(corpus, sources={**corpus.sources, source.id: source})


def _paper_rows(result: CrawlResult) -> Iterable[PaperRow]:
    """Every paper, its fullest description first: a batch says more than a row of a list."""
    yield from (each.row for each in result.resolved)
    for paged in result.lists:
        yield from (row.paper for row in paged.rows)


def _aliases(result: CrawlResult) -> Iterable[tuple[str, Identifier]]:
    for each in result.resolved:
        alias = None if each.by_title else alias_of(each.found_by, each.row)
        if alias:
            yield str(each.row.paper_id), alias
