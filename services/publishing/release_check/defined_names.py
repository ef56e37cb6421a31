"""The defined names of a workbook: hidden ones, ones that point elsewhere, and ones that hold data (REL-04)."""

import re
from collections.abc import Mapping, Sequence

from services.publishing.release_check.cell_references import sheets_named
from services.publishing.release_check.looking import Look
from services.publishing.release_check.markup import Element, all_named, attribute, is_on, text_of
from services.publishing.release_check.report import masked

_WRITTEN_BY_PROGRAMS = re.compile(
    r"(?i)_xlnm\._FilterDatabase|_xl(?:fn|chart|cn|pm|ws|eta|udf|dm)\b.*|Z_[0-9A-F_]{20,}_\.wvu\..*"
)
"""Hidden names that come with filters, new functions, new charts and custom views; those are looked at themselves."""
_STARTING = re.compile(r"(?i)(?:_xlnm\.)?auto_?(?:open|close|activate|deactivate)")
_RUNNING = re.compile(r"(?i)\b(?:exec|call|register(?:\.id)?|run|fopen|urlmon)\s*\(")
_OTHER_FILE = re.compile(r"\[[^\[\]]{1,300}\][^'!]{0,100}'?!")
_LITERAL = re.compile(r"\"(?:[^\"]|\"\")*\"")
_MANY = 10
"""Values written into one name from which on it is a table and no constant."""


def names_of(workbook: Element) -> dict[str, str]:
    """The defined names, in small letters, with what they refer to. Of names of single sheets, any one."""
    return {attribute(each, "name").lower(): text_of(each).strip() for each in all_named(workbook, "definedName")}


def inspect(look: Look, workbook: Element, states: Mapping[str, str]) -> None:
    """Look at every name; `states` are the sheets' by their names in small letters."""
    hidden: list[str] = []
    elsewhere: list[str] = []
    for each in all_named(workbook, "definedName"):
        name, formula = attribute(each, "name"), text_of(each).strip()
        if _STARTING.fullmatch(name) or is_on(each, "xlm") or is_on(each, "vbProcedure") or _RUNNING.search(formula):
            look.found("vba_macro", f"the name {name}", masked(formula))
        if _WRITTEN_BY_PROGRAMS.fullmatch(name):
            continue
        if is_on(each, "hidden"):
            hidden.append(name)
        if _points_elsewhere(formula, states):
            elsewhere.append(name)
        _words(look, each, name, formula)
    _note(look, "hidden_defined_name", hidden)
    _note(look, "defined_name_elsewhere", elsewhere)


def _points_elsewhere(formula: str, states: Mapping[str, str]) -> bool:
    plain = _LITERAL.sub("", formula)
    if "#REF!" in plain or _OTHER_FILE.search(plain):
        return True
    return any(states.get(each.lower(), "missing") != "visible" for each in sheets_named(plain))


def _words(look: Look, element: Element, name: str, formula: str) -> None:
    """What a name says by itself: its comment, and texts in its formula, which no cell need show."""
    literals = [each[1:-1] for each in _LITERAL.findall(formula)]
    for text in (attribute(element, "comment"), attribute(element, "description"), " ".join(literals)):
        look.text(f"the name {name}", text)
    if len(literals) >= _MANY or (formula.removeprefix("=").startswith("{") and formula.count(",") >= _MANY):
        look.found("hidden_defined_name", f"the name {name}, which holds values of its own", masked(" ".join(literals)))


def _note(look: Look, code: str, names: Sequence[str]) -> None:
    if names:
        more = f" and {len(names) - _MANY} more" if len(names) > _MANY else ""
        look.found(code, f"{'names' if len(names) > 1 else 'the name'} {', '.join(names[:_MANY])}{more}")
