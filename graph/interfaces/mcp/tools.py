"""The tools: every question as a tool that answers in bounded size, and whose faults say what to do."""

from __future__ import annotations

import functools
import inspect
import json
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Any, Literal

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import CallToolResult, TextContent, ToolAnnotations
from pydantic import BaseModel, Field, ValidationError, validate_call

from ...errors import InputError, LineageError
from .questions import Questions
from .truncate import Cut, bounded, compact, part_of

ASKING = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
"""A tool that only looks, at nothing but the corpus."""

ROOM = 5_000
"""Of the limit, what is kept for saying what was cut, and the coverage."""
CUTS = 40
"""How many of the parts that were cut are named."""
KEPT = 8
"""How many whole answers are kept, so that `more` need not ask anew."""

Asked = Literal["resolve", "paths", "flow", "main_path", "neighbourhood", "show", "audit"]
TITLES: dict[Asked, str] = {
    "resolve": "Find a paper by its name",
    "paths": "How one paper led to another",
    "flow": "What all paths between two papers run through",
    "main_path": "The main path",
    "neighbourhood": "What is around a paper",
    "show": "One paper, or the reading list",
    "audit": "What can be relied on",
}


class ToolAnswer(BaseModel):
    """An answer in bounded size."""

    answer: dict[str, Any] = Field(
        description="What the command of the same name prints with --json, as far as it fits"
    )
    coverage: dict[str, int] = Field(
        description="How many of the papers in the answer have references known to which extent: complete, partial, "
        "elided, capped, failed, not fetched. Unknown is not zero: what is not complete may hide citations"
    )
    cut: list[Cut] = Field(
        description="What did not fit: `part` (a JSON pointer into the answer), how many of its items are shown, and "
        "how many more there are. The tool `more` gives them. Empty: the answer is whole"
    )
    cut_in_all: int = Field(description="How many parts were cut, of which `cut` names the first")


class NextItems(BaseModel):
    """Some items of an answer that did not fit into it."""

    part: str
    offset: int = Field(description="The position of the first item")
    items: list[Any] | dict[str, Any] | str
    total: int = Field(description="How many items there are")
    next_offset: int | None = Field(description="Where to go on; null: these were the last")
    cut: list[Cut] = Field(description="Parts of these items that did not fit")


class ToolContext:
    """Answers the tools' calls.

    Parameters
    ----------
    questions : Questions
    limit : int
        Characters of JSON that an answer has at the most.
    """

    def __init__(self, questions: Questions, limit: int) -> None:
        self.questions, self.limit = questions, limit
        self._kept: OrderedDict[str, dict[str, Any]] = OrderedDict()

    def told(self, tool: Asked, arguments: dict[str, Any]) -> ToolAnswer:
        """The answer of a tool, cut to the limit."""
        whole = self.whole(tool, arguments)
        answer, cut = bounded(whole, self.limit - ROOM)
        return ToolAnswer(answer=answer, coverage=self.questions.coverage(answer), cut=cut[:CUTS], cut_in_all=len(cut))

    def whole(self, tool: Asked, arguments: dict[str, Any]) -> dict[str, Any]:
        """The whole answer of a tool; the last few are kept.

        Raises
        ------
        InputError
            When the arguments are not those of the tool.
        """
        asked = json.dumps([tool, arguments], sort_keys=True)
        if asked not in self._kept:
            try:
                answer = validate_call(getattr(self.questions, tool))(**arguments)
            except ValidationError as fault:
                first = fault.errors()[0]
                where = ".".join(map(str, first["loc"]))
                raise InputError(
                    f"{tool} does not take that: {where}: {first['msg']}", remedy="see the tool's own description"
                ) from None
            self._kept[asked] = answer
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return self._kept[asked]

    def more(
        self,
        tool: Annotated[Asked, Field(description="The tool that gave the answer")],
        arguments: Annotated[dict[str, Any], Field(description="The arguments that it was called with")],
        part: Annotated[str, Field(description='Which part, as the answer\'s `cut` names it, such as "/arcs"')],
        offset: Annotated[int, Field(description="How many items to skip: as many as are known already", ge=0)] = 0,
    ) -> NextItems:
        """The items of an answer that did not fit into it, page by page."""
        whole = self.whole(tool, arguments)
        items, end, total = part_of(whole, part, offset, self.limit - ROOM)
        shown, cuts = bounded(items, self.limit - ROOM)
        return NextItems(
            part=part,
            offset=offset,
            items=shown,
            total=total,
            next_offset=end if end < total else None,
            cut=[replace(each, part=_absolute(part, each.part, offset, items)) for each in cuts[:CUTS]],
        )


def _absolute(part: str, inside: str, offset: int, items: Any) -> str:
    """A pointer into some items as a pointer into the whole answer."""
    if not isinstance(items, list) or not inside:
        return part + inside
    number, _, rest = inside[1:].partition("/")
    return f"{part}/{int(number) + offset}" + (f"/{rest}" if rest else "")


def add_questions(server: MCPServer[Any], desk: ToolContext) -> None:
    """Add every question, and `more`, to a server."""
    for name, title in TITLES.items():
        server.add_tool(_asking(desk, name), name=name, title=title, annotations=ASKING)
    server.add_tool(answering(desk.more), name="more", title="More of an answer", annotations=ASKING)


def _asking(desk: ToolContext, name: Asked) -> Callable[..., CallToolResult]:
    method = getattr(desk.questions, name)

    @functools.wraps(method)
    def ask(**arguments: Any) -> ToolAnswer:
        return desk.told(name, arguments)

    return answering(ask, like=method, returns=ToolAnswer)


def answering(
    method: Callable[..., BaseModel], *, like: Callable[..., Any] | None = None, returns: type[BaseModel] | None = None
) -> Callable[..., CallToolResult]:
    """A method as a tool: its value as structured content and as text, its faults as a tool's with their remedy.

    Parameters
    ----------
    method : callable
        Called by keywords.
    like : callable, optional
        Whose parameters the tool has; those of the method when left out.
    returns : type, optional
        The kind of value; as the method is annotated when left out.
    """
    signature = inspect.signature(like or method, eval_str=True)
    kind = returns or signature.return_annotation

    @functools.wraps(method)
    def call(**arguments: Any) -> CallToolResult:
        try:
            value = method(**arguments)
        except LineageError as fault:
            raise ToolError(str(fault)) from None
        form = value.model_dump(mode="json")
        return CallToolResult(content=[TextContent(type="text", text=compact(form))], structured_content=form)

    call.__signature__ = signature.replace(return_annotation=Annotated[CallToolResult, kind])  # type: ignore[attr-defined]
    call.__annotations__ = {name: each.annotation for name, each in signature.parameters.items()}
    return call
