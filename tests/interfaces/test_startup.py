"""A command loads what it needs and no more; `benchmarks/startup.py` has the times."""

from __future__ import annotations

import shlex
import subprocess
import sys
from functools import cache

import click
import pytest
from click.testing import CliRunner

from graph.interfaces.cli import bulk
from graph.interfaces.cli.lazy_group import LazyGroup
from graph.interfaces.cli.main import _COMMANDS, cli

from ..helpers.commands import python

SLOW = {
    "IPython", "duckdb", "ibis", "lxml", "mcp", "networkx", "numba", "pandas", "playwright", "pyarrow", "pydantic",
    "pyspark", "pyvis", "requests", "scipy", "semanticscholar", "starlette",
}  # fmt: skip


_CODE = """
import sys
from graph.__main__ import main
for command in sys.argv[1:]:
    sys.argv[1:] = command.split("\\t")
    try:
        main()
    except SystemExit as end:
        assert end.code == 0, command
print(*sys.modules, file=sys.stderr)
"""


@cache
def modules_of(*commands: str) -> set[str]:
    """The modules that are loaded after some commands, which run one after the other in a process of their own."""
    words = ["\t".join(shlex.split(command)) for command in commands]
    result = subprocess.run([sys.executable, "-c", _CODE, *words], capture_output=True, text=True, check=True)
    assert result.stdout
    return set(result.stderr.split())


def test_a_module_that_is_loaded_would_be_seen():
    assert {"numpy", "graph.model.lineage"} <= modules_of("show")


def modules_of_python(code: str) -> set[str]:
    return set(python(f"{code}; import sys; print(*sys.modules)").split())


def test_no_command_loads_a_library_that_is_slow_to_load_and_not_needed():
    commands = (
        *("--help", "path --help", "mcp --help", "path BERT InstructGPT", "path BERT InstructGPT --json"),
        *("path '* → InstructGPT'", "show BERT", "show"),
    )
    assert not SLOW & modules_of(*commands)


def test_the_help_loads_neither_the_corpus_nor_numpy_nor_the_commands():
    loaded = modules_of("--help")
    needless = {
        "numpy",
        "msgspec",
        "graph.model.corpus",
        "graph.model.lineage",
        "graph.sources.fetch",
        "graph.analysis.measures",
    }
    assert needless & loaded == set()
    assert {f"graph.interfaces.cli.{module}" for module, _ in _COMMANDS.values()} & loaded == set()


def test_a_question_about_paths_does_not_load_what_other_questions_and_orders_need():
    needless = {
        "difflib",
        "fractions",
        "graph.analysis.acyclic",
        "graph.analysis.ancestry",
        "graph.analysis.grouped_paths",
        "graph.interfaces.questions",
        "json",
    }
    assert needless & modules_of("path BERT InstructGPT") == set()


def test_importing_the_package_loads_nothing():
    assert not (SLOW | {"numpy", "click", "msgspec"}) & modules_of_python("import graph")
    assert not (SLOW | {"numpy", "jinja2"}) & modules_of_python("import graph.interfaces.cli.main")


@pytest.mark.parametrize(("group", "commands"), [(cli, _COMMANDS), (bulk.bulk_command, bulk._COMMANDS)])
def test_the_summary_in_the_help_is_the_first_sentence_of_the_command(
    group: LazyGroup, commands: dict[str, tuple[str, str]]
):
    for name, (_, written) in commands.items():
        command = group.get_command(click.Context(group), name)
        assert command is not None, name
        first = command.get_short_help_str(limit=1000)
        assert written == first, f"write it into _COMMANDS of the group: {name!r}: {first!r}"


def test_a_mistyped_command_of_a_group_is_answered_with_the_nearest_one():
    result = CliRunner().invoke(cli, ["bulk", "ingst"])
    assert result.exit_code == 2
    assert "did you mean 'ingest'?" in result.output
