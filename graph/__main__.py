"""``python -m graph`` and ``lineage``: the process around the command."""

import gc
import os
import sys
from contextlib import contextmanager

if sys.version_info >= (3, 11):  # noqa: UP036 - an older Python gets as far as this, and is told so below
    from collections.abc import Iterator

YOUNG_OBJECTS = 50_000
"""After so many new objects Python looks for garbage: a command starts by making many that stay."""


def main() -> None:
    """Run the command; an interruption while it is still being loaded is no traceback either."""
    gc.set_threshold(YOUNG_OBJECTS, 20)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # loading numpy starts threads for matrices; none is needed
    try:
        with faults_of_the_process_told():
            from .interfaces.cli.main import main as run

            run()
    finally:
        gc.freeze()  # the process ends, and what it made need not be searched for garbage


@contextmanager
def faults_of_the_process_told() -> "Iterator[None]":
    """End the process with one message where the Python is too old, a package is missing, or a person interrupts."""
    if sys.version_info < (3, 11):  # noqa: UP036 - nothing else keeps a checkout from being run with an older one
        version = ".".join(map(str, sys.version_info[:2]))
        _end(2, f"lineage: Python 3.11 or newer is needed, and this is {version} ({sys.executable}); "
                "run it with a newer one, such as python3.12 -m graph, after python3.12 -m pip install .")  # fmt: skip
    try:
        yield
    except ModuleNotFoundError as fault:
        package = (fault.name or "").partition(".")[0]
        if package in ("", __package__):
            raise
        _end(2, f"lineage: the package {package} is not installed for this Python ({sys.executable}); "
                "'make' in the folder of citation-lineage installs what is needed into .venv, and "
                "'python -m pip install .' into an environment of yours")  # fmt: skip
    except KeyboardInterrupt:
        _end(130, "interrupted")


def _end(code: int, message: str) -> None:
    sys.stderr.write(f"{message}\n")
    sys.exit(code)


if __name__ == "__main__":
    main()
