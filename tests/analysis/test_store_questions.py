"""A store answers what the corpus answers on the same citations; names; faults of a whole store."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import pairwise, permutations
from pathlib import Path
from typing import Any

import networkx as nx
import pyarrow as pa
import pytest
from click.testing import CliRunner
from pyarrow import ipc

from graph.algorithms.main_path_search import GLOBAL, Search
from graph.algorithms.traversal_weights import traversal
from graph.analysis import paths
from graph.analysis import store_flow as store_flow_module
from graph.analysis.acyclic import acyclic_between
from graph.analysis.flow import flow
from graph.analysis.main_path import EVERYTHING, MainPath, Scope, main_path
from graph.analysis.no_path import silent
from graph.analysis.path_options import PathOptions
from graph.analysis.paths import PathAnswer, find_paths
from graph.analysis.store_flow import MOST_PAPERS, store_flow, store_main_path
from graph.errors import AmbiguousName, InputError, NameNotFound
from graph.exports.answers import answer_form, answer_text
from graph.index.between import shortest_paths
from graph.index.build_index import check_indexed, index_store
from graph.index.extract import Extract, extract
from graph.index.paper_records import COLUMNS, ROWS_A_BATCH
from graph.index.store import Store, open_store
from graph.interfaces.cli.main import cli
from graph.model.lineage import Lineage
from graph.model.storage import load_corpus

from ..helpers.scale_world import write_store

Keys = tuple[str, ...]


@pytest.fixture(scope="module")
def vertex(whole, store) -> Callable[[str], int]:
    """From a key of the shipped corpus to the vertex of its paper."""
    return lambda key: store.index.vertex(whole[1][key])


@pytest.fixture(scope="module")
def shipped(whole) -> Callable[[Iterable[str]], Keys]:
    """From keys of the store's answers to those of the shipped corpus."""
    key_of = {number: key for key, number in whole[1].items()}
    return lambda keys: tuple(key_of[int(key.rsplit("-", 1)[1])] for key in keys)


def paths_in(
    store: Store, start: int, *stops: int, most_papers: int = MOST_PAPERS, report: Any = silent, **more: Any
) -> tuple[Lineage, PathAnswer]:
    """The paths through some vertices of a store."""
    named = {name: tuple(store.keys_of(more.pop(name, ()))) for name in ("via", "avoid")}
    *waypoints, end = store.keys_of(stops)
    options = PathOptions(waypoints=tuple(waypoints), **named, **more)
    return paths.paths_in(replace(store, most_papers=most_papers), store.key(start), end, options, report)


def flow_in(store: Store, start: int, end: int, **more: Any) -> tuple[Lineage, Any]:
    return store_flow(store, start, end, **({"list_only": False, "cycles": "date"} | more))


def main_path_in(
    store: Store, ends: tuple[int, int] | None = None, *, scope: Scope = EVERYTHING, **more: Any
) -> tuple[Lineage, Any]:
    return store_main_path(store, ends, scope, **({"weight": "SPC", "by": GLOBAL, "cycles": "date"} | more))


def path_keys(answer: PathAnswer) -> list[Keys]:
    return [path.keys for path in answer.paths]


def test_the_list_is_found_in_the_store_in_its_order(store, lineage, vertex):
    assert store.list_numbers == tuple(map(vertex, lineage.list_keys))


def test_pairs_of_the_list_have_the_shortest_paths_of_the_ordinary_graph(store, lineage, vertex):
    found = 0
    for start, end in list(permutations(lineage.list_keys, 2))[::5]:  # every paper of the list is a start and an end
        paths = shortest_paths(store.index, vertex(start), vertex(end))
        if not nx.has_path(lineage.graph, start, end):
            assert (paths.count, paths.hops) == (0, -1)
            continue
        found += 1
        expected = {tuple(map(vertex, path)) for path in nx.all_shortest_paths(lineage.graph, start, end)}
        assert set(paths) == expected
        assert paths.count == len(expected)
    assert found > 20


def test_pairs_of_the_list_have_the_paths_of_the_ordinary_corpus(store, lineage, vertex, shipped):
    pairs = list(permutations(lineage.list_keys, 2))
    joined = [pair for pair in pairs if nx.has_path(lineage.graph, *pair)]
    compared = 0
    for start, end in joined[::11]:
        total = find_paths(lineage, start, end).total
        few = total is not None and total <= 2000
        top = 2000 if few else 20
        ordinary = find_paths(lineage, start, end, PathOptions(top=top))
        _, answer = paths_in(store, vertex(start), vertex(end), top=top)
        counts = (answer.total, answer.total_in_list, answer.longest)
        assert counts == (ordinary.total, ordinary.total_in_list, ordinary.longest)
        assert list(map(len, path_keys(answer))) == list(map(len, path_keys(ordinary)))
        if few:
            compared += 1
            assert set(map(shipped, path_keys(answer))) == set(path_keys(ordinary))
    assert compared > 10


def test_pairs_without_a_path_have_the_relatives_of_the_ordinary_corpus(store, lineage, vertex, shipped):
    pairs = [pair for pair in permutations(lineage.list_keys, 2) if not nx.has_path(lineage.graph, *pair)]
    related = 0
    for start, end in pairs[::37]:
        ordinary = find_paths(lineage, start, end).no_path
        _, answer = paths_in(store, vertex(start), vertex(end))
        assert not answer.found
        assert answer.no_path is not None
        assert ordinary is not None
        assert answer.no_path.reverse == (0 if ordinary.reverse == 0 else None)
        assert set(shipped(answer.no_path.ancestors)) == set(ordinary.ancestors)
        assert set(shipped(answer.no_path.descendants)) == set(ordinary.descendants)
        related += bool(ordinary.ancestors) + bool(ordinary.descendants)
    assert related > 5


def test_options_choose_the_same_paths_as_in_the_corpus(store, lineage, vertex, shipped):
    start, end, via, avoid = "devlin2018", "ouyang2022", "rae2021", "brown2020"
    options = {"years": (2019, 2022), "max_hops": 5, "top": 500}
    ordinary = find_paths(lineage, start, end, PathOptions(via=(via,), avoid=(avoid,), **options))
    _, answer = paths_in(store, vertex(start), vertex(end), via=(vertex(via),), avoid=(vertex(avoid),), **options)
    assert answer.total == ordinary.total == len(ordinary.paths) > 0
    assert set(map(shipped, path_keys(answer))) == set(path_keys(ordinary))


def test_paths_through_waypoints_and_within_the_list_are_those_of_the_corpus(store, lineage, vertex, shipped):
    stops = ("devlin2018", "brown2020", "ouyang2022")
    ordinary = find_paths(lineage, stops[0], stops[2], PathOptions(waypoints=stops[1:2], top=5000))
    _, answer = paths_in(store, *map(vertex, stops), top=5000)
    assert answer.total == ordinary.total == len(ordinary.paths) > 0
    assert set(map(shipped, path_keys(answer))) == set(path_keys(ordinary))
    ordinary = find_paths(lineage, stops[0], stops[2], PathOptions(list_only=True))
    _, answer = paths_in(store, vertex(stops[0]), vertex(stops[2]), list_only=True)
    assert set(map(shipped, path_keys(answer))) == set(path_keys(ordinary)) != set()


def test_the_flow_has_the_papers_of_the_ordinary_one(store, lineage, vertex, shipped):
    for start, end in (("devlin2018", "ouyang2022"), ("vaswani2017", "devlin2018"), ("bahdanau2014", "ouyang2022")):
        ordinary = flow(lineage, start, end)
        _, answer = flow_in(store, vertex(start), vertex(end))
        assert answer.total == ordinary.total
        assert set(shipped(answer.papers)) == set(ordinary.papers)
        assert shipped(answer.unavoidable) == ordinary.unavoidable


def test_the_main_path_of_the_list_is_that_of_the_ordinary_corpus(store, lineage, shipped):
    """Within the list alone: there the dates of the store are those of the corpus."""
    ordinary = main_path(lineage, Scope("list"))
    _, found = main_path_in(store, scope=Scope("list"))
    assert isinstance(found, MainPath)
    assert set(map(shipped, found.found.arcs)) == set(ordinary.found.arcs) != set()


def test_too_many_papers_between_are_looked_at_up_to_some_hops(store, lineage, vertex, shipped):
    remarks: list[str] = []
    start, end = "bahdanau2014", "ouyang2022"
    _, answer = paths_in(store, vertex(start), vertex(end), most_papers=30, top=4, report=remarks.append)
    hops = answer.options.max_hops
    ordinary = find_paths(lineage, start, end, PathOptions(top=5000, max_hops=hops))
    assert answer.total == ordinary.total
    assert len(answer.paths) == 4
    assert list(map(len, path_keys(answer))) == list(map(len, path_keys(ordinary)[:4]))
    assert set(map(shipped, path_keys(answer))) <= set(path_keys(ordinary))
    assert f"only paths of at most {hops} hops were searched" in remarks[0]


@pytest.mark.parametrize("most_papers", [1, MOST_PAPERS])
@pytest.mark.parametrize("more", [{}, {"rank": "strongest"}, {"rank": "main"}, {"longest": True}, {"via": "rae2021"}])
def test_no_path_is_as_short_as_a_limit_below_the_distance(store, lineage, vertex, shipped, more, most_papers):
    start, end = "devlin2018", "ouyang2022"
    ordinary = find_paths(lineage, start, end, PathOptions(max_hops=1)).no_path
    options = more | ({"via": [vertex(more["via"])]} if "via" in more else {})
    _, answer = paths_in(store, vertex(start), vertex(end), most_papers=most_papers, max_hops=1, **options)
    assert (answer.paths, answer.total, answer.options.max_hops) == ((), 0, 1)
    assert answer.no_path is not None
    assert ordinary is not None
    assert set(shipped(answer.no_path.ancestors)) == set(ordinary.ancestors)
    assert set(shipped(answer.no_path.descendants)) == set(ordinary.descendants)
    assert answer.no_path.reverse == 0


def test_very_many_shortest_paths_are_counted_and_the_first_are_listed(store, lineage, vertex, shipped):
    start, end = "devlin2018", "ouyang2022"
    expected = set(map(tuple, nx.all_shortest_paths(lineage.graph, start, end)))
    _, answer = paths_in(store, vertex(start), vertex(end), most_papers=1, top=2)
    assert answer.total == len(expected) > 2
    listed = set(map(shipped, path_keys(answer)))
    assert len(listed) == 2
    assert listed <= expected


def test_the_strongest_paths_among_too_many_are_the_strongest(store, vertex):
    start, end = vertex("bahdanau2014"), vertex("ouyang2022")
    _, whole = paths_in(store, start, end, rank="strongest", top=4)
    _, answer = paths_in(store, start, end, rank="strongest", top=4, most_papers=15)
    assert [path.strength for path in answer.paths] == [path.strength for path in whole.paths][: len(answer.paths)]
    assert answer.paths
    assert answer.total is None


@pytest.mark.parametrize("more", [{"longest": True}, {"rank": "main"}, {"rank": "diverse"}])
def test_what_needs_all_paths_is_refused_among_too_many(store, vertex, more):
    with pytest.raises(InputError, match="--max-hops"):
        paths_in(store, vertex("bahdanau2014"), vertex("ouyang2022"), most_papers=10, **more)


@pytest.mark.parametrize("ends", [("vaswani2017", "devlin2018"), ("bahdanau2014", "ouyang2022")])
def test_a_large_flow_counts_as_the_ordinary_one(store, vertex, ends):
    """The same network for both: the ordinary one is computed in the extract."""
    start, end = map(vertex, ends)
    part, answer = flow_in(store, start, end)
    _, large = flow_in(store, start, end, most_papers=2)
    network = acyclic_between(part, part.graph, answer.start, answer.end)
    counts = traversal(network.graph)
    assert {drop.why for drop in network.dropped} <= {"later"}, "both drop the same citations"
    assert large.paths == counts.flow
    assert dict(large.arcs) == {arc: counts.arcs[arc] for arc in large.arcs}
    assert dict(large.through) == {key: counts.papers[key] for key in large.through}
    assert large.heaviest.weight == answer.heaviest.weight
    assert large.acyclic.dropped_counts == (len(network.dropped), 0)
    assert (large.papers, large.unavoidable, large.implied, large.longest) == (None, None, None, None)
    assert large.papers_between == answer.papers_between
    shortest = list(nx.all_shortest_paths(part.graph, answer.start, answer.end))
    assert (large.shortest.hops, large.shortest.path_count) == (len(shortest[0]) - 1, len(shortest))
    assert list(large.shortest.examples[0]) in shortest


def test_a_large_flow_keeps_the_papers_and_citations_on_the_most_paths(store, vertex):
    ends = vertex("bahdanau2014"), vertex("ouyang2022")
    _, answer = flow_in(store, *ends)
    _, large = flow_in(store, *ends, most_papers=2)
    inner = [count for key, count in answer.through.items() if key not in (answer.start, answer.end)]
    assert list(large.through.values()) == sorted(inner, reverse=True)[: len(large.through)]
    arcs = sorted(answer.arcs.values(), reverse=True)
    assert list(large.arcs.values()) == arcs[: len(large.arcs)]
    assert len(large.through) == min(100, len(inner))


def test_circles_of_too_many_papers_are_opened_by_date_alone(store, vertex):
    with pytest.raises(InputError, match="--cycles families"):
        flow_in(store, vertex("bahdanau2014"), vertex("ouyang2022"), most_papers=10, cycles="families")


def test_the_main_path_of_a_large_store_has_the_total_of_its_arcs(store):
    lineage, large = main_path_in(store, most_papers=10)
    assert (large.scope.between, large.size.papers) == (None, store.index.papers)
    assert large.greatest == sum(large.counts.arcs.values()) > 0
    assert set(large.counts.arcs) == set(pairwise(large.found.papers)) == set(large.found.arcs)
    assert all(lineage.graph.has_edge(*arc) for arc in large.found.arcs)


def test_a_main_path_between_two_papers_has_citations_that_are_not_among_those_on_the_most_paths(
    store, vertex, monkeypatch
):
    monkeypatch.setattr(store_flow_module, "KEPT", 1)
    ends = vertex("bahdanau2014"), vertex("ouyang2022")
    lineage, large = main_path_in(store, ends, most_papers=10)
    assert len(large.counts.arcs) == len(large.found.arcs) > 1
    assert answer_text(lineage, large, top=60).count("cites ") >= len(large.found.arcs)


def test_answers_about_too_many_papers_are_told_in_the_ordinary_words(store, vertex):
    ends = vertex("bahdanau2014"), vertex("ouyang2022")
    lineage, large = flow_in(store, *ends, most_papers=10)
    text = answer_text(lineage, large, top=2)
    assert text.startswith("Bahdanau attention → InstructGPT: more paths than can be counted, through ")
    assert "\nHeaviest (" in text
    assert "\nWhich papers no path avoids, and which citations longer chains imply, is not computed" in text
    form = json.loads(json.dumps(answer_form(lineage, large)))
    assert (form["total"], form["papers"], form["cycles"]["dropped"], form["arcs"][0]["implied"]) == (None,) * 4
    assert form["paths"] == large.paths
    assert form["papers_between"] == large.papers_between
    assert form["through"].keys() == large.through.keys()
    lineage, large = main_path_in(store, ends, most_papers=10)
    text = answer_text(lineage, large, top=60)
    assert text.startswith("Main path of Bahdanau attention → InstructGPT, SPC, global search.\n")
    assert "paths that tie with it are not listed" in text
    assert text.count("  cites ") == len(large.found.arcs)
    form = json.loads(json.dumps(answer_form(lineage, large)))
    assert form["scope"]["between"] == [large.found.papers[0], large.found.papers[-1]]
    assert [arc["weight"] for arc in form["arcs"]] == list(large.counts.arcs.values())
    assert form["sum"] == sum(arc["weight"] for arc in form["arcs"])
    assert (form["paths"], form["robustness"], form["network"]["left_out"]) == (None, None, None)


def test_a_text_about_too_many_papers_shows_as_many_as_it_is_asked_for(store, vertex):
    ends = vertex("bahdanau2014"), vertex("ouyang2022")
    lineage, large = main_path_in(store, ends, most_papers=10)
    assert len(large.found.arcs) > 2
    text = answer_text(lineage, large, top=2)
    assert text.count("  cites ") == 2
    assert "--top shows more" in text
    lineage, large = flow_in(store, *ends, most_papers=10)
    listed = answer_text(lineage, large, top=3).split("Paths through each paper")[1]
    papers, citations = listed.split("Paths through each citation")
    assert len(papers.strip().splitlines()) == len(citations.strip().splitlines()) == 5


def test_where_no_circle_was_opened_the_counted_paths_are_all_there_are(store, vertex):
    ends = vertex("vaswani2017"), vertex("devlin2018")
    lineage, large = flow_in(store, *ends, most_papers=2)
    _, ordinary = flow_in(store, *ends)
    assert large.total == large.paths == ordinary.total
    text = answer_text(lineage, large, top=2)
    assert f": {ordinary.total} paths, through " in text
    assert "The changed network" not in text
    assert answer_form(lineage, large)["total"] == ordinary.total


@pytest.mark.parametrize(
    ("option", "more"),
    [
        ("theme", {"scope": Scope(theme="rlhf")}),
        ("weight", {"weight": "SPLC"}),
        ("search", {"by": Search("key-route-global", routes=2)}),
        ("cycles", {"cycles": "families"}),
    ],
)
def test_other_options_are_refused_among_too_many_papers(store, option, more):
    with pytest.raises(InputError, match=f"--{option} is not"):
        main_path_in(store, most_papers=10, **more)


def test_a_store_has_no_neighbourhood_of_the_list_for_a_main_path(store):
    with pytest.raises(InputError, match="no neighbourhood of the list"):
        main_path_in(store, scope=Scope("neighbourhood"))


def test_an_extract_says_where_it_is_from_and_how_much_it_has(whole, store, vertex, lineage):
    part = extract(store, [vertex("devlin2018"), vertex("vaswani2017")], standalone=True)
    corpus = part.corpus
    (citation,) = corpus.citations
    (assertion,) = citation.assertions
    source = corpus.sources[assertion.source]
    assert (source.kind, source.observed) == ("semantic_scholar", "2026-09-01")
    assert assertion.influential is not None
    assert corpus.coverage_of(part.keys[vertex("devlin2018")]) == "partial"
    assert len(set(part.keys.values())) == 2


def test_evidence_comes_through_to_the_extract(tmp_path, reading_list):
    papers = [{"corpusid": n, "title": f"Paper {n}", "year": 2000 + n, "referencecount": n - 1} for n in (1, 2, 3)]
    references = [
        {"citing": 3, "cited": 1, "influential": True, "intents": ["methodology", "result"]},
        {"citing": 3, "cited": 2, "influential": False, "intents": None},
        {"citing": 2, "cited": 77, "influential": False, "intents": ["background"]},
    ]
    index_store(write_store(tmp_path, papers, references), memory=1 << 31)
    store = open_store(tmp_path, reading_list)
    part = extract(store, range(4))
    said = {(c.citing, c.cited): c.assertions[0] for c in part.corpus.citations}
    three, one, two = (part.keys[store.index.vertex(n)] for n in (3, 1, 2))
    assert (said[three, one].influential, said[three, one].intents) == (True, ("methodology", "result"))
    assert (said[three, two].influential, said[three, two].intents) == (False, ())
    assert [part.corpus.coverage_of(key) for key in (three, two, one)] == ["complete", "complete", "elided"]
    unrecorded = part.corpus.papers[part.keys[store.index.vertex(77)]]
    assert (unrecorded.title, unrecorded.date) == (None, None)
    assert part.corpus.coverage_of(unrecorded.key) == "not_fetched"


def test_records_stand_in_the_order_of_corpus_ids_and_any_arrow_reader_reads_them(whole, store, corpus):
    with pa.memory_map(str(whole[0] / "index" / "papers.arrow")) as file:
        table = ipc.open_file(file).read_all()
    assert table.column_names == list(COLUMNS)
    assert len(table) == store.index.papers
    by_id = {number: corpus.papers[key].title for key, number in whole[1].items()}
    titles = table.column("title").to_pylist()
    for place in range(0, len(table), ROWS_A_BATCH // 3):
        assert titles[place] == by_id[int(store.index.ids[place])]
        assert store.records[int(store.index.vertices[place])].title == titles[place]


NAMES = [
    ("6", "devlin2018"), ("#6", "devlin2018"), ("BERT", "devlin2018"), ("bert", "devlin2018"),
    ("1810.04805", "devlin2018"), ("arXiv:1810.04805v2", "devlin2018"), ("10.18653/v1/N19-1423", "devlin2018"),
    ("https://aclanthology.org/N19-1423", "devlin2018"), ("CorpusID:52967399", "devlin2018"),
    ("df2b0e26d0599ce3e70df8a9da02e51594e0e992", "devlin2018"), ("Devlin 2018", "devlin2018"),
    ("Devlin et al. (2018)", "devlin2018"), ("attention is all you need", "vaswani2017"),
    ("BERT: Pretraining of deep bidirectional transformers for language understanding", "devlin2018"),
    ("deep bidirectional transformers", "devlin2018"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "key"), NAMES)
def test_names_resolve(store, vertex, name, key):
    assert store.names.resolve(name) == vertex(key)


def test_what_could_be_several_papers_is_told_with_years_and_citations(store):
    with pytest.raises(AmbiguousName) as fault:
        store.names.resolve("neural machine translation")
    assert "more: say more of the title" in fault.value.candidates[-1]
    assert all("cited by" in line and line.startswith("CorpusID:") for line in fault.value.candidates[:-1])
    named = fault.value.candidates[0].split()[0]
    assert store.names.resolve(named) is not None


def test_what_is_no_name_is_told_with_the_nearest_titles(store):
    with pytest.raises(NameNotFound) as fault:
        store.names.resolve("attention is al you need")
    assert "Attention Is All You Need" in fault.value.suggestions
    with pytest.raises(NameNotFound):
        store.names.resolve("'; DROP TABLE keys; --")
    with pytest.raises(InputError, match="no entry 99"):
        store.names.resolve("99")


def test_an_entry_that_the_store_lacks_is_said_to_be_missing(tmp_path, reading_list):
    papers = [{"corpusid": n, "title": f"Paper {n}"} for n in (1, 2)]
    index_store(write_store(tmp_path, papers, [{"citing": 2, "cited": 1}]), memory=1 << 31)
    with pytest.raises(InputError, match="is not in this store"):
        open_store(tmp_path, reading_list).names.resolve("6")


def lineage_command(*words: str):
    return CliRunner().invoke(cli, words)


def test_the_commands_give_the_same_forms(whole):
    store = ("--store", str(whole[0]))
    way = "BERT → InstructGPT"
    for words in (
        ("path", way), ("flow", way), ("show", "BERT"), ("main-path", way), ("path", "* → BERT", "--max-hops", "1"),
    ):  # fmt: skip
        ours, ordinary = (json.loads(lineage_command(*given, *words, "--json").stdout) for given in (store, ()))
        assert ours.keys() == ordinary.keys() - {"contribution", "takes", "gives"}, words  # of which no store knows
        for same in {"total", "total_in_list", "longest", "paths"} & ours.keys():
            if not isinstance(ours[same], list | dict):
                assert ours[same] == ordinary[same], (words, same)


def test_show_counts_the_whole_store(whole, lineage):
    store = ("--store", str(whole[0]))
    told = json.loads(lineage_command(*store, "show", "BERT", "--json").stdout)
    assert told["ancestors"]["total"] == len(nx.ancestors(lineage.graph, "devlin2018"))
    assert told["descendants"]["total"] == len(nx.descendants(lineage.graph, "devlin2018"))
    assert told["cited_by"]["total"] == lineage.graph.out_degree("devlin2018")
    assert lineage_command(*store, "show").stdout.startswith("Understanding Large Language Models")


def test_a_neighbourhood_is_an_ordinary_corpus(whole, tmp_path):
    run = lineage_command(
        "--store", str(whole[0]), "neighbourhood", "BERT", "InstructGPT", "--top", "50", "-o", str(tmp_path / "part")
    )
    assert run.exit_code == 0, run.output
    assert len(load_corpus(tmp_path / "part").papers) == 50
    answer = lineage_command("--corpus", str(tmp_path / "part"), "path", "BERT → InstructGPT")
    assert answer.stdout.startswith("BERT → InstructGPT: no direct citation;")


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("audit",), "does not work on a store"),
        (("main-path", "--within", "neighbourhood"), "no neighbourhood"),
        (("path", "BERT", "-"), "redirection"),
        (("flow", "BERT"), "names one paper"),
    ],
)
def test_what_a_store_cannot_do_is_refused_in_a_line(whole, words, what):
    run = lineage_command("--store", str(whole[0]), *words)
    assert isinstance(run.exception, Exception)
    assert what in str(run.exception)
    assert "\n" not in str(run.exception)


def test_a_corpus_and_a_store_are_not_taken_together(whole):
    assert "give --corpus or --store" in str(lineage_command("--store", "x", "--corpus", "y", "show").exception)


@pytest.fixture
def copied(whole, tmp_path) -> Path:
    shutil.copytree(whole[0], tmp_path / "store")
    return tmp_path / "store"


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 16
    path.write_bytes(data)


@pytest.mark.parametrize(
    "name", ["index/citations.index", "index/papers.arrow", "names.duckdb", "papers/00000.parquet"]
)
def test_a_flipped_byte_anywhere_in_a_store_is_found(copied, name):
    ok = lineage_command("bulk", "check", str(copied))
    assert ok.exit_code == 0, ok.output
    flip(copied / name)
    assert "what was written" in str(lineage_command("bulk", "check", str(copied)).exception) or "were written" in str(
        lineage_command("bulk", "check", str(copied)).exception
    )


@pytest.mark.parametrize("name", ["index/papers.arrow", "names.duckdb", "index/citations.index"])
def test_a_truncated_or_missing_file_is_told_when_the_store_is_opened(copied, reading_list, name):
    whole = (copied / name).read_bytes()
    (copied / name).write_bytes(whole[: len(whole) // 2])
    with pytest.raises(InputError, match=r"were written; build it again|has another size than before"):
        open_store(copied, reading_list)
    (copied / name).unlink()
    with pytest.raises(InputError, match="lineage bulk index"):
        open_store(copied, reading_list)


def test_an_index_of_other_tables_is_not_used(copied, reading_list):
    manifest = copied / "manifest.json"
    manifest.write_text(manifest.read_text("utf-8").replace("2026-09-01", "2026-10-01"), "utf-8")
    with pytest.raises(InputError, match="made from other tables"):
        open_store(copied, reading_list)


def test_an_index_is_the_same_every_time_and_an_interrupted_one_leaves_the_old(copied, reading_list):
    before = (copied / "index" / "citations.index").read_bytes(), (copied / "index" / "papers.arrow").read_bytes()
    told: list[str] = []

    def interrupted(line: str) -> None:
        told.append(line)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index_store(copied, memory=1 << 31, say=interrupted)
    assert sorted(path.name for path in copied.iterdir()) == [
        "index", "manifest.json", "names.duckdb", "papers", "references", "sentences",
    ]  # fmt: skip
    check_indexed(copied)
    assert isinstance(extract(open_store(copied, reading_list), [0]), Extract)
    assert (copied / "index" / "citations.index").read_bytes() == before[0]
    index_store(copied, memory=1 << 31)
    assert (copied / "index" / "papers.arrow").read_bytes() == before[1]


def test_a_folder_that_is_no_store_says_how_to_make_one(tmp_path, reading_list):
    with pytest.raises(InputError, match="lineage bulk ingest"):
        open_store(tmp_path, reading_list)


def test_no_path_says_that_the_other_direction_exists(store, vertex):
    _, answer = paths_in(store, vertex("ouyang2022"), vertex("devlin2018"))
    assert answer.no_path is not None
    assert answer.no_path.reverse is None


LIMITS = [
    {"max_hops": 2},
    {"max_hops": 3, "rank": "strongest"},
    {"max_hops": 3, "rank": "main"},
    {"max_hops": 4, "longest": True},
    {"max_hops": 3, "avoid": "rae2021"},
    {"max_hops": 4, "via": "brown2020"},
    {"years": (2019, 2021)},
    {"years": (2020, 2020), "rank": "strongest"},
    {"avoid": "brown2020", "rank": "strongest"},
    {"via": "brown2020", "max_hops": 1},
    {"list_only": True},
]


@pytest.mark.parametrize("most_papers", [1, 12, 60])
@pytest.mark.parametrize("limit", LIMITS, ids=str)
def test_a_limit_is_kept_or_refused_among_too_many_papers(store, lineage, vertex, shipped, limit, most_papers):
    start, end = "devlin2018", "ouyang2022"
    named = {name: (limit[name],) for name in ("via", "avoid") if name in limit}
    in_store = {name: tuple(map(vertex, keys)) for name, keys in named.items()}
    try:
        part, answer = paths_in(store, vertex(start), vertex(end), most_papers=most_papers, top=20, **limit | in_store)
    except InputError:  # it is refused
        return
    hops = answer.options.max_hops
    options = limit | named | {"max_hops": hops, "rank": "shortest", "longest": False, "top": 5000}
    expected = set(path_keys(find_paths(lineage, start, end, PathOptions(**options))))
    first, last = limit.get("years", (None, None))
    for path in answer.paths:
        assert len(path.hops) <= limit.get("max_hops", 99)
        years = [part.paper(key).year for key in path.keys[1:-1]]
        assert all((first or 0) <= year <= (last or 9999) for year in years)
    if "years" not in limit:  # of which the store knows other ones
        assert set(map(shipped, path_keys(answer))) <= expected
        assert answer.found == bool(expected)
        assert answer.total in (len(expected), None)
