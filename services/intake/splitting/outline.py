"""The parts of a request while they are being found: opened in turn, filled block by block, then named."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

PREAMBLE = "pre"
CONTEXT = "c"
CLOSING = "end"

Kind = Literal["preamble", "context", "question", "closing"]


@dataclass(frozen=True)
class ProposedPart:
    """One part as the request has it. `visible_label` is the request's own mark, `label` the canonical one."""

    label: str
    parent: str | None
    kind: Kind
    visible_label: str | None
    text: str


@dataclass(eq=False)
class Draft:
    """A part in the making. `label` is empty until all are known where the request gives a question no mark;
    `request` counts the requests in one letter, from 1; `marked` tells that the part has a number or letter of its
    own."""

    kind: Kind
    texts: list[str]
    label: str = ""
    parent: "Draft | None" = None
    mark: str | None = None
    request: int = 1
    marked: bool = False
    children: list["Draft"] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n\n".join(self.texts).strip()


def named(drafts: Iterable[Draft]) -> list[ProposedPart]:
    """The parts, each under a label of its own: what has none gets the next free number below its parent."""
    kept = [draft for draft in drafts if draft.text or draft.mark]
    for draft in reversed(kept):
        if draft.kind == "closing":
            draft.label = CLOSING
            break
    prefixed = {draft: _prefix(draft) + draft.label for draft in kept if draft.label}
    taken = set(prefixed.values())
    labels: dict[Draft, str] = dict(prefixed)
    last: dict[str, int] = {}
    for draft in kept:
        if draft in labels:
            continue
        stem = _stem(draft, labels)
        number = last.get(stem, 0) + 1
        while f"{stem}{number}" in taken:
            number += 1
        last[stem] = number
        labels[draft] = f"{stem}{number}"
        taken.add(labels[draft])
    return [
        ProposedPart(labels[each], labels[each.parent] if each.parent else None, each.kind, each.mark, each.text)
        for each in kept
    ]


def _prefix(draft: Draft) -> str:
    return f"R{draft.request}." if draft.request > 1 and draft.kind not in ("closing",) else ""


def _stem(draft: Draft, labels: dict[Draft, str]) -> str:
    if draft.kind == "context":
        return CONTEXT
    if draft.kind == "closing":
        return CLOSING
    return f"{labels[draft.parent]}." if draft.parent else _prefix(draft)
