"""What all pages share: a head, a palette, and templates that escape every text."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import BytecodeCache, Environment
    from jinja2.bccache import Bucket

ASSETS = Path(__file__).parent / "assets"


def environment(*folders: Path, **more: Any) -> Environment:
    """A Jinja environment with the templates of some folders before those of the pages, which they may include.

    >>> environment().from_string("<p>{{ title }}</p>").render(title="a < b")
    '<p>a &lt; b</p>'
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader([*folders, ASSETS]),
        bytecode_cache=None if more else _compiled_templates(),  # code depends on these arguments
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        **more,
    )


@cache
def _compiled_templates() -> BytecodeCache:
    """The templates as Python code: each is compiled once in a process, though every page has an environment."""
    from jinja2 import BytecodeCache

    class InMemory(BytecodeCache):
        code: dict[str, bytes] = {}  # noqa: RUF012  # one for all pages is the point

        def load_bytecode(self, bucket: Bucket) -> None:
            if bucket.key in self.code:
                bucket.bytecode_from_string(self.code[bucket.key])

        def dump_bytecode(self, bucket: Bucket) -> None:
            self.code[bucket.key] = bucket.bytecode_to_string()

    return InMemory()


def styled(*rules: Path) -> str:
    """The style sheet of a page: the palette, light and dark, then its own rules.

    >>> styled(ASSETS / "index.css").startswith(":root {")
    True
    """
    return "".join(path.read_text(encoding="utf-8") for path in (ASSETS / "palette.css", *rules))
