"""GraphML of a selection."""

from __future__ import annotations

from ..graphml_writer import graphml_text
from ..selection import Selection
from .typed_rows import EVIDENCE, path_columns


def write(selection: Selection) -> dict[str, str]:
    """The file, with the evidence of each citation beside the columns of ``lineage build``."""
    text = graphml_text(
        selection.lineage,
        selection.layout,
        selection.measured,
        arcs=selection.arcs,
        more=(*EVIDENCE, *path_columns(selection)),
        comment=selection.provenance,
    )
    return {".graphml": text}
