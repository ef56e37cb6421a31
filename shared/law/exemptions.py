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
from shared.law.procedural_grounds import PROCEDURAL

Kind = Literal["absolute", "qualified", "mixed"]
Basis = Literal["class", "prejudice", "reasonable opinion"]


@dataclass(frozen=True)
class ForceLimit:
    """Why a police force may not ("B") or seldom should ("W") use an exemption, and what to do instead (EXM-07)."""

    severity: Severity
    reason: str
    next_step: str
    rule: str = "EXM-07"


@dataclass(frozen=True)
class ToShow:
    """What has to be shown for an exemption to apply (section 17(1)(c)), such as the enactment of section 44.

    Where there are `choices` it is one of them.
    """

    what: str
    about: str
    choices: tuple[str, ...] = ()
    rule: str = "s17(1)(c)"
    severity: Severity = "B"


@dataclass(frozen=True)
class Exemption:
    """One section of Part II. `limbs` and `ncnd` are canonical provisions; `exclusive_with` are section numbers
    (EXM-05); `opinion`: it rests on the chief officer's own (EXM-07); `certificate`: the provision for one (EXM-08), or
    ""; `harm_word`: the Act's word for the harm.
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
    opinion: bool
    certificate: str
    harm_word: str
    use: str
    note: str
    source: str


@dataclass(frozen=True)
class Provision:
    """What may be cited: a limb for withholding, or (`is_ncnd`) a ground to neither confirm nor deny.

    `qualified` means that it needs a public interest test; `with_one_of` lists the provisions of which one must stand
    beside it, by `rule`; `three_steps`: legitimate interests are weighed in three steps (EXM-09); `lapses_after`: the
    age in years at which a record is out of its reach, or None (EXM-16).
    """

    text: str
    exemption: Exemption
    about: str
    is_ncnd: bool
    qualified: bool
    harm_required: bool
    with_one_of: tuple[str, ...]
    rule: str
    for_forces: ForceLimit | None
    to_show: tuple[ToShow, ...]
    three_steps: bool
    lapses_after: int | None

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
    fields = {key: row[key] for key in ("section", "title", "kind", "basis", "harm_required", "use", "note", "source")}
    return Exemption(
        **fields,
        limbs=tuple(limb["text"] for limb in row["limbs"]),
        ncnd=tuple(limb["text"] for limb in row["ncnd"]),
        exclusive_with=tuple(row.get("exclusive_with", ())),
        for_forces=_limit(row),
        opinion=row.get("opinion", False),
        certificate=row.get("certificate", ""),
        harm_word=row.get("harm_word", "prejudice"),
    )


def _limit(row: dict[str, Any]) -> ForceLimit | None:
    return ForceLimit(**row["for_forces"]) if "for_forces" in row else None


def _to_show(rows: list[dict[str, Any]]) -> tuple[ToShow, ...]:
    return tuple(ToShow(**{**row, "choices": tuple(row.get("choices", ()))}) for row in rows)


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
                for_forces=_limit(limb) or exemption.for_forces,
                to_show=_to_show(limb.get("to_show", row.get("to_show", ()) if key == "limbs" else ())),
                three_steps=limb.get("three_steps", False),
                lapses_after=limb.get("lapses_after", row.get("lapses_after")),
            )


_DATA = tomllib.loads(files(__package__).joinpath("exemptions.toml").read_text(encoding="utf-8"))
CATALOGUE: dict[str, Exemption] = {row["section"]: _exemption(row) for row in _DATA["exemption"]}
"""Every exemption by its section number, in the order of the Act."""
PROVISIONS: dict[str, Provision] = {
    each.text: each for row in _DATA["exemption"] for each in _provisions(row, CATALOGUE[row["section"]])
}
"""Every citable provision by its canonical text."""
REPEALED: tuple[str, ...] = tuple(row["text"] for row in _DATA["repealed"])
NOT_GROUNDS: tuple[str, ...] = tuple(row["text"] for row in _DATA["not_a_ground"])
"""Provisions of the Act beneath an exemption that are no ground for refusing."""
_NOT_AN_EXEMPTION = {
    **{text.partition("(")[0]: ground.instead for text, ground in reversed(PROCEDURAL.items())},
    **{row["section"]: row["instead"] for row in _DATA["not_an_exemption"]},
    **{text: ground.instead for text, ground in PROCEDURAL.items()},
}


def provision(text: str) -> Provision:
    """The provision with this canonical text. Raises CitationError, which says what to cite instead."""
    found = PROVISIONS.get(text)
    if found is None:
        raise _diagnosis(text)
    return found


def _diagnosis(text: str) -> CitationError:
    section, _, rest = text.partition("(")
    for row in _DATA["repealed"]:
        if text == row["text"] or text.startswith(row["text"] + "("):
            return CitationError(
                text, f"{text} is no longer law: {row['because']}", f"cite {row['instead']}", row["rule"]
            )
    for row in _DATA["not_a_ground"]:
        if text == row["text"] or text.startswith(row["text"] + "("):
            return CitationError(text, f"{text} is no ground for refusing: {row['because']}", f"cite {row['instead']}")
    if section in _NOT_AN_EXEMPTION:
        instead = _NOT_AN_EXEMPTION.get(text, _NOT_AN_EXEMPTION[section])
        rule = next((ground.rule for each, ground in PROCEDURAL.items() if each.startswith(f"{section}(")), "EXM-01")
        return CitationError(text, f"{text} cannot be cited as an exemption", instead, rule)
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
    if rest and (meant := f"{section}(1)({rest}") in PROVISIONS:
        return CitationError(text, f"{text} leaves out the subsection", f"cite {meant}")
    known = [*exemption.limbs, *exemption.ncnd]
    return CitationError(text, f"section {section} has no {text}", f"cite {_choice(exemption, known)}")


def _choice(exemption: Exemption, among: list[str]) -> str:
    """The provisions to choose from, those for withholding apart from those to neither confirm nor deny."""
    limbs = [each for each in exemption.limbs if each in among]
    ncnd = [each for each in exemption.ncnd if each in among]
    parts = [f"{', '.join(limbs)} to withhold"] if limbs else []
    parts += [f"{', '.join(ncnd)} to neither confirm nor deny"] if ncnd else []
    return "; ".join(parts)
