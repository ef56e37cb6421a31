"""The texts that the cells of a workbook share, and those of them that no cell shows any more (REL-02)."""

from dataclasses import dataclass, field
from typing import Any

from services.publishing.release_check.cell_styles import font_of
from services.publishing.release_check.colours import Colour, Palette
from services.publishing.release_check.looking import Look
from services.publishing.release_check.markup import local, stream
from services.publishing.release_check.package import Package
from services.publishing.release_check.report import masked


@dataclass(frozen=True)
class Run:
    """A stretch of a rich text that has a colour or size of its own."""

    text: str
    colour: Colour | None
    size: float | None


@dataclass(frozen=True, kw_only=True)
class RichText:
    """A cell's text as a reader sees it, the runs that have a look of their own, and what only stands beside it: the
    readings of Japanese words, which hardly any program shows."""

    text: str
    runs: tuple[Run, ...] = ()
    beside: str = ""


@dataclass
class SharedStrings:
    """`texts` by index, `special` those that have runs or readings, and `used` which of them some cell names."""

    part: str = ""
    texts: list[str] = field(default_factory=list)
    special: dict[int, RichText] = field(default_factory=dict)
    used: bytearray = field(default_factory=bytearray)

    def inspect(self, look: Look) -> None:
        """To be called when all sheets were read. A text that is also shown elsewhere gives nothing away."""
        left = [number for number, used in enumerate(self.used) if not used and self.texts[number].strip()]
        shown = {self.texts[number] for number, used in enumerate(self.used) if used} if left else set()
        orphans = list(dict.fromkeys(self.texts[number] for number in left if self.texts[number] not in shown))
        if orphans:
            look.found(
                "orphan_shared_string", f"part {self.part}, {_texts(len(orphans))}", masked("; ".join(orphans[:5]))
            )
        beside = [each.beside for each in self.special.values() if each.beside]
        if beside:
            look.found(
                "orphan_shared_string",
                f"part {self.part}, readings of {_texts(len(beside))}",
                masked("; ".join(beside[:5])),
            )


def read_shared_strings(package: Package, palette: Palette) -> SharedStrings:
    """The workbook's table of texts; an empty one where it has none. Raises `Unreadable`."""
    part = next((each.target for each in package.related(package.main, "sharedStrings") if not each.external), "")
    strings = SharedStrings(part=part)
    if part not in package.container:
        return strings
    for item in stream(package.container, part, "si"):
        if len(item) == 1 and local(item[0]) == "t":
            strings.texts.append(item[0].text or "")
            continue
        read = rich_text(item, palette)
        if read.runs or read.beside:
            strings.special[len(strings.texts)] = read
        strings.texts.append(read.text)
    strings.used = bytearray(len(strings.texts))
    return strings


def rich_text(item: Any, palette: Palette) -> RichText:
    """The text of an `si` or `is` element."""
    text, beside = "", ""
    runs = []
    for each in item:
        name = local(each)
        if name == "t":
            text += each.text or ""
        elif name == "r":
            said = "".join(part.text or "" for part in each if local(part) == "t")
            text += said
            look = next((part for part in each if local(part) == "rPr"), ())
            colour, size = font_of(look, palette)
            if said.strip() and (colour is not None or size is not None):
                runs.append(Run(said, colour, size))
        elif name == "rPh":
            beside += "".join(each.itertext())
    return RichText(text=text, runs=tuple(runs), beside=beside.strip())


def _texts(number: int) -> str:
    return "1 text" if number == 1 else f"{number} texts"
