"""The papers to fetch: what a line or a file names, and what the service is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import InputError
from graph.model.identifiers import identifier
from graph.model.reading_list import Entry, ReadingList, Theme
from graph.sources.fetch.targets import Target, parse_targets, read_targets, targets_of_list

SHA = "0123456789abcdef0123456789abcdef01234567"
LIST = """
title = "Mine"
[[entries]]
number = 3
themes = []
title = "Learning to Align"
first_author = "Ann Old"
arxiv = "1409.0473"
"""


@pytest.mark.parametrize(
    ("line", "api_ids"),
    [
        ("1810.04805v2", ["ARXIV:1810.04805"]),
        ("https://arxiv.org/abs/1810.04805", ["ARXIV:1810.04805"]),
        ("doi:10.1000/X", ["DOI:10.1000/x"]),
        ("10.18653/v1/N19-1423", ["ACL:N19-1423", "DOI:10.18653/v1/n19-1423"]),
        ("10.48550/arXiv.1810.04805", ["ARXIV:1810.04805", "DOI:10.48550/arxiv.1810.04805"]),
        (SHA.upper(), [SHA]),
        ("CorpusID:52967399", ["CorpusId:52967399"]),
        ("mag:2963403868", ["MAG:2963403868"]),
        ("pmid:123", ["PMID:123"]),
        ("PMCID:pmc123", ["PMCID:123"]),
        ("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC900001/", ["PMCID:900001"]),
        ("https://openalex.org/W2741809607", []),
        ("omid:br/06101801781 doi:10.1000/x pmid:123", ["DOI:10.1000/x", "PMID:123"]),
        ("pmcid:123", ["PMCID:123"]),
        ("URL:https://example.org/PMC", ["URL:https://example.org/PMC"]),
        ("http://example.org/paper", ["URL:http://example.org/paper"]),
        ("https://example.org/paper", ["URL:https://example.org/paper"]),
    ],
)
def test_an_identifier_or_a_link_is_what_the_service_is_asked_for(line, api_ids):
    (target,) = parse_targets([line], where="a test").papers
    assert target == Target(f"line 1: {line}", tuple(api_ids))


@pytest.mark.parametrize("line", ["Attention Is All You Need", "MAG: not a number", "see https://example.org"])
def test_any_other_line_is_a_title(line):
    assert parse_targets([line], where="a test").papers == (Target(f"line 1: {line}", title=line),)


def test_blank_lines_comments_and_a_byte_order_mark_are_skipped_and_lines_keep_their_numbers():
    lines = ["\ufeff# my list", "", "  1409.0473 \n", "# 1601.00001", "\ufeffA Title"]
    assert [
        (target.label, target.api_ids or target.title) for target in parse_targets(lines, where="a test").papers
    ] == [
        ("line 3: 1409.0473", ("ARXIV:1409.0473",)),
        ("line 5: A Title", "A Title"),
    ]


def test_a_line_with_two_papers_names_two_and_one_with_two_identifiers_of_a_paper_one():
    lines = ["2101.90001, 2101.90002", "arXiv:2101.90003 doi:10.5555/x", "- Tides and Waves"]
    papers = parse_targets(lines, where="a test").papers
    assert [paper.api_ids or paper.title for paper in papers] == [
        ("ARXIV:2101.90001",),
        ("ARXIV:2101.90002",),
        ("ARXIV:2101.90003", "DOI:10.5555/x"),
        "Tides and Waves",
    ]


def test_a_long_line_is_shortened_in_its_label_alone():
    (target,) = parse_targets(["x" * 200], where="a test").papers
    assert (len(target.label), target.title) == (len("line 1: ") + 60, "x" * 200)


@pytest.mark.parametrize("lines", [[], ["", "# only a comment"]])
def test_no_line_is_an_error_that_names_the_place(lines):
    with pytest.raises(InputError, match="my place: no paper is named here; give one identifier or title a line"):
        parse_targets(lines, where="my place")


def test_a_reading_list_names_the_papers_of_its_entries():
    entries = (
        Entry(
            1,
            ("t",),
            "Sequence to Sequence",
            first_author="Ilya Sutskever",
            names=("Seq2Seq",),
            identifiers=(
                identifier("doi", "10.18653/v1/N19-1423"),
                identifier("s2", SHA),
                identifier("arxiv", "1409.3215"),
                identifier("corpusid", "7"),
            ),
        ),
        Entry(2, ("t",), "A Title of " + "x" * 100, identifiers=(identifier("arxiv", "1409.0473"),)),
    )
    reading_list = ReadingList("Mine", (Theme("t", "T"),), entries)
    targets = targets_of_list(reading_list)
    assert targets.reading_list is reading_list
    assert targets.papers[0] == Target(
        "entry 1: Seq2Seq",
        (SHA, "CorpusId:7", "ARXIV:1409.3215", "ACL:N19-1423", "DOI:10.18653/v1/n19-1423"),
        "Sequence to Sequence",
        "Ilya Sutskever",
    )
    assert targets.papers[1].label == "entry 2: A Title of " + "x" * 48 + "…"


@pytest.mark.parametrize("name", ["list.toml", "LIST.TOML", "list.txt", "list"])
def test_a_reading_list_is_recognised_whatever_the_name_of_its_file(tmp_path: Path, name):
    path = tmp_path / name
    path.write_text(LIST)
    targets = read_targets(path)
    assert targets.papers == (
        Target("entry 3: Learning to Align", ("ARXIV:1409.0473",), "Learning to Align", "Ann Old"),
    )
    assert targets.reading_list is not None


def test_any_other_file_has_a_paper_a_line(tmp_path: Path):
    path = tmp_path / "ids.txt"
    path.write_text("# mine\n1409.0473\ntitle = 7\n", encoding="utf-8-sig")
    assert [target.label for target in read_targets(path).papers] == ["line 2: 1409.0473", "line 3: title = 7"]
    assert read_targets(path).reading_list is None


@pytest.mark.parametrize("name", ["list.toml", "LIST.TOML"])
def test_a_broken_reading_list_is_refused_and_not_read_as_lines(tmp_path: Path, name):
    path = tmp_path / name
    path.write_text("title = \n")
    with pytest.raises(InputError, match=rf"{name}: broken TOML"):
        read_targets(path)


def test_an_empty_file_is_an_error_that_names_it(tmp_path: Path):
    path = tmp_path / "ids.txt"
    path.write_text("\n")
    with pytest.raises(InputError, match=r"ids\.txt: no paper is named here"):
        read_targets(path)
