"""Gephi's own importers read every GraphML and GEXF that is written: papers, citations, columns, looks, time.

Gephi's library is fetched by `make gephi`, which also runs these tests.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from graph.exports.registry import find_format

from ..helpers.export_world import CASES, case, select, shipped
from ..helpers.gephi import gephi

GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"
GEXF = "{http://gexf.net/1.3}"
VIZ = f"{GEXF[:-1]}/viz}}"
PARTS = (
    *("theme rlhf", "BERT → InstructGPT", "flow BERT → InstructGPT", "main-path", "BERT", "* → InstructGPT"),
    "main-path BERT → GPT-3",
)
FILES = [(part, form) for part in (*CASES, *PARTS) for form in ("graphml", "gexf")]
TYPES = {"boolean": "Boolean", "int": "Integer", "integer": "Integer", "long": "Long", "double": "Double"}
FORMS = {"Boolean": lambda text: text == "true", "Integer": int, "Long": int, "Double": float, "String": str}

pytestmark = pytest.mark.gephi


@cache
def file_of(part: str, form: str) -> str:
    """The one file of a format, of one of the shared cases or of a part of the shipped corpus."""
    selection = case(part).selection if part in CASES else select(shipped(), part)
    return find_format(form).write(selection)[f".{form}"]


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], dict[str, Any]]:
    """What Gephi holds of every file, all read by one process."""
    folder = tmp_path_factory.mktemp("gephi")
    paths = [folder / f"{number}.{form}" for number, (_, form) in enumerate(FILES)]
    for path, (part, form) in zip(paths, FILES, strict=True):
        path.write_text(file_of(part, form), "utf-8", newline="")
    return dict(zip(FILES, json.loads(gephi("read", *paths)), strict=True))


@pytest.mark.parametrize("file", FILES, ids=" as ".join)
def test_gephi_has_no_complaint_about_a_file(file: tuple[str, str], held: dict[tuple[str, str], dict[str, Any]]):
    assert held[file]["issues"] == []


@pytest.mark.parametrize("file", FILES, ids=" as ".join)
def test_gephi_holds_every_paper_and_citation_with_every_value(
    file: tuple[str, str], held: dict[tuple[str, str], dict[str, Any]]
):
    written = {"graphml": in_graphml, "gexf": in_gexf}[file[1]](file_of(*file))
    found = held[file]
    assert found["directed"]
    for subjects, columns in (("nodes", "node columns"), ("edges", "edge columns")):
        own = {name: found[columns][name] for name in written[columns]}
        assert own == written[columns], "the columns have the types that the file declares"
        assert set(found[columns]) - set(own) <= {"Id", "Label", "Interval", "Weight"}
        assert set(found[subjects]) == set(written[subjects])
        for key, values in written[subjects].items():
            assert {name: found[subjects][key][name] for name in values} == values
    for key, place in written["places"].items():  # which Gephi keeps in 32 bits
        assert [found["nodes"][key][name] for name in ("x", "y", "size")] == pytest.approx(place, rel=1e-6)


@pytest.mark.parametrize("part", [*CASES, *PARTS])
def test_the_timeline_of_gexf_begins_every_paper_and_citation_on_its_day(
    part: str, held: dict[tuple[str, str], dict[str, Any]]
):
    root, found = etree.fromstring(file_of(part, "gexf").encode("utf-8")), held[part, "gexf"]
    days = []
    for subjects, tag in (("nodes", "node"), ("edges", "edge")):
        for element in root.iter(f"{GEXF}{tag}"):
            start = element.get("start")
            interval = found[subjects][element.get("id")]["Interval"]
            # Without an interval Gephi shows a paper at all times, which is what an unknown date must look like.
            assert interval == (start and [[milliseconds(start), float("inf")]])
            days += [milliseconds(start)] if start else []
    assert found["dynamic"] == bool(days)
    if days:
        assert found["bounds"] == [min(days), max(days)]


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_a_second_file_is_appended_to_the_columns_of_the_first(form: str, tmp_path: Path):
    parts = ("list", "neighbourhood")
    paths = [tmp_path / f"{part}.{form}" for part in parts]
    for path, part in zip(paths, parts, strict=True):
        path.write_text(file_of(part, form), "utf-8", newline="")
    (found,) = json.loads(gephi("append", *paths))
    (alone,) = json.loads(gephi("read", paths[1]))
    assert [level for level, _ in found["issues"] if level not in ("INFO",)] == []
    assert found["node columns"] == alone["node columns"]
    assert set(found["nodes"]) == set(alone["nodes"])
    assert set(found["edges"]) == set(alone["edges"])
    assert {key: each["title"] for key, each in found["nodes"].items()} == {
        key: each["title"] for key, each in alone["nodes"].items()
    }


def test_the_preview_draws_every_paper_with_its_label_in_its_colour(tmp_path: Path):
    path, picture = tmp_path / "neighbourhood.graphml", tmp_path / "neighbourhood.svg"
    path.write_text(file_of("neighbourhood", "graphml"), "utf-8")
    gephi("draw", path, picture)
    svg = "{http://www.w3.org/2000/svg}"
    groups = {each.get("id"): each for each in etree.parse(str(picture)).getroot().iter(f"{svg}g")}
    written = in_graphml(path.read_text("utf-8"))
    circles = groups["nodes"].iter(f"{svg}circle")  # Gephi also draws borders, of no width and of no paper
    drawn = {each.get("class").removeprefix("id_"): each.get("fill") for each in circles if each.get("class")}
    wanted = {key: "#{:02x}{:02x}{:02x}".format(*values["rgb"]) for key, values in written["nodes"].items()}
    assert drawn == wanted
    labels = {"".join(text.itertext()).strip() for text in groups["node-labels"].iter(f"{svg}text")}
    assert labels == {values["Label"] for values in written["nodes"].values()}


def in_graphml(text: str) -> dict[str, Any]:
    """What a GraphML file says, by the names under which Gephi shows it."""
    root = etree.fromstring(text.encode("utf-8"))
    keys = {key.get("id"): (key.get("attr.name"), key.get("attr.type")) for key in root.iter(f"{GRAPHML}key")}
    written: dict[str, Any] = {"node columns": {}, "edge columns": {}, "nodes": {}, "edges": {}, "places": {}}
    own = {"node": {"label", "x", "y", "size", "r", "g", "b"}, "edge": {"weight"}}
    for key in root.iter(f"{GRAPHML}key"):
        if key.get("attr.name") not in own[key.get("for")]:
            written[f"{key.get('for')} columns"][key.get("attr.name")] = TYPES.get(key.get("attr.type"), "String")
    for element in root.iter(f"{GRAPHML}node", f"{GRAPHML}edge"):
        cells = {keys[data.get("key")]: data.text for data in element}
        values = {name: FORMS[TYPES.get(type_, "String")](cell) for (name, type_), cell in cells.items()}
        add(written, element, values)
    return written


def in_gexf(text: str) -> dict[str, Any]:
    """The same of a GEXF file."""
    root = etree.fromstring(text.encode("utf-8"))
    written: dict[str, Any] = {"node columns": {}, "edge columns": {}, "nodes": {}, "edges": {}, "places": {}}
    types: dict[tuple[str, str], str] = {}
    for attributes in root.iter(f"{GEXF}attributes"):
        of = attributes.get("class")
        for each in attributes:
            types[of, each.get("id")] = TYPES.get(each.get("type"), "String")
            written[f"{of} columns"][each.get("title")] = types[of, each.get("id")]
    for element in root.iter(f"{GEXF}node", f"{GEXF}edge"):
        tag = etree.QName(element).localname
        cells = {each.get("for"): each.get("value") for each in element.iter(f"{GEXF}attvalue")}
        values = {name: FORMS[types[tag, name]](cell) for name, cell in cells.items()}
        if tag == "node":
            colour, place = element.find(f"{VIZ}color"), element.find(f"{VIZ}position")
            values |= {channel: int(colour.get(channel)) for channel in "rgb"}
            values |= {axis: float(place.get(axis)) for axis in "xy"}
            values |= {"size": float(element.find(f"{VIZ}size").get("value")), "label": element.get("label")}
        else:
            values["weight"] = float(element.get("weight"))
        add(written, element, values)
    return written


def add(written: dict[str, Any], element: Any, values: dict[str, Any]) -> None:
    """Put what a file says of one paper or citation under the names that Gephi gives it."""
    tag = etree.QName(element).localname
    columns = dict.fromkeys(written[f"{tag} columns"])
    if tag == "node":
        look = {"rgb": [values.pop(channel) for channel in "rgb"], "Label": values.pop("label")}
        written["places"][element.get("id")] = [values.pop(name) for name in ("x", "y", "size")]
    else:
        look = {
            "ends": [element.get("source"), element.get("target")],
            "directed": True,
            "Weight": values.pop("weight"),
        }
    written[f"{tag}s"][element.get("id")] = columns | dict(as_gephi_shows_it(values)) | look


def as_gephi_shows_it(values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The two faults of Gephi that docs/gephi.md tells: INF in a column of text, and the word null."""
    for name, value in values.items():
        text = value.replace("INF", "Infinity") if isinstance(value, str) else value
        yield name, None if isinstance(text, str) and text.lower() == "null" else text


def milliseconds(day: str) -> float:
    """A day as Gephi counts time."""
    return datetime.datetime.fromisoformat(day).replace(tzinfo=datetime.UTC).timestamp() * 1000
