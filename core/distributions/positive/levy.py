"""The Lévy law."""

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
class Levy(Continuous):
    """The time at which a wandering particle first reaches a wall: so heavy a tail that even the mean is infinite.

    f(x) = sqrt(scale / (2 pi)) exp(-scale / (2 x)) / x^(3/2) for x > 0.
    https://en.wikipedia.org/wiki/L%C3%A9vy_distribution
    """

    scale: float = param(
        1.0,
        "Scale",
        low=0.2,
        high=5,
        scale="log",
        bounds=POSITIVE,
        symbol=r"c",
        help="Stretches the curve; it grows with the square of the distance to the wall.",
    )

    title = "Lévy"
    story = "The time at which a wandering particle first reaches a wall: most come soon, a few take nearly forever."
    use = (
        "First-passage times without drift, and a stress test for averages, which here grow with the sample. Look at medians; if the walker drifts "
        "towards the wall take the inverse Gaussian law."
    )
    density = r"\sqrt{\frac{<scale>}{2\pi}}\,\frac{e^{-<scale>/(2x)}}{x^{3/2}}"
    formulas = {
        "mean": r"\infty",
        "variance": r"\text{undefined, for want of a mean}",
        "skewness": r"\text{undefined}",
        "excess_kurtosis": r"\text{undefined}",
        "entropy": r"\frac{1+3\gamma+\log(16\pi\,<scale>^2)}{2}",
    }
    reference = "https://en.wikipedia.org/wiki/L%C3%A9vy_distribution"
    support = HALF_LINE

    def log_density(self, x: Array) -> Array:
        inside = 0.5 * math.log(self.scale) - HALF_LOG_2PI - 0.5 * self.scale / x - 1.5 * np.log(x)
        return np.where(x > 0, inside, -math.inf)

    def below(self, x: Array) -> Array:
        return special.erfc(np.sqrt(0.5 * self.scale / x))

    def log_below(self, x: Array) -> Array:
        z = np.sqrt(0.5 * self.scale / x)
        return np.where(z < 0.5, np.log1p(-special.erf(z)), math.log(2) + special.log_ndtr(-np.sqrt(self.scale / x)))

    def log_above(self, x: Array) -> Array:
        z = np.sqrt(0.5 * self.scale / x)
        return np.where(z < 0.5, np.log(special.erf(z)), np.log1p(-special.erfc(z)))

    def inverse(self, q: Array) -> Array:
        return 0.5 * self.scale / np.where(q < 0.5, special.erfcinv(q), special.erfinv(1 - q)) ** 2

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        values = rng.standard_normal(n)
        values **= -2
        values *= self.scale
        return values

    def mean(self) -> float:
        return math.inf

    def variance(self) -> float:
        return math.nan

    def skewness(self) -> float:
        return math.nan

    def excess_kurtosis(self) -> float:
        return math.nan

    def entropy(self) -> float:
        return 0.5 * (1 + 3 * float(np.euler_gamma) + math.log(16 * math.pi)) + math.log(self.scale)
