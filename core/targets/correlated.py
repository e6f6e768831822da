"""A normal law in the plane whose coordinates go together."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from core.distributions.base import POSITIVE
from core.params import param
from core.targets.base import Array, Target
from core.targets.bells import LOG_2PI


@dataclass(frozen=True)
class CorrelatedNormal(Target):
    """A tilted bell: the larger the correlation, the narrower the ridge along which a sampler has to walk.

    Normal(0, C) with C = (sx^2, rho sx sy; rho sx sy, sy^2).
    https://en.wikipedia.org/wiki/Multivariate_normal_distribution#Bivariate_case
    """

    rho: float = param(0.9, "Correlation", low=-0.99, high=0.99, step=0.01, bounds=(-0.999999, 0.999999), symbol=r"\rho", help="How narrow the ridge is.")
    sd_x: float = param(1.0, "Width in x", low=0.2, high=5, step=0.05, bounds=POSITIVE, help="The standard deviation of x.")
    sd_y: float = param(1.0, "Width in y", low=0.2, high=5, step=0.05, bounds=POSITIVE, help="The standard deviation of y.")

    title = "Correlated normal"
    story = "A tilted bell: a narrow ridge, along which one coordinate at a time moves slowly."
    dim = 2

    @property
    def _sds(self) -> Array:
        return np.array([self.sd_x, self.sd_y])

    @property
    def _rest(self) -> float:
        """1 - rho^2, without loss of digits."""
        return (1 - self.rho) * (1 + self.rho)

    @property
    def window(self) -> Array:
        return np.outer(self._sds, [-4.0, 4.0])

    def log_density(self, x: Array) -> Array:
        u, v = (x / self._sds).T
        square = np.square(u) + np.square(v - self.rho * u) / self._rest
        return -0.5 * square - LOG_2PI - 0.5 * math.log(self._rest) - np.log(self._sds).sum()

    def slope(self, x: Array) -> Array:
        z = x / self._sds
        return (self.rho * z[:, ::-1] - z) / self._rest / self._sds

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        u, v = rng.standard_normal((2, n))
        return np.stack([u, self.rho * u + math.sqrt(self._rest) * v], axis=1) * self._sds

    def mean(self) -> Array:
        return np.zeros(2)

    def covariance(self) -> Array:
        return np.outer(self._sds, self._sds) * np.array([[1, self.rho], [self.rho, 1]])
