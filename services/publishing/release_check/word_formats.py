"""What Word's formatting of text comes to: the settings of a run or paragraph that can keep text from being seen."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from services.publishing.release_check import alternate_content
from services.publishing.release_check.markup import attribute, holds, local
from services.publishing.release_check.theme_colours import BLACK, WHITE, Theme, hexadecimal, mixed, tinted, unseen

Formatting = Mapping[str, Any]
"""Settings by name: `hidden`, `web_hidden`, `faint` (bool), `colour` (six digits, or `auto`), `size` (points), `width`
(per cent of the usual), `ground` and `highlight` (six digits, "" for none), `line` (exact height in points)."""

LEAST_SIZE = 2
"""In points: smaller text is not there for a reader (REL-03)."""
LEAST_WIDTH = 10
_AUTO = "auto"
_UNITS = {"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "pc": 12.0, "pi": 12.0, "px": 0.75}
_HIGHLIGHTS = {
    "black": BLACK,
    "blue": "0000FF",
    "cyan": "00FFFF",
    "darkBlue": "000080",
    "darkCyan": "008080",
    "darkGray": "808080",
    "darkGreen": "008000",
    "darkMagenta": "800080",
    "darkRed": "800000",
    "darkYellow": "808000",
    "green": "00FF00",
    "lightGray": "C0C0C0",
    "magenta": "FF00FF",
    "red": "FF0000",
    "white": WHITE,
    "yellow": "FFFF00",
}


@dataclass(frozen=True)
class Unseen:
    """Why a reader does not see some content, and the finding that it makes."""

    why: str
    code: str = "hidden_text"
    severity: str = ""


HIDDEN = Unseen("hidden")
TINY = Unseen("too small to read")
FAINT = Unseen("without any colour")
SAME = Unseen("in the colour of its background")
PERHAPS_SAME = Unseen("perhaps in the colour of its background", severity="review")
WEB = Unseen("hidden when shown as a web page", severity="review")


def is_switched_on(element: Any) -> bool:
    """A switch that is on unless its value says otherwise."""
    return attribute(element, "val").lower() not in ("0", "false", "off")


def points(value: str, unit: float = 1.0) -> float | None:
    """A length in points; `unit` is what a bare number counts, in points. None for what is no length."""
    value = value.strip()
    factor = _UNITS.get(value[-2:])
    try:
        return float(value[:-2]) * factor if factor else float(value) * unit
    except ValueError:
        return None


def run_format(properties: Any, theme: Theme) -> dict[str, Any]:
    """The settings in a `w:rPr`."""
    told: dict[str, Any] = {}
    outlined = False
    for each in properties:
        match local(each):
            case "vanish" | "specVanish":
                told["hidden"] = is_switched_on(each)
            case "webHidden":
                told["web_hidden"] = is_switched_on(each)
            case "color":
                told["colour"] = _colour(each, theme)
            case "sz" if (size := points(attribute(each, "val"), 0.5)) is not None:
                told["size"] = size
            case "w" if (width := points(attribute(each, "val").rstrip("%"))) is not None:
                told["width"] = width
            case "shd":
                told["ground"] = shade(each, theme)
            case "highlight":
                told["highlight"] = _HIGHLIGHTS.get(attribute(each, "val"), "")
            case "textFill":
                _take_fill(each, theme, told)
            case "AlternateContent":
                version = alternate_content.shown(each)
                told |= {} if version is None else run_format(version, theme)
            case "textOutline":
                outlined = not any(local(kind) == "noFill" for kind in each)
    if outlined:
        told["faint"] = False
    return told


def paragraph_format(properties: Any, theme: Theme) -> dict[str, Any]:
    """The settings in a `w:pPr` that matter to its text."""
    told: dict[str, Any] = {}
    for each in properties:
        match local(each):
            case "shd":
                told["ground"] = shade(each, theme)
            case "spacing":
                exact = attribute(each, "lineRule") == "exact"
                told["line"] = points(attribute(each, "line"), 1 / 20) if exact else None
    return told


def shade(element: Any, theme: Theme) -> str:
    """The colour of a `w:shd`; "" where it lets through what is behind it."""
    pattern = attribute(element, "val")
    fill = _told(element, "fill", "themeFill", theme)
    if pattern in ("", "nil", "clear"):
        return fill or ""
    front = _told(element, "color", "themeColor", theme) or BLACK
    if pattern == "solid":
        return front
    part = float(pattern[3:]) / 100 if pattern.startswith("pct") and pattern[3:].isdigit() else 0.5
    return mixed(front, fill or WHITE, part)


def why_unseen(told: Formatting, ground: str | None, page: str) -> Unseen | None:
    """Why text with these settings is not seen on this ground, or None where it is. A `ground` of None cannot be told;
    what cannot be seen on the page's own colour is then for somebody to look at."""
    if told.get("hidden"):
        return HIDDEN
    if told.get("faint"):
        return FAINT
    if told.get("size", LEAST_SIZE) < LEAST_SIZE or told.get("width", LEAST_WIDTH) < LEAST_WIDTH:
        return TINY
    if (line := told.get("line")) is not None and line < LEAST_SIZE:
        return TINY
    return _why_same(told, ground, page) or (WEB if told.get("web_hidden") else None)


def _why_same(told: Formatting, ground: str | None, page: str) -> Unseen | None:
    behind = told.get("highlight") or told.get("run_ground") or told.get("ground") or ground
    colour = told.get("colour", _AUTO)
    if colour == _AUTO:
        # Word turns automatic text white on dark shading; under a highlight it stays as it is.
        return SAME if told.get("highlight") and unseen(BLACK, [told["highlight"]]) else None
    if behind is None:
        return PERHAPS_SAME if unseen(colour, [page]) else None
    return SAME if unseen(colour, [behind]) else None


def _take_fill(element: Any, theme: Theme, told: dict[str, Any]) -> None:
    for kind in element:
        if local(kind) == "noFill":
            told["faint"] = True
        elif local(kind) == "solidFill":
            colour, alpha = theme.drawn(kind)
            # Word's own alpha says how transparent, DrawingML's how opaque.
            seethrough = alpha if holds(kind, "alpha") else 0.0
            told["faint"] = seethrough > 0.9
            if colour:
                told["colour"] = colour


def _colour(element: Any, theme: Theme) -> str:
    return _told(element, "val", "themeColor", theme) or _AUTO


def _told(element: Any, plain: str, themed: str, theme: Theme) -> str | None:
    base = theme.named(attribute(element, themed)) if attribute(element, themed) else None
    if base is None:
        return hexadecimal(attribute(element, plain))
    prefix = "themeFill" if themed == "themeFill" else "theme"
    return tinted(base, attribute(element, f"{prefix}Tint"), attribute(element, f"{prefix}Shade"))
