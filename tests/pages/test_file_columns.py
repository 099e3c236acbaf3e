"""The columns of the files that a page saves are those of the exports."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET

from graph.analysis.measures.affordable import measured
from graph.analysis.neighbourhood import neighbourhood
from graph.exports.columns import build_columns
from graph.exports.layout import timeline
from graph.model.lineage import Lineage
from graph.pages.file_columns import file_columns, share_columns

from ..helpers.written_files import citations_csv, graphml_text, papers_csv

GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"


def test_the_columns_of_graphml_are_the_exports(lineage: Lineage) -> None:
    more = build_columns(lineage)
    root = ET.fromstring(graphml_text(lineage, timeline(lineage, lineage.list_keys), measured(lineage), more=more))
    keys = [(key.attrib["for"], key.attrib["attr.name"], key.attrib["attr.type"]) for key in root.iter(f"{GRAPHML}key")]
    columns = file_columns(lineage)
    assert [("node", *column) for column in columns["nodes"]] == [key for key in keys if key[0] == "node"]
    assert [("edge", *column) for column in columns["edges"]] == [key for key in keys if key[0] == "edge"]


def test_the_columns_of_the_tables_are_the_exports(lineage: Lineage) -> None:
    keys = neighbourhood(lineage)
    columns = file_columns(lineage)
    assert columns["papers"] == header(papers_csv(lineage, keys, measured(lineage)))
    assert columns["citations"] == header(citations_csv(lineage, keys, more=build_columns(lineage)))


def header(text: str) -> list[str]:
    return next(csv.reader(io.StringIO(text)))


def test_each_theme_has_a_column_with_its_share(lineage: Lineage) -> None:
    shares = share_columns(lineage)
    assert list(shares.values()) == [theme.id for theme in lineage.reading_list.themes]
    assert set(shares) <= {name for name, _ in file_columns(lineage)["nodes"]}
    assert shares["share_rlhf"] == "rlhf"
