"""Rejection: intervals that hold, darts a second, bytes of the reel, and looks that a squeeze saves.

Timings depend on the machine; shares and bytes do not.
"""

from __future__ import annotations

import math
import multiprocessing
import time

import numpy as np

from core.montecarlo.envelopes import Piecewise
from core.montecarlo.rejection import Rejection, run
from core.presets.rejection import PRESETS
from core.progress import finish
from core.reels.rejection import rejection
from core.reels.wire import packed_bytes

REPEATS = 2000


def held(place: int, seed: int) -> tuple[bool, float]:
    """Whether the interval of a preset holds its truth under a seed, and z."""
    found = finish(run(PRESETS[place].spec.replace(seed=seed))).found()
    return found.holds, found.z


def bench_intervals() -> None:
    with multiprocessing.Pool() as pool:
        for place, preset in enumerate(PRESETS):
            told = pool.starmap(held, [(place, seed) for seed in range(REPEATS if not preset.fails else REPEATS // 20)], chunksize=10)
            share, far = np.mean([each for each, _ in told]), max((abs(z) for _, z in told[:20] if math.isfinite(z)), default=math.nan)
            kind = f"fails: {preset.fails}" if preset.fails else "93 to 97 %"
            print(f"intervals that hold {share:.1%} of {len(told):,}, largest z of 20 seeds {far:.2f}: {preset.name} ({kind})", flush=True)


def bench_speed() -> None:
    for spec in (Rejection(n=1_000_000), Rejection(envelope=Piecewise(), n=1_000_000), Rejection(envelope=Piecewise(), n=1_000_000, squeeze=True)):
        begun = time.perf_counter()
        result = finish(run(spec))
        took = time.perf_counter() - begun
        print(
            f"darts               {spec.n / took / 1e6:.1f} million a second, {result.looks / spec.n:.1%} looked at; "
            f"reel {packed_bytes(rejection(result)) / 1000:.0f} kB (at most 300): {result.envelope.title}{', squeeze' if spec.squeeze else ''}"
        )


def main() -> None:
    bench_speed()
    bench_intervals()
