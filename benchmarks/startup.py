"""From the command to its first output, beside Python itself and networkx alone.

    python -m benchmarks.startup [RUNS]

Medians of whole processes, taken in turns so that a busy moment of the machine falls on all of them.
"""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import time
from importlib.metadata import version

RUNS = 11
PYTHON = "python -c pass"
NETWORKX = 'python -c "import networkx"'
COMMANDS = {
    PYTHON: ("-c", "pass"),
    NETWORKX: ("-c", "import networkx"),
    "lineage --help": ("-m", "graph", "--help"),
    "lineage show": ("-m", "graph", "show"),
    "lineage show BERT": ("-m", "graph", "show", "BERT"),
    "lineage path BERT InstructGPT": ("-m", "graph", "path", "BERT", "InstructGPT"),
}


def first_output(arguments: tuple[str, ...]) -> float:
    """Seconds from the start of a process to the first byte that it writes, or to its end when it writes none."""
    start = time.perf_counter()
    with subprocess.Popen(  # noqa: S603  # only the commands above
        [sys.executable, *arguments], stdout=subprocess.PIPE, env=os.environ | {"PYTHONUTF8": "1"}
    ) as process:
        assert process.stdout is not None
        process.stdout.read(1)
        seconds = time.perf_counter() - start
        process.stdout.read()
    if process.returncode:
        sys.exit(f"{' '.join(arguments)} ended with {process.returncode}")
    return seconds


def main(runs: int) -> None:
    """Print the table in Markdown."""
    print(f"{platform.machine()}, Python {platform.python_version()}, networkx {version('networkx')},", end=" ")
    print(f"click {version('click')}; medians of {runs} runs\n")
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for arguments in COMMANDS.values():  # once unmeasured: compiles what is not compiled, warms the disk's cache
        first_output(arguments)
    for _ in range(runs):
        for name, arguments in COMMANDS.items():
            times[name].append(first_output(arguments))
    medians = {name: statistics.median(taken) for name, taken in times.items()}
    print("| to the first output | milliseconds | of `import networkx` |")
    print("| --- | ---: | ---: |")
    for name, median in medians.items():
        print(f"| `{name}` | {median * 1000:.0f} | {median / medians[NETWORKX]:.2g} x |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else RUNS)
