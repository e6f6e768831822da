"""What the laws on the triangle share: three parts of a whole, and the multinomial coefficient in logs without its large terms."""

from __future__ import annotations

import numpy as np

from core.distributions.base import Array
from core.distributions.special import HALF_LOG_2PI, deviance, stirling_error

CORNERS = ("a", "b", "c")


def log_factorial_error(k: Array) -> Array:
    """Return log k! - (k log k - k) for real k >= 0; 0 at 0."""
    k = np.asarray(k, float)
    with np.errstate(all="ignore"):
        return np.where(k == 0, 0.0, stirling_error(k) + HALF_LOG_2PI + 0.5 * np.log(k))


def excess(shares: Array) -> Array:
    """Return a + b + c - 1 with the rounding errors of both sums put back: (..., 3) -> (...)."""
    a, b, c = np.moveaxis(np.asarray(shares, float), -1, 0)
    first, first_lost = _two_sum(a, b)
    whole, whole_lost = _two_sum(first, c)
    return (whole - 1) + (first_lost + whole_lost)


def _two_sum(a: Array, b: Array) -> tuple[Array, Array]:
    """Return a + b rounded, and what the rounding lost (Knuth)."""
    total = a + b
    other = total - a
    return total, (a - (total - other)) + (b - other)


def log_multinomial(k: Array, shares: Array) -> Array:
    """Return log of n! / (ka! kb! kc!) pa^ka pb^kb pc^kc for real counts k >= 0 with sum n: two (..., 3) -> (...).

    Loader's saddle point: each share costs its deviance, and only small terms of Stirling's formula remain.
    """
    k = np.asarray(k, float)
    n = k.sum(axis=-1)
    parts = log_factorial_error(k).sum(axis=-1) + deviance(k, n[..., None] * shares).sum(axis=-1)
    return log_factorial_error(n) - parts + n * excess(shares)
