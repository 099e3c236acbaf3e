"""Programs that are not browsers and that open what leaves a page: librsvg and CairoSVG for SVG, poppler for PDF."""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO

import cairosvg
import pytest
from PIL import Image, ImageChops, ImageStat


def _run(program: str, *arguments: str, given: bytes) -> bytes:
    if shutil.which(program) is None:
        pytest.fail(f"no {program}; `make tools` installs it from the distribution", pytrace=False)
    done = subprocess.run([program, *arguments], input=given, capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr.decode()[:500]
    return done.stdout


def opened_by_librsvg(svg: bytes) -> Image.Image:
    """A picture as GNOME, Wikipedia and most Linux programs show it."""
    return Image.open(BytesIO(_run("rsvg-convert", given=svg))).convert("RGB")


def opened_by_cairosvg(svg: bytes) -> Image.Image:
    """A picture as CairoSVG, which WeasyPrint's users know, shows it."""
    return Image.open(BytesIO(cairosvg.svg2png(bytestring=svg))).convert("RGB")


def pages_of_pdf(pdf: bytes, *, resolution: int = 50) -> list[Image.Image]:
    """The pages of a PDF as poppler draws them."""
    text = _run("pdfinfo", "-", given=pdf).decode()
    count = int(next(line.split()[1] for line in text.splitlines() if line.startswith("Pages:")))
    options = ("-r", str(resolution), "-singlefile")
    return [
        Image.open(BytesIO(_run("pdftoppm", *options, "-f", str(n), "-l", str(n), given=pdf))).convert("RGB")
        for n in range(1, count + 1)
    ]


def text_of_pdf(pdf: bytes) -> str:
    """The text of a PDF."""
    return _run("pdftotext", "-", "-", given=pdf).decode()


def difference(one: Image.Image, other: Image.Image) -> float:
    """How different two pictures look from afar: the mean of the greatest differences of colour, from 0 to 255."""
    size = (one.width // 8, one.height // 8)
    both = ImageChops.difference(one.resize(size, Image.Resampling.BOX), other.resize(size, Image.Resampling.BOX))
    return float(max(ImageStat.Stat(both).mean))
