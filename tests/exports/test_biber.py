"""Our BibTeX in the programs that set it: biber and biblatex, which `make latex` installs."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from ..helpers.export_world import text

pytestmark = pytest.mark.long  # each style is set three times

DOCUMENT = r"""\documentclass{{article}}
\usepackage[T1]{{fontenc}}
\usepackage[style={style},backend=biber,maxnames=1,url=false,doi=false]{{biblatex}}
\addbibresource{{refs.bib}}
\begin{{document}}\nocite{{devlin2018}}\printbibliography\end{{document}}
"""


@pytest.mark.parametrize("style", ["authoryear", "numeric"])
def test_biblatex_prints_one_year_and_biber_finds_nothing_wrong(style: str, tmp_path: Path):
    """BERT was public in 2018, and published at NAACL in 2019."""
    (tmp_path / "refs.bib").write_text(text("list", "bibtex"), "utf-8")
    (tmp_path / "paper.tex").write_text(DOCUMENT.format(style=style), "utf-8")
    latex = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "paper.tex"]
    _run(tmp_path, latex)
    told = _run(tmp_path, ["biber", "--validate-datamodel", "paper"])
    faults = [line for line in told.splitlines() if line.startswith(("WARN", "ERROR"))]
    assert all("Field 'publicsince' invalid in data model - ignoring" in line for line in faults), faults
    _run(tmp_path, latex)
    printed = _run(tmp_path, ["pdftotext", "-layout", "paper.pdf", "-"])
    assert "Devlin" in printed
    without_identifier = re.sub(r"1810\W+04805", "", printed)
    years = re.findall(r"\b(?:18|19|20)\d\d\b", without_identifier)
    assert years == ["2019", "2019"], f"one of the year and one of 'NAACL 2019': {printed}"


def _run(folder: Path, command: list[str]) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
