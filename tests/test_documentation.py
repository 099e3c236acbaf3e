"""What the documentation shows is what happens: every command, output and snippet in it is run."""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), ROOT / "data" / "README.md"]


def blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)


def sessions() -> list[tuple[str, str]]:
    """Every command with the output that a page shows for it."""
    shown = [block for page in PAGES for block in blocks(page, "console")]
    return [tuple(part.split("\n", 1)) for block in shown for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty folder with the reading list that the README shows."""
    folder = tmp_path_factory.mktemp("reader")
    (folder / "mine.toml").write_text(blocks(ROOT / "README.md", "toml")[0], "utf-8")
    return folder


def test_the_readme_shows_the_three_jobs():
    commands = [command for command, _ in sessions()]
    assert any(command.startswith("lineage build") for command in commands)
    assert any('path "BERT → InstructGPT"' in command for command in commands)


@pytest.mark.parametrize(("command", "expected"), sessions(), ids=lambda text: text[:40])
def test_a_command_prints_what_the_page_shows(command: str, expected: str, folder: Path):
    scripts = Path(sys.executable).parent
    environment = os.environ | {"PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}", "PYTHONUTF8": "1"}
    result = subprocess.run(
        command, shell=True, cwd=folder, env=environment, encoding="utf-8",
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, timeout=120,
    )  # fmt: skip
    matches = doctest.OutputChecker().check_output(expected, result.stdout, doctest.ELLIPSIS)
    assert matches, f"$ {command}\nprints\n{result.stdout}"


def test_the_python_snippet_of_the_readme_runs():
    code = blocks(ROOT / "README.md", "python")[0]
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True, cwd=ROOT)
    assert result.stdout.strip() in code


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_between_files_leads_somewhere(page: Path):
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), target
