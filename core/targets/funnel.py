"""Neal's funnel."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from core.params import param
from core.targets.base import Array, Target
from core.targets.bells import LOG_2PI


@dataclass(frozen=True)
class Funnel(Target):
    """A funnel: at its mouth x is spread wide, in its neck it has no room, so that every step size is wrong somewhere.

    y ~ Normal(0, spread), x | y ~ Normal(0, exp(y / 2)). Then Var x = exp(spread^2 / 2).
    Neal (2003), https://doi.org/10.1214/aos/1056562461
    """

    spread: float = param(1.5, "Spread", low=0.5, high=3, step=0.1, bounds=(0.01, 12), help="The standard deviation of y; Neal's own is 3.")

    title = "Funnel"
    story = "A funnel: wide at the mouth, without room in the neck, so that every step size is wrong somewhere."
    dim = 2

    @property
    def window(self) -> Array:
        wide = 3.0 * math.exp(0.75 * self.spread)
        return np.array([[-wide, wide], [-3.5 * self.spread, 3.5 * self.spread]])

    def log_density(self, x: Array) -> Array:
        across, y = x.T
        square = np.where(across == 0, 0.0, np.square(across) * np.exp(-y))
        return -0.5 * (square + y + np.square(y / self.spread)) - LOG_2PI - math.log(self.spread)

    def slope(self, x: Array) -> Array:
        across, y = x.T
        square = np.where(across == 0, 0.0, np.square(across) * np.exp(-y))
        return np.stack([np.where(across == 0, 0.0, -across * np.exp(-y)), 0.5 * square - 0.5 - y / self.spread**2], axis=1)

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        u, v = rng.standard_normal((2, n))
        return np.stack([np.exp(0.5 * self.spread * v) * u, self.spread * v], axis=1)

    def mean(self) -> Array:
        return np.zeros(2)

    def covariance(self) -> Array:
        return np.diag([math.exp(0.5 * self.spread**2), self.spread**2])
