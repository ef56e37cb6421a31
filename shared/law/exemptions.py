"""The catalogue of the 24 exemptions and of every provision that may be cited (EXM-01, EXM-02, EXM-07, EXM-09).

The data is `exemptions.toml`, whose head explains each key. A provision is written canonically as the Act numbers it,
without "section" or blanks: `31(1)(a)`, `40(5B)(a)(i)`. `shared.law.citations` reads what people write.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Literal

from shared.law.findings import Severity

Kind = Literal["absolute", "qualified", "mixed"]
Basis = Literal["class", "prejudice", "reasonable opinion"]


@dataclass(frozen=True)
class ForceLimit:
    """Why a police force may not ("B") or seldom should ("W") use an exemption, and what to do instead (EXM-07)."""

    severity: Severity
    reason: str
    next_step: str


@dataclass(frozen=True)
class Exemption:
    """One section of Part II. `limbs` and `ncnd` are canonical provisions; `exclusive_with` are section numbers
    (EXM-05).
    """

    section: str
    title: str
    kind: Kind
    basis: Basis
    harm_required: bool
    limbs: tuple[str, ...]
    ncnd: tuple[str, ...]
    exclusive_with: tuple[str, ...]
    for_forces: ForceLimit | None
    note: str
    source: str


@dataclass(frozen=True)
class Provision:
    """What may be cited: a limb for withholding, or (`is_ncnd`) a ground to neither confirm nor deny.

    `qualified` means that it needs a public interest test; `with_one_of` lists the provisions of which one must stand
    beside it, by `rule`.
    """

    text: str
    exemption: Exemption
    about: str
    is_ncnd: bool
    qualified: bool
    harm_required: bool
    with_one_of: tuple[str, ...]
    rule: str

    @property
    def section(self) -> str:
        return self.exemption.section


class CitationError(ValueError):
    """A citation that specifies no exemption: `cited` as given, the `problem`, the `next_step` and the `rule` behind
    it.
    """

    def __init__(self, cited: str, problem: str, next_step: str, rule: str = "EXM-01") -> None:
        super().__init__(f"{problem}: {next_step}")
        self.cited = cited
        self.problem = problem
        self.next_step = next_step
        self.rule = rule


def _exemption(row: dict[str, Any]) -> Exemption:
    fields = {key: row[key] for key in ("section", "title", "kind", "basis", "harm_required", "note", "source")}
    return Exemption(
        **fields,
        limbs=tuple(limb["text"] for limb in row["limbs"]),
        ncnd=tuple(limb["text"] for limb in row["ncnd"]),
        exclusive_with=tuple(row.get("exclusive_with", ())),
        for_forces=ForceLimit(**row["for_forces"]) if "for_forces" in row else None,
    )


def _provisions(row: dict[str, Any], exemption: Exemption) -> Iterator[Provision]:
    for key in ("limbs", "ncnd"):
        for limb in row[key]:
            qualified = limb["qualified"] if exemption.kind == "mixed" else exemption.kind == "qualified"
            yield Provision(
                text=limb["text"],
                exemption=exemption,
                about=limb["about"],
                is_ncnd=key == "ncnd",
                qualified=qualified,
                harm_required=limb.get("harm_required", exemption.harm_required),
                with_one_of=tuple(limb.get("with_one_of", ())),
                rule=limb.get("rule", "EXM-01"),
            )


_DATA = tomllib.loads(files(__package__).joinpath("exemptions.toml").read_text(encoding="utf-8"))
CATALOGUE: dict[str, Exemption] = {row["section"]: _exemption(row) for row in _DATA["exemption"]}
"""Every exemption by its section number, in the order of the Act."""
PROVISIONS: dict[str, Provision] = {
    each.text: each for row in _DATA["exemption"] for each in _provisions(row, CATALOGUE[row["section"]])
}
"""Every citable provision by its canonical text."""
REPEALED: tuple[str, ...] = tuple(row["text"] for row in _DATA["repealed"])
_NOT_AN_EXEMPTION = {row["section"]: row["instead"] for row in _DATA["not_an_exemption"]}


def provision(text: str) -> Provision:
    """The provision with this canonical text. Raises CitationError, which says what to cite instead."""
    found = PROVISIONS.get(text)
    if found is None:
        raise _diagnosis(text)
    return found


def _diagnosis(text: str) -> CitationError:
    section = text.partition("(")[0]
    for row in _DATA["repealed"]:
        if text == row["text"] or text.startswith(row["text"] + "("):
            return CitationError(
                text, f"{text} is no longer law: {row['because']}", f"cite {row['instead']}", row["rule"]
            )
    if section in _NOT_AN_EXEMPTION:
        return CitationError(text, f"{text} cannot be cited as an exemption", _NOT_AN_EXEMPTION[section])
    if section not in CATALOGUE:
        return CitationError(
            text, f"there is no exemption in {text}", "cite a provision of sections 21 to 44, such as 31(1)(a)"
        )
    exemption = CATALOGUE[section]
    below = [each for each in PROVISIONS if each.startswith(text + "(")]
    if below:
        return CitationError(
            text,
            f"{text} does not say which limb of section {section} is relied on",
            f"cite {_choice(exemption, below)}",
        )
    known = [*exemption.limbs, *exemption.ncnd]
    return CitationError(text, f"section {section} has no {text}", f"cite {_choice(exemption, known)}")


def _choice(exemption: Exemption, among: list[str]) -> str:
    """The provisions to choose from, those for withholding apart from those to neither confirm nor deny."""
    limbs = [each for each in exemption.limbs if each in among]
    ncnd = [each for each in exemption.ncnd if each in among]
    parts = [f"{', '.join(limbs)} to withhold"] if limbs else []
    parts += [f"{', '.join(ncnd)} to neither confirm nor deny"] if ncnd else []
    return "; ".join(parts)
