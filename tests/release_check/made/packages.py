"""Office Open XML packages made of parts and relationships."""

from dataclasses import dataclass, field

from tests.release_check.made.archives import zipped

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
MICROSOFT = "http://schemas.microsoft.com/office/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@dataclass
class OfficePackage:
    """Add parts, say what each is related to, and take the bytes.

    `parts` are contents by name; `types` content types by part name; `links` are (source part, "" for the package,
    id, type's whole address or its last segment, target, external).
    """

    parts: dict[str, str | bytes] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    links: list[tuple[str, str, str, str, bool]] = field(default_factory=list)
    defaults: dict[str, str] = field(
        default_factory=lambda: {
            "rels": "application/vnd.openxmlformats-package.relationships+xml",
            "xml": "application/xml",
            "png": "image/png",
            "jpeg": "image/jpeg",
            "bin": "application/vnd.openxmlformats-officedocument.oleObject",
            "vml": "application/vnd.openxmlformats-officedocument.vmlDrawing",
        }
    )

    def part(self, name: str, content: str | bytes, content_type: str = "") -> str:
        """Add a part; its name."""
        self.parts[name] = content
        if content_type:
            self.types[name] = content_type
        return name

    def link(self, source: str, kind: str, target: str, *, external: bool = False) -> str:
        """Relate `source` to `target`, a part's full name or an outside address; the relationship's id."""
        number = f"rId{sum(each[0] == source for each in self.links) + 1}"
        whole = kind if "://" in kind else f"{OFFICE}/{kind}"
        self.links.append((source, number, whole, target if external else f"/{target}", external))
        return number

    def bytes(self) -> bytes:
        """The package."""
        return zipped({"[Content_Types].xml": self._content_types(), **self._relationships(), **self.parts})

    def _content_types(self) -> str:
        defaults = "".join(f'<Default Extension="{key}" ContentType="{kind}"/>' for key, kind in self.defaults.items())
        overrides = "".join(f'<Override PartName="/{part}" ContentType="{kind}"/>' for part, kind in self.types.items())
        return (
            f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            f"{defaults}{overrides}</Types>"
        )

    def _relationships(self) -> dict[str, str]:
        written: dict[str, str] = {}
        outside = ' TargetMode="External"'
        for source in dict.fromkeys(each[0] for each in self.links):
            folder, _, name = source.rpartition("/")
            lines = "".join(
                f'<Relationship Id="{number}" Type="{kind}" Target="{target}"{outside if external else ""}/>'
                for each, number, kind, target, external in self.links
                if each == source
            )
            path = f"{folder}/_rels/{name}.rels".lstrip("/")
            written[path] = f'{HEAD}<Relationships xmlns="{PACKAGE}">{lines}</Relationships>'
        return written
