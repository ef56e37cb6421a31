"""What grounds for refusing a part must hold: citations, harm, public interest (section 17(1), (3); EXM and RN rules).

The same rules serve a decision to withhold (about disclosure) and one to neither confirm nor deny (about confirming
or denying). Each rule that has more to it has a module of its own beside this one.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations

from shared.law.exemptions import CitationError, Provision, provision
from shared.law.findings import Finding
from shared.law.grounds import Grounds
from shared.law.harm import check_harm
from shared.law.ncnd import check_ncnd
from shared.law.opinion import check_opinion
from shared.law.personal_data import check_old_law, check_personal_data
from shared.law.public_interest import check_nothing_to_weigh, check_public_interest
from shared.law.showings import check_age, check_certificates, check_showings


def check_grounds(grounds: Grounds, *, ncnd: bool, on: date | None = None) -> tuple[Finding, ...]:
    """What is missing or wrong in the grounds for withholding, or (`ncnd`) for neither confirming nor denying.

    `on` is the day of the refusal; what depends on it is left out where it is not known. W and I findings do not block.
    """
    if not grounds.citations:
        next_step = "cite section, subsection and limb, such as " + ("31(3)" if ncnd else "31(1)(a)")
        return (Finding("citations", "RN-03", "the refusal cites no exemption", next_step),)
    provisions, unknown = _resolve(grounds.citations)
    needed = any(each.harm_required for each in provisions)
    return (
        *unknown,
        *_about_the_right_act(provisions, ncnd),
        *([] if ncnd else _complete(provisions)),
        *_exclusive(provisions, grounds.in_the_alternative),
        *_open_to_forces(provisions),
        *check_opinion(provisions, grounds, on),
        *check_harm(provisions, grounds.harm, ncnd=ncnd, needed=needed),
        *check_public_interest(provisions, grounds, ncnd=ncnd),
        *([] if unknown else check_nothing_to_weigh(provisions, grounds)),
        *check_personal_data(provisions, grounds),
        *check_showings(provisions, grounds),
        *check_certificates(provisions, grounds),
        *check_age(provisions, grounds, on),
        *check_old_law(grounds, on or date.max),
        *(check_ncnd(grounds) if ncnd else ()),
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
    for limit in dict.fromkeys(each.for_forces for each in provisions):
        if limit is not None:
            yield Finding("citations", limit.rule, limit.reason, limit.next_step, limit.severity)
