"""The geometric law, counting trials."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from core.distributions.base import Array, Support
from core.distributions.lattice import Lattice
from core.distributions.special import log1mexp
from core.params import param


@dataclass(frozen=True)
class Geometric(Lattice):
    """How many trials it takes until the first success, that trial included.

    P(k) = p (1 - p)^(k - 1) for k = 1, 2, ...
    https://en.wikipedia.org/wiki/Geometric_distribution
    """

    p: float = param(
        0.3, "Probability of success", low=0.05, high=1, step=0.01, bounds=(1e-9, 1), symbol=r"p", help="How often one trial succeeds in the long run."
    )

    title = "Geometric"
    story = "The number of trials until the first success, that trial included: throws until the first six."
    use = (
        "Attempts until something first works, when the chance stays the same. Check that those who have failed often are no less likely to succeed; "
        "if they are, the chances differ, and a mixture fits better. Software may count the failures only: one less."
    )
    density = r"<p>(1-<p>)^{x-1},\quad x=1,2,\dots"
    formulas = {
        "mean": r"\frac{1}{<p>}",
        "variance": r"\frac{1-<p>}{<p>^2}",
        "skewness": r"\frac{2-<p>}{\sqrt{1-<p>}}",
        "excess_kurtosis": r"6+\frac{<p>^2}{1-<p>}",
        "entropy": r"\frac{-(1-<p>)\log(1-<p>)-<p>\log <p>}{<p>}",
    }
    reference = "https://en.wikipedia.org/wiki/Geometric_distribution"
    support = Support(1, math.inf, discrete=True)

    def _log_miss(self) -> float:
        return math.log1p(-self.p) if self.p < 1 else -math.inf

    def log_mass(self, k: Array) -> Array:
        return np.where(k == 1, 0.0, (k - 1) * self._log_miss()) + math.log(self.p)

    def log_below(self, k: Array) -> Array:
        return log1mexp(-k * self._log_miss())

    def log_above(self, k: Array) -> Array:
        return k * self._log_miss()

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        return rng.geometric(self.p, n)

    def mean(self) -> float:
        return 1 / self.p

    def variance(self) -> float:
        return (1 - self.p) / self.p**2

    def skewness(self) -> float:
        return (2 - self.p) / math.sqrt(1 - self.p) if self.p < 1 else math.nan

    def excess_kurtosis(self) -> float:
        return 6 + self.p**2 / (1 - self.p) if self.p < 1 else math.nan

    def entropy(self) -> float:
        return -math.log(self.p) - (1 - self.p) / self.p * self._log_miss() if self.p < 1 else 0.0
