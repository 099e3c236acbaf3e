"""A store that was damaged, or made by somebody who means harm: the answer is right, or one clear line."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import zlib
from pathlib import Path

import duckdb
import networkx as nx
import numpy as np
import pytest

from graph.errors import InputError
from graph.index.between import papers_between, reach, reachable, shortest_path, shortest_paths
from graph.index.build_index import check_indexed
from graph.index.checked_file import CheckedFile, page_sums
from graph.index.citation_index import CITATIONS_FILE, SECTIONS, open_index
from graph.index.kernels.pages import PAGE
from graph.index.page_sums import SUMS_FILE, read_page_sums, write_page_sums
from graph.index.path_weights import acyclic_index, search_path_counts
from graph.index.store import open_store
from graph.index.store_layout import read_manifest
from graph.model.shipped_data import snapshot_path
from graph.utils.array_file import PREFIX

from ..helpers.commands import lineage_command
from ..helpers.flips import files_of, outcomes
from ..helpers.networks import large_dag
from ..helpers.scale_world import index_of

ALL = (1 << 64) - 1


def xxh64(data: bytes) -> int:  # noqa: C901  # as long as its specification
    """XXH64 with seed 0, step by step as its specification has it."""
    p1, p2, p3 = 0x9E3779B185EBCA87, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9
    p4, p5 = 0x85EBCA77C2B2AE63, 0x27D4EB2F165667C5

    def rotated(word: int, bits: int) -> int:
        return (word << bits | word >> (64 - bits)) & ALL

    def mixed(total: int, lane: int) -> int:
        return rotated(total + lane * p2 & ALL, 31) * p1 & ALL

    def number(begin: int, size: int) -> int:
        return int.from_bytes(data[begin : begin + size], "little")

    place, total = 0, p5
    if len(data) >= 32:
        lanes = [(p1 + p2) & ALL, p2, 0, -p1 & ALL]
        while place + 32 <= len(data):
            lanes = [mixed(lane, number(place + 8 * n, 8)) for n, lane in enumerate(lanes)]
            place += 32
        total = sum(rotated(lane, bits) for lane, bits in zip(lanes, (1, 7, 12, 18), strict=True)) & ALL
        for lane in lanes:
            total = ((total ^ mixed(0, lane)) * p1 + p4) & ALL
    total = total + len(data) & ALL
    while place + 8 <= len(data):
        total = (rotated(total ^ mixed(0, number(place, 8)), 27) * p1 + p4) & ALL
        place += 8
    if place + 4 <= len(data):
        total = (rotated(total ^ number(place, 4) * p1 & ALL, 23) * p2 + p3) & ALL
        place += 4
    for byte in data[place:]:
        total = rotated(total ^ byte * p5 & ALL, 11) * p1 & ALL
    for shift, factor in ((33, p2), (29, p3)):
        total = (total ^ total >> shift) * factor & ALL
    return total ^ total >> 32


def test_a_checksum_is_xxh64_of_a_page_with_zeros_behind_the_end(tmp_path: Path):
    known = {b"": 0xEF46DB3751D8E999, b"a": 0xD24EC4F1A98C6E5B, b"abc": 0x44BC2CF5AD770999}  # published
    assert {text: xxh64(text) for text in known} == known
    data = np.random.default_rng(3).bytes(3 * PAGE)
    for length in (1, 7, 8, 9, PAGE - 1, PAGE, PAGE + 1, 3 * PAGE - 3, 3 * PAGE):
        (tmp_path / "file").write_bytes(data[:length])
        pages = [data[begin : min(begin + PAGE, length)].ljust(PAGE, b"\0") for begin in range(0, length, PAGE)]
        assert page_sums(tmp_path / "file").tolist() == [xxh64(page) for page in pages]


@pytest.fixture
def damaged(whole, tmp_path: Path) -> Path:
    """A store that a test may change."""
    shutil.copytree(whole[0], tmp_path / "store")
    return tmp_path / "store"


def test_a_flipped_bit_in_each_file_of_a_store_gives_a_right_answer_or_one_clear_line(damaged):
    found = list(outcomes(damaged, 0, len(files_of(damaged))))
    assert len(found) == len(files_of(damaged))
    assert {where: said for where, said in found if said not in ("right", "refused")} == {}
    assert {said for _, said in found} == {"right", "refused"}


@pytest.mark.long
@pytest.mark.timeout(3000)
def test_hundreds_of_flipped_bits_give_right_answers_or_one_clear_line(damaged):
    found = list(outcomes(damaged, 100, 500))
    assert len(found) == 400
    assert {where: said for where, said in found if said not in ("right", "refused")} == {}


def test_what_is_read_is_what_was_written_wherever_a_bit_is_flipped(tmp_path: Path):
    """Every page of an index, with the searches that touch few of them."""
    graph = large_dag(3000, 4)
    path, sums = tmp_path / "index", tmp_path / SUMS_FILE
    index_of(graph, path=path)
    write_page_sums(sums, {CITATIONS_FILE: path})
    data, chance = path.read_bytes(), np.random.default_rng(5)
    pairs = [tuple(sorted(chance.integers(0, 3000, 2).tolist())) for _ in range(30)]
    expected = [shortest_path(open_index(path), *pair) for pair in pairs]
    refused = set()
    for page in range(1, len(data) // PAGE + 1):
        place = min(page * PAGE + int(chance.integers(PAGE)), len(data) - 1)
        path.write_bytes(data[:place] + bytes([data[place] ^ 1 << int(chance.integers(8))]) + data[place + 1 :])
        for pair, right in zip(pairs, expected, strict=True):
            try:
                assert shortest_path(open_index(path, read_page_sums(sums)), *pair) == right
            except InputError as fault:
                refused.add(str(fault))
    assert refused == {f"{path}: a part of it is not what was written; build it again with 'lineage bulk index'"}


@pytest.mark.long
def test_no_number_of_an_index_without_checksums_leads_out_of_it(tmp_path: Path):
    """As an index of before, or one that somebody made up: it may say what is wrong, and nothing worse happens."""
    path, chance = tmp_path / "index", np.random.default_rng(7)
    index_of(large_dag(300, 4), path=path)
    data = path.read_bytes()
    header = json.JSONDecoder().raw_decode(data[PREFIX.size : PAGE].decode("utf-8", "replace"))[0]
    refused = 0
    for trial in range(120):
        name = list(SECTIONS)[trial % len(SECTIONS)]
        section, size = header["sections"][name], np.dtype(SECTIONS[name]).itemsize
        if not section["count"]:
            continue
        wild = bytearray(data)
        for _ in range(5):
            begin = section["offset"] + size * int(chance.integers(section["count"]))
            wild[begin : begin + size] = chance.bytes(size)
        path.write_bytes(wild)
        start, end = sorted(chance.integers(0, 300, 2).tolist())
        searches = (shortest_path, shortest_paths, papers_between)
        for search in searches:
            try:
                search(open_index(path), start, end)
            except InputError:
                refused += 1
        for back in (True, False):
            try:
                reachable(open_index(path), start, back=back)
                reach(open_index(path), [start], back=back)
                search_path_counts(acyclic_index(open_index(path))).heaviest()
            except InputError:
                refused += 1
    assert refused > 100


@pytest.mark.parametrize(
    "change",
    [
        lambda header: header["sections"].pop("ids"),
        lambda header: header["sections"]["citers"].update(offset=1 << 70),
        lambda header: header["sections"]["citers"].update(offset=-4096),
        lambda header: header["sections"]["citers"].update(offset=4100),
        lambda header: header["sections"]["dates"].update(count=1),
        lambda header: header["sections"]["citers_at"].update(count=1),
        lambda header: header.update(left_out=None),
        lambda header: header.update(sections=[]),
        lambda header: header.update(bytes="many"),
    ],
)
def test_a_header_that_somebody_made_up_is_refused(change, tmp_path: Path):
    path = tmp_path / "index"
    index_of(nx.DiGraph([(0, 1), (1, 2)]), path=path)
    data = path.read_bytes()
    magic, version, length, _ = PREFIX.unpack_from(data)
    header = json.loads(data[PREFIX.size : PREFIX.size + length])
    change(header)
    text = json.dumps(header).encode()
    page = PREFIX.pack(magic, version, len(text), zlib.crc32(text)) + text
    path.write_bytes(page.ljust(PAGE, b"\0") + data[PAGE:])
    with pytest.raises(InputError, match=r"header is damaged|do not fit"):
        open_index(path)


def test_a_store_of_before_is_read_and_said_to_have_no_checksums(damaged, reading_list, caplog):
    (damaged / "index" / SUMS_FILE).unlink()
    store = open_store(damaged, reading_list)
    assert "no checksums" in caplog.text
    assert "lineage bulk index" in caplog.text
    assert store.records[0].title
    check_indexed(damaged)
    told = lineage_command("--store", damaged, "path", "BERT → InstructGPT", "--json")
    assert (told.returncode, told.stderr.count("no checksums")) == (0, 1)
    assert json.loads(told.stdout)["total"]


def test_checksums_of_other_files_are_not_used(damaged, reading_list):
    sums = damaged / "index" / SUMS_FILE
    data = sums.read_bytes()
    for wrong in (data[:-8], data + bytes(8), data[:10], b"", b"{" + data[1:]):
        sums.write_bytes(wrong)
        with pytest.raises(InputError, match="lineage bulk index"):
            open_store(damaged, reading_list)
    write_page_sums(sums, {"other": damaged / "manifest.json"})
    with pytest.raises(InputError, match="lineage bulk index"):
        open_store(damaged, reading_list)


def test_pages_are_compared_once_and_only_those_that_are_touched(tmp_path: Path):
    path = tmp_path / "file"
    path.write_bytes(bytes(10 * PAGE))
    file = CheckedFile(path, page_sums(path))
    assert file.read(PAGE + 5, 10) == bytes(10)
    assert file.read(9 * PAGE + 1, PAGE) == bytes(PAGE - 1)
    assert np.flatnonzero(file.pages.seen).tolist() == [1, 9]


@pytest.mark.parametrize(
    "statements",
    [
        ["ALTER TABLE keys RENAME TO others", "CREATE VIEW keys AS SELECT 1 AS key FROM read_text('{secret}')"],
        ["CREATE VIEW more AS SELECT content FROM read_text('{secret}')"],
        ["CREATE MACRO duckdb_views() AS TABLE SELECT 1 WHERE false", "CREATE VIEW v AS SELECT 1"],
        ["CREATE MACRO more(a) AS a + 1"],
    ],
)
def test_a_database_that_holds_more_than_tables_is_refused(statements, damaged):
    secret = damaged / "secret.txt"
    secret.write_text("THE SECRET", "utf-8")
    names = damaged / "names.duckdb"
    size = names.stat().st_size
    with duckdb.connect(str(names)) as database:
        for statement in statements:
            database.execute(statement.format(secret=secret))
    if names.stat().st_size != size:  # as whoever makes such a store would
        index = damaged / "index" / CITATIONS_FILE
        data = index.read_bytes()
        magic, version, length, _ = PREFIX.unpack_from(data)
        header = json.loads(data[PREFIX.size : PREFIX.size + length])
        header["made_from"]["files"]["names.duckdb"][0] = names.stat().st_size
        text = json.dumps(header).encode()
        page = PREFIX.pack(magic, version, len(text), zlib.crc32(text)) + text
        index.write_bytes(page.ljust(PAGE, b"\0") + data[PAGE:])
        (damaged / "index" / SUMS_FILE).unlink()
    told = lineage_command("--store", damaged, "path", "BERT → InstructGPT")
    assert (told.returncode, told.stdout) == (2, "")
    assert "holds more than tables" in told.stderr.splitlines()[-1]
    assert "SECRET" not in told.stderr


def test_a_corpus_edited_by_hand_is_read_and_said(tmp_path: Path):
    folder = tmp_path / "corpus"
    shutil.copytree(snapshot_path(), folder)
    assert lineage_command("--corpus", folder, "show", "BERT").stderr == ""
    table = folder / "citations.jsonl"
    rows = table.read_text("utf-8").splitlines(keepends=True)
    table.write_text("".join(rows[:-1000]), "utf-8")
    told = lineage_command("--corpus", folder, "show", "BERT", "--json")
    assert told.returncode == 0
    assert json.loads(told.stdout)
    assert told.stderr.count("\n") == 1
    assert f"citations.jsonl ({len(rows) - 1000:,} rows, {len(rows):,} were written)" in told.stderr
    assert lineage_command("--corpus", folder, "index").returncode == 0
    assert lineage_command("--corpus", folder, "show", "BERT").stderr == ""


@pytest.mark.parametrize(
    "name", ["../../secret", "/etc/passwd", "papers/../../secret", "secret", "papers/nul", 7, None]
)
def test_a_manifest_that_names_files_elsewhere_is_refused(damaged, name):
    manifest = json.loads((damaged / "manifest.json").read_text("utf-8"))
    manifest["tables"]["papers"]["files"][0]["name"] = name
    (damaged / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    with pytest.raises(InputError, match="an incomplete manifest"):
        read_manifest(damaged)


INDEXER = """
import os, pathlib, shutil, signal, sys
from pathlib import Path
from graph.index import build_index
left = int(sys.argv[2])
def counted(call):
    def stop_or(*arguments, **named):
        global left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return call(*arguments, **named)
    return stop_or
def built(store, manifest, part, memory, say):
    shutil.copytree(sys.argv[3], part, dirs_exist_ok=True)
build_index._build = built
os.rename, os.replace, os.rmdir = counted(os.rename), counted(os.replace), counted(os.rmdir)
build_index.index_store(Path(sys.argv[1]))
"""


@pytest.mark.long
def test_an_index_is_the_old_one_or_the_new_one_wherever_its_build_was_killed(whole, reading_list, tmp_path: Path):
    new = tmp_path / "new"
    shutil.copytree(whole[0] / "index", new)
    shutil.copy(whole[0] / "names.duckdb", new)
    (new / "mark").write_text("new")
    states = []
    for call in range(1, 20):
        store = tmp_path / str(call)
        shutil.copytree(whole[0], store)
        run = subprocess.run([sys.executable, "-c", INDEXER, str(store), str(call), str(new)], check=False)
        opened = open_store(store, reading_list)
        states.append((store / "index" / "mark").exists())
        assert opened.names.resolve("BERT") is not None
        assert not (store / ".index.ready").exists()
        if run.returncode == 0:
            break
    assert states == sorted(states)
    assert set(states) == {False, True}
