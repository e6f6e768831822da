"""The generalised Pareto law."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from core.distributions.base import POSITIVE, Array, Support
from core.distributions.continuous import Continuous
from core.distributions.special import log1mexp
from core.params import param

LEAST = 1e-290  # a smaller index is 0: the exponential law


@dataclass(frozen=True)
class GeneralizedPareto(Continuous):
    """What is left above a high threshold, whatever the law: the excess of a flood over the dam.

    P(X > x) = (1 + xi x / sigma)^(-1 / xi) for x >= 0, below -sigma / xi when xi < 0; exp(-x / sigma) when xi = 0.
    https://en.wikipedia.org/wiki/Generalized_Pareto_distribution
    """

    xi: float = param(
        0.2,
        "Tail index",
        low=-0.8,
        high=0.8,
        step=0.02,
        bounds=(-5, 5),
        symbol=r"\xi",
        help="Above 0 a power law, at 0 exponential, below 0 there is a largest value.",
    )
    sigma: float = param(1.0, "Scale", low=0.2, high=5, scale="log", bounds=POSITIVE, symbol=r"\sigma", help="Stretches the curve.")

    title = "Generalised Pareto"
    story = "By how much a flood exceeds the dam, or a claim the threshold: the excess over any high level."
    use = (
        "All excesses over a high threshold: losses, floods, delays. Pick the threshold where the mean excess becomes straight and the tail index "
        "stops moving; with only one maximum per block, take the generalized extreme value law."
    )
    density = r"\frac{1}{<sigma>}\left(1+\frac{<xi>\,x}{<sigma>}\right)^{-1/<xi>-1}"
    formulas = {
        "mean": r"\frac{<sigma>}{1-<xi>}\ (\text{for index below 1, else infinite})",
        "variance": r"\frac{<sigma>^2}{(1-<xi>)^2(1-2\,<xi>)}\ (\text{below }\tfrac{1}{2}\text{, infinite from there to 1})",
        "skewness": r"\frac{2(1+<xi>)\sqrt{1-2\,<xi>}}{1-3\,<xi>}\ (\text{below }\tfrac{1}{3}\text{, infinite from there to }\tfrac{1}{2})",
        "excess_kurtosis": r"\frac{6(1+<xi>-6\,<xi>^2-2\,<xi>^3)}{(1-3\,<xi>)(1-4\,<xi>)}\ (\text{below }\tfrac{1}{4}\text{, infinite from there to }\tfrac{1}{2})",
        "entropy": r"\log <sigma>+<xi>+1",
    }
    reference = "https://en.wikipedia.org/wiki/Generalized_Pareto_distribution"

    @property
    def support(self) -> Support:
        return Support(0.0, -self.sigma / self.xi if self.xi < 0 else math.inf)

    def _log_base(self, x: Array) -> Array:
        """Return log(1 + xi x / sigma), with its digits next to an upper end."""
        near = np.log1p(self.xi * (x / self.sigma))
        end = self.support.high
        return near if end == math.inf else np.where(x > 0.5 * end, np.log((end - x) / end), near)

    def _hazard(self, x: Array) -> Array:
        return self._log_base(x) / self.xi if abs(self.xi) > LEAST else x / self.sigma

    def log_density(self, x: Array) -> Array:
        if self.xi == -1:  # the uniform law, up to its very end
            return np.full_like(x, -math.log(self.sigma))
        return -math.log(self.sigma) - self._hazard(x) * (1 + self.xi)

    def below(self, x: Array) -> Array:
        return -np.expm1(-self._hazard(x))

    def log_below(self, x: Array) -> Array:
        return log1mexp(self._hazard(x))

    def log_above(self, x: Array) -> Array:
        return -self._hazard(x)

    def inverse(self, q: Array) -> Array:
        hazard = -np.log1p(-q)
        return self.sigma * (np.expm1(self.xi * hazard) / self.xi if abs(self.xi) > LEAST else hazard)

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        values = rng.standard_exponential(n)
        if abs(self.xi) > LEAST:
            values *= self.xi
            np.expm1(values, out=values)
            values /= self.xi
        values *= self.sigma
        return np.minimum(values, self.support.high)

    def mean(self) -> float:
        return self.sigma / (1 - self.xi) if self.xi < 1 else math.inf

    def variance(self) -> float:
        if self.xi >= 0.5:
            return math.inf if self.xi < 1 else math.nan
        return (self.sigma / (1 - self.xi)) ** 2 / (1 - 2 * self.xi)

    def skewness(self) -> float:
        if 3 * self.xi >= 1:
            return math.inf if self.xi < 0.5 else math.nan
        return 2 * (1 + self.xi) * math.sqrt(1 - 2 * self.xi) / (1 - 3 * self.xi)

    def excess_kurtosis(self) -> float:
        if self.xi >= 0.25:
            return math.inf if self.xi < 0.5 else math.nan
        return 6 * (1 + self.xi * (1 - self.xi * (6 + 2 * self.xi))) / ((1 - 3 * self.xi) * (1 - 4 * self.xi))

    def entropy(self) -> float:
        return math.log(self.sigma) + self.xi + 1
