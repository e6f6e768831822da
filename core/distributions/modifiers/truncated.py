"""Any law, cut at both ends."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from core.distributions.base import FINITE, Array, Distribution, Support
from core.distributions.continuous import bracketed, log_look
from core.distributions.lattice import search
from core.distributions.modifiers.nested import FAULTS, KindOf, Numbers, numbers_within, plain_laws, remedy
from core.distributions.normals import CENTRAL
from core.distributions.quadrature import Tails, log_between, tails
from core.distributions.real_line.cauchy import Cauchy
from core.distributions.special import log_complement
from core.params import number_text, param

LEAST = -1e5  # the log of the least mass that may be kept: its digits are those of a log of this size
PLENTY = 0.1  # so much mass kept, and draws of the base law that fall outside are simply drawn again


@dataclass(frozen=True)
class Truncated(Distribution):
    """A value of any law, given that it falls between two limits; every moment exists, also where the law itself has none.

    f(x) = f_base(x) / P(low <= X <= high) for low <= x <= high.
    https://en.wikipedia.org/wiki/Truncated_distribution
    """

    base: Distribution = param(Cauchy(), "Base law", family=plain_laws, help="The law before the cut.")
    low: float = param(-2.0, "Lower limit", low=-5, high=5, step=0.1, bounds=FINITE, symbol=r"a", help="What lies below it is cut off.")
    high: float = param(4.0, "Upper limit", low=-5, high=5, step=0.1, bounds=FINITE, symbol=r"b", help="What lies above it is cut off.")

    title = "Truncated"
    ticks = 31
    story = "A value that is known to lie between two limits, because nobody recorded the others."
    use = (
        "Values outside a range never reached the data, and nobody knows how many there were: incomes of tax payers, sizes of fish that a net keeps. "
        "Where they were seen and only noted at the limit, take the censored law."
    )
    modifier = True
    discrete = KindOf(lambda law: law.base)
    density = r"\frac{f(x)}{\mathrm{P}(<low>\le Y\le <high>)}\ \text{for}\ <low>\le x\le <high>,\quad Y\ \text{of the base law with density or mass}\ f"
    formulas = {
        "mean": r"m=\mathrm{E}\left[Y\mid <low>\le Y\le <high>\right]",
        "variance": r"s^2=\mathrm{E}\left[(Y-m)^2\mid <low>\le Y\le <high>\right]",
        "skewness": r"\frac{1}{s^3}\,\mathrm{E}\left[(Y-m)^3\mid <low>\le Y\le <high>\right]",
        "excess_kurtosis": r"\frac{1}{s^4}\,\mathrm{E}\left[(Y-m)^4\mid <low>\le Y\le <high>\right]-3",
        "entropy": r"\log\mathrm{P}(<low>\le Y\le <high>)-\mathrm{E}\left[\log f(Y)\mid <low>\le Y\le <high>\right]",
    }
    reference = "https://en.wikipedia.org/wiki/Truncated_distribution"

    def agree(self) -> None:
        low, high = (number_text(value) for value in (self.low, self.high))
        if not self.low < self.high:
            raise ValueError(f"high must be above low, got low {low}, high {high}: try high {number_text(self.low + 1 if self.low < FINITE[1] else self.low)}")
        try:
            kept = self._log_kept > LEAST
        except FAULTS:
            kept = False
        if not kept:
            raise ValueError(f"low and high must leave some of the base law, got {low} and {high}: {remedy(self.base)}")

    # The part that is kept: P(start < Y <= end), where `start` is the number before the first one kept of a discrete law

    @cached_property
    def support(self) -> Support:
        """Where the mass lies."""
        base = self.base.support
        if self.discrete:
            return Support(max(math.ceil(self.low), base.low), min(math.floor(self.high), base.high), discrete=True)
        return Support(max(self.low, base.low), min(self.high, base.high))

    @cached_property
    def _start(self) -> float:
        return self.support.low - (1.0 if self.discrete else 0.0)

    @cached_property
    def _ends(self) -> tuple[Tails, Tails]:
        with np.errstate(all="ignore"):
            return tails(self.base, self._start), tails(self.base, self.support.high)

    @cached_property
    def _log_kept(self) -> float:
        """The log of the mass that is kept."""
        if not self.support.low <= self.support.high or (not self.discrete and self.support.low == self.support.high):
            return -math.inf
        return float(log_between(self.base, self._start, self.support.high, *self._ends))

    def _log_side(self, x: Array, here: Tails, side: int) -> Array:
        """Return log P(X <= x) (side 0) or log P(X > x) (side 1), right where it is small, given the base law's tails."""
        if side:
            return log_between(self.base, x, self.support.high, here, self._ends[1]) - self._log_kept
        return log_between(self.base, self._start, x, self._ends[0], here) - self._log_kept

    def _log_tails(self, x: Array) -> Tails:
        """Return the logs of both tails at places of the support; the thicker is the complement of the thinner."""
        here = tails(self.base, x)
        below, above = (self._log_side(x, here, side) for side in (0, 1))
        thin = below < above
        return np.where(thin, below, log_complement(above)), np.where(thin, log_complement(below), above)

    def _inside(self, formula: Callable[[Array], Array], x: ArrayLike, before: float, after: float) -> Array:
        x = np.asarray(x, float)
        low, high = self.support.low, self.support.high
        left, right = x < low, (x >= high if self.discrete else x > high)
        with np.errstate(all="ignore"):
            inside = formula(np.clip(x, low, high))
        return np.where(left, before, np.where(right, after, np.where(np.isnan(x), math.nan, inside)))[()]

    def log_prob(self, x: ArrayLike) -> Array:
        x = np.asarray(x, float)
        outside = (x < self.support.low) | (x > self.support.high)
        return np.where(outside, -math.inf, self.base.log_prob(np.where(outside, self.support.low, x)) - self._log_kept)[()]

    def cdf(self, x: ArrayLike) -> Array:
        return self._inside(lambda x: self._share(x, 0), x, 0.0, 1.0)

    def sf(self, x: ArrayLike) -> Array:
        return self._inside(lambda x: self._share(x, 1), x, 1.0, 0.0)

    def log_cdf(self, x: ArrayLike) -> Array:
        return self._inside(lambda x: self._log_tails(x)[0], x, -math.inf, 0.0)

    def log_sf(self, x: ArrayLike) -> Array:
        return self._inside(lambda x: self._log_tails(x)[1], x, 0.0, -math.inf)

    def _share(self, x: Array, side: int) -> Array:
        """Return P(X <= x) (side 0) or P(X > x) (side 1): plainly where much is kept and the answer is not small, which is quicker."""
        if self._log_kept < math.log(PLENTY):
            return np.exp(self._log_tails(x)[side])
        far = self._ends[side][side]
        plain = np.asarray(((self.base.sf if side else self.base.cdf)(x) - np.exp(far)) / math.exp(self._log_kept))
        if (thin := ~(plain > 0.01)).any():
            plain[thin] = np.exp(self._log_side(x[thin], tails(self.base, x[thin]), side))
        return np.minimum(plain, 1.0)

    # Quantiles

    def quantile(self, q: ArrayLike) -> Array:
        q = np.asarray(q, float)
        proper = (q > 0) & (q < 1)
        with np.errstate(all="ignore"):
            inside = self._inverse(np.where(proper, q, 0.5))
        edges = np.where(q == 0, self.support.low, np.where(q == 1, self.support.high, math.nan))
        return np.where(proper, inside, edges)[()]

    def _inverse(self, q: Array) -> Array:
        low, high = self.support.low, self.support.high
        below = np.exp(np.logaddexp(self._ends[0][0], np.log(q) + self._log_kept))  # the base law's share below the quantile
        start = np.clip(np.nan_to_num(self.base.quantile(np.clip(below, 0.0, 1.0)), nan=low), low, high)
        if self.discrete:
            return search(self.cdf, q, start, low, high)
        if (start == low).any():  # nearer to the limit than a quantile of the base law can say: the density there tells how near
            near = low + q * np.exp(self._log_kept - self.base.log_prob(low))
            start = np.where((start == low) & np.isfinite(near), np.minimum(near, high), start)
        seen = q.size and self._log_kept > math.log(CENTRAL) and q.min() > CENTRAL and q.max() < 1 - CENTRAL and below.max() < 1 - CENTRAL
        if seen:
            return start
        flat = bracketed(log_look(self._log_tails, self.log_prob, np.ravel(q)), np.ravel(start), np.full(q.size, low), np.full(q.size, high))
        return flat.reshape(q.shape)

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        """Draw from the base law until enough values fall inside; where few do, take quantiles of uniform numbers."""
        kind = np.int64 if self.discrete else np.float64
        if self._log_kept < math.log(PLENTY):
            return np.asarray(self.quantile(rng.random(n)), kind)
        values = np.empty(0, kind)
        while len(values) < n:
            more = self.base.sample(rng, 16 + math.ceil(1.1 * (n - len(values)) / math.exp(self._log_kept)))
            values = np.concatenate([values, more[(more >= self.support.low) & (more <= self.support.high)]])
        return values[:n]

    # Numbers

    @cached_property
    def _numbers(self) -> Numbers:
        with np.errstate(all="ignore"):
            return numbers_within(self.base, self.support.low, self.support.high, self._log_kept, moved=False)

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
