"""A letter as PDF/UA-1: tagged, so that a screen reader can read it, and the same bytes for the same letter."""

from functools import cache
from importlib.resources import files

from weasyprint import HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

from shared.letters.letter import Letter

FONTS = {"font:LiberationSans-Regular.ttf", "font:LiberationSans-Bold.ttf"}
"""All that may be fetched."""


def pdf(letter: Letter) -> bytes:
    """The letter's page on A4. It needs no network, and no font of the machine: the fonts come with Candour."""
    page = letter.html.decode().replace("</head>", f"<style>\n{_style()}</style>\n</head>", 1)
    made: bytes = HTML(string=page, url_fetcher=_OwnFonts()).write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True)
    return made


class _OwnFonts(URLFetcher):
    """Serves the fonts that lie beside this file, and refuses every other address: no text can reach out."""

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        if url not in FONTS:
            raise ValueError(f"a letter fetches nothing but its fonts, not {url}")
        font = files(__package__) / "fonts" / url.removeprefix("font:")
        return URLFetcherResponse(url, body=font.read_bytes(), headers={"Content-Type": "font/ttf"})


@cache
def _style() -> str:
    return (files(__package__) / "looks" / "pdf.css").read_text(encoding="utf-8")
