"""The gamma law."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from core.distributions.base import POSITIVE, Array
from core.distributions.continuous import HALF_LINE, Continuous
from core.distributions.special import HALF_LOG_2PI, LARGE, gamma_entropy_error, log_poisson
from core.distributions.tails import log_gamma_tails
from core.params import param


@dataclass(frozen=True)
class Gamma(Continuous):
    """The waiting time for the shape-th event when events come at a constant rate.

    f(x) = rate^shape x^(shape - 1) exp(-rate x) / Gamma(shape) for x > 0.
    https://en.wikipedia.org/wiki/Gamma_distribution
    """

    shape: float = param(
        2.0, "Shape", low=0.4, high=10, scale="log", bounds=POSITIVE, symbol=r"\alpha", help="How many events to wait for; any positive number will do."
    )
    rate: float = param(1.0, "Rate", low=0.2, high=5, scale="log", bounds=POSITIVE, symbol=r"\beta", help="How many events to expect per unit of time.")

    title = "Gamma"
    story = "The waiting time until several events have happened; amounts of rain; a prior for a rate."
    use = (
        "Positive, right-skewed amounts whose standard deviation grows in step with the mean: rain, claims, waiting times in stages. If the tail is "
        "heavier take the log-normal law; if the hazard is a power of age, the Weibull."
    )
    density = r"\frac{<rate>^{<shape>}}{\Gamma(<shape>)}\,x^{<shape>-1}e^{-<rate>\,x}"
    formulas = {
        "mean": r"\frac{<shape>}{<rate>}",
        "variance": r"\frac{<shape>}{<rate>^2}",
        "skewness": r"\frac{2}{\sqrt{<shape>}}",
        "excess_kurtosis": r"\frac{6}{<shape>}",
        "entropy": r"<shape>-\log <rate>+\log\Gamma(<shape>)+(1-<shape>)\,\psi(<shape>)",
    }
    reference = "https://en.wikipedia.org/wiki/Gamma_distribution"
    support = HALF_LINE

    def log_density(self, x: Array) -> Array:
        t = self.rate * x
        inside = log_poisson(self.shape, t) + math.log(self.shape) - np.log(x)  # t^shape e^-t / Gamma(shape + 1), times shape / x
        start = special.xlogy(self.shape - 1, 0.0) + math.log(self.rate)  # at 0: infinite, the rate, or nothing
        return np.where(x > 0, inside, start)

    def log_below(self, x: Array) -> Array:
        return log_gamma_tails(self.shape, self.rate * x)[0]

    def log_above(self, x: Array) -> Array:
        return log_gamma_tails(self.shape, self.rate * x)[1]

    def below(self, x: Array) -> Array:
        return special.gammainc(self.shape, self.rate * x) if self.shape < LARGE else super().below(x)

    def sf(self, x: ArrayLike) -> Array:
        return self._inside(lambda x: special.gammaincc(self.shape, self.rate * x), x, 1.0, 0.0) if self.shape < LARGE else super().sf(x)

    def inverse(self, q: Array) -> Array:
        start = np.where(q < 0.5, special.gammaincinv(self.shape, q), special.gammainccinv(self.shape, 1 - q))
        return Gamma(self.shape).polish(start, q) / self.rate

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        return rng.gamma(self.shape, 1 / self.rate, n)

    def mean(self) -> float:
        return self.shape / self.rate

    def variance(self) -> float:
        return self.shape / self.rate**2

    def skewness(self) -> float:
        return 2 / math.sqrt(self.shape)

    def excess_kurtosis(self) -> float:
        return 6 / self.shape

    def entropy(self) -> float:
        # the formula of `formulas` with its large terms cancelled by hand: a normal law's entropy and a remainder
        return HALF_LOG_2PI + 0.5 + 0.5 * math.log(self.shape) + float(gamma_entropy_error(self.shape)) - math.log(self.rate)
