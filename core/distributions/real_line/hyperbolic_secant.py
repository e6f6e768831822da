"""The hyperbolic secant law."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from core.distributions.base import FINITE, POSITIVE, Array
from core.distributions.continuous import Continuous
from core.params import param

LOG_TWO_OVER_PI = math.log(2 / math.pi)


@dataclass(frozen=True)
class HyperbolicSecant(Continuous):
    """The logarithm of the size of a Cauchy value: a bell with exponential tails.

    f(x) = 1 / (pi scale cosh z) with z = (x - location) / scale.
    https://en.wikipedia.org/wiki/Hyperbolic_secant_distribution
    """

    location: float = param(0.0, "Location", low=-5, high=5, step=0.1, bounds=FINITE, symbol=r"\mu", help="The centre: mean, median and mode.")
    scale: float = param(
        1.0, "Scale", low=0.2, high=5, step=0.05, bounds=POSITIVE, symbol=r"s", help="The width; the standard deviation is 1.57 times as large."
    )

    title = "Hyperbolic secant"
    story = "The logarithm of how far a lighthouse beam lands; a bell between the logistic and Laplace's."
    use = (
        "Symmetric data with an excess kurtosis near 2, such as some financial returns. If the kurtosis may be anything, take Student's t or the "
        "generalized normal law, whose tails can be set."
    )
    density = r"\frac{1}{\pi\,<scale>}\,\mathrm{sech}\left(\frac{x-<location>}{<scale>}\right)"
    formulas = {
        "mean": r"<location>",
        "variance": r"\frac{\pi^2}{4}\,<scale>^2",
        "skewness": r"0",
        "excess_kurtosis": r"2",
        "entropy": r"\log(2\pi\,<scale>)",
    }
    reference = "https://en.wikipedia.org/wiki/Hyperbolic_secant_distribution"

    def _z(self, x: Array) -> Array:
        return (x - self.location) / self.scale

    def log_density(self, x: Array) -> Array:
        distance = np.abs(self._z(x))
        return LOG_TWO_OVER_PI - distance - np.log1p(np.exp(-2 * distance)) - math.log(self.scale)

    def log_below(self, x: Array) -> Array:
        return _log_below(self._z(x))

    def log_above(self, x: Array) -> Array:
        return _log_below(-self._z(x))

    def inverse(self, q: Array) -> Array:
        # log tan(pi q / 2), from the thinner side; asinh keeps the digits near the median
        far = np.log(np.tan(0.5 * math.pi * np.minimum(q, 1 - q)))
        z = np.where(np.abs(q - 0.5) < 0.25, np.arcsinh(np.tan(math.pi * (q - 0.5))), np.where(q < 0.5, far, -far))
        return self.location + self.scale * z

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        values = np.log(np.abs(rng.standard_cauchy(n)))
        values *= self.scale
        values += self.location
        return values

    def mean(self) -> float:
        return self.location

    def variance(self) -> float:
        return (0.5 * math.pi * self.scale) ** 2

    def skewness(self) -> float:
        return 0.0

    def excess_kurtosis(self) -> float:
        return 2.0

    def entropy(self) -> float:
        return math.log(2 * math.pi) + math.log(self.scale)


def _log_below(z: Array) -> Array:
    """Return log((2 / pi) atan e^z); far out on the left atan changes nothing, and e^z may underflow."""
    thin = np.exp(-np.abs(z))
    left = np.where(z < -20, z, np.log(np.arctan(np.maximum(thin, 1e-300)))) + LOG_TWO_OVER_PI
    return np.where(z < 0, left, np.log1p(-2 / math.pi * np.arctan(thin)))
