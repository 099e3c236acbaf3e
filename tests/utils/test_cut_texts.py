"""A text is cut between the characters that a reader counts, by the program and by its pages alike."""

from __future__ import annotations

import json
import subprocess

from hypothesis import given
from hypothesis import strategies as st

from graph.interfaces.mcp.truncate import bounded, text_end
from graph.pages.templates import ASSETS
from graph.utils.display_width import beginning
from graph.utils.text import clipped

CHARACTERS = [
    *("a", "-", "\u00e9", "e\u0301", "o\u0302\u0323", "論", "\u1112\u1161\u11ab", "\u0e17\u0e35\u0e48"),
    *("\U0001f469\u200d\U0001f52c", "\U0001f1e8\U0001f1ed", "\u2764\ufe0f", "\U0001f44d\U0001f3fd"),
]
"""What readers count as one character each, by Unicode's annex 29: accents, Hangul, Thai, emoji, a flag."""
TEXTS = st.lists(st.sampled_from(CHARACTERS), max_size=30)


def longest(characters: list[str], most: int) -> str:
    """The longest beginning of whole characters, of at most so many code points, by trying all."""
    beginnings = ["".join(characters[:n]) for n in range(len(characters) + 1)]
    return max((each for each in beginnings if len(each) <= most), key=len)


@given(TEXTS, st.integers(1, 40))
def test_no_character_is_torn(characters: list[str], most: int):
    text = "".join(characters)
    assert beginning(text, most) == longest(characters, most)
    assert clipped(text, most) == (text if len(text) <= most else longest(characters, most - 1) + "…")


@given(TEXTS, st.integers(12, 60))
def test_no_page_of_a_text_for_agents_begins_inside_a_character(characters: list[str], limit: int):
    text, borders = "".join(characters), {len("".join(characters[:n])) for n in range(len(characters) + 1)}
    end = 0
    while end < len(text):
        end = text_end(text, end, limit)
        assert end in borders


def test_a_long_text_for_agents_is_cut_at_a_character():
    kept, (cut,) = bounded({"text": "e\u0301" * 100}, 80)
    assert kept["text"] == "e\u0301" * 20
    assert (cut.shown, cut.total) == (40, 200)


def test_pages_cut_a_text_where_the_program_does():
    cases = [("".join(CHARACTERS[n:] + CHARACTERS[:n]), most) for n in range(len(CHARACTERS)) for most in range(1, 25)]
    script = (ASSETS / "clip_text.js").read_text("utf-8")
    code = f"{script}; console.log(JSON.stringify({json.dumps(cases)}.map(([text, most]) => clipText(text, most))))"
    run = subprocess.run(["node", "-e", code], capture_output=True, encoding="utf-8", check=True)
    assert json.loads(run.stdout) == [clipped(text, most) for text, most in cases]
