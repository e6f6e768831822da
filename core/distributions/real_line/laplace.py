"""The Laplace law."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from core.distributions.base import FINITE, POSITIVE, Array
from core.distributions.continuous import Continuous
from core.params import param


@dataclass(frozen=True)
class Laplace(Continuous):
    """The difference of two independent waiting times: a sharp peak and exponential tails on both sides.

    f(x) = exp(-|x - location| / scale) / (2 scale).
    https://en.wikipedia.org/wiki/Laplace_distribution
    """

    location: float = param(0.0, "Location", low=-5, high=5, step=0.1, bounds=FINITE, symbol=r"\mu", help="Where the peak stands: mean and median.")
    scale: float = param(1.0, "Scale", low=0.2, high=5, step=0.05, bounds=POSITIVE, symbol=r"b", help="The mean distance from the peak.")

    title = "Laplace"
    story = "The difference of two independent waiting times; the noise that differential privacy adds."
    use = (
        "Errors with a sharp peak and heavier tails than a bell's, for which the median is the best estimate; also a prior that shrinks small "
        "coefficients to zero (the lasso). Where outliers are more extreme still, take Student's t."
    )
    density = r"\frac{1}{2\,<scale>}\exp\left(-\frac{|x-<location>|}{<scale>}\right)"
    formulas = {"mean": r"<location>", "variance": r"2\,<scale>^2", "skewness": r"0", "excess_kurtosis": r"3", "entropy": r"1+\log(2\,<scale>)"}
    reference = "https://en.wikipedia.org/wiki/Laplace_distribution"

    def _z(self, x: Array) -> Array:
        return (x - self.location) / self.scale

    def log_density(self, x: Array) -> Array:
        return -np.abs(self._z(x)) - math.log(2) - math.log(self.scale)

    def log_below(self, x: Array) -> Array:
        return _log_below(self._z(x))

    def log_above(self, x: Array) -> Array:
        return _log_below(-self._z(x))

    def inverse(self, q: Array) -> Array:
        # 2 q - 1 is exact from a quarter on, and log1p then keeps the digits near the median
        left = np.where(q < 0.25, np.log(2 * q), np.log1p(2 * q - 1))
        return self.location + self.scale * np.where(q < 0.5, left, -np.log1p(1 - 2 * q))

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        return rng.laplace(self.location, self.scale, n)

    def mean(self) -> float:
        return self.location

    def variance(self) -> float:
        return 2 * self.scale**2

    def skewness(self) -> float:
        return 0.0

    def excess_kurtosis(self) -> float:
        return 3.0

    def entropy(self) -> float:
        return 1 + math.log(2) + math.log(self.scale)


def _log_below(z: Array) -> Array:
    return np.where(z < 0, z - math.log(2), np.log1p(-0.5 * np.exp(-z)))
