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

    `ids` makes it a POST; `params` are the query, in a fixed order. It holds no key and no address of a person.
    """

    kind: str
    path: str
    params: tuple[tuple[str, str], ...] = ()
    ids: tuple[str, ...] = ()

    def __str__(self) -> str:
        r"""The request on one line, without the fields that it asks for.

        >>> print(Request("page", "/paper/7/references", (("fields", "title"), ("offset", "0"))))
        GET /paper/7/references?offset=0
        >>> print(Request("papers", "/paper/batch", ids=("ARXIV:1706.03762",)))
        POST /paper/batch (1 papers)
        """
        query = urlencode([(name, value) for name, value in self.params if name not in _FIELDS])
        papers = f" ({len(self.ids)} papers)" if self.ids else ""
        return clipped(f"{self.method} {self.path}{'?' if query else ''}{query}{papers}", _LONGEST_LINE)

    @property
    def method(self) -> str:
        """GET, or POST when it names papers in its body."""
        return "POST" if self.ids else "GET"

    @property
    def key(self) -> str:
        """A short name that equal requests share, in this run and in the next."""
        parts = [self.method, self.path, [list(each) for each in self.params], list(self.ids)]
        return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()[:32]
