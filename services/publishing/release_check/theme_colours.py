"""Colours of text and of what is behind it, as Word and PowerPoint write them, and whether the one can be seen on the
other."""

import colorsys
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from PIL import ImageColor

from services.publishing.release_check.markup import all_named, attribute, local

WHITE, BLACK = "FFFFFF", "000000"
LEAST_CONTRAST = 1.2
"""Below this ratio text is as good as not there; the palest grey that is meant to be read on white has 1.4."""

_HEX = re.compile(r"[0-9A-Fa-f]{6}")
_SLOTS = {
    "background1": "lt1",
    "background2": "lt2",
    "text1": "dk1",
    "text2": "dk2",
    "bg1": "lt1",
    "bg2": "lt2",
    "tx1": "dk1",
    "tx2": "dk2",
    "light1": "lt1",
    "light2": "lt2",
    "dark1": "dk1",
    "dark2": "dk2",
    "hyperlink": "hlink",
    "followedHyperlink": "folHlink",
}
_USUAL = {"lt1": WHITE, "dk1": BLACK}
_WHOLE = 100_000
_WHOLE_TURN = 21_600_000


def hexadecimal(value: str) -> str | None:
    """Six digits in capitals; None for `auto` and whatever else is no colour."""
    return value.upper() if _HEX.fullmatch(value) else None


class Theme:
    """The colours of a document by their slots. `mapping` says which slot a document means by `bg1`, `tx1` and so on,
    where that is not the usual."""

    def __init__(self, root: Any | None = None, mapping: Mapping[str, str] | None = None) -> None:
        self._mapping = {name: _SLOTS.get(slot, slot) for name, slot in (mapping or {}).items()}
        self._colours: dict[str, str] = {}
        for scheme in [] if root is None else list(all_named(root, "clrScheme"))[:1]:
            for slot in scheme:
                for choice in slot:
                    if (colour := _plain(choice)) is not None:
                        self._colours[local(slot)] = colour

    def named(self, name: str) -> str | None:
        """The colour that goes by this name in a document: `accent1`, `background1`, `tx2`."""
        slot = self._mapping.get(name) or _SLOTS.get(name, name)
        return self._colours.get(slot) or _USUAL.get(slot)

    def drawn(self, holder: Any) -> tuple[str | None, float]:
        """The colour inside a DrawingML element such as `solidFill`, and how opaque it is, 0 to 1; the colour is None
        where it cannot be told."""
        for choice in holder:
            if local(choice).endswith("Clr"):
                colour = self.named(attribute(choice, "val")) if local(choice) == "schemeClr" else _plain(choice)
                return _modified(colour, choice) if colour else None, _opacity(choice)
        return None, 1.0


def tinted(colour: str, tint: str, shade: str) -> str:
    """A theme's colour as Word lightens or darkens it; `tint` and `shade` are two hexadecimal digits or empty."""
    hue, light, saturation = colorsys.rgb_to_hls(*_parts(colour))
    try:
        if shade:
            light *= int(shade, 16) / 255
        if tint:
            light = light * int(tint, 16) / 255 + 1 - int(tint, 16) / 255
    except ValueError:
        return colour
    return _written(*colorsys.hls_to_rgb(hue, light, saturation))


def mixed(front: str, back: str, part: float) -> str:
    """The colour of a pattern seen from afar: `part` of it is the front colour."""
    pairs = zip(_parts(front), _parts(back), strict=True)
    return _written(*(part * one + (1 - part) * other for one, other in pairs))


def unseen(text: str, grounds: Iterable[str]) -> bool:
    """Whether text of this colour cannot be seen on any of these grounds."""
    return all(_contrast(text, ground) < LEAST_CONTRAST for ground in grounds)


@lru_cache(maxsize=4096)
def _contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2, 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _parts(colour))
    return float(0.2126 * red + 0.7152 * green + 0.0722 * blue)


def _plain(choice: Any) -> str | None:
    """A colour that does not depend on the theme."""
    match local(choice):
        case "srgbClr":
            return hexadecimal(attribute(choice, "val"))
        case "sysClr":
            usual = WHITE if attribute(choice, "val") == "window" else BLACK
            return hexadecimal(attribute(choice, "lastClr")) or usual
        case "prstClr":
            name = attribute(choice, "val").lower().removeprefix("dk").removeprefix("lt")
            told = ImageColor.colormap.get(attribute(choice, "val").lower()) or ImageColor.colormap.get(name)
            return hexadecimal(str(told).lstrip("#")) if told else None
        case "scrgbClr":
            return _written(*(_from_linear(_number(attribute(choice, each)) / _WHOLE) for each in ("r", "g", "b")))
        case "hslClr":
            hue, saturation, light = (_number(attribute(choice, each)) for each in ("hue", "sat", "lum"))
            return _written(*colorsys.hls_to_rgb(hue / _WHOLE_TURN, light / _WHOLE, saturation / _WHOLE))
    return None


def _modified(colour: str, choice: Any) -> str:
    hue, light, saturation = colorsys.rgb_to_hls(*_parts(colour))
    for each in choice:
        part = _number(attribute(each, "val")) / _WHOLE
        match local(each):
            case "lumMod" | "shade":
                light *= part
            case "lumOff":
                light += part
            case "tint":
                light = light * part + 1 - part
    return _written(*colorsys.hls_to_rgb(hue, min(max(light, 0.0), 1.0), saturation))


def _opacity(choice: Any) -> float:
    told = [attribute(each, "val") for each in choice if local(each) == "alpha"]
    return _number(told[0]) / _WHOLE if told else 1.0


def _number(value: str) -> float:
    """Hundred-thousandths, or a percentage as Strict files write it."""
    try:
        return float(value[:-1]) * 1000 if value.endswith("%") else float(value)
    except ValueError:
        return float(_WHOLE)


def _from_linear(part: float) -> float:
    part = min(max(part, 0.0), 1.0)
    return float(12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055)


def _parts(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue


def _written(*parts: float) -> str:
    return "".join(f"{round(min(max(each, 0.0), 1.0) * 255):02X}" for each in parts)
