"""No regular expression takes more than linear time, whatever people and services write."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from graph.exports.formats.references import _place  # its patterns have groups that depend on each other

from ..helpers.patterns import ROOT, slow

MOST_SECONDS = 200
"""For all patterns together, on a machine that does much else; a single bad one takes minutes."""


@pytest.mark.long
def test_every_pattern_of_the_project_is_linear_on_repeats_of_many_letters():
    """In a process of its own: a search cannot be stopped from within."""
    command = [sys.executable, "-m", "tests.helpers.patterns"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=MOST_SECONDS, check=False)
    lines = done.stdout.splitlines()
    assert done.returncode == 0, [*lines[-1:], done.stderr]
    assert [line for line in lines if "slow" in line.split()[0]] == []
    assert sum(line.startswith("trying") for line in lines) > 50


def test_a_pattern_that_is_not_linear_is_noticed():
    bad = {
        "blanks": (re.compile(r"\s+to\s+"), frozenset({"search"})),
        "good": (re.compile(r"(?<=\s)to(?=\s)"), frozenset({"search"})),
    }
    assert [line.split()[1].rstrip(":") for line in slow(bad)] == ["blanks"]


def test_the_linear_patterns_read_venues_as_before():
    for venue, expected in {
        "NeurIPS 2022": ("conference", "NeurIPS 2022", "2022"),
        "ACM SIGKDD, 2024": ("conference", "ACM SIGKDD, 2024", "2024"),
        "ICML 2019 2020": ("conference", "ICML 2019 2020", "2019"),
        "JMLR 21 (2020)": ("article", "JMLR", "2020"),
        "ACM TKDD 18(6), 2024": ("article", "ACM TKDD", "2024"),
        "Neural Computation 4(1)": ("article", "Neural Computation", None),
        "Neural Computation , 4 , 1992": ("article", "Neural Computation", "1992"),
        "OpenAI technical report": ("report", "OpenAI", None),
        "Nature": ("article", "Nature", None),
    }.items():
        kind, container, stated = _place(venue, has_preprint=False)
        assert (kind, container, stated.get("year")) == expected, venue
