"""Faults of the `semanticscholar` client, which is why its requests are sent by a requester of ours.

All of them are of version 0.12.0 (2026-03-29), shown against the loopback service on 2026-11-23, and mended in
tests/sources/test_scholar_client.py. When a newer version makes one of these tests fail, the fault is fixed, and what
mends it in `graph.sources.semantic_scholar` may go.
"""

from __future__ import annotations

import json
import logging

import pytest
import semanticscholar

from ..helpers.commands import python
from ..helpers.fetch_world import NEW, OLD, SECRET, WORLD, Time, fetched
from ..service import Rule, ServerError, TooManyRequests, serving


def client(scholar, **options):
    return semanticscholar.SemanticScholar(api_url=scholar.url, api_key=SECRET, timeout=5, **options)


@pytest.fixture
def scholar():
    with serving(WORLD) as service:
        yield service


def test_the_key_is_not_sent_when_references_or_citations_are_read(scholar):
    client(scholar).get_paper(NEW.id)
    assert scholar.log.without_key() == ()
    client(scholar).get_paper_references(NEW.id)
    client(scholar).get_paper_citations(OLD.id)
    assert len(scholar.log.without_key()) == 2


def test_a_503_is_taken_for_an_empty_answer(scholar):
    scholar.set_faults(Rule(ServerError(503)))
    paper = client(scholar).get_paper(NEW.id)
    assert paper.raw_data == {}
    assert paper.title is None


@pytest.mark.long
def test_a_list_that_meets_503_is_requested_again_at_once_and_without_end(scholar, tmp_path):
    outage = 30
    scholar.set_faults(Rule(ServerError(503), path="/references", times=outage))
    rows = list(client(scholar).get_paper_references(NEW.id))
    assert len(scholar.log) == outage + 1
    assert len(rows) == 2
    scholar.set_faults(Rule(ServerError(503), path="/references", times=None))
    scholar.clear_log()
    fetched(scholar, tmp_path, time=Time())
    assert len(scholar.log) < 50  # the fetcher gives up, says so, and goes on later


def test_a_withheld_list_is_a_type_error(scholar):
    scholar.serve(WORLD.eliding(NEW.id))
    with pytest.raises(TypeError, match="not iterable"):
        client(scholar).get_paper_references(NEW.id)


def test_a_batch_loses_its_positions(scholar):
    papers = client(scholar).get_papers([OLD.id, "CorpusId:1", NEW.id])
    assert [paper.paperId for paper in papers] == [OLD.id, NEW.id]


def test_a_429_ends_in_an_error_of_another_package(scholar):
    scholar.set_faults(Rule(TooManyRequests(), times=None))
    with pytest.raises(Exception, match="RetryError") as fault:
        client(scholar, retry=False).get_paper(NEW.id)
    assert type(fault.value).__module__.startswith("tenacity")


def test_an_edge_error_in_html_is_a_json_error(scholar):
    scholar.set_faults(Rule(ServerError(500, body="html")))
    with pytest.raises(json.JSONDecodeError):
        client(scholar).get_paper(NEW.id)


def test_an_id_is_not_quoted(scholar):
    with pytest.raises(semanticscholar.SemanticScholarException.ObjectNotFoundException):
        client(scholar).get_paper("DOI:10.1000/a#b")
    (entry,) = scholar.log.entries
    assert entry.path.endswith("/DOI:10.1000/a")


def test_a_date_that_is_not_whole_is_an_error():
    with pytest.raises(ValueError, match="does not match format"):
        semanticscholar.Paper.Paper({"paperId": NEW.id, "publicationDate": "2022-03"})


def test_its_debug_log_shows_the_key(scholar, caplog):
    with caplog.at_level(logging.DEBUG, logger="semanticscholar"):
        client(scholar).get_paper(NEW.id)
    assert SECRET in caplog.text


def test_making_a_client_takes_over_the_logging_of_the_program():
    code = (
        "import logging; before = list(logging.getLogger().handlers)\n"
        "from semanticscholar import SemanticScholar; SemanticScholar()\n"
        "print(len(before), len(logging.getLogger().handlers))"
    )
    assert python(code).split() == ["0", "1"]
