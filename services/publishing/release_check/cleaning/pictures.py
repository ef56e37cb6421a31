"""A picture painted anew: its points and nothing of what was written beside them (REL-14)."""

import io

from PIL import Image, ImageOps

from services.publishing.release_check.cleaning.copying import Copy, Extent, Made, file_name, stem_of
from services.publishing.release_check.looking import Look

_FORMATS = {"jpeg": ("JPEG", "jpg", "image/jpeg")}
_USUAL = ("PNG", "png", "image/png")
_QUALITY = 90


def clean(kind: str, look: Look, form: str) -> Copy:
    """The first picture of the file, upright as its camera meant it; a JPEG as JPEG, all others as PNG."""
    way, ending, media_type = _FORMATS.get(kind, _USUAL)
    with Image.open(io.BytesIO(look.data)) as source:
        frames = getattr(source, "n_frames", 1)
        upright = ImageOps.exif_transpose(source)
        painted = upright.convert("RGB" if way == "JPEG" or "A" not in upright.getbands() else "RGBA")
    bare = Image.frombytes(painted.mode, painted.size, painted.tobytes())
    written = io.BytesIO()
    bare.save(written, way, **({"quality": _QUALITY} if way == "JPEG" else {}))
    made = Made(name=file_name(stem_of(look.name), ending), media_type=media_type, data=written.getvalue())
    warnings = ("Only the first of its pictures is kept.",) if frames > 1 else ()
    return Copy(files=(made,), before=_extent(frames), after=_extent(1), warnings=warnings)


def _extent(frames: int) -> Extent:
    return Extent(number=frames, unit="picture", wholes=1, whole="file")
