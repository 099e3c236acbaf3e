"""From A to B for any two papers: a corpus that grows from both ends towards each other.

All of it is pure: `graph.sources.fetch` gets the answers and keeps them.
"""
