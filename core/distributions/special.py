"""Special functions that keep their digits where the plain ones lose them: huge parameters and far tails.

Two ideas do most of the work. Stirling's formula is split off by hand, so that terms of size n log n cancel on
paper and not in floating point (Loader 2000, https://www.r-project.org/doc/reports/CLoader-dbinom-2002.pdf). And a
tail is written as density times Mills ratio, where the ratio is a smooth integral that never underflows.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.polynomial import legendre
from numpy.typing import ArrayLike
from scipy import special

Array = np.ndarray
HALF_LOG_2PI = 0.5 * math.log(2 * math.pi)
LARGE = 200.0  # from here on a tail is smooth enough for one Gauss rule
SERIES_FROM = 10.0  # from here on Stirling's series has all 16 digits
TINY = 1e-250  # below this a probability from SciPy may have lost digits to underflow
NODES, WEIGHTS = (0.5 * (part + shift) for part, shift in zip(legendre.leggauss(32), (1.0, 0.0), strict=True))

# Coefficients of x^-1, x^-3, ... in log x! and of x^-2, x^-4, ... in digamma: Bernoulli numbers (DLMF 5.11)
STIRLING = (1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156)
DIGAMMA = (1 / 12, -1 / 120, 1 / 252, -1 / 240, 1 / 132, -691 / 32760, 1 / 12)


def log1mexp(t: ArrayLike) -> Array:
    """Return log(1 - e^-t) for t >= 0."""
    t = np.asarray(t, float)
    with np.errstate(divide="ignore"):
        return np.where(t < math.log(2), np.log(-np.expm1(-t)), np.log1p(-np.exp(-t)))


def log_complement(log_p: ArrayLike) -> Array:
    """Return log(1 - p) for a given log p."""
    return log1mexp(-np.minimum(log_p, 0.0))


def log_share(part: ArrayLike, rest: ArrayLike) -> Array:
    """Return log(part / (part + rest)), right when the share is nearly 1."""
    part, rest = np.asarray(part, float), np.asarray(rest, float)
    whole = part + rest
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(part > rest, np.log1p(-rest / whole), np.log(part / whole))


def log1pmx(u: ArrayLike) -> Array:
    """Return log(1 + u) - u, which is about -u^2 / 2 near 0."""
    u = np.asarray(u, float)
    near = np.abs(u) < 0.4
    with np.errstate(divide="ignore", invalid="ignore"):
        v = u / (2 + u)  # log(1 + u) = 2 artanh v, and u = 2 v / (1 - v)
        squared = v * v
        series = np.full_like(v, 1 / 25)
        for k in range(11, 0, -1):
            series *= squared
            series += 1 / (2 * k + 1)
        series = v * (2 * squared * series - u)
        return series if near.all() else np.where(near, series, np.log1p(u) - u)


def _by_parts(x: ArrayLike, coefficients: tuple[float, ...], power: int, small: Callable[[Array], Array]) -> Array:
    """Sum an asymptotic series in 1/x where it holds, and call `small` where it does not."""
    x = np.asarray(x, float)
    large = np.maximum(x, SERIES_FROM)
    tail = np.zeros_like(x)
    for coefficient in reversed(coefficients):
        tail = coefficient + tail / large**2
    with np.errstate(all="ignore"):
        return np.where(x >= SERIES_FROM, tail / large**power, small(np.minimum(x, SERIES_FROM)))


def stirling_error(x: ArrayLike) -> Array:
    """Return log x! - [x log x - x + log(2 pi x) / 2], about 1 / 12x; inf at 0."""
    return _by_parts(x, STIRLING, 1, lambda x: special.gammaln(x + 1) - (x + 0.5) * np.log(x) + x - HALF_LOG_2PI)


def digamma_error(x: ArrayLike) -> Array:
    """Return log x - 1 / 2x - digamma(x), about 1 / 12x^2."""
    return _by_parts(x, DIGAMMA, 2, lambda x: np.log(x) - 0.5 / x - special.digamma(x))


def deviance(x: ArrayLike, mean: ArrayLike) -> Array:
    """Return x log(x / mean) + mean - x, which is at least 0: half the Poisson deviance."""
    x, mean = np.asarray(x, float), np.asarray(mean, float)
    with np.errstate(all="ignore"):
        near = -x * log1pmx((mean - x) / x)  # no cancellation, but (mean - x) / x has no digits left near -1
        return np.where(x == 0, mean, np.where(x < 2 * mean, near, x * np.log(x / mean) + mean - x))


def log_poisson(k: ArrayLike, rate: ArrayLike) -> Array:
    """Return log(rate^k e^-rate / k!) for real k >= 0 (Loader's saddle point)."""
    k, rate = np.asarray(k, float), np.asarray(rate, float)
    with np.errstate(all="ignore"):
        inside = -stirling_error(k) - deviance(k, rate) - HALF_LOG_2PI - 0.5 * np.log(k)
        return np.where(k == 0, -rate, inside)


def log_binomial(k: ArrayLike, misses: ArrayLike, p: ArrayLike, q: ArrayLike) -> Array:
    """Return log(C(n, k) p^k q^misses) for real k and misses, with n = k + misses and q = 1 - p."""
    k, misses, p, q = (np.asarray(each, float) for each in (k, misses, p, q))
    n = k + misses
    log_p, log_q = log_share(p, q), log_share(q, p)
    with np.errstate(all="ignore"):
        inside = stirling_error(n) - stirling_error(k) - stirling_error(misses) - deviance(k, n * p) - deviance(misses, n * q)
        inside += 0.5 * (np.log1p(k / misses) - np.log(k)) - HALF_LOG_2PI  # log of n / (2 pi k misses), halved
        inside = np.where(misses == 0, k * log_p, inside)
        return np.where(k == 0, np.where(misses == 0, 0.0, misses * log_q), inside)


def log_mills(log_ratio: Callable[[Array], Array], slope: Array, curvature: Array) -> Array:
    """Return log of the integral of exp(log_ratio(s)) over s > 0, where log_ratio(s) is about -slope s - curvature s^2 / 2.

    With log_ratio(s) = log f(x + s) - log f(x) this is the log of Mills' ratio, tail over density.
    """
    reach = 120 / (slope + np.sqrt(slope**2 + 120 * curvature))  # where the exponent has fallen to -60
    steps = reach[..., None] * NODES
    return np.log(reach) + np.log(np.exp(log_ratio(steps)) @ WEIGHTS)


def log1p_square(r: ArrayLike) -> Array:
    """Return log(1 + r^2), also where r^2 overflows."""
    r = np.abs(np.asarray(r, float))
    with np.errstate(all="ignore"):
        return np.where(r < 1e100, np.log1p(r * r), 2 * np.log(r))


def gamma_entropy_error(shape: ArrayLike) -> Array:
    """Return the entropy of Gamma(shape) at rate 1, less its normal limit log(2 pi e shape) / 2."""
    shape = np.asarray(shape, float)
    return stirling_error(shape) + (shape - 1) * digamma_error(shape) - 0.5 / shape
