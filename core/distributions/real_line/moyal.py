"""The Moyal law."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import special

from core.distributions.base import FINITE, POSITIVE, Array
from core.distributions.continuous import Continuous
from core.distributions.special import HALF_LOG_2PI
from core.params import param

ZETA_3 = 1.2020569031595942


@dataclass(frozen=True)
class Moyal(Continuous):
    """The energy that a fast particle loses in a thin layer: minus the log of a squared standard normal value.

    f(x) = exp(-(z + e^-z) / 2) / (scale sqrt(2 pi)) with z = (x - location) / scale.
    https://en.wikipedia.org/wiki/Moyal_distribution
    """

    location: float = param(0.0, "Location", low=-5, high=5, step=0.1, bounds=FINITE, symbol=r"\mu", help="The mode: where the density is highest.")
    scale: float = param(
        1.0, "Scale", low=0.2, high=5, step=0.05, bounds=POSITIVE, symbol=r"s", help="The width; the standard deviation is 2.22 times as large."
    )

    title = "Moyal"
    story = "The energy that a fast particle loses in a thin layer of matter."
    use = (
        "A quick stand-in for the Landau law of energy losses, and for detector signals with a peak and a right tail. Its skewness is fixed at 1.54; "
        "if the tail of the data is heavier than exponential, a Landau or a Fréchet law fits better."
    )
    density = r"\frac{1}{<scale>\sqrt{2\pi}}\exp\left(-\tfrac{1}{2}(z+e^{-z})\right),\quad z=\frac{x-<location>}{<scale>}"
    formulas = {
        "mean": r"<location>+<scale>\,(\gamma+\log 2)",
        "variance": r"\frac{\pi^2}{2}\,<scale>^2",
        "skewness": r"\frac{28\sqrt{2}\,\zeta(3)}{\pi^3}",
        "excess_kurtosis": r"4",
        "entropy": r"\tfrac{1}{2}\left(1+\gamma+\log(4\pi)\right)+\log<scale>",
    }
    reference = "https://en.wikipedia.org/wiki/Moyal_distribution"

    def _z(self, x: Array) -> Array:
        return (x - self.location) / self.scale

    def log_density(self, x: Array) -> Array:
        z = self._z(x)
        return -0.5 * (z + np.exp(-z)) - HALF_LOG_2PI - math.log(self.scale)

    def log_below(self, x: Array) -> Array:
        z = self._z(x)
        near = np.where(z < 0, math.log(2) + special.log_ndtr(-np.exp(-0.5 * z)), np.log1p(-special.erf(np.exp(-0.5 * z) / math.sqrt(2))))
        return np.where(z < -700, -0.5 * np.exp(-z) + 0.5 * z + 0.5 * math.log(2 / math.pi), near)  # where log_ndtr's square overflows

    def log_above(self, x: Array) -> Array:
        z = self._z(x)
        left = np.log1p(-special.erfc(np.exp(-0.5 * z) / math.sqrt(2)))
        right = np.log(special.erf(np.exp(-0.5 * np.minimum(z, 80.0)) / math.sqrt(2)))
        return np.where(z < 0, left, right - 0.5 * np.maximum(z - 80, 0.0))  # beyond 80 erf is a straight line

    def inverse(self, q: Array) -> Array:
        root = np.where(q < 0.5, -special.ndtri(0.5 * q), math.sqrt(2) * special.erfinv(1 - q))
        return self.location - 2 * self.scale * np.log(root)

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        values = np.log(np.abs(rng.standard_normal(n)))
        values *= -2 * self.scale
        values += self.location
        return values

    def mean(self) -> float:
        return self.location + self.scale * (np.euler_gamma + math.log(2))

    def variance(self) -> float:
        return 0.5 * (math.pi * self.scale) ** 2

    def skewness(self) -> float:
        return 28 * math.sqrt(2) * ZETA_3 / math.pi**3

    def excess_kurtosis(self) -> float:
        return 4.0

    def entropy(self) -> float:
        return 0.5 * (1 + np.euler_gamma + math.log(4 * math.pi)) + math.log(self.scale)
