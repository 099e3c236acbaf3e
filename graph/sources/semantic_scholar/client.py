"""The `semanticscholar` client over our pace, our log of answers and our decisions, with a corpus as its cache.

For who knows that client, its methods and its typed records::

    from graph.sources.semantic_scholar.client import SemanticScholar

    scholar = SemanticScholar("corpus", api_key=...)
    scholar.get_paper("ARXIV:1810.04805").title

What is asked once is read from the corpus from then on. docs/asking_scholar.md says what differs from the client
itself.
"""

from __future__ import annotations

import time
import weakref
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self

import requests
import semanticscholar
from semanticscholar.Author import Author
from semanticscholar.Paper import Paper

from ...utils.display_width import beginning
from ...utils.text import clipped
from ..http.client import FetchClient, RequestCounts
from ..http.response_cache import ResponseCache
from ..http.transport import READ_SECONDS, Key, Service, Transport
from .client_requests import ClientRules, encoded
from .requester import KeptAnswers, KeptRequester, NotKnown
from .service import service_at

_LISTS = ("venue", "fields_of_study", "authors", "paper_ids", "publication_types")
_TEXTS = ("query", "year", "sort")


class _Debug:
    """Takes the place of the client's own property, which takes over the logging of the program."""

    _debug: bool

    @property
    def debug(self) -> bool:
        """Kept for programs that set it; ``logging`` shows the requests, at the level INFO of ``graph``."""
        return self._debug

    @debug.setter
    def debug(self, debug: bool) -> None:
        self._debug = debug


class AsyncSemanticScholar(_Debug, semanticscholar.AsyncSemanticScholar):  # type: ignore[misc]  # the client has no types
    """`semanticscholar.AsyncSemanticScholar` with a corpus as its cache; the parameters are those of `SemanticScholar`.

    Tasks may ask at the same time; their requests are sent one after the other.
    """

    def __init__(
        self,
        corpus: str | Path,
        *,
        api_key: str | None = None,
        api_url: str | None = None,
        timeout: float = READ_SECONDS,
        retry: bool = True,
        update: bool = False,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.time,
    ) -> None:
        # Its own constructor takes over the logging of the program, and makes a requester that keeps the key.
        key = None if api_key is None else Key.parse(api_key, where="api_key")
        service = service_at(api_url, key=key, key_is_for_base_url=api_url is not None)
        self._begin(Path(corpus), service, timeout=timeout, retry=retry, update=update, sleep=sleep, clock=clock)

    @classmethod
    def at(cls, corpus: Path, service: Service, **options: Any) -> Self:
        """A client of a service whose key is not read again; the options are those of the constructor.

        `log` is another folder for the answers than the corpus's ``raw/``. `progress` takes the counts after every
        answer and before every long wait.
        """
        made = cls.__new__(cls)
        made._begin(corpus, service, **options)
        return made

    def _begin(
        self,
        corpus: Path,
        service: Service,
        *,
        timeout: float = READ_SECONDS,
        retry: bool = True,
        update: bool = False,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.time,
        log: Path | None = None,
        progress: Callable[[RequestCounts], None] | None = None,
    ) -> None:
        self._open = ExitStack()
        cache = self._open.enter_context(ResponseCache(log or corpus / "raw"))
        self.close = weakref.finalize(self, self._open.close)
        session = self._open.enter_context(requests.Session())
        transport = Transport(session, service, read_seconds=timeout)
        rules, answers = ClientRules(service.key is not None, retry), KeptAnswers(cache, update)
        self.counts = RequestCounts()
        client: FetchClient[Any] = FetchClient(
            answers,
            transport.send,
            rules,
            sleep=sleep,
            clock=clock,
            progress=progress,
            counts=self.counts,
        )
        self.api_url = service.base_url
        self.auth_header: dict[str, str] = {}  # the key is in no attribute that a person prints
        self._timeout, self._retry, self._debug = timeout, retry, False
        self._requester = KeptRequester(answers, client, rules, transport, self.api_url, clock, in_thread=True)

    @property
    def answered_at(self) -> str:
        """When the last answer arrived, also one that was kept: "2026-11-23T10:00:00Z"; "" before there is one."""
        return self._requester.answers.answered_at

    async def get_papers(
        self, paper_ids: Sequence[str], fields: list[str] | None = None, return_not_found: bool = False
    ) -> Any:
        """The papers of any number of ids, position by position; None where the service knows none.

        With `return_not_found` also the ids that it does not know.
        """
        papers = await self._batch("/paper/batch", Paper, paper_ids, fields or Paper.SEARCH_FIELDS)
        return _with_unknown(paper_ids, papers) if return_not_found else papers

    async def get_authors(
        self, author_ids: Sequence[str], fields: list[str] | None = None, return_not_found: bool = False
    ) -> Any:
        """The authors of any number of ids, as `get_papers` does it."""
        authors = await self._batch("/author/batch", Author, author_ids, fields or Author.SEARCH_FIELDS)
        return _with_unknown(author_ids, authors) if return_not_found else authors

    async def _batch(self, path: str, record: Callable[[Any], Any], ids: Sequence[str], fields: list[str]) -> list[Any]:
        if not ids:
            return []
        url = f"{self.api_url}{self.BASE_PATH_GRAPH}{path}"
        rows = await self._requester.get_data_async(url, f"&fields={','.join(fields)}", {}, {"ids": ids})
        return [None if row is None else record(row) for row in rows]

    async def search_paper(self, query: str, *arguments: Any, **options: Any) -> Any:
        """As the client has it; a query may hold any character, and a title without a match is `NotKnown`."""
        try:
            return await super().search_paper(encoded(query), *arguments, **_encoded(options))
        except IndexError:
            raise NotKnown(f"no title matches {clipped(query, 80)!r}") from None

    async def search_author(self, query: str, *arguments: Any, **options: Any) -> Any:
        """As the client has it; a query may hold any character."""
        return await super().search_author(encoded(query), *arguments, **_encoded(options))

    async def get_autocomplete(self, query: str) -> Any:
        """As the client has it; a query may hold any character, and its first hundred are sent."""
        return await super().get_autocomplete(encoded(beginning(query, 100)))

    async def search_snippet(self, query: str, *arguments: Any, **options: Any) -> Any:
        """As the client has it; a query may hold any character."""
        return await super().search_snippet(encoded(query), *arguments, **_encoded(options))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_fault: object) -> None:
        self.close()


def _encoded(options: dict[str, Any]) -> dict[str, Any]:
    """The options whose texts the client puts into a query as they are."""
    lists = {name: [encoded(each) for each in options[name]] for name in _LISTS if options.get(name)}
    texts = {name: encoded(options[name]) for name in _TEXTS if options.get(name)}
    return options | lists | texts


def _with_unknown(ids: Sequence[str], records: list[Any]) -> tuple[list[Any], list[str]]:
    return records, [each for each, record in zip(ids, records, strict=True) if record is None]


class SemanticScholar(_Debug, semanticscholar.SemanticScholar):  # type: ignore[misc]  # the client has no types
    """`semanticscholar.SemanticScholar` with a corpus as its cache.

    Its methods raise `graph.sources.semantic_scholar.requester.NotKnown`, `QueryRefused`, `NoAnswer`, `Withheld` and
    `AccessRefused`, which are also the exceptions that the client itself has for these cases. Raises `InputError` when
    the folder cannot be used, or the key or the address is none.

    Parameters
    ----------
    corpus : str or Path
        A folder; every answer is kept in its ``raw/``, where a fetch keeps its own, and nothing that is there is asked
        again. While the client is open, no fetch can run on this corpus: close it, or use it in a ``with`` statement.
    api_key : str, optional
        Goes with every request to this service, and nowhere else.
    api_url : str, optional
        A mirror or a test service.
    timeout : float
        How many seconds the service may be silent.
    retry : bool
        Whether a request that failed is sent again.
    update : bool
        Ask again for what was kept before this client was made.
    sleep, clock : callable
        Handed in, so that a test need not wait. `clock` gives seconds since 1970.
    """

    def __init__(self, corpus: str | Path, **options: Any) -> None:
        self._wrap(AsyncSemanticScholar(corpus, **options))

    @classmethod
    def at(cls, corpus: Path, service: Service, **options: Any) -> Self:
        """See `AsyncSemanticScholar.at`."""
        made = cls.__new__(cls)
        made._wrap(AsyncSemanticScholar.at(corpus, service, **options))
        return made

    def _wrap(self, inner: AsyncSemanticScholar) -> None:
        inner._requester.in_thread = False  # each call has an event loop of its own
        self._AsyncSemanticScholar = inner
        self._timeout, self._retry, self._debug = inner._timeout, inner._retry, False
        self.close = inner.close
        self.counts = inner.counts

    @property
    def answered_at(self) -> str:
        """See `AsyncSemanticScholar.answered_at`."""
        return self._AsyncSemanticScholar.answered_at

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_fault: object) -> None:
        self.close()
