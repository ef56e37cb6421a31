"""An Office Open XML package: parts found by following relationships, never by where they usually are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from posixpath import normpath
from typing import Any
from urllib.parse import unquote

from services.publishing.release_check.bounds import Unreadable
from services.publishing.release_check.container import Container
from services.publishing.release_check.looking import Look
from services.publishing.release_check.markup import all_named, attribute, read_xml

CONTENT_TYPES = "[Content_Types].xml"


@dataclass(frozen=True, kw_only=True)
class Relationship:
    """`kind` is the last segment of the relationship's type (`worksheet`, `pivotCacheDefinition`), the same in Strict
    and Transitional; `target` is a part's name, or an address when it is `external`."""

    id: str
    kind: str
    target: str
    external: bool


class Package:
    """The parts of a package and how they hang together. Raises `Unreadable` where it has no main part."""

    def __init__(self, container: Container, look: Look) -> None:
        self.container = container
        self.look = look
        self._read: dict[str, tuple[Relationship, ...]] = {}
        self._by_folded = {name.lower(): name for name in container.names}
        if CONTENT_TYPES not in container:
            raise Unreadable("is no Office package: it does not list its parts")
        self._types = self._content_types()
        self.main = next((each.target for each in self.relationships("") if each.kind == "officeDocument"), "")
        if self.main not in container:
            raise Unreadable("is no Office package: it has no main part")

    def content_type(self, part: str) -> str:
        """The part's declared type; "" where there is none."""
        by_name, by_ending = self._types
        return by_name.get(part.lower()) or by_ending.get(part.rpartition(".")[2].lower(), "")

    def relationships(self, part: str) -> tuple[Relationship, ...]:
        """Where a part points; "" is the package itself. Targets are parts' names as the archive has them."""
        if part not in self._read:
            self._read[part] = self._relationships(part)
        return self._read[part]

    def related(self, part: str, *kinds: str) -> tuple[Relationship, ...]:
        """The relationships of these kinds."""
        return tuple(each for each in self.relationships(part) if each.kind in kinds)

    def parts(self, *kinds: str) -> tuple[str, ...]:
        """Every part that a relationship of one of these kinds leads to, whatever else leads to it."""
        return tuple(dict.fromkeys(part for kind in kinds for part in self._by_kind.get(kind, ())))

    def xml(self, part: str) -> Any:
        """A part's root element. Raises `Unreadable`, also where the part is not there."""
        if part not in self.container:
            raise Unreadable(f"refers to a part that it does not hold: {part}")
        return read_xml(self.container.read(part), part)

    @cached_property
    def reachable(self) -> Mapping[str, str]:
        """Every part that some relationship leads to, with the kind by which it was first reached."""
        found: dict[str, str] = {}
        waiting = [("", "")]
        while waiting:
            part, _ = waiting.pop()
            for each in self.relationships(part):
                if not each.external and each.target in self.container and each.target not in found:
                    found[each.target] = each.kind
                    waiting.append((each.target, each.kind))
        return found

    @cached_property
    def _by_kind(self) -> Mapping[str, Sequence[str]]:
        found: dict[str, list[str]] = {}
        for source in ("", *self.reachable):
            for each in self.relationships(source):
                if not each.external and each.target in self.container:
                    found.setdefault(each.kind, []).append(each.target)
        return found

    @property
    def orphans(self) -> tuple[str, ...]:
        """Parts that nothing refers to, the package's own furniture left out."""
        furniture = {CONTENT_TYPES, *(name for name in self.container.names if name.lower().endswith(".rels"))}
        return tuple(name for name in self.container.names if name not in self.reachable and name not in furniture)

    def _content_types(self) -> tuple[dict[str, str], dict[str, str]]:
        by_name: dict[str, str] = {}
        by_ending: dict[str, str] = {}
        for each in all_named(read_xml(self.container.read(CONTENT_TYPES), CONTENT_TYPES), "Override", "Default"):
            if each.get("PartName") is not None:
                by_name[unquote(each.get("PartName")).lstrip("/").lower()] = each.get("ContentType", "")
            else:
                by_ending[each.get("Extension", "").lower()] = each.get("ContentType", "")
        return by_name, by_ending

    def _relationships(self, part: str) -> tuple[Relationship, ...]:
        folder, _, name = part.rpartition("/")
        rels = self._by_folded.get(f"{folder}/_rels/{name}.rels".lstrip("/").lower())
        if rels is None:
            return ()
        root = read_xml(self.container.read(rels), rels)
        return tuple(self._relationship(each, folder) for each in all_named(root, "Relationship"))

    def _relationship(self, element: Any, folder: str) -> Relationship:
        external = attribute(element, "TargetMode").lower() == "external"
        target = attribute(element, "Target")
        if not external:
            path = unquote(target.partition("#")[0])
            whole = path if path.startswith("/") else f"{folder}/{path}"
            target = normpath(f"/{whole}").lstrip("/")
            target = self._by_folded.get(target.lower(), target)
        kind = attribute(element, "Type").rstrip("/").rpartition("/")[2]
        return Relationship(id=attribute(element, "Id"), kind=kind, target=target, external=external)
