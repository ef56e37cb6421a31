"""Personal data of somebody else: the three steps of legitimate interests, in today's law (EXM-09, section 40(8))."""

from collections.abc import Iterator, Sequence
from datetime import date

from shared.law.exemptions import Provision
from shared.law.findings import Finding
from shared.law.grounds import Grounds, PersonalData
from shared.law.old_law import old_law_in

_ASKED = {
    "whose": ("whose data they are", "say whose data they are, and how those people could be identified"),
    "interest": (
        "the legitimate interest in having them",
        "name the interest that the public has, or say that it has none",
    ),
    "necessity": (
        "whether disclosing them is necessary for that",
        "say whether anything less would serve the interest",
    ),
    "balance": ("the balance with the people's own interests", "say whose interests prevail, and what they expected"),
}


def check_personal_data(provisions: Sequence[Provision], grounds: Grounds) -> Iterator[Finding]:
    """What is missing from the record for the provisions that need one, and a record that none of them needs."""
    needing = ", ".join(each.text for each in provisions if each.three_steps)
    if needing:
        record = grounds.personal_data or PersonalData()
        for name, (what, next_step) in _ASKED.items():
            if not getattr(record, name).strip():
                message = f"{needing} needs {what}"
                yield Finding(f"personal_data.{name}", "EXM-09", message, next_step)
        if not record.fairness.strip():
            message = "nothing says whether it would be fair and transparent to those people"
            yield Finding("personal_data.fairness", "EXM-09", message, "say what they were told, if it is lawful", "I")
    elif grounds.personal_data is not None and not any(each.section == "40" for each in provisions):
        message = "legitimate interests are weighed, yet section 40 is not relied on"
        yield Finding("personal_data", "RN-12", message, "cite 40(2) with 40(3A)(a), or remove the record")


def check_old_law(grounds: Grounds, on: date) -> Iterator[Finding]:
    """Law that has been replaced, in any text of the grounds of a decision made on the day `on`."""
    for path, text in grounds.texts():
        for mention in old_law_in(text, on):
            message = f"“{mention.quote}”: {mention.law.problem}"
            yield Finding(path, "EXM-09", message, mention.law.next_step, mention.law.severity)
