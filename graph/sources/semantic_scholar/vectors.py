"""SPECTER2 vectors of papers from the service (Singh et al. 2023, doi:10.18653/v1/2023.emnlp-main.338)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ...errors import InputError
from ...model.entities import Paper
from ...model.vectors import Vectors

if TYPE_CHECKING:
    from .client import SemanticScholar

MODEL = "specter_v2"
PAPERS_A_REQUEST = 500
MOST_NUMBERS = 8192
"""A longer vector is none."""
_LARGEST = float(np.finfo(np.float16).max)


def fetch_vectors(
    papers: Iterable[Paper], scholar: SemanticScholar, *, progress: Callable[[int, int], None] | None = None
) -> Vectors:
    """Ask for the vectors of the papers that have an id of the service, 500 papers a request.

    Raises `InputError` when no paper has an id, or the service has no vector of any of them, and `LineageError` when it
    does not answer; what was answered is kept. What the open client has asked before is not asked again. `progress`
    takes how many papers are done, and of how many. The vectors, of those papers of which the service has one, are in
    half precision, which changes a cosine by a thousandth or so.
    """
    first = (next((each.value for each in paper.identifiers if each.scheme == "s2"), None) for paper in papers)
    ids = sorted({each for each in first if each is not None})
    if not ids:
        raise InputError("no paper here has an id of Semantic Scholar", remedy="fetch papers that it knows first")
    found: dict[str, NDArray[np.float16]] = {}
    for start in range(0, len(ids), PAPERS_A_REQUEST):
        part = ids[start : start + PAPERS_A_REQUEST]
        answers = scholar.get_papers(part, ["paperId", f"embedding.{MODEL}"])
        for id_, answer in zip(part, answers, strict=True):
            vector = vector_of(None if answer is None else answer.embedding)
            if vector is not None:
                found[id_] = vector
        if progress is not None:
            progress(start + len(part), len(ids))
    if not found:
        raise InputError(
            f"Semantic Scholar knows {len(ids):,} of the papers here, and has a vector of none",
            remedy="go on without --vectors, or ask again another day with --update",
        )
    return Vectors(MODEL, scholar.answered_at[:10], *_of_one_length(found))


def vector_of(embedding: Any) -> NDArray[np.float16] | None:
    """The vector that the service sends; None where it sends none, or none that can be used.

    >>> vector_of({"model": "specter_v2", "vector": [0.5, -2]}), vector_of({"vector": ["a"]}), vector_of(None)
    (array([ 0.5, -2. ], dtype=float16), None, None)
    """
    numbers = embedding.get("vector") if isinstance(embedding, dict) else None
    if not isinstance(numbers, list) or not 0 < len(numbers) <= MOST_NUMBERS:
        return None
    if not all(type(each) in (int, float) and abs(each) <= _LARGEST for each in numbers):
        return None
    return np.array(numbers, np.float16)


def _of_one_length(found: dict[str, NDArray[np.float16]]) -> tuple[tuple[str, ...], NDArray[np.float16]]:
    """The vectors of the most frequent length: one of another length cannot be compared with them."""
    lengths: Sequence[int] = [len(each) for each in found.values()]
    usual = max(sorted(set(lengths)), key=lengths.count)
    kept = {id_: each for id_, each in found.items() if len(each) == usual}
    return tuple(kept), np.stack(list(kept.values()))
