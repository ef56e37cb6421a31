"""The letter as a person meets it who opens it in a browser, on a screen and on a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.letters.written import LETTERS

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]


@pytest.mark.parametrize("name", LETTERS)
def test_the_letter_has_no_fault_that_axe_can_find_and_fits_every_width(browser, name):
    html = LETTERS[name].html.decode()
    for width in (1200, 320):
        page = browser.new_page(viewport={"width": width, "height": 800})
        page.set_content(html)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        page.close()
