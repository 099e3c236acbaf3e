"""What Semantic Scholar's datasets service lists: releases, the shards of a dataset, diffs between releases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import msgspec

from ..errors import InputError, LineageError
from ..sources.semantic_scholar.endpoints import Request
from ..sources.semantic_scholar.retry_policy import HttpResponse, NoResponse
from ..sources.semantic_scholar.transport import Transport

TRIES = 8
_FIRST_WAIT, _LONGEST_WAIT = 5.0, 300.0


class ServiceFault(LineageError):
    """The service did not give what was asked; what was downloaded is kept."""


@dataclass(frozen=True, slots=True)
class Link:
    """Where one shard can be had, for a while. It is known by `path`, because the query changes with every listing."""

    url: str

    @property
    def path(self) -> str:
        """The address without host and query."""
        return urlsplit(self.url).path

    @property
    def host(self) -> str:
        """Whom it asks."""
        return urlsplit(self.url).hostname or ""

    @property
    def file(self) -> str:
        """A file name: the end of the path, with nothing in it that leads elsewhere.

        >>> Link("https://x.amazonaws.com/staging/2026-09-01/papers/20260903_0.gz?sig=1").file
        '20260903_0.gz'
        >>> Link("https://x.amazonaws.com/a/%2e%2e%2fb").file
        '_._b.gz'
        """
        name = unquote(self.path.rsplit("/", 1)[-1])
        safe = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "_" for c in name)
        safe = "_" + safe[1:] if safe.startswith(".") else safe
        return safe if safe.endswith(".gz") else safe + ".gz"


@dataclass(frozen=True, slots=True)
class Diff:
    """What changed in a dataset from one release to the next."""

    start: str
    end: str
    updates: tuple[Link, ...]
    deletes: tuple[Link, ...]


class Datasets:
    """Asks the datasets service, with patience: it refuses listings readily.

    Parameters
    ----------
    transport : Transport
        With the key, which listings of shards need.
    sleep, random : callable
        Handed in, so that a test need not wait.
    notice : callable
        Told why it waits.
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

    def release(self, wanted: str) -> str:
        """The id of a release: "latest" is looked up."""
        value = self._asked(f"/release/{quote(wanted, safe='')}", f"release {wanted}")
        return _text(value.get("release_id"), "release_id")

    def shards(self, release: str, dataset: str) -> list[Link]:
        """The shards of a dataset, with links that work for some hours."""
        value = self._asked(
            f"/release/{quote(release, safe='')}/dataset/{quote(dataset, safe='')}", f"{dataset} of release {release}"
        )
        return _links(value.get("files"))

    def diffs(self, start: str, end: str, dataset: str) -> list[Diff]:
        """What changed between two releases, one step for each release between them, in order."""
        path = f"/diffs/{quote(start, safe='')}/to/{quote(end, safe='')}/{quote(dataset, safe='')}"
        value = self._asked(path, f"changes of {dataset} from {start} to {end}")
        steps = value.get("diffs")
        if not isinstance(steps, list):
            raise ServiceFault("the list of diffs is none; try again later")
        return [
            Diff(
                _text(step.get("from_release"), "from_release"),
                _text(step.get("to_release"), "to_release"),
                tuple(_links(step.get("update_files"))),
                tuple(_links(step.get("delete_files"))),
            )
            for step in steps
            if isinstance(step, dict)
        ]

    def _asked(self, path: str, what: str) -> dict[str, Any]:
        request = Request("page", f"/datasets/v1{path}")
        for attempt in range(TRIES):
            heard = self._send(request)
            why = _fault(heard, what)
            if isinstance(heard, HttpResponse) and not why:
                try:
                    value = msgspec.json.decode(heard.body)
                except msgspec.DecodeError:
                    value = None
                if isinstance(value, dict):
                    return value
                why = "the answer is no JSON object"
            if attempt + 1 < TRIES:
                self._wait(attempt, heard, why)
        raise ServiceFault(f"{what}: {why}, {TRIES} times; what was downloaded is kept, try again later")

    def _wait(self, attempt: int, heard: HttpResponse | NoResponse, why: str) -> None:
        asked = heard.retry_after if isinstance(heard, HttpResponse) else None
        seconds = patience(attempt, self._random(), asked)
        self._notice(f"{why}; waiting {seconds:.0f} s")
        self._sleep(seconds)


def patience(attempt: int, jitter: float, asked: float | None = None) -> float:
    """How long to wait before the next try: 5, 10, 20 ... seconds and a bit, or what the service asks for.

    >>> patience(0, 0.0), patience(2, 0.5), patience(0, 0.0, 60.0)
    (5.0, 25.0, 60.0)
    """
    own = min(_FIRST_WAIT * 2.0**attempt, _LONGEST_WAIT) * (1 + jitter / 2)
    return max(own, min(asked or 0.0, _LONGEST_WAIT))


def _fault(heard: HttpResponse | NoResponse, what: str) -> str:
    """What is wrong with an answer that may be better next time; "" when nothing is.

    Raises
    ------
    InputError
        For what no second try changes.
    """
    if isinstance(heard, NoResponse):
        return heard.why
    if heard.status in (401, 403):
        raise InputError(
            "the service refused: shards are listed for holders of an API key",
            where=what,
            remedy="put a valid key into S2_API_KEY, or name a file with --key-file",
        )
    if heard.status == 404:
        raise InputError("the service knows no such thing", where=what, remedy="check the release and the dataset")
    return "" if heard.status == 200 else f"status {heard.status}"


def _links(value: Any) -> list[Link]:
    if not isinstance(value, list) or not all(isinstance(url, str) for url in value):
        raise ServiceFault("the list of shards is none; try again later")
    for url in value:
        if urlsplit(url).scheme not in ("http", "https"):
            raise ServiceFault("a link of the list is no web address; try again later")
    return [Link(url) for url in value]


def _text(value: Any, name: str) -> str:
    if not isinstance(value, str) or not value:
        raise ServiceFault(f"the answer has no {name}; try again later")
    return value
