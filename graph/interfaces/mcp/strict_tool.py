"""A tool that refuses what it does not know: an argument that is ignored would answer another question.

And a server that names its tools to an agent that asks for another.
"""

from __future__ import annotations

from typing import Any

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError, UnexpectedToolError
from mcp.server.mcpserver.tools import Tool
from mcp.server.mcpserver.utilities.func_metadata import ArgModelBase
from pydantic import ConfigDict, ValidationError, ValidationInfo, create_model, field_validator

from .faults import no_such_tool, refusal, wrong_arguments


class _NoOthers(ArgModelBase):
    model_config = ConfigDict(extra="forbid")

    @field_validator("*", mode="before")
    @classmethod
    def _no_flag_for_a_number(cls, value: Any, info: ValidationInfo) -> Any:
        """Refuse True, which pydantic would take for 1."""
        kind = cls.model_fields[info.field_name or ""].annotation
        if isinstance(value, bool) and kind is not bool:
            raise ValueError("Input should not be true or false")
        return value


class StrictTool(Tool):
    """A tool whose schema allows no other argument, and which says in one line what is wrong with those of a call.

    The tool of the SDK drops an argument that it does not know, and answers without it.
    """

    @classmethod
    def from_function(cls, *args: Any, **kwargs: Any) -> StrictTool:
        """Make a tool of a function, with the parameters of the SDK's own method."""
        made = super().from_function(*args, **kwargs)
        assert isinstance(made, cls)
        lenient = made.fn_metadata.arg_model
        strict = create_model(lenient.__name__, __base__=(_NoOthers, lenient))
        made.fn_metadata.arg_model = strict
        made.parameters = strict.model_json_schema(by_alias=True)
        return made

    async def run(self, arguments: dict[str, Any], context: Context[Any, Any], convert_result: bool = False) -> Any:
        """Run the tool, or refuse the arguments."""
        try:
            return await super().run(arguments, context, convert_result)
        except UnexpectedToolError:
            raise
        except ToolError as fault:
            if not isinstance(fault.__cause__, ValidationError):
                raise
            return refusal(wrong_arguments(self.name, fault.__cause__, list(self.parameters["properties"])))


class StrictServer(MCPServer[Any]):
    """A server that names its tools where a call names none of them."""

    async def call_tool(self, name: str, arguments: dict[str, Any], context: Context[Any, Any] | None = None) -> Any:
        """Call a tool by its name, or refuse the name."""
        tools = [tool.name for tool in await self.list_tools()]
        if name not in tools:
            return refusal(no_such_tool(name, tools))
        return await super().call_tool(name, arguments, context)
