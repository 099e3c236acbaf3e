"""Downloading a release: each shard is complete or not there, resumed, verified, and retried patiently."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from graph.bulk.download import release_of
from graph.interfaces.cli.fetch import FetchContext
from graph.interfaces.cli.main import cli

from ..helpers.bulk_service import KEY, World, serving

TEXT = b"".join(b'{"citingcorpusid":%d,"citedcorpusid":1,"isinfluential":false}\n' % n for n in range(5000))
SHARD = gzip.compress(TEXT)


@pytest.fixture
def world() -> World:
    return World(shards={"citations": {"20260903_0.gz": SHARD, "20260903_1.gz": gzip.compress(b"{}\n")}})


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def url(world: World) -> Iterator[str]:
    with serving(world) as url:
        yield url


def download(url: str, to: Path, waits: list[float], *, key: str = KEY, release: str = "latest") -> Result:
    """One shard after the other, so that the faults come in order; test_parallel_download.py has several at a time."""
    arguments = [
        "bulk",
        "download",
        "--datasets",
        "citations",
        "--to",
        str(to),
        "--base-url",
        url,
        "--release",
        release,
        "--at-once",
        "1",
    ]
    from graph.interfaces.cli.bulk_download import download_command

    return CliRunner().invoke(
        download_command, arguments[2:], obj=FetchContext(sleep=waits.append), env={"S2_API_KEY": key}
    )


def message_of(result: Result) -> str:
    return f"{result.output}{result.exception or ''}"


def test_a_release_is_downloaded_with_a_manifest_for_each_shard(url, world, tmp_path, waits):
    result = download(url, tmp_path, waits)
    assert result.exit_code == 0, message_of(result)
    folder = tmp_path / "2026-09-01" / "citations"
    assert (folder / "20260903_0.gz").read_bytes() == SHARD
    row = json.loads((folder / "20260903_0.gz.json").read_text())
    assert row["path"] == "/staging/2026-09-01/citations/20260903_0.gz"
    assert (row["bytes"], row["release"]) == (len(SHARD), "2026-09-01")
    assert release_of(sorted(folder.glob("*.gz"))) == "2026-09-01"
    assert waits == []


def test_the_key_goes_to_the_listings_and_nowhere_else(url, world, tmp_path, waits):
    download(url, tmp_path, waits)
    shards = [headers for path, headers in world.requests if path.startswith("/staging/")]
    assert len(shards) == 2
    assert not any(KEY in str(headers) for headers in shards)
    assert not any(KEY in path.read_text("latin-1") for path in tmp_path.rglob("*") if path.is_file())


def test_a_complete_shard_is_not_downloaded_again(url, world, tmp_path, waits):
    download(url, tmp_path, waits)
    before = world.sent
    assert download(url, tmp_path, waits).exit_code == 0
    assert not any(path.startswith("/staging/") for path, _ in world.requests[-2:])
    assert world.sent - before < 2000  # listings only


@pytest.mark.parametrize("fault", ["cut", "429", "503", "short", "ignores range"])
def test_an_interrupted_shard_is_resumed_where_it_stopped(fault, url, world, tmp_path, waits):
    world.shard_faults = ["cut", fault]
    result = download(url, tmp_path, waits)
    assert result.exit_code == 0, message_of(result)
    assert (tmp_path / "2026-09-01/citations/20260903_0.gz").read_bytes() == SHARD
    ranges = [headers["Range"] for path, headers in world.requests if "20260903_0" in path]
    assert ranges[1] == f"bytes={len(SHARD) // 2}-"
    assert len(waits) == (1 if fault == "ignores range" else 2)
    assert all(wait >= 5 for wait in waits)
    if fault == "429":
        assert waits[1] >= 7  # what the host asked for


def test_links_that_expire_in_the_middle_of_a_shard_are_listed_again_and_nothing_is_lost(url, world, tmp_path, waits):
    world.shard_faults = ["expires"]
    result = download(url, tmp_path, waits)
    assert result.exit_code == 0, message_of(result)
    assert (tmp_path / "2026-09-01/citations/20260903_0.gz").read_bytes() == SHARD
    assert sum("/dataset/" in path for path, _ in world.requests) == 2
    assert "expired" in result.output


def test_a_refused_listing_is_requested_again_after_growing_waits(url, world, tmp_path, waits):
    world.listing_faults = [429, 429, 503]
    assert download(url, tmp_path, waits).exit_code == 0
    assert [5 * 2**n <= wait <= 7.5 * 2**n for n, wait in enumerate(waits)] == [True] * 3


def test_a_service_that_always_refuses_ends_the_run_with_a_message(url, world, tmp_path, waits):
    world.listing_faults = [429] * 100
    result = download(url, tmp_path, waits)
    assert "status 429, 8 times" in message_of(result)
    assert len(waits) == 7


def test_the_beginning_of_a_shard_that_cannot_be_downloaded_is_kept(url, world, tmp_path, waits):
    world.shard_faults = ["cut"] + ["503"] * 50
    result = download(url, tmp_path, waits)
    assert "20260903_0.gz: status 503, 8 times" in message_of(result)
    part = tmp_path / "2026-09-01/citations/20260903_0.gz.part"
    assert part.read_bytes() == SHARD[: len(SHARD) // 2]
    world.shard_faults = []
    assert download(url, tmp_path, waits).exit_code == 0


def test_a_refused_key_is_reported_without_the_key(url, tmp_path, waits):
    result = download(url, tmp_path, waits, key="another-key")
    assert "API key" in message_of(result)
    assert "another-key" not in message_of(result)
    assert waits == []


@pytest.mark.parametrize(
    "release", ["../escaped", "..", "/tmp/escaped", "a/b", "C:\\x", "nul", "CON.txt", "x\0", "\x1b[2Jx", "x" * 300, " "]
)
def test_a_release_that_leads_out_of_the_folder_is_refused(url, world, tmp_path, waits, release):
    world.release = release
    said = message_of(download(url, tmp_path / "to" / "shards", waits))
    assert "the service does not name the release latest as one" in said
    assert not {"\x1b", "\0"} & set(said)
    assert list(tmp_path.rglob("*")) == []


@pytest.mark.parametrize("dataset", ["con", "nul", "x" * 300])
def test_a_dataset_that_no_folder_can_be_called_is_refused(url, tmp_path, dataset):
    from graph.interfaces.cli.bulk_download import download_command

    words = ["--datasets", dataset, "--to", str(tmp_path), "--base-url", url]
    assert "no dataset is called" in message_of(CliRunner().invoke(download_command, words))


def test_an_unknown_release_is_reported(url, tmp_path, waits):
    assert "does not know it" in message_of(download(url, tmp_path, waits, release="1999-01-01"))


@pytest.mark.parametrize(
    "broken",
    [SHARD[:-1], SHARD[:-8] + bytes(8), SHARD[:100] + b"\xff" * 50 + SHARD[150:]],
    ids=["no end", "wrong trailer", "broken middle"],
)
def test_a_shard_with_damaged_gzip_never_gets_its_final_name(broken, url, world, tmp_path, waits):
    world.shards["citations"]["20260903_0.gz"] = broken
    result = download(url, tmp_path, waits)
    assert "20260903_0.gz" in message_of(result)
    assert "bytes as announced, but" in message_of(result)
    assert not list(tmp_path.rglob("20260903_0.gz*"))
    world.shards["citations"]["20260903_0.gz"] = SHARD
    assert download(url, tmp_path, waits).exit_code == 0


def test_a_name_in_a_listing_cannot_lead_to_another_folder(url, world, tmp_path, waits):
    world.shards["citations"] = {"..%2f..%2fevil": SHARD}
    world.shard = lambda path: SHARD
    assert download(url, tmp_path / "here", waits).exit_code == 0
    assert [path.name for path in tmp_path.rglob("*.gz")] == ["_._.._evil.gz"]
    assert not list(tmp_path.glob("evil*"))


def test_a_full_disk_is_reported_and_what_was_downloaded_is_kept(url, tmp_path, waits):
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(SHARD) // 2, before[1]))
    try:
        result = download(url, tmp_path, waits)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert "cannot write" in message_of(result)
    assert "make room" in message_of(result)
    part = tmp_path / "2026-09-01/citations/20260903_0.gz.part"
    assert part.stat().st_size > 0
    assert download(url, tmp_path, waits).exit_code == 0


def test_help_lists_the_commands():
    shown = CliRunner().invoke(cli, ["bulk", "--help"]).output
    assert all(name in shown for name in ("download", "ingest", "update"))
