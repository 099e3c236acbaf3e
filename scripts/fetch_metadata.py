"""Fetch a reading list from Semantic Scholar: the same as ``lineage fetch``, from a checkout."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from graph.__main__ import faults_of_the_process_told  # the path must come first

if __name__ == "__main__":
    with faults_of_the_process_told():
        from graph.interfaces.cli.fetch import main

        main()
