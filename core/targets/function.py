"""A target made in code, from any function."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from core.targets.base import Array, Density, rows

REACH = 5.0  # of the window that nobody gave
STENCIL = ((1, 4 / 5), (2, -1 / 5), (3, 4 / 105), (4, -1 / 280))  # central differences of order 8
STEP = 0.01  # of them; the error is about 1e-14 / STEP, or 1e-17 times the ninth derivative


@dataclass(frozen=True, eq=False)  # functions have no equality but identity
class FunctionTarget(Density):
    """Any density of d numbers, given by the log of it: for trying a sampler on a problem of one's own.

    Args:
        log_prob: (..., dim) -> (...), unnormalised; a nan counts as no density.
        dim: how many numbers a point has.
        grad: its gradient, (..., dim) -> (..., dim). Left out, it is made of central differences, and `differences` is True.
        window: (dim, 2), what pictures show; [-5, 5] when left out.

    Its mass, its moments and exact draws are not known: the first two are nan, `sample` says so.

    Raises:
        ValueError: when dim or the window is not as described.
    """

    log_prob: Callable[[ArrayLike], Array] = field()  # without this the method of the base would be its default
    dim: int
    grad: Callable[[ArrayLike], Array] | None = None
    window: Any = None

    title = "Made in code"
    story = "A density that was given as a function."

    def __post_init__(self) -> None:
        if isinstance(self.dim, bool) or not isinstance(self.dim, int) or self.dim < 1:
            raise ValueError(f"dim must be a whole number of at least 1, got {self.dim}: try 2")
        window = np.tile([-REACH, REACH], (self.dim, 1)) if self.window is None else np.asarray(self.window, float)
        if window.shape != (self.dim, 2) or not np.isfinite(window).all() or not (window[:, 0] < window[:, 1]).all():
            raise ValueError(f"window must be low and high of each coordinate, got {window.tolist()}: try {[[-REACH, REACH]] * self.dim}")
        object.__setattr__(self, "window", window)
        object.__setattr__(self, "given", self.log_prob)
        object.__setattr__(self, "log_prob", lambda x: Density.log_prob(self, x))

    @property
    def differences(self) -> bool:
        """Return True where the gradient is made of differences."""
        return self.grad is None

    def log_density(self, x: Array) -> Array:
        return np.asarray(self.given(x), float)

    def slope(self, x: Array) -> Array:
        if self.grad is not None:
            return np.asarray(self.grad(x), float)
        return central(self.log_prob, x, STEP * np.maximum(1.0, np.abs(x)))

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        raise ValueError("target must have exact draws, got one that was made in code: try a target of the menu, or a sampler")

    def mean(self) -> Array:
        return np.full(self.dim, math.nan)

    def covariance(self) -> Array:
        return np.full((self.dim, self.dim), math.nan)

    def log_mass(self) -> float:
        return math.nan


def central(function: Callable[[Array], Array], x: ArrayLike, step: Array) -> Array:
    """Return the gradient of a function of points by central differences of order 8: (n, d) -> (n, d).

    Args:
        function: (n, d) -> (n,).
        x: the points.
        step: (n, d), how far to look.

    https://en.wikipedia.org/wiki/Finite_difference_coefficient
    """
    points = rows(x, np.shape(x)[-1])
    out = np.zeros(points.shape)
    for k in range(points.shape[1]):
        h = np.zeros(points.shape)
        h[:, k] = step[:, k]
        out[:, k] = sum(weight * (function(points + j * h) - function(points - j * h)) for j, weight in STENCIL) / step[:, k]
    return out
