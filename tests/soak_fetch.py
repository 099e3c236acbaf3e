"""Kill a fetch again and again, and check that nothing is lost and nothing is requested twice.

``python -m tests.soak_fetch --kills 200`` kills fetches of the shipped list under faults at 200
random moments; the test suite does the same a few times with a small list (`tests/sources/test_fetch_killed.py`).
"""

from __future__ import annotations

import argparse
import contextlib
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from graph.model.reading_list import load_reading_list
from graph.model.shipped_data import reading_list_path, snapshot_path
from graph.model.storage import load_corpus

from .helpers.fetch_world import LINES, WORLD, files
from .service import ScholarService, ScholarWorld, serving, transient

_CHILD = """
import sys
from pathlib import Path
from graph.sources.fetch import FetchOptions, fetch
from graph.sources.fetch.targets import parse_targets, targets_of_list
from graph.model.reading_list import load_reading_list
from graph.sources.semantic_scholar.service import service_at
url, folder, what = sys.argv[1:]
targets = parse_targets(what.split(), where="x") if what else targets_of_list(load_reading_list(Path(r"{list}")))
fetch(targets, Path(folder), FetchOptions(citations=True), service=service_at(url), sleep=lambda _seconds: None,
      clock=lambda: 1795430400.0)
"""


def child(scholar: ScholarService, folder: Path, lines: tuple[str, ...]) -> subprocess.Popen[bytes]:
    """A fetch in a process of its own that does not wait between requests."""
    code = _CHILD.format(list=reading_list_path())
    return subprocess.Popen([sys.executable, "-c", code, scholar.url, str(folder), " ".join(lines)])


def killed(world: ScholarWorld, lines: tuple[str, ...], *, kills: int, seed: int) -> Iterator[str]:
    """Kill fetches until this many were killed; yields a line for each fetch once it has ended.

    Raises
    ------
    AssertionError
        When a corpus differs from the undisturbed one, or an answer that was kept was requested again.
    """
    dice = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        with serving(world) as scholar:
            assert child(scholar, Path(folder) / "undisturbed", lines).wait() == 0
            expected, requests = files(Path(folder) / "undisturbed"), len(scholar.log)
        done = fetches = 0
        while done < kills:
            fetches += 1
            to = Path(folder) / f"fetch{fetches}"
            with serving(world, faults=[transient(seed + fetches, rate=0.3)]) as scholar:
                deaths = _run_to_its_end(scholar, to, lines, dice, requests=requests, most=kills - done)
                repeated = scholar.log.repeated(restarted_at=deaths)
                assert not repeated, f"requested again: {repeated}"
            found = files(to)
            differ = [name for name in {*found, *expected} if found.get(name) != expected.get(name)]
            assert not differ, f"fetch {fetches} differs from the undisturbed one in {differ}"
            done += len(deaths)
            yield f"fetch {fetches}: killed {len(deaths)} times, {done} of {kills}, the same bytes"


def _run_to_its_end(
    scholar: ScholarService, to: Path, lines: tuple[str, ...], dice: random.Random, *, requests: int, most: int
) -> list[float]:
    """Run a fetch, killing it at random moments; returns the times at which it was started again."""
    deaths: list[float] = []
    while True:
        process = child(scholar, to, lines)
        if len(deaths) < most and not _kill(process, scholar, dice, within=max(2, requests // 3)):
            return deaths
        if len(deaths) >= most:
            assert process.wait() == 0
            return deaths
        deaths.append(time.monotonic())


def _kill(process: subprocess.Popen[bytes], scholar: ScholarService, dice: random.Random, *, within: int) -> bool:
    """Kill a fetch a moment after a random number of further requests; False if it ended before."""
    after = len(scholar.log) + dice.randrange(within + 1)
    while process.poll() is None and len(scholar.log) < after:
        time.sleep(0.001)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(dice.random() * 0.02)
    if process.poll() is not None:
        assert process.returncode == 0
        return False
    process.kill()
    process.wait()
    time.sleep(0.05)  # its last request may still be on its way, and must arrive before the next fetch begins
    return True


def main() -> None:
    """Kill fetches of the shipped list."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--small", action="store_true", help="a list of three papers instead of the shipped one")
    given = parser.parse_args()
    load_reading_list(reading_list_path())  # fail here rather than in every child
    world = WORLD if given.small else ScholarWorld.from_corpus(load_corpus(snapshot_path()))
    for line in killed(world, LINES if given.small else (), kills=given.kills, seed=given.seed):
        print(line, flush=True)  # noqa: T201  # a script


if __name__ == "__main__":
    main()
