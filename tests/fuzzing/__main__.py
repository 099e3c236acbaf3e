"""Fuzz the readers: ``python -m tests.fuzzing [--seconds N] [TARGET ...]``, a process for each target in turn.

With atheris (https://github.com/google/atheris) the inputs follow what they reach in the code; where it is not
installed, because it has no wheel for this Python or this system, they are random changes of good inputs. An input that
is a fault of the program is written to ``tests/fuzzing/cases``, where the test suite tries it from then on.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path

from .mutations import mutations

CASES = Path(__file__).parent / "cases"
MOST_BYTES = 20_000
SECONDS = 10.0


def main() -> None:
    """Fuzz the named targets, or all of them; the exit code says whether there was a fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("targets", nargs="*")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="for each target")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        _fuzz(chosen.one, chosen.seconds)
        return
    from .targets import targets

    faults = 0
    for name in chosen.targets or sorted(targets()):
        command = [sys.executable, "-m", "tests.fuzzing", "--one", name, "--seconds", f"{chosen.seconds}"]
        faults += subprocess.run(command, check=False).returncode != 0
    sys.exit(faults > 0)


def _fuzz(name: str, seconds: float) -> None:
    try:
        import atheris
    except ImportError:
        _say(f"{name}: random changes (atheris is not installed)")
        _fuzz_at_random(name, seconds)
        return
    with atheris.instrument_imports(include=["graph"]):
        from .targets import targets

        target = targets()[name]
    started = time.monotonic()
    tried = 0

    def try_one(data: bytes) -> None:
        nonlocal tried
        tried += 1
        _refuses(target, data)

    with tempfile.TemporaryDirectory() as folder:
        for number, seed in enumerate(target.seeds):
            (Path(folder) / f"seed{number}").write_bytes(seed)
        for number, case in enumerate((CASES / name.replace(" ", "_")).glob("*")):
            if case.stat().st_size <= MOST_BYTES:
                (Path(folder) / f"case{number}").write_bytes(case.read_bytes())
        options = [f"-max_total_time={max(1, round(seconds))}", f"-max_len={MOST_BYTES}", "-timeout=60", "-verbosity=0"]
        atheris.Setup([sys.argv[0], *options, f"-artifact_prefix={folder}/", folder], try_one)
        _say(f"{name}: guided by coverage")
        atheris.Fuzz()
    _say(f"{name}: {tried:,} inputs in {time.monotonic() - started:.0f} s")


def _fuzz_at_random(name: str, seconds: float) -> None:
    from .targets import forget, targets

    target, chance, started, tried = targets()[name], random.Random(), time.monotonic(), 0
    every = [data for seed in target.seeds for data in mutations(name, seed) if len(data) <= MOST_BYTES]
    while time.monotonic() - started < seconds:
        one, other = chance.choice(every), chance.choice(every)
        at, to = chance.randrange(len(one) + 1), chance.randrange(len(other) + 1)
        data = bytearray(one[:at] + other[to:])
        for _ in range(chance.randrange(4)):
            if data:
                data[chance.randrange(len(data))] = chance.randrange(256)
        tried += 1
        _refuses(target, bytes(data))
    forget()
    _say(f"{name}: {tried:,} inputs in {time.monotonic() - started:.0f} s")


def _refuses(target: object, data: bytes) -> None:
    """Try an input; one that is a fault of the program becomes a case."""
    try:
        target.refuses(data)  # type: ignore[attr-defined]  # a FuzzTarget, which is imported under instrumentation
    except Exception:
        folder = CASES / target.name.replace(" ", "_")  # type: ignore[attr-defined]
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / hashlib.sha256(data).hexdigest()[:12]
        path.write_bytes(data)
        traceback.print_exc()
        _say(f"the input is in {path}")
        raise


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
