"""Charts: the values that they keep beside what is drawn or what stands in visible cells (REL-08)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from services.publishing.release_check.cell_references import VisibleCells
from services.publishing.release_check.looking import Look
from services.publishing.release_check.markup import Element, all_named, attribute, local, text_of
from services.publishing.release_check.package import Package
from services.publishing.release_check.report import masked

KINDS = ("chart", "chartEx")
_CACHES = ("numCache", "strCache", "multiLvlStrCache", "dlblRangeCache")
_DIMENSIONS = ("numDim", "strDim", "txData")
"""What keeps values in the newer charts, such as treemaps."""
_TOLD = 3
"""References that a finding names."""


class Cache(NamedTuple):
    """Kept values, by their position in the range that `formula` refers to; "" where it refers to nothing."""

    formula: str
    points: Sequence[tuple[int, str]]
    size: int
    """How many points it says that it has."""
    drawn: bool
    """False where it belongs to a series, category or label that the chart's filter leaves out."""


def inspect_drawn(look: Look, part: str, root: Element) -> None:
    """A chart of a document or slides, whose cached values are what it shows: their words and numbers are looked at,
    and what it keeps without drawing it is a finding."""
    kept = [value for each in _caches(root) for index, value in each.points if not each.drawn or index >= each.size]
    if kept:
        look.found("chart_cache", f"{len(kept)} values that are not drawn, part {part}", masked(", ".join(kept)))
    _titles(look, part, root)
    rows = _rows(root)
    if rows:
        look.table(f"chart in part {part}", rows)


def inspect_beside_cells(package: Package, look: Look, cells: VisibleCells) -> None:
    """The charts of a workbook: every value that they keep must stand in the visible cells that they refer to."""
    for part in package.parts(*KINDS):
        root = package.xml(part)
        _titles(look, part, root)
        unseen = [(each, values) for each in _caches(root) if (values := cells.unseen(each.formula, each.points))]
        for severity, some in _by_severity(cells, unseen).items():
            formulas = list(dict.fromkeys(each.formula or "no range" for each, _ in some))
            more = f" and {len(formulas) - _TOLD} more" if len(formulas) > _TOLD else ""
            first = masked(", ".join(some[0][1]))
            look.found("chart_cache", f"part {part}, for {', '.join(formulas[:_TOLD])}{more}", first, severity=severity)


def _by_severity(
    cells: VisibleCells, unseen: Sequence[tuple[Cache, Sequence[str]]]
) -> Mapping[str, list[tuple[Cache, Sequence[str]]]]:
    """A range that a formula works out cannot be followed here. Where it stays on visible sheets, a person looks."""
    sorted_out: dict[str, list[tuple[Cache, Sequence[str]]]] = {}
    for each in unseen:
        severity = "review" if cells.is_worked_out_of_visible_sheets(each[0].formula) else ""
        sorted_out.setdefault(severity, []).append(each)
    return sorted_out


def _caches(root: Element) -> Iterator[Cache]:
    for each in all_named(root, *_CACHES):
        counts = [attribute(number, "val") for number in all_named(each, "ptCount")]
        yield _cache(each, each.getparent(), counts, _is_drawn(each))
    for each in all_named(root, *_DIMENSIONS):
        yield _cache(each, each, [attribute(level, "ptCount") for level in all_named(each, "lvl")], True)


def _cache(element: Element, reference: Element, counts: Sequence[str], drawn: bool) -> Cache:
    """Where it does not say how many points it has, it has those that it lists."""
    points = _points(element)
    size = max(map(_number, counts), default=max((index for index, _ in points), default=0) + 1)
    return Cache(_formula(reference), points, size, drawn)


def _formula(reference: Element) -> str:
    direct = next((text_of(each) for each in reference if local(each) == "f"), "")
    return (direct or next((text_of(each) for each in all_named(reference, "sqref")), "")).strip()


def _points(cache: Element) -> list[tuple[int, str]]:
    """The values that are not empty. Old charts keep each in a `v` inside its `pt`, newer ones in the `pt` itself."""
    points = [(_number(attribute(each, "idx")), text_of(each).strip()) for each in all_named(cache, "pt")]
    if local(cache) == "txData":
        points = [(0, text_of(each).strip()) for each in all_named(cache, "v")]
    return [(index, value) for index, value in points if value]


def _is_drawn(cache: Element) -> bool:
    """Labels from cells are drawn where a series says so; filtered series are not at all."""
    if local(cache) == "dlblRangeCache":
        marks = [attribute(each, "val") for each in all_named(_series(cache), "showDataLabelsRange")]
        return any(each not in ("0", "false") for each in marks)
    return not any(local(each).startswith("filtered") for each in cache.iterancestors())


def _series(cache: Element) -> Element:
    return next((each for each in cache.iterancestors() if local(each) == "ser"), cache)


def _titles(look: Look, part: str, root: Element) -> None:
    for each in all_named(root, "p"):
        look.text(f"chart in part {part}", " ".join(text_of(run) for run in all_named(each, "t")))


def _rows(root: Element) -> list[list[str]]:
    """The chart as a table: a column for each series, a row for each category."""
    names: list[str] = [""]
    columns: list[dict[int, str]] = []
    for series in all_named(root, "ser"):
        parts = {local(each): dict(_points(each)) for each in series}
        if not columns:
            columns.append(parts.get("cat") or parts.get("xVal") or {})
        names.append(" ".join(parts.get("tx", {}).values()))
        columns.append(parts.get("val") or parts.get("yVal") or {})
    positions = sorted({index for each in columns for index in each})
    return [names, *([each.get(index, "") for each in columns] for index in positions)] if positions else []


def _number(text: str) -> int:
    return int(text) if text.isdigit() else 0
