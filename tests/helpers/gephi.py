"""Gephi's own library, in a process of Java; `make gephi` fetches it.

``python -m tests.helpers.gephi`` draws the pictures of docs/gephi.md with Gephi's preview.
"""

from __future__ import annotations

import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

FOLDER = Path(__file__).parents[1] / "gephi"
IMAGES = Path(__file__).parents[2] / "docs" / "images"


def gephi(job: str, *files: Path) -> str:
    """What Gephi prints when it does a job with files: `tests/gephi/ReadInGephi.java` lists the jobs."""
    settings = ("-Djava.awt.headless=true", "-Duser.timezone=UTC", "-Duser.language=en")
    java = ("java", *settings, "-cp", str(FOLDER / "target" / "dependency" / "*"))
    run = subprocess.run(
        [*java, str(FOLDER / "ReadInGephi.java"), job, *map(str, files)], capture_output=True, timeout=250, check=False
    )
    assert run.returncode == 0, run.stderr.decode("utf-8", "replace")
    return run.stdout.decode("utf-8")


def take_pictures(folder: Path) -> None:
    """Draw the list and its neighbourhood with Gephi, and make PNG of its SVG with librsvg: its PNG needs a screen."""
    from graph.exports.registry import find_format

    from .export_world import select, shipped

    with TemporaryDirectory() as held:
        for part in ("list", "neighbourhood"):
            written, drawn = Path(held, f"{part}.graphml"), Path(held, f"{part}.svg")
            written.write_text(find_format("graphml").write(select(shipped(), part))[".graphml"], "utf-8")
            gephi("draw", written, drawn)
            picture = folder / f"gephi-{part}.png"
            subprocess.run(
                ["rsvg-convert", "--width=1300", "--background-color=white", drawn, "-o", picture], check=True
            )


if __name__ == "__main__":
    take_pictures(IMAGES)
