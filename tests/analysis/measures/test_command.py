"""`lineage measures`, in text and as JSON."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass

import pytest
from click.testing import CliRunner

from graph.analysis.measures import MEASURES, measure
from graph.errors import InputError
from graph.interfaces.cli.measures import measures_command
from graph.interfaces.corpus_backend import CorpusBackend
from graph.model.lineage import Lineage


@dataclass(frozen=True)
class Holder:
    """What the command line hands over."""

    backend: CorpusBackend


def run(lineage: Lineage, *arguments: str) -> str:
    result = CliRunner().invoke(measures_command, arguments, obj=Holder(CorpusBackend(lineage)), catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def test_without_a_name_the_command_lists_every_measure(lineage: Lineage):
    text = run(lineage)
    assert all(f"  {each.id} " in text and each.meaning in text for each in MEASURES)
    listed = json.loads(run(lineage, "--json"))["measures"]
    assert [each["id"] for each in listed] == [each.id for each in MEASURES]
    assert listed[3]["parameters"][0]["default"] == 0.85


def test_the_command_shows_values_reasons_and_the_reference(lineage: Lineage):
    text = run(lineage, "disruption", "--top", "1")
    assert (
        "0.0454545  2015  Neural machine translation of rare words with s…  (only it 7, both 6, only references 9)"
        in text
    )
    assert "Not known for 4,704 papers: its references are not known." in text
    assert "https://doi.org/10.1287/mnsc.2015.2366" in text
    assert "... and 26 more; --top shows more of them." in text


def test_a_paper_is_shown_with_its_rank_or_the_reason_why_it_has_no_value(lineage: Lineage):
    text = run(lineage, "--of", "BERT", "cited_by", "global_citations", "disruption")
    assert re.search(r"cited by \(in the corpus\) +21  rank 11 of 4,841", text)
    assert "unknown: no source of this corpus states how often it is cited" in text
    assert "unknown: a paper that cites it has incomplete references" in text


def test_a_paper_can_be_named_in_any_form(lineage: Lineage):
    assert "GPT  (shared 26)" in run(lineage, "coupling", "--of", "arXiv:1810.04805", "--top", "1")


def test_json_has_the_same_numbers_with_rank_parameters_and_refusals(lineage: Lineage):
    answer = json.loads(run(lineage, "pagerank", "--top", "2", "--set", "damping=0.5", "--json"))["measures"][0]
    expected = measure(lineage, "pagerank", damping=0.5)
    assert answer["chosen"] == {"damping": 0.5}
    assert [(row["key"], row["value"]) for row in answer["values"]] == expected.top(2)
    one = json.loads(run(lineage, "disruption", "--of", "BERT", "--json"))
    assert one["paper"] == "devlin2018"
    assert one["measures"][0]["values"] == [
        {
            "key": "devlin2018",
            "name": "BERT",
            "year": 2018,
            "value": None,
            "rank": None,
            "refused": "a paper that cites it has incomplete references",
            "details": {},
        }
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["betwenness"], "did you mean betweenness"),
        (["coupling"], "name the paper with --of"),
        (["spectroscopy", "--of", "BERT"], "leave out --of"),
        (["pagerank", "--set", "dampng=1"], "no measure here has that parameter; there are: damping"),
        (["depth", "--set", "k=1"], "none of these takes any"),
        (["pagerank", "--set", "damping"], "gives no value; write it as --set damping=VALUE"),
        (["pagerank", "--set", "damping=high"], "damping must be a number, not 'high'"),
        (["betweenness", "--set", "sample=1.5"], "sample must be a whole number, not '1.5'"),
        (["pagerank", "--set", "damping=nan"], "damping must be above 0 and at most 0.99, not nan"),
    ],
)
def test_a_command_that_makes_no_sense_is_refused_with_a_remedy(arguments: list[str], message: str, lineage: Lineage):
    with pytest.raises(InputError, match=re.escape(message)):
        run(lineage, *arguments)


def test_hostile_titles_reach_the_terminal_as_plain_text(hostile: Lineage):
    names = [each.id for each in MEASURES if each.about != "partner"]
    text = (
        run(hostile, *names, "--top", "50")
        + run(hostile, "--of", "hostile5")
        + run(hostile, "cocitation", "coupling", "--of", "hostile5")
    )
    assert not {c for c in text if unicodedata.category(c) in {"Cc", "Zl", "Zp"} and c != "\n"}
    assert "\u202e" not in text
