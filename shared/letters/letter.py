"""A letter as it is kept, sent and published: its bytes, and which template in which version wrote them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Letter:
    """One letter in its two forms, UTF-8. `kind` says what it does (`reply`, `extension`), `template` is the id of
    what wrote it (`en.reply`), and `version` counts the changes of that template.

    It names nobody who asked: salutation and covering words belong to whoever sends it.
    """

    kind: str
    template: str
    version: int
    html: bytes
    text: bytes
