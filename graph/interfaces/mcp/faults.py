"""What an agent is told when a call is refused: one line that says what to do, marked as data."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from mcp_types import CallToolResult, TextContent
from pydantic import ValidationError

from ...errors import AmbiguousName, InputError, LineageError, NameNotFound
from ...exports.answers import Form
from ...utils.text import clipped
from ..question import as_parameters
from .quoted import NOTICE
from .truncate import bounded, compact

MOST_OF_FAULT = 4_000
"""How many characters of JSON a fault has at most: it quotes names of papers, which may be long."""
MOST_NAMED = 5
"""How many of the faults in the arguments of one call are named."""
NO_SUCH_ARGUMENT = ("extra_forbidden", "unexpected_keyword_argument")
"""What pydantic calls an argument that a model, or a function, does not have."""


def fault_text(fault: LineageError) -> str:
    """A fault as JSON: names and titles in it are quoted from lists and papers, and handed on as data.

    >>> import json
    >>> fault = json.loads(fault_text(NameNotFound("BRET", ["BERT"])))
    >>> fault["fault"], fault["suggestions"]
    ("no paper is called 'BRET'; did you mean BERT?", ['BERT'])
    """
    form: Form = {"fault": as_parameters(str(fault))}
    if isinstance(fault, NameNotFound):
        form["suggestions"] = list(fault.suggestions)
    elif isinstance(fault, AmbiguousName):
        form |= {"fault": f"{fault.name!r} could be {fault.total:,} papers; use the key at the start of a candidate"}
        form |= {"candidates": list(fault.candidates), "candidates_in_all": fault.total}
    return compact({"quoted": NOTICE, **bounded(form, MOST_OF_FAULT)[0]})


def refusal(fault: LineageError) -> CallToolResult:
    """The result of a call that is refused."""
    return CallToolResult(content=[TextContent(type="text", text=fault_text(fault))], is_error=True)


def wrong_arguments(tool: str, fault: ValidationError, arguments: Sequence[str]) -> InputError:
    """What is wrong with the arguments of a call, in one line; `arguments` are the names of those that the tool has.

    >>> from pydantic import create_model
    >>> model = create_model("Arguments", top=(int, 10), list_only=(bool, False), __config__={"extra": "forbid"})
    >>> try:
    ...     model(list_onyl=True, top="many")
    ... except ValidationError as fault:
    ...     print(wrong_arguments("paths", fault, list(model.model_fields)))
    paths has no argument 'list_onyl' (did you mean list_only?), and does not accept this: top: Input should be a \
valid integer, unable to parse string as an integer; its arguments are top, list_only
    """
    unknown, refused = [], []
    for each in fault.errors():
        if each["type"] in NO_SUCH_ARGUMENT:
            unknown.append(_unknown(str(each["loc"][0]), arguments))
        else:
            refused.append(f"{'.'.join(map(str, each['loc']))}: {each['msg'].removeprefix('Value error, ')}")
    said = [f"has no argument {_some(unknown)}"] if unknown else []
    said += [f"does not accept this: {_some(refused)}"] if refused else []
    named = ", ".join(arguments)
    remedy = f"its arguments are {named}" if named else "it takes no arguments"
    return InputError(f"{tool} {', and '.join(said)}", remedy=remedy)


def no_such_tool(name: str, tools: Sequence[str]) -> InputError:
    """A call of a tool that a server does not have; `tools` are the names of those that it has.

    >>> print(no_such_tool("path", ["resolve", "paths"]))
    there is no tool 'path' (did you mean paths?); there are: resolve, paths
    """
    return InputError(f"there is no tool {_unknown(name, tools)}", remedy=f"there are: {', '.join(tools)}")


def _unknown(name: str, arguments: Sequence[str]) -> str:
    near = get_close_matches(name, arguments, n=1)
    return repr(clipped(name, 80)) + (f" (did you mean {near[0]}?)" if near else "")


def _some(faults: Sequence[str]) -> str:
    more = len(faults) - MOST_NAMED
    return ", ".join(faults[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
