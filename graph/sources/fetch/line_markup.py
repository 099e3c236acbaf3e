r"""What stands around a title in the notes of a person: marks of lists, links, emphasis, and fields above the list.

Obsidian, Logseq, Notion and others write Markdown, each with signs of its own. No sign is taken off that does not come
in a pair: "A* search" and "x_1" are titles.
"""

from __future__ import annotations

import re

from ..printed_lists.list_marks import NUMBER
from ..printed_lists.same_authors import DASH

_LIST_MARK = re.compile(
    rf"^(?!{DASH})(?:[-*+\u2022\u2023\u25aa\u25e6\u2013\u2014\u2192]|{NUMBER}|[a-z]\)|\((?:[a-z]|[ivxlc]{{1,7}})\))\s+"
    r"(?:\[[ xX]\]\s+)?"
)
_PICTURE = re.compile(r"!\[[^\[\]\n]*\](?:\([^()\n]*\))?|!\[\[[^\[\]\n]*\]\]")
_WIKI_LINK = re.compile(r"\[\[([^\[\]|\n]+)(?:\|[^\[\]\n]*)?\]\]")
_LINK = re.compile(r"\[([^\[\]\n]+)\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)?\)")
_ITALIC = re.compile(
    r"(?<![\w*])\*([^\s*](?:[^*\n]*[^\s*])?)\*(?![\w*])|(?<![\w_])_([^\s_](?:[^_\n]*[^\s_])?)_(?![\w_])"
)
_STRONG = re.compile(r"\*\*([^\s*](?:[^*\n]*[^\s*])?)\*\*|(?<!\w)__([^\s_](?:[^_\n]*[^\s_])?)__(?!\w)")
_MARKED = re.compile(r"==([^\s=](?:[^=\n]*[^\s=])?)==|~~([^\s~](?:[^~\n]*[^\s~])?)~~")
_FRONT_MATTER = re.compile(
    r"\A(?:---[ \t]*\n(?:(?!---|\.\.\.|references:)[^\n]*\n){1,200}(?:---|\.\.\.)"
    r"|\+\+\+[ \t]*\n(?:(?!\+\+\+|\[\[)[^\n]*\n){1,200}\+\+\+)[ \t]*(?:\n|\Z)"
)
"""Fields between two lines of dashes (YAML) or of plus signs (TOML).

A list of references or of entries among them is a bibliography or a reading list.
"""
_FIELD = re.compile(r"^[\w-]+(?::| *=)", re.MULTILINE)


def without_markup(line: str) -> str:
    """The text of a line without a mark of a list in front of it and Markdown around it; "" for a picture.

    >>> without_markup("- [ ] **[[Tides of the sea (2017)|Tides]]**"), without_markup("(iv) [Seas](https://example.org)")
    ('Tides of the sea (2017)', 'Seas')
    >>> without_markup("A* search"), without_markup("![figure](tides.png)")
    ('A* search', '')
    """
    text = _PICTURE.sub("", _LIST_MARK.sub("", line))
    for pattern in (_WIKI_LINK, _LINK, _MARKED, _ITALIC, _STRONG, _ITALIC):
        text = pattern.sub(_inner, text)
    return text.strip()


def without_front_matter(text: str) -> str:
    r"""The text with blank lines in the place of the fields at the head of a note, so that lines keep their numbers.

    >>> without_front_matter("---\ntags: [sea]\n---\n- Tides\n")
    '\n\n\n- Tides\n'
    """
    found = _FRONT_MATTER.match(text)
    if found is None or not _FIELD.search(found[0]):
        return text
    return "\n" * found[0].count("\n") + text[found.end() :]


def _inner(match: re.Match[str]) -> str:
    return str(next(filter(None, match.groups())))
