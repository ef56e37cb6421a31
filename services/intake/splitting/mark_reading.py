"""Reads the mark that a line begins with: `1.`, `1a)`, `Q1(a)(ii)`, `- 1`, `[1]`, `(iv)`, `Question One:`, `Firstly,`.

Only how it is written; whether it is a mark at all is a matter of its place among the others (numbering.py).
"""

import re
from dataclasses import dataclass

ROMANS = (
    *("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"),
    *("xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii", "xix", "xx"),
)
_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
LAST = "last"
"""The name of an ordinal that comes after all others: "Finally," and "Lastly,"."""

_LEAD = re.compile(
    r"[\s>\u200b\ufeff]*(?P<row>\|\s*)?(?:\*\*|__)?(?P<bullet>[-*•·–—]\s+)?(?:\*\*|__)?"
    r"(?:(?P<word>(?:questions?|quest|ques|qn|cwestiwn|item|point|number|no|part|request|q)(?![a-z]{2}))"
    r"[ \u00a0]*[.:-]?\s*"
    r"(?:(?:no|number)\b\.?\s*)?)?(?P<hash>#)?",
    re.IGNORECASE,
)
_NAME = r"\d{1,2}(?!\d)(?:(?:st|nd|rd|th)(?=[.:),]))?|(?:x{0,2}(?:ix|iv|v?i{1,3}|v|x)|x{1,2})(?![a-z])|[a-z](?![a-z])"
_FIRST = re.compile(rf"(?P<open>[(\[{{]?)\s?(?P<name>{_NAME}|(?:{'|'.join(_WORDS)})(?![a-z]))", re.IGNORECASE)
_NEXT = re.compile(
    rf"(?P<join>[.)\]]?\s?[(\[]|\.|\)|[ \u00a0](?=[a-z][.)]\s)|)(?P<name>{_NAME})(?=[\s.:)\]/,–—-]|\(|$|[ivx])",
    re.IGNORECASE,
)
_CLOSE = re.compile(
    r"[)\]}]?(?P<end>(?:\s?[.:)\]/–—-]){0,3})(?:\*\*|__)?(?P<cell>\s*\|)?(?=\s|$|(?<=[.):\]])[A-Z“\"]|(?<=\d[.)])[a-z]{2})"
)
_BELOW = re.compile(r"\s+(?P<open>[(\[]?)(?P<name>[ai1])(?P<end>[.)\]])(?=\s)", re.IGNORECASE)
_ORDINAL = re.compile(
    rf"[\s>*]*(?:and )?(?:(?P<ordinal>{'|'.join(_ORDINALS)})(?P<ly>ly)?|(?P<last>finally|lastly))"
    r"(?P<comma>[,:]| [–-])?(?=\s)",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r"\s*(?:st|nd|rd|th)?\s*(?:(?:jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b|may\b(?=\s*(?:\d|[,.)]|$)))"
    r"|\s*(?:%|per cent|million|billion|thousand|hundred|am\b|pm\b|km|miles?|years?|months?|days?|hours?|weeks?)",
    re.IGNORECASE,
)
_ANSWER = re.compile(r"\s*A:\s*$")  # where the one who asks has left room for the answer
_URL = re.compile(r"\s*(?:https?://|mailto:|www\.)", re.IGNORECASE)
_STARTS_A_QUESTION = re.compile(
    r"\s*(?:how|what|which|who|when|where|why|do|does|did|is|are|was|were|has|have|can|could|would|please|total|copy"
    r"|copies|any|the|if|number|details)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Mark:
    """A mark as it is written. `names` are its numbers, letters and numerals in small letters, the outermost first;
    `style` is what marks of one list have in common; `ends` is where the text begins in the line; `plain` tells that
    the line might as well begin with an amount."""

    names: tuple[str, ...]
    style: str
    written: str
    ends: int
    indent: int
    plain: bool = False
    word: str = ""
    joined: bool = False


def read_mark(line: str) -> Mark | None:
    """The mark that the line begins with, if any."""
    return _ordinal(line) or _mark(line)


def _ordinal(line: str) -> Mark | None:
    found = _ORDINAL.match(line)
    if found is None or not (found["ly"] or found["comma"] or found["last"]):
        return None
    name = LAST if found["last"] else str(_ORDINALS.index(found["ordinal"].lower()) + 1)
    return Mark((name,), "ordinal", found[0].strip(), found.end(), _indent(line))


def _mark(line: str) -> Mark | None:
    lead = _LEAD.match(line)
    assert lead is not None
    first = _FIRST.match(line, lead.end())
    if first is None:
        return None
    word = (lead["word"] or lead["hash"] or "").lower()
    if first["name"].lower() in _WORDS and not word:
        return None
    names, at, joined = _names(line, first)
    close = _CLOSE.match(line, at)
    if close is None or _URL.match(line, close.end()) or _ANSWER.match(line):
        return None
    stop = close.end()
    opened, ended = first["open"], line[at:stop].strip(" \u00a0*_|")
    below = _BELOW.match(line, stop) if len(names) == 1 and names[0].isdigit() and ended else None
    if below is not None and below["name"].lower() != "1":
        names = (*names, below["name"].lower())
        stop = below.end()
    outright = bool(ended or opened or word or (names[0].isdigit() and (lead["bullet"] or lead["row"])))
    if not outright and not _may_be_bare(line, names, stop):
        return None
    style = f"{word[:1]}{opened}{'#' if len(names) == 1 else ''}{ended[:1]}{'A' if first['name'].isupper() else ''}"
    return Mark(
        names,
        style,
        line[:stop].strip(),
        stop,
        _indent(line),
        plain=not outright,
        word=word,
        joined=joined,
    )


def _names(line: str, first: re.Match[str]) -> tuple[tuple[str, ...], int, bool]:
    """The names in a mark, where they end, and whether a letter and a number are written as one, as in A1."""
    name = first["name"].lower()
    names = [str(_WORDS.index(name) + 1) if name in _WORDS else name.rstrip("stndrh").lstrip("0") or name]
    at = first.end()
    joined = False
    while len(names) < 4:
        found = _NEXT.match(line, at)
        if found is None:
            break
        same_kind = found["name"].isdigit() == names[-1].isdigit()
        if not found["join"] and same_kind:
            break
        letters = names[-1].isalpha() and found["name"].isalpha()
        if letters and found["name"].lower() not in ROMANS and not found["join"].endswith(("(", "[")):  # "i.e."
            break
        joined |= not found["join"] and found["name"].isdigit()
        names.append(found["name"].lower())
        at = found.end()
    return tuple(names), at, joined


def _may_be_bare(line: str, names: tuple[str, ...], stop: int) -> bool:
    """Whether a line may begin with a mark without any punctuation: "1 Does your force …" but not "12 dogs"."""
    if not names[0][0].isdigit() or _AMOUNT.match(line, stop):
        return len(names) > 1 and not _AMOUNT.match(line, stop)
    rest = line[stop:].lstrip()
    return len(names) > 1 or rest[:1].isupper() or bool(_STARTS_A_QUESTION.match(rest))


def _indent(line: str) -> int:
    expanded = line.replace("\u00a0", " ").expandtabs(4)
    return len(expanded) - len(expanded.lstrip(" >"))
