"""Texts laid out for a terminal: every line fits, nothing is lost, and no character that a reader counts is torn."""

from __future__ import annotations

import wcwidth
from hypothesis import given
from hypothesis import strategies as st

from graph.utils.display_width import cut, display_width
from graph.utils.fit_text import fit_text

LETTERS = st.sampled_from(["a", "Bc", "→", "論文", "é", "e\u0301", "🔬", "👩‍🔬", "שלום", "한국어", "123", "(4%)"])
WORDS = st.lists(LETTERS, min_size=1, max_size=14).map("".join)
CELLS = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)
LINES = st.builds(lambda indent, gap, cells: " " * indent + gap.join(cells),
                  st.integers(0, 12), st.sampled_from(["  ", "    "]), st.lists(CELLS, max_size=4))  # fmt: skip
ROWS = [("names of the first", "9.50", 1), ("名前", "12.25", 20), ("x", "0.05", 300)]
TEXTS = st.lists(LINES, max_size=6).map("\n".join)


@given(TEXTS, st.integers(20, 120))
def test_every_line_fits_and_all_characters_stay_in_their_order(text: str, width: int):
    shown = fit_text(text, width)
    assert all(wcwidth.wcswidth(line) <= width for line in shown.split("\n"))
    assert [each for each in wcwidth.iter_graphemes(shown) if not each.isspace()] == [
        each for each in wcwidth.iter_graphemes(text) if not each.isspace()
    ]


@given(CELLS, st.integers(2, 40))
def test_what_is_cut_fits_and_is_a_beginning_of_whole_characters(text: str, width: int):
    shown = cut(text, width)
    assert display_width(shown) <= width
    if shown != text:
        characters = list(wcwidth.iter_graphemes(text))
        assert shown.removesuffix("…").rstrip() in {"".join(characters[:n]).rstrip() for n in range(len(characters))}


def test_numbers_of_a_table_end_in_one_column_though_the_names_before_them_are_wide():
    text = "\n".join(f"  {name:<18}  {number:>6}  rank {rank}" for name, number, rank in ROWS)
    assert fit_text(text, 80).split("\n") == [
        "  names of the first    9.50  rank 1",
        "  名前                 12.25  rank 20",
        "  x                     0.05  rank 300",
    ]
