"""The parts of an OpenDocument package: which the manifest lists, what each is, which ones nothing refers to."""

import re
from collections.abc import Callable, Collection
from posixpath import normpath

from services.publishing.release_check.bounds import Unreadable
from services.publishing.release_check.container import Container
from services.publishing.release_check.looking import Look
from services.publishing.release_check.markup import Element, all_named, attribute, local, read_xml, text_of
from services.publishing.release_check.opendocument_charts import note_chart
from services.publishing.release_check.recognising import recognise

MANIFEST = "META-INF/manifest.xml"
_PICTURES = frozenset(("png", "jpeg", "gif", "tiff", "bmp", "webp", "svg", "emf", "wmf"))
_STARVIEW = b"VCLMTF"
_FONTS = (b"\x00\x01\x00\x00", b"OTTO", b"true", b"ttcf", b"wOFF", b"wOF2")
_MOST_LAYOUT = 1_000_000
_OWN = frozenset(("mimetype", "content.xml", "styles.xml", "meta.xml", "settings.xml", MANIFEST))
_LISTING = frozenset(("RDF", "Description", "type", "hasPart", "Document", "ContentFile", "StylesFile"))
_EMPTY_LIBRARIES = re.compile(r"(?:script|dialog)-l[bc]\.xml$")


class Manifest:
    """The list of parts with the media type of each; "/" is the document. Raises `Unreadable` for an encrypted one."""

    def __init__(self, container: Container, look: Look) -> None:
        if MANIFEST not in container:
            raise Unreadable("does not list its parts")
        root = read_xml(container.read(MANIFEST), MANIFEST)
        if next(all_named(root, "encryption-data", "encrypted-key"), None) is not None:
            look.found("encrypted", "the document's parts")
            raise Unreadable("has encrypted parts")
        entries = all_named(root, "file-entry")
        self.types = {attribute(each, "full-path"): attribute(each, "media-type") for each in entries}

    def note_differences(self, container: Container, look: Look) -> None:
        """Parts that are not listed, and listed ones that are not there."""
        for name in container.names:
            if name not in self.types and not name.startswith(("META-INF/", "Thumbnails/")) and name != "mimetype":
                look.found("orphan_part", f"part {name}")
        for name in self.types:
            if name and not name.endswith("/") and name not in container and name not in _folders(container):
                look.found("unknown_part", f"part {name}, which is listed and not there", severity="review")


class Parts:
    """Looks at every part beside the document's own. `links` are where the document's XML points to."""

    def __init__(self, container: Container, manifest: Manifest, look: Look) -> None:
        self._container, self._manifest, self._look = container, manifest, look
        self._objects = {
            name.rstrip("/"): kind
            for name, kind in manifest.types.items()
            if name not in ("/", "") and "opendocument" in kind and (name.endswith("/") or name in _folders(container))
        }
        self._links: set[str] = set()

    def inspect(self, links: Collection[str], visible: Callable[[], Collection[str]] | None) -> None:
        """`visible` gives what visible cells show, against which charts are held; None where there are no sheets."""
        self._links = {normpath(each) for each in links}
        for folder, kind in self._objects.items():
            self._object(folder, kind, visible)
        for name in self._container.names:
            if name not in _OWN:
                self._part(name)

    def _object(self, folder: str, kind: str, visible: Callable[[], Collection[str]] | None) -> None:
        where = f"object {folder}"
        if folder not in self._links:
            self._look.found("orphan_part", where)
        content = f"{folder}/content.xml"
        if content not in self._container:
            self._look.found("unknown_part", where)
            return
        root = read_xml(self._container.read(content), content)
        self._links |= {normpath(f"{folder}/{each}") for each in _links_of(root)}
        if "chart" in kind:
            note_chart(self._look, root, where, visible)
        elif "formula" in kind:
            self._look.text(where, text_of(root))
        else:
            self._look.found("embedded_workbook" if "spreadsheet" in kind else "embedded_object", where)

    def _part(self, name: str) -> None:
        folder = next((each for each in self._objects if name.startswith(f"{each}/")), "")
        inner = name.removeprefix(f"{folder}/") if folder else name
        top = inner.partition("/")[0]
        if folder and inner in _OWN:
            return
        match top:
            case "Thumbnails" | "ObjectReplacements":
                self._preview(name)
            case "Basic" | "Scripts" | "Dialogs":
                self._library(name)
            case "Configurations2":
                self._configuration(name)
            case "Versions" | "VersionList.xml":
                self._look.found("previous_version", f"part {name}")
            case "Database" | "database" | "EmbeddedDatabase" | "forms" | "reports":
                self._look.found("connection", f"part {name}")
            case "META-INF":
                self._signature(name)
            case "manifest.rdf":
                self._statements(name)
            case "layout-cache" if self._container.size(name) <= _MOST_LAYOUT:
                return  # where lines break: no words
            case _:
                self._content(name)

    def _preview(self, name: str) -> None:
        """Every LibreOffice file has one of its first page, as it was when it was saved: a person has to look."""
        is_ordinary = name == "Thumbnails/thumbnail.png" or "ObjectReplacements/" in name
        data = self._container.read(name)
        if not data:
            return
        self._look.found("thumbnail", f"part {name}", severity="review" if is_ordinary else "")
        if recognise(data, name) in _PICTURES:
            self._look.inside(name, data)
        elif not is_ordinary or name.startswith("Thumbnails/"):
            self._look.found("unknown_part", f"part {name}")

    def _library(self, name: str) -> None:
        """Lists of libraries stay in files whose macros are gone."""
        if _EMPTY_LIBRARIES.search(name):
            root = read_xml(self._container.read(name), name)
            modules = list(all_named(root, "element", "module"))
            self._look.found("vba_macro", f"part {name}", severity="" if modules else "review")
        else:
            self._look.found("vba_macro", f"part {name}")

    def _configuration(self, name: str) -> None:
        data = self._container.read(name)
        if not data:
            return
        kind = recognise(data, name)
        if kind in _PICTURES:
            self._look.inside(name, data)
        else:
            self._look.found("unknown_part", f"part {name}", severity="review" if kind == "xml" else "")

    def _signature(self, name: str) -> None:
        if name.endswith("signatures.xml"):
            self._look.found("author", "a digital signature")
        else:
            self._look.found("unknown_part", f"part {name}")

    def _statements(self, name: str) -> None:
        """Programs list the parts once more; anything else is somebody's own statement about the document."""
        root = read_xml(self._container.read(name), name)
        own = [each for each in root.iter("*") if local(each) not in _LISTING]
        if own:
            self._look.found("custom_property", f"part {name}")

    def _content(self, name: str) -> None:
        data = self._container.read(name)
        if not data:
            return
        kind = recognise(data, name)
        if kind in _PICTURES or data.startswith(_STARVIEW):
            if normpath(name) not in self._links:
                self._look.found("orphan_part", f"part {name}")
            if kind in _PICTURES:
                self._look.inside(name, data)
            else:
                # An old drawing of lines and text, shown whole where it stands: a person has to read what it says.
                self._look.found("unknown_part", f"part {name}", severity="review")
        elif data.startswith(_FONTS):
            self._look.found("document_property", f"part {name}: a font")
        elif name.startswith(("Object", "OLE")) or normpath(name) in self._links:
            self._look.found("embedded_object", f"part {name}")
            self._look.inside(name, data)
        else:
            self._look.found("unknown_part", f"part {name}")


def _folders(container: Container) -> set[str]:
    return {name.rpartition("/")[0] for name in container.names}


def _links_of(root: Element) -> set[str]:
    return {attribute(each, "href").removeprefix("./") for each in root.iter("*") if attribute(each, "href")}
