"""What the bulk commands log: phases with time and size, requests with status and wait, and never a key."""

from __future__ import annotations

import gzip
import logging
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from graph.bulk.ingest import ingest
from graph.bulk.shards import find_shards
from graph.index.build_index import index_store
from graph.interfaces.cli.bulk import bulk_command
from graph.interfaces.cli.fetch import FetchContext

from ..helpers.bulk_oracle import TWO_WORKERS, citation, write_shard
from ..helpers.bulk_service import KEY, World, serving


def messages(caplog: pytest.LogCaptureFixture, module: str) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.name == module]


def test_an_ingest_and_an_index_log_each_phase_with_its_size_and_time(tmp_path: Path, caplog):
    rows = [{"corpusid": n, "title": f"Paper {n}"} for n in range(5)]
    paths = [
        write_shard(tmp_path, *rows, name="p.gz"),
        write_shard(tmp_path, *[citation(n, n - 1) for n in range(1, 5)], name="c.gz"),
    ]
    with caplog.at_level(logging.INFO, "graph"):
        ingest(find_shards(paths), tmp_path / "store", TWO_WORKERS)
        index_store(tmp_path / "store", memory=1 << 30)
    size = sum(path.stat().st_size for path in paths)
    in_time = r"in \d+\.\d+ s"
    for module, patterns in {
        "graph.bulk.ingest": [
            r"ingesting with 2 workers, 384 MiB each",
            rf"reading: 2 shards, {size:,} bytes {in_time}",
        ],
        "graph.bulk.merge_runs": [
            rf"merging citations: 1 parts of 1 runs {in_time}",
            rf"sorting by cited paper: 1 parts of 1 runs {in_time}",
            rf"merging papers: 1 parts of 1 runs {in_time}",
        ],
        "graph.index.build_index": [
            rf"collecting corpus ids: 4 citations {in_time}",
            rf"writing the records of papers: 5 papers {in_time}",
            rf"computing checksums: 3 files {in_time}",
        ],
        "graph.index.build_names": [
            rf"computing the keys of names: 5 papers {in_time}",
            rf"sorting the keys of names: 2 files {in_time}",
        ],
        "graph.index.write_index": [
            rf"copying citations: 5 papers {in_time}",
            rf"ordering papers: 4 citations {in_time}",
            rf"renumbering citations: 4 citations {in_time}",
            rf"sorting citations by cited paper: 4 citations {in_time}",
        ],
    }.items():
        logged = messages(caplog, module)
        assert len(logged) == len(patterns), logged
        assert all(re.fullmatch(pattern, line) for pattern, line in zip(patterns, logged, strict=True)), logged


def test_a_download_logs_each_request_with_its_status_and_each_wait_and_no_key_or_signature(tmp_path: Path, caplog):
    world = World(shards={"citations": {"20260903_0.gz": gzip.compress(b"{}\n" * 10)}})
    world.listing_faults, world.shard_faults = [429], ["cut", "503"]
    arguments = ["download", "--datasets", "citations", "--to", str(tmp_path), "--at-once", "1"]
    with serving(world) as url, caplog.at_level(logging.DEBUG):
        outside = FetchContext(sleep=lambda _: None)
        done = CliRunner().invoke(
            bulk_command, [*arguments, "--base-url", url], obj=outside, env={"S2_API_KEY": KEY}, catch_exceptions=False
        )
    assert done.exit_code == 0
    logged = messages(caplog, "graph.bulk.download")
    requests = [line for line in logged if line.startswith("GET ")]
    path = "127.0.0.1/staging/2026-09-01/citations/20260903_0.gz"
    assert requests[0] == f"GET {path} from byte 0: status 206"
    assert [line.rsplit(" ", 1)[1] for line in requests] == ["206", "503", "206"]
    waits = [line for line in logged if "waiting" in line]
    assert re.fullmatch(r"20260903_0\.gz: the connection broke off .*, try 1 of 8; waiting \d+\.\d s", waits[0])
    assert re.fullmatch(r"20260903_0\.gz: status 503, try \d of 8; waiting \d+\.\d s", waits[1])
    assert re.fullmatch(r"20260903_0\.gz: complete, \d+ bytes", logged[-2])
    assert re.fullmatch(r"downloading into .*: 1 of 1 shards in \d+\.\d+ s", logged[-1])
    (listing_wait,) = messages(caplog, "graph.bulk.datasets")
    assert re.fullmatch(r"status 429, try 1 of 8; waiting \d+\.\d s", listing_wait)
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("graph.")]
    assert not any(KEY in line or "Signature" in line for line in ours)
    assert "waiting" in done.stderr  # for the person, whatever is logged


def test_nothing_is_logged_on_standard_error_by_default(tmp_path: Path, capsys):
    ingest(find_shards([write_shard(tmp_path, citation(2, 1))]), tmp_path / "store", TWO_WORKERS)
    assert capsys.readouterr() == ("", "")
