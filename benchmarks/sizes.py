"""Two commands on corpora of growing size, read from their rows and by their index, beside `import networkx`.

    python -m benchmarks.sizes [PAPERS ...]

Medians of whole processes. The commands of one size and `python -c "import networkx"` are run in turns, so that a
busy moment of the machine falls on all of them; read the ratios.
"""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from graph.model.corpus_index import INDEX
from graph.model.shipped_data import reading_list_path, snapshot_path
from graph.model.storage import load_corpus, save_corpus
from graph.sources.fetch.fetched_list import reading_list_text

from .made import made_corpus, made_list

SIZES = (10_000, 50_000, 200_000)
LARGEST_BUILD = 50_000
RUNS = 5
NETWORKX = ("-c", "import networkx")
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""As after an installation: modules are compiled once and not in each run."""


def seconds(arguments: tuple[str, ...]) -> float:
    """How long a process takes."""
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True, env=ENVIRONMENT)  # noqa: S603
    return time.perf_counter() - start


def ratios(commands: list[tuple[str, ...]], runs: int = RUNS) -> list[float]:
    """How many times as long as `import networkx` each command takes, by medians."""
    taken: list[list[float]] = [[] for _ in [NETWORKX, *commands]]
    for command in [NETWORKX, *commands]:
        seconds(command)  # warms the disk's cache, and compiles what is not compiled
    for _ in range(runs):
        for times, command in zip(taken, [NETWORKX, *commands], strict=True):
            times.append(seconds(command))
    networkx, *others = map(statistics.median, taken)
    return [each / networkx for each in others]


def path_command(listed: Path, corpus: Path, start: str, end: str) -> tuple[str, ...]:
    """The question of the table."""
    return ("-m", "graph", "--list", str(listed), "--corpus", str(corpus), "path", start, end, "--top", "3")


def build_command(listed: Path, corpus: Path, output: Path) -> tuple[str, ...]:
    """The main job."""
    return ("-m", "graph", "--list", str(listed), "--corpus", str(corpus), "build", "--output", str(output))


def without_index(folder: Path, place: Path) -> Path:
    """A copy of a corpus that has no index."""
    place.mkdir()
    for file in folder.iterdir():
        if file.name != INDEX:
            (place / file.name).symlink_to(file)
    return place


def main(sizes: list[int]) -> None:
    """Print the table in Markdown."""
    print(f"{platform.machine()}, Python {platform.python_version()}; {RUNS} runs; of `import networkx`\n")
    print("| whole command | from its rows | with its index |")
    print("| --- | ---: | ---: |")
    with tempfile.TemporaryDirectory() as made:
        place = Path(made)
        rows = without_index(snapshot_path(), place / "shipped")
        found = ratios(
            [path_command(reading_list_path(), each, "BERT", "InstructGPT") for each in (rows, snapshot_path())]
        )
        print(f"| `lineage path A B --top 3`, shipped corpus | {found[0]:.1f} x | {found[1]:.1f} x |")
        for papers in sizes:
            corpus = made_corpus(papers)
            listed, folder = place / f"list{papers}.toml", place / f"corpus{papers}"
            listed.write_text(reading_list_text(made_list(corpus)), "utf-8")
            save_corpus(corpus, folder)
            citations = len(load_corpus(folder).citations)
            rows = without_index(folder, place / f"rows{papers}")
            found = ratios([path_command(listed, each, "3", "20") for each in (rows, folder)])
            name = f"the same, {papers:,} papers, {citations:,} citations"
            print(f"| {name} | {found[0]:.1f} x | {found[1]:.1f} x |", flush=True)
            if papers <= LARGEST_BUILD:
                found = ratios([build_command(listed, each, place / "output") for each in (rows, folder)], runs=3)
                print(f"| `lineage build`, {papers:,} papers | {found[0]:.1f} x | {found[1]:.1f} x |", flush=True)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or list(SIZES))
