"""Requests and answers as values: a fault turns one answer into another."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal
from urllib.parse import parse_qsl

JSON_TYPE = "application/json"
Fingerprint = tuple[str, str, str, str]


def fingerprint(method: str, path: str, query: str, body: str) -> Fingerprint:
    """What a request asks for, whatever the order of its parameters and its headers."""
    return (method, path, "&".join(sorted(query.split("&"))), body)


@dataclass(frozen=True)
class Request:
    """One request as it arrived. The key is in no log and no repr."""

    method: str
    path: str
    query: str = ""
    body: bytes = b""
    key: str | None = field(default=None, repr=False)

    @cached_property
    def params(self) -> Mapping[str, str]:
        """The query parameters, decoded; the last of a repeated one."""
        return dict(parse_qsl(self.query, keep_blank_values=True))

    @property
    def fingerprint(self) -> Fingerprint:
        """Equal for requests that ask for the same."""
        return fingerprint(self.method, self.path, self.query, self.body.decode("utf-8", "replace"))


@dataclass(frozen=True)
class Answer:
    """One answer, and what happens to it on the way.

    Attributes
    ----------
    delay : float
        Seconds before the first byte.
    keep : float or None
        The share of the body that is sent before the connection closes; the Content-Length still
        announces all of it. None: the whole body.
    dropped : str or None
        "before" or "after" the headers the connection closes, or is "reset".
    """

    status: int
    body: bytes
    content_type: str = JSON_TYPE
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0
    keep: float | None = None
    dropped: Literal["before", "after", "reset"] | None = None

    @classmethod
    def json(cls, status: int, value: Any, **headers: str) -> Answer:
        """An answer with a JSON body."""
        return cls(status, json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass"), headers=headers)

    @property
    def value(self) -> Any:
        """The body, read as JSON."""
        return json.loads(self.body)

    @property
    def arrives(self) -> bool:
        """Whether all of it reaches the client."""
        return self.dropped is None and self.keep is None


def error(status: int, text: str) -> Answer:
    """An error of the application itself."""
    return Answer.json(status, {"error": text})


def gateway_error(status: int, text: str, *, code: str | None = None, **headers: str) -> Answer:
    """An error of the gateway in front of the application."""
    return Answer.json(status, {"message": text} | ({"code": code} if code else {}), **headers)
