"""A TIFF picture read directory by directory (REL-14)."""

from collections.abc import Mapping

from services.publishing.release_check import exif
from services.publishing.release_check.bounds import Unreadable
from services.publishing.release_check.exif import Directories, Field
from services.publishing.release_check.looking import Look
from services.publishing.release_check.picture_notes import inspect_photoshop, inspect_xmp

_PREVIEW = 0x1


def inspect_tiff(look: Look) -> tuple[int, int]:
    """Note what its directories hold, further pages among them, and bytes that none of them refers to. The width and
    height in pixels of the largest page."""
    directories = Directories(look.data, is_file=True)
    pages = list(directories.chain())
    if not pages:
        raise Unreadable("is a picture with a broken structure")
    for number, page in enumerate(pages, 1):
        _inspect_page(look, directories, page, f"page {number}" if len(pages) > 1 else "the picture")
    if len(pages) > 1:
        look.found("layered_image", f"the picture has {len(pages)} pages")
    if lost := directories.uncovered():
        look.found("trailing_data", f"{lost} bytes that belong to no page")
    return max((_size(each) for each in pages), key=lambda size: size[0] * size[1])


def _inspect_page(look: Look, directories: Directories, page: Mapping[int, Field], where: str) -> None:
    told = dict(page)
    for tag, code in ((exif.PHOTOSHOP_LAYERS, "layered_image"), (exif.IPTC, "picture_details")):
        if tag in told:
            look.found(code, where, f"{len(told.pop(tag).raw)} bytes")
    if exif.XMP in told:
        inspect_xmp(look, told.pop(exif.XMP).raw, where)
    if exif.PHOTOSHOP in told:
        inspect_photoshop(look, told.pop(exif.PHOTOSHOP).raw, where)
    if _values(told, exif.KIND_OF_PAGE)[:1] == (_PREVIEW,):
        look.found("thumbnail", where)
    if exif.SUB_DIRECTORIES in told:
        look.found("layered_image", f"{where} has pictures below it")
        for offset in _values(told, exif.SUB_DIRECTORIES):
            _cover_picture(directories, directories.at(offset))
    exif.inspect_fields(look, directories, told, where)
    _cover_picture(directories, page)


def _cover_picture(directories: Directories, page: Mapping[int, Field]) -> None:
    for offsets, lengths in exif.OFFSETS_AND_LENGTHS:
        for offset, length in zip(_values(page, offsets), _values(page, lengths), strict=False):
            directories.cover(offset, length)


def _values(page: Mapping[int, Field], tag: int) -> tuple[int, ...]:
    return page[tag].values if tag in page else ()


def _size(page: Mapping[int, Field]) -> tuple[int, int]:
    width, height = _values(page, exif.WIDTH), _values(page, exif.HEIGHT)
    if not width or not height:
        raise Unreadable("is a picture with a broken structure")
    return width[0], height[0]
