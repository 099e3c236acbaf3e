"""Lists that a reference manager exported: BibTeX, RIS and CSL-JSON."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import InputError
from graph.sources.fetch.reference_files import read_reference_file

BIBTEX = r"""
@string{x = "ignored"}
@article{one, title = {{BERT}: Pre-training of Transf{\'o}rmers}, author = {Devlin, Jacob and Chang, Ming-Wei},
  eprint = {1810.04805}, archivePrefix = {arXiv}, doi = {10.18653/v1/N19-1423}}
@misc{two, title = "Following Instructions", url = {https://arxiv.org/abs/2203.02155v1}}
@misc{nothing, note = {no title}}
@broken{three, title = {
"""
RIS = """TY  - JOUR
TI  - Learning to Align
AU  - Old, Ann
DO  - 10.1000/x
UR  - https://arxiv.org/abs/1409.0473
ER  -

TY  - JOUR
T1  - Only a Title
ER  -
"""
CSL = [
    {"title": "Learning to Align", "author": [{"given": "Ann", "family": "Old"}], "DOI": "10.1000/X"},
    {"title": "Following\n Instructions", "URL": "https://arxiv.org/abs/2203.02155", "number": "arXiv:2203.02155"},
    {"note": "nothing to go by"},
    7,
]


def written(folder, name, text):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_bibtex_gives_identifiers_titles_and_first_authors(tmp_path):
    targets = read_reference_file(written(tmp_path, "a.bib", BIBTEX))
    assert [each.api_ids for each in targets.papers] == [
        ("ARXIV:1810.04805", "ACL:N19-1423", "DOI:10.18653/v1/n19-1423"),
        ("ARXIV:2203.02155",),
    ]
    assert targets.papers[0].title == "BERT: Pre-training of Transfórmers"
    assert targets.papers[0].first_author == "Devlin, Jacob"
    assert len(targets.notes) == 2
    assert all("a.bib, " in note for note in targets.notes)


@pytest.mark.parametrize("doi", ["10.1000/a%3Cb_c", r"10.1000/a\%3Cb\_c"])
def test_a_doi_in_bibtex_is_read_as_it_stands_or_as_escaped_for_tex(tmp_path, doi):
    targets = read_reference_file(
        written(tmp_path, "a.bib", f"@article{{one, title = {{Of}}, doi = {{{doi}}}, year = 2001}}")
    )
    assert targets.papers[0].api_ids == ("DOI:10.1000/a%3cb_c",)


def test_ris_gives_identifiers_titles_and_first_authors(tmp_path):
    targets = read_reference_file(written(tmp_path, "a.ris", RIS))
    assert [each.api_ids for each in targets.papers] == [("ARXIV:1409.0473", "DOI:10.1000/x"), ()]
    assert [each.title for each in targets.papers] == ["Learning to Align", "Only a Title"]
    assert targets.papers[0].first_author == "Old, Ann"


@pytest.mark.parametrize("value", [CSL, {"items": CSL}])
def test_csl_json_gives_identifiers_titles_and_first_authors(tmp_path, value):
    targets = read_reference_file(written(tmp_path, "a.json", json.dumps(value)))
    assert [(each.api_ids, each.title, each.first_author) for each in targets.papers] == [
        (("DOI:10.1000/x",), "Learning to Align", "Ann Old"),
        (("ARXIV:2203.02155",), "Following Instructions", None),
    ]
    assert [note.partition("a.json, ")[2] for note in targets.notes] == [
        "entry 4: not an object",
        "entry 3: neither a title nor an identifier",
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", "{}"),
        ("a.json", "[" * 100_000),
        ("a.json", "[]"),
        ("a.json", "no json"),
        ("a.ris", "no ris"),
        ("a.bib", ""),
    ],
)
def test_a_file_without_an_entry_is_said(tmp_path, name, text):
    with pytest.raises(InputError, match=r"a\.(json|ris|bib)"):
        read_reference_file(written(tmp_path, name, text))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.sampled_from([".bib", ".ris", ".json"]))
def test_whatever_a_file_holds_it_is_read_or_refused(tmp_path_factory, text, ending):
    path = tmp_path_factory.getbasetemp() / f"library{ending}"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        targets = read_reference_file(path)
    except InputError:
        return
    assert targets.papers
