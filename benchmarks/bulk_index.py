"""The index of a store and its kernels at any size, beside networkx, igraph, rustworkx and networkit where they fit.

    python -m benchmarks.bulk_index 1M 10M 100M 1G [--scratch FOLDER] [--pairs 100] [--others-up-to 10M]

A made citation network (power law, in order of time, always the same) is generated directly into an
index on disk, in bounded memory, queried, and deleted. Its corpus ids say nothing about time, like those
of the service, so that building the index has to find the order. Every size runs in a process of its own,
so that the memory is measured alone. Engines that return paths are compared with each other; networkit
returns distances only.

Warm: the same pairs were searched before, and the file was read once. Cold: before every search the pages of
the map (``madvise(MADV_DONTNEED)``) and those of the file in the system's cache
(``posix_fadvise(POSIX_FADV_DONTNEED)``) are dropped, so that every page comes from the disk.
"""

from __future__ import annotations

import argparse
import gc
import os
import platform
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from graph.index.between import shortest_path, shortest_paths
from graph.index.citation_index import Index, check_index
from graph.index.kernels.shape import count_into, transpose_into
from graph.index.path_weights import acyclic_index, search_path_counts
from graph.index.topological_order import lineage_order
from graph.index.write_index import offsets_of

from .graph_engines import ENGINES
from .made_index import Shuffle, batches, make_index
from .own_process import Row, in_own_process

SIZES = (10**6, 10**7)
COLD_SEARCHES = 30
Pair = tuple[int, int]


def timed(job: Callable[[], Any]) -> tuple[float, Any]:
    """The seconds that a job takes, and its result."""
    gc.collect()
    started = time.perf_counter()
    result = job()
    return time.perf_counter() - started, result


def connected_pairs(index: Index, wanted: int, seed: int = 2) -> tuple[list[Pair], int]:
    """Pairs with a path from the older to the newer paper, and how many pairs were drawn to find them.

    The numbers of the two papers differ by more than a twentieth of all papers.
    """
    chance, pairs, drawn = np.random.default_rng(seed), [], 0
    while len(pairs) < wanted:
        start, end = sorted(chance.integers(0, index.papers, 2).tolist())
        drawn += 1
        if start != end and end - start > index.papers // 20 and shortest_path(index, start, end):
            pairs.append((start, end))
    return pairs, drawn


def latency(index: Index, pairs: list[Pair], search: Callable[..., Any], *, cold: bool) -> tuple[float, float]:
    """The median and the 99th percentile of the time of a search, in milliseconds."""
    times = []
    for start, end in () if cold else pairs:
        search(index, start, end)
    for start, end in pairs[: COLD_SEARCHES if cold else None]:
        if cold:
            index.drop_pages()
            with index.path.open("rb") as file:
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        times.append(timed(lambda: search(index, start, end))[0] * 1000)  # noqa: B023  # called at once
    return float(np.percentile(times, 50)), float(np.percentile(times, 99))


def peak_memory() -> str:
    """The peak of this process's memory, including the mapped pages of the index."""
    return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20):.1f} GiB"


def anonymous_memory() -> str:
    """The memory of this process now, without pages of files."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("RssAnon"):
            return f"{int(line.split()[1]) / (1 << 20):.2f} GiB"
    return "unknown"


def measure_index(citations: int, scratch: Path, pairs_wanted: int) -> Iterator[Row]:
    """Build the index, measure everything, and delete it."""
    path = scratch / f"{citations}.index"
    try:
        warm_up(scratch)
        steps = [time.perf_counter()]
        seconds, index = timed(lambda: make_index(path, citations, lambda _: steps.append(time.perf_counter())))
        size = path.stat().st_size
        yield "papers, citations", f"{index.papers:,}, {index.citations:,}"
        generated, _ = timed(lambda: sum(len(batch[0]) for batch in batches(index.papers)))
        yield "build: generate, write, transpose, sync, s", f"{seconds:.2f}"
        yield "of that without generating, s", f"{seconds - generated:.2f}"
        yield "of that finding the order of lineage, s", f"{steps[2] - steps[1]:.2f}"
        yield "of that renumbering, s", f"{steps[3] - steps[2]:.2f}"
        yield "of that transposing, s", f"{steps[4] - steps[3]:.2f}"
        yield "bytes a citation, without 36 a paper", f"{(size - 36 * index.papers) / index.citations:.2f}"
        yield "bytes a citation in all", f"{size / index.citations:.2f}"
        yield "peak memory while building", peak_memory()
        seconds, _ = timed(lambda: check_index(path))
        yield "checksums, s", f"{seconds:.2f}"  # and so the file is in the cache
        found, (pairs, drawn) = timed(lambda: connected_pairs(index, pairs_wanted))
        yield f"pairs with a path, of {drawn:,} drawn", f"{len(pairs)} in {found:.2f} s"
        for name, search in (("one shortest path", shortest_path), ("all shortest paths", _count)):
            warm, worst = latency(index, pairs, search, cold=False)
            yield f"{name}, warm, p50 / p99 ms", f"{warm:.3g} / {worst:.3g}"
        yield f"{len(pairs)} shortest paths, warm, s", f"{timed(lambda: _hops_of(index, pairs))[0]:.3g}"
        yield "memory after the paths, without the file's pages", anonymous_memory()
        absent = [pair[::-1] for pair in pairs] + unconnected_pairs(index, pairs_wanted)
        none, worst = latency(index, absent, shortest_path, cold=False)
        yield f"no path, {len(absent)} pairs, warm, p50 / p99 ms", f"{none:.3g} / {worst:.3g}"
        seconds, weights = timed(lambda: search_path_counts(acyclic_index(index)))
        yield "search path counts, mantissa and exponent, s", f"{seconds:.2f}"
        yield "paths in all, log10", f"{weights.total.log10:.6f}"
        seconds, (path_found, _) = timed(weights.heaviest)
        yield "the main path from them, s", f"{seconds:.2f}"
        assert len(path_found) > 1
        del weights
        cold, worst = latency(index, pairs, shortest_path, cold=True)
        yield "one shortest path, cold, p50 / p99 ms", f"{cold:.3g} / {worst:.3g}"
        yield "peak memory, including the file's pages", peak_memory()
        if index.citations < 2 * 10**7:
            yield from measure_in_memory(index.papers)
    finally:
        path.unlink(missing_ok=True)


def measure_in_memory(papers: int) -> Iterator[Row]:
    """Measure what other engines measure: the order of papers numbered by time, and both directions in memory."""
    shuffle = Shuffle(papers)
    blocks = list(batches(papers))
    citing, cited = (shuffle.time(np.concatenate([block[n] for block in blocks]).astype(np.int64)) for n in (0, 1))
    order = np.lexsort((cited, citing))
    citing, cited = citing[order].astype(np.int32), cited[order].astype(np.int32)
    dates = (19600000 + 10000 * (np.arange(papers, dtype=np.int64) * 65 // papers)).astype(np.int32)

    def both_directions() -> Any:
        references_at, counts = offsets_of(np.bincount(citing, minlength=papers)), np.zeros(papers, np.int32)
        count_into(cited, counts)
        citers = np.empty(len(cited), np.int32)
        transpose_into(references_at, cited, 0, papers, offsets_of(counts)[:-1].copy(), citers, 0)
        return references_at

    both_directions()  # compiles
    seconds, references_at = timed(both_directions)
    yield "both directions from arrays, in memory, s", f"{seconds:.2f}"
    ids = np.arange(papers, dtype=np.int64)
    lineage_order(references_at, cited, dates, ids)
    seconds, found = timed(lambda: lineage_order(references_at, cited, dates, ids))
    assert (found.order == ids).all()
    yield "order of lineage of papers numbered by time, in memory, s", f"{seconds:.2f}"


def unconnected_pairs(index: Index, wanted: int, seed: int = 3) -> list[tuple[int, int]]:
    """Pairs without a path although the start is the older paper."""
    chance, pairs = np.random.default_rng(seed), []
    for _ in range(20 * wanted):
        start, end = sorted(chance.integers(0, index.papers, 2).tolist())
        if len(pairs) < wanted and start != end and not shortest_path(index, start, end):
            pairs.append((start, end))
    return pairs


def warm_up(scratch: Path) -> None:
    """Compile every kernel, or load it from the cache."""
    path = scratch / "small.index"
    index = make_index(path, 20_000)
    pairs, _ = connected_pairs(index, 3)
    for start, end in pairs:
        _count(index, start, end)
    search_path_counts(acyclic_index(index)).heaviest()
    path.unlink()


def _count(index: Index, start: int, end: int) -> int:
    return shortest_paths(index, start, end).count


def _hops_of(index: Index, pairs: list[Pair]) -> list[int]:
    return [len(shortest_path(index, *pair)) - 1 for pair in pairs]


def measure_engine(citations: int, scratch: Path, pairs_wanted: int, name: str) -> Iterator[Row]:
    """Measure another engine with the same network and pairs: build, paths, topological order."""
    path = scratch / f"{citations}.index"
    try:
        index = make_index(path, citations)
        pairs, _ = connected_pairs(index, pairs_wanted)
        expected = _hops_of(index, pairs)
        citing = np.repeat(np.arange(index.papers, dtype=np.int32), np.diff(index.references_at))
        cited = np.array(index.references)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        seconds, engine = timed(lambda: ENGINES[name](index.papers, cited, citing))
        memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
        yield f"{name}: build, s", f"{seconds:.2f}"
        yield f"{name}: memory, bytes a citation", f"{memory / index.citations:.0f}"
        seconds, hops = timed(lambda: [engine.hops(*pair) for pair in pairs])
        assert hops == expected, (name, hops, expected)
        yield f"{name}: {len(pairs)} {engine.returns}, s", f"{seconds:.3g}"
        yield f"{name}: topological order, s", f"{timed(engine.order)[0]:.2f}"
    finally:
        path.unlink(missing_ok=True)


def size_of(text: str) -> int:
    """A number such as 10M or 1G."""
    units = {"k": 10**3, "m": 10**6, "g": 10**9}
    return int(float(text[:-1]) * units[text[-1].lower()]) if text[-1].lower() in units else int(text)


def main() -> None:
    """Print the table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=size_of, default=list(SIZES))
    parser.add_argument("--scratch", type=Path, help="a folder for the index, which takes 12 bytes a citation")
    parser.add_argument("--pairs", type=int, default=100)
    parser.add_argument("--others-up-to", type=size_of, default=10**7, help="0 measures only this package")
    options = parser.parse_args()
    scratch = Path(tempfile.mkdtemp(prefix="bulk-index-", dir=options.scratch))
    tables: dict[int, list[Row]] = {}
    try:
        for size in options.sizes:
            print(f"{size:,} citations", file=sys.stderr, flush=True)
            tables[size] = in_own_process(measure_index, size, scratch, options.pairs)
            for name in ENGINES if size <= options.others_up_to else ():
                tables[size] += in_own_process(measure_engine, size, scratch, options.pairs, name)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}\n")
    print("| |", " | ".join(f"{size:,}" for size in tables), "|")
    print("| --- |", " | ".join("---:" for _ in tables), "|")
    for name in dict.fromkeys(_row_name(name) for rows in tables.values() for name, _ in rows):
        cells = ({_row_name(n): value for n, value in rows}.get(name, "") for rows in tables.values())
        print(f"| {name} |", " | ".join(cells), "|")


def _row_name(name: str) -> str:
    return "pairs with a path" if name.startswith("pairs with a path") else name


if __name__ == "__main__":
    main()
