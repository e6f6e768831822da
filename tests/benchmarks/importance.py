"""Importance sampling: intervals that hold for every preset, the table of the error bar that lies, Pareto k and the effective draws, bytes of the reels."""

from __future__ import annotations

import math
import multiprocessing
import time

import numpy as np
from arviz_stats.base import array_stats

from core.distributions import Normal
from core.montecarlo.importance import Importance, failure, run
from core.montecarlo.importance_coverage import Coverage
from core.montecarlo.importance_expectation import Expectation
from core.montecarlo.pareto import psis
from core.montecarlo.weights import ess
from core.presets.importance import PRESETS
from core.progress import finish
from core.reels.importance import importance
from core.reels.wire import packed_bytes
from core.rng import stream

REPEATS = 2000


def bench_lie() -> None:
    for name, proposal in (("N(2, 1)", Normal(2.0, 1.0)), ("N(0, 1.5²)", Normal(0.0, 1.5))):
        for n in (1000, 10_000, 100_000):
            result = finish(Coverage(proposal=proposal, n=n, n_repeats=REPEATS).run(1))
            plain, other = result.found("plain"), result.found("normalised")
            print(
                f"E[x²] from {name:10s} n = {n:7,}: {plain.value:.1%} ± {1.96 * plain.standard_error:.1%} hold, self-normalised {other.value:.1%}", flush=True
            )


def held(place: int, seed: int) -> tuple[bool, float]:
    """Whether the interval of a preset holds its truth under a seed, and z."""
    found = finish(run(Importance(PRESETS[place].spec.question, seed))).found()
    return found.holds, found.z


def bench_intervals() -> None:
    with multiprocessing.Pool() as pool:
        for place, preset in enumerate(PRESETS):
            repeats = REPEATS // 10 if isinstance(preset.spec.question, Coverage) else REPEATS
            told = pool.starmap(held, [(place, seed) for seed in range(repeats)], chunksize=20)
            share, far = np.mean([each for each, _ in told]), max((abs(z) for _, z in told[:20] if math.isfinite(z)), default=math.nan)
            kind = f"fails: {preset.fails}" if preset.fails else "93 to 97 %"
            print(f"intervals that hold {share:.1%} of {repeats:,}, largest z of 20 seeds {far:.2f}: {preset.name} ({kind})", flush=True)
            if preset.fails:
                print(f"                    {failure(finish(run(preset.spec))).why}")


def bench_weights() -> None:
    gaps, worth, seconds = [], [], [0.0, 0.0]
    for n in (25, 100, 1000, 12_345, 100_000, 1_000_000):
        for scale, shift in ((0.3, 0.0), (2.0, -2000.0), (6.0, 2000.0)):
            logs = scale * stream(n, "weights").normal(size=n) + shift
            begun = time.perf_counter()
            ours = psis(logs).k
            middle = time.perf_counter()
            _, theirs = array_stats.psislw(-logs)
            seconds = [seconds[0] + middle - begun, seconds[1] + time.perf_counter() - middle]
            gaps.append(abs(ours - float(theirs)))
            w = np.exp(logs - logs.max())
            worth.append(abs(ess(logs) / (w.sum() ** 2 / (w * w).sum()) - 1))
    print(f"Pareto k            within {max(gaps):.1e} of arviz-stats (at most 1e-6), {seconds[1] / seconds[0]:.1f} times as fast")
    print(f"effective draws     within {max(worth):.1e} of (Σw)² / Σw² (at most 1e-12)")


def bench_reels() -> None:
    largest = max((packed_bytes(importance(finish(run(preset.spec)))), preset.name) for preset in PRESETS)
    million = packed_bytes(importance(finish(Expectation(n=1_000_000).run(1))))
    print(f"reels               at most {largest[0] / 1000:.0f} kB ({largest[1]}); of a million draws {million / 1000:.0f} kB (at most 300)")


def main() -> None:
    bench_weights()
    bench_reels()
    bench_lie()
    bench_intervals()
