"""Reads citations as people write them into the canonical text of the provisions (EXM-01, EXM-09).

"s.31(1)(a)", "Section 31 (1) (a)", "31(1)(a)(b)", "sections 24(1) and 31(1)(a), (b)", "40(2) and 40(3A)(a)" and
"s24(1) – National security" are all understood. What is incomplete, no longer law or unreadable is refused with what
to write instead.
"""

import re
from collections.abc import Iterator

from shared.law.exemptions import CATALOGUE, PROVISIONS, REPEALED, CitationError, provision

LONGEST = 500
"""Characters; more than every limb of any exemption written out."""

# The title of an exemption after its number says nothing more; ranges ("(a) to (c)", "(a)-(c)") and "or" are refused,
# because a refusal notice has to specify each exemption (section 17(1)(b)).
_TITLES = "|".join(re.escape(each.title) for each in CATALOGUE.values())
_TITLE = re.compile(rf"[\s:–—-]*\(?\s*(?:{_TITLES})(?!\w)\s*\)?", re.IGNORECASE)
_TOKEN = re.compile(
    r"""
    (?P<noise>(?:[\s,;&+/.§]|\b(?:and|of|the|sections?|sec|ss?|foia|act|freedom\ of\ information|2000)\b)+)
    | (?:sections?|sec|ss?)?(?P<section>\d{1,3}[a-z]?)(?![a-z0-9])
    | \(\s*(?P<label>\d{1,2}[a-z]?|[a-z]{1,4})\s*\)
    """,
    re.IGNORECASE | re.VERBOSE,
)


def _prefixes(text: str) -> Iterator[str]:
    """Every provision that holds this one, from its section down to itself."""
    steps = text.split("(")
    return ("(".join(steps[: n + 1]) for n in range(len(steps)))


_KNOWN = frozenset(prefix for text in (*PROVISIONS, *REPEALED) for prefix in _prefixes(text))


def parse(text: str) -> tuple[str, ...]:
    """The canonical provisions that `text` cites, in its order, each once, at least one.

    Raises CitationError for anything that is not wholly a list of complete, current provisions.
    """
    if len(text) > LONGEST:
        raise CitationError(text[:40], f"the citation is longer than {LONGEST} characters", "cite the provisions alone")
    cited: list[str] = []
    for kind, value in _tokens(text):
        if kind == "section":
            cited.append(value.upper())
        elif cited:
            _continue(cited, value.upper() if value[0].isdigit() else value.lower())
        else:
            problem = f"({value}) stands before any section"
            raise CitationError(text, problem, "write the section first, such as 31(1)(a)")
    if not cited:
        raise CitationError(text, "nothing is cited", "write a section with its limb, such as 31(1)(a)")
    return tuple(dict.fromkeys(provision(each).text for each in cited))


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    plain = _TITLE.sub(" ", text)
    position = 0
    while position < len(plain):
        match = _TOKEN.match(plain, position)
        if match is None:
            problem = f"“{plain[position : position + 40]}” cannot be read as a citation"
            raise CitationError(text, problem, "write every provision out in full, such as 31(1)(a), 31(1)(b)")
        position = match.end()
        if match.lastgroup in ("section", "label"):
            yield match.lastgroup, match[match.lastgroup]


def _continue(cited: list[str], label: str) -> None:
    """Adds a bracket below the last citation if the Act has that limb, else beside it ("31(1)(a)(b)"), else below."""
    last = cited[-1]
    places = reversed(list(_prefixes(last)))
    place = next((each for each in places if f"{each}({label})" in _KNOWN), last)
    if place == last:
        cited[-1] = f"{last}({label})"
    else:
        cited.append(f"{place}({label})")
