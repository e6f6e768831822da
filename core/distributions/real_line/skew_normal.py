"""The skew normal law."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import special

from core.distributions.base import FINITE, POSITIVE, Array
from core.distributions.continuous import Continuous
from core.distributions.normals import ROOT_2, central_quantile, gaussian_mills, normal_nodes
from core.distributions.special import HALF_LOG_2PI
from core.params import param

OVER = 9.0  # where alpha z is beyond this, the hidden normal value no longer matters


@dataclass(frozen=True)
class SkewNormal(Continuous):
    """A normal value that is kept, or else turned over, depending on a hidden second one: a bell that leans.

    f(x) = 2 phi(z) Phi(alpha z) / scale with z = (x - location) / scale.
    https://en.wikipedia.org/wiki/Skew_normal_distribution
    """

    location: float = param(0.0, "Location", low=-5, high=5, step=0.1, bounds=FINITE, symbol=r"\xi", help="Where the bell would stand without its lean.")
    scale: float = param(1.0, "Scale", low=0.2, high=5, step=0.05, bounds=POSITIVE, symbol=r"\omega", help="The width of the bell without its lean.")
    alpha: float = param(
        3.0,
        "Lean",
        low=-10,
        high=10,
        step=0.2,
        bounds=(-1e6, 1e6),
        symbol=r"\alpha",
        help="At 0 the normal law; above 0 the right tail is the longer one; far from 0 nearly half a bell.",
    )

    title = "Skew normal"
    story = "A normal measurement of those who passed a threshold on another, related one."
    use = (
        "Nearly normal data with a mild lean, skewness between -0.99 and 0.99. Check the sample skewness first: beyond that range take the "
        "log-normal, gamma or Johnson SU law."
    )
    density = r"\frac{2}{<scale>}\,\varphi(z)\,\Phi(<alpha>\,z),\quad z=\frac{x-<location>}{<scale>}"
    formulas = {
        "mean": r"<location>+<scale>\,m,\quad m=\delta\sqrt{\tfrac{2}{\pi}},\ \delta=\frac{<alpha>}{\sqrt{1+<alpha>^2}}",
        "variance": r"<scale>^2(1-m^2),\quad m=\delta\sqrt{\tfrac{2}{\pi}},\ \delta=\frac{<alpha>}{\sqrt{1+<alpha>^2}}",
        "skewness": r"\frac{4-\pi}{2}\,\frac{m^3}{(1-m^2)^{3/2}},\quad m=\delta\sqrt{\tfrac{2}{\pi}},\ \delta=\frac{<alpha>}{\sqrt{1+<alpha>^2}}",
        "excess_kurtosis": r"2(\pi-3)\,\frac{m^4}{(1-m^2)^2},\quad m=\delta\sqrt{\tfrac{2}{\pi}},\ \delta=\frac{<alpha>}{\sqrt{1+<alpha>^2}}",
        "entropy": r"\text{by numerical integration}",
    }
    reference = "https://en.wikipedia.org/wiki/Skew_normal_distribution"

    def _z(self, x: Array) -> Array:
        return (x - self.location) / self.scale

    def log_density(self, x: Array) -> Array:
        return _log_f(self._z(x), self.alpha) - math.log(self.scale)

    def below(self, x: Array) -> Array:
        return _below(self._z(x), self.alpha)

    def sf(self, x: Array) -> Array:
        return self._inside(lambda x: _below(-self._z(x), -self.alpha), x, 1.0, 0.0)

    def log_below(self, x: Array) -> Array:
        return _log_below(self._z(x), self.alpha)

    def log_above(self, x: Array) -> Array:
        return _log_below(-self._z(x), -self.alpha)

    def inverse(self, q: Array) -> Array:
        """Start from the normal quantile, or the folded one, and take Newton's steps on the log of the thinner tail."""
        alpha = self.alpha
        bend = special.ndtri(q)
        start = self._mean() + math.sqrt(1 - self._mean() ** 2) * (bend + self.skewness() * (bend * bend - 1) / 6)
        z = central_quantile(lambda z: special.ndtr(z) - 2 * special.owens_t(z, alpha), lambda z: np.exp(_log_f(z, alpha)), q, start)
        if z is not None:
            return self.location + self.scale * z
        lower = q < 0.5
        p = np.where(lower, q, 1 - q)
        lean = np.where(lower, alpha, -alpha)  # the mirror image turns an upper tail into a lower one
        goal = np.log(p)
        z = np.where(lean > 0, _start_short(p, np.abs(lean)), special.ndtri(0.5 * p))
        for _ in range(60):
            tail = np.where(lean > 0, _log_below(z, abs(alpha)), _log_below(z, -abs(alpha)))
            gap = goal - tail
            step = gap * np.exp(tail - _log_f(z, lean))
            z = z + step
            if not np.any((np.abs(gap) > 3e-9 * -goal) & (np.abs(step) > 1e-15 * np.abs(z))):  # the next gap is the square of this one
                break
        return self.location + self.scale * np.where(lower, z, -z)

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        draws = rng.standard_normal((n, 2))
        values = np.where(draws[:, 1] < self.alpha * draws[:, 0], draws[:, 0], -draws[:, 0])
        values *= self.scale
        values += self.location
        return values

    def _mean(self) -> float:
        return math.sqrt(2 / math.pi) * self.alpha / math.hypot(1, self.alpha)

    def mean(self) -> float:
        return self.location + self.scale * self._mean()

    def variance(self) -> float:
        return self.scale**2 * (1 - self._mean() ** 2)

    def skewness(self) -> float:
        return 0.5 * (4 - math.pi) * self._mean() ** 3 / (1 - self._mean() ** 2) ** 1.5

    def excess_kurtosis(self) -> float:
        return 2 * (math.pi - 3) * self._mean() ** 4 / (1 - self._mean() ** 2) ** 2

    def entropy(self) -> float:
        nodes, weights = normal_nodes(0.0, 1 / max(abs(self.alpha), 1e-9))
        log_share = math.log(2) + special.log_ndtr(self.alpha * nodes)
        return HALF_LOG_2PI + 0.5 + math.log(self.scale) - float(weights @ (np.exp(log_share) * log_share))


def _log_f(z: Array, alpha: float | Array) -> Array:
    return math.log(2) - HALF_LOG_2PI - 0.5 * z * z + special.log_ndtr(alpha * z)


def _short(t: Array, alpha: float) -> Array:
    """Return P(Z <= -t) over phi(t), for t >= 0 and alpha >= 0: the integral of 2 phi(s) Phi(-alpha s) over s > t."""
    square = 1 + alpha * alpha
    return math.sqrt(2 / math.pi) * special.erfcx(alpha * t / ROOT_2) * 0.5 * math.sqrt(2 * math.pi) * gaussian_mills(square * t, square, alpha * t, alpha)


def _log_short(t: Array, alpha: float) -> Array:
    return np.log(_short(t, alpha)) - 0.5 * (1 + alpha * alpha) * t * t - HALF_LOG_2PI


def _log_below(z: Array, alpha: float) -> Array:
    """Return log P(Z <= z) for any lean."""
    t, lean = np.abs(z), abs(alpha)
    short = _log_short(t, lean)
    if alpha >= 0:  # the short tail on the left
        upper = special.log_ndtr(-t) + np.log(2 - np.exp(short - special.log_ndtr(-t)))
        inner = special.erf(t / ROOT_2) + np.exp(short)
        return np.where(z < 0, short, np.where(inner < 0.5, np.log(inner), np.log1p(-np.exp(upper))))
    long = special.log_ndtr(-t) + np.log(2 - np.exp(short - special.log_ndtr(-t)))
    inner = special.erf(t / ROOT_2) + np.exp(short)
    return np.where(z > 0, np.log1p(-np.exp(short)), np.where(inner < 0.5, np.log1p(-inner), long))


def _below(z: Array, alpha: float) -> Array:
    """Return P(Z <= z) by Owen's T function, and by the logs where it has lost digits."""
    plain = np.asarray(special.ndtr(z) - 2 * special.owens_t(z, alpha))
    thin = plain < 1e-3
    if thin.any():
        plain[thin] = np.exp(_log_below(z[thin], alpha))
    return plain


def _start_short(p: Array, alpha: Array) -> Array:
    """Guess the quantile of a small p on the side of the short tail."""
    edge = np.arctan2(1.0, alpha) / math.pi  # the mass below 0
    return np.where(p > edge, special.ndtri(np.clip(0.5 + 0.5 * (p - edge), 0.5, 0.999)), special.ndtri(0.5 * p / edge) / np.sqrt(1 + alpha * alpha))
