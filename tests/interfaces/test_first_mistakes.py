"""The mistakes that people begin with: each is answered by one message that says what, where, and what to do next."""

from __future__ import annotations

import ast
import io
import json
import os
import re
import sys
import zipfile
from pathlib import Path
from unittest.mock import patch

import pytest

from graph.__main__ import faults_of_the_process_told
from graph.errors import InputError
from graph.interfaces.cli.fetch_papers import targets_of
from graph.model.shipped_data import reading_list_path, snapshot_path
from graph.sources.http.request import Request
from graph.sources.http.transport import Service, Transport

from ..helpers.commands import ROOT, lineage_command, lineage_process, message_of
from ..helpers.terminal import with_root

ANSWERED = "BERT → InstructGPT: no direct citation; 760 paths"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with what people take for a reading list, and a corpus that a newer version wrote."""
    for name, inside in (
        ("list.docx", "word/document.xml"),
        ("list.xlsx", "xl/workbook.xml"),
        ("l.odt", "content.xml"),
    ):
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            archive.writestr(inside, "<x/>")
    shipped = reading_list_path().read_text("utf-8")
    texts = {
        "pasted.html": "<html><body><table><tr><th>Title</th></tr><tr><td>Attention</td></tr></table></body></html>",
        "word.rtf": r"{\rtf1\ansi Attention Is All You Need\par}",
        "word.txt": "No.\tTitle\tAuthor\n1\tAttention Is All You Need\tVaswani\n",
        "curly.toml": shipped.replace('"', "\u201d"),
        "empty.toml": "",
        "half.toml": 'title = "L"\n[[entries]]\nnumber = 1\nthemes = ["x"]\ntitle = "A"\narxiv = "9901.00001"\n',
        "like_yaml.toml": "title: My list\n",
        "single.toml": shipped.replace("[[entries]]", "[entries]"),
        "quoted.toml": shipped.replace("number = 6\n", 'number = "6"\n'),
        "saved.bib": "<!DOCTYPE html><html><body>Please log in</body></html>",
        "mail.eml": "Subject: Papers\nFrom: Jo <jo@example.org>\n\nAttention Is All You Need\n",
        "notes.ipynb": '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}',
        "settings.json": '{"name": "tides", "version": 1}',
        "numbers.json": "[1, 2]",
        "nameless.csv": "Attention Is All You Need,2017\nBERT,2018\n",
        "unknown.toml": 'title = "L"\n[[entries]]\nnumber = 1\nthemes = []\ntitel = "A"\n',
        "twice.toml": shipped.replace("number = 7\n", "number = 6\n"),
        "titles.txt": "BERT: Pre-training of Deep Bidirectional Transformers\nAttention Is All You Need\n",
        "half.txt": 'title = "L"\n[[entries]]\nnumber = 1\nthemes = ["x"\n',
        "windows.toml": shipped.replace("\n", "\r\n"),
    }
    for name, text in texts.items():
        (tmp_path / name).write_bytes(text.encode("utf-8"))
    (tmp_path / "list.pdf").write_bytes(b"%PDF-1.7\n\xe2\xe3")
    (tmp_path / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "loop").symlink_to("loop")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "newer").mkdir()
    manifest = json.loads((snapshot_path() / "manifest.json").read_text("utf-8"))
    (tmp_path / "newer" / "manifest.json").write_text(json.dumps(manifest | {"format": 99}), "utf-8")
    (tmp_path / "file").write_text("", "utf-8")
    return tmp_path


ANY_CASE = [
    ["“BERT” → “InstructGPT”"], ["BERT → InstructGPT\""], ["'BERT' → 'InstructGPT'"], ["«BERT»", "«InstructGPT»"],
    ["BERT->InstructGPT"], ["BERT => InstructGPT"], ["BERT", "to", "InstructGPT"], ["BERT TO InstructGPT"],
    ["from", "BERT", "to", "InstructGPT"], ["From BERT to InstructGPT"], ["bert", "instruct gpt"],
]  # fmt: skip


@pytest.mark.parametrize("words", ANY_CASE, ids=" ".join)
def test_what_can_be_understood_is_answered(words: list[str]):
    assert lineage_command("path", *words, "--top", "1").stdout.startswith(ANSWERED)


WRONG_ARROWS = ["BERT > InstructGPT", "BERT –> InstructGPT", "BERT -&gt; InstructGPT", "BERT >> InstructGPT",
                "BERT, InstructGPT", "BERT / InstructGPT", "InstructGPT <- BERT", "InstructGPT ← BERT"]  # fmt: skip

OF_PATHS = [["--rank", "main"], ["--longest"], ["--top", "3"], ["--explain"]]
PIECES_OF_IDENTIFIERS = ["1706.03762v", "10.1000", "doi:10.1000/", "arXiv:1706"]
WRITTEN_BESIDE = [
    ["news", "--atom"], ["path", "6", "17", "--html"], ["themes", "--svg"], ["audit", "--witnesses", "--svg"],
    ["audit", "--of", "BERT", "--csv"], ["snowball", "BERT", "--svg"], ["build", "--output"],
]  # fmt: skip
FILES_WRITTEN = [["path", "6", "17", "--html"], ["themes", "--svg"], ["news", "--atom"], ["export", "dot", "-o"]]
NO_LISTS = {
    "nameless.csv": ("no column is called title, doi", "check the export"),
    "notes.ipynb": ("this is a Jupyter notebook", "copy the titles"),
    "settings.json": ("this is JSON, and no list", "export it again"),
    "numbers.json": ("entry 1: not an object", "check the export"),
    "loop": ("this is a link that leads to itself", "name a file"),
    "pipe": ("this is a pipe", "name a file"),
}
NAMED_BY_A_VARIABLE = [["build", "--output"], ["open", "-o"], ["news", "--since"], ["snowball", "BERT", "--csv"]]
MISTAKES: list[tuple[list[str], tuple[str, ...]]] = [
    *((["path", words], ("write an arrow", "'BERT → InstructGPT'")) for words in WRONG_ARROWS),
    (["path", "BERT", "-"], ("the shell took '>' for a redirection", "quote the query")),
    (["path", "BERT"], ("'BERT' names one paper", "lineage path BERT InstructGPT")),
    (["path", "6", "17", "--longest", "--rank", "strongest"], ("--longest and --rank are two orders", "leave one")),
    (["path", "6", "17", "--longest", "--rank", "shortest"], ("--longest and --rank are two orders", "leave one")),
    (["path", "6", "17", "--explain", "--json"], ("--explain is a text", "leave one of them out")),
    *((["path", "* → BERT", *words], (words[0], "all papers before", "leave it out")) for words in OF_PATHS),
    (["flow", "6", "17", "9"], ("'6 17 9' has no arrow between two papers", "write one")),
    (["show", "--venue", "?"], ("'?' names no venue", "one word of its name")),
    (["path", "zzzzz", "BERT"], ("no paper is called 'zzzzz'", "a part of its title, its authors and year")),
    (["reasons", "--template", "BERT"], ("'BERT' names one paper", "as in: lineage reasons --template BERT Instr")),
    (["reasons", "--top", "3"], ("--top goes with --template", "add --template A B")),
    (["reasons", "--check", "file", "BERT"], ("--check asks about no papers", "leave them out")),
    (["measures", "--top", "3"], ("--top says how many papers", "name a measure")),
    (["export", "csl", "--top", "3"], ("--top says how many paths, and the reading list has none", "leave it out")),
    (["fetch", "titles.txt", "--max-citations", "9", "--dry-run"], ("--max-citations is about", "add --citations")),
    (["fetch", "titles.txt", "--from", "crossref", "--contexts", "--dry-run"], ("--contexts is for", "add s2 to")),
    (["fetch", "titles.txt", "--reparse", "--update"], ("--reparse sends no request", "give one of the two")),
    (["fetch", "titles.txt", "--reparse", "--dry-run"], ("--reparse sends no request", "give one of the two")),
    (["fetch", "titles.txt", "--no-references", "--depth", "2"], ("--no-references reads none", "leave one of")),
    (["index", str(snapshot_path())], ("stands before the command: lineage --corpus ", " index")),
    (["index", "my list.toml"], ("stands before the command: lineage --list 'my list.toml' index",)),
    (["open", "newer"], ("'lineage open' takes options alone", "to open the pages in that folder: --output newer")),
    (["open", "BERT", "GPT"], ("'lineage open' takes options alone", "lineage show BERT")),
    (["path", "BRET", "InstructGPT"], ("no paper is called 'BRET'", "did you mean BERT")),
    (["path", "6", "99"], ("no entry 99", "its entries are numbered from 1 to 24")),
    (["show", "attention"], ("could be", "use the key at the start of a line")),
    (["BERT → InstructGPT"], ("No such command", "lineage path 'BERT → InstructGPT'")),
    (["BERT", "InstructGPT"], ("No such command 'BERT'", "lineage path BERT InstructGPT")),
    (["paths", "BERT", "GPT"], ("did you mean 'path'?",)),
    (["path", "BERT", "InstructGPT", "—top", "3"], ("'—top' begins with a dash", "write --top")),
    (["show", "BERT", "–json"], ("'–json' begins with a dash", "write --json")),
    (["show", "--list", "list.toml"], ("stands before it: lineage --list ... show",)),
    (["path", "6", "17", "--between", "2018:2022"], ("not a span of years", "write 2018..2022")),
    (["path", "6", "17", "--theme", "vision"], ("not a theme", "architecture, scaling, alignment, rlhf")),
    (["export", "docx"], ("no format 'docx'", "there are graphml, gexf, ")),
    (["measures", "page rank"], ("no measure is called 'page rank'", "did you mean pagerank")),
    (["--list", "list.docx", "show"], ("list.docx", "a document", "save the table as CSV")),
    (["--list", "list.xlsx", "show"], ("list.xlsx", "a spreadsheet", "save the table as CSV")),
    (["--list", "l.odt", "show"], ("l.odt", "a document", "save the table as CSV")),
    (["--list", "pasted.html", "show"], ("pasted.html", "a web page", "save the list as text")),
    (["--list", "word.rtf", "show"], ("word.rtf", "an RTF document", "the list as text")),
    (["--list", "word.txt", "show"], ("word.txt", "'lineage fetch word.txt' makes a reading list")),
    (["--list", "list.pdf", "show"], ("list.pdf", "a PDF", "list identifiers in a text file")),
    (["--list", "titles.txt", "show"], ("a list of titles", "'lineage fetch titles.txt' makes a reading list")),
    (["--list", "mail.eml", "show"], ("mail.eml", "as a mail", "copy the titles or identifiers into a text file")),
    (["reasons", "--check", "photo.png"], ("photo.png", "a picture")),
    (["--list", "curly.toml", "show"], ("curly.toml", "at line", "write straight quotes")),
    (["--list", "like_yaml.toml", "show"], ("like_yaml.toml", "at line 1", 'write there: name = "text"')),
    (["--list", "single.toml", "show"], ("single.toml", "write [[entries]] before each", "two brackets")),
    (["--list", "quoted.toml", "show"], ("quoted.toml", "number is a text and must be a whole number")),
    (["--list", "empty.toml", "show"], ("empty.toml", "no entries", "add one [[entries]] table")),
    (["--list", "half.txt", "show"], ("half.txt", "broken TOML: Unclosed array")),
    (["--list", "half.toml", "show"], ("half.toml", "theme 'x'")),
    (["--list", "missing.toml", "show"], ("missing.toml", "no such file", "check the path")),
    (["--list", ".", "show"], ("this is a folder", "name a file in it")),
    (["--corpus", "newer", "show"], ("format 99, and this version reads 1", "use the version")),
    (["--corpus", "file", "show"], ("file", "no corpus here", "name the folder of a corpus")),
    (["fetch", "photo.png", "--dry-run"], ("photo.png", "a picture", "text file")),
    (["fetch", "saved.bib", "--dry-run"], ("saved.bib", "a web page", "export it from the page as RIS")),
    (["fetch", "--between", "BERT → GPT", "--dry-run"], ("--dry-run stands in the place", "write --between A B")),
    (["fetch", "word.txt", "--output", "x"], ("No such option", "'lineage fetch' writes where --to says")),
    (["fetch", "word.rtf", "--dry-run"], ("word.rtf", "an RTF document", "save")),
    *(([*words, ""], ("the name is empty", "write one")) for words in NAMED_BY_A_VARIABLE),
    *(([*words, "https://example.org/x"], ("is an address", "save what is there")) for words in NAMED_BY_A_VARIABLE),
    (["--list", "https://example.org/list.toml", "show"], ("is an address", "name the file or folder")),
    (["--corpus", "", "show"], ("the name is empty", "or . for the folder you are in")),
    (["--list", "", "show"], ("the name is empty; write one\n",)),
    *(([*words, "away/x"], ("away: there is no such folder", "make it")) for words in FILES_WRITTEN),
    *(([option, "x" * 3000, "show"], ("the name is too long", "check the path")) for option in ("--list", "--store")),
    (["build", "mine.toml"], ("stands before the command", "lineage --list mine.toml build")),
    (["export", "csv", "mine.toml"], ("stands before the command", "lineage --list mine.toml export")),
    (["serve", "8000"], ("unexpected extra argument", "write --port 8000")),
    (["build", "--output", "file"], ("file", "is a file")),
    *(([*words, "-"], (words[-1], "write a name, or ./-")) for words in WRITTEN_BESIDE),
    (["--list", "windows.toml", "export", "graphml", "-o", "./windows.toml"], ("windows.toml", "would replace it")),
    (["--read", "titles.txt", "path", "6", "17", "--html", "titles.txt"], ("titles.txt", "would replace it")),
    (["--own", "titles.txt", "export", "svg", "--of", "6", "-o", "titles.txt"], ("titles.txt", "would replace it")),
    (["--corpus", "newer", "path", "6", "17", "--html", "newer/manifest.json"], ("manifest.json", "would replace it")),
    (["--corpus", "newer", "themes", "--svg", "newer/manifest.json"], ("manifest.json", "would replace it")),
    (["export", "csv", "-o", "file/x.csv"], ("file", "cannot write", "choose another folder")),
    *((["fetch", word, "--dry-run"], (repr(word), "is none", "write all of it")) for word in PIECES_OF_IDENTIFIERS),
    (["fetch", "titles.txt", "--from", "s2", "crossref", "--dry-run"], ("'crossref' is a service", "s2,crossref")),
    (["fetch", "titles.txt", "--from", "google", "--dry-run"], ("not a service", "s2, crossref, openalex")),
    (["fetch", "titles.txt", "--since", "1/2/2020", "--dry-run"], ("1/2/2020", "2020-12-31")),
    (["fetch", "titles.txt", "--depth", "5", "--dry-run"], ("--depth", "write a whole number from 1 to 2")),
    (["fetch", "titles.txt", "--max-citations", "all", "--dry-run"], ("--max-citations", "write a whole number")),
    (["fetch", "titles.txt", "--to", "file", "--dry-run"], ("--to", "is a file")),
    (["fetch", "titles.txt", "--key-file", "newer", "--dry-run"], ("newer", "this is a folder", "name a file in it")),
    (["fetch", "newer", "--dry-run"], ("newer", "this is a folder", "name a file in it")),
    (["fetch", "missing.bib", "--dry-run"], ("missing.bib", "no such file", "check the path")),
    *(
        (words, (words[1], *says))
        for name, says in NO_LISTS.items()
        for words in (["fetch", name, "--dry-run"], ["--list", name, "show"])
    ),
    (["--list", "unknown.toml", "show"], ("unknown.toml", "unknown field 'titel'", "fix the entry")),
    (["--list", "twice.toml", "show"], ("twice.toml, entry 6", "used 2 times", "its own number")),
    (["build", "pages"], ("'lineage build' takes options alone", "--output pages")),
    (["build", "--lanes", "authors"], ("'authors'", "'theme', 'author', 'lab', 'venue'")),
    (["build", "--out", "pages"], ("No such option", "'--output'")),
    (["export", "png"], ("no format 'png'", "there are graphml, gexf, ")),
    (["export", "graphml", "csv"], ("one at a time", "again for csv")),
    (["export", "svg", "BERT", "GPT"], ("stands behind --of", "--of 'BERT → InstructGPT'")),
    (["export", "csv", "--top", "0"], ("--top", "write a whole number from 1 to 10,000")),
    (["serve", "BERT"], ("'lineage serve' takes options alone", "lineage show BERT")),
    (["serve", "--host", "0.0.0.0"], ("for this machine alone", "--port")),
    (["serve", "--port", "99999"], ("--port", "write a whole number from 0 to 65,535")),
    (["mcp", "BERT"], ("'lineage mcp' takes options alone", "lineage show BERT")),
    (["mcp", "--http", "8765"], ("write --port 8765",)),
    (["mcp", "--port", "8765"], ("for a server over HTTP", "add --http")),
    (["news", "--since", "2020-01-01"], ("2020-01-01 is a day", "the folder of an earlier corpus")),
    (["news", "--format", "atom"], ("--markdown, --atom, --json",)),
    (["suggest", "BERT"], ("'lineage suggest' takes options alone", "lineage show BERT")),
    (["suggest", "--top", "many"], ("'many'", "write a whole number")),
    (["similar"], ("Missing argument", "for example: lineage ", "similar BERT")),
    (["similar", "BERT"], ("no vectors", "--vectors")),
    (["audit", "--of"], ("Option '--of' requires an argument", "for example: lineage audit --of BERT --csv tables")),
    (["fetch", "--between", "BERT"], ("requires 2 arguments", "for example: lineage fetch --between ")),
    (["export", "-o"], ("requires an argument", "for example: lineage export gexf -o list.gexf")),
    (["help", "path"], ("No such command 'help'", "lineage path --help")),
    (["list", "--help"], ("No such command 'list'; there are build",)),
    (["foo"], ("No such command 'foo'; there are build, open, path, ", "completion.")),
    (["bulk", "foo"], ("No such command 'foo'; there are download, ",)),
]


@pytest.mark.parametrize(("words", "says"), MISTAKES, ids=lambda case: " ".join(case)[:60])
def test_a_mistake_is_answered_by_one_message_that_says_what_to_do(
    words: list[str], says: tuple[str, ...], desk: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(desk)
    before = sorted(desk.rglob("*"))
    message = message_of(lineage_command(*words))
    assert all(part in message for part in says), message
    assert len(re.findall(r"^(?:lineage|Error):", message, re.MULTILINE)) <= 2, "the option of all commands has a hint"
    assert sorted(desk.rglob("*")) == before, "nothing is written"


@pytest.mark.parametrize(
    ("name", "says"),
    [("f.png", "its name says .png, and programs look for .svg in it"), ("f.svg", ""), ("f", ""), ("f.v2", "")],
)
def test_a_name_that_says_another_format_is_noticed(name: str, says: str, tmp_path: Path):
    told = lineage_command("export", "svg", "--of", "BERT", "-o", tmp_path / name).stderr
    assert told.splitlines()[1:] == ([says] if says else [])


def test_windows_line_ends_are_read(desk: Path):
    assert lineage_command("--list", desk / "windows.toml", "show").stdout == lineage_command("show").stdout


def test_the_line_below_the_names_of_a_pasted_table_is_no_paper(tmp_path: Path):
    (tmp_path / "table.md").write_text("| No | Title |\n|---|:--|\n| 1 | Attention Is All You Need |\n", "utf-8")
    result = lineage_command("fetch", tmp_path / "table.md", "--dry-run")
    assert re.findall('"(.*)"', result.stdout) == ["Attention Is All You Need"]


def test_every_option_of_every_command_is_known_with_dashes_of_a_word_processor():
    assert "write --no-reasons" in message_of(lineage_command("path", "6", "17", "——no-reasons"))
    assert "write --store" not in lineage_command("path", "6", "17", "—store").stderr, "it is no option of this command"


@pytest.mark.parametrize("proxy", ["http://127.0.0.1:1", "http:///no-host"])
def test_a_proxy_that_refuses_is_named(proxy: str):
    import requests

    session = requests.Session()
    session.trust_env = False
    session.proxies = {"http": proxy, "https": proxy}
    answer = Transport(session, Service("https://example.org", None)).send(Request("GET", "/paper"))
    assert "proxy" in getattr(answer, "why", ""), answer


def test_an_old_python_is_told_which_is_needed(capsys: pytest.CaptureFixture[str]):
    """What runs before it is told has to be readable to Python 3.9, too."""
    for module in ("__init__", "__main__", "utils/__init__", "utils/old_names"):
        ast.parse((ROOT / "graph" / f"{module}.py").read_text("utf-8"), feature_version=(3, 9))
    with (
        patch.object(sys, "version_info", (3, 9, 18)),
        pytest.raises(SystemExit, match="2"),
        faults_of_the_process_told(),
    ):
        raise AssertionError("nothing else is done")
    message = capsys.readouterr().err
    assert message.startswith("lineage: Python 3.11 or newer is needed, and this is 3.9 (")
    assert message.count("\n") == 1


def test_a_name_that_no_paper_of_the_corpus_has_is_told_before_a_search():
    said = lineage_command("fetch", "--between", "BERT", "InstrctGPT", "--dry-run").stderr
    assert said.startswith("'InstrctGPT' names no paper of this corpus for certain (did you mean InstructGPT")
    assert "the service is asked for a paper of this title" in said


def test_a_title_that_no_asked_service_can_find_is_told_and_not_counted():
    said = lineage_command("fetch", "Deep Learning", "--from", "crossref", "--dry-run").stderr
    assert "1 paper named by a title alone (line 1: Deep Learning): only Semantic Scholar finds papers by" in said
    assert "add s2 to --from" in said
    assert "about 0 requests to https://api.crossref.org" in said


def test_standard_input_that_is_closed_is_told(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "stdin", None)
    assert "standard input is closed; name a file" in message_of(lineage_command("fetch", "-", "--dry-run"))


def test_standard_input_without_an_end_is_read_to_a_limit_alone(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("graph.interfaces.cli.fetch_papers.LARGEST_TEXT", 5)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"Tides\n")))
    with pytest.raises(InputError, match="standard input: it has more than 5 bytes; split it"):
        targets_of(["-"])


def test_a_package_that_is_not_installed_is_named_with_what_installs_it(tmp_path: Path):
    (tmp_path / "numpy.py").write_text("raise ModuleNotFoundError('no', name='numpy')\n", "utf-8")
    result = lineage_process("show", env={"PYTHONPATH": f"{tmp_path}{os.pathsep}{with_root(os.environ)}"})
    assert result.returncode == 2
    assert "the package numpy is not installed" in result.stderr
    assert "python -m pip install ." in result.stderr
    assert "Traceback" not in result.stderr
