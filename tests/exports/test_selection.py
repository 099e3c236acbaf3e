"""What is selected for an export, by what a person types, and what a file says about itself."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from graph.analysis.flow import flow
from graph.analysis.main_path import Scope, main_path, papers_within
from graph.errors import InputError, NameNotFound
from graph.exports.provenance import made_by, provenance_line
from graph.exports.registry import FORMATS, SELECTIONS, find_format
from graph.exports.selection import Selection
from graph.exports.selection_request import SelectionRequest, parse_selection
from graph.model.corpus import Source
from graph.model.lineage import Lineage, build_lineage

from ..helpers.export_world import evidence, letters, select


def world() -> Lineage:
    """A to D over B and C, B also to D, X beside it; A and D are on the list."""
    return letters("ab bc cd bd xd", listed="ad")


def arcs(text: str) -> set[tuple[str, str]]:
    return {(arc[0], arc[1]) for arc in text.split()}


@pytest.mark.parametrize(
    ("text", "request_"),
    [
        ("list", SelectionRequest("list")),
        ("  The   Reading list ", SelectionRequest("list")),
        ("Neighborhood", SelectionRequest("neighbourhood")),
        ("EVERYTHING", SelectionRequest("corpus")),
        ("theme human feedback", SelectionRequest("theme", theme="human feedback")),
        ("Theme rlhf", SelectionRequest("theme", theme="rlhf")),
        ("theme", SelectionRequest("paper", "theme")),
        ("flow A → B", SelectionRequest("flow", "A → B")),
        ("Flow", SelectionRequest("flow")),
        ("main-path", SelectionRequest("main-path")),
        ("Main Path", SelectionRequest("main-path")),
        ("main path A → B", SelectionRequest("main-path", "A → B")),
        ("main-path Theme rl hf", SelectionRequest("main-path", theme="rl hf")),
        ("main-path theme", SelectionRequest("main-path", "theme")),
        ("A -> B", SelectionRequest("paths", "A -> B")),
        ("* → B", SelectionRequest("paths", "* → B")),
        ("A to B", SelectionRequest("paper", "A to B")),
        ("", SelectionRequest("paper", "")),
    ],
)
def test_a_text_is_one_kind_of_request(text: str, request_: SelectionRequest) -> None:
    assert parse_selection(text) == request_


def shape(selection: Selection) -> tuple[str, str, set[tuple[str, str]]]:
    return selection.title, "".join(selection.keys), set(selection.arcs)


def test_whole_parts_have_all_citations_among_their_papers() -> None:
    lineage = world()
    assert shape(select(lineage)) == ("the reading list", "ad", set())
    assert shape(select(lineage, "corpus")) == ("the whole corpus", "abcdx", arcs("ab bc cd bd xd"))
    title, keys, found = shape(select(lineage, "neighbourhood"))
    assert (title, keys, found) == ("the reading list and its neighbourhood", "abcd", arcs("ab bc cd bd"))
    title, keys, found = shape(select(lineage, "theme two"))
    assert (title, set(keys)) == ("the theme Theme two", set(papers_within(lineage, Scope("neighbourhood", "two"))))
    assert found == {arc for arc in arcs("ab bc cd bd") if set(arc) <= set(keys)}


def test_papers_stand_in_the_order_of_their_dates_and_not_of_their_keys() -> None:
    lineage = letters("ab bc", dates={"a": "2020", "b": "2010", "c": "2000"})
    assert select(lineage, "corpus").keys == ("c", "b", "a")
    assert select(lineage, "A → C").keys == ("c", "b", "a")


def test_paths_have_their_papers_and_hops_alone() -> None:
    lineage = world()
    found = select(lineage, "A → D")
    assert (found.title, found.paths) == ("A → D", (("a", "b", "d"), ("a", "b", "c", "d")))
    assert shape(found)[1:] == ("abcd", arcs("ab bd bc cd"))
    shorter = select(lineage, "A → D", top=1)
    assert (shorter.paths, shape(shorter)[1:]) == ((("a", "b", "d"),), ("abd", arcs("ab bd")))
    through = select(lineage, "A → C → D")
    assert (through.title, through.paths) == ("A → C → D", (("a", "b", "c", "d"),))
    assert select(lineage, "a to d").paths == found.paths
    nothing = select(lineage, "D → A")
    assert shape(nothing) == ("D → A", "", set())


def test_either_direction_is_titled_as_it_was_found() -> None:
    lineage = world()
    assert select(lineage, "A ↔ D").title == "A → D"
    found = select(lineage, "D ↔ A")
    assert (found.title, found.paths[0]) == ("A → D", ("a", "b", "d"))
    assert select(lineage, "A ↔ X").title == "A → X"


def test_relatives_have_all_citations_among_them() -> None:
    lineage = world()
    assert shape(select(lineage, "* → C")) == ("C and all that led to it", "abc", arcs("ab bc"))
    assert shape(select(lineage, "C → *")) == ("C and all that it led to", "cd", arcs("cd"))


def test_one_paper_goes_by_its_name_even_if_the_name_holds_the_word_to() -> None:
    lineage = world()
    assert shape(select(lineage, "Paper C")) == ("C", "c", set())
    papers = dict(lineage.corpus.papers) | {"c": replace(lineage.corpus.papers["c"], names=("A to D",))}
    renamed = build_lineage(replace(lineage.corpus, papers=papers), lineage.reading_list)
    assert select(renamed, "A to D").keys == ("c",)


def test_a_flow_has_the_counts_of_its_citations() -> None:
    lineage = world()
    found = select(lineage, "flow A → D")
    assert shape(found) == ("all paths from A to D", "abcd", arcs("ab bc cd bd"))
    assert found.counts == flow(lineage, "a", "d").arcs
    assert found.counts["a", "b"] == 2


def test_a_main_path_keeps_to_its_scope_and_has_the_counts_of_its_citations() -> None:
    lineage = world()
    whole = main_path(lineage)
    found = select(lineage, "main-path")
    assert shape(found) == ("the main path of the corpus", "abcd", set(whole.found.arcs))
    assert found.counts == {arc: whole.counts.arcs[arc] for arc in whole.found.arcs}
    between = select(lineage, "main path B → D")
    assert shape(between) == ("the main path from B to D", "bcd", arcs("bc cd"))
    assert between.counts == {("b", "c"): 1, ("c", "d"): 1}
    two_themes = letters("ab bc cd", listed="abcd", themes={"b": "one"})
    themed = select(two_themes, "main-path theme two")
    assert (themed.title, themed.arcs) == ("the main path of the theme two", arcs("cd"))
    assert themed.arcs == set(main_path(two_themes, Scope(theme="two")).found.arcs)


HELP = f"export one of: {', '.join(SELECTIONS)}"


@pytest.mark.parametrize(
    ("text", "message", "remedy"),
    [
        ("flow", "two papers are needed", "name them, as in: flow BERT → InstructGPT"),
        ("flow * → A", "two papers are needed", "flow BERT → InstructGPT"),
        ("flow BERT", "'BERT' names one paper", "name two, as in: flow BERT → InstructGPT"),
        ("main-path A → B → C", "two papers are needed", "main-path BERT → InstructGPT"),
        ("main-path A ↔ B", "two papers are needed", "main-path BERT → InstructGPT"),
        (
            "lst",
            "nothing here is called 'lst'",
            f"did you mean 'list'? {HELP}",
        ),
        ("", "nothing here is called ''", HELP),
        ("Theme", "nothing here is called 'Theme'", f"name a theme behind it; {HELP}"),
        ("theme three", "'three' is not a theme of the list", "its themes are one, two"),
    ],
)
def test_a_text_that_selects_nothing_is_refused_with_a_remedy(text: str, message: str, remedy: str) -> None:
    with pytest.raises(InputError) as fault:
        select(world(), text)
    assert message in str(fault.value)
    assert fault.value.remedy is not None
    assert fault.value.remedy.endswith(remedy)


def test_an_unknown_name_is_an_unknown_name() -> None:
    with pytest.raises(NameNotFound, match="Zweifel"):
        select(world(), "Zweifel")


def test_measures_are_those_of_the_whole_corpus() -> None:
    assert select(world(), "list").measured["cited_by"].values["b"] == 2


def test_a_file_says_what_made_it_and_from_what() -> None:
    assert re.fullmatch(r"citation-lineage [\d.]+\S*", made_by())
    lineage = evidence()
    assert (
        select(lineage, "corpus").provenance
        == provenance_line(lineage, "the whole corpus")
        == (
            f"{made_by()}: the whole corpus. Reading list “Four”; corpus of 4 papers, 3 citations and 2 sources, "
            "observed until 2024-01-31"
        )
    )
    older = Source("s2:2020", "semantic_scholar", "Semantic Scholar", observed="2020-01-31")
    corpus = replace(lineage.corpus, sources={"s2:2020": older} | dict(lineage.corpus.sources))
    line = provenance_line(build_lineage(corpus, lineage.reading_list), "a\ntitle\x00")
    assert line.endswith("3 sources, observed until 2024-01-31")
    assert ": a title. Reading" in line
    assert provenance_line(letters("ab"), "x").endswith("2 papers, 1 citation and 1 source")


# Formats


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("GraphML", "graphml"),
        (" .GEXF", "gexf"),
        ("gephi", "gexf"),
        ("vos", "vosviewer"),
        ("zotero", "csl"),
        ("csl-json", "csl"),
        ("tables", "csv"),
        ("Graphviz", "dot"),
        ("json", "node-link"),
    ],
)
def test_a_format_is_found_by_its_id_its_ending_or_a_program(name: str, id_: str) -> None:
    assert find_format(name).id == id_


def test_an_unknown_format_names_the_nearest_if_there_is_one() -> None:
    ids = ", ".join(each.id for each in FORMATS)
    with pytest.raises(InputError, match="there is no format 'grafml'") as fault:
        find_format("grafml")
    assert fault.value.remedy == f"did you mean graphml? there are {ids}"
    with pytest.raises(InputError) as fault:
        find_format("qqqq")
    assert fault.value.remedy == f"there are {ids}"


def test_a_format_makes_the_files_that_it_names_in_their_order() -> None:
    selection = select(world(), "corpus")
    for each in FORMATS:
        assert tuple(each.write(selection)) == each.endings, each.id
