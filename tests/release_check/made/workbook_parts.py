"""Workbooks, documents and slides with one part of interest each, in raw XML: whatever office programs keep beside
cells and text."""

from collections.abc import Mapping

from tests.release_check.made.packages import HEAD, OFFICE, OfficePackage

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SLIDES = "http://schemas.openxmlformats.org/presentationml/2006/main"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
SHEET_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
TYPE = "application/vnd.openxmlformats-officedocument"
DOT = (
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
)
"""A picture of one point, in the GIF format."""
_SHOWN = ("image", "hdphoto", "chart", "chartEx", "package", "oleObject", "video")
ROWS = (("Year", "Incidents"), ("2024", "112"), ("2025", "98"))


def workbook(
    *,
    sheets: Mapping[str, str] | None = None,
    beside_sheets: str = "",
    beside_cells: str = "",
    namespace: str = MAIN,
    prefix: str = "",
) -> OfficePackage:
    """A workbook of sheets with the cells `ROWS`, by name and state. `beside_sheets` is XML of the workbook part,
    `beside_cells` of the first sheet's part. Its part is `xl/workbook.xml`, sheets `xl/worksheets/sheet1.xml` and on.
    """
    package = OfficePackage()
    mark = f"{prefix}:" if prefix else ""
    declared = f'xmlns:{prefix}="{namespace}"' if prefix else f'xmlns="{namespace}"'
    listed = ""
    for number, (name, state) in enumerate((sheets or {"Figures": "visible"}).items(), 1):
        part = package.part(
            f"xl/worksheets/sheet{number}.xml",
            f"{HEAD}<{mark}worksheet {declared}>{_cells(mark)}{beside_cells if number == 1 else ''}</{mark}worksheet>",
            f"{TYPE}.spreadsheetml.worksheet+xml",
        )
        link = package.link("xl/workbook.xml", "worksheet", part)
        told = "" if state == "visible" else f' state="{state}"'
        listed += f'<{mark}sheet name="{name}" sheetId="{number}"{told} r:id="{link}"/>'
    package.part(
        "xl/workbook.xml",
        f'{HEAD}<{mark}workbook {declared} xmlns:r="{OFFICE}"><{mark}sheets>{listed}</{mark}sheets>'
        f"{beside_sheets}</{mark}workbook>",
        f"{TYPE}.spreadsheetml.sheet.main+xml",
    )
    package.link("", "officeDocument", "xl/workbook.xml")
    return package


def document(body: str = "") -> OfficePackage:
    """A Word document of one paragraph and `body`. Its part is `word/document.xml`."""
    package = OfficePackage()
    package.part(
        "word/document.xml",
        f'{HEAD}<w:document xmlns:w="{WORD}" xmlns:a="{DRAWING}" xmlns:r="{OFFICE}"><w:body>'
        f"<w:p><w:r><w:t>The figures are attached.</w:t></w:r></w:p>{body}</w:body></w:document>",
        f"{TYPE}.wordprocessingml.document.main+xml",
    )
    package.link("", "officeDocument", "word/document.xml")
    return package


def slides() -> OfficePackage:
    """A presentation without slides. Its part is `ppt/presentation.xml`."""
    package = OfficePackage()
    package.part(
        "ppt/presentation.xml",
        f'{HEAD}<p:presentation xmlns:p="{SLIDES}"><p:sldSz cx="9144000" cy="6858000"/></p:presentation>',
        f"{TYPE}.presentationml.presentation.main+xml",
    )
    package.link("", "officeDocument", "ppt/presentation.xml")
    return package


def with_part(package: OfficePackage, kind: str, name: str, content: str | bytes, *, of: str = "") -> OfficePackage:
    """The package with one more part, which the main part, or `of`, refers to by a relationship of this kind."""
    main = next(target for source, _, _, target, _ in package.links if not source).lstrip("/")
    link = package.link(of or main, kind, package.part(name, content))
    if kind in _SHOWN:
        show(package, of or main, link)
    return package


def show(package: OfficePackage, part: str, link: str) -> None:
    """Name a relationship in the part that has it, as a part does that shows what it leads to."""
    xml = package.parts[part]
    if isinstance(xml, str) and "</" in xml:
        end = xml.rindex("</")
        package.parts[part] = f'{xml[:end]}<a:blip xmlns:a="{DRAWING}" id="{link}"/>{xml[end:]}'


def chart(formula: str, values: tuple[str, ...], *, cache: str = "numCache", beside: str = "") -> str:
    """A chart of one series whose values are kept for the cells of `formula`; `beside` is XML of the series."""
    reference = {"numCache": "numRef", "strCache": "strRef"}[cache]
    points = "".join(f'<c:pt idx="{index}"><c:v>{value}</c:v></c:pt>' for index, value in enumerate(values))
    return (
        f'{HEAD}<c:chartSpace xmlns:c="{CHART}" xmlns:a="{DRAWING}"><c:chart><c:plotArea><c:barChart><c:ser>'
        f"<c:val><c:{reference}><c:f>{formula}</c:f><c:{cache}>"
        f'<c:ptCount val="{len(values)}"/>{points}</c:{cache}></c:{reference}></c:val>{beside}'
        f"</c:ser></c:barChart></c:plotArea></c:chart></c:chartSpace>"
    )


def with_chart(package: OfficePackage, xml: str) -> OfficePackage:
    """A workbook with a chart in its first sheet."""
    drawing = f'{HEAD}<xdr:wsDr xmlns:xdr="{SHEET_DRAWING}"></xdr:wsDr>'
    with_part(package, "drawing", "xl/drawings/drawing1.xml", drawing, of="xl/worksheets/sheet1.xml")
    return with_part(package, "chart", "xl/charts/chart1.xml", xml, of="xl/drawings/drawing1.xml")


def pivot_cache(
    *, source: str = '<worksheetSource ref="A1:B3" sheet="Figures"/>', records: int = 2, kind: str = "worksheet"
) -> OfficePackage:
    """A workbook with a pivot cache and this many kept rows."""
    package = workbook()
    definition = package.part(
        "xl/pivotCache/pivotCacheDefinition1.xml",
        f'{HEAD}<pivotCacheDefinition xmlns="{MAIN}"><cacheSource type="{kind}">{source}</cacheSource><cacheFields>'
        '<cacheField name="Name"><sharedItems><s v="Ann Example"/><s v="Bob Example"/></sharedItems></cacheField>'
        "</cacheFields></pivotCacheDefinition>",
    )
    package.link("xl/workbook.xml", "pivotCacheDefinition", definition)
    rows = '<r><x v="0"/></r>' * records
    kept = package.part(
        "xl/pivotCache/pivotCacheRecords1.xml",
        f'{HEAD}<pivotCacheRecords xmlns="{MAIN}" count="{records}">{rows}</pivotCacheRecords>',
    )
    package.link(definition, "pivotCacheRecords", kept)
    return package


def _cells(mark: str) -> str:
    rows = ""
    for number, row in enumerate(ROWS, 1):
        cells = "".join(_cell(mark, f"{column}{number}", value) for column, value in zip("AB", row, strict=True))
        rows += f'<{mark}row r="{number}">{cells}</{mark}row>'
    return f"<{mark}sheetData>{rows}</{mark}sheetData>"


def _cell(mark: str, where: str, value: str) -> str:
    if value.isdigit():
        return f'<{mark}c r="{where}"><{mark}v>{value}</{mark}v></{mark}c>'
    return f'<{mark}c r="{where}" t="inlineStr"><{mark}is><{mark}t>{value}</{mark}t></{mark}is></{mark}c>'
