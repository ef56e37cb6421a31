"""RTF files: whatever their pages do not show is found."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.publishing.release_check.bounds import Bounds
from services.publishing.release_check.looking import Look
from services.publishing.release_check.rich_text import inspect
from tests.release_check.checking import POLICY, checked, codes
from tests.release_check.made.archives import zipped
from tests.release_check.made.compound_files import compound
from tests.release_check.made.opendocuments import png
from tests.release_check.made.rich_texts import hexadecimal, paragraph, rtf

ANN = "Ann Example"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
THEME = zipped({"[Content_Types].xml": "<Types/>", "theme/theme/theme1.xml": "<theme/>"})
PICTURE = hexadecimal(png())


NO_SOURCES = b'<b:Sources xmlns:b="http://schemas.openxmlformats.org/officeDocument/2006/bibliography"/>'
SOURCES = NO_SOURCES.replace(b"/>", b"><b:Source>Ann Example</b:Source></b:Sources>")


def store(item: bytes) -> str:
    """What Word keeps beside the text, with one item in it."""
    return hexadecimal(b"\x01\x05\x00\x00" + compound({"Item": item}))


def field(instruction: str, result: str = "shown") -> str:
    return rf"{{\field{{\*\fldinst {{{instruction}}}}}{{\fldrslt {{{result}}}}}}}"


def with_text(text: str, **more: str) -> bytes:
    return rtf(paragraph("The force holds 37 records.") + paragraph(text), **more)  # type: ignore[arg-type]


POISONED: dict[str, tuple[str, bytes]] = {
    "hidden text": ("hidden_text", with_text(rf"{{\v {ANN}}}")),
    "hidden text in hexadecimal digits": ("hidden_text", with_text(r"{\v \'41\'6e\'6e}")),
    "hidden text in a group further in": ("hidden_text", with_text(rf"{{\v {{\b {{\i {ANN}}}}}}}")),
    "text hidden by its style": ("hidden_text", with_text(rf"{{\cs11 {ANN}}}")),
    "white text": ("hidden_text", with_text(rf"{{\cf2 {ANN}}}")),
    "text in the colour of its marking": ("hidden_text", with_text(rf"{{\cf3\chcbpat3 {ANN}}}")),
    "tiny text": ("hidden_text", with_text(rf"{{\fs2 {ANN}}}")),
    "hidden text in a header": ("hidden_text", with_text(rf"{{\header \pard {{\v {ANN}}}\par}}")),
    "hidden text in a cell": ("hidden_text", with_text(rf"\trowd\cellx99\intbl {{\v {ANN}}}\cell\row")),
    "hidden text in a box": ("hidden_text", with_text(rf"{{\shp{{\*\shpinst{{\shptxt \pard {{\v {ANN}}}\par}}}}}}")),
    "an entry for an index": ("hidden_text", with_text(rf"{{\xe {{{ANN}}}}}")),
    "a hidden shape": ("hidden_text", with_text(r"{\shp{\*\shpinst{\sp{\sn fHidden}{\sv 1}}}}")),
    "a hidden row": ("hidden_row", with_text(r"\trowd\trhidden\cellx99\intbl x\cell\row")),
    "deleted text": ("tracked_deletion", with_text(rf"{{\deleted\revauthdel1 {ANN}}}")),
    "inserted text": ("tracked_insertion", with_text(rf"{{\revised\revauth1 {ANN}}}")),
    "a change of format": ("tracked_format", with_text(r"{\crauth1\crdate5 x}")),
    "moved text": ("tracked_move", with_text(r"{\mvf x}")),
    "reviewers": ("person", rtf("x", head=rf"{{\*\revtbl {{Unknown;}}{{{ANN};}}}}")),
    "a comment": ("comment", with_text(rf"x{{\*\atnid AE}}{{\*\atnauthor {ANN}}}{{\*\annotation \pard ask\par}}")),
    "a variable": ("document_variable", rtf("x", head=rf"{{\*\docvar {{officer}}{{{ANN}}}}}")),
    "a mail merge": ("mail_merge", rtf("x", head=r"{\*\mailmerge{\*\mmdatasource C:\\hr.csv}}")),
    "a connection": ("connection", rtf("x", head=r"{\*\mailmerge{\*\mmconnectstr DSN=hr}}")),
    "a field that fetches": ("external_field_code", with_text(field(r'INCLUDETEXT "C:\\\\hr.doc"'))),
    "a field in pieces": ("external_field_code", with_text(field(r"INCL}{\b UDE}{TEXT a.doc"))),
    "a field that starts a program": ("external_field_code", with_text(field(r"DDEAUTO c:\\\\cmd.exe a"))),
    "a field within a field": ("external_field_code", with_text(field("IF 1 = 1 " + field("INCLUDEPICTURE a.png")))),
    "a link that updates itself": ("dde_link", with_text(r"{\object\objautlink{\*\objclass Excel.Sheet}}")),
    "a link": ("external_link", with_text(r"{\object\objlink{\*\objclass Excel.Sheet}}")),
    "a workbook": (
        "embedded_workbook",
        with_text(rf"{{\object\objemb{{\*\objclass Excel.Sheet.12}}{{\*\objdata {hexadecimal(OLE)}}}}}"),
    ),
    "an object": (
        "embedded_object",
        with_text(r"{\object\objemb{\*\objclass Package}{\*\objdata 0105000002000000}}"),
    ),
    "a cut picture": ("cropped_image", with_text(rf"{{\pict\pngblip\piccropl100 {PICTURE}}}")),
    "a cut picture in a shape": (
        "cropped_image",
        with_text(r"{\shp{\*\shpinst{\sp{\sn cropFromTop}{\sv 4000}}}}"),
    ),
    "data behind a picture": ("trailing_data", with_text(rf"{{\pict\pngblip {PICTURE}{ANN.encode().hex()}}}")),
    "data behind the end": ("trailing_data", rtf("x", behind=b"Ann Example")),
    "data beside the text": ("custom_xml_data", rtf("x", head=r"{\*\datastore 0105000001}")),
    "a list of sources beside the text": ("custom_xml_data", rtf("x", head=rf"{{\*\datastore {store(SOURCES)}}}")),
    "other data beside the text": ("custom_xml_data", rtf("x", head=rf"{{\*\datastore {store(b'<staff/>')}}}")),
    "something else than a theme": (
        "unknown_part",
        rtf("x", head=rf"{{\*\themedata {hexadecimal(zipped({'ann.txt': ANN}))}}}"),
    ),
    "a group that nobody knows": ("unknown_part", rtf("x", head=rf"{{\*\secret {ANN}}}")),
    "bytes that belong to nothing": ("unknown_part", with_text(r"\bin3 Ann")),
    "a macro of a form": ("vba_macro", with_text(r"{\*\formfield{\*\ffentrymcr Run}}")),
}

REVIEWED: dict[str, tuple[str, bytes]] = {
    "its author": ("author", rtf("x", info=rf"{{\author {ANN}}}")),
    "who changed it last": ("author", rtf("x", info=rf"{{\operator {ANN}}}")),
    "its company": ("company", rtf("x", info=r"{\*\company Example Police}")),
    "a manager": ("manager_property", rtf("x", info=rf"{{\*\manager {ANN}}}")),
    "a subject": ("document_property", rtf("x", info=r"{\subject Operation Example}")),
    "a remark": ("document_property", rtf("x", info=r"{\doccomm ask Ann}")),
    "properties of its own": (
        "custom_property",
        rtf("x", head=r"{\*\userprops{\propname Marking}\proptype30{\staticval OFFICIAL}}"),
    ),
    "its template": ("attached_template", rtf("x", head=r"{\*\template C:\\Users\\ann\\letter.dotx}")),
    "the base of its links": ("local_path", rtf("x", info=r"{\hlinkbase C:\\Users\\ann\\}")),
    "protection": ("protection", rtf("x", head=r"\enforceprot1{\*\passwordhash 0a0b}")),
    "a list in a form": ("data_validation_list", with_text(r"{\*\formfield{\*\ffl Ann}{\*\ffl Bob}}")),
    "a smart tag": ("custom_xml_data", rtf("x", head=r"{\*\factoidname PersonName}")),
    "a path in a description": (
        "alternative_text_path",
        with_text(r"{\shp{\*\shpinst{\sp{\sn wzDescription}{\sv C:\\Users\\ann\\a.png}}}}"),
    ),
    "a picture of another format": ("unknown_part", with_text(r"{\pict\macpict 0102030405}")),
    "white text in a shaded row": (
        "hidden_text",
        with_text(r"\trowd\clcbpat3\cellx99\intbl {\cf2 Year}\cell\row"),
    ),
    "white text in a box": ("hidden_text", with_text(r"{\shp{\*\shpinst{\shptxt {\cf2 Year}\par}}}")),
}

CLEAN: dict[str, bytes] = {
    "plain": with_text("plain"),
    "white text on blue": with_text(r"{\cf2\chcbpat3 Year}"),
    "white text in a blue paragraph": rtf(r"\pard\plain\cbpat3 {\cf2 Year}\par"),
    "hidden text that is none": with_text(r"{\v }{\v\v0 shown}"),
    "a picture": with_text(rf"{{\*\shppict{{\pict{{\*\picprop}}\pngblip{{\*\blipuid 00}}{PICTURE}}}}}"),
    "a picture in bytes": b"{\\rtf1\\ansi{\\pict\\pngblip\\bin%d %s}\\par}" % (len(png()), png()),
    "ordinary fields": with_text(field("PAGE", "1") + field('HYPERLINK "https://www.example.org/"', "site")),
    "a theme": rtf("x", head=rf"{{\*\themedata {hexadecimal(THEME)}}}{{\*\colorschememapping 3c61}}"),
    "an empty list of sources beside the text": rtf("x", head=rf"{{\*\datastore {store(NO_SOURCES)}}}"),
    "a table": with_text(r"\trowd\cellx99\cellx199\intbl Year\cell 37\cell\row\pard after"),
    "both kinds of letters": with_text(r"{\upr{Za\'bf}{\*\ud{Za\u380 ?}}}"),
    "an empty line at the end": rtf("x", behind=b"\r\n\x00"),
    "a bookmark": with_text(r"{\*\bkmkstart a}x{\*\bkmkend a}"),
    "a note and a header": with_text(r"x{\footnote \pard note\par}{\header \pard Reply\par}"),
}


@pytest.mark.parametrize("what", POISONED)
def test_a_rich_text_that_hides_something_is_blocked(what: str) -> None:
    code, data = POISONED[what]
    assert code in codes(checked(data, "a.rtf"), "block")


@pytest.mark.parametrize("what", REVIEWED)
def test_what_a_second_person_has_to_look_at_is_no_block(what: str) -> None:
    code, data = REVIEWED[what]
    report = checked(data, "a.rtf")
    assert code in codes(report, "review")
    assert codes(report, "block") == set(), report.findings


@pytest.mark.parametrize("what", CLEAN)
def test_an_ordinary_rich_text_is_not_blocked(what: str) -> None:
    report = checked(CLEAN[what], "a.rtf")
    assert codes(report, "block") == set(), report.findings
    assert codes(report, "review") <= {"unknown_part"}


@pytest.mark.parametrize(
    "data",
    [rtf("x")[:-1], b"{\\rtf1" + b"{" * 5000 + b"}" * 5001, b"{\\rtf1 {\\pict\\bin99 x}}", b"{\\rtf1 \\"],
    ids=["without its end", "very deep", "fewer bytes than it says", "in the middle of a word"],
)
def test_a_rich_text_that_cannot_be_read_whole_blocks(data: bytes) -> None:
    assert "unreadable" in codes(checked(data, "a.rtf"), "block")


def look_at(data: bytes) -> Look:
    def descend(outer: Look, name: str, data: bytes) -> None:
        """What is inside does not matter here."""

    look = Look(name="a.rtf", data=data, policy=POLICY, bounds=Bounds(POLICY.limits), descend=descend)
    inspect(look)
    return look


def told(data: bytes) -> str:
    return "\n".join(text for _, text in look_at(data).texts)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"caf\'e9", "café"),
        (r"\u380 ?a", "ża"),
        (r"{\uc2\u380 xxa}", "ża"),
        (r"a\~b\_c\{d\}", "a b-c{d}"),
        (r"\ldblquote a\rdblquote", "“a”"),
        (r"{\field{\*\fldinst PAGE}{\fldrslt 12}}", "12"),
        (r"a{\v b}c", "ac"),
        (r"{\*\shpinst x{\shptxt boxed\par}}", "boxed"),
        ("a\r\nb", "ab"),
    ],
)
def test_what_a_reader_sees_is_told(written: str, read: str) -> None:
    assert read in told(with_text(written))


def test_a_table_is_told_as_a_table() -> None:
    rows = "".join(rf"\trowd\cellx9\cellx99\intbl {each}\cell 37\cell\row " for each in ("2023", "2024"))
    look = look_at(rtf(rows + r"\pard after\par "))
    assert [list(row) for table in look.tables for row in table.rows] == [["2023", "37"], ["2024", "37"]]


def test_hidden_paragraphs_are_named_by_their_numbers() -> None:
    hidden = paragraph(rf"{{\v {ANN}}}")
    data = rtf(paragraph("x") + hidden + hidden + paragraph("y") + hidden)
    (finding,) = [each for each in look_at(data).findings if each.code == "hidden_text"]
    assert finding.where == "paragraphs 2 to 3, 5 (hidden)"
    assert "Ann" not in finding.excerpt


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.text("abc\u017c\u00e9{}\\", min_size=1, max_size=5), st.booleans()), max_size=8))
def test_whatever_is_hidden_is_found_and_whatever_is_shown_is_told(pieces: list[tuple[str, bool]]) -> None:
    body = "".join(rf"{{{chr(92)}v{'' if hidden else '0'} {escaped(text)}}}" for text, hidden in pieces)
    look = look_at(rtf(paragraph(body)))
    assert "".join(text for _, text in look.texts) == "".join(text for text, hidden in pieces if not hidden)
    assert any(each.code == "hidden_text" for each in look.findings) == any(hidden for _, hidden in pieces)


def escaped(text: str) -> str:
    return "".join(rf"\u{ord(each)} ?" if each not in "abc" else each for each in text)
