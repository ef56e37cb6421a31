"""One leak of each kind, to be put into any clean file of a family, and the ways in which a file may be written."""

from collections.abc import Callable

from tests.release_check.made.archives import unzipped, zipped
from tests.release_check.made.documents import Document, paragraph, run
from tests.release_check.made.packages import HEAD, MICROSOFT, OfficePackage
from tests.release_check.made.workbooks import MAIN, MadeWorkbook

Rows = list[list[str | int]]
Leak = Callable[[MadeWorkbook], OfficePackage]
WordLeak = Callable[[Document], OfficePackage]


def clean_workbook(rows: Rows) -> MadeWorkbook:
    """A workbook of one visible sheet."""
    made = MadeWorkbook()
    made.sheet("Figures", [["Ward", "Stops"], *rows])
    return made


def _part(made: MadeWorkbook, kind: str, name: str, content: str, content_type: str = "") -> OfficePackage:
    package = made.package()
    package.link("xl/workbook.xml", kind, package.part(name, HEAD + content, content_type))
    return package


def _of_the_sheet(made: MadeWorkbook, kind: str, name: str, content: str) -> OfficePackage:
    package = made.package()
    package.link("xl/worksheets/sheet1.xml", kind, package.part(name, HEAD + content))
    return package


def _hidden_sheet(made: MadeWorkbook, state: str) -> OfficePackage:
    made.sheet("Kept", [["Surname"], ["Goldcrest"]], state=state)
    return made.package()


def _hidden_row(made: MadeWorkbook) -> OfficePackage:
    made.sheets[0].row_attributes = {2: 'hidden="1"'}
    return made.package()


def _hidden_column(made: MadeWorkbook) -> OfficePackage:
    made.sheets[0].before = '<cols><col min="2" max="2" width="9" hidden="1"/></cols>'
    return made.package()


def _far_away(made: MadeWorkbook) -> OfficePackage:
    made.sheets[0].rows = [*made.sheets[0].rows, *[[None]] * 60, ["Goldcrest"]]
    return made.package()


def _masked(made: MadeWorkbook) -> OfficePackage:
    made.sheets[0].styles = {"B2": made.styles.style(code=";;;")}
    return made.package()


def _white(made: MadeWorkbook) -> OfficePackage:
    made.sheets[0].styles = {"A2": made.styles.style(font='<sz val="11"/><color rgb="FFFFFFFF"/><name val="Calibri"/>')}
    return made.package()


def _orphan_string(made: MadeWorkbook) -> OfficePackage:
    made.strings = ["<si><t>Goldcrest</t></si>"]
    return made.package()


def _orphan_part(made: MadeWorkbook) -> OfficePackage:
    package = made.package()
    package.part("xl/worksheets/sheet9.xml", f'<worksheet xmlns="{MAIN}"/>')
    return package


def _pivot_cache(made: MadeWorkbook) -> OfficePackage:
    fields = '<cacheField name="Name"><sharedItems><s v="Goldcrest"/></sharedItems></cacheField>'
    source = '<cacheSource type="worksheet"><worksheetSource ref="A1:B9" sheet="Gone"/></cacheSource>'
    content = f'<pivotCacheDefinition xmlns="{MAIN}">{source}<cacheFields>{fields}</cacheFields></pivotCacheDefinition>'
    return _part(made, "pivotCacheDefinition", "xl/pivotCache/pivotCacheDefinition1.xml", content)


WORKBOOK_LEAKS: dict[str, Leak] = {
    "hidden_sheet": lambda made: _hidden_sheet(made, "hidden"),
    "very_hidden_sheet": lambda made: _hidden_sheet(made, "veryHidden"),
    "hidden_row": _hidden_row,
    "hidden_column": _hidden_column,
    "values_far_outside": _far_away,
    "masked_value": _masked,
    "masked_value by colour": _white,
    "orphan_shared_string": _orphan_string,
    "orphan_part": _orphan_part,
    "pivot_cache_definition": _pivot_cache,
    "comment": lambda made: _of_the_sheet(
        made,
        "comments",
        "xl/comments1.xml",
        f'<comments xmlns="{MAIN}"><authors><author>Ann</author></authors><commentList><comment ref="A1" authorId="0">'
        "<text><t>Ask Goldcrest</t></text></comment></commentList></comments>",
    ),
    "person": lambda made: _part(
        made,
        "http://schemas.microsoft.com/office/2017/10/relationships/person",
        "xl/persons/person.xml",
        '<personList xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
        '<person displayName="Ann Goldcrest" id="{1}"/></personList>',
    ),
    "connection": lambda made: _part(
        made,
        "connections",
        "xl/connections.xml",
        f'<connections xmlns="{MAIN}"><connection id="1" name="HR" type="1"><dbPr connection="DSN=HR" command="x"/>'
        "</connection></connections>",
    ),
    "external_link": lambda made: _part(
        made,
        "externalLink",
        "xl/externalLinks/externalLink1.xml",
        f'<externalLink xmlns="{MAIN}"><externalBook/></externalLink>',
    ),
    "revision_log": lambda made: _part(
        made,
        "revisionHeaders",
        "xl/revisions/revisionHeaders.xml",
        f'<headers xmlns="{MAIN}" guid="{{1}}"><header guid="{{1}}" userName="Ann Goldcrest"/></headers>',
    ),
    "vba_macro": lambda made: _part(made, f"{MICROSOFT}/vbaProject", "xl/vbaProject.bin", "macros"),
}
"""By the code that must be found; what follows a second word is only a name."""


def clean_document(texts: list[str]) -> Document:
    """A Word document of some paragraphs."""
    return Document(body="".join(paragraph(text) for text in texts))


def _with(document: Document, body: str) -> OfficePackage:
    document.body += body
    return document.package()


def _comments(document: Document) -> OfficePackage:
    package = document.package()
    words = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    note = f'<w:comment w:id="0" w:author="Ann">{paragraph("Ask Goldcrest")}</w:comment>'
    content = f'{HEAD}<w:comments xmlns:w="{words}">{note}</w:comments>'
    package.link("word/document.xml", "comments", package.part("word/comments.xml", content))
    return package


WORD_LEAKS: dict[str, WordLeak] = {
    "tracked_insertion": lambda made: _with(made, f'<w:p><w:ins w:id="1" w:author="Ann">{run("new")}</w:ins></w:p>'),
    "tracked_deletion": lambda made: _with(
        made, '<w:p><w:del w:id="1" w:author="Ann"><w:r><w:delText>Goldcrest</w:delText></w:r></w:del></w:p>'
    ),
    "hidden_text": lambda made: _with(made, paragraph("Goldcrest", "<w:vanish/>")),
    "hidden_text by colour": lambda made: _with(made, paragraph("Goldcrest", '<w:color w:val="FFFFFF"/>')),
    "hidden_text by size": lambda made: _with(made, paragraph("Goldcrest", '<w:sz w:val="2"/>')),
    "external_field_code": lambda made: _with(
        made, f'<w:p><w:fldSimple w:instr=" INCLUDETEXT &quot;other.docx&quot; ">{run("x")}</w:fldSimple></w:p>'
    ),
    "comment": _comments,
}


def _stored(data: bytes) -> bytes:
    parts = unzipped(data)
    return zipped(parts, stored=tuple(parts))


def _in_another_order(data: bytes) -> bytes:
    return zipped(dict(reversed(unzipped(data).items())))


WRITTEN_ANEW: dict[str, Callable[[bytes], bytes]] = {
    "as it is": lambda data: data,
    "packed anew": lambda data: zipped(unzipped(data)),
    "not packed": _stored,
    "in another order": _in_another_order,
}
"""The same parts in another archive."""
