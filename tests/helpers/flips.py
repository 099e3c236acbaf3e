"""Bits flipped in the files of a store, one at a time, and what the commands say then.

``python -m tests.helpers.flips STORE FIRST LAST`` tries the flips of some numbers on a store that it may change, and
prints a line before and after each. The process is on its own: a crash ends it, and a hang is seen by who reads on.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

from .commands import lineage_command

QUESTIONS = (
    ("path", "BERT → InstructGPT", "--json"),
    ("path", "* → BERT", "--json"),
    ("path", "Transformer → InstructGPT", "--rank", "strongest", "--top", "3", "--json"),
    ("show", "BERT", "--json"),
    ("show", "attention is all you need", "--json"),
    ("flow", "BERT → InstructGPT", "--json"),
    ("main-path", "--within", "corpus", "--json"),
)
SECONDS = 60
"""How long one flip may take on a machine that others use, too."""


def files_of(store: Path) -> list[Path]:
    """All files of a store, in order."""
    return sorted(path for path in store.rglob("*") if path.is_file())


def flipped(store: Path, number: int) -> tuple[Path, bytes, int, int]:
    """Which bit the flip of a number turns: the file, its contents, the byte and the bit. Every file gets its turn."""
    chance = random.Random(number)
    files = files_of(store)
    path = files[number % len(files)]
    data = path.read_bytes()
    place = chance.choice([chance.randrange(len(data)), min(chance.randrange(64), len(data) - 1)])
    return path, data, place, chance.randrange(8)


def asked(number: int) -> list[int]:
    """Which questions are asked after the flip of a number."""
    return [(number + n) % len(QUESTIONS) for n in range(2)]


def answer(store: Path, question: int) -> tuple[int, str, str]:
    """The exit code, answer and message of a question."""
    result = lineage_command("--store", store, *QUESTIONS[question])
    return result.returncode, result.stdout, result.stderr


def verdict(before: Sequence[tuple[int, str, str]], after: Sequence[tuple[int, str, str]]) -> str:
    """What came of the answers of a damaged store: "right", "refused", or what is wrong with them."""
    found = "right"
    for (code, answer, _), (code_now, answer_now, said) in zip(before, after, strict=True):
        if (code, answer) == (code_now, answer_now):
            continue
        if code_now != 2 or answer_now or said.count("\n") != 1 or "Traceback" in said:
            return f"exit {code_now}, {said!r}, {answer_now[:200]!r}"
        found = "refused"
    return found


def try_all(store: Path, first: int, last: int) -> None:
    """Try the flips first .. last - 1."""
    known = [answer(store, question) for question in range(len(QUESTIONS))]
    for number in range(first, last):
        path, data, place, bit = flipped(store, number)
        where = f"{path.relative_to(store)} byte {place} bit {bit}"
        _say([number, where])
        path.write_bytes(data[:place] + bytes([data[place] ^ 1 << bit]) + data[place + 1 :])
        before, after = zip(*((known[each], answer(store, each)) for each in asked(number)), strict=True)
        found = verdict(before, after)
        path.write_bytes(data)
        _say(found)


def _say(value: object) -> None:
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


def outcomes(store: Path, first: int, last: int) -> Iterator[tuple[str, str]]:
    """What came of the flips first .. last - 1: where, and "right", "refused" or what is wrong."""
    while first < last:
        begun = first
        command = [sys.executable, "-m", "tests.helpers.flips", str(store), str(first), str(last)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            for number, where, found in _lines(child.stdout):
                first = number + 1
                yield where, found or f"the process ended with {child.wait(SECONDS)}"
        assert first > begun, "the child did not begin"


def _lines(stream: IO[str]) -> Iterator[tuple[int, str, str]]:
    while line := stream.readline():
        number, where = json.loads(line)
        result = stream.readline()
        yield number, where, json.loads(result) if result else ""


if __name__ == "__main__":
    try_all(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
