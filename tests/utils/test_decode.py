"""What a decoder refuses, in words that say what to do."""

from __future__ import annotations

import re
from typing import Any

import pytest

from graph.utils.decode import LONGEST_TEXT, Text, converted


@pytest.mark.parametrize(
    ("value", "kind", "message"),
    [
        ({"title": "x" * (LONGEST_TEXT + 1)}, dict[str, Text], "a value has more than 10,000 characters"),
        (["x", "x" * (LONGEST_TEXT + 1)], list[Text], "[1] has more than 10,000 characters"),
        (["x", "\t"], list[Text], "[1] is blank; leave it out where it is not known"),
        ({"names": {" ": 1}}, dict[str, dict[Text, int]], "a key is blank; leave it out where it is not known"),
        ("\u200b\u2060\N{RIGHT-TO-LEFT MARK}\0", Text, "a text is blank; leave it out where it is not known"),
        (" ", Text, "a text is blank; leave it out where it is not known"),
        ("x" * (LONGEST_TEXT + 1), Text, "a text has more than 10,000 characters"),
        (None, str, "it is null and must be a text"),
        (1, str, "it is a whole number and must be a text"),
    ],
)
def test_a_value_that_is_refused_is_named_by_its_place_and_its_fault(value: Any, kind: Any, message: str):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        converted(value, kind)


def test_the_longest_text_is_taken():
    assert converted("x" * LONGEST_TEXT, Text) == "x" * LONGEST_TEXT
