"""The app in a real browser: cold deep link, the hand on the sweep, the link, the ways out, hostile input, dark and projector."""

import json
import zipfile
from pathlib import Path

import nbformat
import numpy as np
import pandas as pd
import pyarrow.parquet
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from core.distributions.explore import Explore, blocks
from core.distributions.positive.gamma import Gamma
from pages._ui import nav
from tests.browser.conftest import watched
from tests.server import serve

pytestmark = pytest.mark.xdist_group("app")
STATE = "dist=Gamma&dist.Gamma.shape=3.5&n=500&seed=7"
OWN_MISSES = ("_stcore/health", "_stcore/host-config")  # Streamlit asks for these in vain under a deep link


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    log = tmp_path_factory.mktemp("server") / "log.txt"
    with serve(log=log) as address:
        yield address
    assert "Traceback" not in log.read_text(), log.read_text()[-2000:]


@pytest.fixture
def lab(chromium: Browser, server: str):
    """A fresh visitor: `lab(path, **context)` opens a page; no console error and no request to elsewhere is forgiven."""
    contexts, pages = [], []

    def visit(path: str = "", **context) -> Page:
        contexts.append(chromium.new_context(**{"viewport": {"width": 1280, "height": 900}, "color_scheme": "light", "reduced_motion": "reduce", **context}))
        page = watched(contexts[-1].new_page())
        page.missed, page.sent = [], []  # sent: what goes to the server over the socket
        page.on("websocket", lambda socket: socket.on("framesent", lambda frame: page.sent.append(frame)))
        page.on("response", lambda answer: page.missed.append(answer.url) if answer.status >= 400 else None)
        pages.append(page)
        page.goto(f"{server}/{path}")
        return page

    yield visit
    for page in pages:
        missed = [url for url in page.missed if not url.split("?")[0].endswith(OWN_MISSES)]
        said = [text for text in page.said if "Failed to load resource" not in text]
        elsewhere = [url for url in page.asked if not url.startswith((server, "data:", "blob:"))]
        assert not (missed or said or elsewhere), (missed, said, elsewhere)
    for context in contexts:
        context.close()


def stage(page: Page, which: int = 0) -> Locator:
    """Return a stage that has drawn; of several, one meant for another width does not count."""
    page.locator(".stage:visible").nth(which).wait_for()
    found = page.locator(".stage:visible").nth(which)
    found.locator("canvas").wait_for()
    page.wait_for_function("(e) => e.ulam && e.ulam.stats.drawn > 0", arg=found.element_handle())
    return found


def caption(page: Page, words: str, which: int = 0) -> None:
    """Wait until the stage's caption has the words."""
    page.wait_for_function("([e, words]) => e.ulam?.caption.includes(words)", arg=[stage(page, which).element_handle(), words])


def settled(page: Page) -> None:
    """Wait for the last thing on the page."""
    expect(page.get_by_role("button", name="Put on the shelf")).to_be_visible(timeout=30_000)


def link_of(page: Page) -> Locator:
    """Return the box with the link of the page."""
    return page.get_by_test_id("stCode").filter(has_text="http")


def test_a_cold_server_opened_through_a_deep_link_shows_its_state_in_the_full_frame(lab):
    page = lab(f"distributions?{STATE}")
    caption(page, "Gamma with shape 3.5: mean 3.5")
    expect(page.get_by_role("spinbutton", name="Shape")).to_have_value("3.5")
    expect(page.get_by_role("spinbutton", name="Samples")).to_have_value("500")
    expect(page.get_by_test_id("stSidebarNavLink").filter(has_text="Home")).to_be_visible()
    assert page.get_by_role("dialog").count() == 0
    settled(page)
    link = link_of(page).inner_text().strip()
    assert len(link) < 2000 and all(part in link for part in STATE.split("&"))


def test_the_curve_follows_the_hand_and_the_field_and_the_url_hold_where_it_rests(lab):
    page = lab("distributions?dist=Gamma")
    caption(page, "shape 2")
    settled(page)
    here, slider = stage(page), stage(page).locator("input[type=range]")
    box, history = slider.bounding_box(), page.evaluate("history.length")
    y = box["y"] + box["height"] / 2
    frames, at = here.evaluate("(e) => [e.ulam.frames, e.ulam.frame]")
    start = box["x"] + 11 + (box["width"] - 22) * at / (frames - 1)
    sent = len(page.sent)
    page.mouse.move(start, y)
    page.mouse.down()
    seen = set()
    for step in range(30):
        page.mouse.move(start - 6 * step, y)
        seen.add(here.evaluate("(e) => new Promise((done) => requestAnimationFrame(() => done(e.ulam.caption)))"))
    assert len(seen) > 15 and len(page.sent) == sent, "the curve changes with the hand, and nothing is asked of the server"
    expect(page.get_by_role("spinbutton", name="Shape")).to_have_value("2")
    page.mouse.up()
    page.wait_for_timeout(300)
    assert len(page.sent) > sent, "the release is told"
    value = here.evaluate("(e) => e.ulam.reel.sweep.ticks[e.ulam.frame]")
    expect(page.get_by_role("spinbutton", name="Shape")).to_have_value(f"{value:g}")
    assert f"dist.Gamma.shape={value:g}" in page.evaluate("location.href")
    assert page.evaluate("history.length") == history
    expect(page.get_by_test_id("stMarkdown").filter(has_text="excess kurtosis").first).to_contain_text(f"{value:g}")


def test_a_number_typed_between_two_ticks_is_shown_exactly(lab):
    page = lab("distributions")
    caption(page, "mu 0")
    field = page.get_by_role("spinbutton", name="Standard deviation")
    field.fill("1.2345")
    field.press("Enter")
    caption(page, "standard deviation 1.234")
    page.get_by_role("radio", name="sigma").click()
    caption(page, "sigma 1.234")
    assert "hand.Normal=sigma" in page.evaluate("location.href")


def test_the_link_of_the_page_restores_it_for_a_stranger(lab):
    page = lab("distributions?dist=Poisson&dist.Poisson.rate=7&seed=3")
    settled(page)
    page.get_by_role("button", name="Keep as ghost").click()
    expect(page.get_by_role("button", name="Drop the ghost")).to_be_visible()
    field = page.get_by_role("spinbutton", name="Rate")
    field.fill("9")
    field.press("Enter")
    caption(page, "rate 9")
    settled(page)
    expect(link_of(page)).to_contain_text("dist.Poisson.rate=9")
    link = link_of(page).inner_text().strip()
    other = lab(link.partition("/distributions")[2].join(["distributions", ""]))
    caption(other, "Poisson with rate 9")
    expect(other.get_by_role("spinbutton", name="Seed")).to_have_value("3")
    expect(other.get_by_text("Now minus ghost")).to_contain_text("mean +2")


def test_the_ways_out_hold_the_experiment(lab, tmp_path):
    page = lab("distributions?dist=Gamma&dist.Gamma.shape=3.5&n=500&seed=7")
    settled(page)
    spec = Explore(Gamma(shape=3.5), n=500, seed=7)
    truth = np.concatenate(list(blocks(spec)))

    def fetch(name: str) -> Path:
        with page.expect_download() as coming:
            page.get_by_role("button", name=name, exact=True).click()
        target = tmp_path / coming.value.suggested_filename
        coming.value.save_as(target)
        return target

    assert np.array_equal(pd.read_csv(fetch("CSV"))["x"], truth)
    assert np.array_equal(json.loads(fetch("JSON").read_text())["x"], truth)
    table = pyarrow.parquet.read_table(fetch("PARQUET"))
    assert np.array_equal(table["x"].to_numpy(), truth)
    assert Explore.from_dict(json.loads(table.schema.metadata[b"ulam"])["spec"]) == spec
    assert repr(spec) in nbformat.read(fetch("Notebook"), as_version=4).cells[2].source
    settings = fetch("Settings")
    film = fetch("Sweep of Gamma (HTML)")
    assert not zipfile.is_zipfile(film) and film.read_text().startswith("<!doctype html>")

    other = lab("distributions")
    settled(other)
    other.locator("input[type=file]").set_input_files(settings)
    caption(other, "Gamma with shape 3.5")
    expect(other.get_by_role("spinbutton", name="Seed")).to_have_value("7")

    offline = lab("")
    offline.context.set_offline(True)
    offline.goto(film.as_uri())
    assert offline.locator(".stage").evaluate("(e) => e.ulam.caption").startswith("Gamma with shape 3.5")
    before = offline.locator(".stage").evaluate("(e) => e.ulam.frame")
    offline.locator(".stage canvas").focus()
    offline.keyboard.press("ArrowRight")
    assert offline.locator(".stage").evaluate("(e) => e.ulam.frame") == before + 1
    offline.asked.clear()


@pytest.mark.parametrize(
    "query, words",
    [
        ("dist.Normal.mu=nan", "mu must be a finite number"),
        ("dist.Normal.sigma=-3", "sigma must lie in"),
        ("n=1e400", "n must be a finite number"),
        ("n=1000000000", "n must lie in [1, 10000000], got 1000000000: try 1000"),
        ("dist=%3Cscript%3Ealert(1)%3C/script%3E", "dist must be one of"),
        ("ghost=%7B", "ghost must be a part written by this page"),
    ],
)
def test_hostile_links_get_a_sentence_and_the_server_lives(lab, query, words):
    page = lab(f"distributions?{query}")
    expect(page.get_by_test_id("stAlert").first).to_contain_text(words)
    settled(page)
    page.wait_for_timeout(1500)  # the stage has long stood: the sentence is still there to be read
    expect(page.get_by_test_id("stAlert").first).to_contain_text(words)
    assert page.get_by_test_id("stException").count() == 0


@pytest.mark.parametrize(
    "name, data, words",
    [
        ("other.json", json.dumps({"page": "mcmc", "spec": {}}).encode(), "must be of the page distributions"),
        ("broken.json", b"{" * 1000, "must be JSON"),
        ("big.json", b" " * (50 << 20), "must be 1.0MB or smaller"),
    ],
)
def test_hostile_settings_files_get_a_sentence(lab, tmp_path, name, data, words):
    page = lab("distributions")
    settled(page)
    (tmp_path / name).write_bytes(data)
    page.locator("input[type=file]").set_input_files(tmp_path / name)
    expect(page.get_by_text(words)).to_be_visible(timeout=30_000)
    caption(page, "Normal with mu 0")


def test_after_a_preset_the_address_bar_restores_it(lab):
    page = lab("distributions")
    settled(page)
    page.get_by_role("button", name="Ready experiments").click()
    page.get_by_role("button", name="A million draws, and still too low").click()
    caption(page, "Log-normal with sigma 8")
    settled(page)
    page.reload()
    caption(page, "Log-normal with sigma 8")
    expect(page.get_by_role("spinbutton", name="Samples")).to_have_value("1000000")
    settled(page)


def test_every_stage_has_its_colours_from_the_first_frame(lab):
    for _ in range(3):
        page = lab("distributions")
        for which in (0, 1):
            assert stage(page, which).evaluate("(e) => e.ulam.picture.painter.theme.colours.model") == [0, 114, 178]
        page.context.close()


def test_direct_sampling_plays_steps_and_ends_at_all_samples(lab):
    page = lab("distributions?n=2000")
    settled(page)
    here = stage(page, 1)
    here.locator("canvas").focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    assert "sample number 1" in here.evaluate("(e) => e.ulam.caption")
    page.keyboard.press("End")
    assert "2,000 samples" in here.evaluate("(e) => e.ulam.caption")
    page.keyboard.press("Home")
    here.get_by_role("button", name="Play").click()
    page.wait_for_function("(e) => e.ulam.frame > 5", arg=here.element_handle())


def test_many_samples_run_under_a_bar_and_end_whole(lab):
    page = lab("distributions?n=10000000&dist=Beta")
    settled(page)
    expect(page.get_by_test_id("stMarkdown").filter(has_text="standard error")).to_be_visible()
    stage(page, 1).locator("canvas").focus()
    page.keyboard.press("End")
    assert "10,000,000 samples" in stage(page, 1).evaluate("(e) => e.ulam.caption")


@pytest.mark.parametrize("room", nav.ROOMS, ids=lambda room: room.title)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_opens_on_a_phone_without_sideways_scrolling(lab, room, scheme):
    page = lab(room.address, viewport={"width": 390, "height": 844}, color_scheme=scheme)
    stage(page)
    assert page.evaluate("document.scrollingElement.scrollWidth - innerWidth") <= 1
    paper = page.evaluate("getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor")
    assert (sum(map(int, paper.removeprefix("rgb(").removesuffix(")").split(","))) < 200) == (scheme == "dark")


def test_the_projector_shows_one_picture_in_large_type(lab):
    page = lab("distributions?present=1&dist=Cauchy", viewport={"width": 1440, "height": 900})
    caption(page, "Cauchy")
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    assert page.get_by_role("heading").count() == 0
    box = stage(page).bounding_box()
    assert box["y"] + box["height"] <= 900 and box["height"] > 700
    slider = stage(page).locator("input[type=range]")
    slider.focus()
    slider.press("ArrowRight")
    page.wait_for_timeout(600)
    assert page.get_by_test_id("stException").count() == 0 and "location" in stage(page).evaluate("(e) => e.ulam.caption")


def test_the_doors_of_the_entrance_lead_to_their_experiments(lab):
    page = lab("")
    stage(page)
    page.get_by_role("link", name="Two hills").click()
    expect(page.get_by_role("heading", name="Distributions", exact=True)).to_be_visible()
    settled(page)
    caption(page, "Gaussian mixture with part 1 mean")
    assert "hand.GaussianMixture=part+1+mean" in page.evaluate("location.href")


def test_opening_the_explorer_imports_nothing_heavy():
    import subprocess
    import sys

    code = """
import sys
from streamlit.testing.v1 import AppTest
at = AppTest.from_file("app.py", default_timeout=60).run().switch_page("pages/distributions.py").run()
assert not at.exception
print([name for name in ("torch", "umap", "sklearn", "scipy.stats") if name in sys.modules])"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).resolve().parents[2])
    assert done.stdout.strip() == "[]"


def test_a_file_of_200_mb_is_refused_in_a_sentence(lab, tmp_path):
    file = tmp_path / "large.csv"
    file.write_bytes(b"1.5\n" * (50 << 20))
    page = lab("fit?data=A+CSV+file")
    page.locator("section[data-testid=stSidebar] input[type=file]").set_input_files(file)
    expect(page.get_by_text("File must be 50.0MB or smaller")).to_be_visible(timeout=20_000)
    expect(page.get_by_text("must be uploaded in this session")).to_be_visible()


def test_a_file_is_fitted_and_the_hand_walks_down_the_ranking(lab, tmp_path):
    file = tmp_path / "mine.csv"
    pd.DataFrame({"size": np.random.default_rng(3).gamma(2, 1, 120), "kind": "a"}).to_csv(file, index=False)
    page = lab("fit?data=A+CSV+file&tested=1&bootstrap=19")
    page.locator("section[data-testid=stSidebar] input[type=file]").set_input_files(file)
    caption(page, "the best of")
    stage(page).locator("input[type=range]").focus()
    page.keyboard.press("ArrowRight")
    caption(page, "2. ")
    expect(page.get_by_text("leads, out of")).to_be_visible()
    with page.expect_download() as taken:
        page.get_by_role("button", name="Notebook").click()
    with zipfile.ZipFile(taken.value.path()) as box:
        assert sorted(box.namelist()) == ["data.csv", "notebook.ipynb"]
