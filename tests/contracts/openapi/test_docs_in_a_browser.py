"""The page that describes the interface, as a developer meets it: in a browser, with a token as the password."""

import pytest

from tests.contracts.openapi.furnished import furnish, operations
from tests.contracts.openapi.serving import serving

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]


def test_the_page_shows_every_operation_and_keeps_to_its_policy(browser, tmp_path):
    here = furnish("intake", tmp_path)
    here.runtime.engine.dispose()
    token = here.token("foi-officer")["Authorization"].removeprefix("Bearer ")
    complaints: list[str] = []
    with serving("intake", tmp_path) as served:
        context = browser.new_context(http_credentials={"username": "me", "password": token})
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type != "log" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("requestfailed", lambda request: complaints.append(f"{request.url} failed"))
        page.goto(f"{served.address}/docs")
        page.wait_for_selector(".opblock")
        shown = page.locator(".opblock-summary-path").all_inner_texts()
        assert len(shown) == len(operations("intake"))
        assert page.locator(".opblock").first.bounding_box()["height"] > 20
        page.locator(".opblock-summary-control").first.click()
        page.wait_for_selector(".opblock-body .parameters-col_description, .opblock-body .opblock-section")
        assert page.locator(".opblock.is-open .response").count() > 0
        context.close()
    # The browser first asks without the password, as browsers do, and says so.
    assert [text for text in complaints if "401" not in text] == []
