"""A made release and its store, shared by the tests of ingests."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.release import Release, write_citations, write_papers
from graph.bulk.ingest import ingest
from graph.bulk.shards import find_shards

from ..helpers.bulk_oracle import TWO_WORKERS


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shards of a made release, in both dialects."""
    folder = tmp_path_factory.mktemp("release")
    made = Release(24_000, seed=3, dialect="both")
    write_citations(made, folder, 5)
    write_papers(made, folder, 2)
    return folder


@pytest.fixture(scope="session")
def store(release: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store of this release; tests must not change it."""
    store = tmp_path_factory.mktemp("stores") / "store"
    ingest(find_shards([release]), store, TWO_WORKERS)
    return store
