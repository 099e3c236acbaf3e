"""What single formats do with single facts: directions, shapes, dates, missing values, and escapes."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from lxml import etree

from graph.analysis.theme_flow import ThemeFlow
from graph.exports.formats.references import item_of
from graph.exports.formats.svg_elements import arrowhead, number, text_on, wrapped
from graph.exports.registry import find_format
from graph.exports.selection import Selection
from graph.exports.style import text_width
from graph.exports.theme_figure import theme_svg
from graph.model.corpus import Corpus, Paper
from graph.model.identifiers import identifier
from graph.model.lineage import build_lineage
from graph.model.reading_list import Entry, ReadingList, Theme

from ..helpers.export_world import evidence, letters, select
from ..helpers.written_files import csl_of

ARXIV, DOI = identifier("arxiv", "1706.03762"), identifier("doi", "10.1000/x{y}")


def written(selection: Selection, format_: str, ending: str | None = None) -> str:
    files = find_format(format_).write(selection)
    content = files[ending] if ending else next(iter(files.values()))
    assert isinstance(content, str)
    return content


def alone(**fields: Any) -> Selection:
    lineage = build_lineage(Corpus({"a": Paper("a", **fields)}), ReadingList("Nothing yet", (), ()))
    return select(lineage, "corpus")


def listed(*names: str, numbers: tuple[int, ...] = (7,)) -> Selection:
    """One paper that entries with these numbers name, under themes of these names."""
    paper = Paper("a", "A title", identifiers=(ARXIV,))
    themes = tuple(Theme(f"t{n}", name) for n, name in enumerate(names))
    ids = tuple(theme.id for theme in themes)
    entries = tuple(Entry(number, ids, "A title", identifiers=(ARXIV,)) for number in numbers)
    return select(build_lineage(Corpus({"a": paper}), ReadingList("L", themes, entries)), "corpus")


# References


def bibtex_fields(selection: Selection) -> dict[str, str]:
    return dict(re.findall(r"^\t(\w+) = (.*?),?$", written(selection, "bibtex"), re.MULTILINE))


def ris_lines(selection: Selection) -> list[tuple[str, str]]:
    return [(line[:2], line[6:]) for line in written(selection, "ris").splitlines() if line]


def csl(selection: Selection) -> dict[str, Any]:
    return csl_of(selection.lineage, "a")


def test_a_preprint_has_arxiv_as_its_publisher_and_no_venue() -> None:
    preprint = alone(title="T", venue="arXiv", identifiers=(ARXIV,), date="2017-06")
    fields = bibtex_fields(preprint)
    assert {name: fields.get(name) for name in ("eprint", "archivePrefix", "howpublished", "journal", "month")} == {
        "eprint": "{1706.03762}",
        "archivePrefix": "{arXiv}",
        "howpublished": None,
        "journal": None,
        "month": "jun",
    }
    item = csl(preprint)
    assert (item["type"], item["publisher"], item["number"]) == ("article", "arXiv", "arXiv:1706.03762")
    assert "container-title" not in item
    lines = ris_lines(preprint)
    assert ("PB", "arXiv") in lines
    assert ("AN", "arXiv:1706.03762") in lines
    named = bibtex_fields(alone(venue="arXiv preprint server"))
    assert named["howpublished"] == "{arXiv preprint server}"
    assert "eprint" not in named
    assert "archivePrefix" not in named
    assert "publisher" not in csl(alone(venue="arXiv"))


def test_a_report_has_its_institution_and_a_conference_its_proceedings() -> None:
    report = alone(venue="OpenAI technical report", date="2018")
    assert (bibtex_fields(report)["institution"], csl(report)["publisher"]) == ("{OpenAI}", "OpenAI")
    assert "container-title" not in csl(report)
    assert {("PB", "OpenAI"), ("TY", "RPRT")} <= set(ris_lines(report))
    assert "month" not in bibtex_fields(report)
    conference = alone(venue="NeurIPS 2022")
    assert (bibtex_fields(conference)["booktitle"], csl(conference)["container-title"]) == (
        "{NeurIPS 2022}",
        "NeurIPS 2022",
    )
    assert {("T2", "NeurIPS 2022"), ("C3", "NeurIPS 2022")} <= set(ris_lines(conference))
    journal = alone(venue="Nature 521(7553), 2015")
    assert ("T2", "Nature") in ris_lines(journal)
    assert not [value for tag, value in ris_lines(journal) if tag == "C3"]


def test_a_publication_is_dated_at_its_venue_and_the_first_version_beside_it() -> None:
    both = alone(date="2018-10-11", date_basis="first_version", publication_date="2019-06-02", venue="NAACL 2019")
    assert {name: bibtex_fields(both)[name] for name in ("year", "month", "publicsince")} == {
        "year": "{2019}",
        "month": "jun",
        "publicsince": "{2018-10-11}",
    }
    assert (csl(both)["issued"], csl(both)["custom"]["date"]) == ({"date-parts": [[2019, 6, 2]]}, "2018-10-11")
    assert {("PY", "2019"), ("DA", "2019/06/02/")} <= set(ris_lines(both))
    by_venue = alone(date="2014-05", venue="Nature 521(7553), 2015")
    assert (bibtex_fields(by_venue)["year"], csl(by_venue)["issued"]) == ("{2015}", {"date-parts": [[2015]]})
    assert {("PY", "2015"), ("DA", "2015///")} <= set(ris_lines(by_venue))
    assert ("DA", "2014/05//") in ris_lines(alone(date="2014-05"))
    assert bibtex_fields(alone(date="2014-12"))["month"] == "dec"


def test_authors_that_are_missing_are_said_to_be_missing() -> None:
    some = alone(authors=("Ann Lee", "OpenAI"), title="T")
    assert bibtex_fields(some)["author"] == "{Lee, Ann and {OpenAI} and others}"
    assert csl(some)["author"] == [{"family": "Lee", "given": "Ann"}, {"literal": "OpenAI"}]
    assert csl(some)["custom"]["more_authors"] is True
    assert "not all of its authors are known here" in csl(some)["note"]
    every = alone(authors=("Ann Lee",), authors_complete=True)
    assert bibtex_fields(every)["author"] == "{Lee, Ann}"
    assert "more_authors" not in csl(every)["custom"]
    assert "authors are known" not in csl(every)["note"]
    nobody = alone(title="T")
    assert "author" not in bibtex_fields(nobody)
    assert "authors are known" not in csl(nobody)["note"]
    assert [value for tag, value in ris_lines(alone(authors=("Barnes, Noble, Sons",))) if tag == "AU"] == [
        "Barnes Noble Sons"
    ]


def test_themes_are_keywords_without_the_characters_that_separate_keywords() -> None:
    selection = listed("Pears, and plums; apples", "R&D")
    assert bibtex_fields(selection)["keywords"] == r"{Pears / and plums / apples, R\&D}"
    assert csl(selection)["keyword"] == "Pears / and plums / apples, R&D"
    assert [value for tag, value in ris_lines(selection) if tag == "KW"] == ["Pears / and plums / apples", "R&D"]


def test_a_note_says_what_a_reference_has_no_field_for() -> None:
    assert csl(listed("A"))["note"] == "entry 7 of the reading list; known as arxiv:1706.03762"
    assert csl(listed("A", numbers=(7, 9)))["note"].startswith("entries 7 and 9 of the reading list; ")
    assert csl(listed("A"))["custom"] == {
        "identifiers": ["arxiv:1706.03762"],
        "role": "list",
        "list_numbers": [7],
        "themes": ["t0"],
    }
    named = alone(names=("ONE", "TWO"), date="2003", date_basis="stated_year", venue="Some place")
    assert csl(named)["note"] == (
        "role in the lineage: other; called ONE, TWO; public since 2003, as bibliographies state it"
    )
    assert csl(named)["custom"]["names"] == ["ONE", "TWO"]
    assert csl(named)["custom"]["venue"] == "Some place"
    assert csl(alone(date="2003"))["note"] == ("role in the lineage: other; public since 2003, its source is not known")


def test_a_brace_in_a_doi_is_percent_encoded_for_bibtex_alone() -> None:
    selection = alone(identifiers=(DOI,))
    assert bibtex_fields(selection)["doi"] == "{10.1000/x%7by%7d}"
    assert csl(selection)["DOI"] == "10.1000/x{y}"


@pytest.mark.parametrize(
    ("venue", "type_"),
    [
        ("TMLR 2023", "article"),
        ("JMLR 2020", "article"),
        ("IEEE TPAMI 2020", "article"),
        ("CVPR 2016", "conference"),
        ("Proceedings of something", "conference"),
        ("A workshop on things", "conference"),
        ("Technical Report 12", "report"),
        ("CoRR", "preprint"),
        ("CoRRelations", "article"),
    ],
)
def test_types_follow_from_the_venue(venue: str, type_: str) -> None:
    lineage = alone(venue=venue).lineage
    assert item_of(lineage, "a").type == type_


# Networks


def gexf(selection: Selection) -> Any:
    return etree.fromstring(written(selection, "gexf").encode("utf-8"))


def test_roles_have_shapes_of_their_own_in_gexf() -> None:
    root = gexf(select(letters("ab bc cd xc bz", listed="ad"), "corpus"))
    shapes = {
        node.get("id"): node.find(".//{http://gexf.net/1.3/viz}shape").get("value")
        for node in root.iter("{http://gexf.net/1.3}node")
    }
    assert shapes == {"a": "square", "d": "square", "b": "diamond", "c": "diamond", "x": "disc", "z": "triangle"}


def test_gexf_begins_a_citation_with_the_later_paper_and_a_vague_date_with_its_first_day() -> None:
    lineage = letters("ab bc", dates={"a": "2001-05", "b": "1999", "c": None})
    root = gexf(select(lineage, "corpus"))
    begins = {
        each.get("id"): each.get("start")
        for each in root.iter("{http://gexf.net/1.3}node", "{http://gexf.net/1.3}edge")
    }
    assert begins == {"a": "2001-05-01", "b": "1999-01-01", "c": None, "a:b": "2001-05-01", "b:c": None}


def test_line_ends_that_xml_would_turn_into_spaces_are_references_in_gexf() -> None:
    found = written(alone(title="one\u2028two\u0085three\nfour"), "gexf")
    assert 'value="one&#8232;two&#133;three&#10;four"' in found


def test_numbers_that_are_no_numbers_have_no_value_and_a_comment_no_double_hyphen() -> None:
    title = "<!-- x --> and -- more"
    lineage = letters("ab")
    named = replace(lineage, reading_list=ReadingList(title, (), ()))
    root = etree.fromstring(written(select(named, "corpus"), "graphml").encode("utf-8"))
    (comment,) = root.itersiblings(etree.Comment, preceding=True)
    assert "--" not in comment.text
    assert "and - - more" in comment.text
    data = [each.text for each in root.iter("{*}data") if each.get("key") == "e_backwards"]
    assert data == ["false"]


def test_pajek_numbers_themes_from_one_and_says_what_they_are() -> None:
    selection = select(letters("ab xc", listed="ac"), "corpus")
    assert written(selection, "pajek", ".clu").splitlines() == ["*Vertices 4", "1", "1", "2", "2"]
    assert "% themes: 0 not known; 1 Theme one; 2 Theme two" in written(selection, "pajek").splitlines()
    unknown = select(letters("ab"), "corpus")
    assert written(unknown, "pajek", ".clu").splitlines() == ["*Vertices 2", "0", "0"]
    quoted = written(alone(names=('a "b" \\c',)), "pajek").splitlines()[3]
    assert quoted.startswith("1 \"a 'b' /c [a]\" ")


def test_vosviewer_has_y_upwards_and_weights_of_citations_in_the_file() -> None:
    selection = select(letters("ab bc ac", listed="a", complete="bc"), "corpus")
    network = json.loads(written(selection, "vosviewer"))["network"]
    items = {item["id"]: item for item in network["items"]}
    assert {key: item["weights"] for key, item in items.items()} == {
        "a": {"Cited by in this file": 2},
        "b": {"Cited by in this file": 1, "Cites in this file": 1},
        "c": {"Cited by in this file": 0, "Cites in this file": 2},
    }
    for key, place in selection.layout.placements.items():
        assert (items[key]["x"], items[key]["y"]) == pytest.approx((place.x / 1000, -place.y / 1000), abs=1e-5)
    both = json.loads(written(select(evidence(), "corpus"), "vosviewer"))
    strengths = {(each["source_id"], each["target_id"]): each["strength"] for each in both["network"]["links"]}
    assert strengths == {("one", "two"): 2.0, ("two", "three"): 1.0, ("two", "four"): 1.0}
    hostile = replace(letters("ab"), reading_list=ReadingList("<b>", (), ()))
    assert "&lt;b&gt;" in json.loads(written(select(hostile, "corpus"), "vosviewer"))["info"]["description"]


def test_graphviz_ranks_years_dashes_backward_citations_and_tints_boxes() -> None:
    lines = written(select(letters("ab ac", dates={"b": "2005", "c": "2005"}), "corpus"), "dot").splitlines()
    assert '  { rank=same; "b"; "c"; }' in lines
    lines = written(select(evidence(), "corpus"), "dot").splitlines()
    dashed = [line.split(" [")[0].strip() for line in lines if "style=dashed, constraint=false, backwards=true" in line]
    assert dashed == ['"two" -> "four"']
    node = next(line for line in written(listed("A"), "dot").splitlines() if line.startswith('  "a" ['))
    assert 'shape="box", style="rounded,filled", color="#0072B2", fillcolor="#0072B233"' in node


def test_cells_of_a_table_are_joined_and_an_unknown_one_is_empty() -> None:
    selection = select(letters("ab", listed="a"), "flow A → B")
    rows = list(csv.DictReader(io.StringIO(written(selection, "csv"))))
    assert [(row["key"], row["themes"], row["inferred_themes"], row["references"]) for row in rows] == [
        ("a", "Theme one; Theme two", "", "not_fetched"),
        ("b", "", "Theme one 50 %; Theme two 50 %", "not_fetched"),
    ]
    (citation,) = csv.DictReader(io.StringIO(written(selection, "csv", "-citations.csv")))
    assert (citation["sources"], citation["influential"], citation["paths"]) == ("a print", "", "1.0")


# Text


def headings(content: str) -> list[str]:
    return [line for line in content.splitlines() if line.startswith("## ")]


def test_markdown_names_eight_authors_roles_outside_the_list_and_inferred_themes() -> None:
    nine = tuple(f"Ann Lee{n}" for n in range(9))
    line = written(alone(title="T", authors=nine, date="2001", date_basis="corrected"), "markdown").splitlines()[4]
    assert line == (f"- **T** `a`: {', '.join(nine[:8])}, and others. T. 2001 (corrected by a person). other.")
    eight = written(alone(title="T", authors=nine[:8]), "markdown")
    assert "and others" not in eight
    content = written(select(letters("ab xb", listed="a"), "corpus"), "markdown")
    assert (
        "- **\\[1\\] A** `a`: [Paper A](<https://arxiv.org/abs/2001.00000>). 2001 (its source is not known)." in content
    )
    assert "2002 (its source is not known). descendant. theme inferred." in content
    assert headings(content) == ["## Theme one", "## Citations"]
    unknown = written(select(letters("ab xy", listed="a"), "corpus"), "markdown")
    assert [line for line in unknown.splitlines() if line.startswith("## ")][:2] == [
        "## Theme one",
        "## No theme known",
    ]


# Figures


@pytest.mark.parametrize(
    ("value", "shown"), [(2.0, "2"), (1 / 3, "0.33"), (-0.001, "0"), (0.25, "0.25"), (10.0, "10"), (-1.5, "-1.5")]
)
def test_a_coordinate_has_two_digits_and_no_needless_zero(value: float, shown: str) -> None:
    assert number(value) == shown


def test_text_is_black_or_white_by_which_contrasts_more() -> None:
    def luminance(colour: str) -> float:
        channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    def contrast(one: str, other: str) -> float:
        low, high = sorted([luminance(one), luminance(other)])
        return (high + 0.05) / (low + 0.05)

    for colour in ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#666666"):
        on_white, on_black = contrast(colour, "#ffffff"), contrast(colour, "#000000")
        assert text_on(colour) == ("#ffffff" if on_white > on_black else "#111111"), colour


def test_a_text_is_wrapped_between_words_where_it_would_become_too_wide() -> None:
    text = "one two three four five six seven eight nine ten"
    lines = list(wrapped(text, 60, 10))
    assert " ".join(lines) == text
    assert all(text_width(line) * 10 <= 60 for line in lines)
    assert all(text_width(f"{line} {after.split()[0]}") * 10 > 60 for line, after in pairwise(lines))
    assert list(wrapped("unbreakable", 5, 10)) == ["unbreakable"]
    assert list(wrapped("", 5, 10)) == []


def test_an_arrow_ends_at_its_point_and_runs_in_its_direction() -> None:
    assert 'd="M10 20L3 22.94L3 17.06Z"' in arrowhead(10, 20)
    assert 'd="M10 20L7.06 13L12.94 13Z"' in arrowhead(10, 20, dx=0, dy=3)


def boxes(selection: Selection) -> dict[str, Any]:
    root = etree.fromstring(written(selection, "svg").encode("utf-8"))
    return {group.findtext("{*}title"): group for group in root.iter("{*}g") if group.find("{*}title") is not None}


def test_a_second_theme_is_an_outline_in_its_colour() -> None:
    groups = boxes(select(letters("ab", listed="ab"), "list"))
    outlined, plain = (groups[f"Paper {name} ({year}); Theme {theme}, chosen"] for name, year, theme in FIRST_TWO)
    assert [each.get("stroke") for each in outlined.iter("{*}rect")] == [None, "#E69F00"]
    assert [each.get("stroke") for each in plain.iter("{*}rect")] == [None]


FIRST_TWO = (("A", 2001, "one"), ("B", 2002, "two"))


def test_a_small_figure_has_room_for_its_heading() -> None:
    root = etree.fromstring(written(select(letters("ab", listed="a"), "list"), "svg").encode("utf-8"))
    assert float(root.get("width")) == 640


def test_a_card_of_a_path_says_year_theme_and_number_and_marks_what_is_inferred() -> None:
    selection = select(letters("ab bc", listed="ac"), "A → C")
    texts = [each.text for each in etree.fromstring(written(selection, "svg").encode()).iter("{*}text")]
    for line in ("2001 · one · no. 1", "2002 · ~two", "2003 · two · no. 2"):
        assert line in texts
    assert "1. B cites A: a print, entry 1" in texts
    dashed = etree.fromstring(written(select(evidence(), "one → four"), "svg").encode())
    arrows = [each.get("stroke-dasharray") for each in dashed.iter("{*}path") if each.get("stroke") == "#8a8a8a"]
    assert arrows == [None, "5 4"]


def test_circles_of_the_theme_figure_have_areas_that_are_the_citations() -> None:
    lineage = letters("ab", listed="ab")
    flow = ThemeFlow(("one", "two"), {("one", "two"): 4.0, ("two", "two"): 1.0}, {}, 0)
    root = etree.fromstring(theme_svg(lineage, flow).encode("utf-8"))
    circles = {float(each.get("cy")): (float(each.get("cx")), float(each.get("r"))) for each in root.iter("{*}circle")}
    (_, (column, large)), (_, (same_column, small)) = sorted(circles.items())  # the row of theme one is above
    assert column == same_column == 230 + 90 + 45
    assert large**2 == pytest.approx(4 * small**2, rel=0.01)
    numbers = [each.text for each in root.iter("{*}text") if each.get("text-anchor") == "middle"]
    assert numbers == ["0", "4", "0", "1"]  # by row and then by column
