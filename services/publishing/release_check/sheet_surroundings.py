"""What lies beside and over the cells of a sheet: its tables, its drawings, its print area."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from services.publishing.release_check.markup import all_named, attribute, local
from services.publishing.release_check.package import Package
from services.publishing.release_check.places import LAST_COLUMN, LAST_ROW, Area, area

_EMU_OF_A_ROW, _EMU_OF_A_COLUMN = 190_500, 609_600
_SEE_THROUGH = 50_000
"""Thousandths of a percent of opacity, below which what is under a shape can be read."""
_FILLS = ("solidFill", "gradFill", "pattFill", "blipFill")


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table of a sheet. `painted` are its rows whose background comes from a table style; `filters` is whether it
    keeps criteria of a filter; `unseen` are the names of columns whose heading is switched off."""

    area: Area
    painted: tuple[Area, ...] = ()
    filters: bool = False
    unseen: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """Something that stands over cells. `touched` are all cells that it reaches, `covered` those that it covers
    wholly, None where there is none; `opaque` is whether it is a filled shape."""

    touched: Area
    covered: Area | None
    opaque: bool


def read_tables(package: Package, part: str) -> tuple[Table, ...]:
    """The tables of a sheet."""
    return tuple(_tables(package, part))


def read_drawings(package: Package, part: str) -> tuple[Drawn, ...]:
    """The pictures, charts and shapes of a sheet."""
    found = []
    for each in package.related(part, "drawing"):
        if each.target in package.container:
            root = package.xml(each.target)
            found += [_drawn(anchor) for anchor in all_named(root, "twoCellAnchor", "oneCellAnchor")]
    return tuple(each for each in found if each)


def has_criteria(filtering: Any) -> bool:
    """Whether an `autoFilter` element does more than offer buttons."""
    return any(local(each) == "filterColumn" and len(each) for each in filtering)


def _tables(package: Package, part: str) -> Iterator[Table]:
    for each in package.related(part, "table"):
        if each.target not in package.container:
            continue
        root = package.xml(each.target)
        whole = area(attribute(root, "ref"))
        if whole is None:
            continue
        headings = _count(root, "headerRowCount", 1)
        styles = all_named(root, "tableStyleInfo")
        styled = any(attribute(style, "name") not in ("", "None") for style in styles)
        names = tuple(attribute(column, "name") for column in all_named(root, "tableColumn"))
        yield Table(
            area=whole,
            painted=_edges(whole, headings, _count(root, "totalsRowCount", 0)) if styled else (),
            filters=any(has_criteria(found) for found in all_named(root, "autoFilter")),
            unseen=() if headings else tuple(name for name in names if not name.startswith("Column")),
        )


def _count(root: Any, name: str, otherwise: int) -> int:
    written = attribute(root, name)
    return int(written) if written.isdigit() else otherwise


def _edges(whole: Area, headings: int, totals: int) -> tuple[Area, ...]:
    top = Area(whole.top, whole.left, whole.top + headings - 1, whole.right)
    bottom = Area(whole.bottom - totals + 1, whole.left, whole.bottom, whole.right)
    return tuple(each for each, number in ((top, headings), (bottom, totals)) if number)


def _drawn(anchor: Any) -> Drawn | None:
    start = _corner(anchor, "from")
    if start is None:
        return None
    end = _corner(anchor, "to") or _reached(anchor, start)
    touched = Area(start[0] + 1, start[1] + 1, min(end[0] + 1, LAST_ROW), min(end[1] + 1, LAST_COLUMN))
    covered = Area(start[0] + 1 + (start[2] > 0), start[1] + 1 + (start[3] > 0), end[0], end[1])
    kind = next((local(each) for each in anchor if local(each) in ("sp", "pic", "graphicFrame", "grpSp")), "")
    return Drawn(
        touched=touched,
        covered=covered if covered.top <= covered.bottom and covered.left <= covered.right and kind else None,
        opaque=any(_is_opaque(each) for each in all_named(anchor, "sp")),
    )


def _corner(anchor: Any, name: str) -> tuple[int, int, int, int] | None:
    """Row, column and how far into them, rows and columns counted from 0."""
    point = next((each for each in anchor if local(each) == name), None)
    if point is None:
        return None
    told = {local(each): each.text or "" for each in point}
    numbers = [told.get(each, "0").strip() for each in ("row", "col", "rowOff", "colOff")]
    row, column, row_offset, column_offset = (int(each) if each.isdigit() else 0 for each in numbers)
    return row, column, row_offset, column_offset


def _reached(anchor: Any, start: Sequence[int]) -> tuple[int, int, int, int]:
    """Where something of a given size ends, among rows and columns of the usual size."""
    size = next((each for each in anchor if local(each) == "ext"), None)
    height, width = ("0", "0") if size is None else (attribute(size, "cy") or "0", attribute(size, "cx") or "0")
    rows = int(height) // _EMU_OF_A_ROW if height.isdigit() else 0
    columns = int(width) // _EMU_OF_A_COLUMN if width.isdigit() else 0
    return start[0] + rows, start[1] + columns, 0, 0


def _is_opaque(shape: Any) -> bool:
    look = next((each for each in shape if local(each) == "spPr"), None)
    fill = None if look is None else next((each for each in look if local(each) in (*_FILLS, "noFill")), None)
    if fill is None:
        return any(attribute(each, "idx") not in ("", "0") for each in all_named(shape, "fillRef"))
    opacities = [attribute(each, "val") for each in all_named(fill, "alpha")]
    return local(fill) != "noFill" and not any(each.isdigit() and int(each) < _SEE_THROUGH for each in opacities)
