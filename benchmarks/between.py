"""How often a path from A to B is found, and with how many requests: ``python -m benchmarks.between [SIZE]``.

Pairs of a made world whose shortest path has 3 to 8 hops, as many of each length, and then random pairs: each searched
with the score of the project, breadth-first, over references alone, without a factor of the score, and with others.
With ``--loopback`` the requests go through the client and HTTP to a service with faults.
"""

from __future__ import annotations

import argparse
import contextlib
import math
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from graph.sources.fetch.between.budget import Budget
from graph.sources.fetch.between.frontier import Years
from graph.sources.fetch.between.score import Score, promise
from graph.sources.fetch.between.search import Search, Strategy
from graph.sources.http.client import run_crawl
from graph.sources.semantic_scholar.paper_rows import CitationRow, PaperRow
from tests.service import ScholarService

from .made_loopback import asked_over_http, serving_made
from .made_service import MadeService, paper_of
from .made_world import CONNECTED, PARTED, MadeWorld, Shape, kept_world

HOPS = range(3, 9)
"""The lengths of the shortest paths between the pairs."""
WITHIN = (10, 25, 50, 100, 300)
Factor = Callable[[CitationRow, PaperRow], float]


def breadth_first(_met: CitationRow, hops: int, _goal: PaperRow) -> float:
    """The nearest first."""
    return 1000.0**-hops


def years_near(met: CitationRow, hops: int, goal: PaperRow) -> float:
    """The score turned round: few years from the other end first."""
    return 0.25**hops / promise(met, hops, goal)


def with_factor(factor: Factor) -> Score:
    """The score times another factor."""
    return lambda met, hops, goal: promise(met, hops, goal) * factor(met, goal)


def shared() -> Factor:
    """The lists that name a paper: each asks once for its score."""
    seen: dict[tuple[str | None, str | None], int] = {}

    def factor(met: CitationRow, goal: PaperRow) -> float:
        key = (met.paper.paper_id, goal.paper_id)
        seen[key] = seen.get(key, 0) + 1
        return 1 + math.log2(seen[key])

    return factor


def alike(met: CitationRow, goal: PaperRow) -> float:
    """The words that two titles share; those that everybody uses say nothing."""
    one, other = ({w for w in (row.title or "").split() if not w.startswith("word")} for row in (met.paper, goal))
    return 1 + 4 * len(one & other) / math.sqrt(len(one) * len(other) or 1)


def cited(met: CitationRow, _goal: PaperRow) -> float:
    """How often a paper is cited."""
    return 1 + math.log10(1 + (met.paper.citation_count or 0))


def influential(met: CitationRow, _goal: PaperRow) -> float:
    """Whether the citation is called influential, which only lists say that are read by themselves."""
    return 1.5 if met.influential else 1.0


def with_fields(world: MadeWorld) -> Strategy:
    """Papers of the goal's field first; only a made world knows the fields."""

    def same_field(met: CitationRow, goal: PaperRow) -> float:
        return 5.0 if world.label(paper_of(met.paper)) == world.label(paper_of(goal)) else 1.0

    return Strategy(with_factor(same_field))


STRATEGIES: dict[str, Callable[[MadeWorld], Strategy]] = {
    "the score": lambda _: Strategy(),
    "breadth-first": lambda _: Strategy(breadth_first),
    "the score over references alone": lambda _: Strategy(citations=False),
    "breadth-first over references alone": lambda _: Strategy(breadth_first, citations=False),
    "without hops": lambda _: Strategy(lambda met, _hops, goal: promise(met, 1, goal)),
    "few years to go first": lambda _: Strategy(years_near),
    "and shared references": lambda _: Strategy(with_factor(shared())),
    "and influential citations": lambda _: Strategy(with_factor(influential)),
    "and citation counts": lambda _: Strategy(with_factor(cited)),
    "and titles": lambda _: Strategy(with_factor(alike)),
    "and fields": with_fields,
}
"""The ways to search, each made anew for each pair."""


def names_of_strategies(text: str) -> list[str]:
    """The names of strategies with commas between them; a mistyped one is refused before a world is made."""
    names = text.split(",")
    if unknown := [name for name in names if name not in STRATEGIES]:
        raise argparse.ArgumentTypeError(f"no strategy {', '.join(unknown)}; there are: {', '.join(STRATEGIES)}")
    return names


@dataclass(frozen=True)
class Pair:
    """Two papers of a world, and the hops of the shortest path between them; None where there is none."""

    start: int
    end: int
    hops: int | None


@dataclass(frozen=True)
class Tried:
    """One search: requests, hops of the path, why it ended, and seconds of the processor."""

    requests: int
    hops: int | None
    stopped: str
    seconds: float


def searched(
    service: MadeService, pair: Pair, strategy: Strategy, budget: int, loopback: ScholarService | None
) -> Tried:
    """Search a pair as ``lineage fetch --between`` does; asking twice, or more than the budget, is an error."""
    began, service.asked = time.process_time(), {}
    a, b = service.row(pair.start), service.row(pair.end)
    years = Years(a.year - 1 if a.year else None, b.year + 1 if b.year else None)
    search = Search(a, b, years=years, top=1, budget=Budget(budget), strategy=strategy)
    if loopback:
        sent = asked_over_http(loopback, search.run(), budget)
    else:
        run_crawl(search.run(), service)
        assert max(service.asked.values(), default=1) == 1, "asked twice"
        sent = search.budget.made
    assert search.budget.made <= budget
    paths = search.paths()
    return Tried(sent, len(paths[0]) - 1 if paths else None, search.stopped, time.process_time() - began)


def pairs_by_hops(world: MadeWorld, count: int, seed: int = 1) -> list[Pair]:
    """Random pairs, as many of each length of `HOPS`."""
    dice = np.random.default_rng(seed)
    pairs: list[Pair] = []
    while len(pairs) < count:
        wanted = HOPS[len(pairs) % len(HOPS)]
        end = int(dice.integers(world.size // 10, world.size))
        starts = np.flatnonzero(world.hops_to(end) == wanted)
        if len(starts):
            pairs.append(Pair(int(dice.choice(starts)), end, wanted))
    return pairs


def random_pairs(world: MadeWorld, count: int, seed: int = 2) -> list[Pair]:
    """Any two papers, the older one first, whether there is a path between them or none."""
    dice = np.random.default_rng(seed)
    pairs: list[Pair] = []
    while len(pairs) < count:
        start, end = sorted(dice.choice(world.size, 2, replace=False).tolist())
        hops = int(world.hops_to(end)[start])
        pairs.append(Pair(start, end, hops if hops >= 0 else None))
    return pairs


def shape_line(world: MadeWorld, pairs: Sequence[Pair]) -> str:
    """What the world is like: how often papers are cited, and the hops and years between papers."""
    quantiles = np.quantile(world.times_cited, (0.1, 0.5, 0.9, 0.999)).astype(int).tolist()
    ends = np.random.default_rng(3).integers(world.size // 2, world.size, 20).tolist()
    hops = np.concatenate([world.hops_to(end)[:end] for end in ends])
    shares = [f"{each} {(hops == each).mean():.1%}" for each in range(1, 11)]
    years = np.quantile([world.year(pair.end) - world.year(pair.start) for pair in pairs], (0.1, 0.5, 0.9))
    return (
        f"{world.size:,} papers, {len(world.cited):,} citations; cited (10 %, 50 %, 90 %, 99.9 %, most): {quantiles}, "
        f"{world.times_cited.max():,}; hops to a random earlier paper: {', '.join(shares)}, more "
        f"{(hops > 10).mean():.1%}, none {(hops < 0).mean():.1%}; years between the pairs (10 %, 50 %, 90 %): "
        f"{years.astype(int).tolist()}"
    )


def main() -> None:
    """Print a table of pairs by their hops, and one of random pairs: a row for each strategy."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("size", nargs="?", type=int, default=100_000)
    given.add_argument("--pairs", type=int, default=200, help="pairs whose shortest path has 3 to 8 hops")
    given.add_argument("--random", type=int, default=200, help="random pairs, with a path or without")
    given.add_argument("--budget", type=int, default=300)
    given.add_argument("--parted", action="store_true", help="few references to other communities")
    given.add_argument("--loopback", action="store_true", help="through the client and HTTP, to a service with faults")
    given.add_argument(
        "--only", type=names_of_strategies, default=list(STRATEGIES), help="these strategies, with commas between them"
    )
    given.add_argument("--worlds", type=Path, default=Path(tempfile.gettempdir(), "made_worlds"), help="kept here")
    options = given.parse_args()
    world = kept_world(options.worlds, options.size, Shape(scopes=PARTED if options.parted else CONNECTED))
    service = MadeService(world)
    by_hops = pairs_by_hops(world, options.pairs)
    print(shape_line(world, by_hops), flush=True)
    with serving_made(service) if options.loopback else contextlib.nullcontext() as loopback:
        for pairs, lengths in ((by_hops, HOPS), (random_pairs(world, options.random), range(0))):
            if pairs:
                print_heads(options.budget, lengths)
                for name in options.only:
                    made = STRATEGIES[name]
                    tried = [searched(service, pair, made(world), options.budget, loopback) for pair in pairs]
                    print(f"| {name} | {' | '.join(cells_of(pairs, tried, options.budget, lengths))} |", flush=True)


def print_heads(budget: int, lengths: range) -> None:
    """Print the heads of a table; with medians for each of these lengths of the shortest path."""
    heads = ["found", *(f"within {most}" for most in WITHIN if most < budget), "median"]
    heads += [*(f"{hops} hops" for hops in lengths), "shortest", "shown to have none", "ms a request"]
    print(f"| | {' | '.join(heads)} |\n| --- |{' ---: |' * len(heads)}", flush=True)


def cells_of(pairs: Sequence[Pair], tried: Sequence[Tried], budget: int, lengths: range) -> list[str]:
    """A row of the table: of the pairs with a path, then of those without one."""
    linked = [(pair, each) for pair, each in zip(pairs, tried, strict=True) if pair.hops]
    none = [each.stopped == "exhausted" for pair, each in zip(pairs, tried, strict=True) if pair.hops is None]
    requests = np.array([each.requests if each.hops else math.inf for _, each in linked])
    hops = np.array([pair.hops for pair, _ in linked])
    medians = [np.median(requests), *(np.median(requests[hops == length]) for length in lengths)]
    return [
        share(requests <= budget),
        *(share(requests <= most) for most in WITHIN if most < budget),
        *(f"{each:.0f}" if math.isfinite(each) else f"> {budget}" for each in medians),
        share([each.hops == pair.hops for pair, each in linked]),
        f"{sum(none)} of {len(none)}",
        f"{1000 * sum(each.seconds for each in tried) / sum(each.requests for each in tried):.0f}",
    ]


def share(true: Sequence[bool] | np.ndarray) -> str:
    """How many of them are true, in hundredths."""
    return f"{np.mean(true):.0%}"


if __name__ == "__main__":
    main()
