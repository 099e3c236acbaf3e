"""What Semantic Scholar said of each paper, as the typed records of the `semanticscholar` client.

For people who know that client: its `Paper` reads the responses that a fetch has kept, so that they
can use fields that the corpus does not hold, without another request. What those records cannot hold is None:
`graph.sources.semantic_scholar.typed_rows`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from ...errors import InputError
from ..http.response_cache import ResponseCache
from ..semantic_scholar.typed_rows import readable

if TYPE_CHECKING:
    from semanticscholar.Paper import Paper


def typed_papers(corpus: Path) -> Iterator[Paper]:
    """The records of the papers that were requested by identifier, as the service sent them, in the order of requests.

    `corpus` is the folder of a fetched corpus; one kept response is read at a time. `raw_data` of a record is the JSON
    object that was sent. Papers that the service did not know are left out. Raises `InputError` when nothing was
    fetched into the folder, or a fetch is running there.
    """
    from semanticscholar.Paper import Paper

    if not (corpus / "raw" / "answers.jsonl").is_file():
        raise InputError(
            "no saved answers here", where=str(corpus), remedy="fetch into it first: lineage fetch --to ..."
        )
    with ResponseCache(corpus / "raw") as cache:
        for response in cache.responses_to("/paper/batch"):
            accepted = response.status == 200 and response.verdict == "accept"
            rows = msgspec.json.decode(response.body) if accepted else []
            # A batch that was asked for lists says nothing else of its papers, not even their titles.
            yield from (Paper(readable(row)) for row in rows if isinstance(row, dict) and "title" in row)
