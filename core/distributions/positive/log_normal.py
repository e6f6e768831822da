"""The log-normal law."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import special

from core.distributions.base import FINITE, POSITIVE, Array
from core.distributions.continuous import HALF_LINE, Continuous
from core.distributions.special import HALF_LOG_2PI
from core.params import param


@dataclass(frozen=True)
class LogNormal(Continuous):
    """A number whose logarithm is normal: what many small independent percentage changes multiply up to.

    f(x) = exp(-(log x - mu)^2 / (2 sigma^2)) / (x sigma sqrt(2 pi)) for x > 0.
    https://en.wikipedia.org/wiki/Log-normal_distribution
    """

    mu: float = param(0.0, "Mean of the logarithm", low=-1, high=2, step=0.05, bounds=FINITE, symbol=r"\mu", help="The median is e to this power.")
    sigma: float = param(
        0.5,
        "Standard deviation of the logarithm",
        low=0.1,
        high=1.5,
        step=0.02,
        bounds=POSITIVE,
        symbol=r"\sigma",
        help="How skewed: small is nearly normal, above 1 the tail is very long.",
    )

    title = "Log-normal"
    story = "The product of many small independent changes: incomes, file sizes, share prices."
    use = (
        "Positive data spread over orders of magnitude, whose changes are percentages: prices, concentrations, durations. Check that the logarithms "
        "look normal; if the far tail is straight on log-log axes, take the Pareto law above a threshold."
    )
    density = r"\frac{1}{x\,<sigma>\sqrt{2\pi}}\exp\left(-\frac{(\log x-<mu>)^2}{2\,<sigma>^2}\right)"
    formulas = {
        "mean": r"e^{<mu>+<sigma>^2/2}",
        "variance": r"(e^{<sigma>^2}-1)\,e^{2\,<mu>+<sigma>^2}",
        "skewness": r"(e^{<sigma>^2}+2)\sqrt{e^{<sigma>^2}-1}",
        "excess_kurtosis": r"e^{4\,<sigma>^2}+2e^{3\,<sigma>^2}+3e^{2\,<sigma>^2}-6",
        "entropy": r"<mu>+\tfrac{1}{2}\log(2\pi e\,<sigma>^2)",
    }
    reference = "https://en.wikipedia.org/wiki/Log-normal_distribution"
    support = HALF_LINE

    def _z(self, x: Array) -> Array:
        return (np.log(x) - self.mu) / self.sigma

    def log_density(self, x: Array) -> Array:
        inside = -0.5 * self._z(x) ** 2 - HALF_LOG_2PI - math.log(self.sigma) - np.log(x)
        return np.where(x == 0, -math.inf, inside)

    def below(self, x: Array) -> Array:
        return special.ndtr(self._z(x))

    def log_below(self, x: Array) -> Array:
        return special.log_ndtr(self._z(x))

    def log_above(self, x: Array) -> Array:
        return special.log_ndtr(-self._z(x))

    def inverse(self, q: Array) -> Array:
        return np.exp(self.mu + self.sigma * special.ndtri(q))

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        return rng.lognormal(self.mu, self.sigma, n)

    def mean(self) -> float:
        return _exp(self.mu + 0.5 * self.sigma**2)

    def variance(self) -> float:
        return _exp(2 * (self.mu + self.sigma**2)) * -math.expm1(-(self.sigma**2))

    def skewness(self) -> float:
        return (self._excess() + 3) * math.sqrt(self._excess())

    def excess_kurtosis(self) -> float:
        e = self._excess()  # the polynomial of `formulas` in e^(sigma^2) - 1, where it has no constant term
        return e * (16 + e * (15 + e * (6 + e)))

    def entropy(self) -> float:
        return self.mu + HALF_LOG_2PI + 0.5 + math.log(self.sigma)

    def _excess(self) -> float:
        with np.errstate(over="ignore"):
            return float(np.expm1(self.sigma**2))


def _exp(x: float) -> float:
    with np.errstate(over="ignore"):
        return float(np.exp(x))
