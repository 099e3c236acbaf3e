"""Texts of flows, main paths, papers, audits, differences, measures and themes, on networks small enough to check."""

from __future__ import annotations

from dataclasses import replace
from textwrap import dedent
from typing import Any

import pytest

from graph.algorithms.main_path_search import Search
from graph.analysis.acyclic import Cycles, acyclic
from graph.analysis.audit import Audit, ListedCoverage, audit
from graph.analysis.flow import flow
from graph.analysis.main_path import Scope, main_path
from graph.analysis.measures import Measure, Refusal, Result, find_measure
from graph.analysis.paper_summary import summarize_paper
from graph.analysis.reading_order import NoReadingOrder, reading_order
from graph.analysis.suggestions import Connection, FrequentlyCited, Suggestions
from graph.analysis.theme_flow import Carrier, Communities, ThemeFlow, ThemeReport
from graph.exports.text.acyclic_text import acyclic_form, changes_lines, node_name
from graph.exports.text.audit_text import audit_text
from graph.exports.text.diff_text import comparison_text
from graph.exports.text.flow_text import flow_form, flow_text
from graph.exports.text.main_path_text import main_path_form, main_path_text, scope_words, search_words
from graph.exports.text.measures_text import measure_text, measures_form, measures_of_paper_text
from graph.exports.text.paper_text import list_text, paper_summary_text
from graph.exports.text.reading_order_text import no_reading_text, reading_text
from graph.exports.text.suggestions_text import suggestions_text
from graph.exports.text.themes_text import themes_text
from graph.exports.wording import (
    KIND_NAMES,
    as_float,
    asserted,
    basis_of,
    describe_coverage,
    exact,
    large,
    large_counted,
    name_of,
    ranked_shares,
    some_of,
    theme_names,
    themes_of,
    year_of,
)
from graph.model.corpus import Assertion, Citation, Corpus, Coverage, Doubt, Merge, Paper, Source
from graph.model.diff import Comparison, Corrected
from graph.model.entities import KINDS
from graph.model.lineage import Lineage, build_lineage
from graph.model.reading_list import ReadingList

from ..helpers.export_world import evidence, letters


def test_every_kind_of_source_has_a_name_for_people() -> None:
    assert KIND_NAMES.keys() == set(KINDS)


# Flow


def test_a_flow_says_what_its_paths_run_through() -> None:
    lineage = letters("ab ac bd cd de ad", listed="ae")
    assert flow_text(lineage, flow(lineage, "a", "e"), top=2) == dedent("""\
        A → E: 3 paths, through 3 papers between the two.
        No path avoids D.
        Shortest (2 hops): A → D → E
        Longest (3 hops; the first of 2 that tie): A → B → D → E
        Heaviest (3 hops; the paths through its citations sum to 5; the first of 2 that tie): A → B → D → E
        Longer chains imply 1 of the 6 citations; the other 5 alone connect the same papers.

        Paths through each paper:
          3  100%  2004  D  ~two 75%
          1   33%  2002  B  ~one 50%
          ... and 1 more; --top shows more of them.

        Paths through each citation (~ marks one that a longer chain implies):
          3   D → E: a print, entry 5
          1   A → B: a print, entry 1
          ... and 4 more; --top shows more of them.
        """)
    lines = flow_text(lineage, flow(lineage, "a", "e"), top=6).splitlines()
    assert [line for line in lines if "~ A" in line] == ["  1 ~ A → D: a print, entry 6"]
    assert not [line for line in lines if "--top" in line]


def test_a_flow_of_one_citation_has_no_paper_between() -> None:
    lineage = letters("ab")
    lines = flow_text(lineage, flow(lineage, "a", "b")).splitlines()
    assert lines[:2] == ["A → B: 1 path, a direct citation.", "Shortest (1 hop): A → B"]
    assert lines[4:6] == ["Longer chains do not imply this citation.", ""]
    assert "  none: the citation is direct" in lines
    assert flow_text(lineage, flow(lineage, "a", "a")) == "A → A: one and the same paper.\n"
    assert flow_text(lineage, flow(lineage, "b", "a", list_only=True)) == (
        "B → A: no path within the list in this corpus; 'lineage path --list-only', or ask() in Python, "
        "says what could hide one.\n"
    )


def test_a_flow_says_how_circles_were_removed_and_what_then_cannot_be_avoided() -> None:
    lineage = letters("ab bc cb cd de ec", listed="ad")

    def heading(cycles: Cycles) -> list[str]:
        return flow_text(lineage, flow(lineage, "a", "d", cycles=cycles)).partition("\nShortest")[0].splitlines()[2:]

    assert heading("date") == [
        "Dropped 1 citation of a later paper, so that no circle is left:",
        "  B cites C.",
        "The changed network has 1 path. Everything below is about this network.",
    ]
    assert heading("families") == [
        "Papers that cite each other in circles count as one: 2 citations merged into 1 family:",
        "  B + C.",
        "The changed network has 1 path. Everything below is about this network.",
    ]
    assert heading("preprints") == [
        "Circles are opened by preprints: 2 citations moved to the preprint of the cited paper, 1 preprint added.",
        "The changed network has 1 path. Everything below is about this network.",
        "All of these paths also run through B (preprint).",
    ]
    only_later = evidence()
    assert flow_text(only_later, flow(only_later, "one", "four")).endswith("The changed network has no path.\n")


def test_counts_of_a_flow_that_no_program_holds_are_texts_in_its_form() -> None:
    arcs = [f"{chr(97 + n)}{chr(97 + m)}" for n in range(12) for m in range(n + 1, 12)]
    lineage = letters(" ".join(arcs))
    form = flow_form(lineage, flow(lineage, "a", "l"))
    assert (form["paths"], form["total"], form["scope"]) == (2**10, 2**10, "corpus")
    assert form["shortest"] == {"hops": 1, "paths": 1, "weight": None, "papers": ["a", "l"], "examples": [["a", "l"]]}
    assert sum(arc["implied"] for arc in form["arcs"]) == len(arcs) - 11
    many = flow(lineage, "a", "l")
    object.__setattr__(many, "paths", 2**60)
    assert flow_form(lineage, many)["paths"] == str(2**60)


# Networks without circles


def test_at_most_three_changes_are_named() -> None:
    lineage = letters("ba ca da ea ab")
    lines = list(changes_lines(lineage, acyclic(lineage, lineage.graph, cycles="date")))
    assert lines == [
        "Dropped 4 citations of a later paper, so that no circle is left:",
        "  A cites B; A cites C; A cites D; and 1 more (--json has all).",
    ]
    lines = list(changes_lines(lineage, acyclic(lineage, lineage.among("abcd"), cycles="date")))
    assert lines[1] == "  A cites B; A cites C; A cites D."


def test_circles_that_dates_do_not_open_are_counted_apart() -> None:
    lineage = letters("ab ba cd dc", dates=dict.fromkeys("abd", "2014") | {"c": "2015"})
    network = acyclic(lineage, lineage.graph, cycles="date")
    (line, names) = changes_lines(lineage, network)
    assert line.startswith("Dropped 1 citation of a later paper and 1 citation in circles that dates do not open, so")
    assert sorted(names.strip(" .").split("; ")) == ["A cites B", "D cites C"]
    assert {each["why"] for each in acyclic_form(network)["dropped"]} == {"later", "tied"}


def test_a_family_is_called_by_its_first_three_papers() -> None:
    lineage = letters("ab bc ca")
    network = acyclic(lineage, lineage.graph, cycles="families")
    assert node_name(lineage, network, "a") == "A + B + C"
    lineage = letters("ab bc cd de ea")
    network = acyclic(lineage, lineage.graph, cycles="families")
    assert node_name(lineage, network, "a") == "A + B + C + 2 more"
    assert acyclic_form(network)["families"] == {"a": ["a", "b", "c", "d", "e"]}


# Main path


def test_a_main_path_has_a_line_for_each_citation_and_one_for_many_papers_that_tie() -> None:
    lineage = letters("ab ac ad ae bf cf df ef fg gh gi hj ij", listed="aj")
    assert main_path_text(lineage, main_path(lineage, robustness=False)) == dedent("""\
        Main path of the corpus, SPC, global search.
        10 papers and 13 citations: 8 paths that tie, with a sum of 20.
        The search covered 10 papers and 13 citations, which make 8 paths
        from 1 paper that cites none of the others to 1 that none of the others cites.

          2001  A                                one, two
                4 papers that tie, B among them             cites A: each weighs SPC 2
          2006  F                                ~one 50%   cites 4 papers that tie, B among them: each weighs SPC 2
          2007  G                                ~two 100%  cites F (SPC 8): a print, entry 9
          2008  H                                ~two 100%  cites G (SPC 4): a print, entry 10
          2009  I                                ~two 100%  cites G (SPC 4): a print, entry 11
          2010  J                                two        cites H (SPC 4): a print, entry 12
                                                            cites I (SPC 4): a print, entry 13
        """)


def test_key_routes_are_named_and_marked_and_what_is_not_shown_is_said() -> None:
    lineage = letters("ab bc cd be")
    answer = main_path(lineage, by=Search("key-route-global", routes=1), robustness=False)
    lines = main_path_text(lineage, answer, top=2).splitlines()
    assert lines[0] == "Main path of the corpus, SPC, key-route-global search, 1 route."
    assert lines[2] == "Key routes, marked *: A → B."
    assert lines[6:] == [
        "  2001  A",
        "  2002  B    cites A (SPC 2*): a print, entry 1",
        "  2003  C    cites B (SPC 1): a print, entry 2",
        "... and more citations; --top shows more of them.",
    ]
    assert "--top" not in main_path_text(lineage, answer, top=3)
    form = main_path_form(lineage, answer)
    assert [(arc["cited"], arc["citing"], arc["weight"], arc["key_route"]) for arc in form["arcs"]] == [
        ("a", "b", 2, True),
        ("b", "c", 1, False),
        ("c", "d", 1, False),
    ]


def test_a_single_main_path_is_one_path_and_papers_without_citations_are_left_out() -> None:
    answer = main_path(evidence(), robustness=True)
    lines = main_path_text(evidence(), answer).splitlines()
    assert lines[1] == "3 papers and 2 citations: one path, with a sum of 2."
    assert lines[4] == "Left out: 1 paper without a citation to or from the others (Fourth)."
    assert "3 of the 3 papers of the main path are among them." in lines
    lineage = letters("ab", listed="a")
    nothing = main_path_text(lineage, main_path(lineage, Scope("list")))
    assert nothing == (
        "Main path of the list, SPC, global search.\nNo citation runs between its papers, so there is no path.\n"
    )


def test_robustness_counts_what_other_weights_and_the_longest_paths_share() -> None:
    lineage = letters("ab bc cd de ae xe ye", listed="bx")
    lines = main_path_text(lineage, main_path(lineage, Scope())).splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith("The main paths by all four weights"))
    assert lines[start : start + 4] == [
        "The main paths by all four weights share 5 papers and 4 citations: B, A, C, D, E.",
        "The longest paths have 4 hops and these papers (zero criticality):",
        "  B, A, C, D, E.",
        "5 of the 5 papers of the main path are among them.",
    ]
    assert lines[start + 6] == "  SPC         100%     100%     100%     100%     100%"


def test_scope_and_search_are_said_in_words() -> None:
    lineage = letters("ab")
    assert scope_words(lineage, Scope("list", "two")) == "the list, theme two"
    assert scope_words(lineage, Scope(between=("a", "b"))) == "A → B"
    assert scope_words(lineage, Scope("list", between=("a", "b"))) == "A → B within the list"
    assert search_words(Search("local-forward", every_end=True, tolerance=0.2)) == (  # type: ignore[arg-type]
        "local-forward search, from every source, broadened by 20%"
    )
    assert search_words(Search("local-backward", every_end=True)) == "local-backward search, from every sink"
    assert search_words(Search("key-route-local", routes=5)) == "key-route-local search, 5 routes"
    assert search_words(Search()) == "global search"


# Papers and the list


def test_a_paper_is_described_with_what_is_unknown_said_to_be_unknown() -> None:
    lineage = evidence()
    texts = {key: paper_summary_text(lineage, summarize_paper(lineage, key)) for key in lineage.graph}
    assert texts["one"] == dedent("""\
        one: paper of the list, entry 1
          title          First, of all
          authors        Ann Lee; Bo van den Berg
          first version  2001-05
          identifiers    arxiv:0105.0001
          page           https://arxiv.org/abs/0105.0001
          themes         Äpfel, and pears; plums; B
          references     not fetched: no source was asked
          cites          unknown
          cited by       1 (1 in the list: Two)
          ancestors      unknown
          descendants    3 (1 in the list: Two; 2 others)
        """)
    assert texts["two"] == dedent("""\
        two: paper of the list, entry 5
          title          Second
          called         Two
          authors        OpenAI; ...
          venue          NeurIPS 2004
          first version  2003 (as bibliographies state it)
          identifiers    doi:10.1000/two_(2004)
          page           https://doi.org/10.1000/two_(2004)
          themes         B
          references     complete: bibliography of two, 9 entries
          cites          1 (1 in the list: First, of all)
          cited by       2 (2 others)
          ancestors      1 (1 in the list: First, of all)
          descendants    2 (2 others)
        """)
    assert "four: descendant\n" in texts["four"]
    assert "  first version  2000-02-29 (corrected by a person)\n" in texts["four"]
    assert "  themes         inferred: B 100%\n" in texts["four"]
    assert "  cited by       0\n" in texts["four"]
    assert "  first version  unknown\n" in texts["three"]
    lineage = letters("ab bc", listed="ac")
    assert "1 bridges: B" in paper_summary_text(lineage, summarize_paper(lineage, "a"))


@pytest.mark.parametrize(
    ("state", "cites"), [("complete", "0"), ("partial", "0"), ("capped", "0"), ("failed", "unknown")]
)
def test_a_paper_cites_nothing_only_if_its_references_were_seen(state: Any, cites: str) -> None:
    corpus = Corpus(
        {"a": Paper("a", "A")},
        coverage=[Coverage("a", "references", "s", state, 3)],
        sources={"s": Source("s", "user", "S")},
    )
    lineage = build_lineage(corpus, ReadingList("Nothing yet", (), ()))
    assert f"  cites          {cites}\n" in paper_summary_text(lineage, summarize_paper(lineage, "a"))


def test_a_paper_of_two_entries_has_both_numbers(lineage: Lineage) -> None:
    text = paper_summary_text(lineage, summarize_paper(lineage, "ouyang2022"))
    assert text.startswith("ouyang2022: paper of the list, entries 17 and 24\n")


def test_the_list_shows_each_entry_under_its_themes() -> None:
    lineage = evidence()
    assert list_text(lineage, lineage.reading_list) == dedent("""\
        Four

        Äpfel, and pears; plums
            1  2001  First, of all           First, of all

        B
            1  2001  First, of all           First, of all
            5  2003  Two                     Second
        """)
    loose = [replace(each, themes=()) for each in lineage.reading_list.entries]
    reading_list = replace(lineage.reading_list, title="Loose", themes=(), entries=tuple(loose))
    assert list_text(lineage, reading_list) == dedent("""\
        Loose

        Under no theme
            1  2001  First, of all           First, of all
            5  2003  Two                     Second
        """)


# Audit and differences


UNCITED = "and no list paper with known references cites it"


def test_an_audit_has_a_section_for_each_kind_of_finding() -> None:
    lineage = letters("ab bc", listed="abc", complete="b")
    b_cites_a = lineage.citation("a", "b")
    found = audit(lineage)
    merges = (Merge(record="s2:1", paper="a", rule="doi", title="Paper, A"), Merge(record="s2:2", paper="b", rule="id"))
    everything = Audit(
        coverage=(ListedCoverage("a", "not_fetched", ()), ListedCoverage("b", "complete", ())),
        disagreements=found.disagreements,
        isolated=("c",),
        absent=("a",),
        cycles=(("a", "b"),),
        backwards=(b_cites_a,),
        self_citations=(b_cites_a,),
        repeated=((b_cites_a, "print", (3, 4)),),
        merges=1234,
        odd_merges=merges[:1],
        decided_merges=merges[1:],
        doubts=(Doubt(("a", "b"), "alike"),),
        unverified=(("a", ("title", "date")),),
        noted_sources=(("print", "torn"),),
        other_years=(("a", 7, 1999),),
        years_apart=(("b", "s2:9", 1998),),
        incomplete=(Coverage("c", "citations", "print", "capped", 9),),
        several_records=(("a", ("s2:1", "s2:2")),),
        untitled=2,
    )
    sections = dict(
        part.split("\n", 1) for part in audit_text(lineage, everything).rstrip("\n").split("\n\n")[1:] if "\n" in part
    )
    assert {title: rows.split("\n") for title, rows in sections.items()} == {
        "References of the list's papers: 2": [
            "  A                       not_fetched  no source was asked",
            "  B                       complete     a print, 7 entries",
        ],
        "Entries that no citation connects with the list: 1": [
            f"  C (2003): cites no paper of the list (references not_fetched), {UNCITED}"
        ],
        "Entries that no source knows: 1": ["  a  2001 [1]  Paper A"],
        "Circles of citations: 1": ["  2 papers: A, B"],
        "Citations of a later paper: 1": ["  B (2002) cites A (2001): a print, entry 1"],
        "Papers that cite themselves: 1": ["  B (2002) cites A (2001): a print, entry 1"],
        "Papers that one bibliography names twice: 1": ["  B cites A as entries 3, 4"],
        "Records that a person merged: 1": ["  s2:2 is b (id)"],
        "Records merged by an identifier despite different titles: 1": ["  s2:1 is a (doi), printed as 'Paper, A'"],
        "Records that look alike and were kept apart: 1": ["  alike: a  2001 [1]  Paper A  |  b  2002 [2]  Paper B"],
        "Not verified: 2": ["  A: title; date", "  a print: torn"],
        "Lists of references and citations that are not complete: 1": ["  C, citations: capped, a print, 9 entries"],
        "Papers that Semantic Scholar keeps under several ids: 1": ["  A: s2:1 and s2:2"],
        "Years that differ from the list: 1": ["  entry 7, A: listed as 1999, first version 2001"],
        "Years that differ from those of a source by more than one: 1": ["  B (2002): 1998 in s2:9"],
    }
    text = audit_text(lineage, everything)
    assert text.startswith(
        "3 papers (2 known by identifier alone), 2 citations, 1 source, 1,234 records merged (--merges lists them).\n"
    )
    assert "\nWhat one complete source has and another lacks: none\n" in text
    assert "All merged records" not in text
    assert "All merged records: none\n" in audit_text(lineage, everything, all_merges=True)


def test_an_audit_names_who_cites_an_isolated_entry_from_outside_and_the_first_of_many_disagreements() -> None:
    lineage = letters("ax bx cx dx ex fx gx hx ix jx ay", listed="ay")
    found = audit(lineage)
    fields = {name: getattr(found, name) for name in Audit.__dataclass_fields__}
    keys = tuple("abcdefghij")
    disagreement = type("D", (), {"citing": "x", "only": {"print": keys}, "not_compared": 3})
    shown = Audit(**fields | {"isolated": ("a",), "disagreements": (disagreement,)})
    lines = audit_text(lineage, shown).splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith("What one complete source has"))
    assert lines[start : start + 11] == [
        "What one complete source has and another lacks: 10",
        *(f"  X cites {letter}: only a print" for letter in "ABCDEFGH"),
        "  X: and 2 more that only a print has",
        "  X: 3 citations of one source could not be compared",
    ]
    isolated = next(line for line in lines if line.startswith("  A (2001)"))
    assert isolated.endswith("cites it; it is cited outside the list, by X, Y")


def comparison(**fields: Any) -> str:
    nothing: dict[str, Any] = dict.fromkeys(Comparison.__dataclass_fields__, ())
    return comparison_text(Comparison(**nothing | fields), most=2)


def test_each_kind_of_change_is_counted_and_its_first_cases_are_shown() -> None:
    assert comparison(added=("a", "b")) == "papers added: 2\n  a\n  b\n"
    assert comparison(added=("a", "b", "c")) == "papers added: 3\n  a\n  b\n  and 1 more; --json has all of them\n"
    assert comparison(removed=("a",)) == "papers removed: 1\n  a\n"
    assert comparison(renamed=(("old", "new"),)) == "papers under another key: 1\n  old is now new\n"
    assert comparison(merged=(("new", ("x", "y")),)) == "papers merged: 1\n  new was x and y\n"
    assert comparison(split=(("old", ("x", "y")),)) == "papers split: 1\n  old is now x and y\n"
    corrected = (Corrected("a", "venue", None, ("x", "y")), Corrected("a", "title", "x" * 99, ()))
    assert comparison(corrected=corrected) == (
        f"corrections: 2\n  a: venue was unknown, is x; y\n  a: title was {'x' * 79}…, is unknown\n"
    )
    assert comparison(cited=(("a", "b"),), uncited=(("a", "c"),)) == (
        "citations added: 1\n  a cites b\ncitations removed: 1\n  a cites c\n"
    )
    assert comparison(witnesses=(("a", "b", ("x", "y"), ("z",)), ("a", "c", (), ("x",)))) == (
        "citations with other sources: 2\n  a cites b: now also x, y, no longer z\n  a cites c: no longer x\n"
    )
    assert comparison(coverage=(("a", "references", "failed", "complete"),)) == (
        "changes of coverage: 1\n  a, references: was failed, is complete\n"
    )
    assert comparison() == "The two corpora are the same.\n"


# Measures


def result(**values: Any) -> tuple[Measure, Result]:
    measure = find_measure("references")
    return measure, Result("references", values.pop("values"), **values)


def test_a_measure_shows_its_largest_values_and_why_others_are_unknown() -> None:
    lineage = letters("ab bc")
    details = {"c": {"first": 2017, "cited_most": "b", "share": 0.25}}
    measure, values = result(
        values={"a": None, "b": 1500, "c": 0.5}, refused=(Refusal("nobody asked", ("a",)),), notes=("a lower bound",),
        details=details, parameters={"paper": "a", "least": 5},
    )  # fmt: skip
    lines = measure_text(lineage, measure, values, top=2).splitlines()
    assert lines == [
        "references (in the corpus) [references; of A, least 5]",
        f"  {measure.meaning}",
        "    1  1,500  2002  B",
        "    2    0.5  2003  C  (first 2017, cited most B, share 0.25)",
        "  Not known for 1 paper: nobody asked.",
        "  Note: a lower bound.",
        *(f"  See {each.text}. {each.url}" for each in measure.references),
    ]
    assert (
        measure_text(lineage, measure, values, top=1).splitlines()[3] == "  ... and 1 more; --top shows more of them."
    )


def test_a_measure_without_any_value_says_so() -> None:
    lineage = letters("ab")
    unknown = result(values={"a": None}, refused=(Refusal("nobody asked", ("a",)),))
    assert "  No value is known." in measure_text(lineage, *unknown).splitlines()
    assert "  There is no value." in measure_text(lineage, *result(values={})).splitlines()


def test_ranks_are_shared_by_equal_values() -> None:
    lineage = letters("ab bc cd")
    values = {"a": 3, "b": 2, "c": 2, "d": None}
    refused = (Refusal("nobody asked", ("d",)),)
    assert measures_of_paper_text(lineage, "c", [result(values=values, refused=refused)]).splitlines() == [
        "C (c), 2003",
        "  references (in the corpus)  2  rank 2 of 3",
    ]
    assert measures_of_paper_text(lineage, "d", [result(values=values, refused=refused)]).splitlines()[1] == (
        "  references (in the corpus)  unknown: nobody asked"
    )


def test_the_form_of_measures_has_values_of_papers_or_of_years() -> None:
    lineage = letters("ab bc", listed="a")
    refused = (Refusal("nobody asked", ("a", "c")),)
    form = measures_form(lineage, [result(values={"a": None, "b": 2, "c": None}, refused=refused)])["measures"][0]
    assert form["values"] == [
        {"key": "b", "name": "B", "year": 2002, "value": 2, "rank": 1, "refused": None, "details": {}}
    ]
    assert form["refused"] == [{"reason": "nobody asked", "papers": 2, "of_the_list": ["a"]}]
    assert form["known"] == 1
    alone = measures_form(lineage, [result(values={"a": None, "b": 2}, refused=refused)], paper="a")["measures"][0]
    assert [(each["key"], each["value"], each["refused"]) for each in alone["values"]] == [("a", None, "nobody asked")]
    years = Result("spectroscopy", {"2001": 3})
    form = measures_form(lineage, [(find_measure("spectroscopy"), years)])["measures"][0]
    assert form["values"] == [{"year": 2001, "value": 3, "rank": 1, "refused": None, "details": {}}]


# Themes, suggestions, reading order


def test_themes_are_a_table_of_who_cites_whom() -> None:
    lineage = letters("ab ac bc bd cd", listed="abd", themes={"b": "one"})
    shares = ThemeFlow(("one", "two"), {("one", "two"): 4.5, ("two", "one"): 1.0}, {2014: (1.5, 6.0)}, 2)
    groups = Communities((("a", "b"), ("d",)), 0.25, 0.125, 7)
    carried = [Carrier("c", 20, 12), Carrier("b", 10, 2), Carrier("a", 1, 0)]
    assert themes_text(lineage, ThemeReport(shares, carried, groups), top=2) == dedent("""\
        Citations between themes: a row's ideas reach a column's papers.
                one     two
        one     0.0     4.5
        two     1.0     0.0
        2 citations left out: the theme of a paper is not known.

        Citations that cross themes, by the year of the citing paper:
          2014     1.5 of    6.0  (25%)

        Bridges between the most pairs of listed papers (in parentheses: pairs without a common theme):
            20 (12)   2003  C  ~one 50%
            10 (2)    2002  B  one

        Communities by citations alone (Louvain, seed 7): 2,
        modularity 0.12; agreement with the chosen themes (adjusted Rand index): 0.25.
            2  mostly one: A, B
            1  mostly two: D
        """)
    unknown = themes_text(
        lineage, ThemeReport(ThemeFlow(("one",), {}, {}, 0), (), Communities((), None, 0.0, 1)), top=1
    )
    assert "left out" not in unknown
    assert "adjusted Rand index): unknown." in unknown


def test_suggestions_say_who_cites_a_paper_and_what_connects_an_entry() -> None:
    lineage = letters("ab bc cd", listed="ad")
    found = Suggestions(
        (FrequentlyCited("b", ("c", "d"), ("a",)), FrequentlyCited("c", ("d",), ())),
        (Connection("a", ("a", "b", "c", "d")), Connection("d", ())),
    )
    assert suggestions_text(lineage, found) == dedent("""\
        Papers outside the list, by how many papers of the list cite them:
            2  2002  B
                    cited by C, D; it cites A
            1  2003  C
                    cited by D

        Entries without a citation in the list: 2
          A (2001): the shortest chain, whichever way citations point, is A - B - C - D
          D (2004): no chain of citations in this corpus leads to another entry
        """)
    assert suggestions_text(lineage, Suggestions((), ())).endswith("Entries without a citation in the list: none\n")


def test_a_reading_order_says_on_how_many_paths_each_paper_lies() -> None:
    lineage = letters("ab ac bc cb bd cd", listed="abd")
    found = reading_order(lineage, "a", "d", budget=1)
    assert reading_text(lineage, found) == dedent("""\
        A → D: 1 paper to read between them, on 2 of 3 paths.
        Left out 1 citation of a later paper, so that paths run forward in time.

        1. A (2001), one, two
           Paper A
           https://arxiv.org/abs/2001.00000

        2. B (2002), two
           Paper B
           https://arxiv.org/abs/2001.00001
           On 2 of these paths; 2 of them pass none of the papers chosen before it.
           It cites A: a print, entry 1.

        3. D (2004), two
           Paper D
           https://arxiv.org/abs/2001.00003
           It cites B: a print, entry 5.
        """)
    assert (
        no_reading_text(lineage, NoReadingOrder("d", "a"))
        == "D → A: no path leads there, so there is no reading order.\n"
    )
    assert no_reading_text(lineage, NoReadingOrder("a", "a")) == "A → A: one and the same paper.\n"


# Words


def test_names_years_and_themes_in_a_line() -> None:
    lineage = evidence()
    assert name_of(lineage, "two") == "Two"
    assert name_of(lineage, "three") == "[untitled three]"  # its key can be asked for
    assert (year_of(lineage, "three"), year_of(lineage, "two")) == ("n.d.", "2003")
    assert (themes_of(lineage, "one"), themes_of(lineage, "four")) == ("a, b", "~b 100%")
    assert theme_names(lineage, "one") == "Äpfel, and pears; plums; B"
    assert theme_names(lineage, "four") == "inferred: B 100%"
    assert theme_names(letters("ab"), "a") == "unknown"
    mixed = letters("ac bc", listed="ab")
    assert ranked_shares(mixed, "c") == [("two", 0.75), ("one", 0.25)]
    assert (themes_of(mixed, "c"), theme_names(mixed, "c")) == ("~two 75%", "inferred: Theme two 75%; Theme one 25%")
    assert ranked_shares(letters("ac", listed="a"), "c") == [("one", 0.5), ("two", 0.5)]


def test_some_of_many_names() -> None:
    lineage = letters("ab cd ef gh ij")
    assert some_of(lineage, "abc", 3) == "A, B, C"
    assert some_of(lineage, "abcdefghij") == "A, B, C, D, E, F, G, H and 2 more"


def test_where_a_date_comes_from() -> None:
    assert (basis_of("first_version"), basis_of(None)) == ("", "")
    assert basis_of("arxiv_identifier") == " (by its arXiv identifier)"


def test_coverage_names_the_list_and_the_note_of_a_printed_one_alone() -> None:
    sources = {
        "print": Source("print", "printed_bibliography", "a print", note="torn"),
        "s2": Source("s2", "semantic_scholar", "Semantic Scholar", note="asked in May"),
    }
    lineage = build_lineage(Corpus({"a": Paper("a", "A")}, sources=sources), ReadingList("Nothing yet", (), ()))
    assert (
        describe_coverage(lineage, Coverage("a", "references", "print", "complete", 3)) == "a print, 3 entries (torn)"
    )
    assert describe_coverage(lineage, Coverage("a", "references", "s2", "failed")) == "Semantic Scholar"


def test_who_asserts_a_citation_is_one_line_without_controls() -> None:
    sources = {"s": Source("s", "user", "a\x1b[31m b")}
    citation = Citation("b", "a", (Assertion("s", (4,)), Assertion("s", (1, 2), influential=True, intents=("use",))))
    corpus = Corpus({"a": Paper("a", "A"), "b": Paper("b", "B")}, [citation], sources=sources)
    lineage = build_lineage(corpus, ReadingList("Nothing yet", (), ()))
    assert asserted(lineage, citation) == (r"a\x1b[31m b, entry 4; a\x1b[31m b, entries 1, 2, influential, for use")


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (10**15 - 1, "999,999,999,999,999"),
        (10**15, "1.00 × 10^15"),
        (1_234 * 10**15, "1.23 × 10^18"),
        (999_999 * 10**15, "1.00 × 10^21"),
        (9_949 * 10**15, "9.95 × 10^18"),
        (9_997 * 10**15, "1.00 × 10^19"),
    ],
)
def test_a_count_is_shown_in_full_while_it_can_be_read(number: int, shown: str) -> None:
    assert large(number) == shown
    assert large_counted(number, "path") == f"{shown} paths"


def test_a_count_for_programs_is_a_number_while_none_rounds_it() -> None:
    assert exact(2**53 - 1) == 2**53 - 1
    assert exact(2**53) == str(2**53)
    assert exact(10**4000 - 1) == "9" * 4000
    assert exact(10**4000) is None
    assert (as_float(3), as_float(None), as_float(10**400), as_float(float("inf"))) == (3.0, None, None, None)
