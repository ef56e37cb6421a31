"""Finds where a letter has said what it asks: at its farewell, or at what programs and websites add below it."""

import re
from collections.abc import Collection, Sequence

from services.intake.asking import asks_or_refines, greets, is_courtesy, signs_off, thanks
from services.intake.splitting.blocks import Block

_FURNITURE = re.compile(
    r"^\s*(?:[-_=*]{20,}\s*$|please use this e-?mail address for all replies|disclaimer\b|sent from (?:my|outlook|mail"
    r"|yahoo|samsung)|get outlook for|visible links\s*$|references\s*$|this (?:e-?mail|message)(?: and|,| is| may| has"
    r"|\s*\()|confidentiality\b|\**\s*(?:important )?confidential\w*\s*(?:notice)?\s*[:*]|virus.free\b"
    r"|the information (?:contained )?in this (?:e-?mail|message)|if you are not the intended recipient"
    r"|please consider the environment|if you find this service useful|read the latest advice from the ico)",
    re.IGNORECASE,
)
_LISTED = re.compile(r"\s*(?:[(\[]?\w{1,4}[.)\]:]|[-•*·])\s")


def closing_line(lines: Sequence[str], quoted: Collection[int]) -> int:
    """The line with which everything ends that may ask; the number of lines if there is none."""
    begun = False
    thanked: int | None = None
    for number, line in enumerate(lines):
        if number in quoted or not line.strip():
            continue
        if begun and (_FURNITURE.match(line) or signs_off(line)):
            return number if thanked is None else thanked
        if begun and thanks(line):
            thanked = number if thanked is None else thanked
        elif thanked is not None and (asks_or_refines(line) or _LISTED.match(line)):
            thanked = None  # it was not the end after all
        begun = begun or not greets(line)
    return len(lines) if thanked is None else thanked


def courtesies(found: Sequence[Block]) -> int:
    """How many blocks at the end ask for nothing and are about the request or its writer."""
    number = 0
    for block in reversed(found[1:]):
        if block.kind != "paragraph" or not is_courtesy(block.text):
            break
        number += 1
    return number
