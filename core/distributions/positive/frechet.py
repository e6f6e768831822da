"""The Fréchet law."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from core.distributions.base import POSITIVE, Array
from core.distributions.continuous import HALF_LINE, Continuous
from core.distributions.series import exp, log_ratio, power_moments
from core.distributions.special import log1mexp
from core.params import param


@dataclass(frozen=True)
class Frechet(Continuous):
    """The largest of many numbers with heavy tails: the worst flood, the largest claim.

    F(x) = exp(-(x / scale)^(-shape)) for x > 0.
    https://en.wikipedia.org/wiki/Fr%C3%A9chet_distribution
    """

    shape: float = param(
        3.0, "Shape", low=0.5, high=12, scale="log", bounds=POSITIVE, symbol=r"\alpha", help="The tail index: the smaller, the wilder the records."
    )
    scale: float = param(1.0, "Scale", low=0.2, high=5, scale="log", bounds=POSITIVE, symbol=r"s", help="37 % lie below it.")

    title = "Fréchet"
    story = "The largest of many values with heavy tails: the worst flood of a century, the largest claim of a year."
    use = (
        "Block maxima when the tail is known to be a power law and values are positive. Fit the generalized extreme value law first, and use this one "
        "only if its tail index is clearly above 0."
    )
    density = r"\frac{<shape>}{<scale>}\left(\frac{x}{<scale>}\right)^{-<shape>-1}\exp\left(-\left(\frac{x}{<scale>}\right)^{-<shape>}\right)"
    formulas = {
        "mean": r"<scale>\,\Gamma_1,\quad \Gamma_j=\Gamma\left(1-\tfrac{j}{<shape>}\right)\ (\text{for shape above 1, else infinite})",
        "variance": r"<scale>^2\left(\Gamma_2-\Gamma_1^2\right)\ (\text{for shape above 2, infinite from 2 down to 1})",
        "skewness": r"\frac{\Gamma_3-3\,\Gamma_1\Gamma_2+2\,\Gamma_1^3}{(\Gamma_2-\Gamma_1^2)^{3/2}}\ (\text{for shape above 3, infinite from 3 down to 2})",
        "excess_kurtosis": r"\frac{\Gamma_4-4\,\Gamma_1\Gamma_3+6\,\Gamma_1^2\Gamma_2-3\,\Gamma_1^4}{(\Gamma_2-\Gamma_1^2)^2}-3\ (\text{for shape above 4, infinite from 4 down to 2})",
        "entropy": r"1+\gamma\left(1+\tfrac{1}{<shape>}\right)+\log\frac{<scale>}{<shape>}",
    }
    reference = "https://en.wikipedia.org/wiki/Fr%C3%A9chet_distribution"
    support = HALF_LINE

    def _log_t(self, x: Array) -> Array:
        """Return log of (x / scale)^-shape."""
        return -self.shape * log_ratio(x, self.scale)

    def log_density(self, x: Array) -> Array:
        log_t = self._log_t(x)
        return np.where(x > 0, math.log(self.shape) + log_t - np.log(x) - np.exp(log_t), -math.inf)

    def log_below(self, x: Array) -> Array:
        return -np.exp(self._log_t(x))

    def log_above(self, x: Array) -> Array:
        log_t = self._log_t(x)
        return np.where(log_t < -36, log_t, log1mexp(np.exp(log_t)))

    def inverse(self, q: Array) -> Array:
        return self.scale * (-np.log(q)) ** (-1 / self.shape)

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        values = rng.standard_exponential(n)
        values **= -1 / self.shape
        values *= self.scale
        return values

    def mean(self) -> float:
        return exp(math.log(self.scale) + power_moments(-1 / self.shape, 1.0)[0])

    def variance(self) -> float:
        return exp(2 * math.log(self.scale) + power_moments(-1 / self.shape, 1.0)[1])

    def skewness(self) -> float:
        return power_moments(-1 / self.shape, 1.0)[2]

    def excess_kurtosis(self) -> float:
        return power_moments(-1 / self.shape, 1.0)[3]

    def entropy(self) -> float:
        return 1 + float(np.euler_gamma) * (1 + 1 / self.shape) + math.log(self.scale) - math.log(self.shape)
