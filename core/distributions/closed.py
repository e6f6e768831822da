"""Data as a fit sees them, and the maximum-likelihood estimates that have a formula.

https://en.wikipedia.org/wiki/Maximum_likelihood_estimation, and the page of each family.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from scipy import special

from core.distributions import (
    AsymmetricLaplace,
    Bernoulli,
    DiscreteUniform,
    Exponential,
    Geometric,
    HalfNormal,
    InverseGaussian,
    Laplace,
    Levy,
    LogitNormal,
    LogNormal,
    Maxwell,
    Normal,
    Pareto,
    Poisson,
    Rayleigh,
    Uniform,
)
from core.distributions.base import FLOOR, Array, Distribution

SKETCH = 200  # order statistics that stand for the data until the last climb
QUARTILES = np.array([0.25, 0.5, 0.75])
KAPPA = (1e-6, 1e6)  # beyond, one side of an asymmetric Laplace law is empty to all digits
NORMAL_WIDTH = 1.349  # interquartile range of the standard normal law


@dataclass(frozen=True)
class Sample:
    """Sorted data as a fit sees them: distinct values, counts, quartiles, a unit of length and a size, both above 0."""

    x: Array
    counts: Array
    n: int
    quartiles: Array
    unit: float
    size: float

    def mean(self, of: Callable[[Array], Array] = np.asarray) -> float:
        """Return the mean of a function of the values."""
        with np.errstate(all="ignore"):
            return float(self.counts @ of(self.x)) / self.n


def sample(data: Array) -> Sample:
    """Prepare data for a fit."""
    x, counts = np.unique(np.asarray(data, float), return_counts=True)
    quartiles = np.quantile(data, QUARTILES)
    unit = float(quartiles[2] - quartiles[0]) / NORMAL_WIDTH or float(x[-1] - x[0]) or 1.0
    return Sample(x, counts.astype(float), len(data), quartiles, unit, float(np.median(np.abs(data))) or unit)


def sketch(data: Sample) -> Sample:
    """Return the middles of so many equal shares of the data, and the two ends with the weight that one value has."""
    if len(data.x) <= SKETCH:
        return data
    shares = (np.arange(SKETCH) + 0.5) / SKETCH * data.n
    kept, counts = np.unique(np.searchsorted(np.cumsum(data.counts), shares, side="right"), return_counts=True)
    end = SKETCH / data.n
    return replace(data, x=np.concatenate([data.x[:1], data.x[kept], data.x[-1:]]), counts=np.concatenate([[end], counts, [end]]))


def _middle_and_spread(data: Sample, of: Callable[[Array], Array] = np.asarray) -> tuple[float, float]:
    """Return mean and standard deviation (divisor n) of a function of the values."""
    middle = data.mean(of)
    return middle, max(math.sqrt(data.mean(lambda x: (of(x) - middle) ** 2)), FLOOR)


def _laplace(data: Sample) -> Laplace:
    return Laplace(float(data.quartiles[1]), max(data.mean(lambda x: np.abs(x - data.quartiles[1])), FLOOR))


def _pareto(data: Sample) -> Pareto:
    return Pareto(1 / data.mean(lambda x: np.log(x / data.x[0])), float(data.x[0]))


def _asymmetric_laplace(data: Sample) -> AsymmetricLaplace:
    """Fit by the one-dimensional search over peaks at data points.

    With A and B the mean distances above and below the peak, the best kappa^4 is B / A and the best scale kappa A + B / kappa;
    that leaves -2 n log(sqrt(A) + sqrt(B)) - n, which is convex between data points and so has its maximum at one.
    """
    share, weighted = np.cumsum(data.counts) / data.n, np.cumsum(data.counts * data.x) / data.n
    below = np.maximum(share * data.x - weighted, 0.0)
    above = np.maximum((weighted[-1] - weighted) - (1 - share) * data.x, 0.0)
    best = int(np.argmin(np.sqrt(above) + np.sqrt(below)))
    kappa = float(np.clip((below[best] / above[best]) ** 0.25 if above[best] else math.inf, *KAPPA))
    return AsymmetricLaplace(float(data.x[best]), float(kappa * above[best] + below[best] / kappa), kappa)


def _inverse_gaussian(data: Sample) -> InverseGaussian:
    return InverseGaussian(data.mean(), 1 / data.mean(lambda x: (x - data.mean()) ** 2 / (data.mean() ** 2 * x)))


def _root_mean_square(data: Sample, parts: int) -> float:
    """Return the scale of a law of the length of a vector of so many normal parts."""
    return math.sqrt(data.mean(np.square) / parts)


CLOSED: dict[type[Distribution], Callable[[Sample], Distribution]] = {
    Normal: lambda data: Normal(*_middle_and_spread(data)),
    LogNormal: lambda data: LogNormal(*_middle_and_spread(data, np.log)),
    LogitNormal: lambda data: LogitNormal(*_middle_and_spread(data, special.logit)),
    Uniform: lambda data: Uniform(float(data.x[0]), float(data.x[-1])),
    Laplace: _laplace,
    AsymmetricLaplace: _asymmetric_laplace,
    Exponential: lambda data: Exponential(1 / data.mean()),
    Pareto: _pareto,
    InverseGaussian: _inverse_gaussian,
    Levy: lambda data: Levy(1 / data.mean(np.reciprocal)),
    HalfNormal: lambda data: HalfNormal(_root_mean_square(data, 1)),
    Rayleigh: lambda data: Rayleigh(_root_mean_square(data, 2)),
    Maxwell: lambda data: Maxwell(_root_mean_square(data, 3)),
    Poisson: lambda data: Poisson(max(data.mean(), FLOOR)),
    Geometric: lambda data: Geometric(1 / data.mean()),
    Bernoulli: lambda data: Bernoulli(data.mean()),
    DiscreteUniform: lambda data: DiscreteUniform(int(data.x[0]), int(data.x[-1])),
}
