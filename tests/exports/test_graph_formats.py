"""Networks for other programs, read back by readers that are not ours: nothing is lost on the way."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path
from typing import Any

import igraph
import jsonschema
import networkx as nx
import pandas as pd
import pyarrow.parquet
import pytest
from lxml import etree

from benchmarks.made import made_lineage
from graph.analysis.measures import measure
from graph.exports.columns import citation_columns, paper_columns
from graph.exports.formats.pajek import UNKNOWN
from graph.exports.layout import timeline
from graph.exports.registry import FORMATS, find_format
from graph.exports.selection import select_papers
from graph.exports.style import label_of, theme_colours
from graph.utils.text import for_xml, one_line

from ..helpers.export_world import CASES, Case, case, files, read_with_node, select, shipped, text

GEXF = "{http://gexf.net/1.3}"
VIZ = "{http://gexf.net/1.3/viz}"


@pytest.fixture(params=CASES)
def given(request: pytest.FixtureRequest) -> Case:
    return case(request.param)


FLAT = {"title", "year", "date", "date_basis", "venue", "role", "theme", "references_known", "url"}


def flat(of: Case, key: str) -> dict[str, Any]:
    """What every network says of a paper, by the names in `FLAT`; what is not known is not there."""
    paper, data = of.paper(key), of.lineage.graph.nodes[key]
    known = {
        "title": paper.title,
        "year": paper.year,
        "date": paper.date,
        "date_basis": paper.date_basis,
        "venue": paper.venue,
        "role": data["role"],
        "theme": of.theme(key),
        "references_known": of.lineage.corpus.coverage_of(key),
        "url": paper.url,
    }
    return {name: value for name, value in known.items() if value is not None}


def seen_as_xml(row: dict[str, Any]) -> dict[str, Any]:
    return {name: for_xml(value) if isinstance(value, str) else value for name, value in row.items()}


def labels(of: Case, arc: tuple[str, str]) -> list[str]:
    return [of.lineage.corpus.sources[each.source].label for each in of.arcs[arc].assertions]


# GraphML: tests/exports/test_graphml.py reads it back with five readers; here is what the command adds.


def test_graphml_of_a_selection_has_the_evidence_and_the_same_papers_as_the_one_that_build_writes(given: Case) -> None:
    graph = nx.parse_graphml(text(given.name, "graphml"))
    assert set(graph) == given.keys
    assert set(graph.edges) == set(given.arcs)
    if given.name == "evidence":
        assert graph.edges["one", "two"]["influential"] is True
        assert graph.edges["one", "two"]["intents"] == "background; methodology"
        assert graph.edges["two", "three"]["influential"] is False
        assert "influential" not in graph.edges["two", "four"]


# GEXF


def test_networkx_reads_gexf_back(given: Case) -> None:
    graph = nx.read_gexf(io.BytesIO(text(given.name, "gexf").encode("utf-8")), version="1.3")
    assert isinstance(graph, nx.DiGraph)
    assert set(graph) == given.keys
    assert set(graph.edges) == set(given.arcs)
    colours = theme_colours(given.lineage)
    names = {theme.name: colours[theme.id] for theme in given.lineage.reading_list.themes}
    places = timeline(given.lineage, list(given.keys)).placements
    for key, data in graph.nodes(data=True):
        wanted = seen_as_xml(flat(given, key))
        assert {name: value for name, value in data.items() if name in FLAT} == wanted
        theme = given.theme(key)
        rgb = bytes.fromhex((names[theme] if theme else "#666666")[1:])
        assert tuple(data["viz"]["color"][channel] for channel in "rgb") == tuple(rgb)
        place = data["viz"]["position"]
        assert (place["x"], place["y"]) == pytest.approx((places[key].x, -places[key].y), abs=0.01)
        assert data["viz"]["size"] > 0
    for cited, citing, data in graph.edges(data=True):
        assert data["sources"] == for_xml("; ".join(labels(given, (cited, citing))))
        assert data["weight"] == len(labels(given, (cited, citing)))
        assert data["backwards"] is given.lineage.graph.edges[cited, citing]["backwards"]


def test_graphology_reads_gexf_back_as_gephi_lite_calls_it(given: Case, tmp_path: Path) -> None:
    found = read_with_node("read_gexf.mjs", text(given.name, "gexf"), tmp_path)
    assert (found["type"], found["multi"]) == ("directed", False)
    assert found["attributes"]["creator"].startswith("citation-lineage ")
    nodes = dict(found["nodes"])
    assert set(nodes) == given.keys
    assert {(cited, citing) for _, cited, citing, _ in found["edges"]} == set(given.arcs)
    for key, data in nodes.items():
        assert {name: value for name, value in data.items() if name in FLAT} == seen_as_xml(flat(given, key))
        assert re.fullmatch(r"rgb\(\d+,\d+,\d+\)", data["color"]), "an alpha makes Gephi Lite ignore it"


def test_a_paper_begins_at_its_date_and_a_citation_when_both_papers_are_there(given: Case) -> None:
    root = etree.fromstring(text(given.name, "gexf").encode("utf-8"))
    graph = root.find(f"{GEXF}graph")
    assert (graph.get("mode"), graph.get("timeformat"), graph.get("defaultedgetype")) == ("dynamic", "date", "directed")
    starts = {node.get("id"): node.get("start") for node in root.iter(f"{GEXF}node")}
    for key, start in starts.items():
        date = given.paper(key).date
        assert (start is None) == (date is None)
        if start and date:
            assert start.startswith(date)
            assert pd.Timestamp(start) == pd.Period(date).start_time
    for edge in root.iter(f"{GEXF}edge"):
        both = [starts[edge.get("source")], starts[edge.get("target")]]
        assert edge.get("start") == (max(both) if all(both) else None)


def test_gexf_keeps_the_rules_of_its_schema(given: Case) -> None:
    """As https://gexf.net/1.3 has them: the order and the names of elements, declared attributes, types, counts."""
    root = etree.fromstring(text(given.name, "gexf").encode("utf-8"))
    assert (root.tag, root.get("version")) == (f"{GEXF}gexf", "1.3")
    assert [child.tag for child in root] == [f"{GEXF}meta", f"{GEXF}graph"]
    graph = root[1]
    assert [child.tag.removeprefix(GEXF) for child in graph] == ["attributes", "attributes", "nodes", "edges"]
    for attributes, elements, name in ((graph[0], graph[2], "node"), (graph[1], graph[3], "edge")):
        assert (attributes.get("class"), attributes.get("mode")) == (name, "static")
        declared = {each.get("id"): each.get("type") for each in attributes}
        assert len(declared) == len(attributes)
        assert set(declared.values()) <= {"string", "long", "integer", "double", "boolean"}
        assert int(elements.get("count")) == len(elements)
        for element in elements:
            values = element.find(f"{GEXF}attvalues")
            assert {each.get("for") for each in values} <= set(declared)
            assert len({each.get("for") for each in values}) == len(values)
            for each in values:
                if declared[each.get("for")] == "long":
                    int(each.get("value"))
            if name == "node":
                looks = [child.tag.removeprefix(VIZ) for child in element if child.tag.startswith(VIZ)]
                assert looks == ["color", "position", "size", "shape"]
                assert element.find(f"{VIZ}shape").get("value") in ("disc", "square", "triangle", "diamond")


# Pajek


def pajek(of: Case) -> tuple[str, list[str], list[str], list[str]]:
    made = files(of.name, "pajek")
    columns = []
    for ending in (".clu", ".vec", "-years.vec"):
        lines = str(made[ending]).splitlines()
        assert lines[0] == f"*Vertices {len(of.keys)}"
        columns.append(lines[1:])
    return str(made[".net"]), columns[0], columns[1], columns[2]


def key_in(label: str) -> str:
    return re.fullmatch(r".*\[([\w.-]+)\]", label)[1]


def test_networkx_and_igraph_read_the_pajek_network_back(given: Case, tmp_path: Path) -> None:
    net, *_ = pajek(given)
    graph = nx.parse_pajek(net)
    assert {key_in(label) for label in graph} == given.keys
    found = {(key_in(cited), key_in(citing)): data["weight"] for cited, citing, data in graph.edges(data=True)}
    assert found == {arc: len(citation.assertions) for arc, citation in given.arcs.items()}
    path = tmp_path / "lineage.net"
    path.write_text(net, "utf-8")
    other = igraph.Graph.Read_Pajek(str(path))
    assert other.is_directed()
    keys = [key_in(vertex["name"]) for vertex in other.vs]
    assert {(keys[edge.source], keys[edge.target]): edge["weight"] for edge in other.es} == found
    for vertex, key in zip(other.vs, keys, strict=True):
        assert vertex["name"].startswith(one_line(label_of(given.lineage, key)).replace('"', "'"))
        assert 0 <= vertex["x"] <= 1
        assert 0 <= vertex["y"] <= 1


def test_line_n_of_a_partition_and_of_a_vector_is_vertex_n(given: Case) -> None:
    net, themes, measures, years = pajek(given)
    keys = [key_in(line.split('"')[1]) for line in net.splitlines() if re.match(r'\d+ "', line)]
    names = [theme.name for theme in given.lineage.reading_list.themes]
    ranks = measure(given.lineage, "pagerank").values
    for key, theme, rank, year in zip(keys, themes, measures, years, strict=True):
        assert (names[int(theme) - 1] if int(theme) else None) == given.theme(key)
        assert int(year) == (given.paper(key).year or UNKNOWN)
        assert float(rank) == (UNKNOWN if ranks.get(key) is None else float(ranks[key]))


# VOSviewer. The schema says what https://app.vosviewer.com/docs/file-types/json-file-type/ says of the
# parts that we write; nothing else may be there.

NAMED_NUMBERS: dict[str, Any] = {"type": "object", "additionalProperties": {"type": "number"}}
CLUSTER = {"type": "integer", "minimum": 1, "maximum": 1000}


def of_fields(required: list[str], **fields: Any) -> dict[str, Any]:
    return {"type": "object", "properties": fields, "required": required, "additionalProperties": False}


VOSVIEWER = of_fields(
    ["network"],
    network=of_fields(
        ["items", "links"],
        items={
            "type": "array",
            "items": of_fields(
                ["id", "label", "x", "y"],
                id={"type": ["string", "integer"]},
                label={"type": "string", "minLength": 1},
                description={"type": "string"},
                url={"type": "string", "format": "uri"},
                x={"type": "number"},
                y={"type": "number"},
                cluster=CLUSTER,
                weights={"type": "object", "additionalProperties": {"type": "number", "minimum": 0}},
                scores=NAMED_NUMBERS,
            ),
        },
        links={
            "type": "array",
            "items": of_fields(
                ["source_id", "target_id"],
                source_id={"type": ["string", "integer"]},
                target_id={"type": ["string", "integer"]},
                strength={"type": "number", "minimum": 0},
            ),
        },
        clusters={"type": "array", "items": of_fields(["cluster"], cluster=CLUSTER, label={"type": "string"})},
    ),
    config=of_fields(
        [],
        color_schemes=of_fields(
            [],
            cluster_colors={
                "type": "array",
                "items": of_fields(
                    ["cluster", "color"], cluster=CLUSTER, color={"type": "string", "pattern": "^#[0-9a-fA-F]{6}$"}
                ),
            },
        ),
        terminology=of_fields(
            [],
            **{
                name: {"type": "string"}
                for name in ("item", "items", "link", "links", "cluster", "clusters", "link_strength")
            },
        ),
    ),
    info=of_fields([], title={"type": "string"}, description={"type": "string"}),
)


def test_vosviewer_gets_what_its_documentation_describes(given: Case) -> None:
    value = json.loads(text(given.name, "vosviewer"))
    jsonschema.validate(value, VOSVIEWER, jsonschema.Draft202012Validator)
    items = {item["id"]: item for item in value["network"]["items"]}
    assert set(items) == given.keys
    links = {(link["source_id"], link["target_id"]): link["strength"] for link in value["network"]["links"]}
    assert links == {arc: len(citation.assertions) for arc, citation in given.arcs.items()}
    clusters = {each["cluster"]: each["label"] for each in value["network"]["clusters"]}
    for key, item in items.items():
        theme = given.theme(key)
        assert clusters[item["cluster"]] == (one_line(theme) if theme else "no theme known")
        assert item["scores"].get("Year") == given.paper(key).year
        assert item["weights"]["Cited by in this file"] == sum(cited == key for cited, _ in given.arcs)


def test_a_description_for_vosviewer_holds_no_markup_but_ours(given: Case) -> None:
    value = json.loads(text(given.name, "vosviewer"))
    for item in value["network"]["items"]:
        root = etree.fromstring(f"<p>{item['description'].replace('<br>', '<br/>')}</p>")
        assert {element.tag for element in root.iter()} <= {"p", "b", "br"}
        title = given.paper(item["id"]).title
        if title:
            assert f"Title: {one_line(for_xml(title))}" in "".join(root.itertext())


# Cytoscape


def test_cytoscape_js_reads_its_file_back(given: Case, tmp_path: Path) -> None:
    found = read_with_node("read_cyjs.mjs", text(given.name, "cytoscape"), tmp_path)
    nodes = {key: (data, place) for key, data, place in found["nodes"]}
    assert set(nodes) == given.keys
    assert {(cited, citing) for _, cited, citing, _ in found["edges"]} == set(given.arcs)
    places = timeline(given.lineage, list(given.keys)).placements
    for key, (data, place) in nodes.items():
        authors = list(given.paper(key).authors)
        wanted = flat(given, key) | ({"authors": authors} if authors else {})
        assert {name: value for name, value in data.items() if name in {*FLAT, "authors"}} == wanted
        assert (place["x"], place["y"]) == pytest.approx((places[key].x, places[key].y), abs=0.01)
        assert None not in data.values()
        assert [] not in data.values()
    for _, cited, citing, data in found["edges"]:
        assertions = given.arcs[cited, citing].assertions
        assert len(data["evidence"]) == len(assertions)
        assert data["sources"] == [each.source for each in assertions]
        assert data["interaction"] == "cites"


# node-link JSON


def test_networkx_reads_node_link_json_back(given: Case) -> None:
    graph = nx.node_link_graph(json.loads(text(given.name, "node-link")), edges="edges")
    assert isinstance(graph, nx.DiGraph)
    assert graph.graph["made_by"].startswith("citation-lineage ")
    assert set(graph) == given.keys
    assert set(graph.edges) == set(given.arcs)
    for key, data in graph.nodes(data=True):
        facts, paper = given.lineage.graph.nodes[key], given.paper(key)
        assert {name: data[name] for name in FLAT} == dict.fromkeys(FLAT) | flat(given, key)
        assert data["list_numbers"] == list(facts["numbers"])
        assert data["identifiers"] == [str(each) for each in paper.identifiers]
        assert data["authors"] == list(paper.authors)
        assert data["also_titled"] == list(paper.also_titled)
        assert data["publication_date"] == paper.publication_date
        assert data["authors_complete"] == (paper.authors_complete if paper.authors else None)
        theme = next((each for each in given.lineage.reading_list.themes if each.name == given.theme(key)), None)
        assert data["color"] == (theme_colours(given.lineage)[theme.id] if theme else "#666666")
        assert data["cited_by_in_view"] == sum(cited == key for cited, _ in given.arcs)
    for cited, citing, data in graph.edges(data=True):
        said = given.arcs[cited, citing].assertions
        states = {each.influential for each in said} - {None}
        assert data["influential"] == (any(states) if states else None)
        reason = given.lineage.reasons.get((cited, citing))
        stated = [intent for each in said for intent in each.intents] + list(reason.intents if reason else ())
        assert data["intents"] == list(dict.fromkeys(stated))
        for each, line in zip(said, data["evidence"], strict=True):
            assert line.startswith(given.lineage.corpus.sources[each.source].label)
            assert all(str(entry) in line for entry in each.entries)


def test_measures_go_along_and_what_is_not_known_is_null() -> None:
    of = case("neighbourhood")
    graph = nx.node_link_graph(json.loads(text("neighbourhood", "node-link")), edges="edges")
    for id_ in ("pagerank", "disruption", "depth"):
        result = measure(of.lineage, id_)
        for key, data in graph.nodes(data=True):
            value = result.values.get(key)
            assert data[f"measure_{id_}"] == (None if value is None else pytest.approx(float(value)))


# Tables


def test_pandas_reads_the_tables_back(given: Case) -> None:
    papers = pd.read_csv(io.StringIO(text(given.name, "csv")), keep_default_na=False, dtype=str).set_index("key")
    citations = pd.read_csv(io.StringIO(text(given.name, "csv", "-citations.csv")), keep_default_na=False, dtype=str)
    assert set(papers.index) == given.keys
    assert set(zip(citations["cited"], citations["citing"], strict=True)) == set(given.arcs)
    for key, row in papers.iterrows():
        title = given.paper(str(key)).title or ""
        assert row["title"] in (title, f"'{title}")
        assert row["date"] == (given.paper(str(key)).date or "")
    for _, row in citations.iterrows():
        assert row["asserted_by"] == str(len(given.arcs[row["cited"], row["citing"]].assertions))
    if given.name == "evidence":
        said = citations.set_index(["cited", "citing"])
        assert list(said.loc[[("one", "two"), ("two", "three"), ("two", "four")], "influential"]) == [
            "True",
            "False",
            "",
        ]
        assert said.loc[("one", "two"), "intents"] == "background; methodology"


def test_pandas_and_arrow_read_parquet_back_with_types(given: Case) -> None:
    made = files(given.name, "parquet")
    papers = pyarrow.parquet.read_table(io.BytesIO(made[".parquet"]))
    types = {name: str(type_) for name, type_ in zip(papers.schema.names, papers.schema.types, strict=True)}
    assert (types["year"], types["authors"], types["list_numbers"], types["authors_complete"]) == (
        "int64",
        "list<element: string>",
        "list<element: int64>",
        "bool",
    )
    assert papers.schema.metadata[b"made_by"].startswith(b"citation-lineage ")
    rows = {row["key"]: row for row in papers.to_pylist()}
    assert set(rows) == given.keys
    for key, row in rows.items():
        assert {name: row[name] for name in FLAT} == dict.fromkeys(FLAT) | flat(given, key)
        assert row["authors"] == list(given.paper(key).authors)
    frame = pd.read_parquet(io.BytesIO(made["-citations.parquet"]))
    assert set(zip(frame["cited"], frame["citing"], strict=True)) == set(given.arcs)
    for _, row in frame.iterrows():
        assert list(row["sources"]) == [each.source for each in given.arcs[row["cited"], row["citing"]].assertions]


def test_every_column_has_a_meaning_and_a_name_of_its_own() -> None:
    selection = case("evidence").selection
    for columns in (paper_columns(selection), citation_columns(selection)):
        assert len({column.name for column in columns}) == len(columns)
        assert all(column.meaning for column in columns)


def test_parquet_without_pyarrow_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    from graph.errors import InputError

    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(InputError, match=r"pip install 'citation-lineage\[parquet\]'"):
        find_format("parquet").write(case("evidence").selection)


# Graphviz


def test_graphviz_reads_dot_back(given: Case) -> None:
    if shutil.which("dot") is None:
        pytest.fail("no Graphviz: `make test` installs it")
    run = subprocess.run(
        ["dot", "-Tdot_json"], input=text(given.name, "dot"), capture_output=True, check=True, encoding="utf-8"
    )
    assert not run.stderr
    found = json.loads(run.stdout)
    nodes = {each["name"]: each for each in found["objects"] if "nodes" not in each}
    by_number = {each["_gvid"]: each["name"] for each in found["objects"]}
    assert set(nodes) == given.keys
    assert {(by_number[e["tail"]], by_number[e["head"]]) for e in found["edges"]} == set(given.arcs)
    for key, data in nodes.items():
        wanted = seen_as_xml(flat(given, key))
        for name in ("title", "date", "date_basis", "theme", "role"):
            # Graphviz leaves the backslashes of an escString to who draws it
            assert data.get(name, "").replace("\\\\", "\\") == wanted.get(name, "")
    for edge in found["edges"]:
        arc = by_number[edge["tail"]], by_number[edge["head"]]
        assert edge["sources"].replace("\\\\", "\\") == for_xml("; ".join(labels(given, arc)))


def test_graphviz_draws_the_dot_file_without_running_anything_in_it() -> None:
    run = subprocess.run(
        ["dot", "-Tsvg"], input=text("hostile", "dot"), capture_output=True, check=True, encoding="utf-8"
    )
    root = etree.fromstring(run.stdout.encode("utf-8"))
    assert not list(root.iter("{http://www.w3.org/2000/svg}script"))
    links = [link for each in root.iter() for name, link in each.attrib.items() if name.endswith("href")]
    assert links
    assert all(link.startswith("https://arxiv.org/abs/") for link in links)


# All of them


def test_the_same_selection_gives_the_same_bytes() -> None:
    again = select(shipped(), "list")
    for format_ in FORMATS:
        assert dict(format_.write(again)) == files("list", format_.id), format_.id


def test_a_flow_says_how_many_paths_run_through_each_citation() -> None:
    selection = select(shipped(), "flow BERT → InstructGPT")
    graph = nx.node_link_graph(json.loads(find_format("node-link").write(selection)[".json"]), edges="edges")
    total = sum(data["paths"] for _, citing, data in graph.edges(data=True) if citing == "ouyang2022")
    assert total == sum(data["paths"] for cited, _, data in graph.edges(data=True) if cited == "devlin2018") > 600
    for key in set(graph) - {"devlin2018", "ouyang2022"}:
        arrive = sum(data["paths"] for *_, data in graph.in_edges(key, data=True))
        assert arrive == sum(data["paths"] for *_, data in graph.out_edges(key, data=True))


def test_the_export_of_paths_has_their_hops_and_no_other_citation() -> None:
    selection = select(shipped(), "BERT → InstructGPT", top=3)
    graph = nx.read_gexf(io.BytesIO(find_format("gexf").write(selection)[".gexf"].encode()), version="1.3")
    assert len(selection.paths) == 3
    assert set(graph.edges) == {(a, b) for path in selection.paths for a, b in pairwise(path)}
    assert set(graph) == {key for path in selection.paths for key in path}
    assert shipped().among(graph).number_of_edges() > graph.number_of_edges()


@pytest.mark.parametrize(
    "format_", ["graphml", "gexf", "csv", "parquet", "pajek", "vosviewer", "cytoscape", "node-link"]
)
def test_a_file_with_measures_says_which_are_estimated_and_which_are_left_out(
    monkeypatch: pytest.MonkeyPatch, format_: str
):
    monkeypatch.setattr("graph.analysis.measures.betweenness.EXACT", 50)
    monkeypatch.setattr("graph.analysis.measures.betweenness.SEARCHED", 3_000)
    monkeypatch.setattr("graph.analysis.measures.affordable.affords_sets", lambda _: False)
    made = made_lineage(60)
    written = find_format(format_).write(select_papers(made, "a made list", made.list_keys)).values()
    whole = "".join(each if isinstance(each, str) else each.decode("utf-8", "replace") for each in written)
    assert "Betweenness is estimated from 6 of " in whole
    assert "Not shown, because they take too long for so many papers: ancestors, descendants." in whole
