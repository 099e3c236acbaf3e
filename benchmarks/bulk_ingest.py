"""The cost of an ingest of a bulk release, compared with decompressing alone, pandas and polars.

    python -m benchmarks.bulk_ingest [ROWS[@MEMORY] ...] [--folder SCRATCH] [--peers-up-to ROWS]

Makes shards of each size (`benchmarks.release`), and measures each contender in a process of its own (polars
only if it is installed). Prints the comparison in Markdown, the phases of each ingest, and how long today's release
would take according to the largest size. `300M@2GiB` ingests 300 million rows in 2 GiB, less than they take in memory,
so that the merge and the sort use the disk. First says how much disk it needs; deletes everything at the end.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

TODAY = 5_112_091_751
"""Rows of the release of 2026-07-07."""
SIZES = ("1M", "10M", "100M", "300M@2GiB")
PEERS_UP_TO = 10_000_000
DEFAULT_MEMORY = "8GiB"
_DISK_BYTES_A_ROW = 110
"""Shards, runs and tables at the worst moment, rounded up from measurements."""
_UNITS = {"": 1, "K": 10**3, "M": 10**6, "G": 10**9}


@dataclass(frozen=True)
class Size:
    """A number of rows, and the memory to ingest them in."""

    rows: int
    memory: str

    @classmethod
    def parse(cls, text: str) -> Size:
        rows, _, memory = text.partition("@")
        match = re.fullmatch(r"([\d_.]+)([KMG]?)", rows.upper())
        if not match:
            raise SystemExit(f"{text!r}: write a size like 10M or 300M@2GiB")
        return cls(int(float(match[1].replace("_", "")) * _UNITS[match[2]]), memory or DEFAULT_MEMORY)

    @property
    def shards(self) -> int:
        """About 13 million rows in each, as in the release, and at least eight, for the cores."""
        return max(8, self.rows // 13_000_000)


@dataclass(frozen=True)
class Measured:
    """Seconds, peak memory in MB, and the JSON object that the job printed last."""

    seconds: float
    peak: float
    printed: dict[str, Any]


def measured(command: Sequence[str], *, shell: bool = False) -> Measured:
    """Run a job in a process of its own; the peak memory is that of the process or of its largest child."""
    start = time.perf_counter()
    line = command[0] if shell else list(command)
    process = subprocess.Popen(line, shell=shell, stdout=subprocess.PIPE)  # noqa: S603  # commands of our own
    assert process.stdout is not None
    printed = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stdout.close()
    if process.returncode:
        raise SystemExit(f"{line} ended with {process.returncode}")
    last = printed.strip().split(b"\n")[-1] if printed else b""
    value = json.loads(last) if last.startswith(b"{") else {}
    return Measured(time.perf_counter() - start, usage.ru_maxrss / 1024, value)


# --- the jobs, each of which runs in a process of its own


class PhaseTimes:
    """Measures how long each phase of an ingest takes, and how large its folder is at the end of it."""

    def __init__(self, store: Path) -> None:
        self.phases: dict[str, tuple[float, int]] = {}
        self._store, self._phase, self._since = store, "starting", time.perf_counter()

    def begin(self, phase: str, total: int, *, unit: str = "bytes", done: int = 0) -> None:
        now = time.perf_counter()
        size = sum(path.stat().st_size for path in self._store.rglob("*") if path.is_file())
        self.phases[self._phase] = (now - self._since, size)
        self._phase, self._since = phase, now

    def add(self, amount: int) -> None:
        pass


def _ingest(shards: Path, store: Path, memory: str) -> dict[str, Any]:
    from graph.bulk.ingest import ingest
    from graph.bulk.shards import find_shards
    from graph.bulk.workspace import IngestOptions

    units = {"KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30}
    options = IngestOptions(memory=int(float(memory[:-3]) * units[memory[-3:]]), threads=os.cpu_count() or 1)
    times = PhaseTimes(store)
    manifest = ingest(find_shards([shards]), store, options, times)
    times.begin("end", 0)
    tables = {name: sum(part.bytes for part in table.files) for name, table in manifest.tables.items()}
    return {
        "phases": times.phases,
        "counts": dict(manifest.counts),
        "tables": tables,
        "rows": manifest.tables["references"].rows,
    }


def _pandas(shards: Path, store: Path, _: str) -> dict[str, Any]:
    import pandas as pd

    frames = [
        chunk[["citingcorpusid", "citedcorpusid", "isinfluential"]].dropna()
        for path in sorted(shards.glob("citations*"))
        for chunk in pd.read_json(path, lines=True, chunksize=500_000, compression="gzip")
    ]
    rows = pd.concat(frames)
    merged = rows.groupby(["citingcorpusid", "citedcorpusid"])["isinfluential"].any().reset_index()
    store.mkdir()
    merged.sort_values(["citingcorpusid", "citedcorpusid"]).to_parquet(store / "references.parquet")
    merged.sort_values(["citedcorpusid", "citingcorpusid"]).to_parquet(store / "citers.parquet")
    return {"rows": len(merged)}


def _polars(shards: Path, store: Path, _: str) -> dict[str, Any]:
    import polars as pl
    from isal import igzip

    schema = {"citingcorpusid": pl.Int64, "citedcorpusid": pl.Int64, "isinfluential": pl.Boolean}
    frames = []
    for path in sorted(shards.glob("citations*")):
        with igzip.open(path) as text:
            frames.append(pl.read_ndjson(text.read(), schema=schema).drop_nulls())
    rows = pl.concat(frames)
    merged = rows.group_by("citingcorpusid", "citedcorpusid").agg(pl.col("isinfluential").any())
    store.mkdir()
    merged.sort("citingcorpusid", "citedcorpusid").write_parquet(store / "references.parquet")
    merged.sort("citedcorpusid", "citingcorpusid").write_parquet(store / "citers.parquet")
    return {"rows": merged.height}


JOBS = {"ingest": _ingest, "pandas": _pandas, "polars": _polars}


# --- the table


def measure(size: Size, folder: Path, peers_up_to: int) -> dict[str, Measured]:
    """Make shards of one size and measure every contender on them."""
    shards, store = folder / "shards", folder / "store"
    make = [
        sys.executable,
        "-m",
        "benchmarks.release",
        str(shards),
        "--rows",
        str(size.rows),
        "--shards",
        str(size.shards),
    ]
    results = {"generator": measured(make)}
    names = " ".join(f"'{path}'" for path in sorted(shards.glob("*.gz")))
    decompress = {"zcat": f"zcat {names} > /dev/null", "igzip": f"cat {names} | igzip -dc > /dev/null"}
    for name, command in decompress.items():
        if shutil.which(name):
            results[name] = measured([command], shell=True)  # noqa: S604  # likewise
    peers = [name for name in ("polars", "pandas") if size.rows <= peers_up_to and find_spec(name)]
    jobs = ["ingest", *peers]
    for job in jobs:
        own = [sys.executable, "-m", "benchmarks.bulk_ingest", "--job", job, str(shards), str(store), size.memory]
        results[job] = measured(own)
        shutil.rmtree(store)
    rows = {job: results[job].printed["rows"] for job in jobs}
    assert len(set(rows.values())) == 1, f"the contenders disagree about how many citations there are: {rows}"
    shutil.rmtree(shards)
    return results


def table(results: dict[Size, dict[str, Measured]]) -> str:
    """The comparison in Markdown."""
    lines = [
        "| rows | memory given | contender | seconds | rows a second | microseconds a row | against zcat | peak MB |",
        "| ---: | ---: | --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for size, found in results.items():
        for contender, measured in found.items():
            memory = size.memory if contender == "ingest" else ""
            against_zcat = f"{measured.seconds / found['zcat'].seconds:.2f}" if "zcat" in found else ""
            seconds = measured.seconds
            lines.append(
                f"| {size.rows:,} | {memory} | {contender} | {seconds:.1f} | {size.rows / seconds:,.0f} "
                f"| {1e6 * seconds / size.rows:.3f} | {against_zcat} | {measured.peak:,.0f} |"
            )
    return "\n".join(lines)


def phases(results: dict[Size, dict[str, Measured]]) -> str:
    """The time of each phase of each ingest, and the bytes on disk after it, in Markdown."""
    lines = [
        "| rows | memory given | phase | seconds | microseconds a row | bytes on disk a row, after it |",
        "| ---: | ---: | --- | ---: | ---: | ---: |",
    ]
    for size, found in results.items():
        for phase, (seconds, disk) in found["ingest"].printed["phases"].items():
            lines.append(
                f"| {size.rows:,} | {size.memory} | {phase} | {seconds:.1f} | {1e6 * seconds / size.rows:.3f} "
                f"| {disk / size.rows:.1f} |"
            )
    return "\n".join(lines)


def extrapolation(size: Size, found: dict[str, Measured]) -> str:
    """How long today's release would take, according to the largest size that was measured."""
    ingest = found["ingest"]
    seconds, stored = ingest.seconds / size.rows, sum(ingest.printed["tables"].values()) / size.rows
    disk = max(size_after for _, size_after in ingest.printed["phases"].values()) / size.rows
    hours, tables_gb, disk_gb = TODAY * seconds / 3600, TODAY * stored / 1e9, TODAY * disk / 1e9
    return (
        f"According to {size.rows:,} rows in {size.memory}, {TODAY:,} rows would take {hours:.1f} hours here, "
        f"{tables_gb:.0f} GB for the tables and {disk_gb:.0f} GB at the worst moment beside the shards, "
        f"if the cost per row stays as it is at this size. The table shows whether it grew."
    )


def main() -> None:
    """Measure, print, delete everything."""
    if sys.argv[1:2] == ["--job"]:
        _, _, job, shards, store, memory = sys.argv
        print(json.dumps(JOBS[job](Path(shards), Path(store), memory)))
        return
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bulk_ingest", description=__doc__.split("\n", 1)[0])
    parser.add_argument("sizes", nargs="*", default=list(SIZES))
    parser.add_argument(
        "--folder", type=Path, help="where to work; the default is the system's folder for temporary files"
    )
    parser.add_argument(
        "--peers-up-to", type=int, default=PEERS_UP_TO, help="measure pandas and polars up to this many rows"
    )
    options = parser.parse_args()
    sizes = [Size.parse(text) for text in options.sizes]
    needed = max(size.rows for size in sizes) * _DISK_BYTES_A_ROW
    folder = Path(tempfile.mkdtemp(prefix="bulk-", dir=options.folder))
    try:
        free = shutil.disk_usage(folder).free
        print(f"needs {needed / 1e9:.1f} GB of disk in {folder.parent}, {free / 1e9:.0f} GB are free", file=sys.stderr)
        if free < needed * 1.05:
            raise SystemExit("not enough disk; give another --folder, or smaller sizes")
        results = {}
        for size in sizes:
            results[size] = measure(size, folder, options.peers_up_to)
            print(f"{size.rows:,} rows: done", file=sys.stderr)
        import duckdb

        versions = f"Python {platform.python_version()}, DuckDB {duckdb.__version__}"
        print(f"{platform.machine()}, {os.cpu_count()} cores, {versions}")
        print(f"\n{table(results)}\n\n{phases(results)}\n")
        largest = max(sizes, key=lambda size: size.rows)
        print(extrapolation(largest, results[largest]))
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
