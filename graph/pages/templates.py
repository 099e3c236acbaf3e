"""What all pages share: a head, a palette, and templates that escape every text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Environment

ASSETS = Path(__file__).parent / "assets"


def environment(*folders: Path, **more: Any) -> Environment:
    """A Jinja environment with the templates of some folders before those of the pages, which they may include.

    >>> environment().from_string("<p>{{ title }}</p>").render(title="a < b")
    '<p>a &lt; b</p>'
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    loader = FileSystemLoader([*folders, ASSETS])
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, **more)


def styled(rules: Path) -> str:
    """The style sheet of a page: the palette, light and dark, then its own rules.

    >>> styled(ASSETS / "index.css").startswith(":root {")
    True
    """
    return "".join(path.read_text(encoding="utf-8") for path in (ASSETS / "palette.css", rules))
