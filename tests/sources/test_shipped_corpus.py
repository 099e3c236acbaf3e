"""What the shipped corpus must say. The expected values come from the printed bibliographies."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from graph.model.corpus import Corpus
from graph.model.lineage import Lineage
from graph.model.reading_list import ReadingList
from graph.model.shipped_data import data_folder
from graph.model.storage import load_corpus, save_corpus
from graph.sources.bibliographies import COLUMNS, INDEX_COLUMNS
from graph.sources.snapshot import snapshot_files, stale_files
from graph.utils.files import read_csv


def test_the_list_has_24_entries_of_23_papers_under_four_themes(lineage: Lineage, reading_list: ReadingList):
    assert [entry.number for entry in reading_list.entries] == list(range(1, 25))
    assert len(lineage.list_keys) == 23
    assert [theme.id for theme in reading_list.themes] == ["architecture", "scaling", "alignment", "rlhf"]
    sizes = [sum(theme.id in entry.themes for entry in reading_list.entries) for theme in reading_list.themes]
    assert sizes == [9, 7, 3, 5]


def test_entries_17_and_24_are_one_paper_with_both_themes(lineage: Lineage):
    data = lineage.graph.nodes["ouyang2022"]
    assert data["numbers"] == (17, 24)
    assert data["themes"] == ("alignment", "rlhf")


def test_listed_years_stay_beside_the_years_of_the_papers(lineage: Lineage):
    schmidhuber = lineage.entries["schmidhuber1992"][0]
    assert (schmidhuber.listed_year, lineage.paper("schmidhuber1992").year) == (1991, 1992)
    assert lineage.entries["devlin2018"][0].listed_year is None


def test_exactly_60_citations_among_the_list_and_a_printed_list_asserts_each(lineage: Lineage):
    graph = lineage.among(lineage.list_keys)
    assert graph.number_of_edges() == 60
    for _, _, data in graph.edges(data=True):
        kinds = {lineage.corpus.sources[source].kind for source in data["citation"].sources}
        assert "printed_bibliography" in kinds


def test_all_45_bibliographies_are_there_with_every_entry(corpus: Corpus):
    folder = data_folder() / "bibliographies"
    index = [cells for _, cells in read_csv(folder / "index.csv", INDEX_COLUMNS)]
    assert len(index) == 45
    assert sum(cells["complete"] == "yes" for cells in index) == 44
    assert sum(len(read_csv(folder / f"{cells['citing']}.csv", COLUMNS)) for cells in index) == 3123
    printed = [row for row in corpus.coverage if not row.source.startswith("s2:2023-06-27")]
    assert sum(row.rows or 0 for row in printed) == 3123


def test_semantic_scholars_own_view_of_100_papers_is_kept_whole(corpus: Corpus):
    rows = [row for row in corpus.coverage if row.source == "s2:2023-06-27"]
    assert len(rows) == 100
    asserted = sum("s2:2023-06-27" in citation.sources for citation in corpus.citations)
    assert asserted == sum(row.rows or 0 for row in rows)


@pytest.mark.parametrize(
    ("citing", "cited"),
    [
        ("devlin2018", "radford2018"),  # printed as "Improving language understanding with unsupervised learning"
        ("liu2019", "radford2018"),  # likewise
        ("shoeybi2019", "howard2018"),  # printed under its first title
        ("rae2021", "stiennon2020"),  # printed as "Learning to summarize with human feedback"
        ("christiano2017", "schulman2015trpo"),  # printed without any identifier
    ],
)
def test_a_paper_cited_under_another_title_is_still_that_paper(lineage: Lineage, citing: str, cited: str):
    assert lineage.graph.has_edge(cited, citing)


def test_bert_and_gpt_are_linked_by_the_print_alone(lineage: Lineage):
    citation = lineage.citation("radford2018", "devlin2018")
    assert citation.sources == ("print:devlin2018",)
    assert lineage.citation("vaswani2017", "devlin2018").sources == ("print:devlin2018", "s2:2023-06-27")


def test_every_entry_of_every_bibliography_is_in_exactly_one_citation(corpus: Corpus):
    numbers: dict[tuple[str, str], list[int]] = {}
    for citation in corpus.citations:
        for assertion in citation.assertions:
            numbers.setdefault((citation.citing, assertion.source), []).extend(assertion.entries)
    for row in corpus.coverage:
        if row.source != "s2:2023-06-27":
            held = numbers[row.paper, row.source]
            assert len(held) == len(set(held)) == row.rows, row


def test_the_circles_in_the_data_are_found(lineage: Lineage):
    circles = [set(group) for group in lineage.cycles]
    assert {"bahdanau2014", "sutskever2014"} in circles
    assert {"wei2021flan", "ouyang2022", "rae2021", "askell2021"} in circles


def test_schmidhuber_1992_is_alone_in_the_list(lineage: Lineage):
    graph = lineage.among(lineage.list_keys)
    assert [key for key in graph if graph.degree(key) == 0] == ["schmidhuber1992"]


def test_no_two_papers_share_an_identifier(corpus: Corpus):
    named = [str(each) for paper in corpus.papers.values() for each in paper.identifiers]
    assert len(named) == len(set(named))


def test_the_data_holds_no_abstracts_and_no_sentences():
    """Titles, names, dates and identifiers are facts; texts of papers are not ours to ship."""
    longest = 0
    for line in (data_folder() / "snapshot" / "papers.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        assert "abstract" not in row
        longest = max(longest, len(row.get("title", "")))
    assert longest < 250


def test_rebuilding_the_snapshot_gives_the_same_bytes():
    assert stale_files(data_folder()) == {}


@pytest.mark.long
def test_a_changed_fact_makes_the_snapshot_stale(tmp_path: Path):
    source = data_folder()
    for path in source.rglob("*"):
        if path.is_file():
            (tmp_path / path.relative_to(source)).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path.relative_to(source)).write_bytes(path.read_bytes())
    assert stale_files(tmp_path) == {}
    bibliography = tmp_path / "bibliographies" / "schulman2017.csv"
    bibliography.write_text("".join(bibliography.read_text("utf-8").splitlines(keepends=True)[:-1]), "utf-8")
    assert {"citations.jsonl", "coverage.jsonl", "manifest.json"} <= set(stale_files(tmp_path))


def test_saving_and_loading_the_corpus_changes_nothing(corpus: Corpus, tmp_path: Path):
    save_corpus(corpus, tmp_path)
    assert load_corpus(tmp_path) == corpus


def test_the_manifest_counts_what_is_there():
    files = snapshot_files(data_folder())
    manifest = json.loads(files["manifest.json"])
    for name, count in manifest["counts"].items():
        assert files[f"{name}.jsonl"].count("\n") == count
