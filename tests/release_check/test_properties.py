"""What a file says of itself in its properties."""

import pytest

from services.publishing.release_check.properties import is_path
from tests.release_check.made.packages import HEAD, OfficePackage
from tests.release_check.made.workbook_parts import document, with_part, workbook
from tests.release_check.parts_checking import all_codes, blocking, found, look_at

CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"


def with_core(**properties: str) -> OfficePackage:
    inside = "".join(f"<dc:{name}>{value}</dc:{name}>" for name, value in properties.items())
    core = f'{HEAD}<cp:coreProperties xmlns:cp="urn:core" xmlns:dc="urn:dc">{inside}</cp:coreProperties>'
    package = document()
    package.link("", CORE, package.part("docProps/core.xml", core))
    return package


def with_app(package: OfficePackage, inside: str, kind: str = "extended-properties") -> OfficePackage:
    app = f'{HEAD}<Properties xmlns="urn:app" xmlns:vt="urn:vt">{inside}</Properties>'
    package.link("", kind, package.part("docProps/app.xml", app))
    return package


def titles(*names: str) -> str:
    listed = "".join(f"<vt:lpstr>{name}</vt:lpstr>" for name in names)
    return f'<TitlesOfParts><vt:vector size="{len(names)}" baseType="lpstr">{listed}</vt:vector></TitlesOfParts>'


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("creator", "Ann Example", "author"),
        ("lastModifiedBy", "ann.example", "author"),
        ("subject", "Draft for the board", "document_property"),
        ("keywords", "operation", "document_property"),
        ("description", "From the big list", "document_property"),
        ("category", "Restricted", "document_property"),
        ("description", r"Copied from S:\Team\list.xlsx", "local_path"),
    ],
)
def test_a_core_property_is_for_a_second_officer(name: str, value: str, code: str) -> None:
    findings = found(with_core(**{name: value}))
    assert code in all_codes(findings)
    assert blocking(findings) == set()


def test_empty_properties_and_dates_are_no_finding() -> None:
    assert found(with_core(creator="", created="2026-01-05T09:00:00Z", revision="3", subject=" ")) == []


@pytest.mark.parametrize(
    ("inside", "code"),
    [
        ("<Company>Example Constabulary</Company>", "company"),
        ("<Manager>Ann Example</Manager>", "manager_property"),
        (r"<HyperlinkBase>\\server\share\</HyperlinkBase>", "local_path"),
        (r"<Template>C:\Users\example\Letter.dotx</Template>", "attached_template"),
    ],
)
@pytest.mark.parametrize("kind", ["extended-properties", "extendedProperties"])
def test_an_extended_property_is_for_a_second_officer(inside: str, code: str, kind: str) -> None:
    findings = found(with_app(document(), inside, kind))
    assert code in all_codes(findings)
    assert blocking(findings) == set()


def test_what_word_and_excel_say_of_every_file_is_no_finding() -> None:
    ordinary = "<Template>Normal.dotm</Template><Application>Microsoft Office Word</Application><Pages>2</Pages>"
    assert found(with_app(document(), ordinary + "<AppVersion>16.0000</AppVersion><Company></Company>")) == []


def test_properties_of_its_own_are_one_finding_and_their_values_are_read() -> None:
    names = [f"MSIP_Label_{number}" for number in range(7)]
    inside = "".join(f'<property name="{each}"><vt:lpwstr>Ann Example</vt:lpwstr></property>' for each in names)
    look = look_at(with_app(document(), inside, "custom-properties"))
    (finding,) = look.findings
    assert (finding.code, finding.severity) == ("custom_property", "review")
    assert "MSIP_Label_0" in finding.where
    assert "and 2 more" in finding.where
    assert [text for _, text in look.texts] == ["Ann Example"] * 7


def test_titles_of_deleted_sheets_are_found() -> None:
    (finding,) = found(with_app(workbook(), titles("Figures", "Full list")))
    assert (finding.code, finding.severity) == ("titles_of_parts", "review")


def test_titles_of_sheets_that_are_there_are_no_finding() -> None:
    names = "<definedNames><definedName name='Total'>Figures!$B$2</definedName></definedNames>"
    made = workbook(sheets={"Figures": "visible", "Year 2's": "visible"}, beside_sheets=names)
    assert found(with_app(made, titles("Figures", "Year 2's", "Total", "'Year 2''s'!Print_Area"))) == []


def test_titles_of_a_document_are_its_headings() -> None:
    assert found(with_app(document(), titles("The figures"))) == []


@pytest.mark.parametrize(
    "text",
    [
        r"C:\Users\example",
        "c:/" + "Users/example",
        r"\\server\share\list",
        "file:///S:/list",
        "/" + "Users/example/list",
        "/home/ex",
    ],
)
def test_a_place_on_a_drive_or_server_is_told(text: str) -> None:
    assert is_path(text)


@pytest.mark.parametrize(
    "text",
    [
        "https://www.example.org/home/page",
        "24/7",
        "Ratio a:b",
        "and/or",
        "12:30",
        "http://x",
        "See C: and D:",
        "private/public",
    ],
)
def test_ordinary_words_are_no_place(text: str) -> None:
    assert not is_path(text)


def test_a_path_in_the_workbook_itself_is_for_a_second_officer() -> None:
    path = '<x15ac:absPath xmlns:x15ac="urn:x15ac" url="C:\\Users\\example\\FOI\\"/>'
    assert {(each.code, each.severity) for each in found(workbook(beside_sheets=path))} == {("local_path", "review")}


def test_properties_in_parts_of_other_names_are_found() -> None:
    package = with_part(document(), "settings", "word/s.xml", "<settings/>")
    package.link("", CORE, package.part("package/services/x.psmdcp", "<c><creator>Ann Example</creator></c>"))
    assert all_codes(found(package)) == {"author"}
