"""The negative binomial law, counting failures."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from core.distributions.base import POSITIVE, Array, Support
from core.distributions.lattice import Lattice
from core.distributions.special import log_binomial
from core.distributions.tails import log_beta_tails
from core.params import param


@dataclass(frozen=True)
class NegativeBinomial(Lattice):
    """How many failures come before the r-th success; also a count whose rate itself varies (by a gamma law).

    P(k) = C(k + r - 1, k) p^r (1 - p)^k for k = 0, 1, ...
    https://en.wikipedia.org/wiki/Negative_binomial_distribution
    """

    r: float = param(
        4.0,
        "Successes to wait for",
        low=0.5,
        high=20,
        step=0.5,
        bounds=POSITIVE,
        symbol=r"r",
        help="How many successes to wait for; any positive number will do. Mean and variance grow with it in step.",
    )
    p: float = param(
        0.4, "Probability of success", low=0.1, high=1, step=0.01, bounds=(1e-9, 1), symbol=r"p", help="How often one trial succeeds in the long run."
    )

    title = "Negative binomial"
    ticks = 61
    story = "The number of failures before a given number of successes; counts that scatter more than Poisson's."
    use = (
        "Counts whose variance exceeds their mean: accidents, sequencing reads, visits. Check first whether a missing covariate or extra zeros "
        "explain the excess; then take a regression or a zero-inflated law."
    )
    density = r"\frac{\Gamma(x+<r>)}{x!\,\Gamma(<r>)}\,<p>^{<r>}(1-<p>)^x"
    formulas = {
        "mean": r"\frac{<r>(1-<p>)}{<p>}",
        "variance": r"\frac{<r>(1-<p>)}{<p>^2}",
        "skewness": r"\frac{2-<p>}{\sqrt{<r>(1-<p>)}}",
        "excess_kurtosis": r"\frac{6}{<r>}+\frac{<p>^2}{<r>(1-<p>)}",
        "entropy": r"-\sum_k p_k\log p_k",
    }
    reference = "https://en.wikipedia.org/wiki/Negative_binomial_distribution"
    support = Support(0, math.inf, discrete=True)

    def log_mass(self, k: Array) -> Array:
        return log_binomial(self.r, k, self.p, 1 - self.p) - np.log1p(k / self.r)  # the last of the trials is a success

    def log_below(self, k: Array) -> Array:
        return log_beta_tails(self.r, k + 1, self.p, 1 - self.p)[0]

    def log_above(self, k: Array) -> Array:
        return log_beta_tails(self.r, k + 1, self.p, 1 - self.p)[1]

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        return rng.negative_binomial(self.r, self.p, n)

    def mean(self) -> float:
        return self.r * (1 - self.p) / self.p

    def variance(self) -> float:
        return self.r * (1 - self.p) / self.p**2

    def skewness(self) -> float:
        return (2 - self.p) / math.sqrt(self.r * (1 - self.p)) if self.p < 1 else math.nan

    def excess_kurtosis(self) -> float:
        return 6 / self.r + self.p**2 / (self.r * (1 - self.p)) if self.p < 1 else math.nan

    def entropy(self) -> float:
        reach = 16 * self.sd() + 40
        return self.entropy_within(self.mean() - reach, self.mean() + reach + 45 / self.p)  # the right tail falls like (1 - p)^k
