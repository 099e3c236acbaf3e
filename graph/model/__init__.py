"""The data: papers, citations, identifiers, reading lists, corpora on disk, and the lineage graph."""
