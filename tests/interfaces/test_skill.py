"""The skill file for agents: what it tells them to type runs, and what it names is in the answers."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml

from graph.interfaces.cli.mcp import SKILL
from graph.interfaces.corpus_backend import CorpusBackend
from graph.interfaces.mcp.server import make_server
from graph.model.lineage import Lineage

from ..helpers.commands import lineage_command, printed
from ..helpers.mcp_client import answer, with_client

TEXT = SKILL.read_text("utf-8")
_, FRONT, BODY = TEXT.split("---\n", 2)
COMMANDS = [span for span in re.findall(r"`([^`]+)`", BODY) if span.startswith("lineage ") and span != "lineage mcp"]
ROWS = re.findall(r"^\| [^|]+\? \| `(\w+)` \| `([^`]+)` \|$", BODY, re.MULTILINE)


def test_the_command_prints_it_without_a_server_and_its_help_names_it():
    told = lineage_command("mcp", "--skill")
    assert (told.returncode, told.stdout, told.stderr) == (0, TEXT, "")
    assert "--skill" in lineage_command("mcp", "--help").stdout


def test_its_head_is_what_agents_look_for():
    head = yaml.safe_load(FRONT)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", head["name"])
    assert len(head["name"]) <= 64
    assert 0 < len(head["description"]) <= 1024
    assert len(TEXT.splitlines()) < 100


@pytest.mark.parametrize("command", COMMANDS)
def test_each_of_its_commands_answers(command: str):
    name, *words = shlex.split(command)
    result = lineage_command(*words)
    assert (name, result.returncode, result.stderr) == ("lineage", 0, "")
    assert result.stdout


def test_each_of_its_tools_is_one_that_answers_as_the_command_beside_it(lineage: Lineage):
    server = make_server(CorpusBackend(lineage))
    tools = {tool.name for tool in with_client(server, lambda client: client.list_tools()).tools}
    assert len(ROWS) == len(re.findall(r"^\| .*\? \|", BODY, re.MULTILINE)) > 0
    for tool, command in ROWS:
        assert tool in tools
        assert shlex.split(command)[1] in (tool.replace("_", "-"), "path", "audit")


def fields(value: Any) -> set[str]:
    """The name of every field in a value."""
    if isinstance(value, dict):
        return set(value).union(*map(fields, value.values()))
    return set().union(*map(fields, value)) if isinstance(value, list) else set()


def test_every_field_that_it_names_is_in_an_answer(lineage: Lineage):
    server = make_server(CorpusBackend(lineage))
    found = fields(answer(server, "paths", question="BERT → InstructGPT", top=1))
    found |= fields(answer(server, "paths", question="InstructGPT → BERT"))
    found |= fields(answer(server, "hop", question="InstructGPT → BERT"))
    tools = {tool.name for tool in with_client(server, lambda client: client.list_tools()).tools}
    words = set(re.findall(r"`([a-z_]+)`", BODY)) - tools
    assert words - {"complete", "null", "false", "top"} <= found


def test_the_citation_that_it_shows_is_one_of_the_corpus():
    hop = printed("audit", "--hop", "BERT → Gopher")
    said = json.dumps(hop)
    assert hop["asserted"] is True
    assert "printed bibliography of arXiv:2112.11446v2" in BODY
    assert "printed bibliography of arXiv:2112.11446v2" in said
    assert "entry 43" in BODY
    assert "43" in said


def test_it_is_inside_the_package_that_the_wheel_carries():
    assert SKILL.is_relative_to(Path(__file__).parents[2] / "graph")
