"""Word documents (.docx, .docm): the body and every other text of the document, its settings, its building blocks.

Parts are found by their relationships; what else hangs on a package is looked at by `office_parts`.
"""

from typing import Any

from services.publishing.release_check import alternate_content, diagrams, office_parts, stray_text, word_changes
from services.publishing.release_check.container import Container
from services.publishing.release_check.looking import Look
from services.publishing.release_check.markup import all_named, attribute, holds, is_on, local, text_of
from services.publishing.release_check.package import Package
from services.publishing.release_check.report import masked
from services.publishing.release_check.theme_colours import WHITE, Theme, hexadecimal
from services.publishing.release_check.word_formats import is_switched_on
from services.publishing.release_check.word_places import Page
from services.publishing.release_check.word_shapes import covers
from services.publishing.release_check.word_story import Story
from services.publishing.release_check.word_styles import Styles

_NOTES = {"footnotes": "footnote", "endnotes": "endnote"}


def inspect(look: Look) -> None:
    """Everything that a Word document hides (REL-11 and what it shares with other office files)."""
    package = Package(Container(look.data, look), look)
    office_parts.inspect(package, look)
    _inspect_document(package, package.main, "body", look)
    for each in package.related(package.main, "glossaryDocument"):
        _inspect_document(package, each.target, "building blocks", look)


def _inspect_document(package: Package, main: str, where: str, look: Look) -> None:
    """A document with its headers, footers and notes: the main one, or the building blocks kept with it."""
    root = package.xml(main)
    settings = _first(package, main, "settings")
    theme = Theme(_first(package, main, "theme"), _mapping(settings))
    styles_root = _first(package, main, "styles", "stylesWithEffects")
    styles = Styles(styles_root, theme)
    page, ground = Page.of(root), _ground(root, settings, theme)
    prefix = "" if main == package.main else f"{where}, "
    if main == package.main:
        _read(package, main, root, where, Story(where, styles, page, ground, look), look)
    else:
        _read_building_blocks(package, main, root, where, Story(where, styles, page, ground, look), look)
    if number := covers(root, theme):
        # Where on the page a box comes to lie the file does not say.
        look.found("text_under_opaque_box", f"{where}, perhaps, {number} in all", severity="review")
    for part_root, name in ((styles_root, "styles"), (_first(package, main, "numbering"), "numbering")):
        if part_root is not None:
            word_changes.note_tracked(part_root, f"{prefix}{name}", look)
    if settings is not None:
        _note_settings(settings, f"{prefix}settings", look)
    referred = {
        kind: {attribute(each, "id") for each in all_named(root, f"{kind}Reference")} for kind in _NOTES.values()
    }
    for each in package.related(main, "header", "footer"):
        name = f"{prefix}page {each.kind} ({each.target})"
        part_root = package.xml(each.target)
        _read(package, each.target, part_root, name, Story(name, styles, page, ground, look), look)
        _note_unused(part_root, name, _use(root, each.id, settings), look)
    for each in package.related(main, *_NOTES):
        name = f"{prefix}{each.kind}"
        part_root = package.xml(each.target)
        _read(package, each.target, part_root, name, Story(name, styles, page, ground, look), look)
        _note_unreferred(part_root, name, referred[_NOTES[each.kind]], look)


def _read(package: Package, part: str, root: Any, where: str, story: Story, look: Look) -> None:
    story.read(root)
    word_changes.inspect(root, where, look)
    alternate_content.note_differences(root, where, look)
    stray_text.inspect(root, where, look)
    diagrams.inspect(package, part, where, look)


def _read_building_blocks(package: Package, part: str, root: Any, where: str, story: Story, look: Look) -> None:
    """Blocks of text kept for inserting. The prompts of content controls are of that kind, and are shown; no reader
    sees the others."""
    _read(package, part, root, where, story, look)
    for block in all_named(root, "docPart"):
        is_prompt = holds(block, "bbPlcHdr") or any(
            attribute(each, "val") == "placeholder" for each in all_named(block, "gallery")
        )
        words = " ".join(text_of(each) for each in all_named(block, "t"))
        if words.strip() and not is_prompt:
            name = next((attribute(each, "val") for each in all_named(block, "name")), "")
            look.found("hidden_text", f"{where}, {masked(name)}", masked(words))


def _note_settings(settings: Any, where: str, look: Look) -> None:
    for each in settings:
        match local(each):
            case "mailMerge":
                words = (attribute(one, "val") for one in each.iter("{*}query", "{*}connectString", "{*}udl"))
                look.found("mail_merge", where, masked(" ".join(words)))
            case "docVars" if holds(each, "docVar"):
                variables = (f"{attribute(one, 'name')}={attribute(one, 'val')}" for one in all_named(each, "docVar"))
                look.found("document_variable", where, masked(" ".join(variables)))
            case "documentProtection" if is_on(each, "enforcement"):
                look.found("protection", where)
            case "writeProtection":
                look.found("protection", f"{where}, for saving")
            case "saveThroughXslt" if attribute(each, "solutionID"):
                look.found("local_path", where, masked(attribute(each, "solutionID")))


def _use(document: Any, number: str, settings: Any | None) -> str:
    """How a header or footer is used: `shown`, `off` when its kind of page is switched off, or "" for not at all."""
    evens = _is_set(settings, "evenAndOddHeaders")
    uses = set()
    sections = list(all_named(document, "sectPr"))
    # A section without a header of its own takes the one before it, and may be the one with a first page.
    firsts = any(_is_set(each, "titlePg") for each in sections)
    for section in sections:
        for each in section:
            if local(each) in ("headerReference", "footerReference") and number in (
                attribute(each, "id"),
                each.get("id"),
            ):
                kind = attribute(each, "type")
                is_off = (kind == "first" and not firsts) or (kind == "even" and not evens)
                uses.add("off" if is_off else "shown")
    return "shown" if "shown" in uses else "off" if uses else ""


def _note_unused(root: Any, where: str, use: str, look: Look) -> None:
    words = " ".join(text_of(each) for each in all_named(root, "t"))
    if words.strip() and use != "shown":
        why = "for pages that the document does not tell apart" if use else "that no section uses"
        look.found("hidden_text", f"{where}, {why}", masked(words), severity="review" if use else "")


def _note_unreferred(root: Any, where: str, referred: set[str], look: Look) -> None:
    """Notes whose mark is gone: no page shows them."""
    lost = [
        words
        for note in root
        if attribute(note, "type") in ("", "normal") and attribute(note, "id") not in referred
        if (words := " ".join(text_of(each) for each in all_named(note, "t"))).strip()
    ]
    if lost:
        look.found("hidden_text", f"{where}, without a mark in the text", masked(" ".join(lost)))


def _first(package: Package, part: str, *kinds: str) -> Any | None:
    related = next((each for kind in kinds for each in package.related(part, kind)), None)
    return None if related is None or related.external else package.xml(related.target)


def _mapping(settings: Any | None) -> dict[str, str]:
    """Which slots of the theme the document calls background and text."""
    names = {"bg1": "background1", "t1": "text1", "bg2": "background2", "t2": "text2"}
    mapping: dict[str, str] = {}
    for element in () if settings is None else all_named(settings, "clrSchemeMapping"):
        for short, long in names.items():
            if slot := attribute(element, short):
                mapping[long] = mapping[f"tx{short[1]}" if short.startswith("t") else short] = slot
    return mapping


def _ground(document: Any, settings: Any | None, theme: Theme) -> str:
    """The colour of the page, where the document shows one."""
    background = next((each for each in document if local(each) == "background"), None)
    if background is None or not _is_set(settings, "displayBackgroundShape"):
        return WHITE
    return theme.named(attribute(background, "themeColor")) or hexadecimal(attribute(background, "color")) or WHITE


def _is_set(parent: Any | None, name: str) -> bool:
    return parent is not None and any(local(each) == name and is_switched_on(each) for each in parent)
