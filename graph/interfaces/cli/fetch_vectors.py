"""What ``lineage fetch --vectors`` does after a fetch."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ...errors import InputError
from ...model.corpus import Corpus
from ...model.vectors import VECTORS, save_vectors
from ...sources.http.transport import Service
from .common import say

LOG = Path("raw") / "vectors"
"""Where the answers with vectors are kept: they are long, and a fetch reads its own on starting."""


def asked_for_vectors(scholar: Service | None, *, wanted: bool, reparse: bool) -> Service | None:
    """The service that is asked for vectors; None where they are not wanted.

    Raises `InputError` where they are and no request goes to Semantic Scholar.
    """
    if not wanted:
        return None
    if scholar is None:
        raise InputError("--vectors are Semantic Scholar's, which is not asked", remedy="add s2 to --from")
    if reparse:
        raise InputError("--reparse sends no request, and --vectors needs some", remedy="give one of the two")
    return scholar


def add_vectors(
    corpus: Corpus,
    to: Path,
    service: Service | None,
    *,
    sleep: Callable[[float], None],
    clock: Callable[[], float],
    update: bool,
) -> None:
    """Ask for the vectors of all papers of a corpus, and write them beside it; without a service do nothing."""
    if service is None:
        return
    from ...exports.wording import counted
    from ...sources.semantic_scholar.client import SemanticScholar
    from ...sources.semantic_scholar.vectors import fetch_vectors

    with SemanticScholar.at(to, service, log=to / LOG, sleep=sleep, clock=clock, update=update) as scholar:
        vectors = fetch_vectors(
            corpus.papers.values(), scholar, progress=lambda done, of: say(f"vectors: {done:,} of {of:,} papers")
        )
    save_vectors(vectors, to)
    without = len(corpus.papers) - len(vectors.ids)
    none = f"{counted(without, 'paper')} {'has' if without == 1 else 'have'} none"
    say(f"{to / VECTORS}: vectors of {counted(len(vectors.ids), 'paper')} written; {none}")
