"""A fetch from several services: each on its own terms, and the corpus says who asserts what."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from graph.errors import InputError
from graph.model.corpus import Assertion, Citation, Corpus, Paper, Source
from graph.model.identifiers import Identifier
from graph.model.reading_list import load_reading_list
from graph.model.shipped_data import reading_list_path, snapshot_path
from graph.model.storage import load_corpus
from graph.sources.fetch import Fetched, FetchOptions, fetch
from graph.sources.fetch.others import OtherService
from graph.sources.fetch.report import coverage_lines, remark_lines, total_lines
from graph.sources.fetch.targets import Targets, parse_targets, read_targets
from graph.sources.http.client import FetchStopped
from graph.sources.http.transport import Key, service_at
from graph.sources.retractions.join import with_notices
from graph.sources.retractions.read import read_notices
from graph.sources.semantic_scholar import service as scholar_service
from graph.sources.services import OTHERS

from ..helpers.fetch_world import Time, files
from ..service import Canned, CitationRecord, Rule, ScholarService, ScholarWorld, paper, serving
from ..service.crossref import CrossrefWorld, answer_crossref, crossref_faults
from ..service.openalex import THROTTLED, TOO_FAST, OpenAlexWorld, answer_openalex, openalex_faults
from ..service.opencitations import OpenCitationsWorld, answer_opencitations, opencitations_faults

CITING = paper("Building On Both", external_ids={"DOI": "10.5555/citing"}, authors=["Cy New"], date="2022-03-04")
FIRST = paper("The First Of The Two", external_ids={"DOI": "10.5555/first"}, authors=["Ann Old"], date="2014-09-01")
SECOND = paper(
    "The Second Of The Two Papers", external_ids={"DOI": "10.5555/second"}, authors=["Bo Mid"], date="2016-01-04"
)
WORLD = ScholarWorld((CITING, FIRST, SECOND), (CitationRecord(CITING.id, FIRST.id),))
ROWS = [
    {"key": "ref1", "DOI": "10.5555/FIRST", "doi-asserted-by": "publisher"},
    {"key": "ref2", "DOI": "10.5555/second", "doi-asserted-by": "crossref", "author": "B Mid", "year": "2016"},
    {"key": "ref3", "article-title": "A Report That Nobody Gave An Identifier", "author": "Report", "year": "1999"},
]
SECRET = "someone@example.org"


def work(doi: str, rows: Sequence[dict[str, Any]] = (), **more: Any) -> dict[str, Any]:
    deposited = {"reference": list(rows)} if rows else {}
    return {"DOI": doi, "title": ["A"], "reference-count": len(rows), **deposited, **more}


DEPOSITS = CrossrefWorld({each["DOI"]: each for each in (work("10.5555/citing", ROWS), work("10.5555/first"))})
LINES = ("10.5555/citing", "10.5555/first")


def other_at(name: str, url: str, secret: str | None = None) -> OtherService:
    service = OTHERS[name]
    key = None
    if secret:
        assert service.secret is not None
        key = Key.parse(secret, where="the tests", header=service.secret.header, form=service.secret.form)
    return OtherService(service, service_at(url, home=service.home, key=key))


def crossref_at(url: str, secret: str | None = None) -> OtherService:
    return other_at("crossref", url, secret)


@pytest.fixture
def started():
    """Start services that end with the test."""
    with ExitStack() as running:

        def start(world: Any, **options: Any) -> ScholarService:
            return running.enter_context(serving(world, **options))

        yield start


def fetched(
    scholar: ScholarService | None, crossref: ScholarService, to: Path, time: Time, *, lines=LINES, secret=None, **more
) -> Fetched:
    at = scholar_service.service_at(scholar.url) if scholar else None
    return fetch(
        parse_targets(lines, where="the tests"),
        to,
        more.pop("options", FetchOptions(depth=1)),
        service=at,
        scholar=scholar is not None,
        others=[crossref_at(crossref.url, secret)],
        sleep=time.sleep,
        clock=time.clock,
        **more,
    )


def deposits(started, world: CrossrefWorld = DEPOSITS, **options: Any) -> ScholarService:
    return started(world, answer=answer_crossref, **options)


def sources_of(found: Fetched) -> dict[str, set[str]]:
    """The kinds of sources that assert a citation, by the title of what is cited."""
    corpus = found.corpus
    return {
        str(corpus.papers[each.cited].title): {corpus.sources[source].kind for source in each.sources}
        for each in corpus.citations
    }


def state_of(found: Fetched, title: str | None, kind: str) -> str:
    """The state of the references of a paper as a kind of source lists them."""
    (state,) = (
        row.state
        for row in found.corpus.coverage
        if found.corpus.papers[row.paper].title == title and found.corpus.sources[row.source].kind == kind
    )
    return state


def test_a_citation_names_every_service_that_asserts_it_and_no_other(started, tmp_path):
    found = fetched(started(WORLD), deposits(started), tmp_path, Time())
    assert sources_of(found) == {
        "The First Of The Two": {"semantic_scholar", "crossref"},
        "None": {"crossref"},  # the second one, by its DOI alone
        "A Report That Nobody Gave An Identifier": {"crossref"},
    }
    assert [source.label for source in found.corpus.sources.values()] == [
        "Crossref, observed 2026-11-23",
        "Semantic Scholar, observed 2026-11-23",
    ]


def test_nothing_deposited_leaves_a_list_partial_whatever_the_other_service_says(started, tmp_path):
    found = fetched(started(WORLD), deposits(started), tmp_path, Time())
    assert state_of(found, "Building On Both", "crossref") == "complete"
    assert state_of(found, "The First Of The Two", "crossref") == "partial"


def test_a_list_that_one_service_withholds_is_filled_by_another_and_the_report_says_by_whom(started, tmp_path):
    scholar = started(WORLD.eliding(CITING.id))
    found = fetched(scholar, deposits(started), tmp_path, Time())
    assert sources_of(found)["The First Of The Two"] == {"crossref"}
    assert state_of(found, "Building On Both", "semantic_scholar") == "elided"
    line = coverage_lines(found.result, found.heard)[0]
    assert "elided (withheld by the publisher); Crossref: references 3, complete" in line
    assert "lists of references that Semantic Scholar lacks and Crossref has: 1" in total_lines(found)
    assert OTHERS["crossref"].credit in total_lines(found)


def test_what_semantic_scholar_alone_gives_is_the_same_as_before_to_the_byte(started, tmp_path):
    scholar = started(WORLD)
    targets, at = parse_targets(LINES, where="the tests"), scholar_service.service_at(scholar.url)
    time = Time()
    fetch(targets, tmp_path / "alone", FetchOptions(depth=1), service=at, sleep=time.sleep, clock=time.clock)
    both = fetched(scholar, deposits(started), tmp_path / "both", Time())
    again = fetch(targets, tmp_path / "both", FetchOptions(depth=1), service=at, sleep=time.sleep, clock=time.clock)
    assert both.corpus != again.corpus
    assert files(tmp_path / "both") == files(tmp_path / "alone")
    assert sorted(path.name for path in (tmp_path / "alone" / "raw").iterdir()) == [
        "answers.jsonl",
        "last_request",
        "lock",
        "reading_list.sha256",
    ]


def test_papers_that_only_another_service_shows_between_the_list_are_asked_for_too(started, tmp_path):
    bridge = work("10.5555/bridge", [{"key": "1", "DOI": "10.5555/root"}])
    rows = [{"key": "1", "DOI": "10.5555/bridge", "year": "2019"}]
    world = CrossrefWorld(
        {each["DOI"]: each for each in (work("10.5555/citing", rows), work("10.5555/first", rows), bridge)}
    )
    found = fetched(started(WORLD), deposits(started, world), tmp_path, Time(), options=FetchOptions())
    cited = {str(each) for row in found.corpus.citations for each in found.corpus.papers[row.cited].identifiers}
    assert "doi:10.5555/root" in cited


def test_without_semantic_scholar_the_identifiers_of_the_list_are_asked_for(started, tmp_path):
    lines = (*LINES, "A title that nobody can look up here", "10.5555/unknown")
    found = fetched(None, deposits(started), tmp_path, Time(), lines=lines)
    assert [each.target.label for each in found.result.unresolved] == [
        "line 3: A title that nobody can look up here",
        "line 4: 10.5555/unknown",
    ]
    assert "give an identifier, or add s2 to --from" in found.result.unresolved[0].why
    assert {source.kind for source in found.corpus.sources.values()} == {"crossref"}
    assert total_lines(found)[0].startswith("4 wanted, 2 found, 2 different papers")
    assert not any("Semantic Scholar" in line for line in total_lines(found))
    assert coverage_lines(found.result, found.heard)[0].endswith(
        "Crossref: references 3, complete (1 entry without an identifier)"
    )


def test_without_semantic_scholar_and_with_no_paper_that_is_known_no_corpus_is_written(started, tmp_path):
    with pytest.raises(InputError, match="none of the papers was found"):
        fetched(None, deposits(started), tmp_path, Time(), lines=("10.5555/unknown",))
    assert not (tmp_path / "papers.jsonl").exists()


def test_an_address_goes_to_its_own_service_alone_and_is_written_nowhere(started, tmp_path):
    scholar = started(WORLD)
    echo = Rule(Canned("an echo", 500, f"who is {SECRET}?"))
    crossref = deposits(started, faults=[echo])
    found = fetched(scholar, crossref, tmp_path, Time(), secret=SECRET)
    assert all(f"mailto:{SECRET}" in entry.user_agent for entry in crossref.log.entries)
    assert not any(SECRET in entry.user_agent + entry.query + entry.body for entry in scholar.log.entries)
    assert not any(SECRET in entry.query + entry.path for entry in crossref.log.entries)
    kept = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert not any(SECRET.encode() in content for content in kept)
    assert SECRET not in repr(found)


def test_abstracts_are_kept_nowhere(started, tmp_path):
    world = CrossrefWorld({"10.5555/citing": work("10.5555/citing", ROWS, abstract="<p>Theirs, not ours")})
    fetched(None, deposits(started, world), tmp_path, Time(), lines=("10.5555/citing",))
    assert not any(b"Theirs, not ours" in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


def test_a_service_that_refuses_everything_costs_its_own_lists_and_is_asked_once(started, tmp_path):
    blocked = Rule(Canned("a block", 403, "Forbidden", "text/plain"), times=None)
    crossref = deposits(started, faults=[blocked])
    found = fetched(started(WORLD), crossref, tmp_path, Time())
    assert len(crossref.log) == 1
    assert found.unfinished
    assert sources_of(found) == {"The First Of The Two": {"semantic_scholar"}}
    assert any(line.startswith("Crossref: Crossref refused the request: status 403") for line in remark_lines(found))
    crossref.set_faults()
    again = fetched(started(WORLD), crossref, tmp_path, Time())
    assert not again.unfinished
    assert state_of(again, "Building On Both", "crossref") == "complete"


def test_a_sign_in_page_in_place_of_every_answer_is_not_asked_for_again_and_again(started, tmp_path):
    dois = [f"10.5555/{n},alone" for n in range(30)]
    page = Rule(Canned("a sign-in page", 200, "<!doctype html><title>Sign in</title>", "text/html"), times=None)
    crossref = deposits(started, faults=[page])
    lines = [f"doi:{doi}" for doi in dois]
    with pytest.raises(FetchStopped, match="Crossref does not answer: the service had stopped answering"):
        fetched(None, crossref, tmp_path, Time(), lines=lines)
    assert len(crossref.log) == 4 * 6  # four requests that are tried six times each


def test_an_update_in_which_a_service_falls_silent_keeps_the_old_corpus(started, tmp_path):
    scholar, crossref = started(WORLD), deposits(started)
    fetched(scholar, crossref, tmp_path, Time())
    before = files(tmp_path)
    crossref.set_faults(Rule(Canned("a block", 403), times=None))
    with pytest.raises(FetchStopped, match="Crossref does not answer"):
        fetched(scholar, crossref, tmp_path, Time(1_800_000_000.0), update=True)
    assert files(tmp_path) == before


def test_a_corpus_is_made_again_from_the_answers_alone(started, tmp_path):
    scholar, crossref = started(WORLD), deposits(started)
    fetched(scholar, crossref, tmp_path, Time())
    before, sent = files(tmp_path), len(scholar.log) + len(crossref.log)
    fetched(scholar, crossref, tmp_path, Time(), reparse=True)
    assert (files(tmp_path), len(scholar.log) + len(crossref.log)) == (before, sent)


def test_answers_that_were_never_asked_for_cannot_be_parsed_again(started, tmp_path):
    scholar, time = started(WORLD), Time()
    at = scholar_service.service_at(scholar.url)
    fetch(parse_targets(LINES, where="x"), tmp_path, service=at, sleep=time.sleep, clock=time.clock)
    with pytest.raises(InputError, match="no answers of Crossref to parse again"):
        fetched(scholar, deposits(started), tmp_path, Time(), reparse=True)


def test_a_doi_that_moved_is_asked_for_at_its_new_address_and_only_once(started, tmp_path):
    world = CrossrefWorld(DEPOSITS.works, {"10.5555/old,er": "10.5555/citing"})
    crossref = deposits(started, world)
    for _ in range(2):
        with pytest.raises(InputError, match="has not registered"):  # the answer names another DOI than was asked for
            fetched(None, crossref, tmp_path, Time(), lines=("doi:10.5555/old,er",))
    assert [entry.status for entry in crossref.log.entries] == [301, 200]


class Interrupted(Exception):
    """Stands for a fetch that ends at once."""


class Ending:
    """A progress that ends a fetch after so many answers of this run."""

    def __init__(self, after: int) -> None:
        self.left = after

    def __call__(self, _counts: Any) -> None:
        self.left -= 1
        if self.left < 0:
            raise Interrupted


def interrupted(
    targets: Targets,
    to: Path,
    time: Time,
    *,
    every: int = 1_000_000,
    options: FetchOptions | None = None,
    **services: Any,
) -> int:
    """Fetch, ended after so many further answers again and again, until it is complete; returns how often."""
    ends = 0
    while True:
        try:
            fetch(
                targets,
                to,
                options or FetchOptions(),
                sleep=time.sleep,
                clock=time.clock,
                progress=Ending(every * (ends + 1)),
                **services,
            )
        except Interrupted:
            ends += 1
        else:
            return ends


def test_a_fetch_under_faults_that_is_ended_again_and_again_is_the_same_to_the_byte(started, tmp_path):
    dois = [f"10.5555/{'alone,' * (n % 2)}{n}" for n in range(40)]
    rows = [[{"key": f"ref{k}", "DOI": doi} for k, doi in enumerate(dois[:n], start=1)] for n in range(40)]
    world = CrossrefWorld({doi: work(doi, cited) for doi, cited in zip(dois, rows, strict=True)})
    targets, calm = parse_targets([f"doi:{doi}" for doi in dois], where="the tests"), deposits(started, world)
    assert interrupted(targets, tmp_path / "calm", Time(), scholar=False, others=[crossref_at(calm.url)]) == 0
    time = Time()
    torn = deposits(started, world, faults=[crossref_faults(7)], clock=time.clock)
    at = [crossref_at(torn.url)]
    assert interrupted(targets, tmp_path / "torn", time, every=4, scholar=False, others=at) > 2
    assert files(tmp_path / "torn") == files(tmp_path / "calm")
    assert torn.log.repeated() == {}
    assert len(torn.log.faults()) > 3
    assert_paced(torn)


def test_a_paper_that_semantic_scholar_does_not_know_is_found_by_its_identifier_elsewhere(started, tmp_path):
    known = CrossrefWorld({**DEPOSITS.works, "10.5555/unread": work("10.5555/unread", ROWS[:1])})
    found = fetched(started(WORLD), deposits(started, known), tmp_path, Time(), lines=("10.5555/unread", *LINES))
    assert found.result.unresolved == ()
    assert total_lines(found)[0].startswith("3 wanted, 3 found, 3 different papers")
    assert "Crossref: references 1, complete" in coverage_lines(found.result, found.heard)[-1]
    cited = {str(each) for row in found.corpus.citations for each in found.corpus.papers[row.citing].identifiers}
    assert "doi:10.5555/unread" in cited
    assert [len(entry.identifiers) for entry in load_reading_list(tmp_path / "reading_list.toml").entries]


def _openalex_work(name: str, cited: list[str]) -> dict[str, Any]:
    link = "https://openalex.org/"
    referenced = [link + each for each in cited]
    return {"id": link + name, "doi": None, "title": f"The Work That Is Called {name}", "referenced_works": referenced}


ANSWERS = {"crossref": answer_crossref, "openalex": answer_openalex, "opencitations": answer_opencitations}
MIXES = {"crossref": crossref_faults, "openalex": openalex_faults, "opencitations": opencitations_faults}


def worlds_of(corpus: Corpus) -> dict[str, Any]:
    """What the other services may know of a corpus."""
    return {
        "crossref": CrossrefWorld.from_corpus(corpus),
        "openalex": OpenAlexWorld.from_corpus(corpus),
        "opencitations": OpenCitationsWorld.from_corpus(corpus),
    }


def small_corpus() -> Corpus:
    """Eighteen papers, of which each cites the five before it; every third has a DOI that names several to a list."""
    papers = {
        f"p{n:02}": Paper(
            f"p{n:02}",
            title=f"A Paper That Is Number {n} Of Eighteen",
            authors=(f"Ann Number{n}",),
            date=f"{1990 + n}",
            identifiers=(Identifier("doi", f"10.5555/{'a,' * (n % 3 == 0)}{n}"),),
        )
        for n in range(18)
    }
    cited = [(n, n - back) for n in range(18) for back in range(1, 6) if n >= back]
    rows = [Citation(f"p{citing:02}", f"p{other:02}", (Assertion("s"),)) for citing, other in cited]
    return Corpus(papers, rows, sources={"s": Source("s", "user", "the tests")})


def same_in_spite_of_everything(
    started, tmp_path: Path, corpus: Corpus, targets: Targets, *, every: int, rate: float, citations: bool = False
) -> dict[str, ScholarService]:
    """Fetch from all four without a fault, and with faults and ends; the bytes are the same. Returns the services."""
    at = scholar_service.service_at(started(ScholarWorld.from_corpus(corpus)).url)
    worlds, options = worlds_of(corpus), FetchOptions(citations=citations)
    calm = [other_at(name, started(worlds[name], answer=ANSWERS[name]).url) for name in worlds]
    assert interrupted(targets, tmp_path / "calm", Time(), options=options, service=at, others=calm) == 0
    time = Time()
    torn = {
        name: started(worlds[name], answer=ANSWERS[name], faults=[MIXES[name](7, rate=rate)], clock=time.clock)
        for name in worlds
    }
    others = [other_at(name, each.url) for name, each in torn.items()]
    assert interrupted(targets, tmp_path / "torn", time, every=every, options=options, service=at, others=others) > 2
    assert files(tmp_path / "torn") == files(tmp_path / "calm")
    for each in torn.values():
        assert each.log.repeated() == {}
        assert each.log.faults()
    assert_paced(torn["crossref"])
    assert torn["openalex"].log.smallest_gap() >= 0.1
    assert torn["opencitations"].log.smallest_gap() >= 60 / 180
    return torn


def test_four_services_under_faults_and_ended_again_and_again_give_the_same_to_the_byte(started, tmp_path):
    corpus = small_corpus()
    targets = parse_targets([str(paper.identifiers[0]) for paper in corpus.papers.values()], where="the tests")
    torn = same_in_spite_of_everything(started, tmp_path, corpus, targets, every=30, rate=0.4, citations=True)
    assert {TOO_FAST.name, THROTTLED.name} <= set(torn["openalex"].log.faults())
    found = load_corpus(tmp_path / "torn")
    assert len(found.papers) == 18
    kinds = {found.sources[source].kind for citation in found.citations for source in citation.sources}
    assert kinds == {"semantic_scholar", "crossref", "openalex", "opencitations"}
    true = {(each.citing, each.cited) for each in corpus.citations}
    by_doi = {str(paper.identifiers[0]): key for key, paper in corpus.papers.items()}
    name = {key: by_doi[str(paper.identifiers[0])] for key, paper in found.papers.items()}
    assert {(name[each.citing], name[each.cited]) for each in found.citations} == true
    states = {(row.state, row.direction) for row in found.coverage if row.source.startswith(("openalex", "opencit"))}
    assert {state for state, direction in states if direction == "references"} == {"partial"}


@pytest.mark.long
def test_the_shipped_list_from_four_services_under_faults_is_the_same_to_the_byte(started, tmp_path):
    targets = read_targets(reading_list_path())
    same_in_spite_of_everything(started, tmp_path, load_corpus(snapshot_path()), targets, every=150, rate=0.5)


def assert_paced(crossref: ScholarService) -> None:
    """No two calls came faster than the service allows, by its own clock: single works 5 a second, lists 1."""
    entries = sorted(crossref.log.entries, key=lambda entry: entry.began)
    for earlier, later in pairwise(entries):
        assert later.began - earlier.began >= (0.2 if later.path.startswith("/works/") else 1.0)


def test_what_a_service_could_not_be_asked_is_no_coverage_and_what_it_did_not_answer_has_no_number(started, tmp_path):
    lines = (*LINES, "arXiv:1409.0473", "10.5555/unknown")
    found = fetched(None, deposits(started), tmp_path, Time(), lines=lines)
    names = {str(paper.identifiers[0]): key for key, paper in found.corpus.papers.items() if paper.identifiers}
    rows = {row.paper: row for row in found.corpus.coverage}
    assert names["arxiv:1409.0473"] not in rows
    unknown = rows[names["doi:10.5555/unknown"]]
    assert (unknown.state, unknown.rows) == ("failed", None)
    assert any("was not asked about 1 paper:" in line for line in remark_lines(found))


def test_options_that_leave_nothing_to_ask_for_are_refused(started, tmp_path):
    options = FetchOptions(references=False, citations=True)
    with pytest.raises(InputError, match="Crossref cannot be asked for anything with these options"):
        fetched(None, deposits(started), tmp_path, Time(), options=options)


@pytest.mark.parametrize(("bad", "rows", "state"), [(False, 150, "complete"), (True, 100, "partial")])
def test_a_walk_whose_cursor_is_refused_keeps_its_rows_and_is_not_complete(started, tmp_path, bad, rows, state):
    works = {"W1": _openalex_work("W1", [])} | {f"W{n}": _openalex_work(f"W{n}", ["W1"]) for n in range(2, 152)}
    refused = Canned("a bad cursor", 400, '{"error": "Pagination error.", "message": "Cursor value is invalid."}')
    faults = [Rule(refused, path=r"cites.*cursor=(?!%2A)", times=None)] if bad else []
    openalex = started(OpenAlexWorld(works), answer=answer_openalex, faults=faults)
    time = Time()
    found = fetch(
        parse_targets(["openalex:W1"], where="the tests"),
        tmp_path,
        FetchOptions(references=False, citations=True, depth=1),
        scholar=False,
        others=[other_at("openalex", openalex.url)],
        sleep=time.sleep,
        clock=time.clock,
    )
    (row,) = found.corpus.coverage
    assert (row.direction, row.rows, row.state, len(found.corpus.citations)) == ("citations", rows, state, rows)


def test_a_paper_that_semantic_scholar_failed_to_answer_is_tried_again_although_another_service_knows_it(
    started, tmp_path
):
    known = CrossrefWorld({**DEPOSITS.works, "10.5555/unread": work("10.5555/unread", ROWS[:1])})
    scholar, crossref = started(WORLD), deposits(started, known)
    fetched(scholar, crossref, tmp_path, Time(), lines=LINES)
    scholar.set_faults(Rule(Canned("an outage", 503), times=8))  # of the one request for all three papers
    with pytest.raises(FetchStopped, match="Semantic Scholar does not answer"):
        fetched(scholar, crossref, tmp_path, Time(), lines=("10.5555/unread", *LINES))
    partly = Rule(Canned("an outage", 503), path="batch", nth=2, times=8)
    scholar.set_faults(partly)
    lines = ("10.5555/unread arXiv:2101.90001", *LINES)  # its second identifier is asked for in a second request
    found = fetched(scholar, crossref, tmp_path / "new", Time(), lines=lines)
    assert found.unfinished
    assert [each.failed for each in found.result.unresolved] == [True]
    assert total_lines(found)[0].startswith("3 wanted, 3 found, 3 different papers")


DAY = "2026-11-30"
RETRACTED = [
    {"DOI": "10.5555/erratum", "type": "erratum", "source": "publisher", "updated": {"date-parts": [[2019]]}},
    {
        "DOI": "10.5555/notice", "type": "retraction", "source": "retraction-watch",
        "updated": {"date-parts": [[2020, 3, 1]]}, "record-id": 77,
    },
    {"DOI": "10.5555/first", "type": "new_version", "source": "publisher", "updated": {"date-parts": [[None]]}},
]  # fmt: skip


def noticing(**more: Any) -> CrossrefWorld:
    """Crossref with notices on the first paper, one of which is a work of the list itself."""
    on_citing = {"update-to": [{"DOI": "10.5555/FIRST", "type": "Expression of Concern", "updated": "2018"}]}
    first = work("10.5555/first", **{"updated-by": RETRACTED, **more})
    return CrossrefWorld({each["DOI"]: each for each in (work("10.5555/citing", ROWS, **on_citing), first)})


def test_the_notices_in_what_crossref_answers_are_those_of_the_corpus_also_when_it_is_parsed_again(started, tmp_path):
    scholar, crossref = started(WORLD), deposits(started, noticing())
    found = fetched(scholar, crossref, tmp_path, Time())
    assert [
        (each.nature, each.date, each.record, each.notice, each.asserter, found.corpus.sources[each.source].label)
        for each in found.corpus.notices
    ] == [
        ("correction", "2019", None, "10.5555/erratum", "publisher", "Crossref, observed 2026-11-23"),
        ("retraction", "2020-03-01", "77", "10.5555/notice", "retraction-watch", "Crossref, observed 2026-11-23"),
        ("expression_of_concern", None, None, "10.5555/citing", None, "Crossref, observed 2026-11-23"),
    ]
    assert "retracted: The First Of The Two (Crossref, observed 2026-11-23)" in remark_lines(found)
    before = files(tmp_path)
    fetched(scholar, crossref, tmp_path, Time(), reparse=True)
    assert files(tmp_path) == before
    assert load_corpus(tmp_path).notices == found.corpus.notices


def test_notices_of_a_fetch_and_of_a_file_stand_beside_each_other_and_the_same_one_counts_once(started, tmp_path):
    found = fetched(started(WORLD), deposits(started, noticing()), tmp_path, Time()).corpus
    same = read_notices(
        io.BytesIO(json.dumps({"DOI": "10.5555/first", "updated-by": RETRACTED}).encode()), "a.json", DAY
    )
    table = (
        b"OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature,RetractionDate\n10.5555/first,0,Retraction,3/1/2020\n"
    )
    both = with_notices(found, [*same.statements, *read_notices(io.BytesIO(table), "rw.csv", DAY).statements])
    said = sorted((each.nature, both.sources[each.source].label) for each in both.notices)
    assert said == [
        ("correction", "Crossref's update notices, as of 2026-11-30"),
        ("expression_of_concern", "Crossref, observed 2026-11-23"),
        ("retraction", "Crossref's update notices, as of 2026-11-30"),
        ("retraction", "Retraction Watch, as of 2026-11-30"),
    ]


@pytest.mark.parametrize("odd", [None, "yes", 7, {}, [[]], [{"type": ["retraction"], "DOI": {"a": 1}, "updated": [9]}]])
def test_updates_of_another_form_cost_no_list_and_retract_nothing(started, tmp_path, odd):
    found = fetched(started(WORLD), deposits(started, noticing(**{"updated-by": odd})), tmp_path, Time())
    assert state_of(found, "Building On Both", "crossref") == "complete"
    assert "retraction" not in {each.nature for each in found.corpus.notices}
