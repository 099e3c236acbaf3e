"""Two commands on corpora of growing size, read from their rows and by their index, beside `import networkx`.

    python -m benchmarks.sizes [--keep FOLDER] [PAPERS[:REFERENCES[:WINDOW]] ...]

Medians of whole processes. The commands of one size and `python -c "import networkx"` are run in turns, so that a
busy moment of the machine falls on all of them; read the ratios. Made corpora are left in the folder of --keep, and
found there by the next run.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from graph.model.corpus_index import INDEX
from graph.model.shipped_data import reading_list_path, snapshot_path
from graph.sources.fetch.fetched_list import reading_list_text

from .made import WINDOW, made_folder, made_list

SIZES = ("10000", "50000", "200000", "1000000:10:10000")
LARGEST_BUILD = 50_000
RUNS = 5
NETWORKX = ("-c", "import networkx")
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""As after an installation: modules are compiled once and not in each run."""
MEASURED = """
import resource, subprocess, sys, time
start = time.perf_counter()
subprocess.run([sys.executable, *sys.argv[1:]], check=True, stdout=subprocess.DEVNULL)
seconds = time.perf_counter() - start
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024)
"""
"""A small process between, because the peak of a child is at least that of the process that started it."""
MEMORY = """
import gc, re, resource, sys
from pathlib import Path
from graph.model.storage import load_corpus
def resident():
    gc.collect()
    return int(re.search(r"VmRSS:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) * 1024
before = resident()
corpus = load_corpus(Path(sys.argv[1]))
network = corpus.arrays.network
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
print(resident() - before, peak - before, network.nodes, len(corpus.citations))
"""
"""Resident and peak bytes of a corpus in memory with its network, and its size."""


class Run(NamedTuple):
    """What a process took: seconds from beginning to end, seconds of the processor, bytes at the peak."""

    seconds: float
    processor: float
    peak: int


def run(arguments: tuple[str, ...]) -> Run:
    """Run Python."""
    told = subprocess.run(  # noqa: S603
        [sys.executable, "-c", MEASURED, *arguments], check=True, capture_output=True, text=True, env=ENVIRONMENT
    )
    seconds, processor, peak = told.stdout.split()
    return Run(float(seconds), float(processor), int(peak))


def medians(commands: list[tuple[str, ...]], runs: int = RUNS) -> list[Run]:
    """What `import networkx` and each command take, by medians."""
    taken: list[list[Run]] = [[] for _ in [NETWORKX, *commands]]
    for command in [NETWORKX, *commands]:
        run(command)  # warms the disk's cache, and compiles what is not compiled
    for _ in range(runs):
        for found, command in zip(taken, [NETWORKX, *commands], strict=True):
            found.append(run(command))
    return [Run(*map(statistics.median, zip(*found, strict=True))) for found in taken]


def path_command(listed: Path, corpus: Path, start: str, end: str) -> tuple[str, ...]:
    """The question of the table."""
    return ("-m", "graph", "--list", str(listed), "--corpus", str(corpus), "path", start, end, "--top", "3")


def build_command(listed: Path, corpus: Path, output: Path) -> tuple[str, ...]:
    """The main job."""
    return ("-m", "graph", "--list", str(listed), "--corpus", str(corpus), "build", "--output", str(output))


def without_index(folder: Path, place: Path) -> Path:
    """A copy of a corpus that has no index."""
    place.mkdir(exist_ok=True)
    for file in folder.iterdir():
        if file.name != INDEX and not (place / file.name).exists():
            (place / file.name).symlink_to(file)
    return place


def row(name: str, commands: list[tuple[str, ...]], runs: int) -> str:
    """A row of the table: from rows, by index."""
    networkx, *ours = medians(commands, runs)
    cells = [f"{each.seconds / networkx.seconds:.2g} x ({each.processor / networkx.processor:.2g} x)" for each in ours]
    return f"| {' | '.join([name, *cells, *(f'{each.peak / 2**20:,.0f}' for each in ours)])} |"


def memory(folder: Path) -> str:
    """Of a corpus in memory: resident and peak, and bytes a citation."""
    told = subprocess.run(  # noqa: S603
        [sys.executable, "-c", MEMORY, str(folder)], check=True, capture_output=True, text=True, env=ENVIRONMENT
    )
    resident, peak, _, citations = map(int, told.stdout.split())
    return f"{resident / 2**20:,.0f} | {peak / 2**20:,.0f} | {peak / citations:,.0f}"


def main() -> None:
    """Print the tables in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", metavar="PAPERS[:REFERENCES[:WINDOW]]")
    parser.add_argument("--keep", type=Path, metavar="FOLDER")
    parser.add_argument("--runs", type=int, default=RUNS)
    options = parser.parse_args()
    print(f"{platform.machine()}, Python {platform.python_version()}; {options.runs} runs; of `import networkx`,")
    print("in brackets of its processor time\n")
    print("| whole command | from its rows | with its index | peak MB, rows | peak MB, index |")
    print("| --- | ---: | ---: | ---: | ---: |")
    held = []
    with tempfile.TemporaryDirectory() as made:
        place = options.keep or Path(made)
        place.mkdir(exist_ok=True)
        rows = without_index(snapshot_path(), place / "shipped")
        ours = [path_command(reading_list_path(), each, "BERT", "InstructGPT") for each in (rows, snapshot_path())]
        print(row("`lineage path A B --top 3`, shipped corpus", ours, options.runs), flush=True)
        for size in options.sizes or SIZES:
            papers, references, window = map(int, (size.split(":") + ["4", str(WINDOW)][size.count(":") :]))
            folder, listed = place / f"corpus{papers}", place / f"list{papers}.toml"
            listed.write_text(reading_list_text(made_list(papers)), "utf-8")
            if not (folder / INDEX).exists():
                made_folder(folder, papers, references=references, window=window)
            rows = without_index(folder, place / f"rows{papers}")
            with (folder / "citations.jsonl").open("rb") as file:
                citations = sum(1 for _ in file)
            ours = [path_command(listed, each, "3", "20") for each in (rows, folder)]
            print(row(f"the same, {papers:,} papers, {citations:,} citations", ours, options.runs), flush=True)
            if papers <= LARGEST_BUILD:
                ours = [build_command(listed, each, place / "output") for each in (rows, folder)]
                print(row(f"`lineage build`, {papers:,} papers", ours, min(options.runs, 3)), flush=True)
            held.append(f"| {papers:,} papers, {citations:,} citations | {memory(rows)} | {memory(folder)} |")
    print("\n| a corpus in memory | rows: MB | peak MB | bytes a citation | index: MB | peak MB | bytes a citation |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    print("\n".join(held))


if __name__ == "__main__":
    main()
