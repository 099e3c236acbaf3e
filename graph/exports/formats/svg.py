"""A figure for a paper: SVG, drawn here, so that no browser is needed."""

from __future__ import annotations

from ..selection import Selection
from .svg_lineage import lineage_figure
from .svg_paths import paths_figure


def write(selection: Selection) -> dict[str, str]:
    """Paths as a compact figure; everything else on a time axis, with a lane for each theme."""
    figure = paths_figure if selection.paths else lineage_figure
    return {".svg": figure(selection)}
