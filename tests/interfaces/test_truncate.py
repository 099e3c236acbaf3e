"""An answer is cut to a size, what was cut is counted, and the rest can be had."""

from __future__ import annotations

import json
from itertools import chain
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import InputError
from graph.interfaces.mcp.truncate import (
    MOST_FIELDS,
    TEXT_LENGTHS,
    Cut,
    bounded,
    compact,
    part_of,
    size,
    text_end,
)

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=40,
)


@given(VALUES, st.integers(60, 4000))
def test_what_is_kept_of_a_value_is_its_beginning_and_every_cut_is_counted(value: Any, limit: int):
    kept, cuts = bounded(value, limit)
    assert (kept == value) == (not cuts)
    assert size(value) > limit or not cuts
    for cut in cuts:
        items, end, total = part_of(value, cut.part, cut.shown, 10**9)
        assert (len(items), end, total) == (cut.more, cut.total, cut.total)


@given(st.text())
def test_json_on_one_line_shows_what_cannot_be_seen_and_is_the_same_value(text: str):
    line = compact([text])
    assert json.loads(line) == [text]
    assert not {"\n", "\x7f", "\x9b", "\u202e", "\u2028", "\u200b", "\U000e0041"} & set(line)


@given(st.text(min_size=1), st.integers(8, 50))
def test_a_text_is_paged_without_a_gap(text: str, limit: int):
    end, pages = 0, []
    while end < len(text):
        start, end = end, text_end(text, end, limit)
        pages.append(text[start:end])
        assert len(pages[-1]) == 1 or size(pages[-1]) <= limit
    assert "".join(pages) == text


@given(st.lists(st.text(max_size=30), min_size=1) | st.dictionaries(st.text(), st.text(max_size=30), min_size=1))
def test_a_list_or_a_table_is_paged_without_a_gap(value: Any):
    end, pages = 0, []
    while end < len(value):
        page, following, total = part_of({"part": value}, "/part", end, 60)
        assert following > end
        assert total == len(value)
        assert len(page) == following - end == 1 or size(page) <= 60 + 2
        pages.append(page)
        end = following
    if isinstance(value, list):
        assert list(chain.from_iterable(pages)) == value
    else:
        assert {name: text for page in pages for name, text in page.items()} == value


def test_as_many_items_are_kept_as_fit():
    value = {"long": list(range(100)), "short": [1, 2]}
    kept, cuts = bounded(value, 60)
    longer = kept | {"long": value["long"][: len(kept["long"]) + 1]}
    assert size(kept) <= 60 < size(longer)
    assert kept["short"] == [1, 2]
    assert cuts == [Cut("/long", len(kept["long"]), 100, 100 - len(kept["long"]))]


@given(st.lists(st.integers(1, 6), min_size=2, max_size=9), st.integers(40, 400))
def test_a_path_is_whole_as_long_as_the_first_one_fits(lengths: list[int], limit: int):
    paths = [{"papers": ["paper"] * (n + 1), "hops": [*range(n)]} for n in lengths]
    kept, cuts = bounded({"paths": paths}, limit)
    if size({"paths": paths[:1]}) <= limit:
        assert kept["paths"] == paths[: len(kept["paths"])]
        assert [cut.part for cut in cuts] == ["/paths"] * (len(kept["paths"]) < len(paths))
    assert size(kept) <= limit or not kept["paths"]


def test_an_answer_of_just_the_limit_is_whole():
    value = {"keys": ["a", "b"]}
    assert bounded(value, size(value)) == (value, [])
    assert bounded(value, size(value) - 1)[1] != []


def test_only_long_texts_are_cut_and_to_the_greatest_length_that_fits():
    value = {"text": "x" * 5000, "short": "y" * TEXT_LENGTHS[-1]}
    for length, limit in zip(TEXT_LENGTHS, (4000, 1000, 150), strict=True):
        kept, cuts = bounded(value, limit)
        assert kept == {"text": "x" * length, "short": value["short"]}
        assert cuts == [Cut("/text", length, 5000, 5000 - length)]


def test_an_object_of_many_fields_is_a_table_and_is_cut_like_a_list():
    fields = {f"field{n}": n for n in range(MOST_FIELDS)}
    assert bounded([fields, list(range(10_000))], size(fields) + 60)[0][0] == fields
    table = fields | {"one more": 1}
    kept, cuts = bounded([table, list(range(10_000))], 500)
    assert len(kept[0]) < len(table)
    assert [cut.part for cut in cuts] == ["/0", "/1"]


def test_cuts_inside_items_point_to_them():
    value = {"a/b": [{"~": list(range(2000))}, {"~1": list(range(3000))}]}
    _, cuts = bounded(value, 400)
    assert [(cut.part, cut.total) for cut in cuts] == [("/a~1b/0/~0", 2000), ("/a~1b/1/~01", 3000)]
    for cut in cuts:
        assert part_of(value, cut.part, cut.total - 1)[0] == [cut.total - 1]


@pytest.mark.parametrize(
    ("part", "message"),
    [
        ("/no", "has no part '/no'"),
        ("/list/3", "has no part"),
        ("/list/-1", "has no part"),
        ("/list/x", "has no part"),
        ("/list/¹", "has no part"),
        ("/text/0", "has no part"),
        ("/number", "holds no items"),
        ("list", "holds no items"),
    ],
)
def test_a_part_that_is_not_there_is_refused(part: str, message: str):
    with pytest.raises(InputError, match=message):
        part_of({"list": [1, 2, 3], "text": "abc", "number": 5}, part, 0)


def test_the_answer_itself_is_a_part():
    assert part_of({"a": 1, "b": 2}, "", 1) == ({"b": 2}, 2, 2)
    assert part_of(["a", "b"], "", 0) == (["a", "b"], 2, 2)


def test_one_item_is_given_however_long_it_is():
    assert part_of(["x" * 100, "y"], "", 0, limit=10) == (["x" * 100], 1, 2)
    assert part_of(["x" * 100, "y"], "", 1, limit=10) == (["y"], 2, 2)
    assert part_of(["x"], "", 5, limit=10) == ([], 5, 1)
