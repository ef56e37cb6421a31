"""Whatever is lawfully decided, the letter says it whole, once, in its place, and says nothing against it."""

from dataclasses import replace
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.decision.domain import CaseFile, Decided, Part
from services.decision.response import response_of
from shared.contracts.authorities import authorities
from shared.contracts.response import Response
from shared.law.exemptions import provision
from shared.law.grounds import NCND_SIDES, WITHHOLDING_SIDES
from shared.law.outcomes import overall_outcome
from shared.law.procedural_refusals import PROVISIONS_OF
from shared.letters.replies import render
from tests.letters.blocks import flat, read_html, read_text
from tests.services.decision.lawful import Writer, decisions

ON = date(2026, 6, 15)
LABELS = ("1", "1a", "2", "3", "4a.1", "5c.i", "7", "8", "9")
DISCLOSED = "Information we are disclosing"
PARTLY = "Information we are disclosing in part"
ACCESSIBLE = "Information that is already available to you"
NOT_HELD = "Information we do not hold"
WITHHELD = "Information we are withholding"
NCND = "Information we neither confirm nor deny holding"
OTHER = "Any other information"
COST = "Questions refused because of what they would cost"
VEXATIOUS = "Questions refused as vexatious"
REPEATED = "Questions refused as repeated"
SECTIONS = (DISCLOSED, PARTLY, ACCESSIBLE, NOT_HELD, WITHHELD, NCND, OTHER, COST, VEXATIOUS, REPEATED)
HEADINGS = ["Our decisions in brief", "What you asked for", *SECTIONS, "If you are not satisfied with this response"]
BRIEF = {
    "disclosed": "we hold the information and are disclosing it",
    "already_accessible": "we hold the information, and it is already available to you elsewhere",
    "not_held": "we do not hold the information",
    "withheld": "we hold the information and are withholding it",
    "ncnd": "we neither confirm nor deny that we hold the information",
    "vexatious": "we refuse it as vexatious under section 14(1) of the Act",
    "repeated": "we refuse it as a repeated request under section 14(2) of the Act",
    "12(1)": "to comply would cost more than the limit in section 12 of the Act",
    "12(2)": "to find out whether we hold the information would cost more than the limit in section 12 of the Act",
}


@st.composite
def files(draw):
    """A case's file, wholly and lawfully decided; some parts alike."""
    writer = Writer(draw)
    labels = LABELS[: draw(st.integers(1, len(LABELS)))]
    made = {}
    for label in labels:
        alike = draw(st.booleans()) and made
        decision = draw(st.sampled_from(list(made.values()))) if alike else draw(decisions(writer, label))
        made[label] = replace(decision, label=label)
    return CaseFile(
        case_id="0",
        reference="01.FOI.26.000123",
        title="Case management",
        authorities=draw(st.sampled_from([("metropolitan",), ("norfolk", "suffolk")])),
        received_on=date(2026, 6, 12),
        due_on=date(2026, 7, 13),
        finished=False,
        parts=tuple(Part(label=label, parent=None, kind="question", wording=f"Wording-{label}?") for label in labels),
        decided={label: Decided(decision=each) for label, each in made.items()},
        decided_by={},
        advice=(),
        consulted=(),
        attachments=(),
        checks={},
    )


def where(decision):
    """The sections of the letter that a decision belongs in."""
    places = {
        "disclosed": {DISCLOSED},
        "partly_disclosed": {PARTLY} | ({WITHHELD} if decision.citations else set()),
        "already_accessible": {ACCESSIBLE},
        "not_held": {NOT_HELD},
        "withheld": {WITHHELD},
        "ncnd": {NCND},
        "cost_refused": {COST},
        "vexatious": {VEXATIOUS},
        "repeated": {REPEATED},
    }[decision.outcome]
    return places | ({OTHER} if decision.other_information else set())


def in_brief(decision):
    if decision.outcome == "partly_disclosed":
        rest = " and withholding the rest" if decision.citations else ""
        said = f"we are disclosing {'part of the ' if rest else ''}information that we hold{rest}"
    else:
        said = BRIEF[decision.citations[0] if decision.outcome == "cost_refused" else decision.outcome]
    return (
        f"{said}, and we neither confirm nor deny that we hold any other information."
        if (decision.other_information)
        else f"{said}."
    )


def both(file):
    letter = render(response_of(file), ON)
    return read_html(letter.html), read_text(letter.text, HEADINGS)


def block_of(read, heading, label):
    (found,) = [block for block in read.beneath(heading) if label in block.labels]
    return found.words


def holds_the_grounds(words, grounds, sides):
    """Section 17(1)(a) to (c) and (3)."""
    assert "This is a refusal notice under section 17(1) of the Act." in words
    for citation in grounds.citations:
        assert f"section {citation} ({provision(citation).exemption.title}): {provision(citation).about}" in words
    if grounds.harm.text:
        doing = "disclosing the information" if sides is WITHHOLDING_SIDES else "confirming or denying that we hold"
        other = "confirming or denying that we hold" if sides is WITHHOLDING_SIDES else "disclosing the information"
        assert f"{grounds.harm.likelihood} cause the following harm. {flat(grounds.harm.text)}" in words
        assert doing in words
        assert f"because {other}" not in words
    by_kind = [citation for citation in grounds.citations if not provision(citation).harm_required]
    assert ("The Act does not ask for harm to be shown." in words) == bool(by_kind)
    if any(provision(citation).qualified for citation in grounds.citations):
        doing = {WITHHOLDING_SIDES: "section 2(2)(b)", NCND_SIDES: "section 2(1)(b)"}
        assert f"Under {doing[sides]} of the Act" in words
        yes, no = (words.index(beginning) for beginning in ("In favour of ", "Against "))
        balance = words.index("Where the balance lies: " + flat(grounds.balance))
        for factor in grounds.factors:
            at = words.index(flat(factor.text))
            assert (yes < at < no) if factor.side == sides[0] else (no < at < balance)
    else:
        assert "The public interest" not in words


def holds_the_notice(words, decision):
    """Section 17(5): the fact that it rests on section 12 or 14, with what it rests on and nothing of an exemption."""
    assert "this is a refusal notice under section 17(5)" in words.lower()
    assert f"section {decision.citations[0]} of the Act" in words
    assert "public interest" not in words
    assert "exempt" not in words
    if decision.estimate:
        for text in (
            decision.estimate.method,
            decision.estimate.advice,
            *(line.system for line in decision.estimate.lines),
        ):
            assert flat(text) in words
    if decision.earlier:
        for text in (decision.earlier.reference, decision.earlier.similarity, decision.earlier.interval):
            assert flat(text) in words
    assert flat(decision.considered) in words


@settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(files())
def test_every_part_stands_in_the_sections_of_its_decision_and_in_no_other(file):
    for read in both(file):
        for heading in SECTIONS:
            stands = [label for block in read.beneath(heading) for label in block.labels]
            assert len(stands) == len(set(stands))
            assert set(stands) == {label for label, each in file.decisions.items() if heading in where(each)}
        for label, decision in file.decisions.items():
            (line,) = [line for line in lines(read.brief()) if label in line[0]]
            assert line[1] == in_brief(decision)


def lines(brief):
    """The list of decisions in brief: the questions and what is decided about them."""
    found = []
    for line in brief.split("Question")[1:]:
        labels, _, said = line.removeprefix("s").partition(": ")
        found.append((labels.replace(" and ", ", ").strip().split(", "), said.split(" For question")[0].strip()))
    return found


@settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(files())
def test_every_refused_part_has_every_element_of_section_17_in_both_forms(file):
    refused = {label for label, each in file.decisions.items() if each.citations or each.other_information}
    for read in both(file):
        assert ("refusal notice under section 17 of the Act" in read.brief()) == bool(refused)
        assert ("refusal notice" in read.words) == bool(refused)
        for label, decision in file.decisions.items():
            if decision.outcome in ("withheld", "partly_disclosed") and decision.citations:
                holds_the_grounds(block_of(read, WITHHELD, label), decision, WITHHOLDING_SIDES)
            if decision.outcome == "ncnd":
                holds_the_grounds(block_of(read, NCND, label), decision, NCND_SIDES)
            if decision.other_information:
                holds_the_grounds(block_of(read, OTHER, label), decision.other_information, NCND_SIDES)
            if decision.outcome in PROVISIONS_OF:
                holds_the_notice(block_of(read, where(decision).pop(), label), decision)
            if decision.outcome == "already_accessible":
                words = block_of(read, ACCESSIBLE, label)
                assert "this is a refusal notice under section 17(1) of the Act" in words
                assert "section 21(1)" in words
                assert decision.pointer.url in words
        complaint = flat(" ".join(block.words for block in read.blocks if block.heading == HEADINGS[-1]))
        for expected in ("within 40 working days", "within 20 working days", "section 50", "Wycliffe House"):
            assert expected in complaint
        for code in file.authorities:
            for line in (*authorities()[code].review_address.split(", "), authorities()[code].review_email):
                assert line in complaint


@settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(files())
def test_the_letter_says_nothing_that_the_decisions_deny(file):
    for read in both(file):
        for block in read.beneath(NCND):
            for wrong in ("any other information", "We hold", "we do not hold", "withhold", "looked for it"):
                assert wrong not in block.words.replace("that we hold the information, or that we do not:", "")
        for heading in (DISCLOSED, NOT_HELD, WITHHELD, ACCESSIBLE):
            for block in read.beneath(heading):
                assert "neither confirm nor deny" not in block.words
        for block in read.beneath(OTHER):
            for label in block.labels:
                assert file.decisions[label].outcome in ("partly_disclosed", "withheld", "already_accessible")
        if not any(each.outcome == "ncnd" or each.other_information for each in file.decisions.values()):
            assert "confirm" not in read.words
        for text in texts(file):
            assert read.words.count(flat(text).split()[0]) == 1, "said once, and not lost"
            assert flat(text) in read.words


def texts(file):
    for decision in {id(each.harm): each for each in file.decisions.values()}.values():
        yield from filter(None, (decision.answer, decision.searches, decision.harm.text, decision.balance))


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(files())
def test_the_letter_is_the_same_bytes_whenever_it_is_rendered_from_the_same_reply(file):
    response = response_of(file)
    assert response.overall == overall_outcome(each.outcome for each in file.decisions.values())
    again = Response.from_bytes(response.to_bytes())
    assert again == response
    assert render(again, ON) == render(response, ON)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(files())
def test_what_would_tell_whether_anything_is_held_never_reaches_the_reply(file):
    """EXM-13: what is recorded of old records and of what is known elsewhere may differ with what is held."""
    changed = {
        label: replace(each, decision=replace(each.decision, official_confirmation="None.", oldest_record=ON))
        for label, each in file.decided.items()
    }
    assert response_of(replace(file, decided=changed)).to_bytes() == response_of(file).to_bytes()
