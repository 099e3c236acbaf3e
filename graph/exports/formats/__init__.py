"""One module for each format of ``lineage export``; `graph.exports.registry` says what each is for."""
