"""Files, objects, pictures and data inside Office packages."""

import base64
import struct

import pytest

from services.publishing.release_check import metafile
from services.publishing.release_check.bounds import Bounds
from services.publishing.release_check.looking import Look
from tests.release_check.checking import POLICY
from tests.release_check.made.archives import zipped
from tests.release_check.made.compound_files import compound, packaged
from tests.release_check.made.workbook_parts import (
    DOT,
    chart,
    document,
    show,
    slides,
    with_part,
    workbook,
)
from tests.release_check.parts_checking import all_codes, blocking, found, look_at


@pytest.mark.parametrize("kind", ["package", "oleObject", "aFChunk"])
def test_a_workbook_inside_a_document_blocks_the_release_and_is_looked_at(kind: str) -> None:
    inner = workbook(sheets={"Figures": "visible", "All staff": "hidden"}).bytes()
    findings = found(with_part(document(), kind, "word/embeddings/sheet.xlsx", inner))
    assert "embedded_workbook" in blocking(findings)
    assert any(each.where.startswith("sheet.xlsx › ") for each in findings)


def test_a_file_that_was_packaged_into_a_document_is_taken_out_and_looked_at() -> None:
    wrapped = compound({"\x01Ole10Native": packaged("list.csv", b"a,b\n1,2\n", source=r"C:\Users\example\list.csv")})
    findings = found(with_part(document(), "oleObject", "word/embeddings/oleObject1.bin", wrapped))
    assert blocking(findings) == {"embedded_object"}
    assert "local_path" in all_codes(findings)


@pytest.mark.parametrize("stream", ["Package", "CONTENTS", "EmbeddedOdf"])
def test_a_workbook_wrapped_in_an_object_is_found(stream: str) -> None:
    wrapped = compound({"\x01CompObj": b"x" * 40, stream: workbook(sheets={"A": "visible", "B": "hidden"}).bytes()})
    findings = found(with_part(slides(), "oleObject", "ppt/embeddings/oleObject1.bin", wrapped))
    assert "embedded_workbook" in blocking(findings)
    assert any("› " in each.where for each in findings)


def test_a_packaged_file_that_is_cut_off_is_still_an_object() -> None:
    wrapped = compound({"\x01Ole10Native": packaged("list.csv", b"a,b\n1,2\n")[:30]})
    assert "embedded_object" in blocking(found(with_part(document(), "oleObject", "word/o.bin", wrapped)))


def test_a_broken_wrapping_blocks_the_release() -> None:
    wrapped = compound({"Package": b"x" * 5000})[:700]
    assert "embedded_object" in blocking(found(with_part(document(), "oleObject", "word/o.bin", wrapped)))


def test_a_picture_is_looked_at_once_however_often_it_is_shown() -> None:
    package = with_part(document(), "image", "word/media/image1.gif", DOT + b"and more behind the end")
    show(package, "word/document.xml", package.link("word/document.xml", "image", "word/media/image1.gif"))
    findings = found(package)
    assert [each.code for each in findings] == ["trailing_data"]
    assert findings[0].where.startswith("image1.gif › ")


def record(kind: int, inside: bytes) -> bytes:
    return struct.pack("<2I", kind, 8 + len(inside)) + inside


def emf(*records: bytes) -> bytes:
    return record(1, bytes(32) + b" EMF" + bytes(64)) + b"".join(records) + record(14, bytes(12))


def old_record(kind: int, inside: bytes) -> bytes:
    return struct.pack("<IH", 3 + len(inside) // 2, kind) + inside


WIDE = record(84, bytes(36) + struct.pack("<3I", 3, 76, 0) + bytes(20) + "Ann".encode("utf-16-le") + bytes(2))
SMALL = record(108, bytes(8) + struct.pack("<2I", 3, 0x300) + bytes(12) + b"Ann\x00")
PLUS = struct.pack("<2HI", 0x401C, 0, 48) + bytes(12) + struct.pack("<I", 3) + bytes(16) + "Ann".encode("utf-16-le")
OLD_HEADER = b"\x01\x00\x09\x00" + bytes(14)
OLD = old_record(0x0521, struct.pack("<H", 3) + b"Ann\x00" + bytes(4))
EXTENDED = old_record(0x0A32, bytes(4) + struct.pack("<2H", 3, 0) + b"Ann\x00")


@pytest.mark.parametrize(
    "picture",
    [
        emf(WIDE),
        emf(SMALL),
        emf(record(70, struct.pack("<I", 52) + b"EMF+" + PLUS)),
        OLD_HEADER + OLD,
        b"\xd7\xcd\xc6\x9a" + bytes(18) + OLD_HEADER + EXTENDED,
    ],
)
def test_a_drawing_made_of_commands_is_read_and_is_for_a_second_officer(picture: bytes) -> None:
    look = Look(name="i.emf", data=picture, policy=POLICY, bounds=Bounds(POLICY.limits), descend=lambda *_: None)
    metafile.inspect(look)
    assert [text for _, text in look.texts] == ["Ann"]
    assert {(each.code, each.severity) for each in look.findings} == {("unknown_part", "review")}


def test_a_drawing_of_a_document_is_found_in_it() -> None:
    findings = found(with_part(document(), "image", "word/media/image1.emf", emf(WIDE)))
    assert {(each.code, each.severity) for each in findings} == {("unknown_part", "review")}


@pytest.mark.parametrize(
    ("picture", "ending"),
    [(emf(WIDE)[:-30], "emf"), (emf(WIDE) + b"and more", "emf"), (OLD_HEADER + OLD[:-4], "wmf")],
)
def test_a_drawing_that_is_cut_off_or_goes_on_after_its_end_blocks_the_release(picture: bytes, ending: str) -> None:
    assert blocking(found(with_part(document(), "image", f"word/media/i.{ending}", picture))) == {"unreadable"}


@pytest.mark.parametrize("kind", ["image", "chart", "oleObject"])
def test_what_a_document_holds_and_does_not_show_blocks_the_release(kind: str) -> None:
    package = document()
    package.link(
        "word/document.xml", kind, package.part("word/media/image1.xml", chart("A", ()) if kind == "chart" else DOT)
    )
    assert "orphan_part" in blocking(found(package))


def test_a_remark_in_the_xml_is_for_a_second_officer() -> None:
    findings = found(document("<!-- ask Ann Example -->"))
    assert {(each.code, each.severity) for each in findings} == {("comment", "review")}


@pytest.mark.parametrize(
    ("item", "code"),
    [
        ('<staff xmlns="urn:force"><person>Ann Example</person></staff>', "custom_xml_data"),
        ('<staff xmlns="urn:force"><person name="Ann Example"/></staff>', "custom_xml_data"),
        ("<staff>Ann Example</staff>", "custom_xml_data"),
        ('<staff name="Ann Example"/>', "custom_xml_data"),
        ('<b:Sources xmlns:b="urn:b"><b:Source><b:Author>Example</b:Author></b:Source></b:Sources>', "custom_xml_data"),
        ('<ink xmlns="http://www.w3.org/2003/InkML"><trace>1 2</trace></ink>', "ink"),
    ],
)
def test_data_kept_beside_the_document_blocks_the_release(item: str, code: str) -> None:
    assert blocking(found(with_part(document(), "customXml", "customXml/item1.xml", item))) == {code}


@pytest.mark.parametrize(
    "item",
    [
        '<b:Sources xmlns:b="urn:b" SelectedStyle="\\APASixthEditionOfficeOnline.xsl" StyleName="APA"/>',
        '<ct:contentTypeSchema xmlns:ct="urn:ct"><element name="Owner"/></ct:contentTypeSchema>',
        '<FormTemplates xmlns="urn:f"><Display>DocumentLibraryForm</Display></FormTemplates>',
        '<p:properties xmlns:p="urn:p"><documentManagement/></p:properties>',
        "<CoverPageProperties><PublishDate></PublishDate><Abstract/></CoverPageProperties>",
    ],
)
def test_what_word_and_document_libraries_leave_in_every_file_is_no_finding(item: str) -> None:
    assert found(with_part(document(), "customXml", "customXml/item1.xml", item)) == []


def test_properties_of_a_document_library_are_for_a_second_officer_and_are_read() -> None:
    owner = "<documentManagement><Owner>Ann Example</Owner></documentManagement>"
    item = f'<p:properties xmlns:p="urn:p">{owner}</p:properties>'
    look = look_at(with_part(document(), "customXml", "customXml/item1.xml", item))
    assert {(each.code, each.severity) for each in look.findings} == {("custom_property", "review")}
    assert [text for _, text in look.texts] == ["Ann Example"]


def mashup(query: str) -> bytes:
    inner = zipped({"Formulas/Section1.m": query})
    packed = base64.b64encode(b"\x00\x00\x00\x00" + len(inner).to_bytes(4, "little") + inner + b"rest").decode()
    return f'<DataMashup xmlns="http://schemas.microsoft.com/DataMashup">{packed}</DataMashup>'.encode("utf-16")


def test_a_query_blocks_the_release_and_its_password_is_told_apart() -> None:
    plain = with_part(workbook(), "customXml", "customXml/item1.xml", mashup('Sql.Database("server", "crime")'))
    assert blocking(found(plain)) == {"power_query"}
    secret = 'OleDb.DataSource("provider=SQLOLEDB;User ID=reader;Password=hunter2")'
    told = with_part(workbook(), "customXml", "customXml/item1.xml", mashup(secret))
    assert blocking(found(told)) == {"power_query", "credential"}


def test_a_query_that_cannot_be_read_blocks_the_release() -> None:
    broken = with_part(workbook(), "customXml", "customXml/item1.xml", "<DataMashup>AAAA</DataMashup>")
    assert blocking(found(broken)) == {"power_query", "unreadable"}
