"""Colours of a spreadsheet's fonts and fills, and which of them cannot be told apart."""

import colorsys
from collections.abc import Sequence
from typing import Any

from services.publishing.release_check.markup import all_named, attribute, local

Colour = tuple[int, int, int]

BLACK: Colour = (0, 0, 0)
WHITE: Colour = (255, 255, 255)
LEAST_CONTRAST = 1.15
"""Of two colours of which one can be read upon the other: 1 is the same colour, 21 is black upon white. Grey that is
meant to be read has more; the lightest grey of the palette upon white has 1.12."""


def _rgb(written: str) -> Colour:
    """The last six digits; those before them are how opaque it is, which Excel does not heed."""
    try:
        number = int(written[-6:], 16)
    except ValueError:
        return BLACK
    return number >> 16, number >> 8 & 255, number & 255


def _colours(written: str) -> tuple[Colour, ...]:
    return tuple(_rgb(each) for each in written.split())


_THEME_ORDER = ("lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink")
_AUTOMATIC_FONT, _AUTOMATIC_FILL = 64, 65
_INDEXED = _colours(
    "000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF "
    "000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF "
    "800000 008000 000080 808000 800080 008080 C0C0C0 808080 9999FF 993366 FFFFCC CCFFFF 660066 FF8080 0066CC CCCCFF "
    "000080 FF00FF FFFF00 00FFFF 800080 800000 008080 0000FF 00CCFF CCFFFF CCFFCC FFFF99 99CCFF FF99CC CC99FF FFCC99 "
    "3366FF 33CCCC 99CC00 FFCC00 FF9900 FF6600 666699 969696 003366 339966 003300 333300 993300 993366 333399 333333"
)
_OFFICE_THEME = _colours("FFFFFF 000000 E7E6E6 44546A 4472C4 ED7D31 A5A5A5 FFC000 5B9BD5 70AD47 0563C1")


class Palette:
    """The colours that a workbook refers to by number: those of its theme, and the old indexed ones, which a workbook
    may have changed."""

    def __init__(self, theme: Any = None, styles: Any = None) -> None:
        self._theme = list(_OFFICE_THEME) if theme is None else _theme_colours(theme)
        changed = [] if styles is None else _changed(styles)
        self._indexed = [*changed, *_INDEXED[len(changed) :]]

    def colour(self, element: Any, automatic: Colour) -> Colour:
        """What a colour element says, with its tint; `automatic` where it says nothing that is known."""
        found = self._named(element, automatic)
        try:
            tint = float(attribute(element, "tint") or 0)
        except ValueError:
            return found
        return _tinted(found, tint) if tint else found

    def _named(self, element: Any, automatic: Colour) -> Colour:
        rgb, theme, indexed = (attribute(element, name) for name in ("rgb", "theme", "indexed"))
        if rgb:
            return _rgb(rgb)
        if theme.isdigit() and int(theme) < len(self._theme):
            return self._theme[int(theme)]
        if indexed.isdigit() and int(indexed) < len(self._indexed):
            return self._indexed[int(indexed)]
        return {str(_AUTOMATIC_FONT): BLACK, str(_AUTOMATIC_FILL): WHITE}.get(indexed, automatic)


def contrast(one: Colour, other: Colour) -> float:
    """As accessibility guidelines reckon it: from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Colour) -> float:
    parts = [each / 255 for each in colour]
    linear = [each / 12.92 if each <= 0.03928 else ((each + 0.055) / 1.055) ** 2.4 for each in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _tinted(colour: Colour, tint: float) -> Colour:
    hue, light, saturation = colorsys.rgb_to_hls(*(each / 255 for each in colour))
    light = light * (1 + tint) if tint < 0 else light + (1 - light) * tint
    red, green, blue = colorsys.hls_to_rgb(hue, min(max(light, 0), 1), saturation)
    return round(red * 255), round(green * 255), round(blue * 255)


def _theme_colours(theme: Any) -> list[Colour]:
    scheme = next(all_named(theme, "clrScheme"), ())
    by_name = {local(slot): next(iter(slot), None) for slot in scheme}
    found = []
    for name, usual in zip(_THEME_ORDER, _OFFICE_THEME, strict=True):
        value = by_name.get(name)
        found.append(usual if value is None else _rgb(attribute(value, "lastClr") or attribute(value, "val")))
    return found


def _changed(styles: Any) -> Sequence[Colour]:
    palette = next(all_named(styles, "indexedColors"), ())
    return [_rgb(attribute(each, "rgb")) for each in palette if local(each) == "rgbColor"][: len(_INDEXED)]
