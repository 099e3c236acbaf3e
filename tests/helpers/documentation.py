"""The pages of the documentation, what they show, and whether it can be typed."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click

from graph.interfaces.cli.main import cli

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
README = ROOT / "README.md"
WRITTEN = [README, *sorted(DOCS.rglob("*.md"))]
PAGES = [*WRITTEN, ROOT / "data" / "README.md", ROOT / "examples" / "cryptography" / "README.md"]
FOR_DEVELOPERS = [ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md", ROOT / "benchmarks" / "README.md"]


_FENCED = r"^( *)```{language}\n(.*?)^\1```$"


def blocks(page: Path, language: str) -> list[str]:
    """The fenced blocks of a page, also those inside a list."""
    pattern = _FENCED.format(language=language)
    found = re.findall(pattern, page.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    return [re.sub(f"^{indent}", "", text, flags=re.MULTILINE) for indent, text in found]


def sentences(page: Path) -> str:
    """A page without its fenced blocks."""
    return re.sub(_FENCED.format(language=r"[^\n]*"), "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)


def spans(page: Path) -> list[str]:
    """What the sentences of a page set as code."""
    return re.findall(r"`([^`]+)`", sentences(page))


_NAMED = {
    "toml": r"# (\S+\.toml)\n",
    "latex": r"% (\S+\.(?:bbl|tex))\n",
    "markdown": r"<!-- (\S+\.md) -->\n",
    "xml": r"<!-- (\S+\.xml) -->\n",
}


def shown_files(page: Path) -> dict[str, str]:
    """The files that a page shows, each of which begins with its name."""
    named = [(re.match(pattern, text), text) for kind, pattern in _NAMED.items() for text in blocks(page, kind)]
    return {name[1]: text for name, text in named if name}


_INCOMPLETE = click.MissingParameter, click.BadOptionUsage, click.exceptions.NoArgsIsHelpError


def fault_of(line: str, *, whole: bool = True) -> str:
    """What click says against a command line, which is not run; what is not the whole line may lack arguments."""
    try:
        _parse(line)
    except click.exceptions.Exit:
        pass  # it asks for the help or for the version
    except click.ClickException as fault:
        if whole or not isinstance(fault, _INCOMPLETE):
            return fault.format_message()
    return ""


def _parse(line: str) -> None:
    """Let click parse a command line: commands, options and values must exist."""
    lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
    lexer.wordchars += "→↔*:,[]{}@%+^…"
    words = list(lexer)
    end = next((n for n, word in enumerate(words) if word in ("|", ">", "<", "&&", ";", "&")), len(words))
    context = cli.make_context("lineage", words[1:end])
    while isinstance(context.command, click.Group):
        left = [*getattr(context, "_protected_args", ()), *context.args]  # click 8 keeps the name of the command apart
        name, command, rest = context.command.resolve_command(context, left)
        assert command is not None
        context = command.make_context(name, rest, parent=context)
