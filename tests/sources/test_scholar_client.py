"""The `semanticscholar` client over our requests: each fault of tests/sources/test_client_faults.py, mended."""

from __future__ import annotations

import asyncio
import json
import logging
from concurrent.futures import ThreadPoolExecutor

import pytest
import semanticscholar

from graph.errors import InputError, LineageError
from graph.sources.fetch.targets import parse_targets
from graph.sources.semantic_scholar import requester
from graph.sources.semantic_scholar.client import AsyncSemanticScholar, SemanticScholar
from graph.sources.semantic_scholar.endpoints import PAPER_FIELDS

from ..helpers.commands import python
from ..helpers.fetch_world import LINES, MIDDLE, NEW, OLD, OTHER, SECRET, WORLD, Time, fetched
from ..service import Canned, Limits, Oversized, PaperRecord, Rule, ServerError, TooManyRequests, serving
from ..service.records import made_up_sha


@pytest.fixture
def scholar():
    with serving(WORLD, accepted_key=SECRET, key_required=True) as service:
        yield service


@pytest.fixture
def client(scholar, tmp_path):
    with opened(scholar, tmp_path) as made:
        yield made


def in_a_loop(coroutine):
    """What a coroutine returns, in a thread of its own: a browser that another test opened has a loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()


def opened(scholar, folder, kind=SemanticScholar, **options):
    now = Time()
    options = {"api_key": SECRET, "sleep": now.sleep, "clock": now.clock} | options
    return kind(folder, api_url=scholar.url, **options)


def test_every_method_sends_the_key_and_gives_the_clients_own_records(scholar, client):
    paper = client.get_paper(NEW.id)
    assert type(paper) is semanticscholar.Paper.Paper
    assert paper.title == NEW.fields["title"]
    references = client.get_paper_references(NEW.id)
    assert {row.paper.title for row in references} >= {MIDDLE.fields["title"]}
    assert [row.paper.title for row in client.get_paper_citations(MIDDLE.id)] == [
        "Following Instructions",
        "Another New Paper",
    ]
    assert client.search_paper("learning to align", match_title=True).paperId == OLD.id
    assert scholar.log.without_key() == ()
    assert len(scholar.log) == 4


def test_what_was_answered_once_is_read_from_the_corpus(scholar, tmp_path):
    for _ in range(2):
        with opened(scholar, tmp_path) as client:
            assert len(list(client.get_paper_references(OTHER.id))) == 2
            assert client.get_papers([OLD.id, NEW.id])[1].title == NEW.fields["title"]
            with pytest.raises(requester.NotKnown):
                client.get_paper("CorpusId:1")
            assert client.answered_at.startswith("2026-11-23T")
    assert len(scholar.log) == 3
    with opened(scholar, tmp_path, update=True) as client:
        client.get_papers([OLD.id, NEW.id])
        client.get_papers([OLD.id, NEW.id])
    assert len(scholar.log) == 4


def test_the_answers_of_a_client_change_no_fetch(scholar, tmp_path):
    for folder in (tmp_path / "with", tmp_path / "without"):
        if folder.name == "with":
            with opened(scholar, folder) as client:
                client.get_paper(OLD.id)
        fetched(scholar, folder, time=Time())
        if folder.name == "with":
            with opened(scholar, folder) as client:
                client.get_papers([MIDDLE.id])
            fetched(scholar, folder, time=Time(), reparse=True)
    one, other = ({f.name: f.read_bytes() for f in (tmp_path / n).glob("*.jsonl")} for n in ("with", "without"))
    assert one == other


def test_what_a_fetch_asked_to_find_papers_is_not_asked_again(scholar, tmp_path):
    titles = ["Another New Paper", "A Bridge & Nothing: 100 % of C++ #1?"]  # nothing matches the second
    targets = parse_targets([*LINES, *titles], where="here")
    result = fetched(scholar, tmp_path, targets=targets, time=Time())
    assert [each.suggestions for each in result.result.unresolved] == [("A Bridge Between Them",)]
    ids, fields = [each.api_ids[0] for each in targets.papers if each.api_ids], PAPER_FIELDS.split(",")
    sent = len(scholar.log)
    with opened(scholar, tmp_path) as client:
        assert [each.paperId for each in client.get_papers(ids, fields)] == [OLD.id, NEW.id, OTHER.id]
        assert client.search_paper(titles[0], fields=fields, match_title=True).paperId == OTHER.id
        with pytest.raises(requester.NotKnown):
            client.search_paper(titles[1], fields=fields, match_title=True)
        assert [each.title for each in client.get_autocomplete(titles[1])] == ["A Bridge Between Them"]
    assert len(scholar.log) == sent


def test_an_outage_is_an_error_and_ends(scholar, client):
    scholar.set_faults(Rule(ServerError(503), times=None))
    for ask in (
        client.get_paper,
        client.get_paper_references,
        client.get_paper_citations,
        lambda i: client.get_papers([i]),
    ):
        with pytest.raises(
            semanticscholar.SemanticScholarException.ServerErrorException, match="does not answer"
        ) as fault:
            ask(NEW.id)
        assert isinstance(fault.value, LineageError)
    assert len(scholar.log) <= 4 * 8
    scholar.set_faults()
    with pytest.raises(requester.NoAnswer, match="stopped answering"):
        client.get_paper(NEW.id)  # at once: four in a row got no answer


def test_after_a_minute_an_outage_is_tried_again(scholar, tmp_path):
    now = Time()
    with opened(scholar, tmp_path, sleep=now.sleep, clock=now.clock) as client:
        scholar.set_faults(Rule(ServerError(503), times=None))
        for number in range(4):
            with pytest.raises(requester.NoAnswer):
                client.get_paper(f"CorpusId:{number}")
        scholar.set_faults()
        now.sleep(61)
        assert client.get_paper(NEW.id).paperId == NEW.id


def test_a_refusal_that_passes_is_not_noticed(scholar, client):
    scholar.set_faults(Rule(TooManyRequests(), times=2), Rule(ServerError(500, body="html"), times=1))
    assert client.get_paper(NEW.id).title == NEW.fields["title"]
    assert len(scholar.log) == 3


def test_without_retry_a_429_is_an_error_of_the_client(scholar, tmp_path):
    scholar.set_faults(Rule(TooManyRequests(), times=None))
    with opened(scholar, tmp_path, retry=False) as client, pytest.raises(requester.NoAnswer, match="429"):
        client.get_paper(NEW.id)
    assert len(scholar.log) == 1


def test_a_withheld_list_is_said_to_be_withheld(scholar, client):
    scholar.serve(WORLD.eliding(NEW.id))
    with pytest.raises(requester.Withheld, match="does not mean that it is empty"):
        client.get_paper_references(NEW.id)
    assert client.get_paper(NEW.id, ["title", "references"]).references is None  # unknown, and not empty
    assert client.get_paper(OLD.id, ["title", "references"]).references == []


def test_an_empty_page_that_says_it_is_withheld_is_not_an_empty_list(scholar, client):
    said = "Notice: The following paper fields have been elided by the publisher: {'references'}."
    page = {"offset": 0, "data": [], "citingPaperInfo": {"openAccessPdf": {"disclaimer": said}}}
    scholar.set_faults(Rule(Canned("elided", 200, json.dumps(page)), times=None))
    with pytest.raises(requester.Withheld):
        client.get_paper_references(NEW.id)
    assert list(client.get_paper_citations(NEW.id)) == []


def test_a_long_wait_that_the_service_asks_for_is_no_refusal_of_the_key(scholar, client):
    scholar.set_faults(Rule(TooManyRequests(retry_after=3600), times=None))
    with pytest.raises(requester.NoAnswer, match="wait 60 minutes"):
        client.get_paper(NEW.id)
    assert len(scholar.log) == 1


def test_a_batch_keeps_its_positions(scholar, client):
    found, unknown = client.get_papers([OLD.id, "CorpusId:1", NEW.id, OLD.id], return_not_found=True)
    assert [paper and paper.paperId for paper in found] == [OLD.id, None, NEW.id, OLD.id]
    assert unknown == ["CorpusId:1"]
    assert client.get_papers(["CorpusId:1", "CorpusId:2"]) == [None, None]
    assert client.get_papers([]) == []


def test_more_ids_than_one_batch_takes_are_several(scholar, client):
    ids = [*(f"CorpusId:{n}" for n in range(1, 1200)), OLD.id]
    found = client.get_papers(ids, ["title"])
    assert len(found) == 1200
    assert found[-1].paperId == OLD.id
    assert len(scholar.log) == 3


@pytest.mark.parametrize("limit", [300, 999, 1000])
def test_pages_of_any_size_reach_the_last_row_that_there_is(limit, tmp_path):
    world = WORLD.crowding(OLD.id, 60)
    with serving(world, limits=Limits(page_rows=1000)) as scholar, opened(scholar, tmp_path) as client:
        assert len(list(client.get_paper_citations(OLD.id, ["title"], limit=7))) == 62
        scholar.clear_log()
        assert len(list(client.get_paper_citations(OLD.id, ["title"], limit=limit))) == 62
        assert len(scholar.log) == 1


def test_no_page_beyond_the_wall_is_asked_for():
    from graph.sources.semantic_scholar.client_requests import client_request, place_of

    def page(path, offset, limit):
        return client_request("http://s2", f"http://s2{path}", f"&fields=title&offset={offset}&limit={limit}")

    assert place_of(page("/graph/v1/paper/X/citations", 9900, 300)) == (9900, 99)
    assert place_of(page("/graph/v1/paper/search", 900, 100)) == (900, 99)
    assert place_of(page("/graph/v1/paper/X/references", 0, 1000)) == (0, 1000)


def test_a_page_that_is_too_large_comes_in_parts(tmp_path):
    world = WORLD.crowding(OLD.id, 100)
    with serving(world) as scholar, opened(scholar, tmp_path) as client:
        scholar.set_faults(Rule(Oversized(), path="/citations", times=2))
        rows = client.get_paper_citations(OLD.id, ["title"], limit=100)
        assert len({row.paper.paperId for row in rows}) == 102


def test_an_id_is_quoted(scholar, client):
    odd = PaperRecord(made_up_sha("odd"), {"title": "Odd", "externalIds": {"DOI": "10.1000/a#b?c d%e"}})
    scholar.serve(WORLD.adding(odd))
    assert client.get_paper("DOI:10.1000/a#b?c d%e").title == "Odd"
    assert list(client.get_paper_references("DOI:10.1000/a#b?c d%e")) == []


def test_a_title_may_hold_any_character(scholar, client):
    title = "Q&A: 100% of C++ = #1, isn't it?"
    scholar.serve(WORLD.adding(PaperRecord(made_up_sha(title), {"title": title})))
    assert client.search_paper(title, match_title=True).title == title
    assert [each.title for each in client.search_paper("Q&A 100")] == [title]
    with pytest.raises(requester.NotKnown):
        client.search_paper("nothing is called so", match_title=True)


def test_a_date_that_is_not_whole_is_none(scholar, client):
    odd = PaperRecord(
        made_up_sha("dated"), {"title": "Dated", "publicationDate": "2022-03", "journal": "Nature", "tldr": None}
    )
    scholar.serve(WORLD.adding(odd))
    paper = client.get_paper(odd.id)
    assert (paper.title, paper.publicationDate, paper.journal) == ("Dated", None, None)


METHODS = {
    "paper": lambda client: client.get_paper(NEW.id),
    "papers": lambda client: client.get_papers([NEW.id, OLD.id]),
    "authors of a paper": lambda client: client.get_paper_authors(NEW.id),
    "citations": lambda client: client.get_paper_citations(NEW.id),
    "references": lambda client: client.get_paper_references(NEW.id),
    "search": lambda client: client.search_paper("align"),
    "bulk search": lambda client: client.search_paper("align", bulk=True),
    "match": lambda client: client.search_paper("align", match_title=True),
    "completion": lambda client: client.get_autocomplete("align"),
    "author": lambda client: client.get_author("7"),
    "authors": lambda client: client.get_authors(["7", "8"]),
    "papers of an author": lambda client: client.get_author_papers("7"),
    "search for authors": lambda client: client.search_author("Ann"),
    "recommended": lambda client: client.get_recommended_papers(NEW.id),
    "recommended by lists": lambda client: client.get_recommended_papers_from_lists([NEW.id], [OLD.id]),
    "snippets": lambda client: client.search_snippet("align"),
    "releases": lambda client: client.get_available_releases(),
    "release": lambda client: client.get_release("latest"),
    "links": lambda client: client.get_dataset_download_links("latest", "papers"),
    "diffs": lambda client: client.get_dataset_diffs("papers", "2026-01-01", "latest"),
}
NO_ANSWERS = ["<html>sign in</html>", "", "{}", "7", '"x"', '{"error": "Internal"}', "null", "[" * 9999]
RECORDS = ("authors", "citations", "data", "papers", "references", "diffs", "datasets")
ODD = {name: ["x", 7, None, {}] for name in RECORDS}


@pytest.mark.parametrize("method", METHODS)
def test_an_answer_that_is_none_is_an_error_of_every_method_and_no_empty_record(method, scholar, tmp_path):
    with opened(scholar, tmp_path, retry=False) as client:
        for body in NO_ANSWERS:
            scholar.set_faults(Rule(Canned("odd", 200, body), times=None))
            with pytest.raises(requester.NoAnswer):
                METHODS[method](client)


def test_lists_of_other_types_and_unknown_fields_stop_no_method(scholar, client):
    odd = {"paperId": "a", "authorId": "7", "journal": 7, "publicationDate": 7, "s2FieldsOfStudy": None, **ODD}
    bodies = {"papers": [odd, None], "authors": [None, odd], "releases": ["2026-01-01"]}
    for method, ask in METHODS.items():
        body = bodies.get(method, odd | {"recommendedPapers": [odd, None], "matches": [None, 7], "files": ["x"]})
        scholar.set_faults(Rule(Canned("odd", 200, json.dumps(body)), times=None))
        assert str(ask(client))


def test_a_bulk_search_that_is_followed_by_itself_ends(scholar, client):
    page = {"total": 9, "token": "again", "data": [{"paperId": "a"}]}
    scholar.set_faults(Rule(Canned("page", 200, json.dumps(page)), times=None))
    with pytest.raises(requester.NoAnswer, match="followed by itself"):
        list(client.search_paper("align", bulk=True))


def test_a_refused_key_is_said(scholar, tmp_path):
    with opened(scholar, tmp_path, api_key="another") as client, pytest.raises(PermissionError, match="key"):
        client.get_paper(NEW.id)
    assert len(scholar.log) == 1


def test_a_query_that_the_service_refuses_is_said_and_not_kept(scholar, client):
    for _ in range(2):
        with pytest.raises(semanticscholar.SemanticScholarException.BadQueryParametersException, match="nonsense"):
            client.get_paper(NEW.id, ["nonsense"])
    assert len(scholar.log) == 2


def test_a_redirect_is_not_followed(scholar, client):
    with serving(WORLD) as elsewhere:
        there = (("Location", f"{elsewhere.url}/graph/v1/paper/{NEW.id}"),)
        scholar.set_faults(Rule(Canned("moved", 302, headers=there), times=None))
        with pytest.raises(requester.NoAnswer, match="redirected"):
            client.get_paper(NEW.id)
        assert len(elsewhere.log) == 0


def test_no_log_and_no_file_shows_the_key(scholar, tmp_path, caplog):
    with caplog.at_level(logging.DEBUG), opened(scholar, tmp_path) as client:
        client.get_paper(NEW.id)
        assert SECRET not in repr(vars(client)) + repr(vars(client._AsyncSemanticScholar))
    assert "GET /graph/v1/paper/" in caplog.text
    assert SECRET not in caplog.text
    assert all(SECRET.encode() not in each.read_bytes() for each in tmp_path.rglob("*") if each.is_file())


def test_making_a_client_leaves_the_logging_of_the_program_alone(tmp_path):
    code = (
        "import logging, sys; before = list(logging.getLogger().handlers)\n"
        "from graph.sources.semantic_scholar.client import SemanticScholar\n"
        f"client = SemanticScholar({str(tmp_path)!r}); client.debug = True\n"
        "print(len(before), len(logging.getLogger().handlers))"
    )
    assert python(code).split() == ["0", "0"]


def test_nobody_there_is_said_within_seconds(tmp_path):
    now = Time()
    with serving(WORLD) as gone:
        url = gone.url
    client = SemanticScholar(tmp_path, api_url=url, sleep=now.sleep, clock=now.clock)
    began = now.now
    with pytest.raises(requester.NoAnswer, match="no connection"):
        client.get_paper(NEW.id)
    assert now.now - began < 10
    client.close()


def test_the_async_client_answers_many_tasks_one_after_the_other(scholar, tmp_path):
    async def ask():
        async with opened(scholar, tmp_path, AsyncSemanticScholar) as client:
            found = await asyncio.gather(*(client.get_paper(each.id) for each in (OLD, MIDDLE, NEW)))
            rows = await client.get_paper_references(OTHER.id)
            return [each.paperId for each in found], [row.paper.paperId async for row in rows]

    papers, references = in_a_loop(ask())
    assert papers == [OLD.id, MIDDLE.id, NEW.id]
    assert set(references) == {OLD.id, MIDDLE.id}
    assert scholar.log.without_key() == ()


INTERRUPTED = """
import signal, sys
from tests.service import Rule, TooManyRequests, serving
from tests.helpers.fetch_world import NEW, SECRET, WORLD
from tests.sources.test_scholar_client import opened

went_on = []

def interrupted(_seconds):
    signal.raise_signal(signal.SIGINT)
    went_on.append(True)

with serving(WORLD, accepted_key=SECRET, key_required=True) as scholar:
    scholar.set_faults(Rule(TooManyRequests(), times=1))
    with opened(scholar, sys.argv[1], sleep=interrupted) as client:
        try:
            client.get_paper(NEW.id)
        except KeyboardInterrupt:
            print("interrupted", went_on, signal.getsignal(signal.SIGINT) is signal.default_int_handler)
    with opened(scholar, sys.argv[1]) as client:
        print(client.get_paper(NEW.id).paperId == NEW.id)
"""


def test_an_interruption_ends_a_call_at_once_and_the_next_goes_on(tmp_path):
    """In a process of its own: where an event loop runs, such as a browser's, a call takes another thread."""
    assert python(INTERRUPTED, str(tmp_path)).splitlines() == ["interrupted [] True", "True"]


def test_the_sync_client_works_inside_an_event_loop(client):
    async def in_a_notebook():
        return client.get_paper(NEW.id).paperId

    assert in_a_loop(in_a_notebook()) == NEW.id


def test_a_corpus_that_is_open_is_said_to_be(client, scholar, tmp_path):
    with pytest.raises(InputError, match="close the client"):
        opened(scholar, tmp_path)
    client.close()
    opened(scholar, tmp_path).close()


@pytest.mark.parametrize("wrong", ["", "  ", None, "..", "../../x", "a/../b", "x/.", "\ud800"])
def test_an_id_that_is_none_or_leads_elsewhere_is_refused_before_it_is_sent(wrong, scholar, client):
    for ask in (client.get_paper, client.get_paper_references, client.get_author, client.get_recommended_papers):
        with pytest.raises(InputError):
            ask(wrong)
    assert len(scholar.log) == 0


def test_one_text_is_no_list_of_ids_and_a_closed_client_says_so(client):
    with pytest.raises(InputError, match="one text"):
        client.get_papers("abc")
    client.close()
    with pytest.raises(InputError, match="closed"):
        client.get_paper(NEW.id)


@pytest.mark.parametrize("wrong", [[None], [7], [""], ["\ud800"]])
def test_an_id_that_is_no_text_is_refused(wrong, client):
    with pytest.raises(InputError, match="is not the id"):
        client.get_papers(wrong)


def test_addresses_of_data_sets_are_not_kept(scholar, client, tmp_path):
    links = '{"name": "papers", "files": ["https://x/signed?Signature=1"]}'
    scholar.set_faults(Rule(Canned("links", 200, links), times=None))
    assert client.get_dataset_download_links("latest", "papers").files
    assert "Signature" not in (tmp_path / "raw" / "answers.jsonl").read_text()
