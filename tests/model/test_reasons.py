"""Reasons of citations: files that people write, checked row by row against a corpus."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

import pytest

from graph import load
from graph.errors import InputError
from graph.model.corpus import Assertion, Citation, Corpus, Paper, Source
from graph.model.identifiers import identifier
from graph.model.load_lineage import load_lineage
from graph.model.reason_files import files_of, read_reasons, template_of
from graph.model.reasons import Reason, faults_of_text
from graph.model.storage import save_corpus
from tests.project.test_documentation import ROOT

LIST = """title = "Two papers"
[[themes]]
id = "one"
name = "One"
[[entries]]
number = 1
themes = ["one"]
title = "Old"
arxiv = "1706.03762"
"""
FILE = """citing = "new"
text_read = "arXiv:1810.04805v2, whole"
confidence = "read"

[[reasons]]
cited = "old"
uses = "Takes the encoder."
intents = ["methodology"]
sections = ["3 Model"]

[[reasons]]
cited = "arXiv:1706.03762v5"
citing = "other"
uses = "Names it."
confidence = "partial"
"""


def corpus() -> Corpus:
    papers = {
        "old": Paper("old", "Old", date="2017", identifiers=(identifier("arxiv", "1706.03762"),)),
        "new": Paper("new", "New", date="2018"),
        "other": Paper("other", "Other", date="2019"),
    }
    asserted = (Assertion("print:new"),)
    return Corpus(
        papers,
        [Citation("new", "old", asserted), Citation("other", "old", asserted)],
        sources={"print:new": Source("print:new", "printed_bibliography", "bibliography of New")},
    )


def written(folder: Path, text: str, name: str = "new.toml") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def faults(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        read_reasons([path], corpus())
    return str(caught.value)


def test_a_row_takes_from_the_top_of_its_file_what_it_does_not_say_itself(tmp_path: Path) -> None:
    read = "arXiv:1810.04805v2, whole"
    assert read_reasons([written(tmp_path, FILE)], corpus()) == {
        ("old", "new"): Reason("new", "old", "Takes the encoder.", read, "read", ("methodology",), ("3 Model",)),
        ("old", "other"): Reason("other", "old", "Names it.", read, "partial"),
    }


@pytest.mark.parametrize("name", ["1706.03762", "https://arxiv.org/abs/1706.03762v5", "arXiv:1706.03762 [cs.CL]"])
def test_a_paper_is_named_by_an_identifier_as_people_paste_it(tmp_path: Path, name: str) -> None:
    file = written(tmp_path, FILE.replace('"old"', f'"{name}"'))
    assert list(read_reasons([file], corpus())) == [("old", "new"), ("old", "other")]


def test_a_paper_that_the_corpus_lacks_is_told_from_what_is_no_identifier(tmp_path: Path) -> None:
    for name, said in (("2101.90001", "no paper '2101.90001' in this corpus"), ("doi:x", "'doi:x' is neither the key")):
        with pytest.raises(InputError, match=said):
            read_reasons([written(tmp_path, FILE.replace('"old"', f'"{name}"'))], corpus())


def test_a_pipe_among_files_of_reasons_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    written(tmp_path, FILE)
    os.mkfifo(tmp_path / "pipe.toml")
    with pytest.raises(InputError, match="this is no file of reasons"):
        files_of(tmp_path)


def test_all_faults_of_all_files_are_reported_at_once_with_file_and_line(tmp_path: Path) -> None:
    rows = (
        '[[reasons]]\ncited = "nobody"\nuses = "A."\n',
        '[[reasons]]\ncited = "new"\nuses = "A."\n',
        f'[[reasons]]\ncited = "old"\nuses = "{"word " * 26}"\nintents = ["praise"]\nconfidence = "sure"\n',
        '[[reasons]]\ncited = "old"\nuses = "B."\n',
        '[[reasons]]\ncited = "old"\n',
        '[[reasons]]\ncited = "old"\nuses = "C."\npage = 3\n',
    )
    one = written(tmp_path, 'citing = "new"\ntext_read = "t"\nconfidence = "read"\n' + "".join(rows))
    two = written(tmp_path, "what is this", "two.toml")
    with pytest.raises(InputError) as caught:
        read_reasons([one, two], corpus())
    said = str(caught.value)
    for line, what in (
        (4, "'nobody' is neither the key of a paper of this corpus nor an identifier"),
        (7, "new does not cite new in this corpus"),
        (10, "uses has 26 words; it must have at most 25"),
        (10, "intent 'praise' is not one of background, methodology, result"),
        (10, "confidence 'sure' is not one of read, partial"),
        (15, f"new -> old already has a reason in {one}, line 10"),
        (18, "uses is missing"),
        (20, "unknown field 'page'"),
    ):
        assert any(f"{one}, line {line}: " in each and what in each for each in said.splitlines()), (line, what)
    assert f"{two}: broken TOML" in said


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("<script>alert(1)</script>", "markup: <s"),
        ("see [this](https://evil.example)", "markup: ]("),
        ("a &lt; b", "markup: an HTML character reference"),
        ("right to \u202eleft", "not seen: U+202E"),
        ("a\u200bb", "not seen: U+200B"),
        ("two\nlines", "not seen: U+000A"),
        ("red \x1b[31m", "not seen: U+001B"),
        ("tag \U000e0041", "not seen: U+E0041"),
        ("e" * 10_000, "10,000 letters; it must have at most 300"),
        ("", "is empty"),
        (" \u00a0 ", "is empty"),
    ],
)
def test_a_text_that_could_do_harm_where_it_is_shown_is_refused(tmp_path: Path, text: str, what: str) -> None:
    escaped = "".join(f"\\U{ord(each):08X}" for each in text)
    said = faults(written(tmp_path, FILE.replace("Takes the encoder.", escaped)))
    assert "new.toml, line 5: uses " in said
    assert what in said
    assert len(said) < 300


@pytest.mark.parametrize(
    "text", ["loss < 0.1 and n > 3", "=1+1", "R&D; then more", "Łukasz's 'naïve' 方法", "x_1 * y_2"]
)
def test_a_text_of_plain_letters_and_signs_is_taken(text: str) -> None:
    assert not list(faults_of_text("uses", text))


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('titel = "x"', "unknown field 'titel'"),
        ("reasons = 3", "'reasons' is not an array of tables"),
        ("reasons = [3]", "'reasons' is not an array of tables"),
        ("n = " + "9" * 5000, "broken TOML"),
        ("n = " + "[" * 5000, "broken TOML"),
        ("citing = 3\n" + FILE.partition("\n")[2], "line 5: citing is a whole number and must be a text"),
    ],
)
def test_a_file_of_another_form_is_a_fault_and_no_crash(tmp_path: Path, text: str, what: str) -> None:
    assert what in faults(written(tmp_path, text))


def test_reasons_beside_the_corpus_and_beside_the_list_are_loaded(tmp_path: Path) -> None:
    listed = written(tmp_path / "mine", LIST, "mine.toml")
    save_corpus(corpus(), tmp_path / "elsewhere" / "corpus")
    of_new, of_other = FILE.split('[[reasons]]\ncited = "arXiv')
    written(tmp_path / "elsewhere" / "reasons", of_new)
    written(tmp_path / "mine" / "reasons", f'text_read = "t"\n[[reasons]]\ncited = "arXiv{of_other}')
    found = load_lineage(listed, tmp_path / "elsewhere" / "corpus")
    assert set(found.reasons) == {("old", "new"), ("old", "other")}


def test_reasons_that_lie_beside_another_corpus_are_its_own(tmp_path: Path) -> None:
    """The shipped reasons lie beside the shipped list, and are about citations that another corpus need not have."""
    listed = written(tmp_path / "mine", LIST, "mine.toml")
    save_corpus(corpus(), tmp_path / "mine" / "corpus")
    written(tmp_path / "mine" / "reasons", FILE)
    save_corpus(Corpus({}), tmp_path / "elsewhere" / "empty")
    assert load_lineage(listed, tmp_path / "mine" / "corpus").reasons
    assert not load_lineage(listed, tmp_path / "elsewhere" / "empty").reasons


def test_a_template_asks_for_everything_that_a_row_needs_and_is_refused_until_it_is_filled_in(tmp_path: Path) -> None:
    text = "\n".join(template_of({("old", "new"): "New cites Old"}))
    path = written(tmp_path, text)
    assert "line 8: uses is empty" in faults(path)
    filled = text.replace('uses = ""', 'uses = "Takes it."').replace('text_read = ""', 'text_read = "all"')
    path.write_text(filled, encoding="utf-8")
    assert read_reasons([path], corpus()) == {("old", "new"): Reason("new", "old", "Takes it.", "all", "read")}


def test_the_shipped_reasons_are_one_file_a_citing_paper_each_with_words_and_intents() -> None:
    lineage = load()
    files = sorted((ROOT / "data" / "reasons").glob("*.toml"))
    tables = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in files}
    assert {name: table["citing"] for name, table in tables.items()} == {name: name for name in tables}
    assert len(lineage.reasons) == sum(len(table["reasons"]) for table in tables.values())
    for reason in lineage.reasons.values():
        assert 0 < len(reason.uses.split()) <= 25
        assert reason.intents


def test_every_paper_of_the_shipped_list_has_its_contribution_in_at_most_twenty_words() -> None:
    lineage = load()
    said = [lineage.paper(key).contribution for key in lineage.list_keys]
    assert len(said) == 23
    assert all(each and len(each.split()) <= 20 for each in said)
