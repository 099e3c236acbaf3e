"""JSON for people and programs: indented as the standard library does it, whatever it holds."""

from __future__ import annotations

import json
from typing import Any

import pytest

from graph.utils.text import visible_json


@pytest.mark.parametrize(
    "value",
    [
        {"a": [1, {"b": None}], "c": {}, "d": [], "e": 1e-07, "f": 10**30, "g": True},
        ['"\\\n/', "\u00e9\U0001d4aa", "\ud800", float("nan")],
        [[[[[["deep"]]]]]],
    ],
)
def test_it_is_indented_as_the_standard_library_does(value: Any):
    assert visible_json(value, indent=1) == json.dumps(value, ensure_ascii=False, indent=1).replace("\ud800", "\\ud800")
