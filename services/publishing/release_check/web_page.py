"""Web pages and vector pictures: what their source says and their face does not."""

from typing import Any

from lxml import etree

from services.publishing.release_check.bounds import Unreadable
from services.publishing.release_check.looking import Look
from services.publishing.release_check.page_face import inspect_face
from services.publishing.release_check.page_references import inspect_references
from services.publishing.release_check.page_source import inspect_source
from services.publishing.release_check.recognising import decoded, recognise
from services.publishing.release_check.style_rules import StyleSheet
from services.publishing.release_check.vector_picture import inspect_vector_picture


def inspect(look: Look) -> None:
    """Note scripts, comments, hidden content, form values and everything fetched from elsewhere (REL-07, REL-10,
    REL-11, REL-16), and pass on what a reader sees. Raises `Unreadable`."""
    if recognise(look.data, look.name) == "svg":
        inspect_vector_picture(look)
        return
    page = _parsed(look)
    sheet = StyleSheet()
    for style in page.iter("style"):
        sheet.add(style.text or "")
    inspect_source(look, page)
    inspect_references(look, page)
    inspect_face(look, page, sheet)


def _parsed(look: Look) -> Any:
    text = decoded(look.data)
    if text is None:
        raise Unreadable("is no text in an encoding that can be told")
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    try:
        page = etree.fromstring(text.encode("utf-8"), parser)
    except (etree.LxmlError, ValueError) as error:
        raise Unreadable(f"is no page that can be read ({type(error).__name__})") from None
    # The parser stops without a word where a page is too deep or a text too long, and gives what it has so far.
    if page is None or any(each.level == etree.ErrorLevels.FATAL for each in parser.error_log):
        raise Unreadable("is no page that can be read to its end")
    return page
