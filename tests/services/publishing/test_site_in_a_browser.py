"""The public site as a person meets it: in a browser, on a screen and on a phone."""

import re
import threading

import pytest
from axe_playwright_python.sync_playwright import Axe
from werkzeug.serving import make_server

from tests.services.publishing.conftest import at
from tests.services.publishing.replies import ALL_DENIED, TWO_AUTHORITIES, numbered

pytestmark = [
    pytest.mark.browser,
    pytest.mark.timeout(120),
    # What a page looks like does not depend on the database; what is on it is tested on both elsewhere.
    pytest.mark.parametrize("database_settings", ["sqlite"], indirect=True),
]

DISCLOSURE = "/metropolitan/disclosures/01-foi-23-029461"
PAGES = (
    "/",
    "/metropolitan/",
    "/gwent/",
    "/cleveland/",
    DISCLOSURE,
    "/norfolk/disclosures/foi-001905-19",
    "/cleveland/disclosures/100-25",
    "/suffolk/disclosures/no-such",
)
WIDTHS = (1200, 375, 320)
RAW = re.compile(r"&lt;|&amp;|</?[a-z]+[ >]|\{\{|\{%|\bNone\b|Undefined")


@pytest.fixture
def address(others, publisher, with_guide, runtime):
    """The site with something of everything on it, served over HTTP."""
    for number in range(23):
        publisher.post(f"/entries/{others.answered(numbered(number))}/release", headers=at(1))
    for reply in (with_guide, TWO_AUTHORITIES, ALL_DENIED):
        publisher.post(f"/entries/{others.answered(reply)}/release", headers=at(1))
    gone = publisher.get("/entries?site=cleveland").json["items"][0]["id"]
    publisher.post(f"/entries/{gone}/withdrawal", json={"reason": "other"}, headers=at(2))
    server = make_server("127.0.0.1", 0, runtime.site(), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_pages_have_no_fault_that_axe_can_find_and_fit_every_width(address, browser):
    for width in WIDTHS:
        context = browser.new_context(viewport={"width": width, "height": 900}, bypass_csp=True)
        page = context.new_page()
        for path in PAGES:
            page.goto(address + path)
            found = Axe().run(page)
            assert found.violations_count == 0, f"{path} at {width}: {found.generate_report()}"
            assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{path} is wider than {width}"
        context.close()


def test_nothing_raw_can_be_seen_and_the_browser_has_no_complaint(address, browser):
    context = browser.new_context(viewport={"width": 1200, "height": 900})
    page = context.new_page()
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for path in PAGES:
        page.goto(address + path)
        seen = page.inner_text("body").replace("<those>", "")
        assert not RAW.search(seen), f"{path}: {RAW.search(seen)}"
    expected = ("status of 404", "status of 410")  # the tombstone and the page that is not there
    assert [text for text in complaints if not any(status in text for status in expected)] == []
    context.close()


def test_the_keyboard_reaches_the_content_first(address, browser):
    page = browser.new_page()
    page.goto(address + DISCLOSURE)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_one_can_read_back_to_the_oldest_disclosure_by_following_links(address, browser):
    page = browser.new_page()
    page.goto(address + "/cleveland/")
    titles = page.locator(".log h2").all_inner_texts()
    page.click("text=Older disclosures")
    titles += page.locator(".log h2").all_inner_texts()
    assert len(titles) == len(set(titles)) == 23
    assert page.locator("text=Older disclosures >> visible=true").count() == 1  # the heading alone: no further page
