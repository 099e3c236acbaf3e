"""The shipped corpus as an indexed store with sentences, which all workers of a run share.

``python -m tests.helpers.shared_store FOLDER`` makes it and asks it questions, so that the loops over stores are
compiled, which takes a minute; a run of all tests begins with that. Workers that come to them meanwhile would each
compile them, and within a request whose client waits.
"""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from graph.errors import InputError
from graph.model.shipped_data import reading_list_path, snapshot_path

from .made_once import made_once


def make_store(folder: Path) -> None:
    """Fill a folder with the store; `ids_of_corpus` has the corpus id of each key."""
    from graph.index.build_index import index_store
    from graph.model.storage import load_corpus

    from .scale_world import store_of_corpus

    store_of_corpus(folder, load_corpus(snapshot_path()))
    index_store(folder, memory=1 << 31)


def ask(folder: Path) -> None:
    """Ask the store what compiles the loops that tests of stores run."""
    from graph.algorithms.main_path_search import GLOBAL
    from graph.analysis.main_path import EVERYTHING
    from graph.analysis.path_options import PathOptions
    from graph.analysis.paths import paths_in
    from graph.analysis.store_flow import store_flow, store_main_path
    from graph.index.between import evidence_byte, shortest_path, shortest_paths
    from graph.index.store import open_store
    from graph.model.reading_list import load_reading_list

    from .commands import lineage_command
    from .flips import QUESTIONS

    with TemporaryDirectory() as scratch:
        part = "neighbourhood", "BERT", "InstructGPT", "--top", "5", "-o", f"{scratch}/part"
        for words in (*QUESTIONS, part):
            answer = lineage_command("--store", folder, *words)
            assert answer.returncode in (0, 2), answer  # 2: a name means several papers of a store
    store = replace(open_store(folder, load_reading_list(reading_list_path())), most_papers=10)
    start, end = store.names.resolve("1"), store.names.resolve("17")
    for question in (shortest_path, shortest_paths, evidence_byte):
        question(store.index, start, end)
    for options in (PathOptions(), PathOptions(rank="strongest"), PathOptions(max_hops=3)):
        with suppress(InputError):  # too many papers take part, which is found by the same loops
            paths_in(store, *store.keys_of((start, end)), options)
    store_flow(store, start, end, list_only=False, cycles="date")
    store_main_path(store, (start, end), EVERYTHING, weight="SPC", by=GLOBAL, cycles="date")


def begin_shared_store(folder: Path) -> subprocess.Popen[bytes]:
    """Begin to make the store in a process of its own; where that fails, the first test that needs it makes it."""
    command = [sys.executable, "-m", "tests.helpers.shared_store", str(folder)]
    return subprocess.Popen(
        command, cwd=Path(__file__).parents[2], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def _make_and_ask(folder: Path) -> None:
    make_store(folder)
    ask(folder)


if __name__ == "__main__":
    made_once(Path(sys.argv[1]), _make_and_ask)
