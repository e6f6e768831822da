"""Logs of the incomplete gamma and beta functions, both tails at once, right where the tails underflow.

SciPy's own values serve in the middle; Gauss quadrature of Mills' ratio serves huge parameters, and continued fractions
serve the far tails. https://dlmf.nist.gov/8.9 and https://dlmf.nist.gov/8.17.v
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from core.distributions.special import LARGE, TINY, log1pmx, log_binomial, log_complement, log_mills, log_poisson

Array = np.ndarray
DEPTH = 64  # terms of a continued fraction
LOPSIDED = 1e4  # with one parameter above this SciPy's incomplete beta loses digits


def log_gamma_tails(a: ArrayLike, x: ArrayLike) -> tuple[Array, Array]:
    """Return log P(a, x) and log Q(a, x), the regularised incomplete gamma functions: they are cdf and sf of Gamma(a)."""
    a, x = np.broadcast_arrays(np.asarray(a, float), np.asarray(x, float))
    with np.errstate(all="ignore"):
        proper = (x > 0) & (x < np.inf)
        large = (a >= LARGE) & proper
        plain = np.where(large, 1.0, a)  # SciPy is slow or wrong where another rule answers: it is not asked there
        below, above = _logs(special.gammainc(plain, x), special.gammaincc(plain, x))
        far = (np.minimum(below, above) < np.log(TINY)) & proper & ~large
        for rule, chosen, left in ((_gamma_mills, large, x < a - 1), (_gamma_far, far, below < above)):
            if chosen.any():  # the thinner tail is computed, the other is its complement
                _fill(below, above, chosen, left, rule(a[chosen], x[chosen], left[chosen]))
    return below, above


def log_beta_tails(a: ArrayLike, b: ArrayLike, x: ArrayLike, y: ArrayLike) -> tuple[Array, Array]:
    """Return log I_x(a, b) and log I_y(b, a), where y = 1 - x is given apart to keep its digits."""
    a, b, x, y = np.broadcast_arrays(*(np.asarray(each, float) for each in (a, b, x, y)))
    with np.errstate(all="ignore"):
        least, most, proper = np.minimum(a, b), np.maximum(a, b), (x > 0) & (y > 0)
        large = (least >= LARGE) & proper
        lopsided = (least >= 1) & (most > LOPSIDED) & proper & ~large
        direct, known = x <= y, large | lopsided
        first, second = (np.where(known, 1.0, np.where(direct, *pair)) for pair in ((a, b), (b, a)))
        part = np.where(direct, x, y)
        p, q = special.betainc(first, second, part), special.betaincc(first, second, part)
        below, above = _logs(np.where(direct, p, q), np.where(direct, q, p))
        far = (np.minimum(below, above) < np.log(TINY)) & proper & ~known
        left = b * x < a * y  # below the mean: where the fraction converges
        for rule, chosen in ((_beta_mills, large), (_beta_fraction, lopsided | far)):
            if chosen.any():
                aimed = [np.where(left, one, other)[chosen] for one, other in ((a, b), (b, a), (x, y), (y, x))]
                _fill(below, above, chosen, left, rule(*aimed))
    return below, above


def _logs(p: Array, q: Array) -> tuple[Array, Array]:
    """Return the logs of two probabilities that add to 1, each from the one that has more digits."""
    return np.asarray(np.where(p < 0.5, np.log(p), np.log1p(-q))), np.asarray(np.where(q < 0.5, np.log(q), np.log1p(-p)))


def _fill(below: Array, above: Array, chosen: Array, left: Array, log_tail: Array) -> None:
    """Write the computed tail to its side, and its complement to the other."""
    rest = log_complement(log_tail)
    below[chosen] = np.where(left[chosen], log_tail, rest)
    above[chosen] = np.where(left[chosen], rest, log_tail)


def _gamma_mills(a: Array, x: Array, left: Array) -> Array:
    """Return the log of the tail on the given side for a large parameter."""
    side = np.where(left, -1.0, 1.0)
    slope, c = (x - (a - 1)) * side, a - 1

    def log_ratio(u: Array) -> Array:  # the integrand at x (1 + u) over that at x
        return -slope[:, None] * u + c[:, None] * log1pmx(side[:, None] * u)

    return log_poisson(a, x) + np.log(a) + log_mills(log_ratio, slope, c)


def _gamma_far(a: Array, x: Array, left: Array) -> Array:
    """Return the log of a tail that underflows, for a small parameter (DLMF 8.7.1 and 8.9.2)."""
    series, fraction = np.ones_like(x), np.zeros_like(x)
    for k in range(DEPTH, 0, -1):
        series = 1 + series * x / (a + k)
        fraction = k * (a - k) / (x + 2 * k + 1 - a + fraction)
    return log_poisson(a, x) + np.where(left, np.log(series), np.log(a) - np.log(x + 1 - a + fraction))


def _beta_mills(a: Array, b: Array, x: Array, y: Array) -> Array:
    """Return log I_x(a, b) for two large parameters and x below the mode."""
    odds = x / y
    slope = a - 1 - (b - 1) * odds  # a trifle below 0 between mode and mean
    curvature = a - 1 + (b - 1) * odds**2

    def log_ratio(u: Array) -> Array:  # the integrand at x (1 - u) over that at x
        return -slope[:, None] * u + (a - 1)[:, None] * log1pmx(-u) + (b - 1)[:, None] * log1pmx(odds[:, None] * u)

    return log_binomial(a, b, x, y) + np.log(a * b / (a + b)) - np.log(y) + log_mills(log_ratio, np.maximum(slope, 0.0), curvature)


def _beta_fraction(a: Array, b: Array, x: Array, y: Array) -> Array:
    """Return log I_x(a, b) for x below the mean by a continued fraction of positive terms, from the tail up.

    Didonato & Morris 1992, https://doi.org/10.1145/131766.131776, eq. 9.
    """
    excess = a * y - b * x
    fraction = np.zeros_like(x)
    for n in range(DEPTH, 0, -1):
        ratio = n * (b - n) * x / (a + (2 * n - 1))
        denominator = n + ratio + (a + n) * (excess + 1 + n * (1 + y)) / (a + (2 * n + 1))
        fraction = (a + (n - 1)) * (a + b + (n - 1)) * ratio * x / (a + (2 * n - 1)) / (denominator + fraction)
    fraction = 1 / (a * (excess + 1) / (a + 1) + fraction)
    return log_binomial(a, b, x, y) + np.log(a) - np.log1p(a / b) + np.log(fraction)
