"""The tools that ask Semantic Scholar about papers of the corpus: they exist only when a person allowed the network."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Annotated, Any

from mcp.server.mcpserver.tools import Tool
from mcp_types import ToolAnnotations
from pydantic import Field

from ...errors import InputError
from ...sources.fetch.report import ATTRIBUTION
from ...sources.semantic_scholar.client import SemanticScholar
from ..answer import Answer
from ..backend import Backend
from ..scholar import passages, recommend
from .arguments import Name, Names
from .calls import MOST_CUTS, RESERVED, as_tool
from .fetching import Fetching
from .quoted import NOTICE, Quoted
from .sandbox import Folder
from .truncate import Cut, bounded

ANSWERS = "answers"
"""The folder for kept answers, inside the one that the person opened."""


class ScholarAnswer(Quoted):
    """What Semantic Scholar says, in bounded size."""

    answer: dict[str, Any] = Field(description="What the command prints with --json, as far as it fits")
    cut: list[Cut] = Field(description="What did not fit. Empty: the answer is whole")
    source: str = ATTRIBUTION


def asking_tools(backend: Backend, folder: Folder, fetching: Fetching, limit: int) -> list[Tool]:
    """The tools that ask the service about papers of a corpus; their answers are kept in the folder.

    Where the person allowed other services alone, there are none.
    """
    service = fetching.service
    if service is None:
        return []
    one_at_a_time = threading.Lock()

    def answered(ask: Callable[[SemanticScholar], Answer[Any]]) -> ScholarAnswer:
        kept = folder.path / ANSWERS
        if kept.is_symlink():
            raise InputError(f"{ANSWERS!r} is a symbolic link", remedy="remove it from the folder of the server")
        clock = {"sleep": fetching.sleep, "clock": fetching.clock}
        with one_at_a_time, SemanticScholar.at(kept, service, **clock) as scholar:
            answer, cut = bounded(ask(scholar).form, limit - RESERVED)
        return ScholarAnswer(answer=answer, cut=cut[:MOST_CUTS])

    def recommendations(
        like: Names = [],  # noqa: B006  # never changed; a schema shows its default
        unlike: Names = [],  # noqa: B006
        top: Annotated[int, Field(description="How many suggestions", ge=1, le=100)] = 10,
    ) -> ScholarAnswer:
        return answered(lambda scholar: recommend(backend, scholar, like, unlike=unlike, top=top))

    def passages_about(
        about: Annotated[str, Field(description="Words that passages are to speak of", min_length=1, max_length=300)],
        of: Annotated[list[Name], Field(description="Papers", min_length=1, max_length=50)],
        top: Annotated[int, Field(description="How many passages", ge=1, le=50)] = 10,
    ) -> ScholarAnswer:
        keys = list(map(backend.key_of, of))
        return answered(lambda scholar: passages(backend.part(keys), scholar, about, keys, top=top))

    return [
        _asking_tool(
            passages_about,
            "passages",
            "Passages of full texts",
            f"Ask Semantic Scholar for passages of papers that speak of something, quoted with their place. {NOTICE}",
        ),
        _asking_tool(
            recommendations,
            "recommendations",
            "Papers that Semantic Scholar suggests",
            "Ask Semantic Scholar for papers like some and unlike others; without `like` for papers like the reading "
            "list. They are suggestions of that service and no citations.",
        ),
    ]


def _asking_tool(method: Callable[..., ScholarAnswer], name: str, title: str, what: str) -> Tool:
    return as_tool(
        method,
        waits=False,  # it computes little, and waits for the service
        name=name,
        title=title,
        description=f"{what} Answers are kept, and not asked for again.",
        annotations=ToolAnnotations(
            read_only_hint=False, destructive_hint=False, idempotent_hint=True, open_world_hint=True
        ),
    )
