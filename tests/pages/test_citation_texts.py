"""The citation texts that a page carries."""

from __future__ import annotations

import base64
import json
import zlib

import pytest

from graph.exports.formats.references import item_of
from graph.exports.formats.ris import ris_entry
from graph.model.lineage import Lineage
from graph.pages.citation_texts import packed_citations

from ..helpers.written_files import bibtex_of, csl_of


def unpacked(packed: str) -> list[list[object]]:
    texts: list[list[object]] = json.loads(zlib.decompress(base64.b64decode(packed)))
    return texts


def test_the_texts_of_the_papers_are_those_of_the_exports_in_the_order_of_the_papers(lineage: Lineage) -> None:
    keys = [*reversed(lineage.list_keys)]
    texts = unpacked(packed_citations(lineage, keys))
    assert texts == [[bibtex_of(lineage, key), csl_of(lineage, key), ris_entry(item_of(lineage, key))] for key in keys]


def test_the_texts_can_stand_in_a_page(hostile: Lineage) -> None:
    packed = packed_citations(hostile, hostile.graph)
    assert "<" not in packed
    assert len(unpacked(packed)) == len(hostile.graph)


@pytest.mark.long
def test_the_texts_of_a_corpus_take_little_room(lineage: Lineage) -> None:
    keys = list(lineage.graph)
    assert len(packed_citations(lineage, keys)) < 135 * len(keys)


def test_no_papers_have_no_texts(lineage: Lineage) -> None:
    assert unpacked(packed_citations(lineage, [])) == []
