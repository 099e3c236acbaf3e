"""The size of a terminal: what the environment says goes first, unless it says nothing that can be."""

from __future__ import annotations

import io

import pytest

from graph.utils.terminal_size import USUAL, terminal_size


@pytest.mark.parametrize(
    ("said", "columns"),
    [("40", 40), ("99999", 99_999), ("", 80), ("0", 80), ("-5", 80), ("4O", 80), ("\u0663", 80), ("100000", 80)],
)
def test_columns_are_those_of_the_environment_where_it_has_a_number_of_at_most_five_digits(
    monkeypatch: pytest.MonkeyPatch, said: str, columns: int
):
    monkeypatch.setenv("COLUMNS", said)
    monkeypatch.delenv("LINES", raising=False)
    assert terminal_size(io.StringIO()) == (columns, USUAL.lines)
