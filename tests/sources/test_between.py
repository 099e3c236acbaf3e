"""From A to B for any two papers: what a search finds, what it costs, and what it says of the rest."""

from __future__ import annotations

import json
import random
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from graph.errors import InputError
from graph.interfaces.cli.fetch import FetchContext, fetch_command
from graph.interfaces.cli.fetch_between import years_option
from graph.interfaces.cli.main import cli
from graph.sources.fetch import FetchOptions
from graph.sources.fetch.between.frontier import Years
from graph.sources.fetch.between.grow import GrowthOptions, Stop, check_way
from graph.sources.fetch.between.report import growth_text
from graph.sources.fetch.targets import Target, Targets
from graph.sources.http.client import FetchStopped

from ..helpers.fetch_world import FragileTime, Time, fetched, files
from ..service import (
    CitationRecord,
    Limits,
    ScholarWorld,
    ServerError,
    outage,
    paper,
    serving,
    transient,
)


@pytest.fixture
def time():
    return Time()


@pytest.fixture(scope="module")
def shipped_world(corpus):
    return ScholarWorld.from_corpus(corpus)


def dated(name: str, year: int) -> object:
    return paper(name, date=f"{year}-06-01")


def world_of(citations: str, **years: int) -> ScholarWorld:
    """A world from lines like "B: C D", what each paper cites; A is of 2000 and Z of 2025, unless `years` says more."""
    names = sorted(set(citations.replace(":", " ").split()) | set(years))
    papers = {name: dated(f"Paper {name}", years.get(name, 2000 + ord(name[0]) - ord("A"))) for name in names}
    rows = []
    for line in citations.splitlines():
        citing, _, cited = line.partition(":")
        rows += [CitationRecord(papers[citing.strip()].id, papers[each].id) for each in cited.split()]
    return ScholarWorld(tuple(papers.values()), tuple(rows))


def searched(scholar, to: Path, *names: str, time: Time, budget: int = 50, top: int = 10, years=None, **more):
    """Search between papers of `world_of`."""
    targets = Targets(tuple(Target(f"Paper {name}", title=f"Paper {name}") for name in names))
    growth = GrowthOptions(budget, top, years or Years())
    return fetched(scholar, to, FetchOptions(), targets=targets, growth=growth, time=time, **more)


def letters(result, part: int = 0) -> list[str]:
    """The paths of a part as letters: "ACZ"."""
    paths = result.growth.parts[part].paths
    return ["".join(str(row.title).removeprefix("Paper ") for row in path) for path in paths]


def said_of(result) -> str:
    """What is printed of a search."""
    return growth_text(result.growth, 50, {})


CHAIN = "Z: M Q\nM: H\nH: C\nC: A\nQ: P"


def test_the_four_paths_of_two_hops_from_bert_to_instructgpt_are_found_within_a_hundred_requests(
    tmp_path, time, shipped_world
):
    with serving(shipped_world) as scholar:
        result = CliRunner().invoke(
            fetch_command,
            ["--between", "BERT", "InstructGPT", "--to", str(tmp_path), "--base-url", scholar.url],
            obj=FetchContext(time.sleep, time.clock),
        )
        assert result.exit_code == 0
        assert len(scholar.log) <= 100
        assert scholar.log.repeated() == {}
    given = ["--corpus", str(tmp_path), "--list", str(tmp_path / "reading_list.toml")]
    answer = CliRunner().invoke(cli, [*given, "path", "BERT → InstructGPT", "--max-hops", "2", "--json"])
    assert json.loads(answer.stdout)["total"] == 4


def test_a_chain_is_found_from_both_ends(tmp_path, time):
    with serving(world_of(CHAIN)) as scholar:
        result = searched(scholar, tmp_path, "A", "Z", time=time)
    assert letters(result) == ["ACHMZ"]
    assert result.growth.found
    assert {c.cited for c in result.corpus.citations}


@pytest.mark.parametrize("budget", [2, 3, 5, 8])
def test_the_budget_is_kept_to_the_request_and_a_larger_one_goes_on(tmp_path, time, budget):
    with serving(world_of(CHAIN)) as scholar:
        searched(scholar, tmp_path, "A", "Z", time=time, budget=budget)
        assert len(scholar.log) <= budget
        result = searched(scholar, tmp_path, "A", "Z", time=time, budget=50)
        assert scholar.log.repeated() == {}
        assert len(scholar.log) == result.growth.requests
        alone = searched(scholar, tmp_path / "alone", "A", "Z", time=time, budget=50)
    assert letters(alone) == letters(result) == ["ACHMZ"]
    assert files(tmp_path) == files(tmp_path / "alone")


def test_a_smaller_budget_than_an_earlier_one_leaves_nothing_out(tmp_path, time):
    with serving(world_of(CHAIN)) as scholar:
        searched(scholar, tmp_path, "A", "Z", time=time)
        before = files(tmp_path)
        scholar.clear_log()
        result = searched(scholar, tmp_path, "A", "Z", time=time, budget=3)
        assert not scholar.log
    assert letters(result) == ["ACHMZ"]
    assert files(tmp_path) == before


@pytest.mark.parametrize("name", ["manifest.json", "papers.jsonl", "citations.jsonl"])
def test_a_corpus_that_no_fetch_from_a_service_has_made_is_not_replaced(tmp_path, time, name):
    (tmp_path / name).write_text("mine")
    with serving(world_of(CHAIN)) as scholar:
        with pytest.raises(InputError, match=f"this folder has a {name} that no fetch from"):
            searched(scholar, tmp_path, "A", "Z", time=time)
        with pytest.raises(InputError, match="that no fetch from a service has written"):
            fetched(scholar, tmp_path, time=time)
        assert not scholar.log
    assert files(tmp_path) == {name: b"mine"}


def test_paths_of_two_hops_are_all_found_before_the_search_ends_with_a_longer_one(tmp_path, time):
    citations = "Z: M N O\nM: A\nN: M\nO: A"
    with serving(world_of(citations)) as scholar:
        result = searched(scholar, tmp_path, "A", "Z", time=time, top=2)
    assert sorted(letters(result)) == ["AMZ", "AOZ"]


def test_a_paper_that_nobody_cites_leads_nowhere_and_that_is_known_at_once(tmp_path, time):
    with serving(world_of("Z: M N\nM: H\nN: H\nH: C", A=2000)) as scholar:
        result = searched(scholar, tmp_path, "A", "Z", time=time)
        assert len(scholar.log) <= 5
    (part,) = result.growth.parts
    assert (part.paths, part.stopped, part.sure_hops, part.not_whole) == ((), "exhausted", None, 0)


def test_lists_that_are_withheld_are_what_a_missing_path_may_be_hidden_by(tmp_path, time):
    ahead = "\n".join(f"{later}: {earlier}" for earlier, later in zip("ABCDEFGH", "BCDEFGHI", strict=True))
    world = world_of(f"Z: M\nM: L\n{ahead}")
    (hidden,) = [each.id for each in world.papers if each.fields["title"] == "Paper M"]
    with serving(world.eliding(hidden)) as scholar:
        (part,) = searched(scholar, tmp_path, "A", "Z", time=time, budget=7).growth.parts
    assert (part.paths, part.stopped) == ((), "budget")
    assert (part.behind.hops, part.not_whole) == (None, 1)


def test_so_many_hops_are_known_as_were_read_from_both_ends(tmp_path, time):
    chain = "\n".join(f"{later}: {earlier} W" for earlier, later in zip("ACDEFGHI", "CDEFGHIZ", strict=True))
    with serving(world_of(chain, W=2001)) as scholar:
        for budget in range(4, 9):
            (part,) = searched(scholar, tmp_path / str(budget), "A", "Z", time=time, budget=budget).growth.parts
            if part.stopped == "budget":
                assert part.paths == ()
                assert part.sure_hops == part.behind.hops + part.ahead.hops < 8
                assert part.behind.promising
                assert part.behind.next_papers >= 1
                break
        else:
            pytest.fail("no budget was too small")


def test_the_way_goes_through_the_papers_that_are_named_the_older_first(tmp_path, time):
    citations = "Z: K G\nK: G\nG: D A\nD: A"
    with serving(world_of(citations)) as scholar:
        result = searched(scholar, tmp_path, "A", "K", "D", "Z", time=time)
        assert scholar.log.repeated() == {}
    assert [letters(result, part) for part in range(3)] == [["AD"], ["DGK"], ["KZ"]]
    assert result.growth.requests == result.counts.sent


def test_only_papers_of_the_years_that_are_asked_for_lie_between(tmp_path, time):
    citations = "Z: K D\nK: A\nD: A"
    with serving(world_of(citations)) as scholar:
        every = searched(scholar, tmp_path / "every", "A", "Z", time=time)
        late = searched(scholar, tmp_path / "late", "A", "Z", time=time, years=Years(2005, None))
        with pytest.raises(InputError, match="corpus of another question"):
            searched(scholar, tmp_path / "every", "A", "Z", time=time, years=Years(2005, None))
        with pytest.raises(InputError, match="corpus of another question"):
            fetched(scholar, tmp_path / "every", time=time)
    assert letters(every) == ["ADZ", "AKZ"]
    assert letters(late) == ["AKZ"]
    said = said_of(late)
    assert "There is no other path through papers of 2005 to 2026 over the lists that the service has" in said


@pytest.mark.parametrize("most", [0, 3, 9])
def test_what_a_batch_cuts_off_is_read_all_the_same(tmp_path, time, most):
    citations = "Z: K L M N\nK: C D\nL: D E\nM: E F\nN: F G\nG: A B"
    with serving(world_of(citations), limits=Limits(nested_batch_rows=most)) as scholar:
        result = searched(scholar, tmp_path, "A", "Z", time=time)
    assert letters(result) == ["AGNZ"]


def test_a_paper_that_more_cite_than_the_service_lists_is_read_in_the_years_that_matter(tmp_path, time):
    world = world_of("Z: M\nM: Q\nQ: L\nL: H\nH: C\nC: A")
    (a,) = [each.id for each in world.papers if each.fields["title"] == "Paper A"]
    with serving(world.crowding(a, 1_500, first_year=2000, years=40)) as scholar:
        result = searched(scholar, tmp_path, "A", "Z", time=time)
        pages = [entry for entry in scholar.log.entries if entry.path.endswith(f"{a}/citations")]
    assert letters(result) == ["ACHLQMZ"]
    assert pages
    assert all("publicationDateOrYear=1999-01-01" in entry.query for entry in pages)


@pytest.mark.parametrize("seed", range(2))
def test_faults_change_nothing(tmp_path, time, seed):
    with serving(world_of(CHAIN)) as scholar:
        searched(scholar, tmp_path / "one", "A", "Z", time=time)
    with serving(world_of(CHAIN), faults=[transient(seed, rate=0.5)]) as scholar:
        searched(scholar, tmp_path / "two", "A", "Z", time=time, budget=100)
    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_no_more_is_sent_than_the_budget_allows_whatever_fails(tmp_path, time):
    with serving(world_of(CHAIN), faults=[transient(3, rate=0.9, most=100)]) as scholar:
        for run in range(1, 40):
            try:
                result = searched(scholar, tmp_path, "A", "Z", time=time, budget=9)
            except FetchStopped:
                continue
            finally:
                assert len(scholar.log) <= 9 * run
            if not result.unfinished:
                break
    assert letters(result) == ["ACHMZ"]


def test_a_service_that_stops_answering_ends_the_search_and_the_next_run_goes_on(tmp_path, time):
    with serving(world_of(CHAIN)) as scholar:
        whole = searched(scholar, tmp_path / "whole", "A", "Z", time=time)
        scholar.set_faults(outage(ServerError(503), nth=3))
        broken = searched(scholar, tmp_path / "broken", "A", "Z", time=time)
        assert broken.growth.interrupted == "status 503, 8 times"
        assert broken.unfinished
        assert "the service answered no more (status 503, 8 times)" in said_of(broken)
        scholar.set_faults()
        searched(scholar, tmp_path / "broken", "A", "Z", time=time)
    assert whole.growth.found
    assert files(tmp_path / "broken") == files(tmp_path / "whole")


@pytest.mark.parametrize("seed", range(3))
def test_a_search_that_is_interrupted_anywhere_ends_in_the_same_bytes(tmp_path, time, seed):
    fragile = FragileTime(time, random.Random(seed), chance=0.15, most=10)
    with serving(world_of(CHAIN), clock=time.clock) as scholar:
        searched(scholar, tmp_path / "whole", "A", "Z", time=time)
        scholar.clear_log()
        fragile.run_until_done(lambda: searched(scholar, tmp_path / "killed", "A", "Z", time=fragile))
        assert scholar.log.repeated(restarted_at=fragile.stops) == {}
    assert fragile.stops
    assert files(tmp_path / "killed") == files(tmp_path / "whole")


def test_parsing_again_asks_nothing_and_gives_the_same(tmp_path, time):
    with serving(world_of(CHAIN)) as scholar:
        searched(scholar, tmp_path, "A", "Z", time=time)
    before = files(tmp_path)
    searched("http://127.0.0.1:9", tmp_path, "A", "Z", time=time, reparse=True)
    assert files(tmp_path) == before


# One clear answer each.


def test_the_same_paper_twice_is_refused(tmp_path, time):
    with serving(world_of(CHAIN)) as scholar, pytest.raises(InputError, match="Paper A and Paper A are the same paper"):
        searched(scholar, tmp_path, "A", "A", time=time)


def test_one_paper_that_the_service_has_under_two_ids_is_refused(tmp_path, time):
    doi = {"DOI": "10.1000/twice"}
    twice = ScholarWorld((paper("Paper A", date="2019-01-01", external_ids=doi), paper("Paper B", external_ids=doi)))
    with serving(twice) as scholar, pytest.raises(InputError, match="Paper A and Paper B are the same paper"):
        searched(scholar, tmp_path, "A", "B", time=time)


def test_a_paper_that_is_older_than_what_it_should_build_on_is_refused_with_the_other_direction(tmp_path, time):
    with serving(world_of(CHAIN)) as scholar, pytest.raises(InputError) as refusal:
        searched(scholar, tmp_path, "Z", "A", time=time)
    assert "Paper A (2000) is older than Paper Z (2025)" in str(refusal.value)
    assert "--between 'Paper A' 'Paper Z'" in str(refusal.value)


def test_an_older_paper_is_seen_behind_one_without_a_year():
    way = [Stop("B", 2020), Stop("C", None), Stop("A", 2018)]
    with pytest.raises(InputError, match=r"A \(2018\) is older than B \(2020\)"):
        check_way(way, Years())


@pytest.mark.parametrize("years", [Years(1900, 1900), Years(None, 1998), Years(2027, None)])
def test_years_in_which_no_paper_can_lie_between_are_refused_before_a_list_is_read(tmp_path, time, years):
    with serving(world_of(CHAIN)) as scholar:
        with pytest.raises(InputError, match=r"no paper of these years can lie between Paper A \(2000\) and Paper Z"):
            searched(scholar, tmp_path, "A", "Z", time=time, years=years)
        assert not any("/citations" in entry.path or "batch" in entry.path for entry in scholar.log.entries)
    assert files(tmp_path) == {}


def test_years_that_are_one_off_or_not_known_are_not_refused():
    check_way([Stop("A", 2018), Stop("B", 2022)], Years(2023, 2025))
    check_way([Stop("A", 2018), Stop("B", 2022)], Years(2010, 2017))
    check_way([Stop("A", None), Stop("B", 2022)], Years(1900, 1900))


def test_what_the_years_in_the_corpus_rule_out_is_refused_without_a_request(tmp_path):
    def refusal(*arguments: str) -> str:
        given = ["fetch", *arguments, "--to", str(tmp_path), "--base-url", "http://127.0.0.1:9", "--dry-run"]
        return str(CliRunner().invoke(cli, given).exception)

    assert "ask for the other direction: --between BERT InstructGPT" in refusal("--between", "InstructGPT", "BERT")
    via = refusal("--between", "BERT", "GPT-3", "--via", "InstructGPT")
    assert "GPT-3 (2020) is older than InstructGPT (2022)" in via
    assert "--years: no paper" in refusal("--between", "BERT", "InstructGPT", "--years", "1900")
    assert list(tmp_path.iterdir()) == []


def test_a_paper_that_is_not_known_is_named(tmp_path, time):
    with serving(world_of(CHAIN)) as scholar, pytest.raises(InputError, match="Paper Y is not found"):
        searched(scholar, tmp_path, "A", "Y", time=time)
    assert files(tmp_path) == {}


def test_papers_of_one_year_are_searched_like_others(tmp_path, time):
    with serving(world_of("Z: M\nM: A", A=2010, M=2010, Z=2010)) as scholar:
        assert letters(searched(scholar, tmp_path, "A", "Z", time=time)) == ["AMZ"]


def test_a_direct_citation_is_a_path(tmp_path, time):
    with serving(world_of("Z: A")) as scholar:
        result = searched(scholar, tmp_path, "A", "Z", time=time)
    assert letters(result) == ["AZ"]
    assert "Paper A → Paper Z: 1 path found, a direct citation; from one end nothing is left" in said_of(result)


def test_citations_in_a_circle_end_no_search_and_are_no_path(tmp_path, time):
    with serving(world_of("Z: M\nM: N\nN: M Z\nC: A\nA: C")) as scholar:
        assert letters(searched(scholar, tmp_path, "A", "Z", time=time)) == []


def test_two_requests_that_do_not_even_find_the_papers_say_so(tmp_path, time):
    with serving(world_of(CHAIN)) as scholar, pytest.raises(InputError, match="do not suffice to find the papers"):
        searched(scholar, tmp_path, "A", "Z", time=time, budget=1)


def test_without_a_network_that_is_said_within_ten_seconds(tmp_path, time):
    began = time.now
    with pytest.raises(FetchStopped, match="no connection"):
        searched("http://127.0.0.1:9", tmp_path, "A", "Z", time=time)
    assert time.now - began < 6  # beside two attempts of 3.5 seconds at most


@pytest.mark.parametrize(
    ("written", "years"),
    [("2018-2022", (2018, 2022)), ("2018..2022", (2018, 2022)), ("2018-", (2018, None)), ("..2022", (None, 2022))],
)
def test_years_are_written_as_for_paths(written, years):
    assert years_option(click.Context(fetch_command), fetch_command.params[0], written) == Years(*years)


def test_options_that_do_not_go_together_are_refused(tmp_path):
    def refusal(*arguments: str) -> str:
        result = CliRunner().invoke(fetch_command, [*arguments, "--to", str(tmp_path)])
        return str(result.exception) + result.output

    assert "a budget of 0 requests finds nothing" in refusal("--between", "A", "B", "--budget", "0")
    assert "is not in the range" in refusal("--between", "A", "B", "--budget", "99999999999")
    assert "--depth does not go with --between" in refusal("--between", "A", "B", "--depth", "1")
    assert "--budget goes with --between" in refusal("--budget", "5")
    assert "--via" in refusal("--between", "A", "B", "C.bib")
    assert "leave --from out" in refusal("--between", "A", "B", "--from", "crossref")
    for wrong in ("soon", "20182022", "2018-2020-2022", "-", ""):
        assert "is not a span of years" in refusal("--between", "A", "B", "--years", wrong)
    assert "2020 is after 2010" in refusal("--between", "A", "B", "--years", "2020-2010")
    assert "names no paper" in refusal("--between", "A", "---")
    assert "BERT and 6 are the same paper" in refusal("--between", "BERT", "6")
    assert list(tmp_path.iterdir()) == []
