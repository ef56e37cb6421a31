"""What slips out beside the answer: internal mails below a reply, and names as an optional model sees them."""

import re
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from services.publishing.release_check.bounds import Unreadable
from services.publishing.release_check.names_model import digest_of
from services.publishing.release_check.policy import Policy
from tests.release_check.saying import blocks, found, told

REPLY = "Dear applicant,\n\nThank you for your request under the Freedom of Information Act 2000.\n\n"
MAIL = "From: Disclosure Unit\nSent: 12 June 2023 14:30\nTo: Custody\nSubject: RE: the request\n\nNot that one!\n"
TRAILS = [
    MAIL,
    "-----Original Message-----\nplease hold this back\n",
    "Begin forwarded message:\n\nplease hold this back\n",
    "From: Custody\nTo: Disclosure\nDate: Mon, 12 Jun 2023 09:15\n\nplease hold this back\n",
    "On Mon, 12 Jun 2023 at 09:15, Custody <custody@x.police.uk> wrote:\n> please hold this back\n",
    "> From: Custody\n> Sent: 12 June 2023 14:30\n> To: Disclosure\n",
    "Cc: custody@x.police.uk; legal@x.police.uk\n",
]


@pytest.mark.parametrize("trail", TRAILS)
def test_an_internal_mail_below_a_reply_blocks_the_release(trail: str) -> None:
    assert blocks(REPLY + trail) == {"internal_trail"}
    assert blocks(REPLY, trail) == {"internal_trail"}


@pytest.mark.parametrize("trail", TRAILS)
def test_a_released_exchange_of_mails_is_for_a_person_to_look_at(trail: str) -> None:
    assert told(trail) == {("internal_trail", "review")}


@pytest.mark.parametrize(
    "ending",
    [
        "Regards\nInformation Rights\nMobile: 07700 900123\n",
        "Sent from my iPhone\n",
        "cc: Head of Custody; Head of Legal Services\n",
        ">> one\n>> two\n>> three\n>> four\n>> five\n",
    ],
)
def test_a_lesser_sign_of_an_internal_mail_is_for_a_person_to_look_at(ending: str) -> None:
    assert ("internal_trail", "review") in told(REPLY + ending)
    assert blocks(REPLY + ending) == set()


@pytest.mark.parametrize(
    "text",
    [
        REPLY,
        REPLY + "You asked:\n> 1. How many officers were there?\n> 2. How many in each year?\n> 3. Where?\n> 4. Why?\n",
        REPLY + "Yours faithfully\n\nInformation Rights Officer\nfoi@anyforce.police.uk\nTelephone 101\n",
        "From: 1 April 2022\nTo: 31 March 2023\n",
        "MEMORANDUM\nFrom: Head of Custody\nTo: All staff\nDate: 12 June 2023\nSubject: Meal times\n",
        "Sent: 12\nReceived: 14\n",
        "On the 12 June at 14:30 the officer wrote: nothing.",
        "cc: Custody\n",
    ],
)
def test_an_ordinary_letter_has_no_internal_trail(text: str) -> None:
    assert told(text) == set()


def test_a_table_of_mails_is_no_trail() -> None:
    assert told(tables=[[["From"], [MAIL]]]) == set()


def test_a_whole_reply_with_exemptions_and_tables_blocks_nothing() -> None:
    letter = (
        "Our reference: 01.FOI.23.029461\n12 June 2023\n" + REPLY + "Question 1 - How many stop searches were there?\n"
        "In 2021/22 there were 1,204, and in 2022/23 there were 988 (17.9% fewer).\n"
        "Section 40(2) by virtue of section 40(3A)(a) and section 31(1)(a) apply to question 2.\n"
        "PC 1234\nPS 210\nInsp 61\nTotal 1505\n"
        "If you are not content, ask for a review at foi@anyforce.police.uk within 40 working days, or write to the\n"
        "Information Commissioner’s Office, Wycliffe House, Water Lane, Wilmslow, Cheshire SK9 5AF, 0303 123 1113,\n"
        "www.ico.org.uk, casework@ico.org.uk.\nYours faithfully\nInformation Rights Unit\n"
    )
    assert told(letter) == set()


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Policy:
    """A folder that stands for a model, and a library that finds people called Bloggs."""
    (tmp_path / "ner").mkdir()
    (tmp_path / "ner" / "weights").write_bytes(b"1234")
    (tmp_path / "meta.json").write_text("{}")

    def read(text: str) -> SimpleNamespace:
        found_here = re.finditer(r"\w+ Bloggs|London", text)
        ents = [
            SimpleNamespace(
                label_="GPE" if each.group() == "London" else "PERSON",
                text=each.group(),
                start_char=each.start(),
                end_char=each.end(),
            )
            for each in found_here
        ]
        return SimpleNamespace(ents=ents)

    spacy = ModuleType("spacy")
    spacy.load = lambda folder: read  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "spacy", spacy)
    return Policy(names_model=str(tmp_path), names_model_sha256=digest_of(tmp_path), allowed=("Chief Bloggs",))


def test_names_that_the_model_sees_are_for_a_person_to_look_at(model: Policy) -> None:
    assert told("In London Zebedee Bloggs was seen.", policy=model) == {("personal_name", "review")}
    assert told(tables=[[["Remark"], ["Zebedee Bloggs was seen"]]], policy=model) == {("personal_name", "review")}
    assert told("In London, Chief Bloggs", policy=model) == set()


def test_ten_names_that_the_model_sees_block_the_release(model: Policy) -> None:
    assert blocks("\n".join(f"Person{letter} Bloggs" for letter in "abcdefghij"), policy=model) == {
        "dense_personal_data"
    }


def test_a_name_far_within_a_long_text_is_found_where_it_stands(model: Policy) -> None:
    texts = ["word " * 30_000 + "Zebedee Bloggs", "Zebedee Bloggs"]
    assert [each.where for each in found(*texts, policy=model)] == ["page 1", "page 2"]


def test_a_model_that_was_changed_stops_the_check(model: Policy) -> None:
    (Path(model.names_model) / "meta.json").write_text("{ }")
    with pytest.raises(Unreadable, match="not the one that the policy names"):
        found("nothing", policy=model)


def test_a_model_without_its_library_stops_the_check(model: Policy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(Unreadable, match="spaCy is not installed"):
        found("nothing", policy=model)


def test_paragraphs_are_read_on_from_one_to_the_next() -> None:
    assert blocks(REPLY, *MAIL.splitlines()) == {"internal_trail"}
    assert blocks("Sort code: 40-12-09", "Account: 31926819") == {"bank_account"}
    assert blocks("Date of birth", "04/07/1983") == {"date_of_birth"}
