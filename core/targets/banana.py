"""A bell bent into a banana."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from core.distributions.base import POSITIVE
from core.params import param
from core.targets.base import Array, Target
from core.targets.bells import LOG_2PI


@dataclass(frozen=True)
class Banana(Target):
    """A bent ridge: no single step size suits all of it, and the ends are easily missed.

    x ~ Normal(0, width), y | x ~ Normal(bend (x^2 - width^2), 1). Then E y = 0 and Var y = 2 bend^2 width^4 + 1.
    Haario, Saksman and Tamminen (1999), https://doi.org/10.1007/s001800050022
    """

    bend: float = param(0.4, "Bend", low=-1, high=1, step=0.02, bounds=(-1e6, 1e6), help="How strongly the ridge is bent; 0 is a plain bell.")
    width: float = param(2.0, "Width", low=0.5, high=4, step=0.05, bounds=POSITIVE, help="The standard deviation of x.")

    title = "Banana"
    story = "A bent ridge: the ends are long and thin, and a sampler of one step size misses them."
    dim = 2

    def _above(self, x: Array) -> Array:
        """Return y less the height of the ridge at x."""
        return x[:, 1] - self.bend * (x[:, 0] - self.width) * (x[:, 0] + self.width)

    @property
    def window(self) -> Array:
        ridge = self.bend * self.width**2 * np.array([-1.0, 8.0])  # at x = 0, and at 3 widths
        return np.array([[-3.5 * self.width, 3.5 * self.width], [min(ridge) - 4, max(ridge) + 4]])

    def log_density(self, x: Array) -> Array:
        return -0.5 * (np.square(x[:, 0] / self.width) + np.square(self._above(x))) - LOG_2PI - math.log(self.width)

    def slope(self, x: Array) -> Array:
        above = self._above(x)
        return np.stack([2 * self.bend * x[:, 0] * above - x[:, 0] / self.width**2, -above], axis=1)

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        u, v = rng.standard_normal((2, n))
        return np.stack([self.width * u, self.bend * self.width**2 * (np.square(u) - 1) + v], axis=1)

    def mean(self) -> Array:
        return np.zeros(2)

    def covariance(self) -> Array:
        return np.diag([self.width**2, 2 * self.bend**2 * self.width**4 + 1])
