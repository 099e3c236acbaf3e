"""A walk through one list: the wall, withheld lists, shifting rows, halved pages, and where it ends."""

from __future__ import annotations

import datetime
import itertools
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.sources.semantic_scholar.date_windows import Window, all_days, likely_parts
from graph.sources.semantic_scholar.endpoints import WALL
from graph.sources.semantic_scholar.pagination import (
    Answered,
    NoResult,
    TooLarge,
    Walk,
    distinct,
    next_request,
    step,
    walked,
)
from graph.sources.semantic_scholar.responses import EdgeRow, NotFound, OffsetLimit, PaperRow, ResultPage

ME = "f" * 40


def _row(number, **fields):
    return EdgeRow(PaperRow(f"{number:040x}", title=f"Paper {number}"), **fields)


ROWS = [_row(number) for number in range(12_000)]


def row(number, **fields):
    return _row(number, **fields) if fields else ROWS[number]


def asked(request):
    params = dict(request.params)
    return int(params["offset"]), int(params["limit"])


def service(rows, *, too_large=10_001, slow=()):
    """Answers for a list of so many rows, as the contract describes them."""

    def answer(request):
        offset, limit = asked(request)
        assert offset + limit < WALL
        if limit > too_large:
            return TooLarge(lasting=True)
        if (offset, limit) in slow:
            return TooLarge(lasting=False)
        following = offset + limit
        return Answered(ResultPage(tuple(rows[offset:following]), following if following < len(rows) else None))

    return answer


def run(walk, answer, *, counted=None):
    requests = []
    talk = walked(walk, counted=counted)
    try:
        request = next(talk)
        while True:
            requests.append(asked(request))
            request = talk.send(answer(request))
    except StopIteration as end:
        return end.value, requests


def test_a_short_list_is_complete_after_one_page():
    walk, requests = run(Walk(ME, "references"), service([row(n) for n in range(57)]))
    assert (walk.state, len(walk.rows), requests) == ("complete", 57, [(0, 1000)])


def test_the_last_page_before_the_wall_is_one_row_short_and_the_walk_is_capped():
    walk, requests = run(Walk(ME, "citations"), service([row(n) for n in range(12_000)]))
    assert requests == [*((n, 1000) for n in range(0, 9000, 1000)), (9000, 999)]
    assert (walk.state, len(walk.rows)) == ("capped", 9999)


def test_a_list_that_ends_just_below_the_wall_is_complete():
    walk, _ = run(Walk(ME, "citations"), service([row(n) for n in range(9999)]))
    assert (walk.state, len(walk.rows)) == ("complete", 9999)


def test_a_walk_stops_after_as_many_rows_as_were_wanted():
    walk, requests = run(Walk(ME, "citations", most=1500), service([row(n) for n in range(5000)]))
    assert (walk.state, len(walk.rows), requests) == ("partial", 1500, [(0, 1000), (1000, 500)])


def test_a_withheld_list_is_elided_and_not_empty():
    walk = step(Walk(ME, "references"), Answered(ResultPage(None, elided=True)))
    assert (walk.state, walk.rows) == ("elided", ())


def test_an_empty_page_whose_disclaimer_withholds_references_is_elided():
    assert step(Walk(ME, "references"), Answered(ResultPage((), elided=True))).state == "elided"


def test_a_list_that_is_withheld_from_its_second_page_on_is_partial():
    walk = step(Walk(ME, "references"), Answered(ResultPage((row(1),), next=1000)))
    assert step(walk, Answered(ResultPage(None, elided=True))).state == "partial"


def test_no_references_are_never_complete_because_unknown_is_not_zero():
    assert step(Walk(ME, "references"), Answered(ResultPage(())), counted=0).state == "partial"
    counted = step(Walk(ME, "references"), Answered(ResultPage(())), counted=38)
    assert (counted.state, counted.ending) == ("partial", "empty_but_counted")


def test_no_citations_are_complete_when_none_are_counted():
    assert step(Walk(ME, "citations"), Answered(ResultPage(())), counted=0).state == "complete"
    assert step(Walk(ME, "citations"), Answered(ResultPage(())), counted=9).state == "partial"


def test_a_paper_that_is_gone_and_a_silent_service_are_failures():
    assert step(Walk(ME, "references"), Answered(NotFound("not found"))).state == "failed"
    silent = step(Walk(ME, "references"), NoResult("no connection, 8 times"))
    assert (silent.state, silent.why) == ("failed", "no connection, 8 times")


def test_a_walk_that_fails_late_keeps_its_rows():
    walk = step(Walk(ME, "references"), Answered(ResultPage(tuple(row(n) for n in range(1000)), next=1000)))
    failed = step(walk, NoResult("status 503, 8 times"))
    assert (failed.state, len(failed.rows), failed.offset) == ("failed", 1000, 1000)


def test_a_wall_that_stands_nearer_than_it_did_is_walked_up_to():
    walk = step(Walk(ME, "citations"), Answered(OffsetLimit(400)))
    assert asked(next_request(walk)) == (0, 399)
    walk = step(walk, Answered(ResultPage(tuple(ROWS[:399]), next=399)))
    assert (walk.state, len(walk.rows)) == ("capped", 399)


def test_a_wall_that_cannot_be_walked_up_to_caps_the_walk():
    assert step(Walk(ME, "citations"), Answered(OffsetLimit(1))).state == "capped"
    assert step(Walk(ME, "citations"), Answered(OffsetLimit(10_000))).state == "capped"


def test_rows_that_could_not_be_read_leave_the_list_partial():
    assert (
        step(Walk(ME, "references"), Answered(ResultPage((row(1),), unreadable=("row 1: title is a int",)))).state
        == "partial"
    )


def test_a_next_that_skips_rows_is_not_believed():
    walk = step(Walk(ME, "references"), Answered(ResultPage(tuple(row(n) for n in range(1000)), next=5000)))
    assert walk.offset == 1000


def test_pages_that_are_too_large_are_halved_until_they_fit_and_stay_small():
    walk, requests = run(Walk(ME, "citations"), service([row(n) for n in range(700)], too_large=300))
    assert requests == [(0, 1000), (0, 500), (0, 250), (250, 250), (500, 250)]
    assert (walk.state, [r.paper.paper_id for r in walk.rows]) == ("complete", [f"{n:040x}" for n in range(700)])


def test_pages_that_only_took_too_long_grow_again():
    _, requests = run(Walk(ME, "citations"), service([row(n) for n in range(3000)], slow={(0, 1000)}))
    assert requests == [(0, 1000), (0, 500), (500, 1000), (1500, 1000), (2500, 1000)]


def test_a_row_that_repeats_counts_once_and_adds_what_it_says():
    rows = (row(1, influential=False, intents=("background",)), row(2), row(1, influential=True, contexts=("s",)))
    assert distinct(rows) == (row(1, influential=True, intents=("background",), contexts=("s",)), row(2))


def test_unresolved_references_with_different_titles_stay_apart():
    rows = tuple(EdgeRow(PaperRow(title=title)) for title in ("One", "Two", "One"))
    assert [each.paper.title for each in distinct(rows)] == ["One", "Two"]


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 11_000), st.integers(100, 1200), st.sets(st.tuples(st.integers(0, 9), st.just(1000))))
def test_however_the_pages_fall_the_rows_are_the_same(size, too_large, slow):
    rows = ROWS[:size]
    walk, requests = run(
        Walk(ME, "citations"), service(rows, too_large=too_large, slow={(n * 1000, limit) for n, limit in slow})
    )
    assert distinct(walk.rows) == tuple(rows[:9999])
    assert walk.ending == ("capped" if size > 9999 else "complete" if size else "empty")
    assert len(requests) <= 2 * 11_000 / (min(too_large, 1000) / 2) + 12


def test_a_window_is_asked_for_by_both_of_its_days():
    window = Window(datetime.date(2020, 2, 1), datetime.date(2020, 2, 29))
    request = next_request(Walk(ME, "citations", window=window))
    assert dict(request.params)["publicationDateOrYear"] == "2020-02-01:2020-02-29"


@given(
    st.dates(datetime.date(1900, 1, 1), datetime.date(2030, 1, 1)),
    st.dates(datetime.date(1900, 1, 1), datetime.date(2030, 1, 1)),
)
def test_the_parts_of_a_window_are_all_of_its_days_once(one, other):
    window = Window(min(one, other), max(one, other))
    parts = window.parts() or (window,)
    assert (parts[0].start, parts[-1].end) == (window.start, window.end)
    for earlier, later in itertools.pairwise(parts):
        assert later.start - earlier.end == datetime.timedelta(days=1)


def test_windows_split_down_to_days_and_no_further():
    window = all_days(datetime.date(2026, 11, 23))
    depth = 0
    while window.parts():
        window = window.parts()[-1]
        depth += 1
    assert (depth, window.start) == (3, window.end)


def test_the_years_long_before_a_paper_are_one_window():
    parts = likely_parts(all_days(datetime.date(2026, 1, 1)), 2017)
    assert len(parts) == 13
    assert str(parts[0]) == "1900-01-01:2015-12-31"


def test_a_page_beyond_the_wall_cannot_even_be_written():
    with pytest.raises(ValueError, match="not a page"):
        next_request(replace(Walk(ME, "citations"), offset=9999))


def test_equal_questions_have_equal_keys_and_others_have_others():
    walk = Walk(ME, "citations")
    assert next_request(walk).key == next_request(replace(walk, rows=(row(1),))).key
    assert next_request(walk).key != next_request(replace(walk, contexts=True)).key
