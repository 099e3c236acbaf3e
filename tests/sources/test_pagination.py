"""Reading one list page by page: offset limits, withheld lists, shifting rows, halved pages, and how a list ends."""

from __future__ import annotations

import datetime
import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.sources.http.outcomes import Accept, GiveUp, Shrink
from graph.sources.semantic_scholar.endpoints import OFFSET_LIMIT, page_request
from graph.sources.semantic_scholar.pagination import (
    DateWindow,
    PagedList,
    after_outcome,
    citation_dates,
    distinct_rows,
    next_request,
    read_pages,
    split_at_publication,
)
from graph.sources.semantic_scholar.paper_rows import CitationRow, PaperRow
from graph.sources.semantic_scholar.responses import NotFound, OffsetLimit, ResultPage

PAPER = "f" * 40
REFERENCES = PagedList(PAPER, "references")
CITATIONS = PagedList(PAPER, "citations")


def row(number, **fields):
    return CitationRow(PaperRow(f"{number:040x}", title=f"Paper {number}"), **fields)


ROWS = tuple(row(number) for number in range(12_000))


def page(*rows, **fields):
    return Accept(ResultPage(tuple(rows), **fields))


def offset_and_limit(request):
    params = dict(request.params)
    return int(params["offset"]), int(params["limit"])


def service(rows, *, largest=10_001, slow=()):
    """Outcomes for a list of these rows, as the contract describes them."""

    def outcome_of(request):
        offset, limit = offset_and_limit(request)
        assert offset + limit < OFFSET_LIMIT
        if limit > largest:
            return Shrink("too large", permanent=True)
        if (offset, limit) in slow:
            return Shrink("too slow", permanent=False)
        following = offset + limit
        return page(*rows[offset:following], next=following if following < len(rows) else None)

    return outcome_of


def read(paged, outcome_of):
    """The list when it has ended, and the offset and limit of every request."""
    requests = []
    reading = read_pages(paged)
    try:
        request = next(reading)
        while True:
            requests.append(offset_and_limit(request))
            request = reading.send(outcome_of(request))
    except StopIteration as end:
        return end.value, requests


def test_a_short_list_is_complete_after_one_page():
    paged, requests = read(REFERENCES, service(ROWS[:57]))
    assert (paged.state, paged.rows, requests) == ("complete", ROWS[:57], [(0, 1000)])


def test_the_last_page_below_the_offset_limit_is_one_row_short_and_the_list_is_capped():
    paged, requests = read(CITATIONS, service(ROWS))
    assert requests == [*((n, 1000) for n in range(0, 9000, 1000)), (9000, 999)]
    assert (paged.state, paged.rows) == ("capped", ROWS[:9999])
    assert paged.why == "the service lists no more than 9999 rows"


def test_a_list_that_ends_just_below_the_offset_limit_is_complete():
    paged, _ = read(CITATIONS, service(ROWS[:9999]))
    assert (paged.state, len(paged.rows)) == ("complete", 9999)


def test_reading_stops_after_as_many_rows_as_were_asked_for():
    paged, requests = read(replace(CITATIONS, max_rows=1500), service(ROWS[:5000]))
    assert (paged.state, len(paged.rows), requests) == ("partial", 1500, [(0, 1000), (1000, 500)])
    assert paged.why == "stopped after 1500 rows, as requested"


def test_a_list_that_ends_before_as_many_rows_as_were_asked_for_is_complete():
    paged, _ = read(replace(CITATIONS, max_rows=1500), service(ROWS[:1400]))
    assert (paged.state, len(paged.rows)) == ("complete", 1400)


def test_a_list_that_was_not_read_to_its_end_is_failed_or_not_fetched():
    assert REFERENCES.state == "not_fetched"
    assert after_outcome(REFERENCES, page(row(1), next=1000)).state == "failed"


def test_a_withheld_list_is_elided_and_not_empty():
    paged = after_outcome(REFERENCES, Accept(ResultPage(None, elided=True)))
    assert (paged.state, paged.rows, paged.why) == ("elided", (), "withheld by the publisher")


def test_an_empty_page_whose_disclaimer_withholds_references_is_elided():
    paged = after_outcome(REFERENCES, page(elided=True))
    assert (paged.state, paged.why) == ("elided", "withheld by the publisher")


def test_a_list_that_is_withheld_from_its_second_page_on_is_partial():
    first = after_outcome(REFERENCES, page(row(1), next=1000))
    second = after_outcome(first, Accept(ResultPage(None, elided=True)))
    assert (second.state, second.rows, second.why) == (
        "partial",
        (row(1),),
        "the list is withheld from row 1000 on",
    )


def test_an_empty_list_of_references_is_never_complete_because_unknown_is_not_zero():
    assert after_outcome(replace(REFERENCES, counted=0), page()).state == "partial"
    counted = after_outcome(replace(REFERENCES, counted=38), page())
    assert (counted.state, counted.ending) == ("partial", "empty_but_counted")
    assert counted.why == "the service counts 38 rows but lists none"


def test_an_empty_list_of_citations_is_complete_unless_the_service_counts_some():
    assert after_outcome(replace(CITATIONS, counted=0), page()).state == "complete"
    assert after_outcome(replace(CITATIONS, counted=None), page()).state == "complete"
    assert after_outcome(replace(CITATIONS, counted=9), page()).state == "partial"


def test_no_citations_in_a_date_window_are_no_contradiction_to_the_count_of_all():
    window = DateWindow(datetime.date(2020, 1, 1), datetime.date(2020, 1, 31))
    assert after_outcome(replace(CITATIONS, counted=9, window=window), page()).ending == "empty"


def test_a_paper_that_is_gone_and_a_silent_service_are_failures():
    gone = after_outcome(REFERENCES, Accept(NotFound("no such paper")))
    assert (gone.state, gone.ending, gone.why) == ("failed", "not_found", "no such paper")
    silent = after_outcome(REFERENCES, GiveUp("no connection, 8 times"))
    assert (silent.state, silent.ending, silent.why) == ("failed", "failed", "no connection, 8 times")


def test_a_response_to_another_question_is_a_failure():
    assert after_outcome(REFERENCES, Accept((None,))).state == "failed"


def test_a_list_that_fails_late_keeps_its_rows():
    first = after_outcome(REFERENCES, page(*ROWS[:1000], next=1000))
    failed = after_outcome(first, GiveUp("status 503, 8 times"))
    assert (failed.state, failed.rows, failed.offset) == ("failed", ROWS[:1000], 1000)


def test_a_list_is_read_up_to_an_offset_limit_that_is_lower_than_documented():
    paged = after_outcome(CITATIONS, Accept(OffsetLimit(400)))
    assert offset_and_limit(next_request(paged)) == (0, 399)
    paged = after_outcome(paged, page(*ROWS[:399], next=399))
    assert (paged.state, paged.rows) == ("capped", ROWS[:399])


@pytest.mark.parametrize(("limit", "ending"), [(1, "capped"), (2, None), (1000, None), (1001, "capped")])
def test_an_offset_limit_that_leaves_no_row_or_does_not_explain_the_refusal_caps_the_list(limit, ending):
    assert after_outcome(CITATIONS, Accept(OffsetLimit(limit))).ending == ending


def test_rows_that_could_not_be_read_leave_the_list_partial_and_are_counted():
    paged = after_outcome(REFERENCES, page(row(1), unreadable=("row 1: the title is a number",)))
    assert (paged.state, paged.row_count) == ("partial", 2)
    two_pages = after_outcome(after_outcome(REFERENCES, page(unreadable=("row 0: bad",), next=1)), page(row(1)))
    assert (two_pages.state, two_pages.unreadable) == ("partial", ("row 0: bad",))
    nothing_else = after_outcome(REFERENCES, page(unreadable=("row 0: the title is a number",)))
    assert (nothing_else.state, nothing_else.ending) == ("partial", "complete")


def test_a_next_page_that_would_skip_rows_is_not_believed():
    assert after_outcome(REFERENCES, page(*ROWS[:1000], next=5000)).offset == 1000


def test_a_next_page_that_begins_earlier_than_expected_is_read():
    assert after_outcome(REFERENCES, page(*ROWS[:900], next=900)).offset == 900


def test_pages_that_are_too_large_are_halved_until_they_fit_and_stay_small():
    paged, requests = read(CITATIONS, service(ROWS[:700], largest=300))
    assert requests == [(0, 1000), (0, 500), (0, 250), (250, 250), (500, 250)]
    assert (paged.state, paged.rows) == ("complete", ROWS[:700])


def test_pages_that_only_took_too_long_grow_again():
    _, requests = read(CITATIONS, service(ROWS[:3000], slow={(0, 1000)}))
    assert requests == [(0, 1000), (0, 500), (500, 1000), (1500, 1000), (2500, 1000)]


def test_a_row_that_repeats_counts_once_and_adds_what_it_says():
    rows = (
        row(1, influential=False, intents=("method",), contexts=("s", "t")),
        row(2),
        row(1, influential=True, intents=("background",), contexts=("t", "r")),
    )
    merged = row(1, influential=True, intents=("background", "method"), contexts=("s", "t", "r"))
    assert distinct_rows(rows) == (merged, row(2))
    assert distinct_rows(rows[::-1])[0].influential


def test_unresolved_references_with_different_titles_stay_apart():
    rows = tuple(CitationRow(PaperRow(title=title)) for title in ("One", "Two", "One"))
    assert [each.paper.title for each in distinct_rows(rows)] == ["One", "Two"]


@given(st.integers(0, 11_000), st.integers(100, 1200), st.sets(st.tuples(st.integers(0, 9), st.just(1000))))
def test_however_the_pages_fall_the_rows_are_the_same(size, largest, slow):
    rows = ROWS[:size]
    paged, requests = read(CITATIONS, service(rows, largest=largest, slow={(n * 1000, limit) for n, limit in slow}))
    assert distinct_rows(paged.rows) == rows[:9999]
    assert paged.ending == ("capped" if size > 9999 else "complete" if size else "empty")
    assert len(requests) <= 2 * 11_000 / (min(largest, 1000) / 2) + 12


def test_a_date_window_is_requested_by_both_of_its_days():
    window = DateWindow(datetime.date(2020, 2, 1), datetime.date(2020, 2, 29))
    request = next_request(replace(CITATIONS, window=window))
    assert dict(request.params)["publicationDateOrYear"] == "2020-02-01:2020-02-29"
    assert "publicationDateOrYear" not in dict(next_request(CITATIONS).params)


@given(
    st.dates(datetime.date(1900, 1, 1), datetime.date(2030, 1, 1)),
    st.dates(datetime.date(1900, 1, 1), datetime.date(2030, 1, 1)),
)
def test_the_parts_of_a_date_window_are_all_of_its_days_once(one, other):
    window = DateWindow(min(one, other), max(one, other))
    parts = window.split() or (window,)
    assert (parts[0].start, parts[-1].end) == (window.start, window.end)
    for earlier, later in itertools.pairwise(parts):
        assert later.start - earlier.end == datetime.timedelta(days=1)


def test_date_windows_split_into_years_months_and_days():
    window = citation_dates(datetime.date(2026, 11, 23))
    assert str(window) == "1900-01-01:2027-12-31"
    parts = [window]
    while parts[-1].split():
        parts.append(parts[-1].split()[-1])
    assert [str(part) for part in parts[1:]] == [
        "2027-01-01:2027-12-31",
        "2027-12-01:2027-12-31",
        "2027-12-31:2027-12-31",
    ]


def test_the_years_long_before_a_paper_are_one_part():
    window = citation_dates(datetime.date(2026, 1, 1))
    parts = split_at_publication(window, 2017)
    assert [str(part) for part in parts[:2]] == ["1900-01-01:2015-12-31", "2016-01-01:2016-12-31"]
    assert len(parts) == 13
    assert split_at_publication(window, None) == window.split()
    assert split_at_publication(citation_dates(datetime.date(2026, 1, 1), since=datetime.date(2020, 5, 1)), 2017) == (
        citation_dates(datetime.date(2026, 1, 1), since=datetime.date(2020, 5, 1)).split()
    )


@pytest.mark.parametrize(("offset", "limit"), [(9999, 1), (9000, 1000), (-1, 10), (0, 0), (0, 1001)])
def test_a_page_that_the_service_does_not_have_cannot_be_requested(offset, limit):
    with pytest.raises(ValueError, match="the service has no page with offset"):
        page_request(PAPER, "citations", offset=offset, limit=limit)


def test_equal_requests_have_equal_keys_and_others_have_others():
    assert next_request(CITATIONS).key == next_request(replace(CITATIONS, rows=(row(1),))).key
    others = [replace(CITATIONS, contexts=True), replace(CITATIONS, offset=1), REFERENCES]
    assert len({next_request(each).key for each in [CITATIONS, *others]}) == 4
