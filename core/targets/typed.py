"""A density in x that was typed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from core.distributions.base import FINITE
from core.params import param
from core.targets import written as reading
from core.targets.base import Array, Target
from core.targets.looking import Window
from core.targets.panels import Panels, settle
from core.targets.ramps import Ramps
from core.targets.written import Written, formula, written


@dataclass(frozen=True)
class Typed(Target):
    """Any density that can be typed, cut to [low, high]: its factor, mean and variance come out to twelve digits by a Gauss rule.

    p(x) = f(x) / Z on [low, high], Z the integral of f. Draws invert the distribution function on a fine table: some thousands of
    straight pieces, each with its exact mass.

    Raises:
        ValueError: in one sentence, when the text is no formula, or the formula is negative, infinite or undefined somewhere in
            [low, high], 0 all over it, or has its mass elsewhere.
    """

    text: str = formula("0.3*exp(-x**2) + 0.7*exp(-(x-3)**2)", "x")
    low: float = param(-2.0, "From", low=-10, high=10, step=0.5, bounds=FINITE, help="Where the density begins.")
    high: float = param(5.0, "To", low=-10, high=10, step=0.5, bounds=FINITE, help="Where it ends.")

    title = "Typed formula"
    story = "A density of one's own, typed as a formula in x; it need not be normalised."
    dim = 1

    def agree(self) -> None:
        _tables(self.text, self._window)

    @property
    def _window(self) -> Window:
        return ((self.low, self.high),)

    @property
    def _read(self) -> Written:
        return written(self.text, ("x",), self._window)

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
        return _tables(self.text, self._window)[1].quantile(rng.random(n))[:, None]

    def cdf(self, x: Array) -> Array:
        """Return the share of the mass at or below x."""
        return _tables(self.text, self._window)[1].cdf(np.asarray(x, float))

    def mean(self) -> Array:
        return np.array([_tables(self.text, self._window)[0].moments()[0]])

    def covariance(self) -> Array:
        return np.array([[_tables(self.text, self._window)[0].moments()[1]]])

    def log_mass(self) -> float:
        return _tables(self.text, self._window)[0].log_mass()

    def notes(self) -> tuple[str, ...]:
        return reading.notes(self._read) + (() if _tables(self.text, self._window)[0].exact else (reading.RUGGED,))


@lru_cache(maxsize=24)
def _tables(text: str, window: Window) -> tuple[Panels, Ramps]:
    """Return the density as polynomials, and as fine straight pieces."""
    found = written(text, ("x",), window)
    panels = settle(lambda x: found.strict(x.reshape(-1, 1)).reshape(x.shape), *window[0], np.concatenate([found.tops[:, 0], found.hollows[:, 0]]))
    return panels, panels.ramps()
