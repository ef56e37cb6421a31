"""Diagrams in documents and presentations."""

from services.publishing.release_check.bounds import Bounds
from services.publishing.release_check.looking import Look
from services.publishing.release_check.word import inspect
from tests.release_check.checking import POLICY, checked, codes
from tests.release_check.made.documents import Document
from tests.release_check.made.presentations import Presentation

_SPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"'
    ' xmlns:dsp="http://schemas.microsoft.com/office/drawing/2008/diagram"'
)
_DRAWING = "http://schemas.microsoft.com/office/2007/relationships/diagramDrawing"


def with_diagram(made: Document | Presentation, source: str, words: str, drawn: str) -> bytes:
    """A file whose part `source` shows a diagram that says `words`, with a kept drawing that says `drawn`."""
    package = made.package()
    text = "<a:p><a:r><a:t>{}</a:t></a:r></a:p>"
    point = f"<dgm:ptLst><dgm:pt><dgm:t>{text.format(words)}</dgm:t></dgm:pt></dgm:ptLst>"
    data = package.part("diagrams/data1.xml", f"<dgm:dataModel {_SPACES}>{point}</dgm:dataModel>")
    shape = f"<dsp:spTree><dsp:sp><dsp:txBody>{text.format(drawn)}</dsp:txBody></dsp:sp></dsp:spTree>"
    drawing = package.part("diagrams/drawing1.xml", f"<dsp:drawing {_SPACES}>{shape}</dsp:drawing>")
    identity = package.link(source, "diagramData", data)
    anchor = f'<dgm:relIds xmlns:dgm="urn:diagram" r:dm="{identity}"/>'
    for end in ("<w:sectPr>", "</p:spTree>"):
        package.parts[source] = str(package.parts[source]).replace(end, f"{anchor}{end}")
    package.link(source, _DRAWING, drawing)
    return package.bytes()


def test_the_kept_drawing_of_a_diagram_that_says_something_else_blocks() -> None:
    document = with_diagram(Document(), "word/document.xml", "Receive", "Name of a witness")
    assert "alternate_content" in codes(checked(document, "a.docx"), "block")
    slides = with_diagram(Presentation(), "ppt/slides/slide1.xml", "Receive", "Name of a witness")
    assert "alternate_content" in codes(checked(slides, "a.pptx"), "block")


def test_a_diagram_is_told_as_text_and_does_not_block() -> None:
    data = with_diagram(Document(), "word/document.xml", "Receive", "Receive ")
    assert codes(checked(data, "a.docx"), "block") == set()
    look = Look(name="a.docx", data=data, policy=POLICY, bounds=Bounds(POLICY.limits), descend=lambda *_: None)
    inspect(look)
    assert ("body, diagrams", "Receive") in look.texts
