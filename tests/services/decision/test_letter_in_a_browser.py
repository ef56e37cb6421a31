"""The letter as a person meets it who opens it in a browser, on a screen and on a phone."""

from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe

from services.decision.letter import render
from tests.services.decision.replies import ALL

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]


@pytest.mark.parametrize("name", ALL)
def test_the_letter_has_no_fault_that_axe_can_find_and_fits_every_width(browser, name):
    html = render(ALL[name], date(2026, 6, 15)).html.decode()
    for width in (1200, 320):
        page = browser.new_page(viewport={"width": width, "height": 800})
        page.set_content(html)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        page.close()
