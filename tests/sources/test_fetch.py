"""A fetch from end to end, from the loopback service: complete, at the rate limit, and continued where it stopped."""

from __future__ import annotations

import logging
import random
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from graph.errors import InputError
from graph.interfaces.cli.main import cli
from graph.model.identifiers import identifier
from graph.model.lineage import build_lineage
from graph.model.reading_list import load_reading_list
from graph.model.shipped_data import data_folder
from graph.model.storage import load_corpus
from graph.sources.fetch import FetchOptions, estimate
from graph.sources.fetch.crawl import CrawlResult, Resolved
from graph.sources.fetch.fetched_list import reading_list_of, reading_list_text
from graph.sources.fetch.observation import plan_of
from graph.sources.fetch.report import remark_lines
from graph.sources.fetch.targets import Target, Targets, parse_targets, targets_of_list
from graph.sources.http.client import MAX_FAILURES, FetchStopped
from graph.sources.http.outcomes import MAX_ATTEMPTS
from graph.sources.http.response_cache import ResponseCache
from graph.sources.semantic_scholar.paper_rows import PaperRow
from graph.sources.semantic_scholar.service import PACE_WITH_KEY, PACE_WITHOUT_KEY, service_at

from ..helpers.fetch_world import (
    LINES,
    LOST,
    MIDDLE,
    NEW,
    OLD,
    OTHER,
    SECRET,
    WORLD,
    FragileTime,
    Time,
    fetched,
    files,
    states,
)
from ..service import (
    HOSTILE,
    CitationRecord,
    Limits,
    Nested,
    NewCiter,
    NullIds,
    Oversized,
    RateLimit,
    Rule,
    ScholarWorld,
    ServerError,
    TooManyRequests,
    outage,
    paper,
    serving,
    transient,
)

UNKNOWN = "UnknownFields"


@pytest.fixture
def time():
    return Time()


@pytest.fixture(scope="module")
def shipped_world(corpus):
    return ScholarWorld.from_corpus(corpus)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """The files of a fetch that nothing disturbs."""
    folder = tmp_path_factory.mktemp("undisturbed")
    with serving(WORLD) as scholar:
        fetched(scholar, folder, time=Time())
    return files(folder)


def test_an_entry_without_a_title_is_named_by_its_identifier(tmp_path):
    result = CrawlResult(
        (Resolved(Target("line 1: 10.5555/x"), PaperRow("0" * 40, (identifier("doi", "10.5555/x"),)), ""),), ()
    )
    text = reading_list_text(reading_list_of(Targets(()), result))
    (tmp_path / "list.toml").write_text(text)
    (entry,) = load_reading_list(tmp_path / "list.toml").entries
    assert (entry.title, entry.name) == (None, "doi:10.5555/x")


@pytest.mark.long
def test_the_shipped_list_is_fetched_and_joins_the_printed_bibliographies(tmp_path, time, reading_list, shipped_world):
    with serving(shipped_world, clock=time.clock, faults=[RateLimit(1.0)]) as scholar:
        targets = targets_of_list(reading_list)
        result = fetched(scholar, tmp_path, targets=targets, time=time, facts=data_folder())
        assert scholar.log.without_key() == ()
        assert scholar.log.repeated() == {}
        assert not scholar.log.faults()
        assert scholar.log.smallest_gap() >= PACE_WITH_KEY.interval - 1e-6
        assert len(scholar.log) < 70
    assert len(result.result.resolved) == 24
    assert result.result.unresolved == ()
    saved = load_corpus(tmp_path)
    assert saved == result.corpus
    lineage = build_lineage(saved, reading_list)
    assert lineage.graph.number_of_nodes() > 1000
    source = f"s2:{result.observed}"
    both = [c for c in saved.citations if source in c.sources and any(s.startswith("print:") for s in c.sources)]
    assert len(both) > 1000
    # The service serves what the snapshot holds; only short titles that say too little stay two papers.
    alone = [c for c in saved.citations if c.sources == (source,)]
    doubtful = {key for doubt in saved.doubts for key in doubt.papers}
    assert {c.cited for c in alone} <= doubtful
    given = ["--corpus", str(tmp_path)]
    assert CliRunner().invoke(cli, [*given, "path", "BERT → InstructGPT"]).exit_code == 0
    built = CliRunner().invoke(cli, [*given, "build", "--output", str(tmp_path / "output")])
    assert built.exit_code == 0
    assert (tmp_path / "output" / "lineage.html").stat().st_size > 10_000


def walked(folder: Path, targets: Targets, options: FetchOptions) -> None:
    """Begin an observation as it was begun before lists could be read together."""
    with ResponseCache(folder / "raw") as cache:
        cache.begin("2026-11-23")
        cache.save_plan(plan_of(targets, options))


def facts_of(result) -> tuple[set[str], dict[tuple[str, str], tuple[str, ...]], set[tuple[str | int | None, ...]]]:
    """The papers, citations with their sources, and coverage of a corpus: all but what is said of a citation."""
    corpus = result.corpus
    coverage = {(row.paper, row.direction, row.source, row.state, row.rows) for row in corpus.coverage}
    return set(corpus.papers), {(c.citing, c.cited): c.sources for c in corpus.citations}, coverage


def test_the_shipped_list_takes_thirty_requests_as_is_said_before(tmp_path, time, reading_list, shipped_world):
    targets, options = targets_of_list(reading_list), FetchOptions()
    expected = estimate(targets, tmp_path, options, has_key=True)
    with serving(shipped_world) as scholar:
        fetched(scholar, tmp_path, options, targets=targets, time=time)
        assert len(scholar.log) <= 31
        assert abs(expected.requests - len(scholar.log)) <= 5


@pytest.mark.long
def test_the_lists_of_a_batch_bring_what_one_request_a_paper_brings(tmp_path, time, reading_list, shipped_world):
    targets, options = targets_of_list(reading_list), FetchOptions()
    walked(tmp_path / "walked", targets, options)
    with serving(shipped_world) as scholar:
        together = fetched(scholar, tmp_path / "together", options, targets=targets, time=time)
        requests = len(scholar.log)
        alone = fetched(scholar, tmp_path / "walked", options, targets=targets, time=time)
        assert len(scholar.log) - requests > 200
    assert facts_of(together) == facts_of(alone)
    listed = {str(each.row.paper_id) for each in together.result.resolved}
    intents = [{p.paper: p.rows for p in each.result.lists if p.paper in listed} for each in (together, alone)]
    assert intents[0] == intents[1]  # of the list itself, nothing less is known


@pytest.mark.parametrize("most", [0, 1, 2, 3])
def test_none_is_lost_to_the_limit_that_the_lists_of_a_batch_share(tmp_path, time, most):
    citing = [paper(f"Citing {n}", external_ids={"ArXiv": f"2301.0000{n}"}, date="2023-01-01") for n in range(2)]
    shared = [paper(f"Shared {n}", date="2015-01-01") for n in range(6)]
    citations = [CitationRecord(one.id, each.id) for one in citing for each in shared]
    citations += [CitationRecord(each.id, OLD.id) for each in shared]
    world = WORLD.adding(*citing, *shared, citations=citations)
    targets = parse_targets(["2301.00000", "2301.00001", "1409.0473"], where="x")
    walked(tmp_path / "walked", targets, FetchOptions())
    with serving(world, limits=Limits(nested_batch_rows=most)) as scholar:
        cut = fetched(scholar, tmp_path / "cut", FetchOptions(), targets=targets, time=time)
        alone = fetched(scholar, tmp_path / "walked", FetchOptions(), targets=targets, time=time)
    assert len(cut.result.bridges) == 6
    assert facts_of(cut) == facts_of(alone)


def test_an_observation_that_read_each_list_by_itself_goes_on_and_is_parsed_again_as_it_began(tmp_path, time):
    targets, options = parse_targets(LINES, where="the tests"), FetchOptions(citations=True)
    walked(tmp_path, targets, options)
    with serving(WORLD) as scholar:
        fetched(scholar, tmp_path, time=time)
        assert {entry.method for entry in scholar.log.entries[1:]} == {"GET"}
        scholar.clear_log()
        fetched(scholar, tmp_path, time=time)
        assert len(scholar.log) == 0
    before = files(tmp_path)
    fetched("http://127.0.0.1:9", tmp_path, time=time, reparse=True)
    assert files(tmp_path) == before


def test_citing_sentences_are_asked_for_list_by_list(tmp_path, time):
    with serving(WORLD) as scholar:
        fetched(scholar, tmp_path, FetchOptions(contexts=True), time=time)
        assert {entry.method for entry in scholar.log.entries[1:]} == {"GET"}


def test_what_was_answered_is_not_requested_again(tmp_path, time, undisturbed):
    with serving(WORLD) as scholar:
        fetched(scholar, tmp_path, time=time)
        before = len(scholar.log)
        again = fetched(scholar, tmp_path, time=Time(time.now + 400 * 86_400))
        assert len(scholar.log) == before
    assert again.counts.sent == 0
    assert files(tmp_path) == undisturbed


@pytest.mark.parametrize("seed", range(4))
def test_faults_change_nothing_and_the_pace_is_kept_at_the_service(tmp_path, time, undisturbed, seed):
    with serving(WORLD, clock=time.clock, faults=[transient(seed, rate=0.6)]) as scholar:
        result = fetched(scholar, tmp_path, time=time)
        assert sum(scholar.log.faults().values()) > 3
        assert scholar.log.smallest_gap() >= PACE_WITH_KEY.interval - 1e-6
        assert scholar.log.repeated() == {}
    assert not result.unfinished
    assert files(tmp_path) == undisturbed


@pytest.mark.parametrize("seed", range(16))
def test_a_fetch_that_is_interrupted_anywhere_ends_in_the_same_bytes(tmp_path, time, undisturbed, seed):
    fragile = FragileTime(time, random.Random(seed), chance=0.1, most=30)
    with serving(WORLD, clock=time.clock, faults=[transient(seed)]) as scholar:
        fragile.run_until_done(lambda: fetched(scholar, tmp_path, time=fragile))
        assert scholar.log.repeated(restarted_at=fragile.stops) == {}
        assert scholar.log.smallest_gap() >= PACE_WITH_KEY.interval - 1e-6
    assert fragile.stops
    assert files(tmp_path) == undisturbed


def test_without_a_key_the_pace_is_slower_and_no_key_is_sent(tmp_path, time):
    with serving(WORLD, clock=time.clock) as scholar:
        fetched(scholar, tmp_path, time=time, service=service_at(scholar.url))
        assert {entry.key for entry in scholar.log.entries} == {"absent"}
        assert scholar.log.smallest_gap() >= PACE_WITHOUT_KEY.interval - 1e-6


def test_every_kind_of_coverage_is_what_the_service_gave(tmp_path, time):
    world = WORLD.eliding(NEW.id)
    with serving(world, faults=[Rule(ServerError(503), path=f"{OTHER.id}/references", times=None)]) as scholar:
        result = fetched(scholar, tmp_path, time=time)
    assert states(result) == {
        ("Learning to Align", "references"): "partial",
        ("Learning to Align", "citations"): "complete",
        ("Following Instructions", "references"): "elided",
        ("Following Instructions", "citations"): "complete",
        ("Another New Paper", "references"): "failed",
        ("Another New Paper", "citations"): "complete",
    }
    assert result.unfinished


def test_a_list_that_failed_is_all_that_the_next_run_asks_for(tmp_path, time, undisturbed):
    with serving(WORLD, faults=[Rule(ServerError(503), path=f"{OTHER.id}/references", times=None)]) as scholar:
        fetched(scholar, tmp_path, time=time)
        scholar.set_faults()
        scholar.clear_log()
        result = fetched(scholar, tmp_path, time=time)
        asked = [entry.path.rsplit("/", 2)[-2:] for entry in scholar.log.entries]
    assert asked == [[OTHER.id, "references"], ["paper", "batch"]]  # of the list, and of the bridge
    assert not result.unfinished
    assert files(tmp_path) == undisturbed


def test_a_bridge_that_several_cite_has_its_references_read(tmp_path, time):
    with serving(WORLD) as scholar:
        result = fetched(scholar, tmp_path, FetchOptions(), time=time)
        alone = fetched(scholar, tmp_path / "alone", FetchOptions(depth=1), time=time)
    assert [row.title for row in result.result.bridges] == ["A Bridge Between Them"]
    assert (MIDDLE.id in arcs(result)[OLD.id]) is True
    assert (MIDDLE.id in arcs(alone)[OLD.id]) is False


def arcs(result):
    """Who cites each paper, by Semantic Scholar's ids."""
    id_of = {
        key: next((i.value for i in each.identifiers if i.scheme == "s2"), each.title)
        for key, each in result.corpus.papers.items()
    }
    citers = {id_: set() for id_ in id_of.values()}
    for citation in result.corpus.citations:
        citers[id_of[citation.cited]].add(id_of[citation.citing])
    return citers


def test_an_unresolved_reference_is_kept_by_its_title_and_counted(tmp_path, time):
    with serving(WORLD) as scholar:
        result = fetched(scholar, tmp_path, time=time)
    assert arcs(result)[LOST.fields["title"]] == {NEW.id}
    (key,) = [key for key, each in result.corpus.papers.items() if each.title == "Following Instructions"]
    (row,) = result.corpus.coverage_rows(key, "references")
    assert (row.state, row.rows) == ("complete", 2)


def test_a_list_that_is_longer_than_the_service_lists_is_read_in_date_windows(tmp_path, time):
    world = WORLD.crowding(OLD.id, 900, first_year=2015, years=2)
    with serving(world, limits=Limits(walk_rows=200)) as scholar:
        near = fetched(scholar, tmp_path / "near", FetchOptions(citations=True, most_citations=10_000), time=time)
    (row,) = [r for r in near.corpus.coverage if r.direction == "citations" and (r.rows or 0) > 100]
    dated = 902 - 9 - 9
    assert row.state == "partial"
    assert dated <= row.rows < 902


def test_date_windows_that_are_short_enough_leave_nothing_out(tmp_path, time):
    world = WORLD.crowding(OLD.id, 90, first_year=2015, years=2)
    with serving(world, limits=Limits(walk_rows=60, year_only_in_windows=True)) as scholar:
        result = fetched(scholar, tmp_path, FetchOptions(citations=True, most_citations=10_000), time=time)
        assert scholar.log.repeated() == {}
    (row,) = [r for r in result.corpus.coverage if r.direction == "citations" and (r.rows or 0) > 50]
    assert (row.state, row.rows) == ("partial", 91)  # the one without any date is beyond what the service lists


def test_a_day_with_more_citations_than_the_service_lists_is_capped(tmp_path, time):
    citers = [paper(f"Same day {n}", date="2020-01-01") for n in range(40)]
    world = WORLD.adding(*citers, citations=[CitationRecord(each.id, OLD.id) for each in citers])
    with serving(world, limits=Limits(walk_rows=30)) as scholar:
        result = fetched(scholar, tmp_path, FetchOptions(citations=True), time=time)
    assert states(result)["Learning to Align", "citations"] == "capped"


def test_a_list_that_stops_at_the_most_citations_is_partial(tmp_path, time):
    world = WORLD.crowding(OLD.id, 50)
    with serving(world) as scholar:
        result = fetched(scholar, tmp_path, FetchOptions(citations=True, most_citations=20), time=time)
    assert states(result)["Learning to Align", "citations"] == "partial"
    assert next(r.rows for r in result.corpus.coverage if r.rows == 20) == 20


def test_only_influential_citations_are_kept_on_request(tmp_path, time):
    rows = [CitationRecord(OTHER.id, NEW.id), CitationRecord(MIDDLE.id, NEW.id, influential=True)]
    world = WORLD.adding(citations=rows)
    with serving(world) as scholar:
        options = FetchOptions(references=False, citations=True, influential_only=True)
        result = fetched(scholar, tmp_path, options, time=time)
    assert arcs(result)[NEW.id] == {MIDDLE.id}
    assert states(result)["Following Instructions", "citations"] == "partial"


def test_only_citations_since_a_day_are_read_on_request(tmp_path, time):
    with serving(WORLD) as scholar:
        options = FetchOptions(references=False, citations=True, since="2020-01-01")
        result = fetched(scholar, tmp_path, options, time=time)
    assert arcs(result)[OLD.id] == {OTHER.id}
    assert states(result)["Learning to Align", "citations"] == "partial"


def test_rows_that_shift_while_a_list_is_read_count_once(tmp_path, time):
    world = WORLD.crowding(OLD.id, 1500)
    newcomer = Rule(NewCiter(OLD.id), path=f"{OLD.id}/citations.*offset=0")
    with serving(world, faults=[newcomer]) as scholar:
        result = fetched(scholar, tmp_path, FetchOptions(citations=True, most_citations=5000), time=time)
    (row,) = [r for r in result.corpus.coverage if (r.rows or 0) > 1000]
    assert (row.state, row.rows) == ("complete", 1502)


def test_pages_that_are_too_large_are_read_in_parts(tmp_path, time):
    world = WORLD.crowding(OLD.id, 300)
    with serving(world, faults=[Rule(Oversized(100), times=None)]) as scholar:
        result = fetched(scholar, tmp_path, time=time)
        again = fetched(scholar, tmp_path, time=time)
    assert states(result)["Learning to Align", "citations"] == "complete"
    assert again.counts.sent == 0


SMALL_ENOUGH = [replace(each, size=100_000) if isinstance(each, Nested) else each for each in HOSTILE]
"""As many brackets as overflow a parser, without the ten megabytes that each of many tries would read."""


@pytest.mark.parametrize("fault", [each for each in SMALL_ENOUGH if each.name != UNKNOWN], ids=lambda each: each.name)
def test_a_hostile_list_costs_that_list_alone_and_one_line(tmp_path, time, fault):
    with serving(WORLD, faults=[Rule(fault, path=f"{NEW.id}/references", times=None)]) as scholar:
        result = fetched(scholar, tmp_path, time=time)
    found = states(result)
    assert found["Following Instructions", "references"] in ("failed", "partial")
    assert found["Another New Paper", "references"] == "complete"
    lines = [line for line in remark_lines(result) if "\n" not in line and len(line) < 400]
    assert lines
    assert len(lines) == len(remark_lines(result)) <= 2


def test_unknown_fields_change_nothing(tmp_path, time, undisturbed):
    (unknown,) = (each for each in HOSTILE if each.name == UNKNOWN)
    with serving(WORLD, faults=[Rule(unknown, times=None)]) as scholar:
        fetched(scholar, tmp_path, time=time)
    assert files(tmp_path) == undisturbed


def test_one_hostile_paper_in_a_batch_does_not_cost_the_others(tmp_path, time):
    broken = replace(paper("Broken", external_ids={"ArXiv": "2001.00001"}, date="2020-01-01"), id="a" * 40)
    broken = replace(broken, fields={**broken.fields, "venue": "half a pair \ud800"})
    with serving(WORLD.adding(broken)) as scholar:
        result = fetched(
            scholar, tmp_path, FetchOptions(), targets=parse_targets([*LINES, "2001.00001"], where="x"), time=time
        )
    assert len(result.result.resolved) == 3
    (lost,) = result.result.unresolved
    assert "the answer cannot be used" in lost.why


def test_null_ids_are_never_papers(tmp_path, time):
    with serving(WORLD, faults=[Rule(NullIds(1), path="/(references|citations)", times=None)]) as scholar:
        result = fetched(scholar, tmp_path, time=time)
    assert result.result.bridges == ()
    assert not any("None" in key for key in result.corpus.papers)
    assert states(result)["Another New Paper", "references"] == "complete"


def test_a_storm_that_passes_changes_nothing(tmp_path, time, undisturbed):
    with serving(WORLD, clock=time.clock, faults=[outage(seconds=3600.0, nth=3)]) as scholar:
        runs = 0
        while True:
            runs += 1
            result = fetched(scholar, tmp_path, time=time)
            if not result.unfinished:
                break
            assert runs < 40
        assert len(scholar.log) < 40 * runs
        assert scholar.log.repeated() == {}
    assert runs > 1
    assert files(tmp_path) == undisturbed


def test_a_service_that_stopped_answering_is_soon_left_alone(tmp_path, time):
    with serving(WORLD, faults=[outage(nth=2)]) as scholar:
        result = fetched(scholar, tmp_path, time=time)
        assert len(scholar.log) == 1 + MAX_ATTEMPTS * MAX_FAILURES
    assert result.outage
    assert set(states(result).values()) == {"failed"}


def test_nothing_is_written_when_nothing_was_answered(tmp_path, time):
    with serving(WORLD, faults=[outage()]) as scholar:
        with pytest.raises(FetchStopped, match="type the same command again later"):
            fetched(scholar, tmp_path, time=time)
        assert len(scholar.log) == MAX_ATTEMPTS
    assert files(tmp_path) == {}


def test_nothing_is_written_when_no_paper_is_known(tmp_path, time):
    lines = ["2001.99999", "10.1000/nowhere"]
    with serving(WORLD) as scholar, pytest.raises(InputError, match="none of the papers was found"):
        fetched(scholar, tmp_path, targets=parse_targets(lines, where="x"), time=time)
    assert files(tmp_path) == {}


def test_a_refused_key_ends_the_run_at_once_and_is_not_shown(tmp_path, time):
    with serving(WORLD, accepted_key="another") as scholar:
        with pytest.raises(FetchStopped, match="S2_API_KEY") as refusal:
            fetched(scholar, tmp_path, time=time)
        assert len(scholar.log) == 1
    assert SECRET not in str(refusal.value)


def test_the_key_is_in_no_file(tmp_path, time):
    with serving(WORLD, faults=[transient(1)]) as scholar:
        fetched(scholar, tmp_path, time=time)
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(written) > 5
    assert not any(SECRET.encode() in path.read_bytes() for path in written)


def test_an_id_that_was_merged_away_leads_to_the_paper_and_stays_known(tmp_path, time):
    twin = paper("Following instructions (preprint)", authors=["Cy New"], date="2022-03-01")
    world = WORLD.adding(twin).merging(twin.id, NEW.id)
    with serving(world) as scholar:
        result = fetched(scholar, tmp_path, targets=parse_targets([twin.id, LINES[0]], where="x"), time=time)
    (found,) = [each for each in result.corpus.papers.values() if each.title == "Following Instructions"]
    assert {identifier("s2", twin.id), identifier("s2", NEW.id)} <= set(found.identifiers)


def test_a_title_counts_only_when_it_is_the_same_title(tmp_path, time):
    lines = ["Another new paper!", "Learning to Align and Translate", "Nothing like anything", LINES[1]]
    with serving(WORLD) as scholar:
        result = fetched(scholar, tmp_path, targets=parse_targets(lines, where="x"), time=time)
    assert {each.row.title for each in result.result.resolved} == {"Another New Paper", "Following Instructions"}
    assert [each.target.title for each in result.result.unresolved] == lines[1:3]


def test_an_identifier_that_is_not_known_gives_way_to_the_next_and_then_to_the_title(tmp_path, time):
    targets = parse_targets(LINES, where="x")
    first, second, third = targets.papers
    changed = (
        replace(first, api_ids=("ARXIV:9999.99999", *first.api_ids)),
        replace(second, api_ids=("ARXIV:8888.88888",), title="Following instructions"),
        replace(third, api_ids=("DOI:10.1000/nowhere",)),
    )
    with serving(WORLD) as scholar:
        result = fetched(scholar, tmp_path, targets=replace(targets, papers=changed), time=time)
    assert [each.row.title for each in result.result.resolved] == ["Learning to Align", "Following Instructions"]
    assert result.result.unresolved[0].why == "Semantic Scholar knows no DOI:10.1000/nowhere"


def test_a_list_of_identifiers_becomes_a_reading_list_beside_the_corpus(tmp_path, time):
    with serving(WORLD) as scholar:
        result = fetched(scholar, tmp_path, time=time)
    made = load_reading_list(tmp_path / "reading_list.toml")
    titles = ["Learning to Align", "Following Instructions", "Another New Paper"]
    assert [entry.title for entry in made.entries] == titles
    lineage = build_lineage(load_corpus(tmp_path), made)
    assert lineage.graph.number_of_edges() == len(result.corpus.citations)


def test_parsing_again_asks_nothing_and_gives_the_same(tmp_path, time, undisturbed):
    with serving(WORLD) as scholar:
        fetched(scholar, tmp_path, time=time)
    for path in tmp_path.glob("*.json*"):
        path.unlink()
    result = fetched("http://127.0.0.1:9", tmp_path, time=time, reparse=True)
    assert result.counts.sent == 0
    assert files(tmp_path) == undisturbed


def test_parsing_again_for_another_list_is_refused(tmp_path, time):
    with serving(WORLD) as scholar:
        fetched(scholar, tmp_path, time=time)
    with pytest.raises(InputError, match="another list or with other options"):
        fetched("http://127.0.0.1:9", tmp_path, targets=parse_targets(LINES[:1], where="x"), time=time, reparse=True)
    with pytest.raises(InputError, match="no answers to parse again"):
        fetched("http://127.0.0.1:9", tmp_path / "new", time=time, reparse=True)


def test_an_update_brings_what_is_new_and_says_when(tmp_path, time):
    with serving(WORLD) as scholar:
        fetched(scholar, tmp_path, time=time)
        citer = paper("A Newer Paper", date="2026-12-01")
        scholar.serve(WORLD.adding(citer, citations=[CitationRecord(citer.id, OLD.id)]))
        time.now += 30 * 86_400
        same = fetched(scholar, tmp_path, time=time)
        result = fetched(scholar, tmp_path, time=time, update=True)
    assert citer.id not in arcs(same).get(OLD.id, set())
    assert citer.id in arcs(result)[OLD.id]
    assert set(result.corpus.sources) == {"s2:2026-12-23"}


def test_an_update_that_cannot_be_had_leaves_the_old_corpus(tmp_path, time, undisturbed):
    with serving(WORLD) as scholar:
        fetched(scholar, tmp_path, time=time)
        scholar.set_faults(outage(nth=2))
        time.now += 30 * 86_400
        with pytest.raises(FetchStopped, match="does not answer"):
            fetched(scholar, tmp_path, time=time, update=True)
    assert files(tmp_path) == undisturbed


def test_two_fetches_on_one_corpus_do_not_run_at_once(tmp_path, time):
    with ResponseCache(tmp_path / "raw"), pytest.raises(InputError, match="another fetch is running"):
        fetched("http://127.0.0.1:9", tmp_path, time=time)


def test_the_estimate_is_nothing_once_everything_was_answered(tmp_path, time):
    targets = parse_targets(LINES, where="x")
    options = FetchOptions(citations=True)
    before = estimate(targets, tmp_path, options, has_key=True)
    assert before.requests > 3
    assert before.seconds == pytest.approx(before.requests * PACE_WITH_KEY.interval)
    assert not (tmp_path / "raw").exists()
    with serving(WORLD) as scholar:
        fetched(scholar, tmp_path, options, targets=targets, time=time)
    assert estimate(targets, tmp_path, options, has_key=True).requests == 0


def test_429_slows_the_fetch_down(tmp_path):
    gentle, crowded = Time(), Time()
    with serving(WORLD) as scholar:
        fetched(scholar, tmp_path / "one", time=gentle)
        scholar.set_faults(Rule(TooManyRequests(), times=5))
        fetched(scholar, tmp_path / "two", time=crowded)
    assert crowded.now > gentle.now + 30


@pytest.mark.parametrize("seed", range(5))
def test_under_faults_without_end_no_list_claims_more_or_less_than_was_read(tmp_path, time, seed):
    world = WORLD.eliding(MIDDLE.id)
    with serving(world, clock=time.clock, faults=[transient(seed, rate=0.8, most=1000)]) as scholar:
        try:
            result = fetched(scholar, tmp_path, time=time)
        except FetchStopped:
            return
        assert scholar.log.smallest_gap() >= PACE_WITH_KEY.interval - 1e-6
        assert len(scholar.log) < 12 * MAX_ATTEMPTS * 10
        answered = {entry.path.removeprefix("/graph/v1/paper/") for entry in scholar.log.entries if entry.succeeded}
    for each in result.result.lists:
        name = f"{each.paper}/{each.direction}"
        rows = getattr(world, f"{each.direction}_of")(each.paper)
        assert (each.state != "failed") == (name in answered)
        assert len(each.rows) == (len(rows) if name in answered and each.state != "elided" else 0)
        assert (each.state == "elided") == (name == f"{MIDDLE.id}/references" and name in answered)


def test_what_a_killed_run_left_half_written_is_swept_away(tmp_path, time):
    left, other = tmp_path / f".{'0' * 16}.3.part", tmp_path / "notes.txt"
    left.write_text("half")
    other.write_text("mine")
    with serving(WORLD) as scholar:
        fetched(scholar, tmp_path, time=time)
    assert not left.exists()
    assert other.read_text() == "mine"


def test_an_answer_that_names_another_paper_is_pointed_out(tmp_path, time):
    world = replace(WORLD, merged={"ARXIV:1409.9999": OLD.id})
    with serving(world) as scholar:
        result = fetched(scholar, tmp_path, targets=parse_targets(["1409.9999"], where="x"), time=time)
    (line,) = remark_lines(result)
    assert "asked for arxiv:1409.9999, got arxiv:1409.0473 'Learning to Align'" in line
    assert not any(identifier("arxiv", "1409.9999") in each.identifiers for each in result.corpus.papers.values())


def test_each_request_is_logged_with_status_wait_and_attempt_and_without_the_key(tmp_path, time, caplog):
    with caplog.at_level(logging.DEBUG), serving(WORLD, faults=[Rule(ServerError(503), nth=2)]) as scholar:
        fetched(scholar, tmp_path, time=time)
        requests = len(scholar.log)
    ours = [record for record in caplog.records if record.name.startswith("graph.")]
    lines = [record.getMessage() for record in ours if record.levelno == logging.INFO]
    sent = [line for line in lines if "(attempt " in line]
    assert len(sent) == requests
    assert sent[0] == "POST /graph/v1/paper/batch (3 papers): status 200 in 0.00 s (attempt 1, after a wait of 0.0 s)"
    page = f"GET /graph/v1/paper/{OLD.id}/references?offset=0&limit=1000"
    assert sent[1] == f"{page}: status 503 in 0.00 s (attempt 1, after a wait of 1.1 s)"
    assert sent[2].startswith(f"{page}: status 200 in 0.00 s (attempt 2, ")
    assert any(line.startswith(f"{page}: status 503; waiting ") for line in lines)
    assert "phase 'references' begins: 3 requests at least" in lines
    assert any(line.startswith("fetched 3 papers in ") and "sent=9, answered=8" in line for line in lines)
    assert any(line.startswith("assembled ") and " into 5 papers and 5 citations in " in line for line in lines)
    assert {record.levelno for record in ours} <= {logging.DEBUG, logging.INFO}  # nothing shows unless asked for
    assert SECRET not in caplog.text


def test_what_is_in_the_cache_is_logged_as_a_detail(tmp_path, time, caplog):
    with serving(WORLD) as scholar:
        fetched(scholar, tmp_path, time=time)
        with caplog.at_level(logging.DEBUG, logger="graph.sources.http.client"):
            fetched(scholar, tmp_path, time=time)
    lines = [record for record in caplog.records if record.getMessage().endswith(": in the cache")]
    assert len(lines) == 8
    assert {record.levelno for record in lines} == {logging.DEBUG}


def test_a_refused_key_is_in_no_log(tmp_path, time, caplog):
    debug = caplog.at_level(logging.DEBUG)
    with debug, serving(WORLD, accepted_key="another") as scholar, pytest.raises(FetchStopped):
        fetched(scholar, tmp_path, time=time)
    assert "status 403" in caplog.text
    assert SECRET not in caplog.text


def test_a_list_that_a_person_wrote_or_changed_is_kept_beside_the_one_that_a_fetch_writes(tmp_path, time, caplog):
    mine = tmp_path / "reading_list.toml"
    mine.write_text("precious")
    with serving(WORLD) as scholar:
        for _ in range(2):  # the second fetch finds what the first one wrote
            fetched(scholar, tmp_path, time=time)
        assert (tmp_path / "reading_list-before.toml").read_text() == "precious"
        written = mine.read_text("utf-8")
        mine.write_text(f"# mine\n{written}")
        fetched(scholar, tmp_path, time=time)
    assert (tmp_path / "reading_list-before-2.toml").read_text("utf-8") == f"# mine\n{written}"
    assert mine.read_text("utf-8") == written
    assert sorted(path.name for path in tmp_path.glob("reading_list*")) == [
        "reading_list-before-2.toml",
        "reading_list-before.toml",
        "reading_list.toml",
    ]
    assert "what it had is in reading_list-before.toml" in caplog.text
