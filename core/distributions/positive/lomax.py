"""The Lomax law: Pareto, type II."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from core.distributions.base import POSITIVE, Array
from core.distributions.continuous import HALF_LINE, Continuous
from core.distributions.special import log1mexp
from core.params import param


@dataclass(frozen=True)
class Lomax(Continuous):
    """A power law that starts at zero: an exponential wait whose rate is itself drawn at random.

    P(X > x) = (1 + x / scale)^(-shape) for x >= 0.
    https://en.wikipedia.org/wiki/Lomax_distribution
    """

    shape: float = param(
        3.0, "Shape", low=0.5, high=12, scale="log", bounds=POSITIVE, symbol=r"\alpha", help="The tail index: the smaller, the heavier the tail."
    )
    scale: float = param(1.0, "Scale", low=0.2, high=5, scale="log", bounds=POSITIVE, symbol=r"\lambda", help="Stretches the curve.")

    title = "Lomax"
    story = "Waits when nobody knows the rate: lifetimes of firms, sizes of files, a power law from zero on."
    use = (
        "Positive data from 0 with a power-law tail, such as file sizes and claims, or exponential waits with rates that differ. Check that the mean "
        "excess grows in a straight line; if it is flat, take the exponential law."
    )
    density = r"\frac{<shape>}{<scale>}\left(1+\frac{x}{<scale>}\right)^{-<shape>-1}"
    formulas = {
        "mean": r"\frac{<scale>}{<shape>-1}\ (\text{for shape above 1, else infinite})",
        "variance": r"\frac{<shape>\,<scale>^2}{(<shape>-1)^2(<shape>-2)}\ (\text{for shape above 2, infinite from 2 down to 1})",
        "skewness": r"\frac{2(1+<shape>)}{<shape>-3}\sqrt{\frac{<shape>-2}{<shape>}}\ (\text{for shape above 3, infinite from 3 down to 2})",
        "excess_kurtosis": r"\frac{6(<shape>^3+<shape>^2-6\,<shape>-2)}{<shape>(<shape>-3)(<shape>-4)}\ (\text{for shape above 4, infinite from 4 down to 2})",
        "entropy": r"1+\tfrac{1}{<shape>}+\log\frac{<scale>}{<shape>}",
    }
    reference = "https://en.wikipedia.org/wiki/Lomax_distribution"
    support = HALF_LINE

    def _hazard(self, x: Array) -> Array:
        return self.shape * np.log1p(x / self.scale)

    def log_density(self, x: Array) -> Array:
        return math.log(self.shape) - math.log(self.scale) - (self.shape + 1) * np.log1p(x / self.scale)

    def below(self, x: Array) -> Array:
        return -np.expm1(-self._hazard(x))

    def log_below(self, x: Array) -> Array:
        return log1mexp(self._hazard(x))

    def log_above(self, x: Array) -> Array:
        return -self._hazard(x)

    def inverse(self, q: Array) -> Array:
        return self.scale * np.expm1(-np.log1p(-q) / self.shape)

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        values = rng.pareto(self.shape, n)
        values *= self.scale
        return values

    def mean(self) -> float:
        return self.scale / (self.shape - 1) if self.shape > 1 else math.inf

    def variance(self) -> float:
        if self.shape <= 2:
            return math.inf if self.shape > 1 else math.nan
        return (self.scale / (self.shape - 1)) ** 2 * (self.shape / (self.shape - 2))

    def skewness(self) -> float:
        if self.shape <= 3:
            return math.inf if self.shape > 2 else math.nan
        return 2 * (1 + self.shape) / (self.shape - 3) * math.sqrt((self.shape - 2) / self.shape)

    def excess_kurtosis(self) -> float:
        if self.shape <= 4:
            return math.inf if self.shape > 2 else math.nan
        a = self.shape
        return 6 * (a**3 + a**2 - 6 * a - 2) / (a * (a - 3) * (a - 4))

    def entropy(self) -> float:
        return 1 + 1 / self.shape + math.log(self.scale) - math.log(self.shape)
