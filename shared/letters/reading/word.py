"""Letters in Word: the text as it would print, and what is left of its making."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import docx
from docx.oxml.ns import qn

from shared.letters.reading.document import Document, Kind, Paragraph, Trace, Unreadable, plain

_LEFT_OVER = {
    qn("w:ins"): "tracked insertion",
    qn("w:del"): "tracked deletion",
    qn("w:moveFrom"): "tracked move",
    qn("w:moveTo"): "tracked move",
    qn("w:commentReference"): "comment",
    qn("w:vanish"): "hidden text",
}


def read_word(raw: bytes) -> Document:
    """The paragraphs of a Word letter; tracked changes, comments and hidden text are traces. Raises Unreadable."""
    try:
        document = docx.Document(BytesIO(raw))
        styles = {style.style_id: style.name or "" for style in document.styles}
        parts = [section.header._element for section in document.sections[:1]] + [document.element.body]
        parts += [section.footer._element for section in document.sections[:1]]
    except Exception:  # python-docx raises whatever the broken part happened to break
        raise Unreadable("the Word document is damaged: open it in Word and save it again") from None
    found = [each for part in parts for each in _blocks(part, styles)]
    numbered = tuple(
        Paragraph(text, f"paragraph {n}", kind, level) for n, (text, kind, level) in enumerate(found, 1) if text
    )
    return Document("Word", numbered, tuple(trace for part in parts for trace in _traces(part)))


def _blocks(part: Any, styles: dict[str, str]) -> Iterator[tuple[str, Kind, int]]:
    for element in part:
        if element.tag == qn("w:tbl"):
            for row in element.iter(qn("w:tr")):
                yield plain(" | ".join(_text(cell) for cell in row.iter(qn("w:tc")))), "row", 0
        elif element.tag == qn("w:p"):
            yield plain(_text(element)), *_look(element, styles)
        elif element.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins")):
            yield from _blocks(element, styles)


def _look(paragraph: Any, styles: dict[str, str]) -> tuple[Kind, int]:
    style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    name = styles.get(style.get(qn("w:val")), "") if style is not None else ""
    if name.startswith("Heading") and name[-1].isdigit():
        return "heading", int(name[-1])
    if name == "Title":
        return "heading", 1
    if "Quote" in name:
        return "quote", 0
    listed = "List" in name or paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}") is not None
    return ("item", 0) if listed else ("text", 0)


def _text(element: Any) -> str:
    words = []
    for each in element.iter(qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:cr")):
        words.append(each.text or "" if each.tag == qn("w:t") else " ")
    return "".join(words)


def _traces(part: Any) -> Iterator[Trace]:
    for element in part.iter(*_LEFT_OVER):
        near = next(element.iterancestors(qn("w:p")), element)
        words = "".join(each.text or "" for each in element.iter(qn("w:t"), qn("w:delText"))) or _text(near)
        yield Trace(_LEFT_OVER[element.tag], plain(words)[:120], "the document")
