"""What several test files share. Nothing here reaches the network."""

from __future__ import annotations

import pytest
from hypothesis import settings

from graph.corpus import Corpus
from graph.lineage import Lineage, build_lineage
from graph.reading_list import ReadingList, load_reading_list
from graph.shipped import reading_list_path, snapshot_path
from graph.store import load_corpus

from .hostile import hostile_lineage
from .service.fixtures import scholar, scholar_world

__all__ = ["corpus", "hostile", "lineage", "reading_list", "scholar", "scholar_world"]

# A loaded machine is no fault, and the suite tries the same examples each time; `make fuzz` tries others.
settings.register_profile("suite", deadline=None, derandomize=True)
settings.register_profile("fuzz", deadline=None, max_examples=3000)
settings.load_profile("suite")


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    """The shipped corpus."""
    return load_corpus(snapshot_path())


@pytest.fixture(scope="session")
def reading_list() -> ReadingList:
    """The shipped reading list."""
    return load_reading_list(reading_list_path())


@pytest.fixture(scope="session")
def lineage(corpus: Corpus, reading_list: ReadingList) -> Lineage:
    """The lineage of the shipped list."""
    return build_lineage(corpus, reading_list)


@pytest.fixture(scope="session")
def hostile() -> Lineage:
    """A lineage whose every text tries to break out."""
    return hostile_lineage()
