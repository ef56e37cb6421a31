"""ZIP archives as office programs write them, byte for byte under our control."""

import io
import zipfile
from collections.abc import Mapping

DAY = (2026, 1, 5, 9, 0, 0)


def zipped(parts: Mapping[str, str | bytes], *, stored: tuple[str, ...] = ()) -> bytes:
    """An archive of these parts, in this order; the `stored` ones are not packed."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, DAY)
            entry.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return made.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    """The parts of an archive, in its order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {each.filename: archive.read(each) for each in archive.infolist()}
