"""What an inspector is given: a file to look at, and where to put what it sees."""

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

from services.publishing.release_check.bounds import Bounds
from services.publishing.release_check.catalogue import CATALOGUE
from services.publishing.release_check.policy import Policy
from services.publishing.release_check.report import Finding


@dataclass(frozen=True, kw_only=True)
class Table:
    """Visible cells as they are shown, row by row; `where` names the sheet or the table. Short rows are padded by
    whoever reads them."""

    where: str
    rows: Sequence[Sequence[str]]

    @cached_property
    def cells(self) -> Set[str]:
        """Everything that stands in it, each once: a large table is mostly asked what it says and seldom where."""
        return set(chain.from_iterable(self.rows))

    @cached_property
    def words(self) -> Sequence[str]:
        """The cells that are more than a plain number such as 12 or 0.5: most of a large table is no word."""
        return [each for each in self.cells if each and not each.replace(".", "", 1).isdecimal()]


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """Visible running text of a document. `level` is 1 to 6 for a heading, 0 for a paragraph, and -1 for an item of a
    list."""

    text: str
    level: int = 0


@dataclass(kw_only=True)
class Look:
    """One file under inspection. Inspectors call its methods; nothing else of them counts.

    `text` and `table` take what a reader of the file sees, for the checks of what it says (REL-20, REL-22); hidden
    content is a finding by itself. A table's cells need not be told as text as well.
    """

    name: str
    data: bytes
    policy: Policy
    bounds: Bounds
    within: str = ""
    """Where the file is, when it is inside another one: `letter.docx › `."""
    depth: int = 0
    descend: Callable[["Look", str, bytes], None]
    earlier: Sequence[Table] = ()
    """Tables that were released before, for differencing (REL-23)."""
    findings: list[Finding] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    face: list[Paragraph | Table] = field(default_factory=list)
    """What a document's body shows, in its order: what a clean copy is rebuilt from."""
    exact: bool = False
    """Have every cell of a workbook told exactly as it is shown, for a clean copy: a number format may hide digits."""

    def found(self, code: str, where: str, excerpt: str = "", *, severity: str = "") -> None:
        """Note a finding; `severity` only where it is not the code's own. Mask the excerpt where it is content."""
        grave = severity or CATALOGUE[code].severity
        self.findings.append(Finding(code=code, severity=grave, where=f"{self.within}{where}", excerpt=excerpt))

    def text(self, where: str, text: str) -> None:
        """Visible running text: a paragraph, a page, a text box."""
        if text.strip():
            self.texts.append((f"{self.within}{where}", text))

    def table(self, where: str, rows: Sequence[Sequence[str]]) -> None:
        """A visible table."""
        self.tables.append(Table(where=f"{self.within}{where}", rows=rows))

    def inside(self, name: str, data: bytes) -> None:
        """Inspect a file that is embedded in this one, under its name; its findings become this file's."""
        self.descend(self, name, data)
