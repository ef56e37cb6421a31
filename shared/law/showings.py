"""What an exemption asks to be shown before it applies: an enactment, a privilege, a certificate, the age of a record
(section 17(1)(c), EXM-08, EXM-16, CON-04).
"""

from collections.abc import Iterator, Sequence
from datetime import date

from shared.law.exemptions import Provision, ToShow
from shared.law.findings import Finding
from shared.law.grounds import Grounds


def check_showings(provisions: Sequence[Provision], grounds: Grounds) -> Iterator[Finding]:
    """What the provisions ask for and the grounds do not show, and what is shown though nothing asks for it."""
    asked: dict[str, tuple[ToShow, str]] = {}
    for each in provisions:
        for wanted in each.to_show:
            asked.setdefault(wanted.what, (wanted, each.text))
    shown = {each.what: each.text.strip() for each in grounds.showings}
    for what, (wanted, cited) in asked.items():
        yield from _shown(wanted, cited, shown.get(what, ""))
    for number, showing in enumerate(grounds.showings):
        if showing.what not in asked:
            message = f"“{showing.what}” is shown, which nothing relied on asks for"
            next_step = f"choose one of: {', '.join(asked)}" if asked else "remove it, or cite the exemption"
            yield Finding(f"showings[{number}].what", "s17(1)(c)", message, next_step)


def _shown(wanted: ToShow, cited: str, text: str) -> Iterator[Finding]:
    field = f"showings.{wanted.what}"
    if not text:
        choices = f": {' or '.join(wanted.choices)}" if wanted.choices else ""
        message = f"{cited} needs the {wanted.what} to be shown"
        yield Finding(field, wanted.rule, message, f"say {wanted.about}{choices}", wanted.severity)
    elif wanted.choices and not any(choice in text.lower() for choice in wanted.choices):
        message = f"the text does not say which {wanted.what} it is"
        yield Finding(field, wanted.rule, message, f"choose one of: {', '.join(wanted.choices)}", wanted.severity)


def check_certificates(provisions: Sequence[Provision], grounds: Grounds) -> Iterator[Finding]:
    """EXM-08: a certificate says who gave it, when and of what, and belongs to an exemption relied on. A certificate
    under 24(3) proves only that the exemption applies: the public interest test remains, and is asked for elsewhere.
    """
    open_to = {each.exemption.certificate for each in provisions} - {""}
    for number, each in enumerate(grounds.certificates):
        field = f"certificates[{number}]"
        if each.provision not in open_to:
            message = f"a certificate under {each.provision} does not belong to anything relied on"
            next_step = (
                f"choose one of: {', '.join(sorted(open_to))}" if open_to else "remove it, or cite the exemption"
            )
            yield Finding(f"{field}.provision", "EXM-08", message, next_step)
        for name, what in (("by", "who gave it"), ("on", "its date"), ("scope", "what it covers")):
            if not getattr(each, name):
                message = f"the certificate under {each.provision} does not say {what}"
                yield Finding(f"{field}.{name}", "EXM-08", message, "take it from the certificate", "I")


def check_age(provisions: Sequence[Provision], grounds: Grounds, on: date | None) -> Iterator[Finding]:
    """EXM-16: some exemptions cannot be claimed for a historical record, which a record becomes so many years after the
    end of the year in which it was created (sections 62 and 63).
    """
    for each in provisions:
        if each.lapses_after is None:
            continue
        if grounds.oldest_record is None:
            message = f"{each.text} cannot be claimed for records older than {each.lapses_after} years"
            yield Finding("oldest_record", "EXM-16", message, "give the day of the oldest record", "I")
        elif on is not None and on.year - grounds.oldest_record.year > each.lapses_after:
            message = (
                f"a record of {grounds.oldest_record.year} is historical, and {each.text} cannot be claimed for it"
            )
            next_step = "disclose what is historical, or rely on an exemption that does not lapse"
            yield Finding("oldest_record", "EXM-16", message, next_step)
