"""Running text of OpenDocument files: the body of a text, and headers and footers of all kinds."""

from services.publishing.release_check.looking import Look
from services.publishing.release_check.markup import Element, all_named, attribute, local
from services.publishing.release_check.opendocument_prose import Prose, descriptions
from services.publishing.release_check.opendocument_shapes import note_pictures, note_shapes
from services.publishing.release_check.opendocument_styles import WHITE, Properties, Styles, opaque

_MARGINS = ("header", "footer", "header-left", "footer-left", "header-first", "footer-first")


def note_body(look: Look, body: Element, styles: Styles, noun: str, layout: Properties | None = None) -> None:
    """A body of text on pages of this layout; without one, shapes on sheets, which have no pages."""
    crowded = next(all_named(body, "image", "custom-shape", "rect"), None) is not None
    _read(look, body, styles, _paper(layout or {}), noun, crowded=crowded)
    note_pictures(look, body, styles, noun)
    if layout is not None:
        note_shapes(look, body, layout, noun, of_text=True)


def note_margins(look: Look, styles: Styles) -> None:
    """The headers and footers of all pages."""
    for name, master in styles.masters.items():
        for margin in master:
            if local(margin) in _MARGINS and attribute(margin, "display") != "false":
                noun = f"{local(margin).partition('-')[0]} of {attribute(master, 'display-name') or name}"
                _read(look, margin, styles, _paper(styles.layout(master)), noun)
                note_pictures(look, margin, styles, noun)
            elif local(margin) in _MARGINS and "".join(margin.itertext()).strip() not in ("", "???"):
                _note_unused(look, margin, name)


def _note_unused(look: Look, margin: Element, name: str) -> None:
    """Programs keep the text of a header that is switched off; their own page numbers stay in it as well."""
    fields = {id(each) for field in all_named(margin, *_FIELDS) for each in field.iter("*")}
    own = [each.text or "" for each in margin.iter("*") if id(each) not in fields]
    if any(character.isalpha() for character in "".join(own).replace("Page", "")):
        look.found("hidden_text", f"{local(margin)} of {name}, which is switched off")


_FIELDS = ("sheet-name", "page-number", "page-count", "title", "date", "time", "file-name")


def _read(look: Look, root: Element, styles: Styles, paper: str | None, noun: str, *, crowded: bool = False) -> None:
    prose = Prose(look, styles, paper=paper, noun=noun, crowded=crowded)
    prose.read(root)
    prose.tell()
    for each in descriptions(root):
        look.text(f"{noun}, description of a picture", each)


def _paper(layout: Properties) -> str | None:
    """The colour of the page; None for a picture or a pattern."""
    if layout.get("page-layout:fill", "") not in ("", "none", "solid"):
        return None
    colours = (opaque(layout.get(f"page-layout:{name}", "")) for name in ("background-color", "fill-color"))
    return next((each for each in colours if each), WHITE)
