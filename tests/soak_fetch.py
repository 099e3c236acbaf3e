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
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.model.corpus import Corpus
from graph.model.reading_list import load_reading_list
from graph.model.shipped_data import reading_list_path, snapshot_path
from graph.model.storage import load_corpus

from .helpers.fetch_world import LINES, WORLD, files
from .service import Answer, Mix, ScholarService, ScholarWorld, serving, transient
from .service.crossref import CrossrefWorld, answer_crossref, crossref_faults
from .service.openalex import OpenAlexWorld, answer_openalex, openalex_faults
from .service.opencitations import OpenCitationsWorld, answer_opencitations, opencitations_faults

_CHILD = """
import sys
from pathlib import Path
from graph.sources.fetch import FetchOptions, fetch
from graph.sources.fetch.between.grow import GrowthOptions
from graph.sources.fetch.targets import parse_targets, targets_of_list
from graph.model.reading_list import load_reading_list
from graph.sources.fetch.others import OtherService
from graph.sources.http import transport
from graph.sources.semantic_scholar.service import service_at
from graph.sources.services import OTHERS
url, folder, what, budget, *more = sys.argv[1:]
names = [part.split("=", 1) for part in more]
targets = parse_targets(what.split(), where="x") if what else targets_of_list(load_reading_list(Path(r"{list}")))
others = [OtherService(OTHERS[name], transport.service_at(at, home=OTHERS[name].home)) for name, at in names]
fetch(targets, Path(folder), FetchOptions(citations=True), service=service_at(url), others=others,
      growth=GrowthOptions(int(budget)) if budget else None, sleep=lambda _seconds: None, clock=lambda: 1795430400.0)
"""


@dataclass(frozen=True)
class Loopback:
    """Another service to fetch from: what it knows, what it answers, and its faults for a seed."""

    world: Any
    answer: Callable[..., Answer]
    faults: Callable[[int], Mix]


@dataclass(frozen=True)
class Fleet:
    """The running services of one fetch: Semantic Scholar first, then the others by their names."""

    scholar: ScholarService
    others: Mapping[str, ScholarService]

    @classmethod
    @contextlib.contextmanager
    def running(cls, world: ScholarWorld, others: Mapping[str, Loopback], seed: int | None = None) -> Iterator[Fleet]:
        """Services that end with the block; with a seed they have faults."""
        with contextlib.ExitStack() as open_:
            scholar = open_.enter_context(serving(world, faults=[] if seed is None else [transient(seed, rate=0.3)]))
            yield cls(
                scholar,
                {
                    name: open_.enter_context(
                        serving(each.world, answer=each.answer, faults=[] if seed is None else [each.faults(seed)])
                    )
                    for name, each in others.items()
                },
            )

    @property
    def requests(self) -> int:
        """How many requests came so far, to all of them."""
        return sum(len(each.log) for each in (self.scholar, *self.others.values()))

    def repeated(self, deaths: list[float]) -> list[Any]:
        """What was requested again although it had been answered."""
        services = (self.scholar, *self.others.values())
        return [again for each in services if (again := each.log.repeated(restarted_at=deaths))]


def child(fleet: Fleet, folder: Path, lines: tuple[str, ...], budget: int | None) -> subprocess.Popen[bytes]:
    """A fetch in a process of its own that does not wait between requests; with a budget it is a search."""
    code = _CHILD.format(list=reading_list_path())
    others = [f"{name}={each.url}" for name, each in fleet.others.items()]
    given = [fleet.scholar.url, str(folder), " ".join(lines), str(budget or "")]
    return subprocess.Popen([sys.executable, "-c", code, *given, *others])


def killed(
    world: ScholarWorld,
    lines: tuple[str, ...],
    *,
    kills: int,
    seed: int,
    others: Mapping[str, Loopback] | None = None,
    budget: int | None = None,
) -> Iterator[str]:
    """Kill fetches until this many were killed; yields a line for each fetch once it has ended.

    With a budget a fetch is a search from the first of the lines to the last.

    Raises
    ------
    AssertionError
        When a corpus differs from the undisturbed one, or an answer that was kept was requested again.
    """
    dice = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        with Fleet.running(world, others or {}) as fleet:
            assert child(fleet, Path(folder) / "undisturbed", lines, budget).wait() == 0
            expected, requests = files(Path(folder) / "undisturbed"), fleet.requests
        done = fetches = 0
        while done < kills:
            fetches += 1
            to = Path(folder) / f"fetch{fetches}"
            with Fleet.running(world, others or {}, seed + fetches) as fleet:
                deaths = _run_to_its_end(fleet, to, lines, dice, requests=requests, most=kills - done, budget=budget)
                repeated = fleet.repeated(deaths)
                assert not repeated, f"requested again: {repeated}"
            found = files(to)
            differ = [name for name in {*found, *expected} if found.get(name) != expected.get(name)]
            assert not differ, f"fetch {fetches} differs from the undisturbed one in {differ}"
            done += len(deaths)
            yield f"fetch {fetches}: killed {len(deaths)} times, {done} of {kills}, the same bytes"


def _run_to_its_end(
    fleet: Fleet, to: Path, lines: tuple[str, ...], dice: random.Random, *, requests: int, most: int, budget: int | None
) -> list[float]:
    """Run a fetch, killing it at random moments; returns the times at which it was started again."""
    deaths: list[float] = []
    while True:
        process = child(fleet, to, lines, budget)
        if len(deaths) < most and not _kill(process, fleet, dice, within=max(2, requests // 3)):
            return deaths
        if len(deaths) >= most:
            assert process.wait() == 0
            return deaths
        deaths.append(time.monotonic())


def _kill(process: subprocess.Popen[bytes], fleet: Fleet, dice: random.Random, *, within: int) -> bool:
    """Kill a fetch a moment after a random number of further requests; False if it ended before."""
    after = fleet.requests + dice.randrange(within + 1)
    while process.poll() is None and fleet.requests < after:
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


def loopbacks(corpus: Corpus) -> Mapping[str, Loopback]:
    """All other services, with what they may know of a corpus."""
    return {
        "crossref": Loopback(CrossrefWorld.from_corpus(corpus), answer_crossref, crossref_faults),
        "openalex": Loopback(OpenAlexWorld.from_corpus(corpus), answer_openalex, openalex_faults),
        "opencitations": Loopback(OpenCitationsWorld.from_corpus(corpus), answer_opencitations, opencitations_faults),
    }


def main() -> None:
    """Kill fetches of the shipped list."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--small", action="store_true", help="a list of three papers instead of the shipped one")
    given = parser.parse_args()
    load_reading_list(reading_list_path())  # fail here rather than in every child
    shipped = load_corpus(snapshot_path())
    world = WORLD if given.small else ScholarWorld.from_corpus(shipped)
    others = {} if given.small else loopbacks(shipped)
    for line in killed(world, LINES if given.small else (), kills=given.kills, seed=given.seed, others=others):
        print(line, flush=True)  # noqa: T201  # a script


if __name__ == "__main__":
    main()
