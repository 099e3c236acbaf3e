"""Answers on a terminal: they fit its width and its colours, long ones are paged, and nothing is lost or obeyed."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest

from graph.interfaces.cli.terminal import _FEW_COLOURS, _MANY_COLOURS
from graph.utils.display_width import display_width

from ..helpers.commands import lineage_command, lineage_process
from ..helpers.terminal import as_on_a_terminal, in_terminal

QUESTIONS = [
    ["path", "BERT", "InstructGPT"], ["path", "BERT", "InstructGPT", "--explain"], ["path", "Fast Weights", "PPO"],
    ["path", "* → InstructGPT"], ["path", "6", "17", "--about", "reward"], ["main-path"], ["show"], ["show", "BERT"],
    ["read", "BERT", "InstructGPT"], ["flow", "BERT", "InstructGPT"], ["themes"], ["suggest"], ["measures"],
    ["measures", "pagerank"], ["measures", "--of", "BERT"], ["audit"], ["audit", "--witnesses"],
    ["audit", "--hop", "GPT → BERT"], ["snowball", "6"], ["reasons"], ["export"], ["show", "attention"],
    ["show", "BRET"], ["--help"], ["path", "--help"], ["bulk", "ingest", "--help"], ["pth"], ["path", "--top", "x"],
]  # fmt: skip
COLOUR = re.compile(r"\x1b\[[\d;]*m")
TABLES_IN_PARTS = (["themes"], ["main-path"])
"""Their names stand before each part of a table of numbers that is too wide."""


def uncoloured(text: str) -> str:
    return COLOUR.sub("", text)


CUT_WORD = re.compile(r"(?<=[\s(])[^\W\d_]+(?:[-'\u2019][^\W\d_]*)*…")
BLANK_OR_BREAK = re.compile(r"[\s,;:(…]")


@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_a_terminal_shows_all_that_a_file_gets_in_lines_that_fit(question: list[str]):
    """Of a name that is cut inside a word the file has that part."""
    in_file = lineage_command(*question, merged=True).stdout
    for columns in (40, 80):
        shown = uncoloured(as_on_a_terminal(*question, columns=columns))
        for line in shown.split("\n"):
            assert display_width(line) <= columns or re.fullmatch(r"\s*https?://\S+", line), line
        if question not in TABLES_IN_PARTS and "--help" not in question:
            assert BLANK_OR_BREAK.sub("", shown) == BLANK_OR_BREAK.sub("", CUT_WORD.sub("…", in_file))


def test_a_path_is_a_table_where_there_is_room_and_goes_on_below_where_there_is_none():
    question = ("path", "BERT", "InstructGPT", "--top", "1", "--no-reasons")
    assert uncoloured(as_on_a_terminal(*question, columns=80)).split("\n\n")[1].splitlines() == [
        "1. BERT → Gopher → InstructGPT   (2 hops, within the list)",
        "   2018  BERT         architecture",
        "   2021  Gopher       scaling          cites BERT: printed bibliography of",
        "                                       arXiv:2112.11446v2, entry 43",
        "   2022  InstructGPT  alignment, rlhf  cites Gopher: printed bibliography of",
        "                                       arXiv:2203.02155v1, entry 62",
    ]
    assert uncoloured(as_on_a_terminal(*question, columns=40)).split("\n\n")[1].splitlines() == [
        "1. BERT → Gopher → InstructGPT",
        "   (2 hops, within the list)",
        "   2018  BERT         architecture",
        "   2021  Gopher       scaling",
        "         cites BERT: printed",
        "         bibliography of",
        "         arXiv:2112.11446v2, entry 43",
        "   2022  InstructGPT  alignment, rlhf",
        "         cites Gopher: printed",
        "         bibliography of",
        "         arXiv:2203.02155v1, entry 62",
    ]


def test_a_table_of_numbers_that_is_too_wide_is_shown_in_parts_with_the_names_before_each():
    shown = uncoloured(as_on_a_terminal("themes", columns=40)).splitlines()
    assert [line.split() for line in shown[2:12]] == [
        ["architecture", "scaling"],
        ["architecture", "13.0", "16.0"],
        ["scaling", "3.0", "7.0"],
        ["alignment", "1.5", "0.0"],
        ["rlhf", "0.5", "2.0"],
        ["alignment", "rlhf"],
        ["architecture", "0.0", "6.0"],
        ["scaling", "0.5", "0.5"],
        ["alignment", "1.0", "0.0"],
        ["rlhf", "3.5", "5.5"],
    ]
    assert {len(line) for line in shown[2:7]} == {len(shown[2])}, "numbers end where their headings end"


NAMES = ["BERT", "深度双向变换器", "🔬 in the lab", "Re\u0301sume\u0301", "שלום עולם", "한국어 논문 제목"]


@pytest.fixture(scope="module")
def written_in_all_letters(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("letters") / "list.toml"
    entries = [
        f'[[entries]]\nnumber = {n}\nthemes = ["a"]\nnames = ["{name}"]\ntitle = "Title {n}"\narxiv = "9901.0000{n}"\n'
        for n, name in enumerate(NAMES, 1)
    ]
    file.write_text('title = "L"\n[[themes]]\nid = "a"\nname = "A"\n' + "".join(entries), "utf-8")
    return file


def test_columns_line_up_whatever_the_letters(written_in_all_letters: Path):
    """An emulator of a terminal says in which column a text stands."""
    shown = in_terminal("--list", written_in_all_letters, "show", lines=40)
    columns = {
        column for row in shown.cells for column in range(len(row) - 4) if "".join(row[column : column + 5]) == "Title"
    }
    assert len(columns) == 1
    assert sum("Title" in "".join(row) for row in shown.cells) == len(NAMES)


def test_what_is_sent_elsewhere_is_not_laid_out():
    """Neither a width nor a colourful terminal in the environment changes a file."""
    narrow = {"COLUMNS": "40", "TERM": "xterm-256color", "COLORTERM": "truecolor", "PAGER": "false"}
    in_file = lineage_process("path", "6", "17", env=narrow).stdout
    assert in_file == lineage_command("path", "6", "17").stdout
    assert max(map(len, in_file.splitlines())) > 150


# Colours


def test_themes_are_coloured_and_words_of_titles_are_not():
    shown = as_on_a_terminal("show", "Gopher", columns=80) + as_on_a_terminal("read", "6", "17", columns=80)
    colour = re.escape(f"\x1b[{_MANY_COLOURS[1]}m")
    assert re.search(rf"themes +{colour}Improving scaling and efficiency\x1b\[0m\n", shown)
    assert re.search(rf"GPT-3 \(2020-05-28\), {colour}~scaling 41%\x1b\[0m\n", shown)
    assert COLOUR.search(next(line for line in shown.splitlines() if "Scaling Language Models" in line)) is None


@pytest.mark.parametrize(
    ("options", "env", "coloured"),
    [
        ([], {}, True),
        ([], {"NO_COLOR": "1"}, False),
        ([], {"NO_COLOR": ""}, True),  # https://no-color.org: when present and not an empty string
        ([], {"TERM": "dumb"}, False),
        (["--color", "never"], {}, False),
        (["--color", "always"], {"NO_COLOR": "1", "TERM": "dumb"}, True),
    ],
)
def test_colours_depend_on_the_option_then_on_the_environment(options: list[str], env: dict[str, str], coloured: bool):
    for words in (["show", "BERT", *options], [*options, "show", "BERT"]):
        assert ("\x1b[" in as_on_a_terminal(*words, columns=80, env=env)) is coloured


def test_colours_go_elsewhere_only_when_asked_for_and_never_into_json():
    assert "\x1b[" in lineage_command("show", "BERT", "--color", "always").stdout
    assert "\x1b[" not in lineage_command("show", "BERT").stdout
    assert (
        json.loads(as_on_a_terminal("show", "BERT", "--json", "--color", "always", columns=40))["key"] == "devlin2018"
    )


def test_a_terminal_of_few_colours_gets_those_it_has():
    shown = as_on_a_terminal("show", "BERT", columns=80, env={"TERM": "linux", "COLORTERM": ""})
    assert set(COLOUR.findall(shown)) == {f"\x1b[{_FEW_COLOURS[0]}m", "\x1b[0m"}


def test_every_colour_is_legible_on_white_and_on_black():
    """The contrast of WCAG 2 between a colour of xterm's cube and the background is 4 at least, on both."""

    def luminance(colour: int) -> float:
        cube = [colour // 36, colour // 6 % 6, colour % 6]
        shares = [(55 + 40 * level if level else 0) / 255 for level in cube]
        red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    for parameter in _MANY_COLOURS:
        light = luminance(int(parameter.rpartition(";")[2]) - 16)
        assert min(1.05 / (light + 0.05), (light + 0.05) / 0.05) >= 4, parameter


# The pager


def test_a_long_answer_is_paged_and_leaving_the_pager_is_a_clean_end():
    shown = in_terminal("show", lines=10, env={"PAGER": "less"}, keys="q")
    assert shown.code == 0
    assert shown.screen[0] == "Understanding Large Language Models"
    assert "RLHF" not in shown.sent, "the rest was not asked for"
    assert "\x1b[38;5;27m" in shown.sent, "less passes colours"


def test_the_answer_no_is_still_told_by_the_exit_code():
    assert in_terminal("path", "Fast Weights", "PPO", lines=5, env={"PAGER": "less"}, keys="q").code == 1


@pytest.mark.parametrize(
    ("words", "env"),
    [
        (["show", "--no-pager"], {"PAGER": "less"}),
        (["show", "--json"], {"PAGER": "less"}),
        (["show"], {"PAGER": ""}),
        (["show"], {"PAGER": "no-such-pager"}),
        (["show"], {"PAGER": "'unclosed"}),
        (["show"], {"PAGER": "less", "TERM": "dumb"}),
    ],
)
def test_nothing_waits_for_a_key_where_a_pager_is_not_wanted_or_cannot_run(words: list[str], env: dict[str, str]):
    shown = in_terminal(*words, lines=10, env=env)
    assert shown.code == 0
    assert "Learning to summarize from human feedback" in shown.sent


# Messages


def test_a_command_to_copy_stays_on_one_line():
    shown = as_on_a_terminal("path", "6", "17", "--list", "mine.toml", columns=40)
    assert shown.endswith("\n  lineage --list ... path\n")


def test_the_columns_of_the_terminal_are_those_of_the_stream_that_is_written_to():
    """Standard error can be a terminal where standard output is a file."""
    shown = in_terminal("show", "attention", columns=30)
    assert all(display_width(before) <= 30 for before, _ in pairwise(shown.sent.splitlines()))
