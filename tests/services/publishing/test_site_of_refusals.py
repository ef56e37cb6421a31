"""Refusals on the public site that rest on more than harm and public interest."""

from dataclasses import replace

import pytest

from tests.letters.replies import REFUSED_OTHERWISE, RICH
from tests.services.publishing.conftest import at
from tests.services.publishing.test_site import Words

OTHERWISE = replace(
    REFUSED_OTHERWISE, parts=tuple(part for part in REFUSED_OTHERWISE.parts if part.outcome != "vexatious")
)


@pytest.fixture
def page(others, publisher, public):
    def read(reply, path):
        case_id = others.answered(reply)
        assert publisher.post(f"/entries/{case_id}/release", headers=at(1)).status_code == 200
        return public.get(path)

    return read


def test_what_is_refused_on_cost_or_as_repeated_is_told_with_what_it_rests_on(page):
    words = Words(page(OTHERWISE, "/gwent/disclosures/2022-25709").text)
    for told in (
        "Refused on cost",
        "To answer this would cost more than the limit in section 12 of the Act.",
        "We read twenty of them, chosen at random, and timed it.",
        "Custody system: 1240 records at 3.5 minutes each",
        "73 hours 5 minutes at £25 an hour would cost £1,827.09; the limit is £450.",
        "If you ask for one month instead of five years",
        "Refused as repeated",
        "The earlier request is 2022/25650.",
        "It has not changed since.",
    ):
        assert told in words, told


def test_what_an_exemption_asks_to_be_shown_is_told(page):
    words = Words(page(RICH, "/west-midlands/disclosures/151-18").text)
    for told in (
        "Privilege Legal advice privilege, which was not waived.",
        "The Chief Constable gave the reasonable opinion of section 36 on 20 March 2023.",
        "Balance of the public interest under section 42(1) Advice that may be read by anybody is not sought.",
        "The public interest was judged as at 30 March 2023.",
        "Their organisations are published, which serves that interest.",
        "There is a certificate under section 23(2) by the Home Secretary, dated 21 March 2023.",
    ):
        assert told in words, told


def test_the_data_has_what_a_refusal_on_cost_rests_on(page, public):
    page(OTHERWISE, "/gwent/disclosures/2022-25709")
    part = public.get("/gwent/disclosures/2022-25709.json").json["parts"][0]
    assert part["outcome"] == {"code": "cost_refused", "title": "Refused on cost"}
    assert (part["estimate"]["pence"], part["estimate"]["limit_pence"]) == (182_709, 45_000)
    assert part["reasons"] is None
