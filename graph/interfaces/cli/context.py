"""What a command works on: the reading list and the corpus or the store, read when they are first needed."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ...errors import InputError
from ...utils.extras import require
from ...utils.timing import log_phase
from .common import say

if TYPE_CHECKING:
    from ...model.lineage import Lineage
    from ..backend import Backend

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class CommandContext:
    """What the options before the command name; with a `store` that is asked instead of the corpus.

    `read` and `own` are files of papers that the person who asks has read, or owns.
    """

    reading_list: Path
    corpus: Path
    store: Path | None = None
    read: tuple[Path, ...] = ()
    own: tuple[Path, ...] = ()

    @cached_property
    def backend(self) -> Backend:
        """What answers the command's questions; `InputError` when the list, the corpus or the store cannot be used."""
        if self.store is not None:
            return self._open_store(self.store)
        from ..corpus_backend import CorpusBackend

        return CorpusBackend(self.lineage)

    @cached_property
    def lineage(self) -> Lineage:
        """The reading list in its corpus, as a whole."""
        from ...model.load_lineage import load_lineage
        from ..other_lists import other_lists_named

        with other_lists_named(self.reading_list):
            lineage = load_lineage(self.reading_list, self.corpus)
        if not (self.read or self.own):
            return lineage
        from ...sources.library import with_marks

        return with_marks(lineage, read=self.read, own=self.own, report=say)

    def refuse_to_replace(self, file: Path) -> None:
        """Raise `InputError` where a file that is to be written is one that the command reads."""
        given = (each for each in (self.reading_list, *self.read, *self.own) if each.exists())
        if file.exists() and (any(map(file.samefile, given)) or self._is_of_corpus(file)):
            raise InputError("this command reads it, and would replace it", where=str(file), remedy="name another")

    def _is_of_corpus(self, file: Path) -> bool:
        """Whether a file is one of those of which the corpus or the store consists."""
        if self.store is not None:
            return self.store.resolve() in file.resolve().parents
        is_beside = self.corpus.exists() and file.parent.samefile(self.corpus)
        return is_beside and (file.name == "manifest.json" or file.suffix in (".jsonl", ".index"))

    def _open_store(self, folder: Path) -> Backend:
        from ...model.reading_list import load_reading_list
        from ..other_lists import other_lists_named
        from .bulk_common import refuse_url

        require("bulk", "duckdb", "numba", "pyarrow")
        from ...index.store import open_store
        from ..store_backend import StoreBackend

        if not folder.exists():
            refuse_url(str(folder))
        with log_phase(log, f"opening the store {folder}"), other_lists_named(self.reading_list):
            backend = StoreBackend(open_store(folder, load_reading_list(self.reading_list)))
        log.info("%s: %s papers and %s citations", folder, *(f"{count:,}" for count in backend.size))
        return backend

    @property
    def files(self) -> dict[str, Path]:
        """The files that were read, by the name that a manifest shows."""
        return {self.reading_list.name: self.reading_list, "corpus/manifest.json": self.corpus / "manifest.json"}
