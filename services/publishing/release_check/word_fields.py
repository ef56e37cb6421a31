"""Word's fields: what their instructions fetch, run or keep to themselves (REL-11)."""

import base64
import binascii
import re
from dataclasses import dataclass, field

from services.publishing.release_check.looking import Look
from services.publishing.release_check.report import masked

_NAMES = re.compile(r"\S+")
_SHOWING = frozenset(
    _NAMES.findall(
        "= ADVANCE AUTHOR AUTONUM AUTONUMLGL AUTONUMOUT BARCODE BIBLIOGRAPHY BIDIOUTLINE CITATION COMMENTS "
        "CREATEDATE DATE DISPLAYBARCODE DOCPROPERTY DOCVARIABLE EDITTIME EMBED EQ FILENAME FILESIZE FORMCHECKBOX "
        "FORMDROPDOWN FORMTEXT GOTOBUTTON HYPERLINK INDEX INFO KEYWORDS LASTSAVEDBY LISTNUM NOTEREF NUMCHARS "
        "NUMPAGES NUMWORDS PAGE PAGEREF PRINTDATE QUOTE REF REVNUM SAVEDATE SECTION SECTIONPAGES SEQ SHAPE "
        "STYLEREF SUBJECT SYMBOL TEMPLATE TIME TITLE TOA TOC USERADDRESS USERINITIALS USERNAME"
    )
)
_FETCHING = frozenset(
    _NAMES.findall(
        "AUTOTEXT AUTOTEXTLIST CONTROL DATABASE DDE DDEAUTO GLOSSARY HTMLACTIVEX HTMLCONTROL IMPORT INCLUDE "
        "INCLUDEPICTURE INCLUDETEXT LINK MACROBUTTON PRINT RD"
    )
)
_MERGING = frozenset(_NAMES.findall("ADDRESSBLOCK GREETINGLINE MERGEFIELD MERGEREC MERGESEQ NEXT NEXTIF SKIPIF"))
_KEEPING = frozenset(("ADDIN", "PRIVATE"))
_HIDING = {
    "SET": "",
    "XE": "",
    "TC": "",
    "TA": "",
    "ASK": "review",
    "COMPARE": "review",
    "FILLIN": "review",
    "IF": "review",
}
"""Fields that hold words beside the ones they show, with how grave that is: a choice between two phrases is usual, an
entry for an index need not stand anywhere in the text."""
_NAME = re.compile(r"\s*(?:\"?([A-Za-z]+)|(=))")
_QUOTED = re.compile(r'["“]([^"”]*)["”]')
_PLACE = re.compile(r"(?:^|[\s\"“])(?:[A-Za-z]:[\\/]|\\{2,4}\w|file:)", re.I)
_CODES = re.compile(r'QUOTE[\s"]+\d{2,3}(?:[\s,]+\d{2,3})+', re.I)
_WITH_DATA = frozenset(("FORMTEXT", "FORMCHECKBOX", "FORMDROPDOWN", "HYPERLINK", "PAGEREF", "REF", "NOTEREF"))


@dataclass
class _Field:
    data: str = ""
    instruction: list[str] = field(default_factory=list)
    is_shown: bool = False


class Fields:
    """The fields that are open at one place of a text; they may span runs and paragraphs, and stand in one another."""

    def __init__(self, where: str, look: Look, within: "Fields | None" = None) -> None:
        """`within` are the fields of the text in which a text box with these ones stands."""
        self._where = where
        self._look = look
        self._open: list[_Field] = []
        self._kept: dict[str, dict[str, None]] = {} if within is None else within._kept

    @property
    def shows(self) -> bool:
        """Whether text at this place is a field's result, or in no field, and not part of an instruction."""
        return all(each.is_shown for each in self._open)

    def begin(self, data: str = "") -> None:
        self._open.append(_Field(data))

    def instruct(self, text: str) -> None:
        """Text that stands where it is not shown: a piece of the innermost instruction that is still being read."""
        waiting = next((each for each in reversed(self._open) if not each.is_shown), None)
        if waiting is not None:
            waiting.instruction.append(text)

    def separate(self) -> None:
        if self._open:
            self._open[-1].is_shown = True

    def end(self) -> None:
        if self._open:
            done = self._open.pop()
            self.note("".join(done.instruction), done.data)

    def close(self) -> None:
        """Judge fields that the text leaves open as if they ended with it."""
        while self._open:
            self.end()

    def finish(self, visible: str) -> None:
        """Note words that only instructions hold. `visible` is all that the text shows."""
        self.close()
        shown = _squeezed(visible) if self._kept else ""
        for name, texts in self._kept.items():
            lost = [text for text in texts if any(_squeezed(part) not in shown for part in text.split(":"))]
            if lost:
                where = f"{self._where}, field {name}"
                self._look.found("hidden_text", where, masked(" ".join(lost)), severity=_HIDING[name])

    def note(self, instruction: str, data: str = "") -> None:
        """Judge one instruction, whole. `data` is what the program keeps with the field, in base 64."""
        match = _NAME.match(instruction)
        name = (match.group(1) or match.group(2)).upper() if match else ""
        if name in _FETCHING or _CODES.search(instruction):
            self._found("external_field_code", name, instruction)
        elif name in _MERGING:
            # What the field is called says little; the source of the names is in the settings, and blocks.
            self._found("mail_merge", name, instruction, "review")
        elif name in _KEEPING:
            self._found("custom_xml_data", name, instruction)
        elif name in _HIDING:
            kept = self._kept.setdefault(name, {})
            kept |= dict.fromkeys(text for text in _QUOTED.findall(instruction) if text.strip())
        elif instruction.strip() and name not in _SHOWING and not _is_bookmark(instruction):
            self._found("external_field_code", name, instruction, "review")
        self._note_places(name, instruction)
        if data:
            self._note_data(name, data)

    def _note_places(self, name: str, instruction: str) -> None:
        if name in _FETCHING:
            return
        if name in ("FILENAME", "TEMPLATE"):
            if "\\p" in instruction.lower():
                self._found("local_path", name, "")
        elif _PLACE.search(instruction):
            self._found("external_field_code", name, instruction)
        elif name == "HYPERLINK":
            for address in _QUOTED.findall(instruction):
                if address.lower().startswith("mailto:"):
                    self._look.text(f"{self._where}, address of a link", address[7:])

    def _note_data(self, name: str, data: str) -> None:
        try:
            content = base64.b64decode("".join(data.split()), validate=True)
        except (binascii.Error, ValueError):
            self._found("custom_xml_data", name, "")
            return
        text = re.sub(r"[^ -~]+", " ", content.replace(b"\x00", b"").decode("latin-1"))
        if _PLACE.search(text):
            self._found("external_field_code", name, text)
        elif name not in _WITH_DATA and any(content):
            self._found("custom_xml_data", name, text)

    def _found(self, code: str, name: str, text: str, severity: str = "") -> None:
        self._look.found(code, f"{self._where}, field {name or 'without a name'}", masked(text), severity=severity)


def _is_bookmark(instruction: str) -> bool:
    """A bare name refers to a bookmark, as REF does."""
    return re.fullmatch(r"\s*_\w+(?:\s+\\.*)?\s*", instruction) is not None


def _squeezed(text: str) -> str:
    return "".join(text.split()).lower()
