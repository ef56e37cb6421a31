"""Pictures: what they hold beside what they show (REL-14), by a reading of their own structure. The library that makes
clean copies is asked only whether the picture can be shown at all."""

import io
import warnings
from collections.abc import Callable, Mapping

from PIL import Image

from services.publishing.release_check.bitmap import inspect_bitmap
from services.publishing.release_check.bounds import TooLarge, Unreadable
from services.publishing.release_check.gif_blocks import inspect_gif
from services.publishing.release_check.jpeg_segments import inspect_jpeg
from services.publishing.release_check.looking import Look
from services.publishing.release_check.png_chunks import inspect_png
from services.publishing.release_check.recognising import recognise
from services.publishing.release_check.tiff_pages import inspect_tiff
from services.publishing.release_check.webp_chunks import inspect_webp

Structure = Callable[[Look], tuple[int, int]]

_STRUCTURES: Mapping[str, Structure] = {
    "png": inspect_png,
    "jpeg": inspect_jpeg,
    "gif": inspect_gif,
    "tiff": inspect_tiff,
    "bmp": inspect_bitmap,
    "webp": inspect_webp,
}
_CHECKED_BY_STRUCTURE = ("png",)
"""Kinds whose rows were unpacked and counted already."""


def inspect(look: Look) -> None:
    """Note what a picture gives away. Raises `Unreadable` for one that cannot be shown, and `TooLarge` for one whose
    header declares too many pixels, before any of them is unpacked."""
    kind = recognise(look.data, look.name)
    width, height = _STRUCTURES[kind](look)
    if not width or not height:
        raise Unreadable("is a picture with a broken structure")
    if width * height > look.bounds.limits.pixels:
        raise TooLarge(f"{width} × {height} pixels")
    _show(look, kind)


def _show(look: Look, kind: str) -> None:
    with warnings.catch_warnings():
        # The pixels were counted above; details that are broken are findings above.
        warnings.simplefilter("ignore")
        try:
            with Image.open(io.BytesIO(look.data), formats=[kind.upper()]) as picture:
                if kind in _CHECKED_BY_STRUCTURE:
                    picture.verify()
                else:
                    picture.load()
        except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
            raise Unreadable(f"is a picture that cannot be shown ({type(error).__name__})") from None
