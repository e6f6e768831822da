"""The player in a browser: what it decodes, draws, says and does, on pages that play from a file."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import Browser, Page

from core.reels import wire
from core.reels.reel import Axis, Handle, Layer, Panel, Readout, Reel, Sweep
from core.reels.standalone import page as page_of
from tests.browser.conftest import watched

MODEL, TRUTH, FAILURE = (0, 114, 178), (0, 121, 92), (200, 80, 10)  # the roles of stage.css on paper
ULAM = "const ulam = document.querySelector('.stage').ulam;"
SETTLE = "await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));"
PIXEL = """
const view = ulam.views()[panel], { canvas, ctx } = ulam.picture, ratio = canvas.width / canvas.clientWidth;
return [...ctx.getImageData(Math.round(view.x.at(x) * ratio), Math.round(view.y.at(y) * ratio), 1, 1).data];
"""
LOWERED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
Open = Callable[[Reel], Page]


def play(page: Page, code: str, **given: Any) -> Any:
    """Run JavaScript with `ulam`, the player, and the given values; `return` answers."""
    names = ", ".join(given)
    return page.evaluate(f"async ({{{names}}}) => {{ {ULAM} {code} }}", given)


def seek(page: Page, frame: int) -> None:
    play(page, f"ulam.seek(frame); {SETTLE}", frame=frame)


def pixel(page: Page, x: float, y: float, panel: int = 0) -> list[int]:
    """Return red, green, blue and alpha at data coordinates; alpha 0 is bare paper."""
    return play(page, PIXEL, panel=panel, x=x, y=y)


def picture(page: Page) -> np.ndarray:
    """Return the canvas as an array (height, width, 4)."""
    text, width = play(
        page,
        """const { canvas, ctx } = ulam.picture, { data } = ctx.getImageData(0, 0, canvas.width, canvas.height);
        let text = ""; for (let i = 0; i < data.length; i += 8192) text += String.fromCharCode(...data.subarray(i, i + 8192));
        return [btoa(text), canvas.width];""",
    )
    return np.frombuffer(base64.b64decode(text), np.uint8).reshape(-1, width, 4)


def near(colour: list[int], wanted: tuple[int, int, int], within: int = 6) -> bool:
    return colour[3] > 200 and all(abs(a - b) <= within for a, b in zip(colour, wanted, strict=False))


def until(page: Page, code: str) -> None:
    """Wait up to four seconds for a condition in the page."""
    for _ in range(80):
        if play(page, f"return {code};"):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"this never came true: {code}")


def film(*layers: Layer, frames: int = 5, x: Axis | None = None, y: Axis | None = None, **given: Any) -> Reel:
    """Return a reel with one panel over [0, 10] x [0, 10]."""
    return Reel((Panel(x or Axis("x", 0, 10), y or Axis("y", 0, 10), layers),), frames, **given)


def rows(**columns: Any) -> pd.DataFrame:
    return pd.DataFrame(columns)


def line(height: float, role: str = "model", label: str = "") -> Layer:
    return Layer("path", rows(x=[0.0, 10.0], y=[height, height]), "always", role, label, style={"width": 8, "dash": False})


def sweep(frames: int = 41, **given: Any) -> Reel:
    """Return a sweep of a height from -2 to 2, whose line and read-out are the tick."""
    ticks = np.linspace(-2, 2, frames)
    flat = rows(frame=np.repeat(np.arange(frames), 2), x=np.tile([0.0, 1.0], frames), y=np.repeat(ticks, 2))
    panel = Panel(Axis("x", 0, 1), Axis("height", -3, 3), (Layer("path", flat, label="line", style={"width": 8}),))
    start = given.pop("start", frames // 2)
    return Reel((panel,), frames, ("The line stands at {mu:.3f}.",), (Readout("mu", "mu", ticks),), start=start, sweep=Sweep("mu", "height", ticks), **given)


@pytest.fixture
def show(page: Page, tmp_path: Path) -> Open:
    """Return a function that writes a reel as a page of its own and opens it."""

    def opened(reel: Reel, title: str = "Test", note: str = "") -> Page:
        path = tmp_path / "reel.html"
        path.write_text(page_of(reel, title, note), encoding="utf-8")
        page.goto(path.as_uri())
        play(page, SETTLE)
        return page

    return opened


# Decoding


def test_decodes_every_kind_of_column(show: Open) -> None:
    tiled = rows(frame=np.repeat([0, 1, 2], 3), x=np.tile([1.0, np.nan, 3.0], 3), y=np.arange(9.0))
    uneven = rows(frame=[0, 2, 2], x=[1.0, 2.0, 3.0], y=[4.0, 5.0, 6.0])
    page = show(film(Layer("path", tiled), Layer("points", uneven), frames=3))
    read = "const l = ulam.reel.panels[0].layers[layer], r = l.rows(...l.range(frame)); return [...r.x, ...r.y].map((v) => (Number.isNaN(v) ? null : v));"
    assert play(page, read, layer=0, frame=1) == [1, None, 3, 3, 4, 5]
    assert play(page, read, layer=1, frame=1) == []
    assert play(page, read, layer=1, frame=2) == [2, 3, 5, 6]


def test_sixteen_bits_show_the_same_picture(show: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    x = np.linspace(0, 10, 300)
    curves = [rows(frame=f, x=x, y=5 + 4 * np.sin(x + f)) for f in range(3)]
    reel = film(Layer("path", pd.concat(curves, ignore_index=True), style={"width": 3}), frames=3, start=2)
    fine = picture(show(reel))
    monkeypatch.setattr(wire, "FINE_ROWS", 10)
    page = show(reel)
    coarse = picture(page)
    assert play(page, "return ulam.reel.panels[0].layers[0].rows(0, 1).x.length") == 1
    assert (np.abs(fine.astype(int) - coarse)[..., 3] > 100).mean() < 1e-4
    worst = play(
        page, "const r = ulam.reel.panels[0].layers[0].rows(600, 900); return Math.max(...r.x.map((v, i) => Math.abs(r.y[i] - 5 - 4 * Math.sin(v + 2))))"
    )
    assert worst < 10 / 500  # a pixel of this panel


# Marks, read back from the canvas


@pytest.mark.parametrize(
    ("layer", "inked", "bare"),
    [
        (Layer("path", rows(x=[0.0, 10.0], y=[0.0, 10.0]), "always", style={"width": 6}), (4, 4), (4, 6)),
        (Layer("path", rows(x=[1.0, 4.0, np.nan, 6.0, 9.0], y=[5.0] * 5), "always", style={"width": 6}), (3, 5), (5, 5)),
        (Layer("path", rows(x=[1.0, 4.0, 6.0, 9.0], y=[5.0] * 4, part=[0, 0, 1, 1]), "always", style={"width": 6}), (8, 5), (5, 5)),
        (Layer("area", rows(x=[2.0, 8.0], y=[6.0, 6.0], base=[3.0, 3.0]), "always", style={"opacity": 1}), (5, 4), (5, 2)),
        (Layer("bars", rows(x=[3.0, 7.0], y=[8.0, 2.0], width=[2.0, 2.0]), "always", style={"opacity": 1}), (3, 7), (7, 3)),
        (Layer("points", rows(x=[5.0], y=[5.0], size=[14.0]), "always", style={"opacity": 1}), (5, 5), (6, 5)),
        (Layer("arrows", rows(x=[1.0], y=[5.0], dx=[8.0], dy=[0.0]), "always", style={"opacity": 1, "width": 8}), (8.6, 5), (9.5, 5)),
        (Layer("rule", rows(x=[5.0]), "always", style={"width": 6}), (5, 9), (6, 9)),
        (Layer("rule", rows(y=[5.0]), "always", style={"width": 6}), (9, 5), (9, 6)),
    ],
    ids=["path", "gap", "part", "area", "bars", "points", "arrows", "upright rule", "level rule"],
)
def test_marks_stand_where_their_rows_say(show: Open, layer: Layer, inked: tuple[float, float], bare: tuple[float, float]) -> None:
    page = show(film(layer))
    assert near(pixel(page, *inked), MODEL)
    assert not near(pixel(page, *bare), MODEL, 60)


def test_a_field_stands_on_its_bottom_row(show: Open) -> None:
    grid = rows(row=[0, 0, 1, 1], column=[0, 1, 0, 1], value=[1.0, 0.0, 0.0, 0.0])
    page = show(film(Layer("field", grid, "always")))
    assert near(pixel(page, 2.2, 2.2), MODEL)  # bottom left
    for x, y in ((7.2, 2.2), (2.2, 7.2), (7.2, 7.2)):
        assert near(pixel(page, x, y), (251, 250, 246))


def test_text_leaves_ink(show: Open) -> None:
    page = show(film(Layer("text", rows(x=[5.0], y=[5.0], text=["mode"]), "always", "ink")))
    box = "const v = ulam.views()[0], c = ulam.picture.ctx; return c.getImageData(v.x.at(5) - 15, v.y.at(5) - 8, 30, 16).data.filter((_, i) => i % 4 === 3).reduce((a, b) => a + b)"
    assert play(page, box) > 10_000


def test_roles_have_their_colours(show: Open) -> None:
    page = show(film(line(8), line(5, "truth"), line(2, "failure")))
    assert near(pixel(page, 3.3, 8), MODEL)
    assert near(pixel(page, 3.3, 5), TRUTH)
    assert near(pixel(page, 3.3, 2), FAILURE)


def test_when_says_which_rows_show(show: Open) -> None:
    one = {"frame": [0, 1, 2, 3], "x": [1.3, 3.3, 5.3, 7.3], "y": [5.3] * 4}
    shown = {}
    for when in ("frame", "until", "trail"):
        page = show(film(Layer("points", rows(**one), when, trail=2, style={"size": 14, "opacity": 1}), frames=4))
        seek(page, 2)
        shown[when] = [near(pixel(page, x, 5.3), MODEL) for x in one["x"]]
        if when == "trail":
            faded, full = pixel(page, 3.3, 5.3)[3], pixel(page, 5.3, 5.3)[3]
            assert 0 < faded < full
    assert shown == {"frame": [False, False, True, False], "until": [True, True, True, False], "trail": [False, False, True, False]}


def test_a_moving_window_moves_the_picture(show: Open) -> None:
    windows = np.array([[0.0, 10.0], [0.0, 20.0]])
    page = show(film(line(5), frames=2, y=Axis("y", 0, 10, windows=windows)))
    place = "return ulam.views()[0].y.at(5)"
    high = play(page, place)
    assert near(pixel(page, 3.3, 5), MODEL)
    seek(page, 1)
    assert play(page, place) > high + 50
    assert near(pixel(page, 3.3, 5), MODEL)


def test_log_axes(show: Open) -> None:
    page = show(film(Layer("path", rows(x=[1.0, 100.0], y=[5.0, 5.0]), "always", style={"width": 8}), x=Axis("n", 1, 10_000, log=True)))
    assert play(page, "const v = ulam.views()[0]; return Math.abs(v.x.at(100) - v.left - v.width / 2) < 1")
    assert near(pixel(page, 30, 5), MODEL)
    assert not near(pixel(page, 300, 5), MODEL, 60)


def test_equal_axes_make_squares(show: Open) -> None:
    page = show(Reel((Panel(Axis("x", 0, 10), Axis("y", 0, 5), (line(2),), equal=True),), 1))
    assert play(page, "const v = ulam.views()[0]; return Math.abs((v.x.at(1) - v.x.at(0)) - (v.y.at(0) - v.y.at(1)))") < 0.2


def test_stepping_back_redraws_what_piled_up(show: Open) -> None:
    generator, n = np.random.default_rng(5), 9000
    cloud = rows(frame=np.arange(n) // 900, x=generator.uniform(0, 10, n), y=generator.uniform(0, 10, n))
    page = show(film(Layer("points", cloud, "until"), frames=10))
    for frame in range(10):
        seek(page, frame)
    seek(page, 4)
    back = picture(page)
    play(page, f"ulam.picture.painter.kept.clear(); ulam.redraw(); {SETTLE}")
    assert np.array_equal(back, picture(page))
    seek(page, 9)
    assert (picture(page)[..., 3] > 0).sum() > (back[..., 3] > 0).sum()


# Words and numbers


@pytest.mark.parametrize("form", [".4g", ".3g", ".2f", ".0f", "d", ",d", ".1%", ".2e", ",.1f"])
def test_numbers_are_written_as_python_does(show: Open, form: str) -> None:
    values = [0.0, 1.0, -1.5, 1234567.0, 0.00012345, 99999.5, -2e-7, 3e10, 12.0]
    readout = Readout("v", "value", np.array(values), form)
    page = show(film(line(5), frames=len(values), captions=("{v}",), readouts=(readout,)))
    said = play(page, "const s = []; for (let i = 0; i < ulam.frames; i++) { ulam.seek(i); s.push(ulam.caption); } return s")
    for text, value in zip(said, values, strict=True):
        again = re.sub(r"(?:([\d.]+)×)?10([⁻⁰-⁹¹²³]+)", lambda found: f"{found[1] or 1}e{found[2].translate(LOWERED)}", text.replace(",", "").replace("−", "-"))
        wanted = format(round(value) if form.endswith("d") else value, form).replace(",", "")
        assert float(again.removesuffix("%")) == float(wanted.removesuffix("%")), (text, value, wanted)
        if "e" not in wanted and float(wanted.removesuffix("%")) != 0:
            assert text.replace("−", "-") == format(round(value) if form.endswith("d") else value, form)


def test_captions_and_readouts_say_what_is_undefined(show: Open) -> None:
    readouts = (Readout("m", "mean", np.array([np.nan, np.inf, 2.5])), Readout("v", "variance", np.array([1.0, -np.inf, 0.125]), shown=False))
    page = show(film(line(5), frames=3, captions=("{frame} of {frames}: mean {m}, variance {v:.2f}.",), readouts=readouts))
    captions = []
    for frame in range(3):
        seek(page, frame)
        captions.append(page.locator(".caption").inner_text())
    assert captions == ["1 of 3: mean undefined, variance 1.00.", "2 of 3: mean infinite, variance minus infinite.", "3 of 3: mean 2.5, variance 0.13."]
    assert page.locator(".readouts dt").all_inner_texts() == ["mean"]
    assert page.locator(".readouts dd").inner_text() == "2.5"


def test_each_frame_may_have_its_caption(show: Open) -> None:
    page = show(film(line(5), frames=2, captions=("First.", "Second.")))
    seek(page, 1)
    assert page.locator(".caption").inner_text() == "Second."


def test_hostile_words_stay_words(show: Open) -> None:
    bad = "<img src=x onerror=alert(1)></script><script>alert(2)</script>"
    panel = Panel(Axis(bad, 0, 1), Axis(bad, 0, 1), (Layer("text", rows(x=[0.5], y=[0.5], text=[bad]), "always"), line(5, label=bad)), note=bad)
    reel = Reel((panel,), 2, (bad.replace("{", ""),), (Readout("v", bad, np.zeros(2)),), handles=(Handle("h", 0, 0.5, 0.5, "x", bad),))
    page = show(reel, title=bad, note=bad)
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    assert page.locator("img").count() == 0
    assert page.locator("script").count() == 2
    assert page.locator(".caption").inner_text() == bad
    assert page.title() == bad


def test_nothing_leaves_the_page(show: Open) -> None:
    page = show(sweep())
    page.keyboard.press("Tab")
    assert [address for address in page.asked if not address.startswith("file:")] == []
    assert len(page.asked) == 1


# The hand


def test_the_legend_switches_all_layers_of_a_word(show: Open) -> None:
    page = show(film(line(3, label="line"), line(7, label="line"), line(5, "truth", label="other")))
    button = page.get_by_role("button", name="line")
    assert button.get_attribute("aria-pressed") == "true"
    button.click()
    play(page, SETTLE)
    assert button.get_attribute("aria-pressed") == "false"
    assert [near(pixel(page, 3.3, y), MODEL) for y in (3, 7)] == [False, False]
    assert near(pixel(page, 3.3, 5), TRUTH)
    button.click()
    play(page, SETTLE)
    assert near(pixel(page, 3.3, 7), MODEL)


def test_a_hidden_layer_waits_for_its_word(show: Open) -> None:
    hidden = Layer("path", rows(x=[0.0, 10.0], y=[5.0, 5.0]), "always", label="detail", style={"width": 8, "hidden": True})
    page = show(film(hidden))
    assert not near(pixel(page, 3.3, 5), MODEL)
    page.get_by_role("button", name="detail").click()
    play(page, SETTLE)
    assert near(pixel(page, 3.3, 5), MODEL)


def test_keys_step_and_play(show: Open) -> None:
    page = show(film(line(5), frames=60, fps=30))
    heard = "globalThis.heard = []; document.addEventListener('keydown', (event) => heard.push(event.key));"
    play(page, heard)
    page.locator("canvas").focus()
    frames = []
    for key in ("ArrowRight", "Shift+ArrowRight", "ArrowLeft", "End", "Home"):
        page.keyboard.press(key)
        frames.append(play(page, "return ulam.frame"))
    assert frames == [1, 11, 10, 59, 0]
    page.keyboard.press("Space")
    until(page, "ulam.frame > 3")
    page.keyboard.press("Space")
    frame = play(page, "return ulam.frame")
    page.wait_for_timeout(120)
    assert play(page, "return [ulam.playing, ulam.frame]") == [False, frame]
    page.keyboard.press("r")
    assert play(page, "return heard") == []  # the page around has shortcuts of its own


def test_speed_loop_and_the_end(show: Open) -> None:
    page = show(film(line(5), frames=200, fps=20))
    page.locator("canvas").focus()
    page.keyboard.press("+")
    assert play(page, "return ulam.clock.speed") == 2
    page.get_by_role("combobox", name="Speed").select_option("100")
    page.get_by_role("button", name="Play", exact=True).click()
    until(page, "!ulam.playing")
    assert play(page, "return ulam.frame") == 199  # once, then it rests on the last frame
    page.keyboard.press("l")
    assert page.get_by_role("button", name="Loop").get_attribute("aria-pressed") == "true"
    page.get_by_role("button", name="Play", exact=True).click()
    page.wait_for_timeout(400)
    assert play(page, "return ulam.playing")


def test_scrubbing_moves_the_frame(show: Open) -> None:
    page = show(film(line(5), frames=11))
    page.get_by_role("slider", name="Frame").fill("7")
    play(page, SETTLE)
    assert play(page, "return ulam.frame") == 7
    assert page.locator(".value").inner_text() == "8 / 11"


def test_the_sweep_follows_the_mouse(show: Open) -> None:
    page = show(sweep())
    play(page, "globalThis.sent = []; ulam.send = (hand) => sent.push(hand);")
    slider = page.get_by_role("slider", name="height")
    box = slider.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    for share in (0.6, 0.7, 0.8):
        page.mouse.move(box["x"] + share * box["width"], box["y"] + box["height"] / 2)
    play(page, SETTLE)
    frame = play(page, "return ulam.frame")
    assert 28 <= frame <= 36
    value = -2 + 0.1 * frame
    assert float(page.locator(".value").inner_text()) == pytest.approx(value)
    assert slider.get_attribute("aria-valuetext") == page.locator(".value").inner_text()
    assert near(pixel(page, 0.3, value), MODEL)
    assert play(page, "return sent") == []  # never during a drag
    page.mouse.up()
    play(page, SETTLE)
    (hand,) = play(page, "return sent")
    assert (hand["kind"], hand["frame"]) == ("sweep", frame)
    assert hand["value"] == pytest.approx(value)


def test_keys_are_told_once_they_rest(show: Open) -> None:
    page = show(sweep())
    play(page, "globalThis.sent = []; ulam.send = (hand) => sent.push(hand);")
    page.get_by_role("slider", name="height").focus()
    press = "const key = () => new KeyboardEvent('keydown', {key: 'ArrowRight', bubbles: true});"  # at once, however busy the machine
    assert play(page, f"{press} for (let i = 0; i < 3; i++) ulam.element.dispatchEvent(key()); return sent.length") == 0
    until(page, "sent.length === 1")
    page.keyboard.press("ArrowLeft")
    until(page, "sent.length === 2")
    hands = play(page, "return sent")
    assert [hand["frame"] for hand in hands] == [23, 22]
    assert hands[1]["serial"] > hands[0]["serial"]


def test_a_cursor_moves_the_sweep_unless_it_is_old(show: Open) -> None:
    page = show(sweep())
    follow = f"ulam.follow({{ name: 'reel', value, serial }}); {SETTLE} return ulam.frame"
    assert play(page, follow, value=1.02, serial=1) == 30
    page.locator("canvas").focus()
    page.keyboard.press("Home")
    assert play(page, follow, value=1.02, serial=1) == 0  # said before
    until(page, "ulam.serial > 1")
    assert play(page, follow, value=1.5, serial=2) == 0  # older than the hand
    assert play(page, "return ulam.follow({ value: 1.5, serial: ulam.serial }), ulam.frame") == 35


def test_new_data_keeps_the_value_the_canvas_and_the_switches(show: Open) -> None:
    page = show(sweep())
    page.get_by_role("button", name="line").click()
    seek(page, 33)
    play(page, "globalThis.canvas = ulam.picture.canvas; globalThis.data = JSON.parse(document.getElementById('reel').textContent);")
    head, tables = wire.pack(sweep(81))
    inlined = wire.inline(tables)
    kept = play(
        page, "ulam.show({ ...data, head, tables }); return [ulam.frame, canvas.isConnected && canvas === ulam.picture.canvas]", head=head, tables=inlined
    )
    assert kept == [66, True]
    assert page.get_by_role("button", name="line").get_attribute("aria-pressed") == "false"


def test_a_reel_without_a_head_says_so(show: Open) -> None:
    page = show(sweep())
    play(page, "ulam.show({ head: null })")
    assert page.locator(".trouble").inner_text() == "There is nothing to show yet."
    play(page, "ulam.show({ head: '{broken' })")
    assert page.locator(".trouble").inner_text().startswith("The picture cannot be drawn")
    play(page, f"ulam.show(JSON.parse(document.getElementById('reel').textContent)); {SETTLE}")
    assert page.locator(".trouble").is_hidden()
    assert page.locator("canvas").is_visible()


def test_handles_follow_the_hand_and_report_once(show: Open) -> None:
    page = show(film(line(5), handles=(Handle("start", 0, 2, 5, "x", "start"),)))
    play(page, "globalThis.sent = []; ulam.send = (hand) => sent.push(hand);")
    handle = page.get_by_role("slider", name="start")
    box = handle.bounding_box()
    assert box["width"] >= 44
    page.mouse.move(box["x"] + 22, box["y"] + 22)
    page.mouse.down()
    page.mouse.move(box["x"] + 222, box["y"] + 122, steps=4)
    assert play(page, "return sent.length") == 0
    page.mouse.up()
    (hand,) = play(page, "return sent")
    unit = play(page, "const v = ulam.views()[0]; return v.x.at(1) - v.x.at(0)")
    assert hand["x"] == pytest.approx(2 + 200 / unit, abs=0.05)
    assert hand["y"] == 5  # along x alone
    handle.focus()
    page.keyboard.press("ArrowLeft")
    until(page, "sent.length === 2")
    assert play(page, "return [sent[1].x, ulam.frame]") == [pytest.approx(hand["x"] - 0.1, abs=1e-6), 0]


def test_a_riding_handle_moves_the_sweep_under_the_hand_and_reports_once(show: Open) -> None:
    ticks = np.linspace(0, 4, 5)
    moves = {"xs": np.array([9.0, 7.0, 5.0, 3.0, np.nan]), "ys": np.array([1.0, 2.0, 3.0, 4.0, 5.0])}
    page = show(film(line(5), handles=(Handle("tail", 0, 0, 0, "x", "tail", **moves),), sweep=Sweep("a", "a", ticks)))
    play(page, "globalThis.sent = []; ulam.send = (hand) => sent.push(hand);")
    seek(page, 0)
    handle = page.get_by_role("slider", name="tail")
    box, unit = handle.bounding_box(), play(page, "const v = ulam.views()[0]; return v.x.at(1) - v.x.at(0)")
    page.mouse.move(box["x"] + 22, box["y"] + 22)
    page.mouse.down()
    page.mouse.move(box["x"] + 22 - 4.2 * unit, box["y"] + 22, steps=6)
    assert play(page, f"{SETTLE} return [ulam.frame, sent.length]") == [2, 0]  # it follows at once, and says nothing yet
    page.mouse.up()
    (hand,) = play(page, "return sent")
    assert (hand["kind"], hand["value"]) == ("sweep", 2)
    handle.focus()
    page.keyboard.press("ArrowLeft")  # the handle goes left, which is up in the parameter
    assert play(page, f"{SETTLE} return ulam.frame") == 3
    seek(page, 4)
    play(page, SETTLE)
    assert handle.is_hidden()


def test_hovering_reads_the_curve(show: Open) -> None:
    page = show(film(Layer("path", rows(x=[0.0, 10.0], y=[0.0, 10.0]), "always", label="density")))
    at = play(page, "const v = ulam.views()[0], b = ulam.picture.canvas.getBoundingClientRect(); return [b.left + v.x.at(4), b.top + v.y.at(8)]")
    page.mouse.move(*at)
    assert page.locator(".tip").inner_text() == "x = 4, density 4"
    page.mouse.move(2, 2)
    assert page.locator(".tip").is_hidden()


def test_clicks_are_told_when_asked_for(show: Open) -> None:
    page = show(film(line(5)))
    play(page, "globalThis.sent = []; ulam.send = (hand) => sent.push(hand);")
    at = play(page, "const v = ulam.views()[0], b = ulam.picture.canvas.getBoundingClientRect(); return [b.left + v.x.at(4), b.top + v.y.at(8)]")
    page.mouse.click(*at)
    assert play(page, "return sent") == []
    play(page, "ulam.options.clicks = true")
    page.mouse.click(*at)
    (hand,) = play(page, "return sent")
    assert (hand["kind"], hand["panel"]) == ("click", 0)
    assert (hand["x"], hand["y"]) == (pytest.approx(4, abs=0.05), pytest.approx(8, abs=0.05))


def test_the_intro_swings_and_comes_back(show: Open) -> None:
    page = show(sweep(intro=True))
    until(page, "ulam.frame > 24")
    until(page, "ulam.frame < 16")
    until(page, "!ulam.intro")
    assert play(page, "return ulam.frame") == 20


def test_a_touch_ends_the_intro(show: Open) -> None:
    page = show(sweep(intro=True))
    until(page, "ulam.frame > 22")
    page.keyboard.press("Tab")
    page.locator("canvas").focus()
    page.keyboard.press("Shift")
    assert play(page, "return [ulam.frame, ulam.intro]") == [20, None]


def test_nothing_moves_by_itself_when_motion_is_unwanted(chromium: Browser, tmp_path: Path) -> None:
    context = chromium.new_context(reduced_motion="reduce")
    page = watched(context.new_page())
    path = tmp_path / "reel.html"
    path.write_text(page_of(film(line(5), frames=30, intro=True), "Still"), encoding="utf-8")
    page.goto(path.as_uri())
    page.wait_for_timeout(900)
    assert play(page, "return [ulam.frame, ulam.playing]") == [0, False]
    page.get_by_role("button", name="Play", exact=True).click()
    until(page, "ulam.frame > 0")
    context.close()
    assert page.said == []


def test_saves_the_picture_as_png(show: Open) -> None:
    page = show(sweep())
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save picture").click()
    assert saved.value.suggested_filename == "Test.png"
    assert Path(saved.value.path()).read_bytes().startswith(b"\x89PNG")


def test_the_canvas_tells_its_caption(show: Open) -> None:
    page = show(sweep())
    seek(page, 30)
    page.wait_for_timeout(400)
    assert page.get_by_role("img", name="The line stands at 1.000.").count() == 1
    assert page.locator("[aria-live=polite]").inner_text() == "The line stands at 1.000."


def test_narrow_stages_stack_their_panels(chromium: Browser, tmp_path: Path) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 700})
    page = watched(context.new_page())
    halves = [Panel(Axis("x", 0, 10), Axis("y", 0, 10), (line(5),), area=(left, 0, 0.5, 1)) for left in (0, 0.5)]
    path = tmp_path / "reel.html"
    path.write_text(page_of(Reel(tuple(halves), 20), "Narrow"), encoding="utf-8")
    page.goto(path.as_uri())
    play(page, SETTLE)
    first, second = play(page, "return ulam.views().map(({ left, top, width, height }) => [left, top, width, height])")
    assert second[1] > first[1] + first[3]
    assert first[0] == second[0]
    assert play(page, "return document.documentElement.scrollWidth <= innerWidth")
    bar = page.locator(".transport").bounding_box()
    assert bar["y"] + bar["height"] <= 700  # in sight although the panels are taller
    context.close()
    assert page.said == []


def test_playing_a_sweep_swings_and_tells_where_it_stops(show: Open) -> None:
    page = show(sweep())
    play(page, "globalThis.sent = []; ulam.send = (hand) => sent.push(hand);")
    page.get_by_role("button", name="Play", exact=True).click()
    until(page, "ulam.frame > 36")
    until(page, "ulam.frame < 35")  # to and fro
    page.get_by_role("button", name="Pause", exact=True).click()
    (hand,) = play(page, "return sent")
    assert hand["frame"] == play(page, "return ulam.frame")


def test_a_cursor_may_come_before_its_stage(show: Open) -> None:
    page = show(sweep())
    early = "ulamStages.cursors.set('late', { name: 'late', value: 1.5, serial: 0 }); ulam.show({ ...JSON.parse(document.getElementById('reel').textContent), name: 'late' });"
    assert play(page, f"{early} return ulam.frame") == 35


def test_new_data_during_the_intro_keeps_the_start(show: Open) -> None:
    page = show(sweep(intro=True))
    until(page, "ulam.frame > 24")
    play(page, "ulam.show(JSON.parse(document.getElementById('reel').textContent))")
    until(page, "!ulam.intro")
    assert play(page, "return ulam.frame") == 20


@pytest.mark.parametrize("ratio", [1.25, 2, 3])
def test_sharp_at_every_pixel_ratio(chromium: Browser, tmp_path: Path, ratio: float) -> None:
    context = chromium.new_context(viewport={"width": 801, "height": 600}, device_scale_factor=ratio)
    page = watched(context.new_page())
    path = tmp_path / "reel.html"
    path.write_text(page_of(film(line(5)), "Sharp"), encoding="utf-8")
    page.goto(path.as_uri())
    play(page, SETTLE)
    assert play(page, "return ulam.picture.canvas.width / ulam.picture.canvas.clientWidth") == pytest.approx(ratio, abs=0.01)
    assert near(pixel(page, 3.3, 5), MODEL)
    context.close()
    assert page.said == []


def test_a_dense_trail_fades(show: Open) -> None:
    generator, n = np.random.default_rng(6), 3000
    clouds = [rows(frame=f, x=generator.uniform(2 * f, 2 * f + 1.9, n), y=generator.uniform(0, 10, n)) for f in range(4)]
    page = show(film(Layer("points", pd.concat(clouds, ignore_index=True), "trail", trail=3), frames=4))
    seek(page, 3)
    edges = play(page, "const v = ulam.views()[0]; return [0, 2, 4, 6, 8].map((x) => Math.round(v.x.at(x)))")
    alpha = picture(page)[..., 3]
    fresh = [int((alpha[40:300, a + 4 : b - 4].astype(int)).sum()) for a, b in pairwise(edges)]
    assert fresh[0] < fresh[1] < fresh[2] < fresh[3]


def test_empty_layers_and_single_frames_are_drawn(show: Open) -> None:
    nothing = rows(x=np.empty(0), y=np.empty(0))
    page = show(film(Layer("path", nothing, "always"), Layer("points", nothing.assign(frame=np.empty(0, int)), "until"), line(5), frames=1))
    assert near(pixel(page, 3.3, 5), MODEL)
    assert page.get_by_role("button", name="Play", exact=True).count() == 0
