"""Questions to Semantic Scholar beside a corpus, on the loopback service: what is asked, marked and kept."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from graph import load, recommendations_of
from graph.errors import LineageError
from graph.interfaces.cli import ask_scholar
from graph.interfaces.cli.main import cli
from graph.interfaces.corpus_backend import CorpusBackend
from graph.interfaces.mcp.fetching import Fetching
from graph.interfaces.mcp.server import make_server
from graph.model.shipped_data import snapshot_path
from graph.sources.http.transport import Key
from graph.sources.semantic_scholar.client import SemanticScholar
from graph.sources.semantic_scholar.service import service_at

from ..helpers.fetch_world import MIDDLE, NEW, OLD, OTHER, SECRET, WORLD, Time, fetched
from ..helpers.hostile import TEXTS
from ..helpers.mcp_client import called
from ..service import Canned, Rule, ServerError, paper, serving

SIMILAR = paper(
    "Learning to Align Without Instructions", external_ids={"ArXiv": "2001.00001"}, authors=["Eve"], date="2020"
)


SERVED = WORLD.adding(SIMILAR)


@pytest.fixture
def scholar():
    with serving(SERVED, accepted_key=SECRET, key_required=True) as service:
        yield service


@pytest.fixture(scope="module")
def fetched_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fetched")
    with serving(SERVED) as service:
        fetched(service, folder, time=Time())
    return folder


@pytest.fixture
def corpus(fetched_once: Path, tmp_path: Path, monkeypatch) -> Path:
    shutil.copytree(fetched_once, tmp_path / "corpus")
    monkeypatch.setenv("S2_API_KEY", SECRET)
    monkeypatch.setattr(ask_scholar.time, "sleep", lambda _seconds: None)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "corpus"


def run(corpus: Path, *arguments: str, code: int = 0) -> Any:
    before = ["--corpus", str(corpus), "--list", str(corpus / "reading_list.toml")]
    result = CliRunner().invoke(cli, [*before, *arguments])
    if code == 2:
        assert isinstance(result.exception, LineageError), result.output
    else:
        assert result.exit_code == code, result.output + repr(result.exception)
    return result


def asked(corpus: Path, scholar: Any, *arguments: str) -> dict[str, Any]:
    result = run(corpus, *arguments, "--json", "--base-url", scholar.url)
    return json.loads(result.stdout)


def test_suggestions_for_the_list_name_what_the_corpus_knows_and_are_kept(scholar, corpus):
    before = {each.name: each.read_bytes() for each in corpus.iterdir() if each.is_file()}
    found = asked(corpus, scholar, "suggest", "--ask")
    assert "no citations" in found["meaning"]
    titles = {each["title"]: each for each in found["papers"]}
    assert titles["Learning to Align Without Instructions"]["key"] is None
    bridge = titles.get("A Bridge Between Them")
    assert bridge is None or bridge["key"]
    assert not {OLD.fields["title"], NEW.fields["title"]} & titles.keys()
    sent = len(scholar.log)
    assert asked(corpus, scholar, "suggest", "--ask") == found
    assert len(scholar.log) == sent
    asked(corpus, scholar, "suggest", "--ask", "--update")
    assert len(scholar.log) == sent + 1
    assert before == {each.name: each.read_bytes() for each in corpus.iterdir() if each.is_file()}
    assert scholar.log.without_key() == ()


def test_papers_like_one_and_unlike_another(scholar, corpus):
    asked(corpus, scholar, "suggest", "--ask", "--for", "Learning to Align")
    (entry,) = scholar.log.entries
    assert entry.path.endswith(f"/forpaper/{OLD.id}")
    assert "from=recent" in entry.query
    asked(corpus, scholar, "suggest", "--ask", "--for", "Learning to Align", "--not", "Following Instructions")
    body = json.loads(scholar.log.entries[-1].body)
    assert body == {"positivePaperIds": [OLD.id], "negativePaperIds": [NEW.id]}


@pytest.mark.parametrize(
    "words",
    [
        ("--for", "Learning to Align"),
        ("--update",),
        ("--pool", "recent"),
        ("--ask", "--pool", "recent"),
        ("--ask", "--for", "Learning to Align", "--not", "Learning to Align"),
        ("--ask", "--for", "Nobody knows this"),
    ],
)
def test_what_makes_no_sense_is_refused_before_anything_is_asked(words, scholar, corpus):
    result = run(corpus, "suggest", *words, "--base-url", scholar.url, code=2)
    assert result.exception is not None
    assert len(scholar.log) == 0


def test_suggestions_from_python(scholar, corpus):
    lineage = load(corpus / "reading_list.toml", corpus)
    time = Time()
    with SemanticScholar(corpus, api_key=SECRET, api_url=scholar.url, sleep=time.sleep, clock=time.clock) as client:
        answer = recommendations_of(lineage, client, "Learning to Align", top=1)
    assert [each.title for each in answer.value.papers] == ["Learning to Align Without Instructions"]
    assert "no citations" in answer.text
    assert answer.value.asked == "2026-11-23"


def test_hostile_and_broken_suggestions_are_data_or_counted(scholar, corpus):
    rows = [{"paperId": f"{n:040}", "title": text} for n, text in enumerate(TEXTS)]
    rows += [{"paperId": "no id", "title": "x"}, {"title": 7}, None, {}]
    scholar.set_faults(Rule(Canned("odd", 200, json.dumps({"recommendedPapers": rows})), times=None))
    result = run(corpus, "suggest", "--ask", "--top", "50", "--base-url", scholar.url)
    assert "3 suggestions could not be read" in result.stdout
    assert "\x1b" not in result.stdout
    assert "\u202e" not in result.stdout


def test_an_outage_is_one_message(scholar, corpus):
    scholar.set_faults(Rule(ServerError(503), times=None))
    result = CliRunner().invoke(
        cli, ["--corpus", str(corpus), "suggest", "--ask", "--for", "Learning to Align", "--base-url", scholar.url]
    )
    assert "does not answer" in str(result.exception)


def test_agents_have_it_only_where_a_person_allowed_the_network(scholar, corpus, tmp_path):
    lineage = load(corpus / "reading_list.toml", corpus)
    time = Time()
    fetching = Fetching(service_at(scholar.url, key=Key.parse(SECRET, where="the tests")), time.sleep, time.clock)
    closed = make_server(CorpusBackend(lineage), folder=tmp_path)
    assert "there is no tool" in called(closed, "recommendations", like=["Learning to Align"]).content[0].text
    result = called(
        make_server(CorpusBackend(lineage), folder=tmp_path, fetching=fetching),
        "recommendations",
        like=["Learning to Align"],
    )
    assert not result.is_error, result.content[0].text
    answer = result.structured_content["answer"]
    assert [each["title"] for each in answer["papers"]][:1] == ["Learning to Align Without Instructions"]
    assert SECRET not in result.content[0].text
    assert (tmp_path / "answers" / "raw" / "answers.jsonl").is_file()


PLACE = {"snippetKind": "body", "section": "3 Models", "snippetOffset": {"start": 5, "end": 29}}
SNIPPET = {"text": "We train a reward model.", **PLACE}
SPEAKING = SERVED.adding(replace(MIDDLE, fields={**MIDDLE.fields, "snippets": [SNIPPET]}))


def test_passages_are_quoted_with_their_place_below_the_paths(scholar, corpus):
    scholar.serve(SPEAKING)
    arguments = ["path", "Learning to Align", "Following Instructions", "--about", "reward model"]
    plain = run(corpus, *arguments)
    said = run(corpus, *arguments, "--ask", "--base-url", scholar.url).stdout
    assert said.startswith(plain.stdout)
    assert "A Bridge Between Them  (body, section '3 Models', characters 5 to 29)" in said
    assert "> We train a reward model." in said
    form = json.loads(run(corpus, *arguments, "--ask", "--base-url", scholar.url, "--json").stdout)
    (passage,) = form["passages"]["passages"]
    assert (passage["start"], passage["end"], passage["says_it"]) == (5, 29, True)
    assert passage["key"] in form["passages"]["asked_of"]
    assert form["total"] == json.loads(run(corpus, *arguments, "--json").stdout)["total"]
    assert len(scholar.log) == 1
    assert scholar.log.without_key() == ()


def test_passages_that_are_hostile_or_broken_are_data_or_counted(scholar, corpus):
    rows = [{"score": 1, "paper": {"corpusId": "x", "title": text}, "snippet": {"text": text}} for text in TEXTS]
    rows += [{"snippet": {"text": 7}}, {"snippet": None}, {}, None, {"snippet": {"text": ""}}]
    rows += [{"snippet": {"text": "fine", "snippetOffset": {"start": 9, "end": 3}}, "paper": None}]
    scholar.set_faults(Rule(Canned("odd", 200, json.dumps({"data": rows})), times=None))
    arguments = ["path", "Learning to Align", "Following Instructions", "--about", "x"]
    said = run(corpus, *arguments, "--ask", "--base-url", scholar.url).stdout
    assert "4 passages could not be read" in said
    assert not {"\x1b", "\u202e", "\x07", "\r"} & set(said)


def test_asking_needs_a_subject(scholar, corpus):
    for wrong in (["--ask"], ["--ask", "--about", "..."], ["--about", "x", "--update"]):
        run(corpus, "path", "Learning to Align", "Following Instructions", *wrong, code=2)
    assert len(scholar.log) == 0


def test_agents_get_passages(scholar, corpus, tmp_path):
    scholar.serve(SPEAKING)
    lineage = load(corpus / "reading_list.toml", corpus)
    time = Time()
    fetching = Fetching(service_at(scholar.url, key=Key.parse(SECRET, where="the tests")), time.sleep, time.clock)
    server = make_server(CorpusBackend(lineage), folder=tmp_path, fetching=fetching)
    result = called(server, "passages", about="reward model", of=["A Bridge Between Them"])
    assert result.structured_content["answer"]["passages"][0]["text"] == SNIPPET["text"]


def test_an_author_is_described_by_the_service_beside_the_papers_here(scholar, corpus):
    id_ = OLD.fields["authors"][0]["authorId"]
    form = asked(corpus, scholar, "show", "--author", "Old", "--ask")
    assert [each["title"] for each in form["people"][0]["papers"]] == ["Learning to Align"]
    assert [(each["id"], each["papers"], each["citations"]) for each in form["records"]] == [(id_, 1, 2)]
    said = run(corpus, "show", "--author", "Old", "--ask", "--base-url", scholar.url).stdout
    assert f"Ann Old (author {id_}): 1 paper, 2 citations, h-index 1" in said
    assert len(scholar.log) == 1
    odd = [{"authorId": id_, "name": 7}]
    scholar.set_faults(Rule(Canned("odd", 200, json.dumps(odd)), times=None))
    assert asked(corpus, scholar, "show", "--author", "Old", "--ask", "--update")["not_known"] == [id_]
    for wrong in (["--ask"], ["--author", "Nobody", "--ask"], ["--venue", "x", "--ask"]):
        run(corpus, "show", *wrong, code=2)


def test_nothing_is_written_into_the_shipped_corpus_however_it_is_named(scholar, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("S2_API_KEY", SECRET)
    (tmp_path / "link").symlink_to(snapshot_path())
    for before in ([], ["--corpus", str(tmp_path / "link")]):
        CliRunner().invoke(cli, [*before, "suggest", "--ask", "--for", "BERT", "--base-url", scholar.url])
    assert (tmp_path / "corpus" / "raw" / "answers.jsonl").is_file()
    assert not (snapshot_path() / "raw").exists()


def test_lanes_of_labs_are_asked_for_once(scholar, corpus, tmp_path):
    ids = {each.fields["authors"][0]["authorId"]: each for each in (OLD, MIDDLE, NEW, OTHER)}
    here = [{"affiliations": ["The Lab"]} if ids[id_] in (OLD, MIDDLE) else None for id_ in sorted(ids)]
    scholar.set_faults(Rule(Canned("authors", 200, json.dumps(here)), path="/author/batch", times=None))
    build = ("build", "--lanes", "lab", "--ask", "-o", tmp_path / "made", "--base-url", scholar.url)
    for _ in range(2):
        run(corpus, *map(str, build))
    assert len(scholar.log) == 1
    assert json.loads((tmp_path / "made" / "manifest.json").read_text())["lanes"] == "lab"
    assert "The Lab" in (tmp_path / "made" / "papers.csv").read_text()
    for wrong in (["--lanes", "lab"], ["--ask"], ["--lanes", "venue", "--ask"]):
        refused = run(corpus, "build", *wrong, "-o", str(tmp_path / "none"), code=2)
        assert "go together" in str(refused.exception)
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    "named",
    [
        "https://arxiv.org/abs/2001.00001v3",
        "@article{a, title={Learning to {A}lign without instructions.}, author={Eve}, year={2021}}",
        "TY  - JOUR\r\nTI  - Learning to Align Without Instructions\r\nER  - \r\n",
    ],
)
def test_a_suggestion_that_only_the_library_names_is_marked_and_can_be_left_out(named, scholar, corpus, tmp_path):
    (tmp_path / "library.txt").write_text(named)
    library = ("--read", str(tmp_path / "library.txt"))
    question = ("suggest", "--ask", "--base-url", scholar.url)
    assert f"{SIMILAR.fields['title']} (Eve) [read]" in run(corpus, *library, *question).stdout
    without = run(corpus, *library, *question, "--leave-out", "read").stdout
    assert SIMILAR.fields["title"] not in without
    assert "Left out, because you marked them: 1 suggestion." in without
    run(corpus, *library, *question, "--leave-out", "own", code=2)


@pytest.mark.parametrize("other", ["author={Adam}, year={2020}", "author={Eve}, year={2015}"])
def test_a_paper_of_the_same_title_that_cannot_be_the_same_is_not_left_out(other, scholar, corpus, tmp_path):
    (tmp_path / "library.bib").write_text(f"@article{{a, title={{{SIMILAR.fields['title']}}}, {other}}}")
    library = ("--own", str(tmp_path / "library.bib"))
    shown = run(corpus, *library, "suggest", "--ask", "--leave-out", "own", "--base-url", scholar.url).stdout
    assert f"{SIMILAR.fields['title']} (Eve)\n" in shown
