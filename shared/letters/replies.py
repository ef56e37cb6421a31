"""The reply to a request: rendered from it as data and nothing else, so that it cannot say what was not decided."""

from datetime import date

from shared.contracts.response import Response
from shared.letters.grouping import grouped
from shared.letters.letter import Letter
from shared.letters.writing import write


def render(response: Response, on: date, *, preview: bool = False) -> Letter:
    """The letter that gives this reply, with the particulars of complaint as they stand on a day.

    Raises `Refused` where those, or an authority's, are not known.
    """
    return write("reply", response.authorities, on, response=response, parts=grouped(response), preview=preview)
