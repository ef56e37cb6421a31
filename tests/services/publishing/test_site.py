"""The public site over HTTP, without a browser."""

from dataclasses import replace
from html.parser import HTMLParser
from urllib.parse import quote
from xml.etree import ElementTree

import pytest

from shared.contracts.authorities import sites
from tests.services.publishing.conftest import at
from tests.services.publishing.replies import ALL_DENIED, GUIDE, NINE_QUESTIONS, TWO_AUTHORITIES, numbered

PATH = "/metropolitan/disclosures/01-foi-23-029461"
ATOM = {"a": "http://www.w3.org/2005/Atom", "at": "http://purl.org/atompub/tombstones/1.0"}


class Words(HTMLParser):
    """The words of a page, as a reader gets them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_data(self, data: str) -> None:
        self.found.append(data)

    def __contains__(self, words: str) -> bool:
        return words in " ".join(" ".join(self.found).split())


@pytest.fixture
def release(others, publisher):
    """Put a reply on its sites; the case id."""

    def go(reply):
        case_id = others.answered(reply)
        assert publisher.post(f"/entries/{case_id}/release", headers=at(1)).status_code == 200
        return case_id

    return go


@pytest.fixture
def withdraw(publisher):
    def go(case_id, reason="personal-data"):
        answer = publisher.post(f"/entries/{case_id}/withdrawal", json={"reason": reason}, headers=at(2))
        assert answer.status_code == 200

    return go


def test_the_first_page_leads_to_every_site(public):
    page = public.get("/").text
    for site in sites().values():
        assert f'href="/{site.code}/"' in page
        assert public.get(f"/{site.code}/").status_code == 200


def test_an_entry_is_told_question_by_question(release, public):
    release(NINE_QUESTIONS)
    page = Words(public.get(PATH).text)
    for words in (
        "Prevent case management",
        "Metropolitan Police Service",
        "Received 5 May 2026",
        "This answer was late. It was due by 3 June 2026",
        "sent on working day 27",
        "Question 1a Are referrals also added to <those> databases? Withheld",
        "Section 31(1)(a) (Law enforcement:",
        "Disclosure would be likely to cause this harm.",
        "The reasons are the same as for question 1a",
        "Question 4a Please also answer the following: For how long are the data retained?",
        "What was searched The case management system",
        "any other information is held that this question asks for",
        "Section 24(2) (National security",
        "GOV.UK: https://www.gov.uk/prevent-statistics",
        "internal review within 40 working days",
        "Information Commissioner under section 50",
    ):
        assert words in page, words


def test_an_answer_in_time_is_not_called_late(release, public):
    prompt = replace(TWO_AUTHORITIES, received_on="2026-06-01")
    release(prompt)
    page = public.get("/norfolk/disclosures/foi-001905-19").text
    assert "late" not in page
    assert "15 June 2026, in time" in page


def test_one_reply_of_two_authorities_stands_on_both_sites(release, public):
    release(TWO_AUTHORITIES)
    for site in ("norfolk", "suffolk"):
        page = Words(public.get(f"/{site}/disclosures/foi-001905-19").text)
        assert "Norfolk Constabulary and Suffolk Constabulary" in page
        assert "Prevent database" in Words(public.get(f"/{site}/").text)
    assert public.get("/gwent/disclosures/foi-001905-19").status_code == 404


@pytest.mark.parametrize("way", ["", "hold", "withdrawal"])
def test_what_is_not_released_cannot_be_seen_anywhere(way, others, publisher, public, with_guide):
    case_id = others.answered(with_guide)
    if way:
        reason = "other" if way == "withdrawal" else "A check."
        publisher.post(f"/entries/{case_id}/{way}", json={"reason": reason}, headers=at(1))
    document = f"{PATH}/documents/{with_guide.attachments[0].digest}/{quote(with_guide.attachments[0].name)}"
    for path in (PATH, f"{PATH}.json", document):
        assert public.get(path).status_code == 404
    for path in ("/metropolitan/", "/metropolitan/feed.atom", "/metropolitan/disclosures.json"):
        assert "029461" not in public.get(path).text


def test_a_withdrawn_entry_leaves_a_tombstone_with_reference_date_and_reason(release, withdraw, public, with_guide):
    withdraw(release(with_guide))
    document = f"{PATH}/documents/{with_guide.attachments[0].digest}/{quote(with_guide.attachments[0].name)}"
    for path in (PATH, document):
        answer = public.get(path)
        assert answer.status_code == 410
        page = Words(answer.text)
        assert "01.FOI.23.029461" in page
        assert "Withdrawn 15 June 2026 Reason It held personal data." in page
        assert "Prevent case management" not in page
    data = public.get(f"{PATH}.json")
    assert data.status_code == 410
    assert data.json["reason"]["code"] == "personal-data"
    assert "title" not in data.json
    assert "029461" not in public.get("/metropolitan/").text


def test_the_json_says_the_same(release, public, with_guide):
    release(with_guide)
    data = public.get(f"{PATH}.json").json
    assert (data["reference"], data["in_time"], data["due_on"]) == ("01.FOI.23.029461", False, "2026-06-03")
    assert data["overall"] == {"code": "disclosed_in_part", "title": "Disclosed in part"}
    by_label = {part["label"]: part for part in data["parts"]}
    assert by_label["1a"]["outcome"] == {"code": "withheld", "title": "Withheld"}
    assert by_label["1a"]["reasons"]["citations"] == ["24(1)", "31(1)(a)", "31(1)(b)"]
    assert by_label["1"]["outcome"] is None
    assert public.get(data["documents"][0]["url"]).data == GUIDE
    assert public.get(data["links"]["page"]).mimetype == "text/html"


def test_a_document_is_a_download_and_never_a_page(release, public, with_guide):
    release(with_guide)
    address = f"{PATH}/documents/{with_guide.attachments[0].digest}/retention%20guide.csv"
    answer = public.get(address)
    assert answer.data == GUIDE
    assert answer.headers["Content-Type"] == "text/csv"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert public.get(address.replace("retention", "other")).status_code == 404
    assert public.get(f"{PATH}/documents/{'0' * 64}/retention%20guide.csv").status_code == 404


def test_logs_come_newest_first_in_pages_that_lose_nothing(release, withdraw, public, clock):
    cases = []
    for number in range(23):
        cases.append(release(numbered(number)))
        clock.move(minutes=1)
    withdraw(cases[7])
    seen, address = [], "/cleveland/disclosures.json"
    for _ in range(3):
        page = public.get(address).json
        seen += [item["title"] for item in page["disclosures"]]
        address = page["next"]
        if address is None:
            break
    assert seen == [f"Request number {number}" for number in range(22, -1, -1) if number != 7]
    assert public.get("/cleveland/").text.count('<a href="/cleveland/disclosures/') == 20
    assert public.get("/cleveland/?after=rubbish").status_code == 422


def test_the_feed_tells_what_is_new_and_what_is_gone(release, withdraw, public):
    awkward = replace(ALL_DENIED, title="Tags <b> & a bell \x07 & “quotes”")
    withdraw(release(numbered(4)))
    release(awkward)
    answer = public.get("/cleveland/feed.atom")
    assert answer.mimetype == "application/atom+xml"
    root = ElementTree.fromstring(answer.data)
    [title] = [node.text for node in root.findall("a:entry/a:title", ATOM)]
    assert title == "Tags <b> & a bell   & “quotes” (100 - 25)"
    assert root.find("a:updated", ATOM).text == "2026-06-15T09:00:00+00:00"
    [gone] = root.findall("at:deleted-entry", ATOM)
    assert gone.get("ref").startswith("urn:uuid:")
    link = root.find("a:entry/a:link", ATOM).get("href")
    assert public.get(link).status_code == 200
    ids = [node.text for node in root.iter(f"{{{ATOM['a']}}}id")]
    assert len(ids) == len(set(ids))


def test_an_empty_log_and_its_feed_are_sound(public):
    assert "Nothing has been published here yet." in public.get("/gwent/").text
    root = ElementTree.fromstring(public.get("/gwent/feed.atom").data)
    assert root.find("a:updated", ATOM).text.startswith("2005-01-01")
    assert public.get("/gwent/disclosures.json").json["disclosures"] == []


@pytest.mark.parametrize(
    "path", ["/metropolitan/", "/metropolitan/disclosures.json", "/metropolitan/feed.atom", PATH, f"{PATH}.json"]
)
def test_a_cache_asks_each_time_and_sees_a_withdrawal_at_once(path, release, withdraw, public, clock):
    case_id = release(NINE_QUESTIONS)
    first = public.get(path)
    assert first.headers["Cache-Control"] == "no-cache"
    by_tag = {"If-None-Match": first.headers["ETag"]}
    by_date = {"If-Modified-Since": first.headers["Last-Modified"]}
    for condition in (by_tag, by_date):
        again = public.get(path, headers=condition)
        assert again.status_code == 304
        assert again.data == b""
    clock.move(minutes=1)
    withdraw(case_id)
    for condition in (by_tag, by_date):
        assert public.get(path, headers=condition).status_code in (200, 410)


def test_pages_take_no_scripts_no_frames_no_cookies_and_load_nothing_from_elsewhere(release, public):
    release(NINE_QUESTIONS)
    for path in ("/", "/metropolitan/", PATH):
        answer = public.get(path)
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert "Set-Cookie" not in answer.headers
        for forbidden in ("<script", "<style", " style=", "<iframe", "<img", "onclick"):
            assert forbidden not in answer.text
        assert 'href="/static/site.css"' in answer.text
    for name, kind in (("site.css", "text/css"), ("icon.svg", "image/svg+xml")):
        with public.get(f"/static/{name}") as answer:
            assert answer.mimetype == kind


def test_data_may_be_read_by_pages_of_other_sites(release, public):
    release(NINE_QUESTIONS)
    for path in (f"{PATH}.json", "/metropolitan/disclosures.json", "/metropolitan/feed.atom"):
        assert public.get(path).headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Origin" not in public.get(PATH).headers


def test_nothing_can_be_changed_from_outside(release, public):
    release(NINE_QUESTIONS)
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert public.open(PATH, method=method).status_code == 405
    assert public.head(PATH).status_code == 200


@pytest.mark.parametrize("path", ["/atlantis/", "/norfolk/disclosures/x", "/norfolk/disclosures/x.json", "/norfolk/x"])
def test_an_address_that_is_not_there_is_told_so_in_the_form_asked_for(path, public):
    assert public.get(path, headers={"Accept": "text/html"}).mimetype == "text/html"
    answer = public.get(path, headers={"Accept": "application/json"})
    assert answer.status_code == 404
    assert answer.mimetype == "application/problem+json"


def test_an_answer_from_before_the_code_of_practice_claims_no_periods(release, public, clock):
    clock.instant = clock.instant.replace(year=2018, month=5, day=10)
    old = replace(ALL_DENIED, received_on="2018-04-16")
    release(old)
    page = Words(public.get("/cleveland/disclosures/100-25").text)
    assert "could ask for an internal review, from:" in page
