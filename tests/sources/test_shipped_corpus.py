"""What the shipped corpus must say. The expected values come from the printed bibliographies."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from graph.model.corpus import Corpus, Paper
from graph.model.identifiers import is_whole
from graph.model.lineage import Lineage
from graph.model.reading_list import ReadingList
from graph.model.shipped_data import data_folder, snapshot_path
from graph.model.storage import load_corpus, save_corpus
from graph.sources.bibliographies import COLUMNS, INDEX_COLUMNS
from graph.sources.record_checks import why_no_paper
from graph.sources.snapshot import stale_files
from graph.utils.csv_files import read_csv


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


def test_all_48_bibliographies_are_there_with_every_entry_that_nobody_left_out(corpus: Corpus):
    folder = data_folder() / "bibliographies"
    index = [cells for _, cells in read_csv(folder / "index.csv", INDEX_COLUMNS)]
    assert len(index) == 48
    assert sum(cells["complete"] == "yes" for cells in index) == 47
    files = [path for path in folder.glob("*.csv") if path.name != "index.csv"]
    assert sum(len(read_csv(path, COLUMNS)) for path in files) == 3360
    lists = [row for row in corpus.coverage if not row.source.startswith("s2:2023-06-27")]
    assert sum(row.rows or 0 for row in lists) == 3360 - len(FRAGMENTS)


def test_gpt_3_webgpt_and_hh_rlhf_cite_what_they_print(corpus: Corpus):
    rows = {(row.paper, row.source): row.rows for row in corpus.coverage}
    assert rows["brown2020", "print:brown2020"] == 144
    assert rows["brown2020", "s2:2023-06-23"] == 142
    assert rows["bai2022hh", "print:bai2022hh"] == 63
    assert rows["nakano2021webgpt", "print:nakano2021webgpt"] == 30
    printed = {(c.citing, c.cited): a.entries for c in corpus.citations for a in c.assertions if "print:" in a.source}
    assert printed["brown2020", "devlin2018"] == (20,)
    assert printed["brown2020", "ziegler2019"] == (143, 144)
    assert printed["bai2022hh", "ziegler2019"] == (63,)  # under the title of the blog post
    assert printed["nakano2021webgpt", "stiennon2020"] == (29,)


FRAGMENTS = (133, 134, 135, 136, 137, 141, 144, 146, 147, 148, 150, 151, 152, 153, 157)
"""The rows of Semantic Scholar's list of GPT-4 that are lines of its appendix."""


def test_lines_of_the_appendix_of_gpt_4_are_no_papers(corpus: Corpus):
    titles = {str(paper.title) for paper in corpus.papers.values()}
    assert not any(title.startswith(("How would you evade", "My apologies", "Observation:")) for title in titles)
    listed = read_csv(data_folder() / "bibliographies" / "openai2023gpt4.csv", COLUMNS)
    left_out = {cells["title"] for _, cells in listed if int(cells["n"] or 0) in FRAGMENTS}
    assert left_out.isdisjoint(titles)
    for title in left_out:
        assert why_no_paper(Paper("x", title)), title


def test_no_identifier_of_the_corpus_is_cut_short(corpus: Corpus):
    assert [str(each) for paper in corpus.papers.values() for each in paper.identifiers if not is_whole(each)] == []


def test_no_year_is_the_number_of_a_paper(corpus: Corpus):
    assert not {(2012, "kudo2018sentencepiece"), (2002, "rudinger2018gender")} & {
        (merge.year, merge.paper) for merge in corpus.merges
    }


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("Glm-130b: An open bilingual pre-trained model", "zeng2022glm"),
        ("Sustainability at Google: Carbon neutral since 2007. Carbon free by 2030", "google2022sustainability"),
        ("The Sixth PASCAL Recognizing Textual Entailment Challenge", "bentivogli2010sixth"),
        (
            "Designing Disaggregated Evaluations of AI Systems: Choices, Considerations, and Tradeoffs",
            "barocas2021designing",
        ),
        ("Model cards for model reporting", "mitchell2018model"),
        ("Superintelligence: Paths, Dangers, Strategies", "bostrom2014superintelligence"),
        ("A decomposable attention model for natural language inference", "parikh2016decomposable"),
    ],
)
def test_what_was_mistyped_or_cut_short_is_one_paper_under_its_own_name(corpus: Corpus, title: str, key: str):
    assert corpus.papers[key].title == title
    word = key.lstrip("abcdefghijklmnopqrstuvwxyz").lstrip("0123456789")
    assert [each for each in corpus.papers if each.startswith(key[: -len(word)]) and word in each] == [key]


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
    manifest = json.loads((snapshot_path() / "manifest.json").read_text("utf-8"))
    for name, count in manifest["counts"].items():
        assert (snapshot_path() / f"{name}.jsonl").read_bytes().count(b"\n") == count
