"""Laws made of others, for comparisons alone: moved and stretched, rounded to whole numbers, the largest of n, without zero."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from core.distributions.base import Array, Distribution, Support

LEAST = 1e-300  # a share of the mass that nothing shows


@dataclass(frozen=True)
class Made(Distribution):
    """Base: a law that follows from another one, with what a comparison and a picture need. It is no member of the family: it has no knobs."""

    law: Any

    def __post_init__(self) -> None:
        """Check nothing: the law inside is checked."""

    def leaves(self, prefix: str = "") -> dict:
        """Return no settings: a comparison looks there for bends of the density."""
        return {}

    def log_prob(self, x: ArrayLike) -> Array:
        with np.errstate(divide="ignore"):
            return np.log(self.prob(x))

    def prob(self, x: ArrayLike) -> Array:
        raise NotImplementedError

    def sf(self, x: ArrayLike) -> Array:
        return 1 - self.cdf(x)

    def window(self) -> tuple[float, float]:
        return self.law.window()


@dataclass(frozen=True)
class Moved(Made):
    """The law of shift + scale X, for a law of X with a density and a scale above 0."""

    shift: float = 0.0
    scale: float = 1.0

    @property
    def support(self) -> Support:
        ends = self.law.support
        return Support(self.shift + self.scale * ends.low, self.shift + self.scale * ends.high)

    def _back(self, x: ArrayLike) -> Array:
        return (np.asarray(x, float) - self.shift) / self.scale

    def prob(self, x: ArrayLike) -> Array:
        return self.law.prob(self._back(x)) / self.scale

    def cdf(self, x: ArrayLike) -> Array:
        return self.law.cdf(self._back(x))

    def quantile(self, q: ArrayLike) -> Array:
        return self.shift + self.scale * self.law.quantile(q)

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        return self.shift + self.scale * self.law.sample(rng, n)

    def window(self) -> tuple[float, float]:
        low, high = self.law.window()
        return self.shift + self.scale * low, self.shift + self.scale * high


@dataclass(frozen=True)
class Rounded(Made):
    """The law of X rounded to the nearest whole number: P(k) = F(k + 1/2) - F(k - 1/2), taken from the side on which the digits are."""

    discrete = True

    @property
    def support(self) -> Support:
        low, high = self.law.support.low, self.law.support.high
        low = low if math.isfinite(low) else float(self.law.quantile(LEAST))
        return Support(math.floor(low + 0.5), math.floor(high + 0.5) if math.isfinite(high) else math.inf, True)

    def prob(self, x: ArrayLike) -> Array:
        k = np.asarray(x, float)
        below = self.law.cdf(k + 0.5) - self.law.cdf(k - 0.5)
        above = self.law.sf(k - 0.5) - self.law.sf(k + 0.5)
        return np.where(k == np.floor(k), np.where(k < self.law.quantile(0.5), below, above), 0.0)

    def cdf(self, x: ArrayLike) -> Array:
        return self.law.cdf(np.floor(x) + 0.5)

    def quantile(self, q: ArrayLike) -> Array:
        return np.ceil(self.law.quantile(q) - 0.5)


@dataclass(frozen=True)
class Largest(Made):
    """The law of the largest of n independent values: F(x)^n, with the density n F^(n - 1) f."""

    n: float = 2.0

    @property
    def support(self) -> Support:
        return self.law.support

    def log_prob(self, x: ArrayLike) -> Array:
        return math.log(self.n) + (self.n - 1) * self.law.log_cdf(x) + self.law.log_prob(x)

    def prob(self, x: ArrayLike) -> Array:
        with np.errstate(invalid="ignore"):
            return np.nan_to_num(np.exp(self.log_prob(x)))

    def cdf(self, x: ArrayLike) -> Array:
        return np.exp(self.n * self.law.log_cdf(x))

    def quantile(self, q: ArrayLike) -> Array:
        return self.law.quantile(np.asarray(q) ** (1 / self.n))

    def window(self) -> tuple[float, float]:
        low, first, third, high = self.quantile(np.array([0.005, 0.25, 0.75, 0.985]))
        return float(max(low, first - 5 * (third - first))), float(min(high, third + 5 * (third - first)))
