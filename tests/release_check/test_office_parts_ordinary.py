"""Files as Excel and Word write them every day raise no block; the same files with one thing hidden do, whatever their
parts are called and in whichever edition of the standard they are written."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.release_check.checking import checked, codes
from tests.release_check.made.packages import HEAD, OFFICE, STRICT_OFFICE, OfficePackage
from tests.release_check.made.workbook_parts import (
    DOT,
    MAIN,
    chart,
    document,
    pivot_cache,
    with_chart,
    with_part,
    workbook,
)
from tests.release_check.parts_checking import blocking, found

PACKAGED = "http://schemas.openxmlformats.org/package/2006/relationships/metadata"
MICROSOFT = "http://schemas.microsoft.com/office"
APP = (
    f'{HEAD}<Properties xmlns="urn:app" xmlns:vt="urn:vt"><Application>Microsoft Excel</Application><DocSecurity>0'
    "</DocSecurity><HeadingPairs><vt:vector size='2' baseType='variant'><vt:variant><vt:lpstr>"
    "Worksheets</vt:lpstr></vt:variant><vt:variant><vt:i4>1</vt:i4></vt:variant></vt:vector></HeadingPairs>"
    "<TitlesOfParts><vt:vector size='1' baseType='lpstr'><vt:lpstr>Figures</vt:lpstr></vt:vector></TitlesOfParts>"
    "<Company>Example Constabulary</Company><AppVersion>16.0300</AppVersion></Properties>"
)
CORE = (
    f'{HEAD}<cp:coreProperties xmlns:cp="urn:cp" xmlns:dc="urn:dc" xmlns:dcterms="urn:dcterms"><dc:creator>Ann Example'
    "</dc:creator><cp:lastModifiedBy>Bob Example</cp:lastModifiedBy><dcterms:created>2026-01-05T09:00:00Z"
    "</dcterms:created></cp:coreProperties>"
)
LIBRARY = (
    '<p:properties xmlns:p="http://schemas.microsoft.com/office/2006/metadata/properties"><documentManagement>'
    "<TaxCatchAll/><lcf76f155ced4ddcb4097134ff3c332f><Terms/></lcf76f155ced4ddcb4097134ff3c332f></documentManagement>"
    "</p:properties>"
)
LABEL = '<c:labelList xmlns:c="urn:c"><c:label id="{a}" method="Standard" siteId="{b}"/></c:labelList>'


def everyday(package: OfficePackage) -> OfficePackage:
    """With what both programs write into every file, and a document library and a label on top."""
    package.link("", f"{PACKAGED}/core-properties", package.part("docProps/core.xml", CORE))
    package.link("", "extended-properties", package.part("docProps/app.xml", APP))
    label = package.part("docMetadata/LabelInfo.xml", LABEL)
    package.link("", f"{MICROSOFT}/2020/02/relationships/classificationlabels", label)
    with_part(package, "customXml", "customXml/item1.xml", LIBRARY)
    with_part(package, "customXmlProps", "customXml/itemProps1.xml", "<datastoreItem/>", of="customXml/item1.xml")
    with_part(package, "customXml", "customXml/item2.xml", '<b:Sources xmlns:b="urn:b" StyleName="APA"/>')
    return package


def everyday_workbook() -> OfficePackage:
    path = '<x15ac:absPath xmlns:x15ac="urn:x15ac" url="https://example.sharepoint.com/sites/foi/Shared/"/>'
    package = everyday(workbook(beside_sheets=f'{path}<calcPr calcId="191029"/>', beside_cells="<pageMargins/>"))
    sheet = "xl/worksheets/sheet1.xml"
    with_part(package, "calcChain", "xl/calcChain.xml", f'<calcChain xmlns="{MAIN}"/>')
    with_part(package, "printerSettings", "xl/printerSettings/p1.bin", "printer".encode("utf-16-le"), of=sheet)
    with_part(package, f"{MICROSOFT}/2017/10/relationships/person", "xl/persons/person.xml", "<personList/>")
    arrays = '<metadata><metadataTypes count="1"><metadataType name="XLDAPR"/></metadataTypes></metadata>'
    with_part(package, "sheetMetadata", "xl/metadata.xml", arrays)
    with_chart(package, chart("Figures!$B$2:$B$3", ("112", "98")))
    with_part(package, f"{MICROSOFT}/2011/relationships/chartStyle", "xl/charts/style1.xml", "<chartStyle/>")
    with_part(package, f"{MICROSOFT}/2011/relationships/chartColorStyle", "xl/charts/colors1.xml", "<colorStyle/>")
    package.link(sheet, "hyperlink", "https://www.gov.uk/", external=True)
    return package


def everyday_document() -> OfficePackage:
    package = everyday(document())
    for kind, root in (("webSettings", "webSettings"), ("fontTable", "fonts"), ("settings", "settings")):
        with_part(package, kind, f"word/{kind}.xml", f"<{root}/>")
    package.link("word/settings.xml", "attachedTemplate", "Normal.dotm", external=True)
    return package


@pytest.mark.parametrize(("made", "name"), [(everyday_workbook, "figures.xlsx"), (everyday_document, "letter.docx")])
def test_an_everyday_file_raises_no_block(made: Callable[[], OfficePackage], name: str) -> None:
    report = checked(made().bytes(), name)
    assert codes(report, "block") == set()
    assert {"author", "company", "custom_property"} <= codes(report, "review")


def test_a_picture_of_a_wrong_name_is_looked_at_by_what_it_is() -> None:
    assert codes(checked(with_part(document(), "image", "word/media/image1.png", DOT).bytes(), "a.docx")) == set()


POISONED: dict[str, Callable[[], OfficePackage]] = {
    "pivot_cache_records": pivot_cache,
    "chart_cache": lambda: with_chart(workbook(), chart("Figures!$B$2:$B$3", ("112", "7"))),
    "vba_macro": lambda: with_part(workbook(), "vbaProject", "xl/vbaProject.bin", b"macro"),
    "connection": lambda: with_part(workbook(), "connections", "xl/c.xml", "<connections><connection/></connections>"),
    "external_link": lambda: with_part(workbook(), "externalLink", "xl/e.xml", "<externalLink/>"),
    "thumbnail": lambda: with_part(document(), "thumbnail", "docProps/thumbnail.emf", b"picture"),
    "ink": lambda: with_part(document(), "customXml", "word/ink/ink1.xml", "<ink><trace/></ink>"),
    "comment": lambda: with_part(document(), "comments", "word/comments.xml", "<comments><comment/></comments>"),
}


def renamed(package: OfficePackage, folder: str, ending: str) -> OfficePackage:
    """The same package with other names for all its parts."""
    names = {part: f"{folder}/{number}.{ending}" for number, part in enumerate(package.parts)}
    return OfficePackage(
        parts={names[part]: content for part, content in package.parts.items()},
        types={names[part]: kind for part, kind in package.types.items()},
        links=[
            (names.get(source, ""), number, kind, target if external else f"/{names[target[1:]]}", external)
            for source, number, kind, target, external in package.links
        ],
    )


@pytest.mark.parametrize("code", POISONED)
def test_what_is_hidden_is_found_in_the_strict_edition_too(code: str) -> None:
    package = POISONED[code]()
    package.links = [(a, b, kind.replace(OFFICE, STRICT_OFFICE), d, e) for a, b, kind, d, e in package.links]
    assert code in blocking(found(package))


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from(sorted(POISONED)),
    st.from_regex(r"[A-Za-z0-9]{1,8}(/[a-z ]{1,5}[a-z])?", fullmatch=True),
    st.sampled_from(["xml", "bin", "dat", "XML"]),
)
def test_what_is_hidden_is_found_whatever_its_part_is_called(code: str, folder: str, ending: str) -> None:
    assert code in blocking(found(renamed(POISONED[code](), folder, ending)))
