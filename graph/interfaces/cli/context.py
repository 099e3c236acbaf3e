"""What a command works on: the reading list and the corpus or the store, read when they are first needed."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ..logs import phase

if TYPE_CHECKING:
    from ...model.lineage import Lineage
    from ..backend import Backend

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class CommandContext:
    """What the options before the command name.

    Attributes
    ----------
    reading_list, corpus : Path
    store : Path or None
        A store to ask instead of the corpus.
    """

    reading_list: Path
    corpus: Path
    store: Path | None = None

    @cached_property
    def backend(self) -> Backend:
        """What answers the questions of the command.

        Raises
        ------
        InputError
            When the reading list, the corpus or the store cannot be used.
        """
        if self.store is not None:
            return self._open_store(self.store)
        from ..corpus_backend import CorpusBackend

        return CorpusBackend(self.lineage)

    @cached_property
    def lineage(self) -> Lineage:
        """The reading list in its corpus, as a whole."""
        from ...model.lineage import build_lineage
        from ...model.reading_list import load_reading_list
        from ...model.storage import load_corpus

        begun = time.perf_counter()
        corpus = load_corpus(self.corpus)
        size = f"{len(corpus.papers):,} papers, {len(corpus.citations):,} citations"
        log.info("read corpus %s: %s, %.3f s", self.corpus, size, time.perf_counter() - begun)
        reading_list = load_reading_list(self.reading_list)
        log.info("read reading list %s: %d entries", self.reading_list, len(reading_list.entries))
        with phase(log, "built the lineage graph"):
            return build_lineage(corpus, reading_list)

    def _open_store(self, folder: Path) -> Backend:
        from ...bulk.engine import require
        from ...model.reading_list import load_reading_list
        from .bulk_common import refuse_url

        require("bulk", "duckdb", "numba", "numpy", "pyarrow")
        from ...index.store import open_store
        from ..store_backend import StoreBackend

        if not folder.exists():
            refuse_url(str(folder))
        begun = time.perf_counter()
        store = open_store(folder, load_reading_list(self.reading_list))
        size = f"{store.index.papers:,} papers, {store.index.citations:,} citations"
        log.info("opened store %s: %s, %.3f s", folder, size, time.perf_counter() - begun)
        return StoreBackend(store)

    @property
    def files(self) -> dict[str, Path]:
        """The files that were read, by the name that a manifest shows."""
        return {self.reading_list.name: self.reading_list, "corpus/manifest.json": self.corpus / "manifest.json"}
