"""A soft ring."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from core.distributions.base import POSITIVE
from core.params import param
from core.targets import rings
from core.targets.base import Array, Target


@dataclass(frozen=True)
class Ring(Target):
    """A ring with nothing in the middle: the mean lies where there is no mass, and a sampler has to walk round.

    f(x) = exp(-(r - radius)^2 / (2 width^2)), r = |x|.
    """

    radius: float = param(3.0, "Radius", low=0, high=6, step=0.1, bounds=(0, 1e6), help="How far from the middle the crest lies.")
    width: float = param(0.4, "Width", low=0.1, high=2, step=0.05, bounds=POSITIVE, help="How thick the ring is.")

    title = "Ring"
    story = "A ring: its mean lies where there is no mass, and its two coordinates depend on each other without being correlated."
    dim = 2

    @property
    def window(self) -> Array:
        return np.full((2, 2), self.radius + 4 * self.width) * [-1, 1]

    def log_density(self, x: Array) -> Array:
        return -0.5 * np.square((np.hypot(*x.T) - self.radius) / self.width)

    def slope(self, x: Array) -> Array:
        r = np.hypot(*x.T)
        way = x / np.where(r > 0, r, 1.0)[:, None]
        return -((r - self.radius) / self.width**2)[:, None] * way

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        """Draw the distance by a bell above it, and the angle evenly."""
        r, angle = rings.sample(rng, n, self.radius, self.width), 2 * math.pi * rng.random(n)
        return np.stack([r * np.cos(angle), r * np.sin(angle)], axis=1)

    def mean(self) -> Array:
        return np.zeros(2)

    def covariance(self) -> Array:
        return 0.5 * rings.moments(self.radius, self.width)[1] * np.eye(2)

    def log_mass(self) -> float:
        return math.log(2 * math.pi) + rings.log_mass(self.radius, self.width)
