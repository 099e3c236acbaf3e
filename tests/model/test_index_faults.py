"""An index that is damaged, stale, of another corpus or half written: the answer is right, or one clear line."""

from __future__ import annotations

import errno
import json
import logging
import os
import random
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.errors import InputError, OutputError
from graph.model.corpus import Assertion, Citation, Corpus, Coverage, Paper, Source
from graph.model.corpus_index import INDEX
from graph.model.identifiers import identifier
from graph.model.storage import load_corpus, save_corpus, write_index

CITATIONS = [("b", "a"), ("c", "a"), ("c", "b"), ("d", "c"), ("b", "d"), ("d", "d"), ("e", "b")]
TABLES = ("papers.jsonl", "citations.jsonl")


def made(title: str = "Deep Learning") -> Corpus:
    """Five papers, with a circle and one that cites itself."""
    papers = {
        key: Paper(
            key,
            f"{title} {key}",
            (f"Ada {key.upper()}",),
            date=date,
            names=(f"Net{key}",),
            identifiers=(identifier("doi", f"10.1234/{key}"),),
        )
        for key, date in zip("abcde", ("2001", "2003-04", None, "2005-06-07", "2009"), strict=True)
    }
    citations = [Citation(citing, cited, (Assertion("s", (1,)),)) for citing, cited in CITATIONS]
    coverage = [Coverage("b", "references", "s", "complete")]
    return Corpus(papers, citations, coverage, {"s": Source("s", "user", "somebody")})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    save_corpus(made(), tmp_path / "corpus")
    return tmp_path / "corpus"


def assert_answers(folder: Path, expected: Corpus) -> None:
    """Whether all that an index holds is as it is without one."""
    found = load_corpus(folder)
    assert found == expected
    network, other = found.arrays.network, expected.arrays.network
    for one, two in (("references", "references_at"), ("citers", "citers_at")):
        assert getattr(network, one).tolist() == getattr(other, one).tolist()
        assert getattr(network, two).tolist() == getattr(other, two).tolist()
    assert found.arrays.dates.tolist() == expected.arrays.dates.tolist()
    for number, paper in enumerate(expected.papers.values()):
        assert found.names.titled(paper.title or "") == [number]
        assert found.names.named(paper.names[0]) == [number]
        assert found.names.containing((paper.title or "")[-3:]) == [number]
        assert found.identified(paper.identifiers[0]) == (paper.key,)


def said(caplog: pytest.LogCaptureFixture) -> str:
    return "\n".join(caplog.messages)


def test_the_log_says_how_a_corpus_was_read_and_why(folder: Path, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.INFO)
    load_corpus(folder)
    assert "by its index" in said(caplog)
    assert "hashes" not in said(caplog)
    (folder / INDEX).unlink()
    load_corpus(folder)
    assert "there is no index; 'lineage --corpus" in said(caplog)
    assert "from its rows" in said(caplog)


def arrays_in(folder: Path) -> list[tuple[int, int]]:
    """Where the header and each array of an index begin and end."""
    data = (folder / INDEX).read_bytes()
    header = json.JSONDecoder().raw_decode(data[20:4096].decode("utf-8", "replace"))[0]
    sizes = {"<i8": 8, "<i4": 4, "<u4": 4, "|u1": 1}
    places = [(each["at"], each["at"] + each["count"] * sizes[each["type"]]) for each in header["arrays"].values()]
    return [(0, 20 + len(json.dumps(header))), *sorted(places)]


def test_an_index_that_was_cut_short_anywhere_is_left_aside(folder: Path):
    data = (folder / INDEX).read_bytes()
    places = {place for begin, end in arrays_in(folder) for place in (begin, (begin + end) // 2, end)}
    for kept in sorted(places | {19, 20, 4095, len(data) - 1}):
        (folder / INDEX).write_bytes(data[:kept])
        assert_answers(folder, made())


def test_a_flipped_bit_anywhere_in_the_index_changes_no_answer(folder: Path):
    """The header and each array have some."""
    data = (folder / INDEX).read_bytes()
    chance = random.Random(7)
    for begin, end in arrays_in(folder):
        for place in [begin, *(chance.randrange(begin, end) for _ in range(5)), end - 1] if end > begin else []:
            damaged = bytearray(data)
            damaged[place] ^= 1 << chance.randrange(8)
            (folder / INDEX).write_bytes(bytes(damaged))
            assert_answers(folder, made())


def test_the_index_of_another_corpus_is_left_aside(folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture):
    save_corpus(made("Deep Studying"), tmp_path / "other")  # as long in every table
    shutil.copy(tmp_path / "other" / INDEX, folder / INDEX)
    caplog.set_level(logging.INFO)
    assert_answers(folder, made())
    assert "made from other tables" in said(caplog)


@pytest.mark.parametrize("name", ["corpus.index", "manifest.json", "papers.jsonl"])
def test_a_file_of_another_corpus_among_these_is_noticed(folder: Path, tmp_path: Path, name: str):
    save_corpus(made("Deep Studying"), tmp_path / "other")
    shutil.copy2(tmp_path / "other" / name, folder / name)
    assert_answers(folder, made("Deep Studying" if name == "papers.jsonl" else "Deep Learning"))


@pytest.mark.parametrize("older", [0, 1_000_000_000, 10**17], ids=["same time", "a second older", "years older"])
@pytest.mark.parametrize("in_place", [True, False], ids=["in place", "another file"])
def test_a_table_of_the_same_size_counts_though_its_time_was_set_back(
    folder: Path, caplog: pytest.LogCaptureFixture, in_place: bool, older: int
):
    papers = folder / "papers.jsonl"
    before = papers.stat()
    text = papers.read_bytes()
    changed = papers if in_place else papers.with_suffix(".new")
    changed.write_bytes(text.replace(b"Deep Learning", b"Fast Learning"))
    changed.replace(papers)
    os.utime(papers, ns=(before.st_atime_ns, before.st_mtime_ns - older))
    caplog.set_level(logging.INFO)
    assert papers.stat().st_size == before.st_size
    assert_answers(folder, made("Fast Learning"))
    assert "papers.jsonl was changed" in said(caplog)


def test_a_citation_that_was_taken_out_by_hand_is_gone(folder: Path):
    citations = folder / "citations.jsonl"
    before = citations.stat()
    lines = citations.read_bytes().splitlines(keepends=True)
    citations.write_bytes(b"".join(lines[1:]))
    os.utime(citations, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert load_corpus(folder).citation("b", "a") is None


@pytest.mark.parametrize("indexed", [True, False])
def test_a_doubled_row_is_one_clear_line(folder: Path, indexed: bool):
    citations = folder / "citations.jsonl"
    citations.write_bytes(citations.read_bytes() + citations.read_bytes().splitlines(keepends=True)[0])
    if not indexed:
        (folder / INDEX).unlink()
    with pytest.raises(InputError, match="citation b -> a is there 2 times"):
        load_corpus(folder)


def test_a_source_that_was_taken_out_of_the_manifest_is_one_clear_line(folder: Path):
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    (folder / "manifest.json").write_text(json.dumps(manifest | {"sources": []}), "utf-8")
    with pytest.raises(InputError, match="no source 's'"):
        load_corpus(folder)


def test_in_a_copied_folder_tables_are_compared_by_their_hashes(
    folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    copy = tmp_path / "copy"
    copy.mkdir()
    for name in (INDEX, *sorted(each.name for each in folder.iterdir() if each.name != INDEX)):
        shutil.copy(folder / name, copy / name)
    caplog.set_level(logging.DEBUG)
    assert_answers(copy, made())
    assert "compared by their hashes" in said(caplog)
    assert "by its index" in said(caplog)


def test_a_pipe_in_the_place_of_the_index_is_not_waited_for(folder: Path):
    (folder / INDEX).unlink()
    os.mkfifo(folder / INDEX)
    assert_answers(folder, made())


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("harm", [lambda data: b"", lambda data: data[:40], lambda data: b"x" * len(data)])
def test_a_table_that_changes_while_it_is_in_use_is_one_clear_line(
    folder: Path, name: str, harm: Callable[[bytes], bytes]
):
    found = load_corpus(folder)
    (folder / name).write_bytes(harm((folder / name).read_bytes()))
    with pytest.raises(InputError, match=f"{name}: the table was changed while it was in use; ask again"):
        _ = found.papers["a"] if name == "papers.jsonl" else found.citations[0]


def test_a_corpus_that_is_in_use_stays_as_it_was_when_another_takes_its_place(folder: Path):
    found = load_corpus(folder)
    save_corpus(made("Something else"), folder)
    assert found == made()
    assert_answers(folder, made("Something else"))


@pytest.mark.parametrize(
    ("call", "number", "reason"),
    [
        ("fsync", errno.ENOSPC, "No space left"),
        ("open", errno.EROFS, "Read-only"),
        ("open", errno.EACCES, "Permission denied"),
    ],
)
def test_a_full_disk_or_a_read_only_folder_is_one_clear_line_and_loses_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int, reason: str
):
    (folder / INDEX).write_bytes(b"damaged")
    before = {each.name: each.read_bytes() for each in folder.iterdir()}
    real = getattr(os, call)

    def fails(*args: object, **options: object) -> object:
        if call == "fsync" or ".part" in str(args[0]):
            raise OSError(number, os.strerror(number))
        return real(*args, **options)

    monkeypatch.setattr(os, call, fails)
    for write in (lambda: write_index(folder), lambda: save_corpus(made("Another"), folder)):
        with pytest.raises(OutputError, match=f"corpus: cannot write .{reason}.*; choose another folder or make room"):
            write()
    monkeypatch.undo()
    assert {each.name: each.read_bytes() for each in folder.iterdir()} == before
    assert_answers(folder, made())


@pytest.mark.parametrize("after", range(3))
def test_an_index_whose_writer_is_killed_changes_no_answer(folder: Path, monkeypatch: pytest.MonkeyPatch, after: int):
    papers = folder / "papers.jsonl"
    papers.write_bytes(b"".join(reversed(papers.read_bytes().splitlines(keepends=True))))  # has to be written anew, too
    (folder / INDEX).write_bytes(b"damaged")
    replaced: list[Path] = []
    real = Path.replace

    def killed(self: Path, target: Path) -> Path:
        if len(replaced) == after:
            raise KeyboardInterrupt
        replaced.append(target)
        return real(self, target)

    monkeypatch.setattr(Path, "replace", killed)
    with pytest.raises(KeyboardInterrupt):
        write_index(folder)
    monkeypatch.undo()
    assert_answers(folder, made())
    write_index(folder)
    assert_answers(folder, made())


def test_an_index_is_gone_when_somebody_changes_a_table_before_it_is_the_youngest_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch
):
    papers = folder / "papers.jsonl"

    def meanwhile(_: float) -> None:
        before = papers.stat()
        papers.write_bytes(papers.read_bytes().replace(b"Deep Learning", b"Fast Learning"))
        os.utime(papers, ns=(before.st_atime_ns, before.st_mtime_ns))
        real(0.02)

    real = time.sleep
    monkeypatch.setattr("graph.model.storage.time.sleep", meanwhile)
    save_corpus(made(), folder)
    monkeypatch.undo()
    assert not (folder / INDEX).exists()
    assert_answers(folder, made("Fast Learning"))


def test_tables_in_the_order_of_a_person_are_written_anew_and_those_in_order_are_left(folder: Path):
    papers, citations = folder / "papers.jsonl", folder / "citations.jsonl"
    spaced = papers.read_bytes().replace(b'", "authors"', b'",   "authors"')
    papers.write_bytes(spaced)
    citations.write_bytes(b"\n" + citations.read_bytes())
    assert write_index(folder) == ["citations.jsonl", INDEX, "manifest.json"]
    assert papers.read_bytes() == spaced
    assert not citations.read_bytes().startswith(b"\n")
    assert_answers(folder, made())
