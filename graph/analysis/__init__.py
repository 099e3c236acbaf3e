"""Questions and their answers, as values: paths, flows, main paths, measures, audits, suggestions."""
