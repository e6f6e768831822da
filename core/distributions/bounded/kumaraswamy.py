"""The Kumaraswamy law."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import special

from core.distributions.base import POSITIVE, Array, Support
from core.distributions.continuous import Continuous
from core.distributions.special import log1mexp
from core.params import param

STEP = 0.1  # of the sum over log hazards: so fine that it is the integral, to all digits (a smooth integrand that dies on both sides)
TINY = -38.0
SMALL = 0.15  # with a power below this the law is very skew


@dataclass(frozen=True)
class Kumaraswamy(Continuous):
    """A law on [0, 1] with the shapes of the beta law, and a distribution function one can write down.

    F(x) = 1 - (1 - x^a)^b for 0 <= x <= 1.
    https://en.wikipedia.org/wiki/Kumaraswamy_distribution
    """

    a: float = param(2.0, "Power of the value", low=0.5, high=10, scale="log", bounds=POSITIVE, symbol=r"a", help="Larger pulls the mass to the right.")
    b: float = param(3.0, "Power of the rest", low=0.5, high=10, scale="log", bounds=POSITIVE, symbol=r"b", help="Larger pulls the mass to the left.")

    title = "Kumaraswamy"
    story = "How full a reservoir is; a stand-in for the beta law whose distribution function is elementary."
    use = (
        "A beta-like proportion in simulations, where quantiles are needed fast and in closed form. For inference with a mean to report, take the "
        "beta law itself; again no exact 0s or 1s."
    )
    density = r"<a>\cdot<b>\,x^{<a>-1}(1-x^{<a>})^{<b>-1}"
    formulas = {
        "mean": r"m_1,\quad m_j=<b>\,B\left(1+\tfrac{j}{<a>},\,<b>\right)",
        "variance": r"m_2-m_1^2,\quad m_j=<b>\,B\left(1+\tfrac{j}{<a>},\,<b>\right)",
        "skewness": r"\frac{m_3-3m_2m_1+2m_1^3}{(m_2-m_1^2)^{3/2}}",
        "excess_kurtosis": r"\frac{m_4-4m_3m_1+6m_2m_1^2-3m_1^4}{(m_2-m_1^2)^2}-3",
        "entropy": r"1-\tfrac{1}{<b>}+\left(1-\tfrac{1}{<a>}\right)\left(\psi(<b>+1)+\gamma\right)-\log(<a>\cdot<b>)",
    }
    reference = "https://en.wikipedia.org/wiki/Kumaraswamy_distribution"
    support = Support(0.0, 1.0)

    def log_density(self, x: Array) -> Array:
        a, b = self.a, self.b
        log_x, rest = np.log(x), log1mexp(-a * np.log(x))
        inside = math.log(a) + math.log(b) + (a - 1) * log_x + (b - 1) * rest
        at_0 = special.xlogy(a - 1, 0.0) + math.log(b) + math.log(a)
        at_1 = special.xlogy(b - 1, 0.0) + math.log(a) + math.log(b)
        return np.where(x == 0, at_0, np.where(x == 1, at_1, inside))

    def _log_hazard(self, x: Array) -> Array:
        """Return log(-log P(X > x))."""
        t = -self.a * np.log(x)
        return math.log(self.b) + np.where(t > -TINY, -t, np.log(-log1mexp(t)))

    def log_below(self, x: Array) -> Array:
        log_hazard = self._log_hazard(x)
        return np.where(log_hazard < TINY, log_hazard, log1mexp(np.exp(log_hazard)))

    def log_above(self, x: Array) -> Array:
        return self.b * log1mexp(-self.a * np.log(x))

    def inverse(self, q: Array) -> Array:
        return np.exp(_log_rest(-np.log1p(-q) / self.b) / self.a)

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        values = rng.standard_exponential(n)
        with np.errstate(divide="ignore"):
            return np.exp(np.log(-np.expm1(values / -self.b)) / self.a)

    @cached_property
    def _moments(self) -> tuple[float, float, float, float]:
        """Mean and central moments in units of its power, as sums over log hazards: differences are taken before they could cancel."""
        if self.a < SMALL:
            return self._raw_moments()
        y = np.arange(min(0.0, math.log(self.b)) - 42, 4.2, STEP)
        weights = STEP * np.exp(y - np.exp(y))
        log_u = _log_rest(np.exp(y - math.log(self.b)))
        top = log_u[np.argmax(weights + 1e-3 * (y < math.log(self.b)))] if self.b < 1 else log_u[np.argmax(weights)]
        gaps = np.expm1((log_u - top) / self.a)
        center = float(weights @ gaps)
        second, third, fourth = (float(weights @ (gaps - center) ** j) for j in (2, 3, 4))
        return math.exp(top / self.a) * (1 + center), second / (1 + center) ** 2, third / second**1.5, fourth / second**2

    def _raw_moments(self) -> tuple[float, float, float, float]:
        """Return the same from the plain moments, for a law so skew that they do not cancel; their ratios do not underflow."""
        m1, m2, m3, m4 = (math.log(self.b) + float(special.betaln(1 + j / self.a, self.b)) for j in (1, 2, 3, 4))
        spread = -math.expm1(2 * m1 - m2)
        with np.errstate(over="ignore"):
            second, lift, high = (float(np.exp(each)) for each in (m2 - 2 * m1, m3 - 1.5 * m2, m4 - 2 * m2))
        third = 1 - 3 * math.exp(m1 + m2 - m3) + 2 * math.exp(3 * m1 - m3)
        fourth = 1 - 4 * math.exp(m1 + m3 - m4) + 6 * math.exp(2 * m1 + m2 - m4) - 3 * math.exp(4 * m1 - m4)
        return math.exp(m1), second * spread, lift * third / spread**1.5, high * fourth / spread**2

    def mean(self) -> float:
        return self.b * float(special.beta(1 + 1 / self.a, self.b)) if self.b < 1e6 else self._moments[0]

    def variance(self) -> float:
        return self.mean() ** 2 * self._moments[1]

    def skewness(self) -> float:
        return self._moments[2]

    def excess_kurtosis(self) -> float:
        return self._moments[3] - 3

    def entropy(self) -> float:
        harmonic = float(special.digamma(self.b + 1)) + np.euler_gamma if self.b > 1e-3 else float(_harmonic_near_0(self.b))
        return 1 - 1 / self.b + (1 - 1 / self.a) * harmonic - math.log(self.a) - math.log(self.b)


def _log_rest(t: Array) -> Array:
    """Return log(1 - e^-t), -0.0 where nothing is missing."""
    return log1mexp(t)


def _harmonic_near_0(b: float) -> float:
    """Return digamma(b + 1) + gamma by its power series (DLMF 5.7.4)."""
    orders = np.arange(2, 12)
    return -float((special.zeta(orders) * (-b) ** (orders - 1)).sum())
