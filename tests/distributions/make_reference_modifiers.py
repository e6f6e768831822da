"""Makes reference_modifiers.json: like make_reference.py, for the laws that are made of others: cut, censored, with extra zeros, and mixed.

Run it as `python tests/distributions/make_reference_modifiers.py`; settings that stand in the table already are kept, so take out what is to be
made again. What the parts answer comes from the other tables' definitions; integrals are Gauss sums of 40 nodes a panel, checked against the
mass that the tails give.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import mpmath as mp
import numpy as np

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

import make_reference as base  # noqa: E402
import make_reference_line as line  # noqa: E402
import make_reference_positive as positive  # noqa: E402
from make_reference import both, entry  # noqa: E402

OF = base.TRUTH | line.TRUTH | positive.TRUTH
CLOSE = mp.mpf(10) ** -17  # how near a Gauss sum must come to the mass (an interval from -pi to pi is no whole circle)
MOST = 12_000  # whole numbers that are summed
NOISE = mp.mpf(10) ** -36  # what is left of 0 in a sum
TINY = 1e-35  # nearer to 0 a difference of tails has too few of its digits left
SAME = mp.mpf(10) ** -12  # nearer to a limit, relatively, is at it


def log_f(p: Any, x: Any) -> Any:
    return OF[p.type][0](p, x)


def tails(p: Any, x: Any) -> tuple:
    """Return the logs of both tails, beyond the ends of the support too."""
    low, high = p.ends
    if x < low:
        return -mp.inf, mp.mpf(0)
    if p.type == "Normal" and abs(x - p.mu) > 10**5 * p.sigma:  # of no weight beside any other law, and too far out for mpmath
        return (-mp.inf, mp.mpf(0)) if x < p.mu else (mp.mpf(0), -mp.inf)
    return (mp.mpf(0), -mp.inf) if x >= high else OF[p.type][1](p, x)


def mass(p: Any, a: Any, b: Any) -> Any:
    """Return P(a < X <= b), from the side on which the digits are."""
    (below_a, above_a), (below_b, above_b) = tails(p, a), tails(p, b)
    if below_b < above_a:
        return mp.exp(below_b) - mp.exp(below_a)
    return mp.exp(above_a) - mp.exp(above_b)


# Integrals and sums


@cache
def rule() -> list[tuple]:
    """Return nodes and weights of Gauss' rule on [0, 1]."""
    n, found = 40, []
    with mp.workdps(70):
        for k in range(n):
            x = mp.cos(mp.pi * (4 * k + 3) / (4 * n + 2))
            for _ in range(8):
                p0, p1 = mp.mpf(1), x
                for j in range(2, n + 1):
                    p0, p1 = p1, ((2 * j - 1) * x * p1 - (j - 1) * p0) / j
                slope = n * (x * p1 - p0) / (x * x - 1)
                x -= p1 / slope
            found.append(((1 + x) / 2, 1 / ((1 - x * x) * slope**2)))
    return found


def panels(p: Any, low: Any, high: Any, laws: tuple) -> list:
    """Return edges from low to high: quantiles of each law, its settings, and steps that grow fourfold away from ends and from the middle."""
    shares = [
        *(10.0**-k for k in range(300, 20, -40)),
        *(10.0**-k for k in range(20, 2, -3)),
        *np.linspace(0.02, 0.98, 25),
        *(1 - 10.0**-k for k in range(3, 16, 3)),
    ]
    inside = {mp.mpf(float(x)) for each in laws for x in each.spec.quantile(np.array(shares)) if np.isfinite(x)}
    inside |= {mp.mpf(value) for each in laws for _, value in each.spec.leaves().values() if isinstance(value, float)}
    inside |= {end for each in laws for end in each.ends}
    inside = sorted(x for x in inside if low < x < high)
    ends = [low if mp.isfinite(low) else inside[0] - 10**9, high if mp.isfinite(high) else inside[-1] + 10**9]
    steep = 1 / (abs(log_f(p, ends[0] + mp.mpf(10) ** -9) - log_f(p, ends[0] + mp.mpf(10) ** -8)) * 10**8 + 1 / (ends[1] - ends[0])) if not inside else 0
    unit = steep or (inside[-1] - inside[0]) / 20 or (ends[1] - ends[0]) / 8
    edges = {*ends, *inside}
    starts = [(ends[0], 1, -2), (ends[1], -1, -2)]  # and a density may be infinite at an end of a support, within the limits or not
    starts += [(end, sign, -50 if end else -200) for each in laws for end, sign in zip(each.ends, (1, -1), strict=True) if mp.isfinite(end)]
    if inside:
        starts += [(inside[len(inside) // 2], sign, -25) for sign in (1, -1)] + [(inside[0], -1, -3), (inside[-1], 1, -3)]
    for start, sign, first in starts:
        edges |= {x for k in range(first, 80) if ends[0] < (x := start + sign * unit * mp.mpf(4) ** k) < ends[1]}
    return sorted(edges)


def integrate(p: Any, low: Any, high: Any, laws: tuple = ()) -> tuple[list, list, list]:
    """Return nodes, weights (those of the law's density, not yet over the mass) and log densities."""
    edges = panels(p, low, high, laws or (p,))
    nodes, weights, logs = [], [], []
    with mp.workdps(45):
        for left, right in pairwise(edges):
            for t, w in rule():
                x = left + (right - left) * t
                f = log_f(p, x)
                nodes.append(x)
                weights.append((right - left) * w * mp.exp(f))
                logs.append(f)
    return nodes, weights, logs


def added(p: Any, low: Any, high: Any) -> tuple[list, list, list]:
    """Return the whole numbers from low to high, their masses and log masses."""
    nodes = [mp.mpf(k) for k in range(int(low), int(high) + 1)]
    logs = [log_f(p, k) for k in nodes]
    return nodes, [mp.exp(f) for f in logs], logs


def five(nodes: list, weights: list, logs: list, extra: tuple = ()) -> list:
    """Return the five numbers of a law given as nodes with masses, plus single values (place, mass, log)."""
    nodes, weights, logs = ([*each, *more] for each, more in zip((nodes, weights, logs), zip(*extra, strict=True) if extra else ((), (), ()), strict=True))
    mean = mp.fsum(w * x for w, x in zip(weights, nodes, strict=True))
    second, third, fourth = (mp.fsum(w * (x - mean) ** j for w, x in zip(weights, nodes, strict=True)) for j in (2, 3, 4))
    entropy = -mp.fsum(w * f for w, f in zip(weights, logs, strict=True) if w)
    if second < mp.mpf(10) ** -50:
        return [mean, second, None, None, entropy]
    skewness = third / second ** mp.mpf(1.5)
    mean = mean if abs(mean) > NOISE * mp.sqrt(second) else mp.mpf(0)
    return [mean, second, skewness if abs(skewness) > NOISE else mp.mpf(0), fourth / second**2 - 3, entropy]


# Cut


def cut_ends(p: Any) -> tuple:
    """Return the limits within the support; those of a count are its first and last whole number."""
    low, high = max(p.low, p.base.ends[0]), min(p.high, p.base.ends[1])
    return (mp.ceil(low), mp.floor(high)) if p.base.discrete else (low, high)


def cut_mass(p: Any) -> Any:
    low, high = cut_ends(p)
    return mass(p.base, low - (1 if p.base.discrete else 0), high)


def cut_tails(p: Any, x: Any) -> tuple:
    low, high = cut_ends(p)
    whole = cut_mass(p)
    return both(mass(p.base, low - (1 if p.base.discrete else 0), x) / whole, mass(p.base, x, high) / whole)


def cut_numbers(p: Any) -> list:
    low, high = cut_ends(p)
    whole = cut_mass(p)
    nodes, weights, logs = (added if p.base.discrete else integrate)(p.base, low, high)
    share = mp.fsum(weights) / whole
    assert abs(share - 1) < CLOSE, (p.base.spec, p.low, p.high, share - 1)
    return five(nodes, [w / whole for w in weights], [f - mp.log(whole) for f in logs])


# Censored


def at(x: Any, limit: Any) -> bool:
    return abs(x - limit) <= SAME * abs(limit)


def censored_log_f(p: Any, x: Any) -> Any:
    if at(x, p.low):
        return tails(p.base, p.low)[0]
    return tails(p.base, p.high)[1] if at(x, p.high) else log_f(p.base, x)


def censored_tails(p: Any, x: Any) -> tuple:
    return (mp.mpf(0), -mp.inf) if at(x, p.high) else tails(p.base, p.low if at(x, p.low) else x)


def censored_numbers(p: Any) -> list:
    low, high = cut_ends(p)
    nodes, weights, logs = integrate(p.base, low, high)
    assert abs(mp.fsum(weights) / mass(p.base, low, high) - 1) < CLOSE
    logs_at = ((p.low, tails(p.base, p.low)[0]), (p.high, tails(p.base, p.high)[1]))
    return five(nodes, weights, logs, tuple((place, mp.exp(f), f) for place, f in logs_at if f > -mp.inf))


# Extra zeros


def zeros_log_f(p: Any, k: Any) -> Any:
    there = p.base.ends[0] <= k <= p.base.ends[1]
    found = (1 - p.zeros) * mp.exp(log_f(p.base, k)) if there else mp.mpf(0)
    found += p.zeros if k == 0 else 0
    return mp.log(found) if found else -mp.inf


def zeros_tails(p: Any, k: Any) -> tuple:
    below, above = (mp.exp(each) for each in tails(p.base, k))
    on = 1 - p.zeros
    return both(on * below + (p.zeros if k >= 0 else 0), on * above + (p.zeros if k < 0 else 0))


def zeros_numbers(p: Any) -> list:
    low, high = p.base.ends
    first, last = (mp.mpf(float(p.base.spec.quantile(q))) for q in (1e-30, 1 - 1e-16))
    first, last = max(low, first - 3 * (last - first) - 60), min(high, last + 3 * (last - first) + 60)
    numbers = OF[p.base.type][2](p.base)
    m, v, s, k = numbers[:4]
    on, entropy = 1 - p.zeros, None
    if last - first < MOST and tails(p.base, last)[1] < -90:
        entropy = -mp.fsum(mp.exp(f) * f for f in (zeros_log_f(p, mp.mpf(j)) for j in range(int(min(first, 0)), int(max(last, 0)) + 1)) if f > -mp.inf)
    if None in (m, v, s, k) or not all(mp.isfinite(each) for each in (m, v, s, k)):
        return [on * m if m is not None else None, on * (v + p.zeros * m * m) if v is not None and mp.isfinite(v) else v, None, None, entropy]
    c3, c4 = s * v ** mp.mpf(1.5), (k + 3) * v * v
    raw = [m, v + m * m, c3 + 3 * m * v + m**3, c4 + 4 * m * c3 + 6 * m * m * v + m**4]
    with mp.workdps(120):
        return base.from_raw(*(on * each for each in raw), entropy)


# Mixed


def mixed(p: Any) -> list[tuple]:
    whole = sum(part.weight for part in p.parts)
    return [(part.weight / whole, part.law) for part in p.parts if part.weight]


def mixed_log_f(p: Any, x: Any) -> Any:
    total = mp.fsum(w * mp.exp(log_f(law, x)) for w, law in mixed(p) if law.ends[0] <= x <= law.ends[1])
    return mp.log(total) if total else -mp.inf


def mixed_tails(p: Any, x: Any) -> tuple:
    each = [(w, tails(law, x)) for w, law in mixed(p)]
    return both(*(mp.fsum(w * mp.exp(sides[i]) for w, sides in each) for i in (0, 1)))


def mixed_numbers(p: Any) -> list:
    each = [(w, OF[law.type][2](law)) for w, law in mixed(p)]
    if any(None in numbers[:4] or not all(mp.isfinite(value) for value in numbers[:4]) for _, numbers in each):
        return [None, None, None, None, mixed_entropy(p)]
    mean = mp.fsum(w * n[0] for w, n in each)
    second = mp.fsum(w * (n[1] + (n[0] - mean) ** 2) for w, n in each)
    third = mp.fsum(w * (n[2] * n[1] ** mp.mpf(1.5) + 3 * (n[0] - mean) * n[1] + (n[0] - mean) ** 3) for w, n in each)
    fourth = mp.fsum(
        w * ((n[3] + 3) * n[1] ** 2 + 4 * (n[0] - mean) * n[2] * n[1] ** mp.mpf(1.5) + 6 * (n[0] - mean) ** 2 * n[1] + (n[0] - mean) ** 4) for w, n in each
    )
    return [mean, second, third / second ** mp.mpf(1.5), fourth / second**2 - 3, mixed_entropy(p)]


def mixed_entropy(p: Any) -> Any:
    laws = tuple(law for _, law in mixed(p))
    if len(laws) == 1:
        return OF[laws[0].type][2](laws[0])[4]
    ends = [max(min(law.ends[0] for law in laws), -(mp.mpf(10) ** 60)), min(max(law.ends[1] for law in laws), mp.mpf(10) ** 60)]
    if p.discrete:
        first, last = (mp.mpf(float(pick(law.spec.quantile(q) for law in laws))) for pick, q in ((min, 1e-30), (max, 1 - 1e-16)))
        first, last = max(ends[0], first - 3 * (last - first) - 60), min(ends[1], last + 3 * (last - first) + 60)
        if last - first > MOST or mixed_tails(p, last)[1] > -90:
            return None
        return -mp.fsum(mp.exp(f) * f for f in (mixed_log_f(p, mp.mpf(k)) for k in range(int(first), int(last) + 1)) if f > -mp.inf)
    if any(law.type in ("Cauchy", "StudentT", "Pareto") for law in laws):
        return None
    _, weights, logs = integrate_mixture(p, laws, *ends)
    assert abs(mp.fsum(weights) - 1) < CLOSE, mp.fsum(weights) - 1
    return -mp.fsum(w * f for w, f in zip(weights, logs, strict=True) if w)


def integrate_mixture(p: Any, laws: tuple, low: Any, high: Any) -> tuple[list, list, list]:
    p.type = "Mixture"
    return integrate(p, low, high, laws)


TRUTH: dict[str, base.Truth] = {
    "Truncated": (lambda p, x: log_f(p.base, x) - mp.log(cut_mass(p)), cut_tails, cut_numbers),
    "Censored": (censored_log_f, censored_tails, censored_numbers),
    "ZeroInflated": (zeros_log_f, zeros_tails, zeros_numbers),
    "Mixture": (mixed_log_f, mixed_tails, mixed_numbers),
}
OF["Mixture"] = TRUTH["Mixture"]

SETTINGS: dict[str, list] = {
    "Truncated": [
        *[
            ("Normal", [0, 1], a, b)
            for a, b in ((-1, 2), (8, 9), (30, 40), (30, 1e12), (-60, -50), (-7, 7), (-9, 10), (1, 1.000001), (-1e12, 0.5), (-0.5, 1e6))
        ],
        ("Normal", [1e6, 1e-3], 1e6 - 1e-3, 1e6 + 2e-3),
        ("Normal", [3, 1e-6], -1, 3.000002),
        *[("Gamma", [2, 1], a, b) for a, b in ((0.01, 0.02), (0.5, 3), (40, 1e12), (0, 8))],
        *[("Gamma", s, a, b) for s, a, b in (([0.4, 3], 0, 1), ([30, 0.1], -1, 100), ([1e-2, 1], 1e-9, 2), ([1e4, 1], 9900, 1e6), ([0.4, 3], 0, 50))],
        *[("Cauchy", [0, 1], a, b) for a, b in ((-2, 4), (0, 1e12), (1000, 1e6), (-1e6, 3))],
        *[("StudentT", [2.5, 0, 1], a, b) for a, b in ((-1, 1e9), (-3, 3))],
        *[("StudentT", [30, 1, 2], a, b) for a, b in ((-3, 3), (-30, 40), (20, 30))],
        *[("Weibull", s, a, b) for s, a, b in (([0.5, 1], 0, 3), ([3, 2], 1, 1.5), ([0.5, 1], 100, 1e6), ([30, 3], 0, 3))],
        *[("Beta", s, a, b) for s, a, b in (([0.5, 0.5], 0.1, 0.95), ([2, 3], 0, 0.2), ([50, 2], 0.2, 0.7))],
        *[("LogNormal", s, a, b) for s, a, b in (([0, 1], 0.1, 50), ([0, 3], 1e-6, 1e6), ([2, 0.5], 0, 1e3))],
        *[("Laplace", [0, 1], a, b) for a, b in ((-0.5, 2), (20, 30), (-30, 5))],
        ("Exponential", [1], 2, 3),
        ("Exponential", [1], 0, 500),
        ("Pareto", [1.1, 1], 0, 1e6),
        ("Uniform", [0, 1], 0.2, 0.7),
        ("Uniform", [0, 1], -3, 0.1),
        ("Levy", [1], 0.1, 1e8),
        ("VonMises", [1, 5], -1, 2),
        ("GaussianMixture", [[{"type": "Part", "weight": 0.4, "mean": -2, "sd": 0.8}, {"type": "Part", "weight": 0.6, "mean": 1.5, "sd": 1.2}]], -3, 2),
        ("GeneralizedExtremeValue", [0, 1, 0.1], 0, 10),
        ("Triangular", [0, 0.3, 1], 0.2, 0.9),
        ("Logistic", [0, 1], -1, 20),
        *[
            ("Poisson", s, a, b)
            for s, a, b in (([4], 2, 9), ([4], -1, 3), ([4], 30, 40), ([1e4], 9900, 10200.5), ([4], 0, 100), ([1e8], 1e8 - 3000, 1e8 + 3000))
        ],
        *[("Binomial", s, a, b) for s, a, b in (([20, 0.3], 3, 6), ([10**6, 0.5], 499000, 500500), ([20, 0.3], 15, 30))],
        ("Geometric", [0.01], 50, 300),
        ("NegativeBinomial", [4, 0.4], 1, 12),
        *[("Zipf", [1.5], a, b) for a, b in ((1, 1000), (10, 1e4))],
        *[("Skellam", [5, 3], a, b) for a, b in ((-4, 3), (-40, 30), (20, 60))],
        ("DiscreteUniform", [1, 6], 2, 4.5),
        ("Categorical", [[0.5, 0.3, 0.2]], 1, 2),
        ("Hypergeometric", [50, 15, 12], 2, 4),
    ],
    "Censored": [
        *[("Normal", [0, 1], a, b) for a, b in ((-1.5, 1.5), (-6, 7), (2, 3), (-40, 0), (-9, 10), (0, 1e12))],
        *[("Exponential", [1], a, b) for a, b in ((0.1, 2), (-1, 30), (1e-9, 1))],
        *[("Gamma", s, a, b) for s, a, b in (([2, 1], 1, 3), ([0.4, 3], 0.01, 1), ([1e4, 1], 9900, 10300))],
        *[("Cauchy", [0, 1], a, b) for a, b in ((-2, 4), (-1e6, 1e6), (0, 1e12))],
        ("Weibull", [0.5, 1], 0.01, 5),
        ("LogNormal", [0, 2], 0.5, 100),
        *[("StudentT", [5, 0, 1], a, b) for a, b in ((-8, 9), (-1, 100))],
        ("Logistic", [0, 1], -1, 20),
        ("Uniform", [0, 1], 0.2, 0.9),
        ("Beta", [0.5, 0.5], 0.1, 0.9),
        ("Laplace", [0, 1], -0.5, 2),
        ("Pareto", [3, 1], 0, 5),
    ],
    "ZeroInflated": [
        *[("Poisson", [r], z) for r, z in ((4, 0.3), (4, 0), (1e-9, 0.999), (1e6, 0.2), (2, 1e-12), (100, 0.01))],
        *[("NegativeBinomial", s, z) for s, z in (([4, 0.4], 0.1), ([0.5, 0.01], 0.9))],
        ("Binomial", [20, 0.3], 0.5),
        ("Geometric", [0.3], 0.2),
        ("Zipf", [6], 0.9),
        ("Zipf", [2.5], 0.3),
        ("Skellam", [5, 3], 0.3),
        ("Skellam", [0.2, 9], 0.6),
        ("DiscreteUniform", [5, 10], 0.4),
        ("Bernoulli", [1e-9], 0.5),
        ("Categorical", [[0.5, 0.3, 0.2]], 0.25),
        ("Logarithmic", [0.9], 0.3),
        ("Hypergeometric", [50, 15, 12], 0.05),
        ("Poisson", [7], 0.999999999),
    ],
    "Mixture": [
        [(0.3, "Normal", [3, 0.3]), (0.7, "Exponential", [0.5])],
        [(0.4, "Normal", [-2, 0.8]), (0.6, "Normal", [1.5, 1.2])],
        [(1, "Gamma", [2, 1])],
        [(1, "Gamma", [0.4, 3]), (2, "LogNormal", [0, 0.5])],
        [(1e-9, "Normal", [50, 1]), (1, "Logistic", [0, 1])],
        [(1, "Uniform", [0, 1]), (1, "Uniform", [5, 6]), (2, "Normal", [0.5, 2])],
        [(1, "Normal", [0, 1e-6]), (1, "Normal", [0, 1])],
        [(1, "Laplace", [0, 1]), (1, "Triangular", [0, 0.3, 1])],
        [(1, "Cauchy", [0, 1]), (3, "Normal", [5, 1])],
        [(1, "StudentT", [5, 0, 1]), (1, "Normal", [0, 3])],
        [(1, "Weibull", [1.5, 1]), (1, "Beta", [2, 3]), (0, "Cauchy", [0, 1]), (1, "Exponential", [10])],
        [(1, "VonMises", [1, 5]), (1, "WrappedCauchy", [-1, 0.5])],
        [(1, "Poisson", [3]), (1, "Binomial", [10, 0.3])],
        [(0.3, "Poisson", [40]), (0.7, "NegativeBinomial", [4, 0.4])],
        [(1, "Bernoulli", [1e-9]), (2, "Bernoulli", [2e-9])],
        [(1, "Skellam", [5, 3]), (1, "Geometric", [0.2])],
        [(1, "DiscreteUniform", [-10, 10]), (1, "Categorical", [[0.5, 0.3, 0.2]])],
        [(1, "Zipf", [6]), (1, "Poisson", [1000])],
    ],
}
INSIDE = (1e-9, 0.003, 0.1, 0.37, 0.5001, 0.8, 0.97, 1 - 1e-6)
SHARES = (1e-290, 1e-100, 1e-12, 1e-3, 0.1, 0.4, 0.5, 0.7, 0.95, 1 - 1e-9)


def data_of(name: str, setting: Any) -> dict:
    """Return the spec of a setting as a dict."""
    from core import distributions

    def law(kind: str, values: list) -> dict:
        return {"type": kind, **dict(zip(getattr(distributions, kind).params(), values, strict=True))}

    if name == "Mixture":
        return {"type": name, "parts": [{"type": "Component", "weight": w, "law": law(kind, values)} for w, kind, values in setting]}
    kind, values, *rest = setting
    return {"type": name, "base": law(kind, values), **dict(zip(("zeros",) if name == "ZeroInflated" else ("low", "high"), rest, strict=True))}


def exact(data: dict, path: list[str] | None = None, move: float = 0.0) -> Any:
    """Turn a spec's dict into namespaces of mpf, one of them moved; laws also have their type, spec, ends and kind."""
    from core import distributions

    def walk(value: Any, at: list[str]) -> Any:
        if isinstance(value, dict):
            inner = [*at, value["type"]] if at and at[-1] in ("base", "law") else at
            made = SimpleNamespace(**{name: walk(each, [*inner, name]) for name, each in value.items() if name != "type"}, type=value["type"])
            if hasattr(distributions, value["type"]):
                made.spec = getattr(distributions, value["type"]).from_dict(value)
                made.discrete = made.spec.discrete
                made.ends = tuple(map(mp.mpf, (made.spec.support.low, made.spec.support.high)))
                own = [each for each in (getattr(made, "low", None), getattr(made, "high", None)) if each is not None]
                if len(own) == 2 and made.type not in TRUTH:  # ends that are settings move with them
                    made.ends = tuple(own)
                if made.type == "Pareto":
                    made.ends = (made.scale, mp.inf)
            return made
        if isinstance(value, list):
            return [walk(each, [*at[:-1], at[-1].removesuffix("s"), str(i)]) for i, each in enumerate(value)]
        return mp.mpf(value) * (1 + mp.mpf(move)) if at == path else mp.mpf(value)

    return walk(data, [])


def perturbed(spec: Any) -> Iterator[Any]:
    """Yield the exact law, then copies with one real setting moved by a few units in its last place."""
    yield exact(spec.to_dict())
    for path, (knob, value) in spec.leaves().items():
        if isinstance(value, float):
            yield exact(spec.to_dict(), path.split("."), -base.ULPS if value == knob.bounds[1] else base.ULPS)


def places(spec: Any) -> Iterator[float]:
    """Yield where to look: by shares of the mass, and of the length of a short support."""
    yield from (float(x) for x in spec.quantile(np.array(SHARES)))
    low, high = spec.support.low, spec.support.high
    if np.isfinite(low) and np.isfinite(high):
        yield from (low + (high - low) * u for u in INSIDE)
        yield from (low, high) if spec.discrete or spec.atoms else ()
    else:
        middle, width = spec.median(), float(spec.quantile(0.84) - spec.quantile(0.16))
        yield from (middle + z * width for z in (-20, -4, 0.1, 5, 30))


def row_of(spec: Any) -> dict:
    """Compute everything for one setting."""
    name = type(spec).__name__
    laws = list(perturbed(spec))
    numbers = [TRUTH[name][2](p) for p in laws]
    row = {"spec": spec.to_dict(), "numbers": [entry([each[i] for each in numbers]) for i in range(5)], "points": []}
    single = [place for place, _ in spec.atoms]
    for x in sorted({float(np.floor(x)) if spec.discrete else x for x in places(spec) if np.isfinite(x) and not 0 < abs(x) < TINY}):
        if spec.support.low < x < spec.support.high or (spec.discrete and spec.log_prob(x) > -np.inf) or x in single:
            made = base.point(name, laws, x, spec.discrete)
            if x in single:
                made.pop("quantile", None)
            row["points"].append(made)
    return row


def main() -> None:
    """Write the table, a row at a time."""
    from core.distributions import FAMILY

    base.TRUTH = TRUTH
    path = HERE / "reference_modifiers.json"
    families = {family.__name__: family for family in FAMILY}
    wanted = sys.argv[1:] or list(TRUTH)
    for name, setting in ((each, setting) for each in TRUTH if each in wanted for setting in SETTINGS[each]):
        known = json.loads(path.read_text()) if path.exists() else {}
        spec = families[name].from_dict(data_of(name, setting))
        if spec.to_dict() in [row["spec"] for row in known.get(name, [])]:
            continue
        known.setdefault(name, []).append(row_of(spec))
        lines = [
            f"{json.dumps(each)}:[\n" + ",\n".join(json.dumps(row, separators=(",", ":")) for row in known[each]) + "\n]" for each in TRUTH if each in known
        ]
        path.write_text("{" + ",\n".join(lines) + "}\n")
        print(setting, flush=True)


if __name__ == "__main__":
    main()
