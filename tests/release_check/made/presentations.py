"""Presentations made of raw XML."""

from dataclasses import dataclass, field

from tests.release_check.made.packages import HEAD, OFFICE, STRICT_OFFICE, OfficePackage

SLIDES = "http://schemas.openxmlformats.org/presentationml/2006/main"
STRICT_SLIDES = "http://purl.oclc.org/ooxml/presentationml/main"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_NAMESPACES = {
    "a": _DRAWING,
    "r": OFFICE,
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "a14": "http://schemas.microsoft.com/office/drawing/2010/main",
    "p14": "http://schemas.microsoft.com/office/powerpoint/2010/main",
}
_TYPE = "application/vnd.openxmlformats-officedocument.presentationml"
_POINT = 12_700
_MAPPING = (
    '<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3"'
    ' accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/>'
)
THEME = (
    f'<a:theme xmlns:a="{_DRAWING}" name="Office"><a:themeElements><a:clrScheme name="Office">'
    '<a:dk1><a:sysClr val="windowText" lastClr="000000"/></a:dk1>'
    '<a:lt1><a:sysClr val="window" lastClr="FFFFFF"/></a:lt1>'
    '<a:dk2><a:srgbClr val="44546A"/></a:dk2><a:lt2><a:srgbClr val="E7E6E6"/></a:lt2>'
    '<a:accent1><a:srgbClr val="4472C4"/></a:accent1></a:clrScheme></a:themeElements></a:theme>'
)


def solid(colour: str, *, alpha: int = 100_000) -> str:
    """A fill of one colour, by its six digits or its name in the theme."""
    kind = "srgbClr" if len(colour) == 6 else "schemeClr"
    return f'<a:solidFill><a:{kind} val="{colour}"><a:alpha val="{alpha}"/></a:{kind}></a:solidFill>'


def shape(
    text: str,
    *,
    at: tuple[float, float, float, float] | None = (50, 50, 200, 50),
    fill: str = "",
    formatting: str = "",
    hidden: bool = False,
    placeholder: str = "",
    style: str = "",
    turned: int = 0,
) -> str:
    """A shape with one paragraph; `at` is left, top, width and height in points; `formatting` is what stands in its
    `a:rPr`, `placeholder` the attributes of its `p:ph`."""
    place = "" if at is None else _transform(at, f' rot="{turned * 60000}"' if turned else "")
    content = f'<a:r><a:rPr lang="en-GB"{formatting if formatting.startswith(" ") else ""}>'
    content += f"{'' if formatting.startswith(' ') else formatting}</a:rPr><a:t>{text}</a:t></a:r>"
    marked = f"<p:ph {placeholder}/>" if placeholder else ""
    switched = ' hidden="1"' if hidden else ""
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="2" name="Shape"{switched}/><p:cNvSpPr/><p:nvPr>{marked}</p:nvPr></p:nvSpPr>'
        f"<p:spPr>{place}{fill}</p:spPr>{style}<p:txBody><a:bodyPr/><a:lstStyle/>"
        f"<a:p>{content if text else ''}</a:p></p:txBody></p:sp>"
    )


def picture(at: tuple[float, float, float, float], *, descr: str = "", hidden: bool = False) -> str:
    """A picture, whose file is not there."""
    switched = ' hidden="1"' if hidden else ""
    return (
        f'<p:pic><p:nvPicPr><p:cNvPr id="3" name="Picture" descr="{descr}"{switched}/></p:nvPicPr>'
        f"<p:blipFill><a:blip/></p:blipFill><p:spPr>{_transform(at)}</p:spPr></p:pic>"
    )


def group(*shapes: str, at: tuple[float, float, float, float], inside: tuple[float, float, float, float]) -> str:
    """A group at a place, whose shapes count in the coordinates of `inside`."""
    left, top, width, height = (round(each * _POINT) for each in inside)
    child = f'<a:chOff x="{left}" y="{top}"/><a:chExt cx="{width}" cy="{height}"/></a:xfrm>'
    return (
        '<p:grpSp><p:nvGrpSpPr><p:cNvPr id="4" name="Group"/></p:nvGrpSpPr>'
        f"<p:grpSpPr>{_transform(at).replace('</a:xfrm>', child)}</p:grpSpPr>{''.join(shapes)}</p:grpSp>"
    )


def table(*rows: tuple[str, ...], cell_attributes: str = "") -> str:
    """A table; `cell_attributes` are those of its last cell."""
    cells = [
        [f"<a:tc><a:txBody><a:p><a:r><a:t>{each}</a:t></a:r></a:p></a:txBody></a:tc>" for each in row] for row in rows
    ]
    cells[-1][-1] = cells[-1][-1].replace("<a:tc>", f"<a:tc {cell_attributes}>")
    lines = "".join(f'<a:tr h="370840">{"".join(row)}</a:tr>' for row in cells)
    return (
        '<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="5" name="Table"/></p:nvGraphicFramePr>'
        f"{_transform((50, 50, 400, 100)).replace('a:xfrm', 'p:xfrm')}"
        f'<a:graphic><a:graphicData uri="{_DRAWING}/table"><a:tbl><a:tblPr/>{lines}</a:tbl></a:graphicData></a:graphic>'
        "</p:graphicFrame>"
    )


def background(colour: str) -> str:
    """What a slide is painted with."""
    return f"<p:bg><p:bgPr>{solid(colour)}</p:bgPr></p:bg>"


def _transform(at: tuple[float, float, float, float], turned: str = "") -> str:
    left, top, width, height = (round(each * _POINT) for each in at)
    return f'<a:xfrm{turned}><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'


@dataclass
class Slide:
    """A slide of some shapes. `notes` are shapes of its notes page, `attributes` stand on its root."""

    shapes: str = field(default_factory=lambda: shape("The force holds the information."))
    background: str = ""
    attributes: str = ""
    notes: str = ""
    after: str = ""
    is_listed: bool = True


@dataclass
class Presentation:
    """A presentation as PowerPoint writes it, 720 by 540 points; take its `bytes`."""

    slides: list[Slide] = field(default_factory=lambda: [Slide()])
    layout: str = ""
    master: str = ""
    master_background: str = ""
    text_styles: str = ""
    tags: str = ""
    more: str = ""
    """What stands in the presentation part after its lists."""
    folder: str = "ppt"
    strict: bool = False

    def package(self) -> OfficePackage:
        """The package, to add parts to."""
        made = OfficePackage()
        main = made.part(f"{self.folder}/presentation.xml", "", f"{_TYPE}.presentation.main+xml")
        made.link("", "officeDocument", main)
        master, layout = f"{self.folder}/slideMasters/slideMaster1.xml", f"{self.folder}/slideLayouts/slideLayout1.xml"
        styles = f"<p:txStyles>{self.text_styles}</p:txStyles>"
        drawn = self._drawn("sldMaster", self.master, self.master_background, after=_MAPPING + styles)
        made.part(master, drawn, f"{_TYPE}.slideMaster+xml")
        made.part(layout, self._drawn("sldLayout", self.layout), f"{_TYPE}.slideLayout+xml")
        made.part(f"{self.folder}/theme/theme1.xml", THEME, "application/vnd.openxmlformats-officedocument.theme+xml")
        made.link(main, "slideMaster", master)
        made.link(master, "theme", f"{self.folder}/theme/theme1.xml")
        made.link(master, "slideLayout", layout)
        made.link(layout, "slideMaster", master)
        listed = "".join(self._add(made, main, layout, number, each) for number, each in enumerate(self.slides, 1))
        if self.tags:
            made.part(f"{self.folder}/tags/tag1.xml", self._root("tagLst", self.tags), f"{_TYPE}.tags+xml")
            made.link(main, "tags", f"{self.folder}/tags/tag1.xml")
        lists = f'<p:sldIdLst>{listed}</p:sldIdLst><p:sldSz cx="9144000" cy="6858000"/>'
        made.parts[main] = self._root("presentation", lists + self.more)
        if self.strict:
            made.links = [(a, b, kind.replace(OFFICE, STRICT_OFFICE), c, d) for a, b, kind, c, d in made.links]
        return made

    def bytes(self) -> bytes:
        """The file."""
        return self.package().bytes()

    def _add(self, made: OfficePackage, main: str, layout: str, number: int, slide: Slide) -> str:
        part = f"{self.folder}/slides/slide{number}.xml"
        drawn = self._drawn("sld", slide.shapes, slide.background, slide.attributes, slide.after)
        made.part(part, drawn, f"{_TYPE}.slide+xml")
        identity = made.link(main, "slide", part)
        made.link(part, "slideLayout", layout)
        if slide.notes:
            notes = f"{self.folder}/notesSlides/notesSlide{number}.xml"
            made.part(notes, self._drawn("notes", slide.notes), f"{_TYPE}.notesSlide+xml")
            made.link(part, "notesSlide", notes)
            made.link(notes, "slide", part)
        return f'<p:sldId id="{255 + number}" r:id="{identity}"/>' if slide.is_listed else ""

    def _drawn(self, root: str, shapes: str, behind: str = "", attributes: str = "", after: str = "") -> str:
        tree = f"<p:spTree><p:nvGrpSpPr/><p:grpSpPr/>{shapes}</p:spTree>"
        return self._root(root, f"<p:cSld>{behind}{tree}</p:cSld>{after}", attributes)

    def _root(self, name: str, content: str, attributes: str = "") -> str:
        spaces = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in _NAMESPACES.items())
        own = STRICT_SLIDES if self.strict else SLIDES
        return f'{HEAD}<p:{name} xmlns:p="{own}"{spaces} {attributes}>{content}</p:{name}>'
