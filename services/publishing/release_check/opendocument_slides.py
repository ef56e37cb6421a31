"""Presentations (.odp): hidden slides, notes, layers that are switched off, and text that a slide does not show."""

from services.publishing.release_check.looking import Look
from services.publishing.release_check.markup import Element, all_named, attribute, local, text_of
from services.publishing.release_check.opendocument_prose import Prose, descriptions
from services.publishing.release_check.opendocument_shapes import note_pictures, note_shapes
from services.publishing.release_check.opendocument_styles import WHITE, Properties, Styles, opaque
from services.publishing.release_check.report import masked

_PLACEHOLDERS = ("page-thumbnail", "page-number", "date-time", "footer", "header")


def inspect(look: Look, body: Element, styles: Styles, of_masters: Styles) -> None:
    """Every slide of a presentation. `of_masters` are the styles of its master pages."""
    for number, page in enumerate(all_named(body, "page"), 1):
        where = f"slide {number}"
        own = styles.properties("drawing-page", attribute(page, "style-name"))
        if own.get("drawing-page:visibility") == "hidden" or attribute(page, "visibility") == "hidden":
            look.found("hidden_slide", where, masked(text_of(page)))
        _note_notes(look, page, where)
        paper, is_sure = _paper(page, styles, of_masters)
        prose = Prose(look, styles, paper=paper, noun=where, crowded=not is_sure)
        prose.read(page)
        prose.tell()
        for each in descriptions(page):
            look.text(f"{where}, description of a picture", each)
        layout = of_masters.layout(of_masters.master(attribute(page, "master-page-name")))
        note_shapes(look, page, layout, where, of_text=False)
        note_pictures(look, page, styles, where)


def note_layers(look: Look, root: Element) -> None:
    """Layers that are not shown, or shown only in print."""
    for layer in all_named(root, "layer"):
        if attribute(layer, "display") in ("none", "printer"):
            look.found("hidden_layer", f"layer {attribute(layer, 'name')}")


def _note_notes(look: Look, page: Element, where: str) -> None:
    for notes in all_named(page, "notes"):
        texts = [
            text_of(box)
            for box in notes
            if attribute(box, "class") not in _PLACEHOLDERS and attribute(box, "placeholder") != "true"
        ]
        if told := " ".join(" ".join(texts).split()):
            look.found("speaker_notes", where, masked(told))


def _paper(page: Element, styles: Styles, of_masters: Styles) -> tuple[str | None, bool]:
    """The colour behind what stands on a slide, and whether nothing else lies there: another shape, or the master's."""
    grounds = [_ground(styles.explicit("drawing-page", attribute(page, "style-name")), "drawing-page")]
    is_sure = not any(_is_filled(each, styles) for each in page)
    master = of_masters.master(attribute(page, "master-page-name"))
    if master is not None:
        background = f"{attribute(master, 'name')}-background"
        grounds.append(_ground(of_masters.explicit("drawing-page", attribute(master, "style-name")), "drawing-page"))
        grounds.append(_ground(of_masters.explicit("presentation", background), "graphic"))
        is_sure = is_sure and not any(_is_filled(each, of_masters) for each in master)
    return next((each for each in grounds if each != ""), WHITE), is_sure


def _ground(properties: Properties, group: str) -> str | None:
    """The colour, "" for none, None for a picture or a pattern."""
    fill = properties.get(f"{group}:fill", "")
    if fill in ("", "none"):
        return ""
    return (opaque(properties.get(f"{group}:fill-color", "")) or None) if fill == "solid" else None


def _is_filled(shape: Element, styles: Styles) -> bool:
    if local(shape) == "notes" or attribute(shape, "class") in _PLACEHOLDERS:
        return False
    if local(shape) == "g" or next(all_named(shape, "image"), None) is not None:
        return True
    style = attribute(shape, "style-name")
    own = {**styles.properties("graphic", style), **styles.properties("presentation", style)}
    return own.get("graphic:fill", "") not in ("", "none")
