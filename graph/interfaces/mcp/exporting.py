"""The tools that export: one answers with the text, the other writes files into the folder that a person opened."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache, partial
from typing import Annotated

from mcp.server.mcpserver.tools import Tool
from mcp_types import ToolAnnotations
from pydantic import BaseModel, Field

from ...errors import InputError
from ...exports.registry import FORMATS, SELECTIONS, Content, find_format
from ...exports.selection import Selection
from ...utils.csv_files import for_spreadsheets
from ...utils.new_files import create_all
from ..backend import Backend
from ..question import as_parameters
from ..select import select
from .calls import READ_ONLY, RESERVED, as_tool
from .quoted import Quoted
from .sandbox import Folder
from .truncate import text_end

FormatId = Annotated[
    str,
    Field(
        description="; ".join(f"{each.id}: {each.purpose}" for each in FORMATS),
        max_length=100,
        json_schema_extra={"enum": [each.id for each in FORMATS]},
    ),
]
Of = Annotated[
    str, Field(description="; ".join(f"{word!r}: {what}" for word, what in SELECTIONS.items()), max_length=1000)
]
Top = Annotated[int, Field(description="How many paths, where paths are asked for", ge=1, le=1000)]


class ExportedFile(BaseModel):
    """One file of an export: its text, or where it was written."""

    ending: str
    path: str | None = Field(description="Where it was written; null: it was not")
    text: str | None = Field(description="Its text from `offset` on, as far as it fits; null: it was written")
    size: int = Field(description="Its characters, or its bytes where it is no text")
    next_offset: int | None = Field(description="Ask again with this offset for what follows; null: nothing does")


class Exported(Quoted):
    """An export."""

    format: str
    of: str
    papers: int
    citations: int
    loses: str = Field(description="What the format has no place for")
    files: list[ExportedFile]
    remarks: list[str] = Field(description="What the answer left out that this is a part of")


def export_tools(backend: Backend, folder: Folder | None, limit: int) -> list[Tool]:
    """The tool `export`, and `export_file` when there is a folder."""
    write = lru_cache(maxsize=4)(partial(_write, backend))  # a long text is asked for page by page

    def text(
        format: FormatId,  # noqa: A002  # what the command calls it
        of: Of = "list",
        top: Top = 10,
        offset: Annotated[int, Field(description="Where in the text to begin", ge=0)] = 0,
    ) -> Exported:
        selection, made = write(format, of, top)
        limit_each = (limit - RESERVED) // len(made)
        files = []
        for ending, content in made.items():
            if isinstance(content, bytes):
                raise InputError(
                    f"{format} is no text", remedy="choose a text format, or start the server with --folder"
                )
            end = text_end(content, min(offset, len(content)), limit_each)
            next_offset = end if end < len(content) else None
            shown = content[offset:end]
            files.append(ExportedFile(ending=ending, path=None, text=shown, size=len(content), next_offset=next_offset))
        return _exported(format, of, selection, files)

    def file(
        format: FormatId,  # noqa: A002
        name: Annotated[
            str, Field(description="The name of the new file, without its ending", min_length=1, max_length=150)
        ],
        of: Of = "list",
        top: Top = 10,
    ) -> Exported:
        assert folder is not None
        selection, made = write(format, of, top)
        places = {ending: folder.place(name + ending) for ending in made}
        named = {places[each].relative_to(folder.path).as_posix(): made[each] for each in made}
        create_all(folder.path, for_spreadsheets(named))
        files = [
            ExportedFile(ending=ending, path=str(places[ending]), text=None, size=len(content), next_offset=None)
            for ending, content in made.items()
        ]
        return _exported(format, of, selection, files)

    as_text = as_tool(
        text,
        name="export",
        title="Export as text",
        description="Write a part of the lineage for another program, and answer with the text.",
        annotations=READ_ONLY,
    )
    if folder is None:
        return [as_text]
    as_file = as_tool(
        file,
        name="export_file",
        title="Export to a file",
        description=f"Write a part of the lineage for another program into a new file in {folder.path}.",
        annotations=ToolAnnotations(
            read_only_hint=False, destructive_hint=False, idempotent_hint=False, open_world_hint=False
        ),
    )
    return [as_text, as_file]


def _write(backend: Backend, format_id: str, of: str, top: int) -> tuple[Selection, Mapping[str, Content]]:
    selection = select(backend, of, top=top)
    if not selection.keys:
        raise InputError(f"there is nothing to export: {of} has no path", remedy="ask `paths`, which says why")
    return selection, find_format(format_id).write(selection)


def _exported(format_id: str, of: str, selection: Selection, files: list[ExportedFile]) -> Exported:
    return Exported(
        format=format_id,
        of=of,
        papers=len(selection.keys),
        citations=len(selection.arcs),
        loses=find_format(format_id).loses,
        files=files,
        remarks=list(map(as_parameters, selection.remarks)),
    )
