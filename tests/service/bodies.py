"""Faults that send status 200 and a body that is not the right one."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .faults import Fault, HtmlPage
from .records import JsonObject, PaperRecord, made_up_sha
from .wire import Answer, Request


@dataclass(frozen=True)
class OtherBody(Fault):
    """Status 200 and a changed body; errors are not changed."""

    def apply(self, request: Request, answer: Answer) -> Answer:
        return dataclasses.replace(answer, body=self.body(answer.value)) if answer.status == 200 else answer

    def body(self, value: Any) -> bytes:
        """The bytes to send instead."""
        raise NotImplementedError


@dataclass(frozen=True)
class ElidedReferences(OtherBody):
    """``"data": null`` (in a paper: ``"references": null``) where there should be rows."""

    def body(self, value: Any) -> bytes:
        if isinstance(value, dict) and "data" in value:
            return _bytes({name: part for name, part in value.items() if name == "citingPaperInfo"} | {"data": None})
        return _bytes(_mapped(value, lambda row: row | ({"references": None} if "references" in row else {})))


@dataclass(frozen=True)
class NullIds(OtherBody):
    """Every nth paper of the answer has a null paperId, as an unmatched bibliography string has."""

    every: int = 3

    def body(self, value: Any) -> bytes:
        seen = 0

        def without(row: JsonObject) -> JsonObject:
            nonlocal seen
            seen += "paperId" in row
            hit = "paperId" in row and seen % self.every == 0
            return row | {name: None for name in row if hit and name not in {"title", "authors"}}

        return _bytes(_mapped(value, without))


@dataclass(frozen=True)
class ChangedId(OtherBody):
    """The papers of the answer carry another paperId and corpusId than before, as after a merge."""

    salt: str = "merged"

    def body(self, value: Any) -> bytes:
        def changed(row: JsonObject) -> JsonObject:
            if not row.get("paperId"):
                return row
            other = PaperRecord(made_up_sha(self.salt + row["paperId"]))
            news: JsonObject = {"paperId": other.id, "corpusId": other.corpus_id}
            if row.get("externalIds"):
                news["externalIds"] = row["externalIds"] | {"CorpusId": other.corpus_id}
            return row | {name: new for name, new in news.items() if name in row}

        return _bytes(_mapped(value, changed))


@dataclass(frozen=True)
class WrongTypes(OtherBody):
    """Numbers where there should be texts, texts for numbers, objects for lists and lists for objects.

    `only` names the fields, at any depth; without it every row of a page and every field of a paper
    is changed.
    """

    only: tuple[str, ...] = ()

    def body(self, value: Any) -> bytes:
        def changed(row: JsonObject) -> JsonObject:
            return {n: _wrong(part) if not self.only or n in self.only else part for n, part in row.items()}

        if not self.only and isinstance(value, dict) and isinstance(value.get("data"), list):
            return _bytes(value | {"data": [_mapped(row, changed) for row in value["data"]]})
        return _bytes(_mapped(value, changed))


@dataclass(frozen=True)
class UnknownFields(OtherBody):
    """Every object has unknown fields, which a client must ignore."""

    def body(self, value: Any) -> bytes:
        extra = {"addedLastWeek": {"deep": [1, None, {"x": True}]}, "": "a field without a name"}
        return _bytes(_mapped(value, lambda row: row | extra))


@dataclass(frozen=True)
class NotANumber(OtherBody):
    """NaN and Infinity in place of numbers: they are not JSON, but Python's parser accepts them."""

    def body(self, value: Any) -> bytes:
        numbers = {"year": float("nan"), "citationCount": float("inf"), "offset": float("nan")}
        return _bytes(_mapped(value, lambda row: row | {n: v for n, v in numbers.items() if n in row}))


@dataclass(frozen=True)
class LoneSurrogate(OtherBody):
    r"""Half of a surrogate pair, as the escape ``\ud800``, in every title: it cannot be written as UTF-8."""

    def body(self, value: Any) -> bytes:
        broken = _mapped(value, lambda row: row | ({"title": "half a pair \ud800 here"} if "title" in row else {}))
        return json.dumps(broken).encode("ascii")


@dataclass(frozen=True)
class Nested(OtherBody):
    """So many brackets that a recursive parser overflows."""

    size: int = 10_000_000

    def body(self, value: Any) -> bytes:
        return b'{"data":' + b"[" * (self.size // 2) + b"]" * (self.size // 2) + b"}"


@dataclass(frozen=True)
class NotJson(OtherBody):
    """A body that ends in the middle, with a Content-Length to match: broken JSON, delivered completely."""

    def body(self, value: Any) -> bytes:
        whole = _bytes(value)
        return whole[: max(len(whole) // 2, 1)]


@dataclass(frozen=True)
class EmptyBody(OtherBody):
    """Nothing at all, with status 200."""

    def body(self, value: Any) -> bytes:
        return b""


HOSTILE: tuple[Fault, ...] = (
    HtmlPage(),
    WrongTypes(),
    UnknownFields(),
    NotANumber(),
    LoneSurrogate(),
    Nested(),
    NotJson(),
    EmptyBody(),
)
"""Answers with status 200 that no parser must trust."""


def _bytes(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8")


def _mapped(value: Any, change: Callable[[JsonObject], JsonObject]) -> Any:
    """The value with every object in it changed, the innermost first."""
    if isinstance(value, list):
        return [_mapped(each, change) for each in value]
    if isinstance(value, dict):
        return change({name: _mapped(part, change) for name, part in value.items()})
    return value


def _wrong(part: Any) -> Any:
    if isinstance(part, bool) or part is None:
        return "yes"
    if isinstance(part, int | float):
        return str(part)
    return 7 if isinstance(part, str) else {"0": "list"} if isinstance(part, list) else ["object"]
