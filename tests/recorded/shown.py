"""Answers as text that can be compared: files unpacked, pages without scripts, what varies masked."""

from __future__ import annotations

import gzip
import hashlib
import html
import json
import re
from pathlib import Path
from typing import Any

MASKS = (
    (r"(127\.0\.0\.1|localhost):\d{4,5}\b", r"\1:PORT"),
    (r"(?m)([,;]) \d+ s$", r"\1 SECONDS"),
    (r"(?m)^ +[╭│╰].*\n", ""),  # a traceback that the SDK of MCP draws for the terminal
    (r"(?m)^\[\d\d/\d\d/\d\d \d\d:\d\d:\d\d\](.*?) +\w+\.py:\d+ *$", r"[TIME]\1"),
    (r"script-src(?: ?(?:'|&#39;|&#x27;)sha256-[\w+/=]+(?:'|&#39;|&#x27;))+", "script-src SCRIPTS"),
)
ROWS = 30
"""So many rows of a table are shown."""
HEADER = 4096
"""The header of an index holds marks of its tables that differ from run to run."""
SHOWN = 400_000
"""Longer texts are shown by their beginning and their hash."""


def masked(text: str, places: dict[str, str]) -> str:
    """A text without the places and the ports of this run."""
    for place, name in places.items():
        text = text.replace(place, name)
    for pattern, name in MASKS:
        text = re.sub(pattern, name, text)
    return text


def of_bytes(content: bytes, name: str = "") -> str:
    """What a file or a stream holds, as text."""
    if name.endswith(".parquet"):
        return _table(content)
    if content.startswith(b"\x1f\x8b"):
        return "gzip of\n" + of_bytes(gzip.decompress(content))
    if name.endswith(".duckdb"):
        return "a database\n"
    if name.endswith(".index"):
        content = content[HEADER:]
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return f"{len(content)} bytes, {hashlib.sha256(content).hexdigest()}\n"
    text = of_text(text)
    if name.endswith("manifest.json"):
        text = _without_pages(text)
    return text


def of_text(text: str) -> str:
    """A text; a page as its data and what is around its scripts."""
    if '<iframe srcdoc="' in text or " srcdoc=" in text:
        return re.sub(r'srcdoc="([^"]*)"', lambda found: f'srcdoc="\n{_page(html.unescape(found[1]))}"', text)
    if "<script" in text and "<html" in text[:2000]:
        return _page(text)
    if len(text) > SHOWN:
        digest = hashlib.sha256(text.encode()).hexdigest()
        return f"{text[:SHOWN]}\n... {len(text)} characters, {digest}\n"
    return text if text.endswith("\n") or not text else f"{text}\n(no end of line)\n"


def of_files(folder: Path) -> str:
    """What a command wrote, file by file; what stood there before is a link."""
    written = (path for path in sorted(folder.rglob("*")) if path.is_file() and not _linked(folder, path))
    return "".join(f"---- {path.relative_to(folder)}\n{of_bytes(path.read_bytes(), path.name)}" for path in written)


def _linked(folder: Path, path: Path) -> bool:
    return any(each.is_symlink() for each in (path, *path.parents) if each.is_relative_to(folder) and each != folder)


def _page(text: str) -> str:
    """The embedded data, and the document without what its scripts are."""
    data = []

    def taken(found: re.Match[str]) -> str:
        if "application/json" in found[1]:
            data.append(f"data{found[1]}\n{json.dumps(json.loads(found[2]), indent=1, ensure_ascii=False)}\n")
            return f"<script{found[1]}>DATA</script>"
        return "<script>SCRIPT</script>"

    around = re.sub(r"<script([^>]*)>(.*?)</script>", taken, text, flags=re.DOTALL)
    return around + "\n" + "".join(data)


def _without_pages(text: str) -> str:
    """A manifest without the hashes and the sizes of pages: they hold scripts."""
    return re.sub(r'("[^"\n]*\.html": )("[0-9a-f]{64}"|\{[^{}]*\})', r'\1"PAGE"', text)


def _table(content: bytes) -> str:
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pq.read_table(pa.BufferReader(content))
    rows = [json.dumps(row, ensure_ascii=False, default=_plain) for row in table.to_pylist()]
    digest = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    schema = table.schema.to_string(show_schema_metadata=False)
    return "\n".join([schema, f"{len(rows)} rows, {digest}", *rows[:ROWS], ""])


def _plain(value: Any) -> str:
    return str(value)
