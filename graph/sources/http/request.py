"""A request to a service, as a value that compares, sorts and fits in a log."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from urllib.parse import urlencode

import msgspec

from ...utils.text import clipped

_FIELDS = ("fields", "select")
_LONGEST_LINE = 300


@dataclass(frozen=True, slots=True)
class Request:
    """One request. `kind` says which limits of its service hold for it.

    `ids` makes it a POST, and so do `lists`: named lists of ids. `params` are the query, in a fixed order. It holds no
    key and no address of a person.
    """

    kind: str
    path: str
    params: tuple[tuple[str, str], ...] = ()
    ids: tuple[str, ...] = ()
    lists: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def __str__(self) -> str:
        r"""The request on one line, without the fields that it asks for.

        >>> print(Request("page", "/paper/7/references", (("fields", "title"), ("offset", "0"))))
        GET /paper/7/references?offset=0
        >>> print(Request("papers", "/paper/batch", ids=("ARXIV:1706.03762",)))
        POST /paper/batch (1 papers)
        """
        query = urlencode([(name, value) for name, value in self.params if name not in _FIELDS])
        named = sum(len(ids) for _, ids in self.lists) if self.lists else len(self.ids)
        papers = f" ({named} papers)" if named else ""
        return clipped(f"{self.method} {self.path}{'?' if query else ''}{query}{papers}", _LONGEST_LINE)

    @property
    def method(self) -> str:
        """GET, or POST when it names papers in its body."""
        return "POST" if self.ids or self.lists else "GET"

    @property
    def body(self) -> bytes | None:
        """The body of a POST, as JSON; None for a GET.

        >>> Request("papers", "/paper/batch", ids=("ARXIV:1706.03762",)).body
        b'{"ids":["ARXIV:1706.03762"]}'
        """
        if self.lists:
            return msgspec.json.encode(dict(self.lists))
        return msgspec.json.encode({"ids": self.ids}) if self.ids else None

    @property
    def key(self) -> str:
        """A short name that equal requests share, in this run and in the next."""
        parts: list[object] = [self.method, self.path, [list(each) for each in self.params], list(self.ids)]
        parts += [list(self.lists)] if self.lists else []
        return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()[:32]
