"""The half-normal law."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import special

from core.distributions.base import POSITIVE, Array
from core.distributions.continuous import HALF_LINE, Continuous
from core.distributions.special import HALF_LOG_2PI
from core.params import param


@dataclass(frozen=True)
class HalfNormal(Continuous):
    """The size of a normal number of mean 0, without its sign.

    f(x) = sqrt(2 / pi) exp(-x^2 / (2 sigma^2)) / sigma for x >= 0.
    https://en.wikipedia.org/wiki/Half-normal_distribution
    """

    sigma: float = param(1.0, "Scale", low=0.2, high=5, scale="log", bounds=POSITIVE, symbol=r"\sigma", help="The standard deviation of the normal number.")

    title = "Half-normal"
    story = "The size of a normal error, without its sign; a belief about an unknown spread."
    use = (
        "Absolute errors, and a weakly informative prior for a standard deviation. As a prior it all but rules out values beyond three scales: if "
        "larger ones are conceivable, take the half-Cauchy law."
    )
    density = r"\frac{1}{<sigma>}\sqrt{\frac{2}{\pi}}\,e^{-x^2/(2\,<sigma>^2)}"
    formulas = {
        "mean": r"<sigma>\sqrt{2/\pi}",
        "variance": r"<sigma>^2\left(1-\tfrac{2}{\pi}\right)",
        "skewness": r"\frac{\sqrt{2}\,(4-\pi)}{(\pi-2)^{3/2}}",
        "excess_kurtosis": r"\frac{8(\pi-3)}{(\pi-2)^2}",
        "entropy": r"\tfrac{1}{2}\log\left(\tfrac{\pi}{2}\,<sigma>^2\right)+\tfrac{1}{2}",
    }
    reference = "https://en.wikipedia.org/wiki/Half-normal_distribution"
    support = HALF_LINE

    def log_density(self, x: Array) -> Array:
        return math.log(2) - HALF_LOG_2PI - math.log(self.sigma) - 0.5 * (x / self.sigma) ** 2

    def below(self, x: Array) -> Array:
        return special.erf(x / self.sigma / math.sqrt(2))

    def log_below(self, x: Array) -> Array:
        z = x / self.sigma / math.sqrt(2)
        return np.where(z < 0.5, np.log(special.erf(z)), np.log1p(-special.erfc(z)))

    def log_above(self, x: Array) -> Array:
        z = x / self.sigma / math.sqrt(2)
        return np.where(z < 0.5, np.log1p(-special.erf(z)), math.log(2) + special.log_ndtr(-x / self.sigma))

    def inverse(self, q: Array) -> Array:
        return self.sigma * math.sqrt(2) * np.where(q < 0.5, special.erfinv(q), special.erfcinv(1 - q))

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        return np.abs(rng.normal(0.0, self.sigma, n))

    def mean(self) -> float:
        return self.sigma * math.sqrt(2 / math.pi)

    def variance(self) -> float:
        return self.sigma**2 * (1 - 2 / math.pi)

    def skewness(self) -> float:
        return math.sqrt(2) * (4 - math.pi) / (math.pi - 2) ** 1.5

    def excess_kurtosis(self) -> float:
        return 8 * (math.pi - 3) / (math.pi - 2) ** 2

    def entropy(self) -> float:
        return 0.5 * math.log(math.pi / 2) + 0.5 + math.log(self.sigma)
