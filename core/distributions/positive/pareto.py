"""The Pareto law, type I."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from core.distributions.base import POSITIVE, Array, Support
from core.distributions.continuous import Continuous
from core.distributions.special import log1mexp
from core.params import param


@dataclass(frozen=True)
class Pareto(Continuous):
    """A power law above a least value: the few have most.

    f(x) = shape scale^shape / x^(shape + 1) for x >= scale.
    https://en.wikipedia.org/wiki/Pareto_distribution
    """

    shape: float = param(
        3.0, "Shape", low=0.5, high=8, scale="log", bounds=POSITIVE, symbol=r"\alpha", help="The tail index: the smaller, the more the largest values own."
    )
    scale: float = param(1.0, "Least value", low=0.2, high=5, scale="log", bounds=POSITIVE, symbol=r"x_m", help="No value lies below it.")

    title = "Pareto"
    story = "Wealth, city sizes and file sizes above a threshold: the few have most."
    use = (
        "The upper tail of sizes that range over orders of magnitude, above a known threshold. Check that log survival is straight against log size "
        "over two decades or more; else take the log-normal law or, for a tail that starts at 0, the Lomax."
    )
    density = r"\frac{<shape>\,<scale>^{<shape>}}{x^{<shape>+1}}"
    formulas = {
        "mean": r"\frac{<shape>\,<scale>}{<shape>-1}\ (\text{for shape above 1, else infinite})",
        "variance": r"\frac{<shape>\,<scale>^2}{(<shape>-1)^2(<shape>-2)}\ (\text{for shape above 2, infinite from 2 down to 1})",
        "skewness": r"\frac{2(1+<shape>)}{<shape>-3}\sqrt{\frac{<shape>-2}{<shape>}}\ (\text{for shape above 3})",
        "excess_kurtosis": r"\frac{6(<shape>^3+<shape>^2-6\,<shape>-2)}{<shape>(<shape>-3)(<shape>-4)}\ (\text{for shape above 4})",
        "entropy": r"\log\left(\frac{<scale>}{<shape>}\right)+\frac{1}{<shape>}+1",
    }
    reference = "https://en.wikipedia.org/wiki/Pareto_distribution"

    @property
    def support(self) -> Support:
        return Support(self.scale, math.inf)

    def _log_ratio(self, x: Array) -> Array:
        return np.where(x < 2 * self.scale, np.log1p((x - self.scale) / self.scale), np.log(x / self.scale))

    def log_density(self, x: Array) -> Array:
        return math.log(self.shape) - np.log(x) - self.shape * self._log_ratio(x)

    def below(self, x: Array) -> Array:
        return -np.expm1(-self.shape * self._log_ratio(x))

    def log_below(self, x: Array) -> Array:
        return log1mexp(self.shape * self._log_ratio(x))

    def log_above(self, x: Array) -> Array:
        return -self.shape * self._log_ratio(x)

    def inverse(self, q: Array) -> Array:
        return self.scale * np.exp(-np.log1p(-q) / self.shape)

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        values = rng.pareto(self.shape, n)  # NumPy's is shifted to start at 0
        values += 1
        values *= self.scale
        return values

    def mean(self) -> float:
        return self.scale * (self.shape / (self.shape - 1)) if self.shape > 1 else math.inf

    def variance(self) -> float:
        if self.shape <= 2:
            return math.inf if self.shape > 1 else math.nan
        return self.scale**2 * self.shape / ((self.shape - 1) ** 2 * (self.shape - 2))

    def skewness(self) -> float:
        if self.shape <= 3:  # bounded below, so the third moment can only run off upwards
            return math.inf if self.shape > 2 else math.nan
        return 2 * (1 + self.shape) / (self.shape - 3) * math.sqrt((self.shape - 2) / self.shape)

    def excess_kurtosis(self) -> float:
        if self.shape <= 4:
            return math.inf if self.shape > 2 else math.nan
        a = self.shape
        return 6 * (a**3 + a**2 - 6 * a - 2) / (a * (a - 3) * (a - 4))

    def entropy(self) -> float:
        return math.log(self.scale) - math.log(self.shape) + 1 / self.shape + 1
