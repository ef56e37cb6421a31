"""Letters in HTML: the words that a reader sees, block by block."""

import re
from collections.abc import Iterator

from lxml import html

from shared.letters.reading.document import Document, Kind, Paragraph, Trace, Unreadable, plain

_UNSEEN = {"script", "style", "noscript", "template", "head", "title", "meta", "link"}
_BLOCKS: dict[str, Kind] = {
    "p": "text", "div": "text", "section": "text", "article": "text", "main": "text", "header": "text",
    "footer": "text", "nav": "text", "aside": "text", "address": "text", "dl": "text",
    "figure": "text", "figcaption": "text", "caption": "text", "pre": "text", "body": "text", "html": "text",
    "form": "text", "ul": "text", "ol": "text", "table": "text", "thead": "text", "tbody": "text", "tfoot": "text",
    "li": "item", "blockquote": "quote", "tr": "row",
    "h1": "heading", "h2": "heading", "h3": "heading", "h4": "heading", "h5": "heading", "h6": "heading",
}  # fmt: skip


def read_html(text: str) -> Document:
    """The paragraphs of a letter in HTML; what was marked as inserted or deleted is a trace."""
    parser = html.HTMLParser(no_network=True, remove_comments=True, huge_tree=False, encoding="utf-8")
    try:
        root = html.document_fromstring(text.encode(), parser=parser)
    except (ValueError, html.etree.ParserError):
        raise Unreadable("the HTML cannot be read: save the page again, or give the letter as text") from None
    reader = _Reader()
    reader.block(root, "text", quoted=False)
    return Document("HTML", tuple(reader.paragraphs()), tuple(reader.traces))


def _spaced(text: str | None) -> str:
    """Line ends of the source mean nothing; those that <br> makes do."""
    return re.sub(r"[\r\n]+", " ", text or "")


class _Reader:
    """Gathers words until the block that they stand in ends."""

    def __init__(self) -> None:
        self.traces: list[Trace] = []
        self._found: list[tuple[str, Kind, int]] = []
        self._words = ""
        self._kind: Kind = "text"
        self._level = 0

    def paragraphs(self) -> Iterator[Paragraph]:
        for n, (text, kind, level) in enumerate(self._found, 1):
            yield Paragraph(text, f"paragraph {n}", kind, level)

    def block(self, element: html.HtmlElement, kind: Kind, *, quoted: bool) -> None:
        before = (self._kind, self._level)
        self._end()
        tag = element.tag
        self._kind = "quote" if quoted else kind
        self._level = int(tag[1]) if kind == "heading" else 0
        self._inside(element, quoted=quoted)
        self._end()
        self._kind, self._level = before

    def _inside(self, element: html.HtmlElement, *, quoted: bool) -> None:
        self._words += _spaced(element.text)
        for child in element:
            tag = child.tag if isinstance(child.tag, str) else "script"
            if tag in ("ins", "del"):
                self.traces.append(Trace(f"<{tag}>", plain(child.text_content()), f"paragraph {len(self._found) + 1}"))
            if tag in ("dt", "dd"):
                self._inside(child, quoted=quoted)
                self._words = f"{self._words.strip().rstrip(':')}: " if tag == "dt" else f"{self._words}\n\n"
            elif tag in ("td", "th"):
                self._words += " | " if self._words.strip() else ""
                self._inside(child, quoted=quoted)
            elif tag in ("br", "hr"):
                self._words += "\n"
            elif tag in _BLOCKS:
                kind = _BLOCKS[tag] if _BLOCKS[tag] != "text" or self._kind == "heading" else self._within(tag)
                self.block(child, kind, quoted=quoted or tag == "blockquote")
            elif tag not in _UNSEEN:
                self._inside(child, quoted=quoted)
                self._target(child)
            self._words += _spaced(child.tail)

    def _within(self, tag: str) -> Kind:
        """A paragraph inside a list item or a quotation is still that."""
        return self._kind if tag in ("p", "div") and self._kind in ("item", "quote") else "text"

    def _target(self, element: html.HtmlElement) -> None:
        target = (element.get("href") or "").removeprefix("mailto:") if element.tag == "a" else ""
        if target and not target.startswith("#") and target not in element.text_content():
            self._words += f" <{target}>"

    def _end(self) -> None:
        """Two line breaks in a row part paragraphs as mail programs write them."""
        for words in re.split(r"\n\s*\n", self._words):
            if text := plain(words):
                self._found.append((text, self._kind, self._level))
        self._words = ""
