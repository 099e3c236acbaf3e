"""The kept answers as records of the `semanticscholar` client, with its faults mended."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import InputError
from graph.sources.fetch.typed import typed_papers
from graph.sources.semantic_scholar.typed_rows import readable

from ..helpers.fetch_world import LINES, WORLD, Time, fetched
from ..service import serving


def test_every_paper_that_was_found_is_a_typed_record(tmp_path: Path):
    with serving(WORLD) as scholar:
        found = fetched(scholar, tmp_path, time=Time())
    papers = {paper.paperId: paper for paper in typed_papers(tmp_path)}
    for each in found.result.resolved:
        assert papers[each.row.paper_id].title == each.row.title
        assert papers[each.row.paper_id].raw_data["externalIds"]
    assert len(LINES) >= len(papers) > 1


def test_a_date_that_does_not_exist_is_none_and_no_error():
    from semanticscholar.Paper import Paper

    row = {"paperId": "a", "publicationDate": "2018-13-99", "references": None}
    with pytest.raises(ValueError, match="does not match format"):
        Paper(dict(row))  # the fault that is mended here, as of 0.12.0
    assert Paper(readable(row)).publicationDate is None


def test_a_folder_without_answers_says_so(tmp_path: Path):
    with pytest.raises(InputError, match="no saved answers here"):
        list(typed_papers(tmp_path))
