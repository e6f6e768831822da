"""The generalized extreme value law."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import special

from core.distributions.base import FINITE, POSITIVE, Array, Support
from core.distributions.continuous import Continuous
from core.distributions.special import log1mexp
from core.params import param

NEAR = 1 / 6  # up to here the moments come from a series in xi, which gains a factor of 2/3 per term
ORDERS = np.arange(2, 122)
ZETAS = special.zeta(ORDERS) / ORDERS
ALMOST_0 = 1e-40  # below this xi changes no digit, and its powers would underflow
GUMBEL_SKEWNESS = 1.1395470994046486


@dataclass(frozen=True)
class GeneralizedExtremeValue(Continuous):
    """The largest of very many: the one limit law of block maxima, with Gumbel's at xi = 0.

    F(x) = exp(-(1 + xi z)^(-1 / xi)) with z = (x - location) / scale, where 1 + xi z > 0.
    https://en.wikipedia.org/wiki/Generalized_extreme_value_distribution
    """

    location: float = param(0.0, "Location", low=-5, high=5, step=0.1, bounds=FINITE, symbol=r"\mu", help="The value that 37 % of the maxima stay under.")
    scale: float = param(1.0, "Scale", low=0.2, high=5, step=0.05, bounds=POSITIVE, symbol=r"\sigma", help="The width.")
    xi: float = param(
        0.1,
        "Tail index",
        low=-0.5,
        high=0.5,
        step=0.01,
        bounds=(-5, 5),
        symbol=r"\xi",
        help="Above 0 a heavy upper tail (Fréchet), at 0 an exponential one (Gumbel), below 0 an upper end (Weibull).",
    )

    title = "Generalized extreme value"
    story = "The largest of very many values: the highest flood of a year, the strongest gust of a season."
    use = (
        "Yearly or monthly maxima, from which a 100-year level is wanted. Use blocks long enough that each maximum is over many values, and check the "
        "tail index's interval; with all exceedances recorded, take the generalized Pareto law."
    )
    density = r"\frac{1}{<scale>}\,t^{1+<xi>}e^{-t},\quad t=\left(1+<xi>\,\frac{x-<location>}{<scale>}\right)^{-1/<xi>}"
    formulas = {
        "mean": r"<location>+<scale>\,\frac{g_1-1}{<xi>},\quad g_k=\Gamma(1-k\,<xi>)\ (\text{infinite from } \xi=1)",
        "variance": r"<scale>^2\,\frac{g_2-g_1^2}{<xi>^2}\ (\text{infinite from } \xi=\tfrac{1}{2})",
        "skewness": r"\pm\frac{g_3-3g_2g_1+2g_1^3}{(g_2-g_1^2)^{3/2}}\ (\text{the sign of } \xi;\ \text{infinite from } \tfrac{1}{3})",
        "excess_kurtosis": r"\frac{g_4-4g_3g_1+6g_2g_1^2-3g_1^4}{(g_2-g_1^2)^2}-3\ (\text{infinite from } \xi=\tfrac{1}{4})",
        "entropy": r"1+\log<scale>+\gamma\,(1+<xi>)",
    }
    reference = "https://en.wikipedia.org/wiki/Generalized_extreme_value_distribution"

    @property
    def support(self) -> Support:
        end = self.location - self.scale / self.xi if abs(self.xi) > ALMOST_0 else math.inf
        return Support(end if self.xi > ALMOST_0 else -math.inf, end if self.xi < -ALMOST_0 else math.inf)

    def _gumbel(self, x: Array) -> Array:
        """Return x on the scale of Gumbel's law: log(1 + xi z) / xi."""
        z = (x - self.location) / self.scale
        return z if abs(self.xi) < ALMOST_0 else np.log1p(np.maximum(self.xi * z, -1.0)) / self.xi

    def log_density(self, x: Array) -> Array:
        s = self._gumbel(x)
        climb = 0.0 if self.xi == -1 else -(1 + self.xi) * s
        return np.where(s == -math.inf, -math.inf, climb - np.exp(-s)) - math.log(self.scale)

    def log_below(self, x: Array) -> Array:
        return -np.exp(-self._gumbel(x))

    def log_above(self, x: Array) -> Array:
        s = self._gumbel(x)
        return np.where(s > 40, -s, log1mexp(np.exp(-s)))  # far out 1 - exp(-t) is t, which may underflow

    def inverse(self, q: Array) -> Array:
        s = -np.log(np.where(q < 0.5, -np.log(q), -np.log1p(-(1 - q))))
        return self.location + self.scale * (s if abs(self.xi) < ALMOST_0 else np.expm1(self.xi * s) / self.xi)

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        values = rng.gumbel(size=n)
        if abs(self.xi) >= ALMOST_0:
            values = np.expm1(self.xi * values) / self.xi
        values *= self.scale
        values += self.location
        return values

    def mean(self) -> float:
        if self.xi >= 1:
            return math.inf
        return self.location + self.scale * (math.expm1(_log_gamma(self.xi)) / self.xi if abs(self.xi) > ALMOST_0 else np.euler_gamma)

    def variance(self) -> float:
        if self.xi >= 0.5:
            return math.inf if self.xi < 1 else math.nan
        if abs(self.xi) < ALMOST_0:
            return (math.pi * self.scale) ** 2 / 6
        return (self.scale * math.exp(_log_gamma(self.xi))) ** 2 * math.expm1(_cumulants(self.xi, {2: 1})) / self.xi**2

    def skewness(self) -> float:
        if self.xi >= 1 / 3:
            return math.inf if self.xi < 0.5 else math.nan
        if abs(self.xi) < ALMOST_0:
            return GUMBEL_SKEWNESS
        return math.copysign(1, self.xi) * _standard_moment(self.xi, {3: 1, 2: -3}, 2)

    def excess_kurtosis(self) -> float:
        if self.xi >= 0.25:
            return math.inf if self.xi < 0.5 else math.nan
        return _standard_moment(self.xi, {4: 1, 3: -4, 2: 6}, -3) - 3 if abs(self.xi) > ALMOST_0 else 2.4

    def entropy(self) -> float:
        return math.log(self.scale) + float(np.euler_gamma) * (1 + self.xi) + 1


def _log_gamma(xi: float) -> float:
    """Return log Gamma(1 - xi), also next to 0 (DLMF 5.7.3)."""
    return float(np.euler_gamma * xi + (ZETAS * xi**ORDERS).sum()) if abs(xi) < NEAR else float(special.gammaln(1 - xi))


def _cumulants(xi: float, weights: dict[int, int]) -> float:
    """Return the weighted sum over j of log(g_j / g_1^j): near 0 by a series whose leading terms cancel exactly."""
    if abs(xi) < NEAR:
        return float((ZETAS * xi**ORDERS * sum(w * (np.power(float(j), ORDERS) - j) for j, w in weights.items())).sum())
    return float(sum(w * (special.gammaln(1 - j * xi) - j * special.gammaln(1 - xi)) for j, w in weights.items()))


def _beyond_first(c: float) -> float:
    """Return e^c - 1 - c."""
    return math.expm1(c) - c if abs(c) > 0.5 else float((c ** np.arange(2, 20) / special.factorial(np.arange(2, 20))).sum())


def _standard_moment(xi: float, weights: dict[int, int], constant: int) -> float:
    """Return the weighted sum of g_j / g_1^j plus the constant, over the power of the variance that makes it standard."""
    top, spread = max(weights), _cumulants(xi, {2: 1})
    if abs(xi) < NEAR:
        above = _cumulants(xi, weights) + sum(w * _beyond_first(_cumulants(xi, {j: 1})) for j, w in weights.items())
        return above / math.expm1(spread) ** (0.5 * top)
    logs = {j: _cumulants(xi, {j: 1}) for j in weights}  # in units of the highest moment, which may overflow by itself
    above = sum(w * math.exp(logs[j] - logs[top]) for j, w in weights.items()) + constant * math.exp(-logs[top])
    return math.exp(logs[top] - 0.5 * top * spread) * above / (-math.expm1(-spread)) ** (0.5 * top)
