"""One module for each format of ``lineage export``; `graph.exports.registry` lists them."""
