"""Which observation a run goes on with, and what it set out to fetch: kept beside the answers of each service."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from ...errors import InputError
from ...model.corpus_manifest import TABLES
from ...model.serialize import to_row
from ...model.storage import copy_corpus
from ..http.response_cache import ResponseCache
from .between.grow import GrowthOptions
from .crawl import FetchOptions
from .targets import Targets

FORMER = "before"
"""The folder, in that of a corpus, with the corpus as the last observation left it."""

_TOGETHER = {"lists": "together"}


def observation(cache: ResponseCache, clock: Callable[[], float], *, update: bool, reparse: bool, to: Path) -> str:
    """The day of the observation that the run goes on with; a new one begins where it must.

    Before a new one begins, the corpus of the one before is kept in `FORMER`, so that somebody can ask what is new.
    Raises `InputError` when there is nothing to parse again, or the day that is kept is none.
    """
    if cache.observed is None and reparse:
        raise InputError("no answers to parse again", where=str(to), remedy="fetch first, without --reparse")
    begins_anew = cache.observed is not None and update and cache.finished and not reparse
    if begins_anew and (to / "manifest.json").is_file():
        copy_corpus(to, to / FORMER)
    if cache.observed is None or begins_anew:
        cache.begin(datetime.datetime.fromtimestamp(clock(), datetime.UTC).date().isoformat())
    assert cache.observed is not None
    try:
        datetime.date.fromisoformat(cache.observed)
    except ValueError:
        raise InputError(f"{cache.observed!r} is not a day", where=str(cache.path), remedy="restore the file") from None
    return cache.observed


def plan_of(targets: Targets, options: FetchOptions, growth: GrowthOptions | None = None) -> Mapping[str, Any]:
    """What a run sets out to fetch; how far a search may go does not belong to its question."""
    question = {"between": [growth.years.first, growth.years.last]} if growth else {}
    wanted = [[*target.asked_by, target.title] for target in targets.papers]
    return {"aims": to_row(options), "wanted": wanted, **question}


def check_folder(to: Path) -> None:
    """Keep a corpus that no fetch from a service has made from being replaced.

    Raises `InputError` when the folder has one.
    """
    if (to / "raw").exists():
        return
    found = next(
        (name for name in ("manifest.json", *(f"{name}.jsonl" for name in TABLES)) if (to / name).exists()), None
    )
    if found:
        raise InputError(
            f"this folder has a {found} that no fetch from a service has written",
            where=str(to),
            remedy="choose another folder with --to, or move it away",
        )


def check_question(cache: ResponseCache, plan: Mapping[str, Any], to: Path) -> None:
    """Keep the corpus of one question from being replaced by that of another.

    Raises `InputError` when the folder belongs to another search, or to a fetch of lists and this is a search.
    """
    before = cache.plan
    if not (to / "manifest.json").is_file():  # a question that came to nothing has no corpus to lose
        return
    if before is None or ("between" not in before and "between" not in plan):
        return
    if any(before.get(name) != plan.get(name) for name in ("wanted", "between")):
        raise InputError(
            "this folder has the corpus of another question",
            where=str(to),
            remedy="choose another folder with --to",
        )


def reads_together(cache: ResponseCache) -> bool:
    """Whether this observation reads the lists of many papers in one request.

    One that began before that was possible ends as it began, because the lists that it has read say more.
    """
    return _TOGETHER.items() <= cache.plan.items() if cache.plan is not None else not len(cache)


def check_plan(cache: ResponseCache, plan: Mapping[str, Any], *, reparse: bool) -> None:
    """Keep what the run sets out to fetch; parsing again must set out to fetch the same.

    Raises `InputError` when it does not.
    """
    plan = {**plan, **(_TOGETHER if reads_together(cache) else {})}
    if not reparse:
        cache.save_plan(plan)
    elif cache.plan is not None and cache.plan != plan:
        raise InputError(
            "the answers were fetched for another list or with other options",
            where=str(cache.path),
            remedy="give the same list and options together with --reparse",
        )
