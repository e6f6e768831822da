"""The beta law."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from core.distributions.base import POSITIVE, Array, Support
from core.distributions.continuous import Continuous
from core.distributions.special import HALF_LOG_2PI, digamma_error, gamma_entropy_error, log_binomial
from core.distributions.tails import log_beta_tails
from core.params import param


@dataclass(frozen=True)
class Beta(Continuous):
    """What one may believe about an unknown probability after a successes and b failures (counting one of each in advance).

    f(x) = x^(a - 1) (1 - x)^(b - 1) / B(a, b) for 0 <= x <= 1.
    https://en.wikipedia.org/wiki/Beta_distribution
    """

    a: float = param(
        2.0,
        "Weight towards 1",
        low=0.4,
        high=10,
        scale="log",
        bounds=POSITIVE,
        symbol=r"a",
        help="Larger pulls the mass to the right; below 1 the curve climbs at 0.",
    )
    b: float = param(
        3.0,
        "Weight towards 0",
        low=0.4,
        high=10,
        scale="log",
        bounds=POSITIVE,
        symbol=r"b",
        help="Larger pulls the mass to the left; below 1 the curve climbs at 1.",
    )

    title = "Beta"
    story = "A belief about an unknown probability, such as a coin's, after seeing some throws."
    use = (
        "Proportions and probabilities strictly between 0 and 1. If exact 0s or 1s occur, model them apart or count the trials with the beta-binomial "
        "law; check that a single peak, U or slope is all there is."
    )
    density = r"\frac{x^{<a>-1}(1-x)^{<b>-1}}{B(<a>,<b>)}"
    formulas = {
        "mean": r"\frac{<a>}{<a>+<b>}",
        "variance": r"\frac{<a>\cdot<b>}{n^2(n+1)},\quad n=<a>+<b>",
        "skewness": r"\frac{2(<b>-<a>)\sqrt{n+1}}{(n+2)\sqrt{<a>\cdot<b>}},\quad n=<a>+<b>",
        "excess_kurtosis": r"\frac{6\left[(<a>-<b>)^2(n+1)-<a>\cdot<b>\,(n+2)\right]}{<a>\cdot<b>\,(n+2)(n+3)},\quad n=<a>+<b>",
        "entropy": r"\log B(<a>,<b>)-(<a>-1)\psi(<a>)-(<b>-1)\psi(<b>)+(n-2)\psi(n),\quad n=<a>+<b>",
    }
    reference = "https://en.wikipedia.org/wiki/Beta_distribution"
    support = Support(0.0, 1.0)

    def log_density(self, x: Array) -> Array:
        a, b = self.a, self.b
        if max(a, b) < 30:  # nothing large to cancel
            inside = (a - 1) * np.log(x) + (b - 1) * np.log1p(-x) - special.betaln(a, b)
        else:
            inside = log_binomial(a, b, x, 1 - x) + math.log(a) - math.log1p(a / b) - np.log(x) - np.log1p(-x)
        at_0 = special.xlogy(a - 1, 0.0) + math.log(b)  # infinite, b, or nothing
        at_1 = special.xlogy(b - 1, 0.0) + math.log(a)
        return np.where(x == 0, at_0, np.where(x == 1, at_1, inside))

    def _plain(self) -> bool:
        """Say whether SciPy's incomplete beta functions have all their digits."""
        return min(self.a, self.b) > 0.2 and max(self.a, self.b) < 1000

    def below(self, x: Array) -> Array:
        return special.betainc(self.a, self.b, x) if self._plain() else np.exp(self.log_below(x))

    def sf(self, x: ArrayLike) -> Array:
        return self._inside(lambda x: special.betainc(self.b, self.a, 1 - x), x, 1.0, 0.0) if self._plain() else super().sf(x)

    def log_below(self, x: Array) -> Array:
        return log_beta_tails(self.a, self.b, x, 1 - x)[0]

    def log_above(self, x: Array) -> Array:
        return log_beta_tails(self.a, self.b, x, 1 - x)[1]

    def inverse(self, q: Array) -> Array:
        start = np.where(q < 0.5, special.betaincinv(self.a, self.b, q), special.betainccinv(self.a, self.b, 1 - q))
        known = self._plain() and q.size and q.min() > 1e-12 and q.max() < 1 - 1e-9  # right to 13 digits as it is
        return start if known else self.polish(start, q)

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        return rng.beta(self.a, self.b, n)

    def mean(self) -> float:
        return self.a / (self.a + self.b)

    def variance(self) -> float:
        n = self.a + self.b
        return (self.a / n) * (self.b / n) / (n + 1)

    def skewness(self) -> float:
        n = self.a + self.b
        return 2 * (self.b - self.a) / (n + 2) * math.sqrt((n + 1) / self.a / self.b)

    def excess_kurtosis(self) -> float:
        n = self.a + self.b
        return 6 * ((self.a - self.b) / self.a * ((self.a - self.b) / self.b) * ((n + 1) / (n + 2)) - 1) / (n + 3)

    def entropy(self) -> float:
        # the digamma form of `formulas` with its large terms cancelled by hand
        n = self.a + self.b
        of_sum = gamma_entropy_error(n) - digamma_error(n) - 0.5 / n
        normal = HALF_LOG_2PI + 0.5 + 0.5 * (math.log(self.a / n) + math.log(self.b / n) - math.log(n))
        return normal + float(gamma_entropy_error(self.a) + gamma_entropy_error(self.b) - of_sum)
