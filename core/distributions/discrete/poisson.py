"""The Poisson law."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from core.distributions.base import POSITIVE, Array, Support
from core.distributions.lattice import Lattice
from core.distributions.special import LARGE, log_poisson
from core.distributions.tails import log_gamma_tails
from core.params import param


@dataclass(frozen=True)
class Poisson(Lattice):
    """How many events fall into a stretch of time when they come independently at a constant rate.

    P(k) = rate^k exp(-rate) / k! for k = 0, 1, ...
    https://en.wikipedia.org/wiki/Poisson_distribution
    """

    rate: float = param(
        4.0, "Rate", low=0.2, high=20, scale="log", bounds=POSITIVE, symbol=r"\lambda", help="How many events to expect: mean and variance at once."
    )

    title = "Poisson"
    story = "The number of rare independent events in a stretch of time: calls per hour, typing errors per page."
    use = (
        "Counts of independent events at a steady rate. Check that the variance is near the mean, else take the negative binomial law; with far too "
        "many zeros, the zero-inflated Poisson."
    )
    density = r"\frac{<rate>^x e^{-<rate>}}{x!}"
    formulas = {
        "mean": r"<rate>",
        "variance": r"<rate>",
        "skewness": r"\frac{1}{\sqrt{<rate>}}",
        "excess_kurtosis": r"\frac{1}{<rate>}",
        "entropy": r"-\sum_k p_k\log p_k",
    }
    reference = "https://en.wikipedia.org/wiki/Poisson_distribution"
    support = Support(0, math.inf, discrete=True)

    def log_mass(self, k: Array) -> Array:
        return log_poisson(k, self.rate)

    def log_below(self, k: Array) -> Array:
        return log_gamma_tails(k + 1, self.rate)[1]

    def log_above(self, k: Array) -> Array:
        return log_gamma_tails(k + 1, self.rate)[0]

    def below(self, k: Array) -> Array:
        return special.gammaincc(k + 1, self.rate) if self.rate < LARGE else super().below(k)

    def sf(self, x: ArrayLike) -> Array:
        return self._step(lambda k: special.gammainc(k + 1, self.rate), x, 1.0, 0.0) if self.rate < LARGE else super().sf(x)

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        return rng.poisson(self.rate, n)

    def mean(self) -> float:
        return self.rate

    def variance(self) -> float:
        return self.rate

    def skewness(self) -> float:
        return 1 / math.sqrt(self.rate)

    def excess_kurtosis(self) -> float:
        return 1 / self.rate

    def entropy(self) -> float:
        return self.entropy_within(self.rate - 16 * self.sd() - 40, self.rate + 16 * self.sd() + 40)
