"""The index of a store and its kernels at any size, beside networkx, igraph, rustworkx and networkit where they fit.

    python -m benchmarks.bulk_index 1M 10M 100M 1G [--scratch FOLDER] [--pairs 100] [--others-up-to 10M]

A made citation network (power law, in order of time, always the same) is generated straight into an
index on disk, in bounded memory, asked, and deleted. Its corpus ids say nothing about time, as those
of the service, so that building has to find the order. Every size runs in a process of its own, so
that its memory is its own. What returns paths is compared with what returns paths; networkit's
distances stand apart, beside ours.

Warm: the same pairs asked before, and whole sweeps, of a file that was read once. Cold: before every
search the pages of the map are dropped (``madvise(MADV_DONTNEED)``) and the file's from the cache of the
system (``posix_fadvise(POSIX_FADV_DONTNEED)``), so that every page comes from the disk.
"""

from __future__ import annotations

import argparse
import gc
import math
import multiprocessing
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
from graph.index.citation_index import Index, check_index, open_index
from graph.index.kernels.shape import count_into, transpose_into
from graph.index.path_weights import acyclic_index, page_rank, search_path_counts
from graph.index.topological_order import lineage_order
from graph.index.write_index import Batch, offsets_of, write_index

SIZES = (10**6, 10**7)
EACH = 10
"""References of a paper, before those that stand twice are left out."""
BLOCK = 1 << 18
"""Papers that are made at a time."""
COLD = 30
Row = tuple[str, str]


def mixed(numbers: Any) -> Any:
    """A random-looking 64-bit number for each, always the same (splitmix64)."""
    value = (numbers + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return value ^ (value >> np.uint64(31))


def chances(own: Any, kind: int) -> Any:
    """A random number in (0, 1) for every reference of some papers."""
    tags = own[:, None].astype(np.uint64) * np.uint64(8 * EACH) + np.arange(
        kind * EACH, (kind + 1) * EACH, dtype=np.uint64
    )
    return ((mixed(tags) >> np.uint64(12)).astype(np.float64) + 0.5) / 2.0**52


class Mixture:
    """A one-to-one map between the time of a paper, 0, 1, ..., and its place among the corpus ids."""

    def __init__(self, papers: int) -> None:
        self.papers = papers
        self.step = next(step for step in range(int(papers * 0.618), 2 * papers + 3) if math.gcd(step, papers) == 1)
        self.back = pow(self.step, -1, papers) if papers > 1 else 0

    def place(self, times: Any) -> Any:
        return times * self.step % self.papers

    def time(self, places: Any) -> Any:
        return places * self.back % self.papers


def batches(papers: int) -> Iterator[Batch]:
    """Citations by the places of their papers: half of the references are recent, half much cited."""
    mixture = Mixture(papers)
    for first in range(0, papers, BLOCK):
        places = np.arange(first, min(first + BLOCK, papers), dtype=np.int64)
        times = mixture.time(places)
        own = times[:, None]
        recent = own - 1 + (np.log(chances(times, 0)) * max(papers / 50, 5)).astype(np.int64)
        # A power of two that divides the number favours the few that are much cited, at all ages.
        famous = (own * chances(times, 1)).astype(np.int64)
        famous -= famous % np.power(2, 1 + (np.log(chances(times, 2)) / np.log(0.65)).astype(np.int64))
        cited = np.where(chances(times, 3) < 0.5, recent, famous)
        kept = (cited >= 0) & (cited < own)
        cited = np.where(kept, mixture.place(cited), -1)
        cited.sort(axis=1)
        kept = cited >= 0
        kept[:, 1:] &= cited[:, 1:] != cited[:, :-1]
        citing = np.broadcast_to(places[:, None], cited.shape)[kept].astype(np.int32)
        yield citing, cited[kept].astype(np.int32), (chances(times, 4)[kept] < 0.1).astype(np.uint8)


def made(path: Path, citations: int, say: Callable[[str], None] = lambda _: None) -> Index:
    """The index of a made network of about so many citations."""
    papers = int(citations / 9.3)
    times = Mixture(papers).time(np.arange(papers, dtype=np.int64))
    dates = (19600000 + 10000 * (times * 65 // papers)).astype(np.int32)
    write_index(path, np.arange(papers, dtype=np.int64) * 3 + 1, dates, batches(papers), memory=4 << 30, say=say)
    return open_index(path)


def took(job: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds, and what came out."""
    gc.collect()
    started = time.perf_counter()
    result = job()
    return time.perf_counter() - started, result


def joined_pairs(index: Index, wanted: int, seed: int = 2) -> tuple[list[tuple[int, int]], int]:
    """Pairs with a path from the older to the newer one, and how many were drawn for them.

    The two are a twentieth of all papers apart, or more.
    """
    chance, pairs, drawn = np.random.default_rng(seed), [], 0
    while len(pairs) < wanted:
        start, end = sorted(chance.integers(0, index.papers, 2).tolist())
        drawn += 1
        if start != end and end - start > index.papers // 20 and shortest_path(index, start, end):
            pairs.append((start, end))
    return pairs, drawn


def latency(index: Index, pairs: list[tuple[int, int]], ask: Callable[..., Any], *, cold: bool) -> tuple[float, float]:
    """The median and the 99th percentile of a question, in milliseconds."""
    times = []
    for start, end in () if cold else pairs:
        ask(index, start, end)
    for start, end in pairs[: COLD if cold else None]:
        if cold:
            index.drop_pages()
            with index.path.open("rb") as file:
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        times.append(took(lambda: ask(index, start, end))[0] * 1000)  # noqa: B023  # called at once
    return float(np.percentile(times, 50)), float(np.percentile(times, 99))


def resident() -> str:
    """The most memory that this process had, the mapped pages of the index included."""
    return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20):.1f} GiB"


def anonymous() -> str:
    """The memory that this process has now, without pages of files."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("RssAnon"):
            return f"{int(line.split()[1]) / (1 << 20):.2f} GiB"
    return "unknown"


def ours(citations: int, scratch: Path, pairs_wanted: int) -> Iterator[Row]:
    """Build the index, ask it everything, and delete it."""
    path = scratch / f"{citations}.index"
    try:
        warm_up(scratch)
        steps = [time.perf_counter()]
        seconds, index = took(lambda: made(path, citations, lambda _: steps.append(time.perf_counter())))
        size = path.stat().st_size
        yield "papers, citations", f"{index.papers:,}, {index.citations:,}"
        generated, _ = took(lambda: sum(len(batch[0]) for batch in batches(index.papers)))
        yield "build: generate, write, turn round, sync, s", f"{seconds:.2f}"
        yield "of that without generating, s", f"{seconds - generated:.2f}"
        yield "of that finding the order of lineage, s", f"{steps[2] - steps[1]:.2f}"
        yield "of that numbering by it, s", f"{steps[3] - steps[2]:.2f}"
        yield "of that turning round, s", f"{steps[4] - steps[3]:.2f}"
        yield "bytes a citation, 36 a paper apart", f"{(size - 36 * index.papers) / index.citations:.2f}"
        yield "bytes a citation in all", f"{size / index.citations:.2f}"
        yield "memory while building, at most", resident()
        seconds, _ = took(lambda: check_index(path))
        yield "checksums, s", f"{seconds:.2f}"  # and so the file has been read
        found, (pairs, drawn) = took(lambda: joined_pairs(index, pairs_wanted))
        yield f"pairs with a path, of {drawn:,} drawn", f"{len(pairs)} in {found:.2f} s"
        for name, ask in (("one shortest path", shortest_path), ("all shortest paths", _counted)):
            warm, worst = latency(index, pairs, ask, cold=False)
            yield f"{name}, warm, p50 / p99 ms", f"{warm:.3g} / {worst:.3g}"
        yield f"{len(pairs)} shortest paths, warm, s", f"{took(lambda: _all(index, pairs))[0]:.3g}"
        yield "memory after the paths, without the file's pages", anonymous()
        absent = [pair[::-1] for pair in pairs] + apart_pairs(index, pairs_wanted)
        none, worst = latency(index, absent, shortest_path, cold=False)
        yield f"no path, {len(absent)} pairs, warm, p50 / p99 ms", f"{none:.3g} / {worst:.3g}"
        seconds, counted = took(lambda: search_path_counts(acyclic_index(index)))
        yield "search path counts, mantissa and exponent, s", f"{seconds:.2f}"
        yield "paths in all, log10", f"{counted.total.log10:.6f}"
        seconds, path_of = took(counted.heaviest)
        yield "the main path from them, s", f"{seconds:.2f}"
        assert len(path_of[0]) > 1
        del counted
        seconds, _ = took(lambda: page_rank(index, tolerance=1e-6))
        yield "PageRank, s", f"{seconds:.2f}"
        cold, worst = latency(index, pairs, shortest_path, cold=True)
        yield "one shortest path, cold, p50 / p99 ms", f"{cold:.3g} / {worst:.3g}"
        yield "memory at most, the file's pages included", resident()
        if index.citations < 2 * 10**7:
            yield from in_time_and_memory(index.papers)
    finally:
        path.unlink(missing_ok=True)


def in_time_and_memory(papers: int) -> Iterator[Row]:
    """What others measure: the order of papers that are numbered by time already, and both directions in memory."""
    mixture = Mixture(papers)
    made = list(batches(papers))
    citing, cited = (mixture.time(np.concatenate([batch[n] for batch in made]).astype(np.int64)) for n in (0, 1))
    order = np.lexsort((cited, citing))
    citing, cited = citing[order].astype(np.int32), cited[order].astype(np.int32)
    dates = (19600000 + 10000 * (np.arange(papers, dtype=np.int64) * 65 // papers)).astype(np.int32)

    def both_directions() -> Any:
        at, counts = offsets_of(np.bincount(citing, minlength=papers)), np.zeros(papers, np.int32)
        count_into(cited, counts)
        citers = np.empty(len(cited), np.int32)
        transpose_into(at, cited, 0, papers, offsets_of(counts)[:-1].copy(), citers, 0)
        return at

    both_directions()  # compiles
    seconds, at = took(both_directions)
    yield "both directions from arrays, in memory, s", f"{seconds:.2f}"
    ids = np.arange(papers, dtype=np.int64)
    lineage_order(at, cited, dates, ids)
    seconds, found = took(lambda: lineage_order(at, cited, dates, ids))
    assert (found.order == ids).all()
    yield "order of lineage of papers numbered by time, in memory, s", f"{seconds:.2f}"


def apart_pairs(index: Index, wanted: int, seed: int = 3) -> list[tuple[int, int]]:
    """Pairs without a path although the start is the older one."""
    chance, pairs = np.random.default_rng(seed), []
    for _ in range(20 * wanted):
        start, end = sorted(chance.integers(0, index.papers, 2).tolist())
        if len(pairs) < wanted and start != end and not shortest_path(index, start, end):
            pairs.append((start, end))
    return pairs


def warm_up(scratch: Path) -> None:
    """Compile every kernel, or load what was compiled before."""
    path = scratch / "small.index"
    index = made(path, 20_000)
    pairs, _ = joined_pairs(index, 3)
    for start, end in pairs:
        _counted(index, start, end)
    search_path_counts(acyclic_index(index)).heaviest()
    page_rank(index, tolerance=1e-3)
    path.unlink()


def _counted(index: Index, start: int, end: int) -> int:
    return shortest_paths(index, start, end).count


def _all(index: Index, pairs: list[tuple[int, int]]) -> list[int]:
    return [len(shortest_path(index, *pair)) - 1 for pair in pairs]


def others(citations: int, scratch: Path, pairs_wanted: int, name: str) -> Iterator[Row]:
    """The same network and pairs in another engine: build, paths, topological order, PageRank."""
    path = scratch / f"{citations}.index"
    try:
        index = made(path, citations)
        pairs, _ = joined_pairs(index, pairs_wanted)
        expected = _all(index, pairs)
        citing = np.repeat(np.arange(index.papers, dtype=np.int32), np.diff(index.references_at))
        cited = np.array(index.references)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        seconds, engine = took(lambda: ENGINES[name](index.papers, cited, citing))
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
        yield f"{name}: build, s", f"{seconds:.2f}"
        yield f"{name}: memory, bytes a citation", f"{grown / index.citations:.0f}"
        seconds, hops = took(lambda: [engine.hops(*pair) for pair in pairs])
        assert hops == expected, (name, hops, expected)
        yield f"{name}: {len(pairs)} {engine.gives}, s", f"{seconds:.3g}"
        yield f"{name}: topological order, s", f"{took(engine.order)[0]:.2f}"
        yield f"{name}: PageRank, s", f"{took(engine.rank)[0]:.2f}"
    finally:
        path.unlink(missing_ok=True)


class Networkx:
    """Bidirectional search, paths."""

    gives = "shortest paths"

    def __init__(self, papers: int, cited: Any, citing: Any) -> None:
        import networkx as nx

        self.graph = nx.DiGraph()
        self.graph.add_nodes_from(range(papers))
        self.graph.add_edges_from(zip(cited.tolist(), citing.tolist(), strict=True))
        self.nx = nx

    def hops(self, start: int, end: int) -> int:
        return len(self.nx.bidirectional_shortest_path(self.graph, start, end)) - 1

    def order(self) -> object:
        return list(self.nx.topological_sort(self.graph))

    def rank(self) -> object:
        return self.nx.pagerank(self.graph.reverse(copy=False), tol=1e-6 / len(self.graph), max_iter=200)


class Igraph:
    """One-directional search, paths."""

    gives = "shortest paths"

    def __init__(self, papers: int, cited: Any, citing: Any) -> None:
        import igraph

        self.graph = igraph.Graph(papers, np.stack([cited, citing], axis=1), directed=True)

    def hops(self, start: int, end: int) -> int:
        return len(self.graph.get_shortest_path(start, end)) - 1

    def order(self) -> object:
        return self.graph.topological_sorting()

    def rank(self) -> object:
        turned = self.graph.copy()
        turned.reverse_edges()
        return turned.pagerank()


class Rustworkx:
    """One-directional search, paths."""

    gives = "shortest paths"

    def __init__(self, papers: int, cited: Any, citing: Any) -> None:
        import rustworkx

        self.rx = rustworkx
        self.graph = rustworkx.PyDiGraph(multigraph=False)
        self.graph.add_nodes_from(range(papers))
        self.graph.extend_from_edge_list(list(zip(cited.tolist(), citing.tolist(), strict=True)))

    def hops(self, start: int, end: int) -> int:
        return len(self.rx.digraph_dijkstra_shortest_paths(self.graph, start, target=end)[end]) - 1

    def order(self) -> object:
        return self.rx.topological_sort(self.graph)

    def rank(self) -> object:
        turned = self.graph.copy()
        turned.reverse()
        return self.rx.pagerank(turned, tol=1e-6)


class Networkit:
    """Bidirectional search, distances only."""

    gives = "distances (no paths)"

    def __init__(self, papers: int, cited: Any, citing: Any) -> None:
        import networkit

        self.nk = networkit
        self.graph = networkit.GraphFromCoo((cited, citing), n=papers, directed=True)
        self.turned = networkit.GraphFromCoo((citing, cited), n=papers, directed=True)

    def hops(self, start: int, end: int) -> int:
        search = self.nk.distance.BidirectionalBFS(self.graph, start, end, False)
        search.run()
        return int(search.getDistance())

    def order(self) -> object:
        return self.nk.graphtools.topologicalSort(self.graph)

    def rank(self) -> object:
        return self.nk.centrality.PageRank(self.turned, tol=1e-8).run().scores()


ENGINES: dict[str, Callable[[int, Any, Any], Any]] = {
    "networkx": Networkx,
    "igraph": Igraph,
    "rustworkx": Rustworkx,
    "networkit": Networkit,
}


def apart(job: Callable[..., Iterator[Row]], *given: Any) -> list[Row]:
    """Run a job in a process of its own; what it yields is told as it comes."""
    rows: list[Row] = []
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_sent, args=(sender, job, given))
    process.start()
    sender.close()
    while True:
        try:
            row = receiver.recv()
        except EOFError:
            break
        print(f"  {row[0]}: {row[1]}", file=sys.stderr, flush=True)
        rows.append(row)
    process.join()
    if process.exitcode:
        rows.append((f"{job.__name__} {given[-1]}", f"ended with {process.exitcode}"))
    return rows


def _sent(sender: Any, job: Callable[..., Iterator[Row]], given: tuple[Any, ...]) -> None:
    for row in job(*given):
        sender.send(row)
    sender.close()


def size_of(text: str) -> int:
    """A number such as 10M or 1G."""
    units = {"k": 10**3, "m": 10**6, "g": 10**9}
    return int(float(text[:-1]) * units[text[-1].lower()]) if text[-1].lower() in units else int(text)


def main() -> None:
    """Print the table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=size_of, default=list(SIZES))
    parser.add_argument("--scratch", type=Path, help="where the index goes: 12 bytes a citation")
    parser.add_argument("--pairs", type=int, default=100)
    parser.add_argument("--others-up-to", type=size_of, default=10**7, help="0: only ours")
    given = parser.parse_args()
    scratch = Path(tempfile.mkdtemp(prefix="bulk-index-", dir=given.scratch))
    tables: dict[int, list[Row]] = {}
    try:
        for size in given.sizes:
            print(f"{size:,} citations", file=sys.stderr, flush=True)
            tables[size] = apart(ours, size, scratch, given.pairs)
            for name in ENGINES if size <= given.others_up_to else ():
                tables[size] += apart(others, size, scratch, given.pairs, name)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}\n")
    print("| |", " | ".join(f"{size:,}" for size in tables), "|")
    print("| --- |", " | ".join("---:" for _ in tables), "|")
    for name in dict.fromkeys(_plain(name) for rows in tables.values() for name, _ in rows):
        cells = ({_plain(n): value for n, value in rows}.get(name, "") for rows in tables.values())
        print(f"| {name} |", " | ".join(cells), "|")


def _plain(name: str) -> str:
    return "pairs with a path" if name.startswith("pairs with a path") else name


if __name__ == "__main__":
    main()
