"""What there is: papers, citations, identifiers, reading lists, corpora on disk, and the lineage graph."""
