"""What Semantic Scholar said of each paper, as the typed records of the `semanticscholar` client.

For people who know that client: its `Paper` reads the answers that a fetch has kept, so that all
fields are at hand that the corpus has no place for, without one further request. Its faults are
mended on the way: a date that does not exist is no error there any more, but None.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from ...errors import InputError
from ..semantic_scholar.response_cache import ResponseCache

if TYPE_CHECKING:
    from semanticscholar.Paper import Paper


def typed_papers(corpus: Path) -> Iterator[Paper]:
    """The records of the papers that were asked for by identifier, as the service sent them.

    Parameters
    ----------
    corpus : Path
        The folder of a fetched corpus.

    Yields
    ------
    semanticscholar.Paper.Paper
        In the order in which they were asked for; `raw_data` is the answer itself. Papers that the
        service did not know are left out.

    Raises
    ------
    InputError
        When nothing was fetched into the folder, or a fetch is running there.

    Notes
    -----
    Reads one kept answer at a time.
    """
    from semanticscholar.Paper import Paper

    if not (corpus / "raw" / "answers.jsonl").is_file():
        raise InputError(
            "no kept answers here", where=str(corpus), remedy="fetch into it first: lineage fetch --to ..."
        )
    with ResponseCache(corpus / "raw") as store:
        for kept in store.answers("/paper/batch"):
            rows = msgspec.json.decode(kept.body) if kept.status == 200 and kept.verdict == "accept" else []
            yield from (Paper(_mended(row)) for row in rows if isinstance(row, dict))


def _mended(row: dict[str, Any]) -> dict[str, Any]:
    """The row without what the client breaks on: a date that is none, and nulls for lists of papers."""
    mended = {name: value for name, value in row.items() if not (name in ("references", "citations") and value is None)}
    try:
        datetime.datetime.strptime(str(row.get("publicationDate")), "%Y-%m-%d")  # noqa: DTZ007  # as the client does
    except ValueError:
        mended["publicationDate"] = None
    return mended
