"""Makes reference.json: what every family should answer, from the definitions, in mpmath with 60 digits.

Run it as `python tests/distributions/make_reference.py`; it takes a few minutes. The settings are random and extreme.
Beside each value stands its slack: how far the value moves when each input moves by 8 units in its last place.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import mpmath as mp
import numpy as np

ULPS = 8 * 2.0**-52
HERE = Path(__file__).parent
mp.mp.dps = 60
Truth = tuple[Callable, Callable, Callable]  # log density (p, x); log cdf and log sf (p, x); the five numbers (p)


# Tails


def both(p: Any, q: Any) -> tuple:
    """Take the logs of two complements, each given to full digits where it is the smaller one."""
    return (mp.log(p), mp.log1p(-p)) if p < 0.5 else (mp.log1p(-q), mp.log(q))


def from_hazard(t: Any) -> tuple:
    """Return log(1 - e^-t) and -t; beyond a million nothing is left of e^-t in 60 digits."""
    return (mp.log(-mp.expm1(-t)) if t < 1 else mp.log1p(-mp.exp(-t)) if t < 10**6 else mp.mpf(0)), -t


def integrated(log_f: Callable, x: Any, low: Any, high: Any, center: Any, width: Any) -> tuple:
    """Integrate the density from x away from the center, on panels that double from where it has fallen by a factor e."""
    sign, room = (-1, x - low) if x < center else (1, high - x)
    start, step = log_f(x), mp.mpf(width)
    while step > room or log_f(x + sign * step) - start < -1:
        step /= 2
    edges = [mp.mpf(0), step]
    while edges[-1] < room and log_f(x + sign * edges[-1]) - start > -150:
        edges.append(min(2 * edges[-1], room))
        if edges[-1] == room:
            break
    with mp.workdps(40):
        log_thin = start + mp.log(mp.quad(lambda s: mp.exp(log_f(x + sign * s) - start), edges))
    log_thick = mp.log1p(-mp.exp(log_thin))
    return (log_thin, log_thick) if sign < 0 else (log_thick, log_thin)


def gamma_tails(a: Any, t: Any) -> tuple:
    if a <= 300:
        return both(mp.gammainc(a, 0, t, regularized=True), mp.gammainc(a, t, mp.inf, regularized=True))
    return integrated(lambda t: (a - 1) * mp.log(t) - t - mp.loggamma(a) if t > 0 else -mp.inf, t, mp.mpf(0), mp.inf, a, mp.sqrt(a))


def beta_tails(a: Any, b: Any, x: Any) -> tuple:
    if min(a, b) < 1 or max(a, b) <= 2000:
        return both(mp.betainc(a, b, 0, x, regularized=True), mp.betainc(b, a, 0, 1 - x, regularized=True))
    constant = mp.loggamma(a + b) - mp.loggamma(a) - mp.loggamma(b)

    def log_f(x: Any) -> Any:
        return (a - 1) * mp.log(x) + (b - 1) * mp.log1p(-x) + constant if 0 < x < 1 else -mp.inf

    return integrated(log_f, x, mp.mpf(0), mp.mpf(1), a / (a + b), mp.sqrt(a * b / (a + b) ** 3))


def student_tails(p: Any, x: Any) -> tuple:
    z = (x - p.mu) / p.sigma
    if p.df <= 300:
        thin = mp.betainc(p.df / 2, mp.mpf(1) / 2, 0, p.df / (p.df + z * z), regularized=True) / 2
        return both(thin, 1 - thin) if z < 0 else both(1 - thin, thin)
    return integrated(lambda z: student_log_f(p, p.mu + p.sigma * z) + mp.log(p.sigma), z, -mp.inf, mp.inf, mp.mpf(0), mp.mpf(1))


# Numbers


def from_raw(m1: Any, m2: Any, m3: Any, m4: Any, entropy: Any) -> list:
    """Turn raw moments into mean, variance, skewness, excess kurtosis; the digits are there to lose."""
    variance = m2 - m1**2
    if variance == 0:
        return [m1, variance, None, None, entropy]
    third, fourth = m3 - 3 * m1 * m2 + 2 * m1**3, m4 - 4 * m1 * m3 + 6 * m1**2 * m2 - 3 * m1**4
    return [m1, variance, third / variance ** mp.mpf(1.5), fourth / variance**2 - 3, entropy]


def from_factorial(f1: Any, f2: Any, f3: Any, f4: Any, entropy: Any) -> list:
    return from_raw(f1, f2 + f1, f3 + 3 * f2 + f1, f4 + 6 * f3 + 7 * f2 + f1, entropy)


def summed_entropy(log_mass: Callable, center: Any, ratio: Callable) -> Any:
    """Sum -p log p outwards from near the peak; ratio(k) = p(k + 1) / p(k)."""
    peak = mp.floor(center)
    total, start = mp.mpf(0), mp.exp(log_mass(peak))
    for step in (1, -1):
        p, k = start, peak
        while p > mp.mpf(10) ** -28:
            if step > 0 or k < peak:
                total -= p * mp.log(p)
            if step < 0 and k == 0:
                break
            p = p * ratio(k) if step > 0 else p / ratio(k - 1)
            k += step
    return total


def bell(p: Any, m: Any, s: Any, variance: Any, kurtosis: Any, entropy: Any) -> list:
    return [m, variance * s**2, mp.mpf(0), kurtosis, entropy + mp.log(s)]


# Families


def normal_log_f(p: Any, x: Any) -> Any:
    return -(((x - p.mu) / p.sigma) ** 2) / 2 - mp.log(p.sigma * mp.sqrt(2 * mp.pi))


def normal_tails(z: Any) -> tuple:
    return both(mp.erfc(-z / mp.sqrt(2)) / 2, mp.erfc(z / mp.sqrt(2)) / 2)


def student_log_f(p: Any, x: Any) -> Any:
    z = (x - p.mu) / p.sigma
    return -(p.df + 1) / 2 * mp.log1p(z * z / p.df) + mp.loggamma((p.df + 1) / 2) - mp.loggamma(p.df / 2) - mp.log(p.df * mp.pi) / 2 - mp.log(p.sigma)


def student_numbers(p: Any) -> list:
    n = p.df
    variance = n / (n - 2) * p.sigma**2 if n > 2 else mp.inf if n > 1 else None
    kurtosis = 3 * (n - 2) / (n - 4) - 3 if n > 4 else mp.inf if n > 2 else None
    entropy = (n + 1) / 2 * (mp.psi(0, (n + 1) / 2) - mp.psi(0, n / 2)) + mp.log(n) / 2 + mp.loggamma(n / 2) + mp.log(mp.pi) / 2 - mp.loggamma((n + 1) / 2)
    return [p.mu if n > 1 else None, variance, mp.mpf(0) if n > 3 else None, kurtosis, entropy + mp.log(p.sigma)]


def cauchy_tails(p: Any, x: Any) -> tuple:
    z = (x - p.location) / p.scale
    return both(mp.atan2(1, -z) / mp.pi, mp.atan2(1, z) / mp.pi)


def laplace_tails(p: Any, x: Any) -> tuple:
    z = (x - p.location) / p.scale
    thin = mp.exp(-abs(z)) / 2
    return both(thin, 1 - thin) if z < 0 else both(1 - thin, thin)


def logistic_log_f(p: Any, x: Any) -> Any:
    z = (x - p.location) / p.scale
    return -z - 2 * mp.log1p(mp.exp(-z)) - mp.log(p.scale)


def logistic_tails(p: Any, x: Any) -> tuple:
    z = (x - p.location) / p.scale
    return -mp.log1p(mp.exp(-z)), -mp.log1p(mp.exp(z))


def log_normal_numbers(p: Any) -> list:
    raw = [mp.exp(j * p.mu + j * j * p.sigma**2 / 2) for j in (1, 2, 3, 4)]
    return from_raw(*raw, p.mu + mp.log(2 * mp.pi * mp.e * p.sigma**2) / 2)


def gamma_numbers(p: Any) -> list:
    a = p.shape
    raw = [mp.rf(a, j) / p.rate**j for j in (1, 2, 3, 4)]
    return from_raw(*raw, a - mp.log(p.rate) + mp.loggamma(a) + (1 - a) * mp.psi(0, a))


def weibull_numbers(p: Any) -> list:
    raw = [p.scale**j * mp.gamma(1 + j / p.shape) for j in (1, 2, 3, 4)]
    return from_raw(*raw, mp.euler * (1 - 1 / p.shape) + mp.log(p.scale / p.shape) + 1)


def pareto_numbers(p: Any) -> list:
    a, s = p.shape, p.scale
    raw = [a * s**j / (a - j) if a > j else mp.inf for j in (1, 2, 3, 4)]
    numbers = [raw[0], mp.inf if a > 1 else None, None, None, mp.log(s / a) + 1 / a + 1]
    if a > 2:
        known = from_raw(*[each if mp.isfinite(each) else mp.mpf(0) for each in raw], numbers[-1])
        numbers[1], numbers[2], numbers[3] = known[1], known[2] if a > 3 else None, known[3] if a > 4 else None
    return numbers


def beta_numbers(p: Any) -> list:
    a, b = p.a, p.b
    raw = [mp.rf(a, j) / mp.rf(a + b, j) for j in (1, 2, 3, 4)]
    log_b = mp.loggamma(a) + mp.loggamma(b) - mp.loggamma(a + b)
    return from_raw(*raw, log_b - (a - 1) * mp.psi(0, a) - (b - 1) * mp.psi(0, b) + (a + b - 2) * mp.psi(0, a + b))


def uniform_numbers(p: Any) -> list:
    raw = [(p.high ** (j + 1) - p.low ** (j + 1)) / ((j + 1) * (p.high - p.low)) for j in (1, 2, 3, 4)]
    return from_raw(*raw, mp.log(p.high - p.low))


def triangular_pieces(p: Any, x: Any) -> tuple:
    a, c, b = p.low, p.peak, p.high
    below = (x - a) ** 2 / ((b - a) * (c - a)) if x < c else 1 - (b - x) ** 2 / ((b - a) * (b - c)) if b > c else mp.mpf(1)
    return below, 1 - below


def triangular_log_f(p: Any, x: Any) -> Any:
    a, c, b = p.low, p.peak, p.high
    return mp.log(2 * (x - a) / ((b - a) * (c - a)) if x < c else 2 * (b - x) / ((b - a) * (b - c)) if b > c else 2 / (b - a))


def triangular_numbers(p: Any) -> list:
    a, c, b = p.low, p.peak, p.high
    raw = []
    for j in (1, 2, 3, 4):  # E X^j by integrating both lines

        def power(x: Any, end: Any, j: int = j) -> Any:
            return x ** (j + 2) / (j + 2) - end * x ** (j + 1) / (j + 1)

        rising = (power(c, a) - power(a, a)) / (c - a) if c > a else 0
        falling = (power(b, b) - power(c, b)) / (b - c) if b > c else 0
        raw.append(2 / (b - a) * (rising - falling))
    return from_raw(*raw, mp.mpf(1) / 2 + mp.log((b - a) / 2))


def mixture_parts(p: Any) -> list[tuple]:
    whole = sum(part.weight for part in p.parts)
    return [(part.weight / whole, part.mean, part.sd) for part in p.parts]


def mixture_log_f(p: Any, x: Any) -> Any:
    return mp.log(sum(w * mp.npdf(x, m, s) for w, m, s in mixture_parts(p)))


def mixture_tails(p: Any, x: Any) -> tuple:
    below = sum(w * mp.erfc(-(x - m) / s / mp.sqrt(2)) / 2 for w, m, s in mixture_parts(p))
    return both(below, sum(w * mp.erfc((x - m) / s / mp.sqrt(2)) / 2 for w, m, s in mixture_parts(p)))


def mixture_numbers(p: Any) -> list:
    parts = mixture_parts(p)
    raw = [
        sum(w * mp.mpf(1) * each(m, s) for w, m, s in parts)
        for each in (lambda m, s: m, lambda m, s: m**2 + s**2, lambda m, s: m**3 + 3 * m * s**2, lambda m, s: m**4 + 6 * m**2 * s**2 + 3 * s**4)
    ]
    edges = sorted({m + s * k for _, m, s in parts for k in (-26, -17, -11, -7, -5, -3, -2, -1, 0, 1, 2, 3, 5, 7, 11, 17, 26)})
    with mp.workdps(25):
        entropy = -mp.quad(lambda x: mp.exp(mixture_log_f(p, x)) * mixture_log_f(p, x), edges)
    return from_raw(*raw, entropy)


def listed_numbers(p: Any) -> list:
    weights = listed(p)
    raw = [sum(w * mp.mpf(k) ** j for k, w in enumerate(weights)) for j in (1, 2, 3, 4)]
    return from_raw(*raw, -sum(w * mp.log(w) for w in weights if w))


def listed(p: Any) -> list:
    weights = p.weights if hasattr(p, "weights") else (1 - p.p, p.p)
    return [w / sum(weights) for w in weights]


def listed_tails(p: Any, k: Any) -> tuple:
    weights = listed(p)
    return tuple(mp.log(sum(part)) if sum(part) else -mp.inf for part in (weights[: int(k) + 1], weights[int(k) + 1 :]))


def binomial_log_f(p: Any, k: Any) -> Any:
    choose = mp.loggamma(p.n + 1) - mp.loggamma(k + 1) - mp.loggamma(p.n - k + 1)
    return choose + (k * mp.log(p.p) if k else 0) + ((p.n - k) * mp.log1p(-p.p) if k < p.n else 0)


def binomial_tails(p: Any, k: Any) -> tuple:
    if k >= p.n or p.p == 0:
        return mp.mpf(0), -mp.inf
    if p.p == 1:
        return -mp.inf, mp.mpf(0)
    if p.n > 10**5:
        return beta_tails(k + 1, p.n - k, p.p)[::-1]
    return summed_tails(lambda k: binomial_log_f(p, k), k, lambda k: (p.n - k) / (k + 1) * p.p / (1 - p.p), p.n * p.p, p.n)


def binomial_numbers(p: Any) -> list:
    entropy = summed_entropy(lambda k: binomial_log_f(p, k), p.n * p.p, lambda k: (p.n - k) / (k + 1) * p.p / (1 - p.p)) if 0 < p.p < 1 else mp.mpf(0)
    return from_factorial(*[mp.ff(p.n, j) * p.p**j for j in (1, 2, 3, 4)], entropy)


def geometric_numbers(p: Any) -> list:
    q = 1 - p.p
    numbers = from_factorial(1 / p.p, *[mp.factorial(j) * q ** (j - 1) / p.p**j for j in (2, 3, 4)], mp.mpf(0))
    return [*numbers[:4], (-q * mp.log(q) - p.p * mp.log(p.p)) / p.p if q else mp.mpf(0)]


def negative_binomial_log_f(p: Any, k: Any) -> Any:
    return mp.loggamma(k + p.r) - mp.loggamma(k + 1) - mp.loggamma(p.r) + p.r * mp.log(p.p) + (k * mp.log1p(-p.p) if k else 0)


def negative_binomial_tails(p: Any, k: Any) -> tuple:
    if p.r / p.p <= 10**5:
        return summed_tails(lambda k: negative_binomial_log_f(p, k), k, lambda k: (k + p.r) / (k + 1) * (1 - p.p), p.r * (1 - p.p) / p.p, mp.inf)
    return beta_tails(p.r, k + 1, p.p)


def negative_binomial_numbers(p: Any) -> list:
    mean = p.r * (1 - p.p) / p.p
    entropy = None
    if mean < 2 * 10**4:
        entropy = summed_entropy(lambda k: negative_binomial_log_f(p, k), mean, lambda k: (k + p.r) / (k + 1) * (1 - p.p))
    return from_factorial(*[mp.rf(p.r, j) * ((1 - p.p) / p.p) ** j for j in (1, 2, 3, 4)], entropy)


def poisson_log_f(p: Any, k: Any) -> Any:
    return k * mp.log(p.rate) - p.rate - mp.loggamma(k + 1)


def poisson_tails(p: Any, k: Any) -> tuple:
    return summed_tails(lambda k: poisson_log_f(p, k), k, lambda k: p.rate / (k + 1), p.rate, mp.inf) if p.rate <= 10**5 else gamma_tails(k + 1, p.rate)[::-1]


def poisson_numbers(p: Any) -> list:
    n = p.rate
    if n > 10**4:
        entropy = mp.log(2 * mp.pi * mp.e * n) / 2 - 1 / (12 * n) - 1 / (24 * n**2) - 19 / (360 * n**3)
    else:
        entropy = summed_entropy(lambda k: poisson_log_f(p, k), n, lambda k: n / (k + 1))
    return from_factorial(n, n**2, n**3, n**4, entropy)


def summed_tails(log_mass: Callable, k: Any, ratio: Callable, center: Any, last: Any) -> tuple:
    """Add masses from k away from the center, until they no longer count."""
    left = k < center
    at = k if left else k + 1
    start, total, term = log_mass(at), mp.mpf(1), mp.mpf(1)
    while term > total * mp.mpf(10) ** -45 and (at > 0 if left else at < last):
        term = term / ratio(at - 1) if left else term * ratio(at)
        at += -1 if left else 1
        total += term
    log_thin = start + mp.log(total)
    log_thick = mp.log1p(-mp.exp(log_thin)) if log_thin < 0 else -mp.inf
    return (log_thin, log_thick) if left else (log_thick, log_thin)


TRUTH: dict[str, Truth] = {
    "Uniform": (lambda p, x: -mp.log(p.high - p.low), lambda p, x: both((x - p.low) / (p.high - p.low), (p.high - x) / (p.high - p.low)), uniform_numbers),
    "Normal": (normal_log_f, lambda p, x: normal_tails((x - p.mu) / p.sigma), lambda p: bell(p, p.mu, p.sigma, 1, mp.mpf(0), mp.log(2 * mp.pi * mp.e) / 2)),
    "StudentT": (student_log_f, student_tails, student_numbers),
    "Cauchy": (
        lambda p, x: -mp.log(mp.pi * p.scale * (1 + ((x - p.location) / p.scale) ** 2)),
        cauchy_tails,
        lambda p: [None, None, None, None, mp.log(4 * mp.pi * p.scale)],
    ),
    "Laplace": (
        lambda p, x: -abs(x - p.location) / p.scale - mp.log(2 * p.scale),
        laplace_tails,
        lambda p: bell(p, p.location, p.scale, 2, mp.mpf(3), 1 + mp.log(2)),
    ),
    "Logistic": (logistic_log_f, logistic_tails, lambda p: bell(p, p.location, p.scale, mp.pi**2 / 3, mp.mpf(6) / 5, mp.mpf(2))),
    "LogNormal": (lambda p, x: normal_log_f(p, mp.log(x)) - mp.log(x), lambda p, x: normal_tails((mp.log(x) - p.mu) / p.sigma), log_normal_numbers),
    "Exponential": (
        lambda p, x: mp.log(p.rate) - p.rate * x,
        lambda p, x: from_hazard(p.rate * x),
        lambda p: from_raw(*[mp.factorial(j) / p.rate**j for j in (1, 2, 3, 4)], 1 - mp.log(p.rate)),
    ),
    "Gamma": (
        lambda p, x: p.shape * mp.log(p.rate) + (p.shape - 1) * mp.log(x) - p.rate * x - mp.loggamma(p.shape),
        lambda p, x: gamma_tails(p.shape, p.rate * x),
        gamma_numbers,
    ),
    "Weibull": (
        lambda p, x: mp.log(p.shape / p.scale) + (p.shape - 1) * mp.log(x / p.scale) - (x / p.scale) ** p.shape,
        lambda p, x: from_hazard((x / p.scale) ** p.shape),
        weibull_numbers,
    ),
    "Pareto": (
        lambda p, x: mp.log(p.shape) + p.shape * mp.log(p.scale) - (p.shape + 1) * mp.log(x),
        lambda p, x: from_hazard(p.shape * mp.log(x / p.scale)),
        pareto_numbers,
    ),
    "Beta": (
        lambda p, x: (p.a - 1) * mp.log(x) + (p.b - 1) * mp.log1p(-x) - mp.loggamma(p.a) - mp.loggamma(p.b) + mp.loggamma(p.a + p.b),
        lambda p, x: beta_tails(p.a, p.b, x),
        beta_numbers,
    ),
    "Triangular": (triangular_log_f, lambda p, x: both(*triangular_pieces(p, x)), triangular_numbers),
    "GaussianMixture": (mixture_log_f, mixture_tails, mixture_numbers),
    "Bernoulli": (lambda p, k: mp.log(listed(p)[int(k)]) if listed(p)[int(k)] else -mp.inf, listed_tails, listed_numbers),
    "Categorical": (lambda p, k: mp.log(listed(p)[int(k)]) if listed(p)[int(k)] else -mp.inf, listed_tails, listed_numbers),
    "Binomial": (binomial_log_f, binomial_tails, binomial_numbers),
    "Geometric": (
        lambda p, k: mp.log(p.p) + ((k - 1) * mp.log1p(-p.p) if k > 1 else 0),
        lambda p, k: from_hazard(-k * mp.log1p(-p.p) if p.p < 1 else mp.mpf(10) ** 400),
        geometric_numbers,
    ),
    "NegativeBinomial": (negative_binomial_log_f, negative_binomial_tails, negative_binomial_numbers),
    "Poisson": (poisson_log_f, poisson_tails, poisson_numbers),
}


# Settings and places


BELL = ([0, 1], [-3.7, 0.2], [1e6, 1e-3], [1e-9, 1e9], [41.3, 1e-12], [-2.2, 7e11])
SETTINGS: dict[str, list] = {
    "Uniform": [[0, 1], [-3, 7.5], [1e6, 1e6 + 1e-3], [-1e12, 1e12], [1e-12, 3e-12], [-1e-3, 5]],
    **{name: list(BELL) for name in ("Normal", "Cauchy", "Laplace", "Logistic")},
    "StudentT": [
        [5, 0, 1],
        [0.05, 0, 1],
        [1, 2, 3],
        [1.7, 0, 1],
        [2.5, -1, 0.1],
        [3.5, 0, 1],
        [30, 0, 2],
        [199, 0, 1],
        [201, 1, 1],
        [1e4, 0, 1],
        [1e8, 0, 1],
        [1e12, 0, 1],
    ],
    "LogNormal": [[0, 0.5], [2, 1.5], [-1, 1e-6], [0, 10], [5, 0.01], [0.3, 1e-3], [100, 3]],
    "Exponential": [[1], [1e-12], [1e12], [0.37], [3.3]],
    "Gamma": [[2, 1], [5, 1], [0.4, 3], [1e-3, 1], [1e-8, 1], [30, 0.1], [199, 2], [201, 2], [1e3, 1], [1e6, 3], [1e10, 1], [1e12, 1e12], [1, 2]],
    "Weibull": [[1.5, 1], [1, 2], [0.5, 1], [0.02, 1], [0.15, 5], [5.9, 1], [6.1, 1], [30, 3], [1e3, 1], [1e6, 1], [1e10, 2], [1e12, 1]],
    "Pareto": [[3, 1], [0.5, 2], [1, 1], [1.5, 1], [2, 1], [2.2, 3], [4, 1], [4.1, 1], [50, 1e-3], [1e6, 1], [1e12, 1], [1e-3, 1]],
    "Beta": [
        [2, 3],
        [1, 1],
        [0.4, 0.4],
        [50, 2],
        [1e-3, 2],
        [1e-6, 1e-6],
        [150, 1e3],
        [1e3, 1e3],
        [500, 1e5],
        [1e5, 3],
        [3, 1e9],
        [1e10, 1e10],
        [0.5, 1e6],
        [1e9, 1],
    ],
    "Triangular": [[0, 0.3, 1], [0, 0, 1], [0, 1, 1], [-5, 0, 5], [1e6, 1e6 + 0.25, 1e6 + 1], [-1e-3, 4, 1e9]],
    "GaussianMixture": [
        [[[0.4, -2, 0.8], [0.6, 1.5, 1.2]]],
        [[[1, 0, 1]]],
        [[[0.5, 0, 1e-6], [0.5, 0, 1]]],
        [[[1, -5, 0.2], [2, 0, 0.2], [3, 5, 0.2]]],
        [[[1e-9, 50, 1], [1, 0, 1]]],
        [[[3, 1, 2], [0, 0, 1], [1, 1.5, 0.5]]],
        [[[1, 1000, 1], [1, 1001, 1]]],
    ],
    "Bernoulli": [[0.3], [0], [1], [0.5], [1e-9], [0.999]],
    "Categorical": [[[0.5, 0.3, 0.2]], [[1, 0]], [[0, 1, 0, 1]], [[1e-12, 1, 1e12]], [[1] * 12], [[0, 0, 5, 2, 3]]],
    "Binomial": [
        [20, 0.3],
        [0, 0.5],
        [10, 0],
        [10, 1],
        [1, 0.2],
        [1000, 0.01],
        [1000, 0.5],
        [10**6, 0.5],
        [10**6, 1e-6],
        [10**9, 1e-3],
        [10**9, 1e-9],
        [8297000, 5.379e-5],
        [100, 0.99],
    ],
    "Geometric": [[0.3], [1], [1e-9], [0.999999], [1e-4], [0.5]],
    "NegativeBinomial": [
        [4, 0.4],
        [0.5, 0.1],
        [1, 0.3],
        [20, 0.9],
        [1e-3, 0.5],
        [1000, 0.5],
        [3, 1e-9],
        [1e6, 0.5],
        [1e-6, 1e-3],
        [0.5, 1e-3],
        [100, 0.005],
        [5, 1],
        [1e8, 0.999],
    ],
    "Poisson": [[4], [0.2], [1e-12], [40], [1000], [1e4], [1e6], [1e10], [1e12], [195.5]],
}
RANDOM = {  # a few more settings of each law, drawn on the log scale between these ends
    "StudentT": [(0.5, 50), (1e-3, 9), (0.1, 9)],
    "LogNormal": [(0.1, 2), (0.1, 2)],
    "Gamma": [(0.1, 100), (0.1, 10)],
    "Weibull": [(0.3, 20), (0.1, 10)],
    "Pareto": [(0.5, 20), (0.1, 10)],
    "Beta": [(0.2, 50), (0.2, 50)],
    "Geometric": [(1e-3, 1)],
    "NegativeBinomial": [(0.3, 50), (0.05, 1)],
    "Poisson": [(0.1, 300)],
    "Bernoulli": [(1e-3, 1)],
    "Exponential": [(0.01, 100)],
}
DISTANCES = (-1000.0, -45.0, -6.0, -1.7, -0.02, 0.01, 0.8, 2.9, 11.0, 1e6)  # in widths from the middle


def places(name: str, p: Any, rng: np.random.Generator) -> Iterator[float]:
    """Yield where to look: near the middle, in both tails, and very far out."""
    middle, width = middle_and_width(name, p)
    for z in (*DISTANCES, rng.normal(0, 1.5)):
        yield float(middle + z * width)
    yield from (float(middle * ratio) for ratio in (1e-10, 0.03, 3.0, 200.0))


def middle_and_width(name: str, p: Any) -> tuple:
    known = {
        "Uniform": lambda: ((p.low + p.high) / 2, (p.high - p.low) / 7),
        "Triangular": lambda: (p.peak, (p.high - p.low) / 7),
        "StudentT": lambda: (p.mu, p.sigma),
        "Normal": lambda: (p.mu, p.sigma),
        "LogNormal": lambda: (mp.exp(p.mu), mp.exp(p.mu) * mp.expm1(p.sigma)),
        "Exponential": lambda: (1 / p.rate, 1 / p.rate),
        "Gamma": lambda: (p.shape / p.rate, mp.sqrt(p.shape) / p.rate),
        "Weibull": lambda: (p.scale, p.scale / p.shape),
        "Pareto": lambda: (p.scale * (1 + 1 / p.shape), p.scale / p.shape),
        "Beta": lambda: (p.a / (p.a + p.b), mp.sqrt(p.a * p.b / (p.a + p.b) ** 2 / (p.a + p.b + 1))),
        "GaussianMixture": lambda: (p.parts[0].mean, 2 * p.parts[-1].sd),
        "Bernoulli": lambda: (0, 1),
        "Categorical": lambda: (0, 1),
        "Binomial": lambda: (p.n * p.p, mp.sqrt(p.n * p.p * (1 - p.p)) + 1),
        "Geometric": lambda: (1 / p.p, 1 / p.p),
        "NegativeBinomial": lambda: (p.r * (1 - p.p) / p.p, mp.sqrt(p.r) / p.p),
        "Poisson": lambda: (p.rate, mp.sqrt(p.rate)),
    }
    return known[name]() if name in known else (p.location, p.scale)


# The table


def perturbed(spec: Any) -> Iterator[Any]:
    """Yield the exact parameters, then copies with one real parameter moved by a few units in its last place."""
    yield exact(spec.to_dict())
    for path, (knob, value) in spec.leaves().items():
        if isinstance(value, float):
            yield exact(spec.to_dict(), path.split("."), -ULPS if value == knob.bounds[1] else ULPS)


def exact(data: dict, path: list[str] | None = None, move: float = 0.0) -> Any:
    """Turn a spec's dict into a namespace of mpf, one of them moved."""

    def number(value: Any, at: list[str]) -> Any:
        return mp.mpf(value) * (1 + mp.mpf(move)) if at == path else mp.mpf(value)

    def walk(value: Any, at: list[str]) -> Any:
        if isinstance(value, dict):
            return SimpleNamespace(**{name: walk(each, [*at, name]) for name, each in value.items() if name != "type"})
        if isinstance(value, list):  # the list `parts` has the paths part.0, part.1, ...
            return [walk(each, [at[-1].removesuffix("s"), str(i)]) for i, each in enumerate(value)]
        return number(value, at)

    return walk(data, [])


def entry(values: list) -> list | None:
    """Return [value, slack] as floats from a value and its moved twins; None where it cannot be a float."""
    if any(value is None or isinstance(value, mp.mpc) for value in values) or mp.isnan(values[0]):
        return None
    value = float(values[0])
    if not mp.isfinite(values[0]):
        return [str(value), 0.0]
    if np.isinf(value) or (values[0] != 0 and abs(values[0]) < mp.mpf("1e-305")):
        return None
    slack = sum(abs(moved - values[0]) for moved in values[1:])
    return [value, float(f"{float(slack):.0e}")]


def point(name: str, laws: list, x: float, discrete: bool) -> dict:
    """Compute everything at one place."""
    log_f, tails, _ = TRUTH[name]
    where = [(p, mp.mpf(x)) for p in laws] + ([] if discrete else [(laws[0], mp.mpf(x) * (1 + ULPS))])
    logs = [(log_f(p, at), *tails(p, at)) for p, at in where]
    row = {"x": x, "log_prob": entry([each[0] for each in logs]), "log_cdf": entry([each[1] for each in logs]), "log_sf": entry([each[2] for each in logs])}
    log_density, log_below, _ = logs[0]
    if discrete:
        if log_below > -690 and log_density - log_below > -20:
            q = mp.exp(log_below) - mp.exp(log_density) / 2
            row["quantile"] = [float(q), x, 0.0] if q < 1 and log_density - mp.log1p(-q) > -20 and mp.exp(log_density) > 1e-9 else None
    elif log_below > -690 and log_density > -mp.inf:
        q = float(mp.exp(log_below))
        step = (mp.mpf(q) - mp.exp(log_below)) * mp.exp(-log_density)
        if 0 < q < 1 and (not x or abs(step) <= abs(x) / 1000):  # the true quantile is one Newton step from x: q is cdf(x), but for rounding
            moved = sum(abs(mp.exp(each[1]) - mp.exp(log_below)) for each in logs[1 : len(laws)]) + ULPS * q
            row["quantile"] = [q, float(mp.mpf(x) + step) if x else 0.0, float(f"{float(moved * mp.exp(-log_density) + ULPS * abs(x)):.0e}")]
    return {key: value for key, value in row.items() if value is not None}


def table(family: type, rng: np.random.Generator) -> list[dict]:
    """Compute all the settings of one family."""
    name, rows = family.__name__, []
    names = list(family.params())
    drawn = [[float(f"{np.exp(rng.uniform(*np.log(ends))):.4g}") for ends in RANDOM[name]] for _ in range(3)] if name in RANDOM else []
    for values in [*SETTINGS[name], *drawn]:
        data = dict(zip(names, values, strict=True))
        if name == "GaussianMixture":
            data = {"parts": [{"type": "Part", "weight": w, "mean": m, "sd": s} for w, m, s in values[0]]}
        spec = family.from_dict({"type": name, **data})
        laws = list(perturbed(spec))
        numbers = [TRUTH[name][2](p) for p in laws]
        row = {"spec": spec.to_dict(), "numbers": [entry([each[i] for each in numbers]) for i in range(5)], "points": []}
        support = spec.support
        xs = sorted({float(np.floor(x)) if family.discrete else x for x in places(name, laws[0], rng)})
        for x in xs:
            if (support.low <= x <= support.high if family.discrete else support.low < x < support.high) and abs(x) < 1e300:
                row["points"].append(point(name, laws, x, family.discrete))
        rows.append(row)
    return rows


def main() -> None:
    """Write the table."""
    import sys

    sys.path.insert(0, str(HERE.parents[1]))
    from core.distributions import FAMILY

    path = HERE / "reference.json"
    known = json.loads(path.read_text()) if path.exists() else {}
    wanted = sys.argv[1:] or [family.__name__ for family in FAMILY]
    for i, family in enumerate(FAMILY):
        if family.__name__ in wanted:
            known[family.__name__] = table(family, np.random.default_rng(i))
    lines = [f"{json.dumps(name)}:[\n" + ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows) + "\n]" for name, rows in known.items()]
    path.write_text("{" + ",\n".join(lines) + "}\n")


if __name__ == "__main__":
    main()
