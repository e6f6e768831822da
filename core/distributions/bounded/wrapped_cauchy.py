"""The wrapped Cauchy law, and moments on a circle."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from core.distributions.base import Array, Support
from core.distributions.continuous import Continuous
from core.distributions.normals import panel_nodes
from core.params import param


@dataclass(frozen=True)
class WrappedCauchy(Continuous):
    """A Cauchy value wound around a circle: a direction with a centre and with outliers all around.

    f(x) = (1 - rho^2) / (2 pi (1 + rho^2 - 2 rho cos(x - mu))) for -pi <= x <= pi.
    https://en.wikipedia.org/wiki/Wrapped_Cauchy_distribution
    """

    mu: float = param(0.0, "Direction", low=-3.1, high=3.1, step=0.1, bounds=(-math.pi, math.pi), symbol=r"\mu", help="The likeliest angle, in radians.")
    rho: float = param(
        0.5, "Concentration", low=0, high=0.95, step=0.01, bounds=(0, 1 - 1e-9), symbol=r"\rho", help="At 0 all directions are alike; near 1 all are near mu."
    )

    title = "Wrapped Cauchy"
    story = "A direction with outliers, such as the turns of a foraging animal; mean and variance are those of the angle as a number in [-π, π]."
    use = (
        "Directions or times of day with a sharp peak and a broad floor. Check that there is one preferred direction; if the peak is round and "
        "outliers are few, take the von Mises law."
    )
    density = r"\frac{1-<rho>^2}{2\pi\left(1+<rho>^2-2\,<rho>\cos(x-<mu>)\right)}"
    formulas = {
        "mean": r"2\arg\left(1+<rho>\,e^{i<mu>}\right)",
        "variance": r"\text{by numerical integration}",
        "skewness": r"\text{by numerical integration}",
        "excess_kurtosis": r"\text{by numerical integration}",
        "entropy": r"\log\left(2\pi(1-<rho>^2)\right)",
    }
    reference = "https://en.wikipedia.org/wiki/Wrapped_Cauchy_distribution"
    support = Support(-math.pi, math.pi)

    def _sharpness(self) -> float:
        """Return (1 + rho) / (1 - rho): tan(angle / 2) times this is the tangent of half of a uniform angle."""
        return (1 + self.rho) / (1 - self.rho)

    def log_density(self, x: Array) -> Array:
        rho = self.rho
        spread = (1 - rho) ** 2 + 4 * rho * np.sin(0.5 * (x - self.mu)) ** 2
        return math.log1p(-rho) + math.log1p(rho) - math.log(2 * math.pi) - np.log(spread)

    def _share(self, start: float | Array, stop: float | Array, step: Array) -> Array:
        """Return the mass on the arc between two angles that lie `step` apart: the angle between their directions after sharpening."""
        c, one, two = self._sharpness(), 0.5 * (start - self.mu), 0.5 * (stop - self.mu)
        # both the cosine and the sine of the sharpened angle, over c, so that neither is lost
        return np.arctan2(np.sin(0.5 * step), np.cos(one) * np.cos(two) / c + c * np.sin(one) * np.sin(two)) / math.pi

    def below(self, x: Array) -> Array:
        return self._share(-math.pi, x, x + math.pi)

    def sf(self, x: Array) -> Array:
        return self._inside(lambda x: self._share(x, math.pi, math.pi - x), x, 1.0, 0.0)

    def log_below(self, x: Array) -> Array:
        below = self.below(x)
        return np.where(below < 0.5, np.log(below), np.log1p(-self._share(x, math.pi, math.pi - x)))

    def log_above(self, x: Array) -> Array:
        above = self._share(x, math.pi, math.pi - x)
        return np.where(above < 0.5, np.log(above), np.log1p(-self.below(x)))

    def inverse(self, q: Array) -> Array:
        c, lower = self._sharpness(), q < 0.5
        thin = np.where(lower, q, 1 - q)
        start = np.where(lower, -math.pi, math.pi)
        turn = np.where(lower, 1.0, -1.0) * math.pi * thin
        half = 0.5 * (start - self.mu)
        cos, sin = np.cos(half), np.sin(half)
        length = np.sqrt(cos**2 + (c * sin) ** 2)
        u, v = cos / length, c * sin / length
        x, y = u * np.cos(turn) - v * np.sin(turn), (v * np.cos(turn) + u * np.sin(turn)) / c
        middle = self.mu + 2 * np.arctan2(y, x)  # right but for whole turns
        # unwound to the circle's one turn; next to an end rounding must not lead to the other end
        wound = middle - 2 * math.pi * np.round((middle - 1e-12 * start) / (2 * math.pi))
        return self.polish(wound, q, 2) if self.rho > 0.99 else wound

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        angles = 2 * np.arctan(np.tan(math.pi * (rng.random(n) - 0.5)) / self._sharpness()) + self.mu
        return np.clip(angles - 2 * math.pi * np.round(angles / (2 * math.pi)), -math.pi, math.pi)

    @cached_property
    def _moments(self) -> tuple[float, float, float, float]:
        return circle_moments(self.prob, self.mu, 1 - self.rho)

    def mean(self) -> float:
        return 2 * math.atan2(self.rho * math.sin(self.mu), 1 + self.rho * math.cos(self.mu))

    def variance(self) -> float:
        return self._moments[1]

    def skewness(self) -> float:
        return self._moments[2] if self.mu else 0.0

    def excess_kurtosis(self) -> float:
        return self._moments[3]

    def entropy(self) -> float:
        return math.log(2 * math.pi) + math.log1p(-self.rho) + math.log1p(self.rho)


def circle_moments(density: Callable[[Array], Array], peak: float, width: float) -> tuple[float, float, float, float]:
    """Return mean, variance, skewness and excess kurtosis on [-pi, pi], by Gauss panels that double away from the peak."""
    doubling = 0.5 * width * 2.0 ** np.arange(math.ceil(math.log2(8 / width)) + 2)
    around = np.concatenate([-doubling[::-1], [0.0], doubling])
    turns = np.concatenate([peak + around, peak + around - 2 * math.pi, peak + around + 2 * math.pi])
    inside = turns[(turns > -math.pi) & (turns < math.pi)]
    x, weights = panel_nodes(np.unique(np.concatenate([[-math.pi, math.pi], inside])))
    weights = weights * density(x)
    weights /= weights.sum()
    center = float(weights @ (x - peak))
    gaps = (x - peak) - center
    second, third, fourth = (float(weights @ gaps**j) for j in (2, 3, 4))
    return peak + center, second, third / second**1.5, fourth / second**2 - 3
