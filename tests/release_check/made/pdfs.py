"""PDF files as their bytes: objects, streams, cross-reference tables, later revisions."""

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field

CATALOGUE, PAGES, FONT = 1, 2, 3
HEAD = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


def words(text: str, x: float = 72, y: float = 700, size: float = 12, more: str = "") -> str:
    """Content that writes a line at this place, in points from the lower left; `more` goes before it, as `3 Tr`."""
    return f"q BT {more} /F1 {size} Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET Q\n"


def box(x: float, y: float, width: float, height: float, colour: str = "0 g") -> str:
    """Content that fills a rectangle."""
    return f"q {colour} {x} {y} {width} {height} re f Q\n"


def drawn(name: str, x: float, y: float, width: float, height: float) -> str:
    """Content that draws an external object of the page's resources in this rectangle."""
    return f"q {width} 0 0 {height} {x} {y} cm /{name} Do Q\n"


@dataclass
class PdfFile:
    """Add objects and pages, and take the bytes. `catalogue` and `info` are what stands in those dictionaries."""

    catalogue: str = ""
    info: str = ""
    trailer: str = ""
    objects: dict[int, bytes] = field(default_factory=dict)
    page_numbers: list[int] = field(default_factory=list)

    def add(self, body: str, stream: bytes | None = None) -> int:
        """Add an object: a dictionary without its brackets if it has a stream, else all of it. Its number."""
        number = FONT + 1 + len(self.objects)
        self.objects[number] = written(body, stream)
        return number

    def page(self, content: str, resources: str = "", more: str = "", box: str = "0 0 595 842") -> int:
        """Add a page of A4; its object's number."""
        stream = self.add("", content.encode("latin-1"))
        fonts = "" if "/Font " in resources else f"/Font << /F1 {FONT} 0 R >>"
        number = self.add(
            f"<< /Type /Page /Parent {PAGES} 0 R /MediaBox [{box}] /Contents {stream} 0 R {more}"
            f" /Resources << {resources} {fonts} >> >>"
        )
        self.page_numbers.append(number)
        return number

    def picture(self, width: int, height: int, pixels: bytes, more: str = "") -> int:
        """Add a picture of one byte of grey for each pixel; its object's number."""
        return self.add(
            f"/Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceGray"
            f" /BitsPerComponent 8 /Filter /FlateDecode {more}",
            zlib.compress(pixels),
        )

    def all_objects(self) -> dict[int, bytes]:
        """Every object's bytes by its number."""
        kids = " ".join(f"{each} 0 R" for each in self.page_numbers)
        fixed = {
            CATALOGUE: f"<< /Type /Catalog /Pages {PAGES} 0 R {self.catalogue} >>",
            PAGES: f"<< /Type /Pages /Kids [{kids}] /Count {len(self.page_numbers)} >>",
            FONT: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        }
        return {number: body.encode("latin-1") for number, body in fixed.items()} | self.objects

    def bytes(self) -> bytes:
        """The file, in one revision."""
        trailer = f"/Root {CATALOGUE} 0 R {f'/Info << {self.info} >>' if self.info else ''} {self.trailer}"
        return HEAD + section(self.all_objects(), len(HEAD), trailer)


def written(body: str, stream: bytes | None = None) -> bytes:
    """An object's bytes."""
    if stream is None:
        return body.encode("latin-1")
    return f"<< {body} /Length {len(stream)} >>\nstream\n".encode("latin-1") + stream + b"\nendstream"


def section(objects: Mapping[int, bytes], start: int, trailer: str) -> bytes:
    """Objects with their cross-reference table and trailer, as they stand from offset `start` on."""
    made = bytearray()
    offsets = {}
    for number, body in objects.items():
        offsets[number] = start + len(made)
        made += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = start + len(made)
    made += b"xref\n0 1\n0000000000 65535 f \n"
    for number, offset in sorted(offsets.items()):
        made += b"%d 1\n%010d 00000 n \n" % (number, offset)
    size = max(objects, default=0) + 1
    made += f"trailer\n<< /Size {size} {trailer} >>\nstartxref\n{table}\n%%EOF\n".encode("latin-1")
    return bytes(made)


def revised(data: bytes, objects: Mapping[int, bytes], trailer: str = "") -> bytes:
    """The file with these objects added or replaced in a further revision, as programs save quickly."""
    before = re.findall(rb"startxref\s+(\d+)", data)[-1].decode()
    size = max(int(each) for each in re.findall(rb"/Size (\d+)", data))
    root = f"/Root {CATALOGUE} 0 R /Prev {before} {trailer}"
    return data + section(objects, len(data), root).replace(
        b"/Size %d" % (max(objects, default=0) + 1), b"/Size %d" % size, 1
    )


def letter(content: str = "", resources: str = "", more: str = "", **of_file: str) -> bytes:
    """A file of one page that says what a letter says, and `content` after it."""
    made = PdfFile(**of_file)
    made.page(words("Thank you for your request for information.", y=780) + content, resources, more)
    return made.bytes()
