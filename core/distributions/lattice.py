"""What every law on the whole numbers shares: steps, exact quantiles, and sums over all its values."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import ClassVar

import numpy as np
from numpy.polynomial import legendre
from numpy.typing import ArrayLike
from scipy import special

from core.distributions.base import Array, Distribution

PLAIN_SUM = 4000  # up to so many terms are simply added
HEAD = 256  # so many terms are added before the rest of a long sum becomes an integral


class Lattice(Distribution):
    """Base of the laws on whole numbers: a member writes its formulas for a whole k inside the support.

    A member gives `support`, `log_mass(k)`, `log_below(k)` = log P(X <= k) and `log_above(k)` = log P(X > k), for float64
    arrays that hold whole numbers; and `below(k)` where P(X <= k) has a better formula than exp(log_below(k)).
    """

    discrete: ClassVar[bool] = True

    def log_mass(self, k: Array) -> Array:
        """Return log P(X = k) inside the support."""
        raise NotImplementedError

    def log_below(self, k: Array) -> Array:
        """Return log P(X <= k) inside the support."""
        raise NotImplementedError

    def log_above(self, k: Array) -> Array:
        """Return log P(X > k) inside the support."""
        raise NotImplementedError

    def below(self, k: Array) -> Array:
        """Return P(X <= k) inside the support."""
        return np.exp(self.log_below(k))

    def log_prob(self, x: ArrayLike) -> Array:
        x = np.asarray(x, float)
        low, high = self.support.low, self.support.high
        possible = (x >= low) & (x <= high) & (x == np.floor(x)) & np.isfinite(x)
        with np.errstate(all="ignore"):
            inside = self.log_mass(np.where(possible, x, self._somewhere))
        return np.where(possible, inside, np.where(np.isnan(x), math.nan, -math.inf))[()]

    def cdf(self, x: ArrayLike) -> Array:
        return self._step(self.below, x, 0.0, 1.0)

    def log_cdf(self, x: ArrayLike) -> Array:
        return self._step(self.log_below, x, -math.inf, 0.0)

    def log_sf(self, x: ArrayLike) -> Array:
        return self._step(self.log_above, x, 0.0, -math.inf)

    def _step(self, formula: Callable[[Array], Array], x: ArrayLike, before: float, after: float) -> Array:
        x = np.asarray(x, float)
        low, high = self.support.low, self.support.high
        proper = (x >= low) & (x < high) & np.isfinite(x)
        with np.errstate(all="ignore"):
            inside = formula(np.floor(np.where(proper, x, self._somewhere)))
        return np.where(proper, inside, np.where((x < low) | (x == -math.inf), before, np.where(np.isnan(x), math.nan, after)))[()]

    @property
    def _somewhere(self) -> float:
        """A whole number of the support, asked for in place of those outside it."""
        return self.support.low if math.isfinite(self.support.low) else min(0.0, self.support.high)

    def quantile(self, q: ArrayLike) -> Array:
        q = np.asarray(q, float)
        proper = (q > 0) & (q < 1)
        inside = self._search(np.where(proper, q, 0.5))
        edges = np.where(q == 0, self.support.low, np.where(q == 1, self.support.high, math.nan))
        return np.where(proper, inside, edges)[()]

    def _search(self, q: Array) -> Array:
        """Return the smallest k with cdf(k) >= q, from a guess by Cornish and Fisher."""
        with np.errstate(all="ignore"):
            z = special.ndtri(q)
            guess = self.mean() + self.sd() * (z + np.nan_to_num(self.skewness()) * (z * z - 1) / 6)
        return search(self.cdf, q, guess, self.support.low, self.support.high)

    def entropy_within(self, low: float, high: float) -> float:
        """Return the sum of -p log p over the whole numbers from low to high, which hold all the mass that counts."""
        low, high = max(math.floor(low), self.support.low), min(math.ceil(high), self.support.high)
        if high - low <= PLAIN_SUM:
            return float(self._surprise(np.arange(low, high + 1)).sum())
        if low > self.support.low and high < self.support.high:
            # a smooth hill far from any edge: every so-manyth term, times the stride, is the same sum to all digits
            stride = self.sd() / 4
            return float(stride * self._surprise(np.arange(low, high, stride)).sum())
        head = self._surprise(np.arange(low, low + HEAD))
        end = self._surprise(low + HEAD - np.array([1.0, 0.0]))
        # Euler and Maclaurin, midpoint form: the sum from N on is the integral from N - 1/2 on plus f'(N - 1/2) / 24
        return float(head.sum() + self._integral(low + HEAD - 0.5, high) + (end[1] - end[0]) / 24)

    def _integral(self, start: float, stop: float) -> float:
        """Integrate -p log p, with p at real k, by a Gauss rule on each octave."""
        nodes, weights = legendre.leggauss(32)
        edges = np.geomspace(start, stop, max(2, math.ceil(math.log2(stop / start)) + 1))
        half = 0.5 * np.diff(edges)[:, None]
        return float((half * weights * self._surprise(edges[:-1, None] + half * (nodes + 1))).sum())

    def _surprise(self, k: Array) -> Array:
        with np.errstate(all="ignore"):
            log_p = np.asarray(self.log_mass(k))
            return np.where(log_p == -math.inf, 0.0, -np.exp(log_p) * log_p)


def search(cdf: Callable[[Array], Array], q: Array, guess: Array, low: float, high: float) -> Array:
    """Return the smallest whole k between low and high with cdf(k) >= q: a bracket around a guess, halved."""
    top = np.clip(np.floor(np.nan_to_num(guess)), low, high)
    bottom = np.maximum(top - 1, low - 1)
    stride = 1.0
    while (short := cdf(top) < q).any():
        bottom, top = np.where(short, top, bottom), np.where(short, np.minimum(top + stride, high), top)
        stride *= 2
    stride = 1.0
    while (over := cdf(bottom) >= q).any():
        top, bottom = np.where(over, bottom, top), np.where(over, np.maximum(bottom - stride, low - 1), bottom)
        stride *= 2
    while True:
        middle = np.floor(0.5 * (bottom + top))
        if not ((middle > bottom) & (middle < top)).any():
            return top
        enough = cdf(middle) >= q
        top, bottom = np.where(enough, middle, top), np.where(enough, bottom, middle)
