"""What is new around a list, in sentences."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph.analysis.news import NewPaths, news
from graph.exports.text.news_text import news_sections

from ..helpers.small_world import small_world


@pytest.mark.parametrize(
    ("before", "now", "grown"),
    [
        (0, 1, "there was no path, and there is 1;"),
        (0, None, "there was no path, and there are more than can be counted;"),
        (1, 1200, "there was 1, and there are 1,200;"),
        (7, None, "there are more paths than can be counted;"),
        (None, 9, "there are more paths than can be counted;"),
        (None, None, "there are more paths than can be counted;"),
    ],
)
def test_a_count_of_paths_that_is_not_known_is_compared_with_none(before: int | None, now: int | None, grown: str):
    lineage = small_world()
    found = replace(news(lineage, lineage), paths=(NewPaths("start", "end", before, now, ("start", "middle", "end")),))
    said = [item.sentence for section in news_sections(lineage, found) for item in section.items if item.kind == "path"]
    assert [each.split(" a shortest")[0] for each in said] == [grown]
