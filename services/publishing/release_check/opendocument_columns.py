"""The columns of an OpenDocument sheet: the style of their cells, and which of them are not seen (REL-02)."""

from collections.abc import Collection

from services.publishing.release_check.looking import Look
from services.publishing.release_check.places import column_letters


class Columns:
    """Runs of columns, from the left."""

    def __init__(self) -> None:
        self._runs: list[tuple[int, int, str]] = []
        self._hidden: list[tuple[int, int, str]] = []
        self._styles: dict[int, str] = {}

    def __bool__(self) -> bool:
        """Whether any of them is hidden."""
        return bool(self._hidden)

    def add(self, number: int, style: str, reason: str) -> None:
        """So many more, all with one style for cells that have none, and why they are not seen."""
        first = self._runs[-1][1] + 1 if self._runs else 1
        self._runs.append((first, first + number - 1, style))
        if reason:
            self._hidden.append((first, first + number - 1, reason))

    def style(self, column: int) -> str:
        if column not in self._styles:
            self._styles[column] = next((style for first, last, style in self._runs if first <= column <= last), "")
        return self._styles[column]

    def hides(self, column: int) -> bool:
        return any(first <= column <= last for first, last, _ in self._hidden)

    def tell(self, look: Look, where: str, used: Collection[int]) -> None:
        """Note the hidden ones; those without values in them are for a person to look at."""
        for first, last, reason in self._hidden:
            names = column_letters(first) if first == last else f"{column_letters(first)} to {column_letters(last)}"
            severity = "block" if any(first <= each <= last for each in used) else "review"
            code = "outline_group" if reason == "group" else "hidden_column"
            look.found(code, f"{where}, columns {names}", severity=severity)
