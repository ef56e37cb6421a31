"""Small files that would grow without end, or lead out of where they are read."""

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile
import zlib

from tests.release_check.made.archives import zipped
from tests.release_check.made.packages import HEAD, OfficePackage

_LOCAL, _CENTRAL, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def zeros_packed(megabytes: int) -> bytes:
    """That many megabytes of zeros as a deflated stream of a thousandth."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    piece = bytes(1024 * 1024)
    return b"".join([*(packer.compress(piece) for _ in range(megabytes)), packer.flush()])


def zip_of(name: str, packed: bytes, size: int, *, times: int = 1, crc: int = 0) -> bytes:
    """An archive whose list names one stream `times` times and says that it is of this size."""
    about = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 33, crc, len(packed), size, len(name), 0)
    local = _LOCAL + about + name.encode() + packed
    listed = (_CENTRAL + struct.pack("<H", 20) + about + struct.pack("<HHHII", 0, 0, 0, 0, 0) + name.encode()) * times
    count = min(times, 0xFFFF)
    return local + listed + _END + struct.pack("<HHHHIIH", 0, 0, count, count, len(listed), len(local), 0)


def zip_in_zip(depth: int) -> bytes:
    """An archive in an archive in an archive."""
    inner = zipped({"end.txt": "the end\n"})
    for number in range(depth):
        inner = zipped({f"{number}.zip": inner})
    return inner


def wide_zip(width: int) -> bytes:
    """An archive of many archives."""
    inner = zipped({"end.txt": "the end\n"})
    return zipped({f"{number}.zip": inner for number in range(width)})


def zip_with_link(name: str, target: str) -> bytes:
    """An archive with a symbolic link."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        entry = zipfile.ZipInfo(name, (2026, 1, 5, 9, 0, 0))
        entry.create_system = 3
        entry.external_attr = 0o120777 << 16
        archive.writestr(entry, target)
    return made.getvalue()


def tar_of(*entries: tarfile.TarInfo) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        for each in entries:
            archive.addfile(each, io.BytesIO(bytes(each.size)))
    return made.getvalue()


def tar_with_link(name: str, target: str) -> bytes:
    """A tape archive with a symbolic link."""
    entry = tarfile.TarInfo(name)
    entry.type, entry.linkname = tarfile.SYMTYPE, target
    return tar_of(entry)


def squeezed(kind: str, megabytes: int) -> bytes:
    """A single stream of zeros: gzip, bzip2 or xz."""
    zeros = bytes(megabytes * 1024 * 1024)
    packs = {"gzip": lambda data: gzip.compress(data, 9), "bzip2": bz2.compress, "xz": lzma.compress}
    return packs[kind](zeros)


def document(body: str, declared: str = "") -> bytes:
    """A Word document of this body, with declarations before its root."""
    package = OfficePackage()
    xml = f'{HEAD}{declared}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    package.link("", "officeDocument", package.part("word/document.xml", xml, MAIN))
    return package.bytes()


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def laughing(levels: int = 12) -> str:
    """Entities of entities: ten to the power of the levels in the end."""
    lines = ['<!ENTITY a0 "ha">']
    lines += [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, levels)]
    return f"<!DOCTYPE lol [{''.join(lines)}]>"


def quadratic(length: int = 50_000) -> str:
    """One long entity, to be used many times."""
    return f'<!DOCTYPE lol [<!ENTITY a11 "{"a" * length}">]>'


def outside(address: str) -> str:
    """An entity that is somewhere else."""
    return f'<!DOCTYPE lol [<!ENTITY a11 SYSTEM "{address}">]>'


def pdf_of(*objects: bytes) -> bytes:
    """A PDF of these objects, the first one its catalogue."""
    made, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    return made + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)


def stream(data: bytes, about: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (about, len(data), data)


def pdf_with_bomb(megabytes: int, rounds: int = 1) -> bytes:
    """A page whose content is a stream of that many megabytes, packed `rounds` times."""
    data = zlib.compress(bytes(megabytes * 1024 * 1024), 9)
    for _ in range(rounds - 1):
        data = zlib.compress(data, 9)
    filters = b"/Filter[%s]" % (b"/FlateDecode" * rounds)
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<<>>>>"
    pages = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    return pdf_of(b"<</Type/Catalog/Pages 2 0 R>>", pages, page, stream(data, filters))


def pdf_with_runs(megabytes: int) -> bytes:
    """A page whose content is one letter over and over in LZW, each code a longer run than the one before."""
    bits, count = ["100000000"], 0
    while count < megabytes * 1024 * 1024:
        for number in range(4096 - 258):
            code, width = (257 + number, min(12, (258 + number).bit_length())) if number else (65, 9)
            bits.append(f"{code:0{width}b}")
            count += number + 1
        bits.append("000100000000")
    packed = "".join(bits)
    data = int(packed + "0" * (-len(packed) % 8), 2).to_bytes((len(packed) + 7) // 8, "big")
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<<>>>>"
    pages = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    return pdf_of(b"<</Type/Catalog/Pages 2 0 R>>", pages, page, stream(data, b"/Filter/LZWDecode"))


def pdf_with_object_stream_bomb(megabytes: int) -> bytes:
    """An object stream of that many megabytes, and nothing but spaces in it."""
    text = b"5 0 " + b" " * (megabytes * 1024 * 1024) + b"<</Type/Catalog/Pages 2 0 R>>"
    about = b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>"
    pages = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    head = b"%PDF-1.7\n"
    made, places = head, []
    for number, each in ((2, pages), (3, page), (4, stream(zlib.compress(text, 9), about))):
        places.append((number, len(made)))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    start = len(made)
    rows = b"\0\0\0\0\0\0" + b"\1\0\0\0\0\0" * 0
    rows += b"\0\0\0\0\0\0"
    rows += b"".join(b"\1" + place.to_bytes(4, "big") + b"\0" for _, place in places)
    rows += b"\2" + (4).to_bytes(4, "big") + b"\0"
    rows += b"\1" + start.to_bytes(4, "big") + b"\0"
    table = stream(rows, b"/Type/XRef/Size 7/W[1 4 1]/Root 5 0 R")
    return made + b"6 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (table, start)


def pdf_with_pages(number: int) -> bytes:
    """That many times the same empty page."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>"
    pages = b"<</Type/Pages/Kids[%s]/Count %d>>" % (b"3 0 R " * number, number)
    return pdf_of(b"<</Type/Catalog/Pages 2 0 R>>", pages, page)


def pdf_in_a_circle() -> bytes:
    """A tree of pages that is its own branch."""
    return pdf_of(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R]/Count 1/Parent 2 0 R>>")


def pdf_whose_tables_lead_in_a_circle() -> bytes:
    """A table of objects that names itself as the one before."""
    whole = pdf_with_pages(1)
    start = whole.rindex(b"xref\n0")
    return whole.replace(b"/Root 1 0 R>>", b"/Root 1 0 R/Prev %d>>" % start)


def huge_png(side: int = 50_000) -> bytes:
    """A picture of side times side pixels in a few hundred bytes, as its header says."""
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b""))
    packed = (
        len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big") for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


def huge_gif(side: int = 50_000) -> bytes:
    return b"GIF89a" + struct.pack("<HHBBB", side, side, 0, 0, 0) + b";"
