"""What an Office package holds beside its text and cells, found by the relationships that lead to it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.publishing.release_check.bounds import Unreadable
from tests.release_check.made.archives import unzipped, zipped
from tests.release_check.made.packages import HEAD, MICROSOFT, STRICT_OFFICE, OfficePackage
from tests.release_check.made.pictures import jpeg
from tests.release_check.made.workbook_parts import MAIN, document, slides, with_part, workbook
from tests.release_check.parts_checking import all_codes, blocking, found, look_at

PEOPLE = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"


def comments(*texts: str) -> str:
    listed = "".join(
        f'<comment ref="A{number}"><text><t>{text}</t></text></comment>' for number, text in enumerate(texts)
    )
    return f'{HEAD}<comments xmlns="{MAIN}"><authors><author/></authors><commentList>{listed}</commentList></comments>'


def people(*names: str) -> str:
    listed = "".join(f'<person displayName="{name}" id="{{1}}"/>' for name in names)
    return f'{HEAD}<personList xmlns="{PEOPLE}">{listed}</personList>'


@pytest.mark.parametrize("made", [workbook, document, slides])
def test_a_package_of_what_is_shown_and_no_more_passes(made: type[OfficePackage]) -> None:
    assert found(made()) == []


@pytest.mark.parametrize(
    ("kind", "content", "code"),
    [
        ("vbaProject", b"macro", "vba_macro"),
        ("attachedToolbars", b"bar", "vba_macro"),
        ("control", "<ocx/>", "embedded_object"),
        ("video", b"film", "embedded_object"),
        ("hdphoto", b"picture", "layered_image"),
        ("extensibility", "<customUI/>", "unknown_part"),
        ("webextension", "<webextension/>", "external_link"),
        ("mailMergeSource", b"list", "mail_merge"),
        ("comments", comments("Ask Ann"), "comment"),
        ("threadedComment", "<a><threadedComment>Ask Ann</threadedComment></a>", "threaded_comment"),
        ("person", people("Ann Example"), "person"),
        ("people", '<people><person author="Ann Example"/></people>', "person"),
        ("commentAuthors", '<cmAuthorLst><cmAuthor name="Ann Example"/></cmAuthorLst>', "person"),
        ("authors", '<authorLst><author name="Ann Example"/></authorLst>', "person"),
        ("usernames", '<users><userInfo name="Ann Example"/></users>', "revision_log"),
        ("revisionHeaders", '<headers><header userName="Ann Example"/></headers>', "revision_log"),
        ("revisionLog", "<revisions><rcc><oc><v>112</v></oc></rcc></revisions>", "revision_log"),
        ("recipientData", "<recipients><recipientData><active/></recipientData></recipients>", "mail_merge"),
        ("documenttasks", "<Tasks><Task/></Tasks>", "threaded_comment"),
        ("never-heard-of", b"anything", "unknown_part"),
        ("styles", "<notStyles/>", "unknown_part"),
        ("theme", b"no XML at all", "unknown_part"),
    ],
)
def test_a_part_that_a_reader_does_not_see_blocks_the_release(kind: str, content: str | bytes, code: str) -> None:
    for made in (workbook(), document(), slides()):
        assert code in blocking(found(with_part(made, kind, "any/where/part7.xml", content)))


@pytest.mark.parametrize(("made", "weight"), [(workbook, "block"), (document, "block"), (slides, "review")])
def test_the_preview_of_slides_which_have_no_clean_copy_is_for_a_person_to_look_at(
    made: type[OfficePackage], weight: str
) -> None:
    findings = found(with_part(made(), "thumbnail", "docProps/thumbnail.jpeg", jpeg()))
    assert [each.severity for each in findings if each.code == "thumbnail"] == [weight]


def test_a_preview_of_slides_that_hides_something_itself_blocks() -> None:
    telling = jpeg(behind=b"something that nobody sees")
    assert blocking(found(with_part(slides(), "thumbnail", "docProps/thumbnail.jpeg", telling)))


@pytest.mark.parametrize(
    ("kind", "content", "code"),
    [
        ("printerSettings", b"\\\x00p\x00r\x00i\x00n\x00t\x00", "printer_settings"),
        ("classificationlabels", '<labelList><label id="{1}" siteId="{2}"/></labelList>', "custom_property"),
        ("changesInfo", '<chgInfo><docChgLst><chgInfo name="Ann Example"/></docChgLst></chgInfo>', "revision_log"),
        ("commentsExtended", '<commentsEx><commentEx paraId="1"/></commentsEx>', "comment"),
        ("keyMapCustomizations", "<tcg/>", "vba_macro"),
        ("signature", "<Signature/>", "author"),
    ],
)
def test_a_part_that_gives_little_away_is_for_a_second_officer(kind: str, content: str | bytes, code: str) -> None:
    findings = found(with_part(document(), kind, "part.xml", content))
    assert code in all_codes(findings)
    assert blocking(findings) == set()


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("comments", comments()),
        ("person", people()),
        ("usernames", "<users/>"),
        ("printerSettings", b""),
        ("origin", b""),
        ("settings", "<settings/>"),
        ("theme", '<x:theme xmlns:x="http://purl.oclc.org/ooxml/drawingml/main"/>'),
        ("sharedStrings", f'<sst xmlns="{MAIN}"/>'),
        ("calcChain", f'<calcChain xmlns="{MAIN}"/>'),
        ("customXmlProps", "<datastoreItem/>"),
        ("revisionInfo", "<revInfo/>"),
    ],
)
def test_what_programs_write_into_every_file_is_no_finding(kind: str, content: str | bytes) -> None:
    assert found(with_part(workbook(), kind, "xl/part.xml", content)) == []


@pytest.mark.parametrize(
    "kind", [f"{STRICT_OFFICE}/comments", f"{MICROSOFT}/comments", "http://example.invalid/comments/", "comments"]
)
def test_comments_are_found_by_whatever_address_their_relationship_goes(kind: str) -> None:
    assert "comment" in blocking(found(with_part(workbook(), kind, "xl/cells.xml", comments("Ask Ann"))))


def test_an_excerpt_does_not_repeat_what_was_hidden() -> None:
    (finding,) = found(with_part(workbook(), "comments", "xl/c.xml", comments("Ask Ann Example")))
    assert "Example" not in finding.excerpt
    assert finding.excerpt.startswith("A••")


def test_a_part_that_nothing_refers_to_blocks_the_release() -> None:
    package = workbook()
    package.part("xl/worksheets/sheet9.xml", "<worksheet/>")
    assert blocking(found(package)) == {"orphan_part"}


def test_an_empty_part_that_nothing_refers_to_is_for_a_second_officer() -> None:
    package = workbook()
    package.part("[trash]/0000.dat", b"")
    assert {(each.code, each.severity) for each in found(package)} == {("orphan_part", "review")}


def test_relationships_of_a_part_that_is_gone_block_the_release() -> None:
    parts = unzipped(workbook().bytes())
    parts["xl/worksheets/_rels/sheet9.xml.rels"] = b"<Relationships/>"
    assert blocking(found(zipped(parts))) == {"orphan_part"}


@pytest.mark.parametrize(
    ("made", "kind"),
    [(workbook, "header"), (workbook, "slide"), (document, "worksheet"), (document, "tags"), (slides, "pivotTable")],
)
def test_a_part_of_another_family_of_files_blocks_the_release(made: type[OfficePackage], kind: str) -> None:
    assert blocking(found(with_part(made(), kind, "part.xml", "<part/>"))) == {"unknown_part"}


def test_a_header_that_the_document_itself_does_not_refer_to_blocks_the_release() -> None:
    package = with_part(document(), "settings", "word/settings.xml", "<settings/>")
    with_part(package, "header", "word/header9.xml", "<hdr/>", of="word/settings.xml")
    assert blocking(found(package)) == {"orphan_part"}
    assert found(with_part(document(), "header", "word/header9.xml", "<hdr/>")) == []


def test_two_parts_for_one_thing_block_the_release() -> None:
    package = with_part(workbook(), "sharedStrings", "xl/sharedStrings.xml", "<sst/>")
    assert found(package) == []
    assert blocking(found(with_part(package, "sharedStrings", "xl/more.xml", "<sst/>"))) == {"parser_disagreement"}


@pytest.mark.parametrize(
    ("kind", "target", "code"),
    [
        ("image", "https://example.invalid/logo.png", "external_link"),
        ("oleObject", "file:///C:/Work/list.xlsx", "external_link"),
        ("frame", "notes.htm", "external_link"),
        ("subDocument", "chapter2.docx", "external_link"),
        ("never-heard-of", "https://example.invalid/", "external_link"),
        ("hyperlink", "file:///S:/Team/list.xlsx", "external_link"),
        ("hyperlink", r"\\server\share\list.xlsx", "external_link"),
        ("hyperlink", "Old%20list.xlsx", "external_link"),
        ("hyperlink", "javascript:alert(1)", "external_link"),
        ("hyperlink", "https://ann:secret@example.org/", "credential"),
        ("attachedTemplate", "https://example.invalid/letter.dotm", "external_link"),
        ("mailMergeSource", "file:///C:/Work/list.csv", "mail_merge"),
    ],
)
def test_what_points_out_of_the_file_blocks_the_release(kind: str, target: str, code: str) -> None:
    package = document()
    package.link("word/document.xml", kind, target, external=True)
    assert code in blocking(found(package))


@pytest.mark.parametrize(
    "target",
    [
        "https://www.gov.uk/make-a-freedom-of-information-request",
        "http://www.example.org/a%20page#part",
        "www.example.org",
        "mailto:foi@example.police.uk",
        "#Figures!A1",
    ],
)
def test_a_link_to_the_web_or_to_an_address_is_no_finding(target: str) -> None:
    package = document()
    package.link("word/document.xml", "hyperlink", target, external=True)
    assert found(package) == []


@pytest.mark.parametrize(
    "target", ["mailto:ann.example@example.org", "https://safe.example.org/?data=05%7Cann.example%40example.org%7C1"]
)
def test_an_address_inside_a_link_is_read_as_text(target: str) -> None:
    package = document()
    package.link("word/document.xml", "hyperlink", target, external=True)
    assert any("ann.example@example.org" in text for _, text in look_at(package).texts)


@pytest.mark.parametrize(("target", "told"), [("Normal.dotm", False), (r"file:///S:\Templates\Letter.dotx", True)])
def test_a_template_by_its_place_is_for_a_second_officer(target: str, told: bool) -> None:
    package = with_part(document(), "settings", "word/settings.xml", "<settings/>")
    package.link("word/settings.xml", "attachedTemplate", target, external=True)
    assert {(each.code, each.severity) for each in found(package)} == (
        {("attached_template", "review")} if told else set()
    )


def test_a_font_is_no_finding_and_something_else_in_its_place_is() -> None:
    package = with_part(document(), "fontTable", "word/fontTable.xml", "<fonts/>")
    with_part(package, "font", "word/fonts/font1.odttf", b"font", of="word/fontTable.xml")
    assert blocking(found(package)) == {"unknown_part"}
    package.types["word/fonts/font1.odttf"] = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
    assert found(package) == []


@pytest.mark.parametrize("host", ["intranet", "10.0.4.7", "records.force.local"])
def test_a_link_to_a_server_of_the_house_is_for_a_second_officer(host: str) -> None:
    package = document()
    package.link("word/document.xml", "hyperlink", f"http://{host}/staff", external=True)
    assert {(each.code, each.severity) for each in found(package)} == {("external_link", "review")}


def test_an_address_in_place_of_a_part_blocks_the_release() -> None:
    parts = unzipped(document().bytes())
    link = f'<Relationship Id="rId1" Type="{STRICT_OFFICE}/image" Target="https://example.invalid/a.png"/>'
    parts["word/_rels/document.xml.rels"] = f"<Relationships>{link}</Relationships>".encode()
    assert blocking(found(zipped(parts))) == {"external_link"}


@settings(max_examples=25, deadline=None)
@given(st.binary(max_size=200), st.sampled_from(["image", "oleObject", "package", "customXml", "never", "comments"]))
def test_a_part_of_any_bytes_is_a_finding_or_stops_the_check(content: bytes, kind: str) -> None:
    """Nothing that cannot be understood passes in silence; empty parts hide nothing."""
    try:
        findings = found(with_part(document(), kind, "word/part.bin", content or b"x"))
    except Unreadable:
        return
    assert findings
