"""What the questions of the limits page find: running means, histograms of means, and a bootstrap, each with its exact values."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import special

from core.distributions.base import Distribution

Z95 = float(special.ndtri(0.975))


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
