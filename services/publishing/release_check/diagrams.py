"""Diagrams of Word, PowerPoint and Excel (SmartArt): their words, and a stale drawing that says something else."""

from services.publishing.release_check.looking import Look
from services.publishing.release_check.markup import all_named, text_of
from services.publishing.release_check.package import Package
from services.publishing.release_check.report import masked


def inspect(package: Package, part: str, where: str, look: Look) -> None:
    """Tell the words of the diagrams that a part shows; note what only their kept drawings say (REL-11)."""
    said: list[str] = []
    for each in package.related(part, "diagramData"):
        said += _paragraphs(package, each.target)
    if said:
        look.text(f"{where}, diagrams", "\n".join(said))
    drawn = [text for each in package.related(part, "diagramDrawing") for text in _paragraphs(package, each.target)]
    known = {"".join(text.split()) for text in said}
    stale = [text for text in drawn if "".join(text.split()) not in known and text.strip() != "[Text]"]
    if stale:
        look.found("alternate_content", f"{where}, the kept drawing of a diagram", masked(" / ".join(stale)))


def _paragraphs(package: Package, part: str) -> list[str]:
    texts = ("".join(text_of(run) for run in all_named(each, "t")) for each in all_named(package.xml(part), "p"))
    return [text for text in texts if text.strip()]
