"""A density in x and y that was typed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from core.distributions.base import FINITE
from core.params import param
from core.targets import written as reading
from core.targets.base import Array, Target
from core.targets.cells import Cells, cut
from core.targets.looking import Window
from core.targets.strips import Moments, integrate
from core.targets.written import Written, formula, written


@dataclass(frozen=True)
class TypedPlane(Target):
    """Any density of two variables that can be typed, cut to a rectangle; its factor and moments come out by a Gauss rule on strips.

    p(x, y) = f(x, y) / Z on the rectangle. Draws are exact up to a bound: the rectangle is cut into cells, each with a height that the
    density stays below (found from 25 places in it), and places are kept with probability density over height.

    Raises:
        ValueError: in one sentence, as for `Typed`.
    """

    text: str = formula("exp(-(x^2 + y - 3)^2/4 - (x + y^2 - 3)^2/4)", "x and y")
    x_low: float = param(-4.0, "x from", low=-10, high=10, step=0.5, bounds=FINITE, help="The left side.")
    x_high: float = param(4.0, "x to", low=-10, high=10, step=0.5, bounds=FINITE, help="The right side.")
    y_low: float = param(-4.0, "y from", low=-10, high=10, step=0.5, bounds=FINITE, help="The lower side.")
    y_high: float = param(4.0, "y to", low=-10, high=10, step=0.5, bounds=FINITE, help="The upper side.")

    title = "Typed formula in x and y"
    story = "A density of one's own, typed as a formula in x and y; it need not be normalised."
    dim = 2

    def agree(self) -> None:
        written(self.text, ("x", "y"), self._window)

    @property
    def _window(self) -> Window:
        return ((self.x_low, self.x_high), (self.y_low, self.y_high))

    @property
    def _read(self) -> Written:
        return written(self.text, ("x", "y"), self._window)

    @property
    def differences(self) -> bool:
        """Return True where the derivative of the formula would be too long, so that differences stand in for it."""
        return self._read.derivatives is None

    @property
    def window(self) -> Array:
        return np.array(self._window)

    def log_density(self, x: Array) -> Array:
        return self._read.log_density(x)

    def slope(self, x: Array) -> Array:
        return self._read.slope(x)

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        return _cells(self.text, self._window).sample(rng, n, self._read.log_density)

    def mean(self) -> Array:
        return _moments(self.text, self._window).mean.copy()

    def covariance(self) -> Array:
        return _moments(self.text, self._window).covariance.copy()

    def log_mass(self) -> float:
        return _moments(self.text, self._window).log_mass

    def notes(self) -> tuple[str, ...]:
        return reading.notes(self._read) + (() if _moments(self.text, self._window).exact else (reading.RUGGED,))


@lru_cache(maxsize=16)
def _cells(text: str, window: Window) -> Cells:
    found = written(text, ("x", "y"), window)
    return cut(found.log_density, np.array(window), found.tops)


@lru_cache(maxsize=16)
def _moments(text: str, window: Window) -> Moments:
    return integrate(written(text, ("x", "y"), window).log_density, np.array(window), _cells(text, window))
