"""The stage: frames under a dragging hand, key press to picture, address to first picture, bytes on the wire.

References in the same run: a native slider with a Plotly chart, and a bare Streamlit page with one slider and one line of text.
Timings depend on the machine; the ratios are what counts.
"""

import json
import statistics
from pathlib import Path

import numpy as np
import pandas as pd
from playwright.sync_api import Browser, Page, sync_playwright

from core.distributions import FAMILY
from core.reels.reel import Axis, Layer, Panel, Reel
from core.reels.sweep import sweep, sweepable
from core.reels.wire import pack, packed_bytes
from tests.chromium import FLAGS, provide
from tests.server import serve

BARE = Path(__file__).parent / "bare"
RUNS = 12
STEPS = 78  # of a steady hand over four fifths of the slider's 101 ticks, a tick a step: an unchanged frame is not drawn again
SLIDER = ".stage input[type=range]"
WATCH_FRAMES = """() => { window.gaps = []; let last = performance.now();
  const tick = (now) => { window.gaps.push(now - last); last = now; window.watching = requestAnimationFrame(tick); };
  window.watching = requestAnimationFrame(tick); }"""
FIND = """() => { window.findStage = () => { const walk = (root) => { for (const e of root.querySelectorAll('*')) {
  if (e.classList.contains('stage') && e.ulam) return e; if (e.shadowRoot) { const found = walk(e.shadowRoot); if (found) return found; } } return null; };
  return walk(document); }; }"""


def open_page(browser: Browser, address: str) -> Page:
    page = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce").new_page()
    page.goto(address)
    return page


def settle(page: Page) -> None:
    page.wait_for_timeout(2500)


def drag(page: Page, selector: str, pixels: int) -> dict[str, float]:
    """Drag a slider's thumb steadily to the right; frames a second, gap p95 and pictures changed."""
    box = page.locator(selector).first.bounding_box()
    y, x = box["y"] + box["height"] / 2, box["x"] + box["width"] * 0.2
    page.mouse.move(x, y)
    page.mouse.down()
    page.wait_for_timeout(300)
    page.evaluate(WATCH_FRAMES)
    page.mouse.move(x + pixels, y, steps=STEPS)  # the browser takes one move a frame, as from a mouse
    gaps = page.evaluate("() => { cancelAnimationFrame(window.watching); return window.gaps.slice(2); }")
    page.mouse.up()
    return {"fps": 1000 / statistics.mean(gaps), "p95": float(np.quantile(gaps, 0.95)), "seconds": sum(gaps) / 1000}


def bench_drag(browser: Browser, app: str, chart: str) -> None:
    page = open_page(browser, f"{app}/distributions")
    page.locator(SLIDER).first.wait_for()
    settle(page)
    page.evaluate(FIND)
    drawn = "window.findStage().ulam.stats.drawn"
    before = page.evaluate(drawn)
    width = page.locator(SLIDER).first.bounding_box()["width"]
    ours = drag(page, SLIDER, round(0.78 * width))
    ours["changes"] = page.evaluate(drawn) - before
    page.context.close()

    page = open_page(browser, chart)
    page.locator(".js-plotly-plot .trace path.js-line").wait_for()
    settle(page)
    page.evaluate(
        """() => { window.changes = 0; window.moving = true; new MutationObserver(() => { if (window.moving) window.changes += 1; })
        .observe(document.querySelector('.js-plotly-plot'), {subtree: true, childList: true, attributes: true, attributeFilter: ['d']}); }"""
    )
    theirs = drag(page, "[role=slider], input[type=range]", 500)
    theirs["changes"] = page.evaluate("() => window.changes")
    page.context.close()
    print(f"dragging            stage: {ours['fps']:.1f} frames/s, gap p95 {ours['p95']:.1f} ms, {ours['changes'] / ours['seconds']:.1f} curves/s")
    print(
        f"                    native slider + Plotly: {theirs['fps']:.1f} frames/s, {theirs['changes'] / theirs['seconds']:.1f} curves/s while the hand moves"
    )


def bench_key(browser: Browser, app: str, bare: str) -> None:
    """From a key press in a number field to the new picture, against a key press on the bare page's slider to its new text."""
    page = open_page(browser, f"{app}/distributions")
    page.locator(SLIDER).first.wait_for()
    settle(page)
    page.evaluate(FIND)
    field = page.get_by_role("spinbutton", name="Mean")
    field.focus()
    ours = []
    for _ in range(RUNS):
        page.evaluate(
            """() => { const player = window.findStage().ulam, before = player.caption; window.took = new Promise((done) => {
            addEventListener('keydown', () => { const began = performance.now();
              const look = () => player.caption !== before ? requestAnimationFrame(() => done(performance.now() - began)) : setTimeout(look, 1); look(); },
            {once: true, capture: true}); }); }"""
        )
        page.keyboard.press("ArrowUp")
        ours.append(page.evaluate("() => window.took"))
        page.wait_for_timeout(700)
    page.context.close()

    page = open_page(browser, bare)
    page.get_by_text("The value is 50.").wait_for()
    settle(page)
    page.get_by_role("slider").focus()
    theirs = []
    for _ in range(RUNS):
        page.evaluate(
            """() => { const text = () => [...document.querySelectorAll('[data-testid=stMarkdown]')].map((e) => e.innerText).join(), before = text();
            window.took = new Promise((done) => { addEventListener('keydown', () => { const began = performance.now();
              const look = () => text() !== before ? requestAnimationFrame(() => done(performance.now() - began)) : setTimeout(look, 1); look(); },
            {once: true, capture: true}); }); }"""
        )
        page.keyboard.press("ArrowRight")
        theirs.append(page.evaluate("() => window.took"))
        page.wait_for_timeout(700)
    page.context.close()
    a, b = statistics.median(ours), statistics.median(theirs)
    print(f"key press           to the picture: {a:.0f} ms; bare page to its text: {b:.0f} ms; ratio {a / b:.2f} (at most 2)")


def bench_first(browser: Browser, app: str, bare: str) -> None:
    """From the address to the first picture on the stage, against the bare page's text; median of fresh contexts."""
    ours, theirs = [], []
    ready = """() => { const walk = (root) => { for (const e of root.querySelectorAll('*')) { if (e.classList.contains('stage') && e.ulam?.stats.drawn > 0) return true;
        if (e.shadowRoot && walk(e.shadowRoot)) return true; } return false; }; return walk(document) && performance.now(); }"""
    text = "() => [...document.querySelectorAll('[data-testid=stMarkdown]')].some((e) => e.innerText.includes('The value')) && performance.now()"
    for _ in range(7):
        for address, done, times in ((f"{app}/distributions", ready, ours), (bare, text, theirs)):
            page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
            page.goto(address, wait_until="commit")
            times.append(page.wait_for_function(done, polling=10).json_value())
            page.context.close()
    a, b = statistics.median(ours[1:]), statistics.median(theirs[1:])
    print(f"first picture       {a:.0f} ms from the address; bare page {b:.0f} ms; ratio {a / b:.2f} (at most 2)")


def bench_wire() -> None:
    walk = np.cumsum(np.random.default_rng(0).normal(size=(1000, 2)), axis=0) / 30
    axis = Axis("x", -3, 3)
    path = Reel((Panel(axis, axis, (Layer("path", pd.DataFrame({"frame": np.arange(1000), "x": walk[:, 0], "y": walk[:, 1]}), "until"),)),), 1000)
    print(f"path, 1,000 steps   {(packed_bytes(path) + len(json.dumps(pack(path)[0]))) / 1000:.1f} kB (under 40)")
    sizes = {f"{cls.__name__}.{name}": packed_bytes(sweep(cls(), name)) / 1000 for cls in FAMILY for name in sweepable(cls())}
    largest = max(sizes, key=sizes.get)
    print(f"sweeps              largest {largest}: {sizes[largest]:.0f} kB (at most 300), median {statistics.median(sizes.values()):.0f} kB")


def main() -> None:
    bench_wire()
    with serve() as app, serve(BARE / "page.py") as bare, serve(BARE / "chart.py") as chart, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=provide(), args=FLAGS)
        bench_drag(browser, app, chart)
        bench_key(browser, app, bare)
        bench_first(browser, app, bare)
        browser.close()
