"""Every letter that the tests render, by name."""

from datetime import date

from shared.letters import notice, replies
from shared.letters.letter import Letter
from tests.letters.notices import GIVEN
from tests.letters.replies import ALL

ON = date(2026, 6, 15)
LETTERS: dict[str, Letter] = {
    **{name: replies.render(reply, ON) for name, reply in ALL.items()},
    **{name: notice.render(given, on) for name, (given, on) in GIVEN.items()},
}
