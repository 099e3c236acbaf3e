"""News as an Atom feed, which keeps what earlier runs wrote: a reader that comes by once a month misses nothing.

The format is that of RFC 4287. An entry's id follows from what it is about, so that a reader that has it does not see
it again, whenever the feed is written anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree as ET

from ..analysis.news import News
from ..errors import InputError
from ..model.lineage import Lineage
from ..utils.text import for_xml, shown
from .news_items import NewsItem, news_remarks, news_sections

PROGRAM = "citation-lineage"
ATOM = "http://www.w3.org/2005/Atom"
MOST_ENTRIES = 500
"""How many entries a feed keeps, the newest first."""
LARGEST_FEED = 50_000_000
"""How many bytes a feed may have that an earlier run wrote."""
_NAMESPACE = uuid5(NAMESPACE_URL, "urn:citation-lineage:news")
_KINDS = {"citer": "New citer", "path": "New path", "bridge": "New bridge", "notice": "Notice"}
_MENDING = "name another file, or delete this one"


def news_feed(lineage: Lineage, found: News, *, earlier: str | None = None, where: str = "feed") -> str:
    """Write news as a feed.

    Parameters
    ----------
    lineage : Lineage
        In which the news are.
    found : News
    earlier : str, optional
        What the feed's file holds: its entries stay, behind the new ones, up to `MOST_ENTRIES`.
    where : str
        The name of the file, for messages.

    Returns
    -------
    str
        An Atom document. With nothing new and an earlier feed, that feed as it was.

    Raises
    ------
    InputError
        When `earlier` is not a feed that this program wrote, or the news have no day.
    """
    kept = [] if earlier is None else list(_entries_of(earlier, where))
    known = {entry.findtext(f"{{{ATOM}}}id") for entry in kept}
    new = [entry for entry in _new_entries(lineage, found) if entry.findtext(f"{{{ATOM}}}id") not in known]
    if earlier is not None and not new:
        return earlier
    feed = ET.Element(f"{{{ATOM}}}feed")
    _add(feed, "id", _urn("feed", lineage.reading_list.title))
    _add(feed, "title", f"New around {shown(lineage.reading_list.title)}")
    _add(feed, "updated", _moment(found))
    _add(feed, "generator", PROGRAM)
    _add(ET.SubElement(feed, f"{{{ATOM}}}author"), "name", PROGRAM)
    feed.extend([*new, *kept][:MOST_ENTRIES])
    ET.register_namespace("", ATOM)
    ET.indent(feed, " ")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(feed, encoding="unicode")}\n'


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
    ET.SubElement(parent, f"{{{ATOM}}}{name}", attributes).text = for_xml(text)


def _urn(*parts: str) -> str:
    return uuid5(_NAMESPACE, "\x1f".join(parts)).urn


def _moment(found: News) -> str:
    """The day of the later observation, as the feed's format writes a moment."""
    if found.until is None:
        raise InputError(
            "no source of this corpus says when it was observed, and a feed needs a day",
            remedy="fetch the corpus, or leave out --atom",
        )
    return f"{found.until}T00:00:00Z"


def _entries_of(text: str, where: str) -> Iterable[ET.Element]:
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise InputError("XML with a document type is no feed of this program", where=where, remedy=_MENDING)
    try:
        feed = ET.fromstring(text)  # noqa: S314  # without a document type there are no entities to expand
    except (ET.ParseError, ValueError, RecursionError) as fault:
        raise InputError(f"this is no Atom feed: {fault}", where=where, remedy=_MENDING) from None
    if feed.tag != f"{{{ATOM}}}feed" or feed.findtext(f"{{{ATOM}}}generator") != PROGRAM:
        raise InputError("this is not a feed that this program wrote", where=where, remedy=_MENDING)
    return feed.findall(f"{{{ATOM}}}entry")
