"""What a person reads about a fetch: what was found, what was not, and what to check."""

from __future__ import annotations

from graph.model.corpus import Corpus, Paper
from graph.model.identifiers import identifier
from graph.sources.fetch import Fetched
from graph.sources.fetch.crawl import CrawlResult, Resolved, Unresolved
from graph.sources.fetch.report import ATTRIBUTION, coverage_lines, remark_lines, title_match_lines, total_lines
from graph.sources.fetch.targets import Target
from graph.sources.http.client import RequestCounts
from graph.sources.semantic_scholar.pagination import PagedList
from graph.sources.semantic_scholar.paper_rows import CitationRow, PaperRow

ROW = CitationRow(PaperRow("x" * 40, title="Cited"))
UNRESOLVED = CitationRow(PaperRow(title="A Report"))


def resolved(name: str, found_by: str = "", **fields) -> Resolved:
    """A target that was found; the id of its paper is its name."""
    return Resolved(Target(f"line of {name}"), PaperRow(name, **fields), found_by or name)


def paged(paper: str, direction: str = "references", *rows: CitationRow, **fields) -> PagedList:
    return PagedList(paper, direction, rows=rows, **{"ending": "complete", **fields})


def result(*found: Resolved, unresolved: tuple[Unresolved, ...] = (), **fields) -> CrawlResult:
    return CrawlResult(found, unresolved, **fields)


def fetched(crawled: CrawlResult, **fields) -> Fetched:
    corpus = Corpus({"a": Paper("a")})
    return Fetched(corpus, crawled, "2026-11-23", RequestCounts(sent=7, from_cache=3), **fields)


def test_a_line_for_each_paper_says_what_is_known_of_its_lists():
    stopped = "stopped after 1 rows, as requested"
    lists = (
        paged("one", "references", ROW, ROW, counted=2),
        paged("one", "citations", ROW, counted=9, ending="limited", why=stopped),
        paged("two", "references", ending="elided", why="withheld by the publisher"),
        paged("two", "citations", ROW, unreadable=("row 1: bad",), counted=2),
    )
    assert coverage_lines(result(resolved("one"), resolved("two"), resolved("three"), lists=lists)) == [
        f"{'line of one':<44}  references 2, complete; citations 1 of 9 counted, partial ({stopped})",
        f"{'line of two':<44}  references 0, elided (withheld by the publisher); citations 2, partial",
        f"{'line of three':<44}  metadata alone",
    ]


def test_a_long_label_is_shortened_and_controls_are_made_visible():
    (line,) = coverage_lines(CrawlResult((Resolved(Target("\x1b" + "x" * 60), PaperRow("one"), ""),), ()))
    assert line == "\\x1b" + "x" * 42 + "…  metadata alone"


def test_papers_that_were_not_found_are_named_with_the_reason_and_up_to_three_suggestions():
    lost = (
        Unresolved(Target("line 1"), "Semantic Scholar knows no b"),
        Unresolved(Target("line 2"), "no paper there has the same title", ("One", "Two", "T" * 100, "Four")),
    )
    assert remark_lines(fetched(result(unresolved=lost))) == [
        "not found: line 1: Semantic Scholar knows no b",
        f"not found: line 2: no paper there has the same title; did you mean One; Two; {'T' * 79}…?",
    ]


def test_an_answer_that_may_be_another_paper_is_pointed_out():
    other = (identifier("arxiv", "1409.0473"),)
    found = [
        resolved("one", "ARXIV:1409.9999", identifiers=other, title="Learning to Align"),
        resolved("two", "ARXIV:1409.0473", identifiers=other, title="Learning to Align"),
        resolved("three", "title 'Something'", identifiers=other),
        resolved("four", "ARXIV:1409.9999", identifiers=other),
    ]
    assert remark_lines(fetched(result(*found))) == [
        "line of one: asked for arxiv:1409.9999, got arxiv:1409.0473 'Learning to Align'; check that it is the same",
        "line of four: asked for arxiv:1409.9999, got arxiv:1409.0473 'an untitled paper'; check that it is the same",
    ]


def test_lists_that_failed_are_named_by_their_paper():
    lists = (
        paged("one", ending="failed", why="status 503, 8 times"),
        paged("bridge", ending="not_found", why="Paper with id bridge not found"),
        paged("untitled", ending="failed", why="no connection, 8 times"),
        paged("one", "citations", ending="capped", why="no failure"),
    )
    bridges = (PaperRow("bridge", title="B" * 100), PaperRow("untitled"))
    assert remark_lines(fetched(result(resolved("one"), lists=lists, bridges=bridges))) == [
        "references of line of one: status 503, 8 times",
        f"references of {'B' * 59}…: Paper with id bridge not found",
        "references of untitled: no connection, 8 times",
    ]


def test_rows_that_could_not_be_read_are_shown_up_to_twenty():
    def lines(count: int) -> list[str]:
        faults = tuple(f"row {n}: bad" for n in range(count))
        return remark_lines(fetched(result(lists=(paged("one", unreadable=faults),))))

    assert lines(20) == [f"references of s2:one: left out row {n}: bad" for n in range(20)]
    assert lines(23) == [*lines(20), "... and 3 more rows that could not be read"]


def test_what_its_title_alone_found_is_named_with_both_years():
    known = (identifier("doi", "10.5555/x"),)
    found = (
        Resolved(
            Target("entry 1: Tides", title="Tides", year=2021),
            PaperRow("a", known, "Tides", ("Cy",), 2019),
            "title 'T'",
        ),
        Resolved(Target("entry 2: Waves", title="Waves"), PaperRow("b", title="Waves"), "title 'Waves'"),
        resolved("three", found_by="10.5555/y"),
    )
    assert title_match_lines(fetched(result(*found))) == [
        "matched by title alone: entry 1: Tides (2021 here): doi:10.5555/x (Cy, 2019 there); check that it is the same",
        "matched by title alone: entry 2: Waves (no year here): b (no year there)",
    ]


def test_damaged_lines_are_counted():
    for damaged, lines in ((1, "1 damaged line"), (2, "2 damaged lines")):
        assert remark_lines(fetched(result(), damaged=damaged)) == [
            f"{lines} in the file of answers, skipped and requested again"
        ]


def test_the_totals_count_papers_requests_bridges_and_rows_without_a_paper():
    lists = (
        paged("one", "references", ROW, UNRESOLVED, UNRESOLVED),
        paged("bridge", "references", ROW),
        paged("empty", "references", ending="empty"),
        paged("bridge", "citations", ROW),
    )
    crawled = result(
        resolved("one"),
        resolved("one"),
        resolved("two"),
        unresolved=(Unresolved(Target("line 9"), "unknown"),),
        lists=lists,
        bridges=(PaperRow("bridge"), PaperRow("empty")),
    )
    assert total_lines(fetched(crawled)) == [
        "4 wanted, 3 found, 2 different papers; 7 requests sent, 3 answers from earlier runs",
        "the corpus has 1 paper and 0 citations",
        "papers that several of the list cite, and their references: 2 (1 complete, 1 partial)",
        "rows that name a paper which Semantic Scholar could not resolve: 2",
        ATTRIBUTION,
    ]


def test_what_there_is_none_of_is_not_in_the_totals():
    assert len(total_lines(fetched(result(resolved("one"), lists=(paged("one", "references", ROW),))))) == 3


def test_a_fetch_is_unfinished_when_something_failed_that_need_not_fail_again():
    assert not fetched(result(lists=(paged("one", ending="not_found"),))).unfinished
    assert fetched(result(lists=(paged("one", ending="failed"),))).unfinished
    assert not fetched(result(unresolved=(Unresolved(Target("x"), "unknown"),))).unfinished
    assert fetched(result(unresolved=(Unresolved(Target("x"), "status 503", failed=True),))).unfinished
