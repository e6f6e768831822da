"""The arcsine law."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from core.distributions.base import FINITE, Array, Support
from core.distributions.continuous import Continuous
from core.params import number_text, param


@dataclass(frozen=True)
class Arcsine(Continuous):
    """Where a swinging pendulum is seen at a random time: mostly near the ends.

    f(x) = 1 / (pi sqrt((x - low) (high - x))) for low < x < high.
    https://en.wikipedia.org/wiki/Arcsine_distribution
    """

    low: float = param(0.0, "Lower end", low=-5, high=5, step=0.1, bounds=FINITE, symbol=r"a", help="No value lies below it.")
    high: float = param(1.0, "Upper end", low=-5, high=5, step=0.1, bounds=FINITE, symbol=r"b", help="No value lies above it.")

    title = "Arcsine"
    story = "Where a pendulum is seen at a random time; the share of a fair game during which one player leads."
    use = (
        "Values of a swing or an alternating signal read at random times, and worst-case cyclic errors. Check that a histogram piles up at both ends; "
        "if it is flat take the uniform law, if only one end is high the beta."
    )
    density = r"\frac{1}{\pi\sqrt{(x-<low>)(<high>-x)}}"
    formulas = {
        "mean": r"\frac{<low>+<high>}{2}",
        "variance": r"\frac{(<high>-<low>)^2}{8}",
        "skewness": r"0",
        "excess_kurtosis": r"-\frac{3}{2}",
        "entropy": r"\log\frac{\pi\,(<high>-<low>)}{4}",
    }
    reference = "https://en.wikipedia.org/wiki/Arcsine_distribution"

    def agree(self) -> None:
        if not self.low < self.high:
            better = self.low + 1 if self.low < FINITE[1] else self.low
            low, high, better = (number_text(value) for value in (self.low, self.high, better))
            raise ValueError(f"high must be above low, got low {low}, high {high}: try high {better}")

    @property
    def support(self) -> Support:
        return Support(self.low, self.high)

    def log_density(self, x: Array) -> Array:
        return -0.5 * (np.log(x - self.low) + np.log(self.high - x)) - math.log(math.pi)

    def _log_side(self, near: Array, far: Array) -> Array:
        """Return log((2 / pi) asin sqrt(near / width)), where near and far are the distances to the two ends."""
        width = self.high - self.low
        left = np.log(2 / math.pi * np.arcsin(np.sqrt(np.minimum(near / width, 1.0))))
        right = np.log1p(-2 / math.pi * np.arcsin(np.sqrt(np.minimum(far / width, 1.0))))
        return np.where(near < far, left, right)

    def log_below(self, x: Array) -> Array:
        return self._log_side(x - self.low, self.high - x)

    def log_above(self, x: Array) -> Array:
        return self._log_side(self.high - x, x - self.low)

    def inverse(self, q: Array) -> Array:
        width, thin = self.high - self.low, np.minimum(q, 1 - q)
        step = width * np.sin(0.5 * math.pi * thin) ** 2
        return np.where(q < 0.5, self.low + step, self.high - step)

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        values = rng.random(n)
        values *= 0.5 * math.pi
        np.sin(values, out=values)
        values *= values
        return np.minimum(self.low + (self.high - self.low) * values, self.high)

    def mean(self) -> float:
        return 0.5 * (self.low + self.high)

    def variance(self) -> float:
        return (self.high - self.low) ** 2 / 8

    def skewness(self) -> float:
        return 0.0

    def excess_kurtosis(self) -> float:
        return -1.5

    def entropy(self) -> float:
        return math.log(0.25 * math.pi) + math.log(self.high - self.low)
