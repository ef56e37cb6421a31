"""Where a workbook fetches data from, and what it keeps of it: connections, queries, other workbooks, other programs
(REL-06, REL-07)."""

from collections.abc import Callable, Mapping

from services.publishing.release_check.credentials import find_credentials
from services.publishing.release_check.looking import Look
from services.publishing.release_check.markup import Element, all_named, attribute, holds, is_on, local, text_of
from services.publishing.release_check.package import Package
from services.publishing.release_check.properties import is_path
from services.publishing.release_check.report import masked

_VALUES = ("v", "val")


def inspect(package: Package, look: Look) -> None:
    """All parts of the workbook that reach outside it, and the addresses that they reach for."""
    for kind, reader in _READERS.items():
        for part in package.parts(kind):
            root = package.xml(part)
            reader(package, look, part, root)
            _secrets(look, part, root)
    for part in ("", *package.reachable):
        for each in package.relationships(part):
            # The parameters of web pages often have such names; passwords in links are looked for with the links.
            if each.external and each.kind != "hyperlink":
                find_credentials(look, f"an outside address in part {part}", each.target)


def _connections(package: Package, look: Look, part: str, root: Element) -> None:
    for each in all_named(root, "connection"):
        number = attribute(each, "id")
        look.found("connection", f"connection {number}, part {part}", masked(attribute(each, "name")))
        if is_on(each, "savePassword"):
            look.found("credential", f"connection {number} is set to keep its password, part {part}")


def _query_table(package: Package, look: Look, part: str, root: Element) -> None:
    look.found("connection", f"a table filled by a query, part {part}", masked(attribute(root, "name")))


def _external_link(package: Package, look: Look, part: str, root: Element) -> None:
    """Another workbook, with the cells that were last seen in it, or another program."""
    cells = [each for data in all_named(root, "sheetDataSet") for each in all_named(data, "cell")]
    kept = [text for each in cells if (text := text_of(each).strip())]
    if kept:
        number = "a cell" if len(kept) == 1 else f"{len(kept)} cells"
        look.found("external_link_cache", f"{number} of another workbook, part {part}", masked(", ".join(kept[:10])))
    for each in all_named(root, "ddeLink", "oleLink"):
        values = [text_of(value).strip() for value in all_named(each, *_VALUES)]
        what = "another program" if local(each) == "ddeLink" else "an object of another file"
        look.found("dde_link", f"{what}, part {part}", masked(", ".join(filter(None, values))[:200]))
    if not any(each.external for each in package.relationships(part)):
        look.found("external_link", f"another workbook, part {part}")


def _volatile(package: Package, look: Look, part: str, root: Element) -> None:
    for each in all_named(root, "volType"):
        values = [text_of(value) for topic in all_named(each, "tp") for value in all_named(topic, "v", "stp")]
        if values:
            realtime = attribute(each, "type") != "olapFunctions"
            code, what = ("dde_link", "live data") if realtime else ("connection", "values of a data cube")
            look.found(code, f"{what}, part {part}", masked(", ".join(values[:10])))


def _maps(package: Package, look: Look, part: str, root: Element) -> None:
    """Maps say how cells are filled from XML: the names of elements, and where the file lay."""
    if holds(root, "Map"):
        look.found("custom_xml_data", f"maps to XML, part {part}", severity="review")
    for each in all_named(root, "DataBinding"):
        if attribute(each, "ConnectionID") or attribute(each, "FileBindingName"):
            look.found("connection", f"a map to an XML file, part {part}")


def _cubes(package: Package, look: Look, part: str, root: Element) -> None:
    """Cell metadata is written for every modern array formula; members of a data cube are data."""
    kept = [attribute(each, "v") for data in all_named(root, "metadataStrings") for each in all_named(data, "s")]
    if kept:
        look.found("custom_xml_data", f"{len(kept)} names from a data cube, part {part}", masked(", ".join(kept[:10])))


def _secrets(look: Look, part: str, root: Element) -> None:
    for each in root.iter("*"):
        for value in (*each.attrib.values(), each.text or ""):
            find_credentials(look, f"part {part}", value)
            if is_path(value):
                look.found("local_path", f"part {part}", masked(value))


_READERS: Mapping[str, Callable[[Package, Look, str, Element], None]] = {
    "connections": _connections,
    "queryTable": _query_table,
    "externalLink": _external_link,
    "volatileDependencies": _volatile,
    "xmlMaps": _maps,
    "sheetMetadata": _cubes,
}
