"""Where a workbook gets data from, and what it keeps of it."""

import pytest

from tests.release_check.made.packages import HEAD, OfficePackage
from tests.release_check.made.workbook_parts import MAIN, with_part, workbook
from tests.release_check.parts_checking import all_codes, blocking, found


def connected(told: str, attributes: str = "") -> OfficePackage:
    connection = f'<connection id="1" name="Staff" {attributes}><dbPr connection="{told}" command="x"/></connection>'
    return with_part(
        workbook(), "connections", "xl/connections.xml", f'{HEAD}<connections xmlns="{MAIN}">{connection}</connections>'
    )


def linked(inside: str, target: str = "file:///S:/Team/list.xlsx") -> OfficePackage:
    package = with_part(
        workbook(),
        "externalLink",
        "xl/externalLinks/externalLink1.xml",
        f'<externalLink xmlns="{MAIN}">{inside}</externalLink>',
    )
    package.link("xl/externalLinks/externalLink1.xml", "externalLinkPath", target, external=True)
    return package


@pytest.mark.parametrize(
    "told",
    [
        "Provider=SQLOLEDB;Data Source=srv;User ID=reader;Password=hunter2",
        "DSN=crime;UID=reader;PWD=hunter2;",
        "DSN=crime;uid = reader",
        "https://reader:hunter2@example.org/data",
        "AccountName=foi;AccountKey=aGVsbG8=;",
    ],
)
def test_a_connection_with_a_user_or_password_is_told_apart(told: str) -> None:
    findings = found(connected(told))
    assert blocking(findings) == {"connection", "credential"}
    assert not any("hunter2" in each.excerpt for each in findings)


@pytest.mark.parametrize("told", ["Provider=SQLOLEDB;Integrated Security=SSPI;Password=;", "DSN=crime;PWD=********"])
def test_a_connection_without_a_password_is_a_connection(told: str) -> None:
    assert blocking(found(connected(told))) == {"connection"}


def test_a_connection_that_keeps_its_password_is_told() -> None:
    assert "credential" in blocking(found(connected("DSN=crime", 'savePassword="1"')))


def test_the_place_of_a_connection_file_is_told() -> None:
    assert "local_path" in all_codes(found(connected("DSN=crime", r'odcFile="C:\Users\example\crime.odc"')))


def test_an_empty_list_of_connections_is_no_finding() -> None:
    assert found(with_part(workbook(), "connections", "xl/connections.xml", f'<connections xmlns="{MAIN}"/>')) == []


def test_a_table_filled_by_a_query_blocks_the_release() -> None:
    query = f'<queryTable xmlns="{MAIN}" name="Staff" connectionId="1"/>'
    assert blocking(found(with_part(workbook(), "queryTable", "xl/q.xml", query))) == {"connection"}


def test_cells_of_another_workbook_block_the_release() -> None:
    kept = '<row r="1"><cell r="A1" t="str"><v>Ann Example</v></cell></row>'
    book = f'<externalBook><sheetDataSet><sheetData sheetId="0">{kept}</sheetData></sheetDataSet></externalBook>'
    assert blocking(found(linked(book))) == {"external_link", "external_link_cache"}


def test_a_link_to_another_workbook_blocks_the_release_without_its_cells() -> None:
    assert blocking(found(linked("<externalBook/>"))) == {"external_link"}


def test_a_link_whose_other_end_was_taken_off_blocks_the_release() -> None:
    link = '<externalLink><externalBook><sheetNames><sheetName val="Staff"/></sheetNames></externalBook></externalLink>'
    assert blocking(found(with_part(workbook(), "externalLink", "xl/e.xml", link))) == {"external_link"}


@pytest.mark.parametrize(
    "inside",
    [
        '<ddeLink ddeService="cmd" ddeTopic="/c calc"><ddeItems><ddeItem name="A"/></ddeItems></ddeLink>',
        '<oleLink progId="Word.Document"><oleItems><oleItem name="A"/></oleItems></oleLink>',
    ],
)
def test_a_link_to_another_program_blocks_the_release(inside: str) -> None:
    assert "dde_link" in blocking(found(linked(inside)))


def test_a_password_in_the_address_of_a_link_is_told() -> None:
    assert "credential" in blocking(found(linked("<externalBook/>", "https://ann:hunter2@example.org/list.xlsx")))


def test_the_parameters_of_a_web_page_are_no_user_names() -> None:
    package = workbook()
    package.link("xl/worksheets/sheet1.xml", "hyperlink", "https://www.example.org/?uid=12345", external=True)
    assert found(package) == []


@pytest.mark.parametrize(("kind", "code"), [("realTimeData", "dde_link"), ("olapFunctions", "connection")])
def test_values_kept_from_live_data_block_the_release(kind: str, code: str) -> None:
    kept = f'<volTypes><volType type="{kind}"><main><tp><v>112</v></tp></main></volType></volTypes>'
    assert blocking(found(with_part(workbook(), "volatileDependencies", "xl/v.xml", kept))) == {code}


def test_maps_to_xml_are_for_a_second_officer_and_maps_to_a_file_block() -> None:
    plain = '<MapInfo><Map ID="1" Name="Staff"/></MapInfo>'
    assert {each.severity for each in found(with_part(workbook(), "xmlMaps", "xl/m.xml", plain))} == {"review"}
    bound = '<MapInfo><Map ID="1"><DataBinding FileBindingName="staff" ConnectionID="1"/></Map></MapInfo>'
    assert blocking(found(with_part(workbook(), "xmlMaps", "xl/m.xml", bound))) == {"connection"}


def test_members_of_a_data_cube_block_the_release_and_metadata_of_formulas_does_not() -> None:
    cube = '<metadata><metadataStrings count="1"><s v="[Staff].[Ann Example]"/></metadataStrings></metadata>'
    assert blocking(found(with_part(workbook(), "sheetMetadata", "xl/metadata.xml", cube))) == {"custom_xml_data"}
    array = '<metadata><metadataTypes count="1"><metadataType name="XLDAPR"/></metadataTypes></metadata>'
    assert found(with_part(workbook(), "sheetMetadata", "xl/metadata.xml", array)) == []
