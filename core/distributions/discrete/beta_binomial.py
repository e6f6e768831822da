"""The beta-binomial law."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from core.distributions.base import POSITIVE, Array, Support
from core.distributions.special import log_binomial
from core.distributions.table import TableLattice
from core.params import param


@dataclass(frozen=True)
class BetaBinomial(TableLattice):
    """How many of n trials succeed when the probability itself is drawn once from a beta law.

    P(k) = C(n, k) B(k + a, n - k + b) / B(a, b) for k = 0, ..., n.
    https://en.wikipedia.org/wiki/Beta-binomial_distribution
    """

    n: int = param(20, "Trials", low=1, high=100, bounds=(0, 100_000), symbol=r"n", help="How many trials are made.")
    a: float = param(2.0, "Weight towards success", low=0.4, high=10, scale="log", bounds=POSITIVE, symbol=r"a", help="Larger makes success more likely.")
    b: float = param(3.0, "Weight towards failure", low=0.4, high=10, scale="log", bounds=POSITIVE, symbol=r"b", help="Larger makes failure more likely.")

    title = "Beta-binomial"
    ticks = 51
    story = "The number of heads when every thrower has a coin of their own; counts that scatter more than the binomial's."
    use = (
        "Success counts per group when the groups' chances differ: litters, classrooms, batters. Check that the variance exceeds the binomial's; if "
        "the differences have known causes, model these by a logistic regression."
    )
    density = r"\binom{<n>}{x}\frac{B(x+<a>,\,<n>-x+<b>)}{B(<a>,<b>)}"
    formulas = {
        "mean": r"\frac{<n>\cdot<a>}{s},\quad s=<a>+<b>",
        "variance": r"\frac{<n>\cdot<a>\cdot<b>\,(s+<n>)}{s^2(s+1)},\quad s=<a>+<b>",
        "skewness": r"\frac{(s+2\,<n>)(<b>-<a>)}{s+2}\sqrt{\frac{1+s}{<n>\cdot<a>\cdot<b>\,(<n>+s)}},\quad s=<a>+<b>",
        "excess_kurtosis": r"\frac{\mathrm{E}(X-m)^4}{v^2}-3,\quad m,\ v\ \text{the mean and the variance}",
        "entropy": r"-\sum_k p_k\log p_k",
    }
    reference = "https://en.wikipedia.org/wiki/Beta-binomial_distribution"

    @property
    def support(self) -> Support:
        return Support(0, self.n, discrete=True)

    def log_masses(self, k: Array) -> Array:
        # a product of two negative binomial masses over a third, all taken near their peaks, where no large terms cancel
        a, b, n = self.a, self.b, self.n
        s = a + b
        p, q = s / (s + n), n / (s + n)
        counts, weights = np.stack([k, n - k]), np.array([[a], [b]])
        both = (log_binomial(weights, counts, p, q) - np.log1p(counts / weights)).sum(0)
        return both - log_binomial(s, n, p, q) + math.log1p(n / s)

    def mean(self) -> float:
        return self.n * (self.a / (self.a + self.b))

    def variance(self) -> float:
        s = self.a + self.b
        return self.n * (self.a / s) * (self.b / s) * (s + self.n) / (s + 1)

    def skewness(self) -> float:
        if not self.n:
            return math.nan
        s, n = self.a + self.b, self.n
        return (s + 2 * n) / (s + 2) * ((self.b - self.a) / self.b) * math.sqrt(self.b / self.a * (1 + s) / n / (n + s))

    def excess_kurtosis(self) -> float:
        """Return the ratio of the fourth central moment, in exact fractions: its large terms cancel."""
        if not self.n:
            return math.nan
        n, a, b = (Fraction(each) for each in (self.n, self.a, self.b))
        s = a + b
        f1, f2, f3, f4 = _factorial_moments(n, a, s)
        m2, m3, m4 = f2 + f1, f3 + 3 * f2 + f1, f4 + 6 * f3 + 7 * f2 + f1
        variance = m2 - f1**2
        return float((m4 - 4 * f1 * m3 + 6 * f1**2 * m2 - 3 * f1**4) / variance**2 - 3)


def _factorial_moments(n: Fraction, a: Fraction, s: Fraction) -> list[Fraction]:
    """Return E X, E X (X - 1), ... up to the fourth."""
    found, product = [], Fraction(1)
    for j in range(4):
        product *= (n - j) * (a + j) / (s + j)
        found.append(product)
    return found
