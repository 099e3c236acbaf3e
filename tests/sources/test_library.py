"""Which papers of a corpus a library names: exports of every kind, and copies of pages with marks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from graph.errors import InputError
from graph.model.lineage import Lineage
from graph.sources.library import read_library, with_marks

BIB = """
@article{a, title={Language Models are {Few-Shot} Learners}, author={Brown, Tom B.}, year=2020}
@misc{b, title={Another title}, eprint={2112.11446}, archivePrefix={arXiv}}
@misc{c, title={Language Models are Few-Shot Learners}, author={Nobody, Ann}, year=2020}
@misc{d, title={No paper of this corpus}, year=2001}
"""
RIS = "TY  - JOUR\nTI  - Something\nDO  - https://doi.org/10.48550/arXiv.1810.04805\nER  - \n"
CSL = json.dumps(
    [{"id": "x", "type": "article", "title": "Training language models to follow instructions with human feedback"}]
)
PAGE = '<html><script type="application/json" id="saved">{}</script></html>'


def named(tmp_path: Path, text: str, lineage: Lineage, name: str = "library") -> tuple[set[str], int]:
    (tmp_path / name).write_text(text, encoding="utf-8")
    library = read_library(tmp_path / name, "read", lineage.corpus)
    return set(library.keys), library.named


@pytest.mark.parametrize(
    ("text", "keys", "count"),
    [
        (BIB, {"brown2020", "rae2021"}, 4),
        (RIS, {"devlin2018"}, 1),
        (CSL, {"ouyang2022"}, 1),
        ("arXiv:1706.03762\n10.48550/arXiv.1810.04805\n", {"vaswani2017", "devlin2018"}, 2),
    ],
    ids=["BibTeX", "RIS", "CSL-JSON", "lines"],
)
def test_a_record_is_found_by_identifier_or_by_the_same_title_and_author(
    text: str, keys: set[str], count: int, lineage: Lineage, tmp_path: Path
):
    assert named(tmp_path, text, lineage) == (keys, count)


def test_a_reading_list_is_a_library(lineage: Lineage, tmp_path: Path):
    text = (Path(__file__).parents[2] / "data" / "reading_list.toml").read_text("utf-8")
    assert named(tmp_path, text, lineage, "list.toml")[0] == set(lineage.list_keys)


def test_the_marks_of_a_saved_page_count_by_their_kind(lineage: Lineage, tmp_path: Path):
    address = "p=devlin2018&star=vaswani2017&read=devlin2018,rae2021,unheardof&own=brown2020"
    text = PAGE.format(json.dumps({"address": address}))
    assert named(tmp_path, text, lineage) == ({"devlin2018", "rae2021"}, 3)
    assert read_library(tmp_path / "library", "own", lineage.corpus).keys == {"brown2020"}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (PAGE.format("null"), "no paper of this page is marked as read"),
        (PAGE.format('{"address": "star=devlin2018"}'), "no paper of this page is marked as read"),
        (PAGE.format('{"address": 7}'), "no marks that can be read"),
        (PAGE.format("[" * 100_000), "no marks that can be read"),
        (PAGE.format("{broken"), "no marks that can be read"),
        ("", "no paper is named here"),
    ],
    ids=["nothing saved", "other marks", "no address", "deep", "broken", "empty"],
)
def test_what_names_no_paper_is_refused_with_what_to_do(text: str, why: str, lineage: Lineage, tmp_path: Path):
    with pytest.raises(InputError, match=why):
        named(tmp_path, text, lineage)


def test_a_library_without_any_paper_of_the_corpus_is_named(lineage: Lineage, tmp_path: Path):
    (tmp_path / "other.txt").write_text("10.5555/nowhere\n")
    (tmp_path / "mine.txt").write_text("1810.04805\n")
    told: list[str] = []
    marked = with_marks(lineage, read=[tmp_path / "other.txt"], own=[tmp_path / "mine.txt"], report=told.append)
    assert told == [f"{tmp_path / 'other.txt'}: no paper of it is in this corpus"]
    assert (marked.marks.read, marked.marks.own) == (frozenset(), {"devlin2018"})
    assert marked.marks.of("devlin2018") == ("own",)
