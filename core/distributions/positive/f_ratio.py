"""Fisher's and Snedecor's F law."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import special

from core.distributions.base import POSITIVE, Array
from core.distributions.continuous import HALF_LINE, Continuous
from core.distributions.series import solve
from core.distributions.special import HALF_LOG_2PI, LARGE, digamma_error, log_binomial, stirling_error
from core.distributions.tails import log_beta_tails
from core.params import param

MILD, THIN = 0.1, 1e-200  # for parameters from here to LARGE, and shares not so small, SciPy's inverse has all digits


@dataclass(frozen=True)
class FRatio(Continuous):
    """The ratio of two independent estimates of one variance: what an analysis of variance compares with.

    f(x) = (d1 x)^(d1 / 2) d2^(d2 / 2) / ((d1 x + d2)^((d1 + d2) / 2) x B(d1 / 2, d2 / 2)) for x > 0.
    https://en.wikipedia.org/wiki/F-distribution
    """

    d1: float = param(5.0, "Degrees of freedom above", low=1, high=25, scale="log", bounds=POSITIVE, symbol=r"d_1", help="Of the estimate in the numerator.")
    d2: float = param(
        8.0,
        "Degrees of freedom below",
        low=1,
        high=25,
        scale="log",
        bounds=POSITIVE,
        symbol=r"d_2",
        help="Of the estimate in the denominator; a moment of half this order or more is infinite.",
    )

    title = "F"
    story = "The ratio of two independent estimates of the same variance: the yardstick of an analysis of variance."
    use = (
        "Comparing two variances, or nested regression models. It relies on normal errors, the ratio of variances very much so: check residuals "
        "first; with one known variance take the chi-squared law."
    )
    density = r"\frac{1}{x\,B(\frac{<d1>}{2},\frac{<d2>}{2})}\sqrt{\frac{(<d1>\,x)^{<d1>}\,<d2>^{<d2>}}{(<d1>\,x+<d2>)^{<d1>+<d2>}}}"
    formulas = {
        "mean": r"\frac{<d2>}{<d2>-2}\ (\text{for }<d2>\text{ above 2, else infinite})",
        "variance": r"\frac{2\,<d2>^2(<d1>+<d2>-2)}{<d1>(<d2>-2)^2(<d2>-4)}\ (\text{above 4, infinite from 4 down to 2})",
        "skewness": r"\frac{(2\,<d1>+<d2>-2)\sqrt{8(<d2>-4)}}{(<d2>-6)\sqrt{<d1>(<d1>+<d2>-2)}}\ (\text{above 6, infinite from 6 down to 4})",
        "excess_kurtosis": r"12\,\frac{<d1>(5\,<d2>-22)(<d1>+<d2>-2)+(<d2>-4)(<d2>-2)^2}{<d1>(<d2>-6)(<d2>-8)(<d1>+<d2>-2)}\ (\text{above 8, infinite from 8 down to 4})",
        "entropy": r"\log\left(\tfrac{<d2>}{<d1>}B(a,b)\right)+(1-a)\,\psi(a)-(1+b)\,\psi(b)+(a+b)\,\psi(a+b),\quad a=\tfrac{<d1>}{2},\ b=\tfrac{<d2>}{2}",
    }
    reference = "https://en.wikipedia.org/wiki/F-distribution"
    support = HALF_LINE

    def _halves(self) -> tuple[float, float]:
        return 0.5 * self.d1, 0.5 * self.d2

    def _shares(self, x: Array) -> tuple[Array, Array]:
        """Return the beta variable d1 x / (d1 x + d2) and its complement."""
        odds = x * (self.d1 / self.d2)
        return 1 / (1 + 1 / odds), 1 / (1 + odds)

    def log_density(self, x: Array) -> Array:
        a, b = self._halves()
        u, v = self._shares(x)
        if min(a, b) < MILD or max(a, b) > LARGE:
            inside = log_binomial(a, b, u, v) + math.log(a) - math.log1p(a / b) - np.log(x)
        else:
            inside = a * np.log(u) + b * np.log(v) - np.log(x) - math.lgamma(a) - math.lgamma(b) + math.lgamma(a + b)
        return np.where(x > 0, inside, 0.0 if a == 1 else math.copysign(math.inf, 1 - a))

    def _log_tails(self, x: Array) -> tuple[Array, Array]:
        return log_beta_tails(*self._halves(), *self._shares(x))

    def _tail(self, x: Array, lower: bool) -> Array:
        a, b = self._halves()
        u, v = self._shares(x)
        if max(a, b) > LARGE or min(a, b) < MILD:
            return np.exp(self._log_tails(x)[0 if lower else 1])
        return special.betainc(a, b, u) if lower else special.betainc(b, a, v)

    def below(self, x: Array) -> Array:
        return self._tail(x, True)

    def sf(self, x: Array) -> Array:
        return self._inside(lambda x: self._tail(x, False), x, 1.0, 0.0)

    def log_below(self, x: Array) -> Array:
        return self._log_tails(x)[0]

    def log_above(self, x: Array) -> Array:
        return self._log_tails(x)[1]

    def inverse(self, q: Array) -> Array:
        a, b = self._halves()
        u = np.where(q < 0.5, special.betaincinv(a, b, q), special.betainccinv(a, b, 1 - q))
        v = np.where(q < 0.5, special.betainccinv(b, a, q), special.betaincinv(b, a, 1 - q))
        start = np.where(u < 0.5, u / (1 - u), (1 - v) / v) * (b / a)
        known = min(a, b) >= MILD and max(a, b) <= LARGE and np.all(np.minimum(q, 1 - q) > THIN)
        return start if known else solve(self._log_tails, self.log_density, start, q)

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        return rng.f(self.d1, self.d2, n)

    def mean(self) -> float:
        return self.d2 / (self.d2 - 2) if self.d2 > 2 else math.inf

    def variance(self) -> float:
        if self.d2 <= 4:
            return math.inf if self.d2 > 2 else math.nan
        return 2 * self.mean() ** 2 * (1 + (self.d2 - 2) / self.d1) / (self.d2 - 4)

    def skewness(self) -> float:
        if self.d2 <= 6:
            return math.inf if self.d2 > 4 else math.nan
        m = self.d2 - 2
        return (2 * self.d1 + m) / (self.d2 - 6) * math.sqrt(8 * (self.d2 - 4) / self.d1 / (self.d1 + m))

    def excess_kurtosis(self) -> float:
        if self.d2 <= 8:
            return math.inf if self.d2 > 4 else math.nan
        m = self.d2 - 2
        return 12 * (5 * self.d2 - 22 + (self.d2 - 4) * (m / self.d1) * (m / (self.d1 + m))) / ((self.d2 - 6) * (self.d2 - 8))

    def entropy(self) -> float:
        a, b = self._halves()  # the digamma form of `formulas` with its large terms cancelled by hand
        n = a + b
        normal = HALF_LOG_2PI + 0.5 + 0.5 * math.log(1 / a + 1 / b) - 0.5 / a + 0.5 / b
        errors = stirling_error(a) + stirling_error(b) - stirling_error(n) + (a - 1) * digamma_error(a) + (b + 1) * digamma_error(b)
        return normal + float(errors - n * digamma_error(n))
