"""What a command works on: the reading list and the corpus or the store, read when they are first needed."""

from __future__ import annotations

import logging
import re
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
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

        with _exports_named(self.reading_list):
            lineage = load_lineage(self.reading_list, self.corpus)
        if not (self.read or self.own):
            return lineage
        from ...sources.library import with_marks

        return with_marks(lineage, read=self.read, own=self.own, report=say)

    def _open_store(self, folder: Path) -> Backend:
        from ...model.reading_list import load_reading_list
        from .bulk_common import refuse_url

        require("bulk", "duckdb", "numba", "pyarrow")
        from ...index.store import open_store
        from ..store_backend import StoreBackend

        if not folder.exists():
            refuse_url(str(folder))
        with log_phase(log, f"opening the store {folder}"), _exports_named(self.reading_list):
            backend = StoreBackend(open_store(folder, load_reading_list(self.reading_list)))
        log.info("%s: %s papers and %s citations", folder, *(f"{count:,}" for count in backend.size))
        return backend

    @property
    def files(self) -> dict[str, Path]:
        """The files that were read, by the name that a manifest shows."""
        return {self.reading_list.name: self.reading_list, "corpus/manifest.json": self.corpus / "manifest.json"}


_TABLE_OF_LIST = re.compile(r"^[ \t]*\[\[?(?:entries|themes)\]", re.MULTILINE)
"""What only a reading list has, so that its faults are those of one."""
_LINE_OF_TOML = re.compile(r"^[ \t]*(?:\[\[?[\w. -]+\]|[\w.-]+[ \t]*=)", re.MULTILINE)
"""A table or a value, without which a file that is not called .toml is no reading list with a fault in it."""


@contextmanager
def _exports_named(reading_list: Path) -> Iterator[None]:
    """Where a reading list cannot be used because it is an export of references, say so and what makes a list of it."""
    try:
        yield
    except InputError:
        if reading_list.suffix == ".toml" or not reading_list.is_file():
            raise
        from ...sources.fetch.targets import LINES, READING_LIST, form_of, targets_of_bytes
        from ...utils.encodings import decoded
        from ...utils.files import read_bytes

        where, data = str(reading_list), read_bytes(reading_list)
        text, _ = decoded(data, where)
        if _TABLE_OF_LIST.search(text):
            raise
        form = form_of(text, where)
        if form == READING_LIST or (form == LINES and (_LINE_OF_TOML.search(text) or not text.strip())):
            raise
        what = "a list of titles or identifiers"
        if not isinstance(form, str):
            what = targets_of_bytes(data, where).files[0].format  # or refused, as by a fetch
        remedy = f"'lineage fetch {shlex.quote(where)}' makes a reading list and a corpus of it"
        raise InputError(f"this is {what}, not a reading list", where=where, remedy=remedy) from None
