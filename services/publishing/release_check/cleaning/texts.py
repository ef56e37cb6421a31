"""A document as an accessible page: headings, paragraphs, lists and tables, as they can be seen; a text as a text."""

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from services.publishing.release_check.cleaning.copying import Copy, Extent, Made, NotCleaned, anew, file_name, stem_of
from services.publishing.release_check.container import Container
from services.publishing.release_check.invisible_characters import seen
from services.publishing.release_check.looking import Look, Paragraph, Table
from services.publishing.release_check.markup import all_named, read_xml, text_of
from services.publishing.release_check.recognising import decoded

HTML, TEXT = "text/html", "text/plain"
_ITEM = -1


def clean(kind: str, look: Look, form: str) -> Copy:
    """A page of what a Word or OpenDocument text shows in its body; a plain text without what cannot be seen in it."""
    if kind == "txt":
        text = seen(decoded(look.data) or "").replace("\r\n", "\n")
        extent = Extent(number=text.count("\n") + 1, unit="line", wholes=1, whole="text")
        made = Made(name=file_name(stem_of(look.name), "txt"), media_type=TEXT, data=text.encode())
        return Copy(files=(made,), before=extent, after=extent)
    if not look.face:
        raise NotCleaned("The document shows no text, so nothing would be left.")
    after = Extent(number=_paragraphs(look.face), unit="paragraph", wholes=1, whole="text")
    page = Made(name=file_name(stem_of(look.name), "html"), media_type=HTML, data=page_of(look.face).encode())
    warning = "Pictures, headers, footers, footnote marks and all looks are left out. Read the page before it goes."
    return Copy(files=(page,), before=_extent(look), after=after, warnings=(warning,))


def page_of(face: Sequence[Paragraph | Table]) -> str:
    """The page: British English, one main part, headings without a gap in their levels, tables with heading cells."""
    title = next((each.text for each in face if isinstance(each, Paragraph) and each.text.strip()), "Document")
    body = "\n".join(_blocks(_without_gaps(face)))
    return (
        '<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{_written(title)}</title>\n</head>\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _without_gaps(face: Sequence[Paragraph | Table]) -> Iterator[Paragraph | Table]:
    """A heading of the third level below one of the first becomes one of the second: a screen reader walks them."""
    before = 0
    for each in face:
        if isinstance(each, Paragraph) and each.level > 0:
            before = min(each.level, before + 1)
            yield Paragraph(text=each.text, level=before)
        else:
            yield each


def _blocks(face: Iterator[Paragraph | Table]) -> Iterator[str]:
    for is_item, these in groupby(face, key=lambda each: isinstance(each, Paragraph) and each.level == _ITEM):
        if is_item:
            items = "\n".join(f"<li>{_written(each.text)}</li>" for each in these if isinstance(each, Paragraph))
            yield f"<ul>\n{items}\n</ul>"
        else:
            yield from map(_block, these)


def _block(each: Paragraph | Table) -> str:
    if isinstance(each, Paragraph):
        tag = f"h{each.level}" if each.level > 0 else "p"
        return f"<{tag}>{_written(each.text)}</{tag}>"
    first, *others = [list(row) for row in each.rows]
    heading = "".join(f'<th scope="col">{_written(cell)}</th>' for cell in first)
    lines = "\n".join(f"<tr>{''.join(f'<td>{_written(cell)}</td>' for cell in row)}</tr>" for row in others)
    return f"<table>\n<thead>\n<tr>{heading}</tr>\n</thead>\n<tbody>\n{lines}\n</tbody>\n</table>"


def _written(text: str) -> str:
    return escape(seen(" ".join(text.split())))


def _paragraphs(face: Sequence[Paragraph | Table]) -> int:
    return sum(1 if isinstance(each, Paragraph) else len(each.rows) for each in face)


def _extent(look: Look) -> Extent:
    """All paragraphs with any text, also deleted and hidden ones, in all texts of the document."""
    container = Container(look.data, anew(look))
    numbers = []
    for name in container.names:
        if name.lower().endswith(".xml") and container.size(name):
            root = read_xml(container.read(name), name)
            numbers.append(sum(bool(text_of(each).strip()) for each in all_named(root, "p", "h")))
    texts = [each for each in numbers if each]
    return Extent(number=sum(texts), unit="paragraph", wholes=len(texts), whole="text")
