"""The uniform law on whole numbers."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from core.distributions.base import Array, Support
from core.distributions.lattice import Lattice
from core.distributions.special import log_share
from core.params import param

MOST = 10**12


@dataclass(frozen=True)
class DiscreteUniform(Lattice):
    """A fair die: every whole number from low to high is as likely as any other.

    P(k) = 1 / (high - low + 1) for k = low, ..., high.
    https://en.wikipedia.org/wiki/Discrete_uniform_distribution
    """

    low: int = param(1, "Lowest value", low=-10, high=20, bounds=(-MOST, MOST), symbol=r"a", help="The smallest number on the die.")
    high: int = param(6, "Highest value", low=-10, high=20, bounds=(-MOST, MOST), symbol=r"b", help="The largest number on the die.")

    title = "Discrete uniform"
    story = "A fair die, or a ticket drawn out of a hat."
    use = (
        "Fair draws among consecutive whole numbers: dice, lottery tickets, random test cases, serial numbers. Test fairness with a chi-squared test "
        "before you rely on it; unequal chances are a categorical law."
    )
    density = r"\frac{1}{<high>-<low>+1}"
    formulas = {
        "mean": r"\frac{<low>+<high>}{2}",
        "variance": r"\frac{n^2-1}{12},\quad n=<high>-<low>+1",
        "skewness": r"0",
        "excess_kurtosis": r"-\frac{6(n^2+1)}{5(n^2-1)},\quad n=<high>-<low>+1",
        "entropy": r"\log(<high>-<low>+1)",
    }
    reference = "https://en.wikipedia.org/wiki/Discrete_uniform_distribution"

    def agree(self) -> None:
        if self.low > self.high:
            raise ValueError(f"high must not be below low, got low {self.low}, high {self.high}: try high {self.low}")

    @property
    def support(self) -> Support:
        return Support(self.low, self.high, discrete=True)

    def _size(self) -> int:
        return self.high - self.low + 1

    def log_mass(self, k: Array) -> Array:
        return np.full_like(k, -math.log(self._size()))

    def below(self, k: Array) -> Array:
        return (k - self.low + 1) / self._size()

    def log_below(self, k: Array) -> Array:
        return log_share(k - self.low + 1, self.high - k)

    def log_above(self, k: Array) -> Array:
        return log_share(self.high - k, k - self.low + 1)

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        return rng.integers(self.low, self.high, n, endpoint=True)

    def mean(self) -> float:
        return (self.low + self.high) / 2

    def variance(self) -> float:
        return (self._size() ** 2 - 1) / 12

    def skewness(self) -> float:
        return 0.0 if self.low < self.high else math.nan

    def excess_kurtosis(self) -> float:
        square = self._size() ** 2
        return -1.2 * (square + 1) / (square - 1) if square > 1 else math.nan

    def entropy(self) -> float:
        return math.log(self._size())
