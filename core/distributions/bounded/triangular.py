"""The triangular law."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from core.distributions.base import FINITE, Array, Support
from core.distributions.continuous import Continuous
from core.distributions.special import log_complement, log_share
from core.params import number_text, param


@dataclass(frozen=True)
class Triangular(Continuous):
    """A guess with a lowest, a likeliest and a highest value, and straight lines between.

    f(x) = 2 (x - low) / ((high - low) (peak - low)) up to the peak, 2 (high - x) / ((high - low) (high - peak)) after it.
    https://en.wikipedia.org/wiki/Triangular_distribution
    """

    low: float = param(0.0, "Lowest value", low=-5, high=5, step=0.1, bounds=FINITE, symbol=r"a", help="No value lies below it.")
    peak: float = param(
        0.3, "Likeliest value", low=-5, high=5, step=0.1, bounds=FINITE, symbol=r"c", help="Where the density is highest; it may be one of the ends."
    )
    high: float = param(1.0, "Highest value", low=-5, high=5, step=0.1, bounds=FINITE, symbol=r"b", help="No value lies above it.")

    title = "Triangular"
    story = "A planner's guess from three numbers: at least, most likely, at most."
    use = (
        "Simulations of cost and time when all you have is an expert's least, likeliest and greatest value. With even a dozen data points fit a beta "
        "or gamma law instead: its corners are never real."
    )
    density = r"\begin{cases}\frac{2(x-<low>)}{(<high>-<low>)(<peak>-<low>)}&\text{up to the peak}\\[4pt]\frac{2(<high>-x)}{(<high>-<low>)(<high>-<peak>)}&\text{after it}\end{cases}"
    formulas = {
        "mean": r"\frac{<low>+<peak>+<high>}{3}",
        "variance": r"\frac{(<high>-<low>)^2}{18}(1-u+u^2),\quad u=\frac{<peak>-<low>}{<high>-<low>}",
        "skewness": r"\frac{\sqrt{2}\,(1-2u)(1+u)(2-u)}{5\,(1-u+u^2)^{3/2}},\quad u=\frac{<peak>-<low>}{<high>-<low>}",
        "excess_kurtosis": r"-\frac{3}{5}",
        "entropy": r"\tfrac{1}{2}+\log\frac{<high>-<low>}{2}",
    }
    reference = "https://en.wikipedia.org/wiki/Triangular_distribution"

    def agree(self) -> None:
        low, peak, high = (number_text(value) for value in (self.low, self.peak, self.high))
        if not self.low < self.high:
            better = number_text(self.low + 1 if self.low < FINITE[1] else self.low)
            raise ValueError(f"high must be above low, got low {low}, high {high}: try high {better}")
        if not self.low <= self.peak <= self.high:
            raise ValueError(f"peak must lie between low and high, got low {low}, peak {peak}, high {high}: try peak {number_text(self.mean_of_ends())}")

    def mean_of_ends(self) -> float:
        """Return the middle of the support."""
        return 0.5 * (self.low + self.high)

    @property
    def support(self) -> Support:
        return Support(self.low, self.high)

    def log_density(self, x: Array) -> Array:
        rising = np.log((x - self.low) / (self.peak - self.low))
        falling = np.log((self.high - x) / (self.high - self.peak))
        sides = np.where(x < self.peak, rising, np.where(x > self.peak, falling, 0.0))
        return sides + math.log(2) - math.log(self.high - self.low)

    def _log_left(self, x: Array) -> Array:
        """Return log P(X <= x) for x up to the peak: (x - low)^2 / ((high - low) (peak - low))."""
        return log_share(x - self.low, self.high - x) + log_share(x - self.low, self.peak - x)

    def _log_right(self, x: Array) -> Array:
        """Return log P(X > x) for x from the peak on: (high - x)^2 / ((high - low) (high - peak))."""
        return log_share(self.high - x, x - self.low) + log_share(self.high - x, x - self.peak)

    def log_below(self, x: Array) -> Array:
        return np.where(x < self.peak, self._log_left(x), log_complement(np.where(x < self.high, self._log_right(x), -math.inf)))

    def log_above(self, x: Array) -> Array:
        return np.where(x > self.peak, self._log_right(x), log_complement(np.where(x > self.low, self._log_left(x), -math.inf)))

    def inverse(self, q: Array) -> Array:
        width = self.high - self.low
        left = self.low + np.sqrt(q * width * (self.peak - self.low))
        right = self.high - np.sqrt((1 - q) * width * (self.high - self.peak))
        return np.where(q * width < self.peak - self.low, left, right)

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        return rng.triangular(self.low, self.peak, self.high, n)

    def mean(self) -> float:
        return (self.low + self.peak + self.high) / 3

    def _u(self) -> float:
        return (self.peak - self.low) / (self.high - self.low)

    def variance(self) -> float:
        u = self._u()
        return (self.high - self.low) ** 2 * (1 - u + u * u) / 18

    def skewness(self) -> float:
        u = self._u()
        return math.sqrt(2) * (1 - 2 * u) * (1 + u) * (2 - u) / (5 * (1 - u + u * u) ** 1.5)

    def excess_kurtosis(self) -> float:
        return -0.6

    def entropy(self) -> float:
        return 0.5 + math.log(0.5 * (self.high - self.low))
