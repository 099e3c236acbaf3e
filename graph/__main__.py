"""``python -m graph`` and ``lineage``: the process around the command."""

import gc
import os
import sys

YOUNG_OBJECTS = 50_000
"""After so many new objects Python looks for garbage: a command starts by making many that stay."""


def main() -> None:
    """Run the command; an interruption while it is still being loaded is no traceback either."""
    gc.set_threshold(YOUNG_OBJECTS, 20)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # loading numpy starts threads for matrices; none is needed
    try:
        from .interfaces.cli.main import main as run

        run()
    except KeyboardInterrupt:
        sys.stderr.write("interrupted\n")
        sys.exit(130)
    finally:
        gc.freeze()  # the process ends, and what it made need not be searched for garbage


if __name__ == "__main__":
    main()
