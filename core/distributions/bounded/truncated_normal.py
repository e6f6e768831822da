"""The truncated normal law."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import special

from core.distributions.base import FINITE, POSITIVE, Array, Support
from core.distributions.continuous import Continuous
from core.distributions.normals import CENTRAL, ROOT_2, log_decay, panel_nodes
from core.distributions.special import HALF_LOG_2PI, log_complement
from core.params import number_text, param

STEEP = 1e4  # from here on the law is exponential to 8 digits
CALM = 6.0  # with both ends this far out the law is normal but for its tails' corrections


@dataclass(frozen=True)
class TruncatedNormal(Continuous):
    """A normal value, given that it falls between two limits.

    f(x) = phi(z) / (sigma (Phi(beta) - Phi(alpha))) for low <= x <= high, z = (x - mu) / sigma, alpha and beta the z of the limits.
    https://en.wikipedia.org/wiki/Truncated_normal_distribution
    """

    mu: float = param(0.0, "Centre of the bell", low=-5, high=5, step=0.1, bounds=FINITE, symbol=r"\mu", help="The mean before the cut.")
    sigma: float = param(1.0, "Width of the bell", low=0.2, high=5, step=0.05, bounds=POSITIVE, symbol=r"\sigma", help="The standard deviation before it.")
    low: float = param(-1.0, "Lower limit", low=-5, high=5, step=0.1, bounds=FINITE, symbol=r"a", help="What lies below it is cut off.")
    high: float = param(2.0, "Upper limit", low=-5, high=5, step=0.1, bounds=FINITE, symbol=r"b", help="What lies above it is cut off.")

    title = "Truncated normal"
    ticks = 51
    story = "A normal value that is known to lie between two limits, such as the height of those admitted to a guard."
    use = (
        "Normal values that could only be seen between known limits, or inputs that must stay in range. Know why the limits are there: values cut off "
        "and lost call for this law, values piled up at a limit for a censored one."
    )
    density = r"\frac{1}{<sigma>\,Z}\,\varphi\left(\frac{x-<mu>}{<sigma>}\right),\quad Z=\Phi(\beta)-\Phi(\alpha),\ \alpha=\frac{<low>-<mu>}{<sigma>},\ \beta=\frac{<high>-<mu>}{<sigma>}"
    formulas = {
        "mean": r"<mu>+<sigma>\,m,\quad m=\frac{\varphi(\alpha)-\varphi(\beta)}{Z}",
        "variance": r"<sigma>^2\left[1+\frac{\alpha\varphi(\alpha)-\beta\varphi(\beta)}{Z}-m^2\right]",
        "skewness": r"\frac{\mathrm{E}(X-\mathrm{E}X)^3}{s^3},\quad s\ \text{the standard deviation}",
        "excess_kurtosis": r"\frac{\mathrm{E}(X-\mathrm{E}X)^4}{s^4}-3,\quad s\ \text{the standard deviation}",
        "entropy": r"\log\left(\sqrt{2\pi e}\,<sigma>\,Z\right)+\frac{\alpha\varphi(\alpha)-\beta\varphi(\beta)}{2Z}",
    }
    reference = "https://en.wikipedia.org/wiki/Truncated_normal_distribution"

    def agree(self) -> None:
        if not self.low < self.high:
            better = self.low + 1 if self.low < FINITE[1] else self.low
            low, high, better = (number_text(value) for value in (self.low, self.high, better))
            raise ValueError(f"high must be above low, got low {low}, high {high}: try high {better}")

    @property
    def support(self) -> Support:
        return Support(self.low, self.high)

    @property
    def _ends(self) -> tuple[float, float]:
        return (self.low - self.mu) / self.sigma, (self.high - self.mu) / self.sigma

    @cached_property
    def _base(self) -> tuple[float, float]:
        """The point of the interval where the bell is highest, in standard deviations, and the log of the mass over the density there."""
        alpha, beta = self._ends
        width = np.float64((self.high - self.low) / self.sigma)
        if alpha >= 0 or beta <= 0:
            peak = alpha if alpha >= 0 else beta
            return peak, float(log_decay(np.float64(abs(peak)), width))
        mass = 0.5 * (math.erf(beta / ROOT_2) + math.erf(-alpha / ROOT_2))
        return 0.0, math.log(mass) + HALF_LOG_2PI

    def _log_fall(self, x: Array) -> Array:
        """Return log(phi(z) / phi(peak)), from the distance to the peak."""
        peak = self._base[0]
        end = self.low if peak > 0 else self.high if peak < 0 else self.mu
        t = (x - end) / self.sigma
        return -t * (peak + 0.5 * t)

    def log_density(self, x: Array) -> Array:
        return self._log_fall(x) - self._base[1] - math.log(self.sigma)

    def _log_outward(self, x: Array, sign: int) -> Array:
        """Return the log of the mass from x to the upper (sign 1) or the lower limit, where the bell falls that way."""
        end = self.high if sign > 0 else self.low
        fall = log_decay(np.maximum(sign * (x - self.mu) / self.sigma, 0.0), np.maximum(sign * (end - x) / self.sigma, 0.0))
        return self._log_fall(x) + fall - self._base[1]

    def _log_inward(self, x: Array, sign: int) -> Array:
        """Return the log of the mass between x and the limit at which the bell is highest."""
        end = self.low if sign > 0 else self.high
        return log_decay(np.float64(abs(self._base[0])), np.maximum(sign * (x - end) / self.sigma, 0.0)) - self._base[1]

    def _log_side(self, x: Array, sign: int) -> Array:
        """Return the log of the mass between x and the upper (sign 1) or the lower limit."""
        alpha, beta = self._ends
        if alpha >= 0 or beta <= 0:
            away = np.minimum(self._log_outward(x, 1 if alpha >= 0 else -1), 0.0)
            near = np.minimum(self._log_inward(x, 1 if alpha >= 0 else -1), 0.0)
            this, other = (away, near) if (alpha >= 0) == (sign > 0) else (near, away)
            return np.where(this < other, this, log_complement(other))
        away = np.minimum(self._log_outward(x, sign), 0.0)
        back = np.minimum(self._log_outward(x, -sign), 0.0)
        z, end = sign * (x - self.mu) / self.sigma, sign * ((self.high if sign > 0 else self.low) - self.mu) / self.sigma
        across = np.log(0.5 * (special.erf(end / ROOT_2) + special.erf(-z / ROOT_2))) + HALF_LOG_2PI - self._base[1]
        return np.where(z >= 0, away, np.where(back < -0.7, log_complement(back), across))

    def log_below(self, x: Array) -> Array:
        return self._log_side(x, -1)

    def log_above(self, x: Array) -> Array:
        return self._log_side(x, 1)

    def inverse(self, q: Array) -> Array:
        alpha, beta = self._ends
        start = np.clip(self._start(q), self.low, self.high)
        plain = alpha < CALM and beta > -CALM and beta - alpha > 0.5
        return start if plain and q.size and q.min() > CENTRAL and q.max() < 1 - CENTRAL else self.polish(start, q, 40)

    def _start(self, q: Array) -> Array:
        """Return the quantile: exact but for rounding in the bulk, and good to 6 digits of the spread on steep or narrow intervals."""
        alpha, beta = self._ends
        if beta - alpha > 1e-3 and max(alpha, -beta) < STEEP:
            sign = -1 if alpha > 0 else 1  # counted from the side on which tails are small
            ends = (alpha, beta) if sign > 0 else (beta, alpha)
            log_near, log_far = (np.log1p(-q), np.log(q)) if sign > 0 else (np.log(q), np.log1p(-q))
            below, above = (np.logaddexp(log_near + special.log_ndtr(s * ends[0]), log_far + special.log_ndtr(s * ends[1])) for s in (sign, -sign))
            z = sign * np.where(below < -0.7, special.ndtri_exp(np.minimum(below, -0.5)), -special.ndtri_exp(np.minimum(above, -0.5)))
            return self.mu + self.sigma * z
        # an exponential law, cut at both ends
        width, rate = beta - alpha, (alpha if alpha > 0 else beta) if max(alpha, -beta) > STEEP else 0.5 * (alpha + beta)
        share, fall = q if rate < 0 else 1 - q, abs(rate) * width
        if fall < 1e-8:
            return self.low + (self.high - self.low) * q
        mild = -np.log1p((1 - share) * math.expm1(-fall))
        t = (mild if fall < 1 else -np.log(share + (1 - share) * math.exp(-fall))) / abs(rate) * self.sigma
        return self.high - t if rate < 0 else self.low + t

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        with np.errstate(divide="ignore"):
            return np.clip(self._start(rng.random(n)), self.low, self.high)

    @cached_property
    def _moments(self) -> tuple[float, float, float, float]:
        """Mean, variance (of z, from the middle of the interval or the peak), skewness and excess kurtosis; nothing cancels."""
        alpha, beta = self._ends
        if alpha < -CALM and beta > CALM:
            return _calm(alpha, beta, self._base[1])
        half, lean = 0.5 * (self.high - self.low) / self.sigma, 0.5 * (self.low + self.high - 2 * self.mu) / self.sigma
        if half < 2 and abs(lean) * half < 2:
            return _short(half, lean)
        return _long(alpha, beta, 2 * half)

    def mean(self) -> float:
        alpha, beta = self._ends
        center = self._moments[0]
        if alpha < -CALM and beta > CALM:
            return self.mu + self.sigma * center
        half, lean = 0.5 * (self.high - self.low) / self.sigma, 0.5 * (self.low + self.high - 2 * self.mu) / self.sigma
        if half < 2 and abs(lean) * half < 2:
            return 0.5 * (self.low + self.high) + self.sigma * center
        return (self.low if alpha >= 0 else self.high if beta <= 0 else self.mu) + self.sigma * center

    def variance(self) -> float:
        return self.sigma**2 * self._moments[1]

    def skewness(self) -> float:
        return self._moments[2]

    def excess_kurtosis(self) -> float:
        return self._moments[3]

    def entropy(self) -> float:
        peak, log_mass = self._base
        center = (self.mean() - (self.low if peak > 0 else self.high if peak < 0 else self.mu)) / self.sigma
        spread = self._moments[1] + center**2
        return math.log(self.sigma) + log_mass + peak * center + 0.5 * spread


def _calm(alpha: float, beta: float, log_mass: float) -> tuple[float, float, float, float]:
    """Return the moments by the recurrence of the truncated normal law, in which only the densities at the far limits stand."""
    at_alpha, at_beta = (math.exp(-0.5 * end * end - log_mass) for end in (alpha, beta))
    m = at_alpha - at_beta
    first, second, third = (alpha**j * at_alpha - beta**j * at_beta if at_alpha or at_beta else 0.0 for j in (1, 2, 3))
    variance = 1 + first - m * m
    skew = second - m - 3 * m * first + 2 * m**3
    kurtosis = third - 3 * first + 4 * m * m - 4 * m * second + 12 * m * m * first - 3 * first**2 - 6 * m**4
    return m, variance, skew / variance**1.5, kurtosis / variance**2


def _short(half: float, lean: float) -> tuple[float, float, float, float]:
    """Return the moments about the middle of an interval on which the bell is nearly straight: even and odd parts apart."""
    u, weights = panel_nodes(np.array([0.0, 1.0]))
    weights = weights * np.exp(-0.5 * (half * u) ** 2)
    even, odd = weights * np.cosh(half * lean * u), -weights * np.sinh(half * lean * u)
    mass = even.sum()
    m1, m2, m3, m4 = (float(part @ u**j / mass) for part, j in ((odd, 1), (even, 2), (odd, 3), (even, 4)))
    variance = m2 - m1**2
    fourth = m4 - 4 * m1 * m3 + 6 * m1**2 * m2 - 3 * m1**4
    return half * m1, half**2 * variance, (m3 - 3 * m1 * m2 + 2 * m1**3) / variance**1.5, fourth / variance**2 - 3


def _long(alpha: float, beta: float, width: float) -> tuple[float, float, float, float]:
    """Return the moments counted from the peak, by Gauss' rule over the part of the interval that holds mass."""
    if alpha < 0 < beta:
        low, high, slope, sign = max(alpha, -10.0), min(beta, 10.0), 0.0, 1
    else:
        slope, sign = (alpha, 1) if alpha >= 0 else (-beta, -1)
        low, high = 0.0, min(width, 100 / (slope + math.sqrt(slope**2 + 100)))
    t, weights = panel_nodes(np.linspace(low, high, 9))
    weights = weights * np.exp(-t * (slope + 0.5 * t))
    weights /= weights.sum()
    center = float(weights @ t)
    second, third, fourth = (float(weights @ (t - center) ** j) for j in (2, 3, 4))
    return sign * center, second, sign * third / second**1.5, fourth / second**2 - 3
