"""What an ingest of a bulk release costs, beside decompressing alone, pandas and polars.

    python -m benchmarks.bulk_ingest [ROWS[@MEMORY] ...] [--folder SCRATCH] [--peers-up-to ROWS]

Makes shards of each size (`benchmarks.release`), measures each contender in a process of its own (polars
where it is installed), and prints a table in Markdown, where the seconds of an ingest go, and what today's
release would take by the largest size. `300M@2GiB` ingests 300 million rows in 2 GiB, less than they take,
so that the merge and the sort go through the disk. Says first how much disk it needs; removes everything at
the end.
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
_DISK_A_ROW = 110
"""Bytes of shards, runs and tables at the worst moment, rounded up from measurements."""
_UNITS = {"": 1, "K": 10**3, "M": 10**6, "G": 10**9}


@dataclass(frozen=True)
class Size:
    """How many rows, and in how much memory."""

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
        """About 13 million rows in each, as in the release, and enough of them for every core."""
        return max(8, self.rows // 13_000_000)


@dataclass(frozen=True)
class Measured:
    """Seconds, peak memory in MB, and what the job printed about itself."""

    seconds: float
    peak: float
    said: dict[str, Any]


def measured(command: Sequence[str], *, shell: bool = False) -> Measured:
    """Run a job in a process of its own; the peak is its own or its largest child's."""
    start = time.perf_counter()
    line = command[0] if shell else list(command)
    process = subprocess.Popen(line, shell=shell, stdout=subprocess.PIPE)  # noqa: S603  # commands of our own
    assert process.stdout is not None
    said = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stdout.close()
    if process.returncode:
        raise SystemExit(f"{line} ended with {process.returncode}")
    last = said.strip().split(b"\n")[-1] if said else b""
    value = json.loads(last) if last.startswith(b"{") else {}
    return Measured(time.perf_counter() - start, usage.ru_maxrss / 1024, value)


# --- what runs in processes of its own


class Watch:
    """Notes how long each phase of an ingest takes, and how large its folder is at the end of it."""

    def __init__(self, store: Path) -> None:
        self.phases: dict[str, tuple[float, int]] = {}
        self._store, self._phase, self._since = store, "starting", time.perf_counter()

    def begin(self, phase: str, whole: int, *, unit: str = "bytes", done: int = 0) -> None:
        now = time.perf_counter()
        size = sum(path.stat().st_size for path in self._store.rglob("*") if path.is_file())
        self.phases[self._phase] = (now - self._since, size)
        self._phase, self._since = phase, now

    def add(self, more: int) -> None:
        pass


def _ingest(shards: Path, store: Path, memory: str) -> dict[str, Any]:
    from graph.bulk.ingest import ingest
    from graph.bulk.options import IngestOptions
    from graph.bulk.shards import find_shards

    units = {"KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30}
    asked = int(float(memory[:-3]) * units[memory[-3:]])
    watch = Watch(store)
    manifest = ingest(find_shards([shards]), store, IngestOptions(memory=asked, threads=os.cpu_count() or 1), watch)
    watch.begin("end", 0)
    tables = {name: sum(part.bytes for part in table.files) for name, table in manifest.tables.items()}
    return {
        "phases": watch.phases,
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
    rows = {job: results[job].said["rows"] for job in jobs}
    assert len(set(rows.values())) == 1, f"the contenders disagree about how many citations there are: {rows}"
    shutil.rmtree(shards)
    return results


def table(results: dict[Size, dict[str, Measured]]) -> str:
    """The comparison in Markdown."""
    lines = [
        "| rows | memory given | who | seconds | rows a second | microseconds a row | against zcat | peak MB |",
        "| ---: | ---: | --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for size, found in results.items():
        for who, one in found.items():
            given = size.memory if who == "ingest" else ""
            against = f"{one.seconds / found['zcat'].seconds:.2f}" if "zcat" in found else ""
            lines.append(
                f"| {size.rows:,} | {given} | {who} | {one.seconds:.1f} | {size.rows / one.seconds:,.0f} "
                f"| {1e6 * one.seconds / size.rows:.3f} | {against} | {one.peak:,.0f} |"
            )
    return "\n".join(lines)


def phases(results: dict[Size, dict[str, Measured]]) -> str:
    """Where the seconds of each ingest go, and what is on disk, in Markdown."""
    lines = [
        "| rows | memory given | phase | seconds | microseconds a row | bytes on disk a row, after it |",
        "| ---: | ---: | --- | ---: | ---: | ---: |",
    ]
    for size, found in results.items():
        for phase, (seconds, disk) in found["ingest"].said["phases"].items():
            lines.append(
                f"| {size.rows:,} | {size.memory} | {phase} | {seconds:.1f} | {1e6 * seconds / size.rows:.3f} "
                f"| {disk / size.rows:.1f} |"
            )
    return "\n".join(lines)


def extrapolation(size: Size, found: dict[str, Measured]) -> str:
    """What today's release would take, by the largest size that was measured."""
    one = found["ingest"]
    seconds, stored = one.seconds / size.rows, sum(one.said["tables"].values()) / size.rows
    disk = max(size_then for _, size_then in one.said["phases"].values()) / size.rows
    return (
        f"By {size.rows:,} rows in {size.memory}, {TODAY:,} rows would take {TODAY * seconds / 3600:.1f} hours on this "
        f"machine, {TODAY * stored / 1e9:.0f} GB for the tables and {TODAY * disk / 1e9:.0f} GB at the worst moment "
        f"beside the shards, if the cost per row stays what it is at this size: see above whether it grew."
    )


def main() -> None:
    """Measure, print, clear away."""
    if sys.argv[1:2] == ["--job"]:
        _, _, job, shards, store, memory = sys.argv
        print(json.dumps(JOBS[job](Path(shards), Path(store), memory)))
        return
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bulk_ingest", description=__doc__.split("\n", 1)[0])
    parser.add_argument("sizes", nargs="*", default=list(SIZES))
    parser.add_argument("--folder", type=Path, help="where to work; default is the system's folder for temporary files")
    parser.add_argument("--peers-up-to", type=int, default=PEERS_UP_TO, help="the most rows for pandas and polars")
    asked = parser.parse_args()
    sizes = [Size.parse(text) for text in asked.sizes]
    need = max(size.rows for size in sizes) * _DISK_A_ROW
    folder = Path(tempfile.mkdtemp(prefix="bulk-", dir=asked.folder))
    try:
        free = shutil.disk_usage(folder).free
        print(f"needs {need / 1e9:.1f} GB of disk in {folder.parent}, {free / 1e9:.0f} GB are free", file=sys.stderr)
        if free < need * 1.05:
            raise SystemExit("that is too little; give another --folder, or smaller sizes")
        results = {}
        for size in sizes:
            results[size] = measure(size, folder, asked.peers_up_to)
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
