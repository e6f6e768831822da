"""What becomes of averages: the law of large numbers, the central limit theorem, and the bootstrap, each where it holds and where it fails."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import special

from core.distributions import FAMILY, Exponential
from core.distributions.base import Distribution
from core.distributions.explore import Failure, check_in_reach
from core.params import param
from core.progress import Progress
from core.rng import stream
from core.spec import Spec

Z95 = float(special.ndtri(0.975))
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


@dataclass(frozen=True)
class Walks:
    """Running means (walks, stops) at the sample sizes `stops`."""

    dist: Distribution
    stops: np.ndarray
    means: np.ndarray

    def band(self) -> np.ndarray:
        """Return the half width of the 95 % band at every stop, 1.96 sd / sqrt(n); nan where there is no standard deviation."""
        sd = self.dist.sd()
        return Z95 * (sd if math.isfinite(sd) else math.nan) / np.sqrt(self.stops)

    def inside(self) -> np.ndarray:
        """Return the share of walks inside the band at every stop; nan where there is no band."""
        share = np.mean(np.abs(self.means - self.dist.mean()) <= self.band(), axis=0)
        return np.where(np.isfinite(self.band()), share, math.nan)

    def rows(self) -> pd.DataFrame:
        """Return the running means as a table: n, then a column per walk."""
        return pd.DataFrame({"n": self.stops} | {f"walk {i + 1}": line for i, line in enumerate(self.means)})

    def numbers(self) -> dict[str, float]:
        """Return the page's numbers."""
        last = self.means[:, -1]
        return {
            "exact mean": self.dist.mean(),
            "half width of the band": float(self.band()[-1]),
            "share of walks inside": float(self.inside()[-1]),
            "sd of the means": float(np.std(last, ddof=1)) if len(last) > 1 else math.nan,
            "exact sd of the means": self.dist.sd() / math.sqrt(self.stops[-1]),
        }


@dataclass(frozen=True)
class Means:
    """Histograms of standardised means: counts (n, bins) for n = 1, 2, ...; `gaps` (n,) are distances to the normal CDF."""

    dist: Distribution
    n_means: int
    edges: np.ndarray
    counts: np.ndarray
    gaps: np.ndarray

    def skewness(self) -> np.ndarray:
        """Return the exact skewness of a mean of n draws, skewness / sqrt(n), at every n."""
        return self.dist.skewness() / np.sqrt(np.arange(1, len(self.counts) + 1))

    def floor(self) -> float:
        """Return the distance that a perfect normal sample of this many means exceeds half of the time (Kolmogorov's law)."""
        return float(special.kolmogi(0.5)) / math.sqrt(self.n_means)

    def rows(self) -> pd.DataFrame:
        """Return a row per n: the distance, the exact skewness, and the count of every bin by its lower edge."""
        counts = {f"z from {low:.3g}": column for low, column in zip(self.edges[:-1], self.counts.T, strict=True)}
        return pd.DataFrame({"n": np.arange(1, len(self.counts) + 1), "distance": self.gaps, "skewness": self.skewness()} | counts)

    def numbers(self) -> dict[str, float]:
        """Return the numbers that the page shows."""
        return {
            "draws per mean": float(len(self.counts)),
            "exact skewness of the mean": float(self.skewness()[-1]),
            "distance to the normal law": float(self.gaps[-1]),
            "distance of a perfect sample": self.floor(),
        }


@dataclass(frozen=True)
class Resamples:
    """The bootstrap of a sample: mean and maximum (2, resamples), and the same of fresh samples (2, fresh)."""

    dist: Distribution
    sample: np.ndarray
    resampled: np.ndarray
    fresh: np.ndarray

    def numbers(self) -> dict[str, float]:
        """Return the numbers that the page shows: percentile interval, standard errors, and the atom at the sample's maximum.

        A resample of n values misses all m values that equal the largest with probability (1 - m/n)^n, so without ties its maximum is
        the sample's own in about 63 % of all resamples (Bickel and Freedman 1981): the bootstrap of a maximum never becomes right.
        """
        n, means = len(self.sample), self.resampled[0]
        n_largest = np.count_nonzero(self.sample == self.sample.max())
        return {
            "sample mean": float(np.mean(self.sample)),
            "exact mean": self.dist.mean(),
            "95 % interval, low": float(np.quantile(means, 0.025)),
            "95 % interval, high": float(np.quantile(means, 0.975)),
            "bootstrap standard error of the mean": float(np.std(means, ddof=1)),
            "exact standard error of the mean": self.dist.sd() / math.sqrt(n),
            "resamples whose maximum is the sample's": float(np.mean(self.resampled[1] == self.sample.max())),
            "theory of that share": 1 - (1 - n_largest / n) ** n,
            "fresh samples whose maximum is below the sample's": float(np.mean(self.fresh[1] < self.sample.max())),
        }

    def rows(self) -> pd.DataFrame:
        """Return mean and maximum of every resample."""
        return pd.DataFrame({"mean": self.resampled[0], "maximum": self.resampled[1]})


Result = Walks | Means | Resamples


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
