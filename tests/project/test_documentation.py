"""What the documentation shows is what happens: every command, output and snippet in it is run."""

from __future__ import annotations

import doctest
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from zipfile import ZipFile

import pytest

from graph.model.storage import load_corpus
from scripts.build_example import QUESTION, corpus_steps

from ..helpers.commands import lineage_command
from ..helpers.documentation import (
    DOCS,
    FOR_DEVELOPERS,
    PAGES,
    README,
    ROOT,
    WRITTEN,
    blocks,
    fault_of,
    sentences,
    shown_files,
    spans,
)

NOT_RUN_HERE = {
    "asking_scholar.md": "needs the service; tests/sources/test_scholar_client.py",
    "bulk.md": "needs a store of the whole literature",
    "fetching.md": "needs a corpus that was fetched",
    "measures.md": "tests/analysis/test_measures.py",
}
SNIPPETS = [page for page in PAGES if blocks(page, "python") and page.name not in NOT_RUN_HERE]
"""The pages whose Python is run as it stands."""
TARGETS = set(re.findall(r"^([a-z0-9-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))


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
    for step in corpus_steps(ROOT / "examples" / "cryptography", folder / "cryptography"):
        assert lineage_command(*step).returncode == 0
    return folder


# What the pages show


def test_the_readme_is_read_in_a_minute_and_answers_in_it():
    text = README.read_text("utf-8")
    assert len(text.splitlines()) < 100
    question, answer = next((command, output) for page, command, output in sessions() if page == README.name)
    assert question.startswith('lineage path "BERT → InstructGPT"')
    assert [line[0] for line in answer.splitlines() if re.match(r"\d\.", line)] == ["1", "2"]
    assert answer.count("why: ") == 4, "every hop has its reason"
    assert "..." not in answer.replace("... and", ""), "as it is printed"


@pytest.mark.parametrize("place", ["graph/", "scripts/fetch_metadata.py", "data/", "output/", "tests/"])
def test_the_readme_names_the_places_of_a_checkout(place: str):
    assert f"`{place}`" in README.read_text("utf-8")
    assert (ROOT / place).exists()


@pytest.mark.parametrize(("page", "command", "expected"), list(sessions()), ids=lambda text: text[:40])
def test_a_command_prints_what_the_page_shows(
    page: str, command: str, expected: str, folder: Path, monkeypatch: pytest.MonkeyPatch
):
    """What the README shows is typed into a shell; the other pages' commands need not load everything each time."""
    monkeypatch.chdir(folder)
    if page == README.name or set(command) & set("|<>&;$`*?"):
        printed = in_a_shell(command)
    else:
        name, *words = shlex.split(command)
        assert name == "lineage"
        printed = lineage_command(*words, merged=True).stdout
    matches = doctest.OutputChecker().check_output(expected, printed, doctest.ELLIPSIS)
    assert matches, f"$ {command}\nprints\n{printed}(end)\nand {page} shows\n{expected}(end)"


def in_a_shell(command: str) -> str:
    scripts = Path(sys.executable).parent
    environment = os.environ | {"PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}", "PYTHONUTF8": "1"}
    return subprocess.run(
        command, shell=True, env=environment, encoding="utf-8",
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, timeout=120,
    ).stdout  # fmt: skip


def test_a_command_that_is_shown_without_its_output_can_be_typed():
    assert {(page, line): fault for page, line in typed() if (fault := fault_of(line))} == {}


def test_what_a_sentence_calls_a_command_is_one():
    """A sentence may leave out what the command needs, but names no command and no option that does not exist."""
    commands = {(page, " ".join(span.split())) for page in (*PAGES, *FOR_DEVELOPERS) for span in spans(page)}
    ours = {(page, line) for page, line in commands if line.startswith("lineage ") and "COMMAND" not in line}
    assert {(page, line): fault for page, line in ours if (fault := fault_of(line, whole=False))} == {}
    for page, line in commands:
        if line.startswith("make ") and "NAME" not in line:
            assert set(re.sub(r"[A-Z]+=\S+", "", line).split()[1:]) <= TARGETS, (page, line)


@pytest.mark.parametrize("page", SNIPPETS, ids=lambda page: page.name)
def test_the_python_of_a_page_runs_and_prints_what_the_page_says(page: Path, folder: Path):
    code = "\n".join(blocks(page, "python"))
    command = [sys.executable, "-W", "error", "-c", code]
    run = subprocess.run(command, capture_output=True, encoding="utf-8", check=True, cwd=folder)
    assert len(run.stdout.splitlines()) == code.count("print(")
    assert [line for line in run.stdout.splitlines() if line not in code] == []


def test_the_line_of_python_in_the_readme_makes_the_table_that_it_promises():
    (line,) = [span for span in spans(README) if span.startswith("from graph import")]
    statement, _, expression = line.partition("; ")
    names: dict[str, object] = {}
    exec(statement, names)
    hops = eval(expression, names)
    assert {"devlin2018", "ouyang2022"} <= set(hops.to_numpy().ravel())


def test_every_link_between_files_leads_somewhere():
    link = re.compile(r"(?:\]\(|src=\")(?!https?:)([^)#\"]+)")
    targets = {(page, target) for page in PAGES for target in link.findall(sentences(page))}
    assert {(page, target) for page, target in targets if not (page.parent / target).exists()} == set()


def test_every_picture_of_the_documentation_is_shown_on_a_page():
    shown = {name for page in WRITTEN for name in re.findall(r"images/([\w.-]+)", page.read_text("utf-8"))}
    assert {picture.name for picture in (DOCS / "images").iterdir()} == shown


def test_the_figure_of_the_tutorial_is_what_its_command_draws(folder: Path):
    command = next(command for _, command, _ in sessions() if command.endswith("-o figure.svg"))
    drawn = folder / "figure.svg"
    assert lineage_command(*shlex.split(command)[1:-1], drawn).returncode == 0
    kept = DOCS / "figures" / "paths.svg"
    assert drawn.read_bytes() == kept.read_bytes(), f"{command.replace('figure.svg', str(kept.relative_to(ROOT)))}"


def test_the_figure_of_the_second_field_is_what_its_bibliographies_make(folder: Path):
    field = folder / "cryptography"
    given = ["--list", field / "reading_list.toml", "--corpus", field / "snapshot"]
    drawn = lineage_command(*given, "export", "svg", "--of", QUESTION, "--top", "3").stdout
    assert drawn == (DOCS / "figures" / "cryptography.svg").read_text("utf-8"), "make example, and copy its figure"


def test_every_citation_of_the_second_field_is_printed_in_one_of_its_files(folder: Path):
    printed = {path.stem: path.read_text("utf-8") for path in (ROOT / "examples/cryptography/printed").iterdir()}
    entries = sum(text.count(r"\bibitem") for text in printed.values())
    corpus = load_corpus(folder / "cryptography" / "snapshot")
    assert {citation.citing for citation in corpus.citations} == set(printed)
    assert entries == 114
    assert len(corpus.citations) == entries - 2, "two entries of RSA have no title"


# The paper of the tutorial


@pytest.fixture(scope="module")
def written_paper(folder: Path) -> Path:
    """The folder of a reader who has exported the figure and the bibliography of the tutorial."""
    for page, command, _ in sessions():
        if page == "tutorial.md" and " -o " in command:
            *words, name = shlex.split(command)
            assert lineage_command(*words[1:], folder / name).returncode == 0
    return folder


def typed_in_the_tutorial(tool: str, folder: Path) -> None:
    """Run the lines of the tutorial that begin with a tool, which has to be there."""
    lines = [
        line for block in blocks(DOCS / "tutorial.md", "sh") for line in block.splitlines() if line.startswith(tool)
    ]
    assert lines
    if shutil.which(tool) is None:
        pytest.fail(f"{tool} is missing: `make test` and `make long` install what they need", pytrace=False)
    for line in lines:
        run = subprocess.run(line, shell=True, cwd=folder, capture_output=True, encoding="utf-8", check=False)
        assert run.returncode == 0, run.stdout + run.stderr


def test_the_markdown_of_the_tutorial_becomes_a_word_file_with_the_figure_and_the_references(written_paper: Path):
    typed_in_the_tutorial("pandoc", written_paper)
    with ZipFile(written_paper / "paper.docx") as word:
        text = re.sub(r"<[^>]+>", "", word.read("word/document.xml").decode("utf-8"))
        pictures = [word.read(name) for name in word.namelist() if name.startswith("word/media/")]
    assert (written_paper / "figure.svg").read_bytes() in pictures
    assert "(Devlin et al. 2019)" in text
    assert "Scaling Language Models: Methods, Analysis & Insights" in unescape(text)
    assert "[@" not in text


@pytest.mark.long
def test_the_latex_of_the_tutorial_becomes_a_pdf_with_the_figure_and_the_references(written_paper: Path):
    typed_in_the_tutorial("rsvg-convert", written_paper)
    typed_in_the_tutorial("latexmk", written_paper)
    log = (written_paper / "paper.log").read_text("utf-8", "replace")
    assert "undefined" not in log, "a citation or a reference leads nowhere"
    run = subprocess.run(["pdftotext", written_paper / "paper.pdf", "-"], capture_output=True, check=True)
    text = " ".join(run.stdout.decode("utf-8").split())
    assert "BERT [1] reached InstructGPT [2] by way of Gopher [3]" in text
    assert "Gopher cites BERT: printed bibliography of arXiv:2112.11446v2, entry 43" in text  # the figure, as text
    assert "[1] Jacob Devlin, Ming-Wei Chang" in text
