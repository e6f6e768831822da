"""The log-logistic law."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from core.distributions.base import POSITIVE, Array
from core.distributions.continuous import HALF_LINE, Continuous
from core.distributions.series import exp, log_ratio, power_moments
from core.params import param


@dataclass(frozen=True)
class LogLogistic(Continuous):
    """A number whose logarithm is logistic: survival that first grows riskier, then safer.

    F(x) = 1 / (1 + (x / scale)^(-shape)) for x > 0.
    https://en.wikipedia.org/wiki/Log-logistic_distribution
    """

    scale: float = param(1.0, "Scale", low=0.2, high=5, scale="log", bounds=POSITIVE, symbol=r"\alpha", help="The median.")
    shape: float = param(
        3.0,
        "Shape",
        low=0.5,
        high=12,
        scale="log",
        bounds=POSITIVE,
        symbol=r"\beta",
        help="The tail index: the larger, the closer all values lie to the median.",
    )

    title = "Log-logistic"
    story = "Survival after an operation, incomes, the flow of a river: a number whose logarithm is logistic."
    use = (
        "Survival times whose risk rises and then falls, and odds that scale with time; also incomes. If the log times have normal rather than "
        "heavier tails take the log-normal law; if the risk only rises, the Weibull."
    )
    density = r"\frac{(<shape>/<scale>)\,(x/<scale>)^{<shape>-1}}{\left(1+(x/<scale>)^{<shape>}\right)^2}"
    formulas = {
        "mean": r"<scale>\,b_1,\quad b_j=\frac{j\pi/<shape>}{\sin(j\pi/<shape>)}\ (\text{for shape above 1, else infinite})",
        "variance": r"<scale>^2\left(b_2-b_1^2\right)\ (\text{for shape above 2, infinite from 2 down to 1})",
        "skewness": r"\frac{b_3-3\,b_1b_2+2\,b_1^3}{(b_2-b_1^2)^{3/2}}\ (\text{for shape above 3, infinite from 3 down to 2})",
        "excess_kurtosis": r"\frac{b_4-4\,b_1b_3+6\,b_1^2b_2-3\,b_1^4}{(b_2-b_1^2)^2}-3\ (\text{for shape above 4, infinite from 4 down to 2})",
        "entropy": r"\log\frac{<scale>}{<shape>}+2",
    }
    reference = "https://en.wikipedia.org/wiki/Log-logistic_distribution"
    support = HALF_LINE

    def _z(self, x: Array) -> Array:
        return self.shape * log_ratio(x, self.scale)

    def log_density(self, x: Array) -> Array:
        z = self._z(x)
        inside = math.log(self.shape) - np.log(x) - np.abs(z) - 2 * np.log1p(np.exp(-np.abs(z)))
        start = -math.log(self.scale) if self.shape == 1 else math.copysign(math.inf, 1 - self.shape)
        return np.where(x > 0, inside, start)

    def log_below(self, x: Array) -> Array:
        return -np.logaddexp(0, -self._z(x))

    def log_above(self, x: Array) -> Array:
        return -np.logaddexp(0, self._z(x))

    def inverse(self, q: Array) -> Array:
        return self.scale * np.exp((np.log(q) - np.log1p(-q)) / self.shape)

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        values = rng.logistic(math.log(self.scale), 1 / self.shape, n)
        return np.exp(values, out=values)

    def mean(self) -> float:
        return exp(math.log(self.scale) + power_moments(1 / self.shape, 1.0, 1.0)[0])

    def variance(self) -> float:
        return exp(2 * math.log(self.scale) + power_moments(1 / self.shape, 1.0, 1.0)[1])

    def skewness(self) -> float:
        return power_moments(1 / self.shape, 1.0, 1.0)[2]

    def excess_kurtosis(self) -> float:
        return power_moments(1 / self.shape, 1.0, 1.0)[3]

    def entropy(self) -> float:
        return math.log(self.scale) - math.log(self.shape) + 2
