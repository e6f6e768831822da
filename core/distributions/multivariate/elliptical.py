"""What the normal and Student's t law in the plane share: their contours are the same ellipses."""

from __future__ import annotations

import math
from typing import Any, ClassVar

import numpy as np
from numpy.typing import ArrayLike

from core.distributions.base import FINITE, Array, Distribution
from core.distributions.multivariate.base import Multivariate
from core.params import param

MOST_RHO = 0.999999  # closer to 1 the law is a line
WIDTHS = (1e-8, 1e8)  # with the narrowest correlation and df, what is left of a width still is one of the univariate laws
RHO = {"low": -0.99, "high": 0.99, "step": 0.03, "bounds": (-MOST_RHO, MOST_RHO), "symbol": r"\rho"}


def middle(axis: str) -> Any:
    """Declare where the law stands along an axis."""
    return param(0.0, f"Middle of {axis}", low=-3, high=3, step=0.1, bounds=FINITE, symbol=rf"\mu_{axis}", help=f"Where the centre lies along {axis}.")


def width(axis: str, words: str = "Standard deviation") -> Any:
    """Declare how wide the law is along an axis."""
    return param(1.0, f"{words} of {axis}", low=0.3, high=3, step=0.05, bounds=WIDTHS, symbol=rf"\sigma_{axis}", help=f"How wide the law is along {axis}.")


class Elliptical(Multivariate):
    """Base of the laws in the plane whose density depends on q = (x - mu)' inv(S) (x - mu) alone.

    S has sigma_x^2 and sigma_y^2 on its diagonal and rho sigma_x sigma_y beside it. With u = (x - mu_x) / sigma_x and
    v = (y - mu_y) / sigma_y, q = u^2 + (v - rho u)^2 / (1 - rho^2), which keeps its digits where rho is nearly 1.
    """

    columns = ("x", "y")
    reach: ClassVar[float] = 3.3  # scales that a picture shows on either side of the middle

    def slack(self) -> float:
        """Return sqrt(1 - rho^2), what is left of the spread of y once x is known."""
        return math.sqrt((1 - self.rho) * (1 + self.rho))

    def log_area(self) -> float:
        """Return the log of sqrt(det S)."""
        return math.log(self.sigma_x) + math.log(self.sigma_y) + math.log(self.slack())

    def away(self, x: ArrayLike) -> Array:
        """Return sqrt(q), how many standard deviations a point is from the centre in its direction: (..., 2) -> (...)."""
        x = np.asarray(x, float)
        with np.errstate(over="ignore", invalid="ignore"):
            u, v = (x[..., 0] - self.mu_x) / self.sigma_x, (x[..., 1] - self.mu_y) / self.sigma_y
            return np.where(np.isinf(u) | np.isinf(v), np.where(np.isnan(u) | np.isnan(v), math.nan, math.inf), np.hypot(u, (v - self.rho * u) / self.slack()))

    def place(self, e: Array) -> Array:
        """Turn coordinates in which the ellipses are circles of radius sqrt(q) into points: (..., 2) -> (..., 2)."""
        x = self.mu_x + self.sigma_x * e[..., 0]
        return np.stack([x, self.mu_y + self.sigma_y * (self.rho * e[..., 0] + self.slack() * e[..., 1])], axis=-1)

    def shape_matrix(self) -> Array:
        """Return S: (2, 2)."""
        beside = self.rho * self.sigma_x * self.sigma_y
        return np.array([[self.sigma_x**2, beside], [beside, self.sigma_y**2]])

    def radius(self, mass: float) -> float:
        """Return sqrt(q) of the ellipse that holds a share of the mass."""
        raise NotImplementedError

    def given(self, x: float) -> Distribution:
        """Return the law of y once x is known."""
        raise NotImplementedError

    def area(self, mass: float) -> float:
        """Return the area of the ellipse that holds a share of the mass: pi q sqrt(det S)."""
        return math.pi * self.radius(mass) ** 2 * math.exp(self.log_area())

    def slope(self) -> float:
        """Return the slope of the line that E(y | x) follows: rho sigma_y / sigma_x."""
        return self.rho * self.sigma_y / self.sigma_x

    def entropy(self) -> float:
        """Return -E log p, in nats."""
        raise NotImplementedError
