"""Every letter that the tests render, by name."""

from datetime import date
from functools import cache

import pytest

from shared.letters import notice, replies
from shared.letters.letter import Letter
from shared.letters.pdf import pdf
from tests.letters.notices import GIVEN
from tests.letters.replies import ALL

ON = date(2026, 6, 15)
LETTERS: dict[str, Letter] = {
    **{name: replies.render(reply, ON) for name, reply in ALL.items()},
    **{name: notice.render(given, on) for name, (given, on) in GIVEN.items()},
}


@cache
def pdf_of(name: str) -> bytes:
    """The letter as PDF, made once for all the tests that run in one process."""
    return pdf(LETTERS[name])


in_one_process = pytest.mark.xdist_group("letters as PDF")
"""For tests that look at many letters as PDF: each is made once."""
