"""How a letter names things in running English: questions, provisions, days, documents, lists."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import combinations
from typing import Any, Literal

from shared.contracts.response import KINDS_OF_DOCUMENT
from shared.law.calendar import in_words
from shared.law.cost import ACTIVITIES, in_hours, in_pounds
from shared.law.exemptions import provision

SATURDAY = 5


def joined(items: Iterable[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    *first, last = items
    return f"{', '.join(first)} and {last}" if first else last


def questions(labels: Sequence[str]) -> str:
    """`question 1a`, `questions 1a, 1b and 7`."""
    return f"question{'s' if len(labels) > 1 else ''} {joined(labels)}"


def sections(citations: Sequence[str]) -> str:
    """`section 24(1)`, `sections 24(1) and 31(1)(a)`."""
    return f"section{'s' if len(citations) > 1 else ''} {joined(citations)}"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def day(written: str) -> str:
    """`3 March 2026` for `2026-03-03`."""
    read = date.fromisoformat(written)
    return f"{read.day} {read:%B %Y}"


def size(length: int) -> str:
    """A document's length in bytes as people read it."""
    if length < 1_000:
        return f"{length} bytes"
    return f"{length / 1_000:.0f} kB" if length < 1_000_000 else f"{length / 1_000_000:.1f} MB"


def kind(media_type: str) -> str:
    return KINDS_OF_DOCUMENT[media_type]


def number(count: int) -> str:
    """`1,240`."""
    return f"{count:,}"


def activity(code: str) -> str:
    """What an activity that regulation 4(3) lets us count is called."""
    return ACTIVITIES[code].title


def title(citation: str) -> str:
    """The title of the section that a provision stands in."""
    return provision(citation).exemption.title


def about(citation: str) -> str:
    """What a provision protects, in a few words."""
    return provision(citation).about


def needing_harm(citations: Iterable[str]) -> list[str]:
    """Those that apply because of the harm that would be done."""
    return [each for each in citations if provision(each).harm_required]


def by_kind(citations: Iterable[str]) -> list[str]:
    """Those that apply to a kind of information, whatever the harm."""
    return [each for each in citations if not provision(each).harm_required]


def qualified(citations: Iterable[str]) -> list[str]:
    """Those that yield to the public interest."""
    return [each for each in citations if provision(each).qualified]


def absolute(citations: Iterable[str]) -> list[str]:
    """Those that the public interest does not come into."""
    return [each for each in citations if not provision(each).qualified]


def alternatives(citations: Iterable[str]) -> list[tuple[str, str]]:
    """The pairs of sections that cannot both apply to the same information, so that one stands for the other
    (EXM-05). To neither confirm nor deny they may stand together (EXM-06)."""
    exemptions = {
        provision(each).section: provision(each).exemption for each in citations if not provision(each).is_ncnd
    }
    return [
        (one.section, other.section)
        for one, other in combinations(exemptions.values(), 2)
        if other.section in one.exclusive_with
    ]


def confirming(citations: Iterable[str]) -> bool:
    """Whether they are grounds to neither confirm nor deny."""
    return any(provision(each).is_ncnd for each in citations)


def weekdays(skipped: Iterable[tuple[date, str]]) -> list[tuple[date, str]]:
    """Those days that are no Saturday and no Sunday."""
    return [(each, why) for each, why in skipped if each.weekday() < SATURDAY]


def paragraphs(text: str) -> list[tuple[Literal["list", "lines"], list[str]]]:
    """A text as it was typed, in blocks: an empty line ends a block, and lines that begin with "- " are a list."""
    blocks: list[tuple[Literal["list", "lines"], list[str]]] = []
    going_on: str | None = None
    for line in map(str.strip, text.split("\n")):
        kind: Literal["list", "lines"] = "list" if line.startswith("- ") else "lines"
        if line and kind != going_on:
            blocks.append((kind, []))
        if line:
            blocks[-1][1].append(line.removeprefix("- ").strip())
        going_on = kind if line else None
    return blocks


FILTERS: dict[str, Callable[..., Any]] = {
    each.__name__: each
    for each in (
        joined,
        questions,
        sections,
        capital,
        day,
        size,
        kind,
        number,
        activity,
        title,
        about,
        needing_harm,
        by_kind,
        qualified,
        absolute,
        alternatives,
        confirming,
        weekdays,
        paragraphs,
        in_words,
        in_hours,
        in_pounds,
    )
}
"""What the templates use of all this."""
