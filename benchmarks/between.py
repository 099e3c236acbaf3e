"""How often a path from A to B is found, and with how many requests: ``python -m benchmarks.between [SIZE]``.

Random pairs of a made world, each searched with the score of the project, with its factors left out one by one,
breadth-first from both ends, and over references alone.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from graph.sources.fetch.between.budget import Budget
from graph.sources.fetch.between.frontier import Years
from graph.sources.fetch.between.score import Features, promise
from graph.sources.fetch.between.search import Search, Strategy
from graph.sources.http.client import run_crawl

from .made_service import MadeService


def breadth_first(met: Features) -> float:
    """The nearest first."""
    return 1000.0**-met.hops


def _without(**neutral: object) -> Callable[[Features], float]:
    return lambda met: promise(replace(met, **neutral))  # type: ignore[arg-type]


STRATEGIES = {
    "the score, both ends in turn": Strategy(),
    "the score, the end that promises more": Strategy(in_turns=False),
    "breadth-first, both ends in turn": Strategy(breadth_first),
    "the score, references alone": Strategy(citations=False),
    "breadth-first, references alone": Strategy(breadth_first, citations=False),
    "without hops": Strategy(_without(hops=1)),
    "without years": Strategy(_without(years=0)),
    "without shared references": Strategy(_without(lists=1)),
    "without titles": Strategy(_without(likeness=0.0)),
    "without citation counts": Strategy(_without(citations=0)),
}


@dataclass
class Tried:
    """One search: requests, hops of the path, why it ended, and seconds of the processor."""

    requests: int
    hops: int | None
    stopped: str
    seconds: float


def searched(service: MadeService, start: int, end: int, strategy: Strategy, budget: int) -> Tried:
    """Search a pair as ``lineage fetch --between`` does; nothing may be asked for twice."""
    began, service.asked = time.process_time(), {}
    a, b = service.row(start), service.row(end)
    years = Years(a.year - 1 if a.year else None, b.year + 1 if b.year else None)
    search = Search(a, b, years=years, top=1, budget=Budget(budget), strategy=strategy)
    run_crawl(search.run(), service)
    assert max(service.asked.values(), default=1) == 1, "asked twice"
    assert search.budget.made <= budget
    paths = search.paths()
    return Tried(search.budget.made, len(paths[0]) - 1 if paths else None, search.stopped, time.process_time() - began)


def fewest_hops(service: MadeService, start: int, end: int) -> int | None:
    """The hops of the shortest path, over every reference that the service resolved; None without a path."""
    seen = np.zeros(service.size, bool)
    level, hops = np.array([end]), 0
    while len(level):
        if start in level:
            return hops
        found = np.unique(np.concatenate([service.references_of(each) for each in level.tolist()]))
        level = found[(found >= start) & ~seen[found]]
        seen[level] = True
        hops += 1
    return None


def pairs_of(service: MadeService, count: int, seed: int, *, famous: bool) -> list[tuple[int, int]]:
    """Random pairs, the older paper first; with `famous` it is one of the hundred most cited."""
    rng = np.random.default_rng(seed)
    if famous:
        cited = np.diff(service.citing[0])
        starts = rng.choice(np.argsort(cited)[-100:], count)
        return [(int(start), int(rng.integers(start + 1, service.size))) for start in starts]
    return [tuple(sorted(rng.choice(service.size, 2, replace=False).tolist())) for _ in range(count)]  # type: ignore[misc]


def main() -> None:
    """Print a row for each strategy."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("size", nargs="?", type=int, default=100_000)
    given.add_argument("--pairs", type=int, default=200)
    given.add_argument("--budget", type=int, default=300)
    given.add_argument("--none", type=int, default=20, help="how many pairs without a path are searched")
    given.add_argument("--sparse", action="store_true", help="a third of the references, seldom to other topics")
    given.add_argument("--famous", action="store_true", help="from one of the hundred most cited papers")
    given.add_argument("--only", default="", help="strategies whose name has this word")
    options = given.parse_args()
    service = MadeService(options.size, sparse=options.sparse)
    pairs = pairs_of(service, options.pairs, 1, famous=options.famous)
    truth = [fewest_hops(service, *pair) for pair in pairs]
    linked = [hops is not None for hops in truth]
    without = [place for place, has in enumerate(linked) if not has]
    chosen = [place for place, has in enumerate(linked) if has or place in without[: options.none]]
    print(f"{options.size:,} papers, {len(service.cited):,} citations; {sum(linked)} of {len(pairs)} pairs have a path")
    print("| | found | within 10 | 30 | 100 | median | 90 % | shortest | shown to have none | ms a request |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for name, strategy in STRATEGIES.items():
        if not any(word in name for word in options.only.split(",")):
            continue
        tried = {place: searched(service, *pairs[place], strategy, options.budget) for place in chosen}
        of = [each for place, each in tried.items() if linked[place]]
        requests = np.array([each.requests if each.hops else options.budget + 1 for each in of])
        shortest = sum(each.hops == truth[place] for place, each in tried.items() if linked[place])
        none = [each for place, each in tried.items() if not linked[place]]
        shown = sum(each.stopped == "exhausted" for each in none)
        cells = [f"{(requests <= most).mean():.0%}" for most in (options.budget, 10, 30, 100)]
        cells += [
            f"{np.median(requests):.0f}",
            f"{np.quantile(requests, 0.9):.0f}",
            f"{shortest / max(1, len(of)):.0%}",
        ]
        cells += [f"{shown} of {len(none)}"]
        seconds, sent = (sum(getattr(each, what) for each in tried.values()) for what in ("seconds", "requests"))
        cells += [f"{1000 * seconds / max(1, sent):.0f}"]
        print(f"| {name} | {' | '.join(cells)} |")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
