"""A lineage from its files: the corpus, the reading list, and the reasons that lie beside them."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path

from ..utils.timing import log_phase
from .lineage import Lineage, build_lineage
from .mixed_entries import mixed_remark
from .reading_list import load_reading_list
from .reason_files import load_reasons
from .storage import load_corpus
from .vectors import vectors_beside

log = logging.getLogger(__name__)


def load_lineage(reading_list: Path, corpus: Path) -> Lineage:
    """Load a lineage; a warning is logged where the list takes several papers for one.

    Raises `InputError` when one of them, or a file of reasons, cannot be used.
    """
    papers, listed = load_corpus(corpus), load_reading_list(reading_list)
    reasons = load_reasons(reading_list, corpus, papers)
    with log_phase(log, f"building the lineage of {reading_list}", f"{len(listed.entries)} entries"):
        lineage = replace(build_lineage(papers, listed, reasons), vectors=vectors_beside(corpus))
        if remark := mixed_remark(lineage):
            log.warning("%s: %s", reading_list, remark)
        return lineage
