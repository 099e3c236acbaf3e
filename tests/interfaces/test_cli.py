"""The command as a person meets it: answers on stdout, talk on stderr, one clear message for a fault."""

from __future__ import annotations

import json
import resource
import shlex
import shutil
import signal
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from graph.index.store_layout import Manifest, write_manifest
from graph.model.lineage import Lineage
from graph.model.shipped_data import data_folder, reading_list_path, snapshot_path
from graph.model.storage import save_corpus
from graph.utils.generations import sha256

from ..helpers.commands import (
    lineage_command,
    lineage_process,
    lineage_started,
    message_of,
    refused,
    the_same_in_every_run,
)
from ..helpers.hostile import TEXTS

Options = tuple[str, ...]


@pytest.fixture(scope="module")
def little(hostile: Lineage, tmp_path_factory: pytest.TempPathFactory) -> Options:
    """The options that name a small list and a small corpus, where size proves nothing."""
    folder = tmp_path_factory.mktemp("little")
    save_corpus(hostile.corpus, folder / "corpus")
    (folder / "list.toml").write_text(
        'title = "Little"\n[[themes]]\nid = "a"\nname = "A"\n'
        '[[entries]]\nnumber = 1\nthemes = ["a"]\ntitle = "One"\narxiv = "0001.0000"\n',
        "utf-8",
    )
    return ("--list", str(folder / "list.toml"), "--corpus", str(folder / "corpus"))


def test_a_path_is_answered_on_stdout_and_nothing_else_is_said():
    result = lineage_process("path", "BERT → InstructGPT", "--list-only")
    assert (result.returncode, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[0] == "BERT → InstructGPT: no direct citation; 3 paths within the list."
    assert "1. BERT → Gopher → InstructGPT   (2 hops, within the list)" in lines
    assert any("cites Gopher: printed bibliography of arXiv:2203.02155v1, entry 62" in line for line in lines)


@pytest.mark.parametrize(
    ("question", "sooner"),
    [
        (("path", "6", "17"), "--max-hops, --between and --avoid leave out papers"),
        (
            ("path", "6", "17", "--rank", "main"),
            "this order reads every citation between the two, the shortest paths come sooner",
        ),
        (("flow", "6", "17"), "'lineage path' counts the paths alone and comes sooner"),
        (("main-path", "6", "17"), "'lineage path --rank main' shows paths of the greatest sums sooner"),
        (("main-path", "--within", "list"), "--within list and --theme leave papers out"),
    ],
)
def test_whoever_waits_for_long_is_told_what_comes_sooner(
    question: tuple[str, ...], sooner: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("graph.interfaces.cli.patience.SECONDS", -1)
    monkeypatch.setattr("graph.algorithms.budget.ASK_EVERY", 1)
    result = lineage_command(*question)
    assert result.returncode == 0
    assert f"this takes more than ten seconds; {sooner}" in " ".join(result.stderr.split())


def test_the_answer_as_json_has_the_same_paths():
    answer = json.loads(lineage_command("path", "6", "17", "--json", "--top", "4").stdout)
    assert [[paper["name"] for paper in path["papers"]] for path in answer["paths"]] == [
        ["BERT", "Gopher", "InstructGPT"],
        ["BERT", "GPT-2", "InstructGPT"],
        ["BERT", "GPT-3", "InstructGPT"],
        ["BERT", "FLAN", "InstructGPT"],
    ]
    assert answer["total_in_list"] == 3
    assert answer["paths"][0]["hops"][1]["sources"][0]["label"] == "printed bibliography of arXiv:2203.02155v1"


def test_an_answer_is_the_same_to_the_byte_in_every_run():
    queries = (
        ("Fast Weights", "PPO"),
        ("6", "17", "--rank", "diverse"),
        ("1", "17", "--rank", "strongest"),
        ("* → 17",),
        ("6", "17", "--longest"),
    )
    assert all(map(json.loads, the_same_in_every_run(*(("path", *query, "--json") for query in queries))))


def test_no_path_is_an_answer_with_its_own_exit_code():
    result = lineage_process("path", "InstructGPT", "BERT")
    assert result.returncode == 1
    assert "The other direction exists: BERT → InstructGPT" in result.stdout
    assert "could hide a path" in result.stdout


def test_an_arrow_that_the_shell_took_away_is_noticed(tmp_path: Path):
    """`lineage path BERT -> InstructGPT` without quotes: the shell leaves "BERT -"."""
    assert "the shell took '>' for a redirection" in message_of(lineage_process("path", "BERT", "-", cwd=tmp_path))
    assert "two papers are needed" in refused("path", "", "")


def test_a_mistyped_option_is_refused_with_the_nearest():
    for command, typed, meant in (("path", "--tpo=3", "--top"), ("read", "--list_only", "--list-only")):
        told = f"No such option '{typed.partition('=')[0]}'. Did you mean '{meant}'?"
        assert told in refused(command, "BERT", "InstructGPT", typed)


@pytest.mark.parametrize("command", [("path", "6", "17"), ("build",)])
def test_an_option_of_all_commands_that_stands_after_one_is_told_where_it_belongs(command: Options):
    assert f"stands before it: lineage --list ... {command[0]}" in refused(*command, "--list", "mine.toml")


def test_a_mistyped_command_suggests_the_one_that_is_meant():
    assert "did you mean 'build'?" in refused("bild")
    assert "did you mean" not in refused("frobnicate")


def test_the_list_of_commands_says_of_each_in_one_line_what_it_is_for(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("COLUMNS", "80")
    listed = lineage_command("--help").stdout.split("Commands:\n")[1]
    cut = [line for line in listed.splitlines() if line.endswith("...") and not line.startswith("  bulk ")]
    assert cut == []


def test_what_a_paper_with_unknown_references_cites_is_unknown_and_not_nothing():
    shown = lineage_command("show", "layer normalization").stdout
    assert "  cites          unknown\n" in shown
    assert "  ancestors      unknown\n" in shown


def test_one_of_a_thing_is_not_told_as_several():
    assert "; 1 other)" in lineage_command("show", "layer normalization").stdout
    assert "from 1 paper that cites none of the others" in lineage_command("main-path", "6", "17").stdout


def test_an_unknown_name_suggests_and_an_ambiguous_one_lists():
    assert "did you mean BERT, BART, ResNet?" in refused("path", "BRET", "InstructGPT")
    message = refused("show", "attention")
    assert "could be" in message
    assert "vaswani2017  2017 [2]  Attention Is All You Need" in message


def test_the_help_keeps_the_lines_of_its_examples():
    assert "\n  lineage path BERT to InstructGPT\n" in lineage_command("path", "--help").stdout


def test_show_describes_a_paper_and_the_list():
    assert "Jacob Devlin" in lineage_command("show", "BERT").stdout
    listing = lineage_command("show").stdout
    assert "24  2022  InstructGPT" in listing
    form = json.loads(lineage_command("show", "Gopher", "--json").stdout)
    assert form["key"] == "rae2021"
    assert "devlin2018" in form["cites"]["list"]


def test_audit_tells_coverage_circles_and_what_one_source_lacks():
    text = lineage_command("audit").stdout
    assert "BERT cites GPT: only printed bibliography of arXiv:1810.04805v2" in text
    assert "4 papers: FLAN, HHH Assistant, Gopher, InstructGPT" in text
    assert "Fast Weights (1992): cites no paper of the list" in text
    form = json.loads(lineage_command("audit", "--json").stdout)
    assert form["isolated"] == ["schmidhuber1992"]
    merges = lineage_command("audit", "--merges").stdout
    assert "print:devlin2018#38 is radford2018" in merges


def test_snapshot_check_says_whether_the_snapshot_is_what_the_facts_make(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    # tests/sources/test_shipped_corpus.py makes the snapshot itself anew.
    for stale, code in (({}, 0), ({"papers.jsonl": "differs"}, 1)):
        monkeypatch.setattr("graph.sources.snapshot.stale_files", lambda _, stale=stale: stale)
        result = lineage_command("snapshot", "--check", "--data", data_folder())
        assert result.returncode == code
        assert ("papers.jsonl" in result.stdout + result.stderr) is bool(stale)
    monkeypatch.undo()
    assert "papers.toml is missing" in refused("snapshot", "--check", "--data", tmp_path)


def test_a_snapshot_that_is_up_to_date_is_left_and_what_is_written_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("graph.sources.snapshot.snapshot_files", lambda _: {"one.jsonl": "ö\n", "index": b"2"})
    (tmp_path / "papers.toml").touch()
    folder = tmp_path / "snapshot"
    folder.mkdir()
    (folder / "index").write_bytes(b"2")
    said = [lineage_command("snapshot", "--data", tmp_path).stderr for _ in range(2)]
    assert said == [f"{folder / 'one.jsonl'}: written\n", f"{folder}: up to date with the facts; nothing was written\n"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (('id = "rlhf"', 'id = "rl"'), "theme 'rlhf' is not defined"),
        (("number = 2\n", "number = 1\n"), "entry 1: the number is used 2 times"),
        (("[[entries]]", "[[entries"), "broken TOML"),
        (('arxiv = "1706.03762"\n', ""), "entry 2: it has no identifier"),
    ],
)
def test_a_faulty_reading_list_is_one_clear_message(tmp_path: Path, change: tuple[str, str], message: str):
    path = tmp_path / "mine.toml"
    path.write_text(reading_list_path().read_text("utf-8").replace(*change, 1), "utf-8")
    fault = refused("--list", path, "build", "-o", tmp_path / "out")
    assert message in fault
    assert str(path) in fault
    assert not (tmp_path / "out").exists()


def test_a_list_that_takes_two_papers_for_one_is_told_once_and_in_the_audit(tmp_path: Path):
    path = tmp_path / "mixed.toml"
    entry = '[[entries]]\nnumber = {}\nnames = ["T5"]\narxiv = "1910.10683"\n{}\n'
    title = 'title = "BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding"'
    path.write_text('title = "M"\n' + entry.format(1, 'acl = "N19-1423"') + entry.format(2, title), "utf-8")
    remark = "entry 1 names BERT (devlin2018, by acl:N19-1423) and T5 (raffel2019, by arxiv:1910.10683)"
    for command in (("show",), ("fetch", path, "--dry-run")):
        said = lineage_command("--list", path, *command).stderr
        assert said.count(" names ") == 1
        assert f"{path}: {remark}, and counts as one paper" in said
        assert "(2 more like it: 'lineage audit' lists them)" in said
    text = lineage_command("--list", path, "audit").stdout
    assert "Entries and names that mean several papers: 3\n" in text
    assert f"  {remark}" in text
    assert "  'T5' names BERT (devlin2018, entry 1) and T5 (raffel2019, entry 2)" in text
    assert len(json.loads(lineage_command("--list", path, "audit", "--json").stdout)["mixed"]) == 3


def test_a_missing_list_or_corpus_is_told(tmp_path: Path):
    assert "no such file" in refused("--list", tmp_path / "no.toml", "show")
    assert "no corpus here" in refused("--corpus", tmp_path, "show")


@pytest.mark.parametrize("words", [["show"], ["path", "BERT", "GPT"], ["export", "gexf"]])
def test_a_store_given_as_a_corpus_is_named_with_the_option_that_takes_it(tmp_path: Path, words: list[str]):
    store = tmp_path / "my store"
    write_manifest(store, Manifest(None, {}))
    fault = refused("--corpus", store, *words)
    assert f"{store}: this is a store, not a corpus; a store is read with --store: lineage --store '{store}'" in fault


def test_a_corpus_given_as_a_store_is_named_with_the_option_that_takes_it(tmp_path: Path):
    shutil.copy(snapshot_path() / "manifest.json", tmp_path)
    message = "manifest.json: this is a corpus, not a store; a corpus is read with --corpus"
    assert message in refused("--store", tmp_path, "show", "BERT")
    assert message in refused("bulk", "index", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["manifest.json"]


def test_an_export_given_as_a_reading_list_is_named_with_the_command_that_makes_a_list_of_it(tmp_path: Path):
    path = tmp_path / "my refs.bib"
    path.write_text("@article{a, title={On Tides}, year={2018}}", "utf-8")
    said = refused("--list", path, "show")
    assert "this is BibTeX, not a reading list" in said
    assert f"lineage fetch '{path}'" in said
    path = tmp_path / "README.md"
    path.write_text("[Tides](tides.md) is a package. It reads\ntables, and it\nwrites them.\n", "utf-8")
    assert "README.md: this is running text" in refused("--list", path, "show")


def test_a_broken_bibliography_is_told_with_file_and_row(tmp_path: Path):
    data = tmp_path / "data"
    for path in data_folder().rglob("*"):
        if path.is_file() and "snapshot" not in path.parts:
            (data / path.relative_to(data_folder())).parent.mkdir(parents=True, exist_ok=True)
            (data / path.relative_to(data_folder())).write_bytes(path.read_bytes())
    bibliography = data / "bibliographies" / "schulman2017.csv"
    lines = bibliography.read_text("utf-8").splitlines(keepends=True)
    bibliography.write_text(
        "".join([*lines[:3], "4,Title,Author,two thousand,,,,,\n", "5,only two\n", *lines[5:]]), "utf-8"
    )
    assert "schulman2017.csv, line 5: 2 cells instead of 9" in refused("snapshot", "--data", data)
    assert not (data / "snapshot").exists()
    bibliography.write_text("".join([*lines[:3], "4,Title,Author,two thousand,,,,,\n", *lines[4:]]), "utf-8")
    assert "schulman2017.csv, line 4: year is 'two thousand'" in refused("snapshot", "--data", data)


def test_a_folder_that_cannot_be_written_is_told_and_nothing_is_changed(little: Options, tmp_path: Path):
    (tmp_path / "out").write_text("a file")
    fault = refused(*little, "build", "-o", tmp_path / "out" / "deeper")
    assert "cannot write" in fault
    assert "choose another folder" in fault
    assert (tmp_path / "out").read_text() == "a file"


def test_a_full_disk_leaves_the_old_output_as_it_was(little: Options, tmp_path: Path):
    """The limit on the size of a file stands for a disk that fills while a page is written."""
    out = tmp_path / "out"
    lineage_command(*little, "build", "-o", out)
    page, manifest = out / "lineage.html", out / "manifest.json"
    manifest.write_text(
        manifest.read_text("utf-8").replace(sha256(page.read_bytes()), sha256("an older page")), "utf-8"
    )
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    assert min(len(before[name]) for name in before if name.endswith(".html") and name != "index.html") > 50_000
    page.write_text("an older page")

    def small_disk() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))

    fault = message_of(lineage_process(*little, "build", "-o", out, preexec_fn=small_disk))
    assert "cannot write (File too large)" in fault
    assert page.read_text() == "an older page"
    after = {path.name: path.read_bytes() for path in out.iterdir()}
    assert {**after, "lineage.html": b""} == {**before, "lineage.html": b""}


def test_an_interrupted_build_says_so_and_leaves_nothing_half_written(tmp_path: Path):
    with lineage_started("build", "-o", tmp_path / "out") as process:
        assert process.stderr
        process.stderr.readline()  # the first page is being made
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "interrupted" in said
    assert "Traceback" not in said
    assert not (tmp_path / "out").exists() or list((tmp_path / "out").iterdir()) == []


@pytest.mark.parametrize(("goes", "why"), [("> /dev/full", "No space left on device"), (">&-", "closed")])
def test_an_answer_that_cannot_be_printed_is_told_and_is_no_fault_of_the_program(goes: str, why: str):
    command = f"{shlex.quote(sys.executable)} -m graph show BERT {goes}"
    result = subprocess.run(["bash", "-c", command], capture_output=True, encoding="utf-8", check=False)
    assert result.returncode == 2
    assert result.stderr.startswith("lineage: the answer cannot be printed")
    assert why in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_reader_that_goes_away_is_no_fault():
    command = f"{shlex.quote(sys.executable)} -m graph audit --merges | head -1"
    result = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], capture_output=True, encoding="utf-8", check=False
    )
    assert (result.returncode, result.stderr) == (0, "")


@pytest.mark.long
def test_building_twice_gives_the_same_bytes(tmp_path: Path):
    for name in ("one", "two"):
        result = lineage_process("build", "-o", tmp_path / name, env={"PYTHONHASHSEED": str(len(name) + ord(name[0]))})
        assert result.returncode == 0, result.stderr
        assert result.stdout.strip() == str(tmp_path / name / "lineage.html")
    one, two = ({p.name: p.read_bytes() for p in (tmp_path / name).iterdir()} for name in ("one", "two"))
    assert set(one) == {
        "index.html", "lineage.html", "neighbourhood.html", "lineage.graphml", "neighbourhood.graphml",
        "theme-architecture.html", "theme-scaling.html", "theme-alignment.html", "theme-rlhf.html",
        "papers.csv", "citations.csv", "manifest.json",
    }  # fmt: skip
    assert one == two


def test_another_reading_list_works_on_the_same_corpus(tmp_path: Path):
    path = tmp_path / "mine.toml"
    path.write_text(
        'title = "Mine"\n[[themes]]\nid = "a"\nname = "A"\n'
        '[[entries]]\nnumber = 1\nthemes = ["a"]\ntitle = "T5"\narxiv = "1910.10683"\n'
        '[[entries]]\nnumber = 2\nthemes = ["a"]\ntitle = "PaLM"\narxiv = "2204.02311"\n'
        '[[entries]]\nnumber = 3\nthemes = ["a"]\ntitle = "Unheard Of"\ndoi = "10.1234/unheard"\n'
    )
    result = lineage_command("--list", path, "path", "1", "2", "--list-only")
    assert result.stdout.startswith("T5 → PaLM: a direct citation; 1 path within the list.")
    assert "unheard" in lineage_command("--list", path, "audit").stdout
    assert lineage_command("--list", path, "build", "-o", tmp_path / "out").returncode == 0


def test_hostile_titles_reach_a_terminal_without_control_characters(hostile: Lineage, tmp_path: Path):
    save_corpus(hostile.corpus, tmp_path)
    shown = ""
    for n in range(len(TEXTS)):
        shown += lineage_command("--corpus", tmp_path, "show", f"hostile{n}").stdout
    shown += lineage_command("--corpus", tmp_path, "path", "hostile0", "hostile11").stdout
    assert TEXTS[0] in shown
    assert "مرحبا بالعالم" in shown
    assert "\\x1b[31m red" in shown
    for character in set(shown) - {"\n"}:
        assert unicodedata.category(character) not in ("Cc", "Cs", "Cn", "Zl", "Zp"), repr(character)
        assert character not in "\u202c\u202e"


def test_the_package_that_is_imported_is_this_one():
    import graph

    assert Path(graph.__file__).parent == Path(__file__).parents[2] / "graph"
    assert snapshot_path().is_dir()


def test_every_command_and_every_option_is_explained():
    for command in ((), ("build",), ("path",), ("show",), ("audit",), ("snapshot",)):
        text = lineage_command(*command, "--help").stdout
        options = [line for line in text.splitlines() if line.strip().startswith("-")]
        assert options
        for line in options:
            assert len(line.split(None, 1)) == 2


def test_a_path_can_be_a_page_and_opening_nothing_is_told(tmp_path: Path):
    result = lineage_command("path", "BERT → InstructGPT", "--list-only", "--html", tmp_path / "way.html")
    assert result.returncode == 0
    assert "How did we get from BERT to InstructGPT?" in (tmp_path / "way.html").read_text("utf-8")
    assert "no pages here" in refused("open", "-o", tmp_path)
