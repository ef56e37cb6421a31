"""A PDF written anew; where words lie under boxes or are not shown, as pictures of its pages, nothing below."""

import io
from typing import Any

import pikepdf
import pypdfium2

from services.publishing.release_check.cleaning.copying import Copy, Extent, Made, NotCleaned, file_name, stem_of
from services.publishing.release_check.inspection import inspect
from services.publishing.release_check.looking import Look

PDF = "application/pdf"
FLATTENED = (
    "Words lay under boxes or were not shown: the pages are pictures now. Their text can no longer be searched or read "
    "out, so offer it in another form as well (Equality Act 2010, section 20). What the pictures show, everybody sees."
)
_REBUILT = "Attachments, forms, comments, layers, scripts and earlier versions are left out."
_WORDS = "REL-20"
"""What a document says is the officer's to take out; it is no reason to make pictures of its pages."""
_OF_THE_WHOLE = frozenset({"/Type", "/Pages", "/Lang", "/MarkInfo", "/StructTreeRoot", "/ViewerPreferences"})
_OF_A_PAGE = frozenset(
    {"/Type", "/Parent", "/Contents", "/Resources", "/MediaBox", "/CropBox", "/Rotate", "/Tabs", "/StructParents"}
)
_DOTS_PER_INCH, _POINTS_PER_INCH = 150, 72
_MOST_PAGES = 300
_QUALITY = 85


def clean(kind: str, look: Look, form: str) -> Copy:
    """The PDF without anything that its pages do not need; as pictures where that still hides something."""
    name = file_name(stem_of(look.name), "pdf")
    rebuilt, pages = _rebuilt(look.data)
    extent = Extent(number=pages, unit="page", wholes=1, whole="document")
    left = inspect(rebuilt, name, look.policy)
    flat = any(each.severity == "block" and each.rule != _WORDS for each in left.findings)
    data = _flattened(look.data) if flat else rebuilt
    made = Made(name=name, media_type=PDF, data=data)
    return Copy(files=(made,), before=extent, after=extent, warnings=(FLATTENED if flat else _REBUILT,))


def _rebuilt(data: bytes) -> tuple[bytes, int]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for key in set(pdf.Root.keys()) - _OF_THE_WHOLE:
            del pdf.Root[key]
        for page in pdf.pages:
            links = [each for each in page.obj.get("/Annots", []) if _is_plain_link(each)]
            for key in set(page.obj.keys()) - _OF_A_PAGE:
                del page.obj[key]
            if links:
                page.obj.Annots = pdf.make_indirect(pikepdf.Array(links))
        for key in list(pdf.trailer.keys()):
            if key not in ("/Root", "/Size"):
                del pdf.trailer[key]
        written = io.BytesIO()
        pdf.save(written, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        return written.getvalue(), len(pdf.pages)


def _is_plain_link(annotation: Any) -> bool:
    """A link to a page on the web or to an address, as anybody can see it."""
    action = annotation.get("/A")
    address = str(action.get("/URI", "")) if isinstance(action, pikepdf.Dictionary) else ""
    return annotation.get("/Subtype") == "/Link" and address.startswith(("https://", "http://", "mailto:"))


def _flattened(data: bytes) -> bytes:
    pictures = []
    document = pypdfium2.PdfDocument(data)
    try:
        if len(document) > _MOST_PAGES:
            raise NotCleaned(f"It has words under boxes and more than {_MOST_PAGES} pages: take it apart first.")
        for page in document:
            bitmap = page.render(scale=_DOTS_PER_INCH / _POINTS_PER_INCH, may_draw_forms=False)
            picture = bitmap.to_pil().convert("RGB")
            written = io.BytesIO()
            picture.save(written, "JPEG", quality=_QUALITY)
            pictures.append((page.get_size(), picture.size, written.getvalue()))
            bitmap.close()
            page.close()
    finally:
        document.close()
    return _of_pictures(pictures)


def _of_pictures(pictures: list[tuple[tuple[float, float], tuple[int, int], bytes]]) -> bytes:
    with pikepdf.new() as pdf:
        pdf.Root.Lang = pikepdf.String("en-GB")
        for (width, height), (across, down), jpeg in pictures:
            image = pikepdf.Stream(
                pdf,
                jpeg,
                Type=pikepdf.Name.XObject,
                Subtype=pikepdf.Name.Image,
                Width=across,
                Height=down,
                ColorSpace=pikepdf.Name.DeviceRGB,
                BitsPerComponent=8,
                Filter=pikepdf.Name.DCTDecode,
            )
            page = pdf.add_blank_page(page_size=(width, height))
            page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Page=image))
            drawn = f"q {width:.3f} 0 0 {height:.3f} 0 0 cm /Page Do Q".encode()
            page.obj.Contents = pikepdf.Stream(pdf, drawn)
        written = io.BytesIO()
        pdf.save(written, deterministic_id=True)
        return written.getvalue()
