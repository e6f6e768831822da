"""The Cauchy law."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from core.distributions.base import FINITE, POSITIVE, Array
from core.distributions.continuous import Continuous
from core.distributions.special import log1p_square
from core.params import param


@dataclass(frozen=True)
class Cauchy(Continuous):
    """Where a beam of light at a random angle hits a wall: tails so heavy that there is no mean.

    f(x) = 1 / (pi scale (1 + z^2)) with z = (x - location) / scale.
    https://en.wikipedia.org/wiki/Cauchy_distribution
    """

    location: float = param(0.0, "Location", low=-5, high=5, step=0.1, bounds=FINITE, symbol=r"x_0", help="The centre and the median; there is no mean.")
    scale: float = param(
        1.0, "Scale", low=0.2, high=5, step=0.05, bounds=POSITIVE, symbol=r"\gamma", help="Half of the mass lies within one scale of the location."
    )

    title = "Cauchy"
    story = "Where a lighthouse beam at a random angle meets the coast; the ratio of two independent standard normal values."
    use = (
        "Resonance lines in physics, and a test of whether a method survives data without a mean. Summarise by median and quartiles, never by mean "
        "and standard deviation; where outliers are rarer, take Student's t."
    )
    density = r"\frac{1}{\pi\,<scale>\left[1+\left(\frac{x-<location>}{<scale>}\right)^2\right]}"
    formulas = {
        "mean": r"\text{undefined}",
        "variance": r"\text{undefined}",
        "skewness": r"\text{undefined}",
        "excess_kurtosis": r"\text{undefined}",
        "entropy": r"\log(4\pi\,<scale>)",
    }
    reference = "https://en.wikipedia.org/wiki/Cauchy_distribution"

    def _z(self, x: Array) -> Array:
        return (x - self.location) / self.scale

    def log_density(self, x: Array) -> Array:
        return -log1p_square(self._z(x)) - math.log(math.pi) - math.log(self.scale)

    def below(self, x: Array) -> Array:
        return np.arctan2(1, -self._z(x)) / math.pi  # 1/2 + arctan(z) / pi, without its cancellation at the left

    def log_below(self, x: Array) -> Array:
        return _log_below(self._z(x))

    def log_above(self, x: Array) -> Array:
        return _log_below(-self._z(x))

    def inverse(self, q: Array) -> Array:
        turn = np.pi * (q - 0.5)
        outer = np.where(q < 0.5, -1 / np.tan(np.pi * q), 1 / np.tan(np.pi * (1 - q)))
        return self.location + self.scale * np.where(np.abs(q - 0.5) < 0.25, np.tan(turn), outer)

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        values = rng.standard_cauchy(n)
        values *= self.scale
        values += self.location
        return values

    def mean(self) -> float:
        return math.nan

    def variance(self) -> float:
        return math.nan

    def skewness(self) -> float:
        return math.nan

    def excess_kurtosis(self) -> float:
        return math.nan

    def entropy(self) -> float:
        return math.log(4 * math.pi) + math.log(self.scale)


def _log_below(z: Array) -> Array:
    return np.where(z < 0, np.log(np.arctan2(1, -z) / math.pi), np.log1p(-np.arctan2(1, z) / math.pi))
