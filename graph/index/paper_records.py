"""The records of papers in the order of corpus ids: an Arrow file of small compressed batches, so one costs one batch.

Parquet's row groups are far too large for looking up a few thousand papers all over the literature.
Any Arrow reader opens the file; row n is the n-th corpus id of the index. A paper that is
only cited has a row of nulls.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import pyarrow as pa
from pyarrow import ipc

from ..errors import InputError
from ..model.citekeys import proposed_key
from ..model.corpus import DateBasis, Paper
from ..model.identifiers import Identifier, arxiv_month, identifier
from .citation_index import Ints, Longs

ROWS = 256
"""Papers a batch: smaller ones take more room and as long to look up, larger ones take longer."""
COLUMNS = ("recorded", "sha", "title", "year", "date", "venue", "doi", "arxiv", "acl", "authors", "referencecount")
_SCHEMES = {"arxiv": "arxiv", "doi": "doi", "acl": "acl", "sha": "s2"}


@dataclass(frozen=True)
class PaperRecord:
    """What a store knows of one paper; None is unknown."""

    corpusid: int
    title: str | None
    authors: tuple[str, ...]
    year: int | None
    published: datetime.date | None
    venue: str | None
    identifiers: tuple[Identifier, ...]
    references: int | None
    recorded: bool

    @property
    def date(self) -> tuple[str | None, DateBasis | None]:
        """When the idea became public, by the rule of every corpus: arXiv's month, else the year that is stated."""
        month = arxiv_month(self.identifiers)
        if month:
            return month, "arxiv_identifier"
        year = self.year if self.year is not None else self.published.year if self.published else None
        return (f"{year:04d}", "stated_year") if year is not None and 0 < year <= 9999 else (None, None)

    @property
    def key(self) -> str:
        """Its key in answers, which no other paper of the store has: "devlin2018bert-52967399"."""
        return f"{proposed_key(self.paper('unkeyed')) if self.title else 'corpusid'}-{self.corpusid}"

    def paper(self, key: str) -> Paper:
        """As a paper of a corpus."""
        date, basis = self.date
        return Paper(
            key,
            title=self.title,
            authors=self.authors,
            date=date,
            date_basis=basis,
            publication_date=self.published.isoformat() if self.published else None,
            venue=self.venue,
            identifiers=self.identifiers,
        )


class PaperRecords:
    """The records of a store's papers. Any number of threads may read them."""

    def __init__(self, path: Path, places: Ints, ids: Longs) -> None:
        try:
            alone = ipc.IpcReadOptions(use_threads=False)  # a batch is too small to be worth handing out
            self._file = ipc.open_file(pa.memory_map(str(path)), options=alone)
            titles = ipc.IpcReadOptions(included_fields=[COLUMNS.index("title")], use_threads=False)
            self._titles = ipc.open_file(pa.memory_map(str(path)), options=titles)
        except (OSError, pa.ArrowInvalid) as fault:
            raise InputError(
                f"not the records of an index ({fault})", where=str(path), remedy="run 'lineage bulk index' again"
            ) from None
        self._places, self._ids, self._reading = places, ids, Lock()
        self._batch = lru_cache(maxsize=64)(self._file.get_batch)

    def __getitem__(self, vertex: int) -> PaperRecord:
        """The card of a vertex."""
        place = int(self._places[vertex])
        with self._reading:
            batch, row = self._batch(place // ROWS), place % ROWS
        return _card({name: batch.column(name)[row].as_py() for name in COLUMNS}, int(self._ids[place]))

    def title(self, vertex: int) -> str | None:
        """The title alone, which costs a tenth of the card."""
        place = int(self._places[vertex])
        with self._reading:
            title: str | None = self._titles.get_batch(place // ROWS).column(0)[place % ROWS].as_py()
        return title

    def many(self, vertices: Sequence[int]) -> Iterator[PaperRecord]:
        """The cards of vertices, in their order; each batch is decompressed once."""
        by_place = sorted(set(vertices), key=lambda vertex: int(self._places[vertex]))
        found = {vertex: self[vertex] for vertex in by_place}
        return (found[vertex] for vertex in vertices)


def _card(row: dict[str, Any], corpusid: int) -> PaperRecord:
    named = [found for column, scheme in _SCHEMES.items() if (found := _identifier(scheme, row[column]))]
    return PaperRecord(
        corpusid=corpusid,
        title=row["title"] or None,
        authors=tuple(name for name in row["authors"] or () if name),
        year=row["year"],
        published=row["date"],
        venue=row["venue"] or None,
        identifiers=(*named, Identifier("corpusid", str(corpusid))),
        references=row["referencecount"],
        recorded=bool(row["recorded"]),
    )


def _identifier(scheme: str, value: str | None) -> Identifier | None:
    """The identifier, unless the release has something there that is none."""
    try:
        return identifier(scheme, value) if value else None
    except ValueError:
        return None


def write_paper_records(path: Path, batches: Iterable[pa.RecordBatch]) -> None:
    """Write records that come in the order of vertices, whatever the sizes of the batches.

    Every batch of the file but the last has exactly `ROWS` rows.
    """
    options = ipc.IpcWriteOptions(compression="zstd", use_threads=False)
    writer: Any = None
    waiting: list[pa.RecordBatch] = []
    held = 0
    with pa.OSFile(str(path), "wb") as file:
        for batch in batches:
            writer = writer or ipc.new_file(file, batch.schema, options=options)
            waiting.append(batch)
            held += len(batch)
            if held >= 64 * ROWS:
                waiting, held = _written(writer, waiting, ROWS)
        if writer is None:
            writer = ipc.new_file(file, pa.schema([]), options=options)
        _written(writer, waiting, 1)
        writer.close()


def _written(writer: Any, waiting: list[pa.RecordBatch], least: int) -> tuple[list[pa.RecordBatch], int]:
    """Write the full batches of what waits; what is left has fewer than `least` rows."""
    table = pa.Table.from_batches(waiting).combine_chunks() if waiting else None
    if table is None:
        return [], 0
    done = 0
    while len(table) - done >= least:
        for batch in table.slice(done, ROWS).to_batches():
            writer.write_batch(batch)
        done = min(done + ROWS, len(table))
    rest = table.slice(done).to_batches()
    return rest, sum(map(len, rest))
