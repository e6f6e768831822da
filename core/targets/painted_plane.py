"""A density in the plane that was painted."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from core.distributions.base import CEILING
from core.params import param
from core.targets.base import Array, Target

SIDE = 12
REACH = 4.0


def _begun() -> tuple[float, ...]:
    """Return a first painting: two soft spots, as whole hundredths."""
    x, y = np.meshgrid(*[np.linspace(-REACH, REACH, SIDE)] * 2, indexing="ij")
    spots = np.exp(-((x + 1.5) ** 2 + (y + 1) ** 2) / 1.5) + 0.7 * np.exp(-((x - 1.5) ** 2 + (y - 1.5) ** 2) / 2)
    return tuple(np.round(spots, 2).ravel().tolist())


@dataclass(frozen=True)
class PaintedPlane(Target):
    """Any picture that a brush paints: heights on a grid of 12 by 12, bilinear between them, so that its moments and draws are closed formulas.

    f(x, y) = the height on [-4, 4]^2, 0 outside. A cell of corners a, b, c, d holds the mass area (a + b + c + d) / 4.
    https://en.wikipedia.org/wiki/Bilinear_interpolation
    """

    heights: tuple[float, ...] = param(
        _begun(), "Heights", sequence=True, bounds=(0, CEILING), most=SIDE * SIDE, help="144 of them: column by column from the left, each from below."
    )

    title = "Painted in the plane"
    story = "Any picture: raise the density with a brush, lower it with the eraser."
    dim = 2

    def agree(self) -> None:
        if len(self.heights) != SIDE * SIDE or not any(self.heights):
            raise ValueError(f"heights must be {SIDE * SIDE}, one of them above 0, got {len(self.heights)}: try a fresh painting")

    @property
    def grid(self) -> Array:
        """Return the heights by column and row: (12, 12)."""
        return np.reshape(self.heights, (SIDE, SIDE))

    @property
    def window(self) -> Array:
        return np.full((2, 2), REACH) * [-1, 1]

    def _cell(self, x: Array) -> tuple[Array, Array]:
        """Return where in its cell each point lies (n, 2), 0 to 1, and the heights at the cell's corners (n, 2, 2)."""
        places = (x + REACH) / (2 * REACH) * (SIDE - 1)
        cell = np.clip(np.floor(places), 0, SIDE - 2).astype(int)
        i, j = cell.T
        return places - cell, np.stack([np.stack([self.grid[i + a, j + b] for b in (0, 1)], -1) for a in (0, 1)], -2)

    def log_density(self, x: Array) -> Array:
        (u, v), corners = (each if k else each.T for k, each in enumerate(self._cell(np.clip(x, -REACH, REACH))))
        height = ((1 - u) * (1 - v), (1 - u) * v, u * (1 - v), u * v)
        inside = (np.abs(x) <= REACH).all(axis=1)
        return np.where(inside, np.log(sum(share * corner for share, corner in zip(height, corners.reshape(-1, 4).T, strict=True))), -math.inf)

    def slope(self, x: Array) -> Array:
        (u, v), corners = (each if k else each.T for k, each in enumerate(self._cell(x)))
        (a, b), (c, d) = np.moveaxis(corners, 0, -1)
        height = (1 - u) * ((1 - v) * a + v * b) + u * ((1 - v) * c + v * d)
        rises = np.stack([(1 - v) * (c - a) + v * (d - b), (1 - u) * (b - a) + u * (d - c)], axis=1)
        return rises / height[:, None] * (SIDE - 1) / (2 * REACH)

    def _corners(self) -> Array:
        """Return the heights at the corners of all cells: (121, 2, 2)."""
        grid = self.grid
        return np.stack([[grid[:-1, :-1], grid[:-1, 1:]], [grid[1:, :-1], grid[1:, 1:]]]).reshape(2, 2, -1).transpose(2, 0, 1)

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        """Pick a cell by its mass, then x from the trapezium of the cell, then y from the one at x: each inverts a parabola."""
        corners = self._corners()
        grown = np.cumsum(corners.sum(axis=(1, 2)))
        cell = np.searchsorted(grown, grown[-1] * rng.random(n), side="right").clip(max=len(grown) - 1)
        held = corners[cell]
        u = _ramp(rng.random(n), held[:, 0].sum(axis=1), held[:, 1].sum(axis=1))
        bottom, top = ((1 - u) * held[:, 0, k] + u * held[:, 1, k] for k in (0, 1))
        v = _ramp(rng.random(n), bottom, top)
        places = np.stack(np.divmod(cell, SIDE - 1), axis=1) + np.stack([u, v], axis=1)
        return places / (SIDE - 1) * 2 * REACH - REACH

    def _means(self) -> tuple[Array, Array]:
        """Return E X and E X X', from the moments of the hats that stand on the grid's places."""
        places, step = np.linspace(-REACH, REACH, SIDE), 2 * REACH / (SIDE - 1)
        powers = []
        for k in range(3):  # the integral of x^k times each hat, exactly, over the one or two pieces it stands on
            left, right = places[:-1], places[1:]
            rise, fall = (_hat_moment(a, b, k) for a, b in ((left, right), (right, left)))
            powers.append(np.concatenate([fall, [0.0]]) + np.concatenate([[0.0], rise]))
        hats = np.stack(powers) * step  # (3, 12)
        moments = hats @ self.grid @ hats.T / (hats[0] @ self.grid @ hats[0])
        return np.array([moments[1, 0], moments[0, 1]]), np.array([[moments[2, 0], moments[1, 1]], [moments[1, 1], moments[0, 2]]])

    def mean(self) -> Array:
        return self._means()[0]

    def covariance(self) -> Array:
        mean, square = self._means()
        return square - np.outer(mean, mean)

    def log_mass(self) -> float:
        return math.log(math.fsum(self._corners().ravel()) / 4) + 2 * math.log(2 * REACH / (SIDE - 1))


def _ramp(share: Array, left: Array, right: Array) -> Array:
    """Return where on [0, 1] a density straight from left to right has a share of its mass below."""
    with np.errstate(invalid="ignore", divide="ignore"):
        t = share * (left + right) / (left + np.sqrt(left**2 + share * (right - left) * (left + right)))
    return np.clip(np.where(np.isfinite(t), t, share), 0, 1)


def _hat_moment(low: Array, top: Array, power: int) -> Array:
    """Return the mean of x^power times a hat that runs from 0 at `low` to 1 at `top`, over the piece between them."""
    gap = top - low
    return (0.5, low / 2 + gap / 3, low**2 / 2 + 2 * low * gap / 3 + gap**2 / 4)[power] * np.ones(len(low))
