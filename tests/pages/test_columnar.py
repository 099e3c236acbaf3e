"""Packed columns: every value comes back, and repeated values are written once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.pages.columnar import pack_column


def unpacked(column: dict[str, Any], rows: int) -> list[Any]:
    """The values of a packed column, as `columnReader` of model.js reads them."""
    if "all" in column:
        return list(column["all"])
    if "of" in column:
        return [column["kinds"][n] for n in column["of"]]
    exceptions = dict(zip(column["at"], column["are"], strict=True))
    return [exceptions.get(n, column["usual"]) for n in range(rows)]


VALUES = st.one_of(st.none(), st.integers(0, 3), st.text(max_size=2), st.tuples(st.integers(0, 2), st.text(max_size=1)))


@given(st.lists(VALUES))
def test_a_packed_column_holds_every_value(values: list[object]) -> None:
    packed = json.loads(json.dumps(pack_column(values)))
    assert unpacked(packed, len(values)) == json.loads(json.dumps(values))


@pytest.mark.parametrize(
    ("values", "form"),
    [
        ([], {"all"}),
        ([None] * 5, {"usual", "at", "are"}),
        ([7, *[0] * 4], {"usual", "at", "are"}),  # four fifths are equal
        ([7, 8, *[0] * 7], {"all"}),  # fewer are
        ([0, 0, 1, 1] * 2, {"kinds", "of"}),  # four rows a value
        ([0, 1, 2] * 2, {"all"}),  # two rows a value
        ([["no", "hash"]] * 5, {"all"}),
    ],
)
def test_the_form_of_a_column_follows_from_its_repetitions(values: Sequence[object], form: set[str]) -> None:
    assert pack_column(values).keys() == form


def test_equal_values_are_written_once_though_they_are_different_objects() -> None:
    assert pack_column([(n,) for n in [1] * 5]) == {"usual": (1,), "at": [], "are": []}


def test_kinds_stand_in_the_order_of_their_first_use() -> None:
    assert pack_column(list("baab" * 2))["kinds"] == ["b", "a"]
