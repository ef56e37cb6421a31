"""What the fields of a Word document fetch, run, or keep to themselves."""

import base64

import pytest

from services.publishing.release_check.bounds import Bounds
from services.publishing.release_check.looking import Look
from services.publishing.release_check.word import inspect
from tests.release_check.checking import POLICY, checked, codes
from tests.release_check.made.documents import Document, complex_field, paragraph, run

SHOWN = paragraph("The force holds the information.")


def found(body: str, severity: str = "") -> set[str]:
    return codes(checked(Document(body=SHOWN + body).bytes(), "answer.docx"), severity)


def in_paragraph(*instruction: str, result: str = "shown", data: str = "") -> str:
    return f"<w:p>{complex_field(*instruction, result=result, data=data)}</w:p>"


def kept(words: str) -> str:
    return base64.b64encode(b"\x08\x00" + words.encode("utf-16-le")).decode()


@pytest.mark.parametrize(
    "instruction",
    [
        ' INCLUDEPICTURE "https://pictures.example/beacon.png" \\d ',
        ' INCLUDETEXT "C:\\\\cases\\\\notes.docx" ',
        " LINK Excel.Sheet.12 C:\\\\cases\\\\book.xlsx Sheet1!R1C1 \\a \\f 0 ",
        " DDE excel book R1C1 ",
        ' DDEAUTO "c:\\\\windows\\\\system32\\\\cmd.exe" "/k calc" ',
        ' dDeAuto c:\\\\x "y" ',
        ' IMPORT "picture.bmp" ',
        ' DATABASE \\d "people.mdb" ',
        " MACROBUTTON Run press ",
        " QUOTE 68 68 69 65 85 84 79 32 ",
        ' HYPERLINK "file:///C:/cases/notes.docx" ',
        ' HYPERLINK "\\\\\\\\server\\\\share\\\\notes.docx" ',
        ' HYPERLINK "\\\\server\\share" ',
        ' RD "chapter2.docx" ',
    ],
)
def test_a_field_that_fetches_or_runs_something_blocks(instruction: str) -> None:
    escaped = instruction.replace('"', "&quot;")
    assert "external_field_code" in found(in_paragraph(escaped), "block")
    assert "external_field_code" in found(
        f'<w:p><w:fldSimple w:instr="{escaped}">{run("x")}</w:fldSimple></w:p>', "block"
    )


def test_an_instruction_in_pieces_or_built_by_another_field_is_read_whole() -> None:
    assert "external_field_code" in found(in_paragraph(" DDE", "AU", 'TO c:\\\\x "y" '), "block")
    assert "external_field_code" in found(
        in_paragraph(complex_field(" QUOTE DDEAUTO ", result="DDEAUTO"), ' x "y" '), "block"
    )
    across = in_paragraph(" INCLUDE", "TEXT x ").replace(
        "INCLUDE</w:instrText></w:r>", "INCLUDE</w:instrText></w:r></w:p><w:p>"
    )
    assert "external_field_code" in found(across, "block")


def test_a_field_that_is_never_closed_is_judged_as_well() -> None:
    opened = '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DDEAUTO x y</w:instrText></w:r></w:p>'
    assert "external_field_code" in found(opened, "block")


@pytest.mark.parametrize(
    "instruction",
    [
        " PAGE ",
        " NUMPAGES \\* Arabic ",
        ' TOC \\o "1-3" \\h \\z \\u ',
        " PAGEREF _Toc123 \\h ",
        " REF _Ref1 \\r \\h ",
        ' HYPERLINK "https://www.example.police.uk/foi" \\o "Our page" ',
        ' HYPERLINK \\l "_Toc1" ',
        ' DATE \\@ "d MMMM yyyy" ',
        " = SUM(ABOVE) ",
        " SEQ Table \\* ARABIC ",
        " FORMTEXT ",
        " STYLEREF &quot;Heading 1&quot; ",
        " _Ref123 ",
        ' XE "information" ',
        ' IF 1 = 1 "The force" "holds" ',
        " FILENAME ",
    ],
)
def test_an_ordinary_field_is_nothing(instruction: str) -> None:
    assert found(in_paragraph(instruction)) == set()


def test_pages_in_a_table_of_contents_may_keep_where_they_lead() -> None:
    assert found(in_paragraph(" PAGEREF _Toc1 \\h ", data=kept("_Toc1"))) == set()
    assert "external_field_code" in found(in_paragraph(" HYPERLINK x ", data=kept(" C:\\cases\\notes")), "block")
    assert "custom_xml_data" in found(in_paragraph(" TITLE ", data=kept("A. Person")), "block")
    assert "custom_xml_data" in found(in_paragraph(" TITLE ", data="not base 64!"), "block")


@pytest.mark.parametrize(
    ("code", "instruction", "severity"),
    [
        ("mail_merge", " MERGEFIELD Victim_Name ", "review"),
        ("custom_xml_data", " ADDIN ZOTERO_ITEM {} ", "block"),
        ("custom_xml_data", " PRIVATE ", "block"),
        ("hidden_text", ' SET who "A. Person" ', "block"),
        ("hidden_text", ' XE "Person, A." ', "block"),
        ("hidden_text", ' TC "An entry of its own" ', "block"),
        ("hidden_text", ' IF 1 = 1 "The force" "A. Person" ', "review"),
        ("external_field_code", " NONSENSE x ", "review"),
        ("local_path", " FILENAME \\p ", "review"),
    ],
)
def test_what_a_field_keeps_to_itself_is_noted(code: str, instruction: str, severity: str) -> None:
    assert code in found(in_paragraph(instruction), severity)


def test_only_the_result_of_a_field_is_told_as_text_and_an_address_behind_a_link() -> None:
    body = in_paragraph(' IF "', run("compared"), '" = 1 "" "" ', result="result")
    body += in_paragraph(' HYPERLINK "mailto:person@example.org" ', result="Write to us")
    look = Look(
        name="answer.docx",
        data=Document(body=body).bytes(),
        policy=POLICY,
        bounds=Bounds(POLICY.limits),
        descend=lambda *_: None,
    )
    inspect(look)
    assert sorted(text for _, text in look.texts) == ["person@example.org", "result\nWrite to us"]
