"""How tools are called: answers of bounded size, and the rest page by page."""

from __future__ import annotations

import functools
import inspect
import json
import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any, Literal

import anyio
import anyio.to_thread
from anyio.lowlevel import RunVar
from mcp.server.mcpserver.tools import Tool
from mcp_types import CallToolResult, TextContent, ToolAnnotations
from pydantic import Field, ValidationError, validate_call

from ...algorithms.budget import abandoned_when
from ...errors import LineageError
from ...exports.answers import Form
from .app import view_of
from .faults import refusal, wrong_arguments
from .quoted import Quoted
from .strict_tool import StrictTool
from .tools import TOOLS, ToolDescription, Tools
from .truncate import Cut, bounded, compact, part_of

log = logging.getLogger(__name__)

READ_ONLY = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
"""The annotations of a tool that reads the corpus and nothing else."""
RESERVED = 5_000
"""How many characters of the limit are reserved for the coverage and for what was cut."""
MOST_CUTS = 40
"""How many of the parts that were cut are named."""
MOST_KEPT = 8
"""How many whole answers are kept for `more`."""

MOST_COMPUTATIONS = 2
"""How many answers are computed at one time, since each may take a hundred megabytes; other calls wait."""

if TYPE_CHECKING:
    ToolName = str
else:
    ToolName = Literal[tuple(TOOLS)]  # so that a schema lists the names

_places_of_loop: RunVar[anyio.CapacityLimiter] = RunVar("places")


class ToolAnswer(Quoted):
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
        "how many more there are. The tool `more` gives them. Fewer paths are shown before papers are left out of "
        "them. Empty: the answer is whole"
    )
    cut_in_all: int = Field(description="How many parts were cut, of which `cut` names the first")


class NextItems(Quoted):
    """Some items of an answer that did not fit into it."""

    part: str
    offset: int = Field(description="The position of the first item")
    items: list[Any] | dict[str, Any] | str
    total: int = Field(description="How many items there are")
    next_offset: int | None = Field(description="Where to go on; null: these were the last")
    cut: list[Cut] = Field(description="Parts of these items that did not fit")


class ToolCalls:
    """Answers the calls of tools, in answers of at most `limit` characters of JSON."""

    def __init__(self, tools: Tools, limit: int) -> None:
        self.tools, self.limit = tools, limit
        self._kept: OrderedDict[str, Form] = OrderedDict()

    def answer(self, tool: ToolName, arguments: dict[str, Any]) -> ToolAnswer:
        """The answer of a tool, cut to the limit."""
        answer, cut = bounded(self.whole(tool, arguments), self.limit - RESERVED)
        coverage = self.tools.coverage(answer)
        return ToolAnswer(answer=answer, coverage=coverage, cut=cut[:MOST_CUTS], cut_in_all=len(cut))

    def whole(self, tool: ToolName, arguments: dict[str, Any]) -> Form:
        """The whole answer of a tool, of which the last few are kept; `InputError` for arguments it does not take."""
        method = getattr(self.tools, tool)
        parameters = inspect.signature(method).parameters
        defaults = {name: each.default for name, each in parameters.items() if each.default is not each.empty}
        call = json.dumps([tool, defaults | arguments], sort_keys=True)  # `more` is told fewer arguments than a tool
        answer = self._kept.get(call)
        if answer is None:  # calls come in several threads, which may forget it in the meantime
            try:
                answer = validate_call(method)(**arguments)
            except ValidationError as fault:
                raise wrong_arguments(tool, fault, list(parameters)) from None
            self._kept[call] = answer
            while len(self._kept) > MOST_KEPT:
                with suppress(KeyError):
                    self._kept.popitem(last=False)
        return answer

    def more(
        self,
        tool: Annotated[ToolName, Field(description="The tool that gave the answer")],
        arguments: Annotated[dict[str, Any], Field(description="The arguments that it was called with")],
        part: Annotated[
            str, Field(description='Which part, as the answer\'s `cut` names it, such as "/arcs"', max_length=1000)
        ],
        offset: Annotated[int, Field(description="How many items to skip: as many as are known already", ge=0)] = 0,
    ) -> NextItems:
        """The items of an answer that did not fit into it, page by page."""
        whole = self.whole(tool, arguments)
        items, end, total = part_of(whole, part, offset, self.limit - RESERVED)
        shown, cuts = bounded(items, self.limit - RESERVED)
        return NextItems(
            part=part,
            offset=offset,
            items=shown,
            total=total,
            next_offset=end if end < total else None,
            cut=[replace(each, part=_in_whole(each.part, part, offset, items)) for each in cuts[:MOST_CUTS]],
        )


def _in_whole(pointer: str, part: str, offset: int, items: Any) -> str:
    """A pointer into some items of a part, as a pointer into the whole answer."""
    if not isinstance(items, list) or not pointer:
        return part + pointer
    number, _, rest = pointer[1:].partition("/")
    return f"{part}/{int(number) + offset}" + (f"/{rest}" if rest else "")


def question_tools(calls: ToolCalls) -> list[Tool]:
    """A tool for every question, and `more`."""
    more = as_tool(calls.more, name="more", title="More of an answer", annotations=READ_ONLY)
    return [*(_bounded_tool(calls, name, described) for name, described in TOOLS.items()), more]


def _bounded_tool(calls: ToolCalls, name: str, described: ToolDescription) -> Tool:
    method = getattr(calls.tools, name)

    @functools.wraps(method)
    def answer(**arguments: Any) -> ToolAnswer:
        return calls.answer(name, arguments)

    return as_tool(
        answer,
        name=name,
        title=described.title,
        annotations=READ_ONLY,
        meta=view_of(name),
        like=method,
        returns=ToolAnswer,
        waits=not described.quick,
    )


def as_tool(
    method: Callable[..., Quoted],
    *,
    name: str,
    title: str,
    annotations: ToolAnnotations,
    description: str | None = None,
    meta: dict[str, Any] | None = None,
    like: Callable[..., Any] | None = None,
    returns: type[Quoted] | None = None,
    waits: bool = True,
) -> Tool:
    """Make a tool of a method: its value as structured content and as text, its faults with their remedy.

    The tool has the parameters and the type of value that the annotations of the method say, or else those of the
    function `like` and the type `returns`, and no other parameters. Its description is the docstring where there is no
    `description`. It runs in a thread, and `waits` while `MOST_COMPUTATIONS` others do. Its computation ends when the
    agent takes the call back, or goes.
    """
    signature = inspect.signature(like or method, eval_str=True)
    kind = returns or signature.return_annotation

    @functools.wraps(method)
    async def call(**arguments: Any) -> CallToolResult:
        gone = threading.Event()

        def answer() -> CallToolResult:
            with abandoned_when(gone.is_set):
                return _result(method, arguments)

        try:
            return await anyio.to_thread.run_sync(answer, abandon_on_cancel=True, limiter=_places() if waits else None)
        finally:
            gone.set()

    call.__signature__ = signature.replace(return_annotation=Annotated[CallToolResult, kind])  # type: ignore[attr-defined]
    call.__annotations__ = {name: each.annotation for name, each in signature.parameters.items()}
    return StrictTool.from_function(
        call, name=name, title=title, description=description, annotations=annotations, meta=meta
    )


def _places() -> anyio.CapacityLimiter:
    """The places for computations, which all tools of one event loop share."""
    try:
        return _places_of_loop.get()
    except LookupError:
        places = anyio.CapacityLimiter(MOST_COMPUTATIONS)
        _places_of_loop.set(places)
        return places


def _result(method: Callable[..., Quoted], arguments: dict[str, Any]) -> CallToolResult:
    """What a method answers, or why it refuses."""
    begun = time.perf_counter()
    try:
        value = method(**arguments)
    except LineageError as fault:
        log.info("%s: refused, %s", method.__name__, fault)
        return refusal(fault)
    form = value.model_dump(mode="json")
    text = compact(form)
    log.info("%s: %d characters, %.3f s", method.__name__, len(text), time.perf_counter() - begun)
    return CallToolResult(content=[TextContent(type="text", text=text)], structured_content=form)
