"""Style sheets of a page, as far as they decide whether something is seen (REL-11)."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from services.publishing.release_check.markup import local

_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.S)
_SIMPLE = re.compile(r"(?P<tag>\*|[a-zA-Z][\w-]*)?(?P<rest>(?:[.#][\w-]+)*)")
_STATES = re.compile(r":(?:hover|focus|active|visited|target|checked|focus-within|focus-visible|disabled)", re.I)
_SPOKEN = re.compile(r"visually-?hidden|sr-only|screen-?reader|skip-?link", re.I)
_LENGTH = re.compile(r"(-?[\d.]+)(px|pt|em|rem|%|cm|mm|in|pc|vw|vh|)$")
_POINTS_PER = {
    "px": 0.75,
    "": 0.75,
    "pt": 1,
    "pc": 12,
    "in": 72,
    "cm": 28.3,
    "mm": 2.83,
    "em": 12,
    "rem": 12,
    "%": 0.12,
}
_CUT_TO_NOTHING = re.compile(r"rect\(\s*[01](?:px)?(?:[\s,]+[01](?:px)?){3}")
_CUT_AWAY = re.compile(r"inset\(\s*(?:[5-9]\d|100)%|circle\(\s*0")
_HIDDEN_FROM_LISTENERS_TOO = ("display", "visibility", "opacity", "font-size")
_SMALLEST_TYPE = 2
"""Points."""
_FAR_LEFT = -500
_DECIDING = frozenset(
    (
        *("display", "visibility", "opacity", "content-visibility", "mso-hide", "transform", "font-size", "color"),
        *("background", "background-color", "position", "left", "top", "right", "bottom", "text-indent"),
        *("margin-left", "margin-top", "clip", "clip-path", "overflow", "overflow-x", "overflow-y"),
        *("width", "height", "max-width", "max-height", "fill-opacity"),
    )
)
_SCREEN = ("", "all", "screen", "only screen")

Declarations = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What a selector's elements are given. `compounds` are its parts from left to right, such as `table`, `.note`."""

    compounds: tuple[str, ...]
    declarations: Declarations


@dataclass(frozen=True, kw_only=True)
class Style:
    """What an element is given, and whether that keeps it from being seen."""

    told: Declarations
    hides: bool


@dataclass
class StyleSheet:
    """The rules of a page's style sheets, for the screen. Of those that hold only for some sizes of window, or whose
    selector cannot be followed, `unfollowed` keeps the ones that would hide something."""

    rules: dict[str, list[Rule]] = field(default_factory=dict)
    unfollowed: list[str] = field(default_factory=list)
    _known: dict[tuple[str, str, str, str], Style] = field(default_factory=dict)

    def add(self, css: str) -> None:
        """Read one more sheet."""
        for medium, selectors, body in _rules(_COMMENT.sub("", css)):
            if not (declarations := declared(body)):
                continue
            if medium.lower() in _SCREEN:
                for selector in selectors.split(","):
                    self._add(" ".join(selector.split()), declarations)
            elif "print" not in medium.lower() and is_hiding(declarations):
                self.unfollowed.append(f"{selectors.strip()} for {medium}")

    def of(self, element: Any) -> Style:
        """What the sheets and its own `style` say of an element. The order of the rules decides, not their weight."""
        own = element.get("style") or ""
        alike = (local(element).lower(), element.get("class") or "", element.get("id") or "", own)
        # Most elements of a page are like thousands of others.
        if (known := self._known.get(alike)) is not None:
            return known
        rules = [rule for key in _keys(*alike[:3]) for rule in self.rules.get(key, ())]
        told: dict[str, str] = {}
        for rule in rules:
            if _matches(element, rule.compounds):
                told.update(rule.declarations)
        told.update(declared(own))
        style = Style(told=told, hides=is_hiding(told))
        if all(len(rule.compounds) == 1 for rule in rules):
            self._known[alike] = style
        return style

    def _add(self, selector: str, declarations: Declarations) -> None:
        if _STATES.search(selector) or "::" in selector:
            return
        compounds = tuple(re.split(r"\s*>\s*|\s+", selector))
        last = _SIMPLE.fullmatch(compounds[-1])
        if not selector or last is None or not all(_SIMPLE.fullmatch(each) for each in compounds):
            if is_hiding(declarations):
                self.unfollowed.append(selector)
            return
        key = re.findall(r"[.#][\w-]+", last["rest"])[-1] if last["rest"] else (last["tag"] or "*").lower()
        self.rules.setdefault(key, []).append(Rule(compounds=compounds, declarations=declarations))


def _keys(name: str, classes: str, number: str) -> Iterator[str]:
    yield from (name, "*", *(f".{each}" for each in classes.split()))
    if number:
        yield f"#{number}"


def declared(body: str) -> dict[str, str]:
    """The properties that decide whether something is seen, and their values, of a block or a `style` attribute."""
    told: dict[str, str] = {}
    for each in body.split(";"):
        name, _, value = each.partition(":")
        if (known := name.strip().lower()) in _DECIDING:
            told[known] = value.replace("!important", "").strip().lower()
    return told


def is_hiding(told: Declarations) -> bool:
    """Whether the declarations keep the element from being seen, colours left out."""
    return bool(
        told.get("display") == "none"
        or told.get("visibility") in ("hidden", "collapse")
        or told.get("mso-hide") in ("all", "screen")
        or _is_nothing(told.get("opacity", ""))
        or told.get("content-visibility") == "hidden"
        or re.search(r"scale[xy3d]*\(\s*0\s*[,)]", told.get("transform", ""))
        or (points(told.get("font-size", "")) or _SMALLEST_TYPE) < _SMALLEST_TYPE
        or _is_nothing(told.get("font-size", ""))
        or _is_out_of_sight(told)
    )


def is_for_screen_readers(element: Any, told: Declarations) -> bool:
    """Whether what is hidden is only kept out of sight, by a class that is for people who listen to the page."""
    if not _SPOKEN.search(element.get("class") or ""):
        return False
    return not is_hiding({name: value for name, value in told.items() if name in _HIDDEN_FROM_LISTENERS_TOO})


def points(value: str) -> float | None:
    """A length in points, as well as it can be told without the page."""
    found = _LENGTH.match(value.strip())
    if found is None or found[2] not in _POINTS_PER:
        return None
    try:
        return float(found[1]) * _POINTS_PER[found[2]]
    except ValueError:
        return None


def _is_nothing(value: str) -> bool:
    number = _LENGTH.match(value)
    return bool(number) and not re.search("[1-9]", number[1] if number else "")


def _is_out_of_sight(told: Declarations) -> bool:
    placed = told.get("position") in ("absolute", "fixed", "relative")
    sides = ("left", "top", "right", "bottom") if placed else ()
    lengths = [points(told.get(name, "")) for name in (*sides, "text-indent", "margin-left", "margin-top")]
    if any(length is not None and length < _FAR_LEFT for length in lengths):
        return True
    if (placed and _CUT_TO_NOTHING.match(told.get("clip", ""))) or _CUT_AWAY.match(told.get("clip-path", "")):
        return True
    cut = "hidden" in (told.get("overflow", ""), told.get("overflow-y", ""), told.get("overflow-x", ""))
    return cut and any(
        (length := points(told.get(name, ""))) is not None and length < 1
        for name in ("width", "height", "max-width", "max-height")
    )


def _rules(css: str) -> Iterator[tuple[str, str, str]]:
    """Medium, selectors and body of every rule; rules inside a condition have that as their medium."""
    at, media = 0, [""]
    while at < len(css):
        opening, closing = css.find("{", at), css.find("}", at)
        if closing != -1 and (opening == -1 or closing < opening):
            if len(media) > 1:
                media.pop()
            at = closing + 1
            continue
        if opening == -1:
            return
        head = css[at:opening].rpartition(";")[2].strip()
        if head.lower().startswith(("@media", "@supports", "@layer", "@container", "@document")):
            media.append(head.partition(" ")[2].strip() if head.lower().startswith("@media") else media[-1])
            at = opening + 1
            continue
        end = closing if closing != -1 else len(css)
        if not head.startswith("@"):
            yield media[-1], head, css[opening + 1 : end]
        at = end + 1


def _matches(element: Any, compounds: Iterable[str]) -> bool:
    *outer, own = compounds
    if not _is(element, own):
        return False
    above = element.getparent()
    for compound in reversed(outer):
        while above is not None and not _is(above, compound):
            above = above.getparent()
        if above is None:
            return False
        above = above.getparent()
    return True


def _is(element: Any, compound: str) -> bool:
    parts = _SIMPLE.fullmatch(compound)
    if parts is None:
        return False
    if parts["tag"] not in (None, "*") and parts["tag"].lower() != local(element).lower():
        return False
    classes = (element.get("class") or "").split()
    return all(
        each[1:] in classes if each[0] == "." else each[1:] == element.get("id")
        for each in re.findall(r"[.#][\w-]+", parts["rest"])
    )
