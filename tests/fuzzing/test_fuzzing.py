"""Whatever a file, an answer or a question holds, it is read, or refused with a message."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from graph.model import storage
from graph.model.storage import save_corpus
from graph.utils import files
from graph.utils.decode import LONGEST_TEXT

from ..helpers.commands import lineage_command, refused
from .mutations import mutations
from .targets import forget, small_corpus, targets

CASES = Path(__file__).parent / "cases"
"""Inputs that were once a fault of the program, a folder a target."""
SAMPLE = 20


@pytest.fixture(scope="module", autouse=True)
def _clean() -> Iterator[None]:
    yield
    forget()


@pytest.mark.parametrize("name", sorted(targets()))
def test_what_a_target_is_made_for_is_read(name: str):
    assert not any(targets()[name].refuses(seed) for seed in targets()[name].seeds[:1])


@pytest.mark.parametrize("name", sorted(targets()))
def test_one_odd_value_in_a_good_input_is_read_or_refused(name: str):
    chance = random.Random(name)
    for seed in targets()[name].seeds:
        for data in _sample(mutations(name, seed), chance):
            targets()[name].refuses(data)


def _sample(inputs: Iterator[bytes], chance: random.Random) -> Iterator[bytes]:
    """About `SAMPLE` of some inputs, from all of them."""
    every = list(islice(inputs, 20_000))
    return iter(chance.sample(every, min(SAMPLE, len(every))))


@pytest.mark.long
@pytest.mark.parametrize("name", sorted(targets()))
def test_every_odd_value_in_a_good_input_is_read_or_refused(name: str):
    for seed in targets()[name].seeds:
        for data in mutations(name, seed):
            targets()[name].refuses(data)


@pytest.mark.parametrize("case", sorted(CASES.glob("*/*")), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_was_a_fault_once_is_none_any_more(case: Path):
    targets()[case.parent.name.replace("_", " ")].refuses(case.read_bytes())


LIST = 'title = "L"\n{head}[[themes]]\nid = "one"\nname = "One"\n[[entries]]\nnumber = 1\nthemes = ["one"]\n{entry}'
ENTRY = 'title = "T"\narxiv = "0101.00001"\n'


@pytest.mark.parametrize(
    ("head", "entry", "told"),
    [
        ("", ENTRY + 'first_author = " "\n', "entry 1: first_author is blank"),
        ("", ENTRY + 'names = ["\\t"]\n', "entry 1: names[0] is blank"),
        ("", ENTRY.replace('"T"', '"\u00a0"'), "entry 1: title is blank"),
        ("", ENTRY.replace('"T"', f'"{"x" * (LONGEST_TEXT + 1)}"'), "entry 1: title has more than 10,000 characters"),
        ("", ENTRY + "listed_year = " + "9" * 5000, "a number of more digits than can be read"),
        ("", ENTRY + "names = " + "[" * 100_000, "nested too deeply"),
        ("", ENTRY.replace('"T"', f'"{"x" * (2 << 20)}"'), "list.toml, line 8: the line has more than 1,048,576 bytes"),
        ("author = 1\n", ENTRY, "list.toml: author is a whole number and must be a text"),
    ],
)
def test_a_reading_list_is_refused_with_the_place_and_the_limit(tmp_path: Path, head: str, entry: str, told: str):
    (tmp_path / "list.toml").write_text(LIST.format(head=head, entry=entry))
    message = refused("--list", tmp_path / "list.toml", "show")
    assert told in message
    assert len(message) < 1000


def test_a_list_of_two_thousand_themes_is_refused_with_the_limit(tmp_path: Path):
    themes = "".join(f'[[themes]]\nid = "t{n}"\nname = "T"\n' for n in range(2000))
    (tmp_path / "list.toml").write_text(f'title = "L"\n{themes}[[entries]]\nnumber = 1\nthemes = ["t1"]\n{ENTRY}')
    message = refused("--list", tmp_path / "list.toml", "show")
    assert "2,000 themes; put some together: a list has at most 200" in message


def test_a_row_without_an_end_is_refused_before_it_is_decoded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from ..helpers.commands import refused

    monkeypatch.setattr(storage, "LONGEST_ROW", 1000)
    monkeypatch.setattr(files, "LONGEST_ROW", 1000)
    save_corpus(small_corpus(), tmp_path)
    table = (tmp_path / "papers.jsonl").read_text()
    (tmp_path / "papers.jsonl").write_text(table.replace("The Second", "x" * 1001))
    message = refused("--corpus", tmp_path, "show")
    assert "papers.jsonl, line 2: the line has more than 1,000 bytes" in message


def test_a_file_without_an_end_is_refused():
    assert "/dev/zero: it has more than 16,777,216 bytes" in refused("--list", "/dev/zero", "show")


@pytest.mark.parametrize("authors", ['[" "]', '[""]', '[","]', '["  ", "B"]'])
def test_a_paper_with_a_blank_author_is_shown_everywhere(tmp_path: Path, authors: str):
    save_corpus(small_corpus(), tmp_path)
    table = (tmp_path / "papers.jsonl").read_text()
    table = table.replace('["Second Author"]', authors).replace('"names": ["Second"], ', "")
    (tmp_path / "papers.jsonl").write_text(table)
    for words in (["show", "k1"], ["path", "k0", "k2"], ["export", "svg", "--of", "k0 → k2"], ["export", "bibtex"]):
        result = lineage_command("--corpus", tmp_path, *words)
        assert result.returncode in (0, 1), (words, result.stderr)
