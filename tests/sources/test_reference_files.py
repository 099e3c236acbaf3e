"""Lists that a reference manager exported: BibTeX, RIS and CSL-JSON."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import InputError
from graph.sources.fetch.targets import Target, read_targets

BIBTEX = r"""
@string{x = "ignored"}
@article{one, title = {{BERT}: Pre-training of Transf{\'o}rmers}, author = {Devlin, Jacob and Chang, Ming-Wei},
  EPRINT = {1810.04805}, archivePrefix = {arXiv}, doi = {10.18653/v1/N19-1423}}
@misc{two, title = "Following
   Instructions", url = {https://arxiv.org/abs/2203.02155v1}}
@misc{three, arxivId = {1409.0473}}
@misc{nothing, note = {no title}}
@broken{four, title = {
"""
RIS = """TY  - JOUR
TI  - Learning to Align
AU  - Old, Ann
AU  - Mid, Bo
DO  - 10.1000/x
UR  - https://arxiv.org/abs/1409.0473
ER  -

TY  - JOUR
T1  - Only a Title
A1  - First, Fay
ER  -

TY  - JOUR
T2  - A Secondary Title
ER  -
"""
CSL = [
    {
        "title": "Learning to Align",
        "author": [{"given": "Ann", "family": "Old"}, {"family": "Mid"}],
        "DOI": "10.1000/X",
    },
    {"title": "Following\n Instructions", "URL": "https://arxiv.org/abs/2203.02155"},
    {"title": "A Number", "number": "arXiv:1409.0473", "author": [{"literal": "A Working Group"}]},
    {"archive_location": "10.1000/y", "author": ["not a person"]},
    {"note": "nothing to go by"},
    7,
]


def written(folder, name, text):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_bibtex_gives_identifiers_titles_and_first_authors(tmp_path, caplog):
    targets = read_targets(written(tmp_path, "a.bib", BIBTEX))
    title = "BERT: Pre-training of Transfórmers"
    assert targets.papers == (
        Target(
            f"entry 1: {title}",
            ("ARXIV:1810.04805", "ACL:N19-1423", "DOI:10.18653/v1/n19-1423"),
            title,
            "Devlin, Jacob",
        ),
        Target("entry 2: Following Instructions", ("ARXIV:2203.02155",), "Following Instructions"),
        Target("entry 3: arxiv:1409.0473", ("ARXIV:1409.0473",)),
    )
    assert [note.partition("a.bib, ")[2].partition("; its fields")[0] for note in targets.notes] == [
        "line 9: the braces or quotes of entry 'four' do not balance",
        "line 8: entry 'nothing': neither a title nor an identifier; left out; add one of them",
        "line 9: entry 'four': neither a title nor an identifier; left out; add one of them",
    ]
    assert not caplog.records  # the library would say the same again, in its own words


@pytest.mark.parametrize("doi", ["10.1000/a%3Cb_c", r"10.1000/a\%3Cb\_c"])
def test_a_doi_in_bibtex_is_read_as_it_stands_or_as_escaped_for_tex(tmp_path, doi):
    path = written(tmp_path, "a.bib", f"@article{{one, title = {{Of}}, doi = {{{doi}}}, year = 2001}}")
    assert read_targets(path).papers[0].api_ids == ("DOI:10.1000/a%3cb_c",)


def test_an_eprint_of_an_archive_that_nobody_can_be_asked_for_is_no_identifier(tmp_path):
    path = written(tmp_path, "a.bib", "@article{one, title = {Of}, eprint = {25123456}, eprinttype = {jstor}}")
    assert read_targets(path).papers[0].api_ids == ()


def test_ris_gives_identifiers_titles_and_first_authors(tmp_path):
    assert read_targets(written(tmp_path, "a.ris", RIS)).papers == (
        Target("entry 1: Learning to Align", ("ARXIV:1409.0473", "DOI:10.1000/x"), "Learning to Align", "Old, Ann"),
        Target("entry 2: Only a Title", (), "Only a Title", "First, Fay"),
        Target("entry 3: A Secondary Title", (), "A Secondary Title"),
    )


@pytest.mark.parametrize("name", ["a.json", "A.JSON"])
@pytest.mark.parametrize("value", [CSL, {"items": CSL}])
def test_csl_json_gives_identifiers_titles_and_first_authors(tmp_path, name, value):
    targets = read_targets(written(tmp_path, name, json.dumps(value)))
    assert targets.papers == (
        Target("entry 1: Learning to Align", ("DOI:10.1000/x",), "Learning to Align", "Ann Old"),
        Target("entry 2: Following Instructions", ("ARXIV:2203.02155",), "Following Instructions"),
        Target("entry 3: A Number", ("ARXIV:1409.0473",), "A Number", "A Working Group"),
        Target("entry 4: doi:10.1000/y", ("DOI:10.1000/y",)),
    )
    assert [note.partition(f"{name}, ")[2] for note in targets.notes] == [
        "entry 6: not an object; remove it, or export the list again",
        "entry 5: neither a title nor an identifier; left out; add one of them",
    ]


def test_an_identifier_that_an_entry_gives_twice_is_asked_for_once(tmp_path):
    entry = {"title": "One", "DOI": "10.1000/x", "URL": "https://doi.org/10.1000/X"}
    path = written(tmp_path, "a.json", json.dumps([entry]))
    assert read_targets(path).papers[0].api_ids == ("DOI:10.1000/x",)


def test_a_long_title_is_shortened_in_its_label_alone(tmp_path):
    (target,) = read_targets(written(tmp_path, "a.json", json.dumps([{"title": "x" * 200}]))).papers
    assert (len(target.label), target.title) == (len("entry 1: ") + 60, "x" * 200)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.json", "{}", "this is JSON, and no list of CSL-JSON items; export it again as CSL-JSON"),
        ("a.json", "[" * 100_000, "broken JSON: it is nested too deeply; export it again as CSL-JSON"),
        ("a.json", "[]", "no entry that names a paper; check the export"),
        ("a.json", "[7]", r"no entry that names a paper \(.*a\.json, entry 1: not an object\); check the export"),
        ("a.json", "no json", "broken JSON: .*; export it again as CSL-JSON"),
        ("a.bib", "@misc{a, title = {\u200b}}", r"no entry .*, line 1: entry 'a': neither a title nor an identifier"),
        ("a.ris", "no ris", "no entry that names a paper"),
        ("a.bib", "", "no entry that names a paper"),
    ],
)
def test_a_file_without_an_entry_is_refused(tmp_path, name, text, message):
    with pytest.raises(InputError, match=rf"{name}: {message}"):
        read_targets(written(tmp_path, name, text))


@given(st.text(max_size=200), st.sampled_from([".bib", ".ris", ".json"]))
def test_whatever_a_file_holds_it_is_read_or_refused(tmp_path_factory, text, ending):
    path = tmp_path_factory.getbasetemp() / f"library{ending}"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        targets = read_targets(path)
    except InputError:
        return
    assert targets.papers
