"""Work under a bar in a real browser: Stop keeps what there is, the rest can follow, a queue has a place, a result is shared."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.server import serve

pytestmark = pytest.mark.xdist_group("drive")


@pytest.fixture(scope="module")
def server():
    with serve(Path(__file__).with_name("slow.py")) as address:
        yield address


@pytest.fixture
def visit(chromium: Browser, server: str):
    contexts = []

    def come(key: str, hold: bool = False):
        contexts.append(chromium.new_context())
        page = contexts[-1].new_page()
        page.goto(f"{server}/?key={key}" + "&hold=1" * hold)
        return page

    def free(key: str) -> None:
        contexts.append(chromium.new_context())
        contexts[-1].new_page().goto(f"{server}/?free={key}")

    come.free = free
    yield come
    for context in contexts:
        context.close()


def test_stop_keeps_what_there_is_and_the_rest_can_follow(visit):
    page = visit("stop")
    expect(page.get_by_text(re.compile(r"Cooking: \d+ of 60, about \d+ s left"))).to_be_visible()
    page.get_by_role("button", name="Stop", exact=True).click()
    expect(page.get_by_text(re.compile(r"Stopped at \d+ of 60"))).to_be_visible()
    said = page.get_by_text(re.compile(r"Result of \d+, partial"))
    expect(said).to_be_visible()
    assert 0 < int(re.search(r"\d+", said.inner_text()).group()) < 60
    page.get_by_role("button", name="Run to the end").click()
    expect(page.get_by_text("Result of 60, whole")).to_be_visible(timeout=20_000)


def test_a_run_is_shared_by_all_who_ask_for_it_and_a_third_waits(visit):
    first, same = visit("shared", hold=True), visit("shared", hold=True)
    expect(first.get_by_text("of 60, about")).to_be_visible()
    expect(same.get_by_text("waiting for 1 run before this one")).to_be_visible()
    second, third = visit("second", hold=True), visit("third")
    expect(second.get_by_text("of 60, about")).to_be_visible()
    expect(third.get_by_text("waiting for 1 run before this one")).to_be_visible()
    visit.free("shared")
    expect(first.get_by_text("Result of 60, whole")).to_be_visible(timeout=20_000)
    expect(same.get_by_text("Result of 60, whole")).to_be_visible(timeout=5_000)  # its own run would take six seconds
    second.context.close()
    expect(third.get_by_text("of 60, about")).to_be_visible(timeout=20_000)


def test_a_moved_control_ends_the_work(visit):
    page = visit("moved")
    expect(page.get_by_text("of 60, about")).to_be_visible()
    page.get_by_role("slider").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text(re.compile(r"Cooking: [1-9] of 60"))).to_be_visible()
