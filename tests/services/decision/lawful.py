"""Random decisions, all of them lawful: what the letter has to carry."""

from datetime import date
from fractions import Fraction
from itertools import count
from typing import Any

from hypothesis import strategies as st

from shared.law.cost import ACTIVITIES, Estimate, EstimateLine
from shared.law.exemptions import PROVISIONS, Provision
from shared.law.grounds import (
    LIKELIHOODS,
    NCND_SIDES,
    WITHHOLDING_SIDES,
    Certificate,
    Factor,
    Grounds,
    Harm,
    Opinion,
    PersonalData,
    Showing,
)
from shared.law.outcomes import OUTCOMES, PartDecision, Pointer, check_part
from shared.law.procedural_refusals import PROVISIONS_OF, EarlierRequest

_AWKWARD = ["<b>", "&amp;", "“so”", '"x"', "{{ 7 * 7 }}", "{% if %}", "50%", "a - b", "- c", "</p>", "it's", "§"]


def _open(provision: Provision) -> bool:
    limit = provision.exemption.for_forces
    return limit is None or limit.severity != "B"


DAY = date(2026, 6, 30)
STEPS = ("whose", "interest", "necessity", "balance", "fairness")
WITHHOLDING = [each for each in PROVISIONS.values() if not each.is_ncnd and _open(each) and each.section != "21"]
CONFIRMING = [each for each in PROVISIONS.values() if each.is_ncnd and _open(each)]


class Writer:
    """Writes texts that are each found nowhere else."""

    def __init__(self, draw: Any) -> None:
        self._draw = draw
        self._numbers = count(1)

    def text(self) -> str:
        words = self._draw(st.lists(st.sampled_from(["It", "was", "harm", *_AWKWARD]), max_size=5))
        return " ".join([f"Text-{next(self._numbers)}-here", *words])


@st.composite
def grounds(draw: Any, writer: Writer, *, ncnd: bool) -> dict[str, Any]:
    """The grounds of a refusal, as keywords of `Grounds`."""
    chosen = draw(st.lists(st.sampled_from(CONFIRMING if ncnd else WITHHOLDING), min_size=1, max_size=3, unique=True))
    cited: dict[str, None] = {}
    for each in chosen:
        cited[each.text] = None
        if each.with_one_of:
            cited[draw(st.sampled_from(each.with_one_of))] = None
    provisions = [PROVISIONS[text] for text in cited]
    needs_harm = any(each.harm_required for each in provisions)
    weighed = any(each.qualified for each in provisions)
    sides = NCND_SIDES if ncnd else WITHHOLDING_SIDES
    sections = {each.section for each in provisions}
    factors = [Factor(side, writer.text()) for side in sides for _ in range(draw(st.integers(1, 2)))]
    harm = Harm(writer.text(), draw(st.sampled_from(LIKELIHOODS))) if needs_harm else Harm()
    return {
        "citations": tuple(cited),
        "harm": harm,
        "factors": tuple(factors) if weighed else (),
        "balance": writer.text() if weighed else "",
        "as_at": DAY if weighed else None,
        "in_the_alternative": {"23", "24"} <= sections or {"30", "31"} <= sections,
        "official_confirmation": writer.text() if ncnd else "",
        **draw(_special(writer, provisions, harm.likelihood)),
    }


@st.composite
def _special(draw: Any, writer: Writer, provisions: list[Provision], likelihood: str) -> dict[str, Any]:
    """What single exemptions ask for beside harm and public interest."""
    wanted = {each.what: each for provision in provisions for each in provision.to_show}
    opinion = tuple(each.text for each in provisions if each.exemption.opinion)
    certificates = {each.exemption.certificate for each in provisions} - {""}
    given: dict[str, Any] = {
        "showings": tuple(
            Showing(what, f"{writer.text()} {draw(st.sampled_from(each.choices)) if each.choices else ''}".strip())
            for what, each in wanted.items()
        )
    }
    if any(each.three_steps for each in provisions):
        texts = (writer.text() for _ in range(5))
        given["personal_data"] = PersonalData(**dict(zip(STEPS, texts, strict=True)))
    if opinion:
        given["opinion"] = Opinion(office="The Chief Constable", on=DAY, citations=opinion, likelihood=likelihood)
    if certificates and draw(st.booleans()):
        given["certificates"] = tuple(
            Certificate(provision=each, by=writer.text(), on=DAY, scope=writer.text()) for each in sorted(certificates)
        )
    return given


def procedural(writer: Writer, draw: Any, label: str, outcome: str) -> dict[str, Any]:
    """What a refusal rests on that is under no exemption, as keywords of `PartDecision`."""
    provision = draw(st.sampled_from(PROVISIONS_OF[outcome]))
    if outcome == "vexatious":
        return {"citations": (provision,), "considered": writer.text()}
    if outcome == "repeated":
        texts = {"similarity": writer.text(), "interval": writer.text()}
        earlier = EarlierRequest(reference="FOI 1/26", complied_with=True, same_requester=True, **texts)
        return {"citations": (provision,), "earlier": earlier}
    codes = list(ACTIVITIES)[: 1 if provision == "12(2)" else None]
    line = EstimateLine(
        activity=draw(st.sampled_from(codes)),
        system=writer.text(),
        records=draw(st.integers(4_000, 90_000)),
        sample_records=20,
        sample_minutes=Fraction(draw(st.integers(7, 90))),
    )
    estimate = Estimate(
        lines=(line,),
        method=writer.text(),
        on=DAY,
        only_whether_held=provision == "12(2)",
        advice=writer.text(),
        parts=(label,),
    )
    return {"citations": (provision,), "estimate": estimate}


@st.composite
def decisions(draw: Any, writer: Writer, label: str) -> PartDecision:
    """A lawful decision on one part."""
    outcome = draw(st.sampled_from(tuple(OUTCOMES)))
    given: dict[str, Any] = {}
    if outcome in ("disclosed", "partly_disclosed"):
        given["answer"] = writer.text()
    if outcome == "not_held":
        given["searches"] = writer.text()
    if outcome == "already_accessible":
        given["citations"] = ("21(1)",)
    if outcome == "already_accessible" or draw(st.booleans()):
        given["pointer"] = Pointer(writer.text(), "", f"https://{label}.example.invalid/?a=1&b=2")
    if outcome in PROVISIONS_OF:
        given |= procedural(writer, draw, label, outcome)
    if outcome in ("partly_disclosed", "withheld", "ncnd"):
        given |= draw(grounds(writer, ncnd=outcome == "ncnd"))
    if outcome in ("partly_disclosed", "withheld", "already_accessible") and draw(st.booleans()):
        given["other_information"] = Grounds(**draw(grounds(writer, ncnd=True)))
        if outcome == "partly_disclosed" and draw(st.booleans()):
            given = {name: given[name] for name in ("answer", "pointer", "other_information") if name in given}
    decision = PartDecision(label=label, outcome=outcome, **given)
    assert [finding for finding in check_part(decision) if finding.severity == "B"] == []
    return decision
