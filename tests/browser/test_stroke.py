"""Painting on the stage: with the mouse and with a finger, the stroke is drawn while the hand moves, and told when it rests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import Browser, Page, expect

from core.reels.reel import Axis, Layer, Panel, Reel
from core.reels.standalone import page as page_of
from core.targets import Painted
from core.targets.hand import stroked
from tests.browser.conftest import watched
from tests.server import serve

ULAM = "const ulam = document.querySelector('.stage').ulam;"
ON = f"() => {{ {ULAM} ulam.options.paints = true; ulam.hand.stroke.shape(); ulam.hand.refresh(); window.told = []; ulam.send = (hand) => window.told.push(hand); }}"
AT = f"([panel, x, y]) => {{ {ULAM} const view = ulam.views()[panel], box = ulam.picture.canvas.getBoundingClientRect(); return [box.left + view.x.at(x), box.top + view.y.at(y)]; }}"
LINE = "() => document.querySelector('.stage').querySelector('.stroke polyline').getAttribute('points') || ''"


def reel() -> Reel:
    """Return two panels over [-4, 4] x [0, 2]."""
    line = Layer("path", pd.DataFrame({"x": [-4.0, 4.0], "y": [1.0, 1.0]}), "always")
    left, right = (Panel(Axis("x", -4, 4), Axis("y", 0, 2), (line,), area) for area in ((0, 0, 0.6, 1), (0.6, 0, 0.4, 1)))
    return Reel((left, right), 1)


@pytest.fixture(params=["mouse", "finger"])
def hand(request: pytest.FixtureRequest, chromium: Browser, tmp_path: Path) -> Iterator[tuple[Page, Any]]:
    """A page that may be painted on, and a function that moves a mouse or a finger through places of the window."""
    context = chromium.new_context(viewport={"width": 1000, "height": 800}, has_touch=request.param == "finger")
    page = watched(context.new_page())
    (tmp_path / "reel.html").write_text(page_of(reel(), "Paint", ""), encoding="utf-8")
    page.goto((tmp_path / "reel.html").as_uri())
    page.evaluate(ON)
    yield page, (mouse if request.param == "mouse" else finger)(page)
    said = list(page.said)
    context.close()
    assert not said


def mouse(page: Page) -> Any:
    def move(places: list[list[float]], lift: bool = True) -> None:
        page.mouse.move(*places[0])
        page.mouse.down()
        for place in places[1:]:
            page.mouse.move(*place)
        if lift:
            page.mouse.up()

    move.lift = page.mouse.up
    return move


def finger(page: Page) -> Any:
    client = page.context.new_cdp_session(page)

    def touch(kind: str, *places: list[float]) -> None:
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in places]})

    def move(places: list[list[float]], lift: bool = True) -> None:
        touch("touchStart", places[0])
        for place in places[1:]:
            touch("touchMove", place)
        if lift:
            touch("touchEnd")

    move.lift = lambda: touch("touchEnd")
    return move


def places(page: Page, *points: tuple[float, float], panel: int = 0) -> list[list[float]]:
    return [page.evaluate(AT, [panel, x, y]) for x, y in points]


def test_a_stroke_is_drawn_while_the_hand_moves_and_told_when_it_rests(hand: tuple[Page, Any]) -> None:
    page, move = hand
    points = [(x, 1 + 0.5 * np.sin(x)) for x in np.linspace(-3, 3, 31)]
    move(places(page, *points), lift=False)
    page.wait_for_timeout(60)
    assert len(page.evaluate(LINE).split()) >= 10 and page.evaluate("() => window.told") == []
    assert page.locator(".tip").is_hidden()  # it would cover the stroke
    move.lift()
    page.wait_for_timeout(60)
    (first,) = page.evaluate("() => window.told")
    assert first["kind"] == "paint" and first["panel"] == 0 and 10 <= len(first["xs"]) == len(first["ys"]) <= 200
    x, y = np.array(first["xs"]), np.array(first["ys"])
    assert np.abs(y - (1 + 0.5 * np.sin(x))).max() < 0.05  # as it was drawn, to two pixels
    heights = stroked(Painted((1.0,) * 31, -4.0, 4.0), first["xs"], first["ys"]).heights
    at = np.linspace(-4, 4, 31)
    under = np.abs(at) < 2.8
    assert np.abs(np.array(heights)[under] - (1 + 0.5 * np.sin(at[under]))).max() < 0.06


def test_a_long_stroke_is_thinned_and_ends_at_the_rim(hand: tuple[Page, Any]) -> None:
    page, move = hand
    points = [(x, 1.0) for x in np.tile(np.linspace(-3.5, 3.5, 80), 4)]
    move(places(page, *points, (30, 9)))
    page.wait_for_timeout(60)
    told = page.evaluate("() => window.told")[0]
    assert len(told["xs"]) <= 200 and max(told["xs"]) <= 4 + 1e-9 and max(told["ys"]) <= 2 + 1e-9
    assert (told["xs"][-1], told["ys"][-1]) == (pytest.approx(4, abs=0.02), pytest.approx(2, abs=0.02))


def test_only_the_first_panel_is_paper_and_only_when_asked(hand: tuple[Page, Any]) -> None:
    page, move = hand
    move(places(page, (-2, 1), (2, 1), panel=1))
    page.evaluate(f"() => {{ {ULAM} ulam.options.paints = false; ulam.hand.stroke.shape(); }}")
    move(places(page, (-2, 1), (2, 1)))
    page.wait_for_timeout(60)
    assert page.evaluate("() => window.told") == [] and page.evaluate(LINE) == ""


def test_the_reading_and_clicks_go_on_below_the_paper(hand: tuple[Page, Any]) -> None:
    page, move = hand
    page.evaluate(f"() => {{ {ULAM} ulam.options.clicks = true; }}")
    move(places(page, (1, 0.5)))
    page.wait_for_timeout(60)
    assert {each["kind"] for each in page.evaluate("() => window.told")} == {"paint", "click"}
    page.mouse.move(*places(page, (2, 1.5))[0])
    assert page.locator(".tip").inner_text().startswith("x = 2")


def test_a_finger_scrolls_beside_the_paper_only(hand: tuple[Page, Any]) -> None:
    page, _ = hand
    under = "([x, y]) => getComputedStyle(document.elementFromPoint(x, y)).touchAction"
    on, beside = places(page, (0, 1))[0], places(page, (0, 1), panel=1)[0]
    assert (page.evaluate(under, on), page.evaluate(under, beside)) == ("none", "pan-y")


def test_a_tap_is_a_stroke_of_one_place_and_a_stroke_without_effect_goes(hand: tuple[Page, Any]) -> None:
    page, move = hand
    move(places(page, (1, 0.5)))
    page.wait_for_timeout(60)
    told = page.evaluate("() => window.told")[0]
    assert (told["xs"], told["ys"]) == ([pytest.approx(1, abs=0.03)], [pytest.approx(0.5, abs=0.03)])
    assert page.evaluate(LINE)
    page.wait_for_timeout(2200)
    assert page.evaluate(LINE) == ""


@pytest.mark.xdist_group("app")
def test_what_is_painted_on_a_page_becomes_the_target(chromium: Browser, tmp_path: Path) -> None:
    with serve(script=Path(__file__).with_name("painting.py"), log=tmp_path / "log.txt") as address:
        context = chromium.new_context(viewport={"width": 1000, "height": 800})
        page = watched(context.new_page())
        page.goto(address)
        expect(page.get_by_text("The mean is")).to_have_text(f"The mean is {Painted().mean()[0]:.4f} of 41 heights", timeout=30_000)
        page.locator(".stage canvas").wait_for()
        page.wait_for_function("() => window.ulamStage ??= [...document.querySelectorAll('*')].map((e) => e.shadowRoot?.querySelector('.stage')).find(Boolean)")
        points = [(x, 0.2 if x < 0 else 1.2) for x in np.linspace(-3.99, 3.99, 60)]
        mouse(page)([page.evaluate(AT.replace(ULAM, "const ulam = window.ulamStage.ulam;"), [0, *point]) for point in points])
        stated = stroked(Painted(), *zip(*points, strict=True)).mean()[0]
        expect(page.get_by_text("The mean is")).not_to_have_text(f"The mean is {Painted().mean()[0]:.4f} of 41 heights", timeout=10_000)
        found = float(page.get_by_text("The mean is").inner_text().split()[3])
        assert found == pytest.approx(stated, abs=0.03) and found > 1
        page.wait_for_function("() => !window.ulamStage.querySelector('.stroke polyline').getAttribute('points')")  # the curve stands where it was
        context.close()
    assert "Traceback" not in (tmp_path / "log.txt").read_text()
