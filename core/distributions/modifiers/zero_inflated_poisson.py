"""The Poisson law with extra zeros."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from core.distributions.base import POSITIVE, Array, Support
from core.distributions.discrete.poisson import Poisson
from core.distributions.lattice import Lattice
from core.distributions.special import LARGE, log_complement
from core.params import param


@dataclass(frozen=True)
class ZeroInflatedPoisson(Lattice):
    """A Poisson count that is switched off, and then 0, in some share of the cases.

    P(0) = zeros + (1 - zeros) exp(-rate), and P(k) = (1 - zeros) rate^k exp(-rate) / k! for k = 1, 2, ...
    The case of ZeroInflated that has its own formulas, and that a fit can find: laws made of any other are passed over there.
    https://en.wikipedia.org/wiki/Zero-inflated_model
    """

    rate: float = param(4.0, "Rate", low=0.5, high=10, scale="log", bounds=POSITIVE, symbol=r"\lambda", help="How many events to expect where any can happen.")
    zeros: float = param(0.3, "Share of sure zeros", low=0, high=0.95, step=0.01, bounds=(0, 1), symbol=r"z", help="How often nothing can happen at all.")

    title = "Zero-inflated Poisson"
    ticks = 61
    story = "The number of fish that visitors of a lake take home, when some of them never fished."
    use = (
        "Counts with two kinds of zero: those who could never count, and those who happened not to. Check that the positive counts look Poisson; if "
        "they scatter more, a negative binomial law alone may explain the zeros."
    )
    density = r"<zeros>\,[x=0]+(1-<zeros>)\,\frac{<rate>^x e^{-<rate>}}{x!}"
    formulas = {
        "mean": r"(1-<zeros>)\,<rate>",
        "variance": r"(1-<zeros>)\,<rate>\,(1+<zeros>\cdot<rate>)",
        "skewness": r"\frac{1+3\,<zeros>\cdot<rate>+<zeros>(2\,<zeros>-1)\,<rate>^2}{\sqrt{(1-<zeros>)\,<rate>}\,(1+<zeros>\cdot<rate>)^{3/2}}",
        "excess_kurtosis": r"\frac{1+7z\lambda+6z(2z-1)\lambda^2+z(1-6z+6z^2)\lambda^3}{(1-z)\lambda(1+z\lambda)^2},\quad z=<zeros>,\ \lambda=<rate>",
        "entropy": r"-\sum_k p_k\log p_k",
    }
    reference = "https://en.wikipedia.org/wiki/Zero-inflated_model"
    support = Support(0, math.inf, discrete=True)

    def _log_on(self) -> float:
        """Return the log of the share of cases that are not switched off."""
        return math.log1p(-self.zeros) if self.zeros < 1 else -math.inf

    def _poisson(self) -> Poisson:
        return Poisson(self.rate)

    def log_mass(self, k: Array) -> Array:
        log_p = self._log_on() + self._poisson().log_mass(k)
        zero = log_complement(self._log_on() + math.log(-math.expm1(-self.rate)))  # what is not a positive count
        thin = np.logaddexp(np.log(self.zeros), self._log_on() - self.rate)
        return np.where(k == 0, np.where(zero < -0.7, thin, zero), log_p)

    def below(self, k: Array) -> Array:
        return self.zeros + (1 - self.zeros) * special.gammaincc(k + 1, self.rate) if self.rate < LARGE else np.exp(self.log_below(k))

    def sf(self, x: ArrayLike) -> Array:
        return self._step(lambda k: (1 - self.zeros) * special.gammainc(k + 1, self.rate), x, 1.0, 0.0) if self.rate < LARGE else super().sf(x)

    def log_below(self, k: Array) -> Array:
        thin = np.logaddexp(np.log(self.zeros), self._log_on() + self._poisson().log_below(k))
        return np.where(thin < -0.7, thin, log_complement(self.log_above(k)))

    def log_above(self, k: Array) -> Array:
        return self._log_on() + self._poisson().log_above(k)

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        """Draw pairs of counts; a case is switched off when its second count, which is 0 with the right probability, is 0."""
        if not self.zeros:
            return rng.poisson(self.rate, n)
        pairs = rng.poisson((self.rate, -math.log(self.zeros)), (n, 2))
        return pairs[:, 0] * (pairs[:, 1] > 0)

    def mean(self) -> float:
        return (1 - self.zeros) * self.rate

    def variance(self) -> float:
        return self.mean() * (1 + self.zeros * self.rate)

    def skewness(self) -> float:
        if not self.variance():
            return math.nan
        z, r = self.zeros, self.rate
        return (1 + z * r * (3 + (2 * z - 1) * r)) / math.sqrt(self.mean()) / (1 + z * r) ** 1.5

    def excess_kurtosis(self) -> float:
        if not self.variance():
            return math.nan
        z, r = self.zeros, self.rate
        return (1 + z * r * (7 + r * (6 * (2 * z - 1) + r * (1 - 6 * z + 6 * z * z)))) / self.mean() / (1 + z * r) ** 2

    def entropy(self) -> float:
        """Return the surprise of 0, and of the positive counts: that of being on, and Poisson's own."""
        if not self.variance():
            return 0.0
        log_zero, positive = float(self.log_prob(0)), -math.expm1(-self.rate)
        own = self._poisson().entropy() - self.rate * math.exp(-self.rate)
        return -log_zero * math.exp(log_zero) + (1 - self.zeros) * (own - positive * self._log_on())
