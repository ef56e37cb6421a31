"""Every part of an Office package, by the relationships that lead to it: what is known to tell nothing, what is a
finding, what is inspected itself, and what nobody knows, which blocks (REL-27)."""

import re
from collections.abc import Callable, Mapping
from posixpath import basename
from urllib.parse import unquote, urlsplit

from lxml import etree

from services.publishing.release_check import (
    beside_the_document,
    charts,
    diagrams,
    drawings,
    embedded_objects,
    properties,
)
from services.publishing.release_check.container import Container
from services.publishing.release_check.looking import Look
from services.publishing.release_check.markup import Element, all_named, local, text_of
from services.publishing.release_check.office_relationships import (
    BY_ELEMENT,
    BY_PRESENCE,
    BY_THE_MAIN_PART,
    DRAWN,
    FONT_TYPES,
    LOOKED_AT_ELSEWHERE,
    ONLY_ONE,
    PLAIN,
    SHOWN_BY_ID,
    Told,
)
from services.publishing.release_check.package import Package, Relationship
from services.publishing.release_check.report import REVIEW, masked

Handler = Callable[[Package, Look, str], None]

_OWN_TEMPLATE = re.compile(r"(?i)normal\.dotm?")
_ADDRESS = re.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_WRITTEN_SCHEMES = ("mailto", "tel", "sms", "callto", "sip")
_INTERNAL = (".local", ".internal", ".intranet", ".lan", ".corp", ".home")
_WEB_SCHEMES = ("http", "https", "ftp", "ftps")


def inspect(package: Package, look: Look) -> None:
    """Look at all parts and relationships of a workbook, document or presentation, its properties included. What is
    inside sheets, stories and slides is for their own inspectors."""
    properties.inspect(package, look)
    family = root_name(package.container, package.main)
    done: set[tuple[str, str]] = set()
    for source in ("", *package.reachable):
        _note_doubles(package, look, source)
        for each in package.relationships(source):
            if each.external or _is_address(package, each):
                _outside(look, source, each)
            elif each.target in package.container and (each.kind, each.target) not in done:
                done.add((each.kind, each.target))
                _inside(package, look, family, each)
    _left_over(package, look)


def _note_doubles(package: Package, look: Look, source: str) -> None:
    targets: dict[str, set[str]] = {}
    for each in package.relationships(source):
        if each.kind in ONLY_ONE and each.target in package.container:
            targets.setdefault(each.kind, set()).add(each.target)
    for kind, parts in targets.items():
        if len(parts) > 1:
            look.found("parser_disagreement", f"{len(parts)} parts for {kind}: {', '.join(sorted(parts))}")


def root_name(container: Container, part: str) -> str:
    """The local name of a part's root element, without reading the rest; "" for what is no XML."""
    parser = etree.XMLPullParser(events=("start",), resolve_entities=False, no_network=True, load_dtd=False)
    try:
        for chunk in container.chunks(part):
            parser.feed(chunk)
            for _, element in parser.read_events():
                return local(element)
    except etree.XMLSyntaxError:
        return ""
    return ""


def _inside(package: Package, look: Look, family: str, to: Relationship) -> None:
    kind, part = to.kind, to.target
    if kind in BY_PRESENCE:
        code, severity, what = BY_PRESENCE[kind]
        if package.container.size(part):
            look.found(code, f"{what}, part {part}", severity=severity)
    elif kind in BY_ELEMENT:
        _told(package, look, part, BY_ELEMENT[kind])
    elif kind in _HANDLERS:
        _HANDLERS[kind](package, look, part)
    elif kind in PLAIN:
        if root_name(package.container, part) not in PLAIN[kind]:
            look.found("unknown_part", f"part {part}, which is no {kind}")
    elif kind == "font":
        if package.content_type(part) not in FONT_TYPES:
            look.found("unknown_part", f"part {part}, which is no {kind}")
    elif kind not in LOOKED_AT_ELSEWHERE.get(family, frozenset()):
        look.found("unknown_part", f"part {part} ({kind})")
    elif kind in BY_THE_MAIN_PART and not _is_of_the_document(package, to):
        look.found("orphan_part", f"part {part}, which the document itself does not refer to")
    if kind in DRAWN or (part == package.main and family != "workbook"):
        root = package.xml(part)
        drawings.inspect(look, part, kind, root)
        _note_unshown(package, look, part, root)
        if family != "workbook" and kind in charts.KINDS:
            charts.inspect_drawn(look, part, root)
        elif family == "workbook" and kind == "drawing":
            diagrams.inspect(package, part, f"part {part}", look)


def _preview(package: Package, look: Look, part: str) -> None:
    """The first page as it was when the document was last saved. The clean copy of a document or workbook is without
    it. Of slides there is no clean copy, and PowerPoint saves one with every file unless told not to: blocking those
    would leave no way out, so a person looks at the picture, once it is one that hides nothing itself."""
    data = package.container.read(part)
    if not data:
        return
    is_of_slides = root_name(package.container, package.main) == "presentation"
    look.found("thumbnail", f"a preview picture, part {part}", severity=REVIEW if is_of_slides else "")
    if is_of_slides:
        look.inside(basename(part), data)


def _picture(package: Package, look: Look, part: str) -> None:
    if data := package.container.read(part):
        look.inside(basename(part), data)


_HANDLERS: Mapping[str, Handler] = {
    "image": _picture,
    "thumbnail": _preview,
    "package": embedded_objects.inspect,
    "oleObject": embedded_objects.inspect,
    "aFChunk": embedded_objects.inspect,
    "subDocument": embedded_objects.inspect,
    "customXml": beside_the_document.inspect,
}


def _note_unshown(package: Package, look: Look, part: str, root: Element) -> None:
    """Pictures and objects that a part refers to and shows nowhere, as when they were taken out of the text alone; and
    what somebody wrote into the XML itself."""
    waiting = {each.id: each.target for each in package.related(part, *SHOWN_BY_ID) if not each.external}
    for element in root.iter("*") if waiting else ():
        for value in element.attrib.values():
            waiting.pop(value, None)
        if not waiting:
            break
    for target in waiting.values():
        if target in package.container:
            look.found("orphan_part", f"part {target}, which part {part} refers to and does not show")
    for remark in root.iter(etree.Comment):
        look.found("comment", f"a remark in the XML of part {part}", masked(remark.text or ""), severity="review")


def _is_address(package: Package, to: Relationship) -> bool:
    """Whether a target that should be a part is an address, which some programs follow all the same."""
    return to.target not in package.container and re.search(r"(?i)\b(?:https?|ftp|file):/", to.target) is not None


def _is_of_the_document(package: Package, to: Relationship) -> bool:
    blocks = [each.target for each in package.related(package.main, "glossaryDocument")]
    return any(each.target == to.target for of in (package.main, *blocks) for each in package.related(of, to.kind))


def _told(package: Package, look: Look, part: str, told: Told) -> None:
    root = package.xml(part)
    elements = [each for each in all_named(root, *told.elements) if each is not root]
    if elements:
        number = f"a {told.one}" if len(elements) == 1 else f"{len(elements)} {told.many}"
        look.found(told.code, f"{number}, part {part}", masked(text_of(elements[0])), severity=told.severity)
    elif text_of(root).strip():
        look.found(told.code, f"part {part}", masked(text_of(root)))


def _outside(look: Look, source: str, to: Relationship) -> None:
    where = f"part {source}" if source else "the file"
    target = unquote(to.target).strip()
    if to.kind == "hyperlink":
        _link(look, where, target)
    elif to.kind == "attachedTemplate" and not target.lower().startswith(("http:", "https:")):
        if not _OWN_TEMPLATE.fullmatch(target):
            look.found("attached_template", where, masked(target))
    elif to.kind in ("mailMergeSource", "mailMergeHeaderSource"):
        look.found("mail_merge", where, masked(target))
    else:
        look.found("external_link", f"{to.kind}, {where}", masked(target))


def _link(look: Look, where: str, target: str) -> None:
    """A link that a reader may follow. What it leads to on the web is open to all; a file or a share is not, and an
    address within it is read as if it stood in the text."""
    scheme, colon, rest = target.partition(":")
    if colon and scheme.lower() in _WRITTEN_SCHEMES:
        look.text(f"link in {where}", rest)
        return
    for address in _ADDRESS.findall(target):
        look.text(f"link in {where}", address)
    try:
        parsed = urlsplit(target)
        host, password = parsed.hostname or "", parsed.password
    except ValueError:
        host, password = "", None
    if target.startswith("#") or not target or re.match(r"(?i)www\.\w", target):
        return
    if scheme.lower() not in _WEB_SCHEMES or not host:
        look.found("external_link", f"link in {where}", masked(target))
    elif "." not in host or host.replace(".", "").isdigit() or host.endswith(_INTERNAL):
        look.found("external_link", f"link to an internal server in {where}", masked(target), severity="review")
    if password:
        look.found("credential", f"link in {where}", masked(target))


def _left_over(package: Package, look: Look) -> None:
    """Parts that nothing leads to, and relationships of parts that are gone. An empty part tells its name only."""
    for part in package.orphans:
        empty = package.container.size(part) == 0
        look.found("orphan_part", f"part {part}", severity="review" if empty else "")
    names = {each.lower() for each in package.container.names}
    for name in package.container.names:
        if name.lower().endswith(".rels"):
            folder, _, of = name.rpartition("/")
            source = f"{folder.rpartition('/')[0]}/{basename(of)[:-5]}".lstrip("/")
            if source and source.lower() not in names:
                look.found("orphan_part", f"part {name}")
