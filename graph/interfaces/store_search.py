"""A search from one paper to another over a store: what a service is asked for is looked up, and no network is used."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..algorithms.network import Ints
from ..index.extract import extract
from ..index.store import Store
from ..model.corpus import Corpus
from ..model.identifiers import Identifier
from ..sources.fetch.between.budget import Budget
from ..sources.fetch.between.findings import Growth
from ..sources.fetch.between.grow import GrowthOptions, search_way
from ..sources.fetch.crawl import Resolved
from ..sources.fetch.target import Target
from ..sources.http.client import run_crawl
from ..sources.http.outcomes import Accept
from ..sources.http.request import Request
from ..sources.semantic_scholar.endpoints import OFFSET_LIMIT, nested_direction
from ..sources.semantic_scholar.paper_rows import CitationRow, PaperRow
from ..sources.semantic_scholar.responses import NestedList, OffsetLimit, ResultPage
from ..sources.semantic_scholar.retry_policy import Outcome


def search_store(store: Store, names: Sequence[str], options: GrowthOptions) -> tuple[Growth, Corpus]:
    """Search for paths through the named papers, A first and B last.

    Raises `InputError` for a name that means no paper, or several, and as `graph.sources.fetch.between.grow.grow` does.

    Parameters
    ----------
    names : sequence of str
        As a person types them.
    options : GrowthOptions
        Its budget counts looks into the store, each of as many lists as one request to the service brings.

    Returns
    -------
    tuple of Growth and Corpus
        What was found, and a corpus of the papers that were read and those on the paths.
    """
    vertices = [store.names.resolve(name) for name in names]
    answers = StoreAnswers(store, vertices)
    rows = answers.rows(vertices)
    resolved = [Resolved(Target(name, names=(name,)), row.paper, name) for name, row in zip(names, rows, strict=True)]
    growth = run_crawl(search_way(resolved, options, Budget(options.budget)), answers)
    read = {paged.paper for paged in growth.crawl.lists}
    read |= {str(row.paper_id) for part in growth.parts for path in part.paths for row in path}
    return growth, extract(store, {*vertices, *map(int, read)}, standalone=True).corpus


class StoreAnswers:
    """Answers the requests of a search from a store; the id of a paper is its number in it.

    A store numbers papers in the order of a lineage, so citing papers behind the last named one are left out.
    """

    def __init__(self, store: Store, stops: Sequence[int]) -> None:
        self._store = store
        self._last = max(store.index.span(stops[0], stop)[1] for stop in stops)

    def __call__(self, request: Request) -> Outcome:
        """The answer to a request for lists."""
        if request.kind == "nested":
            papers, direction = list(map(int, request.ids)), nested_direction(request)
            lists = [self._list(paper, direction) for paper in papers]
            rows = iter(self.rows([*papers, *(each for found in lists for each in found.tolist())]))
            asked = [next(rows).paper for _ in papers]
            return Accept(
                tuple(
                    NestedList(paper, tuple(next(rows) for _ in found))
                    for paper, found in zip(asked, lists, strict=True)
                )
            )
        *_, name, listed = request.path.split("/")
        params = dict(request.params)
        offset, limit = int(params["offset"]), int(params["limit"])
        if offset + limit >= OFFSET_LIMIT:
            return Accept(OffsetLimit(OFFSET_LIMIT))
        found = self._list(int(name), listed)
        more = offset + limit if offset + limit < len(found) else None
        return Accept(ResultPage(tuple(self.rows(found[offset : offset + limit].tolist())), more))

    def rows(self, vertices: Iterable[int]) -> list[CitationRow]:
        """The papers with these numbers, as a service would describe them."""
        numbers = list(vertices)
        distinct = sorted(set(numbers))
        by_number: dict[int, CitationRow] = {}
        for vertex, record in zip(distinct, self._store.records.many(distinct), strict=True):
            date = record.date[0]
            by_number[vertex] = CitationRow(
                PaperRow(
                    str(vertex),
                    (*record.identifiers, Identifier("corpusid", str(record.corpusid))),
                    title=record.title,
                    authors=record.authors,
                    year=int(date[:4]) if date else None,
                    reference_count=len(self._list(vertex, "references")),
                    # A longer list would be asked for year by year, and a store has no such lists.
                    citation_count=min(len(self._list(vertex, "citations")), OFFSET_LIMIT - 1),
                )
            )
        return [by_number[vertex] for vertex in numbers]

    def _list(self, vertex: int, direction: str) -> Ints:
        index = self._store.index
        if direction == "references":
            return index.references_of(vertex)
        citers = index.citers_of(vertex)
        return citers[citers <= self._last]  # later ones do not lead there
