"""Moments that cancel: series for powers of gamma variables, and a rule and a root finder for laws without formulas.

The logarithm of a gamma variable has simple cumulants, so a power of it has a moment generating function whose central
moments are best written as series in those cumulants: what must vanish then vanishes on paper, not in floating point.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from core.distributions.special import NODES, WEIGHTS, deviance, stirling_error

Array = np.ndarray
ORDERS = np.arange(2, 200)  # of the series in the cumulants, which gains at least a factor of REACH per term
REACH = 0.8
CHI_FROM = 12.0  # from here on the series for the chi law has all digits
GRADES = 9  # terms of the expansion around the normal law
BERNOULLI = (1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6)
CENTRAL = {3: {3: 1, 2: -3, 0: 2}, 4: {4: 1, 3: -4, 2: 6, 0: -3}}  # E (X / m - 1)^k as a sum over E (X / m)^j


def log_ratio(x: ArrayLike, scale: float) -> Array:
    """Return log(x / scale), with all its digits next to 0."""
    x = np.asarray(x, float)
    gap = (x - scale) / scale
    return np.where(np.abs(gap) < 0.5, np.log1p(gap), np.log(x / scale))


def exp(x: float) -> float:
    """Return e^x, which is inf where it overflows."""
    return math.inf if x > 709.78 else math.exp(x)


def gauss(low: float, high: float, parts: int = 8) -> tuple[Array, Array]:
    """Return nodes and weights of a Gauss rule on equal parts of [low, high]."""
    edges = np.linspace(low, high, parts + 1)
    width = (high - low) / parts
    return (edges[:-1, None] + width * NODES).ravel(), np.tile(width * WEIGHTS, parts)


def solve(tails: Callable[[Array], tuple[Array, Array]], log_density: Callable[[Array], Array], x: Array, q: Array, most: int = 40) -> Array:
    """Return the positive x with P(X <= x) = q, by Newton's steps from a near x on the log of the thinner tail against log x.

    Both are concave there for the laws that ask, so that no step runs away; `tails` gives log P(X <= x) and log P(X > x).
    """
    lower = q < 0.5
    goal, side = np.where(lower, np.log(q), np.log1p(-q)), np.where(lower, 1.0, -1.0)
    for _ in range(most):
        log_tail = np.where(lower, *tails(x))
        gap = side * (goal - log_tail)
        step = gap * np.exp(log_tail - log_density(x) - np.log(x))
        step = np.where(np.isfinite(step), np.clip(step, -20, 20), 0.0)
        x = x * np.exp(step)
        if not np.any((np.abs(gap) > 3e-8) & (np.abs(step) > 1e-15)):  # the step just made has squared the gap
            break
    return x


def log_rise(a: float, t: float) -> float:
    """Return log Gamma(a + t) - log Gamma(a) - t log a, without its large terms."""
    return float(deviance(a + t, a) - 0.5 * np.log1p(t / a) + stirling_error(a + t) - stirling_error(a))


def scaled_zeta(a: float, orders: Array) -> Array:
    """Return a^n zeta(n, a), the Hurwitz zeta function: size (-1)^n a^n / (n - 1)! of the n-th cumulant of a log gamma."""
    if a <= 1:
        return 1 + a**orders * special.zeta(orders, a + 1)
    if a <= 30:
        return a**orders * special.zeta(orders, a)
    total, term = 1 / (orders - 1) + 0.5 / a, orders / (2 * a**2)  # Euler and Maclaurin, https://dlmf.nist.gov/25.11.E43
    for k, number in enumerate(BERNOULLI, start=1):
        total = total + number * term
        term = term * (orders + 2 * k - 1) * (orders + 2 * k) / ((2 * k + 1) * (2 * k + 2) * a**2)
    return a * total


@lru_cache(maxsize=2048)
def power_moments(e: float, a: float, b: float | None = None) -> tuple[float, float, float, float]:
    """Return log mean, log variance, skewness and excess kurtosis of (G / H)^e, or of G^e when b is None.

    G is Gamma(a, 1) and H an independent Gamma(b, 1): E (G / H)^t = Gamma(a + t) Gamma(b - t) / (Gamma(a) Gamma(b)).
    A moment that does not exist is inf when the variance is finite; without a variance, there are no later ones.
    """
    last = next((j for j in (1, 2, 3, 4) if a + j * e <= 0 or (b is not None and b - j * e <= 0)), 5) - 1
    if last < 2:
        return (math.inf if last < 1 else _log_mean(e, a, b)), (math.inf if last == 1 else math.nan), math.nan, math.nan
    log_mean = _log_mean(e, a, b)
    if b is None and (1 + abs(e)) ** 2 < 1e-3 * a:
        log_variance, *shape = _near_normal(log_mean, e, a)
        return log_mean, log_variance, shape[0], _chi_excess(a) if e == 0.5 else shape[1]
    second = _cumulant(e, a, b, {2: 1})
    log_variance = 2 * log_mean + (second + math.log(-math.expm1(-second)) if second > 0 else -math.inf)
    shape = [_standard(e, a, b, k, second) if last >= k else math.inf for k in (3, 4)]
    return log_mean, log_variance, shape[0], _chi_excess(a) if e == 0.5 and b is None and a > CHI_FROM else shape[1] - 3


def _log_mean(e: float, a: float, b: float | None) -> float:
    log_mean = e * math.log(a) + log_rise(a, e)
    return log_mean if b is None else log_mean - e * math.log(b) + log_rise(b, -e)


def _cumulant(e: float, a: float, b: float | None, weights: dict[int, int]) -> float:
    """Return the sum over j of weight times log(E X^j / (E X)^j), by the Taylor series where all its terms are small."""
    weights = {j: w for j, w in weights.items() if j}
    if max(weights) * abs(e) > REACH * min(a, b or a):
        each = ((w, j, t) for j, w in weights.items() for t in (1, j))
        return sum((w if t > 1 else -w * j) * (log_rise(a, t * e) + (log_rise(b, -t * e) if b else 0.0)) for w, j, t in each)
    whole = sum(w * (np.power(float(j), ORDERS) - j) for j, w in weights.items()) / ORDERS
    of_b = (e / b) ** ORDERS * scaled_zeta(b, ORDERS) if b else 0.0
    return float(np.sum(whole * ((-e / a) ** ORDERS * scaled_zeta(a, ORDERS) + of_b)))


def _beyond_first(c: float) -> float:
    """Return e^c - 1 - c."""
    if abs(c) > 0.5:
        return math.expm1(c) - c
    term, total = c * c / 2, 0.0
    for n in range(3, 18):
        total += term
        term *= c / n
    return total


def _standard(e: float, a: float, b: float | None, order: int, second: float) -> float:
    """Return the standard central moment of an order, given log(E X^2 / (E X)^2)."""
    weights = CENTRAL[order]
    logs = {j: _cumulant(e, a, b, {j: 1}) if j else 0.0 for j in weights}
    if logs[order] < 1 and order * abs(e) <= REACH * min(a, b or a):
        above = _cumulant(e, a, b, weights) + sum(w * _beyond_first(logs[j]) for j, w in weights.items())
        return above / math.expm1(second) ** (0.5 * order)
    above = sum(w * math.exp(logs[j] - logs[order]) for j, w in weights.items())  # in units of the highest, which may overflow
    return exp(logs[order] - 0.5 * order * second) * above / (-math.expm1(-second)) ** (0.5 * order)


def _near_normal(log_mean: float, e: float, a: float) -> tuple[float, float, float]:
    """Return log variance, skewness and excess kurtosis of G^e for a large a, as truncated power series in 1 / a.

    The n-th cumulant of log G is of the order a^(1 - n); a power series is the array of its terms by that order. Those
    of the lowest orders cancel exactly in the central moments, so they are left out.
    """
    orders = np.arange(2, GRADES + 2)
    common = (-e / a) ** orders * scaled_zeta(a, orders) / orders
    power = {j: _exp_series(np.append(0.0, common * (float(j) ** orders - j))) for j in (2, 3, 4)}
    second, third, fourth = power[2].copy(), power[3] - 3 * power[2], power[4] - 4 * power[3] + 6 * power[2]
    second[0] = 0.0
    fourth -= 3 * np.convolve(second, second)[: GRADES + 1]
    ratio = float(second.sum())
    skewness, excess = float(third[2:].sum()) / ratio**1.5, float(fourth[3:].sum()) / ratio**2
    return 2 * log_mean + math.log(ratio), skewness, excess


def _chi_excess(a: float) -> float:
    """Return the excess kurtosis of G^(1/2), which is small of the order a^-2, as a series in 1 / a.

    With E G^(1/2) = sqrt(a (1 - d)) it is (4 d a^2 - 6 d^2 a^2 + 2 d a - a) / (d a)^2, and d follows from DLMF 5.11.8.
    """
    n = np.arange(1, 2 * len(BERNOULLI), 2)
    log_square = np.zeros(2 * len(BERNOULLI))
    log_square[n] = (2.0 ** (1 - n) - 4) * np.array(BERNOULLI) / (n * (n + 1))
    d = -_exp_series(log_square)[1:]  # of d times a
    above = 4 * d[2:] - 6 * np.convolve(d, d)[1 : len(d) - 1] + 2 * d[1:-1]  # of 1/a, 1/a^2, ...: what stands before cancels
    power = a ** -np.arange(len(d), dtype=float)
    return float(above @ power[1:-1]) / float(d @ power) ** 2


def _exp_series(c: Array) -> Array:
    """Return the terms of exp of a power series without constant term."""
    terms = np.zeros_like(c)
    terms[0] = 1.0
    for m in range(1, len(c)):
        i = np.arange(1, m + 1)
        terms[m] = np.sum(i * c[i] * terms[m - i]) / m
    return terms
