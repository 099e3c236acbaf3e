"""A reading list that a person writes, and what they are told when it cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import InputError
from graph.model.reading_list import load_reading_list

GOOD = """
title = "Mine"
[[themes]]
id = "one"
name = "One"
[[entries]]
number = 2
themes = ["one"]
title = "Second"
doi = "10.1234/ABC"
[[entries]]
number = 1
themes = ["one"]
names = ["First"]
title = "First of all"
arxiv = "1810.04805v3"
listed_year = 2018
"""


def loaded(tmp_path: Path, text: str):
    path = tmp_path / "list.toml"
    path.write_text(text, "utf-8")
    return load_reading_list(path)


def test_entries_are_read_in_the_order_of_their_numbers(tmp_path: Path):
    entries = loaded(tmp_path, GOOD).entries
    assert [entry.number for entry in entries] == [1, 2]
    assert [str(i) for entry in entries for i in entry.identifiers] == ["arxiv:1810.04805", "doi:10.1234/abc"]
    assert [entry.listed_year for entry in entries] == [2018, None]


@pytest.mark.parametrize(
    ("change", "place", "message"),
    [
        (('themes = ["one"]', 'themes = ["two"]'), "entry 1", "theme 'two' is not defined"),
        (('doi = "10.1234/ABC"', ""), "entry 2", "it has no identifier"),
        (('doi = "10.1234/ABC"', 'doi = "10.18653/v1/"'), "entry 2", "doi:10.18653/v1/ is cut short"),
        (
            ('doi = "10.1234/ABC"', "arxiv = 2010.11250"),
            "entry 2",
            "arxiv:2010.1125 is cut short; write the whole identifier in quotes",
        ),
        (("= 2018", "= -2018"), "entry 1", "listed_year must be from 1 to 9999, not -2018; leave it out"),
        (("= 2018", "= 20180"), "entry 1", "listed_year must be from 1 to 9999, not 20180"),
        (("= 2018", "= 0"), "entry 1", "listed_year must be from 1 to 9999, not 0"),
        (("number = 2", "number = -2"), "entry -2", "the number must be from 0 to 999999999"),
        (('title = "Second"', 'title = "\u200b"'), "entry 2", "title is blank"),
        (("number = 2", "number = 1"), "entry 1", "the number is used 2 times"),
        (('doi = "10.1234/ABC"', 'doi = "abc"'), "entry 2", "'abc' does not have the form of doi"),
        (("number = 2", 'number = "2"'), "entry 2", "number is a text and must be a whole number"),
        (('title = "Second"', 'titel = "Second"'), "entry 2", "unknown field 'titel'"),
        (('id = "one"', ""), "theme at position 1", "id is missing; give it an id and a name, as in: id"),
        (("[[themes]]", "[themes]"), "list.toml", "'themes' is not an array of tables"),
        (('title = "Mine"', "title = 3"), "list.toml", "title is a whole number and must be a text"),
        (('title = "Mine"', "title = "), "list.toml", "broken TOML"),
    ],
)
def test_a_fault_is_reported_with_its_place(tmp_path: Path, change: tuple[str, str], place: str, message: str):
    with pytest.raises(InputError) as fault:
        loaded(tmp_path, GOOD.replace(*change))
    assert place in str(fault.value)
    assert message in str(fault.value)


def test_all_faults_are_reported_at_once(tmp_path: Path):
    text = GOOD.replace('doi = "10.1234/ABC"', "").replace('themes = ["one"]', 'themes = ["two"]')
    with pytest.raises(InputError) as fault:
        loaded(tmp_path, text)
    assert str(fault.value).startswith("3 faults")


def test_a_list_without_entries_is_refused(tmp_path: Path):
    with pytest.raises(InputError, match="it has no entries"):
        loaded(tmp_path, 'title = "Empty"')


def test_an_entry_may_be_named_by_pubmed_openalex_or_opencitations(tmp_path: Path):
    fields = {
        "pmid": ("90000001", "pmid:90000001"),
        "pmcid": ('"PMC900001"', "pmcid:900001"),
        "openalex": ('"w2741809607"', "openalex:W2741809607"),
        "omid": ('"br/06101801781"', "omid:br/06101801781"),
    }
    rows = "".join(f"[[entries]]\nnumber = {n}\n{name} = {fields[name][0]}\n" for n, name in enumerate(fields, 1))
    entries = loaded(tmp_path, f'title = "Mine"\n{rows}').entries
    assert [tuple(map(str, each.identifiers)) for each in entries] == [(meant,) for _, meant in fields.values()]
    with pytest.raises(InputError, match="does not have the form of openalex"):
        loaded(tmp_path, GOOD.replace('doi = "10.1234/ABC"', 'openalex = "A5023888391"'))


@pytest.mark.parametrize(
    ("field", "link", "meant"),
    [
        ("openalex", "https://openalex.org/works/W2741809607", "openalex:W2741809607"),
        ("pmcid", "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC900001/", "pmcid:900001"),
        ("pmid", "https://pubmed.ncbi.nlm.nih.gov/90000001/", "pmid:90000001"),
        ("omid", "https://opencitations.net/meta/br/06101801781", "omid:br/06101801781"),
        ("arxiv", "https://arxiv.org/abs/1810.04805v2", "arxiv:1810.04805"),
        ("doi", "https://doi.org/10.1234/ABC", "doi:10.1234/abc"),
    ],
)
def test_an_identifier_may_be_pasted_as_a_link(tmp_path: Path, field: str, link: str, meant: str):
    entries = loaded(tmp_path, GOOD.replace('doi = "10.1234/ABC"', f'{field} = "{link}"')).entries
    assert [str(each) for each in entries[1].identifiers] == [meant]
    with pytest.raises(InputError, match="does not have the form of"):
        loaded(tmp_path, GOOD.replace('doi = "10.1234/ABC"', f'{field} = "https://example.org/paper"'))
