"""The explorer's engine: a curve with its numbers, a sweep, 10,000,000 samples with their histogram, and a fit of all families.

Reference in the same run: NumPy's own generator of the same law, drawn once as one array.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import numpy as np

from core.distributions import FAMILY, Gamma, Normal, Pareto, StudentT, Uniform
from core.distributions.base import Distribution
from core.distributions.explore import Explore, run
from core.distributions.fit import fit
from core.progress import finish
from core.reels.curves import POINTS
from core.reels.sweep import sweep, sweepable

MANY = 10_000_000
RUNS = 5
NUMPY: dict[str, Callable[[np.random.Generator, Distribution, int], np.ndarray]] = {
    "Uniform": lambda rng, law, n: rng.uniform(law.low, law.high, n),
    "Normal": lambda rng, law, n: rng.normal(law.mu, law.sigma, n),
    "Laplace": lambda rng, law, n: rng.laplace(law.location, law.scale, n),
    "Logistic": lambda rng, law, n: rng.logistic(law.location, law.scale, n),
    "LogNormal": lambda rng, law, n: rng.lognormal(law.mu, law.sigma, n),
    "Exponential": lambda rng, law, n: rng.exponential(1 / law.rate, n),
    "Gamma": lambda rng, law, n: rng.gamma(law.shape, 1 / law.rate, n),
    "Beta": lambda rng, law, n: rng.beta(law.a, law.b, n),
    "StudentT": lambda rng, law, n: rng.standard_t(law.df, n),
    "Poisson": lambda rng, law, n: rng.poisson(law.rate, n),
    "Binomial": lambda rng, law, n: rng.binomial(law.n, law.p, n),
    "Geometric": lambda rng, law, n: rng.geometric(law.p, n),
}


def best(work: Callable[[], object], runs: int = RUNS) -> float:
    """Return the least of several times, in ms of the processor."""
    found = []
    for _ in range(runs):
        begun = time.process_time()
        work()
        found.append(1e3 * (time.process_time() - begun))
    return min(found)


def curve(law: Distribution) -> None:
    """Compute a curve and its numbers from nothing."""
    low, high = law.window()
    x = np.linspace(low, high, POINTS)
    for of in (law.prob, law.cdf, law.sf):
        of(x)
    law.numbers()


def drawn(law: Distribution) -> float:
    """Return how many times as long as NumPy's bare generator 10,000,000 samples with their histogram take."""
    spec = Explore(dist=law, n=MANY)
    bare = NUMPY[type(law).__name__]
    ratios = []
    for seed in range(3):
        begun = time.process_time()
        bare(np.random.default_rng(seed), law, MANY)
        middle = time.process_time()
        finish(run(spec.replace(seed=seed)))
        ratios.append((time.process_time() - middle) / (middle - begun))
    return statistics.median(ratios)


def main() -> None:
    """Print the slowest of each, and all ratios."""
    laws = [each() for each in FAMILY]
    curves = sorted(((best(lambda law=law: curve(law)), law.title) for law in laws), reverse=True)
    print(
        "curve with its numbers, ms:", ", ".join(f"{title} {ms:.1f}" for ms, title in curves[:6]), f"(median {statistics.median(ms for ms, _ in curves):.2f})"
    )
    sweeps = sorted(((best(lambda law=law, path=path: sweep(law, path), 3), f"{law.title}, {path}") for law in laws for path in sweepable(law)), reverse=True)
    print(
        "sweep of one parameter, ms:", ", ".join(f"{title} {ms:.0f}" for ms, title in sweeps[:10]), f"(median {statistics.median(ms for ms, _ in sweeps):.1f})"
    )
    for law in (Gamma(), Normal(), StudentT(), Uniform(), Pareto()):
        x, begun = law.sample(np.random.default_rng(1), 1000), time.process_time()
        fits = finish(fit(np.random.default_rng(2), x))
        print(f"1,000 values of {law.title} against {len(fits)} continuous families: {time.process_time() - begun:.2f} s")
    ratios = sorted(((drawn(law), law.title) for law in laws if type(law).__name__ in NUMPY), reverse=True)
    print(f"{MANY:,} samples with histogram, times NumPy's generator alone:", ", ".join(f"{title} {ratio:.2f}" for ratio, title in ratios))
