"""The uniform law."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from core.distributions.base import FINITE, Array, Support
from core.distributions.continuous import Continuous
from core.distributions.special import log_share
from core.params import number_text, param


@dataclass(frozen=True)
class Uniform(Continuous):
    """Every value between two ends is as likely as any other.

    f(x) = 1 / (high - low) for low <= x <= high.
    https://en.wikipedia.org/wiki/Continuous_uniform_distribution
    """

    low: float = param(0.0, "Lower end", low=-5, high=5, step=0.1, bounds=FINITE, symbol=r"a", help="No value lies below it.")
    high: float = param(1.0, "Upper end", low=-5, high=5, step=0.1, bounds=FINITE, symbol=r"b", help="No value lies above it.")

    title = "Uniform"
    story = "A spinner that stops anywhere; what a random number generator gives before it is shaped."
    use = (
        "A quantity known only by its two limits, such as a rounding error or a random phase. Check that values near the ends are as common as those "
        "in the middle, else take the triangular or the beta law."
    )
    density = r"\frac{1}{<high>-<low>}"
    formulas = {
        "mean": r"\frac{<low>+<high>}{2}",
        "variance": r"\frac{(<high>-<low>)^2}{12}",
        "skewness": r"0",
        "excess_kurtosis": r"-\frac{6}{5}",
        "entropy": r"\log(<high>-<low>)",
    }
    reference = "https://en.wikipedia.org/wiki/Continuous_uniform_distribution"

    def agree(self) -> None:
        if not self.low < self.high:
            low, high, better = (number_text(value) for value in (self.low, self.high, _above(self.low)))
            raise ValueError(f"high must be above low, got low {low}, high {high}: try high {better}")

    @property
    def support(self) -> Support:
        return Support(self.low, self.high)

    def log_density(self, x: Array) -> Array:
        return np.full_like(x, -math.log(self.high - self.low))

    def below(self, x: Array) -> Array:
        return (x - self.low) / (self.high - self.low)

    def log_below(self, x: Array) -> Array:
        return log_share(x - self.low, self.high - x)

    def log_above(self, x: Array) -> Array:
        return log_share(self.high - x, x - self.low)

    def inverse(self, q: Array) -> Array:
        return self.low + (self.high - self.low) * q

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        values = rng.random(n)
        values *= self.high - self.low
        values += self.low
        return values

    def mean(self) -> float:
        return 0.5 * (self.low + self.high)

    def variance(self) -> float:
        return (self.high - self.low) ** 2 / 12

    def skewness(self) -> float:
        return 0.0

    def excess_kurtosis(self) -> float:
        return -1.2

    def entropy(self) -> float:
        return math.log(self.high - self.low)


def _above(low: float) -> float:
    """Suggest an upper end for a lower one: one more, while the line goes on."""
    return low + 1 if low < FINITE[1] else low
