"""The reference, written from what the program itself reads: commands, columns, fields, formats, public names.

A page of the reference has a line ``<!-- generated: NAME -->``; building the site puts the Markdown of `PARTS`
in its place. Nothing of it is kept, so that none of it can go out of date.
"""

from __future__ import annotations

import dataclasses
import inspect
import re
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pkgutil import resolve_name
from typing import Any

import click
from sphinx.pycode import ModuleAnalyzer

import graph
from graph.exports.column import Column
from graph.exports.columns import REASON_FACTS
from graph.exports.formats.graphml import EDGE_COLUMNS, NODE_COLUMNS
from graph.exports.registry import FORMATS
from graph.exports.tables import CITATION_COLUMNS, PAPER_COLUMNS
from graph.interfaces.cli.main import cli
from graph.model.corpus import Assertion, Citation, Coverage, Doubt, Merge, Paper, Source
from graph.model.identifiers import Identifier
from graph.model.notices import Notice
from graph.model.reading_list import Entry, ReadingList, Theme
from graph.model.reasons import Reason

NOUNS: tuple[type, ...] = (
    ReadingList, Theme, Entry, Paper, Identifier, Citation, Assertion, Coverage, Source, Merge, Doubt, Reason, Notice,
)  # fmt: skip
"""What a reading list and a corpus are made of, and so every field of their files."""

MODULES = (
    "analysis.paths",
    "analysis.ancestry",
    "analysis.flow",
    "analysis.main_path",
    "analysis.weight_comparison",
    "analysis.reading_order",
    "analysis.theme_flow",
    "analysis.suggestions",
    "analysis.paper_summary",
    "analysis.audit",
    "analysis.witnesses",
    "analysis.silence",
    "analysis.hop_evidence",
    "analysis.snowball",
    "analysis.neighbourhood",
    "model.diff",
    "analysis.resolve",
    "analysis.path_options",
    "analysis.evidence",
    "analysis.acyclic",
    "analysis.measures",
    "model.lineage",
    "algorithms.traversal_weights",
    "algorithms.main_path_search",
    "algorithms.between",
    "algorithms.simple_paths",
    "algorithms.constrained_paths",
    "algorithms.path_counts",
    "algorithms.graph_paths",
    "algorithms.dag",
    "algorithms.dominators",
    "model.corpus",
    "model.identifiers",
    "model.storage",
    "model.reading_list",
    "exports.registry",
    "errors",
)
"""The modules whose functions and values a program works with."""

COLUMNS: dict[str, Sequence[Column[Any]]] = {
    "papers.csv": PAPER_COLUMNS,
    "citations.csv": CITATION_COLUMNS,
    "GraphML, papers": NODE_COLUMNS,
    "GraphML, citations": EDGE_COLUMNS,
    "Reasons, in citations.csv and GraphML": REASON_FACTS,
}
"""The tables that `lineage build` writes."""

# Files that stand outside of the folder of the pages, and the pages of the site that show them.
_OUTSIDE = {
    "../README.md": "index.md",
    "../CHANGELOG.md": "changelog.md",
    "../CONTRIBUTING.md": "contributing.md",
    "../data/README.md": "data.md",
    "../benchmarks/README.md": "benchmarks.md",
    "../examples/cryptography/README.md": "second_field.md",
}


# Commands


def commands(group: click.Group = cli, name: str = "lineage") -> Iterator[tuple[str, click.Command]]:
    """Every command with what a person types for it: those of a group after the group.

    >>> "lineage path" in dict(commands())
    True
    """
    context = click.Context(group, info_name=name)
    for each in group.list_commands(context):
        command = group.get_command(context, each)
        if command is None or command.hidden:
            continue
        yield f"{name} {each}", command
        if isinstance(command, click.Group):
            yield from commands(command, f"{name} {each}")


def examples(command: click.Command) -> list[str]:
    """The command lines that a command's help shows.

    >>> examples(dict(commands())["lineage audit"])[:3]
    ['lineage audit', 'lineage audit --merges', 'lineage audit --json']
    """
    lines = (line.strip() for line in (command.help or "").splitlines())
    return [re.split(r"\s{2,}", line)[0] for line in lines if line.startswith("lineage ")]


def options(command: click.Command, name: str) -> Iterator[tuple[str, str]]:
    """For each option how it is written and what the help says of it; `--help` is left out."""
    context = click.Context(command, info_name=name)
    for each in command.get_params(context):
        record = each.get_help_record(context)
        if isinstance(each, click.Option) and record and "--help" not in each.opts:
            yield record


def _commands() -> Iterator[str]:
    yield from _command("lineage", cli)
    for name, command in commands():
        yield from _command(name, command)


def _command(name: str, command: click.Command) -> Iterator[str]:
    usage = command.get_usage(click.Context(command, info_name=name, max_content_width=100))
    yield f"## {name}"
    yield f"```text\n{usage.removeprefix('Usage: ')}\n```"
    for paragraph in inspect.cleandoc(f"{command.help or ''}\n\n{command.epilog or ''}").strip().split("\n\n"):
        kept = paragraph.removeprefix("\b\n")
        yield f"```text\n{kept}\n```" if kept != paragraph else _escaped(kept)
    rows = [(f"`{written}`".replace("|", "\\|"), _escaped(said)) for written, said in options(command, name)]
    if rows:
        yield _table(("option", "meaning"), rows)


# Fields and columns


def fields(noun: type) -> Iterator[tuple[str, str, str]]:
    """Name, type and meaning of each field of a dataclass; an empty meaning where none stands below it.

    Fields that stand together share the meaning below the last of them.

    >>> next(fields(Theme))
    ('id', 'str', 'Short, for files and addresses.')
    """
    said = ModuleAnalyzer.for_module(noun.__module__).find_attr_docs()
    meaning, found = "", []
    for each in reversed(dataclasses.fields(noun)):
        meaning = " ".join(said.get((noun.__name__, each.name), ())).strip() or meaning
        found.append((each.name, str(each.type).replace(" | ", " or ").replace("Text", "str"), meaning))
    yield from reversed(found)


def _fields() -> Iterator[str]:
    for noun in NOUNS:
        yield f"### {noun.__name__}"
        yield _first_paragraph(noun)
        yield _table(("field", "type", "meaning"), [(f"`{n}`", t, _docstring(m)) for n, t, m in fields(noun)])


def _columns() -> Iterator[str]:
    for name, columns in COLUMNS.items():
        yield f"### {name}"
        yield _table(
            ("column", "type", "meaning"), [(f"`{each.name}`", each.type, _escaped(each.meaning)) for each in columns]
        )


# Formats


def _formats() -> Iterator[str]:
    for each in FORMATS:
        yield f"## `{each.id}`: {_escaped(each.label)}"
        yield f"For {_escaped(each.purpose)}."
        files = ", ".join(f"`NAME{ending}`" for ending in each.endings)
        yield (
            f"- Files: {files}, of the type `{each.media_type}`.\n"
            f"- Keeps {_escaped(each.keeps)}.\n"
            f"- Has no place for {_escaped(each.loses)}.\n"
            f"- Is written by {_escaped(each.library)}."
        )


# Names


def _names() -> Iterator[str]:
    for name in graph.__all__:
        thing = getattr(graph, name)
        home = thing.__module__.removeprefix("graph.")
        if home in MODULES:
            yield f"`graph.{name}` is {{py:obj}}`graph.{home}.{name}`: {_first_paragraph(thing)}"
        else:
            kind = "autoclass" if inspect.isclass(thing) else "autofunction"
            yield f"```{{eval-rst}}\n.. {kind}:: graph.{name}\n{_MEMBERS if kind == 'autoclass' else ''}\n```"


def _modules() -> Iterator[str]:
    for name in MODULES:
        module = import_module(f"graph.{name}")
        yield f"## graph.{name}"
        yield f"```{{eval-rst}}\n.. automodule:: {module.__name__}\n{_MEMBERS}\n```"


_MEMBERS = "   :members:\n"


def _first_paragraph(thing: object) -> str:
    return _docstring(" ".join((inspect.getdoc(thing) or "").split("\n\n")[0].split()))


# Markdown


def _docstring(text: str) -> str:
    """Markdown of a piece of a docstring: code stands there in two backquotes, or in one."""
    return text.replace("``", "`").replace("|", "\\|")


def _escaped(text: str) -> str:
    """Markdown of a plain text."""
    return re.sub(r"([\\`*_{}\[\]<>|])", r"\\\1", text)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


PARTS: dict[str, Callable[[], Iterator[str]]] = {
    "commands": _commands,
    "columns": _columns,
    "fields": _fields,
    "formats": _formats,
    "names": _names,
    "modules": _modules,
}


def generated(name: str) -> str:
    """The Markdown of a part of the reference."""
    return "\n\n".join(PARTS[name]()) + "\n"


def fill(_app: object, docname: str, source: list[str]) -> None:
    """Put the generated parts into a page, and lead its links out of the folder to pages of the site."""
    text = re.sub(r"^<!-- generated: (\w+) -->$", lambda found: generated(found[1]), source[0], flags=re.MULTILINE)
    up = "../" * docname.count("/")
    for path, page in _OUTSIDE.items():
        text = text.replace(f"]({up}{path}", f"]({up}{page}")
    source[0] = text


def for_napoleon(_app: object, what: str, _name: str, _thing: object, _options: object, lines: list[str]) -> None:
    """Write a docstring so that Napoleon reads what numpydoc means.

    It takes "What to call it: its first name" of a property for a type and a meaning, and "start, end : str"
    under Attributes for one name.
    """
    if what in ("attribute", "data", "property"):
        lines[:0] = ["..", ""]  # an empty comment: Napoleon reads the first line that is not blank
    apart = re.sub(
        r"^(\w+(?:, \w+)+)( : .*\n(?:    .*\n|(?=\n    )\n)*)",
        lambda found: "".join(name + found[2] for name in found[1].split(", ")),
        "\n".join(lines),
        flags=re.MULTILINE,
    )
    lines[:] = apart.split("\n")


def undocumented(_app: object, _env: object, node: Any, shown: Any) -> Any:
    """Show a name of ours that exists and has no page as it stands; one that does not exist is a fault."""
    name = node.get("reftarget", "")
    if not name.startswith("graph."):
        return None
    try:
        resolve_name(name)
    except (ImportError, AttributeError, ValueError):
        return None
    return shown


def setup(app: Any) -> dict[str, bool]:
    """What Sphinx calls."""
    app.connect("source-read", fill)
    app.connect("missing-reference", undocumented)
    app.connect("autodoc-process-docstring", for_napoleon, priority=400)  # Napoleon has 500
    return {"parallel_read_safe": True}
