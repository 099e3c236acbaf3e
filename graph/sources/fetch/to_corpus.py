"""From the result of a crawl to a corpus: a pure function, so that equal responses give equal bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from ...model.corpus import Corpus
from ...model.identifiers import Identifier
from ...model.reading_list import ReadingList
from ..assemble import assemble
from ..facts import Facts
from ..record_checks import without_wrong_matches
from ..records import CitationList, Record, of_one_record_each, semantic_scholar_source
from ..retractions.join import with_heard_notices
from ..retractions.statements import Statement
from ..semantic_scholar.paper_rows import PaperRow
from ..semantic_scholar.to_records import ObservedPapers, alias_of
from ..verified import entry_records
from .crawl import CrawlResult
from .others import ServiceAnswers


class SaidByScholar:
    """The records and the lists of one observation of Semantic Scholar.

    `note` says in its source how the data was obtained. `resolved` are the papers of the list, each once, `bridges`
    those outside it whose references were read.
    """

    def __init__(self, result: CrawlResult, observed: str, note: str | None = None) -> None:
        self.source = semantic_scholar_source(observed, note)
        papers = ObservedPapers(self.source, _paper_rows(result), _aliases(result))
        self.resolved = [papers.record(str(each.row.paper_id)) for each in result.resolved]
        self.bridges = [papers.record(str(row.paper_id)) for row in result.bridges]
        self.lists = list(map(papers.citation_list, result.lists))


def corpus_of(
    said: SaidByScholar | None,
    reading_list: ReadingList,
    *,
    facts: Facts | None = None,
    heard: Sequence[ServiceAnswers] = (),
) -> Corpus:
    """The corpus of an observation, joined with the facts that were known before and with what other services said.

    A paper in several of them becomes one paper, and its citations name all sources. What a service could not be asked
    about is no coverage. What they say of retractions are notices. Linear in the rows, except for the titles that
    `graph.sources.dedupe` compares.
    """
    facts = facts or Facts()
    records = [*facts.records, *entry_records(reading_list), *(said.resolved if said else ())]
    lists = [*facts.lists, *(said.lists if said else ())]
    said_by_others = [read.said for each in heard for read in each.lists if read.said.state != "not_fetched"]
    lists += without_wrong_matches(of_one_record_each(said_by_others), chain(records, _stated(lists)))
    corpus = assemble(records, lists, facts.overrides)
    sources = [*([said.source] if said else ()), *(each.source for each in heard)]
    corpus = replace(corpus, sources={**corpus.sources, **{source.id: source for source in sources}})
    return with_heard_notices(corpus, ((each.source, _notices(each)) for each in heard))


def _notices(heard: ServiceAnswers) -> list[Statement]:
    return [each for read in heard.lists for each in read.notices]


def _stated(lists: Iterable[CitationList]) -> Iterator[Record]:
    for each in lists:
        yield each.paper
        yield from (row.record for row in each.rows)


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
