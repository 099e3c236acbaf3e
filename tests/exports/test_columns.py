"""Columns: each fact about a paper or a citation, checked against the corpus that it is taken from."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from graph.analysis.measures import Result
from graph.exports.column import Column, known, pick, pick_flat, records
from graph.exports.columns import (
    CITATION_FACTS,
    PAPER_FACTS,
    PLACE_FACTS,
    evidence_columns,
    measure_columns,
    path_count_columns,
    share_columns,
)
from graph.exports.contents import ExportedPaper, contents_of, placed
from graph.exports.layout import Layout, Placement
from graph.model.corpus import Assertion, Citation, Corpus, Coverage, Paper, Source
from graph.model.identifiers import identifier
from graph.model.lineage import Lineage, build_lineage
from graph.model.reading_list import Entry, ReadingList, Theme

from ..helpers.export_world import evidence, letters


def facts(lineage: Lineage, key: str, arcs: Any = None) -> dict[str, Any]:
    (paper,) = (each for each in contents_of(lineage, lineage.graph, arcs)[0] if each.paper.key == key)
    return records(PAPER_FACTS, [paper])[0]


def alone(paper: Paper, **corpus: Any) -> dict[str, Any]:
    lineage = build_lineage(Corpus({paper.key: paper}, **corpus), ReadingList("Nothing yet", (), ()))
    return facts(lineage, paper.key)


def test_every_column_has_a_name_of_its_own_and_a_meaning() -> None:
    for columns in ((*PAPER_FACTS, *PLACE_FACTS), CITATION_FACTS):
        assert len({column.name for column in columns}) == len(columns)
        assert all(column.meaning and not column.meaning.endswith(".") for column in columns)


def test_the_facts_of_a_paper_are_those_of_the_corpus() -> None:
    ids = {scheme: identifier(scheme, value) for scheme, value in IDENTIFIERS.items()}
    paper = Paper(
        "a",
        "Title",
        ("Ann Lee", "Bo Li"),
        True,
        "2001-05",
        "corrected",
        "2002-06",
        "Venue",
        tuple(ids.values()),
        ("NAME", "OTHER"),
        ("Old title",),
    )
    found = alone(paper)
    wanted = {
        "key": "a",
        "label": "NAME",
        "name": "NAME",
        "names": ["NAME", "OTHER"],
        "title": "Title",
        "also_titled": ["Old title"],
        "authors": ["Ann Lee", "Bo Li"],
        "authors_complete": True,
        "year": 2001,
        "start": 2001,
        "date": "2001-05",
        "date_basis": "corrected",
        "publication_date": "2002-06",
        "venue": "Venue",
        "role": "other",
        "list_numbers": [],
        "theme": None,
        "theme_basis": None,
        "themes_chosen": [],
        "inferred_themes": [],
        "identifiers": [str(each) for each in ids.values()],
        "url": ids["arxiv"].url,
        "color": "#666666",
        "size": 8.0,
    }
    assert {name: found[name] for name in wanted} == wanted
    assert {scheme: found[scheme] for scheme in IDENTIFIERS} == {scheme: [each.value] for scheme, each in ids.items()}


IDENTIFIERS = {
    "arxiv": "1706.03762",
    "doi": "10.1000/x",
    "acl": "P19-1001",
    "s2": "a" * 40,
    "corpusid": "42",
}


def test_what_is_not_known_of_a_paper_is_none() -> None:
    found = alone(Paper("a"))
    unknown = ("title", "authors_complete", "year", "start", "date", "date_basis", "publication_date", "venue", "url")
    assert {name: found[name] for name in unknown} == dict.fromkeys(unknown)
    assert found["authors"] == []


def test_themes_are_chosen_or_inferred_and_never_both() -> None:
    lineage = letters("ac bc xd", listed="ab")
    chosen, inferred, unknown = (facts(lineage, key) for key in "acd")
    names = ("theme", "theme_basis", "themes_chosen", "inferred_themes")
    assert [chosen[name] for name in names] == ["Theme one", "chosen", ["Theme one", "Theme two"], []]
    assert [inferred[name] for name in names] == ["Theme two", "inferred", [], ["Theme two 75 %", "Theme one 25 %"]]
    assert [unknown[name] for name in names] == [None, None, [], []]
    assert (chosen["list_numbers"], chosen["role"], inferred["role"]) == ([1], "list", "descendant")
    assert [chosen[channel] for channel in ("color", "r", "g", "b")] == ["#0072B2", 0, 0x72, 0xB2]


def cited_by_entries(count: int) -> Lineage:
    """A paper outside a list whose entries all cite it: one of a rare theme, the others of a common one."""
    ids = [identifier("corpusid", str(n + 1)) for n in range(count)]
    papers = {f"p{n}": Paper(f"p{n}", identifiers=(each,)) for n, each in enumerate(ids)} | {"x": Paper("x")}
    citations = [Citation(f"p{n}", "x", (Assertion("s"),)) for n in range(count)]
    corpus = Corpus(papers, citations, sources={"s": Source("s", "user", "S")})
    entries = tuple(Entry(n + 1, ("common" if n else "rare",), "", identifiers=(each,)) for n, each in enumerate(ids))
    return build_lineage(corpus, ReadingList("L", (Theme("rare", "Rare"), Theme("common", "Common")), entries))


def test_a_share_that_would_round_to_zero_is_less_than_one_percent() -> None:
    assert facts(cited_by_entries(250), "x")["inferred_themes"] == ["Common 100 %", "Rare <1 %"]
    assert facts(cited_by_entries(40), "x")["inferred_themes"] == ["Common 98 %", "Rare 2 %"]


def test_citations_are_counted_within_the_export_alone() -> None:
    lineage = letters("ab ac bc xa")
    assert [(p.paper.key, p.cites, p.cited_by) for p in contents_of(lineage, "abc")[0]] == [
        ("a", 0, 2),
        ("b", 1, 1),
        ("c", 2, 0),
    ]
    papers, citations = contents_of(lineage, "cab", {("a", "c"), ("x", "a")})
    assert [(p.paper.key, p.cites, p.cited_by) for p in papers] == [("a", 0, 1), ("b", 0, 0), ("c", 1, 0)]
    assert [each.arc for each in citations] == [("a", "c")]
    assert facts(lineage, "a")["size"] == round(8 + 3 * 2**0.5, 2)


@pytest.mark.parametrize(
    ("states", "cites", "known_as", "listed"),
    [
        ((), None, "not_fetched", None),
        ((("failed", None),), None, "failed", None),
        ((("failed", None), ("complete", 3)), 0, "complete", 3),
        ((("partial", 40), ("complete", 31)), 0, "complete", 40),
        ((("elided", None),), 0, "elided", None),
    ],
)
def test_citing_nothing_is_known_only_when_somebody_saw_the_references(
    states: tuple[tuple[Any, int | None], ...], cites: int | None, known_as: str, listed: int | None
) -> None:
    sources = {f"s{n}": Source(f"s{n}", "user", "S") for n in range(len(states))}
    coverage = [Coverage("a", "references", f"s{n}", state, rows) for n, (state, rows) in enumerate(states)]
    found = alone(Paper("a"), coverage=coverage, sources=sources)
    assert (found["cites_in_view"], found["references_known"], found["references_listed"]) == (cites, known_as, listed)


def test_a_citation_that_is_in_the_corpus_counts_even_if_the_references_were_not_fetched() -> None:
    assert facts(letters("ab"), "b")["cites_in_view"] == 1


def test_the_facts_of_a_citation_are_what_its_sources_say() -> None:
    lineage = evidence()
    found = {row["citing"]: row for row in records(CITATION_FACTS, contents_of(lineage, lineage.graph)[1])}
    assert found["two"] == {
        "cited": "one",
        "citing": "two",
        "cited_name": "First, of all",
        "citing_name": "Two",
        "cited_year": 2001,
        "citing_year": 2003,
        "year": 2003,
        "kind": "cites",
        "weight": 2.0,
        "asserted_by": 2,
        "origins": 2,
        "sources": ["bibliography of two", "Semantic Scholar"],
        "evidence": [
            "bibliography of two, entries 3, 7",
            "Semantic Scholar, influential, for background, for methodology",
        ],
        "influential": True,
        "intents": ["background", "methodology"],
        "backwards": False,
    }
    assert (found["three"]["influential"], found["four"]["influential"]) == (False, None)
    assert (found["three"]["year"], found["four"]["backwards"]) == (None, True)


def test_one_source_that_calls_a_citation_influential_is_enough_and_intents_stand_once() -> None:
    sources = {each: Source(each, "user", each) for each in "st"}
    said = (
        Assertion("s", influential=False, intents=("use",)),
        Assertion("t", influential=True, intents=("use", "see")),
    )
    corpus = Corpus({each: Paper(each) for each in "ab"}, [Citation("b", "a", said)], sources=sources)
    (citation,) = contents_of(build_lineage(corpus, ReadingList("Nothing yet", (), ())), "ab")[1]
    assert (citation.influential, citation.intents) == (True, ("use", "see"))


def test_a_list_becomes_one_text_for_a_format_without_lists() -> None:
    lineage = letters("ac bc", listed="ab")
    paper = contents_of(lineage, lineage.graph)[0][0]
    names = {
        column.name: column for column in pick_flat(PAPER_FACTS, "themes_chosen", "list_numbers", "year", "authors")
    }
    assert [(column.type, column.value(paper)) for column in names.values()] == [
        ("string", "Theme one; Theme two"),
        ("string", "1"),
        ("long", 2001),
        ("string", None),
    ]
    (identifiers,) = pick(PAPER_FACTS, "identifiers")
    assert identifiers.type == "strings"
    assert identifiers.flat(separator=" ").value(paper) == "arxiv:2001.00000"
    with pytest.raises(KeyError):
        pick(PAPER_FACTS, "nothing")


def test_places_are_rounded_and_y_points_up() -> None:
    lineage = letters("ab")
    layout = Layout({"a": Placement("a", 1.005, 2.346, 1, 1), "b": Placement("b", 3, 0, 1, 1)}, (), (), 1, 1)
    rows = records(PLACE_FACTS, placed(layout, contents_of(lineage, "ab")[0]))
    assert rows == [{"x": 1.0, "y": -2.35}, {"x": 3, "y": 0.0}]
    assert str(rows[1]["y"]) == "0.0"


def test_shares_have_a_column_for_each_theme_under_a_name_that_gephi_keeps_apart() -> None:
    lineage = letters("ac bc xd", listed="ab")
    papers = {paper.paper.key: paper for paper in contents_of(lineage, lineage.graph)[0]}
    columns = share_columns(lineage)
    assert [column.name for column in columns] == ["share_one", "share_two"]
    assert [[column.value(papers[key]) for column in columns] for key in "acd"] == [
        [0.5, 0.5],
        [0.25, 0.75],
        [None, None],
    ]
    themes = tuple(Theme(id_, id_) for id_ in ("RL", "rl", "rl_2", "強化", "r l"))
    renamed = replace(lineage, reading_list=ReadingList("L", themes, ()))
    assert [column.name for column in share_columns(renamed)] == [
        "share_rl",
        "share_rl_2",
        "share_rl_2_3",
        "share_4",
        "share_r_l",
    ]


def test_measures_and_counts_of_paths_are_floats_and_unknown_where_no_float_holds_them() -> None:
    lineage = letters("ab bc")
    papers, citations = contents_of(lineage, lineage.graph)
    (column,) = measure_columns({"cited_by": Result("cited_by", {"a": 10**400, "b": 2, "c": None})})
    assert (column.name, column.type) == ("measure_cited_by", "double")
    assert [column.value(paper) for paper in papers] == [None, 2.0, None]
    (paths,) = path_count_columns({("a", "b"): 7})
    assert [paths.value(citation) for citation in citations] == [7.0, None]
    assert path_count_columns({}) == ()
    assert [each.name for each in evidence_columns(lineage, {("a", "b"): 7})] == ["influential", "intents", "paths"]
    assert [each.type for each in evidence_columns(lineage, {})] == ["boolean", "string"]


def test_what_is_known_of_a_record_is_neither_none_nor_an_empty_list() -> None:
    column: Column[ExportedPaper] = Column("n", "long", "a number", lambda p: p.cites)
    assert records([column], contents_of(letters("ab"), "ab")[0]) == [{"n": 0}, {"n": 1}]
    assert known({"a": None, "b": [], "c": 0, "d": False, "e": ""}) == {"c": 0, "d": False, "e": ""}
