"""A density on the line that was painted."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from core.distributions.base import CEILING, FINITE
from core.params import param
from core.targets.base import Array, Target
from core.targets.ramps import Ramps, straight

MOST = 60
PLACES = np.linspace(-4, 4, 41)
BEGUN = tuple(np.round(np.exp(-((PLACES + 1.6) ** 2)) + 0.6 * np.exp(-((PLACES - 1.6) ** 2) / 1.5), 3).tolist())


@dataclass(frozen=True)
class Painted(Target):
    """Any shape that the hand draws: straight from height to height, so that its mass, moments and draws are closed formulas.

    f(x) = the height at x, linear between equally spaced places from low to high, 0 outside; Z is the sum of the trapeziums.
    """

    heights: tuple[float, ...] = param(
        BEGUN, "Heights", sequence=True, bounds=(0, CEILING), most=MOST, help="From left to right, equally spaced; only their ratios count."
    )
    low: float = param(-4.0, "From", low=-10, high=10, step=0.5, bounds=FINITE, help="Where the first height stands.")
    high: float = param(4.0, "To", low=-10, high=10, step=0.5, bounds=FINITE, help="Where the last height stands.")

    title = "Painted"
    story = "Any shape: draw it on the picture with the mouse or a finger."
    dim = 1

    def agree(self) -> None:
        if not self.low < self.high:
            raise ValueError(f"window must run from low to high, got [{self.low:g}, {self.high:g}]: try [{self.low:g}, {self.low + 5:g}]")
        if len(self.heights) < 2 or not any(self.heights):
            raise ValueError(f"heights must be two or more, one of them above 0, got {list(self.heights[:8])}: try 0, 1, 0")

    @property
    def _ramps(self) -> Ramps:
        return straight(np.linspace(self.low, self.high, len(self.heights)), np.array(self.heights))

    @property
    def window(self) -> Array:
        return np.array([[self.low, self.high]])

    def _piece(self, x: Array) -> tuple[Array, Array, Array]:
        """Return where in its piece each x lies (0 to 1), and the heights at the piece's ends."""
        heights, places = np.array(self.heights), (x[:, 0] - self.low) / (self.high - self.low) * (len(self.heights) - 1)
        piece = np.clip(np.floor(places), 0, len(heights) - 2).astype(int)
        return places - piece, heights[piece], heights[piece + 1]

    def log_density(self, x: Array) -> Array:
        t, left, right = self._piece(np.clip(x, self.low, self.high))
        inside = (x[:, 0] >= self.low) & (x[:, 0] <= self.high)
        return np.where(inside, np.log(left * (1 - t) + right * t), -math.inf)

    def slope(self, x: Array) -> Array:
        t, left, right = self._piece(x)
        return ((right - left) / (left * (1 - t) + right * t) * (len(self.heights) - 1) / (self.high - self.low))[:, None]

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        """Invert the distribution function, which is a parabola on each piece."""
        return self._ramps.quantile(rng.random(n))[:, None]

    def cdf(self, x: Array) -> Array:
        """Return the share of the mass at or below x."""
        return self._ramps.cdf(np.asarray(x, float))

    def mean(self) -> Array:
        return np.array([self._ramps.moments()[0]])

    def covariance(self) -> Array:
        return np.array([[self._ramps.moments()[1]]])

    def log_mass(self) -> float:
        return math.log(math.fsum(self._ramps.masses))
