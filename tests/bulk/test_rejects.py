"""Lines that are no rows of a release: written to a file with what is wrong, and limited."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from graph.bulk import rejects
from graph.bulk.ingest import ingest
from graph.bulk.rejects import RejectLimit
from graph.bulk.shards import find_shards
from graph.bulk.workspace import IngestOptions
from graph.errors import InputError

from ..helpers.bulk_oracle import TWO_WORKERS, citation, table, write_shard

BAD_CITATIONS = {
    b'{"citingcorpusid":1,"cited': "not a JSON object (Input data was truncated)",
    b"<html>": "not a JSON object (JSON is malformed: invalid character (byte 0))",
    b"[1]": "not a JSON object (Expected `object`, got `array`)",
    json.dumps(citation(None, 7)).encode(): "citingcorpusid is not a number",
    json.dumps(citation("x7", 7)).encode(): "citingcorpusid is not a number",
    json.dumps(citation(8, "x7")).encode(): "citedcorpusid is neither a number nor null",
    json.dumps(citation(8, 9, isinfluential="maybe")).encode(): "isinfluential is neither true nor false",
    json.dumps({"corpusid": 5}).encode(): "citingcorpusid is not a number",
}


def rejected(store: Path, name: str) -> list[dict]:
    return [json.loads(line) for line in (store / f"rejects/{name}.rejects.jsonl").read_text().splitlines()]


def test_bad_citations_are_written_to_a_file_with_their_line_numbers_and_the_rest_is_kept(tmp_path: Path):
    good = [citation(n, 1) for n in range(2, 40)]
    shards = find_shards([write_shard(tmp_path, *good[:20], *BAD_CITATIONS, *good[20:])])
    options = IngestOptions(reject_limit=RejectLimit(count=len(BAD_CITATIONS)))
    manifest = ingest(shards, tmp_path / "s", options)
    assert manifest.counts["rejects"] == len(BAD_CITATIONS)
    assert manifest.counts["lines"] == len(good) + len(BAD_CITATIONS)
    assert [row["citing"] for row in table(tmp_path / "s", manifest, "references")] == list(range(2, 40))
    assert rejected(tmp_path / "s", "citations-c.gz") == [
        {"shard": "c.gz", "line": 21 + n, "why": why, "text": line.decode()}
        for n, (line, why) in enumerate(BAD_CITATIONS.items())
    ]


def test_a_line_keeps_its_number_however_many_pieces_a_shard_is_read_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = write_shard(tmp_path, *(citation(n, 1) for n in range(2, 9)), b"<html>", citation(9, 1), b"[1]")
    (shard,) = find_shards([path])
    monkeypatch.setattr(rejects, "_PIECE_BYTES", 1)
    monkeypatch.setattr("graph.bulk.shards._BLOCK", 64)
    assert [json.loads(line)["line"] for line in rejects.rejects_of(shard, path).splitlines()] == [8, 10]


def test_a_shard_is_known_by_its_first_good_line_and_by_its_last_eight_bytes(tmp_path: Path):
    path = write_shard(tmp_path, b"<html>", b"[1]", citation(3, 1))
    (shard,) = find_shards([path])
    assert (shard.kind, shard.trailer) == ("citations", path.read_bytes()[-8:].hex())


def test_bad_papers_are_written_to_a_file_as_well(tmp_path: Path):
    bad = [b"{", {"corpusid": None, "title": "x"}, {"corpusid": True, "title": "x"}, {"title": "x"}]
    good = [{"corpusid": 1, "title": "One"}, {"corpusid": "2", "title": "Two"}]
    shards = find_shards([write_shard(tmp_path, *good, *bad)])
    manifest = ingest(shards, tmp_path / "s", IngestOptions(reject_limit=RejectLimit(count=4)))
    assert [row["title"] for row in table(tmp_path / "s", manifest, "papers")] == ["One", "Two"]
    found = rejected(tmp_path / "s", "papers-c.gz")
    assert [row["line"] for row in found] == [3, 4, 5, 6]
    assert [row["why"] for row in found[1:]] == ["corpusid is not a number"] * 3


def test_only_the_first_rejects_of_a_shard_are_written_and_long_ones_are_clipped(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(rejects, "_MAX_WRITTEN", 2)
    bad = [b"x" * 5000, b"y", b"z"]
    shards = find_shards([write_shard(tmp_path, citation(2, 1), *bad)])
    manifest = ingest(shards, tmp_path / "s", IngestOptions(reject_limit=RejectLimit(count=3)))
    assert manifest.counts["rejects"] == 3
    found = rejected(tmp_path / "s", "citations-c.gz")
    assert [row["line"] for row in found] == [2, 3]
    assert len(found[0]["text"]) == 2000


def test_too_many_bad_lines_end_the_run_and_a_higher_limit_continues_it(tmp_path: Path):
    shards = find_shards([write_shard(tmp_path, *[citation(n, 1) for n in range(2, 100)], b"<html>")])
    with pytest.raises(InputError, match=r"1 of 99 lines are no rows.*--max-rejects"):
        ingest(shards, tmp_path / "s", TWO_WORKERS)
    assert len(rejected(tmp_path / "s", "citations-c.gz")) == 1
    manifest = ingest(shards, tmp_path / "s", IngestOptions(reject_limit=RejectLimit.parse("2%")))
    assert [row["citing"] for row in table(tmp_path / "s", manifest, "references")] == list(range(2, 100))


@pytest.mark.parametrize(
    ("limit", "rejects_allowed"), [("0", 0), ("3", 3), ("0%", 0), ("0.1%", 1), ("100%", 1000), ("1e-1%", 1)]
)
def test_a_limit_is_a_count_or_a_fraction_of_all_lines(limit: str, rejects_allowed: int):
    parsed = RejectLimit.parse(limit)
    assert parsed.allows(rejects_allowed, 1000)
    assert not parsed.allows(rejects_allowed + 1, 1000)


@pytest.mark.parametrize("limit", ["", "many", "-1", "-1%", "101%", "1.5", "%"])
def test_an_invalid_limit_is_refused(limit: str):
    with pytest.raises(InputError, match=r"is not a number; write 100, or 0\.1%"):
        RejectLimit.parse(limit)
