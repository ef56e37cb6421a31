"""Formulas of cells, rules and names: which of them reach out of the workbook, and the texts that stand inside them."""

import re
from collections.abc import Mapping

from services.publishing.release_check.looking import Look
from services.publishing.release_check.report import masked

_TEXT = re.compile(r'"((?:[^"]|"")*)"')
_SIGNS = ("|", "[", "WEBSERVICE", "IMAGE", "RTD", "CALL", "REGISTER", "EXEC", "CUBE", "SQL")
"""Without one of them no pattern below can match, which is asked first: most formulas have none."""
_REACHES: Mapping[str, re.Pattern[str]] = {  # of formulas in capitals
    "dde_link": re.compile(r"\w\s*\|\s*'|\b(?:RTD|CALL|REGISTER(?:\.ID)?|EXEC)\s*\("),
    "external_link": re.compile(r"(?<![\w\]\[])\[\d+\]|\[[^\[\]]+\.(?:XL\w+|ODS|CSV)\]|\b(?:WEBSERVICE|IMAGE)\s*\("),
    "connection": re.compile(r"\bCUBE[A-Z]+\s*\(|\bSQL\.REQUEST\s*\("),
}
_PLACE_OF_A_DRIVE = re.compile(r"(?:file:|\\\\|[A-Za-z]:\\)", re.IGNORECASE)


class Formulas:
    """Takes the formulas of one sheet, one by one, and tells at the end what they do: one finding for each kind."""

    def __init__(self) -> None:
        self._reaching: dict[str, list[tuple[str, str]]] = {}
        self._texts: dict[str, None] = {}

    def take(self, formula: str, where: str) -> None:
        """`where` is a cell such as `B2`."""
        texts: list[str] = []
        bare = formula
        if '"' in formula:
            texts = [each.replace('""', '"') for each in _TEXT.findall(formula)]
            bare = _TEXT.sub('""', formula)
            self._texts.update(dict.fromkeys(texts))
        capitals = bare.upper()
        if any(sign in capitals for sign in _SIGNS):
            for code, pattern in _REACHES.items():
                if pattern.search(capitals):
                    self._reaching.setdefault(code, []).append((where, formula))
        if "HYPERLINK" in capitals and any(_PLACE_OF_A_DRIVE.match(each) for each in texts):
            self._reaching.setdefault("external_link", []).append((where, formula))

    def inspect(self, look: Look, sheet: str) -> None:
        """What was taken. Whoever opens a cell reads the texts in its formula, shown or not, so they are checked for
        what they say."""
        for code, these in self._reaching.items():
            cells = ", ".join(where for where, _ in these[:5]) + (
                f" and {len(these) - 5} more" if len(these) > 5 else ""
            )
            look.found(code, f"sheet {sheet}, {cells}", masked(these[0][1]))
        if self._texts:
            look.text(f"sheet {sheet}, formulas", "\n".join(self._texts))
