"""Rectangles over a window, each with a height that the density stays below: small where the density is steep, for draws by rejection."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from core.targets.base import Array

START = 32  # cells along each axis
LOOKS = np.linspace(0, 1, 5)  # places along each axis of a cell
WASTE = 2e-4  # of the whole mass: a cell that wastes more is cut into four
MOST_CELLS, CUTS = 8000, 14
LEAST, MOST = 0.02, 0.7  # of the margin of a bound, as a log
LOT = 100_000  # proposals at a time
PATIENCE = 300  # proposals per draw

LogDensity = Callable[[Array], Array]


@dataclass(frozen=True)
class Cells:
    """Cells from low to high corners (k, 2), the log of a bound and of the mean height (k,)."""

    low: Array
    high: Array
    bound: Array
    mean: Array

    def log_areas(self) -> Array:
        """Return the logs of the areas: (k,)."""
        return np.log(self.high - self.low).sum(axis=1)

    def log_mass(self) -> float:
        """Return about what the log of the mass is."""
        return float(np.logaddexp.reduce(self.mean + self.log_areas()))

    def sample(self, rng: np.random.Generator, n: int, log_f: LogDensity) -> Array:
        """Draw n points: pick a cell by its bound, a place in it, and keep that with probability density over bound."""
        logs = self.bound + self.log_areas()
        grown = np.cumsum(np.exp(logs - logs.max()))
        points, missing, tried = [np.empty((0, 2))], n, 0
        while missing > 0:
            if tried > PATIENCE * (n + LOT):
                raise ValueError(f"density must be wider than a hair beside its window, got fewer than 1 in {PATIENCE} places kept: try a narrower window")
            tries = min(LOT, 2 * missing + 64)
            tried += tries
            cell = np.searchsorted(grown, grown[-1] * rng.random(tries), side="right").clip(max=len(grown) - 1)
            place = self.low[cell] + (self.high - self.low)[cell] * rng.random((tries, 2))
            held = place[np.log(rng.random(tries)) + self.bound[cell] < log_f(place)][:missing]
            points.append(held)
            missing -= len(held)
        return np.concatenate(points)


def cut(log_f: LogDensity, window: Array, tops: Array) -> Cells:
    """Cut a window into cells until the bounds lie closely above the density.

    A cell's bound is its highest of 25 places, and half of the largest step between neighbours above that.

    Args:
        log_f: (n, 2) -> (n,).
        window: low and high of each axis, (2, 2).
        tops: (p, 2), the tops of the hills, however narrow.
    """
    heights = log_f(tops)
    count = START << CUTS  # places of corners are whole numbers of the smallest cells, so that neighbours share their edges to the last bit
    corner = (count // START) * np.stack(np.meshgrid(np.arange(START), np.arange(START), indexing="ij"), axis=-1).reshape(-1, 2)
    size, done = count // START, Cells(np.empty((0, 2)), np.empty((0, 2)), np.empty(0), np.empty(0))
    while True:
        low, high = (window[:, 0] + np.ptp(window, axis=1) * (each / count) for each in (corner, corner + size))
        fresh = Cells(low, high, *_bounded(log_f, low, high, tops, heights))
        coarse = _wasteful(fresh, np.logaddexp(fresh.log_mass(), done.log_mass())) & (size > 1)
        if 3 * coarse.sum() + len(low) + len(done.low) > MOST_CELLS:
            coarse[:] = False
        done = Cells(*(np.concatenate([getattr(done, name), getattr(fresh, name)[~coarse]]) for name in ("low", "high", "bound", "mean")))
        if not coarse.any():
            return done
        size //= 2
        corner = (corner[coarse, None] + size * np.array([[0, 0], [0, 1], [1, 0], [1, 1]])).reshape(-1, 2)


def _wasteful(cells: Cells, log_total: float) -> Array:
    """Tell which cells waste too much; the mean of places that all miss a narrow peak is far too low, so that the bound alone counts there."""
    shares = np.exp(np.minimum(cells.log_areas() - log_total + np.stack([cells.bound, cells.mean]), 100.0))
    return shares[0] - np.minimum(shares[1], 1.0) > WASTE


def _bounded(log_f: LogDensity, low: Array, high: Array, tops: Array, heights: Array) -> tuple[Array, Array]:
    """Return the logs of a bound and of the mean height of each cell."""
    offsets = np.stack(np.meshgrid(LOOKS, LOOKS, indexing="ij"), axis=-1)  # (5, 5, 2)
    places = low[:, None, None] + (high - low)[:, None, None] * offsets
    logs = log_f(places.reshape(-1, 2)).reshape(-1, 5, 5)
    known = np.where(np.isfinite(logs), logs, math.nan)  # a step to where there is nothing is none
    steps = [np.abs(np.where(np.isfinite(gap), gap, 0.0)).max(axis=(1, 2)) for gap in (np.diff(known, axis=1), np.diff(known, axis=2))]
    bound = logs.max(axis=(1, 2)) + np.clip(0.5 * np.maximum(*steps), LEAST, MOST)
    for place, height in zip(tops, heights, strict=True):
        held = ((place >= low) & (place <= high)).all(axis=1)
        bound[held] = np.maximum(bound[held], height + LEAST)
    return bound, np.logaddexp.reduce(logs.reshape(-1, 25), axis=1) - math.log(25)
