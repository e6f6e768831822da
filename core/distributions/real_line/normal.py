"""The normal law."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import special

from core.distributions.base import FINITE, POSITIVE, Array
from core.distributions.continuous import Continuous
from core.distributions.special import HALF_LOG_2PI
from core.params import param


@dataclass(frozen=True)
class Normal(Continuous):
    """The bell curve: what a sum of many small independent effects looks like.

    f(x) = exp(-(x - mu)^2 / (2 sigma^2)) / (sigma sqrt(2 pi)).
    https://en.wikipedia.org/wiki/Normal_distribution
    """

    mu: float = param(0.0, "Mean", low=-5, high=5, step=0.1, bounds=FINITE, symbol=r"\mu", help="The centre of the bell, and its highest point.")
    sigma: float = param(
        1.0,
        "Standard deviation",
        low=0.2,
        high=5,
        step=0.05,
        bounds=POSITIVE,
        symbol=r"\sigma",
        help="The width: two thirds of the mass lie within one standard deviation of the mean.",
    )

    title = "Normal"
    story = "The sum of many small independent effects, such as a measurement error or a body height."
    use = (
        "Measurements and averages that scatter evenly around a centre. Check a normal QQ plot for lean and stray values; take Student's t for "
        "outliers, the log-normal law for positive values with a long right tail."
    )
    density = r"\frac{1}{<sigma>\sqrt{2\pi}}\exp\left(-\frac{(x-<mu>)^2}{2\,<sigma>^2}\right)"
    formulas = {"mean": r"<mu>", "variance": r"<sigma>^2", "skewness": r"0", "excess_kurtosis": r"0", "entropy": r"\tfrac{1}{2}\log(2\pi e\,<sigma>^2)"}
    reference = "https://en.wikipedia.org/wiki/Normal_distribution"

    def _z(self, x: Array) -> Array:
        return (x - self.mu) / self.sigma

    def log_density(self, x: Array) -> Array:
        return -0.5 * self._z(x) ** 2 - HALF_LOG_2PI - math.log(self.sigma)

    def below(self, x: Array) -> Array:
        return special.ndtr(self._z(x))

    def log_below(self, x: Array) -> Array:
        return special.log_ndtr(self._z(x))

    def log_above(self, x: Array) -> Array:
        return special.log_ndtr(-self._z(x))

    def inverse(self, q: Array) -> Array:
        return self.mu + self.sigma * special.ndtri(q)

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        return rng.normal(self.mu, self.sigma, n)

    def mean(self) -> float:
        return self.mu

    def variance(self) -> float:
        return self.sigma**2

    def skewness(self) -> float:
        return 0.0

    def excess_kurtosis(self) -> float:
        return 0.0

    def entropy(self) -> float:
        return HALF_LOG_2PI + 0.5 + math.log(self.sigma)
