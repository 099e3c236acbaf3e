"""Texts in formats that are not read, which would pass for lines of titles: recognised, and told what to do."""

from __future__ import annotations

import re

from ...errors import InputError

_CHOOSE = "export it as RIS, BibTeX or CSL-JSON"
_COPY = "copy the titles or identifiers into a text file, one a line"
_WEB_PAGE = (
    r"(?:!DOCTYPE html|html|head|body|meta|title|base|link|style|script|header|main|nav|section|article|div|p|h[1-6]"
    r"|table|tr|ul|ol|dl|li|br|hr|font|center|form|iframe)\b"
)
_YAML_ITEM = r"(?-i:^[ \t]*- (?:title|name|number|authors?|year|doi|arxiv|url|id|key|type): )"
_SOURCE = (
    r"^(?:from [\w.]+ import [\w*(]|import [\w.]+(?: as \w+)?;?$|(?:def|function) \w+\(|class \w+(?:\(|:$))"
    r"|^(?:(?:const|let|var) )?[A-Za-z_]\w* ?= ?(?:[\[(\"']|\w+\()|^#include [<\"]|^\w+ <- c\("
)
"""Lines of Python, and of other languages as far as they look alike."""
_REFUSED = (
    (
        r"^\*citation-lineage [^\n]+\*$",
        "Markdown of 'lineage export'",
        "export the same as bibtex, ris, csl or csv, which are read back",
    ),
    (
        r"\A\s*(?:<\?xml[^>]*>\s*)?<!DOCTYPE PubmedArticleSet|<PubmedArticleSet",
        "PubMed's XML",
        "save it as PubMed (.nbib)",
    ),
    (r"^Author information: *$", "PubMed's abstracts", "save it as PubMed (.nbib)"),
    (r"<rdf:RDF", "RDF", _CHOOSE),
    (r"<modsCollection|<mods[ >]", "MODS", _CHOOSE),
    (
        rf"\A\s*(?:<!--|<{_WEB_PAGE})|\A\s*<\?xml[^>]*>\s*<!DOCTYPE html",
        "a web page",
        "save the list as text, or export it from the page as RIS",
    ),
    (r"\A\s*(?:<\?xml[^>]*>\s*)?(?:<!DOCTYPE svg|<svg\b)", "a picture (SVG)", _COPY),
    (r"\A\s*<\?xml|\A\s*<[a-z]+[^>\n]*>\s*<", "XML of another program", _CHOOSE),
    (r"\\documentclass|\\begin\{thebibliography\}|\\bibitem", "LaTeX", "give the .bib file that it was made from"),
    (r"\ART [A-Z][a-z]+.*\n(?:S[RN]|ID|[AT]1) ", "RefWorks' tagged format", _CHOOSE),
    (r"\A---\n(?:.*\n)*?references:|^references:\n- ", "YAML", "convert it to CSL-JSON: pandoc -t csljson"),
    (r"\A(?:---[ \t]*\n[\w-]+:|\+\+\+[ \t]*\n[\w-]+ *=)", "a note that begins with fields (YAML, TOML)", _COPY),
    (r"\AHTTP/[\d.]+ \d{3}\b", "the answer of a web server", _COPY),
    (r"\ABEGIN:V(?:CARD|CALENDAR|EVENT)\b", "an address or a calendar", _COPY),
    (r"\A-----BEGIN [A-Z ]+-----$", "a key or a signed message", _COPY),
    (r"\A#!", "a program", "name a file with papers"),
    (r"^diff --git |^--- [^\n]+\n\+\+\+ [^\n]+\n@@ ", "a patch", _COPY),
    (r"\A\[[^\]\n]+\]\n(?:[#;][^\n]*\n)*[\w.-]+ ?=", "a link or settings (INI)", _COPY),
    (
        rf"\A%YAML |\A---[ \t]*\n[ \t]*- |{_YAML_ITEM}|(?-i:\A[a-z_]+:[ \t]*\n[ \t]+- )",
        "YAML",
        _COPY,
    ),
    (_SOURCE, "the source of a program, or settings", _COPY),
    (r"^Traceback \(most recent call last\):", "the log of a program", _COPY),
)
"""Patterns, what a text is that has one, and what to do. Beginnings are read without regard to capitals."""
_LABELS = re.compile(
    r"^(?:- |  )?\{?(reference type|record number|authors?|author full names|title|year|journal|source"
    r"|document type|publication stage|abstract|keywords|publisher|volume|issue|pages|unique identifier|institution"
    r"|database|language)\}?(?::|$)",
    re.MULTILINE | re.IGNORECASE,
)
"""Lines with the name of a field, as EndNote, Scopus, Ovid and NoteFirst write them."""
_MAIN_LABELS = frozenset({"reference type", "author", "author full name", "title", "document type"})
_TAG_LINE = re.compile(r"^(?:[A-Z][A-Z0-9]{1,3} {0,2}- |%[A-Z0-9@] |<[A-Za-z/])", re.MULTILINE)
_LOG_LINE = re.compile(
    r"^[\[(<]?(?:\d{4}[-/]\d\d[-/]\d\d[T ]|[A-Z][a-z]{2} {1,2}\d{1,2} )?\d\d:\d\d:\d\d\b"
    r"|^[\[(<]?(?:DEBUG|INFO|WARN|WARNING|ERROR|FATAL|CRITICAL)[\])>: ]"
    r"|^[\d.:a-f]+ \S+ \S+ \[\d\d/[A-Z][a-z]{2}/\d{4}:",
    re.MULTILINE,
)
"""A line that begins with a time of day, or a level in capitals, or as web servers have it."""
_FIELD = re.compile(r"([^\W\d_][\w-]*)[ \u00a0]?:(?:\s|$)")
_BEFORE_FIELDS = re.compile(r"From |\d+ *$")  # as boxes of mails and Apple's files have it
_ADDRESS = re.compile(r"\S@[\w-]+\.\w")
_KNOWN_FIELD = re.compile(
    r"x-.*|from|to|cc|bcc|subject|date|sent|sender|reply-to|received|return-path|delivered-to|message-id|in-reply-to"
    r"|references|mime-version|content-(?:type|transfer-encoding|disposition|length)|dkim-signature|newsgroups"
    r"|organization|betreff|gesendet|objet|envoyé|asunto|enviado|oggetto|inviato"  # mails, news
    r"|server|host|cache-control|last-modified|etag|location|set-cookie|accept"  # HTTP
    r"|metadata-version|name|version|summary|home-page|package|source|maintainer|architecture|depends"  # programs
)
_CLOSED = re.compile(r"</(?:p|div|li|ul|ol|td|tr|table|h[1-6]|body|html|script|style)>", re.IGNORECASE)


def refuse_other_formats(text: str, where: str) -> None:
    """Raise `InputError` for a text in a format that is not read, which would pass for lines of titles."""
    for pattern, label, remedy in _REFUSED:
        if re.search(pattern, text, re.MULTILINE | re.IGNORECASE if pattern.startswith("\\A") else re.MULTILINE):
            raise InputError(f"this is {label}, which is not read", where=where, remedy=remedy)
    if _begins_with_fields(text):
        what = "this begins with named fields, as a mail or a message of a program does, and is not read"
        raise InputError(what, where=where, remedy=_COPY)
    labels = {match[1].lower().removesuffix("s") for match in _LABELS.finditer(text)}
    if len(labels) > 1 and labels & _MAIN_LABELS:
        what = f"this is a list of records with named fields ({', '.join(sorted(labels))}), which is not read"
        raise InputError(what, where=where, remedy=_CHOOSE)
    lines = sum(1 for line in text.split("\n") if line.strip())
    if len(_CLOSED.findall(text)) > max(1, lines / 3):
        raise InputError("this is a part of a web page, which is not read", where=where, remedy=_COPY)
    if lines > 1 and len(_LOG_LINE.findall(text)) * 2 > lines:
        raise InputError("this is the log of a program, which is not read", where=where, remedy=_COPY)
    if lines > 2 and len(_TAG_LINE.findall(text)) * 2 > lines:
        raise InputError("this is an export of a kind that is not known", where=where, remedy=_CHOOSE)


def _begins_with_fields(text: str) -> bool:
    r"""Whether a text begins with fields as a mail does, each with its name, a colon and its value.

    Titles too begin with a name and a colon. Two of the names have to be known, or a value has the address of a person.

    >>> _begins_with_fields("Subject: Tides\nX-Mailer: m\n\nDear reader"), _begins_with_fields("BERT: One\nGPT: Two\n")
    (True, False)
    """
    names: set[str] = set()
    has_address = False
    for number, line in enumerate(text.strip().split("\n")):
        field = _FIELD.match(line)
        if field:
            names.add(field[1].lower())
        elif not (line[:1] in {" ", "\t"} and names) and not (number == 0 and _BEFORE_FIELDS.match(line)):
            break
        has_address = has_address or bool(_ADDRESS.search(line))
    known = sum(bool(_KNOWN_FIELD.fullmatch(name)) for name in names)
    return known > 1 or (len(names) > 1 and has_address)
