"""Elements of OpenDocument that give something away wherever they stand: comments, scripts, links, fields, forms."""

import re
from collections.abc import Callable, Mapping
from urllib.parse import unquote

from services.publishing.release_check.looking import Look
from services.publishing.release_check.markup import Element, attribute, local, text_of
from services.publishing.release_check.properties import is_path
from services.publishing.release_check.report import masked

_WEB = ("http:", "https:", "mailto:", "tel:")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_PASSWORD = re.compile(r"//[^/@\s]+:[^/@\s]+@|\b(?:password|pwd)=", re.I)

_PLAIN: Mapping[str, str] = {
    "annotation": "comment",
    "dde-connection": "dde_link",
    "dde-connection-decl": "dde_link",
    "dde-link": "dde_link",
    "dde-source": "dde_link",
    "database-display": "mail_merge",
    "database-name": "mail_merge",
    "database-next": "mail_merge",
    "database-row-number": "mail_merge",
    "database-row-select": "mail_merge",
    "connection-resource": "connection",
    "database-source-query": "connection",
    "database-source-sql": "connection",
    "database-source-table": "connection",
    "source-service": "connection",
    "scenario": "scenario",
    "execute-macro": "vba_macro",
    "applet": "embedded_object",
    "floating-frame": "external_link",
    "object-ole": "embedded_object",
    "plugin": "embedded_object",
    "document": "embedded_object",
    "binary-data": "embedded_object",
    "section-source": "external_link",
    "table-source": "external_link",
    "cell-range-source": "external_link",
    "alphabetical-index-auto-mark-file": "external_link",
    "instance": "custom_xml_data",
}
"""Elements that are a finding by being there."""

_CHANGES: Mapping[str, str] = {
    "insertion": "tracked_insertion",
    "deletion": "tracked_deletion",
    "format-change": "tracked_format",
}
_LINKS = frozenset(
    ("a", "image", "fill-image", "background-image", "object", "media", "sound", "bibliography-source", "font-face-uri")
)
_CONTROLS = frozenset(
    (
        "text",
        "textarea",
        "password",
        "formatted-text",
        "number",
        "date",
        "time",
        "combobox",
        "value-range",
        "file",
        "hidden",
        "generic-control",
    )
)


class Marks:
    """Collects the marks of one part and notes each kind once, with the places where it was seen."""

    def __init__(self, look: Look, part: str) -> None:
        self._look = look
        self._part = part
        self._seen: dict[tuple[str, str], tuple[list[str], str]] = {}
        self.links: set[str] = set()
        """Where links point inside the package."""

    def read(self, root: Element, where: str = "") -> None:
        """Look at an element and everything in it. `where` is the place, the part when it is not told."""
        for element in root.iter("*"):
            self.see(element, where or f"part {self._part}")

    def see(self, element: Element, where: str) -> None:
        """Look at one element."""
        name = local(element)
        if code := _PLAIN.get(name):
            excerpt = attribute(element, "href") or text_of(element)
            self._note(code, where, masked(excerpt) if excerpt.strip() else "")
        if rule := _RULES.get(name):
            rule(self, element, where)
        href = element.get("{http://www.w3.org/1999/xlink}href") or attribute(element, "href")
        if href:
            self._link(element, name, href, where)

    def tell(self) -> None:
        """Note what was collected."""
        for (code, severity), (places, excerpt) in self._seen.items():
            self._look.found(code, _joined(places), excerpt, severity=severity)

    def _note(self, code: str, where: str, excerpt: str = "", severity: str = "") -> None:
        places, first = self._seen.get((code, severity), ([], ""))
        self._seen[code, severity] = ([*places, where], first or excerpt)

    def _link(self, element: Element, name: str, href: str, where: str) -> None:
        if _PASSWORD.search(href):
            self._note("credential", where, masked(href))
        if "vnd.sun.star.script:" in href or href.lower().startswith(("javascript:", "macro:")):
            self._note("vba_macro", where, masked(href))
        elif name in _LINKS and leads_outside(href, is_hyperlink=name == "a"):
            self._note("external_link", where, masked(href))
        elif not _SCHEME.match(href) and not href.startswith("#"):
            self.links.add(inside_package(href))

    def _changes(self, element: Element, where: str) -> None:
        """In a text the kinds of changes; in a spreadsheet a log of them."""
        for each in element.iter("*"):
            if code := _CHANGES.get(local(each)):
                in_sheet = ":table:" in each.tag
                kept = text_of(each).strip()
                self._note("revision_log" if in_sheet else code, where, masked(kept))
            elif local(each) in ("cell-content-change", "movement"):
                self._note("revision_log", where, masked(text_of(each)))

    def _script(self, element: Element, where: str) -> None:
        """Programs write an element for an empty library into files that never had a macro."""
        holds = text_of(element).strip() or any(attribute(each, "href") for each in element.iter("*"))
        modules = any(local(each) in ("module", "library", "library-linked") for each in element.iter("*"))
        if holds or modules:
            self._note("vba_macro", where)

    def _listener(self, element: Element, where: str) -> None:
        action = attribute(element, "action")
        starts = action in ("execute", "execute-macro") or attribute(element, "macro-name")
        if starts or attribute(element, "language").lower() in ("ooo:script", "javascript"):
            self._note("vba_macro", where)

    def _hidden_field(self, element: Element, where: str) -> None:
        if attribute(element, "is-hidden") != "false" or attribute(element, "string-value"):
            told = attribute(element, "string-value") or text_of(element)
            self._note("hidden_text", where, masked(told))

    def _conditional(self, element: Element, where: str) -> None:
        shown = text_of(element).strip()
        both = (attribute(element, "string-value-if-true"), attribute(element, "string-value-if-false"))
        if kept := next((each for each in both if each.strip() and each.strip() != shown), ""):
            self._note("hidden_text", where, masked(kept))

    def _variable(self, element: Element, where: str) -> None:
        names = ("string-value", "value", "date-value", "time-value", "boolean-value", "formula")
        told = next((each for name in names if (each := attribute(element, name))), "")
        is_declared = local(element) == "user-field-decl"
        if (is_declared or attribute(element, "display") == "none") and (told or text_of(element).strip()):
            self._note("document_variable", where, masked(told or text_of(element)))

    def _control(self, element: Element, where: str) -> None:
        """Only elements of forms: a `text` elsewhere is something else."""
        value = attribute(element, "current-value") or attribute(element, "value")
        if value and ":form:" in element.tag:
            self._note("form_value", where, masked(value))

    def _described(self, element: Element, where: str) -> None:
        if is_path(element.text or ""):
            self._note("alternative_text_path", where, masked(element.text or ""))

    def _path_field(self, element: Element, where: str) -> None:
        if re.search(r"[\\/]", text_of(element)):
            self._note("local_path", where, masked(text_of(element)))

    def _bookmark(self, element: Element, where: str) -> None:
        if attribute(element, "hidden") == "true":
            self._note("bookmark", where)

    def _protected(self, element: Element, where: str) -> None:
        if "true" in (attribute(element, "protected"), attribute(element, "structure-protected")):
            self._note("protection", where)


_RULES: Mapping[str, Callable[[Marks, Element, str], None]] = {
    "tracked-changes": Marks._changes,
    "script": Marks._script,
    "event-listener": Marks._listener,
    "hidden-text": Marks._hidden_field,
    "hidden-paragraph": Marks._hidden_field,
    "conditional-text": Marks._conditional,
    "user-field-decl": Marks._variable,
    "variable-set": Marks._variable,
    "variable-input": Marks._variable,
    "user-field-get": Marks._variable,
    "user-field-input": Marks._variable,
    "desc": Marks._described,
    "title": Marks._described,
    "file-name": Marks._path_field,
    "template-name": Marks._path_field,
    "bookmark": Marks._bookmark,
    "bookmark-start": Marks._bookmark,
    "section": Marks._protected,
    "table": Marks._protected,
    "spreadsheet": Marks._protected,
    **dict.fromkeys(_CONTROLS, Marks._control),
}


def leads_outside(href: str, *, is_hyperlink: bool) -> bool:
    """Whether a link leaves the package: a hyperlink may lead to the web, and nothing else may."""
    if href.startswith("#") or not href:
        return False
    if href.startswith(("//", "\\\\", "../", "/")):
        return True
    if _SCHEME.match(href):
        return not (is_hyperlink and href.lower().startswith(_WEB))
    return is_hyperlink


def inside_package(href: str) -> str:
    """The part that a link inside the package points to."""
    return unquote(href).removeprefix("./").partition("#")[0]


def _joined(places: list[str]) -> str:
    different = list(dict.fromkeys(places))
    more = len(different) - 8
    return ", ".join(different[:8]) + (f" and {more} more" if more > 0 else "")
