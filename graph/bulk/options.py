"""How to ingest."""

from __future__ import annotations

from dataclasses import dataclass, field

from .rejects import RejectLimit


@dataclass(frozen=True, slots=True)
class IngestOptions:
    """How to ingest.

    `memory` is in bytes, for everything together. `threads` is how many shards or parts to work on at a time; fewer
    where memory is small. `sentences` keeps the citing sentences, `updatable` the rows with their ids, so that diffs
    can be applied. `release` is the name of the release, for the manifest, and `reject_limit` the number of lines that
    may be no rows of it.
    """

    release: str | None = None
    memory: int = 8 << 30
    threads: int = 1
    sentences: bool = False
    updatable: bool = False
    reject_limit: RejectLimit = field(default_factory=lambda: RejectLimit(fraction=0.001))
