"""Proposes the parts of a request from its text: preamble, questions with their nesting, and what closes it.

A proposal for an officer to correct, so it follows the marks that the request itself uses and guesses little where
there are none. Nothing is lost: the marks and texts of the proposed parts, put one after the other, are the request
but for white space (VAL-09).
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import count

from services.intake.asking import asks, is_courtesy, signs_off
from services.intake.marks import Mark, Place, read_mark
from services.intake.outline import Outline, ProposedPart

__all__ = ["ProposedPart", "split"]

_SENTENCE = re.compile(r"(?<=[.?!])\s+")


def split(text: str) -> list[ProposedPart]:
    """The parts of the request in its own order; never empty unless the text is."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    marks = _marks(lines)
    if len(marks) < 2:
        marks = _bullets(lines)
    parts = _marked(lines, marks) if marks else _unmarked(lines)
    return _labelled([part for each in parts for part in _row_of_questions(each)])


def _marks(lines: list[str]) -> dict[int, Mark]:
    """The marks by line. A number counts only in its turn, so that a year or an amount at the beginning of a
    line is not taken for one."""
    place = Place()
    found = {}
    labels = set()
    for number, line in enumerate(lines):
        if signs_off(line):  # initials in a signature are no marks
            break
        mark = read_mark(line, place)
        if mark is not None and mark.label not in labels:
            found[number] = mark
            labels.add(mark.label)
            place = mark.place
    return found


_BULLET = re.compile(r"\s*([-*•·–]|o)\s+(?=\S)")


def _bullets(lines: list[str]) -> dict[int, Mark]:
    """Bullets as marks, where a request has two or more and no numbers: the first is question 1."""
    starts = [(number, found) for number, line in enumerate(lines) if (found := _BULLET.match(line))]
    if len(starts) < 2:
        return {}
    return {
        number: Mark(f"{position}", None, found[1], line_from=found.end(), place=Place(number=position))
        for position, (number, found) in enumerate(starts, start=1)
    }


def _marked(lines: list[str], marks: dict[int, Mark]) -> list[ProposedPart]:
    outline = Outline()
    last = max(marks)
    closing = _closing_line(lines, last)
    first = min(marks)
    outline.preamble("\n".join(lines[:first]))
    for number, line in enumerate(lines[first:closing], start=first):
        mark = marks.get(number)
        if mark is not None:
            outline.open(mark, line[mark.line_from :].strip())
        elif not line.strip():
            outline.blank()
        else:
            outline.line(line.rstrip())
    outline.closing("\n".join(lines[closing:]))
    return outline.finished()


def _closing_line(lines: list[str], after: int) -> int:
    """Where the closing begins: at a sign-off, or at the first of the paragraphs of courtesy before it or the end."""
    end = next((n for n in range(after + 1, len(lines)) if signs_off(lines[n])), len(lines))
    starts = [n for n in range(after + 1, end) if lines[n].strip() and not lines[n - 1].strip()]
    for start in reversed(starts):
        stop = next((n for n in range(start, end) if not lines[n].strip()), end)
        if not is_courtesy("\n".join(lines[start:stop])):
            break
        end = start
    return end


def _unmarked(lines: list[str]) -> list[ProposedPart]:
    """Without marks each paragraph that asks is a question; what explains one stays with the one before it."""
    paragraphs = list(_paragraphs(lines))
    if not paragraphs:
        return []
    closing = len(paragraphs)
    for number in reversed(range(1, len(paragraphs))):
        if signs_off(paragraphs[number]):
            closing = number
    while closing > 1 and is_courtesy(paragraphs[closing - 1]):
        closing -= 1
    body = paragraphs[:closing]
    asking = [number for number, paragraph in enumerate(body) if asks(paragraph)] or [len(body) - 1]
    outline = Outline()
    outline.preamble("\n\n".join(body[: asking[0]]))
    for number, paragraph in enumerate(body[asking[0] :], start=asking[0]):
        if number in asking:
            outline.question(paragraph)
        else:
            outline.append(paragraph)
    outline.closing("\n\n".join(paragraphs[closing:]))
    return outline.finished()


def _paragraphs(lines: list[str]) -> Iterator[str]:
    """Paragraphs as blank lines part them; where there are none, as sentences that end with their line do."""
    by_line = not any(not line.strip() for line in "\n".join(lines).strip().split("\n"))
    held: list[str] = []
    for line in lines:
        starts_anew = by_line and held and held[-1].endswith((".", "?", "!", ":", ",")) and not line[:1].islower()
        if held and (starts_anew or signs_off(line) or not line.strip()):
            yield "\n".join(held)
            held = []
        if line.strip():
            held.append(line.strip())
    if held:
        yield "\n".join(held)


def _row_of_questions(part: ProposedPart) -> list[ProposedPart]:
    """A part that announces several questions in a row, as "Please answer: How long? Who decides?", taken apart."""
    lead, colon, rest = part.text.partition(":")
    sentences = _SENTENCE.split(rest.strip())
    if part.kind != "question" or not colon or len(sentences) < 2 or not all(each.endswith("?") for each in sentences):
        return [part]
    head = ProposedPart(part.label, part.parent, part.kind, part.visible_label, lead + colon)
    return [
        head,
        *(ProposedPart("", part.label, "sub_question", None, sentence) for sentence in sentences),
    ]


def _labelled(parts: list[ProposedPart]) -> list[ProposedPart]:
    """The parts with labels for those that the request has not marked: the next free number below their parent."""
    taken = {part.label for part in parts}
    numbers: dict[str | None, Iterator[int]] = defaultdict(lambda: count(1))
    labelled = []
    for part in parts:
        label = part.label or next(
            each for number in numbers[part.parent] if (each := f"{part.parent}.{number}") not in taken
        )
        labelled.append(replace(part, label=label))
    return labelled
