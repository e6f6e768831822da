"""Monte Carlo π: darts a second, bytes of the reel, slopes of the race, intervals that hold, and the time from a click to an error of 0.01.

The reference of the darts is the plain NumPy expression in float64, in the same run. Timings depend on the machine; the ratios are what counts.
"""

from __future__ import annotations

import math
import multiprocessing
import statistics
import time

import numpy as np
from playwright.sync_api import sync_playwright

from core.montecarlo import race
from core.montecarlo.darts import Darts
from core.montecarlo.pi import MonteCarlo, failure, run
from core.montecarlo.throws import GENERATORS, hits
from core.presets.monte_carlo import PRESETS
from core.progress import finish
from core.reels.monte_carlo import monte_carlo
from core.reels.wire import packed_bytes
from core.rng import stream
from tests.benchmarks.stage import FIND, settle
from tests.chromium import FLAGS, provide
from tests.server import serve

N = 1_000_000
REPEATS = 2000
ROUNDS, CLICKS = 40, 5
BUTTON = "To a standard error of 0.01"


def plain(n: int) -> float:
    """The expression that everybody writes."""
    rng = np.random.default_rng(1)
    x, y = rng.random(n), rng.random(n)
    return 4 * np.mean(x * x + y * y <= 1)


def seconds(work) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def bench_speed() -> None:
    """The best of many short runs of each, turn by turn: what else runs on the machine then hits both alike."""
    ours, theirs = np.array([(seconds(lambda: hits(stream(1, "speed"), N)), seconds(lambda: plain(N))) for _ in range(ROUNDS)]).min(axis=0)
    print(f"darts               {N / ours / 1e6:.0f} million a second; plain NumPy {N / theirs / 1e6:.0f}; ratio {theirs / ours:.1f} (at least 3)")


def bench_reel() -> None:
    result = finish(Darts(n=1_000_000).run(1))
    print(f"reel of 10^6 darts  {packed_bytes(monte_carlo(result)) / 1000:.0f} kB (at most 300)")


def bench_race() -> None:
    raced = finish(race.Race().run(1))
    for generator, slope, error in zip(GENERATORS, *raced.slopes(), strict=True):
        print(f"slope               {race.NAMES[generator]:16s} {slope:.3f} ± {1.96 * error:.3f} (theory {race.THEORY[generator]})")
    print(f"mean error          {raced.gain():.1f} times smaller as Sobol points than at random with {raced.sizes[-1]:,} darts (at least 12)")


def held(place: int, seed: int) -> tuple[bool, float]:
    """Whether the interval of a preset holds its truth under a seed, and z; the race's own truth is that of random darts."""
    race.GENERATORS = ("random",)
    found = finish(run(MonteCarlo(PRESETS[place].spec.question, seed))).found()
    return found.holds, found.z


def bench_intervals() -> None:
    with multiprocessing.Pool() as pool:
        for place, preset in enumerate(PRESETS):
            told = pool.starmap(held, [(place, seed) for seed in range(REPEATS)], chunksize=20)
            share, far = np.mean([each for each, _ in told]), max((abs(z) for _, z in told[:20] if math.isfinite(z)), default=math.nan)
            kind = f"fails: {preset.fails}" if preset.fails else "93 to 97 %"
            print(f"intervals that hold {share:.1%} of {REPEATS:,}, largest z of 20 seeds {far:.2f}: {preset.name} ({kind})", flush=True)
            if preset.fails:
                print(f"                    {failure(finish(run(preset.spec))).why}")


def bench_click() -> None:
    """From the click to the last frame of the new picture."""
    with serve() as app, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=provide(), args=FLAGS)
        times = []
        for _ in range(CLICKS):
            page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
            page.goto(f"{app}/monte_carlo?question.Darts.n=1000")
            page.get_by_role("button", name=BUTTON).wait_for()
            settle(page)
            page.evaluate(FIND)
            page.evaluate(
                """() => { window.took = new Promise((done) => addEventListener('click', () => { const began = performance.now();
                const look = () => { const player = window.findStage()?.ulam;
                  if (player?.caption.startsWith('27,000 darts') && player.frame === player.frames - 1) requestAnimationFrame(() => done(performance.now() - began));
                  else setTimeout(look, 2); }; look(); }, {once: true, capture: true})); }"""
            )
            page.get_by_role("button", name=BUTTON).click()
            times.append(page.evaluate("() => window.took"))
            page.context.close()
        browser.close()
    print(f"click               {statistics.median(times):.0f} ms to the picture of a standard error of 0.01 (at most 2,000)")


def main() -> None:
    bench_speed()
    bench_reel()
    bench_click()
    bench_race()
    bench_intervals()
