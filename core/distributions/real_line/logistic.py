"""The logistic law."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import special

from core.distributions.base import FINITE, POSITIVE, Array
from core.distributions.continuous import Continuous
from core.params import param


@dataclass(frozen=True)
class Logistic(Continuous):
    """The noise behind logistic regression: a bell whose cumulative curve is the sigmoid.

    F(x) = 1 / (1 + e^-z) with z = (x - location) / scale, and f(x) = F(x) (1 - F(x)) / scale.
    https://en.wikipedia.org/wiki/Logistic_distribution
    """

    location: float = param(0.0, "Location", low=-5, high=5, step=0.1, bounds=FINITE, symbol=r"\mu", help="The centre: mean and median.")
    scale: float = param(
        1.0, "Scale", low=0.2, high=5, step=0.05, bounds=POSITIVE, symbol=r"s", help="The width; the standard deviation is 1.81 times as large."
    )

    title = "Logistic"
    story = "The hidden noise behind logistic regression; its cumulative curve is the sigmoid."
    use = (
        "Growth, dose and rating models whose cumulative curve must be a simple formula. Its tails are a little heavier than the normal law's; if the "
        "excess kurtosis is far from 1.2, take Student's t or the normal law."
    )
    density = r"\frac{e^{-z}}{<scale>\,(1+e^{-z})^2},\quad z=\frac{x-<location>}{<scale>}"
    formulas = {
        "mean": r"<location>",
        "variance": r"\frac{\pi^2}{3}\,<scale>^2",
        "skewness": r"0",
        "excess_kurtosis": r"\frac{6}{5}",
        "entropy": r"2+\log <scale>",
    }
    reference = "https://en.wikipedia.org/wiki/Logistic_distribution"

    def _z(self, x: Array) -> Array:
        return (x - self.location) / self.scale

    def log_density(self, x: Array) -> Array:
        distance = np.abs(self._z(x))
        return -distance - 2 * np.log1p(np.exp(-distance)) - math.log(self.scale)

    def below(self, x: Array) -> Array:
        return special.expit(self._z(x))

    def log_below(self, x: Array) -> Array:
        return special.log_expit(self._z(x))

    def log_above(self, x: Array) -> Array:
        return special.log_expit(-self._z(x))

    def inverse(self, q: Array) -> Array:
        return self.location + self.scale * special.logit(q)

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        return rng.logistic(self.location, self.scale, n)

    def mean(self) -> float:
        return self.location

    def variance(self) -> float:
        return (math.pi * self.scale) ** 2 / 3

    def skewness(self) -> float:
        return 0.0

    def excess_kurtosis(self) -> float:
        return 1.2

    def entropy(self) -> float:
        return 2 + math.log(self.scale)
