"""Names of people in BibTeX and BibLaTeX."""

from __future__ import annotations

import re
from collections.abc import Iterator


def first_person(text: str) -> str:
    """The first of the names that "and" joins outside of braces; linear in the length of the text.

    >>> first_person("{Wind and Wave Group} and Quill, Ada"), first_person("family=Cruz, given=Ana and others")
    ('{Wind and Wave Group}', 'Cruz, Ana')
    """
    depth = 0
    for sign in re.finditer(r"[{}]|(?<!\s)\s+and\s", text):
        if sign[0] in "{}":
            depth += 1 if sign[0] == "{" else -1
        elif depth <= 0 and text[: sign.start()].strip():
            return _joined_name(text[: sign.start()].strip())
    return _joined_name(text.strip())


def _joined_name(text: str) -> str:
    """A name that BibLaTeX has in parts, as "Family, Given"; another one stays.

    >>> _joined_name("family=Cruz, given=Ana, prefix=de la, useprefix=true"), _joined_name("Cruz, Ana")
    ('de la Cruz, Ana', 'Cruz, Ana')
    """
    parts = {name.strip().lower(): value.strip(' {}"') for name, _, value in _name_parts(text)}
    if "family" not in parts:
        return text
    family = " ".join(filter(None, (parts.get("prefix"), parts["family"], parts.get("suffix"))))
    return ", ".join(filter(None, (family, parts.get("given"))))


def _name_parts(text: str) -> Iterator[tuple[str, str, str]]:
    return (part.partition("=") for part in text.split(",") if "=" in part)
