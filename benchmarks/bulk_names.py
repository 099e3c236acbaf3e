"""The look-up of names and the records of a store: what building them costs, and how long a name takes to resolve.

    python -m benchmarks.bulk_names 1M 10M [--memory 4] [--scratch FOLDER] [--asked 200]

Makes the tables of a store (`benchmarks.made_papers`; three citations a paper), indexes them as
`lineage bulk index` does, asks, and deletes everything. Every size runs in a process of its own, so that its memory
is its own. A question is whatever a person may type, up to the answer that it is one paper, several or none.

Warm: asked before, with what the program remembers of it forgotten; in brackets the worst time of the processor,
which other work on the machine lengthens less. Cold: before every question the files are dropped from the cache of the
system and opened again, so that every page comes from the disk.
"""

from __future__ import annotations

import argparse
import gc
import os
import platform
import re
import resource
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from graph.errors import LineageError
from graph.index.build_index import RECORDS_FILE, _size_and_crc, index_store
from graph.index.store import Store, open_store
from graph.index.store_layout import INDEX_FOLDER, NAMES_FILE, Manifest, Table, part_of, write_manifest
from graph.model.reading_list import ReadingList, load_reading_list
from graph.model.shipped_data import reading_list_path

from .bulk_index import apart
from .made_papers import records, vocabulary
from .release import unit

LITERATURE = 225_000_000
"""Papers of the release of 2026-07-07."""
SIZES = ("1M", "10M")
BLOCK, EACH = 1 << 17, 3
FILE = 8 * BLOCK
COLD = 20
_DISK = 800
"""Bytes a paper at the worst moment: tables, records, runs of names and the index."""
Row = tuple[str, str]


def corpus_ids(first: int, last: int) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Ascending, with gaps."""
    return 1 + np.arange(first, last, dtype=np.int64) * 6 // 5


def make(store: Path, papers: int) -> None:
    """The tables of a made store."""
    known = vocabulary()
    spans = [(first, min(first + FILE, papers)) for first in range(0, papers, FILE)]

    def write(name: str, number: int, batches: Iterator[pa.RecordBatch]) -> Any:
        path = store / name / f"{number:05}.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        rows, writer = 0, None
        for batch in batches:
            writer = writer or pq.ParquetWriter(path, batch.schema, compression="zstd")
            writer.write_batch(batch)
            rows += len(batch)
        assert writer is not None
        writer.close()
        return part_of(store, path, rows)

    def blocks(span: tuple[int, int], made: Callable[[int, int], pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return (made(first, min(first + BLOCK, span[1])) for first in range(*span, BLOCK))

    def papers_of(first: int, last: int) -> pa.RecordBatch:
        return records(np.arange(first, last, dtype=np.uint64), pa.array(corpus_ids(first, last)), known)

    tables = {
        name: Table.of(write(name, number, blocks(span, made)) for number, span in enumerate(spans))
        for name, made in (("papers", papers_of), ("references", citations))
    }
    write_manifest(store, Manifest("made", tables))


def citations(first: int, last: int) -> pa.RecordBatch:
    """Up to three of each paper, half of them of those that are much cited."""
    own = np.repeat(np.arange(first, last, dtype=np.uint64), EACH)
    numbers = np.arange(first * EACH, last * EACH, dtype=np.uint64)
    cited = (own * unit(numbers, 900) ** np.where(unit(numbers, 901) < 0.5, 1, 4)).astype(np.int64)
    pairs = np.unique(own.astype(np.int64) << 32 | cited)
    pairs = pairs[pairs >> 32 != (pairs & 0xFFFFFFFF)]
    count = len(pairs)
    ids = [pa.array(1 + place * 6 // 5) for place in (pairs >> 32, pairs & 0xFFFFFFFF)]
    said = pa.array(np.zeros(count, np.bool_)), pa.array(np.ones(count, np.int16))
    return pa.RecordBatch.from_arrays(
        [*ids, *said, pa.nulls(count, pa.list_(pa.string())), pa.nulls(count, pa.int32())],
        ["citing", "cited", "influential", "copies", "intents", "contexts"],
    )


def questions(store: Store, asked: int) -> Mapping[str, Sequence[str]]:
    """What is asked, by its kind: of papers that are drawn, and of words."""
    chance = np.random.default_rng(5)
    kinds: dict[str, list[str]] = {kind: [] for kind in ("title", "three words of a title", "author and year", "arxiv")}
    while len(kinds["title"]) < asked or len(kinds["arxiv"]) < asked // 5:
        card = store.records[int(chance.integers(store.index.papers))]
        words = (card.title or "").split()
        for each in card.identifiers:
            kinds.setdefault(each.scheme, []).append(str(each))
        if len(words) >= 6:
            start = int(chance.integers(len(words) - 3))
            kinds["title"].append(card.title or "")
            kinds["three words of a title"].append(" ".join(words[start : start + 3]))
            kinds["author and year"].append(f"{card.authors[0].split()[-1]} {card.year or 2001}")
    kinds = {kind: names[:asked] for kind, names in kinds.items()}
    frequent = ["attention", "learning model", "the of", "of the and", "deep learning", "new approach to learning"]
    kinds["very frequent words"] = frequent * max(asked // len(frequent), 1)
    kinds["words that no title has"] = [f"qzx{n} wqv{n}" for n in range(asked)]
    kinds["words, one misspelt"] = [f"{title} qzx" for title in kinds["title"]]
    kinds["one letter"] = list("abcxyz") * max(asked // 6, 1)
    return kinds


def resolved(store: Store, name: str) -> None:
    """Resolve it, to whatever it is."""
    with suppress(LineageError):
        store.names.resolve(name)


def typed(store: Store, text: str) -> None:
    """Look for it as the page does while one types."""
    store.names.search(text, 12)


def latencies(store: Store, names: Sequence[str], ask: Callable[[Store, str], None]) -> str:
    """Milliseconds of each question, the second time that it is asked; in brackets the worst of the processor's."""
    times, processor = [], []
    for name in names:
        ask(store, name)
        store.names.clear_cache()
        started = time.perf_counter(), time.thread_time()
        ask(store, name)
        times.append(1000 * (time.perf_counter() - started[0]))
        processor.append(1000 * (time.thread_time() - started[1]))
    return f"{told(times)} ({max(processor):.3g})"


def cold(folder: Path, names: Sequence[str], listed: ReadingList) -> list[float]:
    """Milliseconds of each question, after opening everything from the disk."""
    times = []
    for name in names:
        gc.collect()  # closes what the last question had open
        for path in (folder / NAMES_FILE, *(folder / INDEX_FOLDER).iterdir()):
            with path.open("rb") as file:
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        started = time.perf_counter()
        resolved(open_store(folder, listed), name)
        times.append(1000 * (time.perf_counter() - started))
    return times


def told(times: Sequence[float]) -> str:
    """The median, the 99th percentile and the worst."""
    return " / ".join(f"{np.percentile(times, part):.3g}" for part in (50, 99, 100))


class Phases:
    """Takes what `index_store` says for the ends of its phases: seconds, seconds of the processor, memory and disk."""

    def __init__(self, store: Path) -> None:
        self.done: dict[str, tuple[float, float, float, int]] = {}
        self._part, self._most, self._over = store / f".{INDEX_FOLDER}.part", 0, threading.Event()
        self._watch = threading.Thread(target=self._look, daemon=True)
        self._watch.start()
        self._begin()

    def __call__(self, line: str) -> None:
        wall, processor = time.perf_counter() - self._since[0], time.process_time() - self._since[1]
        self.done[re.split(r",? *[\d,]+ ", line.strip())[0] or "corpus ids"] = wall, processor, _peak(), self._most
        self._begin()

    def close(self) -> None:
        self._over.set()
        self._watch.join()

    def _begin(self) -> None:
        with suppress(OSError):
            Path("/proc/self/clear_refs").write_text("5")  # the peak of memory starts anew
        self._since, self._most = (time.perf_counter(), time.process_time()), 0

    def _look(self) -> None:
        while not self._over.wait(0.1):
            with suppress(OSError):  # files come and go meanwhile
                names = [path for path in self._part.rglob("*") if path.is_file() and RECORDS_FILE not in path.name]
                self._most = max(self._most, sum(path.stat().st_size for path in names))


def _peak() -> float:
    """The most memory of this process since it was last asked to start anew, in GiB."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / (1 << 20)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20)


def measure(papers: int, scratch: Path, memory: float, asked: int) -> Iterator[Row]:
    """Make a store, index it, ask it everything, and delete it."""
    listed = load_reading_list(reading_list_path())
    try:
        for folder, count in ((scratch / "small", 3000), (scratch / "store", papers)):
            shutil.rmtree(folder, ignore_errors=True)  # the small one compiles every kernel, or loads it
            make(folder, count)
            phases = Phases(folder)
            index_store(folder, memory=int(memory * (1 << 30)), say=phases)
            phases.close()
        files = folder / INDEX_FOLDER / RECORDS_FILE, folder / NAMES_FILE
        for name, label, file in (("records by number", "records", files[0]), ("names", "names", files[1])):
            wall, processor, most, disk = phases.done[name]
            yield f"{label}, s (of the processor)", f"{wall:.1f} ({processor:.1f})"
            yield f"{label}, microseconds a paper", f"{1e6 * wall / papers:.2f} ({1e6 * processor / papers:.2f})"
            yield f"{label}, bytes a paper", f"{file.stat().st_size / papers:.1f}"
            yield f"{label}, memory at most, GiB", f"{most:.2f}"
            if label == "names":
                yield "names, disk at most meanwhile, bytes a paper", f"{disk / papers:.0f}"
        started = time.perf_counter()
        for file in files:
            _size_and_crc(file)
        yield "checksums of both, s", f"{time.perf_counter() - started:.2f}"
        seconds = sum(phases.done[name][0] for name in ("records by number", "names")) + time.perf_counter() - started
        yield f"so {LITERATURE:,} papers take, hours", f"{seconds / papers * LITERATURE / 3600:.2f}"
        store = open_store(folder, listed)
        kinds = questions(store, asked)
        for kind, names in kinds.items():
            yield f"{kind}, ms, p50 / p99 / worst", latencies(store, names, resolved)
        begun = [title[: len(title) * 2 // 3] for title in kinds["title"]]
        yield "a title of which two thirds are typed, ms, p50 / p99 / worst", latencies(store, begun, typed)
        frequent = kinds["very frequent words"]
        yield "very frequent words, typed, ms, p50 / p99 / worst", latencies(store, frequent, typed)
        mixed = [names[place % len(names)] for place, names in enumerate(list(kinds.values()) * 3)][:COLD]
        yield "cold, opening the store included, ms, p50 / p99 / worst", told(cold(folder, mixed, listed))
    finally:
        shutil.rmtree(scratch / "store", ignore_errors=True)


def main() -> None:
    """Measure every size, print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bulk_names", description=__doc__.split("\n", 1)[0])
    parser.add_argument("sizes", nargs="*", default=list(SIZES), help="papers, such as 1M")
    parser.add_argument("--memory", type=float, default=4, help="GiB that the index may take")
    parser.add_argument(
        "--scratch", type=Path, help="where to work; default is the system's folder for temporary files"
    )
    parser.add_argument("--asked", type=int, default=200, help="questions of a kind")
    asked = parser.parse_args()
    sizes = [int(float(size[:-1]) * 10**6 if size.upper().endswith("M") else int(size)) for size in asked.sizes]
    folder = Path(tempfile.mkdtemp(prefix="names-", dir=asked.scratch))
    try:
        free = shutil.disk_usage(folder).free
        if free < max(sizes) * _DISK:
            raise SystemExit(f"needs {max(sizes) * _DISK / 1e9:.0f} GB in {folder.parent}, {free / 1e9:.0f} are free")
        columns = {size: dict(apart(measure, size, folder, asked.memory, asked.asked)) for size in sizes}
    finally:
        shutil.rmtree(folder)
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}\n")
    print("| |", " | ".join(f"{size:,} papers" for size in sizes), "|")
    print("| --- |", " | ".join("---:" for _ in sizes), "|")
    for name in dict.fromkeys(name for rows in columns.values() for name in rows):
        print(f"| {name} |", " | ".join(rows.get(name, "") for rows in columns.values()), "|")


if __name__ == "__main__":
    main()
