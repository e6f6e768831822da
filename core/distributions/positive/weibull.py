"""The Weibull law."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import special

from core.distributions.base import POSITIVE, Array
from core.distributions.continuous import HALF_LINE, Continuous
from core.distributions.special import log1mexp
from core.params import param

N_TERMS = 120  # of the series in 1 / shape, which gains at least a factor of 2/3 per term
ORDERS = np.arange(2, N_TERMS + 2)


@dataclass(frozen=True)
class Weibull(Continuous):
    """The time to failure of the weakest of many links; the shape says whether things wear out.

    f(x) = (shape / scale) (x / scale)^(shape - 1) exp(-(x / scale)^shape) for x >= 0.
    https://en.wikipedia.org/wiki/Weibull_distribution
    """

    shape: float = param(
        1.5,
        "Shape",
        low=0.5,
        high=8,
        scale="log",
        bounds=POSITIVE,
        symbol=r"k",
        help="Below 1 the young fail, at 1 age does not matter, above 1 things wear out.",
    )
    scale: float = param(1.0, "Scale", low=0.2, high=5, scale="log", bounds=POSITIVE, symbol=r"\lambda", help="The time by which 63 % have failed.")

    title = "Weibull"
    story = "The time until the weakest of many links fails: lifetimes of bearings, and wind speeds."
    use = (
        "Lifetimes whose risk rises or falls as a power of age. Check that log(-log survival) is straight against log time; if the risk first rises "
        "and then falls take the log-logistic or the log-normal law."
    )
    density = r"\frac{<shape>}{<scale>}\left(\frac{x}{<scale>}\right)^{<shape>-1}\exp\left(-\left(\frac{x}{<scale>}\right)^{<shape>}\right)"
    formulas = {
        "mean": r"<scale>\,\Gamma_1,\quad \Gamma_j=\Gamma\left(1+\tfrac{j}{<shape>}\right)",
        "variance": r"<scale>^2\left(\Gamma_2-\Gamma_1^2\right)",
        "skewness": r"\frac{\Gamma_3-3\,\Gamma_1\Gamma_2+2\,\Gamma_1^3}{(\Gamma_2-\Gamma_1^2)^{3/2}}",
        "excess_kurtosis": r"\frac{\Gamma_4-4\,\Gamma_1\Gamma_3+6\,\Gamma_1^2\Gamma_2-3\,\Gamma_1^4}{(\Gamma_2-\Gamma_1^2)^2}-3",
        "entropy": r"\gamma\left(1-\tfrac{1}{<shape>}\right)+\log\tfrac{<scale>}{<shape>}+1",
    }
    reference = "https://en.wikipedia.org/wiki/Weibull_distribution"
    support = HALF_LINE

    def _log_hazard(self, x: Array) -> Array:
        """Return log of (x / scale)^shape."""
        return self.shape * np.where(np.abs(x - self.scale) < 0.5 * self.scale, np.log1p((x - self.scale) / self.scale), np.log(x / self.scale))

    def log_density(self, x: Array) -> Array:
        log_hazard = self._log_hazard(x)
        inside = math.log(self.shape) + log_hazard - np.log(x) - np.exp(log_hazard)
        start = special.xlogy(self.shape - 1, 0.0) - math.log(self.scale)
        return np.where(x > 0, inside, start)

    def below(self, x: Array) -> Array:
        return -np.expm1(-np.exp(self._log_hazard(x)))

    def log_below(self, x: Array) -> Array:
        log_hazard = self._log_hazard(x)
        return np.where(log_hazard < -36, log_hazard, log1mexp(np.exp(log_hazard)))

    def log_above(self, x: Array) -> Array:
        return -np.exp(self._log_hazard(x))

    def inverse(self, q: Array) -> Array:
        return self.scale * (-np.log1p(-q)) ** (1 / self.shape)

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        values = rng.weibull(self.shape, n)
        values *= self.scale
        return values

    def mean(self) -> float:
        return self.scale * _gamma(1 + 1 / self.shape)

    def variance(self) -> float:
        with np.errstate(over="ignore"):
            return self.mean() * self.mean() * float(np.expm1(_cumulant(1 / self.shape, 2)))

    def skewness(self) -> float:
        return _standard_moment(1 / self.shape, {3: 1, 2: -3}, 2)

    def excess_kurtosis(self) -> float:
        return _standard_moment(1 / self.shape, {4: 1, 3: -4, 2: 6}, -3) - 3

    def entropy(self) -> float:
        return np.euler_gamma * (1 - 1 / self.shape) + math.log(self.scale) - math.log(self.shape) + 1


def _gamma(x: float) -> float:
    with np.errstate(over="ignore"):
        return float(special.gamma(x))


def _cumulant(e: float, *orders: int, weights: tuple[int, ...] = (1,)) -> float:
    """Return the weighted sum over j of log(E X^j / (E X)^j), for shape 1 / e.

    Near e = 0 by log Gamma(1 + z) = -gamma z + sum of zeta(n) (-z)^n / n (DLMF 5.7.3), where the leading terms of a
    weighted sum cancel exactly.
    """
    if e > 1 / 6:
        return float(sum(w * (special.gammaln(1 + j * e) - j * special.gammaln(1 + e)) for j, w in zip(orders, weights, strict=True)))
    whole = sum(w * (np.power(float(j), ORDERS) - j) for j, w in zip(orders, weights, strict=True))
    return float(np.sum(special.zeta(ORDERS) * (-e) ** ORDERS / ORDERS * whole))


def _beyond_first(c: float) -> float:
    """Return e^c - 1 - c."""
    if abs(c) > 0.5:
        return math.expm1(c) - c
    term, total = c * c / 2, 0.0
    for n in range(3, 18):
        total += term
        term *= c / n
    return total


def _standard_moment(e: float, weights: dict[int, int], constant: int) -> float:
    """Return the sum of weight E X^j / (E X)^j, plus the constant, over the power of the variance that makes it standard."""
    top = max(weights)
    log_power = {j: _cumulant(e, j) for j in weights}
    if e > 1 / 6:  # in units of the highest moment, which may overflow by itself
        above = sum(w * math.exp(log_power[j] - log_power[top]) for j, w in weights.items()) + constant * math.exp(-log_power[top])
        shift = log_power[top] - 0.5 * top * log_power[2]
        with np.errstate(over="ignore"):
            return float(np.exp(shift)) * above / (-math.expm1(-log_power[2])) ** (0.5 * top)
    linear = _cumulant(e, *weights, weights=tuple(weights.values()))
    above = linear + sum(w * _beyond_first(log_power[j]) for j, w in weights.items())
    return above / math.expm1(log_power[2]) ** (0.5 * top)
