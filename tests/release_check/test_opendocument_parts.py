"""The parts of OpenDocument packages: what lies beside the document is looked at as well."""

import pytest

from tests.release_check.checking import checked, codes
from tests.release_check.made.archives import unzipped, zipped
from tests.release_check.made.opendocuments import (
    MEDIA_TYPE,
    OpenDocument,
    element,
    number,
    png,
    row,
    sheet,
    spreadsheet,
)

HELLO = "<text:p>The force holds 37 records.</text:p>"
PICTURE = '<text:p><draw:frame><draw:image xlink:href="Pictures/a.png"/></draw:frame></text:p>'
OBJECT = '<text:p><draw:frame><draw:object xlink:href="./Object 1"/></draw:frame></text:p>'
KEY = '<manifest:encryption-data manifest:checksum="x"/>'
LIBRARIES = (
    '<library:libraries xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink">'
    '<library:library library:name="Standard">{}</library:library></library:libraries>'
)
MODULE = '<library:element library:name="Module1"/>'


def odt(body: str = "", **more: object) -> OpenDocument:
    return OpenDocument("text", HELLO + body, **more)  # type: ignore[arg-type]


def with_object(kind: str, content: str, body: str = OBJECT) -> OpenDocument:
    return odt(
        body,
        parts={"Object 1/content.xml": element("office:document-content", content)},
        listed={"Object 1/": MEDIA_TYPE + kind},
    )


def chart(*shown: str, series: int = 1) -> str:
    """A chart with one row in its own table."""
    cells = "".join(f"<table:table-cell><text:p>{each}</text:p></table:table-cell>" for each in shown)
    drawn = '<chart:series chart:values-cell-range-address="local-table.$B$2:.$B$3"/>' * series
    return (
        f"<office:body><office:chart><chart:chart><chart:plot-area>{drawn}</chart:plot-area>"
        f'<table:table table:name="local-table"><table:table-rows><table:table-row>{cells}</table:table-row>'
        "</table:table-rows></table:table></chart:chart></office:chart></office:body>"
    )


def sheet_with_chart(*shown: str) -> OpenDocument:
    shape = '<table:shapes><draw:frame><draw:object xlink:href="./Object 1"/></draw:frame></table:shapes>'
    return spreadsheet(
        sheet(row("2024", number(1037, "1,037")), more=shape),
        parts={"Object 1/content.xml": element("office:document-content", chart(*shown))},
        listed={"Object 1/": f"{MEDIA_TYPE}chart"},
    )


POISONED: dict[str, tuple[str, OpenDocument]] = {
    "a macro": ("vba_macro", odt(parts={"Basic/Standard/Module1.xml": "<script/>"})),
    "a list of macros": ("vba_macro", odt(parts={"Basic/Standard/script-lb.xml": LIBRARIES.format(MODULE)})),
    "a script": ("vba_macro", odt(parts={"Scripts/python/a.py": "print()"})),
    "an earlier version": ("previous_version", odt(parts={"Versions/Version1": b"PK\x03\x04"})),
    "a database": ("connection", odt(parts={"EmbeddedDatabase/script": "create table"})),
    "a workbook inside": (
        "embedded_workbook",
        with_object("spreadsheet", "<office:body><office:spreadsheet/></office:body>"),
    ),
    "a document inside": ("embedded_object", with_object("text", "<office:body><office:text/></office:body>")),
    "an object of another program": (
        "embedded_object",
        odt(
            '<text:p><draw:frame><draw:object-ole xlink:href="./Object 2"/></draw:frame></text:p>',
            parts={"Object 2": b"\x00\x01"},
        ),
    ),
    "a film": (
        "embedded_object",
        odt(
            '<text:p><draw:frame><draw:plugin xlink:href="Media/a.mp4"/></draw:frame></text:p>',
            parts={"Media/a.mp4": b"\x00\x00\x00\x18ftypmp42"},
        ),
    ),
    "a chart with more than is drawn": ("chart_cache", with_object("chart", chart("a", "37", "Ann Example"))),
    "a chart with what no cell shows": ("chart_cache", sheet_with_chart("2024", "999")),
    "an object that nothing shows": ("orphan_part", with_object("chart", chart("a", "37"), body="")),
    "a picture that nothing shows": ("orphan_part", odt(parts={"Pictures/a.png": png()})),
    "a part that is not listed": ("orphan_part", odt(parts={"notes.txt": "Ann"}, unlisted=("notes.txt",))),
    "a part that nobody knows": ("unknown_part", odt(parts={"notes.txt": "Ann"})),
    "a second preview": ("thumbnail", odt(parts={"Thumbnails/page2.png": png()})),
    "data behind a picture": ("trailing_data", odt(PICTURE, parts={"Pictures/a.png": png() + b"Ann Example"})),
    "encrypted parts": ("encrypted", odt(encryption=KEY)),
    "a list of parts of another kind": ("parser_disagreement", odt(listed={"/": f"{MEDIA_TYPE}spreadsheet"})),
}

REVIEWED: dict[str, tuple[str, OpenDocument]] = {
    "its author": ("author", odt(meta="<meta:initial-creator>A. Example</meta:initial-creator>")),
    "who changed it last": ("author", odt(meta="<dc:creator>A. Example</dc:creator>")),
    "who printed it": ("author", odt(meta="<meta:printed-by>A. Example</meta:printed-by>")),
    "properties of its own": (
        "custom_property",
        odt(meta='<meta:user-defined meta:name="Marking">OFFICIAL</meta:user-defined>'),
    ),
    "keywords": ("document_property", odt(meta="<meta:keyword>Operation Example</meta:keyword>")),
    "its template": ("attached_template", odt(meta='<meta:template xlink:href="file:///srv/a.ott" xlink:title="a"/>')),
    "a printer": (
        "printer_settings",
        odt(settings='<config:config-item config:name="PrinterSetup">kAH+/w==</config:config-item>'),
    ),
    "a key": (
        "protection",
        odt(settings='<config:config-item config:name="RedlineProtectionKey">kAH+/w==</config:config-item>'),
    ),
    "a path in its settings": (
        "local_path",
        odt(settings='<config:config-item config:name="ColorTableURL">file:///srv/ann/a.soc</config:config-item>'),
    ),
    "a path in a description": (
        "alternative_text_path",
        odt(
            PICTURE.replace("</draw:frame>", "<svg:desc>C:\\Users\\ann\\a.png</svg:desc></draw:frame>"),
            parts={"Pictures/a.png": png()},
        ),
    ),
    "the usual preview": ("thumbnail", odt()),
    "the picture of an object": ("thumbnail", odt(parts={"ObjectReplacements/Object 1": b"VCLMTF"})),
    "a list of no macros": ("vba_macro", odt(parts={"Basic/Standard/script-lb.xml": LIBRARIES.format("")})),
    "an old drawing": (
        "unknown_part",
        odt(PICTURE.replace("a.png", "a.svm"), parts={"Pictures/a.svm": b"VCLMTF\x01\x00"}),
    ),
    "a signature": ("author", odt(parts={"META-INF/documentsignatures.xml": "<document-signatures/>"})),
    "a part that is listed and not there": ("unknown_part", odt(listed={"Pictures/b.png": "image/png"})),
}

CLEAN: dict[str, OpenDocument] = {
    "plain": odt(),
    "a picture": odt(PICTURE, parts={"Pictures/a.png": png()}),
    "a picture where Word puts it": odt(PICTURE.replace("Pictures", "media"), parts={"media/a.png": png()}),
    "a formula": with_object("formula", "<office:body/>"),
    "a chart of what it draws": with_object("chart", chart("a", "37")),
    "a chart of visible cells": sheet_with_chart("2024", "1037"),
    "a list of parts once more": odt(parts={"manifest.rdf": '<rdf:RDF xmlns:rdf="urn:x"><rdf:Description/></rdf:RDF>'}),
    "where lines break": odt(parts={"layout-cache": b"\x01\x02"}),
}


@pytest.mark.parametrize("what", POISONED)
def test_a_package_that_holds_something_beside_the_document_is_blocked(what: str) -> None:
    code, document = POISONED[what]
    assert code in codes(checked(document.packed(), document.name), "block")


@pytest.mark.parametrize("what", REVIEWED)
def test_what_the_package_says_of_itself_is_for_a_second_person(what: str) -> None:
    code, document = REVIEWED[what]
    report = checked(document.packed(), document.name)
    assert code in codes(report, "review")
    assert codes(report, "block") == set(), report.findings


@pytest.mark.parametrize("what", CLEAN)
def test_an_ordinary_package_is_not_blocked(what: str) -> None:
    document = CLEAN[what]
    report = checked(document.packed(), document.name)
    assert codes(report, "block") == set(), report.findings


@pytest.mark.parametrize("name", ["content.xml", "META-INF/manifest.xml"])
def test_a_package_without_what_makes_it_one_is_unreadable(name: str) -> None:
    parts: dict[str, str | bytes] = {**unzipped(odt().packed())}
    del parts[name]
    assert "unreadable" in codes(checked(zipped(parts), "a.odt"), "block")


@pytest.mark.parametrize("name", ["content.xml", "styles.xml", "meta.xml", "settings.xml", "META-INF/manifest.xml"])
@pytest.mark.parametrize("broken", [b"<a>", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'])
def test_a_part_that_cannot_be_read_blocks(name: str, broken: bytes) -> None:
    parts: dict[str, str | bytes] = {**unzipped(odt().packed()), name: broken}
    assert "unreadable" in codes(checked(zipped(parts), "a.odt"), "block")


def test_a_body_of_another_kind_than_the_package_says_is_unreadable() -> None:
    parts: dict[str, str | bytes] = {**unzipped(odt().packed()), "mimetype": f"{MEDIA_TYPE}spreadsheet"}
    assert "unreadable" in codes(checked(zipped(parts), "a.ods"), "block")


def test_a_part_under_another_name_is_still_a_part() -> None:
    parts: dict[str, str | bytes] = {**unzipped(odt().packed()), "Content.xml": b"<a/>"}
    report = codes(checked(zipped(parts), "a.odt"), "block")
    assert {"duplicate_zip_entry", "orphan_part"} <= report
