"""The half-Cauchy law."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from core.distributions.base import POSITIVE, Array
from core.distributions.continuous import HALF_LINE, Continuous
from core.distributions.special import log1p_square
from core.params import param


@dataclass(frozen=True)
class HalfCauchy(Continuous):
    """The size of a Cauchy number, without its sign: no mean, and a favourite prior for a spread.

    f(x) = 2 / (pi scale (1 + (x / scale)^2)) for x >= 0.
    https://en.wikipedia.org/wiki/Cauchy_distribution#Related_distributions
    """

    scale: float = param(1.0, "Scale", low=0.2, high=5, scale="log", bounds=POSITIVE, symbol=r"s", help="The median.")

    title = "Half-Cauchy"
    story = "A belief about an unknown spread that rules out nothing: half of it is above the scale, and the mean is infinite."
    use = (
        "A prior for the spread between groups when very large values are to stay possible. With fewer than about five groups its tail may dominate "
        "the answer: take the half-normal law then."
    )
    density = r"\frac{2}{\pi\,<scale>}\,\frac{1}{1+(x/<scale>)^2}"
    formulas = {
        "mean": r"\infty",
        "variance": r"\text{undefined, for want of a mean}",
        "skewness": r"\text{undefined}",
        "excess_kurtosis": r"\text{undefined}",
        "entropy": r"\log(2\pi\,<scale>)",
    }
    reference = "https://en.wikipedia.org/wiki/Cauchy_distribution#Related_distributions"
    support = HALF_LINE

    def log_density(self, x: Array) -> Array:
        return math.log(2 / math.pi) - math.log(self.scale) - log1p_square(x / self.scale)

    def below(self, x: Array) -> Array:
        return 2 / math.pi * np.arctan(x / self.scale)

    def sf(self, x: Array) -> Array:
        return self._inside(self._above, x, 1.0, 0.0)

    def _above(self, x: Array) -> Array:
        return 2 / math.pi * np.arctan2(self.scale, x)

    def log_below(self, x: Array) -> Array:
        return np.where(x < self.scale, np.log(self.below(x)), np.log1p(-self._above(x)))

    def log_above(self, x: Array) -> Array:
        return np.where(x > self.scale, np.log(self._above(x)), np.log1p(-self.below(x)))

    def inverse(self, q: Array) -> Array:
        return self.scale * np.where(q < 0.5, np.tan(0.5 * math.pi * q), 1 / np.tan(0.5 * math.pi * (1 - q)))

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        values = np.abs(rng.standard_cauchy(n))
        values *= self.scale
        return values

    def mean(self) -> float:
        return math.inf

    def variance(self) -> float:
        return math.nan

    def skewness(self) -> float:
        return math.nan

    def excess_kurtosis(self) -> float:
        return math.nan

    def entropy(self) -> float:
        return math.log(2 * math.pi) + math.log(self.scale)
