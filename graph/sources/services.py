"""The services that can be asked besides Semantic Scholar, by the names that they have in ``--from``."""

from __future__ import annotations

from collections.abc import Mapping

from .citation_service import CitationService
from .crossref.service import CROSSREF
from .openalex.service import OPENALEX
from .opencitations.service import OPENCITATIONS

SCHOLAR = "s2"
"""The name of Semantic Scholar, which finds papers and is asked first."""
OTHERS: Mapping[str, CitationService] = {service.kind: service for service in (CROSSREF, OPENALEX, OPENCITATIONS)}
NAMES = (SCHOLAR, *OTHERS)
