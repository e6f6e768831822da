"""What every target can do: a density, known up to a factor, with the truth about it."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike

from core.spec import Spec

Array = np.ndarray
BLOCK = 32_768  # points at a time, so that memory does not grow with their number


class Density:
    """A density on the line or in the plane that need not have mass 1. Points are rows: x has shape (..., dim).

    A member gives `window`, `log_density` and `slope` for finite points, and the exact truth: `sample`, `mean`, `covariance`,
    `log_mass`.

    Class attributes:
        title: the name in the menu.  story: one sentence: what it looks like, and what it is good for.
        dim: how many numbers a point has.
        differences: True where the gradient is made of differences of `log_prob`.
    """

    title: ClassVar[str]
    story: ClassVar[str]
    dim: int
    differences: ClassVar[bool] = False

    @property
    def window(self) -> Array:
        """Return low and high of each coordinate: (dim, 2), what pictures show; nearly all the mass lies within."""
        raise NotImplementedError

    def log_density(self, x: Array) -> Array:
        """Return the log density at finite points (n, dim): (n,)."""
        raise NotImplementedError

    def slope(self, x: Array) -> Array:
        """Return the gradient of the log density at finite points (n, dim) of the support: (n, dim)."""
        raise NotImplementedError

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        """Draw n independent points: (n, dim)."""
        raise NotImplementedError

    def mean(self) -> Array:
        """Return E X: (dim,); nan where undefined, inf where infinite."""
        raise NotImplementedError

    def covariance(self) -> Array:
        """Return E (X - mean)(X - mean)': (dim, dim); nan where undefined, inf where infinite."""
        raise NotImplementedError

    def log_mass(self) -> float:
        """Return the log of the integral of exp(log_prob); 0 for a density that is normalised."""
        return 0.0

    def notes(self) -> tuple[str, ...]:
        """Return sentences to show beside the picture, such as that the window cuts the density off."""
        return ()

    # What follows

    def log_prob(self, x: ArrayLike) -> Array:
        """Return the log density, unnormalised: (..., dim) -> (...). -inf outside the support and where a point is no number; never nan.

        Raises:
            ValueError: when the last axis is not dim long.
        """
        found = self._over(self.log_density, x, ())
        return np.where(np.isnan(found), -math.inf, found)[()]

    def grad_log_prob(self, x: ArrayLike) -> Array:
        """Return the gradient of `log_prob`: (..., dim) -> (..., dim); 0 where there is no density, or no slope.

        Raises:
            ValueError: when the last axis is not dim long.
        """
        return self._over(self._slope_inside, x, (self.dim,))

    def _slope_inside(self, x: Array) -> Array:
        slope = self.slope(x)
        return np.where(np.isfinite(self.log_density(x))[:, None] & ~np.isnan(slope), slope, 0.0)

    def _over(self, function: Callable[[Array], Array], x: ArrayLike, shape: tuple[int, ...]) -> Array:
        """Evaluate block by block, at the finite points alone."""
        points = rows(x, self.dim)
        flat = points.reshape(-1, self.dim)
        out = np.full((len(flat), *shape), 0.0 if shape else -math.inf)
        with np.errstate(all="ignore"):
            for start in range(0, len(flat), BLOCK):
                block = flat[start : start + BLOCK]
                finite = np.isfinite(block).all(axis=1)
                out[start : start + BLOCK][finite] = function(block[finite])
        return out.reshape((*points.shape[:-1], *shape))


class Target(Density, Spec):
    """Base of the targets of the family: a density that is a setting too, so that it has sliders, a link and a line of Python."""


def rows(x: ArrayLike, dim: int) -> Array:
    """Return points as an array of shape (..., dim).

    Raises:
        ValueError: when the last axis has another length.
    """
    points = np.asarray(x, float)
    if points.ndim == 0 or points.shape[-1] != dim:
        raise ValueError(f"x must have a last axis of length {dim}, got shape {points.shape}: try x.reshape(-1, {dim})")
    return points
