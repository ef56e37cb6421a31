"""The letter as a person meets it who opens it in a browser, on a screen and on a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.letters.written import LETTERS

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]


@pytest.mark.parametrize("name", LETTERS)
def test_the_letter_has_no_fault_that_axe_can_find_and_fits_every_width(browser, name):
    page = browser.new_page(viewport={"width": 1200, "height": 800})
    page.set_content(LETTERS[name].html.decode())
    assert page.evaluate("document.documentElement.scrollWidth") <= 1200
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.close()
