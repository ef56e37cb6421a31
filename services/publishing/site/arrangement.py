"""The parts of a reply in the order in which a reader meets them: each question with what is asked below it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from shared.contracts.response import AnsweredPart, Attachment, Reasons, Response


@dataclass
class Question:
    """A part that was decided, and the parts below it that its decision answers too.

    `reasons_at` and `other_at` name an earlier question whose reasons are the very same, so that they are read once;
    they are empty where the reasons are told here.
    """

    part: AnsweredPart
    below: list[AnsweredPart] = field(default_factory=list)
    reasons_at: str = ""
    other_at: str = ""
    documents: tuple[Attachment, ...] = ()


@dataclass
class Aside:
    """Words of the request that ask nothing by themselves."""

    part: AnsweredPart


def arranged(response: Response) -> list[Question | Aside]:
    """Every part of the reply, once."""
    questions: dict[str, Question] = {}
    told: dict[Reasons, str] = {}
    told_of_other: dict[Reasons, str] = {}
    by_label = {part.label: part for part in response.parts}
    blocks: list[Question | Aside] = []
    for part in response.parts:
        if part.outcome:
            block = Question(part, documents=tuple(one for one in response.attachments if part.label in one.parts))
            block.reasons_at = _earlier(told, part.reasons, part.label)
            block.other_at = _earlier(told_of_other, part.other_information, part.label)
            questions[part.label] = block
            blocks.append(block)
        elif above := next((label for label in _above(part, by_label) if label in questions), None):
            questions[above].below.append(part)
        else:
            blocks.append(Aside(part))
    return blocks


def _earlier(told: dict[Reasons, str], reasons: Reasons | None, label: str) -> str:
    """The label of an earlier question with these reasons; notes them as told by this one where there is none."""
    if reasons is None or told.setdefault(reasons, label) == label:
        return ""
    return told[reasons]


def _above(part: AnsweredPart, by_label: Mapping[str, AnsweredPart]) -> Iterator[str]:
    """The labels above a part, the nearest first."""
    passed = {part.label}
    label = part.parent
    while label and label not in passed:
        yield label
        passed.add(label)
        label = by_label[label].parent if label in by_label else ""
