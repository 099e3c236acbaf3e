"""Interactive pages: a lineage as one HTML file that needs no network and runs no text as code."""
