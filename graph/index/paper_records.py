"""The records of papers in the order of corpus ids: an Arrow file of small compressed batches.

A look-up decompresses one batch. Parquet's row groups are far too large for looking up a few thousand papers all
over the literature. Any Arrow reader opens the file; row n belongs to the n-th corpus id of the index. A paper
that is only cited has a row of nulls.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import groupby
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
import pyarrow as pa
from pyarrow import ipc

from ..model.citekeys import proposed_key
from ..model.corpus import DateBasis, Paper
from ..model.identifiers import Identifier, arxiv_month, identifier
from ..utils.person_names import named_author
from .checked_file import CheckedFile, CheckedReader, Section

RECORDS_FILE = "papers.arrow"
ROWS_A_BATCH = 256
"""Smaller batches take more room and as long to look up; larger ones take longer."""
COLUMNS = (
    *("recorded", "sha", "title", "year", "date", "venue", "doi", "arxiv", "acl", "authors", "referencecount"),
    *("pubmed", "authorids"),  # the last, since indexes of earlier versions lack them
)
_SCHEME_OF_COLUMN = {"arxiv": "arxiv", "doi": "doi", "acl": "acl", "pubmed": "pmid", "sha": "s2"}
_CACHED_BATCHES = 64
_BATCHES_WRITTEN_AT_A_TIME = 64
_FAULTS = (pa.ArrowException, OSError, ValueError, LookupError, TypeError, AttributeError, OverflowError, MemoryError)
"""What Arrow raises for a file that is not what was written."""


@dataclass(frozen=True)
class PaperRecord:
    """What a store knows of one paper; None is unknown. `recorded` is False for a paper that is only cited.

    `author_ids` are those of `authors`, in their order; empty where the store has none. Where it has them,
    `authors_complete` says that all authors are named.
    """

    corpusid: int
    title: str | None
    authors: tuple[str, ...]
    year: int | None
    published: datetime.date | None
    venue: str | None
    identifiers: tuple[Identifier, ...]
    references: int | None
    recorded: bool
    author_ids: tuple[str | None, ...] = ()
    authors_complete: bool = False

    @cached_property
    def date(self) -> tuple[str | None, DateBasis | None]:
        """When the idea became public, by the rule of every corpus: arXiv's month, else the stated year."""
        month = arxiv_month(self.identifiers)
        if month:
            return month, "arxiv_identifier"
        year = self.year if self.year is not None else self.published.year if self.published else None
        return (f"{year:04d}", "stated_year") if year is not None and 0 < year <= 9999 else (None, None)

    @property
    def years(self) -> tuple[int, ...]:
        """The years by which people cite it: those of `Paper.years`, and the stated one."""
        return tuple(sorted({*self.unkeyed.years, *((self.year,) if self.year is not None else ())}))

    @cached_property
    def key(self) -> str:
        """The key in answers, such as "devlin2018bert-52967399", which no other paper of the store has."""
        return f"{proposed_key(self.unkeyed) if self.title else 'corpusid'}-{self.corpusid}"

    def paper(self, key: str) -> Paper:
        """The record as a paper of a corpus."""
        return replace(self.unkeyed, key=key)

    @cached_property
    def unkeyed(self) -> Paper:
        """The record as a paper whose key is yet to be chosen."""
        date, basis = self.date
        return Paper(
            "unkeyed",
            title=self.title,
            authors=self.authors,
            authors_complete=self.authors_complete,
            author_ids=self.author_ids,
            date=date,
            date_basis=basis,
            publication_date=self.published.isoformat() if self.published else None,
            venue=self.venue,
            identifiers=self.identifiers,
        )


class PaperRecords:
    """The records of a store's papers, by vertex. Any number of threads may read them.

    Raises `InputError` when the file is damaged: here, or where a damaged part of it is read.
    """

    def __init__(self, file: CheckedFile, places: Section, ids: Section) -> None:
        self._checked = file
        with self._faults_named():
            self._file = self._opened(None)
            self._columns = self._file.schema.names
            self._titles = self._opened([COLUMNS.index("title")])
        self._places, self._ids, self._reading = places, ids, Lock()
        self._batch = lru_cache(maxsize=_CACHED_BATCHES)(self._read_batch)

    @property
    def has_author_ids(self) -> bool:
        """Whether there is a place for the ids of authors, which indexes of earlier versions lack."""
        return "authorids" in self._columns

    def _opened(self, columns: list[int] | None) -> Any:
        one_thread = ipc.IpcReadOptions(included_fields=columns, use_threads=False)  # a batch is too small to share
        return ipc.open_file(pa.PythonFile(CheckedReader(self._checked), "r"), options=one_thread)

    @contextmanager
    def _faults_named(self) -> Iterator[None]:
        try:
            yield
        except _FAULTS as fault:
            reason = (str(fault).splitlines() or [type(fault).__name__])[0]
            raise self._checked.damaged(f"not the records of an index ({reason})") from None

    def __getitem__(self, vertex: int) -> PaperRecord:
        """The record of a vertex."""
        return next(self.many([vertex]))

    def title(self, vertex: int) -> str | None:
        """The title alone, in a tenth of the time of the whole record."""
        place = int(self._places[vertex])
        with self._reading, self._faults_named():
            batch = self._titles.get_batch(place // ROWS_A_BATCH)
            batch.validate(full=True)
            title: str | None = batch.column(0)[place % ROWS_A_BATCH].as_py()
        return title

    def many(self, vertices: Sequence[int]) -> Iterator[PaperRecord]:
        """The records of vertices, in their order; each batch is decompressed once."""
        places = self._places[np.asarray(vertices, np.int64)]
        records: dict[int, PaperRecord] = {}
        for number, together in groupby(np.unique(places).tolist(), key=lambda place: place // ROWS_A_BATCH):
            with self._faults_named():
                with self._reading:
                    columns = self._batch(number).columns
                for place in together:
                    row = {
                        name: column[place % ROWS_A_BATCH].as_py()
                        for name, column in zip(self._columns, columns, strict=True)
                    }
                    records[place] = _record(row, int(self._ids[place]))
        return (records[place] for place in places.tolist())

    def _read_batch(self, number: int) -> pa.RecordBatch:
        batch = self._file.get_batch(number)
        batch.validate(full=True)  # offsets in a file of somebody else may lead out of it
        return batch


def _record(row: dict[str, Any], corpusid: int) -> PaperRecord:
    found = (_identifier(scheme, row.get(column)) for column, scheme in _SCHEME_OF_COLUMN.items())
    authors, author_ids = _authors(row["authors"] or (), row.get("authorids") or ())
    return PaperRecord(
        corpusid=corpusid,
        title=row["title"] or None,
        authors=authors,
        year=row["year"],
        published=row["date"],
        venue=row["venue"] or None,
        identifiers=(*filter(None, found), Identifier("corpusid", str(corpusid))),
        references=row["referencecount"],
        recorded=bool(row["recorded"]),
        author_ids=author_ids,
        authors_complete=len(author_ids) == len(row["authors"] or ()) > 0,
    )


def _authors(names: Sequence[str | None], ids: Sequence[int | None]) -> tuple[tuple[str, ...], tuple[str | None, ...]]:
    """The authors that have a name, and their ids; no ids where none is known or they do not belong to the names.

    >>> _authors(["Ann", None, "Bo"], [7, 8, None]), _authors(["Ann"], []), _authors(["Ann"], [None])
    ((('Ann', 'Bo'), ('7', None)), (('Ann',), ()), (('Ann',), ()))
    """
    named = [at for at, name in enumerate(names) if name and named_author(name)]
    authors = tuple(names[at] or "" for at in named)
    if len(ids) != len(names):
        return authors, ()
    found = tuple(None if ids[at] is None else str(ids[at]) for at in named)
    return authors, found if any(found) else ()


def _identifier(scheme: str, value: str | None) -> Identifier | None:
    """The identifier; None when the release has a value that is not one."""
    try:
        return identifier(scheme, value) if value else None
    except ValueError:
        return None


def write_paper_records(path: Path, batches: Iterable[pa.RecordBatch]) -> None:
    """Write records that come in the order of corpus ids, in batches of any size.

    Every batch of the file but the last has exactly `ROWS_A_BATCH` rows.
    """
    options = ipc.IpcWriteOptions(compression="zstd", use_threads=False)
    writer: Any = None
    waiting: list[pa.RecordBatch] = []
    waiting_rows = 0
    with pa.OSFile(str(path), "wb") as file:
        for batch in batches:
            writer = writer or ipc.new_file(file, batch.schema, options=options)
            waiting.append(batch)
            waiting_rows += len(batch)
            if waiting_rows >= _BATCHES_WRITTEN_AT_A_TIME * ROWS_A_BATCH:
                waiting = _write_batches(writer, waiting, ROWS_A_BATCH)
                waiting_rows = sum(map(len, waiting))
        if writer is None:
            writer = ipc.new_file(file, pa.schema([]), options=options)
        _write_batches(writer, waiting, 1)
        writer.close()


def _write_batches(writer: Any, waiting: list[pa.RecordBatch], min_rows: int) -> list[pa.RecordBatch]:
    """Write batches of `ROWS_A_BATCH` rows, the last one of at least `min_rows`; what is left."""
    if not waiting:
        return []
    table = pa.Table.from_batches(waiting).combine_chunks()
    written = 0
    while len(table) - written >= min_rows:
        for batch in table.slice(written, ROWS_A_BATCH).to_batches():
            writer.write_batch(batch)
        written = min(written + ROWS_A_BATCH, len(table))
    rest: list[pa.RecordBatch] = table.slice(written).to_batches()
    return rest
