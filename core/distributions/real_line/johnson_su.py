"""Johnson's SU law."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import special

from core.distributions.base import FINITE, POSITIVE, Array
from core.distributions.continuous import Continuous
from core.distributions.normals import normal_nodes
from core.distributions.special import HALF_LOG_2PI, log1p_square
from core.params import param


@dataclass(frozen=True)
class JohnsonSU(Continuous):
    """A normal value bent by a hyperbolic sine: four parameters that fit any mean, spread, lean and heavy tail.

    gamma + delta asinh((x - location) / scale) is standard normal.
    https://en.wikipedia.org/wiki/Johnson%27s_SU-distribution
    """

    gamma: float = param(
        1.0, "Lean", low=-3, high=3, step=0.05, bounds=FINITE, symbol=r"\gamma", help="Above 0 the long tail is on the left, below 0 on the right."
    )
    delta: float = param(
        1.5, "Tail lightness", low=0.8, high=5, step=0.05, bounds=POSITIVE, symbol=r"\delta", help="Small means heavy tails; large is nearly normal."
    )
    location: float = param(0.0, "Location", low=-5, high=5, step=0.1, bounds=FINITE, symbol=r"\xi", help="Where the bend is centred.")
    scale: float = param(1.0, "Scale", low=0.2, high=5, step=0.05, bounds=POSITIVE, symbol=r"\lambda", help="The width.")

    title = "Johnson's SU"
    story = "A normal value bent by a hyperbolic sine, such as a share's daily return: it may lean, and has outliers."
    use = (
        "Leaning, heavy-tailed data on the whole line, where four numbers may match mean, spread, skewness and kurtosis. It needs a few hundred "
        "values to settle; without lean take Student's t, with one end take a shifted log-normal law."
    )
    density = r"\frac{<delta>}{<scale>\sqrt{1+z^2}\sqrt{2\pi}}\,e^{-\frac{1}{2}\left(<gamma>+<delta>\,\mathrm{asinh}\,z\right)^2},\quad z=\frac{x-<location>}{<scale>}"
    formulas = {
        "mean": r"<location>-<scale>\sqrt{w}\,\sinh\Omega,\quad w=e^{1/<delta>^2},\ \Omega=\frac{<gamma>}{<delta>}",
        "variance": r"s^2=\tfrac{1}{2}<scale>^2(w-1)(w\cosh 2\Omega+1),\quad w=e^{1/<delta>^2},\ \Omega=\frac{<gamma>}{<delta>}",
        "skewness": r"-\frac{<scale>^3\sqrt{w}(w-1)^2\left[w(w+2)\sinh 3\Omega+3\sinh\Omega\right]}{4\,s^3}",
        "excess_kurtosis": r"\frac{w^2(w^4+2w^3+3w^2-3)\cosh 4\Omega+4w^2(w+2)\cosh 2\Omega+3(2w+1)}{2\,(w\cosh 2\Omega+1)^2}-3",
        "entropy": r"\tfrac{1}{2}\log(2\pi e)+\log\frac{<scale>}{<delta>}+\mathrm{E}\log\cosh\frac{Z-<gamma>}{<delta>},\quad Z\ \text{standard normal}",
    }
    reference = "https://en.wikipedia.org/wiki/Johnson%27s_SU-distribution"

    def _z(self, x: Array) -> Array:
        return (x - self.location) / self.scale

    def _normal(self, x: Array) -> Array:
        return self.gamma + self.delta * np.arcsinh(self._z(x))

    def log_density(self, x: Array) -> Array:
        return -0.5 * self._normal(x) ** 2 - HALF_LOG_2PI - 0.5 * log1p_square(self._z(x)) + math.log(self.delta) - math.log(self.scale)

    def below(self, x: Array) -> Array:
        return special.ndtr(self._normal(x))

    def log_below(self, x: Array) -> Array:
        return special.log_ndtr(self._normal(x))

    def log_above(self, x: Array) -> Array:
        return special.log_ndtr(-self._normal(x))

    def inverse(self, q: Array) -> Array:
        return self.location + self.scale * np.sinh((special.ndtri(q) - self.gamma) / self.delta)

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        values = rng.standard_normal(n)
        values -= self.gamma
        values /= self.delta
        with np.errstate(over="ignore"):
            np.sinh(values, out=values)
        values *= self.scale
        values += self.location
        return values

    def _bend(self) -> tuple[float, float, float, float]:
        """Return w - 1, 1 / cosh 2 Omega, sinh Omega / sqrt(cosh 2 Omega) and 1 / (w cosh 2 Omega): none of the last three overflows."""
        with np.errstate(over="ignore", under="ignore"):
            excess, t = float(np.expm1(np.float64(self.delta) ** -2)), math.tanh(self.gamma / self.delta)
            flat = float(1 / np.cosh(2 * np.float64(self.gamma) / self.delta))
        return excess, flat, t / math.sqrt(1 + t * t), flat / (1 + excess)

    def mean(self) -> float:
        with np.errstate(over="ignore"):
            shift = float(np.exp(0.5 * np.float64(self.delta) ** -2) * np.sinh(np.float64(self.gamma) / self.delta)) if self.gamma else 0.0
        return self.location - self.scale * shift

    def variance(self) -> float:
        excess = self._bend()[0]
        with np.errstate(over="ignore"):
            return self.scale**2 * 0.5 * excess * (float((1 + excess) * np.cosh(2 * np.float64(self.gamma) / self.delta)) + 1)

    def skewness(self) -> float:
        excess, flat, t, small = self._bend()
        if not self.gamma:
            return 0.0
        return -math.sqrt(0.5 * excess) * math.sqrt(2) * t * ((excess + 3) * (2 + flat) + 3 * small) / (math.sqrt(2) * (1 + small) ** 1.5)

    def excess_kurtosis(self) -> float:
        """Return the formula of `formulas` as a multiple of w - 1, which is small for a nearly normal law."""
        e, flat, _, small = self._bend()
        w = 1 + e
        with np.errstate(over="ignore"):
            cubic = float(np.float64(w) ** 3 + 3 * w * w + 6 * w + 6)
        above = cubic * (2 - flat * flat) + 4 * (w + 3) * small - (3 / w - 3 / w / w) * flat * flat
        return e * above / (2 * (1 + small) ** 2)

    def entropy(self) -> float:
        nodes, weights = normal_nodes(self.gamma, self.delta)
        u = np.abs(nodes - self.gamma) / self.delta
        log_cosh = np.where(u < 0.3, 0.5 * np.log1p(np.sinh(np.minimum(u, 1.0)) ** 2), u + np.log1p(np.exp(-2 * u)) - math.log(2))
        return HALF_LOG_2PI + 0.5 + math.log(self.scale) - math.log(self.delta) + float(weights @ log_cosh)
