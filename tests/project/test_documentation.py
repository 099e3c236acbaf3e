"""What the documentation shows is what happens: every command, output and snippet in it is run."""

from __future__ import annotations

import doctest
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ..helpers.commands import lineage_command
from ..helpers.documentation import DOCS, PAGES, ROOT, WRITTEN, blocks, parse, shown_files

NOT_RUN_HERE = {
    "asking_scholar.md": "needs the service; tests/sources/test_scholar_client.py",
    "README.md": "below, with what it prints",
    "bulk.md": "needs a store of the whole literature",
    "fetching.md": "needs a corpus that was fetched",
    "measures.md": "tests/analysis/test_measures.py",
}
SNIPPETS = [page for page in PAGES if blocks(page, "python") and page.name not in NOT_RUN_HERE]
"""The pages whose Python is run as it stands."""


def sessions() -> Iterator[tuple[str, str, str]]:
    """Every page's commands, each with the output that it shows for it."""
    for page in PAGES:
        for block in blocks(page, "console"):
            for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
                command, _, output = part.partition("\n")
                yield page.name, command, output


def typed() -> Iterator[tuple[str, str]]:
    """Every line for a shell that begins with our command, with the page that shows it."""
    for page in PAGES:
        for block in blocks(page, "sh"):
            for line in re.sub(r"\\\n\s*", "", block).splitlines():
                command = line.strip().removeprefix(".venv/bin/")
                if command.startswith("lineage "):
                    yield page.name, command


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty folder with the files that the pages show, each of which begins with its name."""
    folder = tmp_path_factory.mktemp("reader")
    for page in PAGES:
        for name, text in shown_files(page).items():
            file = folder / name
            assert not file.exists() or file.read_text("utf-8") == text, f"{page} shows another {name}"
            file.write_text(text, "utf-8")
    return folder


# What the pages show


def test_the_readme_shows_the_three_jobs():
    commands_shown = [command for _, command, _ in sessions()]
    assert any(command.startswith("lineage build") for command in commands_shown)
    assert any('path "BERT → InstructGPT"' in command for command in commands_shown)


@pytest.mark.parametrize(("page", "command", "expected"), list(sessions()), ids=lambda text: text[:40])
def test_a_command_prints_what_the_page_shows(
    page: str, command: str, expected: str, folder: Path, monkeypatch: pytest.MonkeyPatch
):
    """What the README shows is typed into a shell; the other pages' commands need not load everything each time."""
    monkeypatch.chdir(folder)
    if page == "README.md" or set(command) & set("|<>&;$`*?"):
        printed = in_a_shell(command)
    else:
        name, *words = shlex.split(command)
        assert name == "lineage"
        printed = lineage_command(*words, merged=True).stdout
    matches = doctest.OutputChecker().check_output(expected, printed, doctest.ELLIPSIS)
    assert matches, f"$ {command}\nprints\n{printed}"


def in_a_shell(command: str) -> str:
    scripts = Path(sys.executable).parent
    environment = os.environ | {"PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}", "PYTHONUTF8": "1"}
    return subprocess.run(
        command, shell=True, env=environment, encoding="utf-8",
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, timeout=120,
    ).stdout  # fmt: skip


@pytest.mark.parametrize(("page", "line"), list(typed()))
def test_a_command_that_is_shown_without_its_output_can_be_typed(page: str, line: str):
    parse(line)


@pytest.mark.parametrize("page", SNIPPETS, ids=lambda page: page.name)
def test_the_python_of_a_page_runs(page: Path, folder: Path):
    code = "\n".join(blocks(page, "python"))
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True, cwd=folder)


def test_the_python_snippet_of_the_readme_prints_what_it_says():
    code = blocks(ROOT / "README.md", "python")[0]
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True, cwd=ROOT)
    assert result.stdout.strip() in code


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_between_files_leads_somewhere(page: Path):
    text = page.read_text("utf-8")
    for target in re.findall(r"(?:\]\(|src=\")(?!https?:)([^)#\"]+)", text):
        assert (page.parent / target).exists(), target


def test_every_picture_of_the_documentation_is_shown_on_a_page():
    shown = {name for page in WRITTEN for name in re.findall(r"images/([\w.-]+)", page.read_text("utf-8"))}
    assert {picture.name for picture in (DOCS / "images").iterdir()} == shown


def test_the_figure_of_the_tutorial_is_what_its_command_draws(folder: Path):
    command = next(command for _, command, _ in sessions() if command.endswith("-o figure.svg"))
    drawn = folder / "figure.svg"
    assert lineage_command(*shlex.split(command)[1:-1], drawn).returncode == 0
    kept = DOCS / "figures" / "paths.svg"
    assert drawn.read_bytes() == kept.read_bytes(), f"{command.replace('figure.svg', str(kept.relative_to(ROOT)))}"
