"""RTF files: a stream of groups, read once with a stack of its own, however deep they nest (REL-11)."""

import codecs
from copy import copy

from services.publishing.release_check.bounds import Unreadable
from services.publishing.release_check.looking import Look
from services.publishing.release_check.rich_text_destinations import (
    CHANGED,
    KEPT,
    LINKED,
    PASSED,
    READ,
    SCRIPTS,
    SHOWN,
    STORIES,
)
from services.publishing.release_check.rich_text_groups import Groups
from services.publishing.release_check.rich_text_story import Manner, Story, colour_table
from services.publishing.release_check.rich_text_tokens import BYTE, Token, tokens
from services.publishing.release_check.word_fields import Fields

_DEEPEST = 1000
_CHARACTERS = {
    "tab": "\t",
    "line": "\n",
    "softline": "\n",
    "page": "\n",
    "emdash": "—",
    "endash": "–",
    "bullet": "•",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
    "~": " ",
}
_PROTECTED = ("enforceprot", "formprot", "annotprot", "readprot", "revprot")
_CROPPED = ("piccropl", "piccropr", "piccropt", "piccropb")
_STARRED = ("cs", "ts", "ds")
"""Words that are starred in the table of styles and begin nothing."""
_CODE_PAGES = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850", "ansi": "cp1252"}


def inspect(look: Look) -> None:
    """Everything in an RTF file beyond what its pages show. Raises `Unreadable`."""
    _Reader(look).read()


class _Reader:
    def __init__(self, look: Look) -> None:
        self._look = look
        self._story = Story(look)
        self._fields = Fields("the text", look)
        self._manner = Manner()
        self._outer: list[Manner] = []
        self._begins = self._is_starred = False
        self._buffers: list[list[str]] = []
        self._bytes = bytearray()
        self._fallback = 0
        self._encoding = "cp1252"
        self._style = ""
        self._hidden_styles: set[str] = set()
        self._groups = Groups(look, self._story)

    def read(self) -> None:
        for token in tokens(self._look.data):
            if token.kind != BYTE:
                self._flush()
            self._take(token)
        self._story.finish()
        self._fields.finish(self._story.visible)
        self._groups.tell()

    def _take(self, token: Token) -> None:
        match token.kind:
            case "{":
                self._open()
            case "}":
                self._close(token.data)
            case "data":
                self._data(token.data)
            case "byte":
                self._byte(token.number or 0)
            case "text":
                self._begins = self._is_starred = False
                self._text(self._decoded(token.word))
            case _:
                self._word(token.word, token.number)

    def _open(self) -> None:
        if len(self._outer) > _DEEPEST:
            raise Unreadable("nests its groups too deep")
        self._outer.append(self._manner)
        self._manner = copy(self._manner)
        self._manner.destination = ""
        self._begins, self._is_starred, self._fallback = True, False, 0

    def _close(self, behind: bytes) -> None:
        self._begins, self._fallback = False, 0
        if self._manner.destination:
            self._end(self._manner.destination)
        self._manner = self._outer.pop()
        if behind.strip(b"\r\n\t \x00\x1a"):
            self._look.found("trailing_data", f"{len(behind)} bytes behind the end")

    def _data(self, data: bytes) -> None:
        if self._manner.mode == "kept" and self._buffers:
            self._buffers[-1].append(data.hex())
        elif data:
            self._groups.unknown.add("bin")

    def _byte(self, value: int) -> None:
        self._begins = False
        if self._fallback:
            self._fallback -= 1
        else:
            self._bytes.append(value)

    def _flush(self) -> None:
        """Bytes belong together in some code pages: they are read when the last one is there."""
        if self._bytes:
            text = self._bytes.decode(self._encoding, "replace")
            self._bytes.clear()
            self._text(text)

    def _decoded(self, text: str) -> str:
        if self._fallback:
            passed = min(self._fallback, len(text))
            self._fallback -= passed
            text = text[passed:]
        return text if text.isascii() else text.encode("latin-1", "replace").decode(self._encoding, "replace")

    def _text(self, text: str) -> None:
        if self._manner.mode == "kept":
            self._buffers[-1].append(text)
        elif self._manner.mode == "shown" and text:
            if self._fields.shows:
                self._story.add(text, self._manner)
            else:
                self._fields.instruct(text)

    def _word(self, word: str, number: int | None) -> None:
        if word == "*":
            self._is_starred = True
            return
        begins, starred = self._begins, self._is_starred
        self._begins = self._is_starred = False
        if self._fallback:
            self._fallback -= 1
        elif self._begin(word, is_first=begins or starred):
            pass
        elif starred and word not in _STARRED:
            self._groups.unknown.add(word)
            self._manner.mode = "passed"
        elif word in _CHARACTERS:
            self._text(_CHARACTERS[word])
        else:
            self._set(word, number)

    def _begin(self, word: str, *, is_first: bool) -> bool:
        """Whether a word begins a destination, which it does only as the first one of its group."""
        if not is_first:
            return False
        manner = self._manner
        if word in STORIES:
            manner.mode, manner.story = "shown", STORIES[word]
        elif word in KEPT or word in READ or word in SCRIPTS:
            manner.destination = word
            if word == "field":
                self._fields.begin()
            elif word == "fldrslt":
                self._fields.separate()
            elif word != "fldinst":
                manner.mode = "kept"
                self._buffers.append([])
        elif word in PASSED:
            manner.mode = "passed"
            if word == "background":
                self._story.page_is_plain = False
        else:
            return word in SHOWN
        return True

    def _set(self, word: str, number: int | None) -> None:
        """A word that sets how text is from here on, or is something by itself."""
        manner, story = self._manner, self._story
        is_on = number != 0
        match word:
            case "par" | "sect":
                if manner.mode == "shown":
                    story.paragraph(manner)
            case "cell" | "nestcell":
                story.cell()
            case "row" | "nestrow":
                story.row()
            case "u":
                self._text(_character(number or 0))
                self._fallback = manner.unicode_width
            case "uc":
                manner.unicode_width = number or 0
            case "plain":
                manner.hidden = manner.deleted = manner.inserted = False
                manner.size, manner.colour, manner.highlight, manner.shading = 24, 0, 0, 0
            case "pard":
                manner.in_table, manner.paragraph_shading = False, 0
            case "intbl":
                manner.in_table = True
            case "v":
                manner.hidden = is_on
                if is_on and self._style:
                    self._hidden_styles.add(self._style)
            case "deleted":
                manner.deleted = is_on
            case "revised":
                manner.inserted = is_on
            case "fs":
                manner.size = 24 if number is None else number
            case "cf":
                manner.colour = number or 0
            case "highlight":
                manner.highlight = number or 0
            case "cb" | "chcbpat":
                manner.shading = number or 0
            case "cbpat":
                manner.paragraph_shading = number or 0
            case "clcbpat" | "clcfpat" | "clcbpatraw":
                story.cells_are_shaded = True
            case "s" | "cs" | "ds":
                self._styled(f"{word}{number}")
            case "red" | "green" | "blue":
                if manner.mode == "kept":
                    self._buffers[-1].append(f" {word}{number or 0} ")
            case "ansicpg":
                self._encoding = _code_page(number or 0)
            case "mac" | "pc" | "pca":
                self._encoding = _CODE_PAGES[word]
            case _:
                self._note(word, number)

    def _note(self, word: str, number: int | None) -> None:
        if code := CHANGED.get(word) or LINKED.get(word):
            self._story.note(code)
        elif word in _CROPPED and (number or 0) > 0:
            self._story.note("cropped_image")
        elif word in _PROTECTED and number != 0:
            self._story.note("protection")
        elif word == "trhidden" and number != 0:
            self._story.note("hidden_row")

    def _styled(self, style: str) -> None:
        """In the table of styles the one that is being described; elsewhere the one that text takes on."""
        if self._manner.mode == "kept":
            self._style = style
        elif style in self._hidden_styles:
            self._manner.hidden = True

    def _end(self, destination: str) -> None:
        if destination == "field":
            self._fields.end()
        if destination in ("field", "fldrslt", "fldinst"):
            return
        text = "".join(self._buffers.pop())
        if destination == "colortbl":
            self._story.colours = colour_table(text)
        elif destination == "stylesheet":
            self._style = ""
        elif destination in ("xe", "tc"):
            self._fields.note(f'{destination} "{text}"')
        else:
            self._groups.end(destination, text)


def _character(number: int) -> str:
    """Numbers above 32767 are written as negative ones; halves of a pair are left out."""
    code = number & 0xFFFF
    return "" if 0xD800 <= code < 0xE000 else chr(code)


def _code_page(number: int) -> str:
    encoding = "utf-8" if number == 65001 else f"cp{number}"
    try:
        codecs.lookup(encoding)
    except LookupError:
        return "cp1252"
    return encoding
