"""One registry of measures, whose unknown values are never zero."""

from __future__ import annotations

import inspect
import math
import re

import pytest
from measures_section import PAGE, filled

from graph.analysis.measures import MEASURES, Measure, Result, find_measure, measure
from graph.errors import InputError, NameNotFound
from graph.model.corpus import Corpus, Coverage
from graph.model.lineage import Lineage, build_lineage

from ..helpers.commands import python
from ..helpers.made_lineages import corpus_lineage

PAPER_MEASURES = [each for each in MEASURES if each.about == "paper"]


def test_the_documentation_holds_the_registry_word_for_word():
    written = PAGE.read_text("utf-8")
    assert written == filled(written), "run: python docs/_ext/measures_section.py"


@pytest.mark.parametrize("each", MEASURES, ids=lambda each: each.id)
def test_every_entry_says_what_a_person_must_know_and_cites_what_its_function_cites(each: Measure):
    text = inspect.getdoc(each.function) or ""
    assert each.references
    for reference in each.references:
        assert re.fullmatch(r"10\.\d{4,9}/\S+", reference.doi)
        assert f"doi:{reference.doi}" in " ".join(text.split())
    assert {parameter.name for parameter in each.parameters} == set(each.meanings)
    assert all(f"\n{parameter.name} : {parameter.kind}\n" in text for parameter in each.parameters)
    assert each.meaning.endswith(".")
    assert each.needs.endswith(".")
    assert ("cited to citing" in each.direction) or ("citing to cited" in each.direction) or each.id == "disruption"


def test_the_snippet_of_the_documentation_runs(lineage: Lineage):
    names: dict[str, object] = {"lineage": lineage}
    exec(re.findall(r"^```python\n(.*?)^```", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)[0], names)
    assert names["result"] == measure(lineage, "disruption", least=3)


def test_ids_are_unique_and_every_result_names_its_measure(shipped: dict[str, Result]):
    assert len({each.id for each in MEASURES}) == len(MEASURES)
    assert all(result.measure == name for name, result in shipped.items())


def test_a_mistyped_measure_or_parameter_is_refused_with_what_there_is():
    lineage = corpus_lineage([("b", "a")])
    with pytest.raises(InputError, match="no measure is called 'page-rnk'; did you mean pagerank"):
        find_measure("page-rnk")
    with pytest.raises(InputError, match="'zzz'; 'lineage measures' lists them"):
        find_measure("zzz")
    with pytest.raises(InputError, match="pagerank has no parameter 'dampng'; it takes damping"):
        measure(lineage, "pagerank", dampng=0.5)
    with pytest.raises(InputError, match="depth has no parameter 'k'; it takes none"):
        measure(lineage, "depth", k=1)
    with pytest.raises(InputError, match="coupling needs paper; give the paper with which others are compared"):
        measure(lineage, "coupling")
    with pytest.raises(NameNotFound):
        measure(lineage, "coupling", paper="nobody")


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("pagerank", {"damping": 0.999}),
        ("pagerank", {"damping": 0.0}),
        ("pagerank", {"damping": math.nan}),
        ("citerank", {"stop": 0.001}),
        ("citerank", {"stop": 1.1}),
        ("citerank", {"years": 0.0}),
        ("citerank", {"years": math.nan}),
        ("betweenness", {"sample": -1}),
        ("disruption", {"least": 0}),
        ("disruption", {"among": "some"}),
        ("bursts", {"scaling": 1.0}),
        ("bursts", {"gamma": -0.1}),
        ("bursts", {"gamma": math.inf}),
        ("spectroscopy", {"window": 4}),
        ("spectroscopy", {"window": 1}),
    ],
)
def test_a_parameter_out_of_its_range_is_refused_by_name(name: str, wrong: dict[str, float]):
    with pytest.raises(InputError, match=f"^{next(iter(wrong))} must be "):
        measure(corpus_lineage([("b", "a")]), name, **wrong)


@pytest.mark.parametrize("each", MEASURES, ids=lambda each: each.id)
def test_every_unknown_value_has_one_reason_and_every_reason_an_unknown_value(
    each: Measure, lineage: Lineage, shipped: dict[str, Result]
):
    result = shipped[each.id]
    refused = [key for refusal in result.refused for key in refusal.keys]
    assert len(refused) == len(set(refused))
    if each.about == "paper":
        assert set(result.values) == set(lineage.graph)
        assert set(refused) == {key for key, value in result.values.items() if value is None}
    else:
        assert None not in result.values.values()
        assert not set(refused) & set(result.values)


@pytest.mark.parametrize("name", ["references", "ancestors", "depth", "disruption"])
def test_a_paper_whose_references_are_unknown_has_no_value_that_rests_on_them(name: str, shipped: dict[str, Result]):
    result = shipped[name]
    assert result.values["hochreiter1997long"] is None
    reasons = [refusal.reason for refusal in result.refused if "hochreiter1997long" in refusal.keys]
    assert reasons == ["its references are not known"]


def test_no_references_is_zero_only_where_a_complete_list_is_empty():
    lineage = corpus_lineage([("b", "a")], complete=["b", "empty"], partial=["part"], more=["empty", "part", "asked"])
    assert measure(lineage, "references").values == {"a": None, "asked": None, "b": 1, "empty": 0, "part": None}
    assert measure(lineage, "ancestors").values == {"a": None, "asked": None, "b": 1, "empty": 0, "part": None}
    assert measure(lineage, "depth").values == {"a": None, "asked": None, "b": 1, "empty": 0, "part": None}


def test_counts_are_those_of_the_graph(lineage: Lineage, shipped: dict[str, Result]):
    assert shipped["cited_by"].values == dict(lineage.graph.out_degree())
    assert shipped["cited_by"].values["devlin2018"] == 21
    known = {key: value for key, value in shipped["references"].values.items() if value is not None}
    assert known == {key: count for key, count in lineage.graph.in_degree() if count}
    assert len(known) == 137


def test_a_global_count_is_what_a_complete_list_states_and_never_the_count_within_the_corpus(
    shipped: dict[str, Result],
):
    assert set(shipped["global_citations"].values.values()) == {None}
    rows = [
        Coverage("a", "citations", "s", "complete", 900),
        Coverage("b", "citations", "s", "capped", 1000),
        Coverage("c", "citations", "s", "complete"),
    ]
    result = measure(corpus_lineage([("b", "a"), ("c", "a")], coverage=rows), "global_citations")
    assert result.values == {"a": 900, "b": None, "c": None}
    assert result.details == {"a": {"source": "s"}}


@pytest.mark.parametrize("each", PAPER_MEASURES, ids=lambda each: each.id)
def test_an_empty_corpus_has_no_values_and_raises_nothing(each: Measure):
    result = each.function(corpus_lineage([]))
    assert result.values == {}
    assert result.to_frame().empty


@pytest.mark.parametrize("each", PAPER_MEASURES, ids=lambda each: each.id)
def test_a_circle_of_three_papers_gives_its_members_one_value(each: Measure):
    circle = corpus_lineage([("b", "a"), ("c", "b"), ("a", "c")], dates=dict.fromkeys("abc", "2001"))
    values = list(each.function(circle).values.values())
    assert values == pytest.approx([values[0]] * 3)


def test_two_runs_agree_to_the_byte_and_so_do_two_orders_of_the_same_papers(lineage: Lineage):
    turned = build_lineage(
        Corpus(
            dict(reversed(list(lineage.corpus.papers.items()))),
            lineage.corpus.citations,
            lineage.corpus.coverage,
            lineage.corpus.sources,
        ),
        lineage.reading_list,
    )
    for each in MEASURES:
        given_paper = {"paper": "devlin2018"} if each.about == "partner" else {}
        one, other = each.function(lineage, **given_paper), each.function(turned, **given_paper)
        assert one.to_frame().to_csv() == other.to_frame().to_csv(), each.id


@pytest.mark.long
def test_results_do_not_depend_on_the_hash_seed():
    """Two processes with different hash seeds print the same bytes."""
    code = (
        "from graph.model.lineage import build_lineage; from graph.model.storage import load_corpus\n"
        "from graph.analysis.measures import *\n"
        "from graph.model.reading_list import load_reading_list; from graph.model.shipped_data import *\n"
        "lineage = build_lineage(load_corpus(snapshot_path()), load_reading_list(reading_list_path()))\n"
        "for name in ('pagerank', 'citerank', 'throughput', 'disruption', 'bursts', 'spectroscopy'):\n"
        "    print(measure(lineage, name).to_frame().to_csv())\n"
        "print(measure(lineage, 'betweenness', sample=9, seed=5).to_frame().to_csv())"
    )
    one, two = (python(code, env={"PYTHONHASHSEED": seed}) for seed in "12")
    assert one == two
    assert len(one) > 100_000


def test_equals_are_ranked_oldest_first():
    lineage = corpus_lineage([("z", "b"), ("z", "a"), ("z", "c")], dates={"a": "2003", "b": "2001", "c": "2002"})
    assert measure(lineage, "cited_by").top(3) == [("b", 1), ("c", 1), ("a", 1)]
    assert [key for key, _ in measure(lineage, "cited_by").top(None)] == ["b", "c", "a", "z"]


def test_a_table_keeps_whole_numbers_unknowns_details_and_reasons(shipped: dict[str, Result]):
    frame = shipped["disruption"].to_frame()
    assert str(frame["disruption"].dtype) == "Float64"
    assert str(frame["only_it"].dtype) == "Int64"
    assert frame["disruption"].isna().sum() == frame["refused"].notna().sum()
    assert frame.loc["devlin2018", "refused"] == "a paper that cites it has incomplete references"
    references = shipped["references"].to_frame()
    assert str(references["references"].dtype) == "Int64"
    assert references["references"].isna().sum() == 4704
