"""From a reading list to a corpus, by way of Semantic Scholar."""

from __future__ import annotations

from .crawl import FetchOptions
from .estimates import estimate
from .run import Fetched, fetch

__all__ = ["FetchOptions", "Fetched", "estimate", "fetch"]
