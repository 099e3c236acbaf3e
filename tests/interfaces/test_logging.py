"""``-v`` and ``-vv``: what a command logs to standard error, and what it never logs."""

from __future__ import annotations

import logging

import click
import pytest
from click.testing import CliRunner

from graph.interfaces.cli.main import _COMMANDS, cli
from graph.interfaces.cli.options import logging_to_stderr, with_verbosity
from graph.interfaces.corpus_backend import CorpusBackend

from ..helpers.commands import lineage_process
from ..helpers.web_client import requested, served

PATH = ("path", "BERT", "InstructGPT", "--top", "1")


@pytest.fixture(scope="module")
def quiet() -> str:
    result = lineage_process(*PATH)
    assert (result.returncode, result.stderr) == (0, "")
    return result.stdout


@pytest.mark.parametrize("words", [("-v", *PATH), (*PATH, "-v"), (*PATH, "--verbose")], ids=" ".join)
def test_one_v_anywhere_logs_each_phase_with_its_size_and_time(quiet: str, words: tuple[str, ...]):
    result = lineage_process(*words)
    assert result.stdout == quiet
    lines = result.stderr.splitlines()
    assert [line.split("  ")[-1].split(": ")[0] for line in lines] == [
        "graph.model.storage",
        "graph.model.load_lineage",
        "graph.analysis.paths",
        "graph.interfaces.backend",
    ]
    assert "4,841 papers and 7,809 citations, " in lines[0]
    assert ": 24 entries in " in lines[1]
    assert lines[-1].split(": ")[1].startswith("answering PathQuestion in ")
    assert all(line.endswith(" s") for line in lines)
    assert "Query(" not in result.stderr


@pytest.mark.parametrize("words", [("-v", *PATH, "-v"), (*PATH, "-vv")], ids=" ".join)
def test_two_v_log_the_question_as_well(quiet: str, words: tuple[str, ...]):
    result = lineage_process(*words)
    assert result.stdout == quiet
    assert (
        "graph.interfaces.backend: PathQuestion(query=Query(kind='path', papers=('devlin2018', 'ouyang2022'))"
        in result.stderr
    )


def commands(group: click.Group) -> list[click.Command]:
    context = click.Context(group)
    found = [group.get_command(context, name) for name in group.list_commands(context)]
    return [each for command in found if command for each in [command, *_below(command)]]


def _below(command: click.Command) -> list[click.Command]:
    return commands(command) if isinstance(command, click.Group) else []


def test_every_command_and_every_group_has_the_option_once():
    every = [cli, *commands(cli)]
    assert len(every) > len(_COMMANDS) + 3
    for command in every:
        with_verbosity(command)
        assert [each.opts for each in command.params if each.name == "verbose"] == [["-v", "--verbose"]], command.name


def test_after_a_command_logging_is_as_it_was():
    ours, root = logging.getLogger("graph"), logging.getLogger()
    before = [(each.level, list(each.handlers), each.propagate) for each in (ours, root)]
    assert CliRunner().invoke(cli, ["-vv", "export"]).exit_code == 0
    assert [(each.level, list(each.handlers), each.propagate) for each in (ours, root)] == before


def logged(verbosity: int, capsys: pytest.CaptureFixture[str]) -> list[str]:
    with logging_to_stderr(verbosity):
        for name in ("graph.some.module", "httpx"):
            log = logging.getLogger(name)
            log.debug("%s debug", name)
            log.info("%s info", name)
    return [line.split(": ")[1] for line in capsys.readouterr().err.splitlines()]


def test_libraries_are_silent_unless_two_v_are_given(capsys: pytest.CaptureFixture[str]):
    assert logged(0, capsys) == []
    assert logged(1, capsys) == ["graph.some.module info"]
    assert logged(2, capsys) == ["graph.some.module debug", "graph.some.module info", "httpx info"]


def test_a_record_is_written_once_whatever_a_library_does_to_the_root_logger(capsys: pytest.CaptureFixture[str]):
    library = logging.StreamHandler()
    with logging_to_stderr(1):
        logging.getLogger().addHandler(library)
        try:
            logging.getLogger("graph.some.module").info("once")
        finally:
            logging.getLogger().removeHandler(library)
    assert capsys.readouterr().err.count("once") == 1


def test_a_key_is_never_logged_and_a_terminal_obeys_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("S2_API_KEY", "a-secret-key\n")
    with logging_to_stderr(1):
        logging.getLogger("graph.some.module").info("key %s, title \x1b[31m red\nsecond line", "a-secret-key")
    line = capsys.readouterr().err
    assert "a-secret-key" not in line
    assert "key ***, title \\x1b[31m red\nsecond line\n" in line


def test_the_server_logs_each_request_with_status_size_and_time(lineage, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.INFO, "graph.interfaces.web")
    with served(CorpusBackend(lineage)) as server:
        _, body = requested(server, "/api/about")
        requested(server, "/api/nothing", "POST")
    lines = [record.getMessage() for record in caplog.records if "GET" in record.message or "POST" in record.message]
    assert lines[0].startswith(f"GET /api/about: 200, {len(body)} bytes, ")
    assert lines[1].startswith("POST /api/nothing: 405, ")
