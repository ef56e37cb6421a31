"""Charts in OpenDocument: each keeps a table of its own, which may hold more than is drawn (REL-08)."""

from collections.abc import Callable, Collection, Iterable

from services.publishing.release_check.looking import Look
from services.publishing.release_check.markup import Element, all_named, attribute, text_of
from services.publishing.release_check.report import masked


def note_chart(look: Look, root: Element, where: str, visible: Callable[[], Collection[str]] | None) -> None:
    """Hold a chart's own table against the visible cells, or where there are none against what it draws."""
    table = next(all_named(root, "table"), None)
    if table is None:
        return
    rows = [[text_of(cell) for cell in all_named(row, "table-cell")] for row in all_named(table, "table-row")]
    if visible is not None:
        values = visible()
        kept = [cell for row in rows for cell in row if cell.strip() and not _is_generic(cell)]
        if unknown := [cell for cell in kept if _plain(cell) not in values]:
            look.found("chart_cache", where, masked(" ".join(unknown)))
    elif max(map(len, rows), default=0) > _drawn(root):
        look.found("chart_cache", where, masked(" ".join(rows[0])))
    look.table(where, rows)
    look.text(where, "\n".join(text_of(each) for each in all_named(root, "title", "subtitle", "footer")))


def plain_values(rows: Iterable[Iterable[str]]) -> set[str]:
    """The values of visible cells as `note_chart` compares them."""
    return {_plain(cell) for row in rows for cell in row}


def _plain(text: str) -> str:
    squeezed = "".join(text.split()).replace(",", "")
    try:
        return repr(float(squeezed.rstrip("%")) / (100 if squeezed.endswith("%") else 1))
    except ValueError:
        return squeezed


def _is_generic(cell: str) -> bool:
    """Names that programs give to series and rows that have none."""
    words = cell.split()
    return len(words) == 2 and words[0] in ("Column", "Row") and words[1].isdecimal()


def _drawn(root: Element) -> int:
    """Columns of the table that the chart shows: its categories, and what each series takes."""
    series = list(all_named(root, "series"))
    taken = sum(1 + sum(1 for _ in all_named(each, "domain")) for each in series)
    return 1 + taken if any(attribute(each, "values-cell-range-address") for each in series) else 0
