"""What grounds for refusing a part must hold: citations, harm, public interest (section 17(1), (3); EXM and RN rules).

The same rules serve a decision to withhold (about disclosure) and one to neither confirm nor deny (about confirming
or denying).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from shared.law.exemptions import CitationError, Provision, provision
from shared.law.findings import Finding

FAVOURING_DISCLOSURE = "favouring disclosure"
FAVOURING_NON_DISCLOSURE = "favouring non-disclosure"
FAVOURING_CONFIRMATION = "favouring confirmation or denial"
AGAINST_CONFIRMATION = "against confirmation or denial"
WITHHOLDING_SIDES = (FAVOURING_DISCLOSURE, FAVOURING_NON_DISCLOSURE)
NCND_SIDES = (FAVOURING_CONFIRMATION, AGAINST_CONFIRMATION)
LIKELIHOODS = ("would", "would be likely to")
"""The two likelihoods that the Act knows (RN-07)."""


@dataclass(frozen=True)
class Harm:
    """The harm that the act concerned would do, in words, and its `likelihood` (one of LIKELIHOODS, or empty)."""

    text: str = ""
    likelihood: str = ""


@dataclass(frozen=True)
class Factor:
    """One consideration in the public interest test; `side` is one of WITHHOLDING_SIDES or of NCND_SIDES."""

    side: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Grounds:
    """Why something is refused. One `balance` may serve several qualified exemptions (EXM-10).

    `citations` are canonical; `in_the_alternative`: exemptions that exclude each other are expressly so cited (EXM-05).
    """

    citations: tuple[str, ...] = ()
    harm: Harm = field(default_factory=Harm)
    factors: tuple[Factor, ...] = ()
    balance: str = ""
    in_the_alternative: bool = False

    def given(self) -> bool:
        """Whether anything at all is stated here."""
        return bool(
            self.citations or self.factors or self.balance.strip() or self.harm.text.strip() or self.harm.likelihood
        )


def check_grounds(grounds: Grounds, *, ncnd: bool) -> tuple[Finding, ...]:
    """What is missing or wrong in the grounds for withholding, or (`ncnd`) for neither confirming nor denying."""
    if not grounds.citations:
        next_step = "cite section, subsection and limb, such as " + ("31(3)" if ncnd else "31(1)(a)")
        return (Finding("citations", "RN-03", "the refusal cites no exemption", next_step),)
    provisions, unknown = _resolve(grounds.citations)
    return (
        *unknown,
        *_about_the_right_act(provisions, ncnd),
        *([] if ncnd else _complete(provisions)),
        *_exclusive(provisions, grounds.in_the_alternative),
        *_open_to_forces(provisions),
        *_harm(provisions, grounds.harm, ncnd),
        *_public_interest(provisions, grounds, ncnd),
        *_sides(grounds.factors, NCND_SIDES if ncnd else WITHHOLDING_SIDES),
        *([] if unknown else _nothing_to_weigh(provisions, grounds)),
    )


def _resolve(citations: Sequence[str]) -> tuple[list[Provision], list[Finding]]:
    provisions, findings = [], []
    for text in citations:
        try:
            provisions.append(provision(text))
        except CitationError as error:
            findings.append(Finding("citations", error.rule, error.problem, error.next_step))
    return provisions, findings


def _about_the_right_act(provisions: list[Provision], ncnd: bool) -> Iterator[Finding]:
    """EXM-02: to withhold and to neither confirm nor deny are different acts with different provisions."""
    for each in provisions:
        if each.is_ncnd == ncnd:
            continue
        use, instead = (
            ("to neither confirm nor deny", each.exemption.ncnd) if ncnd else ("to withhold", each.exemption.limbs)
        )
        message = f"{each.text} is not a provision {use}"
        next_step = (
            f"cite {' or '.join(instead)}" if instead else f"section {each.section} has none: cite another exemption"
        )
        yield Finding("citations", "EXM-02", message, next_step)


def _complete(provisions: list[Provision]) -> Iterator[Finding]:
    cited = {each.text for each in provisions}
    for each in provisions:
        if each.with_one_of and cited.isdisjoint(each.with_one_of):
            message = f"{each.text} is incomplete by itself"
            yield Finding("citations", each.rule, message, f"cite it with {' or '.join(each.with_one_of)}")


def _exclusive(provisions: list[Provision], in_the_alternative: bool) -> Iterator[Finding]:
    """EXM-05, for withholding only: the grounds to neither confirm nor deny may stand together (EXM-06)."""
    exemptions = {each.section: each.exemption for each in provisions if not each.is_ncnd}
    for one, other in combinations(exemptions.values(), 2):
        if other.section in one.exclusive_with and not in_the_alternative:
            message = f"section {one.section} and section {other.section} cannot both apply to the same information"
            yield Finding(
                "citations", "EXM-05", message, "keep one of them, or rely on them expressly in the alternative"
            )


def _open_to_forces(provisions: list[Provision]) -> Iterator[Finding]:
    for exemption in {each.section: each.exemption for each in provisions}.values():
        if limit := exemption.for_forces:
            yield Finding("citations", "EXM-07", limit.reason, limit.next_step, limit.severity)


def _harm(provisions: list[Provision], harm: Harm, ncnd: bool) -> Iterator[Finding]:
    needing = ", ".join(each.text for each in provisions if each.harm_required)
    act = "confirming or denying that the information is held" if ncnd else "disclosing the information"
    if needing and not harm.text.strip():
        message = f"no harm is stated, which {needing} needs"
        yield Finding("harm.text", "EXM-04", message, f"say what harm {act} would do, to whom, and how it follows")
    if (needing and harm.likelihood not in LIKELIHOODS) or harm.likelihood not in ("", *LIKELIHOODS):
        message = f"the likelihood of the harm is {harm.likelihood or 'not stated'}"
        yield Finding("harm.likelihood", "EXM-04", message, f"choose one of: {', '.join(LIKELIHOODS)}")


def _public_interest(provisions: list[Provision], grounds: Grounds, ncnd: bool) -> Iterator[Finding]:
    """EXM-03 and RN-08: a factor each way and a balance wherever a qualified provision is relied on."""
    qualified = ", ".join(each.text for each in provisions if each.qualified)
    if not qualified:
        return
    for side in NCND_SIDES if ncnd else WITHHOLDING_SIDES:
        if not any(factor.side == side and factor.text.strip() for factor in grounds.factors):
            message = f"{qualified} is qualified and there is no public interest factor {side}"
            yield Finding("factors", "EXM-03", message, f"add at least one factor {side}")
    if not grounds.balance.strip():
        message = f"{qualified} is qualified and the public interest is not balanced"
        yield Finding("balance", "EXM-03", message, "say which way the public interest lies, and why")


def _sides(factors: Sequence[Factor], sides: Sequence[str]) -> Iterator[Finding]:
    """RN-08: the balance of a refusal to confirm or deny is about confirming or denying, never about disclosure."""
    for number, factor in enumerate(factors):
        if factor.side not in sides:
            message = f"“{factor.side}” is not a side of this public interest test"
            yield Finding(f"factors[{number}].side", "RN-08", message, f"choose one of: {', '.join(sides)}")


def _nothing_to_weigh(provisions: list[Provision], grounds: Grounds) -> Iterator[Finding]:
    if any(each.qualified for each in provisions):
        return
    cited = ", ".join(each.text for each in provisions)
    if grounds.factors or grounds.balance.strip():
        message = f"{cited} is absolute and takes no public interest test"
        yield Finding("balance", "RN-09", message, "remove the factors and the balance", "W")
    if grounds.harm.text.strip() and not any(each.harm_required for each in provisions):
        yield Finding("harm.text", "RN-09", f"{cited} is absolute and takes no harm", "remove the harm", "W")
