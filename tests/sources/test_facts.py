"""The files in `data/`: what they say as records and lists, and what is wrong with a row."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import InputError
from graph.model.corpus import Source
from graph.model.identifiers import identifier
from graph.model.reading_list import Entry, ReadingList
from graph.model.shipped_data import reading_list_path
from graph.sources.bibliographies import read_bibliographies
from graph.sources.facts import Facts, fact_files, read_facts
from graph.sources.observations import read_observation
from graph.sources.overrides import Correction
from graph.sources.records import CitationList, ListRow, Record
from graph.sources.verified import entry_records, read_verified_papers

ONE, TWO, THREE = ("1" * 40, "2" * 40, "3" * 40)
PAPERS = """
[[papers]]
key = "devlin2018"
title = "BERT"
authors = ["Jacob Devlin", "Ming-Wei Chang"]
date = "2018-10-11"
publication_date = "2019-06"
venue = "NAACL"
names = ["BERT"]
also_titled = ["Pre-training"]
unverified = ["venue"]
arxiv = "1810.04805"

[[papers]]
key = "open2020"
title = "Open"
authors = ["A. Bee"]
authors_complete = false
"""
INDEX = """citing,source,version,observed,complete,note
devlin2018,printed_bibliography,arXiv:1810.04805v2,,yes,
open2020,semantic_scholar,,2023-06-23,no,as exported
"""
HEADER = "n,title,first_author,year,arxiv,doi,acl,s2,corpusid\n"
BIBLIOGRAPHY = HEADER + "2,Attention,A. Vaswani,2017,1706.03762v5,10.1000/X,,,\n1,,,,,,P18-1031,,7\n"
OBSERVED_PAPERS = f"s2,corpusid,arxiv,title,references\n{ONE},7,1706.03762,Attention,2\n{TWO},,,,0\n"
OBSERVED_REFERENCES = f"citing,cited\n{ONE},{TWO}\n{ONE},{THREE}\n"


def data(folder: Path, **changed: str) -> Path:
    """A data folder; the name of a changed file is written with underscores."""
    files = {
        "papers.toml": PAPERS,
        "bibliographies/index.csv": INDEX,
        "bibliographies/devlin2018.csv": BIBLIOGRAPHY,
        "bibliographies/open2020.csv": HEADER + "1,Only a Title,,,,,,,\n",
        "semantic_scholar_2023/manifest.toml": 'observed = "2023-06-27"\nnote = "as it was"\n',
        "semantic_scholar_2023/papers.csv": OBSERVED_PAPERS,
        "semantic_scholar_2023/references.csv": OBSERVED_REFERENCES,
    }
    names = {name.rpartition("/")[2].replace(".", "_"): name for name in files if "2023/papers" not in name}
    names["observed_papers"] = "semantic_scholar_2023/papers.csv"
    names["overrides_toml"] = "overrides.toml"
    files |= {names[name]: text for name, text in changed.items()}
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def fault(folder: Path, **changed: str) -> str:
    """What is said about a data folder in which a file was changed."""
    with pytest.raises(InputError) as refusal:
        read_facts(data(folder, **changed))
    return str(refusal.value)


# What the files say.


def test_a_verified_paper_has_every_field_of_its_table(tmp_path: Path):
    assert read_verified_papers(data(tmp_path) / "papers.toml") == [
        Record(
            "verified:devlin2018",
            (identifier("arxiv", "1810.04805"),),
            "BERT",
            ("Pre-training",),
            ("Jacob Devlin", "Ming-Wei Chang"),
            authors_complete=True,
            date="2018-10-11",
            publication_date="2019-06",
            venue="NAACL",
            names=("BERT",),
            unverified=("venue",),
            key="devlin2018",
        ),
        Record("verified:open2020", title="Open", authors=("A. Bee",), key="open2020"),
    ]


def test_an_entry_of_a_reading_list_is_a_record_of_what_it_says():
    known = Entry(
        7, ("t",), "BERT", first_author="J. Devlin", names=("BERT",), identifiers=(identifier("acl", "N19-1423"),)
    )
    assert entry_records(ReadingList("Mine", (), (known, Entry(8, ("t",), "Open")))) == [
        Record("list#7", known.identifiers, "BERT", authors=("J. Devlin",), names=("BERT",)),
        Record("list#8", title="Open"),
    ]


def test_a_printed_bibliography_and_an_exported_one_are_lists_of_references(tmp_path: Path):
    citing = {key: Record(f"verified:{key}", key=key) for key in ("devlin2018", "open2020")}
    printed, exported = read_bibliographies(data(tmp_path) / "bibliographies", citing)
    assert printed == CitationList(
        Source("print:devlin2018", "printed_bibliography", "printed bibliography of arXiv:1810.04805v2"),
        citing["devlin2018"],
        "complete",
        (
            ListRow(
                Record(
                    "print:devlin2018#2",
                    (identifier("arxiv", "1706.03762"), identifier("doi", "10.1000/x")),
                    "Attention",
                    authors=("A. Vaswani",),
                    year=2017,
                ),
                2,
            ),
            ListRow(Record("print:devlin2018#1", (identifier("acl", "P18-1031"), identifier("corpusid", "7"))), 1),
        ),
    )
    assert exported == CitationList(
        Source(
            "s2:2023-06-23", "semantic_scholar", "Semantic Scholar, observed 2023-06-23", "2023-06-23", "as exported"
        ),
        citing["open2020"],
        "partial",
        (ListRow(Record("s2:2023-06-23/open2020#1", title="Only a Title"), 1),),
    )


def test_an_observation_is_a_list_for_each_of_its_papers_even_without_references(tmp_path: Path):
    source = Source(
        "s2:2023-06-27", "semantic_scholar", "Semantic Scholar, observed 2023-06-27", "2023-06-27", "as it was"
    )
    one, two, three = (identifier("s2", text) for text in (ONE, TWO, THREE))
    attention = (identifier("arxiv", "1706.03762"), one, identifier("corpusid", "7"))
    rows = tuple(ListRow(Record(f"s2:2023-06-27/{one}/{each}", (each,))) for each in (two, three))
    assert read_observation(data(tmp_path) / "semantic_scholar_2023") == [
        CitationList(source, Record(f"s2:2023-06-27/{one}", attention, "Attention"), "complete", rows),
        CitationList(source, Record(f"s2:2023-06-27/{two}", (two,)), "complete", ()),
    ]


def test_the_facts_are_all_of_these(tmp_path: Path):
    facts = read_facts(data(tmp_path, overrides_toml='[[correct]]\npaper = "a"\nwhy = "b"\ndate = "2001"\n'))
    assert [record.key for record in facts.records] == ["devlin2018", "open2020"]
    assert [each.source.id for each in facts.lists] == [
        "print:devlin2018",
        "s2:2023-06-23",
        "s2:2023-06-27",
        "s2:2023-06-27",
    ]
    assert facts.overrides.correct == (Correction("a", "b", date="2001"),)
    assert facts != Facts()


def test_the_facts_are_read_from_the_files_whose_hashes_a_snapshot_names_and_from_no_other(tmp_path: Path):
    shipped, copied = reading_list_path().parent, tmp_path / "copied"
    for file in fact_files(shipped):
        copy = copied / file.relative_to(shipped)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(file.read_bytes())
    assert read_facts(copied) == read_facts(shipped)


def test_the_list_of_a_service_stands_beside_the_printed_one(tmp_path: Path):
    folder = data(tmp_path, index_csv=INDEX + "devlin2018,semantic_scholar,,2023-06-23,yes,\n") / "bibliographies"
    (folder / "devlin2018.semantic_scholar.csv").write_text(HEADER + "1,Another,,,,,,,\n", "utf-8")
    citing = {key: Record(f"verified:{key}", key=key) for key in ("devlin2018", "open2020")}
    lists = read_bibliographies(folder, citing)
    assert [(each.source.id, len(each.rows)) for each in lists if each.paper.key == "devlin2018"] == [
        ("print:devlin2018", 2),
        ("s2:2023-06-23", 1),
    ]


def test_a_list_that_is_in_the_index_twice_is_refused(tmp_path: Path):
    row = "devlin2018,printed_bibliography,arXiv:1810.04805v3,,yes,\n"
    assert "devlin2018.csv has two rows" in fault(tmp_path, index_csv=INDEX + row)


# What is wrong with them.


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"papers_toml": '[[papers]]\nkey = "a"'}, "paper a: title is missing"),
        ({"papers_toml": '[[papers]]\ntitle = "A"'}, "paper at position 1: key is missing"),
        ({"papers_toml": '[[papers]]\nkey = "a"\ntitle = "A"\ndate = "soon"'}, "paper a: 'soon' is no"),
        (
            {"papers_toml": '[[papers]]\nkey = "a"\ntitle = "A"\npublication_date = "2019-13"'},
            "paper a: month must be",
        ),
        ({"papers_toml": '[[papers]]\nkey = "a"\ntitle = "A"\nyear = 2001'}, "paper a: unknown field 'year'"),
        (
            {"index_csv": INDEX + "nobody,printed_bibliography,v,,yes,\n"},
            "line 4: no verified paper has the key 'nobody'",
        ),
        ({"index_csv": INDEX.replace(",yes,", ",maybe,")}, "line 2: complete is 'maybe', not yes or no"),
        (
            {"index_csv": INDEX.replace("printed_bib", "guessed_bib")},
            "line 2: source 'guessed_bibliography' is not one of",
        ),
        ({"index_csv": INDEX.splitlines(keepends=True)[0]}, "devlin2018.csv: not in the index; add a row to index.csv"),
        ({"devlin2018_csv": HEADER + "1,,,,,,,,\n"}, "line 2: neither a title nor an identifier; fix this row"),
        ({"devlin2018_csv": HEADER + ",A,,,,,,,\n"}, "line 2: n, the number of the entry, is missing; fix this row"),
        ({"devlin2018_csv": HEADER + "x,A,,,,,,,\n"}, "line 2: n is 'x', not a whole number; fix this row"),
        ({"devlin2018_csv": HEADER + "²,A,,,,,,,\n"}, "line 2: n is '²', not a whole number; fix this row"),
        ({"devlin2018_csv": HEADER + "1,A,,soon,,,,,\n"}, "line 2: year is 'soon', not a whole number; fix this row"),
        ({"devlin2018_csv": HEADER + "1,A,,,soon,,,,\n"}, "line 2: 'soon' does not have the form of arxiv"),
        ({"devlin2018_csv": HEADER + "2,A,,,,,,,\n1,B,,,,,,,\n2,C,,,,,,,\n"}, "numbers [2] are used more than once"),
        (
            {"observed_papers": OBSERVED_PAPERS.replace(ONE, "x")},
            "line 2: 'x' does not have the form of s2",
        ),
        ({"references_csv": OBSERVED_REFERENCES + f"{THREE},{ONE}\n"}, f"line 4: s2:{THREE} is not in papers.csv"),
        ({"references_csv": OBSERVED_REFERENCES + f"{ONE},y\n"}, "line 4: 'y' does not have the form of s2"),
        (
            {"references_csv": OBSERVED_REFERENCES + f"{TWO},{ONE}\n"},
            f"references.csv: 1 references of s2:{TWO}, but papers.csv states 0; restore the file",
        ),
    ],
)
def test_a_fault_is_reported_with_its_place(tmp_path: Path, changed, message):
    assert message in fault(tmp_path, **changed)


def test_a_bibliography_that_is_missing_is_reported(tmp_path: Path):
    (data(tmp_path) / "bibliographies" / "open2020.csv").unlink()
    with pytest.raises(InputError, match=r"open2020\.csv: no such file"):
        read_facts(tmp_path)


def test_all_faults_of_a_kind_of_file_are_reported_at_once(tmp_path: Path):
    papers = fault(tmp_path / "papers", papers_toml='[[papers]]\nkey = "a"\n[[papers]]\nkey = "b"')
    assert "2 faults" in papers
    lists = fault(
        tmp_path / "lists",
        devlin2018_csv=HEADER + "1,,,,,,,,\nx,A,,,,,,,\n",
        open2020_csv=HEADER + "1,A,,,,,,,\n1,B,,,,,,,\n",
    )
    assert all(part in lists for part in ("neither a title", "n is 'x'", "numbers [1]"))
    observed = fault(tmp_path / "observed", references_csv=f"citing,cited\n{ONE},y\nz,{ONE}\n")
    assert "3 faults" in observed
