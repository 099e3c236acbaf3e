"""Retraction Watch's table from a loopback service: what is kept of it, and what comes instead of it."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from graph.analysis.retraction_status import retraction_status
from graph.model.corpus import Corpus, Paper
from graph.model.identifiers import identifier
from graph.model.storage import load_corpus, save_corpus
from graph.sources.http.client import FetchStopped
from graph.sources.http.transport import service_at
from graph.sources.retractions.download import HOME, PATH, FetchedTable, digest, fetch_table
from graph.sources.retractions.join import searchable, with_notices
from graph.sources.retractions.own_file import read_own, with_own_notices

from ..helpers.commands import lineage_command
from ..helpers.fetch_world import Time
from ..service import Answer, Canned, Dropped, Fault, HtmlPage, Request, Rule, ScholarService, Truncated, serving

HEADER = "Record ID,Title,OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature,RetractionDate,Notes,\n"
OTHERS = "".join(
    f'{n},"A Paper, of Others",10.5555/other-{n},{9000 + n},Retraction,1/2/2020 0:00,"two\nlines",\n' for n in range(50)
)
OURS = "7,Ours,10.5555/OURS,0,Retraction,3/1/2020 0:00,,\n8,By Number,unavailable,123.0,Correction,3/2/2020 0:00,,\n"
TABLE = (HEADER + OTHERS + OURS + ",,,,,,,\n").encode()
CORPUS = Corpus(
    {
        key: Paper(key, key, identifiers=tuple(identifier(*each.split(":", 1)) for each in ids))
        for key, ids in {"ours": ["doi:10.5555/ours"], "numbered": ["pmid:123"], "fine": ["doi:10.5555/fine"]}.items()
    }
)
MOVED = "/elsewhere/retraction_watch.csv"


def answer(table: bytes, request: Request, _limits: object) -> Answer:
    """The table, and a page for every other address."""
    if request.path in (PATH, MOVED):
        return Answer(200, table, "text/csv")
    return Answer(404, b"<!doctype html><title>404</title>", "text/html")


@pytest.fixture
def published() -> Iterator[ScholarService]:
    """A service that publishes the table."""
    with ExitStack() as running:
        yield running.enter_context(serving(TABLE, answer=answer))  # type: ignore[arg-type]  # any world will do


def fetched(service: ScholarService, to: Path, time: Time | None = None) -> FetchedTable:
    time = time or Time()
    at = service_at(service.url, home=HOME)
    return fetch_table(searchable(CORPUS), to / "raw", at, sleep=time.sleep, clock=time.clock)


def test_what_is_about_the_papers_of_the_corpus_is_kept_and_nothing_of_others(published, tmp_path):
    found = fetched(published, tmp_path)
    assert found.rows == 52
    assert [(each.record, each.nature, each.date) for each in found.statements] == [
        ("7", "retraction", "2020-03-01"),
        ("8", "correction", "2020-03-02"),
    ]
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"10.5555/other" not in kept
    assert b"Others" not in kept


def test_the_same_table_is_asked_for_once_a_day_unless_there_are_other_papers(published, tmp_path):
    first = fetched(published, tmp_path)
    assert fetched(published, tmp_path) == first
    assert len(published.log) == 1
    fetched(published, tmp_path, Time(1_795_430_400.0 + 86_400))
    assert len(published.log) == 2


@pytest.mark.parametrize(
    "fault",
    [
        HtmlPage(),
        Truncated(0.6),
        Dropped("after"),
        Canned("an empty answer", 200, ""),
        Canned("half a row", 200, TABLE.decode()[:-60], "text/csv"),
        Canned("a header alone", 200, HEADER, "text/csv"),
        Canned("too fast", 429, "slow down", "text/plain", (("Retry-After", "7"),)),
        Canned("an outage", 502, "<html>Bad Gateway</html>", "text/html"),
    ],
    ids=lambda fault: fault.name,
)
def test_what_is_no_whole_table_is_asked_for_again_and_then_refused(published, tmp_path, fault: Fault):
    published.set_faults(Rule(fault, times=1))
    assert len(fetched(published, tmp_path / "passing").statements) == 2
    published.set_faults(Rule(fault, times=None))
    with pytest.raises(FetchStopped, match="lineage retractions FILE"):
        fetched(published, tmp_path / "lasting")


def test_a_table_that_is_cut_at_the_end_of_a_line_is_seen_by_what_it_had_before(published, tmp_path):
    fetched(published, tmp_path)
    published.set_faults(Rule(Canned("a part", 200, HEADER + OURS, "text/csv"), times=None))
    with pytest.raises(FetchStopped, match="a table of 2 rows, which had 52 before"):
        fetched(published, tmp_path, Time(1_795_430_400.0 + 86_400))


@pytest.mark.parametrize(("rows", "is_taken"), [(45, True), (44, False)])
def test_a_table_may_lose_a_tenth_of_its_rows_and_no_more(published, tmp_path, rows, is_taken):
    def offer(count: int) -> None:
        others = "".join(f"{n},Other,10.5555/other{n},0,Retraction,3/1/2020 0:00,,\n" for n in range(100, 98 + count))
        published.set_faults(Rule(Canned("a table", 200, HEADER + others + OURS, "text/csv"), times=None))

    offer(50)
    fetched(published, tmp_path)
    offer(rows)
    later = Time(1_795_430_400.0 + 86_400)
    if is_taken:
        assert fetched(published, tmp_path, later).rows == 45
    else:
        with pytest.raises(FetchStopped, match="a table of 44 rows, which had 50 before"):
            fetched(published, tmp_path, later)


def test_a_table_that_moved_is_followed_on_the_same_service_alone(published, tmp_path):
    moved = Canned("moved", 301, "", "text/html", (("Location", MOVED),))
    published.set_faults(Rule(moved, path="crossref", times=None))
    assert len(fetched(published, tmp_path).statements) == 2
    away = Canned("moved away", 302, "", "text/html", (("Location", "http://127.0.0.2:9/table.csv"),))
    published.set_faults(Rule(away, times=None))
    with pytest.raises(FetchStopped, match="status 302"):
        fetched(published, tmp_path / "away")


def test_a_table_that_is_not_there_is_asked_for_once(published, tmp_path):
    published.set_faults(Rule(Canned("gone", 404, "<!doctype html>", "text/html"), times=None))
    with pytest.raises(FetchStopped, match="status 404"):
        fetched(published, tmp_path)
    assert len(published.log) == 1


def test_thirty_megabytes_are_read_a_row_at_a_time():
    row = b'1,T,10.5555/other,0,Retraction,1/2/2020 0:00,"%s",\n' % (b"%s\n" % (b"a long note, " * 600) * 15)

    def parts() -> Iterator[bytes]:
        yield HEADER.encode()
        for _ in range(30_000_000 // len(row)):
            yield row
        yield OURS.encode()

    tracemalloc.start()
    try:
        kept = json.loads(digest(parts(), searchable(CORPUS), "2026-11-30"))
        assert tracemalloc.get_traced_memory()[1] < 4_000_000
    finally:
        tracemalloc.stop()
    assert (kept["rows"], len(kept["kept"])) == (30_000_000 // len(row) + 2, 2)


def test_a_corpus_is_marked_and_says_of_papers_that_come_later_that_nothing_is_known(published, tmp_path):
    save_corpus(CORPUS, tmp_path)
    said = lineage_command("--corpus", tmp_path, "retractions", "--fetch", "--base-url", published.url, "--json")
    assert said.returncode == 0, said.stderr
    assert {key: each["state"] for key, each in json.loads(said.stdout)["papers"].items()} == {
        "ours": "retracted",
        "numbered": "corrected",
    }
    marked = load_corpus(tmp_path)
    assert str(retraction_status(marked, marked.papers["fine"])).startswith("RetractionStatus(state='none_reported'")
    later = Corpus(dict(CORPUS.papers) | {"later": Paper("later", "L", identifiers=(identifier("pmid", "77"),))})
    joined = with_own_notices(later, tmp_path)
    states = {key: status.state for key in joined.papers if (status := retraction_status(joined, joined.papers[key]))}
    assert states == {"ours": "retracted", "numbered": "corrected", "fine": "unknown", "later": "unknown"}
    own = read_own(tmp_path)
    assert with_notices(CORPUS, own.statements, own.search).notices == marked.notices


def test_a_dry_run_says_how_much_it_is_and_asks_nothing(published, tmp_path):
    save_corpus(CORPUS, tmp_path)
    said = lineage_command("--corpus", tmp_path, "retractions", "--fetch", "--dry-run", "--base-url", published.url)
    assert "about 60 MB" in said.stderr
    assert "minute" in said.stderr
    assert said.stdout == ""
    form = lineage_command(*said.args[1:], "--json")
    assert json.loads(form.stdout) == {"service": published.url, "requests": 1, "seconds": 48.0, "megabytes": 60}
    assert (said.returncode, len(published.log), (tmp_path / "raw").exists()) == (0, 0, False)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--fetch", "a.csv"), "--fetch takes no file"),
        (("--dry-run",), "--dry-run goes with --fetch"),
        (("--base-url", "http://x"), "--base-url goes with --fetch"),
        (("--fetch", "--observed", "2026-01-01"), "holds as of today"),
        (("--fetch",), "the shipped corpus stays as it is"),
    ],
)
def test_options_that_do_not_go_together_are_refused(words, why):
    said = lineage_command("retractions", *words)
    assert (said.returncode, said.stderr.count("\n")) == (2, 1)
    assert why in said.stderr
