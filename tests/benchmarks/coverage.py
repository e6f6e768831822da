"""Do the intervals hold? Every ready experiment of the Monte Carlo pages under 2,000 seeds: `python -m tests.benchmarks coverage [page ...]`.

A preset that is not marked as failing must lie within 4 standard errors of its truth for 20 seeds, and its 95 % intervals must hold
93 to 97 % of all repeats. One that fails on purpose has its shortfall measured. The table goes to coverage.md. Where a run takes long
there are fewer repeats, as many as fit into BUDGET seconds; the table says how many.
"""

from __future__ import annotations

import importlib
import math
import multiprocessing
import sys
import time
from pathlib import Path

from core.presets.preset import Preset
from core.progress import finish

PAGES = {
    "monte_carlo": "core.montecarlo.pi",
    "direct": "core.montecarlo.direct",
    "rejection": "core.montecarlo.rejection",
    "importance": "core.montecarlo.importance",
}
REPEATS, FIRST, BUDGET = 2000, 20, 240.0
TABLE = Path(__file__).with_name("coverage.md")
HEAD = """# Do the intervals hold?

Every ready experiment of the Monte Carlo pages, each under many seeds: `python -m tests.benchmarks coverage`.
Asked of those not marked as failing: 93 to 97 % of the 95 % intervals hold, and of the first 20 seeds none is 4 standard errors away.

| page | experiment | repeats | intervals that hold | largest z of 20 seeds | asked |
|---|---|---|---|---|---|
"""


def measured(job: tuple[str, int]) -> tuple[str, str, int, float, float, str]:
    """Return page, name, repeats, share of intervals that hold, the largest z of the first seeds, and what it fails at."""
    page, place = job
    preset: Preset = importlib.import_module(f"core.presets.{page}").PRESETS[place]
    run = importlib.import_module(PAGES[page]).run
    held, far, done, begun = 0, 0.0, 0, time.process_time()
    while done < REPEATS and (done < FIRST or time.process_time() - begun < BUDGET):
        found = finish(run(preset.spec.replace(seed=1000 + done))).found()
        held += found.holds
        if done < FIRST and not math.isnan(found.z):
            far = max(far, abs(found.z))
        done += 1
    return page, preset.name, done, held / done, far, preset.fails or ""


def main() -> None:
    """Measure all, two at a time, and write the table; pages named after the topic alone, and then no table."""
    pages = [page for page in PAGES if page in sys.argv[2:] or not sys.argv[2:]]
    jobs = [(page, place) for page in pages for place in range(len(importlib.import_module(f"core.presets.{page}").PRESETS))]
    rows, bad = [], 0
    with multiprocessing.Pool(2) as pool:
        for page, name, done, share, far, fails in pool.imap(measured, jobs):
            room = 2 * math.sqrt(0.95 * 0.05 / done) if done < REPEATS else 0.0  # what chance alone does to fewer repeats
            good = bool(fails) or (0.93 - room <= share <= 0.97 + room and far < 4)
            bad += not good
            asked = f"fails on purpose: {fails}" if fails else "93 to 97 %" + ("" if good else ", MISSED")
            rows.append(f"| {page} | {name} | {done:,} | {share:.1%} | {far:.2f} | {asked} |")
            print(rows[-1], flush=True)
    if not sys.argv[2:]:
        TABLE.write_text(HEAD + "\n".join(rows) + "\n")
    print(f"{bad} of {len(rows)} experiments that should hold do not")
