"""How commands with ``--ask`` reach Semantic Scholar: their options, a client, and where it keeps the answers."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...errors import InputError
from .common import say, semantic_scholar
from .context import CommandContext
from .options import FOLDER, base_url_option, key_file_option, option

if TYPE_CHECKING:
    from ...sources.http.client import RequestCounts
    from ...sources.semantic_scholar.client import SemanticScholar

ASK_OPTIONS = (
    option("--ask", is_flag=True, help="Ask Semantic Scholar, over the network."),
    option("--update", is_flag=True, help="With --ask: ask again for what was answered before."),
    option(
        "--answers",
        type=FOLDER,
        help="With --ask: the folder whose raw/ keeps the answers; else that of the corpus, or ./corpus.",
    ),
    base_url_option,
    key_file_option,
)
"""What every command has that asks; see `taken`."""
OWN_CORPUS = Path("corpus")
"""Where answers about the shipped corpus are kept, which is not to be written to."""
_NAMES = ("update", "answers", "base_url", "key_file")


def taken(options: dict[str, Any]) -> dict[str, Any]:
    """Take the options of `ASK_OPTIONS` out of those of a command; `InputError` for one of them without --ask."""
    found = {name: options.pop(name) for name in ("ask", *_NAMES)}
    if not found["ask"]:
        refuse_unasked({f"--{name.replace('_', '-')}": found[name] for name in _NAMES})
    return found


def refuse_unasked(given: Mapping[str, object]) -> None:
    """Refuse options that say something to the service where it is not asked."""
    for name, value in given.items():
        if value:
            raise InputError(
                f"{name} goes with --ask", remedy="add --ask, which asks over the network, or leave it out"
            )


@contextmanager
def asked_scholar(context: CommandContext, options: Mapping[str, Any]) -> Iterator[SemanticScholar]:
    """A client for one command; its answers are kept in the corpus, and a line says how many requests it sent."""
    from ...model.shipped_data import snapshot_path
    from ...sources.semantic_scholar.client import SemanticScholar

    is_shipped = context.corpus.resolve() == snapshot_path().resolve()
    folder = options["answers"] or (OWN_CORPUS if is_shipped else context.corpus)
    service = semantic_scholar(options["base_url"], options["key_file"])
    with SemanticScholar.at(
        folder, service, update=options["update"], sleep=time.sleep, clock=time.time, progress=_say_waits
    ) as scholar:
        yield scholar
        sent = scholar.counts.sent
        requests = f"{sent or 'no'} request{'s' * (sent != 1)} sent to {service.base_url}"
        say(f"{requests}; answers are kept in {folder / 'raw'}")


def _say_waits(counts: RequestCounts) -> None:
    """Say why a command waits for longer than its pace."""
    if counts.waiting:
        say(counts.waiting)
