"""OpenDocument files of the three kinds: spreadsheets, texts and presentations."""

from collections.abc import Callable

from services.publishing.release_check import opendocument_sheets, opendocument_slides, opendocument_text
from services.publishing.release_check.bounds import TooLarge, Unreadable
from services.publishing.release_check.container import Container
from services.publishing.release_check.looking import Look
from services.publishing.release_check.markup import Element, all_named, local, read_xml
from services.publishing.release_check.opendocument_charts import plain_values
from services.publishing.release_check.opendocument_marks import Marks
from services.publishing.release_check.opendocument_parts import Manifest, Parts
from services.publishing.release_check.opendocument_properties import note_meta, note_settings
from services.publishing.release_check.opendocument_ranges import note_ranges
from services.publishing.release_check.opendocument_styles import Styles

CONTENT, STYLES, META, SETTINGS = "content.xml", "styles.xml", "meta.xml", "settings.xml"
_BODIES = ("spreadsheet", "text", "presentation")
_PREFIX = "application/vnd.oasis.opendocument."
_LARGEST_TEXT = 64 * 1024 * 1024
"""Bytes of the content of a text or presentation, which is read at once: no book is larger."""


def inspect(look: Look) -> None:
    """Everything in an .ods, .odt or .odp beyond what it shows. Raises `Unreadable` or `TooLarge`."""
    container = Container(look.data, look)
    if CONTENT not in container:
        raise Unreadable("has no content")
    manifest = Manifest(container, look)
    manifest.note_differences(container, look)
    _Document(look, container, manifest).inspect()


class _Document:
    """The parts of one document that are read together.

    Styles come in three sets, since the same automatic name means different things in the content and in the margins:
    common ones, and upon them those of the content and those of the master pages.
    """

    def __init__(self, look: Look, container: Container, manifest: Manifest) -> None:
        self._look, self._container, self._manifest = look, container, manifest
        self._common = Styles()
        self._of_masters, self._styles = Styles(self._common), Styles(self._common)
        self._marks, self._marks_of_styles = Marks(look, CONTENT), Marks(look, STYLES)
        self._kind = self._media_type().removeprefix(_PREFIX).removesuffix("-template")

    def inspect(self) -> None:
        self._read_styles()
        visible: Callable[[], set[str]] | None = None
        sheets: list[str] = []
        if self._kind == "spreadsheet":
            visible, sheets = self._spreadsheet()
        else:
            self._prose()
        self._marks.tell()
        self._marks_of_styles.tell()
        links = self._marks.links | self._marks_of_styles.links
        Parts(self._container, self._manifest, self._look).inspect(links, visible)
        if META in self._container:
            note_meta(self._look, self._xml(META))
        if SETTINGS in self._container:
            note_settings(self._look, self._xml(SETTINGS), sheets)

    def _read_styles(self) -> None:
        if STYLES not in self._container:
            return
        root = self._xml(STYLES)
        for holder in all_named(root, "styles"):
            self._common.add(holder)
        for holder in all_named(root, "automatic-styles", "master-styles"):
            self._of_masters.add(holder)
        self._marks_of_styles.read(root)
        opendocument_slides.note_layers(self._look, root)

    def _spreadsheet(self) -> tuple[Callable[[], set[str]], list[str]]:
        """What gives the values that visible cells show, and the names of all sheets."""
        reading = opendocument_sheets.Reading(self._look, self._styles, self._marks)
        root = reading.read(self._container, CONTENT)
        body = self._body(root)
        visible = [each for each in reading.sheets if each.is_shown]
        reading.conditional_formats(root)
        note_ranges(self._look, root, {each.name for each in visible})
        opendocument_sheets.compare(self._look, reading.sheets)
        self._marks.read(root)
        opendocument_text.note_body(self._look, body, self._styles, "shapes of the sheets")
        opendocument_text.note_margins(self._look, self._of_masters)

        def values() -> set[str]:
            return plain_values(row for each in visible for row in each.rows)

        return values, [each.name for each in reading.sheets]

    def _prose(self) -> None:
        if self._container.size(CONTENT) > _LARGEST_TEXT:
            raise TooLarge(f"more than {_LARGEST_TEXT // 1_000_000} MB of text")
        root = self._xml(CONTENT)
        body = self._body(root)
        for holder in all_named(root, "automatic-styles"):
            self._styles.add(holder)
        self._marks.read(root)
        if self._kind == "text":
            layout = self._of_masters.layout(self._of_masters.master(""))
            opendocument_text.note_body(self._look, body, self._styles, "the body", layout)
            opendocument_text.note_margins(self._look, self._of_masters)
        else:
            opendocument_slides.inspect(self._look, body, self._styles, self._of_masters)

    def _body(self, root: Element) -> Element:
        """The one body, which must be of the kind that the file says it is: programs go by one or the other."""
        bodies = [each for body in all_named(root, "body") for each in body if local(each)]
        if len(bodies) != 1 or local(bodies[0]) not in _BODIES:
            raise Unreadable("has no body that can be checked")
        if local(bodies[0]) != self._kind:
            raise Unreadable(f"has the body of another kind of document: {local(bodies[0])}")
        return bodies[0]

    def _media_type(self) -> str:
        media_type = self._container.read("mimetype").decode("ascii", "replace").strip()
        if self._manifest.types.get("/", media_type) != media_type:
            self._look.found("parser_disagreement", "the list of parts names another kind of document")
        return media_type

    def _xml(self, part: str) -> Element:
        return read_xml(self._container.read(part), part)
