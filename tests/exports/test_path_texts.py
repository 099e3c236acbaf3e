"""Answers about paths in words: the text for a terminal and the HTML show the same sentences and steps."""

from __future__ import annotations

import re
from dataclasses import replace
from textwrap import dedent

import pytest
from lxml import html

from graph.analysis.ancestry import find_relatives
from graph.analysis.flow import flow
from graph.analysis.path_options import PathOptions
from graph.analysis.paths import PathAnswer, find_paths
from graph.exports.text.path_report import path_report
from graph.exports.text.path_text import path_text, relatives_text, trail_text
from graph.model.lineage import Lineage
from graph.pages.answer_html import flow_html, paper_html, paths_html, relatives_html, table, text_html

from ..helpers.export_world import evidence, letters, shipped


def diamond() -> Lineage:
    """Two ways from A to D, a shorter one, and a step to E, of which A and E are the reading list."""
    return letters("ab ac bd cd de ad", listed="ae", complete="bcde")


def told(lineage: Lineage, start: str, end: str, options: PathOptions | None = None) -> list[str]:
    return path_text(lineage, find_paths(lineage, start, end, options or PathOptions())).splitlines()


def test_paths_are_listed_with_a_line_for_each_paper() -> None:
    lines = told(diamond(), "a", "e", PathOptions(top=2))
    assert "\n".join(lines) == dedent("""\
        A → E: no direct citation; 3 paths, none of them within the list.
        Arrows run from the cited paper to the one that cites it; ~ marks a theme that is inferred.

        1. A → D → E   (2 hops, through papers outside the list)
           2001  A  one, two
           2004  D  ~two 75%  cites A: a print, entry 6
           2005  E  two       cites D: a print, entry 5

        2. A → B → D → E   (3 hops, through papers outside the list)
           2001  A  one, two
           2002  B  ~one 50%  cites A: a print, entry 1
           2004  D  ~two 75%  cites B: a print, entry 3
           2005  E  two       cites D: a print, entry 5

        ... and 1 more, no shorter than the last; --top shows more of them.""")


def test_a_citation_of_a_later_paper_is_marked_and_evidence_says_all_that_a_source_says() -> None:
    lines = told(evidence(), "one", "four")
    assert lines[3] == "1. First, of all → Two → Fourth   (2 hops, within the list)"
    assert lines[5].endswith(
        "cites First, of all: bibliography of two, entries 3, 7; "
        "Semantic Scholar, influential, for background, for methodology"
    )
    assert lines[6] == "   2000  Fourth         ~b 100%  cites Two: Semantic Scholar  (cites a later paper)"


@pytest.mark.parametrize(
    ("options", "heading"),
    [
        (PathOptions(), "3 paths, 2 of them within the list."),
        (PathOptions(list_only=True), "2 paths within the list."),
        (PathOptions(via=("b",)), "1 path, otherwise within the list, via B."),
        (PathOptions(via=("b",), list_only=True), "1 path otherwise within the list, via B."),
        (PathOptions(waypoints=("c",)), "2 paths, all within the list, via C."),
        (PathOptions(avoid=("c",)), "1 path, not within the list, without C."),
        (PathOptions(theme="one"), "1 path, not within the list, through one."),
        (PathOptions(years=(2003, 2003)), "1 path, within the list, in 2003."),
        (PathOptions(years=(2003, 2004)), "2 paths, all within the list, between 2003 and 2004."),
        (PathOptions(years=(None, 2003)), "2 paths, 1 of them within the list, between ... and 2003."),
        (PathOptions(max_hops=2), "2 paths, 1 of them within the list, of at most 2 hops."),
    ],
)
def test_the_heading_counts_the_paths_under_their_conditions(options: PathOptions, heading: str) -> None:
    """A to E: over C, over C and D, which are all on the list, and over B, whose theme is "one" by its neighbours."""
    lineage = letters("ac cd de ce ab fb be", listed="acdef", themes={"f": "one", "e": "one"})
    assert told(lineage, "a", "e", options)[0] == f"A → E: no direct citation; {heading}"


def test_a_direct_citation_is_said_and_a_total_without_a_list_is_none() -> None:
    assert told(letters("ab"), "a", "b")[0] == "A → B: a direct citation; 1 path, within the list."
    assert told(letters("ab bc"), "a", "c")[0] == "A → C: no direct citation; 1 path, not within the list."


def answer(lineage: Lineage, **options: object) -> PathAnswer:
    return find_paths(lineage, "a", "e", PathOptions(top=1, **options))  # type: ignore[arg-type]


def test_what_is_not_shown_is_counted_and_said_in_the_order_of_the_paths() -> None:
    lineage = diamond()
    remaining = {
        "shortest": "... and 2 more, no shorter than the last",
        "strongest": "... and 2 more, no stronger than the last",
        "main": "... and 2 more, with a smaller sum of paths through their citations, or not forward in time",
        "diverse": "... and 2 more",
    }
    for rank, words in remaining.items():
        assert path_report(lineage, answer(lineage, rank=rank)).remaining == words
    assert path_report(lineage, answer(lineage, longest=True)).remaining == "... and 2 more, no longer than the last"
    uncounted = replace(answer(lineage), total=None)
    assert path_report(lineage, uncounted).remaining == "... and more, no shorter than the last"
    assert "more paths than can be counted" in path_report(lineage, uncounted).heading
    everything = find_paths(lineage, "a", "e", PathOptions(top=3))
    assert path_report(lineage, everything).remaining == ""


def test_notes_say_whether_a_path_keeps_to_the_list_and_how_strong_it_is() -> None:
    lineage = letters("ab bc cd ad", listed="abd")
    paths = path_report(lineage, find_paths(lineage, "a", "d", PathOptions(rank="strongest"))).paths
    notes = {path.length: path.notes for path in paths}
    assert notes["1 hop"][0].startswith("strength 0.")
    assert notes["3 hops"][0] == "through papers outside the list"
    assert re.fullmatch(r"strength 0\.\d{3}", notes["3 hops"][1])
    listed = letters("ab bc", listed="abc")
    assert path_report(listed, find_paths(listed, "a", "c")).paths[0].notes == ("within the list",)


DOUBT = (
    "That proves little: the references of {} before {} are not fully known, "
    "and any of them could hide a path"
)  # fmt: skip


def test_without_a_path_the_text_says_what_relates_the_papers_and_what_could_hide_one() -> None:
    assert told(diamond(), "e", "a") == [
        "E → A: no path in this corpus.",
        "The other direction exists: A → E, 3 paths.",
        "Every paper that could lie on the way has fully known references.",
    ]
    assert told(letters("ab ac bd cd"), "b", "c", PathOptions(list_only=True)) == [
        "B → C: no path in this corpus within the list.",
        "Papers outside the list, which were left out, may lie on the way.",
        "Nor is there one in the other direction, C → B.",
        "That proves little: the references of C (2003) are not fully known, and could hide a path.",
    ]
    cut = letters("ab ac")
    long = replace(cut.corpus.papers["a"], names=("A name that is much longer than a line of a terminal has room for",))
    cut = replace(cut, corpus=replace(cut.corpus, papers={**cut.corpus.papers, "a": long}))
    assert told(cut, "b", "c")[2].endswith(" descend: A name that is much longer than a line of a ter…")
    assert told(letters("ab ac bd cd"), "b", "c")[2:-1] == [
        "Nearest common ancestors, from which both descend: A.",
        "Nearest common descendants, which build on both: D.",
        "The shortest chain of citations whichever way they point, which is no lineage: B - A - C.",
    ]
    undated = letters("ab ac", dates={"a": None, "b": None, "c": None})
    assert told(undated, "b", "c")[-1] == f"{DOUBT.format('2 papers', 'C')}."
    assert told(undated, "b", "b") == ["B → B: one and the same paper."]


def test_paths_that_cannot_be_counted_in_the_other_direction_exist_all_the_same() -> None:
    lineage = diamond()
    found = find_paths(lineage, "e", "a")
    assert found.no_path is not None
    uncounted = replace(found, no_path=replace(found.no_path, reverse=None))
    assert path_text(lineage, uncounted).splitlines()[1] == "The other direction exists: A → E."


def test_only_some_of_the_papers_that_could_hide_a_path_are_named() -> None:
    arcs = " ".join(f"{letter}m" for letter in "abcdefghijkl")
    lines = told(letters(f"{arcs} no", dates=dict.fromkeys("abcdefghijkl", "2014")), "n", "m")
    assert lines[-2] == f"{DOUBT.format('12 papers', 'M')},"
    assert lines[-1] == "among them " + ", ".join(f"{letter} (2014)" for letter in "ABCDEFGH") + "."


def test_a_trail_says_in_which_order_to_read_and_why() -> None:
    assert trail_text(evidence(), find_paths(evidence(), "one", "four")) == dedent("""\
        Reading trail, 3 papers:

        1. First, of all (2001-05), a, b
           https://arxiv.org/abs/0105.0001

        2. Two (2003), b
           Second
           https://doi.org/10.1000/two_(2004)
           It cites First, of all: bibliography of two, entries 3, 7; Semantic Scholar, influential, for background, for methodology.
           The theme changes: a, b to b.
           It says: As [3] say

        3. Fourth (2000-02-29), ~b 100%
           It cites Two: Semantic Scholar.
           The theme changes: b to ~b 100%.
           The cited paper is dated later, so a later version of this paper must cite it.
           This corpus holds no citing sentence for it.
        """)  # noqa: E501  # a line of the text
    lineage = letters("ab")
    assert "2. B (2002), no theme known\n" in trail_text(lineage, find_paths(lineage, "a", "b"))
    assert "The theme changes" not in trail_text(lineage, find_paths(lineage, "a", "b"))
    assert trail_text(lineage, find_paths(lineage, "b", "a")) == path_text(lineage, find_paths(lineage, "b", "a"))


def test_relatives_are_listed_by_generation_and_only_papers_of_the_list_and_bridges_are_named() -> None:
    lineage = letters("ab bc cd bd xb", listed="ad")
    assert relatives_text(lineage, find_relatives(lineage, "d", "ancestry")) == dedent("""\
        * → D: 4 ancestors; hops are those of the shortest path.

        1 hop: 2 papers
           2002  B  ~one 50%
           2003  C  ~two 100%

        2 hops: 2 papers
           2001  A [1]  one, two
           and 1 that are neither on the list nor bridges
        """).replace("~one 50%", "~two 75%")
    assert relatives_text(lineage, find_relatives(lineage, "c", "descent")) == dedent("""\
        C → *: 1 descendant; hops are those of the shortest path.

        1 hop: 1 paper
           2004  D [2]  two
        """)
    last = relatives_text(lineage, find_relatives(lineage, "d", "descent")).splitlines()
    assert last[1:] == ["Who cites it is not fully known, so there may be some."]
    first = [
        relatives_text(letters("ab", complete=known), find_relatives(letters("ab"), "a", "ancestry"))
        for known in ("", "a")
    ]
    assert first[0] == f"{first[1]}Its references are not fully known, so there may be some.\n"


# HTML


def read(markup: object) -> html.HtmlElement:
    return html.fragment_fromstring(f"<div>{markup}</div>")


def test_the_html_of_paths_has_the_words_of_the_text() -> None:
    lineage = shipped()
    found = find_paths(lineage, "devlin2018", "ouyang2022", PathOptions(top=3))
    report, shown = path_report(lineage, found), read(paths_html(lineage, found))
    assert shown.xpath("string(p[1])") == report.heading == path_text(lineage, found).splitlines()[0]
    assert shown.xpath("string(p[2])") == report.sentences[0][0]
    assert shown.xpath("string(p[3])") == f"{report.remaining}; a larger top shows more of them."
    items = shown.xpath("ol/li/details")
    assert [item.get("open") is not None for item in items] == [True, False, False]
    for item, path in zip(items, report.paths, strict=True):
        assert item.xpath("string(summary)") == f"{' → '.join(step.name for step in path.steps)} {path.length}"
        for line, step in zip(item.xpath("ul/li"), path.steps, strict=True):
            words = f"{step.year} {step.name} {step.themes}"
            cites = f"cites {step.cites}: {step.evidence}" if step.cites is not None else ""
            why = f"why: {step.reason}" if step.cites is not None else ""
            assert line.text_content() == words + cites + why


def test_the_html_marks_a_citation_of_a_later_paper() -> None:
    lines = read(paths_html(evidence(), find_paths(evidence(), "one", "four"))).xpath("//ul/li")
    assert ["(cites a later paper)" in line.text_content() for line in lines] == [False, False, True]


def test_the_html_without_a_path_has_a_paragraph_for_each_sentence_and_links_what_relates_the_papers() -> None:
    lineage = letters("ab ac bd cd")
    found = find_paths(lineage, "b", "c")
    paragraphs = [each.text_content() for each in read(paths_html(lineage, found)).xpath("p")]
    assert paragraphs == [
        "B → C: no path in this corpus.",
        "Nor is there one in the other direction, C → B.",
        "Nearest common ancestors, from which both descend: A.",
        "Nearest common descendants, which build on both: D.",
        "The shortest chain of citations whichever way they point, which is no lineage: B - A - C.",
        "That proves little: the references of C (2003) are not fully known, and could hide a path.",
    ]
    assert not read(paths_html(lineage, found)).xpath("table")
    linked = read(paths_html(lineage, found, lambda key: f"/paper/{key}"))
    rows = {row.xpath("string(th)"): row.xpath("td//a/@href") for row in linked.xpath("table/tbody/tr")}
    assert rows == {
        "Both descend from": ["/paper/a"],
        "Both lead to": ["/paper/d"],
        "Joined, whichever way, by": [f"/paper/{key}" for key in "bac"],
    }
    same = read(paths_html(lineage, find_paths(lineage, "a", "a")))
    assert same.text_content() == "A → A: one and the same paper."


ELEMENTS = ("div", "p", "strong", "ol", "ul", "li", "details", "summary", "small", "bdi", "br", "a", "pre")
ELEMENTS += ("table", "thead", "tbody", "tr", "th", "td")


ELEMENTS = ("div", "p", "strong", "ol", "ul", "li", "details", "summary", "small", "bdi", "br", "a", "pre")
ELEMENTS += ("table", "thead", "tbody", "tr", "th", "td")


def test_every_text_of_a_hostile_corpus_stays_text_in_html(hostile: Lineage) -> None:
    found = find_paths(hostile, "hostile0", "hostile11")
    for markup in (
        paths_html(hostile, found, lambda key: f"/{key}?a=<&b"),
        paths_html(hostile, find_paths(hostile, "hostile11", "hostile0")),
        relatives_html(hostile, find_relatives(hostile, "hostile5", "descent")),
        flow_html(hostile, flow(hostile, "hostile0", "hostile11")),
        text_html(path_text(hostile, found)),
    ):
        elements = {each.tag for each in read(markup).iter()}
        assert elements <= {*ELEMENTS}
        assert all(link.startswith("/hostile") for link in read(markup).xpath("//@href"))


def test_relatives_in_html_are_a_row_for_each_generation_of_which_not_all_are_named() -> None:
    lineage = letters("ab bc cd bd xb", listed="ad")
    shown = read(relatives_html(lineage, find_relatives(lineage, "d", "ancestry"), lambda key: f"/{key}", top=1))
    assert shown.xpath("string(p)") == "D: 4 ancestors; hops are those of the shortest path."
    rows = [[cell.text_content() for cell in row] for row in shown.xpath("table/tbody/tr")]
    assert rows == [["1 hop", "2", "B and 1 more"], ["2 hops", "2", "A and 1 more"]]
    assert shown.xpath("table//a/@href") == ["/b", "/a"]
    whole = read(relatives_html(lineage, find_relatives(lineage, "d", "ancestry")))
    assert [row[2].text_content() for row in whole.xpath("table/tbody/tr")] == ["B, C", "A, X"]


def test_the_papers_of_a_flow_in_html_begin_with_those_on_most_paths() -> None:
    lineage = diamond()
    shown = read(flow_html(lineage, flow(lineage, "a", "e"), top=2))
    rows = [[cell.text_content() for cell in row] for row in shown.xpath("table/tbody/tr")]
    assert rows == [["D", "2004", "3", "100%"], ["B", "2002", "1", "33%"]]
    assert shown.xpath("string(p)") == "... and 1 more papers."
    assert not read(flow_html(lineage, flow(lineage, "a", "e"), top=3)).xpath("p")


def test_a_table_names_its_columns_and_its_rows() -> None:
    shown = read(table(["x", "y"], [["<1>", None], [2, "z"]]))
    assert [each.get("scope") for each in shown.xpath("table/thead//th")] == ["col", "col"]
    assert [[cell.tag for cell in row] for row in shown.xpath("table/tbody/tr")] == [["th", "td"], ["th", "td"]]
    assert [cell.text_content() for cell in shown.xpath("table/tbody/tr/*")] == ["<1>", "", "2", "z"]


def test_a_paper_is_a_link_only_where_it_has_a_page() -> None:
    lineage = letters("ab")
    assert paper_html(lineage, "a") == "<bdi>A</bdi>"
    assert paper_html(lineage, "a", lambda _: None) == "<bdi>A</bdi>"
    assert paper_html(lineage, "a", lambda key: f'/"{key}"') == '<a href="/&#34;a&#34;"><bdi>A</bdi></a>'
