"""What a command prints: a terminal shows it and obeys none of it, a key never shows, and a full disk is told."""

from __future__ import annotations

import errno
import io
import json
import logging
import os
import pty
import re
import shlex
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from itertools import combinations
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from graph.exports.registry import FORMATS
from graph.interfaces.cli.bulk import _COMMANDS as _BULK_COMMANDS
from graph.interfaces.cli.common import say, semantic_scholar
from graph.interfaces.cli.main import _COMMANDS, main
from graph.interfaces.cli.options import logging_to_stderr
from graph.interfaces.cli.safe_stream import safe, safe_streams
from graph.model.corpus import Assertion, Citation, Corpus, Coverage, Doubt, Merge, Paper, Source
from graph.model.identifiers import identifier
from graph.model.storage import save_corpus
from graph.sources.fetch.fetched_list import _quoted
from graph.sources.fetch.progress import RequestMeter
from graph.sources.http.client import RequestCounts

from ..helpers.commands import ROOT, lineage_command, lineage_process
from ..helpers.terminal import as_on_a_terminal

OBEYED = "\x1b[31m \x1b]0;title\x07 \x9b31m \x85 \u202e \u2066 \u200f \x7f \x08"
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f]")
QUESTIONS = [
    ["show"], ["show", "k0"], ["audit", "--merges"], ["path", "1", "4", "--explain"], ["path", "4", "1"],
    ["path", "* → 3"], ["read", "1", "4"], ["flow", "1", "4"], ["main-path"], ["themes"], ["suggest"],
    ["measures", "pagerank"], ["diff", str(ROOT / "data/snapshot"), str(ROOT / "data/snapshot")],
]  # fmt: skip
MISTAKES = [
    ["show", OBEYED], ["show", "Title"], ["path", "1", "4", "--theme", "x"], ["main-path", "--theme", "x"], [OBEYED],
    [f"--{OBEYED}"], ["export", OBEYED], ["export", "csv", "--of", OBEYED], ["fetch", f"{OBEYED}.bib"],
    ["fetch", "--base-url", OBEYED], ["--corpus", OBEYED, "show"], ["--list", OBEYED, "show"], ["-vv", "show"],
]  # fmt: skip


@pytest.fixture(scope="module")
def obeyed(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Options that name a list and a corpus in which every text has what a terminal obeys, and a line of its own."""
    folder = tmp_path_factory.mktemp("obeyed")

    def text(word: str) -> str:
        return f"{word} {OBEYED}\nFORGED"

    keys = [f"k{n}" for n in range(5)]
    arxiv = [identifier("arxiv", f"{n:02d}01.0000{n}"[:9]) for n in range(5)]
    papers = {
        key: Paper(
            key, text("Title"), (text("Ann"),), date=f"200{n}", venue=text("V"), names=(text(key),),
            identifiers=(arxiv[n],), unverified=(text("date"),),
        )
        for n, key in enumerate(keys)
    }  # fmt: skip
    source = Source(text("s"), "user", text("label"), text("2020"), text("note"))
    said = Assertion(source.id, (1,), intents=(text("use"),), contexts=(text("We use it."),))
    save_corpus(
        Corpus(
            papers,
            [Citation(new, old, (said,)) for old, new in combinations(keys, 2)],
            [Coverage(keys[0], "references", source.id, "partial")],
            {source.id: source},
            [Merge(keys[0], text("rule"), text("record"))],
            [Doubt((keys[0], keys[1]), text("reason"))],
        ),
        folder / "corpus",
    )
    lines = [f"title = {_quoted(text('List'))}"]
    lines += [f"[[themes]]\nid = {_quoted(text(each))}\nname = {_quoted(text(each))}" for each in ("one", "two")]
    lines += [
        f"[[entries]]\nnumber = {n + 1}\nthemes = [{_quoted(text('one'))}]\nnames = [{_quoted(text(key))}]\n"
        f"title = {_quoted(text('Title'))}\narxiv = '{arxiv[n].value}'"
        for n, key in enumerate(keys)
    ]
    (folder / "list.toml").write_text("\n".join(lines))
    return ["--list", str(folder / "list.toml"), "--corpus", str(folder / "corpus")]


@pytest.mark.parametrize("words", [*QUESTIONS, *MISTAKES], ids=lambda words: words[0][:12])
def test_no_command_prints_what_a_terminal_obeys_or_a_line_of_another(obeyed: list[str], words: list[str]):
    result = lineage_command(*obeyed, *words)
    assert result.returncode in (0, 1, 2), result.stderr
    printed = result.stdout + result.stderr
    assert not FORBIDDEN.search(printed), printed
    assert not re.search("^FORGED", printed, re.MULTILINE), printed


def test_a_terminal_is_sent_colours_of_ours_and_nothing_else_that_it_obeys(obeyed: list[str]):
    for words in [*QUESTIONS[:4], *MISTAKES[:3]]:
        printed = re.sub(r"\x1b\[(?:0|38;5;\d+)m", "", as_on_a_terminal(*obeyed, *words, columns=60))
        assert not FORBIDDEN.search(printed), printed
        assert not re.search("^FORGED", printed, re.MULTILINE), printed


@pytest.mark.parametrize("words", QUESTIONS, ids=lambda words: words[0])
def test_json_has_escapes_for_what_a_terminal_obeys_and_the_same_values(obeyed: list[str], words: list[str]):
    result = lineage_command(*obeyed, *[word for word in words if word not in ("--merges", "--explain")], "--json")
    assert result.returncode in (0, 1), result.stderr
    assert not FORBIDDEN.search(result.stdout)
    if words[0] in ("show", "audit", "path"):
        assert f" {OBEYED}\nFORGED" in texts_of(json.loads(result.stdout))


def texts_of(value: Any) -> str:
    """Every text of a JSON value, one after the other."""
    if isinstance(value, dict):
        value = [*value, *value.values()]
    return "|".join(map(texts_of, value)) if isinstance(value, list) else str(value)


def test_a_file_is_printed_to_the_byte_unless_it_goes_to_a_terminal(obeyed: list[str], tmp_path: Path):
    command = [sys.executable, "-m", "graph", *obeyed, "export", "dot"]
    assert lineage_command(*obeyed, "export", "dot", "-o", tmp_path / "list.dot").returncode == 0
    piped = subprocess.run(command, capture_output=True, check=True).stdout
    assert piped == (tmp_path / "list.dot").read_bytes()
    assert "\x9b" in piped.decode()
    ours, theirs = pty.openpty()
    with subprocess.Popen(command, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        seen = b""
        try:
            while piece := os.read(ours, 1 << 16):
                seen += piece
        except OSError:  # the other end is closed
            pass
        assert process.wait() == 0
    os.close(ours)
    shown = seen.decode().replace("\r\n", "\n")
    assert not FORBIDDEN.search(shown)
    assert "\\x9b" in shown


def test_a_line_of_progress_cannot_be_forged(capsys: pytest.CaptureFixture[str]):
    with safe_streams():
        meter = RequestMeter(safe(sys.stderr).rewriting(), lambda: 0.0, seconds_per_request=1.0)
        meter.on_phase("papers", 1)
        meter(RequestCounts(waiting=f"status 500 ({OBEYED}\rdone)"))
        meter.say(f"release {OBEYED}\rdone")
    said = capsys.readouterr().err
    assert said.count("\n") == 2
    assert "\\rdone" in said
    assert not FORBIDDEN.search(said)


@pytest.mark.parametrize("form", ["as it is", "JSON", "address", "log"])
def test_a_key_from_a_file_shows_in_no_message(form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    key = f"Kp3/{form[:2].strip()}+x9Qr7"
    (tmp_path / "key").write_text(key + "\n")
    with safe_streams():
        semantic_scholar(None, tmp_path / "key")
        escaped = {"JSON": "\\u%04x", "address": "%%%02X"}.get(form)
        text = "".join(escaped % ord(letter) for letter in key) if escaped else key
        if form == "log":
            with logging_to_stderr(1):
                logging.getLogger("graph.test").info("the answer: %s", text)
        else:
            say(f"status 400 ({text})")
    said = capsys.readouterr().err
    assert text not in said
    assert "***" in said


@pytest.mark.parametrize(
    ("words", "goes"),
    [
        ("path --help", ">&-"),
        ("completion bash", "> /dev/full"),
        ("export dot", ">&-"),
        ("export dot", "> /dev/full"),
    ],
)
def test_help_and_files_that_cannot_be_printed_are_told(words: str, goes: str):
    command = f"{shlex.quote(sys.executable)} -m graph {words} {goes}"
    result = subprocess.run(["bash", "-c", command], capture_output=True, encoding="utf-8", check=False)
    assert result.returncode == 2
    assert result.stderr.startswith("lineage: the answer cannot be printed (") or "closed" in result.stderr
    assert result.stderr.count("\n") == 1


class Full(io.StringIO):
    """A file on a full disk."""

    def write(self, _: str) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


def test_every_command_tells_that_its_help_cannot_be_printed():
    bulk = [f"bulk {name} --help" for name in _BULK_COMMANDS]
    alone = ["--help", "--version", "bulk --help", "export"]
    for words in (*alone, *(f"{name} --help" for name in _COMMANDS), *bulk):
        with (
            redirect_stdout(Full()),
            redirect_stderr(io.StringIO()) as said,
            patch.object(sys, "argv", ["lineage", *words.split()]),
            pytest.raises(SystemExit) as end,
        ):
            main()
        assert (end.value.code, said.getvalue().count("\n")) == (2, 1), (words, said.getvalue())


def test_a_message_that_nobody_can_read_changes_no_exit_code():
    full, closed = "2> /dev/full", "2>&-"
    for words, goes, code in (("show BERT", full, 0), ("show nobody", full, 2), ("--nothing", closed, 2)):
        command = f"{shlex.quote(sys.executable)} -m graph -v {words} {goes}"
        result = subprocess.run(["bash", "-c", command], capture_output=True, encoding="utf-8", check=False)
        assert result.returncode == code, (words, result)


def test_every_format_is_printed_without_a_fault(obeyed: list[str]):
    for each in FORMATS:
        assert lineage_command(*obeyed, "export", each.id).returncode in (0, 2), each.id


def test_an_argument_that_is_no_text_is_told(tmp_path: Path):
    result = lineage_process("show", b"\xff\x9b".decode("utf-8", "surrogateescape"))
    assert result.returncode == 2
    assert "Traceback" not in result.stderr
