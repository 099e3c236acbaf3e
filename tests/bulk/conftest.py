"""A made release and its store, shared by the tests of ingests."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.release import Release, write_citations, write_papers
from graph.bulk.ingest import ingest
from graph.bulk.shards import find_shards

from ..helpers.bulk_oracle import TWO_WORKERS
from ..helpers.made_once import made_once, shared_folder


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shards of a made release, in both dialects."""

    def make(folder: Path) -> None:
        made = Release(12_000, seed=3, dialect="both")
        write_citations(made, folder, 5)
        write_papers(made, folder, 2)

    return made_once(shared_folder(tmp_path_factory, "release"), make)


@pytest.fixture(scope="session")
def store(release: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store of this release; tests must not change it."""
    return made_once(
        shared_folder(tmp_path_factory, "ingested"), lambda folder: ingest(find_shards([release]), folder, TWO_WORKERS)
    )
