"""``python -m graph`` and ``lineage``: the process around the command."""

import sys


def main() -> None:
    """Run the command; an interruption while it is still being loaded is no traceback either."""
    try:
        from .interfaces.cli.main import main as run

        run()
    except KeyboardInterrupt:
        sys.stderr.write("interrupted\n")
        sys.exit(130)


if __name__ == "__main__":
    main()
