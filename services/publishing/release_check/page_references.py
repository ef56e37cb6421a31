"""What a page fetches when it is opened (REL-07): a reader's browser would tell others of it, and what it fetches was
not checked."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from lxml import etree

from services.publishing.release_check.coded_data import inspect_data_address
from services.publishing.release_check.looking import Look
from services.publishing.release_check.markup import local

_FETCHED = frozenset(
    (
        *("src", "data", "background", "poster", "codebase", "classid", "archive", "manifest", "dynsrc", "lowsrc"),
        *("longdesc", "profile", "action", "formaction", "ping"),
    )
)
_ONLY_NAMED = frozenset(
    (
        *("canonical", "license", "alternate", "prev", "next", "author", "search", "help", "me", "bookmark", "tag"),
        *("nofollow", "noopener", "noreferrer", "up", "index", "start", "first", "last", "shortlink", "describedby"),
    )
)
"""Relations of `link` elements that browsers fetch nothing for."""
_LINKS = ("a", "area")
_ABSOLUTE = re.compile(r"(?i)\s*(?:[a-z][a-z0-9+.-]*:|//|\\\\)")
_OF_A_MACHINE = re.compile(r"(?i)\s*(?:file:|\\\\|[a-z]:[\\/]|smb:|ldap:|/(?:home|users|mnt)/)")
_IN_STYLES = re.compile(r"""(?i)url\(\s*(?:"([^"]*)"|'([^']*)'|([^)"']*))|@import\s+["']([^"']+)""")
_FRAMES = ("iframe", "frame", "object", "embed", "applet", "portal")


def inspect_references(look: Look, page: Any) -> None:
    """Note what is fetched from elsewhere and links into somebody's machine; inspect what is inside as `data:`.

    Files beside the page, of which only the address is there, need a look and do not block.
    """
    fetched, beside, machine = [], [], []
    for where, address in _references(page):
        plain = address.strip()
        if plain.lower().startswith("data:"):
            inspect_data_address(look, plain, where)
        elif _OF_A_MACHINE.match(plain):
            machine.append(where)
        elif where in _LINKS or not plain or plain.startswith("#") or plain.lower().startswith(("about:", "mailto:")):
            continue
        elif plain.lower().startswith("cid:") or not _ABSOLUTE.match(plain):
            beside.append(where)
        else:
            fetched.append(where)
    if machine:
        look.found("external_link", f"{_counted(machine)} on somebody's drive or server")
    if fetched:
        look.found("external_link", f"{_counted(fetched)} at another address")
    if beside:
        look.found("external_link", f"{_counted(beside)} in a file beside it", severity="review")


def _references(page: Any) -> Iterator[tuple[str, str]]:
    """The kind of element and the address. Of `data:` addresses in sources and styles as well."""
    for element in page.iter(etree.Element):
        name = local(element).lower()
        for attribute, value in element.attrib.items():
            plain = attribute.rpartition("}")[2].rpartition(":")[2].lower()
            if plain == "style":
                yield from _in_styles(value)
            elif plain == "srcdoc":
                yield "a frame with its own page", f"data:text/html,{quote(value)}"
            elif plain == "srcset":
                yield from (("a picture", each.split()[0]) for each in re.split(r",\s+", value) if each.strip())
            elif plain == "href":
                yield from _of_link(element, name, value)
            elif plain in _FETCHED:
                yield _called(name), value
        if name == "style":
            yield from _in_styles(element.text or "")
        elif name == "meta" and (element.get("http-equiv") or "").lower() == "refresh":
            content = re.split(r"(?i)url\s*=", element.get("content") or "", maxsplit=1)
            yield from (("a redirection", each.strip("'\" ")) for each in content[1:])


def _of_link(element: Any, name: str, value: str) -> Iterator[tuple[str, str]]:
    relations = (element.get("rel") or "").lower().split()
    if name in _LINKS or (name == "link" and relations and all(each in _ONLY_NAMED for each in relations)):
        yield "a", value
    elif name == "base":
        yield "the base of all addresses", value
    else:
        yield _called(name), value


def _in_styles(css: str) -> Iterator[tuple[str, str]]:
    for found in _IN_STYLES.finditer(css):
        yield "a style", next((each for each in found.groups() if each), "")


def _called(name: str) -> str:
    return "a frame" if name in _FRAMES else "a picture" if name in ("img", "image") else f"element {name}"


def _counted(kinds: list[str]) -> str:
    return ", ".join(f"{kinds.count(kind)} × {'a link' if kind == 'a' else kind}" for kind in dict.fromkeys(kinds))
