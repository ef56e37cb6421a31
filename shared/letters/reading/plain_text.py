"""Letters in plain text: what was wrapped is joined again, what stands alone is a heading."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shared.letters.reading.document import Document, Kind, Paragraph, plain

_WIDEST = 130
"""Characters; text with longer lines was not wrapped by whoever wrote it."""
_UNDERLINE = re.compile(r"^\s*([=\-~.^*_])\1{2,}\s*$")
_HASHES = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
_ITEM = re.compile(r"^\s*(?:[-*•·▪◦‣o–—]|\(?(?:\d{1,2}|[a-z]{1,4})[.)])\s+\S")
_LABEL = re.compile(r"^\s*(?:Q(?:uestion)?s?\.?\s*\d|\d{1,2}[a-z]?\s*[.):-])", re.IGNORECASE)
_EMPHASIS = re.compile(r"(?<![\w*])\*{1,3}(?=\S)([^*]{1,500}?)(?<=\S)\*{1,3}(?![\w*])")
_LINK = re.compile(r"\[([^\]\[]{1,300})\]\((?:mailto:)?([^()\s]{1,500})\)")
_LEVELS = {"=": 1, "-": 2, "~": 3, ".": 4, "^": 4, "*": 3, "_": 3}


@dataclass(frozen=True)
class Line:
    """One line of a file and where it stands; an empty `text` parts paragraphs."""

    text: str
    place: str
    level: int = 0


def read_text(text: str) -> Document:
    """The paragraphs of a letter in plain text or Markdown."""
    lines = [Line(line, f"line {n}") for n, line in enumerate(text.splitlines(), 1)]
    return Document("text", tuple(paragraphs(lines)))


def paragraphs(lines: Sequence[Line]) -> Iterator[Paragraph]:
    """Joins lines into paragraphs and tells headings, items and quotations apart."""
    width = max((len(line.text.rstrip()) for line in lines if line.text.count(" ") > 4), default=0)
    gathered: list[Line] = []
    for here, line in enumerate(lines):
        following = lines[here + 1].text if here + 1 < len(lines) else ""
        if gathered and not _goes_on(gathered[-1].text, line.text, width):
            yield from _paragraph(gathered)
            gathered = []
        if _UNDERLINE.match(line.text):
            continue
        if line.text.strip() and (line.level or (len(line.text) < width + 1 and _underlined(line.text, following))):
            mark = following.strip()[:1]
            yield Paragraph(_clean(line.text), line.place, "heading", line.level or _LEVELS[mark])
        elif line.text.strip():
            gathered.append(line)
    if gathered:
        yield from _paragraph(gathered)


def _underlined(text: str, following: str) -> bool:
    rule = following.strip()
    return bool(_UNDERLINE.match(following)) and abs(len(rule) - len(text.strip())) <= 3


def _goes_on(before: str, text: str, width: int) -> bool:
    """Whether the line was broken off the one before only because its first word would not have fitted there."""
    if (
        not text.strip()
        or _UNDERLINE.match(text)
        or text.lstrip().startswith((">", "#", "|")) != before.lstrip().startswith((">", "#", "|"))
    ):
        return False
    if text.lstrip().startswith(">"):
        return bool(text.lstrip("> ")) and not _ITEM.match(text.lstrip("> ")) and bool(before.lstrip("> "))
    broken_off = before.strip()[-1:].isalnum() or before.rstrip().endswith(",")
    looks_new = _ITEM.match(text) or _LABEL.match(text)
    if text.lstrip().startswith(("#", "|")) or (looks_new and not (broken_off and text.lstrip()[0].isdigit())):
        return False
    if before.endswith(("  ", "\\")) or width > _WIDEST or width < 40:
        return False
    indent = len(text) - len(text.lstrip())
    if indent >= 4 and indent == len(before) - len(before.lstrip()):
        return False
    return len(before.rstrip()) + 1 + len(text.split()[0]) > width * 0.93


def _paragraph(lines: list[Line]) -> Iterator[Paragraph]:
    first = lines[0]
    text = " ".join(line.text.strip() for line in lines)
    hashes = _HASHES.match(text)
    kind: Kind = "text"
    level = 0
    if hashes:
        kind, level, text = "heading", len(hashes[1]), hashes[2]
    elif text.startswith(">"):
        kind, text = "quote", re.sub(r"(?:^|\s)>\s?", " ", text)
    elif text.startswith("|"):
        kind, text = "row", text.strip("| ")
    elif re.match(r"^\*\*[^*]+\*\*:?$", text) and len(text) < 120:
        kind, level = "heading", 3
    elif _ITEM.match(first.text):
        kind = "item"
    clean = _clean(text)
    if clean:
        yield Paragraph(clean, first.place, kind, level)


def _clean(text: str) -> str:
    return plain(_EMPHASIS.sub(r"\1", _LINK.sub(r"\1 <\2>", text)))
