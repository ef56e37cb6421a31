"""The grounds on which a part is refused, as a decision maker records them (section 17(1) and (3)).

The same shape serves a decision to withhold (about disclosure) and one to neither confirm nor deny (about confirming
or denying). `shared.law.refusals` says what is missing or wrong in them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from datetime import date

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
    """One consideration in the public interest test; `side` is one of WITHHOLDING_SIDES or of NCND_SIDES.

    `citations` are the qualified provisions that it belongs to; none means all that are relied on.
    """

    side: str
    text: str
    citations: tuple[str, ...] = ()


@dataclass(frozen=True)
class Balance:
    """Where the public interest lies for these qualified provisions, weighed together (EXM-10)."""

    citations: tuple[str, ...]
    text: str


@dataclass(frozen=True, kw_only=True)
class PersonalData:
    """Why disclosing (or confirming) personal data would not be lawful and fair (EXM-09, section 40(8)).

    `whose` says whose data they are and how those people could be identified. Then Article 6(1)(f) of the UK GDPR in
    three steps: the legitimate `interest` of the public, whether disclosing is a `necessity` for it, and the `balance`
    with the people's own interests; and whether it would be fair and transparent (`fairness`).
    """

    whose: str = ""
    interest: str = ""
    necessity: str = ""
    balance: str = ""
    fairness: str = ""


@dataclass(frozen=True, kw_only=True)
class Opinion:
    """The chief officer's own reasonable opinion under section 36: by what `office`, on what day, on which limbs, and
    with which likelihood (EXM-07). It is not delegated.
    """

    office: str = ""
    on: date | None = None
    citations: tuple[str, ...] = ()
    likelihood: str = ""


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """A Minister's certificate, under the `provision` 23(2), 24(3) or 34(3) (EXM-08)."""

    provision: str
    by: str = ""
    on: date | None = None
    scope: str = ""


@dataclass(frozen=True)
class Showing:
    """What is said of one of the things that an exemption asks to be shown, `what` as its `ToShow` names it."""

    what: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Grounds:
    """Why something is refused.

    `citations` are canonical. One `balance` may serve several qualified exemptions; `balances` weigh some of them
    apart (EXM-10). `as_at` is the day as at which the public interest is judged (EXM-11). `in_the_alternative`:
    exemptions that exclude each other are expressly so cited (EXM-05). `statistical`: it is statistical information,
    for which section 36 needs no opinion (36(4)). `official_confirmation` says what has been confirmed officially
    elsewhere, for a refusal to confirm or deny (EXM-14). `oldest_record` is the day of the oldest record (EXM-16).
    """

    citations: tuple[str, ...] = ()
    harm: Harm = field(default_factory=Harm)
    factors: tuple[Factor, ...] = ()
    balance: str = ""
    balances: tuple[Balance, ...] = ()
    as_at: date | None = None
    in_the_alternative: bool = False
    personal_data: PersonalData | None = None
    opinion: Opinion | None = None
    statistical: bool = False
    certificates: tuple[Certificate, ...] = ()
    showings: tuple[Showing, ...] = ()
    official_confirmation: str = ""
    oldest_record: date | None = None

    def given(self) -> bool:
        """Whether anything at all is stated here that would refuse something."""
        return bool(
            self.citations
            or self.factors
            or self.balance.strip()
            or self.balances
            or self.harm.text.strip()
            or self.harm.likelihood
            or self.personal_data
            or self.opinion
            or self.certificates
            or self.showings
        )

    def texts(self) -> Iterator[tuple[str, str]]:
        """Every text of reasons that stands here, each with its field."""
        yield "harm.text", self.harm.text
        for number, factor in enumerate(self.factors):
            yield f"factors[{number}].text", factor.text
        yield "balance", self.balance
        for number, balance in enumerate(self.balances):
            yield f"balances[{number}].text", balance.text
        if self.personal_data is not None:
            for each in fields(PersonalData):
                yield f"personal_data.{each.name}", getattr(self.personal_data, each.name)
        for number, showing in enumerate(self.showings):
            yield f"showings[{number}].text", showing.text
