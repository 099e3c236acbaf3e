"""The page about the architecture says what the code says: packages, imports, and the road of one question."""

from __future__ import annotations

import subprocess
import sys
from pkgutil import resolve_name

from architecture import DRAWING, PAGE, QUESTION, ROAD, drawing, filled, layers, packages

WRITE_AGAIN = "run: python docs/_ext/architecture.py"

TRACED = """
import sys

called = {}

def note(frame, event, _):
    module = frame.f_globals.get("__name__", "")
    if event == "call" and module.startswith("graph."):
        called.setdefault(f"{module}.{frame.f_code.co_qualname}")

from graph.__main__ import main

sys.setprofile(note)
try:
    main()
except SystemExit:
    pass
finally:
    sys.setprofile(None)
print(*called, sep="\\n", file=sys.stderr)
"""
"""Runs the command with the words of its command line, and writes the functions it calls, each once, to stderr."""


def test_the_drawing_shows_the_imports_as_they_are():
    assert DRAWING.read_text("utf-8") == drawing(), WRITE_AGAIN


def test_the_page_lists_the_packages_and_the_road_as_they_are():
    text = PAGE.read_text("utf-8")
    assert filled(text) == text, WRITE_AGAIN
    assert all(f"\n{number}. `{name}` " in text for number, name in enumerate(ROAD, start=1))
    assert all(f"\n| `{name}` | " in text for name in packages())


def test_there_are_at_most_ten_packages_on_at_most_ten_layers_and_four_modules_beside_them():
    assert len(packages()) <= 10
    assert len(layers()) <= 10
    root = PAGE.parents[1] / "graph"
    assert {path.stem for path in root.glob("*.py")} == {"__init__", "__main__", "api", "errors"}
    assert set(packages()) == {path.parent.name for path in root.glob("*/__init__.py")}


def test_every_function_on_the_road_exists():
    for name in ROAD:
        resolve_name(name)


def test_the_question_passes_the_functions_of_the_road_in_their_order():
    words = [sys.executable, "-c", TRACED, *QUESTION]
    result = subprocess.run(words, capture_output=True, encoding="utf-8", check=True)
    assert "760 paths" in result.stdout
    called = result.stderr.splitlines()
    assert [name for name in called if name in ROAD] == list(ROAD)
