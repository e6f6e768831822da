"""Any law with a density, recorded only up to its limits."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from core.distributions.base import FINITE, Array, Distribution, Support
from core.distributions.continuous import Continuous
from core.distributions.modifiers.nested import FAULTS, Numbers, densities, numbers_within, remedy
from core.distributions.quadrature import log_between, tails
from core.distributions.real_line.normal import Normal
from core.params import number_text, param

LEAST = -700.0  # the log of the least mass that must remain between the limits


@dataclass(frozen=True)
class Censored(Continuous):
    """A value of a law with a density, noted as a limit where it lies beyond that: single values hold mass at the ends.

    P(X = low) = P(Y <= low), P(X = high) = P(Y >= high), and between them the density of the base law's Y. At the ends
    `log_prob` is the log of the mass: what a value recorded there contributes to a likelihood.
    https://en.wikipedia.org/wiki/Censoring_(statistics)
    """

    base: Distribution = param(Normal(), "Base law", family=densities, help="The law of the values themselves.")
    low: float = param(-1.5, "Lower limit", low=-5, high=5, step=0.1, bounds=FINITE, symbol=r"a", help="What lies below it is recorded as this.")
    high: float = param(1.5, "Upper limit", low=-5, high=5, step=0.1, bounds=FINITE, symbol=r"b", help="What lies above it is recorded as this.")

    title = "Censored"
    ticks = 31
    story = "A value seen through an instrument with two limits: a scale that stops at its end, a study that ends before all lamps have failed."
    use = (
        "Values beyond a limit are known to be beyond it, and counted: survival times at the end of a study, readings below a limit of detection. Where "
        "such values never reached the data, take the truncated law."
    )
    modifier = True
    density = (
        r"\mathrm{P}(X=<low>)=\mathrm{P}(Y\le <low>),\quad f(x)=f_Y(x)\ \text{for}\ <low>\lt x\lt <high>,\quad \mathrm{P}(X=<high>)=\mathrm{P}(Y\ge <high>)"
    )
    formulas = {
        "mean": r"m=\mathrm{E}\,X,\quad X=\min\left(\max(Y,<low>),<high>\right)",
        "variance": r"s^2=\mathrm{E}\,(X-m)^2",
        "skewness": r"\frac{\mathrm{E}\,(X-m)^3}{s^3}",
        "excess_kurtosis": r"\frac{\mathrm{E}\,(X-m)^4}{s^4}-3",
        "entropy": r"-\int f\log f\,dx-p\log p-q\log q,\quad p=\mathrm{P}(X=<low>),\ q=\mathrm{P}(X=<high>)",
    }
    reference = "https://en.wikipedia.org/wiki/Censoring_(statistics)"

    def agree(self) -> None:
        low, high = (number_text(value) for value in (self.low, self.high))
        if not self.low < self.high:
            raise ValueError(f"high must be above low, got low {low}, high {high}: try high {number_text(self.low + 1 if self.low < FINITE[1] else self.low)}")
        try:
            seen = self.support.low < self.support.high and self._log_seen > LEAST
        except FAULTS:
            seen = False
        if not seen:
            raise ValueError(f"low and high must leave some of the base law between them, got {low} and {high}: {remedy(self.base)}")

    @cached_property
    def support(self) -> Support:
        """Where the mass lies: between the limits, or the ends of the base law."""
        return Support(max(self.low, self.base.support.low), min(self.high, self.base.support.high))

    @cached_property
    def _log_seen(self) -> float:
        """The log of the mass between the limits."""
        with np.errstate(all="ignore"):
            ends = [tails(self.base, end) for end in (self.support.low, self.support.high)]
            return float(log_between(self.base, self.support.low, self.support.high, *ends))

    @cached_property
    def _log_atoms(self) -> tuple[tuple[float, float], ...]:
        """The limits that hold mass, and its log."""
        with np.errstate(all="ignore"):
            both = ((self.low, float(self.base.log_cdf(self.low))), (self.high, float(self.base.log_sf(self.high))))
        return tuple((place, log_mass) for place, log_mass in both if log_mass > -math.inf)

    @cached_property
    def atoms(self) -> tuple[tuple[float, float], ...]:
        """The limits that hold mass, and how much."""
        return tuple((place, math.exp(log_mass)) for place, log_mass in self._log_atoms)

    def log_density(self, x: Array) -> Array:
        found = self.base.log_prob(x)
        for place, log_mass in self._log_atoms:
            found = np.where(x == place, log_mass, found)
        return found

    def below(self, x: Array) -> Array:
        return np.where(x >= self.support.high, 1.0, self.base.cdf(x))

    def sf(self, x: Array) -> Array:
        return self._inside(lambda x: np.where(x >= self.support.high, 0.0, self.base.sf(x)), x, 1.0, 0.0)

    def log_below(self, x: Array) -> Array:
        return np.where(x >= self.support.high, 0.0, self.base.log_cdf(x))

    def log_above(self, x: Array) -> Array:
        return np.where(x >= self.support.high, -math.inf, self.base.log_sf(x))

    def inverse(self, q: Array) -> Array:
        return self.base.quantile(q)

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        return np.clip(self.base.sample(rng, n), self.support.low, self.support.high)

    @cached_property
    def _numbers(self) -> Numbers:
        with np.errstate(all="ignore"):
            return numbers_within(self.base, self.support.low, self.support.high, self._log_seen, moved=True)

    def mean(self) -> float:
        return self._numbers[0]

    def variance(self) -> float:
        return self._numbers[1]

    def skewness(self) -> float:
        return self._numbers[2]

    def excess_kurtosis(self) -> float:
        return self._numbers[3]

    def entropy(self) -> float:
        return self._numbers[4]
