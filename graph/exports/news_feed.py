"""News as an Atom feed, which keeps what earlier runs wrote: a reader that comes by once a month misses nothing.

The format is that of RFC 4287. An entry's id follows from what it is about, so that a reader that has it does not see
it again, whenever the feed is written anew.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree as ET

from ..analysis.news import News
from ..errors import InputError
from ..model.lineage import Lineage
from ..utils.text import for_xml, shown
from .text.news_text import NewsItem, news_remarks, news_sections

PROGRAM = "citation-lineage"
ATOM = "http://www.w3.org/2005/Atom"
MOST_ENTRIES = 500
"""How many entries a feed keeps, the newest first."""
LARGEST_FEED = 50_000_000
"""How many bytes a feed may have that an earlier run wrote."""
_FEED, _ENTRY, _ID, _UPDATED = (f"{{{ATOM}}}{name}" for name in ("feed", "entry", "id", "updated"))
_NAMESPACE = uuid5(NAMESPACE_URL, "urn:citation-lineage:news")
_KINDS = {"citer": "New citer", "path": "New path", "bridge": "New bridge", "notice": "Notice"}
_PART_OF_PROLOG = re.compile(r"<\?.*?\?>|<!--.*?-->", re.DOTALL)
_PROLOG = re.compile(rf"(?:{_PART_OF_PROLOG.pattern}|\s|\ufeff)*", re.DOTALL)
_MENDING = "name another file, or delete this one"


def news_feed(lineage: Lineage, found: News, *, earlier: str | None = None, where: str = "feed") -> str:
    """Write news as a feed.

    Raises `InputError` when `earlier` is not a feed that this program wrote, or the news have no day.

    Parameters
    ----------
    lineage : Lineage
        In which the news are.
    earlier : str, optional
        What the feed's file holds. Its entries stay, behind the new ones, up to `MOST_ENTRIES`, and so does what a
        person has written at its head.
    where : str
        The name of the file, for messages.

    Returns
    -------
    str
        An Atom document. With nothing new and an earlier feed, that feed as it was.
    """
    feed = _new_feed() if earlier is None else _feed_of(earlier, where)
    kept = feed.findall(_ENTRY)
    known = {entry.findtext(_ID) for entry in kept}
    new = [entry for entry in _new_entries(lineage, found) if entry.findtext(_ID) not in known]
    entries = _newest(new, kept)
    if earlier is not None and not set(new).intersection(entries):
        return earlier
    for entry in kept:
        feed.remove(entry)
    _complete_head(feed, lineage, _moment(found))
    feed.extend(entries)
    ET.register_namespace("", ATOM)
    try:
        ET.indent(feed, " ")
        written = ET.tostring(feed, encoding="unicode")
    except RecursionError:
        raise InputError("its elements are nested too deeply", where=where, remedy=_MENDING) from None
    return f'<?xml version="1.0" encoding="utf-8"?>\n{_before_root(earlier or "")}{written}\n'


def _before_root(text: str) -> str:
    """The comments and instructions before a feed, such as for a style sheet, a line each."""
    found = _PROLOG.match(text)
    parts = _PART_OF_PROLOG.findall(found[0]) if found else []
    return "".join(f"{each}\n" for each in parts if not each.startswith("<?xml "))


def _new_feed() -> ET.Element:
    feed = ET.Element(_FEED)
    _add(feed, "generator", PROGRAM)
    _add(ET.SubElement(feed, f"{{{ATOM}}}author"), "name", PROGRAM)
    return feed


def _complete_head(feed: ET.Element, lineage: Lineage, moment: str) -> None:
    """Give a feed what it must have; what it has stays, because its id must never change."""
    head = {
        "id": _urn("feed", lineage.reading_list.title),
        "title": f"New around {shown(lineage.reading_list.title)}",
        "updated": moment,
    }
    for at, (name, text) in enumerate(head.items()):
        if feed.find(f"{{{ATOM}}}{name}") is None:
            feed.insert(at, _element(name, text))
    updated = feed.find(_UPDATED)
    if updated is not None:
        updated.text = max(updated.text or "", moment)


def _newest(new: Sequence[ET.Element], kept: Sequence[ET.Element]) -> list[ET.Element]:
    """The newest entries, as many as a feed has; of one day those that it has go before those that it lacks.

    Otherwise what did not fit would push out what did, each time that the feed is written.
    """

    def moment(entry: ET.Element) -> str:
        return entry.findtext(_UPDATED) or ""

    staying = set(sorted([*kept, *new], key=moment, reverse=True)[:MOST_ENTRIES])
    return sorted((entry for entry in (*new, *kept) if entry in staying), key=moment, reverse=True)


def _new_entries(lineage: Lineage, found: News) -> Iterator[ET.Element]:
    remarks = " ".join(news_remarks(lineage, found))
    for section in news_sections(lineage, found):
        for item in section.items:
            yield _entry(lineage, item, _moment(found), remarks)


def _entry(lineage: Lineage, item: NewsItem, moment: str, remarks: str) -> ET.Element:
    entry = ET.Element(f"{{{ATOM}}}entry")
    _add(entry, "id", _urn(lineage.reading_list.title, item.kind, *item.about))
    _add(entry, "title", f"{_KINDS[item.kind]}: {shown(item.title)}", type="text")
    _add(entry, "updated", moment)
    _add(entry, "summary", shown(" ".join(filter(None, (f"{item.sentence}.", remarks)))), type="text")
    ET.SubElement(entry, f"{{{ATOM}}}category", term=item.kind)
    if item.url:
        ET.SubElement(entry, f"{{{ATOM}}}link", href=item.url, rel="alternate")
    return entry


def _add(parent: ET.Element, name: str, text: str, **attributes: str) -> None:
    parent.append(_element(name, text, **attributes))


def _element(name: str, text: str, **attributes: str) -> ET.Element:
    element = ET.Element(f"{{{ATOM}}}{name}", attributes)
    element.text = for_xml(text)
    return element


def _urn(*parts: str) -> str:
    return uuid5(_NAMESPACE, "\x1f".join(parts)).urn


def _moment(found: News) -> str:
    """The day of the later observation, as the feed's format writes a moment."""
    try:
        day = datetime.datetime.strptime(found.until or "", "%Y-%m-%d").date()  # noqa: DTZ007  # it is a day
    except ValueError:
        raise InputError(
            "no source of this corpus says on which day it was observed, and a feed needs a day",
            remedy="fetch the corpus, or leave out --atom",
        ) from None
    return f"{day.isoformat()}T00:00:00Z"


def _feed_of(text: str, where: str) -> ET.Element:
    """The feed that an earlier run wrote, with the comments of a person in it."""
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise InputError("XML with a document type is no feed of this program", where=where, remedy=_MENDING)
    parser = ET.XMLParser(target=ET.TreeBuilder(insert_comments=True))  # noqa: S314  # without a document type there are no entities to expand
    try:
        feed: ET.Element = ET.fromstring(text, parser)  # noqa: S314  # likewise
    except (ET.ParseError, ValueError, RecursionError) as fault:
        raise InputError(f"this is no Atom feed: {fault}", where=where, remedy=_MENDING) from None
    if feed.tag != _FEED or (feed.findtext(f"{{{ATOM}}}generator") or "").strip() != PROGRAM:
        raise InputError("this is not a feed that this program wrote", where=where, remedy=_MENDING)
    return feed
