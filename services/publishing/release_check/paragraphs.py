"""Paragraphs by their numbers, as findings name them."""

from collections.abc import Iterable

from services.publishing.release_check.places import Runs

_MOST_PIECES = 8


def paragraphs_described(numbers: Iterable[int]) -> str:
    """`paragraph 4`, or `paragraphs 4 to 12, 20`."""
    runs = Runs()
    for each in numbers:
        runs.add(each)
    pieces = [str(first) if first == last else f"{first} to {last}" for first, last in runs.runs]
    more = len(pieces) - _MOST_PIECES
    listed = ", ".join(pieces[:_MOST_PIECES]) + (f" and {more} more" if more > 0 else "")
    return f"paragraph{'s' if len(pieces) > 1 or ' to ' in listed else ''} {listed}"
