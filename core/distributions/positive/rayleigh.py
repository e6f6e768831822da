"""The Rayleigh law."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from core.distributions.base import POSITIVE, Array
from core.distributions.continuous import HALF_LINE, Continuous
from core.distributions.series import log_ratio
from core.distributions.special import log1mexp
from core.params import param


@dataclass(frozen=True)
class Rayleigh(Continuous):
    """The length of a vector of two independent normal numbers: how far from the middle a dart lands.

    f(x) = x / sigma^2 exp(-x^2 / (2 sigma^2)) for x >= 0.
    https://en.wikipedia.org/wiki/Rayleigh_distribution
    """

    sigma: float = param(
        1.0,
        "Scale",
        low=0.2,
        high=5,
        scale="log",
        bounds=POSITIVE,
        symbol=r"\sigma",
        help="The standard deviation of each of the two numbers; the density is highest there.",
    )

    title = "Rayleigh"
    story = "How far from the middle a dart lands; the height of a wave; the speed of a wind."
    use = (
        "Magnitudes of two equal, independent normal components: wave heights, miss distances, noise envelopes. Its mean is always 1.91 times its "
        "standard deviation; if yours is not, take the Weibull, or the Rice law if there is an offset."
    )
    density = r"\frac{x}{<sigma>^2}\,e^{-x^2/(2\,<sigma>^2)}"
    formulas = {
        "mean": r"<sigma>\sqrt{\pi/2}",
        "variance": r"\frac{4-\pi}{2}\,<sigma>^2",
        "skewness": r"\frac{2\sqrt{\pi}\,(\pi-3)}{(4-\pi)^{3/2}}",
        "excess_kurtosis": r"-\frac{6\pi^2-24\pi+16}{(4-\pi)^2}",
        "entropy": r"1+\log\frac{<sigma>}{\sqrt{2}}+\frac{\gamma}{2}",
    }
    reference = "https://en.wikipedia.org/wiki/Rayleigh_distribution"
    support = HALF_LINE

    def _hazard(self, x: Array) -> Array:
        return 0.5 * (x / self.sigma) ** 2

    def log_density(self, x: Array) -> Array:
        return log_ratio(x, self.sigma) - math.log(self.sigma) - self._hazard(x)

    def below(self, x: Array) -> Array:
        return -np.expm1(-self._hazard(x))

    def log_below(self, x: Array) -> Array:
        near = 2 * np.log(x / self.sigma) - math.log(2)  # the square may underflow
        return np.where(near < -36, near, log1mexp(self._hazard(x)))

    def log_above(self, x: Array) -> Array:
        return -self._hazard(x)

    def inverse(self, q: Array) -> Array:
        return self.sigma * np.sqrt(-2 * np.log1p(-q))

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        return rng.rayleigh(self.sigma, n)

    def mean(self) -> float:
        return self.sigma * math.sqrt(math.pi / 2)

    def variance(self) -> float:
        return (2 - math.pi / 2) * self.sigma**2

    def skewness(self) -> float:
        return 2 * math.sqrt(math.pi) * (math.pi - 3) / (4 - math.pi) ** 1.5

    def excess_kurtosis(self) -> float:
        return (24 * math.pi - 6 * math.pi**2 - 16) / (4 - math.pi) ** 2

    def entropy(self) -> float:
        return 1 + math.log(self.sigma) - 0.5 * math.log(2) + 0.5 * float(np.euler_gamma)
