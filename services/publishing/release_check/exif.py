"""Exif and TIFF: directories of tagged fields, read by their structure and not by what a picture library makes of
them."""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from services.publishing.release_check.bounds import Unreadable
from services.publishing.release_check.looking import Look

_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
"""Bytes of one value, by the field's type."""
_MOST_FIELDS = 4096
_MOST_DIRECTORIES = 64

EXIF, GPS, INTEROPERABILITY, SUB_DIRECTORIES = 34665, 34853, 40965, 330
MAKER_NOTE, XMP, IPTC, PHOTOSHOP, PHOTOSHOP_LAYERS = 37500, 700, 33723, 34377, 37724
WIDTH, HEIGHT, KIND_OF_PAGE = 256, 257, 254
OFFSETS_AND_LENGTHS = ((273, 279), (324, 325), (513, 514), (288, 289), (519, 0), (520, 0), (521, 0))

# How the picture is stored and shown: nothing of it tells about anybody.
_HOW_IT_IS_STORED = frozenset(
    (
        *(254, 255, 256, 257, 258, 259, 262, 263, 264, 265, 266, 273, 274, 277, 278, 279, 280, 281, 282, 283, 284),
        *(286, 287, 288, 289, 290, 291, 292, 293, 296, 297, 301, 317, 318, 319, 320, 321, 322, 323, 324, 325, 330),
        *(332, 334, 336, 338, 339, 340, 341, 342, 347, 512, 513, 514, 515, 517, 518, 519, 520, 521, 529, 530, 531),
        *(532, 34665, 34675, 36864, 37121, 37122, 40960, 40961, 40962, 40963, 40965, 42240),
    )
)
_NAMES: Mapping[int, str] = {
    269: "document name",
    270: "description",
    271: "make",
    272: "model",
    285: "page name",
    305: "software",
    306: "date",
    315: "artist",
    316: "computer",
    33432: "copyright",
    36867: "date taken",
    36868: "date digitised",
    37510: "user comment",
    40091: "title",
    40092: "comment",
    40093: "author",
    40094: "keywords",
    40095: "subject",
    42016: "picture's id",
    42032: "owner",
    42033: "serial number",
    42037: "serial number of the lens",
}
_PLACE = frozenset((*range(1, 7), *range(19, 29)))
"""Tags of the GPS directory that say a place; the others are its version, clocks and accuracy."""


@dataclass(frozen=True, kw_only=True)
class Field:
    """One tagged field. `values` are numbers of the whole number types, empty for all others; `raw` is the value's
    bytes."""

    tag: int
    raw: bytes
    values: tuple[int, ...]


@dataclass
class Directories:
    """A chain of directories as Exif and TIFF have it. `covered` are the spans of bytes that belong to something. Some
    cameras leave out the pointer to the next directory where theirs is the last bytes: in Exif, not in a TIFF file,
    which without it was cut off.

    Raises `Unreadable` where the structure points outside of the data or in a circle.
    """

    data: bytes
    is_file: bool = False
    covered: list[tuple[int, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        order = {b"II*\x00": "<", b"MM\x00*": ">"}.get(self.data[:4])
        if order is None:
            raise Unreadable("has picture details that cannot be read")
        self._order = order
        self.covered.append((0, 8))
        self._seen: set[int] = set()

    def chain(self) -> Iterator[Mapping[int, Field]]:
        """The main directories: one for each picture, in Exif the second is the preview's."""
        (offset,) = self._numbers("I", 4, 1)
        while offset:
            fields, offset = self._directory(offset)
            yield fields

    def at(self, offset: int) -> Mapping[int, Field]:
        """A directory that a field points to."""
        return self._directory(offset)[0]

    def cover(self, offset: int, length: int) -> None:
        self.covered.append((offset, offset + length))

    def uncovered(self) -> int:
        """How many bytes belong to nothing, those between two values left out that only align them."""
        end, lost = 0, 0
        for start, stop in sorted((*self.covered, (len(self.data), len(self.data)))):
            if start - end > 3 and self.data[end:start].strip(b"\x00"):
                lost += start - end
            end = max(end, stop)
        return lost

    def _directory(self, offset: int) -> tuple[dict[int, Field], int]:
        if offset in self._seen or len(self._seen) >= _MOST_DIRECTORIES * 32:
            raise Unreadable("has picture details that lead in a circle")
        self._seen.add(offset)
        (count,) = self._numbers("H", offset, 1)
        if count > _MOST_FIELDS:
            raise Unreadable("has picture details that cannot be read")
        self.cover(offset, 2 + 12 * count + 4)
        fields = [self._field(offset + 2 + 12 * each) for each in range(count)]
        after = offset + 2 + 12 * count
        left_out = not self.is_file and after + 4 > len(self.data)
        following = 0 if left_out else self._numbers("I", after, 1)[0]
        return {each.tag: each for each in fields}, following

    def _field(self, offset: int) -> Field:
        tag, kind = self._numbers("H", offset, 2)
        (count,) = self._numbers("I", offset + 4, 1)
        size = _SIZES.get(kind, 1) * count
        start = offset + 8
        if size > 4:
            (start,) = self._numbers("I", offset + 8, 1)
            self.cover(start, size)
        if start + size > len(self.data):
            raise Unreadable("has picture details that point outside of it")
        letter = {1: "B", 3: "H", 4: "I", 13: "I"}.get(kind)
        values = self._numbers(letter, start, count) if letter else ()
        return Field(tag=tag, raw=self.data[start : start + size], values=values)

    def _numbers(self, letter: str, offset: int, count: int) -> tuple[int, ...]:
        try:
            return struct.unpack_from(f"{self._order}{count}{letter}", self.data, offset)
        except struct.error:
            raise Unreadable("has picture details that point outside of it") from None


def inspect_exif(look: Look, data: bytes, where: str) -> None:
    """Note what the Exif data of a picture tell (REL-14): `data` from the mark of the byte order on."""
    try:
        directories = Directories(data)
        for number, fields in enumerate(directories.chain()):
            if number == 0:
                inspect_fields(look, directories, fields, where)
            else:
                look.found("thumbnail", f"{where}, Exif")
    except Unreadable:
        look.found("unknown_part", f"{where}, Exif")


def inspect_fields(look: Look, directories: Directories, fields: Mapping[int, Field], where: str) -> None:
    """Note what one directory tells, and those below it."""
    told = dict(fields)
    for pointer in (EXIF, INTEROPERABILITY):
        if pointer in told and told[pointer].values:
            below = directories.at(told[pointer].values[0])
            # The interoperability directory has tags of its own numbering; they only name the standard followed.
            told.update(below if pointer == EXIF else {})
    if MAKER_NOTE in told:
        look.found("maker_notes", f"{where}, Exif", f"{len(told.pop(MAKER_NOTE).raw)} bytes")
    if GPS in told:
        places = told.pop(GPS).values
        if not places or _PLACE & directories.at(places[0]).keys():
            look.found("gps", f"{where}, Exif")
        else:
            look.found("picture_details", f"{where}, Exif", "clock or version of the satellite receiver")
    names = [_NAMES.get(each, f"field {each}") for each in sorted(told.keys() - _HOW_IT_IS_STORED) if told[each].raw]
    if names:
        look.found("picture_details", f"{where}, Exif", ", ".join(dict.fromkeys(names))[:200])
