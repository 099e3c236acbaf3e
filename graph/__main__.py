"""``python -m graph`` is the command ``lineage``."""

from .cli import main

main()
