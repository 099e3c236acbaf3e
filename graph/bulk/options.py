"""How to ingest, and who hears of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from .rejects import RejectLimit


@dataclass(frozen=True, slots=True)
class IngestOptions:
    """How to ingest.

    Parameters
    ----------
    release : str, optional
        Which release it is, for the manifest.
    memory : int
        Bytes, for everything together.
    threads : int
        So many shards or parts at a time; fewer where memory is small.
    sentences : bool, default False
        Keep the citing sentences.
    updatable : bool, default False
        Keep the rows with their ids, so that diffs can be applied.
    allowance : RejectLimit
        How many lines may be no rows.
    """

    release: str | None = None
    memory: int = 8 << 30
    threads: int = 1
    sentences: bool = False
    updatable: bool = False
    allowance: RejectLimit = field(default_factory=lambda: RejectLimit(part=0.001))


class IngestProgress(Protocol):
    """Hears how far it is; `graph.bulk.progress.ByteMeter` shows it."""

    def begin(self, phase: str, whole: int, *, unit: str = "bytes", done: int = 0) -> None:
        """A phase begins, of which a part may have been done by an earlier run."""

    def add(self, more: int) -> None:
        """So much more is done."""


class NoProgress:
    """Hears it, and says nothing."""

    def begin(self, phase: str, whole: int, *, unit: str = "bytes", done: int = 0) -> None:
        """Nothing."""

    def add(self, more: int) -> None:
        """Nothing."""
