"""The Burr law, type XII."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import special

from core.distributions.base import POSITIVE, Array
from core.distributions.continuous import HALF_LINE, Continuous
from core.distributions.series import exp, log_ratio, power_moments
from core.distributions.special import log1mexp
from core.params import param


@dataclass(frozen=True)
class BurrXII(Continuous):
    """Household incomes and claims: a power law in the far tail, and a free choice of the shape below.

    P(X > x) = (1 + (x / scale)^c)^(-k) for x > 0.
    https://en.wikipedia.org/wiki/Burr_distribution
    """

    c: float = param(
        2.0,
        "First shape",
        low=0.8,
        high=8,
        scale="log",
        bounds=POSITIVE,
        symbol=r"c",
        help="The power at which the density starts from zero; below 1 it starts from infinity.",
    )
    k: float = param(
        3.0,
        "Second shape",
        low=0.8,
        high=8,
        scale="log",
        bounds=POSITIVE,
        symbol=r"k",
        help="The larger, the thinner the tail, whose index is the product of the two.",
    )
    scale: float = param(1.0, "Scale", low=0.2, high=5, scale="log", bounds=POSITIVE, symbol=r"s", help="Stretches the curve.")

    title = "Burr XII"
    story = "Household incomes, claims and crop prices: a free shape below, a power law far above."
    use = (
        "Incomes, claims and lifetimes with a power-law tail and a free shape near 0. If one of the two shapes is not pinned down by the data, a "
        "log-logistic, Lomax or Weibull law says the same with fewer numbers."
    )
    density = r"\frac{<c>\,<k>}{<scale>}\,\frac{(x/<scale>)^{<c>-1}}{\left(1+(x/<scale>)^{<c>}\right)^{<k>+1}}"
    formulas = {
        "mean": r"<scale>\,b_1,\quad b_j=<k>\,B\left(<k>-\tfrac{j}{<c>},1+\tfrac{j}{<c>}\right)",
        "variance": r"<scale>^2\left(b_2-b_1^2\right)",
        "skewness": r"\frac{b_3-3\,b_1b_2+2\,b_1^3}{(b_2-b_1^2)^{3/2}}",
        "excess_kurtosis": r"\frac{b_4-4\,b_1b_3+6\,b_1^2b_2-3\,b_1^4}{(b_2-b_1^2)^2}-3",
        "entropy": r"1+\tfrac{1}{<k>}+\log\frac{<scale>}{<c>\,<k>}+\left(1-\tfrac{1}{<c>}\right)\left(\gamma+\psi(<k>)\right)",
    }
    reference = "https://en.wikipedia.org/wiki/Burr_distribution"
    support = HALF_LINE

    def _log_power(self, x: Array) -> Array:
        """Return log of (x / scale)^c."""
        return self.c * log_ratio(x, self.scale)

    def log_density(self, x: Array) -> Array:
        z = self._log_power(x)
        inside = math.log(self.c) + math.log(self.k) + z - np.log(x) - (self.k + 1) * np.logaddexp(0, z)
        start = math.log(self.k) - math.log(self.scale) if self.c == 1 else math.copysign(math.inf, 1 - self.c)
        return np.where(x > 0, inside, start)

    def below(self, x: Array) -> Array:
        return -np.expm1(self.log_above(x))

    def log_below(self, x: Array) -> Array:
        z = self._log_power(x)  # where its exponential underflows, the first term of the series is all
        return np.where(z < -690, math.log(self.k) + z, log1mexp(self.k * np.logaddexp(0, z)))

    def log_above(self, x: Array) -> Array:
        return -self.k * np.logaddexp(0, self._log_power(x))

    def inverse(self, q: Array) -> Array:
        w = -np.log1p(-q) / self.k
        return self.scale * np.exp((w + log1mexp(w)) / self.c)

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        return self.scale * np.expm1(rng.standard_exponential(n) / self.k) ** (1 / self.c)

    def mean(self) -> float:
        return exp(math.log(self.scale) + power_moments(1 / self.c, 1.0, self.k)[0])

    def variance(self) -> float:
        return exp(2 * math.log(self.scale) + power_moments(1 / self.c, 1.0, self.k)[1])

    def skewness(self) -> float:
        return power_moments(1 / self.c, 1.0, self.k)[2]

    def excess_kurtosis(self) -> float:
        return power_moments(1 / self.c, 1.0, self.k)[3]

    def entropy(self) -> float:
        of_log = float(np.euler_gamma + special.digamma(self.k + 1))  # with 1 / k taken apart: it cancels for a small k
        return 1 + 1 / (self.c * self.k) + (1 - 1 / self.c) * of_log + math.log(self.scale) - math.log(self.c) - math.log(self.k)
