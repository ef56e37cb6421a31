"""The clean copy of one file, by its kind: never the original with something taken out."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import PurePath

from services.publishing.release_check.bounds import Bounds
from services.publishing.release_check.inspection import looked_through
from services.publishing.release_check.looking import Look
from services.publishing.release_check.policy import Policy

FORMS = ("csv", "xlsx", "ods")
"""What a spreadsheet may become; the first unless another is asked for."""
_CLEANERS: Mapping[str, str] = {
    "xlsx": "spreadsheets",
    "ods": "spreadsheets",
    "csv": "spreadsheets",
    "txt": "texts",
    "docx": "texts",
    "odt": "texts",
    "pdf": "pages",
    **dict.fromkeys(("png", "jpeg", "gif", "bmp", "tiff", "webp"), "pictures"),
}
_NOT_READ = frozenset({"unreadable", "archive_bomb", "encrypted", "duplicate_zip_entry", "parser_disagreement"})
_INSIDE = "›"
"""In the place of a finding inside an embedded file, which a copy leaves out."""


class NotCleaned(Exception):
    """There is no clean copy of this file. The message says why, and what to do instead."""


@dataclass(frozen=True, kw_only=True)
class Extent:
    """How much there is: so many units in so many wholes, such as rows in sheets."""

    number: int
    unit: str
    wholes: int
    whole: str

    def __str__(self) -> str:
        return f"{_counted(self.number, self.unit)} in {_counted(self.wholes, self.whole)}"


@dataclass(frozen=True, kw_only=True)
class Made:
    """One file of a clean copy."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, kw_only=True)
class Copy:
    """What became of a file: the new ones, how much there was and is, and what the reader of the copy has to know."""

    files: tuple[Made, ...]
    before: Extent
    after: Extent
    warnings: tuple[str, ...] = ()

    @property
    def summary(self) -> str:
        """`10,799 rows in 4 sheets became 34 rows in 1 sheet`."""
        return f"{self.before} became {self.after}"


Cleaner = Callable[[str, Look, str], Copy]


def clean(data: bytes, name: str, policy: Policy, form: str = "") -> Copy:
    """Rebuild a file from what is visible; a spreadsheet in one of `FORMS`. Raises `NotCleaned`."""
    kind, look = looked_through(data, name, policy)
    module = _CLEANERS.get(kind)
    if module is None:
        raise NotCleaned(
            f"There is no clean copy of this kind of file ({kind}). Save it in a present format (.xlsx, .docx, .pdf), "
            "take what is to be released out of it, and check that."
        )
    wrong = [each.code for each in look.findings if each.code in _NOT_READ and _INSIDE not in each.where]
    if wrong:
        raise NotCleaned(f"It cannot be read whole ({', '.join(dict.fromkeys(wrong))}), so nothing can be made of it.")
    cleaner: Cleaner = import_module(f"{__package__}.{module}").clean
    return cleaner(kind, replace(look, name=PurePath(name).name), form)


def anew(look: Look) -> Look:
    """A look at the same bytes with nothing found and nothing spent, for going through them once more."""
    return Look(
        name=look.name, data=look.data, policy=look.policy, bounds=Bounds(look.policy.limits), descend=lambda *_: None
    )


def file_name(stem: str, ending: str, more: str = "") -> str:
    """A name that may go to the public: letters, digits, spaces and . _ -, at most 120 of them."""
    whole = f"{stem} - {more}" if more else stem
    plain = re.sub(r"[^A-Za-z0-9 ._-]+", " ", whole)
    plain = re.sub(r"\s+", " ", plain).strip(" ._-") or "document"
    return f"{plain[:100].rstrip(' ._-')}.{ending}"


def stem_of(name: str) -> str:
    """The name without its ending."""
    return PurePath(name).stem


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
