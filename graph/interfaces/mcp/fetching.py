"""The tool that asks the network: it is there only when a person allowed it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from mcp.server.mcpserver import MCPServer
from mcp_types import ToolAnnotations
from pydantic import BaseModel, Field

from ...sources.fetch import FetchOptions, fetch
from ...sources.fetch.report import ATTRIBUTION, coverage_lines, remark_lines
from ...sources.fetch.targets import parse_targets
from ...sources.semantic_scholar.transport import Service
from .sandbox import Folder
from .tools import answering

MOST = 50
"""How many papers one call may name."""
TOLD = 60
"""How many lines an answer shows at the most."""


@dataclass(frozen=True, slots=True)
class Fetching:
    """Where to fetch from, and the time that it takes, handed in so that a test need not wait."""

    service: Service
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.time


class FetchedCorpus(BaseModel):
    """What a fetch came to."""

    corpus: str = Field(description="The folder of the corpus, made by this call")
    papers: int
    citations: int
    requests: int = Field(description="How many requests were sent")
    coverage: list[str] = Field(description="A line for each paper: what is now known of its references")
    remarks: list[str] = Field(description="What was not found, or does not fit")
    unfinished: bool = Field(description="Something failed that need not fail again")
    source: str = ATTRIBUTION


def add_fetch(server: MCPServer[Any], folder: Folder, fetching: Fetching) -> None:
    """Let a server fetch papers from Semantic Scholar into a folder."""

    def fetch_papers(
        papers: Annotated[
            list[Annotated[str, Field(min_length=1, max_length=300)]],
            Field(description="An arXiv identifier, a DOI or a title each", min_length=1, max_length=MOST),
        ],
        to: Annotated[str, Field(description="The name of a new folder for the corpus", max_length=200)],
        citations: Annotated[bool, Field(description="Also who cites each paper, the newest 100")] = False,
    ) -> FetchedCorpus:
        aims = FetchOptions(citations=citations, depth=1, most_citations=100)
        place = folder.place(to)
        wants = parse_targets([" ".join(each.split()) for each in papers], where="papers")
        found = fetch(wants, place, aims, service=fetching.service, sleep=fetching.sleep, clock=fetching.clock)
        return FetchedCorpus(
            corpus=str(place),
            papers=len(found.corpus.papers),
            citations=len(found.corpus.citations),
            requests=found.counts.sent,
            coverage=coverage_lines(found.result)[:TOLD],
            remarks=remark_lines(found)[:TOLD],
            unfinished=found.unfinished,
        )

    server.add_tool(
        answering(fetch_papers),
        name="fetch",
        title="Fetch papers from Semantic Scholar",
        description=f"Ask Semantic Scholar ({fetching.service.base_url}) for papers and what they cite, "
        f"and write a corpus into a new folder inside {folder.path}. The other tools answer from the old one; "
        "'lineage --corpus FOLDER' looks at the new one.",
        annotations=ToolAnnotations(
            read_only_hint=False, destructive_hint=False, idempotent_hint=False, open_world_hint=True
        ),
    )
