"""`lineage reasons`: how many citations have a reason, rows to fill in, and what is wrong with filled-in ones."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from graph.model.storage import save_corpus

from ..helpers.commands import lineage_command, refused
from ..helpers.small_world import small_world

ROWS = """citing = "end"
text_read = "the whole text"
confidence = "partial"
[[reasons]]
cited = "detour"
uses = "Takes the detour."
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The folder of a list, a corpus and, once a test writes them, reasons."""
    save_corpus(small_world().corpus, tmp_path / "corpus")
    (tmp_path / "list.toml").write_text(
        'title = "Own"\n[[themes]]\nid = "a"\nname = "A"\n'
        '[[entries]]\nnumber = 1\nthemes = ["a"]\ntitle = "Where it starts"\narxiv = "0801.0001"\n'
        '[[entries]]\nnumber = 2\nthemes = ["a"]\ntitle = "Where it ends"\narxiv = "0801.0002"\n',
        "utf-8",
    )
    (tmp_path / "reasons").mkdir()
    return tmp_path


def options(own: Path) -> tuple[str, ...]:
    return "--list", str(own / "list.toml"), "--corpus", str(own / "corpus")


def test_a_template_has_a_row_for_each_citation_on_the_paths_that_has_no_reason_yet(own: Path):
    (own / "reasons" / "end.toml").write_text(ROWS, "utf-8")
    printed = lineage_command(*options(own), "reasons", "--template", "start", "end").stdout
    assert [(row["cited"], row["citing"]) for row in tomllib.loads(printed)["reasons"]] == [
        ("start", "detour"),
        ("start", "middle"),
        ("middle", "end"),
    ]


def test_a_filled_in_template_is_loaded_with_the_next_question(own: Path):
    printed = lineage_command(*options(own), "reasons", "--template", "start", "end").stdout
    filled = printed.replace('uses = ""', 'uses = "Takes it."').replace('text_read = ""', 'text_read = "all"')
    (own / "reasons" / "all.toml").write_text(filled, "utf-8")
    said = lineage_command(*options(own), "reasons").stdout
    assert said.startswith("A reason is recorded for 4 of 11 citations (4 read), and for 0 of the 0 within the list.")
    assert "all 4 citations on these paths have a reason" in (
        lineage_command(*options(own), "reasons", "--template", "start", "end").stderr
    )


def test_a_file_is_checked_whatever_is_wrong_with_the_others(own: Path):
    (own / "reasons" / "end.toml").write_text(ROWS, "utf-8")
    (own / "reasons" / "bad.toml").write_text(ROWS.replace("detour", "root"), "utf-8")
    assert "end does not cite root" in refused(*options(own), "show")
    checked = lineage_command(*options(own), "reasons", "--check", own / "reasons" / "end.toml")
    assert (checked.returncode, checked.stdout) == (0, "")
    assert "1 reason, all of citations of" in checked.stderr
    assert "bad.toml, line 4: end does not cite root" in refused(*options(own), "reasons", "--check", own / "reasons")


def test_what_the_command_cannot_use_is_said(own: Path):
    assert "no such file" in refused(*options(own), "reasons", "--check", own / "none.toml")
    assert "no TOML files here" in refused(*options(own), "reasons", "--check", own / "reasons")
    assert "leave one of the two out" in refused("reasons", "--template", "--check", "x", "BERT", "GPT")
    assert "no papers" in refused("reasons", "--template")
    assert "without --template" in refused("reasons", "BERT")
    assert "all papers before or after one" in refused("reasons", "--template", "* → BERT")
    assert "does not work on a store" in refused("--store", "nowhere", "reasons")
    assert lineage_command("reasons", "--template", "InstructGPT", "BERT").returncode == 1


def test_an_audit_counts_the_reasons_and_names_the_citations_of_the_list_without_one():
    found = json.loads(lineage_command("audit", "--json").stdout)["reasons"]
    assert found["total"] == found["read"] + found["partial"]
    missing = {(each["citing"], each["cited"]) for each in found["missing_in_list"]}
    assert missing == {("rae2021", each) for each in ("bahdanau2014", "vaswani2017", "ziegler2019", "stiennon2020")}
    assert (
        "Papers of the list with citations in it that have no reason: 1\n  Gopher cites"
        in lineage_command("audit").stdout
    )


def test_an_audit_of_a_corpus_without_reasons_says_nothing_of_them(own: Path):
    assert "reason" not in lineage_command(*options(own), "audit").stdout
    assert "reasons" not in json.loads(lineage_command(*options(own), "audit", "--json").stdout)


def test_paths_by_a_condition_say_no_only_when_none_may_meet_it(own: Path):
    (own / "reasons" / "end.toml").write_text(ROWS + 'intents = ["result"]\n', "utf-8")
    asked = (*options(own), "path", "start → end")
    open_still = lineage_command(*asked, "--intent", "methodology")
    assert open_still.returncode == 0
    assert "nothing is known of a hop, and no hop is for something else: 1\n" in open_still.stdout
    answer = json.loads(lineage_command(*asked, "--about", "detour", "--json").stdout)
    assert [group["total"] for group in answer["groups"]] == [1, 1, 0]
    known = lineage_command("path", "Transformer → BERT", "--intent", "result", "--list-only", "--avoid", "GPT")
    assert known.returncode == 1
    assert "Paths whose every hop is for result: 0" in known.stdout
    assert lineage_command(*options(own), "path", "end → start", "--about", "detour").returncode == 1


def test_a_condition_that_cannot_be_asked_is_refused_in_a_line(whole: tuple[Path, dict[str, int]], own: Path):
    asked = (*options(own), "path", "start → end", "--about", "detour")
    assert "shown as text or JSON alone" in refused(*asked, "--explain")
    assert "shown as text or JSON alone" in refused(*asked, "--html", own / "page.html")
    assert not (own / "page.html").exists()
    assert "give one of the two" in refused(*asked, "--intent", "result")
    assert "has no word in it" in refused(*options(own), "path", "start → end", "--about", "?!")
    assert "about paths from one paper to another" in refused(*options(own), "path", "* → end", "--about", "x")
    assert "a store does not answer" in refused("--store", whole[0], "path", "BERT → InstructGPT", "--about", "x")


def test_reasons_can_be_left_out_of_a_path():
    with_them, without = (lineage_command("path", "6", "17", "--top", "1", *more) for more in ((), ("--no-reasons",)))
    kept = [line for line in with_them.stdout.splitlines() if not line.startswith("         why: ")]
    assert without.stdout.splitlines() == kept
    assert len(kept) == len(with_them.stdout.splitlines()) - 2
    for more in ("--json", "--explain"):
        assert "What it takes" not in lineage_command("path", "6", "17", "--no-reasons", more).stdout
        assert '"reason"' not in lineage_command("path", "6", "17", "--no-reasons", more).stdout


def test_reasons_as_json_have_every_row_of_the_files_and_count_them(own: Path):
    (own / "reasons" / "end.toml").write_text(ROWS, "utf-8")
    printed = json.loads(lineage_command(*options(own), "reasons", "--json").stdout)
    assert [(row["citing"], row["cited"], row["uses"]) for row in printed["reasons"]] == [
        ("end", "detour", "Takes the detour.")
    ]
    assert printed["counts"]["total"] == 1
    assert printed["counts"]["partial"] == 1


def test_a_template_is_refused_as_json(own: Path):
    assert "leave out --json" in refused(*options(own), "reasons", "--template", "start", "end", "--json")
