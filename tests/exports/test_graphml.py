"""The GraphML file: its rules, asserted on the file itself, and what four independent readers make of it."""

from __future__ import annotations

import contextlib
import io
import json
import re
import subprocess
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import igraph
import networkit
import networkx as nx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree

from graph.analysis.measures.affordable import measured as measured_papers
from graph.analysis.neighbourhood import neighbourhood
from graph.exports.formats.graphml import EDGE_COLUMNS, NODE_COLUMNS, node_columns
from graph.exports.layout import Layout, Placement, timeline
from graph.model.corpus import Corpus, Paper
from graph.model.lineage import Lineage, build_lineage
from graph.model.reading_list import ReadingList, Theme
from graph.utils.text import for_xml

from ..helpers.hostile import TEXTS
from ..helpers.written_files import graphml_text

READERS = Path(__file__).parents[1] / "readers"
GUIDE = Path(__file__).parents[2] / "docs" / "gephi.md"
NS = "{http://graphml.graphdrawing.org/xmlns}"
CASES = ("list", "neighbourhood", "hostile")


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest, lineage: Lineage, hostile: Lineage) -> tuple[Lineage, Layout]:
    """The shipped list, the shipped neighbourhood, and a list whose every text tries to break out."""
    if request.param == "hostile":
        return hostile, timeline(hostile, list(hostile.graph))
    keys = lineage.list_keys if request.param == "list" else neighbourhood(lineage)
    return lineage, timeline(lineage, keys)


@pytest.fixture
def text(case: tuple[Lineage, Layout]) -> str:
    return graphml_text(*case)


@pytest.fixture
def file(text: str, tmp_path: Path) -> Path:
    path = tmp_path / "lineage.graphml"
    path.write_bytes(text.encode("utf-8"))
    return path


@pytest.fixture
def root(text: str) -> Any:
    return etree.fromstring(text.encode("utf-8"))


def one_paper(paper: Paper, *, themes: tuple[Theme, ...] = ()) -> tuple[Lineage, Layout]:
    lineage = build_lineage(Corpus({paper.key: paper}), ReadingList("Nothing yet", themes, ()))
    return lineage, Layout({paper.key: Placement(paper.key, 10, 20, 30, 10)}, (), (), 100, 100)


def values(written: str) -> dict[str, str]:
    """The values of a file's first node, by name."""
    root = etree.fromstring(written.encode("utf-8"))
    names = {key.get("id"): key.get("attr.name") for key in root.iter(f"{NS}key")}
    node = next(root.iter(f"{NS}node"))
    return {names[data.get("key")]: data.text for data in node.iter(f"{NS}data")}


# What must stand in the file, taken from the corpus and not from the exporter's own tables.


def expected_nodes(lineage: Lineage, layout: Layout) -> dict[str, dict[str, Any]]:
    """Some values of every node; what is not known has no value."""
    nodes = {}
    for key, spot in layout.placements.items():
        paper, facts = lineage.corpus.papers[key], lineage.graph.nodes[key]
        texts = {
            "title": paper.title,
            "authors": "; ".join(paper.authors),
            "date": paper.date,
            "venue": paper.venue,
            "role": facts["role"],
            "list_numbers": "; ".join(str(number) for number in facts["numbers"]),
            "references_known": lineage.corpus.coverage_of(key),
            "themes_chosen": "; ".join(t.name for t in lineage.reading_list.themes if t.id in facts["themes"]),
            "doi": "; ".join(i.value for i in paper.identifiers if i.scheme == "doi"),
            "arxiv": "; ".join(i.value for i in paper.identifiers if i.scheme == "arxiv"),
        }
        numbers = {"year": paper.year, "start": paper.year, "x": spot.x, "y": -spot.y}
        known = {name: for_xml(value) for name, value in texts.items() if value}
        nodes[key] = known | {name: value for name, value in numbers.items() if value is not None}
    return nodes


def expected_arcs(lineage: Lineage, layout: Layout) -> dict[tuple[str, str], dict[str, Any]]:
    """Every citation between papers of the layout, cited -> citing."""
    arcs = {}
    for citation in lineage.corpus.citations:
        ends = {citation.citing, citation.cited}
        if ends <= layout.placements.keys() and len(ends) == 2:
            year = lineage.corpus.papers[citation.citing].year
            labels = [lineage.corpus.sources[a.source].label for a in citation.assertions]
            arcs[citation.cited, citation.citing] = {
                "weight": len(labels),
                "asserted_by": len(labels),
                "sources": for_xml("; ".join(labels)),
                "kind": "cites",
                "backwards": lineage.graph.edges[citation.cited, citation.citing]["backwards"],
            } | ({"year": year} if year else {})
    return arcs


def agree(found: dict[Any, dict[str, Any]], expected: dict[Any, dict[str, Any]], names: set[str]) -> None:
    """Found values of these names are the expected ones, and there are no others."""
    assert found.keys() == expected.keys()
    for key, values_ in expected.items():
        assert {n: v for n, v in found[key].items() if n in names} == {n: v for n, v in values_.items() if n in names}


NODE_NAMES = {"title", "authors", "date", "venue", "role", "list_numbers", "references_known", "themes_chosen", "doi"}
NODE_NAMES |= {"arxiv", "year", "start", "x", "y"}
ARC_NAMES = {"weight", "asserted_by", "sources", "kind", "backwards", "year"}


def test_every_key_is_declared_once_with_one_type_and_a_stable_id(root: Any) -> None:
    keys = [
        (key.get("id"), key.get("for"), key.get("attr.name"), key.get("attr.type")) for key in root.iter(f"{NS}key")
    ]
    assert {type_ for *_, type_ in keys} <= {"boolean", "int", "long", "double", "string"}
    assert {of for _, of, _, _ in keys} == {"node", "edge"}
    assert [id_ for id_, *_ in keys] == [f"{of[0]}_{name}" for _, of, name, _ in keys]
    assert max(Counter(id_.casefold() for id_, *_ in keys).values()) == 1
    used = {data.get("key") for data in root.iter(f"{NS}data")}
    assert used <= {id_ for id_, *_ in keys}


def test_columns_stand_in_the_same_order_and_under_the_same_ids_in_every_file(
    lineage: Lineage, hostile: Lineage
) -> None:
    files = [graphml_text(one, timeline(one, list(one.list_keys))) for one in (lineage, hostile)]
    ids = [re.findall(r'<key id="([^"]+)"', written) for written in files]
    shared = [[id_ for id_ in each if not id_.startswith("n_share_")] for each in ids]
    assert shared[0] == shared[1]
    assert shared[0][:4] == ["n_label", "n_x", "n_y", "n_size"]


def test_no_column_has_a_name_that_gephi_keeps_for_itself(root: Any) -> None:
    names = {key.get("attr.name").casefold() for key in root.iter(f"{NS}key")}
    assert not names & {"id", "timeset", "interval", "source", "target", "type"}
    for key in root.iter(f"{NS}key"):
        name = key.get("attr.name")
        assert name == name.casefold(), "Gephi takes Label for label"


def test_no_node_and_no_edge_stands_twice(root: Any) -> None:
    nodes = [node.get("id") for node in root.iter(f"{NS}node")]
    edges = [edge.get("id") for edge in root.iter(f"{NS}edge")]
    pairs = [(edge.get("source"), edge.get("target")) for edge in root.iter(f"{NS}edge")]
    assert len(set(nodes)) == len(nodes)
    assert len(set(edges)) == len(edges)
    assert len(set(pairs)) == len(pairs)
    assert all(id_ and id_ == id_.strip() for id_ in nodes + edges)
    assert {end for pair in pairs for end in pair} <= set(nodes)
    for element in (*root.iter(f"{NS}node"), *root.iter(f"{NS}edge")):
        keys = [data.get("key") for data in element.iter(f"{NS}data")]
        assert len(set(keys)) == len(keys)


def test_every_value_is_written_and_is_of_its_type(root: Any) -> None:
    types = {key.get("id"): key.get("attr.type") for key in root.iter(f"{NS}key")}
    shapes = {
        "boolean": "true|false",
        "int": r"-?\d+",
        "long": r"-?\d+",
        "double": r"-?\d+\.\d+",
        "string": r"(?s).*\S.*",
    }
    written = list(root.iter(f"{NS}data"))
    assert {data.get("key") for data in written} >= {"n_label", "n_x", "n_y"}
    for data in written:
        assert re.fullmatch(shapes[types[data.get("key")]], data.text or ""), (data.get("key"), data.text)


def test_every_node_has_a_label_a_place_a_size_and_a_colour(root: Any) -> None:
    nodes = list(root.iter(f"{NS}node"))
    assert nodes
    for node in nodes:
        data = {each.get("key"): each.text for each in node.iter(f"{NS}data")}
        assert data["n_label"].strip() == data["n_label"]
        assert len(data["n_label"]) < 50
        assert "\n" not in data["n_label"]
        assert float(data["n_size"]) > 0
        assert {"n_x", "n_y"} <= data.keys()
        assert all(0 <= int(data[channel]) <= 255 for channel in ("n_r", "n_g", "n_b"))


def test_a_size_grows_with_the_citations_in_the_file(lineage: Lineage) -> None:
    layout = timeline(lineage, lineage.list_keys)
    cited = Counter(pair[0] for pair in expected_arcs(lineage, layout))
    graph = nx.parse_graphml(graphml_text(lineage, layout))
    by_citations = sorted(graph, key=lambda key: cited[key])
    sizes = [graph.nodes[key]["size"] for key in by_citations]
    assert sizes == sorted(sizes)
    assert sizes[0] < sizes[-1]


def test_every_edge_has_a_weight_above_zero(root: Any) -> None:
    weights = [data.text for data in root.iter(f"{NS}data") if data.get("key") == "e_weight"]
    assert len(weights) == sum(1 for _ in root.iter(f"{NS}edge"))
    assert all(float(weight) > 0 for weight in weights)


def test_the_file_holds_no_character_that_xml_forbids_and_ends_its_lines_alike(text: str) -> None:
    assert for_xml(text) == text
    assert text.startswith("<?xml version='1.0' encoding='UTF-8'?>\n")
    assert text.endswith("</graphml>\n")


def test_y_points_up_as_it_does_in_gephi(lineage: Lineage) -> None:
    key = lineage.list_keys[0]
    layout = Layout({key: Placement(key, 12.5, 40.0, 10, 10)}, (), (), 100, 100)
    node = values(graphml_text(lineage, layout))
    assert (node["x"], node["y"]) == ("12.5", "-40.0")
    layout = Layout({key: Placement(key, 0.0, 0.0, 10, 10)}, (), (), 100, 100)
    assert values(graphml_text(lineage, layout))["y"] == "0.0"


def test_arcs_run_from_the_cited_paper_to_the_citing_one(lineage: Lineage) -> None:
    graph = nx.parse_graphml(graphml_text(lineage, timeline(lineage, lineage.list_keys)))
    assert graph.has_edge("vaswani2017", "devlin2018")
    assert not graph.has_edge("devlin2018", "vaswani2017")


def test_the_same_picture_gives_the_same_bytes(case: tuple[Lineage, Layout], text: str) -> None:
    lineage, layout = case
    assert graphml_text(lineage, layout) == text
    backwards = dict(reversed(list(layout.placements.items())))
    assert graphml_text(lineage, replace(layout, placements=backwards)) == text


def test_two_entries_that_name_one_paper_are_one_node_with_both_numbers(lineage: Lineage) -> None:
    graph = nx.parse_graphml(graphml_text(lineage, timeline(lineage, lineage.list_keys)))
    twice = [key for key, entries in lineage.entries.items() if len(entries) > 1]
    assert [graph.nodes[key]["list_numbers"] for key in twice] == ["17; 24"]


def test_an_inferred_theme_is_never_written_as_a_chosen_one(lineage: Lineage) -> None:
    graph = nx.parse_graphml(graphml_text(lineage, timeline(lineage, neighbourhood(lineage))))
    outside = [data for _, data in graph.nodes(data=True) if data["role"] != "list"]
    assert outside
    assert {data["theme_basis"] for data in outside} == {"inferred"}
    assert not any("themes_chosen" in data for data in outside)
    names = [name for name in graph.nodes[lineage.list_keys[0]] if name.startswith("share_")]
    assert names == [f"share_{theme.id}" for theme in lineage.reading_list.themes]
    for _, data in graph.nodes(data=True):
        assert sum(data[name] for name in names) == pytest.approx(1, abs=1e-5)


def test_themes_whose_ids_gephi_would_take_for_one_have_columns_of_their_own() -> None:
    themes = tuple(Theme(id_, id_) for id_ in ("RL", "rl", "rl_2", "強化", '"><x', "rl 2"))
    lineage, layout = one_paper(Paper("alone"), themes=themes)
    names = [column.name for column in node_columns(lineage, {})]
    assert len({name.casefold() for name in names}) == len(NODE_COLUMNS) + len(themes)
    keys = etree.fromstring(graphml_text(lineage, layout).encode()).iter(f"{NS}key")
    assert [key.get("attr.name") for key in keys][: len(names)] == names


def test_what_is_not_known_is_left_out() -> None:
    node = values(graphml_text(*one_paper(Paper("alone"))))
    assert node["references_known"] == "not_fetched"
    unknown = {
        "title",
        "authors",
        "year",
        "date",
        "start",
        "venue",
        "theme",
        "theme_basis",
        "list_numbers",
        "doi",
        "url",
    }
    assert not unknown & node.keys()


def test_a_layout_of_another_lineage_is_refused(lineage: Lineage) -> None:
    with pytest.raises(KeyError):
        graphml_text(lineage, Layout({"nobody": Placement("nobody", 0, 0, 1, 1)}, (), (), 1, 1))


@example(" \n")
@given(st.text() | st.sampled_from(TEXTS) | st.text("&<> \t\n]a"))
def test_any_title_survives_as_far_as_xml_can_hold_it(title: str) -> None:
    found = values(graphml_text(*one_paper(Paper("alone", title)))).get("title")
    shown = for_xml(title)
    assert found == (shown if shown.strip() else None)


@example("a & & b")
@given(st.text("&<> \t\n]a", min_size=1))
def test_no_space_stands_alone_between_two_escapes_which_gephi_would_drop(title: str) -> None:
    written = graphml_text(*one_paper(Paper("alone", title)))
    found = re.search(r'<data key="n_title">(.*?)</data>', written, re.DOTALL)
    if found and "<![CDATA[" not in found[1]:
        pieces = [piece for piece in re.split("&[a-z]+;", found[1]) if piece]
        assert all(piece.strip() for piece in pieces)


def test_networkx_reads_it_back(case: tuple[Lineage, Layout], file: Path) -> None:
    graph = nx.read_graphml(file)
    assert type(graph) is nx.DiGraph
    agree(dict(graph.nodes(data=True)), expected_nodes(*case), NODE_NAMES)
    agree({(a, b): data for a, b, data in graph.edges(data=True)}, expected_arcs(*case), ARC_NAMES)


def test_igraph_reads_it_back(case: tuple[Lineage, Layout], file: Path) -> None:
    graph = igraph.Graph.Read_GraphML(str(file))
    assert graph.is_directed()
    agree({v["id"]: filled(v.attributes()) for v in graph.vs}, expected_nodes(*case), NODE_NAMES)
    ids = graph.vs["id"]
    agree({(ids[e.source], ids[e.target]): filled(e.attributes()) for e in graph.es}, expected_arcs(*case), ARC_NAMES)


def filled(attributes: dict[str, Any]) -> dict[str, Any]:
    """The attributes that igraph did not make up: it fills gaps with NaN and empty text."""
    return {name: value for name, value in attributes.items() if value == value and value != ""}  # noqa: PLR0124


def test_networkit_reads_it_back(case: tuple[Lineage, Layout], file: Path) -> None:
    reader = networkit.graphio.GraphMLReader()
    with contextlib.redirect_stdout(io.StringIO()):  # it prints what it finds
        graph = reader.read(str(file))
    number = reader.graphmlsax.mapping
    lineage, layout = case
    assert graph.isDirected()
    assert graph.isWeighted()
    assert number.keys() == set(layout.placements)
    expected = {(number[a], number[b]): arc["weight"] for (a, b), arc in expected_arcs(lineage, layout).items()}
    assert {(u, v): weight for u, v, weight in graph.iterEdgesWeights()} == expected


def test_graphology_reads_it_back_as_gephi_lite_calls_it(case: tuple[Lineage, Layout], file: Path) -> None:
    if not (READERS / "node_modules").is_dir():
        pytest.fail("tests/readers/node_modules is not there: `make test` installs it (npm ci)")
    command = ["node", str(READERS / "read_graphml.mjs"), str(file)]
    run = subprocess.run(command, capture_output=True, check=False, encoding="utf-8", timeout=60)
    assert run.returncode == 0, run.stderr
    found = json.loads(run.stdout)
    assert (found["type"], found["multi"]) == ("directed", False)
    nodes, arcs = expected_nodes(*case), expected_arcs(*case)
    agree(dict(found["nodes"]), one_line_end(nodes), NODE_NAMES)
    agree({(a, b): data for _, a, b, data in found["edges"]}, one_line_end(arcs), ARC_NAMES)
    for _, data in found["nodes"]:
        assert re.fullmatch("#[0-9a-f]{6}", data["color"])


def one_line_end(rows: dict[Any, dict[str, Any]]) -> dict[Any, dict[str, Any]]:
    r"""What xmldom makes of texts: it reads the line separator of Unicode as ``\n``."""
    return {
        key: {n: v.replace("\u2028", "\n").replace("\u0085", "\n") if isinstance(v, str) else v for n, v in row.items()}
        for key, row in rows.items()
    }


def test_the_packages_of_the_node_reader_come_from_no_particular_host() -> None:
    lock = json.loads((READERS / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert packages
    assert not any("resolved" in package for package in packages.values())
    assert all("integrity" in package for package in packages.values())


def test_the_guide_for_gephi_explains_every_column() -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    for column in (*NODE_COLUMNS, *EDGE_COLUMNS):
        assert f"| `{column.name}` | {column.type} | {column.meaning} |" in guide


def test_measures_are_columns_that_hold_what_the_registry_says(lineage: Lineage) -> None:
    measured = measured_papers(lineage)
    assert {"pagerank", "betweenness", "cited_by", "depth"} <= set(measured)
    assert "global_citations" not in measured  # no source here states any: unknown is no column of zeros
    text = graphml_text(lineage, timeline(lineage, list(lineage.list_keys)), measured)
    graph = nx.read_graphml(io.BytesIO(text.encode("utf-8")))
    for id_, result in measured.items():
        for key, data in graph.nodes(data=True):
            if result.values.get(key) is None:
                assert f"measure_{id_}" not in data
            else:
                assert data[f"measure_{id_}"] == pytest.approx(float(result.values[key]))
