"""The Rice law."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

import numpy as np
from scipy import special

from core.distributions.base import CEILING, POSITIVE, Array
from core.distributions.continuous import HALF_LINE, Continuous
from core.distributions.series import gauss, solve
from core.distributions.special import LARGE, NODES, WEIGHTS, log_complement
from core.params import param

LEAST = 1e-290
CUTS = (2.5, 5.0, 7.5, 9.5, 12.0)
REACH = CUTS[-1]  # up to here, in sigmas, a sum over Poisson masses is quicker than an integral
FAR = 14.0  # from here on the shape follows from its series in sigma / nu
TERMS = 14


@dataclass(frozen=True)
class Rice(Continuous):
    """The length of a vector whose two coordinates are normal around a point at distance nu.

    f(x) = x / sigma^2 exp(-(x^2 + nu^2) / (2 sigma^2)) I_0(x nu / sigma^2) for x >= 0.
    https://en.wikipedia.org/wiki/Rice_distribution
    """

    nu: float = param(
        1.0, "Distance", low=0, high=5, step=0.05, bounds=(0.0, CEILING), symbol=r"\nu", help="The strength without noise; at 0 this is the Rayleigh law."
    )
    sigma: float = param(
        1.0,
        "Noise",
        low=0.2,
        high=5,
        scale="log",
        bounds=POSITIVE,
        symbol=r"\sigma",
        help="The standard deviation of the noise in each of the two coordinates.",
    )

    title = "Rice"
    ticks = 51
    story = "The strength of a radio signal with a direct path; the brightness of a pixel in a magnetic resonance image."
    use = (
        "Magnitudes of a fixed signal plus noise of equal strength in two directions: MRI, radar, radio. Above a signal-to-noise ratio of about 3 the "
        "normal law will do; at 0 it is the Rayleigh law."
    )
    density = r"\frac{x}{<sigma>^2}\exp\left(-\frac{x^2+<nu>^2}{2\,<sigma>^2}\right)I_0\left(\frac{x\cdot<nu>}{<sigma>^2}\right)"
    formulas = {
        "mean": r"\mu=<sigma>\sqrt{\tfrac{\pi}{2}}\;L_{1/2}\left(-\tfrac{<nu>^2}{2\,<sigma>^2}\right)",
        "variance": r"s^2=2\,<sigma>^2+<nu>^2-\mu^2",
        "skewness": r"\frac{m_3-3\mu\,s^2-\mu^3}{s^3},\quad m_3=3\,<sigma>^3\sqrt{\tfrac{\pi}{2}}\;L_{3/2}\left(-\tfrac{<nu>^2}{2\,<sigma>^2}\right)",
        "excess_kurtosis": r"\frac{m_4-4\mu\,m_3+6\mu^2s^2+3\mu^4}{s^4}-3,\quad m_4=8\,<sigma>^4+8\,<sigma>^2\,<nu>^2+<nu>^4",
        "entropy": r"-\int_0^\infty f(x)\log f(x)\,dx,\ \text{which has no shorter form}",
    }
    reference = "https://en.wikipedia.org/wiki/Rice_distribution"
    support = HALF_LINE

    def log_density(self, x: Array) -> Array:
        z, a = x / self.sigma, self.nu / self.sigma
        return np.log(z) - math.log(self.sigma) - 0.5 * ((x - self.nu) / self.sigma) ** 2 + np.log(special.i0e(z * a))

    def _tails(self, x: Array, near: Callable, far: Callable) -> tuple[Array, Array]:
        """Return both tails, by a sum over Poisson masses that is the longer the further out, and at last by an integral."""
        z, a = x / self.sigma, self.nu / self.sigma
        below, above = np.empty_like(x), np.empty_like(x)
        cuts = CUTS if a <= REACH / 2 else ()
        which = np.searchsorted(cuts, z)
        for k in set(which.tolist()):
            at = which == k
            below[at], above[at] = near(z[at], a) if k < len(cuts) else far(x[at])
        return below, above

    def _log_tails(self, x: Array) -> tuple[Array, Array]:
        return self._tails(x, _log_mixed, self._log_integrals)

    def _tail(self, x: Array, side: int) -> Array:
        flat = np.ravel(x)
        known = flat > self.nu + (9, 39)[side] * self.sigma  # there P(X <= x) rounds to 1, and P(X > x) underflows
        result = np.where(known, 1.0 - side, math.nan)
        result[~known] = self._tails(flat[~known], _mixed, lambda x: np.exp(self._log_integrals(x)))[side]
        return result.reshape(np.shape(x))

    def below(self, x: Array) -> Array:
        return np.where(x > 0, self._tail(x, 0), 0.0)

    def sf(self, x: Array) -> Array:
        return self._inside(lambda x: self._tail(x, 1), x, 1.0, 0.0)

    def _log_integrals(self, x: Array) -> tuple[Array, Array]:
        """Integrate the density from x away from the middle, in units of its value there."""
        z, a, gap = x / self.sigma, self.nu / self.sigma, (x - self.nu) / self.sigma
        left = gap < 0.5 / np.maximum(a, 0.5)
        side = np.where(left, -1.0, 1.0)
        slope = np.maximum(side * (gap - 0.5 / z), 0.0)
        reach = np.where(left, np.minimum(z, 120 / (slope + np.sqrt(slope**2 + 120))), 120 / (slope + np.sqrt(slope**2 + 120)))
        s = side[:, None] * reach[:, None] * NODES
        bessel = special.i0e((z[:, None] + s) * a) / special.i0e(z * a)[:, None]
        ratio = (1 + s / z[:, None]) * bessel * np.exp(-s * (gap[:, None] + 0.5 * s))
        thin = self.log_density(x) + math.log(self.sigma) + np.log(reach) + np.log(ratio @ WEIGHTS)
        thick = log_complement(thin)
        return np.where(x > 0, np.where(left, thin, thick), -math.inf), np.where(x > 0, np.where(left, thick, thin), 0.0)

    def log_below(self, x: Array) -> Array:
        return self._whole(x, 0)

    def log_above(self, x: Array) -> Array:
        return self._whole(x, 1)

    def _whole(self, x: Array, side: int) -> Array:
        return self._log_tails(np.ravel(x))[side].reshape(np.shape(x))

    def inverse(self, q: Array) -> Array:
        square = (self.nu / self.sigma) ** 2  # Patnaik: the square is about a multiple of a chi-squared variable
        half = 0.5 * (2 + square) ** 2 / (2 + 2 * square)
        root = np.sqrt(2 * (2 + 2 * square) / (2 + square)) * np.sqrt(np.where(q < 0.5, special.gammaincinv(half, q), special.gammainccinv(half, 1 - q)))
        start = self.sigma * (root if half < LARGE else self.nu / self.sigma + special.ndtri(q))
        start = np.maximum(start, self.sigma * np.sqrt(q))
        flat = solve(self._log_tails, self.log_density, np.ravel(start), np.ravel(q))
        return flat.reshape(np.shape(q))

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        values = rng.standard_normal((n, 2))
        values *= self.sigma
        values[:, 0] += self.nu
        return np.hypot(values[:, 0], values[:, 1])

    def mean(self) -> float:
        return self.nu + self.sigma * _moments(self.nu / self.sigma)[0]

    def variance(self) -> float:
        return self.sigma**2 * _moments(self.nu / self.sigma)[1]

    def skewness(self) -> float:
        return _moments(self.nu / self.sigma)[2]

    def excess_kurtosis(self) -> float:
        return _moments(self.nu / self.sigma)[3]

    def entropy(self) -> float:
        return math.log(self.sigma) + _moments(self.nu / self.sigma)[4]


@lru_cache(maxsize=512)
def _counts(rate: float, n: int) -> tuple[Array, Array]:
    """Return rows i, -log i! and -1 for i = 0 .. n - 1, and in two columns P(N < i) and P(N >= i) for a Poisson N."""
    i = np.arange(float(n))
    below, above = special.gammaincc(np.maximum(i, 1), rate), special.gammainc(np.maximum(i, 1), rate)
    columns = np.stack([np.where(i > 0, below, 0.0), np.where(i > 0, above, 1.0)], axis=1)
    return np.stack([i, -special.gammaln(i + 1), np.full(n, -1.0)]), columns


def _mixed(z: Array, a: float) -> tuple[Array, Array]:
    """Return both tails at sigma = 1: a Poisson(z^2 / 2) count is beyond, or not beyond, an independent Poisson(a^2 / 2)."""
    half = np.maximum(0.5 * z * z, LEAST)
    most = float(half.max(initial=0.0))
    rows, columns = _counts(0.5 * a * a, 16 * int((most + 9 * math.sqrt(most)) / 16 + 2.5))
    terms = np.empty((half.size, 3))
    terms[:, 0], terms[:, 1], terms[:, 2] = np.log(half), 1.0, half
    mass = terms @ rows  # log of half^i e^-half / i!
    tails = np.exp(mass, out=mass) @ columns
    return tails[:, 0], tails[:, 1]


def _log_mixed(z: Array, a: float) -> tuple[Array, Array]:
    p, q = _mixed(z, a)
    log_p = np.where(0.5 * z * z > LEAST, np.log(p), 2 * np.log(z) - math.log(2) - 0.5 * a * a)
    return np.where(p < 0.5, log_p, np.log1p(-q)), np.where(q < 0.5, np.log(q), np.log1p(-p))


@lru_cache(maxsize=2048)
def _moments(a: float) -> tuple[float, float, float, float, float]:
    """Return mean less a, variance, skewness, excess kurtosis and entropy at sigma = 1, by a Gauss rule over 11 widths."""
    s, weight = gauss(max(-a, -11.0), 11.0, 4)
    x = a + s
    log_bessel = np.log(special.i0e(a * x))
    mass = weight * np.exp(np.log(x) - 0.5 * s * s + log_bessel)
    mean = float(mass @ s)
    second, third, fourth = (float(mass @ (s - mean) ** k) for k in (2, 3, 4))
    z = 0.5 * a * a
    log_mean = math.log(a) + 0.5 * float(special.exp1(z)) if a > 1e-6 else 0.5 * (math.log(2) - float(np.euler_gamma) + z)
    entropy = 0.5 * float(mass @ s**2) - log_mean - float(mass @ log_bessel)
    if a > FAR:
        return mean, second, *_far(a), entropy
    return mean, second, third / second**1.5, fourth / second**2 - 3, entropy


@lru_cache(maxsize=1)
def _series() -> Array:
    """Return the coefficients of the second to fourth cumulant of X / nu in powers of 2 (sigma / nu)^2, from exact fractions.

    E (X / nu)^k is the sum over n of ((-k / 2)_n)^2 / n! times the n-th power, https://dlmf.nist.gov/13.7.E1.
    """
    raw = [[Fraction(1)] for _ in range(5)]
    for k, terms in enumerate(raw):
        for n in range(TERMS - 1):
            terms.append(terms[-1] * (Fraction(-k, 2) + n) ** 2 / (n + 1))

    def times(one: list, other: list) -> list:
        return [sum(one[i] * other[n - i] for i in range(n + 1)) for n in range(TERMS)]

    _, m1, m2, m3, m4 = raw
    square = times(m1, m1)
    second = [b - a for a, b in zip(square, m2, strict=True)]
    third = [c - 3 * b + 2 * a for a, b, c in zip(times(square, m1), times(m1, m2), m3, strict=True)]
    products = zip(times(square, square), times(square, m2), times(m1, m3), m4, times(second, second), strict=True)
    return np.array([second, third, [d - 4 * c + 6 * b - 3 * a - 3 * e for a, b, c, d, e in products]], float)


def _far(a: float) -> tuple[float, float]:
    """Return skewness and excess kurtosis at sigma = 1 for a large nu, where they are small."""
    second, third, fourth = _series() @ (2 / a**2) ** np.arange(TERMS, dtype=float)
    return float(third / second**1.5), float(fourth / second**2)
