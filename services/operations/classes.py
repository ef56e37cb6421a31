"""Class-data sharing: Java keeps the classes it has loaded in a file, and its next start takes half the time."""

import hashlib
import uuid
from pathlib import Path

from services.operations.java import Java


class ClassArchive:
    """The file for one runtime, one set of options and one set of jars; Java ignores one that does not fit."""

    def __init__(self, folder: Path, java: Java, *made_of: str) -> None:
        digest = hashlib.sha256("\n".join([java.version, *made_of]).encode()).hexdigest()
        self._path = folder / f"classes-{digest[:16]}.jsa"
        self._new = self._path.with_suffix(f".{uuid.uuid4().hex}")

    def option(self) -> str:
        """For Java's command line: use the archive, or write it at the end of this first run."""
        if self._path.exists():
            return f"-XX:SharedArchiveFile={self._path}"
        return f"-XX:ArchiveClassesAtExit={self._new}"

    def keep(self) -> None:
        """After a clean end: put what that run wrote in its place, whole."""
        if self._new.exists():
            self._new.replace(self._path)
