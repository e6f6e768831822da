"""What every distribution can do, and what follows from it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike

from core.spec import Spec

Array = np.ndarray
FLOOR = 1e-12  # the smallest scale or rate that may be typed
CEILING = 1e12  # the largest
MOST_TAIL = 5  # interquartile ranges of a tail that a picture shows
POSITIVE = (FLOOR, CEILING)
FINITE = (-CEILING, CEILING)


@dataclass(frozen=True)
class Support:
    """Where a distribution has its mass: [low, high], on the real line or on the whole numbers in it."""

    low: float
    high: float
    discrete: bool = False


class Distribution(Spec):
    """Base of all univariate distributions.

    A member gives: `support`, `log_prob`, `cdf`, `quantile`, `sample`, the five moments, and its words. Everything
    else follows. Arrays in, float64 arrays of the same shape out (a scalar in, a float out); entropy in nats;
    nan where a moment is undefined, inf where it is infinite.

    Class attributes:
        title: the name in the menu.  story: one sentence: what it is the law of.
        use: when to use it, what to check first, and what to take instead; "" when nothing is said.
        discrete: True for a law on the whole numbers.
        modifier: True for a law that is made of any other, which no other is made of.
        ticks: how many places the hand finds on a parameter's slider; fewer where the exact curve of each takes long.
        density, formulas: TeX. `formulas` has mean, variance, skewness, excess_kurtosis, entropy; a
            parameter stands as <name>, so that one template gives the symbols and the current numbers.
        reference: a URL.
    """

    title: ClassVar[str]
    story: ClassVar[str]
    use: ClassVar[str] = ""
    discrete: ClassVar[bool] = False
    modifier: ClassVar[bool] = False
    ticks: ClassVar[int] = 101
    density: ClassVar[str]
    formulas: ClassVar[dict[str, str]]
    reference: ClassVar[str]

    @property
    def support(self) -> Support:
        """Return where the mass lies."""
        raise NotImplementedError

    def log_prob(self, x: ArrayLike) -> Array:
        """Return the log density (log mass for a discrete law); -inf outside the support, nan at nan."""
        raise NotImplementedError

    def cdf(self, x: ArrayLike) -> Array:
        """Return P(X <= x)."""
        raise NotImplementedError

    def sf(self, x: ArrayLike) -> Array:
        """Return the survival P(X > x), without the loss of digits of 1 - cdf."""
        return np.exp(self.log_sf(x))

    def log_cdf(self, x: ArrayLike) -> Array:
        """Return log P(X <= x), right also where the probability itself underflows."""
        raise NotImplementedError

    def log_sf(self, x: ArrayLike) -> Array:
        """Return log P(X > x), right also where the probability itself underflows."""
        raise NotImplementedError

    def quantile(self, q: ArrayLike) -> Array:
        """Return the smallest x with P(X <= x) >= q; nan outside [0, 1]."""
        raise NotImplementedError

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        """Draw n independent values: (n,), float64, or int64 for a discrete law."""
        raise NotImplementedError

    def mean(self) -> float:
        """Return E X."""
        raise NotImplementedError

    def variance(self) -> float:
        """Return E (X - mean)^2."""
        raise NotImplementedError

    def skewness(self) -> float:
        """Return E (X - mean)^3 / sd^3."""
        raise NotImplementedError

    def excess_kurtosis(self) -> float:
        """Return E (X - mean)^4 / sd^4 - 3."""
        raise NotImplementedError

    def entropy(self) -> float:
        """Return -E log p(X), in nats."""
        raise NotImplementedError

    @property
    def atoms(self) -> tuple[tuple[float, float], ...]:
        """Return the places and masses of single values of a law that has a density elsewhere; there `log_prob` is the log of that mass."""
        return ()

    # What follows

    def cdf_before(self, x: ArrayLike) -> Array:
        """Return P(X < x), which is less than P(X <= x) where there is mass at x."""
        x = np.asarray(x, float)
        if self.discrete:
            return self.cdf(np.ceil(x) - 1)
        return np.maximum(self.cdf(x) - sum((mass * (x == place) for place, mass in self.atoms), 0.0), 0.0)[()]

    def prob(self, x: ArrayLike) -> Array:
        """Return the density (the mass for a discrete law)."""
        return np.exp(self.log_prob(x))

    def log_hazard(self, x: ArrayLike) -> Array:
        """Return the log hazard: of the density over the survival, or of P(X = x | X >= x) for a discrete law."""
        with np.errstate(all="ignore"):
            log_prob, log_sf = self.log_prob(x), self.log_sf(x)
            return log_prob - (np.logaddexp(log_prob, log_sf) if self.discrete else log_sf)

    def sd(self) -> float:
        """Return the standard deviation."""
        return math.sqrt(variance) if (variance := self.variance()) >= 0 else math.nan

    def median(self) -> float:
        """Return the smallest x below or at which half of the mass lies."""
        return float(self.quantile(0.5))

    def numbers(self) -> dict[str, float]:
        """Return the exact numbers that the page shows."""
        return {
            "mean": self.mean(),
            "variance": self.variance(),
            "skewness": self.skewness(),
            "excess_kurtosis": self.excess_kurtosis(),
            "entropy": self.entropy(),
        }

    def window(self) -> tuple[float, float]:
        """Return the part of the line that a picture shows: the bulk, with room beside it, but not all of a heavy tail."""
        low, first, third, high = (float(value) for value in self.quantile(np.array([0.02, 0.25, 0.75, 0.98])))
        middle = max(third - first, 1.0 if self.discrete else 0.0)
        low, high = max(low, first - MOST_TAIL * middle), min(high, third + MOST_TAIL * middle)
        room = 0.35 * (high - low) or 1.0
        return max(low - room, self.support.low - 0.15 * room), min(high + room, self.support.high + 0.15 * room)
