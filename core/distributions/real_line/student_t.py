"""Student's t law, with location and scale."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from core.distributions.base import FINITE, POSITIVE, Array
from core.distributions.continuous import Continuous
from core.distributions.special import HALF_LOG_2PI, LARGE, digamma_error, log1p_square, log1pmx, log_complement, log_mills, stirling_error
from core.distributions.tails import log_beta_tails
from core.params import param

PLAIN_DF = 0.3  # down to here SciPy inverts the incomplete beta function to all digits
FAR = 1e70  # so many scales out only the power law is left, to all digits


@dataclass(frozen=True)
class StudentT(Continuous):
    """A bell with heavy tails: a mean of few normal measurements, divided by its own estimated standard error.

    f(x) = (1 + z^2 / df)^(-(df + 1) / 2) / (sigma sqrt(df) B(df / 2, 1/2)) with z = (x - mu) / sigma.
    https://en.wikipedia.org/wiki/Student%27s_t-distribution
    """

    df: float = param(
        5.0,
        "Degrees of freedom",
        low=1,
        high=30,
        step=0.5,
        bounds=POSITIVE,
        symbol=r"\nu",
        help="The fewer, the heavier the tails; at 30 the curve is hard to tell from a normal one.",
    )
    mu: float = param(0.0, "Location", low=-5, high=5, step=0.1, bounds=FINITE, symbol=r"\mu", help="The centre of the bell.")
    sigma: float = param(
        1.0,
        "Scale",
        low=0.2,
        high=5,
        step=0.05,
        bounds=POSITIVE,
        symbol=r"\sigma",
        help="The width of the bulk; the standard deviation is larger, or infinite.",
    )

    title = "Student t"
    story = "The mean of a few normal measurements divided by its own estimated standard error; bells with outliers."
    use = (
        "Regression and averages of data with outliers, and intervals for the mean of a small sample. At 4 degrees of freedom or fewer the kurtosis "
        "is infinite and a sample's variance hardly settles; above 30 the normal law is as good."
    )
    density = r"\frac{1}{<sigma>\sqrt{<df>}\,B(\frac{<df>}{2},\frac{1}{2})}\left(1+\frac{(x-<mu>)^2}{<df>\,<sigma>^2}\right)^{-\frac{<df>+1}{2}}"
    formulas = {
        "mean": r"<mu>\ (\text{for more than 1 degree of freedom})",
        "variance": r"\frac{<df>}{<df>-2}\,<sigma>^2\ (\text{infinite from 2 down to 1})",
        "skewness": r"0\ (\text{for more than 3})",
        "excess_kurtosis": r"\frac{6}{<df>-4}\ (\text{infinite from 4 down to 2})",
        "entropy": r"\frac{<df>+1}{2}\left[\psi\left(\tfrac{<df>+1}{2}\right)-\psi\left(\tfrac{<df>}{2}\right)\right]+\log\left(<sigma>\sqrt{<df>}\,B(\tfrac{<df>}{2},\tfrac{1}{2})\right)",
    }
    reference = "https://en.wikipedia.org/wiki/Student%27s_t-distribution"

    def _z(self, x: Array) -> Array:
        return (x - self.mu) / self.sigma

    def _log_peak(self) -> float:
        """Return -log(sqrt(df) B(df / 2, 1 / 2)), by Stirling's formula without its large terms."""
        half = 0.5 * self.df
        return float(half * log1pmx(0.5 / half) + stirling_error(half + 0.5) - stirling_error(half)) - HALF_LOG_2PI

    def _log_kernel(self, z: Array) -> Array:
        return self._log_peak() - 0.5 * (self.df + 1) * log1p_square(z / math.sqrt(self.df))

    def _log_tail(self, t: Array) -> Array:
        """Return log P(T > t) for t >= 0."""
        ratio = t / math.sqrt(self.df)
        if self.df >= LARGE:
            spread = self.df + t**2

            def log_ratio(s: Array) -> Array:  # the density at t + s over that at t
                return -0.5 * (self.df + 1) * np.log1p(s * (2 * t[..., None] + s) / spread[..., None])

            near = self._log_kernel(t) + log_mills(log_ratio, (self.df + 1) * t / spread, (self.df + 1) / spread)
        else:
            near = log_beta_tails(0.5 * self.df, 0.5, 1 / (1 + ratio**2), 1 / (1 + ratio**-2.0))[0] - math.log(2)
        far = self._log_peak() - 0.5 * math.log(self.df) - self.df * np.log(ratio)
        return np.where(ratio < FAR, near, far)

    def _log_left(self, z: Array) -> Array:
        thin = self._log_tail(np.abs(z))
        return np.where(z < 0, thin, log_complement(thin))

    def log_density(self, x: Array) -> Array:
        return self._log_kernel(self._z(x)) - math.log(self.sigma)

    def below(self, x: Array) -> Array:
        return self._plain_left(self._z(x))

    def sf(self, x: ArrayLike) -> Array:
        return self._inside(lambda x: self._plain_left(-self._z(x)), x, 1.0, 0.0)

    def _plain_left(self, z: Array) -> Array:
        """Return P(Z <= z) by SciPy's function, which is quick and right where the probability itself does not underflow."""
        return special.stdtr(self.df, z) if self.df < LARGE else np.exp(self._log_left(z))

    def log_below(self, x: Array) -> Array:
        return self._log_left(self._z(x))

    def log_above(self, x: Array) -> Array:
        return self._log_left(-self._z(x))

    def inverse(self, q: Array) -> Array:
        p = np.minimum(q, 1 - q)
        half = 0.5 * self.df
        if self.df >= LARGE:
            t = -special.ndtri(p)
            t = t + t * (t * t + 1) / (4 * self.df)  # Cornish and Fisher
        else:
            y = special.betaincinv(0.5, half, 1 - 2 * p)
            x = special.betaincinv(half, 0.5, 2 * p)
            t = np.sqrt(self.df) * np.where(p > 0.25, np.sqrt(y / (1 - y)), np.sqrt((1 - x) / x))
            log_ratio = (self._log_peak() - 0.5 * math.log(self.df) - np.log(p)) / self.df
            t = np.where(log_ratio > 100, np.exp(0.5 * math.log(self.df) + log_ratio), t)
        t = -t
        if not (PLAIN_DF < self.df < LARGE and p.size and p.min() > 1e-12):  # there the start is right to 13 digits
            t = StudentT(self.df).polish(t, p)
        return self.mu + self.sigma * np.where(q == 0.5, 0.0, np.where(q < 0.5, t, -t))

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        values = rng.standard_t(self.df, n)
        values *= self.sigma
        values += self.mu
        return values

    def mean(self) -> float:
        return self.mu if self.df > 1 else math.nan

    def variance(self) -> float:
        if self.df <= 2:
            return math.inf if self.df > 1 else math.nan
        return self.sigma**2 * self.df / (self.df - 2)

    def skewness(self) -> float:
        return 0.0 if self.df > 3 else math.nan

    def excess_kurtosis(self) -> float:
        if self.df <= 4:
            return math.inf if self.df > 2 else math.nan
        return 6 / (self.df - 4)

    def entropy(self) -> float:
        half = 0.5 * self.df  # the digamma form of `formulas`, with its large terms cancelled by hand
        errors = stirling_error(half) - stirling_error(half + 0.5) + (half + 0.5) * (digamma_error(half) - digamma_error(half + 0.5))
        return HALF_LOG_2PI + 0.5 + 0.5 * math.log1p(1 / self.df) + 0.5 / self.df + float(errors) + math.log(self.sigma)
