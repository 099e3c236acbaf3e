"""A fetch from OpenAlex and OpenCitations over the loopback: what they say, their limits, and what goes wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from graph.model.corpus import Corpus, Paper
from graph.sources.fetch import Fetched, FetchOptions, fetch
from graph.sources.fetch.others import OtherService
from graph.sources.fetch.report import remark_lines
from graph.sources.fetch.targets import parse_targets
from graph.sources.http.transport import Key, service_at
from graph.sources.services import OTHERS

from ..helpers.fetch_world import Time, files
from ..service import Canned, Rule, ScholarService, serving
from ..service import openalex as loopback_openalex
from ..service import opencitations as loopback_opencitations
from ..service.openalex import HOME, OpenAlexWorld, answer_openalex, openalex_faults
from ..service.opencitations import OpenCitationsWorld, answer_opencitations, opencitations_faults

Start = Callable[..., ScholarService]
SECRET = "a-key-of-a-person"
LINES = ("doi:10.5555/citing", "doi:10.5555/first")


def work(id_: str, doi: str | None, cites: tuple[str, ...] = (), **more: Any) -> dict[str, Any]:
    listed = [HOME + each for each in cites]
    ids = {"openalex": HOME + id_}
    return {"id": HOME + id_, "doi": doi and f"https://doi.org/{doi}", "title": f"Work {id_}", "ids": ids} | {
        "publication_year": 2020,
        "referenced_works": listed,
        "abstract_inverted_index": {"Theirs": [0]},
        **more,
    }


WORKS = OpenAlexWorld(
    {
        each["id"].removeprefix(HOME): each
        for each in (
            work("W1", "10.5555/citing", ("W2", "W3", "W77")),
            work("W2", "10.5555/first"),
            work("W3", "10.5555/second"),
            work("W4", "10.5555/later", ("W1",)),
        )
    },
    {"W90": "W1"},
)
ROWS = OpenCitationsWorld(
    {
        "br/061": "omid:br/061 doi:10.5555/citing",
        "br/062": "omid:br/062 doi:10.5555/first pmid:90000002",
        "br/063": "omid:br/063 doi:10.5555/third doi:10.7287/peerj.preprints.3v1",
    },
    (("br/061", "br/062"), ("br/061", "br/063")),
    {"br/061": "2020-02"},
)
SERVED: dict[str, tuple[Any, Any, str]] = {
    "openalex": (WORKS, answer_openalex, "Authorization"),
    "opencitations": (ROWS, answer_opencitations, "Authorization"),
}


@pytest.fixture
def start() -> Iterator[Start]:
    """Start a service of this name that ends with the test."""
    with ExitStack() as running:

        def begin(name: str, world: Any = None, **options: Any) -> ScholarService:
            usual, answer, header = SERVED[name]
            return running.enter_context(serving(world or usual, answer=answer, key_header=header, **options))

        yield begin


def at(name: str, service: ScholarService, secret: str | None = None) -> OtherService:
    other = OTHERS[name]
    key = None
    if secret:
        assert other.secret is not None
        key = Key.parse(secret, where="the tests", header=other.secret.header, form=other.secret.form)
    return OtherService(other, service_at(service.url, home=other.home, key=key))


def fetched(others: list[OtherService], to: Path, time: Time, *, lines: Any = LINES, **more: Any) -> Fetched:
    return fetch(
        parse_targets(lines, where="the tests"),
        to,
        more.pop("options", FetchOptions(depth=1)),
        scholar=False,
        others=others,
        sleep=time.sleep,
        clock=time.clock,
        **more,
    )


def coverage(found: Fetched, direction: str = "references") -> dict[str, tuple[str, int | None]]:
    """The state and the rows of each list, by the DOI of the paper."""
    papers = found.corpus.papers
    return {
        _doi(papers[row.paper]): (row.state, row.rows) for row in found.corpus.coverage if row.direction == direction
    }


def citations(found: Fetched) -> set[tuple[str, str]]:
    papers = found.corpus.papers
    return {(_doi(papers[each.citing]), _doi(papers[each.cited])) for each in found.corpus.citations}


def _doi(paper: Paper) -> str:
    found = [each.value for each in paper.identifiers if each.scheme == "doi" and each.value.startswith("10.5555/")]
    return found[0].removeprefix("10.5555/") if found else str(paper.identifiers[0])


def test_openalex_lists_what_it_matched(start: Start, tmp_path: Path):
    service = start("openalex")
    found = fetched([at("openalex", service)], tmp_path, Time())
    assert citations(found) == {("citing", "first"), ("citing", "second")}
    assert coverage(found) == {"citing": ("partial", 3), "first": ("partial", 0)}
    assert not found.unfinished
    assert not any(b"Theirs" in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


def test_openalex_says_who_cites_a_paper(start: Start, tmp_path: Path):
    service = start("openalex")
    options = FetchOptions(references=False, citations=True)
    found = fetched([at("openalex", service)], tmp_path, Time(), options=options)
    assert ("later", "citing") in citations(found)
    assert coverage(found, "citations") == {"citing": ("complete", 1), "first": ("complete", 1)}


def test_opencitations_lists_citations_among_works_with_identifiers(start: Start, tmp_path: Path):
    service = start("opencitations")
    options = FetchOptions(depth=1, citations=True)
    found = fetched([at("opencitations", service)], tmp_path, Time(), options=options)
    assert citations(found) == {("citing", "first"), ("citing", "third")}
    assert coverage(found) == {"citing": ("partial", 2), "first": ("partial", 0)}
    assert coverage(found, "citations") == {"citing": ("partial", 0), "first": ("partial", 1)}
    third = next(paper for paper in found.corpus.papers.values() if _doi(paper) == "third")
    assert len([each for each in third.identifiers if each.scheme == "doi"]) == 2


def test_what_both_say_becomes_one_citation_with_two_sources(start: Start, tmp_path: Path):
    others = [at(name, start(name)) for name in SERVED]
    found = fetched(others, tmp_path, Time())
    papers = found.corpus.papers
    by = {
        _doi(papers[each.cited]): {source.split(":")[0] for source in each.sources} for each in found.corpus.citations
    }
    assert by == {"first": {"openalex", "opencitations"}, "second": {"openalex"}, "third": {"opencitations"}}


@pytest.mark.parametrize("name", SERVED)
def test_a_key_goes_to_its_service_in_a_header_alone_and_is_written_nowhere(start: Start, tmp_path: Path, name: str):
    form = {"openalex": f"Bearer {SECRET}", "opencitations": SECRET}[name]
    echo = Rule(Canned("an echo", 500, f"who is {SECRET}?"))
    service = start(name, accepted_key=form, faults=[echo])
    found = fetched([at(name, service, SECRET)], tmp_path, Time())
    assert service.log.without_key() == ()
    assert not any(SECRET in entry.path + entry.query for entry in service.log.entries)
    kept = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert not any(SECRET.encode() in content for content in kept)
    assert SECRET not in repr(found)


def test_a_merged_id_is_followed_and_known_by_both(start: Start, tmp_path: Path):
    service = start("openalex")
    found = fetched([at("openalex", service)], tmp_path, Time(), lines=("openalex:W90",))
    assert {"openalex:W1", "openalex:W90"} <= {
        str(i) for each in found.corpus.papers.values() for i in each.identifiers
    }
    assert [entry.status for entry in service.log.entries][:2] == [301, 200]


def test_a_spent_budget_ends_lists_and_not_single_works_and_a_later_run_gets_the_rest(start: Start, tmp_path: Path):
    spent = Rule(loopback_openalex.BUDGET_SPENT, path=r"works\?", times=None)
    service = start("openalex", faults=[spent])
    options, time = FetchOptions(depth=1, citations=True), Time()
    began = time.now
    found = fetched([at("openalex", service)], tmp_path, time, options=options)
    lists = [entry for entry in service.log.entries if entry.path == "/works"]
    assert len(lists) == 1
    assert citations(found) == {("citing", "first"), ("citing", "second")}
    assert coverage(found, "citations") == {"citing": ("failed", 0), "first": ("failed", 0)}
    assert found.unfinished
    assert time.now - began < 60
    service.set_faults()
    again = fetched([at("openalex", service)], tmp_path, time, options=options)
    assert coverage(again, "citations") == {"citing": ("complete", 1), "first": ("complete", 1)}
    assert not again.unfinished
    assert service.log.repeated() == {}


def test_a_plan_that_is_too_small_is_asked_about_once(start: Start, tmp_path: Path):
    service = start("openalex", faults=[Rule(loopback_openalex.PLAN_UPGRADE, path=r"works\?", times=None)])
    fetched([at("openalex", service)], tmp_path, Time())
    assert sum(entry.path == "/works" for entry in service.log.entries) == 1


@pytest.mark.parametrize(
    ("name", "fault", "variable"),
    [
        ("openalex", loopback_openalex.WRONG_KEY, "OPENALEX_API_KEY"),
        ("opencitations", loopback_opencitations.BAD_TOKEN, "OPENCITATIONS_TOKEN"),
    ],
)
def test_a_wrong_key_is_said_once_with_what_to_do(start: Start, tmp_path: Path, name: str, fault: Any, variable: str):
    well = "opencitations" if name == "openalex" else "openalex"
    service = start(name, faults=[Rule(fault, times=None)])
    found = fetched([at(name, service, SECRET), at(well, start(well))], tmp_path, Time())
    assert len(service.log) == 1
    assert any(variable in line for line in remark_lines(found))
    assert ("citing", "first") in citations(found)
    assert found.unfinished


def test_an_empty_list_that_was_a_timeout_is_found_out(start: Start, tmp_path: Path):
    empty = Rule(loopback_opencitations.EMPTY, path="references/doi:10.5555/citing", times=None)
    found = fetched([at("opencitations", start("opencitations", faults=[empty]))], tmp_path, Time())
    assert citations(found) == {("citing", "first"), ("citing", "third")}


def test_two_timeouts_of_opencitations_are_failed_until_the_next_run(start: Start, tmp_path: Path):
    service = start("opencitations", faults=[Rule(loopback_opencitations.TIMED_OUT, path="citing", times=2)])
    found = fetched([at("opencitations", service)], tmp_path, Time())
    assert coverage(found)["citing"] == ("failed", None)
    assert found.unfinished
    again = fetched([at("opencitations", service)], tmp_path, Time())
    assert coverage(again)["citing"] == ("partial", 2)
    assert service.log.repeated() == {}


class Interrupted(Exception):
    """Stands for a fetch that ends at once."""


def interrupted(lines: tuple[str, ...], others: list[OtherService], to: Path, time: Time, *, every: int) -> int:
    """Fetch, ended after so many answers more each time, until it is complete; returns how often it was ended."""
    ends = 0
    while True:
        left = every * (ends + 1)

        def progress(_counts: Any) -> None:
            nonlocal left
            left -= 1
            if left < 0:
                raise Interrupted

        try:
            fetched(others, to, time, lines=lines, options=FetchOptions(citations=True), progress=progress)
        except Interrupted:
            ends += 1
        else:
            return ends


def some_of(corpus: Corpus, most: int) -> tuple[Corpus, tuple[str, ...]]:
    """The citations among the papers with a DOI, and the DOIs of the most citing of these."""
    keys = {key for key, paper in corpus.papers.items() if loopback_opencitations.doi_of(paper)}
    kept = [each for each in corpus.citations if each.citing in keys]
    citing = sorted({each.citing for each in kept}, key=lambda key: (-sum(key == each.citing for each in kept), key))
    dois = (loopback_opencitations.doi_of(corpus.papers[key]) for key in citing[:most])
    return corpus, tuple(f"doi:{doi}" for doi in dois)


def test_a_fetch_under_faults_that_is_ended_again_and_again_is_the_same_to_the_byte(
    start: Start, tmp_path: Path, corpus: Corpus
):
    shipped, lines = some_of(corpus, 6)
    worlds = {"openalex": OpenAlexWorld.from_corpus(shipped), "opencitations": OpenCitationsWorld.from_corpus(shipped)}
    calm = [at(name, start(name, world)) for name, world in worlds.items()]
    assert interrupted(lines, calm, tmp_path / "calm", Time(), every=1_000_000) == 0
    time = Time()
    faults = {"openalex": openalex_faults(7), "opencitations": opencitations_faults(7)}
    torn = {name: start(name, world, faults=[faults[name]], clock=time.clock) for name, world in worlds.items()}
    others = [at(name, service) for name, service in torn.items()]
    assert interrupted(lines, others, tmp_path / "torn", time, every=15) > 2
    assert files(tmp_path / "torn") == files(tmp_path / "calm")
    for name, least in (("openalex", 0.1), ("opencitations", 60 / 180)):
        log = torn[name].log
        assert log.repeated() == {}
        assert len(log.faults()) > 3
        came = sorted(entry.began for entry in log.entries)
        assert min(later - earlier for earlier, later in pairwise(came)) >= least
    assert not re.search("10.48550", "".join(entry.path for entry in torn["openalex"].log.entries))
