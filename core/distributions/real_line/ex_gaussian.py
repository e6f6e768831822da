"""The exponentially modified normal law."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from core.distributions.base import FINITE, POSITIVE, Array
from core.distributions.continuous import Continuous
from core.distributions.normals import central_quantile, gaussian_mills, mills, panel_nodes
from core.distributions.special import HALF_LOG_2PI, log_complement
from core.params import param

EDGE = 0.25  # up to here the left tail is an integral, beyond it a difference of probabilities
FAR = 12.0  # so many standard deviations out the normal part is over


@dataclass(frozen=True)
class ExGaussian(Continuous):
    """A normal value plus an independent waiting time.

    f(x) = a phi(z) R(a - z) / sigma with z = (x - mu) / sigma, a = rate sigma and R the ratio of Mills, (1 - Phi) / phi.
    https://en.wikipedia.org/wiki/Exponentially_modified_Gaussian_distribution
    """

    mu: float = param(0.0, "Mean of the normal part", low=-5, high=5, step=0.1, bounds=FINITE, symbol=r"\mu", help="Where the bell alone would stand.")
    sigma: float = param(1.0, "Width of the normal part", low=0.2, high=5, step=0.05, bounds=POSITIVE, symbol=r"\sigma", help="Its standard deviation.")
    rate: float = param(
        1.0, "Rate of the waiting time", low=0.2, high=5, scale="log", bounds=POSITIVE, symbol=r"\lambda", help="The smaller, the longer the right tail."
    )

    title = "Exponentially modified normal"
    story = "A normal value plus a waiting time: reaction times, and the peaks of a chromatograph."
    use = (
        "Times that are a normal part plus a slow tail: responses, retention, network delays. It leans to the right only, with skewness below 2; if "
        "values cannot be negative, the inverse Gaussian law is safer."
    )
    density = r"\frac{<rate>}{2}\,e^{\frac{<rate>}{2}(2<mu>+<rate><sigma>^2-2x)}\,\mathrm{erfc}\left(\frac{<mu>+<rate><sigma>^2-x}{\sqrt{2}\,<sigma>}\right)"
    formulas = {
        "mean": r"<mu>+\frac{1}{<rate>}",
        "variance": r"<sigma>^2+\frac{1}{<rate>^2}",
        "skewness": r"\frac{2}{\left(1+<sigma>^2<rate>^2\right)^{3/2}}",
        "excess_kurtosis": r"\frac{6}{\left(1+<sigma>^2<rate>^2\right)^2}",
        "entropy": r"\text{by numerical integration}",
    }
    reference = "https://en.wikipedia.org/wiki/Exponentially_modified_Gaussian_distribution"

    def _a(self) -> float:
        return self.rate * self.sigma

    def _z(self, x: Array) -> Array:
        return (x - self.mu) / self.sigma

    def log_density(self, x: Array) -> Array:
        return _log_late(self._z(x), self._a()) + math.log(self.rate)

    def below(self, x: Array) -> Array:
        """Return the plain difference, and the careful way where it has lost digits."""
        z = self._z(x)
        direct = np.asarray(special.ndtr(z) - np.exp(_log_late(z, self._a())))
        thin = direct < 1e-3
        if thin.any():
            direct[thin] = np.exp(_log_left(z[thin], self._a()))
        return direct

    def sf(self, x: ArrayLike) -> Array:
        return self._inside(lambda x: np.exp(_log_right(self._z(x), self._a())), x, 1.0, 0.0)

    def log_below(self, x: Array) -> Array:
        z, a = self._z(x), self._a()
        above = _log_right(z, a)
        return np.where(above < -0.7, log_complement(above), _log_left(z, a))

    def log_above(self, x: Array) -> Array:
        z, a = self._z(x), self._a()
        above = _log_right(z, a)
        return above if (above < -0.1).all() else np.where(above < -0.1, above, log_complement(_log_left(z, a)))

    def inverse(self, q: Array) -> Array:
        """Start beyond both of the parts' own quantiles, on the side where Newton's steps on the log of a tail do not overshoot."""
        a, lower, normal = self._a(), q < 0.5, special.ndtri(q)
        start = 1 / a + math.hypot(1, 1 / a) * (normal + self.skewness() * (normal * normal - 1) / 6)
        if a > 0.1:
            z = central_quantile(lambda z: special.ndtr(z) - np.exp(_log_late(z, a)), lambda z: a * np.exp(_log_late(z, a)), q, start)
            if z is not None:
                return self.mu + self.sigma * z
        goal = np.where(lower, np.log(q), np.log1p(-q))
        z = normal - np.log1p(-q) / a * 0.5 if a < 1 else normal * math.hypot(1, 1 / a) + 1 / a
        for _ in range(60):
            tail = np.where(lower, _log_left(z, a), _log_right(z, a))
            gap = np.where(lower, goal - tail, tail - goal)
            step = gap * np.exp(tail - _log_late(z, a) - math.log(a))
            z = z + step
            if not np.any((np.abs(gap) > 3e-9 * -goal) & (np.abs(step) > 1e-15 * np.abs(z))):  # the next gap is the square of this one
                break
        return self.mu + self.sigma * z

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        """Draw three normal values each: half the sum of two squares is a standard waiting time."""
        draws = rng.standard_normal((n, 3))
        values = draws[:, 0] * self.sigma
        values += (draws[:, 1] ** 2 + draws[:, 2] ** 2) * (0.5 / self.rate)
        values += self.mu
        return values

    def mean(self) -> float:
        return self.mu + 1 / self.rate

    def variance(self) -> float:
        return self.sigma**2 + self.rate**-2

    def skewness(self) -> float:
        return 2 / math.hypot(1, self._a()) ** 3

    def excess_kurtosis(self) -> float:
        return 6 / math.hypot(1, self._a()) ** 4

    def entropy(self) -> float:
        """Integrate over the bell by Gauss' rule; beyond it the tail is exponential, and its integral known."""
        a = self._a()
        end = FAR + min(a, FAR)
        z, weights = panel_nodes(np.linspace(-FAR, end, math.ceil(0.7 * (end + FAR))))
        log_f = _log_late(z, a) + math.log(a)
        rest = math.exp(a * (0.5 * a - end)) * (a * (end - 0.5 * a) - math.log(a) + 1) if a < FAR else 0.0
        return math.log(self.sigma) + rest - float(weights @ (np.exp(log_f) * log_f))


def _log_late(z: Array, a: float) -> Array:
    """Return log(phi(z) R(a - z)), the density over the rate: the part of P(Z > z) that the waiting time adds."""
    u = a - z
    near = -0.5 * z * z - HALF_LOG_2PI + np.log(mills(np.maximum(u, 0.0)))
    return np.where(u > 0, near, a * (0.5 * a - z) + special.log_ndtr(np.maximum(-u, 0.0)))


def _log_right(z: Array, a: float) -> Array:
    """Return log P(Z > z): the normal part's tail and what the waiting time adds."""
    return np.logaddexp(special.log_ndtr(-z), _log_late(z, a))


def _log_left(z: Array, a: float) -> Array:
    """Return log P(Z <= z) = log(Phi(z) - phi(z) R(a - z)), by a way in which nothing cancels."""
    if z.size and z.max() <= EDGE:
        return _log_far_left(z, a)
    late = _log_late(z, a)
    plain = np.log(special.ndtr(z) - np.exp(late))
    if a < 4:  # the waiting time is over, or z lies between here and there
        z_ = np.maximum(z, EDGE)
        nodes, weights = panel_nodes(np.array([0.0, a]))
        between = (np.exp(-0.5 * (z_[..., None] - nodes) ** 2) @ weights) / math.sqrt(2 * math.pi)
        split = a * (0.5 * a - z_)
        plain = np.where(a < 2 * z_, np.log(-np.expm1(split) * special.ndtr(z_) + np.exp(split) * between), plain)
    return np.where(z <= EDGE, _log_far_left(np.minimum(z, EDGE), a), plain)


def _log_far_left(z: Array, a: float) -> Array:
    """Return log P(Z <= z) for z <= EDGE: the density times the ratio of Mills."""
    return _log_late(z, a) + math.log(a) + np.log(gaussian_mills(-z, 1.0, a - z, 1.0))
