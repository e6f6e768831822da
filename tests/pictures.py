"""Make the README's pictures from the app itself: `python -m tests.pictures`."""

from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.chromium import FLAGS, provide
from tests.server import ROOT, serve

FOLDER = ROOT / "assets" / "pictures"
SHOTS = (
    ("explorer", "distributions?dist=Gamma&dist.Gamma.shape=3", "light", (1280, 860), 0),
    ("direct", "distributions?dist=Gaussian+mixture&n=20000", "light", (1280, 720), 1),
    ("relatives", "relatives?edge=Normal+to+Cauchy", "light", (1280, 860), 0),
    ("fit", "fit?column=alcohol", "light", (1280, 860), 0),
    ("rejection", "rejection", "light", (1280, 860), 0),
    ("nets", "direct?question=Ancestral+sampling", "light", (1280, 860), 0),
    ("dark", "distributions?dist=Poisson&present=1", "dark", (1280, 760), 0),
)


def main(folder: Path = FOLDER) -> None:
    """Take every picture."""
    folder.mkdir(parents=True, exist_ok=True)
    with serve() as app, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=provide(), args=FLAGS)
        for name, address, scheme, (width, height), which in SHOTS:
            page = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce").new_page()
            page.goto(f"{app}/{address}")
            stage = page.locator(".stage").nth(which)
            stage.locator("canvas").wait_for(timeout=180_000)
            page.wait_for_timeout(4000)
            if which:
                stage.evaluate("(e) => { e.scrollIntoView({block: 'center'}); e.ulam.seek(e.ulam.frames - 30); }")
                page.wait_for_timeout(500)
                stage.screenshot(path=folder / f"{name}.png")
            else:
                page.screenshot(path=folder / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
