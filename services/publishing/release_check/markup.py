"""XML as the parts of documents hold it: read without entities, without the network, and by local names alone, so that
Strict and Transitional files, and any choice of prefixes, read the same."""

from collections.abc import Iterator
from typing import Any

from lxml import etree

from services.publishing.release_check.bounds import Unreadable
from services.publishing.release_check.container import Container

Element = Any

_SAFE = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}


def read_xml(data: bytes, what: str = "a part") -> Element:
    """The root element. Raises `Unreadable` for what is not well-formed, or declares a document type: no office
    program writes one, and it is what entity bombs are made of."""
    try:
        root = etree.fromstring(data, etree.XMLParser(remove_comments=False, **_SAFE))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(f"has XML that cannot be read in {what} ({type(error).__name__})") from None
    if root.getroottree().docinfo.doctype:
        raise Unreadable(f"declares a document type in {what}")
    return root


def stream(container: Container, name: str, tag: str) -> Iterator[Element]:
    """The elements of one local name of a large part, one after the other, each complete; those read are forgotten.

    Raises as `read_xml` and `Container.chunks` do.
    """
    parser = etree.XMLPullParser(events=("end",), tag=f"{{*}}{tag}", **_SAFE)
    try:
        for chunk in container.chunks(name):
            parser.feed(chunk)
            yield from _forgetting(parser)
        root = parser.close()
        yield from _forgetting(parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable(f"has XML that cannot be read in {name} ({type(error).__name__})") from None
    if root.getroottree().docinfo.doctype:
        raise Unreadable(f"declares a document type in {name}")


def _forgetting(parser: Any) -> Iterator[Element]:
    for _, element in parser.read_events():
        yield element
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def local(element: Element) -> str:
    """The element's name without its namespace; "" for a comment or a processing instruction."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element, name: str) -> str:
    """An attribute by its local name, in whatever namespace; "" when it is not there."""
    value = element.get(name)
    if value is not None:
        return str(value)
    return next((str(value) for key, value in element.items() if key.rpartition("}")[2] == name), "")


def all_named(root: Element, *names: str) -> Iterator[Element]:
    """Every element with one of these local names, in document order, the root among them."""
    yield from root.iter(*(f"{{*}}{name}" for name in names))


def holds(root: Element, *names: str) -> bool:
    """Whether there is any element of one of these local names. An empty one counts, which by itself is false."""
    return next(all_named(root, *names), None) is not None


def text_of(element: Element) -> str:
    """All text inside the element."""
    return "".join(element.itertext())


def is_on(element: Element, name: str) -> bool:
    """Whether an attribute that is a switch is on: `1`, `true`, `on`."""
    return attribute(element, name).strip().lower() in ("1", "true", "on")
