"""A corpus read by its index is the corpus read from its rows, and both answer as brute force does."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.analysis.path_options import PathOptions
from graph.analysis.paths import find_paths
from graph.model.corpus import Assertion, Citation, Corpus, Coverage, Paper, Source
from graph.model.corpus_index import INDEX, MAGIC, VERSION
from graph.model.identifiers import identifier
from graph.model.lineage import ANCESTOR, BRIDGE, DESCENDANT, LIST, OTHER, build_lineage
from graph.model.reading_list import Entry, ReadingList
from graph.model.storage import corpus_files, load_corpus, save_corpus, write_index
from graph.utils.array_file import ArrayFile

TITLES = st.text(min_size=1, max_size=12)
KEYS = [f"p{number}" for number in range(7)]


@st.composite
def corpora(draw: st.DrawFn) -> Corpus:
    """Any small corpus: titles of any letters, shared names and identifiers, circles, papers that cite themselves."""
    papers = {
        key: Paper(
            key,
            draw(st.one_of(st.none(), TITLES)),
            tuple(draw(st.lists(TITLES, max_size=2))),
            date=draw(st.sampled_from([None, "2014", "2014-09", "2014-09-01", "1998"])),
            identifiers=tuple(
                draw(
                    st.sampled_from(
                        [(), (identifier("doi", "10.48550/arXiv.1409.0473"),), (identifier("arxiv", "1409.0473"),)]
                    )
                )
            ),
            names=tuple(draw(st.lists(st.sampled_from(["BERT", "GPT", "é"]), max_size=2, unique=True))),
        )
        for key in draw(st.sets(st.sampled_from(KEYS)))
    }
    pairs = draw(st.sets(st.tuples(st.sampled_from(KEYS), st.sampled_from(KEYS)), max_size=12))
    said = (Assertion("s", (1,), influential=draw(st.sampled_from([None, True, False]))),)
    citations = [Citation(a, b, said) for a, b in pairs if a in papers and b in papers]
    coverage = [Coverage(key, "references", "s", "complete", 0) for key in sorted(papers)[:2]]
    return Corpus(papers, citations, coverage, {"s": Source("s", "user", "somebody")})


@given(corpora())
def test_a_saved_corpus_is_read_by_its_index_and_is_the_same(tmp_path_factory: pytest.TempPathFactory, corpus: Corpus):
    folder = tmp_path_factory.mktemp("corpus")
    save_corpus(corpus, folder)
    found = load_corpus(folder)
    assert found.__dict__["kept"]  # the index gives the names
    assert found == corpus
    assert corpus_files(found) == corpus_files(corpus)
    for one in KEYS:
        for other in KEYS:
            if one in corpus.papers and other in corpus.papers:
                assert found.citation(one, other) == corpus.citation(one, other)
    for scheme, value in (("arxiv", "1409.0473"), ("doi", "10.48550/arxiv.1409.0473")):
        assert found.identified(identifier(scheme, value)) == corpus.identified(identifier(scheme, value))
    every = range(len(corpus.papers))
    assert found.arxiv_identifiers(every) == corpus.arxiv_identifiers(every)
    for paper in corpus.papers.values():
        assert found.names.titled(paper.title or "") == corpus.names.titled(paper.title or "")
        assert found.names.containing(paper.title or "") == corpus.names.containing(paper.title or "")


def test_an_arxiv_identifier_is_found_in_a_file_however_its_text_is_written(tmp_path: Path):
    papers = {key: Paper(key, identifiers=(identifier("arxiv", f"1409.0000{key}"),)) for key in "123"}
    save_corpus(Corpus(papers), tmp_path)
    table = tmp_path / "papers.jsonl"
    table.write_bytes(table.read_bytes().replace(b'"arxiv:1409.00002', rb'"\u0061rxiv:1409.00002'))
    write_index(tmp_path)
    changed = load_corpus(tmp_path).with_papers({"3": Paper("3"), "4": Paper("4", identifiers=papers["1"].identifiers)})
    assert load_corpus(tmp_path).arxiv_identifiers(range(3)) == ["1409.00001", "1409.00002", "1409.00003"]
    assert changed.arxiv_identifiers([3, 2, 1]) == ["1409.00001", "~", "1409.00002"]


@given(corpora())
def test_a_name_is_found_wherever_a_paper_has_it(corpus: Corpus):
    numbers = corpus.arrays.numbers
    for text in ("BERT", "bert", "É", "e"):
        expected = {numbers[p.key] for p in corpus.papers.values() if any(_same(text, name) for name in p.names)}
        assert set(corpus.names.named(text)) == expected


def _same(one: str, other: str) -> bool:
    return {"É": "e", "é": "e"}.get(one, one.lower()) == {"é": "e"}.get(other, other.lower())


@given(corpora(), st.sets(st.sampled_from(KEYS), max_size=3), st.sampled_from([0, 10**6]))
def test_by_index_and_from_rows_every_answer_is_that_of_brute_force(
    tmp_path_factory: pytest.TempPathFactory, corpus: Corpus, chosen: set[str], ordered_from: int
):
    folder = tmp_path_factory.mktemp("corpus")
    marked = corpus.with_papers(
        {key: Paper(key, identifiers=(identifier("doi", f"10.1234/{key}"),)) for key in chosen & corpus.papers.keys()}
    )
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("graph.model.corpus_index.ORDERED_FROM", ordered_from)
        save_corpus(marked, folder)
    entries = [
        Entry(number, (), key, identifiers=(identifier("doi", f"10.1234/{key}"),))
        for number, key in enumerate(sorted(chosen & corpus.papers.keys()), 1)
    ]
    by_index = build_lineage(load_corpus(folder), ReadingList("L", (), tuple(entries)))
    (folder / INDEX).unlink()
    from_rows = build_lineage(load_corpus(folder), ReadingList("L", (), tuple(entries)))
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(corpus.papers)
    graph.add_edges_from((c.cited, c.citing) for c in corpus.citations if c.cited != c.citing)
    roles = roles_by_definition(graph, chosen & corpus.papers.keys())
    for lineage in (by_index, from_rows):
        assert {key: lineage.role(key) for key in corpus.papers} == roles
        for start, end in permutations(corpus.papers, 2):
            expected = [tuple(path) for path in nx.all_simple_paths(graph, start, end)]
            answer = find_paths(lineage, start, end, PathOptions(top=1000))
            assert answer.total == len(expected)
            assert answer.longest == (max(map(len, expected)) - 1 if expected else 0)
            assert sorted(path.keys for path in answer.paths) == sorted(expected)
            assert [len(path.hops) for path in answer.paths] == sorted(len(path) - 1 for path in expected)
            found = lineage.network.between(*lineage.numbers_of((start, end)))
            assert set(lineage.keys_of(found.tolist())) == between_by_definition(graph, start, end)


def test_an_order_of_lineage_that_is_damaged_is_found_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    """Citations a -> b -> c -> a, and b -> d: whichever byte of the kept order is flipped, the answer is the same."""
    monkeypatch.setattr("graph.model.corpus_index.ORDERED_FROM", 0)
    caplog.set_level("INFO", "graph.model.corpus_index")
    said = (Assertion("s"),)
    citations = [Citation(citing, cited, said) for citing, cited in ("ba", "cb", "ac", "db")]
    papers = {key: Paper(key) for key in "abcd"}
    save_corpus(Corpus(papers, citations, sources={"s": Source("s", "user", "somebody")}), tmp_path)
    written = (tmp_path / INDEX).read_bytes()
    sections = ArrayFile(tmp_path / INDEX, MAGIC, VERSION)._sections
    for name in ("order", "level_at", "circles", "order_cited_at", "order_cited"):
        at = sections[name]["at"]
        (tmp_path / INDEX).write_bytes(written[:at] + bytes([written[at] ^ 1]) + written[at + 1 :])
        caplog.clear()
        answer = find_paths(build_lineage(load_corpus(tmp_path), ReadingList("L", (), ())), "a", "d")
        assert [path.keys for path in answer.paths] == [("a", "b", "d")]
        assert name in caplog.text


def roles_by_definition(graph: nx.DiGraph[str], listed: set[str]) -> dict[str, str]:
    """The list; on a path between two papers of it; before one; after one; none of these."""
    bridges = {
        key for one, other in permutations(listed, 2) for path in nx.all_simple_paths(graph, one, other) for key in path
    }
    before = {key for each in listed for key in nx.ancestors(graph, each)}
    after = {key for each in listed for key in nx.descendants(graph, each)}
    roles = dict.fromkeys(graph, OTHER)
    for role, keys in ((DESCENDANT, after), (ANCESTOR, before), (BRIDGE, bridges), (LIST, listed)):
        roles.update(dict.fromkeys(keys, role))
    return roles


def between_by_definition(graph: nx.DiGraph[str], start: str, end: str) -> set[str]:
    """The papers on walks that neither come back to the start nor leave the end."""
    allowed = nx.DiGraph([arc for arc in graph.edges if arc[1] != start and arc[0] != end])
    allowed.add_nodes_from(graph)
    if not nx.has_path(allowed, start, end):
        return set()
    return (nx.descendants(allowed, start) | {start}) & (nx.ancestors(allowed, end) | {end})


def test_by_an_index_neither_citations_are_put_in_order_again_nor_all_keys_read_for_a_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    papers = {key: Paper(key, identifiers=(identifier("doi", f"10.1234/{key}"),)) for key in "abc"}
    said = (Assertion("s", (1,)),)
    citations = [Citation(*pair, said) for pair in (("b", "a"), ("c", "a"), ("c", "b"))]
    save_corpus(Corpus(papers, citations, sources={"s": Source("s", "user", "somebody")}), tmp_path)
    entries = [Entry(n, (), "", identifiers=(identifier("doi", f"10.1234/{key}"),)) for n, key in enumerate("az", 1)]
    monkeypatch.setattr("graph.algorithms.network.rows_of", None)
    monkeypatch.setattr("graph.model.row_readers.Keys.__iter__", None)
    for rule in ("row_readers._HALVINGS", "arrays.MANY"):  # as among very many papers
        monkeypatch.setattr(f"graph.model.{rule}", 0)
    lineage = build_lineage(load_corpus(tmp_path), ReadingList("With one that no source knows", (), tuple(entries)))
    assert len(lineage.absent) == 1
    assert lineage.cited_by("a") == ["b", "c"]
    assert lineage.cites("c") == ["a", "b"]
    assert lineage.cites(lineage.absent[0]) == lineage.cited_by(lineage.absent[0]) == []
    assert [each.cited for each in lineage.corpus.citations_of("c")] == ["a", "b"]
