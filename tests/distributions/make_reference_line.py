"""Makes reference_line.json: like make_reference.py, for the laws on the line, on intervals, on circles and on counts added later.

Run it as `python tests/distributions/make_reference_line.py`, with names of families to make only those again.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import mpmath as mp
import numpy as np

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

import make_reference as base  # noqa: E402
from make_reference import bell, both, from_factorial, from_hazard, from_raw, normal_tails, poisson_log_f, poisson_tails  # noqa: E402

PI = mp.mpf(np.pi)  # the ends of a circle are these floats


def integrals(log_f: Callable, functions: list[Callable], edges: list) -> list:
    """Integrate the density times each function."""
    with mp.workdps(34):
        return [mp.quad(lambda x, g=g: mp.exp(log_f(x)) * g(x), edges) for g in functions]


def central(mean: Any, moment: Callable, entropy: Any) -> list:
    """Return the five numbers from central moments."""
    variance = moment(2)
    return [mean, variance, moment(3) / variance ** mp.mpf(1.5), moment(4) / variance**2 - 3, entropy]


STEPS = [mp.mpf(k) / 4 for k in (-160, -80, -48, -28, -16, -10, -6, -3, -1, 0, 1, 3, 6, 10, 16, 28, 48, 80, 160)]


def around(bend: Any, width: Any, low: Any = -40, high: Any = 40) -> list:
    """Return panels for a standard normal integral that bends near a place."""
    more = [bend + s * width * mp.mpf(4) ** k for k in range(20) for s in (-1, 0, 1) if width * mp.mpf(4) ** k < 3]
    return sorted({mp.mpf(low), mp.mpf(high), *[x for x in (*STEPS, *more) if low < x < high]})


def log_phi(z: Any) -> Any:
    return -z * z / 2 - mp.log(2 * mp.pi) / 2


def q_normal(z: Any) -> Any:
    return mp.erfc(z / mp.sqrt(2)) / 2


def z_of(p: Any, x: Any) -> Any:
    return (x - (p.location if hasattr(p, "location") else p.mu)) / (p.scale if hasattr(p, "scale") else p.sigma)


# The line


def sech_log_f(p: Any, x: Any) -> Any:
    z = z_of(p, x)
    return -mp.log(mp.pi * p.scale) - mp.log(mp.cosh(z)) if abs(z) < 10**6 else mp.log(2 / mp.pi / p.scale) - abs(z)


def sech_tails(p: Any, x: Any) -> tuple:
    z = z_of(p, x)
    thin = 2 / mp.pi * mp.atan(mp.exp(-abs(z)))
    return both(thin, 1 - thin) if z < 0 else both(1 - thin, thin)


def power_tails(p: Any, x: Any) -> tuple:
    z, a, t = z_of(p, x), 1 / p.power, abs(z_of(p, x)) ** p.power
    if t > 300 and a < 30:  # the asymptotic series, whose terms fall below any digit that counts
        term = total = mp.mpf(1)
        for j in range(1, 120):
            term *= (a - j) / t
            total += term
        thin = (a - 1) * mp.log(t) - t - mp.loggamma(a) + mp.log(total) - mp.log(2)
        thick = mp.log1p(-mp.exp(thin)) if t < 10**5 else mp.mpf(0)
        return (thin, thick) if z < 0 else (thick, thin)
    if t < mp.mpf(10) ** -60:  # one term of the power series
        inner = mp.exp(a * mp.log(t) - mp.loggamma(1 + a)) / 2
        return both(mp.mpf(1) / 2 - inner, mp.mpf(1) / 2 + inner)[:: 1 if z < 0 else -1]
    thin = mp.exp(base.gamma_tails(a, t)[1]) / 2
    return both(thin, 1 - thin) if z < 0 else both(1 - thin, thin)


def power_numbers(p: Any) -> list:
    g = [mp.gamma(j / p.power) for j in (1, 3, 5)]
    return bell(p, p.mu, p.scale, g[1] / g[0], g[2] * g[0] / g[1] ** 2 - 3, 1 / p.power - mp.log(p.power / 2 / g[0]))


def skew_log_f(p: Any, x: Any) -> Any:
    z = z_of(p, x)
    return mp.log(2 / p.scale) + log_phi(z) + mp.log(q_normal(-p.alpha * z))


def skew_tails(p: Any, x: Any) -> tuple:
    z = z_of(p, x)

    def short(t: Any, a: Any) -> Any:  # the mass beyond t >= 0 on the side of the short tail, for a >= 0
        steep = mp.sqrt(1 + a * a)
        unit = 1 / (steep * (1 + steep * t))
        edges = [t + unit * k for k in (0, 1, 3, 8, 20, 50, 120)]
        with mp.workdps(40):
            size = mp.npdf(t) * q_normal(a * t)  # mpmath stops at an absolute error
            return 2 * size * mp.quad(lambda s: mp.npdf(s) * q_normal(a * s) / size, edges)

    sign = 1 if p.alpha >= 0 else -1
    y, a = sign * z, abs(p.alpha)
    left = short(-y, a) if y < 0 else 1 - 2 * q_normal(y) + short(y, a)
    right = 1 - left if y < 0 else 2 * q_normal(y) - short(y, a)
    found = both(left, right)
    return found if sign > 0 else found[::-1]


def skew_numbers(p: Any) -> list:
    m = mp.sqrt(2 / mp.pi) * p.alpha / mp.sqrt(1 + p.alpha**2)
    unit = type(p)(location=mp.mpf(0), scale=mp.mpf(1), alpha=p.alpha)
    entropy = integrals(lambda z: skew_log_f(unit, z), [lambda z: -skew_log_f(unit, z)], around(0, 1 / (1 + abs(p.alpha)), -14, 14))[0]
    kurtosis = 2 * (mp.pi - 3) * m**4 / (1 - m * m) ** 2
    return [p.location + p.scale * m, p.scale**2 * (1 - m * m), (4 - mp.pi) / 2 * (m / mp.sqrt(1 - m * m)) ** 3, kurtosis, entropy + mp.log(p.scale)]


def lopsided_tails(p: Any, x: Any) -> tuple:
    z, k = z_of(p, x), p.kappa
    return both(k**2 / (1 + k**2) * mp.exp(z / k), 1 - k**2 / (1 + k**2) * mp.exp(z / k)) if z < 0 else both(*late(z * k, 1 / (1 + k**2)))


def late(t: Any, share: Any) -> tuple:
    return 1 - share * mp.exp(-t), share * mp.exp(-t)


def lopsided_numbers(p: Any) -> list:
    k, s = p.kappa, p.scale
    c = [1 / k**j + (-k) ** j for j in (1, 2, 3, 4)]  # cumulants, over (j - 1)!
    return [p.location + s * c[0], s**2 * c[1], 2 * c[2] / c[1] ** mp.mpf(1.5), 6 * c[3] / c[1] ** 2, 1 + mp.log(s * (k + 1 / k))]


def ex_log_f(p: Any, x: Any) -> Any:
    z, a = z_of(p, x), p.rate * p.sigma
    with mp.workdps(80):
        return mp.log(p.rate) + a * a / 2 - a * z + mp.log(q_normal(a - z))


def ex_tails(p: Any, x: Any) -> tuple:
    z, a = z_of(p, x), p.rate * p.sigma
    with mp.workdps(120):
        wait = mp.exp(a * a / 2 - a * z) * q_normal(a - z)
        return both(q_normal(-z) - wait, q_normal(z) + wait)


def ex_numbers(p: Any) -> list:
    a = p.rate * p.sigma
    unit = type(p)(mu=mp.mpf(0), sigma=mp.mpf(1), rate=a)
    with mp.workdps(30):
        edges = [mp.mpf(k) for k in (-13, -9, -6, -4, -2, -1, 0, 1, 2, 4, 6, 9, 13)] + [13 + k / a for k in (1, 3, 8, 20, 40, 80)]
        entropy = -mp.quad(lambda z: mp.exp(ex_log_f(unit, z)) * ex_log_f(unit, z), edges)
    sd2 = p.sigma**2 + 1 / p.rate**2
    return [p.mu + 1 / p.rate, sd2, 2 / (p.rate**3 * sd2 ** mp.mpf(1.5)), 6 / (p.rate**4 * sd2**2), entropy + mp.log(p.sigma)]


def johnson_log_f(p: Any, x: Any) -> Any:
    z = z_of(p, x)
    return log_phi(p.gamma + p.delta * mp.asinh(z)) + mp.log(p.delta / p.scale / mp.sqrt(1 + z * z))


def johnson_numbers(p: Any) -> list:
    with mp.workdps(120):
        s = 1 / p.delta  # E e^(k (Z - gamma) / delta) = e^(k^2 s^2 / 2 - k gamma s)
        e = {k: mp.exp(k * k * s * s / 2 - k * p.gamma * s) for k in range(-4, 5)}
        raw = [sum(mp.binomial(j, i) * (-1) ** i * e[j - 2 * i] for i in range(j + 1)) / 2**j for j in (1, 2, 3, 4)]
        m, v, skew, kurtosis, _ = from_raw(*raw, mp.mpf(0))
    log_cosh = integrals(log_phi, [lambda z: mp.log(mp.cosh((z - p.gamma) / p.delta))], around(p.gamma, p.delta, -16, 16))[0]
    return [p.location + p.scale * m, p.scale**2 * v, skew, kurtosis, mp.log(2 * mp.pi * mp.e) / 2 + mp.log(p.scale / p.delta) + log_cosh]


def extreme_s(p: Any, x: Any) -> Any:
    z = z_of(p, x)
    return mp.log1p(p.xi * z) / p.xi if p.xi else z


def extreme_numbers(p: Any) -> list:
    entropy = mp.log(p.scale) + mp.euler * (1 + p.xi) + 1
    if not p.xi:
        return [p.location + mp.euler * p.scale, (mp.pi * p.scale) ** 2 / 6, 12 * mp.sqrt(6) * mp.zeta(3) / mp.pi**3, mp.mpf(12) / 5, entropy]
    with mp.workdps(150):
        g = [mp.gamma(1 - j * p.xi) if j * p.xi < 1 else mp.inf for j in (1, 2, 3, 4)]
        raw = from_raw(*[each if mp.isfinite(each) else mp.mpf(0) for each in g], entropy)
        mean = p.location + p.scale * (g[0] - 1) / p.xi if p.xi < 1 else mp.inf
        variance = p.scale**2 * raw[1] / p.xi**2 if 2 * p.xi < 1 else mp.inf if p.xi < 1 else None
    sure = 2 * p.xi < 1
    return [
        mean,
        variance,
        mp.sign(p.xi) * raw[2] if 3 * p.xi < 1 else mp.inf if sure else None,
        raw[3] if 4 * p.xi < 1 else mp.inf if sure else None,
        entropy,
    ]


def moyal_tails(p: Any, x: Any) -> tuple:
    u = mp.exp(-z_of(p, x) / 2) / mp.sqrt(2)
    return both(mp.erfc(u), mp.erf(u)) if u < 10**6 else (-u * u - mp.log(u * mp.sqrt(mp.pi)), mp.mpf(0))


def moyal_numbers(p: Any) -> list:
    m, v, third, fourth = mp.euler + mp.log(2), mp.pi**2 / 2, -mp.psi(2, mp.mpf(1) / 2), mp.psi(3, mp.mpf(1) / 2)
    entropy = (m + 1 + mp.log(2 * mp.pi)) / 2 + mp.log(p.scale)
    return [p.location + p.scale * m, p.scale**2 * v, third / v ** mp.mpf(1.5), fourth / v**2, entropy]


# Intervals and circles


def kumaraswamy_log_f(p: Any, x: Any) -> Any:
    return mp.log(p.a * p.b) + (p.a - 1) * mp.log(x) + (p.b - 1) * mp.log1p(-(x**p.a))


def kumaraswamy_numbers(p: Any) -> list:
    with mp.workdps(150):
        raw = [p.b * mp.beta(1 + j / p.a, p.b) for j in (1, 2, 3, 4)]
        entropy = 1 - 1 / p.b + (1 - 1 / p.a) * mp.harmonic(p.b) - mp.log(p.a * p.b)
        return from_raw(*raw, entropy)


def arcsine_numbers(p: Any) -> list:
    w = p.high - p.low
    return [(p.low + p.high) / 2, w * w / 8, mp.mpf(0), mp.mpf(-3) / 2, mp.log(mp.pi * w / 4)]


def arcsine_tails(p: Any, x: Any) -> tuple:
    w = p.high - p.low
    return both(*(2 / mp.pi * mp.asin(mp.sqrt(min(max(part / w, 0), 1))) for part in (x - p.low, p.high - x)))


def logit(x: Any) -> Any:
    return mp.log(x / (1 - x))


def logit_numbers(p: Any) -> list:
    def x(z: Any) -> Any:
        return 1 / (1 + mp.exp(-p.mu - p.sigma * z))

    reach = 14 + min(4 * p.sigma, abs(p.mu / p.sigma))
    edges = around(-p.mu / p.sigma, 1 / p.sigma, -reach, reach)

    def log_sides(z: Any) -> Any:
        size = abs(p.mu + p.sigma * z)
        return -size - 2 * mp.log1p(mp.exp(-size))

    unit = x(0) * (1 - x(0)) * min(p.sigma, 1)  # mpmath's quadrature stops at an absolute error
    shift, sides = integrals(log_phi, [lambda z: (x(z) - x(0)) / unit, log_sides], edges)
    found = dict(zip((2, 3, 4), integrals(log_phi, [lambda z, j=j: ((x(z) - x(0)) / unit - shift) ** j for j in (2, 3, 4)], edges), strict=True))
    numbers = central(x(0) + unit * shift, found.__getitem__, mp.log(2 * mp.pi * mp.e * p.sigma**2) / 2 + sides)
    return [numbers[0], numbers[1] * unit**2, numbers[2] if p.mu else mp.mpf(0), *numbers[3:]]


def cut_mass(a: Any, b: Any) -> Any:
    with mp.workdps(60 + (int(max(a, -b) ** 2) if max(a, -b) > 0 else 0) // 4 if max(a, -b) < 60 else 60):
        return q_normal(a) - q_normal(b) if a > 0 else q_normal(-b) - q_normal(-a)


def cut_log_f(p: Any, x: Any) -> Any:
    return log_phi(z_of(p, x)) - mp.log(p.sigma) - mp.log(cut_mass((p.low - p.mu) / p.sigma, (p.high - p.mu) / p.sigma))


def cut_tails(p: Any, x: Any) -> tuple:
    a, z, b = (p.low - p.mu) / p.sigma, z_of(p, x), (p.high - p.mu) / p.sigma
    whole = cut_mass(a, b)
    return both(cut_mass(a, z) / whole, cut_mass(z, b) / whole)


def cut_numbers(p: Any) -> list:
    a, b = (p.low - p.mu) / p.sigma, (p.high - p.mu) / p.sigma
    log_mass = mp.log(cut_mass(a, b))
    low, high = (max(a, -16), min(b, 16)) if a < 0 < b else (a, min(b, a + 120 / (1 + a))) if a >= 0 else (max(a, b - 120 / (1 - b)), b)
    edges = [low + (high - low) * mp.mpf(k) / 24 for k in range(25)]

    def log_f(z: Any) -> Any:
        return log_phi(z) - log_mass

    shift, square = integrals(log_f, [lambda z: z - low, lambda z: z * z], edges)
    center = low + shift
    found = dict(zip((2, 3, 4), integrals(log_f, [lambda z, j=j: (z - center) ** j for j in (2, 3, 4)], edges), strict=True))
    numbers = central(p.mu + p.sigma * center, found.__getitem__, log_mass + mp.log(2 * mp.pi) / 2 + square / 2 + mp.log(p.sigma))
    return [numbers[0], numbers[1] * p.sigma**2, *numbers[2:]]


def wrapped_log_f(p: Any, x: Any) -> Any:
    return mp.log((1 - p.rho**2) / (2 * mp.pi * (1 + p.rho**2 - 2 * p.rho * mp.cos(x - p.mu))))


def wrapped_share(p: Any, x: Any) -> Any:
    """Return the mass from mu - pi to x, going round as often as needed, by the arctangent."""
    turns = mp.floor((x - p.mu + mp.pi) / (2 * mp.pi))
    c, t = (1 + p.rho) / (1 - p.rho), x - p.mu - 2 * mp.pi * turns
    return turns + mp.mpf(1) / 2 + mp.atan(c * mp.tan(t / 2)) / mp.pi


def wrapped_tails(p: Any, x: Any) -> tuple:
    return both(wrapped_share(p, x) - wrapped_share(p, -PI), wrapped_share(p, PI) - wrapped_share(p, x))


def wrapped_numbers(p: Any) -> list:
    w = -p.rho * mp.expjpi(p.mu / mp.pi)
    with mp.workdps(40):  # the Fourier series of x, x^2, x^3 and x^4, summed as polylogarithms
        mean = -2 * mp.im(mp.polylog(1, w))
        raw = [
            mean,
            mp.pi**2 / 3 + 4 * mp.re(mp.polylog(2, w)),
            mp.pi**2 * mean + 12 * mp.im(mp.polylog(3, w)),
            mp.pi**4 / 5 + 8 * mp.pi**2 * mp.re(mp.polylog(2, w)) - 48 * mp.re(mp.polylog(4, w)),
        ]
    return from_raw(*raw, mp.log(2 * mp.pi * (1 - p.rho**2)))


def circle_edges(p: Any, start: Any, stop: Any) -> list:
    """Return panels between two angles from the centre that double away from each place where the density peaks."""
    width = 1 / (1 + mp.sqrt(p.kappa))
    around = {turn * mp.pi + side * width * mp.mpf(2) ** k for turn in range(-3, 4) for side in (-1, 0, 1) for k in range(-1, 40) if width * 2**k < 4}
    return sorted({start, stop, *(t for t in around if start < t < stop)})


def circle_log_f(p: Any, x: Any) -> Any:
    return p.kappa * mp.cos(x - p.mu) - mp.log(2 * mp.pi * mp.besseli(0, p.kappa))


def circle_arc(p: Any, start: Any, stop: Any) -> Any:
    """Return the mass between two angles from the centre, each falling arc from its high end on."""
    total = mp.mpf(0)
    turns = [start, *(k * mp.pi for k in range(-3, 4) if start < k * mp.pi < stop), stop]
    for low, high in pairwise(turns):
        sign = 1 if mp.cos(low) >= mp.cos(high) else -1
        begin, length = (low, high - low) if sign > 0 else (high, high - low)
        step, edges = 1 / (1 + mp.sqrt(p.kappa) + p.kappa * abs(mp.sin(begin))), [mp.mpf(0)]
        while edges[-1] < length and p.kappa * (mp.cos(begin) - mp.cos(begin + sign * edges[-1])) < 140:
            edges.append(min(length, edges[-1] + step))
            step *= mp.mpf(3) / 2
        with mp.workdps(40):
            part = mp.quad(lambda s, begin=begin, sign=sign: mp.exp(p.kappa * (mp.cos(begin + sign * s) - mp.cos(begin))), edges) if length else mp.mpf(0)
        total += part * mp.exp(circle_log_f(p, p.mu + begin))
    return total


def circle_tails(p: Any, x: Any) -> tuple:
    return both(circle_arc(p, -PI - p.mu, x - p.mu), circle_arc(p, x - p.mu, PI - p.mu))


def circle_numbers(p: Any) -> list:
    across = p.kappa * (1 - mp.cos(mp.pi - abs(p.mu)))  # what makes the law lopsided is the little that lies across the circle's end
    with mp.workdps(60 + int(across / 2.3 if p.mu and across < 710 else 0)):
        log_whole = mp.log(2 * mp.pi * mp.besseli(0, p.kappa))
        edges = circle_edges(p, -mp.pi - p.mu, mp.pi - p.mu)

        def integral(g: Callable) -> Any:
            return mp.quad(lambda t: mp.exp(p.kappa * mp.cos(t) - log_whole) * g(t), edges)

        shift = integral(lambda t: t)
        found = central(p.mu + shift, lambda j: integral(lambda t: (t - shift) ** j), log_whole - p.kappa * mp.besseli(1, p.kappa) / mp.besseli(0, p.kappa))
    if not p.mu or not p.kappa or across > 710:
        found[2] = mp.mpf(0)
    return [p.mu if not p.mu else found[0], *found[1:]]


# Counts


def listed(log_mass: Callable, low: Any, high: Any) -> list:
    return [mp.exp(log_mass(mp.mpf(k))) for k in range(int(low), int(high) + 1)]


def listed_numbers(p: Any, log_mass: Callable, low: Any, high: Any) -> list:
    with mp.workdps(45):
        masses = listed(lambda k: log_mass(p, k), low, high)
        raw = [mp.fsum(w * mp.mpf(k) ** j for k, w in enumerate(masses, int(low))) for j in (1, 2, 3, 4)]
        numbers = from_raw(*raw, -mp.fsum(w * mp.log(w) for w in masses if w))
    return [mp.mpf(0) if each is not None and abs(each) < mp.mpf(10) ** -25 else each for each in numbers]


def listed_tails(p: Any, log_mass: Callable, k: Any, low: Any, high: Any) -> tuple:
    with mp.workdps(45):
        left, right = (mp.fsum(listed(lambda k: log_mass(p, k), *ends)) for ends in ((low, k), (k + 1, high)))
    return tuple(mp.log(side) if 0 < side < mp.mpf(1) / 2 else mp.log1p(-other) if side else -mp.inf for side, other in ((left, right), (right, left)))


def log_choose(n: Any, k: Any) -> Any:
    return mp.loggamma(n + 1) - mp.loggamma(k + 1) - mp.loggamma(n - k + 1)


def hyper_log_f(p: Any, k: Any) -> Any:
    return log_choose(p.successes, k) + log_choose(p.population - p.successes, p.draws - k) - log_choose(p.population, p.draws)


def hyper_ends(p: Any) -> tuple:
    return max(0, p.draws + p.successes - p.population), min(p.draws, p.successes)


def log_beta(a: Any, b: Any) -> Any:
    return mp.loggamma(a) + mp.loggamma(b) - mp.loggamma(a + b)


def beta_binomial_log_f(p: Any, k: Any) -> Any:
    return log_choose(p.n, k) + log_beta(k + p.a, p.n - k + p.b) - log_beta(p.a, p.b)


def zipf_tails(p: Any, k: Any) -> tuple:
    s = p.exponent
    with mp.workdps(60 + int(2 * s * mp.log10(k + 1))):  # mpmath's zeta is right to so many places, not digits
        above = mp.zeta(s, k + 1) / mp.zeta(s)
    return both(1 - above, above)


def zipf_numbers(p: Any) -> list:
    with mp.workdps(60 + int(p.exponent)):
        return zipf_numbers_now(p)


def zipf_numbers_now(p: Any) -> list:
    s = p.exponent
    m = [mp.zeta(s - j) / mp.zeta(s) if s > j + 1 else mp.inf for j in (1, 2, 3, 4)]
    entropy = mp.log(mp.zeta(s)) - s * mp.zeta(s, 1, 1) / mp.zeta(s)
    known = from_raw(*[each if mp.isfinite(each) else mp.mpf(0) for each in m], entropy)
    variance = known[1] if s > 3 else mp.inf if s > 2 else None
    skew, kurtosis = (known[i] if s > i + 2 else mp.inf if s > 3 else None for i in (2, 3))
    return [m[0], variance, skew, kurtosis, entropy]


def log_series_log_f(p: Any, k: Any) -> Any:
    return k * mp.log(p.p) - mp.log(k) - mp.log(-mp.log1p(-p.p))


def log_series_tails(p: Any, k: Any) -> tuple:
    above = p.p ** (k + 1) * mp.quad(lambda u: mp.exp(-(k + 1) * u) / (1 - p.p * mp.exp(-u)), spread(k, p)) / -mp.log1p(-p.p)
    return both(1 - above, above)


def spread(k: Any, p: Any) -> list:
    c = -mp.log(p.p)
    return sorted({mp.mpf(0), *[c * mp.mpf(4) ** j for j in range(-2, 40) if c * 4**j * (k + 1) < 150], 150 / (k + 1), 40 / (k + 1), 10 / (k + 1)})


def log_series_numbers(p: Any) -> list:
    a, w = -1 / mp.log1p(-p.p), p.p / (1 - p.p)
    entropy = None
    if p.p < 0.9991:
        entropy = mp.fsum(-mp.exp(f) * f for f in (log_series_log_f(p, mp.mpf(k)) for k in range(1, int(60 / -mp.log(p.p)) + 3)))
    return from_factorial(a * w, a * w**2, 2 * a * w**3, 6 * a * w**4, entropy)


def inflated_log_f(p: Any, k: Any) -> Any:
    return mp.log((1 - p.zeros) * mp.exp(poisson_log_f(p, k)) + (p.zeros if k == 0 else 0))


def inflated_tails(p: Any, k: Any) -> tuple:
    above = (1 - p.zeros) * mp.exp(poisson_tails(p, k)[1])
    return both(1 - above, above)


def inflated_numbers(p: Any) -> list:
    on, r = 1 - p.zeros, p.rate
    if r > 2000:
        entropy = None
    else:
        top = int(r + 40 * mp.sqrt(r) + 60)
        entropy = -mp.fsum(mp.exp(f) * f for f in (inflated_log_f(p, mp.mpf(k)) for k in range(top)))
    return from_factorial(on * r, on * r**2, on * r**3, on * r**4, entropy)


def skellam_inverted(p: Any, n: Any, pole: bool) -> Any:
    """Return log P(X >= n), for n above the mean, or log P(X = n), by inverting the moment generating function."""
    a, b = p.rate_up, p.rate_down
    w = mp.sqrt(n * n + 4 * a * b)
    c = max(mp.log((n + w) / (2 * a)), 1 / mp.sqrt(a + b)) if pole else mp.log((n + w) / (2 * a))
    ups, downs = a * mp.exp(c), b * mp.exp(-c)

    def f(t: Any) -> Any:
        s = mp.mpc(0, t)
        return mp.re(mp.exp(ups * mp.expm1(s) + downs * mp.expm1(-s) - s * n) / (-mp.expm1(-c - s) if pole else 1))

    unit = 1 / mp.sqrt(ups + downs)
    edges = [mp.mpf(0), *(unit * k for k in (0.25, 0.5, 1, 2, 3, 4, 6, 8, 11, 15, 20) if unit * k < mp.pi)]
    with mp.workdps(40):
        whole = mp.quad(f, edges if unit * 20 < mp.pi else [*edges, mp.pi])
    return a * mp.expm1(c) + b * mp.expm1(-c) - c * n + mp.log(whole / mp.pi)


def skellam_masses(p: Any, most: int) -> list:
    """Return P(X = k) for k = -most, ..., most, the Bessel functions by their recurrence downwards."""
    a, b = p.rate_up, p.rate_down
    z = 2 * mp.sqrt(a * b)
    bessel = [mp.besseli(most, z), mp.besseli(most - 1, z)]
    for order in range(most - 1, 0, -1):
        bessel.append(bessel[-2] + 2 * order / z * bessel[-1])
    root = mp.sqrt(a / b)
    one = [mp.exp(-a - b) * each for each in bessel[::-1]]
    return [*(one[k] / root**k for k in range(most, 0, -1)), *(one[k] * root**k for k in range(most + 1))]


def skellam_log_f(p: Any, k: Any) -> Any:
    if p.rate_up + p.rate_down > 10**4:
        return skellam_inverted(p, k, False)
    return -p.rate_up - p.rate_down + k / 2 * mp.log(p.rate_up / p.rate_down) + mp.log(mp.besseli(abs(k), 2 * mp.sqrt(p.rate_up * p.rate_down)))


def skellam_tails(p: Any, k: Any) -> tuple:
    right = k + mp.mpf(1) / 2 > p.rate_up - p.rate_down
    if p.rate_up + p.rate_down > 10**4:
        turned = p if right else type(p)(rate_up=p.rate_down, rate_down=p.rate_up)
        thin = skellam_inverted(turned, k + 1 if right else -k, True)
    else:
        masses = skellam_masses(p, most := int(abs(k) + 15 * mp.sqrt(p.rate_up + p.rate_down) + 120))
        at = int(k) + most
        thin = mp.log(mp.fsum(masses[at + 1 :] if right else masses[: at + 1]))
    thick = mp.log1p(-mp.exp(thin))
    return (thick, thin) if right else (thin, thick)


def skellam_numbers(p: Any) -> list:
    a, b = p.rate_up, p.rate_down
    v = a + b
    if v > 10**5:
        entropy = mp.log(2 * mp.pi * mp.e * v) / 2 - (a - b) ** 2 / v**3 / 12 if v >= 10**6 else None
    else:
        entropy = -mp.fsum(m * mp.log(m) for m in skellam_masses(p, int(abs(a - b) + 15 * mp.sqrt(v) + 120)))
    return [a - b, v, (a - b) / v ** mp.mpf(1.5), 1 / v, entropy]


def on_list(log_mass: Callable, ends: Callable) -> base.Truth:
    return log_mass, lambda p, k: listed_tails(p, log_mass, k, *ends(p)), lambda p: listed_numbers(p, log_mass, *ends(p))


TRUTH: dict[str, base.Truth] = {
    "HyperbolicSecant": (sech_log_f, sech_tails, lambda p: bell(p, p.location, p.scale, mp.pi**2 / 4, mp.mpf(2), mp.log(2 * mp.pi))),
    "GeneralizedNormal": (lambda p, x: mp.log(p.power / 2 / p.scale) - mp.loggamma(1 / p.power) - abs(z_of(p, x)) ** p.power, power_tails, power_numbers),
    "SkewNormal": (skew_log_f, skew_tails, skew_numbers),
    "AsymmetricLaplace": (
        lambda p, x: -mp.log(p.scale * (p.kappa + 1 / p.kappa)) - (z_of(p, x) * p.kappa if x > p.location else -z_of(p, x) / p.kappa),
        lopsided_tails,
        lopsided_numbers,
    ),
    "ExGaussian": (ex_log_f, ex_tails, ex_numbers),
    "JohnsonSU": (johnson_log_f, lambda p, x: normal_tails(p.gamma + p.delta * mp.asinh(z_of(p, x))), johnson_numbers),
    "GeneralizedExtremeValue": (
        lambda p, x: -mp.log(p.scale) - (1 + p.xi) * extreme_s(p, x) - mp.exp(-extreme_s(p, x)),
        lambda p, x: from_hazard(mp.exp(-extreme_s(p, x)))[::-1],
        extreme_numbers,
    ),
    "Moyal": (lambda p, x: -(z_of(p, x) + mp.exp(-z_of(p, x))) / 2 - mp.log(2 * mp.pi) / 2 - mp.log(p.scale), moyal_tails, moyal_numbers),
    "Kumaraswamy": (kumaraswamy_log_f, lambda p, x: from_hazard(-p.b * mp.log1p(-(x**p.a))), kumaraswamy_numbers),
    "Arcsine": (lambda p, x: -mp.log(mp.pi * mp.sqrt(abs((x - p.low) * (p.high - x)))), arcsine_tails, arcsine_numbers),
    "LogitNormal": (
        lambda p, x: log_phi((logit(x) - p.mu) / p.sigma) - mp.log(p.sigma * x * (1 - x)),
        lambda p, x: normal_tails((logit(x) - p.mu) / p.sigma),
        logit_numbers,
    ),
    "TruncatedNormal": (cut_log_f, cut_tails, cut_numbers),
    "WrappedCauchy": (wrapped_log_f, wrapped_tails, wrapped_numbers),
    "DiscreteUniform": (
        lambda p, k: -mp.log(p.high - p.low + 1),
        lambda p, k: tuple(mp.log(n / (p.high - p.low + 1)) if n else -mp.inf for n in (k - p.low + 1, p.high - k)),
        lambda p: [(p.low + p.high) / 2, *uniform_rest(p.high - p.low + 1)],
    ),
    "Hypergeometric": on_list(hyper_log_f, hyper_ends),
    "BetaBinomial": on_list(beta_binomial_log_f, lambda p: (0, p.n)),
    "Zipf": (lambda p, k: -p.exponent * mp.log(k) - mp.log(mp.zeta(p.exponent)), zipf_tails, zipf_numbers),
    "Logarithmic": (log_series_log_f, log_series_tails, log_series_numbers),
    "ZeroInflatedPoisson": (inflated_log_f, inflated_tails, inflated_numbers),
    "VonMises": (circle_log_f, circle_tails, circle_numbers),
    "Skellam": (skellam_log_f, skellam_tails, skellam_numbers),
}


def uniform_rest(n: Any) -> list:
    return [(n * n - 1) / 12, *([mp.mpf(0), -6 * (n * n + 1) / (5 * (n * n - 1))] if n > 1 else [None, None]), mp.log(n)]


BELL = [[0, 1], [-3.7, 0.2], [1e6, 1e-3], [41.3, 1e-12], [-2.2, 7e11]]
SETTINGS: dict[str, list] = {
    "HyperbolicSecant": BELL,
    "GeneralizedNormal": [[0, 1, 1.5], [1, 2, 2], [0, 1, 1], [0, 3, 0.3], [0, 1, 20], [0, 1, 1e3], [0, 1, 1e6], [-2, 1, 0.05], [0, 1, 2.001]],
    "SkewNormal": [[0, 1, 3], [0, 1, 0], [1, 2, -5], [0, 1, 1e-3], [0, 1, 40], [0, 0.1, 1e3], [0, 1, -1e6], [100, 1, 0.5]],
    "AsymmetricLaplace": [[0, 1, 0.7], [0, 1, 1], [2, 3, 4], [0, 1, 1.000001], [0, 1, 1e-3], [-1, 1e-6, 1e4]],
    "ExGaussian": [[0, 1, 1], [0, 1, 0.01], [1, 0.2, 5], [0, 1, 30], [0, 1, 1e-4], [0, 1, 3], [-2, 1e-6, 1], [0, 5, 7]],
    "JohnsonSU": [[1, 1.5, 0, 1], [0, 1, 0, 1], [-2, 0.5, 1, 3], [3, 10, 0, 1], [1, 1e3, 0, 1], [-30, 2, 0, 1], [0.2, 0.15, 0, 1]],
    "GeneralizedExtremeValue": [
        *[[0, 1, xi] for xi in (0.1, 0, 1e-5, -1e-5, 1e-9, 0.166, 0.167, -0.167, 0.24, 0.3, 0.4, 0.6, 1.5, -0.5, -1, -2)],
        [2, 0.3, -0.2],
        [1e3, 50, 0.05],
        [0, 1, -5],
        [0, 1, 5],
    ],
    "Moyal": BELL,
    "Kumaraswamy": [[2, 3], [1, 1], [0.5, 0.5], [10, 0.5], [0.5, 10], [30, 400], [1e4, 2], [3, 1e6], [1e6, 1e6], [5, 1e-3], [0.2, 3]],
    "Arcsine": [[0, 1], [-3, 7.5], [1e6, 1e6 + 1e-3], [-1e12, 1e12], [1e-12, 3e-12]],
    "LogitNormal": [[0, 1], [2, 0.3], [-5, 4], [0, 1e-4], [20, 1], [-40, 3], [1, 10], [0.5, 100], [3, 1e-3]],
    "TruncatedNormal": [
        [0, 1, -1, 2],
        [0, 1, 50, 60],
        [0, 1, -1e-6, 1e-6],
        [0, 1, -9, 10],
        [0, 1, -60, -50],
        [3, 2, -1, 2],
        [0, 1, 0, 1e-6],
        [0, 1, 5, 5.001],
        [-5, 0.5, 0, 10],
        [1, 3, -4, 5],
        [0, 1, 0, 40],
        [0, 1, -3, 0.5],
    ],
    "WrappedCauchy": [[0, 0.5], [1, 0.3], [-2.5, 0.9], [3.1, 0.5], [0, 0], [0.5, 0.99], [2, 0.999]],
    "DiscreteUniform": [[1, 6], [0, 0], [-10, 10], [0, 1], [-(10**9), 10**12]],
    "Hypergeometric": [[50, 15, 12], [10, 0, 3], [10, 10, 4], [52, 4, 13], [1000, 500, 400], [20, 18, 15], [5000, 40, 2500], [100000, 300, 20000], [2, 1, 1]],
    "BetaBinomial": [[20, 2, 3], [1, 0.4, 2], [0, 1, 1], [100, 1e-3, 1e-3], [50, 1e6, 2e6], [30, 1e-9, 5], [1000, 0.5, 7], [400, 300, 200], [20, 1e12, 1e12]],
    "Zipf": [[2.5], [1.5], [2.05], [3.1], [4.5], [5.01], [6], [20], [60], [300]],
    "Logarithmic": [[0.5], [0.02], [1e-6], [0.9], [0.999], [0.99999], [0.98]],
    "ZeroInflatedPoisson": [[4, 0.3], [4, 0], [0.5, 0.95], [1e-6, 0.5], [100, 0.01], [1000, 0.999], [1e6, 0.2], [2, 1e-12]],
    "VonMises": [
        [0, 2],
        [1, 0],
        [0.5, 1e-6],
        [-2, 0.3],
        [3.1, 1],
        [1, 1.9],
        [1, 2.1],
        [-2.5, 20],
        [3.1, 20],
        [0.3, 59],
        [0, 61],
        [2.8, 900],
        [0, 1100],
        [0.5, 1e4],
        [3.14159, 1e6],
        [1, 1e8],
        [0, 1e12],
    ],
    "Skellam": [
        [5, 3],
        [1e-12, 1e-12],
        [1e-9, 3],
        [0.2, 20],
        [20, 0.2],
        [7, 7],
        [300, 2],
        [900, 1000],
        [1500, 600],
        [3000, 4000],
        [1e4, 1e-6],
        [1e6, 1e6],
        [1e9, 1e3],
        [1e12, 1e12],
    ],
}
RANDOM = {
    "GeneralizedExtremeValue": [(0.5, 5), (0.1, 9), (1e-3, 0.24)],
    "Kumaraswamy": [(0.3, 30), (0.3, 30)],
    "LogitNormal": [(0.1, 3), (0.1, 8)],
    "AsymmetricLaplace": [(0.1, 9), (0.1, 9), (0.1, 10)],
    "SkewNormal": [(0.1, 9), (0.1, 9), (0.1, 30)],
    "ExGaussian": [(0.1, 9), (0.1, 9), (0.1, 9)],
    "Zipf": [(1.5, 9)],
    "Logarithmic": [(0.01, 0.99)],
    "VonMises": [(0.1, 3), (0.1, 50)],
    "Skellam": [(0.1, 30), (0.1, 30)],
}
DISTANCES = (-800.0, -45.0, -6.0, -1.7, -0.02, 0.01, 0.8, 2.9, 11.0, 800.0)
INSIDE = (1e-9, 0.003, 0.1, 0.37, 0.5001, 0.8, 0.97, 1 - 1e-6)


def places(name: str, p: Any, rng: np.random.Generator) -> Iterator[float]:
    """Yield where to look: in a bounded support by shares of its length, elsewhere around the middle and far out."""
    if name in ("Kumaraswamy", "LogitNormal"):
        yield from (*INSIDE, float(rng.uniform()), 1e-40)
    elif name in ("Arcsine", "TruncatedNormal"):
        yield from (float(p.low + (p.high - p.low) * mp.mpf(u)) for u in (*INSIDE, rng.uniform()))
    elif name == "Skellam":
        middle, width = p.rate_up - p.rate_down, mp.sqrt(p.rate_up + p.rate_down)
        yield from (float(mp.floor(middle + z * width)) for z in (-300 if width < 50 else -30, -9, -2, -0.5, 0, 0.4, 1, 3, 11, 40))
        yield from (-3.0, 0.0, 1.0, 2.0) if width < 50 else ()
    elif name == "VonMises":
        yield from (float(p.mu + z / (1 + mp.sqrt(p.kappa))) for z in (*DISTANCES, rng.normal(0, 1.5)))
        yield from (float(-PI + 2 * PI * mp.mpf(u)) for u in INSIDE)
    elif name == "WrappedCauchy":
        yield from (float(-PI + 2 * PI * mp.mpf(u)) for u in INSIDE)
        yield from (float(p.mu), float(p.mu + 1e-3))
    elif name in ("DiscreteUniform", "Hypergeometric", "BetaBinomial"):
        low, high = (p.low, p.high) if name == "DiscreteUniform" else hyper_ends(p) if name == "Hypergeometric" else (mp.mpf(0), p.n)
        yield from (float(mp.floor(low + (high - low) * mp.mpf(u))) for u in (0, 0.003, 0.02, 0.1, 0.2, 0.24, 0.3, 0.37, 0.5, 0.8, 0.97, 1))
    elif name in ("Zipf", "Logarithmic"):
        yield from (1.0, 2.0, 3.0, 5.0, 14.0, 15.0, 16.0, 40.0, 700.0, 1e5)
    elif name == "ZeroInflatedPoisson":
        yield from (float(mp.floor(p.rate + z * (1 + mp.sqrt(p.rate)))) for z in (-1e6, -20, -3, -1, 0, 0.5, 1, 2, 4, 9, 40))
        yield 0.0
    else:
        middle, width = (p.location, p.scale) if hasattr(p, "location") else (p.mu, p.scale if hasattr(p, "scale") else p.sigma)
        yield from (float(middle + width * z) for z in (*DISTANCES, rng.normal(0, 1.5)))


def main() -> None:
    """Write the table."""
    from core.distributions import FAMILY

    base.TRUTH, base.SETTINGS, base.RANDOM, base.places = TRUTH, SETTINGS, RANDOM, places
    path = HERE / "reference_line.json"
    families = {family.__name__: family for family in FAMILY}
    made = {name: base.table(families[name], np.random.default_rng(100 + i)) for i, name in enumerate(TRUTH) if name in (sys.argv[1:] or TRUTH)}
    known = (json.loads(path.read_text()) if path.exists() else {}) | made
    lines = [f"{json.dumps(name)}:[\n" + ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows) + "\n]" for name, rows in known.items()]
    path.write_text("{" + ",\n".join(lines) + "}\n")


if __name__ == "__main__":
    main()
