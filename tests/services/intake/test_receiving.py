"""A request comes in by any channel in writing; its clock runs; who asked stays apart."""

from concurrent.futures import ThreadPoolExecutor
from email.message import EmailMessage

import pytest
from sqlalchemy import event, select

from services.intake.models import case_authority, reference_counter, request, requester
from tests.services.intake.conftest import form, log, send
from tests.support import log_of


def email(**headers):
    message = EmailMessage()
    message["From"] = "Quilla Zephyrine <quilla.z@example.org>"
    message["Subject"] = "Question about dogs"
    message["Received"] = "from a by b; Fri, 12 Jun 2026 23:30:00 +0000"
    for name, value in headers.items():
        del message[name]
        if value:
            message[name] = value
    message.set_content("How many dogs do you have?\n\nQuilla")
    return message.as_bytes()


def post_email(client, raw, **query):
    query = query or {"authority": ["cleveland"]}
    return client.post("/cases/from-email", data=raw, content_type="message/rfc822", query_string=query)


def test_a_request_logged_by_staff_is_a_case_with_a_reference_and_a_due_date(officer, runtime):
    answer = officer.post("/cases", json=form())
    assert answer.status_code == 201
    shown = answer.json
    assert answer.headers["Location"] == shown["links"]["self"] == f"/cases/{shown['id']}"
    assert answer.headers["ETag"] == '"1"'
    assert {name: shown[name] for name in ("reference", "state", "authorities", "due_on", "due_band", "clock")} == {
        "reference": "FOI 000001/26",
        "state": "received",
        "authorities": ["norfolk", "suffolk"],
        "due_on": "2026-07-14",
        "due_band": "16-20",
        "clock": "running",
    }
    assert shown["allowed"][0] == "confirm parts"
    assert shown["warnings"] == []
    read = officer.get(shown["links"]["self"])
    assert read.json == shown
    (recorded,) = log_of(runtime)
    assert recorded.type == "foi.intake.case-received.v1"
    assert recorded.subject == shown["id"]
    assert recorded.data == {
        "reference": "FOI 000001/26",
        "authorities": ["norfolk", "suffolk"],
        "channel": "email",
        "received_on": "2026-06-12",
        "due_on": "2026-07-14",
    }


def test_the_first_authority_leads_and_the_reference_is_in_its_writing(officer, runtime):
    shown = log(officer, authorities=["suffolk", "gwent"], received_on="2026-06-01")
    with runtime.engine.connect() as connection:
        rows = connection.execute(select(case_authority.c.authority, case_authority.c.lead)).all()
    assert sorted(rows) == [("gwent", False), ("suffolk", True)]
    assert officer.get(shown["links"]["self"]).json["authorities"] == ["suffolk", "gwent"]


REFERENCES = [
    ("metropolitan", "2023-11-02", "01.FOI.23.029461"),
    ("cleveland", "2025-01-20", "100 - 25"),
    ("west-midlands", "2018-03-05", "151_18"),
    ("norfolk", "2019-05-01", "FOI 001905/19"),
    ("gwent", "2022-10-03", "2022/25709"),
    ("north-yorkshire", "2026-03-31", "0001.2025"),
    ("north-yorkshire", "2026-04-01", "0001.2026"),
]


@pytest.mark.parametrize(("authority", "received_on", "reference"), REFERENCES)
def test_numbers_go_on_after_the_last_one_from_before(officer, authority, received_on, reference):
    assert log(officer, authorities=[authority], received_on=received_on)["reference"] == reference


def test_authorities_of_one_series_number_their_cases_in_one_row(officer):
    one, other = log(officer, authorities=["norfolk"]), log(officer, authorities=["suffolk"])
    assert [one["reference"], other["reference"]] == ["FOI 000001/26", "FOI 000002/26"]


def test_a_refused_request_uses_up_no_number(officer, client_as):
    assert officer.post("/cases", json=form(title="From Quilla Zephyrine")).status_code == 422
    assert log(officer)["reference"] == "FOI 000001/26"


def test_many_at_once_get_numbers_without_gap_or_repetition(client_as, runtime):
    clients = [client_as("foi-officer") for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda client: client.post("/cases", json=form()), clients))
    assert {answer.status_code for answer in answers} == {201}
    assert sorted(answer.json["reference"] for answer in answers) == [f"FOI {n:06d}/26" for n in range(1, 9)]
    with runtime.engine.connect() as connection:
        assert connection.execute(select(reference_counter)).all() == [("norfolk-and-suffolk", 2026, 8)]


def test_the_same_form_with_the_same_key_is_one_case(officer, runtime):
    headers = {"Idempotency-Key": "form-1"}
    first, again = (officer.post("/cases", json=form(), headers=headers) for _ in range(2))
    assert (again.status_code, again.data) == (201, first.data)
    assert len(log_of(runtime)) == 1


def test_logging_a_request_takes_few_statements(officer, runtime):
    log(officer)
    said = []
    listen = (runtime.engine, "before_cursor_execute", lambda *args: said.append(args[2].split()[0]))
    event.listen(*listen)
    log(officer)
    event.remove(*listen)
    written = [word for word in said if word in ("INSERT", "UPDATE")]
    assert len(written) == 7  # counter, case, authorities, requester, request; log and its head
    assert said.count("SELECT") <= 2  # both for the log


MISTAKES = [
    ({"received_on": "2026-06-16"}, "received_on", "CLK-02"),
    ({"received_on": "1999-01-01"}, "received_on", "CLK-05"),
    ({"received_on": "0001-01-01"}, "received_on", "CLK-05"),
    ({"received_on": "9999-12-31"}, "received_on", "CLK-02"),
    ({"received_on": "yesterday"}, "received_on", "CLK-02"),
    ({"received_on": None}, "received_on", "CLK-02"),
    ({"channel": "telephone"}, "channel", "VAL-01"),
    ({"authorities": ["atlantis"]}, "authorities", ""),
    ({"authorities": ["norfolk", "norfolk"]}, "authorities", ""),
    ({"authorities": []}, "authorities", ""),
    ({"authorities": ["norfolk\n"]}, "authorities.0", ""),
    ({"requester": {"email": None}}, "requester", "VAL-03"),
    ({"requester": {"email": "quilla"}}, "requester.email", "VAL-03"),
    ({"requester": {"name": ""}}, "requester.name", "VAL-02"),
    ({"requester": {"name": "x" * 201}}, "requester.name", "VAL-02"),
    ({"requester": {"name": "Quilla\x1bZ"}}, "requester.name", "VAL-02"),
    ({"requester": {"category": "enemy"}}, "requester.category", ""),
    ({"text": " \n"}, "text", "VAL-04"),
    ({"text": "x" * 100_001}, "text", "VAL-04"),
    ({"title": "For Quilla Zephyrine"}, "title", "CON-01/PUB-02"),
]


@pytest.mark.parametrize(("changes", "field", "rule"), MISTAKES)
def test_a_mistake_in_the_form_is_told_with_its_field_and_rule_and_without_the_person(officer, changes, field, rule):
    answer = officer.post("/cases", json=form(**changes))
    assert answer.status_code == 422
    told = {error["field"]: error for error in answer.json["errors"]}
    assert told[field]["rule"] == rule
    assert told[field]["next_step"]
    assert "quilla" not in answer.text.lower()


DOUBTS = [
    ({"requester": {"name": None}}, ["VAL-02"]),
    ({"requester": {"name": "Quilla"}}, ["VAL-02"]),
    ({"requester": {"name": "Watch", "category": "organisation"}}, []),
    ({"requester": {"name": "Mr Zephyrine"}}, []),
    ({"text": "Dogs."}, ["VAL-04"]),
]


@pytest.mark.parametrize(("changes", "rules"), DOUBTS)
def test_a_doubt_about_section_8_is_a_warning_and_keeps_nothing_out(officer, changes, rules):
    shown = log(officer, **changes)
    assert [warning["rule"] for warning in shown["warnings"]] == rules
    assert officer.get(shown["links"]["self"]).json["warnings"] == shown["warnings"]


@pytest.mark.parametrize("address", ["email", "postal_address", "handle"])
def test_any_address_that_a_reply_can_be_sent_to_will_do(officer, address):
    values = {"email": "q@example.org", "postal_address": "1 High Street", "handle": "@quilla"}
    log(officer, requester={"email": None, address: values[address]})


def test_an_email_is_logged_as_of_the_day_of_its_delivery_in_london(officer, runtime):
    raw = email()
    answer = post_email(officer, raw)
    assert answer.status_code == 201
    assert (answer.json["received_on"], answer.json["channel"]) == ("2026-06-13", "email")
    with runtime.engine.connect() as connection:
        kept, person = connection.execute(select(request)).one(), connection.execute(select(requester)).one()
    assert kept.text.reveal() == "Question about dogs\n\nHow many dogs do you have?\n\nQuilla"
    assert (person.name.reveal(), person.email.reveal()) == ("Quilla Zephyrine", "quilla.z@example.org")
    assert runtime.private_blobs.get(kept.original) == raw


@pytest.mark.parametrize("header", ["", "x; Mon, 1 Jan 2046 09:00:00 +0000", "x; Thu, 1 Jan 1970 00:00:00 +0000"])
def test_an_email_whose_headers_tell_no_likely_day_is_received_today(officer, header):
    assert post_email(officer, email(Received=header)).json["received_on"] == "2026-06-15"


def test_an_email_may_be_for_several_authorities(officer):
    answer = post_email(officer, email(), authority=["norfolk", "suffolk"])
    assert answer.json["authorities"] == ["norfolk", "suffolk"]


@pytest.mark.parametrize(
    ("raw", "query", "field"),
    [
        (email(From=""), {"authority": "cleveland"}, "requester"),
        (b"From: q@example.org\n\n", {"authority": "cleveland"}, "body"),
        (email(), {"authority": "atlantis"}, "authority"),
        (email(), {"force": "cleveland"}, "authority"),
    ],
)
def test_an_email_that_cannot_be_a_case_is_told_why(officer, runtime, raw, query, field):
    answer = post_email(officer, raw, **query)
    assert answer.status_code == 422
    assert field in {error["field"] for error in answer.json["errors"]}
    assert "quilla" not in answer.text.lower()
    assert log_of(runtime) == []


def test_an_email_is_taken_as_such_only(officer):
    assert officer.post("/cases/from-email?authority=gwent", json={}).status_code == 415
    big = b"From: q@example.org\n\n" + b"x" * 21_000_000
    assert post_email(officer, big).status_code == 413


def test_a_web_form_is_received_today_and_told_no_more_than_it_needs(client_as, runtime):
    body = {"authority": "gwent", "name": "Quilla Zephyrine", "email": "q@example.org", "text": "How many dogs?"}
    answer = client_as("web-form").post("/cases/from-web-form", json=body)
    assert answer.status_code == 201
    assert set(answer.json) == {"id", "version", "reference", "received_on", "due_on", "links"}
    assert answer.json["received_on"] == "2026-06-15"
    assert log_of(runtime)[0].data["channel"] == "web-form"
    assert client_as("web-form").get(answer.json["links"]["self"]).status_code == 403
    wrong = client_as("web-form").post("/cases/from-web-form", json={**body, "authority": "atlantis"})
    assert wrong.json["errors"][0]["field"] == "authority"


def test_the_deadline_is_shown_with_its_working(officer, received, clock):
    answer = officer.get(received["links"]["deadline"])
    assert answer.status_code == 200
    shown = answer.json
    assert (shown["due_on"], shown["working_day"], shown["in_time"]) == ("2026-07-14", 0, True)
    assert shown["days"][0] == {"date": "2026-06-13", "number": None, "why": "Saturday"}
    assert shown["working"][-1] == "Due by the end of Tuesday 14 July 2026, working day 20."
    clock.move(days=30)  # Wednesday 15 July
    late = officer.get(received["links"]["deadline"]).json
    assert (late["working_day"], late["in_time"], late["due_band"]) == (21, False, "overdue")
    clock.move(days=-60)
    assert officer.get(received["links"]["deadline"]).json["working_day"] == 0


def test_who_asked_is_shown_for_a_reason_that_goes_on_record(officer, received, runtime):
    answer = send(officer, f"{received['links']['self']}/requester/reveal", {"reason": "To ask what is meant by 3."})
    assert answer.status_code == 200
    assert answer.json["name"] == "Ms Quilla Zephyrine"
    assert answer.json["text"].endswith("Quilla Zephyrine")
    looked = log_of(runtime)[-1]
    assert (looked.type, looked.data) == ("foi.intake.requester-revealed.v1", {"reason": "To ask what is meant by 3."})
    assert looked.actor_id == "a.patel"
    named = send(officer, f"{received['links']['self']}/requester/reveal", {"reason": "I know Ms Zephyrine."})
    assert named.status_code == 422
    assert "ephyrine" not in named.text
    assert len(log_of(runtime)) == 2
