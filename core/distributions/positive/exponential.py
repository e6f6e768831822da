"""The exponential law."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from core.distributions.base import POSITIVE, Array
from core.distributions.continuous import HALF_LINE, Continuous
from core.distributions.special import log1mexp
from core.params import param


@dataclass(frozen=True)
class Exponential(Continuous):
    """The waiting time for something that may happen at any moment, whatever happened before.

    f(x) = rate exp(-rate x) for x >= 0.
    https://en.wikipedia.org/wiki/Exponential_distribution
    """

    rate: float = param(
        1.0,
        "Rate",
        low=0.2,
        high=5,
        scale="log",
        bounds=POSITIVE,
        symbol=r"\lambda",
        help="How many events to expect per unit of time; the mean wait is one over it.",
    )

    title = "Exponential"
    story = "The waiting time for an event that has no memory: the next click of a Geiger counter."
    use = (
        "Times between independent events at a steady rate. Check that the standard deviation is near the mean and that the risk does not depend on "
        "age, else take the Weibull or the gamma law."
    )
    density = r"<rate>\,e^{-<rate>\,x}"
    formulas = {"mean": r"\frac{1}{<rate>}", "variance": r"\frac{1}{<rate>^2}", "skewness": r"2", "excess_kurtosis": r"6", "entropy": r"1-\log <rate>"}
    reference = "https://en.wikipedia.org/wiki/Exponential_distribution"
    support = HALF_LINE

    def log_density(self, x: Array) -> Array:
        return math.log(self.rate) - self.rate * x

    def below(self, x: Array) -> Array:
        return -np.expm1(-self.rate * x)

    def log_below(self, x: Array) -> Array:
        return log1mexp(self.rate * x)

    def log_above(self, x: Array) -> Array:
        return -self.rate * x

    def inverse(self, q: Array) -> Array:
        return -np.log1p(-q) / self.rate

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        return rng.exponential(1 / self.rate, n)

    def mean(self) -> float:
        return 1 / self.rate

    def variance(self) -> float:
        return 1 / self.rate**2

    def skewness(self) -> float:
        return 2.0

    def excess_kurtosis(self) -> float:
        return 6.0

    def entropy(self) -> float:
        return 1 - math.log(self.rate)
