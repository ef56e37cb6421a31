"""Documents of old Office programs never leave, and the report says what they hide."""

import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.release_check.checking import checked, codes
from tests.release_check.made import old_files as made

ANSWER = ("Answer", 0, 0, made.row_of(0) + made.value(0, 0, 120) + made.value(0, 1, 130))
STAFF = made.value(0, 0, 1)
OTHER_WORKBOOK = made.record(0x1AE, struct.pack("<HHB", 0, 9, 0) + b"\x01file.xls")
WRITER = made.record(0x5C, struct.pack("<HB", 9, 0) + b"A Example".ljust(109))
SUMMARY, MORE = "\x05SummaryInformation", "\x05DocumentSummaryInformation"
WORD = made.document_header()

CLEAN = {
    "answer.xls": made.xls(ANSWER, records=made.record(0x1AE, b"\x01\x00\x01\x04")),
    "answer.doc": made.stored({"WordDocument": WORD}),
    "answer.ppt": made.stored({"PowerPoint Document": b"slides", "Current User": made.current_user("")}),
    "answer.xlsb": made.xlsb(0),
}

HIDING = [
    ("hidden_sheet", "a.xls", made.xls(ANSWER, ("Staff", 1, 0, STAFF))),
    ("very_hidden_sheet", "a.xls", made.xls(ANSWER, ("Staff", 2, 0, STAFF))),
    ("xlm_macrosheet", "a.xls", made.xls(ANSWER, ("Macro1", 0, 1, b""))),
    ("vba_macro", "a.xls", made.xls(ANSWER, ("Module1", 0, 6, b""))),
    ("hidden_row", "a.xls", made.xls(("Answer", 0, 0, made.row_of(3, hidden=True) + made.value(3, 0, 7)))),
    ("hidden_column", "a.xls", made.xls(("Answer", 0, 0, made.columns_of(1, 4, hidden=True) + made.value(3, 2, 7)))),
    ("comment", "a.xls", made.xls(("Answer", 0, 0, STAFF + made.record(0x1C, bytes(12))))),
    ("scenario", "a.xls", made.xls(("Answer", 0, 0, STAFF + made.record(0xAF, bytes(20))))),
    ("custom_view", "a.xls", made.xls(ANSWER, records=made.record(0x1A9, bytes(50)))),
    ("autofilter", "a.xls", made.xls(("Answer", 0, 0, STAFF + made.record(0x9B)))),
    ("connection", "a.xls", made.xls(("Answer", 0, 0, STAFF + made.record(0xDC, bytes(12))))),
    ("external_link", "a.xls", made.xls(ANSWER, records=OTHER_WORKBOOK)),
    ("external_link_cache", "a.xls", made.xls(ANSWER, records=OTHER_WORKBOOK + made.record(0x59, bytes(4)))),
    ("pivot_cache_definition", "a.xls", made.xls(ANSWER, records=made.record(0xD5, bytes(2)))),
    ("pivot_cache_records", "a.xls", made.xls(ANSWER, **{"_SX_DB_CUR/0001": b"rows behind the table"})),
    ("vba_macro", "a.xls", made.xls(ANSWER, **{"_VBA_PROJECT_CUR/VBA/dir": b"code"})),
    ("embedded_object", "a.xls", made.xls(ANSWER, **{"MBD0001A2B3/Workbook": b"another workbook"})),
    ("revision_log", "a.xls", made.xls(ANSWER, **{"Revision Log": b"changes"})),
    ("person", "a.xls", made.xls(ANSWER, **{"User Names": b"names"})),
    ("parser_disagreement", "a.xls", made.xls(ANSWER, Book=made.workbook(("Other", 0, 0, STAFF)))),
    ("encrypted", "a.xls", made.xls(ANSWER, records=made.record(0x2F, bytes(6)))),
    ("author", "a.xls", made.xls(ANSWER, records=WRITER)),
    ("hidden_defined_name", "a.xls", made.xls(ANSWER, records=made.record(0x18, b"\x01\x00" + bytes(20)))),
    ("protection", "a.xls", made.xls(ANSWER, records=made.record(0x12, b"\x01\x00"))),
    ("author", "a.doc", made.stored({"WordDocument": WORD, SUMMARY: made.properties({4: "A. N. Example"})})),
    ("document_property", "a.doc", made.stored({"WordDocument": WORD, SUMMARY: made.properties({3: "Case notes"})})),
    ("attached_template", "a.doc", made.stored({"WordDocument": WORD, SUMMARY: made.properties({7: r"H:\us\x.dot"})})),
    ("company", "a.doc", made.stored({"WordDocument": WORD, MORE: made.properties({15: "Example Ltd"})})),
    ("manager_property", "a.doc", made.stored({"WordDocument": WORD, MORE: made.properties({14: "A. N. Example"})})),
    ("custom_property", "a.doc", made.stored({"WordDocument": WORD, MORE: made.properties({15: ""}, sets=2)})),
    ("comment", "a.doc", made.stored({"WordDocument": made.document_header(comments=30)})),
    ("previous_version", "a.doc", made.stored({"WordDocument": made.document_header(flags=0x4)})),
    ("encrypted", "a.doc", made.stored({"WordDocument": made.document_header(flags=0x100)})),
    ("embedded_object", "a.doc", made.stored({"WordDocument": WORD, "ObjectPool/_1234/\x01Ole": b"object"})),
    ("vba_macro", "a.doc", made.stored({"WordDocument": WORD, "Macros/VBA/dir": b"code"})),
    ("author", "a.ppt", made.stored({"PowerPoint Document": b"x", "Current User": made.current_user("aexample")})),
    (
        "encrypted",
        "a.ppt",
        made.stored({"PowerPoint Document": b"x", "Current User": made.current_user("", token=0xF3D1C4DF)}),
    ),
    ("hidden_sheet", "a.xlsb", made.xlsb(0, 1)),
    ("very_hidden_sheet", "a.xlsb", made.xlsb(0, 2)),
    ("hidden_row", "a.xlsb", made.xlsb(0, hidden_row=True)),
    ("hidden_column", "a.xlsb", made.xlsb(0, hidden_column=True)),
    ("pivot_cache_records", "a.xlsb", made.xlsb(0, extra=[("pivotCacheRecords", "xl/any/name.bin", b"rows")])),
    ("vba_macro", "a.xlsb", made.xlsb(0, extra=[("vbaProject", "xl/any.bin", b"code")])),
    ("connection", "a.xlsb", made.xlsb(0, extra=[("connections", "xl/any.bin", b"server")])),
    ("comment", "a.xlsb", made.xlsb(0, extra=[("comments", "xl/any.bin", b"text")])),
    ("external_link", "a.xlsb", made.xlsb(0, links=[("externalLinkPath", "file:///H:/staff.xlsx")])),
    ("orphan_part", "a.xlsb", made.with_part(made.xlsb(0), "xl/worksheets/sheet9.bin", b"left over")),
]

LOCKED = [
    ("encrypted", made.stored({"EncryptionInfo": b"how", "EncryptedPackage": b"what"})),
    (
        "encrypted",
        made.stored(
            {
                "\x06DataSpaces/TransformInfo/StrongEncryptionTransform/\x06Primary": b"how",
                "EncryptionInfo": b"how",
                "EncryptedPackage": b"what",
            }
        ),
    ),
    (
        "rights_management",
        made.stored({"\x06DataSpaces/DataSpaceInfo/DRMEncryptedDataSpace": b"how", "EncryptedPackage": b"what"}),
    ),
]


@pytest.mark.parametrize("name", CLEAN)
def test_an_old_format_blocks_for_being_old_and_for_nothing_else(name: str) -> None:
    assert codes(checked(CLEAN[name], name)) == {"legacy_format"}


@pytest.mark.parametrize(("code", "name", "data"), HIDING, ids=[each[0] for each in HIDING])
def test_what_an_old_document_hides_is_told(code: str, name: str, data: bytes) -> None:
    report = checked(data, name)
    assert {code, "legacy_format"} <= codes(report), report.findings
    assert "unreadable" not in codes(report), report.findings


@pytest.mark.parametrize(("code", "data"), LOCKED, ids=[each[0] for each in LOCKED])
def test_a_document_of_today_that_is_locked_is_told_as_locked_and_not_as_old(code: str, data: bytes) -> None:
    report = checked(data, "answer.xlsx")
    assert code in codes(report, "block")
    assert not {"legacy_format", "type_mismatch"} & codes(report)


def test_a_sheet_that_is_hidden_and_empty_needs_only_a_look() -> None:
    assert "hidden_sheet" in codes(checked(made.xls(ANSWER, ("Notes", 1, 0, b"")), "a.xls"), "review")


def test_rows_and_columns_that_are_hidden_and_empty_are_nothing() -> None:
    records = made.row_of(8, hidden=True) + made.columns_of(9, 9, hidden=True) + made.value(0, 0, 120)
    assert codes(checked(made.xls(("Answer", 0, 0, records)), "a.xls")) == {"legacy_format"}


def test_the_rows_are_named_together() -> None:
    rows = b"".join(made.row_of(each, hidden=True) + made.value(each, 0, 7) for each in range(3, 8))
    report = checked(made.xls(("Answer", 0, 0, rows)), "a.xls")
    assert [each.where for each in report.findings if each.code == "hidden_row"] == ["sheet Answer, rows 4 to 8"]


def test_any_other_compound_file_does_not_pass() -> None:
    assert "legacy_format" in codes(checked(made.stored({"Quill/Contents": b"leaflet"}), "a.pub"), "block")


@settings(max_examples=20, deadline=None)
@given(st.sampled_from(sorted(CLEAN)), st.data())
def test_an_old_document_cut_off_anywhere_does_not_pass(name: str, data: st.DataObject) -> None:
    whole = CLEAN[name]
    cut = data.draw(st.integers(min_value=10, max_value=len(whole) - 1))
    assert checked(whole[:cut], name).verdict == "block"
