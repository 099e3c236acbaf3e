"""Lists of papers that are given as a reading list and are none: what they are, and what makes one of them."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..errors import InputError

_LINE_OF_TOML = re.compile(r"^[ \t]*(?:\[\[?[\w. -]+\](?!\()|[\w.-]+[ \t]*=)", re.MULTILINE)
"""A table or a value, without which a file that is not called .toml is no reading list with a fault in it."""


@contextmanager
def other_lists_named(reading_list: Path) -> Iterator[None]:
    """Where a reading list cannot be used because it is an export of references, say so and what makes a list of it."""
    try:
        yield
    except InputError:
        if reading_list.suffix == ".toml" or not reading_list.is_file():
            raise
        from ..sources.fetch.line_markup import without_front_matter
        from ..sources.fetch.targets import LINES, READING_LIST, form_of, has_entries, targets_of_bytes
        from ..utils.encodings import decoded
        from ..utils.files import read_bytes

        where, data = str(reading_list), read_bytes(reading_list)
        text = without_front_matter(decoded(data, where)[0])
        if has_entries(text):
            raise
        form = form_of(text, where)
        if form == READING_LIST or (form == LINES and (_LINE_OF_TOML.search(text) or not text.strip())):
            raise
        read = targets_of_bytes(data, where)  # or refused, as by a fetch
        what = "a list of titles or identifiers" if form == LINES else read.files[0].format
        remedy = f"'lineage fetch {shlex.quote(where)}' makes a reading list and a corpus of it"
        raise InputError(f"this is {what}, not a reading list", where=where, remedy=remedy) from None
