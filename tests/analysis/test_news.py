"""What is new since an earlier corpus, by hand and by enumerating every path."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise, permutations

import networkx as nx
import pytest
from hypothesis import given

from graph.analysis.news import Noticed, news
from graph.errors import InputError
from graph.model.corpus import Corpus, Coverage, Source
from graph.model.lineage import Lineage, build_lineage
from graph.model.notices import Notice

from ..helpers.made_lineages import lineage_of
from ..helpers.small_graphs import ARCS, NETWORKS, digraph

LISTED = {"n0": "t", "n3": "t", "n6": "t"}
Pairs = set[tuple[int, int]]


def made(arcs: Pairs) -> Lineage:
    """Arcs cited -> citing among n0 to n6, of which three are listed."""
    everyone = [("spare", f"n{n}") for n in range(7)]  # so that every paper is there; nothing leads from "spare"
    return lineage_of([*((f"n{citing}", f"n{cited}") for cited, citing in arcs), *everyone], LISTED)


def paths_of(arcs: Pairs) -> dict[tuple[str, str], list[tuple[str, ...]]]:
    graph = nx.relabel_nodes(digraph(arcs), lambda name: f"n{name}")
    return {
        (start, end): [tuple(path) for path in nx.all_simple_paths(graph, start, end)]
        for start, end in permutations(LISTED, 2)
    }


@given(ARCS, ARCS)
def test_the_pairs_with_new_paths_are_those_of_which_a_path_runs_through_a_new_citation(before: Pairs, now: Pairs):
    added = {(f"n{cited}", f"n{citing}") for cited, citing in now - before}
    former, wanted = paths_of(before), {}
    for pair, paths in paths_of(now).items():
        new = [path for path in paths if added & set(pairwise(path))]
        if new:
            wanted[pair] = (len(former[pair]), len(paths), min(map(len, new)))
    found = news(made(before), made(now)).paths
    assert {(each.start, each.end): (each.before, each.now, len(each.path)) for each in found} == wanted
    assert all(added & set(pairwise(each.path)) for each in found)
    assert all(each.path in paths_of(now)[each.start, each.end] for each in found)


@given(NETWORKS, NETWORKS)
def test_a_new_bridge_is_on_a_path_between_two_papers_of_the_list_and_was_on_none(before: Pairs, now: Pairs):
    def bridges(arcs: Pairs) -> set[str]:
        return {key for paths in paths_of(arcs).values() for path in paths for key in path} - LISTED.keys()

    assert set(news(made(before), made(now)).bridges) == bridges(now) - bridges(before)


@given(ARCS)
def test_between_equal_corpora_nothing_is_new(arcs: Pairs):
    assert news(made(arcs), made(arcs)).is_empty


def test_citers_are_told_from_known_papers_that_cite_anew_and_stand_newest_first():
    dates = {"old": "2019", "new": "2026-02-01", "newer": "2026-11-01", "n0": "2000"}
    before = lineage_of([("old", "x")], {"n0": "t"}, dates)
    now = lineage_of(
        [("old", "x"), ("old", "n0"), ("new", "n0"), ("newer", "n0"), ("undated", "n0"), ("newer", "x")],
        {"n0": "t"}, dates,
    )  # fmt: skip
    found = news(before, now)
    assert [(each.key, each.cited, each.added) for each in found.citers] == [
        ("newer", ("n0",), True),
        ("new", ("n0",), True),
        ("old", ("n0",), False),
        ("undated", ("n0",), True),
    ]
    assert (found.paths, found.gone) == ((), 0)


def test_a_paper_whose_key_changed_is_not_new():
    before = lineage_of([("smith2020", "n0"), ("n3", "smith2020")], {"n0": "t", "n3": "t"})
    now = lineage_of([("smith2020", "n0"), ("n3", "smith2020")], {"n0": "t", "n3": "t"})
    paper = replace(now.corpus.papers["smith2020"], key="smith2020a")
    papers = {key: each for key, each in now.corpus.papers.items() if key != "smith2020"} | {"smith2020a": paper}
    renamed = [
        replace(each, **{end: "smith2020a" for end in ("citing", "cited") if getattr(each, end) == "smith2020"})
        for each in now.corpus.citations
    ]
    corpus = Corpus(papers, renamed, sources=now.corpus.sources)
    assert news(before, build_lineage(corpus, now.reading_list)).is_empty


def test_notices_and_lists_that_were_read_for_the_first_time_are_told_apart_from_news():
    plain = lineage_of([("n3", "n0")], {"n0": "t"})
    read = [Coverage("n0", "citations", "s", "complete", rows=1)]
    notices = [Notice("n3", "s", "retraction", "doi:10.1234/n3", "2026-11-01")]
    corpus = Corpus(plain.corpus.papers, plain.corpus.citations, read, plain.corpus.sources, notices=notices)
    found = news(plain, build_lineage(corpus, plain.reading_list))
    assert found.notices == (Noticed("n3", None, "retracted"),)
    assert found.first_read == (("n0", "citations"),)
    back = news(build_lineage(corpus, plain.reading_list), plain)
    assert (back.notices, back.first_read) == ((Noticed("n3", "retracted", None),), ())


def test_an_earlier_corpus_that_was_observed_later_is_refused_where_both_say_when():
    def observed(day: str | None) -> Lineage:
        lineage = lineage_of([("n1", "n0")], {"n0": "t"})
        return replace(lineage, corpus=replace(lineage.corpus, sources={"s": Source("s", "user", "S", day)}))

    with pytest.raises(InputError, match="observed later, on 2026-02-01, than the other, on 2026-01-01; exchange"):
        news(observed("2026-02-01"), observed("2026-01-01"))
    for days in (("2026-01-01", "2026-01-01"), (None, "2026-01-01"), ("2026-02-01", None)):
        assert news(*map(observed, days)).is_empty


def test_citations_that_nobody_asserts_any_more_are_counted():
    assert news(made({(0, 3), (3, 6)}), made({(0, 3)})).gone == 1
