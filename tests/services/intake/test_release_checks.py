"""Nothing is mailed or posted that has not passed the release check under the rules in force."""

from hashlib import sha256

import pytest

from services.intake import dispatching, mailing
from shared.chassis.events.contract import load
from shared.chassis.events.values import BlindText, Code, Digest
from shared.chassis.identity import Actor
from shared.chassis.timers import Ticker
from shared.contracts.publishing import FindingsAccepted
from shared.contracts.ruleset import RULES
from tests.services.intake.acts import act
from tests.services.intake.conftest import LETTER, LETTER_PDF, LETTER_TEXT, TABLE, send, signed_off
from tests.support import check_of, log_of, release_checked, take_in


def dispatch(officer, case, method="email"):
    return send(officer, f"{case['links']['self']}/dispatch", {"method": method}, case["version"])


def put_to_check(runtime):
    """The documents that intake has put to the check: their digests by name."""
    events = [load(each.type, each.data) for each in log_of(runtime) if each.type == "foi.intake.message-submitted.v1"]
    return {str(event.document.name): str(event.document.digest) for event in events}


def test_the_covering_words_are_checked_before_the_reply_is_handed_over(
    officer, ready, relay, runtime, publishing, clock
):
    dispatch(officer, ready)
    words = runtime.unchecked_blobs.get(put_to_check(runtime)["covering.txt"]).decode()
    assert words.startswith("Your request FOI 000001/26 under the Freedom of Information Act 2000\n\nDear requester,")
    assert "letter.pdf, referrals.csv" in words
    assert "ephyrine" not in words
    clock.move(seconds=1)
    Ticker(runtime).run_once()
    assert relay.messages == []
    assert release_checked(runtime, publishing) == 1
    assert Ticker(runtime).run_once() == 1
    assert len(relay.messages) == 1


def test_a_reply_that_waits_for_its_check_leaves_when_the_report_comes_and_not_by_polling(
    officer, ready, relay, runtime, publishing
):
    dispatch(officer, ready)
    Ticker(runtime).run_once()
    assert Ticker(runtime).run_once() == 0
    release_checked(runtime, publishing)
    Ticker(runtime).run_once()
    assert officer.get(ready["links"]["self"]).json["state"] == "answered"


def test_a_report_that_comes_while_the_relay_takes_the_reply_does_not_have_it_sent_twice(
    officer, ready, relay, runtime, publishing, clock, monkeypatch
):
    dispatch(officer, ready)
    release_checked(runtime, publishing)
    taken = mailing.hand_over

    def taken_slowly(*given):
        taken(*given)
        clock.move(seconds=1)
        with runtime.unit_of_work(Actor.of_service("intake")) as uow:
            dispatching.wake(uow, ready["id"], sha256(TABLE).hexdigest())

    monkeypatch.setattr(mailing, "hand_over", taken_slowly)
    assert [Ticker(runtime).run_once() for _ in range(3)] == [1, 1, 0]
    assert len(relay.messages) == 1
    assert [each.type for each in log_of(runtime)].count("foi.intake.response-dispatched.v1") == 1


def test_a_report_that_comes_while_the_reply_is_found_waiting_does_not_have_it_wait_on(
    officer, ready, relay, runtime, publishing, clock, monkeypatch
):
    dispatch(officer, ready)
    look = mailing.require_passed

    def look_too_early(stands):
        clock.move(seconds=1)
        release_checked(runtime, publishing)
        look(stands)

    monkeypatch.setattr(mailing, "require_passed", look_too_early)
    assert Ticker(runtime).run_once() == 1
    assert relay.messages == []
    assert Ticker(runtime).run_once() == 1
    assert len(relay.messages) == 1


@pytest.mark.parametrize("verdict", ["block", "review"])
def test_covering_words_that_may_not_leave_bring_the_case_back(officer, ready, relay, runtime, publishing, verdict):
    dispatch(officer, ready)
    release_checked(runtime, publishing, verdict)
    Ticker(runtime).run_once()
    shown = officer.get(ready["links"]["self"]).json
    assert (shown["state"], shown["dispatch"]["state"]) == ("ready to send", "refused")
    assert shown["dispatch"]["last_error_kind"] == "release check"
    assert relay.messages == []


@pytest.mark.parametrize("method", ["email", "post"])
@pytest.mark.parametrize(("verdict", "stands"), [("block", "blocked"), ("review", "review")])
def test_a_document_that_may_not_leave_is_not_dispatched(officer, ready, runtime, publishing, method, verdict, stands):
    publishing.says(check_of(sha256(TABLE).hexdigest(), verdict), subject=ready["id"])
    take_in(runtime)
    answer = dispatch(officer, ready, method)
    assert (answer.status_code, answer.json["rule"]) == (409, "REL-27")
    assert f"“referrals.csv” has not passed the release check: it is {stands}." in answer.json["detail"]
    assert officer.get(ready["links"]["self"]).json["state"] == "ready to send"


def test_a_second_officer_s_acceptance_lets_it_go(officer, ready, relay, runtime, publishing, tick):
    digest = sha256(TABLE).hexdigest()
    publishing.says(check_of(digest, "review"), subject=ready["id"])
    accepted = FindingsAccepted(digest=Digest(digest), ruleset=Code(RULES), reason=BlindText("Only the authority."))
    publishing.says(accepted, subject=ready["id"])
    take_in(runtime)
    assert dispatch(officer, ready).status_code == 200
    tick()
    assert len(relay.messages) == 1


def test_a_report_under_other_rules_counts_nowhere(officer, ready, runtime, publishing):
    publishing.says(check_of(sha256(TABLE).hexdigest(), ruleset="0"), subject=ready["id"])
    take_in(runtime)
    assert dispatch(officer, ready, "post").json["detail"].endswith("it is outdated.")
    assert dispatch(officer, ready).status_code == 200
    assert put_to_check(runtime)["referrals.csv"] == sha256(TABLE).hexdigest()


def test_a_reply_signed_off_before_there_were_checks_is_checked_when_it_is_dispatched(
    officer, accepted, decision, runtime, relay, tick
):
    decision.says(signed_off(runtime), subject=accepted["id"])
    take_in(runtime)
    ready = officer.get(accepted["links"]["self"]).json
    assert dispatch(officer, ready, "post").status_code == 409
    assert dispatch(officer, ready).status_code == 200
    assert set(put_to_check(runtime)) == {"letter.html", "letter.txt", "letter.pdf", "referrals.csv", "covering.txt"}
    tick()
    assert len(relay.messages) == 1


@pytest.mark.parametrize("method", ["email", "post"])
@pytest.mark.parametrize("content", [TABLE, LETTER.encode(), LETTER_PDF], ids=["document", "letter", "letter as PDF"])
def test_a_byte_changed_after_the_check_is_refused(officer, ready, runtime, method, content):
    _change(runtime, content)
    answer = dispatch(officer, ready, method)
    assert (answer.status_code, answer.json["rule"]) == (409, "REL-27")
    assert "no longer those that were checked" in answer.json["detail"]


def test_a_byte_changed_while_the_reply_waits_brings_the_case_back(officer, ready, relay, runtime, tick):
    dispatch(officer, ready)
    _change(runtime, LETTER_TEXT.encode())
    tick()
    shown = officer.get(ready["links"]["self"]).json
    assert (shown["state"], shown["dispatch"]["last_error_kind"]) == ("ready to send", "bytes changed")
    assert relay.messages == []


def _change(runtime, content):
    digest = sha256(content).hexdigest()
    path = runtime.blobs._folder / digest[:2] / digest
    path.write_bytes(content[:-1] + b"!")


def test_a_notice_is_mailed_when_it_has_passed_and_stays_when_it_has_not(officer, received, relay, runtime, publishing):
    act(officer, received, "acknowledge_request")
    Ticker(runtime).run_once()
    assert relay.messages == []
    assert set(put_to_check(runtime)) == {"notice.html", "notice.txt", "covering.txt"}
    release_checked(runtime, publishing, only="notice")
    assert Ticker(runtime).run_once() == 0
    release_checked(runtime, publishing)
    Ticker(runtime).run_once()
    assert len(relay.messages) == 1
    act(officer, received, "send_holding_letter")
    release_checked(runtime, publishing, "block")
    Ticker(runtime).run_once()
    assert len(relay.messages) == 1
    last = officer.get(received["links"]["notices"]).json["items"][-1]
    assert (last["state"], last["last_error_kind"]) == ("refused", "release check")
