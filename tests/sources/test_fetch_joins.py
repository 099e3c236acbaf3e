"""Fetched data beside the print: one paper, both sources, and an audit that tells them apart."""

from __future__ import annotations

import pytest

from graph.analysis.audit import Audit, audit
from graph.analysis.path_options import PathOptions
from graph.analysis.paths import find_paths
from graph.exports.text.path_text import trail_text
from graph.model.corpus import Corpus
from graph.model.lineage import Lineage, build_lineage
from graph.model.reading_list import ReadingList
from graph.model.shipped_data import data_folder
from graph.model.storage import load_corpus
from graph.sources.fetch import FetchOptions
from graph.sources.fetch.targets import targets_of_list

from ..helpers.fetch_world import Time, fetched
from ..service import ScholarWorld, serving

GOPHER = "68f141724814839d556a989646194be88641b143"


@pytest.fixture(scope="module")
def joined(corpus: Corpus, reading_list: ReadingList, tmp_path_factory: pytest.TempPathFactory) -> Lineage:
    """The shipped list, from a service that knows what Semantic Scholar listed and withholds one list."""
    to = tmp_path_factory.mktemp("joined")
    world = ScholarWorld.from_corpus(corpus, kinds={"semantic_scholar"}).eliding(GOPHER)
    with serving(world) as scholar:
        options = FetchOptions(depth=1, contexts=True, citations=True, most_citations=1000)
        fetched(scholar, to, options, targets=targets_of_list(reading_list), time=Time(), facts=data_folder())
    return build_lineage(load_corpus(to), reading_list)


@pytest.fixture(scope="module")
def found(joined: Lineage) -> Audit:
    return audit(joined)


def source_of(lineage: Lineage) -> str:
    """The source that the fetch is."""
    fresh = set(lineage.corpus.sources) - {"s2:2023-06-23", "s2:2023-06-27"}
    return next(source for source in fresh if source.startswith("s2:"))


def test_a_citation_shows_the_print_and_the_fetch(joined: Lineage):
    sources = joined.citation("vaswani2017", "devlin2018").sources
    assert {"print:devlin2018", source_of(joined)} <= set(sources)
    assert joined.list_keys[0] == "bahdanau2014"
    assert len(joined.list_keys) == 23


def test_the_fetch_lacks_bert_to_gpt_and_the_audit_says_so(found: Audit):
    only = {d.citing: d.only for d in found.disagreements}
    assert "radford2018" in only["devlin2018"]["print:devlin2018"]


def test_withheld_references_are_elided_and_not_none(joined: Lineage, found: Audit):
    rows = {(row.paper, row.direction, row.source): row for row in found.incomplete}
    assert rows["rae2021", "references", source_of(joined)].state == "elided"
    assert joined.corpus.coverage_of("rae2021") == "complete"  # the print is


def test_citing_sentences_reach_the_reading_trail_as_the_source_gave_them(joined: Lineage):
    citation = joined.citation("vaswani2017", "devlin2018")
    sentences = [text for a in citation.assertions for text in a.contexts]
    assert sentences
    answer = find_paths(joined, "vaswani2017", "devlin2018", PathOptions(max_hops=1))
    assert f"It says: {sentences[0][:60]}" in trail_text(joined, answer)


def test_citers_of_the_list_come_with_their_coverage(joined: Lineage):
    assert joined.corpus.coverage_of("devlin2018", "citations") in ("complete", "partial")
    assert joined.graph.out_degree("devlin2018") >= 20
