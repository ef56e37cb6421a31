from tests.services.publishing.test_site_in_a_browser import *


def test_look(address, browser):
    for w in (1200, 375):
        c = browser.new_context(viewport={"width": w, "height": 900})
        p = c.new_page()
        for path in PAGES:
            p.goto(address + path)
            p.screenshot(path=f"/tmp/shots/{w}{path.replace('/', '_')}.png", full_page=True)
