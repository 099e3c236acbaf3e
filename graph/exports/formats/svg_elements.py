"""SVG elements as text: escaped, and with numbers that are the same on every machine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from ...utils.text import for_xml, shown
from ..style import text_width

INK, QUIET, LINE, PAPER = "#1a1a1a", "#555555", "#cfcfcf", "#ffffff"
FONT = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"

_ACCESSIBLE = 'role="img" aria-labelledby="title description"'


def number(value: float) -> str:
    """A coordinate, to a hundredth.

    >>> number(2.0), number(1 / 3), number(-0.001)
    ('2', '0.33', '0')
    """
    return f"{round(value, 2) + 0.0:.2f}".rstrip("0").rstrip(".")


def document(width: float, height: float, title: str, description: str, parts: Sequence[str]) -> str:
    """A whole figure on white, with a title and a description for readers who cannot see it; no script, no link."""
    size = f'viewBox="0 0 {number(width)} {number(height)}" width="{number(width)}" height="{number(height)}"'
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{FONT}" {_ACCESSIBLE}>',
        f'<title id="title">{_safe(title)}</title>',
        f'<desc id="description">{_safe(description)}</desc>',
        rectangle(0, 0, width, height, fill=PAPER),
    ]
    return "\n".join([*lines, *parts, "</svg>", ""])


def group(title: str, parts: Sequence[str]) -> str:
    """Elements that belong together, with the text that a pointer shows over them."""
    return "\n".join([f"<g><title>{_safe(title)}</title>", *parts, "</g>"])


def text(
    x: float,
    y: float,
    what: str,
    *,
    size: float = 12,
    weight: int = 400,
    fill: str = INK,
    anchor: str = "start",
    halo: bool = False,
) -> str:
    """One line of text; `y` is its middle, and `halo` a white edge where lines may run under it."""
    look = f'font-size="{number(size)}" font-weight="{weight}" text-anchor="{anchor}" fill="{fill}"'
    edge = f' stroke="{PAPER}" stroke-width="3" stroke-linejoin="round" paint-order="stroke"' if halo else ""
    # Not by dominant-baseline, which half of the programs that open SVG do not know.
    return f'<text x="{number(x)}" y="{number(y + 0.35 * size)}" {look}{edge}>{_safe(what)}</text>'


def rectangle(
    x: float,
    y: float,
    width: float,
    height: float,
    *,
    fill: str = "none",
    stroke: str | None = None,
    thick: float = 1,
    radius: float = 0,
    dash: str | None = None,
    opacity: float = 1,
) -> str:
    """A box, with round corners if `radius` is given."""
    look = f'fill="{fill}"' + (f' fill-opacity="{number(opacity)}"' if opacity < 1 else "")
    look += f' stroke="{stroke}" stroke-width="{number(thick)}"' if stroke else ""
    look += f' rx="{number(radius)}"' if radius else ""
    look += f' stroke-dasharray="{dash}"' if dash else ""
    return f'<rect x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}" {look}/>'


def circle(x: float, y: float, radius: float, fill: str) -> str:
    """A disc."""
    return f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(radius)}" fill="{fill}"/>'


def path(
    data: str,
    *,
    stroke: str | None = None,
    thick: float = 1,
    fill: str = "none",
    opacity: float = 1,
    dash: str | None = None,
) -> str:
    """A line or a shape."""
    look = f'fill="{fill}"' + (f' stroke="{stroke}" stroke-width="{number(thick)}"' if stroke else "")
    look += f' opacity="{number(opacity)}"' if opacity < 1 else ""
    look += f' stroke-dasharray="{dash}"' if dash else ""
    return f"<path d={quoteattr(data)} {look}/>"


def points(letter: str, *values: float) -> str:
    """One step of a path: a letter and its numbers."""
    return letter + " ".join(map(number, values))


def arrowhead(x: float, y: float, *, dx: float = 1, dy: float = 0, size: float = 7, fill: str = QUIET) -> str:
    """The head of an arrow that ends at (x, y) and points in the direction (dx, dy)."""
    length = (dx * dx + dy * dy) ** 0.5 or 1
    ux, uy = dx / length, dy / length
    back, side = (x - size * ux, y - size * uy), size * 0.42
    data = points("M", x, y) + points("L", back[0] - side * uy, back[1] + side * ux)
    return path(data + points("L", back[0] + side * uy, back[1] - side * ux) + "Z", fill=fill)


def wrapped(what: str, width: float, size: float) -> Iterator[str]:
    """The lines of a text, none wider than `width` as `text_width` estimates it."""
    line = ""
    for word in shown(what).split(" "):
        longer = f"{line} {word}".strip()
        if line and text_width(longer) * size > width:
            yield line
            longer = word
        line = longer
    if line:
        yield line


def _safe(what: str) -> str:
    return escape(shown(for_xml(what)))


def text_on(colour: str) -> str:
    """Black or white, whichever is easier to read on a colour "#RRGGBB", by the luminance of WCAG 2.

    >>> text_on("#0072B2"), text_on("#E69F00")
    ('#ffffff', '#111111')
    """
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return "#111111" if 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 else "#ffffff"
