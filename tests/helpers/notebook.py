"""The notebook of the documentation, run as its reader runs it.

``python -m tests.helpers.notebook`` runs it and stores what it shows anew.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nbformat
from nbclient import NotebookClient

NOTEBOOK = Path(__file__).parents[2] / "docs" / "notebook.ipynb"
FRAME = "<iframe"


def fresh(folder: Path) -> nbformat.NotebookNode:
    """The notebook with what it shows now, run in a folder."""
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    client = NotebookClient(notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(folder)}})
    client.execute()
    return notebook


def without_frames(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The notebook as it is stored: a page weighs half a megabyte, and is made when the notebook runs."""
    for cell in notebook.cells:
        cell.metadata = {}
        for output in cell.get("outputs", ()):
            if FRAME in output.get("data", {}).get("text/html", ""):
                del output["data"]["text/html"]
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    return notebook


def without_outputs(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The notebook as before its first run."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return notebook


def shown(notebook: nbformat.NotebookNode) -> list[list[Any]]:
    """What the code cells show as text, cell by cell."""
    return [
        [output.get("text") or dict(output.get("data", {})) for output in cell.outputs]
        for cell in without_frames(notebook).cells
        if cell.cell_type == "code"
    ]


if __name__ == "__main__":
    with TemporaryDirectory() as scratch:
        made = without_frames(fresh(Path(scratch)))
    for number, cell in enumerate(made.cells):
        cell.id = f"cell-{number}"
    nbformat.write(made, NOTEBOOK)
