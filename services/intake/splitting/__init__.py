"""Proposes the parts of a request from its text: preamble, questions with their nesting, and what closes it.

A proposal for an officer to correct, so it follows the marks that the request itself uses and guesses little where
there are none. Nothing is lost: the marks and texts of the proposed parts, put one after the other, are the request
but for white space (VAL-09).
"""

from collections.abc import Collection, Sequence

from services.intake.splitting.blocks import blocks
from services.intake.splitting.farewell import closing_line, courtesies
from services.intake.splitting.numbered import numbered
from services.intake.splitting.numbered_request import NumberedRequest
from services.intake.splitting.outline import Draft, Kind, ProposedPart, named
from services.intake.splitting.quoted import quoted_lines
from services.intake.splitting.requests import requests
from services.intake.splitting.running_marks import broken_at_marks
from services.intake.splitting.unnumbered_request import UnnumberedRequest

__all__ = ["ProposedPart", "split"]


def split(text: str) -> list[ProposedPart]:
    """The parts of the request in its own order; never empty unless the text is."""
    lines = broken_at_marks(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    quoted = quoted_lines(lines)
    drafts: list[Draft] = []
    starts = requests(lines, quoted)
    for start, stop in zip(starts, [*starts[1:], len(lines)], strict=True):
        here = frozenset(number - start for number in quoted if start <= number < stop)
        drafts += _request(lines[start:stop], here, 1 + max((draft.request for draft in drafts), default=0))
    return named(drafts)


def _request(lines: Sequence[str], quoted: Collection[int], request: int) -> list[Draft]:
    """The parts of one request; `request` counts those in the letter."""
    end = closing_line(lines, quoted)
    marks = numbered(lines[:end], quoted)
    found = blocks(lines[:end], marks, quoted)
    if not found:
        return _closing([], lines[end:], quoted, end, request)
    last = len(found) - courtesies(found)
    body = found[:last]
    builder = NumberedRequest(request) if marks else UnnumberedRequest(request)
    drafts = builder.add(body)
    return drafts + _closing([block.text for block in found[last:]], lines[end:], quoted, end, request)


def _closing(courtesy: list[str], lines: Sequence[str], quoted: Collection[int], at: int, request: int) -> list[Draft]:
    """What ends the letter, and what it quotes below its end."""
    drafts = [Draft("closing", courtesy, request=request)]
    for number, line in enumerate(lines, start=at):
        kind: Kind = "context" if number in quoted else "closing"
        if line.strip() and drafts[-1].kind != kind:
            drafts.append(Draft(kind, [], request=request))
        if not drafts[-1].texts:
            drafts[-1].texts.append(line)
        else:
            drafts[-1].texts[-1] += f"\n{line}"
    return drafts
