"""Puts the parts of a reply together as a careful writer would: by outcome, and what is alike said once."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from shared.contracts.response import AnsweredPart, Attachment, Pointer, Reasons, Response

PROCEDURAL = ("cost_refused", "vexatious", "repeated")
"""Outcomes that refuse under section 12 or 14."""


@dataclass(frozen=True)
class Group:
    """Parts that are answered alike, in the order of asking; `first` may speak for all of them."""

    parts: tuple[AnsweredPart, ...]
    documents: tuple[Attachment, ...] = ()

    @property
    def first(self) -> AnsweredPart:
        return self.parts[0]

    @property
    def labels(self) -> list[str]:
        return [part.label for part in self.parts]


@dataclass(frozen=True)
class Refusal:
    """Parts that are refused for the same reasons. `whole` are refused altogether, `rest` beyond what is disclosed."""

    reasons: Reasons
    parts: tuple[AnsweredPart, ...]

    @property
    def labels(self) -> list[str]:
        return [part.label for part in self.parts]

    @property
    def whole(self) -> list[str]:
        return [part.label for part in self.parts if part.outcome != "partly_disclosed"]

    @property
    def rest(self) -> list[str]:
        return [part.label for part in self.parts if part.outcome == "partly_disclosed"]

    @property
    def pointers(self) -> list[tuple[list[str], Pointer]]:
        """Where else to look, for which parts; what is partly disclosed says so beside its answer."""
        found: dict[Pointer, list[str]] = {}
        for part in self.parts:
            if part.pointer is not None and part.outcome in ("withheld", "ncnd"):
                found.setdefault(part.pointer, []).append(part.label)
        return [(labels, pointer) for pointer, labels in found.items()]


@dataclass(frozen=True)
class Grouped:
    """A reply's parts, sorted for the letter."""

    brief: tuple[Group, ...]
    disclosed: tuple[Group, ...]
    partly: tuple[Group, ...]
    accessible: tuple[Group, ...]
    not_held: tuple[Group, ...]
    withheld: tuple[Refusal, ...]
    ncnd: tuple[Refusal, ...]
    other: tuple[Refusal, ...]
    cost: tuple[Group, ...]
    vexatious: tuple[Group, ...]
    repeated: tuple[Group, ...]
    refused: tuple[str, ...]
    beneath: dict[str, list[AnsweredPart]]
    asked: tuple[AnsweredPart, ...]

    @property
    def procedural(self) -> bool:
        """Whether anything is refused under section 12 or 14, which are no exemptions."""
        return bool(self.cost or self.vexatious or self.repeated)


def grouped(response: Response) -> Grouped:
    """Sort the parts of a reply. Each decided part is in exactly one group of its outcome."""
    questions = [part for part in response.parts if part.kind == "question"]
    withheld = [part for part in questions if part.outcome in ("withheld", "partly_disclosed")]
    refused = [part for part in questions if part.reasons or part.other_information or part.outcome in PROCEDURAL]
    return Grouped(
        brief=_alike(questions, _in_brief),
        disclosed=_answered(questions, "disclosed", response),
        partly=_answered(questions, "partly_disclosed", response),
        accessible=_answered(questions, "already_accessible", response),
        not_held=_answered(questions, "not_held", response),
        withheld=_refused(withheld, lambda part: part.reasons),
        ncnd=_refused([part for part in questions if part.outcome == "ncnd"], lambda part: part.reasons),
        other=_refused(questions, lambda part: part.other_information),
        cost=_refused_otherwise(questions, "cost_refused"),
        vexatious=_refused_otherwise(questions, "vexatious"),
        repeated=_refused_otherwise(questions, "repeated"),
        refused=tuple(part.label for part in refused),
        beneath=_beneath(response.parts),
        asked=response.parts,
    )


def _answered(questions: Iterable[AnsweredPart], outcome: str, response: Response) -> tuple[Group, ...]:
    documents = {
        part.label: tuple(each for each in response.attachments if part.label in each.parts) for part in response.parts
    }
    groups = _alike(
        [part for part in questions if part.outcome == outcome],
        lambda part: (
            part.answer,
            part.searches,
            part.pointer,
            part.reasons,
            part.other_information is None,
            documents[part.label],
        ),
    )
    return tuple(Group(group.parts, documents[group.first.label]) for group in groups)


def _in_brief(part: AnsweredPart) -> tuple[Any, ...]:
    provision = part.estimate.provision if part.estimate else ""
    return part.outcome, part.reasons is None, part.other_information is None, provision


def _refused_otherwise(questions: Iterable[AnsweredPart], outcome: str) -> tuple[Group, ...]:
    return _alike(
        [part for part in questions if part.outcome == outcome],
        lambda part: (part.estimate, part.considered, part.earlier, part.advice, part.pointer),
    )


def _alike(parts: Iterable[AnsweredPart], key: Callable[[AnsweredPart], Any]) -> tuple[Group, ...]:
    found: dict[Any, list[AnsweredPart]] = {}
    for part in parts:
        found.setdefault(key(part), []).append(part)
    return tuple(Group(tuple(alike)) for alike in found.values())


def _refused(parts: Iterable[AnsweredPart], grounds: Callable[[AnsweredPart], Reasons | None]) -> tuple[Refusal, ...]:
    found: dict[Reasons, list[AnsweredPart]] = {}
    for part in parts:
        reasons = grounds(part)
        if reasons is not None:
            found.setdefault(reasons, []).append(part)
    return tuple(Refusal(reasons, tuple(alike)) for reasons, alike in found.items())


def _beneath(parts: Sequence[AnsweredPart]) -> dict[str, list[AnsweredPart]]:
    """What is asked within each part; what its wording holds already is not said twice."""
    wordings = {part.label: part.wording for part in parts}
    found: dict[str, list[AnsweredPart]] = {}
    for part in parts:
        inner = part.kind in ("sub_question", "list_item")
        if inner and part.parent in wordings and part.wording not in wordings[part.parent]:
            found.setdefault(part.parent, []).append(part)
    return found
