"""The Bernoulli law."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import special

from core.distributions.base import Array, Support
from core.distributions.lattice import Lattice
from core.params import param


@dataclass(frozen=True)
class Bernoulli(Lattice):
    """One trial that succeeds (1) or fails (0).

    P(1) = p and P(0) = 1 - p.
    https://en.wikipedia.org/wiki/Bernoulli_distribution
    """

    p: float = param(0.3, "Probability of success", low=0, high=1, step=0.01, symbol=r"p", help="How often the trial succeeds in the long run.")

    title = "Bernoulli"
    story = "One yes or no: a coin that may be biased."
    use = (
        "One yes or no per case: clicks, cures, defects. Check that cases are independent; with a count of successes per group take the binomial law, "
        "with chances that differ between groups the beta-binomial."
    )
    density = r"<p>^x(1-<p>)^{1-x},\quad x\in\{0,1\}"
    formulas = {
        "mean": r"<p>",
        "variance": r"<p>(1-<p>)",
        "skewness": r"\frac{1-2\,<p>}{\sqrt{<p>(1-<p>)}}",
        "excess_kurtosis": r"\frac{1-6\,<p>(1-<p>)}{<p>(1-<p>)}",
        "entropy": r"-<p>\log <p>-(1-<p>)\log(1-<p>)",
    }
    reference = "https://en.wikipedia.org/wiki/Bernoulli_distribution"
    support = Support(0, 1, discrete=True)

    def log_mass(self, k: Array) -> Array:
        return np.where(k == 1, np.log(self.p), np.log1p(-self.p))

    def below(self, k: Array) -> Array:
        return np.full_like(k, 1 - self.p)

    def log_below(self, k: Array) -> Array:
        return np.full_like(k, np.log1p(-self.p))

    def log_above(self, k: Array) -> Array:
        return np.full_like(k, np.log(self.p))

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        return (rng.random(n) < self.p).astype(np.int64)

    def mean(self) -> float:
        return self.p

    def variance(self) -> float:
        return self.p * (1 - self.p)

    def skewness(self) -> float:
        return (1 - 2 * self.p) / self.sd() if self.variance() else math.nan

    def excess_kurtosis(self) -> float:
        return 1 / self.variance() - 6 if self.variance() else math.nan

    def entropy(self) -> float:
        return float(special.entr(self.p) - special.xlog1py(1 - self.p, -self.p))
