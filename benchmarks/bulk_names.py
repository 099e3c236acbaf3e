"""The names and records of a store: what it costs to build them, and how long it takes to resolve a name.

    python -m benchmarks.bulk_names 1M 10M [--memory 4] [--scratch FOLDER] [--asked 200]

Makes the tables of a store (`benchmarks.made_papers`; three citations a paper), indexes them as
`lineage bulk index` does, resolves names, and deletes everything. Every size runs in a process of its own, so that
the memory is measured alone. A question is what a person may type; it is answered with one paper, several or none.

Warm: the question was asked before, and the program's own cache is cleared; in brackets the worst processor time, which
other work on the machine affects less. Cold: before every question the files are dropped from the system's cache and
opened again, so that every page comes from the disk.
"""

from __future__ import annotations

import argparse
import gc
import os
import platform
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

from .made_papers import records, vocabulary
from .own_process import Row, in_own_process
from .release import unit

LITERATURE = 225_000_000
"""Papers of the release of 2026-07-07."""
SIZES = ("1M", "10M")
PAPERS_A_BLOCK, REFERENCES_A_PAPER = 1 << 17, 3
PAPERS_A_FILE = 8 * PAPERS_A_BLOCK
COLD_QUESTIONS = 20
_DISK_BYTES_A_PAPER = 800
"""At the worst moment: tables, records, runs of names and the index."""


def corpus_ids(first: int, last: int) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Ascending, with gaps."""
    return 1 + np.arange(first, last, dtype=np.int64) * 6 // 5


def make(store: Path, papers: int) -> None:
    """The tables of a made store."""
    known = vocabulary()
    spans = [(first, min(first + PAPERS_A_FILE, papers)) for first in range(0, papers, PAPERS_A_FILE)]

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

    def blocks(span: tuple[int, int], make_block: Callable[[int, int], pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return (make_block(first, min(first + PAPERS_A_BLOCK, span[1])) for first in range(*span, PAPERS_A_BLOCK))

    def papers_of(first: int, last: int) -> pa.RecordBatch:
        return records(np.arange(first, last, dtype=np.uint64), pa.array(corpus_ids(first, last)), known)

    tables = {
        name: Table.of(write(name, number, blocks(span, make_block)) for number, span in enumerate(spans))
        for name, make_block in (("papers", papers_of), ("references", citations))
    }
    write_manifest(store, Manifest("made", tables))


def citations(first: int, last: int) -> pa.RecordBatch:
    """Up to three references of each paper; half of them are to much cited papers."""
    own = np.repeat(np.arange(first, last, dtype=np.uint64), REFERENCES_A_PAPER)
    numbers = np.arange(first * REFERENCES_A_PAPER, last * REFERENCES_A_PAPER, dtype=np.uint64)
    cited = (own * unit(numbers, 900) ** np.where(unit(numbers, 901) < 0.5, 1, 4)).astype(np.int64)
    pairs = np.unique(own.astype(np.int64) << 32 | cited)
    pairs = pairs[pairs >> 32 != (pairs & 0xFFFFFFFF)]
    count = len(pairs)
    ids = [pa.array(1 + place * 6 // 5) for place in (pairs >> 32, pairs & 0xFFFFFFFF)]
    influential, copies = pa.array(np.zeros(count, np.bool_)), pa.array(np.ones(count, np.int16))
    return pa.RecordBatch.from_arrays(
        [*ids, influential, copies, pa.nulls(count, pa.list_(pa.string())), pa.nulls(count, pa.int32())],
        ["citing", "cited", "influential", "copies", "intents", "contexts"],
    )


def questions(store: Store, count: int) -> Mapping[str, Sequence[str]]:
    """About `count` questions of each kind: about papers that are drawn at random, and about words."""
    chance = np.random.default_rng(5)
    kinds: dict[str, list[str]] = {kind: [] for kind in ("title", "three words of a title", "author and year", "arxiv")}
    while len(kinds["title"]) < count or len(kinds["arxiv"]) < count // 5:
        record = store.records[int(chance.integers(store.index.papers))]
        words = (record.title or "").split()
        for each in record.identifiers:
            kinds.setdefault(each.scheme, []).append(str(each))
        if len(words) >= 6:
            start = int(chance.integers(len(words) - 3))
            kinds["title"].append(record.title or "")
            kinds["three words of a title"].append(" ".join(words[start : start + 3]))
            kinds["author and year"].append(f"{record.authors[0].split()[-1]} {record.year or 2001}")
    kinds = {kind: names[:count] for kind, names in kinds.items()}
    frequent = ["attention", "learning model", "the of", "of the and", "deep learning", "new approach to learning"]
    kinds["very frequent words"] = frequent * max(count // len(frequent), 1)
    kinds["words that no title has"] = [f"qzx{n} wqv{n}" for n in range(count)]
    kinds["words, one misspelt"] = [f"{title} qzx" for title in kinds["title"]]
    kinds["one letter"] = list("abcxyz") * max(count // 6, 1)
    return kinds


def resolve(store: Store, name: str) -> None:
    """Resolve a name to one paper, several or none."""
    with suppress(LineageError):
        store.names.resolve(name)


def search(store: Store, text: str) -> None:
    """Search for a text as the page does while a person types."""
    store.names.search(text, 12)


def latencies(store: Store, names: Sequence[str], ask: Callable[[Store, str], None]) -> str:
    """Milliseconds for each question, the second time that it is asked; in brackets the worst processor time."""
    times, processor = [], []
    for name in names:
        ask(store, name)
        store.names.clear_cache()
        started = time.perf_counter(), time.thread_time()
        ask(store, name)
        times.append(1000 * (time.perf_counter() - started[0]))
        processor.append(1000 * (time.thread_time() - started[1]))
    return f"{percentiles(times)} ({max(processor):.3g})"


def cold_times(folder: Path, names: Sequence[str], reading_list: ReadingList) -> list[float]:
    """Milliseconds for each question, including opening everything from the disk."""
    times = []
    for name in names:
        gc.collect()  # closes what the last question opened
        for path in (folder / NAMES_FILE, *(folder / INDEX_FOLDER).iterdir()):
            with path.open("rb") as file:
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        started = time.perf_counter()
        resolve(open_store(folder, reading_list), name)
        times.append(1000 * (time.perf_counter() - started))
    return times


def percentiles(times: Sequence[float]) -> str:
    """The median, the 99th percentile and the worst time."""
    return " / ".join(f"{np.percentile(times, part):.3g}" for part in (50, 99, 100))


class Phases:
    """Measures the phases of `index_store`, which end with its messages: time, processor time, memory and disk."""

    def __init__(self, store: Path) -> None:
        self.measured: dict[str, tuple[float, float, float, int]] = {}
        self._part, self._max_disk, self._stopped = store / f".{INDEX_FOLDER}.part", 0, threading.Event()
        self._disk_watch = threading.Thread(target=self._watch_disk, daemon=True)
        self._disk_watch.start()
        self._begin()

    def __call__(self, message: str) -> None:
        wall, processor = time.perf_counter() - self._since[0], time.process_time() - self._since[1]
        self.measured[message.partition(" are written")[0]] = wall, processor, _peak_memory(), self._max_disk
        self._begin()

    def close(self) -> None:
        self._stopped.set()
        self._disk_watch.join()

    def _begin(self) -> None:
        with suppress(OSError):
            Path("/proc/self/clear_refs").write_text("5")  # resets the peak of memory
        self._since, self._max_disk = (time.perf_counter(), time.process_time()), 0

    def _watch_disk(self) -> None:
        while not self._stopped.wait(0.1):
            with suppress(OSError):  # files may be deleted meanwhile
                files = [path for path in self._part.rglob("*") if path.is_file() and RECORDS_FILE not in path.name]
                self._max_disk = max(self._max_disk, sum(path.stat().st_size for path in files))


def _peak_memory() -> float:
    """The peak of this process's memory since it was last reset, in GiB."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / (1 << 20)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20)


def measure(papers: int, scratch: Path, memory: float, questions_of_a_kind: int) -> Iterator[Row]:
    """Make a store, index it, ask all questions, and delete it."""
    reading_list = load_reading_list(reading_list_path())
    try:
        for folder, count in ((scratch / "small", 3000), (scratch / "store", papers)):
            shutil.rmtree(folder, ignore_errors=True)  # the small one compiles every kernel, or loads it from the cache
            make(folder, count)
            phases = Phases(folder)
            index_store(folder, memory=int(memory * (1 << 30)), say=phases)
            phases.close()
        files = folder / INDEX_FOLDER / RECORDS_FILE, folder / NAMES_FILE
        for phase, label, file in (("records of papers", "records", files[0]), ("names", "names", files[1])):
            wall, processor, memory_peak, disk = phases.measured[phase]
            yield f"{label}, s (processor time)", f"{wall:.1f} ({processor:.1f})"
            yield f"{label}, microseconds a paper", f"{1e6 * wall / papers:.2f} ({1e6 * processor / papers:.2f})"
            yield f"{label}, bytes a paper", f"{file.stat().st_size / papers:.1f}"
            yield f"{label}, peak memory, GiB", f"{memory_peak:.2f}"
            if label == "names":
                yield "names, peak disk, bytes a paper", f"{disk / papers:.0f}"
        started = time.perf_counter()
        for file in files:
            _size_and_crc(file)
        checking = time.perf_counter() - started
        yield "checksums of both, s", f"{checking:.2f}"
        seconds = sum(phases.measured[phase][0] for phase in ("records of papers", "names")) + checking
        yield f"{LITERATURE:,} papers at this cost, hours", f"{seconds / papers * LITERATURE / 3600:.2f}"
        store = open_store(folder, reading_list)
        kinds = questions(store, questions_of_a_kind)
        for kind, names in kinds.items():
            yield f"{kind}, ms, p50 / p99 / worst", latencies(store, names, resolve)
        unfinished = [title[: len(title) * 2 // 3] for title in kinds["title"]]
        yield "search for two thirds of a title, ms, p50 / p99 / worst", latencies(store, unfinished, search)
        frequent = kinds["very frequent words"]
        yield "search for very frequent words, ms, p50 / p99 / worst", latencies(store, frequent, search)
        mixed = [names[n % len(names)] for n, names in enumerate(list(kinds.values()) * 3)][:COLD_QUESTIONS]
        times = cold_times(folder, mixed, reading_list)
        yield "cold, including opening the store, ms, p50 / p99 / worst", percentiles(times)
    finally:
        shutil.rmtree(scratch / "store", ignore_errors=True)


def main() -> None:
    """Measure every size, print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bulk_names", description=__doc__.split("\n", 1)[0])
    parser.add_argument("sizes", nargs="*", default=list(SIZES), help="numbers of papers, such as 1M")
    parser.add_argument("--memory", type=float, default=4, help="how many GiB of memory indexing may use")
    parser.add_argument(
        "--scratch", type=Path, help="where to work; default is the system's folder for temporary files"
    )
    parser.add_argument("--asked", type=int, default=200, help="how many questions of each kind")
    options = parser.parse_args()
    sizes = [int(float(size[:-1]) * 10**6 if size.upper().endswith("M") else int(size)) for size in options.sizes]
    folder = Path(tempfile.mkdtemp(prefix="names-", dir=options.scratch))
    try:
        free = shutil.disk_usage(folder).free
        if free < max(sizes) * _DISK_BYTES_A_PAPER:
            raise SystemExit(
                f"needs {max(sizes) * _DISK_BYTES_A_PAPER / 1e9:.0f} GB in {folder.parent}, {free / 1e9:.0f} are free"
            )
        columns = {size: dict(in_own_process(measure, size, folder, options.memory, options.asked)) for size in sizes}
    finally:
        shutil.rmtree(folder)
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}\n")
    print("| |", " | ".join(f"{size:,} papers" for size in sizes), "|")
    print("| --- |", " | ".join("---:" for _ in sizes), "|")
    for name in dict.fromkeys(name for rows in columns.values() for name in rows):
        print(f"| {name} |", " | ".join(rows.get(name, "") for rows in columns.values()), "|")


if __name__ == "__main__":
    main()
