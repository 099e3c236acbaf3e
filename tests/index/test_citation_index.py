"""The index file: its layout, how it is built, and how a damaged one is refused."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import InputError
from graph.index import citation_index
from graph.index.citation_index import SECTIONS, check_index, open_index
from graph.index.kernels.pages import PAGE
from graph.index.write_index import write_index

from ..helpers.scale_world import index_of, nodes_of, vertex_of

Arcs = list[tuple[int, int]]


def arcs(index) -> tuple[Arcs, Arcs]:
    """All arcs (cited, citing) by vertex: as the references of an index have them, and as its citers do."""
    by_citing = [
        (int(u), v)
        for v in range(index.papers)
        for u in index.references[index.references_at[v] : index.references_at[v + 1]]
    ]
    by_cited = [
        (u, int(v)) for u in range(index.papers) for v in index.citers[index.citers_at[u] : index.citers_at[u + 1]]
    ]
    return by_citing, by_cited


def graph_of(pairs, papers: int = 10) -> nx.DiGraph:
    graph = nx.DiGraph()
    graph.add_nodes_from(range(papers))
    graph.add_edges_from(pairs)
    return graph


@pytest.fixture
def small(tmp_path: Path) -> Path:
    index_of(nx.DiGraph([(0, 1), (0, 2), (1, 2), (2, 3), (3, 1)]), path=tmp_path / "index")
    return tmp_path / "index"


PAIRS = st.sets(st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda pair: pair[0] != pair[1]))
DATES = st.dictionaries(st.integers(0, 9), st.sampled_from([0, 20170000, 20180000, 20180300, 20180400, 20190101]))


@given(PAIRS, DATES)
def test_both_directions_hold_every_citation_once_in_order(pairs, dates):
    index = index_of(graph_of(pairs), dates)
    by_citing, by_cited = arcs(index)
    assert by_cited == sorted(by_cited)
    assert by_citing == sorted(by_citing, key=lambda arc: arc[::-1])
    assert sorted(by_citing) == by_cited
    assert sorted(nodes_of(index, arc) for arc in by_citing) == sorted(pairs)
    for node in range(10):
        vertex = vertex_of(index, node)
        assert index.citation_count(vertex) == sum(cited == node for cited, _ in pairs)
        assert index.reference_count(vertex) == sum(citing == node for _, citing in pairs)


@given(PAIRS, DATES)
def test_papers_are_numbered_in_the_order_of_lineage_and_cycles_are_contiguous(pairs, dates):
    graph = graph_of(pairs)
    index = index_of(graph, dates)
    cycles = index.cycles.whole.reshape(-1, 2).tolist()
    expected = {frozenset(group) for group in nx.strongly_connected_components(graph) if len(group) > 1}
    assert {frozenset(nodes_of(index, range(*cycle))) for cycle in cycles} == expected
    assert cycles == sorted(cycles)
    for cited, citing in arcs(index)[0]:
        assert cited < citing or any(first <= cited < last and first <= citing < last for first, last in cycles)


@given(PAIRS, DATES)
def test_the_dates_of_an_index_are_those_of_its_papers(pairs, dates):
    index = index_of(graph_of(pairs), dates)
    assert [int(index.dates[vertex_of(index, node)]) for node in range(10)] == [
        dates.get(node, 0) for node in range(10)
    ]


@given(PAIRS, DATES, st.randoms(use_true_random=False))
def test_evidence_stays_with_its_citation(pairs, dates, chance):
    evidence = {pair: chance.randrange(16) for pair in pairs}
    index = index_of(graph_of(pairs), dates, evidence)
    found = zip(arcs(index)[0], (index.evidence.whole & 15).tolist(), strict=True)
    assert {nodes_of(index, arc): byte for arc, byte in found} == evidence


@given(PAIRS, DATES)
def test_arcs_that_stay_when_cycles_are_broken_run_to_higher_numbers(pairs, dates):
    index = index_of(graph_of(pairs), dates)
    kept = [(u, v) for (u, v), byte in zip(arcs(index)[0], index.evidence.tolist(), strict=True) if not byte & 48]
    assert all(cited < citing for cited, citing in kept)
    assert len(pairs) - len(kept) == sum(index.left_out)


def test_papers_without_citations_are_in_the_order_of_their_dates():
    index = index_of(graph_of([], 5), {0: 20190000, 1: 20180301, 2: 20180300, 3: 20180000})
    # What is not known of a date counts as the last that it can be.
    assert nodes_of(index, range(5)) == (1, 2, 3, 0, 4)


@given(PAIRS, DATES)
def test_a_span_is_bounded_by_the_cycles_of_its_ends(pairs, dates):
    graph = graph_of(pairs)
    index = index_of(graph, dates)
    cycle_of = {node: group for group in nx.strongly_connected_components(graph) for node in group}
    for start in range(10):
        for end in range(10):
            low, high = index.span(vertex_of(index, start), vertex_of(index, end))
            assert low == min(vertex_of(index, node) for node in cycle_of[start])
            assert high == max(vertex_of(index, node) for node in cycle_of[end])


def test_a_span_contains_every_paper_between_two_and_excludes_the_end_without_a_path():
    graph = graph_of([(0, 1), (1, 2), (2, 1), (2, 3), (4, 3)], 5)
    index = index_of(graph, {4: 20190000, 3: 20200000})
    for start in range(5):
        for end in range(5):
            low, high = index.span(vertex_of(index, start), vertex_of(index, end))
            between = [v for path in nx.all_simple_paths(graph, start, end) for v in path] if start != end else [start]
            assert all(low <= vertex_of(index, node) <= high for node in between)
    low, high = index.span(vertex_of(index, 3), vertex_of(index, 0))
    assert not low <= vertex_of(index, 0) <= high


def test_a_citation_costs_nine_bytes_and_a_paper_thirty_six(tmp_path: Path):
    papers, each = 20_000, 20
    citing = np.repeat(np.arange(each, papers), each)
    cited = (citing - np.tile(np.arange(each, 0, -1), papers - each)).astype(np.int32)
    write_index(
        tmp_path / "index", np.arange(papers), np.zeros(papers, np.int32), [(citing, cited, np.zeros(len(cited)))]
    )
    size, citations = (tmp_path / "index").stat().st_size, len(cited)
    gaps = PAGE * (len(SECTIONS) + 1)
    assert 9 * citations + 36 * papers <= size <= 9 * citations + 36 * papers + 16 + gaps
    assert size <= 10 * citations + 8 * (3 * papers + 2)  # the bound: 8 for a paper's id and for each offset


def test_little_memory_means_more_passes_and_the_same_bytes(tmp_path: Path):
    chance = np.random.default_rng(1)
    pairs = np.unique(chance.integers(0, 3000, (150_000, 2)), axis=0)
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    said = chance.integers(0, 16, len(pairs)).astype(np.uint8)
    halves = [slice(0, 70_001), slice(70_001, None)]
    for name, memory, cuts in (("whole", 1 << 30, [slice(None)]), ("little", 1, halves)):
        batches = ((pairs[cut, 0], pairs[cut, 1], said[cut]) for cut in cuts)
        write_index(tmp_path / name, np.arange(3000), np.zeros(3000, np.int32), batches, memory=memory)
    assert (tmp_path / "whole").read_bytes() == (tmp_path / "little").read_bytes()


@pytest.mark.parametrize(
    ("citing", "cited", "what"),
    [
        ([1, 0], [0, 1], "not sorted"),
        ([1, 1], [0, 0], "occurs twice"),
        ([1, 1], [2, 0], "not sorted"),
        ([1], [1], "cites itself"),
        ([1], [3], "does not exist"),
        ([3], [1], "does not exist"),
    ],
)
def test_invalid_citations_are_refused(tmp_path: Path, citing, cited, what):
    batch = (np.array(citing), np.array(cited), np.zeros(len(citing), np.uint8))
    with pytest.raises(InputError, match=what):
        write_index(tmp_path / "index", np.arange(3), np.zeros(3, np.int32), [batch])
    assert list(tmp_path.iterdir()) == []


def test_the_order_is_also_checked_between_batches(tmp_path: Path):
    batches = [(np.array([2]), np.array([0]), np.zeros(1)), (np.array([1]), np.array([0]), np.zeros(1))]
    with pytest.raises(InputError, match="not sorted"):
        write_index(tmp_path / "index", np.arange(3), np.zeros(3, np.int32), batches)


def test_an_index_without_citations_or_papers_opens(tmp_path: Path):
    write_index(tmp_path / "none", np.empty(0, np.int64), np.empty(0, np.int32), [])
    check_index(tmp_path / "none")
    assert (open_index(tmp_path / "none").papers, open_index(tmp_path / "none").citations) == (0, 0)


def test_a_corpus_id_leads_to_its_vertex(small: Path):
    index = open_index(small)
    found = [index.vertex(each) for each in (3, 10, 17, 24)]
    assert sorted(found) == [0, 1, 2, 3]
    assert [index.corpusid(vertex) for vertex in found] == [3, 10, 17, 24]
    assert [index.vertex(each) for each in (0, 11, 25)] == [None, None, None]


def test_a_flipped_bit_in_any_section_is_found(small: Path):
    whole = small.read_bytes()
    index = open_index(small)
    del index
    sections = [PAGE * n for n in range(1, len(SECTIONS) + 1)]
    for place in sections:
        small.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(InputError, match=r"not what was written|do not fit"):
            check_index(small)
    small.write_bytes(whole)
    check_index(small)


def test_checksums_are_those_of_whole_sections_in_blocks_of_any_size(small: Path, monkeypatch):
    monkeypatch.setattr(citation_index, "_BLOCK_BYTES", 5)
    check_index(small)


@pytest.mark.parametrize(("section", "name"), [(1, "references_at"), (4, "citers_at")])
@pytest.mark.parametrize("place", [0, 4])
def test_offsets_that_do_not_fit_the_citations_are_refused(section, name, place, small: Path):
    assert list(SECTIONS)[section - 1] == name
    data = bytearray(small.read_bytes())
    data[PAGE * section + 8 * place] ^= 1  # the first or the last offset of four papers
    small.write_bytes(bytes(data))
    with pytest.raises(InputError, match="offsets do not fit"):
        open_index(small)


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (lambda data: data[:-1], "bytes, but"),
        (lambda data: data + b"x", "bytes, but"),
        (lambda data: data[:100], "cut short"),
        (lambda data: b"", "not an index"),
        (lambda data: b"{" + data[1:], "not an index"),
        (lambda data: data[:8] + b"\x01" + data[9:], "version 1, but this program reads version 2"),
        (lambda data: data[:8] + b"\x03" + data[9:], "version 3, but this program reads version 2"),
        (lambda data: data[:30] + bytes([data[30] ^ 4]) + data[31:], "header is damaged"),
    ],
)
def test_a_file_that_is_damaged_or_newer_is_not_opened(small: Path, change, what):
    small.write_bytes(change(small.read_bytes()))
    for each in (open_index, check_index):
        with pytest.raises(InputError, match=what):
            each(small)


def test_a_missing_index_says_how_to_build_one(tmp_path: Path):
    with pytest.raises(InputError, match="lineage bulk index"):
        open_index(tmp_path / "index")


def test_a_full_disk_leaves_the_old_index_and_no_other_file(small: Path):
    before = small.read_bytes()
    code = textwrap.dedent(f"""
        import resource, signal
        import numpy as np
        from pathlib import Path
        from graph.errors import OutputError
        from graph.index.write_index import write_index
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
        citing = np.repeat(np.arange(1, 60_000), 1)
        try:
            write_index(Path({str(small)!r}), np.arange(60_000), np.zeros(60_000, np.int32),
                        [(citing, citing - 1, np.zeros(len(citing)))])
        except OutputError as fault:
            print(fault)
    """)
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert "cannot write" in run.stdout
    assert small.read_bytes() == before
    assert [path.name for path in small.parent.iterdir()] == ["index"]


def test_the_arrays_of_an_index_cannot_be_changed(small: Path):
    with pytest.raises(ValueError, match="read-only"):
        open_index(small).references[:][0] = 1
