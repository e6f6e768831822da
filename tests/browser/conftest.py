"""A real browser for tests: one Chromium for all, and a fresh page each that may not report an error."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.chromium import FLAGS, MISSING, find


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start Chromium once; a machine without one fails."""
    path = find()
    if path is None:
        pytest.fail(MISSING)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


def watched(page: Page) -> Page:
    """Collect in `page.said` what the page reports as an error, and in `page.asked` the addresses that it fetches."""
    page.said, page.asked = [], []
    page.on("console", lambda message: page.said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: page.said.append(str(error)))
    page.on("request", lambda request: page.asked.append(request.url))
    return page


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """Open a page in a profile of its own; the test fails when the page reports an error."""
    context = chromium.new_context(viewport={"width": 1000, "height": 800}, color_scheme="light")
    page = watched(context.new_page())
    yield page
    said = list(page.said)
    context.close()
    assert not said, f"the browser reported {said}"
