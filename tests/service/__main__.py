"""``python -m tests.service --port-file FILE``: serve a corpus until a signal ends it.

The log of the requests is at ``GET /_log``.
"""

from __future__ import annotations

import argparse
import os
import signal
import threading
from pathlib import Path

from graph.model.shipped_data import snapshot_path
from graph.model.storage import load_corpus

from .faults import Dropped, Fault, HtmlPage, ServerError, Slow, TooManyRequests, Truncated
from .schedule import Mix, Plan, RateLimit, transient
from .server import serving
from .world import ScholarWorld

NAMED: dict[str, Fault] = {
    "429": TooManyRequests(),
    "429-after": TooManyRequests(retry_after=1),
    "500": ServerError(500),
    "502": ServerError(502),
    "503": ServerError(503),
    "504": ServerError(504),
    "slow": Slow(0.05),
    "cut": Truncated(),
    "drop": Dropped("before"),
    "drop-after": Dropped("after"),
    "reset": Dropped("reset"),
    "html": HtmlPage(),
}


def parse_faults(text: str) -> tuple[Plan, ...]:
    """Read ``seed=3,429=0.2,drop=0.1`` (a mix of these) or ``seed=3,rate=0.4`` (a mix of all that pass).

    ``gap=1.0`` adds a rate limit of one request in so many seconds; ``most=4`` is how often one
    request fails before it succeeds.

    Raises
    ------
    ValueError
        For an unknown name, or a number that cannot be read.
    """
    given = dict(part.split("=", 1) for part in text.split(",") if part)
    plans: list[Plan] = []
    if "gap" in given:
        plans.append(RateLimit(float(given.pop("gap"))))
    if "seed" in given:
        seed, most = int(given.pop("seed")), int(given.pop("most", "4"))
        rate = float(given.pop("rate", "0.4"))
        if unknown := given.keys() - NAMED.keys():
            raise ValueError(f"no such fault: {', '.join(sorted(unknown))}; known are {', '.join(NAMED)}")
        chances = tuple((NAMED[name], float(chance)) for name, chance in given.items())
        plans.append(Mix(seed, chances, most) if chances else transient(seed, rate=rate, most=most))
    elif given:
        raise ValueError("a mix of faults needs seed=")
    return tuple(plans)


def main() -> None:
    """Serve until SIGTERM or SIGINT."""
    parser = argparse.ArgumentParser(prog="python -m tests.service", description=__doc__)
    parser.add_argument("--port-file", type=Path, required=True, help="where to write the port once it listens")
    parser.add_argument("--corpus", type=Path, default=snapshot_path(), help="the folder of the corpus to serve")
    parser.add_argument("--faults", type=parse_faults, default=(), help="for example seed=3,rate=0.4")
    parser.add_argument("--key", help="the only API key that is accepted")
    options = parser.parse_args()
    ended = threading.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: ended.set())
    world = ScholarWorld.from_corpus(load_corpus(options.corpus))
    with serving(world, faults=options.faults, accepted_key=options.key) as service:
        part = options.port_file.with_suffix(".part")
        part.write_text(service.url.rsplit(":", 1)[1], encoding="ascii")
        os.replace(part, options.port_file)  # noqa: PTH105  # completely or not at all
        ended.wait()


if __name__ == "__main__":
    main()
