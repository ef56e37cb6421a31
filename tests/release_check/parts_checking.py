"""How the tests of parts ask the inspectors of parts, without those of sheets, stories and slides."""

from collections.abc import Sequence

from services.publishing.release_check import office_parts, workbook_parts
from services.publishing.release_check.bounds import Bounds
from services.publishing.release_check.container import Container
from services.publishing.release_check.inspection import inspect
from services.publishing.release_check.looking import Look
from services.publishing.release_check.markup import all_named, attribute, local
from services.publishing.release_check.package import Package
from services.publishing.release_check.report import Finding
from services.publishing.release_check.sheet_reading import Row, Sheet
from tests.release_check.checking import POLICY
from tests.release_check.made.packages import OfficePackage
from tests.release_check.made.workbook_parts import ROWS


def found(package: OfficePackage | bytes) -> list[Finding]:
    """What the parts of a workbook, document or presentation give away."""
    return list(look_at(package).findings)


def blocking(findings: Sequence[Finding]) -> set[str]:
    """The codes that block."""
    return {each.code for each in findings if each.severity == "block"}


def all_codes(findings: Sequence[Finding]) -> set[str]:
    return {each.code for each in findings}


def look_at(package: OfficePackage | bytes) -> Look:
    """The whole look, with the texts that a reader sees."""
    data = package if isinstance(package, bytes) else package.bytes()
    look = Look(name="file", data=data, policy=POLICY, bounds=Bounds(POLICY.limits), descend=_note_inside)
    opened = Package(Container(data, look), look)
    office_parts.inspect(opened, look)
    if local(opened.xml(opened.main)) == "workbook":
        workbook_parts.inspect(opened, look, _sheets(opened))
    return look


def _sheets(package: Package) -> list[Sheet]:
    """The listed sheets of a made workbook. A reader sees `ROWS` in those that are visible."""
    parts = {each.id: each.target for each in package.relationships(package.main)}
    rows = {number: Row(columns=(1, 2), stored=row, shown=row) for number, row in enumerate(ROWS, 1)}
    sheets = []
    for each in all_named(package.xml(package.main), "sheet"):
        state = attribute(each, "state") or "visible"
        sheets.append(
            Sheet(
                name=attribute(each, "name"),
                part=parts[attribute(each, "id")],
                kind="worksheet",
                state=state,
                rows=rows if state == "visible" else {},
                surround=package.xml(parts[attribute(each, "id")]),
            )
        )
    return sheets


def _note_inside(outer: Look, name: str, data: bytes) -> None:
    inner = inspect(data, name, outer.policy)
    outer.findings += (
        Finding(code=each.code, severity=each.severity, where=f"{name} › {each.where}", excerpt=each.excerpt)
        for each in inner.findings
    )
