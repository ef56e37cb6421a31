"""Groups of an RTF file beside its text: what each says once it is closed (REL-12, REL-13, REL-14)."""

from services.publishing.release_check.looking import Look
from services.publishing.release_check.properties import is_path
from services.publishing.release_check.report import masked
from services.publishing.release_check.rich_text_destinations import KEPT, REVIEWED, SCRIPTS
from services.publishing.release_check.rich_text_objects import (
    from_hex,
    note_data_store,
    note_object,
    note_picture,
    note_theme,
)
from services.publishing.release_check.rich_text_story import Story

_CROPPED = ("cropFromLeft", "cropFromRight", "cropFromTop", "cropFromBottom")


class Groups:
    """Takes each group with its text. `unknown` are names of groups that nobody knows."""

    def __init__(self, look: Look, story: Story) -> None:
        self.unknown: set[str] = set()
        self._look, self._story = look, story
        self._kept: dict[str, list[str]] = {}
        self._object_kind = self._property = ""
        self._pictures = self._objects = 0

    def end(self, destination: str, text: str) -> None:
        """A group is closed."""
        match destination:
            case "pict":
                self._pictures += 1
                note_picture(self._look, from_hex(text), self._pictures)
            case "objdata":
                self._objects += 1
                note_object(self._look, from_hex(text), self._object_kind, self._objects)
            case "datastore":
                note_data_store(self._look, from_hex(text))
            case "themedata":
                note_theme(self._look, from_hex(text))
            case "objclass":
                self._object_kind = text.strip()
            case "sn":
                self._property = text.strip()
            case "sv":
                self._of_shape(text.strip())
            case _ if text.strip():
                self._kept.setdefault(destination, []).append(text.strip())

    def tell(self) -> None:
        """Note what was kept, one finding for each name."""
        look = self._look
        for name, texts in self._kept.items():
            joined = "; ".join(texts)
            if name in KEPT:
                look.found(KEPT[name], f"group {name}", masked(joined), severity="review" if name in REVIEWED else "")
            elif name in SCRIPTS:
                look.found("vba_macro", f"group {name}", masked(joined))
            elif name == "title":
                look.text("the title", joined)
            elif name == "template" and is_path(joined):
                look.found("attached_template", "the template", masked(joined))
            elif name == "hlinkbase" and is_path(joined):
                look.found("local_path", "the base of its links", masked(joined))
            elif name == "revtbl" and (people := _people(joined)):
                look.found("person", "the table of reviewers", masked(people))
        for name in sorted(self.unknown):
            look.found("unknown_part", f"group {name}")

    def _of_shape(self, value: str) -> None:
        if self._property in _CROPPED and value.lstrip("-").isdecimal() and int(value) > 0:
            self._story.note("cropped_image")
        elif self._property == "fHidden" and value == "1":
            self._story.note("hidden_text", "a hidden shape")
        elif self._property.startswith("wz") and is_path(value):
            self._story.note("alternative_text_path", value)


def _people(told: str) -> str:
    names = (each.strip() for each in told.replace("\n", ";").split(";"))
    return "; ".join(each for each in names if each and each != "Unknown")
