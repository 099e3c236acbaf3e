"""Retractions: what Retraction Watch and Crossref say, joined with a corpus, kept, and shown at every name."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from graph.analysis.audit import audit
from graph.analysis.path_options import PathOptions
from graph.analysis.paths import find_paths
from graph.analysis.retraction_status import retraction_status
from graph.errors import InputError
from graph.exports.formats import bibtex
from graph.exports.json_forms import audit_form, paper_form, path_form
from graph.exports.selection import select_papers
from graph.exports.text.audit_text import audit_text
from graph.exports.text.diff_text import comparison_text
from graph.exports.text.path_text import path_text
from graph.model.corpus import Corpus, Notice, Paper, Source
from graph.model.corpus_manifest import TABLES
from graph.model.diff import compare
from graph.model.identifiers import identifier
from graph.model.lineage import Lineage
from graph.model.notices import standing
from graph.model.storage import corpus_files, load_corpus, save_corpus, write_index
from graph.sources.retractions.join import with_notices
from graph.sources.retractions.own_file import OwnNotices, own_text, read_own, replaced, with_own_notices
from graph.sources.retractions.read import StatedNotices
from graph.sources.retractions.read import read_notices as read_notices_of
from graph.sources.retractions.statements import read_crossref_updates

from ..helpers.export_world import letters
from ..helpers.written_files import papers_csv

FOLDER = Path(__file__).parents[1] / "recorded" / "retractions"
DAY = "2026-11-30"


def read_notices(data: bytes, name: str, observed: str) -> StatedNotices:
    return read_notices_of(io.BytesIO(data), name, observed)


def read(name: str) -> StatedNotices:
    return read_notices((FOLDER / name).read_bytes(), name, DAY)


def paper(key: str, *ids: str) -> Paper:
    return Paper(key, key.title(), identifiers=tuple(identifier(*each.split(":", 1)) for each in ids))


def corpus(*papers: Paper) -> Corpus:
    return Corpus({each.key: each for each in papers})


def table_of(doi: str) -> bytes:
    """A table with one retraction, record 7."""
    header = "Record ID,OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature,RetractionDate"
    return f"{header}\n7,{doi},0,Retraction,1/2/2023 0:00\n".encode()


def states(marked: Corpus) -> dict[str, str]:
    found = {key: retraction_status(marked, each) for key, each in marked.papers.items()}
    return {key: each.state for key, each in found.items() if each}


# What the files say.


def test_the_table_of_2026_is_read_as_it_means():
    found = read("made_2026_shape.csv")
    assert found.unnamed == 1
    papers = {
        "one": "doi:10.5555/retracted-1", "two": "doi:10.5555/concern-then-retracted", "three": "doi:10.5555/same",
        "four": "doi:10.5555/retracted-12", "five": "pmid:19000001", "six": "pmid:10000001",
        "back": "doi:10.5555/reinstated", "mended": "doi:10.5555/corrected", "other": "doi:10.5555/other",
        "notice": "doi:10.5555/notice-1", "fine": "doi:10.5555/never-named", "nameless": "s2:" + "a" * 40,
    }  # fmt: skip
    marked = with_notices(corpus(*(paper(key, each) for key, each in papers.items())), found.statements)
    assert states(marked) == {
        **dict.fromkeys(("one", "two", "three", "four", "five", "six"), "retracted"),
        "back": "reinstated", "mended": "corrected", "other": "noticed",
        "notice": "none_reported",  # the notice is not the paper
        "fine": "none_reported",
        "nameless": "unknown",
    }  # fmt: skip
    (notice,) = marked.notices_by_paper["one"]
    assert (notice.nature, notice.date, notice.record, notice.notice) == (
        "retraction", "2023-07-12", "90001", "10.5555/notice-1",
    )  # fmt: skip
    assert marked.sources[notice.source].label == f"Retraction Watch, as of {DAY}"
    assert marked.notices_by_paper["other"][0].stated == "Temporary removal"


def test_the_table_of_2023_has_numbers_as_programs_leave_them():
    first, *others = read("made_2023_shape.csv").statements
    assert (str(first.doi), str(first.pmid), first.date) == ("doi:10.5555/2022/paper-1", "pmid:36000001", "2023-07-12")
    assert [each.pmid for each in others] == [None, None]
    assert {each.nature for each in (first, *others)} == {"retraction"}


def test_crossref_is_read_to_the_end_of_its_list():
    found = read("made_work_200_retracted.json").statements
    assert [(each.nature, each.date, each.asserter) for each in found] == [
        ("correction", "2004-03-06", "retraction-watch"),
        ("retraction", "2010-02-06", "retraction-watch"),
    ]
    (corrected,) = read("work_200_70_references.json").statements
    assert (corrected.nature, corrected.date, corrected.asserter) == ("correction", "2012-05-08", "publisher")
    assert read("work_200_published_twin.json").statements == ()  # a new version is no notice
    assert read("list_200_retracted_paper_no_mark.json").statements == ()


def test_a_notice_of_crossref_names_the_paper_that_it_updates():
    notice = {"DOI": "10.5555/N", "update-to": [{"DOI": "10.5555/PAPER", "type": "withdrawal", "updated": {}}]}
    (found,) = read_notices(json.dumps({"message": {"items": [notice]}}).encode(), "a.json", DAY).statements
    assert (found.nature, str(found.doi), found.notice, found.stated) == (
        "retraction", "doi:10.5555/paper", "10.5555/n", "withdrawal",
    )  # fmt: skip


def test_the_date_of_an_update_is_as_precise_as_one_that_there_is():
    for parts, date in (([2019], "2019"), ([2020, 13], "2020"), ([2020, 2, 30], "2020-02"), ([None], None)):
        update = {"DOI": "10.5555/n", "type": "retraction", "updated": {"date-parts": [parts]}}
        (found,) = read_crossref_updates({"DOI": "10.5555/a", "updated-by": [update]}, DAY)
        assert found.date == date


def test_lines_of_works_are_read_too():
    work = {"DOI": "10.5555/a", "updated-by": [{"DOI": "10.5555/n", "type": "retraction"}, None, {"type": 7}]}
    lines = "\n".join(json.dumps(each) for each in (work, {"DOI": "10.5555/b"}))
    assert [each.nature for each in read_notices(lines.encode(), "a.jsonl", DAY).statements] == ["retraction", "notice"]


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "neither Retraction Watch"),
        (b"{}", "neither Retraction Watch"),
        (b"a,b\n1,2\n", "neither Retraction Watch"),
        (b"OriginalPaperDOI,RetractionNature\n10.5555/a,Retraction\n", "no column OriginalPaperPubMedID"),
        (b"OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature,RetractionDate\n,,,\n", "no row about a paper"),
        (b"[" * 100_000, "neither Retraction Watch"),
    ],
)
def test_other_files_are_refused(data: bytes, what: str):
    with pytest.raises(InputError, match=what):
        read_notices(data, "a.csv", DAY)


ODD = (
    "Record ID,OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature,RetractionDate,Notes\n"
    "7,{},0,Retraction,1/2/2023,{}\n"
)


@pytest.mark.parametrize(
    ("data", "dois"),
    [
        (b"\xef\xbb\xbf" + ODD.format("10.5555/a", "").encode(), ["10.5555/a"]),
        (ODD.format("10.5555/a", "").replace(",", ";").encode(), ["10.5555/a"]),
        (ODD.format("10.5555/a", "").replace(",", "\t").encode("utf-16"), ["10.5555/a"]),
        (ODD.format("10.5555/a", '"two\r\nlines, ""quoted""\n\n"').replace("\n", "\r\n").encode(), ["10.5555/a"]),
        (ODD.format("10.5555/a; 10.5555/B", "").encode(), ["10.5555/a", "10.5555/b"]),
        (ODD.format('"10.5555/a,https://doi.org/10.5555/b"', "").encode(), ["10.5555/a", "10.5555/b"]),
        (ODD.format("10.5555/(sici)1%3C1::aid-2%3E3.0.co;2-x", "").encode(), ["10.5555/(sici)1<1::aid-2>3.0.co;2-x"]),
        (ODD.format("Unavailable", "").encode(), []),
        (ODD.format("xx10.5555/a", "").encode(), []),
        (ODD.format("10.5555/a", "caf\xe9 \x00").encode("latin-1"), ["10.5555/a"]),
        (ODD.format("10.5555/a", "").rstrip("\n").encode(), ["10.5555/a"]),
    ],
)
def test_a_table_that_went_through_other_programs_says_the_same(data: bytes, dois: list[str]):
    found = read_notices(data, "a.csv", DAY)
    assert [each.doi.value for each in found.statements if each.doi] == dois
    assert found.unnamed == (not dois)
    assert {(each.nature, each.date) for each in found.statements} <= {("retraction", "2023-01-02")}


def on(date: str | None, nature: str) -> Notice:
    return Notice("a", "rw", nature, "doi:10.5555/a", date)  # type: ignore[arg-type]  # one of the natures


@pytest.mark.parametrize(
    ("notices", "state"),
    [
        ([], None),
        ([on("2020", "retraction"), on("2020", "reinstatement")], "reinstated"),
        ([on("2020", "reinstatement"), on("2021", "retraction")], "retracted"),
        ([on("2020", "reinstatement"), on(None, "retraction")], "retracted"),
        ([on("2020", "expression_of_concern"), on("2021", "reinstatement")], "reinstated"),
        ([on("2020", "correction"), on("2021", "expression_of_concern")], "concern"),
    ],
)
def test_the_last_by_date_decides(notices: list[Notice], state: str | None):
    assert standing(notices) == state
    assert standing(reversed(notices)) == state


# In a corpus folder.


def marked_corpus() -> Corpus:
    source = Source(f"rw:{DAY}", "retraction_watch", f"Retraction Watch, as of {DAY}", DAY)
    notice = Notice("one", source.id, "retraction", "doi:10.5555/one", "2023-07-12", "9", "10.5555/n")
    return replace(
        corpus(paper("one", "doi:10.5555/one"), paper("two")), notices=(notice,), sources={source.id: source}
    )


def test_a_corpus_without_notices_has_the_files_that_it_always_had():
    files = corpus_files(corpus(paper("one")))
    assert set(files) == {*(f"{name}.jsonl" for name in TABLES), "corpus.index", "manifest.json"}
    assert "notices" not in str(files["manifest.json"])


def test_notices_are_kept_with_their_hash_and_read_back_by_the_index_and_without_it(tmp_path: Path):
    made = marked_corpus()
    save_corpus(made, tmp_path)
    assert "notices.jsonl" in json.loads((tmp_path / "manifest.json").read_text())["sha256"]
    assert load_corpus(tmp_path).notices_by_paper == made.notices_by_paper
    (tmp_path / "corpus.index").unlink()
    assert load_corpus(tmp_path).notices_by_paper == made.notices_by_paper
    assert write_index(tmp_path) == ["corpus.index"]
    assert load_corpus(tmp_path).notices_by_paper == made.notices_by_paper


def test_a_notice_about_no_paper_is_a_fault(tmp_path: Path):
    save_corpus(marked_corpus(), tmp_path)
    table = tmp_path / "notices.jsonl"
    table.write_text(table.read_text().replace('"one"', '"nobody"'))
    (tmp_path / "corpus.index").unlink()
    with pytest.raises(InputError, match="no paper 'nobody'"):
        load_corpus(tmp_path)


def test_what_was_brought_in_is_joined_with_a_corpus_that_is_made_anew(tmp_path: Path):
    found = read("made_2026_shape.csv").statements
    (tmp_path / "retractions.csv").write_text(own_text(OwnNotices(found)))
    assert set(read_own(tmp_path).statements) == set(found)
    assert states(with_own_notices(corpus(paper("new", "doi:10.5555/RETRACTED-1")), tmp_path)) == {"new": "retracted"}
    (tmp_path / "retractions.csv").write_text(own_text(OwnNotices(found)).replace(",retraction,", ",guilty,", 1))
    with pytest.raises(InputError, match="nature 'guilty'"):
        read_own(tmp_path)


def test_a_newer_table_replaces_the_former_and_leaves_what_crossref_says():
    crossref = read("made_work_200_retracted.json").statements
    old, new = read("made_2026_shape.csv").statements, read("made_2023_shape.csv").statements
    assert replaced(OwnNotices((*old, *crossref)), new) == OwnNotices((*crossref, *new))


def test_a_doi_of_arxiv_is_its_identifier():
    found = read_notices(table_of("10.48550/arXiv.2101.90001"), "a.csv", DAY).statements
    assert states(with_notices(corpus(paper("one", "arxiv:2101.90001")), found)) == {"one": "retracted"}


def test_a_comparison_of_corpora_says_which_papers_were_retracted_meanwhile():
    before = corpus(paper("one", "doi:10.5555/one"), paper("two"))
    found = compare(before, marked_corpus())
    assert not found.same
    assert found.notices == (("one", None, "retracted"),)
    assert "one: was without a notice, is retracted" in comparison_text(found)
    assert compare(marked_corpus(), marked_corpus()).same


# Wherever a paper is named.


@pytest.fixture(scope="module")
def marked() -> Lineage:
    """A is cited by B, and B by C; B is retracted, A was looked for, and of C nothing is known."""
    lineage = letters("ab bc", listed="ac", complete="bc")
    dois = {key: replace(lineage.paper(key), identifiers=(identifier("doi", f"10.5555/{key}"),)) for key in "ab"}
    dois["c"] = replace(lineage.paper("c"), identifiers=())
    with_dois = lineage.corpus.with_papers(dois)
    whole = Corpus(
        dict(with_dois.papers), tuple(with_dois.citations), tuple(with_dois.coverage), dict(with_dois.sources)
    )
    return replace(lineage, corpus=with_notices(whole, read_notices(table_of("10.5555/B"), "a.csv", DAY).statements))


def test_a_path_says_it_in_its_first_line(marked: Lineage):
    answer = find_paths(marked, "a", "c", PathOptions())
    first = next(line for line in path_text(marked, answer).splitlines() if line.startswith("1."))
    assert "B (retracted)" in first
    papers = path_form(marked, answer)["paths"][0]["papers"]
    assert [each["retraction"]["state"] for each in papers] == ["none_reported", "retracted", "unknown"]
    assert papers[1]["retraction"]["notices"][0]["record"] == "7"


def test_an_audit_tells_retracted_none_reported_and_unknown_apart(marked: Lineage):
    found = audit(marked)
    text = audit_text(marked, found)
    assert "B (retracted) [b]: RETRACTED: retraction of 2023-01-02" in text
    assert "none reported of 1 paper" in text
    assert "unknown of 1 paper, without a DOI or PubMed id; of the list: C" in text
    assert audit_form(marked, found)["retractions"]["noticed"] == {"b": "retracted"}


def test_tables_say_who_says_so(marked: Lineage):
    header, a, b, c = papers_csv(marked, "abc").splitlines()
    assert header.endswith(",retraction")
    assert a.endswith(f'"none reported (Retraction Watch, as of {DAY})"')
    assert "RETRACTED: retraction of 2023-01-02" in b
    assert c.endswith("unknown: it has neither a DOI nor a PubMed id")


def test_a_bibliography_item_says_it_in_its_note(marked: Lineage):
    selection = select_papers(marked, "All", "abc")
    assert "retracted; do not cite it without its notice" in bibtex.write(selection)[".bib"]


def test_nothing_is_said_where_nobody_has_looked():
    lineage = letters("ab bc", listed="ac", complete="bc")
    assert "retraction" not in paper_form(lineage, "a")
    assert "retraction" not in papers_csv(lineage, "abc").splitlines()[0]
    assert "Retractions" not in audit_text(lineage, audit(lineage))
