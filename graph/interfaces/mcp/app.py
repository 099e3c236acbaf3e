"""The view that draws the answers of `paths` in a chat, by the extension MCP Apps (SEP-1865)."""

from __future__ import annotations

from typing import Any

from mcp.server.apps import Apps, ResourceCsp

from ...pages.app import render_app

URI = "ui://citation-lineage/paths.html"
DRAWN = ("paths",)
"""The tools whose answers the view draws."""


def view_of(tool: str) -> dict[str, Any] | None:
    """The metadata of a tool that name its view; None: it has none.

    >>> view_of("paths")
    {'ui': {'resourceUri': 'ui://citation-lineage/paths.html'}}
    """
    return {"ui": {"resourceUri": URI}} if tool in DRAWN else None


def apps() -> Apps:
    """The extension with the view, which asks for no address and no permission; a client without it loses nothing."""
    extension = Apps()
    extension.add_html_resource(
        URI,
        render_app(),
        name="paths",
        title="The picture of the paths",
        description="Draws the answer of `paths`: the papers between the two, one path lit, its sources and reasons",
        csp=ResourceCsp(connect_domains=[], resource_domains=[], frame_domains=[], base_uri_domains=[]),
        prefers_border=True,
    )
    return extension
