"""JSON of the service, made such that the records of the `semanticscholar` client can be made of it: pure.

Those records raise an error for a date that does not exist or is not whole, for a list or an object that is null, and
for values of other types. What they cannot hold is left out, which they show as None: unknown, and not empty.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

_OBJECTS = ("journal", "publicationVenue", "tldr")
_RECORDS = ("authors", "citations", "papers", "references")
_ENDS = ("citedPaper", "citingPaper")
_MAPPINGS = ("externalIds", "openAccessPdf", "citationStyles", "embedding")


def readable(row: Mapping[str, Any]) -> dict[str, Any]:
    """The JSON of a paper, an author or a row of a list, without what its record cannot hold; see the module.

    >>> readable({"paperId": "a", "publicationDate": "2022-03", "references": None, "authors": [None, {"name": "Ann"}]})
    {'paperId': 'a', 'authors': [{'name': 'Ann'}]}
    >>> readable({"citedPaper": None, "isInfluential": True})
    {'citedPaper': {}, 'isInfluential': True}
    """
    found: dict[str, Any] = {}
    for name, value in row.items():
        if name in _ENDS:
            found[name] = readable(value) if isinstance(value, dict) else {}
        elif name in _RECORDS:
            if isinstance(value, list):
                found[name] = [readable(each) for each in value if isinstance(each, dict)]
        elif name in (*_OBJECTS, *_MAPPINGS):
            if isinstance(value, dict):
                found[name] = value
        elif name != "publicationDate" or _is_day(value):
            found[name] = value
    return found


def readable_snippet(row: Mapping[str, Any]) -> dict[str, Any]:
    """The JSON of one snippet, whose paper and text are objects.

    >>> readable_snippet({"score": 0.5, "paper": None, "snippet": {"text": "so"}})
    {'score': 0.5, 'snippet': {'text': 'so'}}
    """
    return {name: value for name, value in row.items() if name not in ("paper", "snippet") or isinstance(value, dict)}


def _is_day(value: object) -> bool:
    try:
        datetime.datetime.strptime(str(value), "%Y-%m-%d")  # noqa: DTZ007  # as the client reads it
    except ValueError:
        return False
    return True
