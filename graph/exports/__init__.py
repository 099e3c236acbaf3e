"""Answers as text and JSON, and a lineage or a part of it in the formats of other programs."""
