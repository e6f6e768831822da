"""The binomial law."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from core.distributions.base import Array, Support
from core.distributions.lattice import Lattice
from core.distributions.special import LARGE, log_binomial
from core.distributions.tails import log_beta_tails
from core.params import param


@dataclass(frozen=True)
class Binomial(Lattice):
    """How many of n independent trials succeed.

    P(k) = C(n, k) p^k (1 - p)^(n - k) for k = 0, ..., n.
    https://en.wikipedia.org/wiki/Binomial_distribution
    """

    n: int = param(20, "Trials", low=1, high=60, bounds=(0, 10**9), symbol=r"n", help="How many trials are made.")
    p: float = param(0.3, "Probability of success", low=0, high=1, step=0.01, symbol=r"p", help="How often one trial succeeds in the long run.")

    title = "Binomial"
    ticks = 67
    story = "The number of heads in a given number of throws of a coin that may be biased."
    use = (
        "Successes in a fixed number of independent trials with one common probability. Check that the variance over groups is near n p (1 - p), else "
        "take the beta-binomial law; without replacement from a small population, the hypergeometric."
    )
    density = r"\binom{<n>}{x}<p>^x(1-<p>)^{<n>-x}"
    formulas = {
        "mean": r"<n>\cdot<p>",
        "variance": r"<n>\cdot<p>(1-<p>)",
        "skewness": r"\frac{1-2\,<p>}{\sqrt{<n>\cdot<p>(1-<p>)}}",
        "excess_kurtosis": r"\frac{1-6\,<p>(1-<p>)}{<n>\cdot<p>(1-<p>)}",
        "entropy": r"-\sum_k p_k\log p_k",
    }
    reference = "https://en.wikipedia.org/wiki/Binomial_distribution"

    @property
    def support(self) -> Support:
        return Support(0, self.n, discrete=True)

    def log_mass(self, k: Array) -> Array:
        return log_binomial(k, self.n - k, self.p, 1 - self.p)

    def log_below(self, k: Array) -> Array:
        return log_beta_tails(k + 1, self.n - k, self.p, 1 - self.p)[1]

    def log_above(self, k: Array) -> Array:
        return log_beta_tails(k + 1, self.n - k, self.p, 1 - self.p)[0]

    def below(self, k: Array) -> Array:
        return special.betainc(self.n - k, k + 1, 1 - self.p) if self.n < LARGE else super().below(k)

    def sf(self, x: ArrayLike) -> Array:
        return self._step(lambda k: special.betainc(k + 1, self.n - k, self.p), x, 1.0, 0.0) if self.n < LARGE else super().sf(x)

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        return rng.binomial(self.n, self.p, n)

    def mean(self) -> float:
        return self.n * self.p

    def variance(self) -> float:
        return self.n * self.p * (1 - self.p)

    def skewness(self) -> float:
        return (1 - 2 * self.p) / self.sd() if self.variance() else math.nan

    def excess_kurtosis(self) -> float:
        return (1 - 6 * self.p * (1 - self.p)) / self.variance() if self.variance() else math.nan

    def entropy(self) -> float:
        return self.entropy_within(self.mean() - 16 * self.sd() - 40, self.mean() + 16 * self.sd() + 40)
