"""Looking at a formula all over a window: its grid, the tops of its hills, and what lies outside."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable

import numpy as np

from core.formula import Formula
from core.targets.base import Array

LOOKS = {1: 4001, 2: 257}  # places along each axis, by the number of axes
CLIMBS, STEPS = 40, 80  # hills and hollows that are climbed, and how long
AROUND = 4.0  # windows on each side in which a mass is looked for that was left out
Window = tuple[tuple[float, float], ...]


def grid_over(window: Window) -> Array:
    """Return places all over a window: (..., d)."""
    axes = [np.linspace(low, high, LOOKS[len(window)]) for low, high in window]
    return np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1)


def kept(logs: Array) -> Array:
    """Return logs with -inf for what is undefined."""
    return np.where(np.isnan(logs), -math.inf, logs)


def spread(grid: Array) -> Array:
    """Return the distance between places of a grid along each axis."""
    d = grid.shape[-1]
    return np.array([grid[(1,) * d][k] - grid[(0,) * d][k] for k in range(d)])


def climbed(function: Callable[[Array], Array], grid: Array, heights: Array, window: Window) -> Array:
    """Return the tops (p, d) of the hills of a function, each climbed from a place of a grid that is as high as its neighbours."""
    starts = grid[_peaks(heights)]
    starts = starts[np.argsort(-heights[_peaks(heights)], kind="stable")[:CLIMBS]]
    low, high = np.array(window).T
    step = np.tile(spread(grid), (len(starts), 1))
    ways = np.array(list(itertools.product((0, -1, 1), repeat=grid.shape[-1])))  # staying comes first
    for _ in range(STEPS):
        if not len(starts):
            break
        tried = np.clip(starts[:, None] + step[:, None] * ways, low, high)
        best = function(tried.reshape(-1, grid.shape[-1])).reshape(tried.shape[:-1]).argmax(axis=1)
        starts = tried[np.arange(len(starts)), best]
        step = np.where((best == 0)[:, None], 0.5 * step, step)
    return starts


def _peaks(heights: Array) -> Array:
    """Tell which places of a grid are no lower than their neighbours along any axis, and not empty."""
    found = heights > -math.inf
    for axis in range(heights.ndim):
        before = np.moveaxis(heights, axis, 0)
        padded = np.concatenate([before[:1] * 0 - math.inf, before, before[:1] * 0 - math.inf]) if np.isfinite(before).all() else _padded(before)
        found &= np.moveaxis((before >= padded[:-2]) & (before >= padded[2:]), 0, axis)
    return found


def _padded(rows: Array) -> Array:
    edge = np.full((1, *rows.shape[1:]), -math.inf)
    return np.concatenate([edge, rows, edge])


def outer(read: Formula, window: Window) -> tuple[Array, float]:
    """Return where outside the window the density has its highest hill, and its log; -inf where it only climbs on and on, or is nothing."""
    low, high = np.array(window).T
    reach = AROUND * (high - low)
    grid = grid_over(tuple(zip((low - reach).tolist(), (high + reach).tolist(), strict=True)))
    logs = read.log_evaluate(*np.moveaxis(grid, -1, 0))
    logs = np.where(np.isnan(logs) | np.isposinf(logs), -math.inf, logs)
    border = ((grid <= low - 0.99 * reach) | (grid >= high + 0.99 * reach)).any(axis=-1)
    at_border = logs[border].max()
    logs[((grid >= low) & (grid <= high)).all(axis=-1) | border] = -math.inf
    best = np.unravel_index(np.argmax(logs), logs.shape)
    return grid[best], float(logs[best]) if logs[best] > at_border else -math.inf
