"""The mass and the moments of any density in the plane: strips along y at places along x, both cut until they are exact."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from core.targets.base import Array
from core.targets.cells import Cells, LogDensity
from core.targets.panels import ORDER, PLACES, WEIGHTS, shortfall

EXACT = 1e-12  # of the whole mass: what one strip or one panel may be off
HALVINGS = 45
MOST_WORK = 8_000_000  # values of the density: from there on the rest is taken as it is
JUMPS, BISECTIONS = (5, 11), 45  # halvings after which a panel is cut at its jump instead
LOT = 20_000  # panels at a time
POWERS = 3  # moments of y: mass, y, y^2


@dataclass(frozen=True)
class Moments:
    """The log of the mass, the mean (2,), the covariance (2, 2), and whether the work sufficed to have them exactly."""

    log_mass: float
    mean: Array
    covariance: Array
    exact: bool


class Strips:
    """Integrals of f, y f and y^2 f along y, at any places along x; y is measured from about its mean, in about its standard deviations."""

    def __init__(self, log_f: LogDensity, window: Array, cells: Cells) -> None:
        """Take the density, the window, and cells that are small where it is steep."""
        self.log_f, self.window, self.cells = log_f, window, cells
        self.log_total, self.work = cells.log_mass(), 0
        shares, y = np.exp(cells.mean + cells.log_areas() - self.log_total), 0.5 * (cells.low + cells.high)[:, 1]
        self.middle = float(shares @ y)
        self.unit = float(np.sqrt(shares @ (y - self.middle) ** 2)) or 1.0
        self.reach = min(4 * self._bulk(), np.ptp(window[0]))

    def _bulk(self) -> float:
        """Return the width along x that would hold all the mass at the height of the highest strip."""
        cells = self.cells
        x = np.unique(0.5 * (cells.low[:, 0] + cells.high[:, 0]))
        held = (x[:, None] >= cells.low[:, 0]) & (x[:, None] < cells.high[:, 0])
        return 1 / float((held @ np.exp(np.log(cells.high - cells.low)[:, 1] + cells.mean - self.log_total)).max())

    def at(self, x: Array) -> Array:
        """Return the integrals along y over the whole mass: (n,) -> (n, 3)."""
        out = np.zeros((len(x), POWERS))
        low, high = self.cells.low, self.cells.high
        x_in = np.clip(x, self.window[0, 0], np.nextafter(self.window[0, 1], -math.inf))
        owner, cell = np.nonzero((x_in[:, None] >= low[:, 0]) & (x_in[:, None] < high[:, 0]))
        left, right = low[cell, 1], high[cell, 1]
        for halving in range(HALVINGS):
            if not len(owner):
                break
            pieces = [self._looked(x, *(each[start : start + LOT] for each in (owner, left, right))) for start in range(0, len(owner), LOT)]
            sums, rough = (np.concatenate(each) for each in zip(*pieces, strict=True))
            rough &= (halving < HALVINGS - 1) & (self.work < MOST_WORK)
            np.add.at(out, owner[~rough], sums[~rough])
            owner, left, right = owner[rough], left[rough], right[rough]
            below, above = self._jump(x[owner], left, right) if halving in JUMPS else (0.5 * (left + right),) * 2
            left, right, owner = np.concatenate([left, above]), np.concatenate([below, right]), np.tile(owner, 2)
        return out

    def _jump(self, x: Array, left: Array, right: Array) -> tuple[Array, Array]:
        """Return the places just below and just above the largest jump of some panels; between them lies nothing to speak of."""
        at_left, at_right = (self._heights(x, y) for y in (left, right))
        for _ in range(BISECTIONS):
            middle = 0.5 * (left + right)
            at_middle = self._heights(x, middle)
            lower = np.abs(at_middle - at_left) <= np.abs(at_middle - at_right)  # the middle is like the left end, so that the jump lies above
            left, right = np.where(lower, middle, left), np.where(lower, right, middle)
            at_left, at_right = np.where(lower, at_middle, at_left), np.where(lower, at_right, at_middle)
        return left, right

    def _heights(self, x: Array, y: Array) -> Array:
        """Return the density over the whole mass at places (k,), or for each x at several y (k, n)."""
        self.work += y.size
        places = np.stack([np.broadcast_to(x.reshape(-1, *[1] * (y.ndim - 1)), y.shape), y], axis=-1)
        return np.exp(np.minimum(self.log_f(places.reshape(-1, 2)).reshape(y.shape) - self.log_total, 600.0))

    def _looked(self, x: Array, owner: Array, left: Array, right: Array) -> tuple[Array, Array]:
        """Return the integrals over some panels (k, 3), and which of them are rough."""
        half = 0.5 * (right - left)[:, None]
        y = left[:, None] + half * (PLACES + 1)
        heights = self._heights(x[owner], y)
        scaled = (y[:, :ORDER] - self.middle) / self.unit
        sums = half * np.stack([(heights[:, :ORDER] * scaled**power) @ WEIGHTS for power in range(POWERS)], axis=1)
        off = 2 * half[:, 0] * np.maximum(shortfall(heights) - 1e-15 * max(1.0, abs(self.log_total)) * heights.max(axis=1), 0)
        return sums, off * self.reach > EXACT


def integrate(log_f: LogDensity, window: Array, cells: Cells) -> Moments:
    """Return mass and moments of a density in the plane: a Gauss rule along x on strips along y, halved until both are exact.

    A density with a jump along a curve is exact too: each strip finds where it crosses the curve.
    """
    strips = Strips(log_f, window, cells)
    edges = np.unique(np.concatenate([cells.low[:, 0], cells.high[:, 0]]))
    left, right = edges[:-1], edges[1:]
    held: list[tuple[Array, Array]] = []
    for halving in range(HALVINGS):
        half = 0.5 * (right - left)[:, None]
        x = np.clip(left[:, None] + half * (PLACES + 1), left[:, None], right[:, None])
        sums = strips.at(x.ravel()).reshape(*x.shape, POWERS)
        off = np.maximum(shortfall(np.moveaxis(sums, -1, 0)).max(axis=0) - 1e-15 * sums[..., 0].max(axis=1), 0) * 2 * half[:, 0]
        rough = (off > EXACT) & (halving < HALVINGS - 1) & (strips.work < MOST_WORK)
        held.append((x[~rough, :ORDER].ravel(), ((half * WEIGHTS)[..., None] * sums[:, :ORDER])[~rough].reshape(-1, POWERS)))
        if not rough.any():
            break
        middle = 0.5 * (left + right)[rough]
        left, right = np.concatenate([left[rough], middle]), np.concatenate([middle, right[rough]])
    x, weights = (np.concatenate(each) for each in zip(*held, strict=True))
    return _moments(strips, x, weights)


def _moments(strips: Strips, x: Array, weights: Array) -> Moments:
    """Return the moments from the weights of the strips at x: their mass, y and y^2."""
    mass, y, square = weights.T
    total = math.fsum(mass)
    middle = math.fsum(mass * x) / total
    rise = math.fsum(y) / total
    across = math.fsum(mass * (x - middle) ** 2) / total
    both = math.fsum((x - middle) * (y - rise * mass)) / total
    up = math.fsum(square - 2 * rise * y + rise**2 * mass) / total
    covariance = np.array([[across, both * strips.unit], [both * strips.unit, up * strips.unit**2]])
    mean = np.array([middle, strips.middle + strips.unit * rise])
    return Moments(strips.log_total + math.log(total), mean, covariance, strips.work < MOST_WORK)
