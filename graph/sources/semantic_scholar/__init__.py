"""Semantic Scholar's Graph API: what to request, what a response means, and how to keep it.

What `client` does not need is pure: `graph.sources.http` sends the requests and keeps the responses.
"""
