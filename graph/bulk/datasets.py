"""Semantic Scholar's datasets service: the releases, the shards of a dataset, the diffs between releases."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, TypeVar
from urllib.parse import quote, unquote, urlsplit

import msgspec

from ..errors import InputError, LineageError
from ..sources.http.outcomes import HttpResponse, NoResponse
from ..sources.http.request import Request
from ..sources.http.transport import Transport
from ..utils.decode import decode_json
from ..utils.file_names import FileName

log = logging.getLogger(__name__)
T = TypeVar("T")

MAX_TRIES = 8
_FIRST_WAIT, _LONGEST_WAIT = 5.0, 300.0


class ServiceFault(LineageError):
    """The service did not give what was requested; what was downloaded is kept."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link to one shard, which works for some hours. `path` identifies the shard: every listing has another query."""

    url: str

    @property
    def path(self) -> str:
        """The path of the URL, without host and query."""
        return urlsplit(self.url).path

    @property
    def host(self) -> str:
        """The host of the URL."""
        return urlsplit(self.url).hostname or ""

    @property
    def file(self) -> FileName:
        """A safe file name: the end of the path, with nothing in it that leads to another folder.

        >>> Link("https://x.amazonaws.com/staging/2026-09-01/papers/20260903_0.gz?sig=1").file
        '20260903_0.gz'
        >>> Link("https://x.amazonaws.com/a/%2e%2e%2fb").file
        '_._b.gz'
        """
        name = unquote(self.path.rsplit("/", 1)[-1])
        safe = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "_" for c in name)
        return FileName(FileName.of(safe.removesuffix(".gz")) + ".gz")


@dataclass(frozen=True, slots=True)
class Diff:
    """What changed in a dataset from one release to the next."""

    start: str
    end: str
    updates: tuple[Link, ...]
    deletes: tuple[Link, ...]


class DatasetsService:
    """The client of the datasets service. It retries patiently, because the service often refuses listings.

    `transport` has the key, which listings of shards need. `notice` is called with the reason before each wait. `sleep`
    and `random` are handed in, so that a test need not wait.
    """

    def __init__(
        self,
        transport: Transport,
        *,
        sleep: Callable[[float], None],
        random: Callable[[], float],
        notice: Callable[[str], None],
    ) -> None:
        self._send, self._sleep, self._random, self._notice = transport.send, sleep, random, notice

    def release(self, name: str) -> FileName:
        """The id of a release; "latest" is looked up. It is safe as the name of a folder."""
        found = self._get(f"/release/{_quoted(name)}", f"release {name}", _ReleaseJson).release_id
        try:
            return FileName(found)
        except ValueError as fault:
            raise ServiceFault(f"the service does not name the release {name} as one ({fault})") from None

    def shards(self, release: str, dataset: str) -> list[Link]:
        """Links to the shards of a dataset."""
        path = f"/release/{_quoted(release)}/dataset/{_quoted(dataset)}"
        return _links(self._get(path, f"{dataset} of release {release}", _DatasetJson).files)

    def diffs(self, start: str, end: str, dataset: str) -> list[Diff]:
        """What changed between two releases: one diff for each release after the first, in order."""
        path = f"/diffs/{_quoted(start)}/to/{_quoted(end)}/{_quoted(dataset)}"
        found = self._get(path, f"changes of {dataset} from {start} to {end}", _DiffsJson).diffs
        return [
            Diff(each.from_release, each.to_release, tuple(_links(each.update_files)), tuple(_links(each.delete_files)))
            for each in found
        ]

    def _get(self, path: str, what: str, kind: type[T]) -> T:
        """The JSON object at a path of the service; `what` describes it in messages."""
        request = Request("page", f"/datasets/v1{path}")
        for attempt in range(MAX_TRIES):
            response = self._send(request)
            why = _retryable_fault(response, what)
            if isinstance(response, HttpResponse) and not why:
                try:
                    return decode_json(response.body, kind)
                except ValueError as fault:
                    why = f"the answer is not the expected JSON ({fault})"
            if attempt + 1 < MAX_TRIES:
                self._wait(attempt, response, why)
        raise ServiceFault(f"{what}: {why}, {MAX_TRIES} times; what was downloaded is kept, try again later")

    def _wait(self, attempt: int, response: HttpResponse | NoResponse, why: str) -> None:
        retry_after = response.retry_after if isinstance(response, HttpResponse) else None
        seconds = seconds_to_wait(attempt, self._random(), retry_after)
        log.info("%s, try %d of %d; waiting %.1f s", why, attempt + 1, MAX_TRIES, seconds)
        self._notice(f"{why}; waiting {seconds:.0f} s")
        self._sleep(seconds)


def seconds_to_wait(attempt: int, jitter: float, retry_after: float | None = None) -> float:
    """How long to wait before the next try: 5, 10, 20 ... seconds and a random addition, or what the service asks for.

    It may ask for five minutes at most.

    >>> seconds_to_wait(0, 0.0), seconds_to_wait(2, 0.5), seconds_to_wait(0, 0.0, 60.0), seconds_to_wait(0, 0.0, 9e9)
    (5.0, 25.0, 60.0, 300.0)
    """
    own = min(_FIRST_WAIT * 2.0**attempt, _LONGEST_WAIT) * (1 + jitter / 2)
    return max(own, min(retry_after or 0.0, _LONGEST_WAIT))


def _retryable_fault(response: HttpResponse | NoResponse, what: str) -> str:
    """What is wrong with a response if another try may help; "" for a good one. `InputError` when no try can help."""
    if isinstance(response, NoResponse):
        return response.why
    if response.status in (401, 403):
        raise InputError(
            "the service refused: it lists shards only for holders of an API key",
            where=what,
            remedy="put a valid key into S2_API_KEY, or name a file with --key-file",
        )
    if response.status == 404:
        raise InputError("the service does not know it", where=what, remedy="check the release and the dataset")
    return "" if response.status == 200 else f"status {response.status}"


def _quoted(name: str) -> str:
    return quote(name, safe="")


def _links(urls: list[str]) -> list[Link]:
    for url in urls:
        if urlsplit(url).scheme not in ("http", "https"):
            raise ServiceFault("a link of the list is not a web address; try again later")
    return [Link(url) for url in urls]


_Name = Annotated[str, msgspec.Meta(min_length=1)]


class _ReleaseJson(msgspec.Struct):
    release_id: _Name


class _DatasetJson(msgspec.Struct):
    files: list[str]


class _DiffJson(msgspec.Struct):
    from_release: _Name
    to_release: _Name
    update_files: list[str]
    delete_files: list[str]


class _DiffsJson(msgspec.Struct):
    diffs: list[_DiffJson]
