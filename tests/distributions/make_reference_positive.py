"""Makes reference_positive.json: the laws on the half line that joined later, in the manner of make_reference.py.

Run it as `python tests/distributions/make_reference_positive.py [Family ...]`; it takes a few minutes.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import mpmath as mp
import numpy as np

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[2])]

import make_reference as base  # noqa: E402
from make_reference import beta_tails, both, entry, from_hazard, gamma_tails, integrated, normal_tails, perturbed  # noqa: E402

DIGITS = 140  # for moments, which cancel
HALF = mp.mpf(1) / 2


# Numbers


def numbers(raw: Callable, last: Any, entropy: Any) -> list:
    """Return the five numbers from E X^j, which exists for j < last: a moment is inf when only that one is missing."""
    with mp.workdps(DIGITS):
        m1, m2, m3, m4 = (raw(j) if j < last else mp.mpf(0) for j in (1, 2, 3, 4))
        variance = m2 - m1**2 if last > 2 else mp.inf if last > 1 else None
        found = [m1 if last > 1 else mp.inf, variance, None, None, entropy]
        if last > 2:
            found[2] = (m3 - 3 * m1 * m2 + 2 * m1**3) / variance ** mp.mpf(1.5) if last > 3 else mp.inf
            found[3] = (m4 - 4 * m1 * m3 + 6 * m1**2 * m2 - 3 * m1**4) / variance**2 - 3 if last > 4 else mp.inf
    return found


def log_normal_peak(z: Any) -> Any:
    return -z * z / 2 - mp.log(2 * mp.pi) / 2


# Powers of a gamma variable: X = s G^(1 / k)


def gamma_power(law: Callable) -> tuple:
    """Return the truth for the law whose (a, k, s) are given by a function of the parameters."""

    def log_f(p: Any, x: Any) -> Any:
        a, k, s = law(p)
        return mp.log(abs(k) / s) + (a * k - 1) * mp.log(x / s) - (x / s) ** k - mp.loggamma(a)

    def tails(p: Any, x: Any) -> tuple:
        a, k, s = law(p)
        t = (x / s) ** k
        if t > 10**7 + 2 * a:  # DLMF 8.11.2
            term = total = mp.mpf(1)
            for i in range(1, 250):
                term *= (a - i) / t
                total += term
                if abs(term) < mp.mpf(10) ** -65:
                    break
            below, above = mp.mpf(0), -t + (a - 1) * mp.log(t) - mp.loggamma(a) + mp.log(total)
        elif t < mp.mpf(10) ** -60:  # the first term of the series
            below = a * mp.log(t) - mp.loggamma(a + 1)
            above = mp.log1p(-mp.exp(below))
        else:
            below, above = gamma_tails(a, t)
        return (below, above) if k > 0 else (above, below)

    def all_numbers(p: Any) -> list:
        a, k, s = law(p)
        with mp.workdps(DIGITS):
            entropy = a + mp.loggamma(a) + (1 / k - a) * mp.psi(0, a) + mp.log(s / abs(k))
        return numbers(lambda j: s**j * mp.exp(mp.loggamma(a + j / k) - mp.loggamma(a)), -a * k if k < 0 else mp.inf, entropy)

    return log_f, tails, all_numbers


# The other families


def wald_sides(p: Any, x: Any) -> tuple:
    root = mp.sqrt(p.shape / x)
    return root * (x / p.mu - 1), root * (x / p.mu + 1)


def wald_tails(p: Any, x: Any) -> tuple:
    with mp.workdps(DIGITS):
        a, b = wald_sides(p, x)
        reflected = mp.exp(2 * p.shape / p.mu) * mp.erfc(b / mp.sqrt(2)) / 2
        return both(mp.erfc(-a / mp.sqrt(2)) / 2 + reflected, mp.erfc(a / mp.sqrt(2)) / 2 - reflected)


def wald_numbers(p: Any) -> list:
    f = 2 * p.shape / p.mu
    entropy = mp.log(2 * mp.pi * mp.e * p.mu**3 / p.shape) / 2 - mp.mpf(3) / 2 * mp.exp(f) * mp.e1(f)
    ratio = p.mu / p.shape
    return [p.mu, p.mu**2 * ratio, 3 * mp.sqrt(ratio), 15 * ratio, entropy]  # from its cumulants (2 n - 3)!! mu^(2 n - 1) / shape^(n - 1)


def f_log_f(p: Any, x: Any) -> Any:
    a, b = p.d1 / 2, p.d2 / 2
    log_beta = mp.loggamma(a) + mp.loggamma(b) - mp.loggamma(a + b)
    return a * mp.log(a / b) + (a - 1) * mp.log(x) - (a + b) * mp.log1p(a * x / b) - log_beta


def f_tails(p: Any, x: Any) -> tuple:
    with mp.workdps(420 if min(p.d1, p.d2) < HALF else 60):  # a share of 1e-150 has a complement
        return beta_tails(p.d1 / 2, p.d2 / 2, p.d1 * x / (p.d1 * x + p.d2))


def f_numbers(p: Any) -> list:
    a, b = p.d1 / 2, p.d2 / 2
    with mp.workdps(DIGITS):
        log_beta = mp.loggamma(a) + mp.loggamma(b) - mp.loggamma(a + b)
        entropy = log_beta + mp.log(b / a) + (1 - a) * mp.psi(0, a) - (1 + b) * mp.psi(0, b) + (a + b) * mp.psi(0, a + b)
    return numbers(lambda j: (b / a) ** j * mp.rf(a, j) / mp.rf(b - j, j), b, entropy)


def log_logistic_numbers(p: Any) -> list:
    return numbers(lambda j: p.scale**j * (j * mp.pi / p.shape) / mp.sin(j * mp.pi / p.shape), p.shape, mp.log(p.scale / p.shape) + 2)


def lomax_numbers(p: Any) -> list:
    return numbers(lambda j: p.scale**j * mp.factorial(j) / mp.rf(p.shape - j, j), p.shape, 1 + 1 / p.shape + mp.log(p.scale / p.shape))


def excess_hazard(p: Any, x: Any) -> Any:
    z = 1 + p.xi * x / p.sigma
    return mp.log(z) / p.xi if p.xi and z > 0 else x / p.sigma if not p.xi else mp.mpf(10) ** 9


def excess_numbers(p: Any) -> list:
    def raw(j: int) -> Any:
        product = mp.mpf(1)
        for i in range(1, j + 1):
            product *= i * p.sigma / (1 - i * p.xi)
        return product

    return numbers(raw, 1 / p.xi if p.xi > 0 else mp.inf, mp.log(p.sigma) + p.xi + 1)


def gompertz_numbers(p: Any) -> list:
    with mp.workdps(45):
        ends = sorted({mp.mpf(each) for each in (0, 1, 4, 12, 40, 110)} | {p.shape * 10**k for k in range(-2, 14, 2) if p.shape * 10**k < 110})
        raw = [mp.quad(lambda s, j=j: mp.log1p(s / p.shape) ** j * mp.exp(-s), ends) / p.rate**j for j in (1, 2, 3, 4)]
    return numbers(lambda j: raw[j - 1], mp.inf, 1 - mp.log(p.rate * p.shape) - raw[0] * p.rate)


def birnbaum_z(p: Any, x: Any) -> Any:
    return (mp.sqrt(x / p.scale) - mp.sqrt(p.scale / x)) / p.shape


def birnbaum_log_f(p: Any, x: Any) -> Any:
    return mp.log((mp.sqrt(x / p.scale) + mp.sqrt(p.scale / x)) / (2 * p.shape * x)) + log_normal_peak(birnbaum_z(p, x))


def birnbaum_numbers(p: Any) -> list:
    a = p.shape
    even = [1, 1, 3, 15, 105]  # E Z^(2 i)

    def raw(j: int) -> Any:  # X / scale = e^(2 t) with sinh t = a Z / 2, so that E X^j = E cosh(2 j t), a polynomial in Z^2
        return p.scale**j * sum(c * (a / 2) ** (2 * i) * even[i] for i, c in enumerate(cosh[j]))

    cosh = {1: [1, 2], 2: [1, 8, 8], 3: [1, 18, 48, 32], 4: [1, 32, 160, 256, 128]}
    with mp.workdps(40):
        ends = sorted({mp.mpf(each) for each in (0, 1, 3, 6, 10, 15)} | {10**k / a for k in range(-2, 12) if 10**k / a < 15})
        spread = mp.quad(lambda z: 2 * mp.exp(log_normal_peak(z)) * mp.log1p((a * z / 2) ** 2), ends)
    return numbers(raw, mp.inf, mp.log(2 * mp.pi * mp.e) / 2 + mp.log(a * p.scale) - spread / 2)


def log_i0(y: Any) -> Any:
    """Return log I_0(y), beyond 300 by its asymptotic series, https://dlmf.nist.gov/10.40.E1."""
    if y < 300:
        return mp.log(mp.besseli(0, y))
    term = total = mp.mpf(1)
    for k in range(1, 90):
        term *= (2 * k - 1) ** 2 / (8 * k * y)
        total += term
        if term < mp.mpf(10) ** -65:
            break
    return y - mp.log(2 * mp.pi * y) / 2 + mp.log(total)


def rice_log_f(p: Any, x: Any) -> Any:
    return mp.log(x) - 2 * mp.log(p.sigma) - (x * x + p.nu * p.nu) / (2 * p.sigma**2) + log_i0(x * p.nu / p.sigma**2) if x > 0 else -mp.inf


def rice_tails(p: Any, x: Any) -> tuple:
    if p.nu / p.sigma < 12 and x / p.sigma < 40:  # Poisson(x^2 / 2) beyond, or not beyond, an independent Poisson(nu^2 / 2)
        here, there = (x / p.sigma) ** 2 / 2, (p.nu / p.sigma) ** 2 / 2
        below = above = seen = mp.mpf(0)
        one, other = mp.exp(-here), mp.exp(-there)
        left = mp.mpf(1)  # P(other count >= i)
        for i in range(int(here + 20 * mp.sqrt(here) + 250)):
            below, above = below + one * seen, above + one * left
            seen, left = seen + other, left - other
            one, other = one * here / (i + 1), other * there / (i + 1)
        return both(below, above)
    center = mp.sqrt(p.nu**2 + p.sigma**2)
    return integrated(lambda x: rice_log_f(p, x), x, mp.mpf(0), mp.inf, center, p.sigma)


def rice_numbers(p: Any) -> list:
    z = (p.nu / p.sigma) ** 2 / 2
    middle = mp.sqrt(p.nu**2 + p.sigma**2)
    with mp.workdps(32):
        ends = sorted({max(mp.mpf(0), middle + k * p.sigma) for k in (-13, -8, -5, -3, -1, 1, 3, 5, 8, 13)})
        entropy = -mp.quad(lambda x: mp.exp(rice_log_f(p, x)) * rice_log_f(p, x) if x > 0 else mp.mpf(0), ends)
    return numbers(lambda j: (2 * p.sigma**2) ** (j * HALF) * mp.gamma(1 + j * HALF) * mp.hyp1f1(-j * HALF, 1, -z), mp.inf, entropy)


def burr_numbers(p: Any) -> list:
    def raw(j: int) -> Any:
        return p.scale**j * mp.exp(mp.loggamma(p.k - j / p.c) + mp.loggamma(1 + j / p.c) - mp.loggamma(p.k))

    entropy = 1 + 1 / p.k + mp.log(p.scale / (p.c * p.k)) + (1 - 1 / p.c) * (mp.euler + mp.psi(0, p.k))
    return numbers(raw, p.c * p.k, entropy)


def half_cauchy_tails(p: Any, x: Any) -> tuple:
    return both(2 * mp.atan2(x, p.scale) / mp.pi, 2 * mp.atan2(p.scale, x) / mp.pi)


def levy_tails(p: Any, x: Any) -> tuple:
    z = mp.sqrt(p.scale / (2 * x))
    return both(mp.erfc(z), mp.erf(z))


def half_normal_tails(p: Any, x: Any) -> tuple:
    z = x / p.sigma / mp.sqrt(2)
    return both(mp.erf(z), mp.erfc(z))


ROOT = mp.sqrt(2)
TRUTH: dict[str, base.Truth] = {
    "ChiSquared": gamma_power(lambda p: (p.df / 2, 1, mp.mpf(2))),
    "Chi": gamma_power(lambda p: (p.df / 2, mp.mpf(2), ROOT)),
    "InverseGamma": gamma_power(lambda p: (p.shape, mp.mpf(-1), p.scale)),
    "InverseGaussian": (lambda p, x: mp.log(p.shape / x**3) / 2 + log_normal_peak(wald_sides(p, x)[0]), wald_tails, wald_numbers),
    "Rayleigh": gamma_power(lambda p: (mp.mpf(1), mp.mpf(2), ROOT * p.sigma)),
    "Maxwell": gamma_power(lambda p: (mp.mpf(1.5), mp.mpf(2), ROOT * p.sigma)),
    "HalfNormal": (
        lambda p, x: mp.log(2 / p.sigma) + log_normal_peak(x / p.sigma),
        half_normal_tails,
        gamma_power(lambda p: (HALF, mp.mpf(2), ROOT * p.sigma))[2],
    ),
    "HalfCauchy": (
        lambda p, x: mp.log(2 / (mp.pi * p.scale * (1 + (x / p.scale) ** 2))),
        half_cauchy_tails,
        lambda p: [mp.inf, None, None, None, mp.log(2 * mp.pi * p.scale)],
    ),
    "FRatio": (f_log_f, f_tails, f_numbers),
    "LogLogistic": (
        lambda p, x: mp.log(p.shape / x) + p.shape * mp.log(x / p.scale) - 2 * mp.log1p((x / p.scale) ** p.shape),
        lambda p, x: (-mp.log1p((x / p.scale) ** -p.shape), -mp.log1p((x / p.scale) ** p.shape)),
        log_logistic_numbers,
    ),
    "Lomax": (
        lambda p, x: mp.log(p.shape / p.scale) - (p.shape + 1) * mp.log1p(x / p.scale),
        lambda p, x: from_hazard(p.shape * mp.log1p(x / p.scale)),
        lomax_numbers,
    ),
    "GeneralizedPareto": (
        lambda p, x: -mp.log(p.sigma) - (1 + p.xi) * excess_hazard(p, x),
        lambda p, x: from_hazard(excess_hazard(p, x)),
        excess_numbers,
    ),
    "Levy": (
        lambda p, x: mp.log(p.scale / (2 * mp.pi)) / 2 - p.scale / (2 * x) - 3 * mp.log(x) / 2,
        levy_tails,
        lambda p: [mp.inf, None, None, None, (1 + 3 * mp.euler + mp.log(16 * mp.pi * p.scale**2)) / 2],
    ),
    "Gompertz": (
        lambda p, x: mp.log(p.rate * p.shape) + p.rate * x - p.shape * mp.expm1(p.rate * x),
        lambda p, x: from_hazard(p.shape * mp.expm1(p.rate * x)),
        gompertz_numbers,
    ),
    "Nakagami": gamma_power(lambda p: (p.m, mp.mpf(2), mp.sqrt(p.omega / p.m))),
    "BirnbaumSaunders": (birnbaum_log_f, lambda p, x: normal_tails(birnbaum_z(p, x)), birnbaum_numbers),
    "Frechet": (
        lambda p, x: mp.log(p.shape / x) - p.shape * mp.log(x / p.scale) - (x / p.scale) ** -p.shape,
        lambda p, x: from_hazard((x / p.scale) ** -p.shape)[::-1],
        gamma_power(lambda p: (mp.mpf(1), -p.shape, p.scale))[2],
    ),
    "Rice": (rice_log_f, rice_tails, rice_numbers),
    "GeneralizedGamma": gamma_power(lambda p: (p.shape, p.power, p.scale)),
    "BurrXII": (
        lambda p, x: mp.log(p.c * p.k / x) + p.c * mp.log(x / p.scale) - (p.k + 1) * mp.log1p((x / p.scale) ** p.c),
        lambda p, x: from_hazard(p.k * mp.log1p((x / p.scale) ** p.c)),
        burr_numbers,
    ),
}

ONE = ([1.0], [1e-6], [3.7e8], [0.37], [1e12])
SETTINGS: dict[str, list] = {
    **{name: [list(each) for each in ONE] for name in ("Rayleigh", "Maxwell", "HalfNormal", "HalfCauchy", "Levy")},
    "ChiSquared": [[4], [1], [2], [1e-6], [0.3], [37], [399], [1e4], [1e8], [1e12]],
    "Chi": [[3], [1], [1e-6], [0.3], [23], [37], [399], [1e4], [1e8], [1e10]],
    "InverseGamma": [[3, 1], [1e-6, 1], [1.5, 2], [2.5, 1], [4, 1e8], [4.2, 1e-6], [30, 1], [1e4, 1], [1e8, 3]],
    "InverseGaussian": [[1, 1], [1, 1e-6], [1e8, 1], [1, 1e8], [1e-6, 1], [3, 200], [1e4, 1e-6], [20, 0.3], [1e8, 1e8]],
    "FRatio": [[5, 8], [1, 1], [2, 3], [1e-3, 5], [7, 0.01], [40, 4.5], [3, 6.5], [1e6, 3], [1, 1e6], [1e3, 1e3], [1e6, 1e8]],
    "LogLogistic": [[1, 3], [1, 1], [2, 1e-2], [1e8, 1.5], [1e-6, 2.5], [3, 5.2], [1, 4.9], [1, 1e4], [1, 1e8]],
    "Lomax": [[3, 1], [1e-3, 1], [1, 1e8], [1.5, 1], [2.5, 1e-6], [3.5, 1], [4.1, 2], [1e4, 1], [1e8, 1e8]],
    "GeneralizedPareto": [[0.2, 1], [0, 1], [-1, 2], [-0.5, 1e8], [5, 1], [-5, 1e-6], [0.4, 1], [0.7, 3], [1e-9, 1], [-1e-6, 1], [-0.3, 1]],
    "Gompertz": [[0.5, 1], [1e-6, 1], [1e-12, 1], [1e8, 1], [10, 1e8], [0.03, 1e-6], [50, 1]],
    "Nakagami": [[1.5, 1], [0.5, 2], [1e-6, 1], [13, 1e8], [11, 1e-6], [150, 1], [1e4, 1], [1e8, 1]],
    "BirnbaumSaunders": [[0.5, 1], [1e-6, 1], [0.01, 1e8], [3, 1e-6], [100, 1], [1e6, 1], [1e8, 2]],
    "Frechet": [[3, 1], [1e-2, 1], [1, 1], [1.5, 1e8], [2.5, 1e-6], [3.5, 1], [4.5, 1], [30, 1], [1e4, 1], [1e8, 1]],
    "Rice": [[1, 1], [0, 1], [1e-6, 3], [3, 1], [9.5, 1], [11, 1], [13.5, 1], [30, 1], [1e3, 1], [1e8, 1], [1e6, 1e-6]],
    "GeneralizedGamma": [[2, 1.5, 1], [1e-3, 1e3, 1], [1e-6, 2, 1], [1, 1e-2, 1], [250, 3, 1], [1e8, 3, 1], [1e6, 1e-2, 1], [0.5, 1e8, 1], [1e4, 1e3, 1e8]],
    "BurrXII": [[2, 3, 1], [1, 1, 1], [1e-2, 5, 1], [5, 1e-3, 1], [1.5, 2.2, 1e8], [3, 1.2, 1e-6], [1e8, 2, 1], [3, 1e8, 1], [30, 0.2, 1], [1e4, 1e4, 1]],
}
RANDOM = {name: 2 for name in SETTINGS}  # how many more settings are drawn, on the log scale between these ends
ENDS = (0.2, 20.0)
DISTANCES = (-1.7, 0.01, 2.9, 11.0, 1e3)  # in widths from the median
RATIOS = (1e-10, 0.03, 200.0)


def places(spec: Any, rng: np.random.Generator) -> Iterator[float]:
    """Yield where to look: the middle, both tails, and very far out."""
    low, middle, high = spec.quantile(np.array([0.16, 0.5, 0.84]))
    for z in (*DISTANCES, rng.normal(0, 1.5)):
        yield float(middle + 0.5 * z * (high - low))
    yield from (float(middle * ratio) for ratio in RATIOS)


def table(family: type, rng: np.random.Generator) -> list[dict]:
    """Compute all the settings of one family."""
    name, rows = family.__name__, []
    names = list(family.params())
    drawn = [[float(f"{np.exp(rng.uniform(*np.log(ENDS))):.4g}") for _ in names] for _ in range(RANDOM[name])]
    if name == "GeneralizedPareto":
        drawn = [[float(f"{rng.uniform(-0.9, 0.9):.4g}"), sigma] for _, sigma in drawn]
    for values in [*SETTINGS[name], *drawn]:
        spec = family.from_dict({"type": name, **dict(zip(names, values, strict=True))})
        laws = list(perturbed(spec))
        found = [TRUTH[name][2](p) for p in laws]
        row = {"spec": spec.to_dict(), "numbers": [entry([each[i] for each in found]) for i in range(5)], "points": []}
        with np.errstate(all="ignore"):
            xs = sorted({x for x in places(spec, rng) if spec.support.low < x < spec.support.high and 1e-280 < x < 1e280})
        row["points"] = [base.point(name, laws, x, False) for x in xs]
        rows.append(row)
    return rows


def main() -> None:
    """Write the table."""
    import time

    from core.distributions import FAMILY

    base.TRUTH.update(TRUTH)
    path = base.HERE / "reference_positive.json"
    known = json.loads(path.read_text()) if path.exists() else {}
    wanted = sys.argv[1:] or list(TRUTH)
    families = {family.__name__: family for family in FAMILY}
    for i, name in enumerate(TRUTH):
        if name in wanted:
            start = time.perf_counter()
            known[name] = table(families[name], np.random.default_rng(100 + i))
            print(f"{name}: {time.perf_counter() - start:.1f} s", flush=True)
            write(path, known)


def write(path: Path, known: dict) -> None:
    lines = [f"{json.dumps(name)}:[\n" + ",\n".join(json.dumps(row, separators=(",", ":")) for row in known[name]) + "\n]" for name in TRUTH if name in known]
    path.write_text("{" + ",\n".join(lines) + "}\n")


if __name__ == "__main__":
    main()
