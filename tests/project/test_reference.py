"""What a person can use is documented: commands, options, formats, fields; and the site builds."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from registries import COLUMNS, NOUNS, commands, examples, fields, options

from graph.exports.registry import FORMATS
from graph.interfaces.cli.context import CommandContext
from graph.model.shipped_data import reading_list_path, snapshot_path

from ..helpers.documentation import DOCS, PAGES, fault_of

COMMANDS = dict(commands())
EXAMPLES = sorted({(name, line) for name, command in COMMANDS.items() for line in examples(command)})

NOT_RUN = {
    "lineage agree": "needs sheets that people have filled in",
    "lineage bibliography": "needs the files of a paper",
    "lineage build": "the tutorial runs it",
    "lineage bulk": "needs files that are not shipped",
    "lineage completion": "an example writes into the home folder",
    "lineage diff": "needs two corpora",
    "lineage fetch": "asks the network",
    "lineage mcp": "waits for an agent",
    "lineage open": "opens a browser",
    "lineage retractions": "needs a table that is not shipped",
    "lineage serve": "serves until it is stopped",
    "lineage snapshot": "writes into the checkout",
}
"""Commands whose examples are parsed and not run, and why."""


@pytest.fixture(scope="module")
def given() -> CommandContext:
    """What the commands work on, loaded once for all examples."""
    return CommandContext(reading_list_path(), snapshot_path())


def test_a_command_says_what_it_does_with_an_example_and_stands_on_a_page():
    pages = [page.read_text("utf-8") for page in PAGES]
    for name, command in COMMANDS.items():
        assert command.help, f"{name} has no help: give its function a docstring"
        if not isinstance(command, click.Group):
            shown = examples(command)
            assert shown, f"the help of {name} shows no example: a line after \\b that begins with {name!r}"
        typed = re.compile(rf"lineage(?: --\w+ \S+)*{name.removeprefix('lineage')}\b")
        assert any(map(typed.search, pages)), f"{name} is on no page: show it in README.md or in docs/"


def test_every_option_of_a_command_has_help():
    for name, command in COMMANDS.items():
        silent = [written for written, said in options(command, name) if not re.sub(r"\[[^]]*\]", "", said).strip()]
        assert not silent, f"{name}: give help= to {', '.join(silent)}"


def test_an_example_of_the_help_can_be_typed():
    for name, line in EXAMPLES:
        assert line.startswith((name, "lineage --")), f"{name} shows the example of another command: {line}"
    assert {line: fault for _, line in EXAMPLES if (fault := fault_of(line))} == {}


@pytest.mark.parametrize(
    ("name", "line"),
    [
        (name, line)
        for name, line in EXAMPLES
        if line.startswith(name) and not name.startswith(tuple(NOT_RUN)) and " --ask" not in line  # asks the network
    ],
    ids=lambda text: text[:60],
)
def test_an_example_of_the_help_answers(
    name: str, line: str, given: CommandContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    words = shlex.split(line)[len(name.split()) :]
    result = CliRunner().invoke(COMMANDS[name], words, obj=given, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    assert result.output


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.__name__)
def test_every_field_of_a_file_has_a_meaning(noun: type):
    silent = [name for name, _, meaning in fields(noun) if not meaning]
    assert not silent, f"say what they mean in the line below them in {noun.__name__}: {', '.join(silent)}"


def test_every_column_has_a_meaning():
    assert not [column.name for columns in COLUMNS.values() for column in columns if not column.meaning]


# The site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The documentation as HTML, built as `make docs` builds it, in which a warning is a fault."""
    folder = tmp_path_factory.mktemp("site")
    build = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html", DOCS, folder]
    result = subprocess.run(build, capture_output=True, encoding="utf-8", check=False)
    assert result.returncode == 0, result.stderr
    return folder


@pytest.mark.long
def test_the_site_has_every_page_and_what_is_generated(site: Path):
    for page in sorted(DOCS.rglob("*.md")):
        assert (site / page.relative_to(DOCS)).with_suffix(".html").is_file()
    commands_page = (site / "reference" / "commands.html").read_text("utf-8")
    assert all(name in commands_page for name in COMMANDS)
    formats_page = (site / "reference" / "formats.html").read_text("utf-8")
    assert all(each.purpose.replace("&", "&amp;") in formats_page for each in FORMATS)
    assert "generated:" not in commands_page + formats_page


@pytest.mark.long
def test_the_site_loads_nothing_from_elsewhere(site: Path):
    loading = re.compile(r"<(?:script|img|link|iframe|source)\b[^>]*?(?:src|href)=[\"'](?:https?:)?//[^\"']*", re.I)
    pages, sheets = list(site.rglob("*.html")), list(site.rglob("*.css"))
    assert pages
    assert sheets
    for page in pages:
        found = [each for each in loading.findall(page.read_text("utf-8")) if "canonical" not in each]
        assert not found, page
    for sheet in sheets:
        text = sheet.read_text("utf-8")
        assert not re.search(r"url\([\"']?(?:https?:)?//|@import\s+[\"'](?:https?:)?//", text), sheet
