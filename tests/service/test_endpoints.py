"""The loopback Semantic Scholar keeps to the contract: endpoints, limits, and the OpenAPI file."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote, urlencode

import pytest

from graph.model.corpus import Corpus

from . import CitationRecord, Limits, PaperRecord, Request, ScholarWorld, answer, paper, unresolved
from .fields import fields_of
from .schema import response_definition, violations

ATTENTION = "204e3073870fae3d05bcbc2f6a8e263d9b72e776"
OLD = PaperRecord("a" * 40, {"title": "Long short-term memory", "externalIds": {"DOI": "10.1162/NECO.1997.9.8.1735"}})
NEW = paper("A survey of memory", id="b" * 40, external_ids={"ArXiv": "2001.00001", "MAG": "77"}, date="2020-01-01")
LATER = paper("Memory again", id="c" * 40, external_ids={"ACL": "N19-1423", "PubMed": "12"}, date="2022")
UNDATED = paper("Memory without a date", id="d" * 40)
LOST = unresolved("A report that nobody matched")
SMALL = ScholarWorld(
    (OLD, NEW, LATER, UNDATED, LOST),
    (
        CitationRecord(UNDATED.id, OLD.id),
        CitationRecord(
            NEW.id, OLD.id, (("As shown in [1].", ("background",)), ("We use [1].", None)), influential=True
        ),
        CitationRecord(LATER.id, OLD.id),
        CitationRecord(NEW.id, LOST.id),
    ),
)


def ask(world: ScholarWorld, path: str, *, limits: Limits | None = None, ids: Any = None, **params: Any) -> Any:
    """Status and body of a request, without HTTP."""
    body = b"" if ids is None else json.dumps({"ids": ids}).encode()
    request = Request("GET" if ids is None else "POST", f"/graph/v1/paper/{path}", urlencode(params), body)
    reply = answer(world, request, limits or Limits())
    return reply.status, reply.value


def read_pages(world: ScholarWorld, path: str, limit: int) -> list[Any]:
    """All rows of a paged answer, by its own `next`."""
    rows, offset = [], 0
    while offset is not None:
        status, page = ask(world, path, offset=offset, limit=limit)
        assert status == 200, page
        rows += page["data"]
        offset = page.get("next")
    return rows


@pytest.fixture(scope="module")
def shipped(corpus: Corpus) -> ScholarWorld:
    return ScholarWorld.from_corpus(corpus)


def every_field(*definitions: str) -> str:
    fields = dict.fromkeys(name for each in definitions for name in fields_of(each))
    return ",".join(name for name in fields if name not in {"citingPaper", "citedPaper", "matchScore"})


@pytest.mark.parametrize(
    ("template", "path", "fields"),
    [
        ("/paper/{paper_id}", ATTENTION, every_field("FullPaper") + ",authors.hIndex,citations.year"),
        ("/paper/{paper_id}/references", f"{ATTENTION}/references", every_field("Reference", "BasePaper")),
        ("/paper/{paper_id}/citations", f"{ATTENTION}/citations", every_field("Citation", "BasePaper")),
        ("/paper/search", "search?query=language+models", every_field("FullPaper")),
        ("/paper/search/match", "search/match?query=attention+is+all+you+need", every_field("FullPaper")),
    ],
)
def test_every_field_of_every_endpoint_has_its_documented_form(shipped, template, path, fields):
    path, _, query = path.partition("?")
    request = Request("GET", f"/graph/v1/paper/{path}", f"{query}&{urlencode({'fields': fields})}")
    reply = answer(shipped, request, Limits())
    assert reply.status == 200
    assert violations(response_definition("get", template, 200), reply.value) == []
    rows = reply.value.get("data", [reply.value])
    assert len(rows) > (0 if "match" in path or path == ATTENTION else 10)


def test_batch_answers_have_the_documented_form_at_every_position(shipped):
    ids = [record.id for record in shipped.papers[:500]]
    status, rows = ask(shipped, "batch", ids=ids, fields=every_field("FullPaper"))
    assert status == 200
    assert [row["paperId"] for row in rows] == ids
    assert [fault for row in rows for fault in violations("FullPaper", row)] == []


def test_rows_without_a_paper_and_elided_pages_have_the_recorded_form():
    _, page = ask(SMALL, f"{NEW.id}/references", fields=every_field("Reference", "BasePaper"))
    assert {row["citedPaper"]["paperId"] for row in page["data"]} == {OLD.id, None}
    assert violations("ReferenceBatch", page) == []
    _, page = ask(SMALL.eliding(NEW.id), f"{NEW.id}/references")
    assert page["data"] is None
    assert "offset" not in page
    assert "elided by the publisher: {'references'}" in page["citingPaperInfo"]["openAccessPdf"]["disclaimer"]
    assert violations("ReferenceBatch", page) == []


@pytest.mark.parametrize(
    ("definition", "value"),
    [
        ("FullPaper", {"paperId": "a" * 40, "year": "2017"}),
        ("FullPaper", {"title": "without its id"}),
        ("BasePaper", {"paperId": "a" * 40, "invented": 1}),
        ("BasePaper", {"paperId": "a" * 40, "title": None}),
        ("CitationBatch", {"offset": 0, "data": None}),
        ("CitationBatch", {"offset": 0, "data": [], "total": 4}),
        ("ReferenceBatch", {"offset": 0, "data": [{"citedPaper": {"paperId": "a" * 40, "authors": [{"name": 1}]}}]}),
        ("Error404", {"message": "Forbidden"}),
    ],
)
def test_the_judge_refuses_what_is_not_documented(definition, value):
    assert violations(definition, value)


@pytest.mark.parametrize(
    "asked",
    [
        *("A" * 40, "doi:10.1162/neco.1997.9.8.1735", "10.1162/NECO.1997.9.8.1735", f"CorpusID:{OLD.corpus_id}"),
        *(f"corpusid:{OLD.corpus_id}", "URL:https://dl.acm.org/doi/10.1162/neco.1997.9.8.1735"),
        *(f"URL:https://www.semanticscholar.org/paper/Long-short/{OLD.id}", f"url:semanticscholar.org/paper/{OLD.id}"),
    ],
)
def test_a_paper_is_found_by_every_form_of_its_ids(asked):
    assert ask(SMALL, asked)[1] == {"paperId": OLD.id, "title": "Long short-term memory"}
    assert ask(SMALL, quote(asked, safe=""))[0] == 200


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        *(("ARXIV:2001.00001v3", NEW), ("arXiv:2001.00001", NEW), ("URL:https://arxiv.org/pdf/2001.00001.pdf", NEW)),
        *(("MAG:77", NEW), ("ACL:n19-1423", LATER), ("PMID:12", LATER)),
        ("URL:https://www.aclweb.org/anthology/N19-1423/", LATER),
    ],
)
def test_prefixes_and_links_are_read_in_any_case(asked, found):
    assert ask(SMALL, asked)[1]["paperId"] == found.id


@pytest.mark.parametrize("asked", ["0", "2001.00001", "PMCID:12", "URL:https://example.org/2001.00001", LOST.id])
def test_what_is_not_the_id_of_a_paper_is_not_found_and_the_error_names_it(asked):
    status, body = ask(SMALL, quote(asked))
    assert (status, body) == (404, {"error": f"Paper with id {asked} not found"})
    assert violations(response_definition("get", "/paper/{paper_id}", 404), body) == []


def test_unknown_fields_are_refused_by_name_and_unknown_parameters_ignored():
    assert ask(SMALL, OLD.id, fields="title,unknown,authors.shoe") == (
        400,
        {"error": "Unrecognized or unsupported fields: [unknown, authors.shoe]"},
    )
    assert ask(SMALL, f"{OLD.id}/citations", fields="tldr")[0] == 400
    assert ask(SMALL, f"{OLD.id}/citations", year="1999")[1] == ask(SMALL, f"{OLD.id}/citations")[1]


@pytest.mark.parametrize(
    ("params", "text"),
    [
        ({"limit": 0}, "Unacceptable query params: [limit=0]"),
        ({"limit": 1001}, "Unacceptable query params: [limit=1001]"),
        ({"offset": -1}, "Unacceptable query params: [offset=-1]"),
        ({"offset": 9999, "limit": 1}, "offset + limit must be < 10000"),
        ({"offset": 9000, "limit": 1000}, "offset + limit must be < 10000"),
    ],
)
@pytest.mark.parametrize("direction", ["references", "citations"])
def test_pages_beyond_the_limits_are_refused_word_for_word(direction, params, text):
    status, body = ask(SMALL, f"{OLD.id}/{direction}", **params)
    assert (status, body) == (400, {"error": text})
    assert violations(response_definition("get", f"/paper/{{paper_id}}/{direction}", 400), body) == []


def test_a_list_ends_at_row_9999_although_next_promises_more():
    world = SMALL.crowding(OLD.id, 10_050)
    seen, offset = [], 0
    for limit in [1000] * 9 + [999]:
        _, page = ask(world, f"{OLD.id}/citations", offset=offset, limit=limit)
        seen += [row["citingPaper"]["paperId"] for row in page["data"]]
        offset = page["next"]
    assert len(set(seen)) == 9999
    assert offset == 9999
    assert ask(world, f"{OLD.id}/citations", offset=offset, limit=1)[0] == 400


def test_the_last_page_has_no_next_and_a_page_has_100_rows_by_default():
    world = SMALL.crowding(LATER.id, 100)
    _, page = ask(world, f"{LATER.id}/citations")
    assert (page["offset"], len(page["data"]), "next" in page) == (0, 100, False)
    _, page = ask(world.crowding(NEW.id, 101), f"{NEW.id}/citations")
    assert (len(page["data"]), page["next"]) == (100, 100)
    assert ask(SMALL, f"{UNDATED.id}/citations")[1] == {"offset": 0, "data": []}


def test_citers_come_newest_first_without_a_total():
    _, page = ask(SMALL, f"{OLD.id}/citations")
    assert [row["citingPaper"]["paperId"] for row in page["data"]] == [LATER.id, NEW.id, UNDATED.id]
    assert "total" not in page


def test_a_window_holds_only_citers_with_a_date_unless_the_documentation_is_right():
    def citers(span: str, limits: Limits | None = None) -> list[str]:
        _, page = ask(SMALL, f"{OLD.id}/citations", publicationDateOrYear=span, limits=limits)
        return [row["citingPaper"]["paperId"] for row in page["data"]]

    assert citers("1900-01-01:2030-01-01") == [NEW.id]
    assert citers("1900-01-01:2030-01-01", Limits(year_only_in_windows=True)) == [LATER.id, NEW.id]
    assert citers("2020-01") == citers("2020") == citers(":2020-01-01") == citers("2020-01-01:") == [NEW.id]
    assert citers("2020-01-02:") == []
    assert ask(SMALL, f"{OLD.id}/citations", publicationDateOrYear="soon")[0] == 400


def test_windows_of_a_crowd_hold_every_dated_citer_once():
    world = SMALL.crowding(OLD.id, 500)
    spans = [str(year) for year in range(2010, 2027)]
    seen = [
        row["citingPaper"]["paperId"]
        for span in spans
        for row in ask(world, f"{OLD.id}/citations", limit=1000, publicationDateOrYear=span)[1]["data"]
    ]
    dated = [r.id for r in world.papers if r.fields.get("publicationDate")]
    assert sorted(seen) == sorted(dated)


def test_references_know_no_windows():
    assert len(ask(SMALL, f"{NEW.id}/references", publicationDateOrYear="1999")[1]["data"]) == 2


def test_a_batch_is_positional_with_nulls_and_repeats():
    status, rows = ask(SMALL, "batch", ids=["nobody", OLD.id, "MAG:77", OLD.id], fields="title")
    assert status == 200
    assert [row and row["paperId"] for row in rows] == [None, OLD.id, NEW.id, OLD.id]


@pytest.mark.parametrize("ids", [["nobody", "CorpusId:1"], [], "x", [7]])
def test_a_batch_without_any_known_paper_is_refused(ids):
    assert ask(SMALL, "batch", ids=ids) == (400, {"error": "No valid paper ids given"})


def test_a_batch_takes_500_ids_and_no_more():
    assert ask(SMALL, "batch", ids=[OLD.id] * 500)[0] == 200
    assert ask(SMALL, "batch", ids=[OLD.id] * 501)[0] == 400


def test_rows_nested_in_a_batch_are_cut_without_a_word():
    world = SMALL.crowding(OLD.id, 6).crowding(NEW.id, 6)
    limits = Limits(nested_rows=8, nested_batch_rows=11)
    _, rows = ask(world, "batch", ids=[OLD.id, NEW.id, OLD.id], fields="citations", limits=limits)
    assert [len(row["citations"]) for row in rows] == [8, 3, 0]


def test_an_elided_bibliography_is_null_inside_a_paper():
    assert ask(SMALL.eliding(NEW.id), NEW.id, fields="references")[1]["references"] is None
    assert len(ask(SMALL, NEW.id, fields="references.year")[1]["references"]) == 2


def test_an_answer_beyond_the_size_limit_is_refused_and_a_smaller_page_is_not():
    world = SMALL.crowding(OLD.id, 300)
    limits = Limits(response_bytes=30_000)
    assert ask(world, f"{OLD.id}/citations", limit=300, limits=limits) == (
        400,
        {"error": "Response would exceed maximum size...."},
    )
    assert ask(world, f"{OLD.id}/citations", limit=150, limits=limits)[0] == 200


def test_a_title_match_is_loose_and_nothing_alike_is_not_found():
    status, body = ask(SMALL, "search/match", query="Long short-term memory networks")
    assert (status, body["data"][0]["paperId"]) == (200, OLD.id)
    assert body["data"][0]["matchScore"] > 0
    status, body = ask(SMALL, "search/match", query="totalGarbageNonsense")
    assert (status, body) == (404, {"error": "Title match not found"})
    assert violations(response_definition("get", "/paper/search/match", 404), body) == []


def test_a_search_counts_pages_and_has_no_data_when_nothing_is_found():
    assert ask(SMALL, "search", query="memory", limit=2)[1].items() >= {"total": 4, "offset": 0, "next": 2}.items()
    assert "next" not in ask(SMALL, "search", query="memory", offset=2)[1]
    assert ask(SMALL, "search", query="zebra") == (200, {"total": 0, "offset": 0})
    assert ask(SMALL, "search", query="short-term memory")[1]["total"] == 0
    assert ask(SMALL, "search", query="memory", year="2020-2021")[1]["total"] == 1
    assert ask(SMALL, "search", query="memory", minCitationCount=3)[1]["total"] == 1


def test_a_search_is_refused_past_its_reach_and_past_its_matches():
    past = "Requested data for this limit and/or offset is not available"
    reach = "Relevance search offset + limit must be < 1000. Consider '/paper/search/bulk'"
    assert ask(SMALL, "search", query="memory", offset=4) == (400, {"error": past})
    assert ask(SMALL, "search", query="memory", offset=900) == (400, {"error": reach})
    assert ask(SMALL, "search", query="memory", limit=101)[0] == 400
    assert ask(SMALL, "search", query="memory", year="then")[0] == 400


def test_a_merged_paper_answers_under_its_old_ids_with_the_new_one():
    world = SMALL.merging(NEW.id, into=LATER.id)
    for asked in (NEW.id, f"CorpusId:{NEW.corpus_id}", "ARXIV:2001.00001", LATER.id):
        assert ask(world, asked)[1]["paperId"] == LATER.id
    citers = [row["citingPaper"]["paperId"] for row in ask(world, f"{OLD.id}/citations")[1]["data"]]
    assert sorted(citers) == [LATER.id, LATER.id, UNDATED.id]


def test_counts_are_those_of_the_rows_unless_the_record_states_others():
    fields = "citationCount,referenceCount,influentialCitationCount"
    _, row = ask(SMALL, OLD.id, fields=fields)
    assert (row["citationCount"], row["referenceCount"], row["influentialCitationCount"]) == (3, 0, 1)
    stated = PaperRecord(OLD.id, {**OLD.fields, "citationCount": 9})
    assert ask(SMALL.adding(stated), OLD.id, fields=fields)[1]["citationCount"] == 9


def test_sentences_and_their_intents_stay_together():
    _, page = ask(SMALL, f"{OLD.id}/citations", fields="contexts,intents,contextsWithIntent,isInfluential")
    assert page["data"][1] == {
        "contexts": ["As shown in [1].", "We use [1]."],
        "intents": ["background"],
        "contextsWithIntent": [
            {"context": "As shown in [1].", "intents": ["background"]},
            {"context": "We use [1].", "intents": None},
        ],
        "isInfluential": True,
        "citingPaper": {"paperId": NEW.id},
    }


def test_the_world_of_a_corpus_has_its_papers_and_its_citations(corpus, shipped):
    assert len(shipped.papers) == len(corpus.papers)
    assert len(shipped.citations) == len(corpus.citations)
    printed = ScholarWorld.from_corpus(corpus, kinds={"printed_bibliography"})
    assert 0 < len(printed.citations) < len(shipped.citations)
    assert ScholarWorld.from_corpus(corpus) == shipped
    cited = sum(citation.cited == "vaswani2017" for citation in corpus.citations)
    assert len(read_pages(shipped, "ARXIV:1706.03762/citations", 7)) == cited > 7


def test_a_world_refuses_rows_of_papers_that_are_not_there():
    with pytest.raises(ValueError, match="no such paper: zzz"):
        ScholarWorld((OLD,), (CitationRecord("zzz", OLD.id),))
    with pytest.raises(ValueError, match="one id"):
        ScholarWorld((OLD, OLD))
