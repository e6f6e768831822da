"""Gompertz's law of mortality."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from core.distributions.base import POSITIVE, Array
from core.distributions.continuous import HALF_LINE, Continuous
from core.distributions.series import gauss
from core.distributions.special import log1mexp
from core.params import param


@dataclass(frozen=True)
class Gompertz(Continuous):
    """The length of a life when the risk of dying grows by a fixed percentage each year.

    P(X > x) = exp(-shape (e^(rate x) - 1)) for x >= 0.
    https://en.wikipedia.org/wiki/Gompertz_distribution
    """

    shape: float = param(
        0.5,
        "Shape",
        low=0.1,
        high=2,
        scale="log",
        bounds=POSITIVE,
        symbol=r"\eta",
        help="The risk at birth, in units of the rate: the smaller, the longer the curve waits before it falls.",
    )
    rate: float = param(1.0, "Rate", low=0.2, high=5, scale="log", bounds=POSITIVE, symbol=r"b", help="How fast the risk grows with age.")

    title = "Gompertz"
    story = "The length of a life when the risk of dying grows by the same percentage every year."
    use = (
        "Adult mortality and wear with a risk that grows by a constant percentage. Check that log hazard is straight against age; for a power of age "
        "take the Weibull law, and expect a plateau at the oldest ages."
    )
    density = r"<rate>\,<shape>\,e^{<rate>\,x}\exp\left(-<shape>\left(e^{<rate>\,x}-1\right)\right)"
    formulas = {
        "mean": r"\frac{m_1}{<rate>},\quad m_j=\int_0^\infty\log^j\left(1+\tfrac{s}{<shape>}\right)e^{-s}\,ds,\quad m_1=e^{<shape>}E_1(<shape>)",
        "variance": r"\frac{m_2-m_1^2}{<rate>^2}",
        "skewness": r"\frac{m_3-3\,m_1m_2+2\,m_1^3}{(m_2-m_1^2)^{3/2}}",
        "excess_kurtosis": r"\frac{m_4-4\,m_1m_3+6\,m_1^2m_2-3\,m_1^4}{(m_2-m_1^2)^2}-3",
        "entropy": r"1-\log(<rate>\cdot<shape>)-m_1",
    }
    reference = "https://en.wikipedia.org/wiki/Gompertz_distribution"
    support = HALF_LINE

    def _hazard(self, x: Array) -> Array:
        return self.shape * np.expm1(self.rate * x)

    def log_density(self, x: Array) -> Array:
        return math.log(self.shape) + math.log(self.rate) + self.rate * x - self._hazard(x)

    def below(self, x: Array) -> Array:
        return -np.expm1(-self._hazard(x))

    def log_below(self, x: Array) -> Array:
        return log1mexp(self._hazard(x))

    def log_above(self, x: Array) -> Array:
        return -self._hazard(x)

    def inverse(self, q: Array) -> Array:
        return np.log1p(-np.log1p(-q) / self.shape) / self.rate

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        values = rng.standard_exponential(n)
        values /= self.shape
        np.log1p(values, out=values)
        values /= self.rate
        return values

    def mean(self) -> float:
        return _moments(self.shape)[0] / self.rate

    def variance(self) -> float:
        return _moments(self.shape)[1] / self.rate**2

    def skewness(self) -> float:
        return _moments(self.shape)[2]

    def excess_kurtosis(self) -> float:
        return _moments(self.shape)[3]

    def entropy(self) -> float:
        return 1 - math.log(self.shape) - math.log(self.rate) - _moments(self.shape)[0]


@lru_cache(maxsize=2048)
def _moments(shape: float) -> tuple[float, float, float, float]:
    """Return mean, variance, skewness and excess kurtosis at rate 1, by a Gauss rule up to where e^-60 is left."""
    x, weight = gauss(0.0, math.log1p(60 / shape))
    hazard = shape * np.expm1(x)
    mass = weight * (shape + hazard) * np.exp(-hazard)
    mean = float(mass @ x)
    second, third, fourth = (float(mass @ (x - mean) ** k) for k in (2, 3, 4))
    return mean, second, third / second**1.5, fourth / second**2 - 3
