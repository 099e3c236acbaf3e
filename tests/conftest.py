"""What several test files share. Nothing here reaches the network."""

from __future__ import annotations

import gc
import importlib
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

from graph.interfaces.cli import safe_stream
from graph.model.corpus import Corpus
from graph.model.lineage import Lineage, build_lineage
from graph.model.reading_list import ReadingList, load_reading_list
from graph.model.reason_files import load_reasons
from graph.model.shipped_data import reading_list_path, snapshot_path
from graph.model.storage import load_corpus

from .helpers.hostile import hostile_lineage
from .helpers.made_once import made_once, shared_folder
from .service import ScholarService, ScholarWorld, serving

if TYPE_CHECKING:
    from graph.index.store import Store

    from .helpers.browser import Show

# A loaded machine is no fault. The suite tries the same examples each time, `make long` ten times as many, and
# `make fuzz` others.
settings.register_profile("suite", deadline=None, derandomize=True, max_examples=25)
settings.register_profile("long", deadline=None, derandomize=True, max_examples=250)
settings.register_profile("fuzz", deadline=None, max_examples=3000)
settings.load_profile("suite")


if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # a shell starts so what it runs in its background
    signal.signal(signal.SIGINT, signal.default_int_handler)  # also for the processes that tests start

# Workers and the commands that tests start keep what they compile, or each of some hundred would compile all anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def pytest_collection(session: pytest.Session) -> None:
    """Before workers collect all tests: begin the store that they share, and import the test files.

    pytest rewrites the assertions of a file when it is imported, and caches that. Workers that begin with the same file
    rewrite all files at the same time, each for itself; so each begins at another, and finds the others'.
    """
    worker, workers = (os.environ.get(f"PYTEST_XDIST_WORKER{more}", "") for more in ("", "_COUNT"))
    if not worker or session.config.args != session.config.getini("testpaths"):
        return
    number, root = int(worker.removeprefix("gw")), session.config.rootpath
    if number == 0:
        from .helpers.shared_store import begin_shared_store

        process = begin_shared_store(Path(session.config.option.basetemp).parent / "shared-store")
        session.config.add_cleanup(process.wait)
        session.config.add_cleanup(process.kill)  # the last comes first
    files = sorted((root / "tests").rglob("test_*.py"))
    start = len(files) * number // int(workers)
    for file in files[start:] + files[:start]:
        with suppress(Exception):  # the collection imports it again, and reports what is wrong
            importlib.import_module(".".join(file.relative_to(root).with_suffix("").parts))


def pytest_collection_finish() -> None:
    """Tell the garbage collector to leave alone what was collected, which stays until the end: a tenth of all time.

    It then looks less often for circles among what tests make, most of which is gone with the test.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(autouse=True, scope="module")
def _keys_of_this_file_alone() -> Iterator[None]:
    """What tests print is not searched for the keys that those of other files were given, which takes seconds."""
    yield
    safe_stream._hidden_keys.clear()


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
    """The lineage of the shipped list, with its reasons."""
    return build_lineage(corpus, reading_list, load_reasons(reading_list_path(), snapshot_path(), corpus))


@pytest.fixture(scope="session")
def hostile() -> Lineage:
    """A lineage whose every text tries to break out."""
    return hostile_lineage()


@pytest.fixture(scope="session")
def scholar_world(corpus: Corpus) -> ScholarWorld:
    """The world of the shipped snapshot, as a service knows it."""
    return ScholarWorld.from_corpus(corpus)


@pytest.fixture
def scholar(request: pytest.FixtureRequest) -> Iterator[Callable[..., ScholarService]]:
    """Start services that stop when the test ends: ``scholar()``, ``scholar(world, faults=[...])``.

    Without a world it serves the shipped snapshot. The options are those of `ScholarService`.
    """
    with ExitStack() as running:

        def start(world: ScholarWorld | None = None, **options: Any) -> ScholarService:
            served = request.getfixturevalue("scholar_world") if world is None else world
            return running.enter_context(serving(served, **options))

        yield start


@pytest.fixture
def show(tmp_path: Path) -> Show:
    """Open a page in the browser that the tests of one process share."""
    from .helpers.browser import opened, shared_browser

    return lambda html, **settings: opened(shared_browser(), html, tmp_path, **settings)


@pytest.fixture(scope="session")
def around_html(lineage: Lineage) -> str:
    """The page of the neighbourhood of the shipped list."""
    from graph.analysis.neighbourhood import neighbourhood
    from graph.pages.page import render_page

    return render_page(lineage, neighbourhood(lineage), title="Around the list", subtitle="With bridges")


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory, corpus: Corpus) -> tuple[Path, dict[str, int]]:
    """The shipped corpus as an indexed store with sentences, and the corpus id of each of its keys."""
    from .helpers.scale_world import ids_of_corpus
    from .helpers.shared_store import make_store

    return made_once(shared_folder(tmp_path_factory, "store"), make_store), ids_of_corpus(corpus)


@pytest.fixture(scope="session")
def store(whole: tuple[Path, dict[str, int]], reading_list: ReadingList) -> Store:
    """That store, opened with the shipped list."""
    from graph.index.store import open_store

    return open_store(whole[0], reading_list)
