"""Any count with extra zeros."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from core.distributions.base import Array, Distribution, Support
from core.distributions.discrete.negative_binomial import NegativeBinomial
from core.distributions.lattice import Lattice, search
from core.distributions.modifiers.nested import counts, exact_moments
from core.distributions.special import log_complement
from core.params import param


@dataclass(frozen=True)
class ZeroInflated(Lattice):
    """A count that is switched off, and then 0, in some share of the cases.

    P(0) = zeros + (1 - zeros) p(0), and P(k) = (1 - zeros) p(k) for the other k, p the masses of the base law.
    https://en.wikipedia.org/wiki/Zero-inflated_model
    """

    base: Distribution = param(NegativeBinomial(), "Base law", family=counts, help="The law of the counts where any can happen.")
    zeros: float = param(0.3, "Share of sure zeros", low=0, high=0.95, step=0.01, bounds=(0, 1), symbol=r"z", help="How often nothing can happen at all.")

    title = "Zero-inflated"
    ticks = 31
    story = "A count in a crowd of which some could never count: claims of drivers, some of whom own no car."
    use = (
        "Counts with more zeros than their law explains, because some cases cannot count at all. Check that a law that scatters more, such as the "
        "negative binomial, does not explain the zeros alone."
    )
    modifier = True
    density = r"<zeros>\,[x=0]+(1-<zeros>)\,p(x),\quad p(x)\ \text{the mass of the base law's}\ Y"
    formulas = {
        "mean": r"(1-<zeros>)\,\mathrm{E}\,Y",
        "variance": r"(1-<zeros>)\left(\mathrm{Var}\,Y+<zeros>\,(\mathrm{E}\,Y)^2\right)",
        "skewness": r"\frac{\mathrm{E}\,(X-m)^3}{s^3},\quad m,\ s\ \text{the mean and the standard deviation}",
        "excess_kurtosis": r"\frac{\mathrm{E}\,(X-m)^4}{s^4}-3,\quad m,\ s\ \text{the mean and the standard deviation}",
        "entropy": r"-\sum_k p_k\log p_k",
    }
    reference = "https://en.wikipedia.org/wiki/Zero-inflated_model"

    @cached_property
    def support(self) -> Support:
        """Where the mass lies: that of the base law, and 0."""
        base = self.base.support
        return Support(min(0.0, base.low), max(0.0, base.high), discrete=True) if self.zeros else base

    @cached_property
    def _logs(self) -> tuple[float, float]:
        """The logs of the shares that are on and off."""
        return math.log1p(-self.zeros) if self.zeros < 1 else -math.inf, math.log(self.zeros) if self.zeros else -math.inf

    @cached_property
    def _log_zero(self) -> float:
        """The log of P(0): what is not a count beside 0, where that is little."""
        on, off = self._logs
        with np.errstate(all="ignore"):
            other = on + np.logaddexp(self.base.log_cdf(-1), self.base.log_sf(0))
            return float(log_complement(other) if other < -0.7 else np.logaddexp(off, on + self.base.log_prob(0)))

    def log_mass(self, k: Array) -> Array:
        return np.where(k == 0, self._log_zero, self._logs[0] + self.base.log_prob(k))

    def below(self, k: Array) -> Array:
        return np.where(k < 0, 0.0, self.zeros) + (1 - self.zeros) * self.base.cdf(k)

    def sf(self, x: ArrayLike) -> Array:
        return self._step(lambda k: np.where(k < 0, self.zeros, 0.0) + (1 - self.zeros) * self.base.sf(k), x, 1.0, 0.0)

    def _tails(self, k: Array) -> tuple[Array, Array]:
        on, off = self._logs
        below, above = on + self.base.log_cdf(k), on + self.base.log_sf(k)
        below, above = np.where(k < 0, below, np.logaddexp(off, below)), np.where(k < 0, np.logaddexp(off, above), above)
        return np.where(below < -0.7, below, log_complement(above)), np.where(above < -0.7, above, log_complement(below))

    def log_below(self, k: Array) -> Array:
        return self._tails(k)[0]

    def log_above(self, k: Array) -> Array:
        return self._tails(k)[1]

    def _search(self, q: Array) -> Array:
        if self.zeros == 1:
            return np.zeros_like(q)
        before = (1 - self.zeros) * self.base.cdf(-1)
        lower = q <= before
        share = np.where(lower, q, np.maximum(q - self.zeros, 0.0)) / (1 - self.zeros)
        guess = self.base.quantile(np.clip(share, 1e-300, 1 - 1e-16))
        return search(self.cdf, q, np.where(lower, guess, np.maximum(guess, 0.0)), self.support.low, self.support.high)

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        values = self.base.sample(rng, n)
        return values * (rng.random(n) >= self.zeros)

    @cached_property
    def _moments(self) -> tuple[float, float, float, float]:
        """Mean, variance, skewness and excess kurtosis, from cumulants of the base law: without zeros they are its own to the last digit."""
        if self.zeros == 1:
            return 0.0, 0.0, math.nan, math.nan
        mean, sd, skewness, excess = exact_moments(self.base)
        z, on = self.zeros, 1 - self.zeros
        if not math.isfinite(sd):
            return on * mean, sd, math.nan, math.nan
        unit = math.hypot(sd, mean)
        if not unit or not (sd or z):
            return on * mean, 0.0, math.nan, math.nan
        m, s = mean / unit, sd / unit
        second = s * s + z * m * m  # over (1 - z), as the others
        third = s**3 * skewness + 3 * z * m * s * s + z * (z - on) * m**3
        fourth = s**4 * excess + z * (3 * s**4 + 4 * m * s**3 * skewness + 6 * (z - on) * (m * s) ** 2 + (1 - 6 * z * on) * m**4)
        return on * mean, on * second * unit**2, third / (math.sqrt(on) * second**1.5), fourth / (on * second**2)

    def mean(self) -> float:
        return self._moments[0]

    def variance(self) -> float:
        return self._moments[1]

    def skewness(self) -> float:
        return self._moments[2]

    def excess_kurtosis(self) -> float:
        return self._moments[3]

    def entropy(self) -> float:
        """Return the surprise of 0, and of the other counts: that of being on, and their own."""
        on, own = self._logs[0], float(self.base.log_prob(0))
        zero = math.exp(own)
        other = math.exp(float(np.logaddexp(self.base.log_cdf(-1), self.base.log_sf(0))))
        rest = self.base.entropy() + (zero * own if zero else 0.0) - other * on if self.zeros < 1 else 0.0
        return (1 - self.zeros) * rest - (self._log_zero * math.exp(self._log_zero) if self._log_zero > -math.inf else 0.0)
