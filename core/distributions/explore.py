"""Draw samples from a distribution, in blocks, with the exact histogram and the truth beside every estimate."""

from __future__ import annotations

import math
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from core.distributions import FAMILY
from core.distributions.base import Distribution
from core.distributions.real_line.normal import Normal
from core.params import param
from core.progress import Progress
from core.rng import stream
from core.spec import Spec

BLOCK = 1 << 18  # values per block: small enough for the cache, large enough to forget the loop
CACHED = 1 << 14  # values at a time that stay in the cache
KEPT = 4096  # the first values, which pictures and the direct-sampling reel show
FEWEST_BINS, MOST_BINS = 16, 80
MOST_LEAN = 0.3  # skewness of a mean of n draws above which its normal error bar misleads (skewness of the mean is skewness / sqrt(n))


@dataclass(frozen=True)
class Explore(Spec):
    """Look at one distribution: its curves, its numbers and n samples under a seed."""

    dist: Distribution = param(Normal(), "Family", family=lambda: FAMILY, help="Which law the curves and samples follow.")
    n: int = param(1000, "Samples", low=10, high=10_000_000, scale="log", bounds=(1, 10_000_000), help="How many values are drawn.")
    seed: int = param(1, "Seed", low=0, high=9999, step=1, bounds=(0, 4_294_967_295), help="The same seed gives the same samples, bit for bit.")

    def agree(self) -> None:
        """The law must be one that can be drawn."""
        check_in_reach(self.dist)


@lru_cache(maxsize=256)
def check_in_reach(dist: Distribution) -> None:
    """Raise ValueError for a law so extreme that its quantiles, moments or draws leave the range of a double."""
    try:
        window = dist.window()
        dist.numbers()
        dist.sample(stream(0, "probe"), 1)
    except (ValueError, TypeError, OverflowError):
        window = (math.nan, math.nan)
    if not (math.isfinite(window[0]) and math.isfinite(window[1]) and window[0] < window[1]):
        raise ValueError(f"dist must lie within the range of a double, got {dist!r}: try {type(dist)()!r}")


@dataclass(frozen=True)
class Estimate:
    """An estimate beside the truth: its standard error, and how many of those it is away (z)."""

    name: str
    value: float
    truth: float
    standard_error: float

    @property
    def z(self) -> float:
        """Return (value - truth) / standard error; nan where either does not exist."""
        finite = math.isfinite(self.truth) and math.isfinite(self.standard_error) and self.standard_error > 0
        return (self.value - self.truth) / self.standard_error if finite else math.nan


@dataclass(frozen=True)
class Draws:
    """What n draws look like.

    `first`: the first values, at most 4,096. `edges` (bins + 1,) and `counts` (bins,): the histogram of all n values over the
    window; `below` and `above` count what lies outside. `mean` and `variance` (divisor n - 1) are those of all n values.
    `history`: (n, counts, mean) at block ends, each at least twice as far as the one before, for the reel.
    """

    spec: Explore
    n: int
    first: np.ndarray
    edges: np.ndarray
    counts: np.ndarray
    below: int
    above: int
    mean: float
    variance: float
    history: tuple[tuple[int, np.ndarray, float], ...] = ()

    def estimates(self) -> tuple[Estimate, ...]:
        """Return the sample's mean and variance beside the exact ones.

        The standard errors are the exact ones of independent draws: sd / sqrt(n), and for the variance
        variance * sqrt((excess kurtosis + 2 n / (n - 1)) / n).
        """
        dist, n = self.spec.dist, self.n
        spread = dist.excess_kurtosis() + (2 * n / (n - 1) if n > 1 else math.inf)
        error = dist.variance() * math.sqrt(spread / n) if spread >= 0 else math.nan
        return (
            Estimate("mean", self.mean, dist.mean(), dist.sd() / math.sqrt(n)),
            Estimate("variance", self.variance, dist.variance(), error),
        )

    def density(self) -> np.ndarray:
        """Return the histogram as a density (as shares of all n for a discrete law): (bins,)."""
        return self.counts / (self.n * np.diff(self.edges))


@dataclass(frozen=True)
class Failure:
    """What goes wrong with this experiment, by name, and which knob cures it."""

    name: str
    why: str
    cure: str


def failure(spec: Explore) -> Failure | None:
    """Say whether the mean of n samples can be trusted as its error bar claims."""
    dist, n = spec.dist, spec.n
    if not math.isfinite(dist.mean()):
        name = "No mean" if math.isnan(dist.mean()) else "Infinite mean"
        return Failure(name, "The average of the samples never settles, however many there are.", "Use the median, or lighter tails.")
    if not math.isfinite(dist.variance()):
        return Failure("Infinite variance", "The mean exists, but averages of samples have no standard error.", "Use lighter tails.")
    if dist.variance() > 0 and not math.isfinite(dist.skewness()):
        why = "The standard error exists, but the third moment does not: averages become normal so slowly that z misleads at any n in reach."
        return Failure("No third moment", why, "Use lighter tails.")
    lean = abs(dist.skewness()) / math.sqrt(n)
    if lean > MOST_LEAN:
        return Failure(
            "Too few samples for this tail",
            f"Skewness / √n is {lean:.2g}: averages of {n:,} samples are still skewed, mostly fall on one side, and z misleads.",
            "Draw more samples, or use lighter tails.",
        )
    return None


def numbers(draws: Draws) -> dict[str, float]:
    """Return every number that the page shows, unrounded: the exact ones, then the estimates."""
    exact = {f"exact {name.replace('_', ' ')}": value for name, value in draws.spec.dist.numbers().items()}
    for each in draws.estimates():
        exact |= {f"sample {each.name}": each.value, f"standard error of the {each.name}": each.standard_error, f"z of the {each.name}": each.z}
    return exact


def bins(dist: Distribution, n: int) -> np.ndarray:
    """Return the edges of the histogram of n values: (bins + 1,).

    By Rice's rule, 2 n^(1/3) bins, within limits; a discrete law has one bin a whole number, as long as there are few.
    """
    low, high = dist.window()
    if not dist.discrete:
        return np.linspace(low, high, int(np.clip(2 * round(n ** (1 / 3)), FEWEST_BINS, MOST_BINS)) + 1)
    first, last = math.ceil(low), math.floor(high)
    width = max(1, math.ceil((last - first + 1) / MOST_BINS))
    return np.arange(first, last + width + 1, width) - 0.5


def blocks(spec: Explore) -> Iterator[np.ndarray]:
    """Yield the n values of a spec in blocks, the same ones every time."""
    rng = stream(spec.seed, "samples")
    for start in range(0, spec.n, BLOCK):
        yield spec.dist.sample(rng, min(BLOCK, spec.n - start))


def run(spec: Explore) -> Iterator[Progress[Draws]]:
    """Draw the samples of a spec; each report holds the histogram and estimates of all values so far."""
    edges = bins(spec.dist, spec.n)
    counts, below, above, first = np.zeros(len(edges) - 1, np.int64), 0, 0, np.empty(0)
    done, mean, squares, history = 0, 0.0, 0.0, ()
    for values, tally in _tallied(spec, edges):
        counts, below, above = counts + tally.counts, below + tally.below, above + tally.above
        first = values[:KEPT].copy() if done == 0 else first
        # Chan, Golub and LeVeque (1983): joining the means and squares of two parts loses no digits
        n_new, gap = len(values), tally.mean - mean
        total = done + n_new
        squares += tally.squares + gap * gap * done * n_new / total
        mean, done = mean + gap * n_new / total, total
        variance = squares / (done - 1) if done > 1 else math.nan
        if done == spec.n or not history or done >= 2 * history[-1][0]:
            history = (*history, (done, counts, mean))
        yield Progress(done, spec.n, Draws(spec, done, first, edges, counts, below, above, mean, variance, history))


@dataclass(frozen=True)
class _Tally:
    """What a block of values adds: its histogram, how many lie outside, its mean and the squares around it."""

    counts: np.ndarray
    below: int
    above: int
    mean: float
    squares: float


def _tallied(spec: Explore, edges: np.ndarray) -> Iterator[tuple[np.ndarray, _Tally]]:
    """Yield each block with its tally; a second thread counts a block while the next one is drawn."""
    with ThreadPoolExecutor(1) as counter:
        waiting: tuple[np.ndarray, Future[_Tally]] | None = None
        for values in blocks(spec):
            if waiting:
                yield waiting[0], waiting[1].result()
            waiting = values, counter.submit(_tally, values, edges)
        if waiting:
            yield waiting[0], waiting[1].result()


def _tally(values: np.ndarray, edges: np.ndarray) -> _Tally:
    """Count equal-width bins by one multiplication a value instead of a search; add up in the parts that a processor's cache holds."""
    n_bins, scale = len(edges) - 1, (len(edges) - 1) / (edges[-1] - edges[0])
    places, mean, squares = np.zeros(n_bins + 2, np.int64), float(np.mean(values)), 0.0
    for start in range(0, len(values), CACHED):
        part = values[start : start + CACHED].astype(float)
        place = np.subtract(part, edges[0])
        place *= scale
        place += 1.0
        np.clip(place, 0.0, n_bins + 1.0, out=place)
        places += np.bincount(place.astype(np.intp), minlength=n_bins + 2)
        part -= mean
        squares += float(part @ part)
    return _Tally(places[1:-1], int(places[0]), int(places[-1]), mean, squares)
