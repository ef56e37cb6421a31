"""Refusals that rest on no exemption, and the records that single exemptions ask for."""

import pytest

from shared.contracts.response import Response
from tests.services.decision import said
from tests.services.decision.said import COST, DISCLOSED, ESTIMATE, NAMES, WITHHELD, send
from tests.services.decision.test_deciding import findings
from tests.support import log_of

VEXATIOUS = {
    "outcome": "vexatious",
    "citations": ["14(1)"],
    "considered": "It is the fortieth request about one parking space, and what it would add is of value to nobody.",
}
REPEATED = {
    "outcome": "repeated",
    "citations": ["section 14(2)"],
    "earlier": {
        "reference": "01.FOI.26.000042",
        "complied_with": True,
        "same_requester": True,
        "similarity": "Both ask for the same table.",
        "interval": "It was answered three weeks ago, and the table changes once a year.",
    },
}
CANDID = {
    **WITHHELD,
    "citations": ["36(2)(b)(i)"],
    "opinion": {
        "office": "Commissioner",
        "on": "2026-06-12",
        "citations": ["s36(2)(b)(i)"],
        "likelihood": "would be likely to",
    },
}
FORBIDDEN = {
    "outcome": "withheld",
    "citations": ["44(1)(a)"],
    "showings": [{"what": "enactment", "text": "Section 57 of the Investigatory Powers Act 2016."}],
}
APART = {
    **WITHHELD,
    "balance": "",
    "balances": [
        {"citations": ["24(1)"], "text": "It lies in keeping the searches effective."},
        {"citations": ["31(1)(a)(b)"], "text": "It lies in keeping the evidence."},
    ],
    "certificates": [{"provision": "24(3)", "by": "the Home Secretary", "on": "2026-06-01", "scope": "All of it."}],
    "oldest_record": "2024-05-01",
}
KINDS = {"cost": COST, "vexatious": VEXATIOUS, "repeated": REPEATED, "36": CANDID, "40": NAMES, "44": FORBIDDEN}


@pytest.mark.parametrize("body", [*KINDS.values(), APART], ids=[*KINDS, "apart"])
def test_a_lawful_decision_of_any_kind_is_kept_and_shown_as_it_was_sent(case_id, decider, body):
    answer = send(decider, "PUT", f"/cases/{case_id}/parts/1", body)
    assert answer.status_code == 200, answer.text
    part = decider.get(f"/cases/{case_id}").json["parts"][1]
    assert [found for found in part["findings"] if found["severity"] != "I"] == []
    for name in body.keys() - {"citations", "opinion", "balances", "personal_data", "estimate"}:
        if name != "factors":
            assert part["decision"][name] == body[name], name
    again = {name: value for name, value in part["decision"].items() if name != "decided_by"}
    kept = send(decider, "PUT", f"/cases/{case_id}/parts/1", again).json["parts"][1]["decision"]
    assert kept == part["decision"]


@pytest.mark.parametrize(
    ("body", "change", "field", "rule"),
    [
        (COST, {"estimate": None}, "estimate", "CST-05"),
        (COST, {"citations": ["12(2)"]}, "citations", "CST-09"),
        (COST, {"citations": ["31(1)(a)"]}, "citations", "CST-11"),
        (COST, {"harm": WITHHELD["harm"]}, "harm.text", "CST-11"),
        (COST, {"estimate": {**ESTIMATE, "on": "1999-01-01"}}, "estimate.on", "CST-01"),
        (COST, {"estimate": {**ESTIMATE, "method": "Ask jo@example.invalid"}}, "estimate.method", "PUB-02"),
        (
            CANDID,
            {"opinion": {**CANDID["opinion"], "office": "Commissioner, 020 7946 0991"}},
            "opinion.office",
            "PUB-02",
        ),
        (COST, {"estimate": {**ESTIMATE, "lines": []}}, "estimate.lines", "CST-05"),
        (REPEATED, {"earlier": {**REPEATED["earlier"], "complied_with": False}}, "earlier.complied_with", "ACC-02"),
        (CANDID, {"opinion": None}, "opinion", "EXM-07"),
        (CANDID, {"opinion": {**CANDID["opinion"], "on": "2026-07-01"}}, "opinion.on", "EXM-07"),
        (CANDID, {"opinion": {**CANDID["opinion"], "citations": ["36"]}}, "opinion.citations.0", "EXM-01"),
        (NAMES, {"personal_data": None}, "personal_data.interest", "EXM-09"),
        (FORBIDDEN, {"showings": []}, "showings.enactment", "s17(1)(c)"),
        (FORBIDDEN, {"showings": [{"what": "fish", "text": "No."}]}, "showings.0.what", "s17(1)(c)"),
        (WITHHELD, {"citations": ["12(1)"]}, "citations", "CST-11"),
        (WITHHELD, {"citations": ["31 (1()(a)"]}, "citations.0", "EXM-01"),
        (DISCLOSED, {"estimate": ESTIMATE}, "estimate", "CST-11"),
    ],
)
def test_what_such_a_decision_lacks_is_named_with_its_rule(case_id, decider, body, change, field, rule):
    answer = send(decider, "PUT", f"/cases/{case_id}/parts/1", {**body, **change})
    assert (field, rule) in findings(answer)
    assert decider.get(f"/cases/{case_id}").json["version"] == 1


@pytest.mark.parametrize("minutes", ["", "-1", "1e3", "1/0", "x", True, [], "1" * 30])
def test_what_is_no_time_is_refused(case_id, decider, minutes):
    line = {**ESTIMATE["lines"][0], "sample_minutes": minutes}
    answer = send(decider, "PUT", f"/cases/{case_id}/parts/1", {**COST, "estimate": {**ESTIMATE, "lines": [line]}})
    assert answer.status_code == 422
    assert "estimate.lines.0.sample_minutes" in {each["field"] for each in answer.json["errors"]}


def test_a_refusal_on_cost_goes_into_the_reply_with_its_worksheet(case_id, decider, runtime):
    said.decided(decider, case_id)
    assert send(decider, "PUT", f"/cases/{case_id}/parts/1", COST).status_code == 200
    told = log_of(runtime)[-1].data["decided"]
    assert (told["outcome"], told["citations"]) == ("cost_refused", ["12(1)"])
    done = send(decider, "POST", f"/cases/{case_id}/submission")
    assert done.status_code == 200, done.text
    response = Response.from_bytes(runtime.private_blobs.get(done.json["draft"]["response"]))
    (part,) = [each for each in response.parts if each.label == "1"]
    assert part.reasons is None
    assert (part.estimate.minutes, part.estimate.limit_pence, part.estimate.provision) == (10_570, 45_000, "12(1)")
    assert part.estimate.lines[0].minutes_each == "2.52"
    assert part.advice == ESTIMATE["advice"]
    assert "section 17(5)" in decider.get(f"/cases/{case_id}/letter?format=text").text


def test_a_worksheet_says_what_an_estimate_comes_to_and_keeps_nothing(case_id, decider, runtime):
    path = f"/cases/{case_id}/cost-estimate"
    answer = decider.post(path, json=ESTIMATE).json
    assert {name: answer[name] for name in ("minutes", "pence", "limit_pence", "limit_minutes", "exceeds")} == {
        "minutes": 10_570,
        "pence": 440_417,
        "limit_pence": 45_000,
        "limit_minutes": 1_080,
        "exceeds": True,
    }
    line = {**ESTIMATE["lines"][0], "activity": "redaction"}
    wrong = decider.post(path, json={**ESTIMATE, "lines": [line]}).json["findings"]
    assert ("lines[0].activity", "CST-04", "B") in {(each["field"], each["rule"], each["severity"]) for each in wrong}
    assert decider.post(path, json={**ESTIMATE, "on": "1999-01-01"}).status_code == 422
    assert log_of(runtime) == []
