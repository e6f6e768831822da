"""The Skellam law."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache

import numpy as np

from core.distributions.base import POSITIVE, Array, Support
from core.distributions.lattice import Lattice
from core.distributions.special import HALF_LOG_2PI, deviance, log1pmx, log_complement, log_poisson
from core.params import param

SMALL = 40.0  # events behind a difference, up to which its mass is a power series
TERMS = 13  # of the expansion beyond
LISTED = 2000.0  # up to this total rate all masses that count are listed
STEEP = 60  # terms of a tail in which each mass is at most half the one before
NEAR = 1.5  # standard deviations from the pole that the path of an integral keeps
PACE, STEPS = 0.25, 37  # of that integral: the step in standard deviations, and how many


@dataclass(frozen=True)
class Skellam(Lattice):
    """The difference of two independent Poisson counts.

    P(k) = exp(-a - b) (a / b)^(k / 2) I_|k|(2 sqrt(a b)) for all whole k, a the rate of ups and b that of downs.
    https://en.wikipedia.org/wiki/Skellam_distribution
    """

    rate_up: float = param(5.0, "Rate of ups", low=0.2, high=20, scale="log", bounds=POSITIVE, symbol=r"a", help="How many events that count up to expect.")
    rate_down: float = param(
        3.0, "Rate of downs", low=0.2, high=20, scale="log", bounds=POSITIVE, symbol=r"b", help="How many events that count down to expect."
    )

    title = "Skellam"
    ticks = 51
    story = "The difference of two independent counts, such as the goals by which the home side wins."
    use = (
        "Differences of two independent counts: goals for and against, up and down ticks of a price, two detectors. Check that each count alone is "
        "Poisson; where both are in the dozens the normal law will do."
    )
    density = r"e^{-<rate_up>-<rate_down>}\left(\frac{<rate_up>}{<rate_down>}\right)^{x/2}I_{|x|}\left(2\sqrt{<rate_up>\cdot<rate_down>}\right)"
    formulas = {
        "mean": r"<rate_up>-<rate_down>",
        "variance": r"<rate_up>+<rate_down>",
        "skewness": r"\frac{<rate_up>-<rate_down>}{(<rate_up>+<rate_down>)^{3/2}}",
        "excess_kurtosis": r"\frac{1}{<rate_up>+<rate_down>}",
        "entropy": r"-\sum_k p_k\log p_k",
    }
    reference = "https://en.wikipedia.org/wiki/Skellam_distribution"
    support = Support(-math.inf, math.inf, discrete=True)

    def _counts(self, k: Array) -> tuple[Array, Array]:
        """Return the likeliest real counts u and v behind a difference: u - v = k and u v = a b."""
        product = self.rate_up * self.rate_down
        larger = 0.5 * (np.abs(k) + np.hypot(k, 2 * math.sqrt(product)))
        return np.where(k < 0, product / larger, larger), np.where(k < 0, larger, product / larger)

    def log_mass(self, k: Array) -> Array:
        return self._look_up(k, 1, self._log_mass)

    def _log_mass(self, k: Array) -> Array:
        k = np.asarray(k, float)
        u, v = self._counts(k)
        few, found = u + v < SMALL, np.empty_like(k)
        found[few], found[~few] = self._summed(k[few]), self._expanded(k[~few], u[~few], v[~few])
        return found

    def _expanded(self, k: Array, u: Array, v: Array) -> Array:
        """Return the log mass by the uniform expansion of I_k for large k or arguments, https://dlmf.nist.gov/10.41.E3: a saddle point at u and v."""
        w = np.asarray(u + v, float)
        powers = np.asarray(k / w)[..., None] ** (2.0 * np.arange(TERMS))
        factor = ((powers @ _debye()) * w[..., None] ** -np.arange(float(TERMS))).sum(-1)
        return -deviance(u, self.rate_up) - deviance(v, self.rate_down) - HALF_LOG_2PI - 0.5 * np.log(w) + np.log(factor)

    def _summed(self, k: Array) -> Array:
        """Return the log mass as Poisson's of the lone ups or downs, times the sum over the pairs that cancel."""
        a, b, m = self.rate_up, self.rate_down, np.abs(k)
        product, more = a * b, np.zeros_like(m)
        for n in range(12 + int(3 * min(math.sqrt(product), SMALL)), 0, -1):  # of (a b)^n / (n! (m + 1) ... (m + n))
            more = product / (n * (m + n)) * (1 + more)
        return log_poisson(m, np.where(k < 0, b, a)) - np.where(k < 0, a, b) + np.log1p(more)

    # Tails

    @cached_property
    def _list(self) -> tuple[float, Array, Array, Array] | None:
        """The lowest k listed, and for each from there on the log mass and the logs of both tails; None where there are too many."""
        a, b = self.rate_up, self.rate_down
        if a + b > LISTED:
            return None
        low, high = math.floor(0.5 * a - 2 * b) - 2 * STEEP, math.ceil(2 * a - 0.5 * b) + 2 * STEEP
        with np.errstate(all="ignore"):
            log_p = self._log_mass(np.arange(low, high + 1.0))
            below, above = np.logaddexp.accumulate(log_p), np.append(np.logaddexp.accumulate(log_p[:0:-1])[::-1], -np.inf)
            thin = below < above
            return low, log_p, np.where(thin, below, log_complement(above)), np.where(thin, log_complement(below), above)

    def _look_up(self, k: Array, column: int, beyond: Callable[[Array], Array]) -> Array:
        """Return what the list holds for each k, well inside it, and for the others what the formula says."""
        if self._list is None:
            return beyond(k)
        logs, at = self._list[column], k - self._list[0]
        listed = (at >= STEEP) & (at < len(logs) - STEEP) & (at == np.floor(at))
        found = logs[np.where(listed, at, 0).astype(np.int64)]
        return found if listed.all() else np.where(listed, found, beyond(k))

    def log_below(self, k: Array) -> Array:
        return self._look_up(k, 2, lambda k: self._sides(k)[0])

    def log_above(self, k: Array) -> Array:
        return self._look_up(k, 3, lambda k: self._sides(k)[1])

    def _sides(self, k: Array) -> tuple[Array, Array]:
        """Return both tails: the thinner by adding its masses where they fall steeply, else by an integral; the other is its complement."""
        flat = np.ravel(k)
        right = flat + 0.5 >= self.rate_up - self.rate_down
        first = np.where(right, flat + 1, flat)  # of the masses in the thinner tail
        u, v = self._counts(first)
        steep = np.where(right, u > 2 * self.rate_up, v > 2 * self.rate_down)
        thin = np.empty_like(flat)
        if steep.any():
            steps = np.where(right[steep], 1.0, -1.0)[:, None] * np.arange(STEEP)
            thin[steep] = np.logaddexp.reduce(self._log_mass(first[steep, None] + steps), axis=1)
        for side, up, down in ((right & ~steep, self.rate_up, self.rate_down), (~right & ~steep, self.rate_down, self.rate_up)):
            if side.any():
                thin[side] = _log_above(np.where(right, first, -first)[side], np.log(np.where(right, u, v)[side] / up), up, down)
        thick = log_complement(thin)
        return np.where(right, thick, thin).reshape(np.shape(k)), np.where(right, thin, thick).reshape(np.shape(k))

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        pairs = rng.poisson((self.rate_up, self.rate_down), (n, 2))
        return pairs[:, 0] - pairs[:, 1]

    def mean(self) -> float:
        return self.rate_up - self.rate_down

    def variance(self) -> float:
        return self.rate_up + self.rate_down

    def skewness(self) -> float:
        return (self.rate_up - self.rate_down) / self.variance() ** 1.5

    def excess_kurtosis(self) -> float:
        return 1 / self.variance()

    def entropy(self) -> float:
        if self._list is None:
            return self.entropy_within(self.mean() - 16 * self.sd(), self.mean() + 16 * self.sd())
        log_p = self._list[1]
        return float(-(np.exp(log_p) * np.where(log_p > -np.inf, log_p, 0.0)).sum())


def _log_above(n: Array, saddle: Array, up: float, down: float) -> Array:
    """Return log P(X >= n), for n above the mean and large rates, by inverting the moment generating function.

    The integral of exp(K(s) - s n) / (1 - exp(-s)) along s = c + i t, K the cumulant generating function, by the trapezoidal rule. The
    path keeps off the pole at 0, and passes the saddle where that lies further out. https://en.wikipedia.org/wiki/Saddlepoint_approximation_method
    """
    c = np.maximum(saddle, NEAR / math.sqrt(up + down))
    ups, downs = up * np.exp(c), down * np.exp(-c)
    h = PACE / np.sqrt(ups + downs)
    t = h[:, None] * np.arange(STEPS)
    angle = (ups - downs - n)[:, None] * t - (ups - downs)[:, None] * (t - np.sin(t))
    turned = 2 * np.sin(0.5 * t) ** 2
    real, imaginary = -np.expm1(-c)[:, None] + np.exp(-c)[:, None] * turned, np.exp(-c)[:, None] * np.sin(t)  # of 1 - exp(-s)
    values = np.exp(-(ups + downs)[:, None] * turned) * (np.cos(angle) * real + np.sin(angle) * imaginary) / (real**2 + imaginary**2)
    values[:, 0] *= 0.5
    exponent = -up * log1pmx(np.expm1(c)) - down * log1pmx(np.expm1(-c)) - c * (n - (up - down))
    return exponent + np.log(h / math.pi * values.sum(1))


@lru_cache(maxsize=1)
def _debye() -> Array:
    """Return the coefficients of p^(2 i) in U_j(p) / p^j, as (i, j), from exact fractions (https://dlmf.nist.gov/10.41.E9)."""
    table, terms = np.zeros((TERMS, TERMS)), {0: Fraction(1)}  # of U_j by powers of p
    for j in range(TERMS):
        for power, factor in terms.items():
            table[(power - j) // 2, j] = float(factor)
        new: dict[int, Fraction] = {}
        for power, factor in terms.items():
            new[power + 1] = new.get(power + 1, 0) + factor * (Fraction(power, 2) + Fraction(1, 8 * (power + 1)))
            new[power + 3] = new.get(power + 3, 0) - factor * (Fraction(power, 2) + Fraction(5, 8 * (power + 3)))
        terms = new
    return table
