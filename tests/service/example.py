"""A small world: one paper and the four that cite it."""

from __future__ import annotations

from .records import CitationRecord, paper
from .world import ScholarWorld

CITED = paper("Cited", id="a" * 40, date="2017-06-12")
CITERS = tuple(paper(f"Citer {n}", id=f"{n:040x}", date=f"20{20 + n}-01-01") for n in range(1, 5))
WORLD = ScholarWorld((CITED, *CITERS), tuple(CitationRecord(each.id, CITED.id) for each in CITERS))
PAPER = f"/graph/v1/paper/{CITED.id}"
BATCH = "/graph/v1/paper/batch"
