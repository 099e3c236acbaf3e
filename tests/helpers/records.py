"""Records of sources, written briefly."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from graph.model.identifiers import identifier
from graph.sources.records import Record


def record(
    record_id: str,
    title: str | None = None,
    author: str | None = None,
    year: int | None = None,
    *,
    ids: Iterable[str] = (),
    **more: Any,
) -> Record:
    """A record with one author; identifiers are written as "arxiv:1810.04805"."""
    identifiers = tuple(identifier(*text.split(":", 1)) for text in ids)
    return Record(record_id, identifiers, title, authors=(author,) if author else (), year=year, **more)
