"""What every law with a density shares: the edges of its support, nan, and the polish of a quantile."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from core.distributions.base import Array, Distribution, Support

REAL_LINE = Support(-math.inf, math.inf)
HALF_LINE = Support(0.0, math.inf)


class Continuous(Distribution):
    """Base of the laws with a density: a member writes its formulas for x inside the support, as a textbook does.

    A member gives `support`, `log_density(x)`, `log_below(x)` = log P(X <= x), `log_above(x)` = log P(X > x) and
    `inverse(q)`, for float64 arrays; and `below(x)` where P(X <= x) has a better formula than exp(log_below(x)).
    Outside the support, at nan and at infinity this class answers.
    """

    support = REAL_LINE

    def log_density(self, x: Array) -> Array:
        """Return the log density inside the support."""
        raise NotImplementedError

    def log_below(self, x: Array) -> Array:
        """Return log P(X <= x) inside the support."""
        raise NotImplementedError

    def log_above(self, x: Array) -> Array:
        """Return log P(X > x) inside the support."""
        raise NotImplementedError

    def inverse(self, q: Array) -> Array:
        """Return the x at which P(X <= x) = q, for q inside (0, 1)."""
        raise NotImplementedError

    def below(self, x: Array) -> Array:
        """Return P(X <= x) inside the support."""
        return np.exp(self.log_below(x))

    def log_prob(self, x: ArrayLike) -> Array:
        return self._inside(self.log_density, x, -math.inf, -math.inf)

    def cdf(self, x: ArrayLike) -> Array:
        return self._inside(self.below, x, 0.0, 1.0)

    def log_cdf(self, x: ArrayLike) -> Array:
        return self._inside(self.log_below, x, -math.inf, 0.0)

    def log_sf(self, x: ArrayLike) -> Array:
        return self._inside(self.log_above, x, 0.0, -math.inf)

    def quantile(self, q: ArrayLike) -> Array:
        q = np.asarray(q, float)
        proper = (q > 0) & (q < 1)
        with np.errstate(all="ignore"):
            inside = np.clip(self.inverse(np.where(proper, q, 0.5)), self.support.low, self.support.high)
        edges = np.where(q == 0, self.support.low, np.where(q == 1, self.support.high, math.nan))
        return np.where(proper, inside, edges)[()]

    def _inside(self, formula: Callable[[Array], Array], x: ArrayLike, before: float, after: float) -> Array:
        x = np.asarray(x, float)
        low, high = self.support.low, self.support.high
        left, right = (x < low) | (x == -math.inf), (x > high) | (x == math.inf)
        with np.errstate(all="ignore"):
            inside = formula(np.clip(x, low, high))
        return np.where(left, before, np.where(right, after, np.where(np.isnan(x), math.nan, inside)))[()]

    def polish(self, x: Array, q: Array, most: int = 12) -> Array:
        """Improve x, already near the quantile of q, by Newton's steps on the log of the thinner tail."""
        lower = q < 0.5
        goal = np.where(lower, np.log(q), np.log1p(-q))
        for _ in range(most):
            log_tail = np.where(lower, self.log_cdf(x), self.log_sf(x))
            gap = np.where(lower, goal - log_tail, log_tail - goal)
            step = gap * np.exp(log_tail - self.log_prob(x))
            step = np.where(np.isfinite(step), step, 0.0)
            x = np.clip(x + step, self.support.low, self.support.high)
            if not np.any(np.abs(step) > 1e-13 * np.abs(x)):
                break
        return x


Look = Callable[[Array], tuple[Array, Array, Array | float]]


def bracketed(look: Look, x: Array, low: Array, high: Array) -> Array:
    """Find quantiles by Newton's steps, halving where a step leaves the bracket, which shrinks.

    Args:
        look: for places, by how much the probability there falls short, Newton's step, and which shortfall is as good as none: where the
            next one, its square, is lost in rounding.
        x: a start for each.
        low, high: places between which each quantile lies.
    """
    for _ in range(200):
        gap, step, enough = look(x)
        low, high = np.where(gap > 0, x, low), np.where(gap <= 0, x, high)
        new = x + step
        new = np.where((new >= low) & (new <= high), new, _between(low, high))
        # where there is no density and nothing falls short, the quantile is the lower end of the gap
        still = ((np.abs(gap) > enough) | np.isnan(step)) & (np.abs(new - x) > 2e-16 * np.abs(x))
        x = new
        if not still.any():
            break
    return x


def _between(low: Array, high: Array) -> Array:
    """Return the middle of each bracket, on the log scale where its ends have one sign and differ in size."""
    small, large = np.sort(np.abs([low, high]), axis=0)
    wide = (np.sign(low) == np.sign(high)) & (large > 100 * small) & (small > 0)
    return np.where(wide, np.sign(low) * np.sqrt(small) * np.sqrt(large), 0.5 * (low + high))


def log_look(tails: Callable[[Array], tuple[Array, Array]], log_density: Callable[[Array], Array], q: Array) -> Look:
    """Look at the log of the thinner tail: right for any q inside (0, 1).

    Args:
        tails: log P(X <= x) and log P(X > x).
        log_density: log f(x).
        q: the probabilities.
    """
    lower = q < 0.5
    goal = np.where(lower, np.log(q), np.log1p(-q))

    def look(x: Array) -> tuple[Array, Array, Array]:
        log_tail = np.where(lower, *tails(x))
        gap = np.where(lower, goal - log_tail, log_tail - goal)
        return gap, gap * np.exp(log_tail - log_density(x)), 1e-12 * (1 - goal)

    return look


def plain_look(cdf: Callable[[Array], Array], density: Callable[[Array], Array], q: Array) -> Look:
    """Look at the plain probability: quicker, and right where neither tail is thin."""

    def look(x: Array) -> tuple[Array, Array, Array]:
        gap = q - cdf(x)
        return gap, gap / density(x), 1e-12 * q

    return look
