"""The codes of number formats, taken apart."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import isfinite

GENERAL = "General"
BUILT_IN: Mapping[int, str] = {
    0: GENERAL,
    **dict(enumerate(("0", "0.00", "#,##0", "#,##0.00"), 1)),
    **dict(enumerate(("£#,##0", "£#,##0", "£#,##0.00", "£#,##0.00", "0%", "0.00%", "0.00E+00", "# ?/?", "# ??/??"), 5)),
    **dict(enumerate(("dd/mm/yyyy", "d-mmm-yy", "d-mmm", "mmm-yy", "h:mm AM/PM", "h:mm:ss AM/PM", "h:mm"), 14)),
    **dict(enumerate(("h:mm:ss", "dd/mm/yyyy h:mm"), 21)),
    **dict(enumerate(("#,##0;(#,##0)", "#,##0;(#,##0)", "#,##0.00;(#,##0.00)", "#,##0.00;(#,##0.00)"), 37)),
    **dict(enumerate(("#,##0", "£#,##0", "#,##0.00", "£#,##0.00", "mm:ss", "[h]:mm:ss", "mm:ss.0", "0.0E+0", "@"), 41)),
}
"""The formats that files name by number alone, as a British Excel shows them."""

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_(?P<space>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General)|(?P<half>AM/PM|A/P)|(?P<exponent>E[+-])|(?P<date>y+|m+|d+|h+|s+(?:\.0+)?)"
    r"|(?P<text>@)|(?P<digit>[0#?])|(?P<point>\.)|(?P<scale>(?<=[0#?]),+(?![0#?,]))|(?P<comma>,)|(?P<percent>%)|(?P<slash>/)|(?P<literal>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"\s*(<=|>=|<>|<|>|=)\s*(-?(?:\d+\.?\d*|\.\d+)(?:E[+-]?\d+)?)\s*", re.IGNORECASE)
_CURRENCY = re.compile(r"\$([^-\]]*)(?:-.*)?")
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
LITERALS = ("quoted", "escaped", "space", "fill", "literal")
Token = tuple[str, str]


@dataclass(frozen=True)
class Section:
    """One of the parts of a format between semicolons."""

    tokens: tuple[Token, ...]
    operator: str = ""
    bound: float = 0.0

    @cached_property
    def kinds(self) -> frozenset[str]:
        return frozenset(kind for kind, _ in self.tokens)

    @cached_property
    def date_letters(self) -> frozenset[str]:
        """Of y, m, d, h and s those that it shows."""
        return frozenset(text[0].lower() for kind, text in self.tokens if kind == "date")

    @cached_property
    def is_constant(self) -> bool:
        """Whether it shows the same whatever the value is."""
        return not self.kinds & {"general", "date", "elapsed", "digit", "text"}

    def accepts(self, value: float) -> bool:
        """Whether its own condition holds."""
        return {
            "<": value < self.bound,
            "<=": value <= self.bound,
            ">": value > self.bound,
            ">=": value >= self.bound,
            "=": value == self.bound,
            "<>": value != self.bound,
        }.get(self.operator, False)


@lru_cache(maxsize=4096)
def sections(code: str) -> tuple[Section, ...]:
    """The parts of a format code, at most four."""
    found: list[Section] = []
    tokens: list[Token] = []
    operator, bound = "", 0.0
    for match in _TOKEN.finditer(code):
        kind, text = str(match.lastgroup), str(match.group(match.lastgroup or 0))
        if kind == "literal" and text == ";":
            found.append(Section(tuple(tokens), operator, bound))
            tokens, operator, bound = [], "", 0.0
        elif kind != "bracket":
            tokens.append((kind, text))
        elif condition := _CONDITION.fullmatch(text):
            operator, bound = condition[1], float(condition[2])
        elif currency := _CURRENCY.fullmatch(text):
            tokens.append(("quoted", currency[1]))
        elif _ELAPSED.fullmatch(text):
            tokens.append(("elapsed", text.lower()))
    found.append(Section(tuple(tokens), operator, bound))
    return tuple(found[:4])


def literal(kind: str, text: str) -> str:
    """What a token shows that is no place for a part of the value; "" for one that is."""
    if kind == "space":
        return " "
    return text if kind in (*LITERALS, "slash", "percent", "point", "comma") else ""


def general(value: float) -> str:
    """A number without a format."""
    if not isfinite(value):
        return str(value)
    if value == int(value) and abs(value) < 1e11:
        return str(int(value))
    return f"{value:.10g}".replace("e+", "E+").replace("e-", "E-")
