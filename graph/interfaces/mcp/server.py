"""The server: tools and resources for one corpus."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ResourceError

from ...errors import LineageError
from ...exports.answers import Form
from ...exports.text.measures_text import registry_form
from ..backend import Backend
from .app import apps
from .calls import MOST_CUTS, RESERVED, ToolCalls, question_tools
from .exporting import export_tools
from .faults import fault_text
from .fetching import Fetching, fetch_tool
from .quoted import NOTICE
from .sandbox import Folder
from .strict_tool import StrictServer
from .tools import Tools
from .truncate import LIMIT, bounded, compact

INSTRUCTIONS = """\
A citation lineage: papers of a reading list, and who built on whom. Ask `paths` how one paper led to a later one.
Arrows run from the cited, older paper to the citing, newer one: the way the idea travelled.
Every citation names who asserts it. `coverage` says how far the papers' references are known: where they are not
complete, a missing citation or path proves nothing; say so when you answer.
A paper goes by its number in the list, a name, a title or part of one, an identifier, or its key; `resolve` finds it.
An answer has at most {limit:,} characters of JSON. What did not fit is named in `cut`, and `more` gives it.
{notice} Every answer begins with this.
"""


def make_server(
    backend: Backend, *, folder: Path | None = None, limit: int = LIMIT, fetching: Fetching | None = None
) -> MCPServer[Any]:
    """Make a server of the Model Context Protocol, which reads no file and uses no network unless it fetches.

    The tools may write to `folder` alone, and write nothing without it. An answer has at most `limit` characters of
    JSON. With `fetching` and a folder there is a tool that fetches papers. Raises `InputError` when there is no such
    folder.
    """
    opened = Folder(folder) if folder is not None else None
    calls = ToolCalls(Tools(backend), limit)
    tools = [*question_tools(calls), *export_tools(backend, opened, limit)]
    if fetching is not None and opened is not None:
        tools.append(fetch_tool(opened, fetching))
        if backend.in_memory:
            from .asking import asking_tools

            tools += asking_tools(backend, opened, fetching, limit)
    server = StrictServer(
        "citation-lineage",
        title="Citation lineage",
        version=version("citation-lineage"),
        instructions=INSTRUCTIONS.format(limit=limit, notice=NOTICE),
        tools=tools,
        extensions=[apps()],
        log_level="ERROR",  # the fault of a tool goes to the agent, and not to the terminal
    )
    _add_resources(server, calls)
    return server


def _add_resources(server: MCPServer[Any], calls: ToolCalls) -> None:
    def resource(uri: str, title: str, description: str) -> Callable[[Callable[..., str]], Callable[..., str]]:
        return server.resource(uri, title=title, description=description, mime_type="application/json")

    @resource("lineage://reading-list", "The reading list", "Its themes and entries, with the papers they name")
    def reading_list() -> str:
        return _bounded_text(calls.tools.show, calls.limit)

    @resource("lineage://measures", "The measures", "Every measure: what it means, its parameters and its paper")
    def measures() -> str:
        return _bounded_text(registry_form, calls.limit)

    @resource("lineage://paper/{key}", "One paper", "What `show` says of the paper with this key")
    def paper(key: str) -> str:
        return _bounded_text(lambda: calls.tools.show(key), calls.limit)


def _bounded_text(make: Callable[[], Form], limit: int) -> str:
    try:
        answer, cut = bounded(make(), limit - RESERVED)
    except LineageError as fault:
        raise ResourceError(fault_text(fault)) from None
    return compact({"quoted": NOTICE, "answer": answer, "cut": [asdict(each) for each in cut[:MOST_CUTS]]})
