"""Two moons that reach into each other."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import special

from core.distributions.base import POSITIVE
from core.params import param
from core.targets import rings
from core.targets.base import Array, Target

CENTRES = np.array([[-0.5, -0.25], [0.5, 0.25]])  # times the size
UP = np.array([1.0, -1.0])  # the first moon's back points up, the second's down


@dataclass(frozen=True)
class Moons(Target):
    """Two half rings that reach into each other: two curved regions of equal mass, hard to cross and hard to follow.

    Around each centre f = exp(-(r - size)^2 / (2 width^2)) exp(focus cos t), t the angle from the moon's back; the sum of both.
    The angle follows a von Mises law. https://en.wikipedia.org/wiki/Von_Mises_distribution
    """

    size: float = param(2.0, "Size", low=0.5, high=5, step=0.1, bounds=POSITIVE, help="The radius of each moon.")
    width: float = param(0.2, "Width", low=0.05, high=1, step=0.05, bounds=POSITIVE, help="How thick they are.")
    focus: float = param(2.0, "Focus", low=0, high=10, step=0.5, bounds=(0, 500), help="How much of each ring is left: 0 is a whole ring, 10 a short arc.")

    title = "Two moons"
    story = "Two crescents that reach into each other: curved, apart, and of equal mass."
    dim = 2

    @property
    def window(self) -> Array:
        reach = np.abs(CENTRES).max(axis=0) * self.size + self.size + 4 * self.width
        return reach[:, None] * [-1, 1]

    def _terms(self, x: Array) -> tuple[Array, Array, Array]:
        """Return, for each moon, the way from its centre (2, n, 2), the distance (2, n), and its log density (2, n)."""
        gaps = x - self.size * CENTRES[:, None]
        r = np.hypot(gaps[..., 0], gaps[..., 1])
        cosine = UP[:, None] * gaps[..., 1] / np.where(r > 0, r, 1.0)
        return gaps, r, self.focus * (cosine - 1) - 0.5 * np.square((r - self.size) / self.width)

    def log_density(self, x: Array) -> Array:
        return np.logaddexp(*self._terms(x)[2])

    def slope(self, x: Array) -> Array:
        gaps, r, logs = self._terms(x)
        owned = np.exp(logs - logs.max(axis=0))
        owned /= owned.sum(axis=0)
        r = np.where(r > 0, r, 1.0)[..., None]
        outward = -(r - self.size) / self.width**2 * gaps / r
        turned = np.stack([-gaps[..., 0] * gaps[..., 1], gaps[..., 0] ** 2], axis=-1) / r**3  # the gradient of y / r
        return (owned[..., None] * (outward + self.focus * UP[:, None, None] * turned)).sum(axis=0)

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        """Toss a coin for the moon, then draw the distance and, from a von Mises law, the angle."""
        moon = (rng.random(n) < 0.5).astype(int)
        r, t = rings.sample(rng, n, self.size, self.width), rng.vonmises(0.0, self.focus, n)
        return self.size * CENTRES[moon] + np.stack([r * np.sin(t), UP[moon] * r * np.cos(t)], axis=1)

    def mean(self) -> Array:
        return np.zeros(2)

    def covariance(self) -> Array:
        first, second = rings.moments(self.size, self.width)
        whole, lean, double = (float(special.ive(k, self.focus)) for k in range(3))
        along = self.size * CENTRES[0] + np.array([0.0, first * lean / whole])  # the mean of the first moon; the other's is opposite
        middle = self.size * CENTRES[0]
        square = 0.5 * second * np.diag([1 - double / whole, 1 + double / whole])  # about the centre of the ring
        around = along - middle
        return square - np.outer(around, around) + np.outer(along, along)

    def log_mass(self) -> float:
        return math.log(2) + math.log(2 * math.pi * float(special.ive(0, self.focus))) + rings.log_mass(self.size, self.width)
