"""`lineage audit --witnesses`, `--hop` and `lineage snowball` as a person types them, and the same at the server."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from graph.analysis.snowball import snowball
from graph.analysis.witnesses import witnesses
from graph.exports.snowball_figure import snowball_svg
from graph.exports.witness_figure import witness_svg
from graph.interfaces.corpus_backend import CorpusBackend
from graph.interfaces.web.router import Router
from graph.model.lineage import Lineage
from graph.model.storage import save_corpus

from ..helpers.commands import lineage_command, printed, refused
from ..helpers.hostile import hostile_lineage
from ..helpers.witnessed import List, witnessed


def rows(path: Path) -> list[dict[str, str]]:
    text = path.read_text("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:], newline="")))


def test_the_tables_have_each_source_each_citation_and_why_it_is_missing(tmp_path: Path):
    lineage_command("audit", "--of", "BERT", "--csv", tmp_path / "new" / "tables")
    lists = {row["source"]: row for row in rows(tmp_path / "new" / "tables" / "witness_lists.csv")}
    assert (
        lists["print:devlin2018"] | {"rows": "56", "alone": "37", "lacked_by_another": "1", "short": "False"}
        == (lists["print:devlin2018"])
    )
    citations = rows(tmp_path / "new" / "tables" / "witness_citations.csv")
    assert len(citations) == 2 * 93
    gpt = {row["source"]: row for row in citations if row["cited"] == "radford2018"}
    assert (gpt["print:devlin2018"]["asserts"], gpt["print:devlin2018"]["entries"]) == ("True", "38")
    assert (gpt["s2:2023-06-27"]["asserts"], gpt["s2:2023-06-27"]["why"]) == ("False", "other_version")
    (overlap, of_kinds) = rows(tmp_path / "new" / "tables" / "witness_overlaps.csv")
    assert (overlap["both"], of_kinds["both"], of_kinds["citing"]) == ("19", "19", "")


def test_the_pictures_are_files_of_their_own(tmp_path: Path):
    lineage_command("audit", "--witnesses", "--svg", tmp_path / "w.svg")
    lineage_command("snowball", "BERT", "--svg", tmp_path / "s.svg", "--csv", tmp_path)
    texts = [(tmp_path / name).read_text("utf-8") for name in ("w.svg", "s.svg")]
    assert "32 of at least 40, short" in texts[0]
    assert "Records to screen (n = 114)" in texts[1]
    assert "Studies included in review (n = ...)" in texts[1]
    for text in texts:
        assert {each.tag.rpartition("}")[2] for each in ET.fromstring(text).iter()} <= {
            *("svg", "title", "desc", "rect", "text", "g", "path")
        }
    assert len(rows(tmp_path / "snowball.csv")) == 114


@pytest.mark.parametrize("picture", [lambda h: witness_svg(h, witnesses(h)), lambda h: snowball_svg(h, snowball(h))])
def test_a_picture_of_hostile_texts_holds_them_as_text(picture):
    drawn = ET.fromstring(picture(hostile_lineage()))
    assert not [each for each in drawn.iter() if each.tag.rpartition("}")[2] in ("script", "a", "image")]


def test_a_citation_that_nobody_asserts_ends_with_one():
    result = lineage_command("audit", "--hop", "BERT", "→", "GPT")
    assert result.returncode == 1
    assert result.stdout.startswith("GPT (2018) cites BERT (2018): no source says so\nThe other direction is asserted")
    assert json.loads(lineage_command("audit", "--hop", "BERT → GPT", "--json").stdout)["asserted"] is False


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("audit", "BERT"), "'lineage audit' takes no name ('BERT'); write --of PAPER"),
        (("audit", "--hop", "BERT"), "'BERT' names one paper; name two, as in: lineage audit --hop"),
        (("audit", "--hop", ""), "two papers are needed"),
        (("audit", "--hop", "BRET → GPT"), "no paper is called 'BRET'"),
        (("audit", "--hop", "BERT ↔ GPT"), "two papers are needed"),
        (("audit", "--hop", "GPT -"), "'GPT -'"),
        (("audit", "--hop", "GPT", "-"), "the shell took '>' for a redirection"),
        (("audit", "--hop", "GPT → BERT", "--witnesses"), "--hop asks about one citation, --witnesses about all"),
        (("audit", "--merges", "--csv", "x"), "--merges and --csv are two questions"),
        (("audit", "--of", "BERT", "--every"), "papers are named, and all are meant"),
        (("audit", "--of", "BRET"), "no paper is called 'BRET'"),
        (("snowball", "BRET"), "no paper is called 'BRET'"),
    ],
)
def test_what_cannot_be_asked_says_what_can(words: tuple[str, ...], says: str):
    assert says in refused(*words)


def test_the_server_answers_as_the_commands_do(lineage: Lineage):
    router = Router(CorpusBackend(lineage))
    for target, command in (
        ("/api/audit", ("audit",)),
        ("/api/witnesses?of=BERT", ("audit", "--of", "BERT")),
        ("/api/hop?q=GPT%20%E2%86%92%20BERT", ("audit", "--hop", "GPT → BERT")),
        ("/api/snowball?of=BERT&way=backward", ("snowball", "BERT", "--way", "backward")),
    ):
        response = router.respond(target)
        assert response.status == 200
        assert json.loads(response.body) == printed(*command)
    for wrong in ("hop", "hop?q=BERT", "snowball?rounds=0", "snowball?way=up", "witnesses?of=BERT&every=1"):
        assert router.respond(f"/api/{wrong}").status == 400


def test_a_corpus_of_several_services_end_to_end(tmp_path: Path):
    """Crossref's, OpenAlex's and OpenCitations' lists beside an elided one and a print."""
    names = tuple(f"c{n:02}" for n in range(20))
    made = witnessed(
        [
            List("print:hub", "hub", names), List("crossref", "hub", names[:12], "partial", 14),
            List("openalex", "hub", names[:10], "partial"), List("opencitations", "hub", (), "partial", 0),
            List("s2:1", "hub", (), "elided", 0),
        ],
        ["hub"],
    )  # fmt: skip
    save_corpus(made.corpus, tmp_path / "corpus")
    (tmp_path / "list.toml").write_text(
        'title = "Hub"\n[[themes]]\nid = "all"\nname = "All"\n'
        '[[entries]]\nnumber = 1\nthemes = ["all"]\ntitle = "The paper hub"\ndoi = "10.1000/hub"\n'
    )
    given = ("--list", tmp_path / "list.toml", "--corpus", tmp_path / "corpus")
    text = lineage_command(*given, "audit", "--witnesses").stdout
    for line in (
        "repeat one deposit of the publisher: that is one origin.",
        "sources name 20 papers, 8 by 1 origin, 12 by 2 origins",
        "Crossref: partial, 14 entries, 2 not identified or repeated, lacks 8, SHORT",
        "Lists that are short: 4",
        "OpenCitations lists 0 of at least 20 (0%); mostly: it lists nothing",
        "Semantic Scholar lacks 20: the publisher withholds the list",
        "OpenAlex lacks 10: it lists only what it could match to a record of its own",
    ):
        assert line in text
    hop = lineage_command(*given, "audit", "--hop", "c00 → hub").stdout
    assert "3 sources, 2 independent origins (the publisher's deposit, print), strength 0.75" in hop
    assert "Lists of references that are short: 4" in lineage_command(*given, "audit").stdout
