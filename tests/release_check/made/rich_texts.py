"""RTF files, with what Word and LibreOffice write at the head of every one of them."""

FONTS = (
    r"{\fonttbl{\f0\froman\fprq2\fcharset0 Times New Roman;}"
    r"{\f1\fswiss\fcharset0 Arial{\*\falt Liberation Sans};}}"
)
COLOURS = r"{\colortbl;\red0\green0\blue0;\red255\green255\blue255;\red0\green51\blue102;}"
STYLES = (
    r"{\stylesheet{\ql\fs24 Normal;}{\*\cs10 \additive Default Paragraph Font;}{\*\cs11\v\additive Secret;}"
    r"{\*\ts11\tsrowd Normal Table;}}"
)
FURNITURE = (
    r"{\*\rsidtbl \rsid1\rsid2}{\mmathPr\mmathFont34}{\*\latentstyles\lsdstimax0{\lsdlockedexcept Normal;}}"
    r"{\*\generator Riched20 10.0}"
    r"{\*\listtable{\list{\listlevel{\leveltext\'01\u8226 ?;}{\levelnumbers;}}{\listname ;}}}"
    r"{\*\revtbl {Unknown;}}{\*\pgdsctbl{\pgdsc0 Default;}}{\*\userprops}{\*\template Normal.dotm}"
)


def rtf(body: str, *, info: str = "", head: str = "", behind: bytes = b"") -> bytes:
    """A file with this body."""
    information = r"{\info{\creatim\yr2026\mo1\dy5}" + info + "}"
    text = r"{\rtf1\ansi\ansicpg1252\deff0" + FONTS + COLOURS + STYLES + FURNITURE + information + head + body + "}"
    return text.encode("cp1252") + behind


def paragraph(text: str) -> str:
    """One paragraph; `text` may have control words."""
    return rf"\pard\plain \fs24 {text}\par "


def hexadecimal(data: bytes) -> str:
    """Bytes as pictures and objects have them, in lines."""
    digits = data.hex()
    return "\r\n".join(digits[at : at + 128] for at in range(0, len(digits), 128))
