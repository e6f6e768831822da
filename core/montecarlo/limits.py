"""What becomes of averages: the law of large numbers, the central limit theorem, and the bootstrap, each where it holds and where it fails."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import special

from core.distributions import FAMILY, Exponential
from core.distributions.base import Distribution
from core.distributions.explore import Failure, check_in_reach
from core.montecarlo.averages import Means, Resamples, Result, Walks
from core.params import param
from core.progress import Progress
from core.rng import stream
from core.spec import Spec

STOPS = 120  # sample sizes at which running means are kept, evenly spaced on a log scale
BINS = 61
REACH = 4.5  # standard errors that the histogram of standardised means spans on either side
FRESH = 4000  # fresh samples that stand for the true sampling distribution of the bootstrap's statistic
BLOCK = 1 << 19  # draws per block


@dataclass(frozen=True)
class LargeNumbers(Spec):
    """Running means of independent walks: each settles on the mean, inside a band that narrows like 1 / sqrt(n)."""

    title = "Law of large numbers"
    n: int = param(1000, "Draws per walk", low=100, high=100_000, scale="log", bounds=(10, 100_000), help="How far each average runs.")
    n_walks: int = param(40, "Walks", low=5, high=60, step=5, bounds=(1, 60), help="How many independent averages run side by side.")

    def run(self, dist: Distribution, seed: int) -> Iterator[Progress[Walks]]:
        """Draw the walks one after another."""
        stops = np.unique(np.geomspace(1, self.n, STOPS).astype(int))
        means = np.empty((self.n_walks, len(stops)))
        for walk in range(self.n_walks):
            values = dist.sample(stream(seed, f"walk {walk}"), self.n)
            means[walk] = np.cumsum(values)[stops - 1] / stops
            yield Progress(walk + 1, self.n_walks, Walks(dist, stops, means[: walk + 1].copy()))


@dataclass(frozen=True)
class CentralLimit(Spec):
    """Means of n draws, standardised: whatever the law, their histogram tends to the normal bell if the variance is finite."""

    title = "Central limit theorem"
    n: int = param(64, "Draws per mean, at most", low=8, high=256, scale="log", bounds=(2, 256), help="The slider of the stage runs over n from 1 to this.")
    n_means: int = param(4000, "Means", low=1000, high=20_000, step=1000, bounds=(100, 20_000), help="How many means the histogram holds.")

    def run(self, dist: Distribution, seed: int) -> Iterator[Progress[Means]]:
        """Add one draw to every mean at a time, and keep the histogram at each n."""
        rng, sums, counts, gaps = stream(seed, "means"), np.zeros(self.n_means), [], []
        centre, scale = standards(dist)
        edges = np.linspace(-REACH, REACH, BINS + 1)
        for n in range(1, self.n + 1):
            sums += dist.sample(rng, self.n_means)
            z = (sums / n - centre) / (scale / math.sqrt(n))
            counts.append(np.histogram(z, edges)[0])
            gaps.append(_gap_to_normal(z))
            yield Progress(n, self.n, Means(dist, self.n_means, edges, np.array(counts), np.array(gaps)))


@dataclass(frozen=True)
class Bootstrap(Spec):
    """One sample, drawn from again and again: it tells the error of a mean, and fails for a maximum."""

    title = "Bootstrap"
    n: int = param(50, "Sample size", low=10, high=500, step=10, bounds=(2, 2000), help="How many values the one sample has.")
    n_resamples: int = param(
        2000, "Resamples", low=500, high=10_000, step=500, bounds=(100, 10_000), help="How often the sample is drawn from, with replacement."
    )

    def run(self, dist: Distribution, seed: int) -> Iterator[Progress[Resamples]]:
        """Resample in blocks, then draw fresh samples to show what the bootstrap tries to guess."""
        sample = dist.sample(stream(seed, "sample"), self.n).astype(float)
        fresh_rng, rng = stream(seed, "fresh"), stream(seed, "resamples")
        step = max(1, BLOCK // self.n)
        fresh = np.concatenate([_statistics(dist.sample(fresh_rng, k * self.n).reshape(k, self.n)) for k in _parts(FRESH, step)], axis=1)
        done = np.empty((2, 0))
        for k in _parts(self.n_resamples, step):
            picked = sample[rng.integers(0, self.n, (k, self.n))]
            done = np.concatenate([done, _statistics(picked)], axis=1)
            yield Progress(done.shape[1], self.n_resamples, Resamples(dist, sample, done, fresh))


QUESTIONS = (LargeNumbers, CentralLimit, Bootstrap)


@dataclass(frozen=True)
class Limits(Spec):
    """A law, and a question about its averages."""

    dist: Distribution = param(Exponential(), "Family", family=lambda: FAMILY, help="Which law the draws follow.")
    question: Spec = param(LargeNumbers(), "Question", family=lambda: QUESTIONS, help="What to watch.")
    seed: int = param(1, "Seed", low=0, high=9999, step=1, bounds=(0, 4_294_967_295), help="The same seed gives the same draws, bit for bit.")

    def agree(self) -> None:
        """The law must be one that can be drawn."""
        check_in_reach(self.dist)


def run(spec: Limits) -> Iterator[Progress[Result]]:
    """Answer the question of a spec."""
    return spec.question.run(spec.dist, spec.seed)


def numbers(result: Result) -> dict[str, float]:
    """Return every number that the page shows, unrounded."""
    return result.numbers()


def standards(dist: Distribution) -> tuple[float, float]:
    """Return what means are centred and scaled by: mean and sd, or median and quartile distance where these do not exist."""
    if math.isfinite(dist.mean()) and math.isfinite(dist.sd()) and dist.sd() > 0:
        return dist.mean(), dist.sd()
    first, third = dist.quantile(np.array([0.25, 0.75]))
    return dist.median(), float(third - first) / 2 or 1.0


def failure(spec: Limits) -> Failure | None:
    """Name what fails for this law, and the cure."""
    dist = spec.dist
    if isinstance(spec.question, Bootstrap):
        return Failure("The bootstrap of a maximum fails", "No resample holds a value above the sample's largest.", "Bootstrap means, or model the tail.")
    if not math.isfinite(dist.mean()):
        return Failure("No mean to settle on", "One far draw outweighs all others, at every n.", "Watch the median, or take lighter tails.")
    if not math.isfinite(dist.variance()):
        return Failure("Infinite variance", "Averages settle, but more slowly than 1 / √n, and no bell appears.", "Take lighter tails.")
    return None


def _gap_to_normal(z: np.ndarray) -> float:
    """Return the Kolmogorov-Smirnov distance of values to the standard normal law."""
    cdf = special.ndtr(np.sort(z))
    place = np.arange(len(z) + 1) / len(z)
    return float(max(np.max(place[1:] - cdf), np.max(cdf - place[:-1])))


def _statistics(samples: np.ndarray) -> np.ndarray:
    """Return mean and maximum of every sample: (k, n) -> (2, k)."""
    return np.array([samples.mean(axis=1), samples.max(axis=1)])


def _parts(total: int, step: int) -> list[int]:
    """Split a total into blocks of at most `step`."""
    return [min(step, total - start) for start in range(0, total, step)]
