"""A site's feed in Atom (RFC 4287); what was taken down is told as RFC 6721 says, so that copies can go too."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree

from sqlalchemy import Row

from services.publishing.site import wording
from shared.contracts.authorities import Site

MEDIA_TYPE = "application/atom+xml"
# XML 1.0 has no way at all to write these.
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def feed(site: Site, host: str, changed: datetime, released: Sequence[Row[Any]], gone: Sequence[Row[Any]]) -> bytes:
    """The feed of a site; `host` is the public site's address with a slash at its end."""
    root = ElementTree.Element(
        "feed", {"xmlns": "http://www.w3.org/2005/Atom", "xmlns:at": "http://purl.org/atompub/tombstones/1.0"}
    )
    start = f"{host}{site.code}/"
    _add(root, "id", _identity(f"/{site.code}/"))
    _add(root, "title", site.name)
    _add(root, "updated", changed.isoformat())
    _add(_add(root, "author"), "name", site.name)
    _add(root, "link", rel="alternate", type="text/html", href=start)
    _add(root, "link", rel="self", type=MEDIA_TYPE, href=f"{start}feed.atom")
    for row in released:
        _entry(root, row, host)
    for row in gone:
        _add(root, "at:deleted-entry", ref=_identity(row.path), when=row.withdrawn_at.isoformat())
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, encoding="unicode").encode()


def _entry(root: ElementTree.Element, row: Row[Any], host: str) -> None:
    entry = _add(root, "entry")
    _add(entry, "id", _identity(row.path))
    _add(entry, "title", f"{row.title} ({row.reference})")
    _add(entry, "published", row.released_at.isoformat())
    _add(entry, "updated", row.released_at.isoformat())
    _add(entry, "link", rel="alternate", type="text/html", href=host.rstrip("/") + row.path)
    _add(entry, "category", term=row.overall, label=wording.overall(row.overall))
    dates = f"Received {wording.day(row.received_on)}, answered {wording.day(row.answered_on)}."
    _add(entry, "summary", f"{wording.overall(row.overall)}. {dates}")


def _add(parent: ElementTree.Element, tag: str, text: str | None = None, **attributes: str) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, tag, attributes)
    if text is not None:
        child.text = _NOT_IN_XML.sub(" ", text)
    return child


def _identity(path: str) -> str:
    """The same for the same place for ever, whatever address the site is served under."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'candour:{path}')}"
