"""The tool that uses the network: it exists only when a person allowed it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated

from mcp.server.mcpserver.tools import Tool
from mcp_types import ToolAnnotations
from pydantic import Field

from ...errors import InputError
from ...sources.fetch import FetchOptions, fetch
from ...sources.fetch.others import OtherService
from ...sources.fetch.report import ATTRIBUTION, coverage_lines, remark_lines, title_match_lines
from ...sources.fetch.targets import parse_targets
from ...sources.http.transport import Service
from ...sources.services import SCHOLAR
from ...utils.new_files import new_folder
from ...utils.text import clipped
from .calls import as_tool
from .quoted import Quoted
from .sandbox import Folder

MOST_PAPERS = 50
"""How many papers one call may name."""
MOST_LINES = 60
"""How many lines an answer shows at most."""
LINE = 300
"""How wide a line of an answer is at most: it names papers by titles, which may be long."""


@dataclass(frozen=True, slots=True)
class Fetching:
    """Where to fetch from, and the clock, which tests replace so that they need not wait.

    `service` is Semantic Scholar, or None where it may not be asked, and `others` are the other services that may.
    """

    service: Service | None
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.time
    others: tuple[OtherService, ...] = ()

    @property
    def names(self) -> list[str]:
        """The services that may be asked, by their names in ``--from``."""
        return [SCHOLAR] * (self.service is not None) + [each.service.kind for each in self.others]

    def chosen(self, sources: Sequence[str]) -> tuple[OtherService, ...]:
        """The other services among those that a call names; raises `InputError` for one that may not be asked."""
        wrong = [name for name in sources if name not in self.names]
        if wrong or not sources:
            what = f"{wrong[0]!r} is not a service that may be asked" if wrong else "no service is named"
            raise InputError(what, where="sources", remedy=f"name some of {', '.join(self.names)}")
        return tuple(each for each in self.others if each.service.kind in sources)


class FetchedCorpus(Quoted):
    """The result of a fetch."""

    corpus: str = Field(description="The folder of the corpus, made by this call")
    papers: int
    citations: int
    requests: int = Field(description="How many requests were sent")
    coverage: list[str] = Field(description="A line for each paper: what is now known of its references")
    remarks: list[str] = Field(description="What was not found, or does not fit")
    unfinished: bool = Field(description="Something failed that may succeed another time")
    source: str = Field(description="Whom to credit for the data")


def fetch_tool(folder: Folder, fetching: Fetching) -> Tool:
    """The tool `fetch`, which fetches papers from the allowed services into a folder."""

    def fetch_papers(
        papers: Annotated[
            list[Annotated[str, Field(min_length=1, max_length=300)]],
            Field(description="An arXiv identifier, a DOI or a title each", min_length=1, max_length=MOST_PAPERS),
        ],
        to: Annotated[str, Field(description="The name of a new folder for the corpus", max_length=200)],
        citations: Annotated[bool, Field(description="Also who cites each paper, the newest 100")] = False,
        sources: Annotated[
            list[str] | None,
            Field(
                description="Which services to ask, of those that the description names; else the first", max_length=9
            ),
        ] = None,
    ) -> FetchedCorpus:
        asked = fetching.names[:1] if sources is None else sources
        others = fetching.chosen(asked)
        options = FetchOptions(citations=citations, depth=1, most_citations=100)
        path = folder.place(to)
        targets = parse_targets([" ".join(each.split()) for each in papers], where="papers")
        with new_folder(path):
            found = fetch(
                targets,
                path,
                options,
                service=fetching.service,
                others=others,
                scholar=SCHOLAR in asked,
                sleep=fetching.sleep,
                clock=fetching.clock,
            )
        return FetchedCorpus(
            corpus=str(path),
            papers=len(found.corpus.papers),
            citations=len(found.corpus.citations),
            requests=found.counts.sent,
            coverage=_bounded(coverage_lines(found.result, found.heard)),
            remarks=_bounded([*remark_lines(found), *title_match_lines(found)]),
            unfinished=found.unfinished,
            source="; ".join([*[ATTRIBUTION] * (SCHOLAR in asked), *(each.service.credit for each in others)]),
        )

    return as_tool(
        fetch_papers,
        waits=False,  # it computes little, and takes long
        name="fetch",
        title="Fetch papers from citation services",
        description=f"Ask {_named(fetching)} for papers and what they cite, "
        f"and write a corpus into a new folder inside {folder.path}. The other tools answer from the old one; "
        "'lineage --corpus FOLDER' looks at the new one.",
        annotations=ToolAnnotations(
            read_only_hint=False, destructive_hint=False, idempotent_hint=False, open_world_hint=True
        ),
    )


def _named(fetching: Fetching) -> str:
    """The services with their addresses, for the description of the tool."""
    scholar = [f"Semantic Scholar ({SCHOLAR}: {fetching.service.base_url})"] if fetching.service else []
    others = [f"{each.service.label} ({each.service.kind}: {each.at.base_url})" for each in fetching.others]
    return ", ".join([*scholar, *others])


def _bounded(lines: list[str]) -> list[str]:
    return [clipped(line, LINE) for line in lines[:MOST_LINES]]
