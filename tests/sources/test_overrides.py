"""`overrides.toml`: what a person decided, and what is wrong with a decision."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import InputError
from graph.model.corpus import Source
from graph.sources.assemble import assemble
from graph.sources.overrides import (
    Correction,
    IdentityDecision,
    Omission,
    Overrides,
    load_overrides,
    normalised_name,
)
from graph.sources.records import CitationList, ListRow, Record

GOOD = """
[[merge]]
papers = ["radford2018", "print:devlin2018#38"]
why = "the report under its blog title"

[[keep_apart]]
papers = ["sutton1998reinforcement", "doi:10.1109/tnn.1998.712192"]
why = "a book and its review"

[[correct]]
paper = "arxiv:1810.04805"
date = "2018-10-11"
why = "a source has the date of the proceedings"

[[correct]]
paper = "print:devlin2018#38"
title = "A Title"
why = "misprinted"
"""


def loaded(folder: Path, text: str) -> Overrides:
    path = folder / "overrides.toml"
    path.write_text(text, "utf-8")
    return load_overrides(path)


def test_every_kind_of_decision_is_read(tmp_path: Path):
    overrides = loaded(tmp_path, GOOD)
    assert overrides == Overrides(
        merge=(IdentityDecision(("radford2018", "print:devlin2018#38"), "the report under its blog title"),),
        keep_apart=(
            IdentityDecision(("sutton1998reinforcement", "doi:10.1109/tnn.1998.712192"), "a book and its review"),
        ),
        correct=(
            Correction("arxiv:1810.04805", "a source has the date of the proceedings", date="2018-10-11"),
            Correction("print:devlin2018#38", "misprinted", title="A Title"),
        ),
    )
    assert overrides.names == [
        "radford2018",
        "print:devlin2018#38",
        "sutton1998reinforcement",
        "doi:10.1109/tnn.1998.712192",
        "arxiv:1810.04805",
        "print:devlin2018#38",
    ]


def test_a_missing_file_holds_no_decisions(tmp_path: Path):
    assert load_overrides(tmp_path / "overrides.toml") == Overrides()


@pytest.mark.parametrize(
    ("name", "normalised"),
    [
        ("DOI:10.1162/NECO.1992", "doi:10.1162/neco.1992"),
        ("arXiv:1810.04805v2", "arxiv:1810.04805"),
        ("print:rae2021#57", "print:rae2021#57"),
        ("s2:2023-06-23/brown2020#138", "s2:2023-06-23/brown2020#138"),
        ("Devlin2018", "Devlin2018"),
    ],
)
def test_identifiers_have_one_spelling_and_other_names_stay_as_they_are(name, normalised):
    assert normalised_name(name) == normalised


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[[marry]]\npapers = ["a", "b"]', "unknown table 'marry'; use merge, keep_apart or correct"),
        ('[[merge]]\npapers = ["a", "a"]\nwhy = "x"', "merge at position 1: papers must name at least two"),
        ('[[merge]]\npapers = ["a", "b"]', "why"),
        ('[[keep_apart]]\npapers = ["a"]\nwhy = "x"', "keep_apart at position 1: papers must name at least two"),
        ('[[correct]]\npaper = "a"\nwhy = "x"', "correct at position 1: nothing is corrected: give a date or a title"),
        ('[[correct]]\npaper = "a"\nwhy = "x"\ndate = "soon"', "'soon'"),
        ('[[correct]]\npaper = "arxiv:soon"\nwhy = "x"\ndate = "2001"', "'soon' does not have the form of arxiv"),
        ('[[merge]]\npapers = ["a", "doi:x"]\nwhy = "x"', "'x' does not have the form of doi"),
        ('[[leave_out]]\nrecords = []\nwhy = "x"', "leave_out at position 1: records must name at least one"),
        ('[[leave_out]]\nrecords = ["print:p#1"]', "why"),
        ("[[merge]", "broken TOML"),
    ],
)
def test_a_faulty_decision_is_refused_with_its_place(tmp_path: Path, text, message):
    with pytest.raises(InputError) as refusal:
        loaded(tmp_path, text)
    assert "overrides.toml" in str(refusal.value)
    assert message in str(refusal.value)


def test_all_faults_are_reported_at_once(tmp_path: Path):
    with pytest.raises(InputError, match="3 faults") as refusal:
        loaded(tmp_path, '[[merge]]\npapers = ["a", "doi:x"]\nwhy = "x"\n[[correct]]\npaper = "b"\nwhy = "y"\n[[x]]')
    assert all(
        part in str(refusal.value) for part in ("unknown table 'x'", "nothing is corrected", "'x' does not have")
    )


def listed(*numbers: int) -> CitationList:
    source = Source("print:p", "printed_bibliography", "printed bibliography of p")
    rows = tuple(ListRow(Record(f"print:p#{n}", title=f"Title {n}"), n) for n in numbers)
    return CitationList(source, Record("p", title="Citing"), "complete", rows, row_count=9)


def test_a_row_that_a_person_left_out_is_no_paper_no_citation_and_not_counted():
    omission = Omission(("print:p#2",), "a line of the appendix")
    corpus = assemble([], [listed(1, 2, 3)], Overrides(leave_out=(omission,)))
    assert {paper.title for paper in corpus.papers.values()} == {"Citing", "Title 1", "Title 3"}
    assert [each.assertions[0].entries for each in corpus.citations] == [(1,), (3,)]
    assert [(row.state, row.rows) for row in corpus.coverage] == [("complete", 8)]


def test_a_row_that_is_in_no_list_cannot_be_left_out():
    with pytest.raises(InputError, match="no list has a row called 'print:p#7'"):
        assemble([], [listed(1)], Overrides(leave_out=(Omission(("print:p#7",), "x"),)))


def test_a_person_can_correct_the_authors_of_a_paper():
    overrides = Overrides(correct=(Correction("r", "a company", authors=("Google", "et al.")),))
    record = Record("r", title="Sustainability at work", authors=("G. Sustainability",), year=2022)
    ((key, paper),) = assemble([record], [], overrides).papers.items()
    assert (key, paper.authors, paper.authors_complete) == ("google2022sustainability", ("Google",), False)
