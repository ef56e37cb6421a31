"""What the rules about notices are made of: each yields a finding where something does not hold."""

from collections.abc import Iterator, Sequence
from datetime import date

from shared.chassis.errors import Finding
from shared.law.calendar import in_words
from shared.law.exemptions import CitationError, Provision, provision


def holds(condition: bool, field: str, rule: str, message: str, next_step: str) -> Iterator[Finding]:
    """Nothing where the condition holds, else the finding."""
    if not condition:
        yield Finding(field, message, rule, next_step)


def one_of(value: str, known: Sequence[str], field: str, rule: str) -> Iterator[Finding]:
    """The value is one of those known."""
    return holds(value in known, field, rule, f"“{value}” is not known here.", f"Choose one of: {', '.join(known)}.")


def after(day: date, other: date, field: str, rule: str, what: str) -> Iterator[Finding]:
    """The day comes after the other, which is `what`."""
    message = f"{in_words(day)} is not after {what}, {in_words(other)}."
    return holds(day > other, field, rule, message, "Give a later day.")


def not_after(day: date, other: date, field: str, rule: str, what: str) -> Iterator[Finding]:
    """The day comes no later than the other, which is `what`."""
    message = f"{in_words(day)} is after {what}, {in_words(other)}."
    return holds(day <= other, field, rule, message, "Give that day or an earlier one.")


def written(field: str, text: str) -> Iterator[Finding]:
    """The field says something: a notice with a gap in it advises nobody."""
    return holds(bool(text.strip()), field, "RN-18", "Nothing is written here.", "Say it in plain words.")


def extendable(citations: Sequence[str]) -> Iterator[Finding]:
    """Time may be extended for qualified exemptions only, and for one act: withholding, or neither confirming nor
    denying (section 10(3); CLK-13, CLK-14, EXM-02)."""
    message = "No exemption is named: time can be extended to weigh the public interest, and for nothing else."
    next_step = "Cite the qualified exemption with its limb, such as 31(1)(a), or answer in time."
    yield from holds(bool(citations), "citations", "CLK-14", message, next_step)
    found: list[Provision] = []
    for citation in citations:
        try:
            found.append(provision(citation))
        except CitationError as error:
            yield Finding("citations", f"{error.problem}.", error.rule, f"{error.next_step}.")
    for each in found:
        message = f"{each.text} is absolute: there is no public interest to weigh, so it gives no more time."
        next_step = "Answer what it covers within the 20 working days."
        yield from holds(each.qualified, "citations", "CLK-14", message, next_step)
    acts = {each.is_ncnd for each in found}
    message = "Exemptions from disclosing and from confirming or denying are mixed in one notice."
    yield from holds(len(acts) < 2, "citations", "EXM-02", message, "Give a notice for each.")
