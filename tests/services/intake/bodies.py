"""What is sent in order to each operation on a request in hand or answered, on Monday 15 June 2026."""

from typing import Any

UNCLEAR = "Do they share the records of “the programme”?"
NEEDED = "Which programme is meant, and for which years records are wanted."

HANDLING: dict[str, dict[str, Any]] = {
    "seek_clarification": {"parts": [], "unclear": UNCLEAR, "needed": NEEDED, "method": "email"},
    "take_clarification": {
        "parts": [],
        "received_on": "2026-06-15",
        "sufficient": True,
        "text": "The programme of 2024 and 2025.",
    },
    "give_fees_notice": {
        "parts": [],
        "amount_pence": 1250,
        "purpose": "Copying 125 pages and posting them.",
        "how_to_pay": "By bank transfer, quoting the reference of your request.",
        "method": "email",
    },
    "take_payment": {"parts": [], "received_on": "2026-06-15"},
    "extend_time": {
        "parts": [],
        "citations": ["31(1)(a)"],
        "estimated_on": "2026-08-05",
        "reason": "The exemption applies because the records describe methods; the public interest is still weighed.",
        "exceptional": False,
        "method": "email",
    },
    "transfer_request": {
        "parts": [],
        "to": "The Home Office",
        "contact": "foirequests@home.example.invalid",
        "permitted_on": "2026-06-15",
        "ours": "We hold none of the information ourselves.",
        "method": "email",
    },
    "decide_validity": {"valid": True, "rules": [], "method": "email"},
    "decide_route": {"route": "freedom-of-information", "why": "It asks for recorded information.", "method": "email"},
    "acknowledge_request": {"method": "email"},
    "send_holding_letter": {
        "reason": "A search of the archive has taken longer than we had planned.",
        "expected_on": "2026-07-31",
        "method": "email",
    },
    "withdraw_request": {"withdrawn_on": "2026-06-15", "method": "email"},
    "post_notice": {"posted_on": "2026-06-15"},
}
"""By the name of the operation."""

AFTERWARDS: dict[str, dict[str, Any]] = {
    "take_review_request": {"asked_on": "2026-06-15", "method": "email"},
    "answer_review": {
        "reviewed": [
            {"label": "1", "result": "upheld", "reasons": "The harm is real and follows from the information."},
            {
                "label": "2",
                "result": "overturned",
                "reasons": "A second search found a record of it.",
                "now": "We hold the information: there is one such database.",
            },
        ],
        "method": "email",
    },
    "correct_reply": {
        "parts": ["2"],
        "wrong": "We told you that no such database is held.",
        "right": "One is held by another unit.",
        "effect": "Our decision on the question does not change.",
        "method": "email",
    },
}
"""What is sent about a request that is answered with outcomes for the questions 1 and 2."""
