"""What a typed density is refused for, each in its sentence: negative, infinite, undefined, 0 all over, or with its mass elsewhere."""

from __future__ import annotations

import itertools
import math

import numpy as np

from core.formula import Formula
from core.targets.base import Array
from core.targets.looking import Window, climbed, kept, outer

ROUNDING = 1e-13  # of the largest value: a value that little below 0 is the rounding of 0
ALL_OUTSIDE = 20.0  # by how much the log density must be higher outside before the window is refused


def say(place: Array, variables: tuple[str, ...]) -> str:
    """Name a place: "x = 1.5, y = 2"."""
    return ", ".join(f"{word} = {float(f'{value:.4g}') + 0.0:g}" for word, value in zip(variables, place, strict=True))


def infinite(formula: Formula, place: Array) -> ValueError:
    """Build the error for a density that is infinite at a place."""
    return ValueError(f"density must be finite, got infinity at {say(place, formula.variables)}: try a window without that place, or min(..., 100)")


def refuse_undefined(read: Formula, window: Window, grid: Array, values: Array, logs: Array) -> None:
    """Refuse a formula without a value over a stretch of its window; a single place, such as x = 0 in sin(x)/x, does no harm."""
    missing = grid[np.isnan(values) & np.isnan(logs)]
    low, high = np.array(window).T
    nudge = 1e-7 * (high - low)
    for place in missing[:: max(1, len(missing) // 200)]:
        near = np.clip(place + nudge * np.array(list(itertools.product((-1, 1), repeat=len(window)))), low, high)
        if np.isnan(read.evaluate(*near.T)).any() and (len(missing) > 1 or np.isnan(read.evaluate(*near.T)).all()):
            spans = " and ".join(f"[{a:g}, {b:g}]" for a, b in window)
            raise ValueError(
                f"density must have a value all over {spans}, got none at {say(place, read.variables)}: try a condition in front, such as [x > 0], or another window"
            )


def refuse_negative(read: Formula, window: Window, grid: Array, values: Array) -> Array:
    """Refuse a formula that is below 0 by more than rounding, on the grid or in a hollow between its places; return the hollows (p, d)."""
    size = float(np.abs(values[np.isfinite(values)]).max(initial=0.0))
    known = np.where(np.isnan(values), math.inf, values)
    places = np.concatenate([grid[known == known.min()][:1], climbed(lambda x: kept(-read.evaluate(*x.T)), grid, -known, window)])
    depths = read.evaluate(*places.T)
    depths = np.where(np.isnan(depths), math.inf, depths)
    lowest = int(np.argmin(depths))
    if depths[lowest] < -ROUNDING * size:
        raise ValueError(
            f"density must not be negative, got {depths[lowest]:.3g} at {say(places[lowest], read.variables)}: try max(0, ...) around it, or another window"
        )
    return places


def refuse_elsewhere(read: Formula, window: Window, top: float) -> None:
    """Refuse a density that is 0 all over its window, or next to nothing beside a hill outside it."""
    place, outside = outer(read, window)
    spans = " and ".join(f"[{a:g}, {b:g}]" for a, b in window)
    remedy = f"try a window around {say(place, read.variables)}" if outside > -math.inf else "try another formula, or another window"
    if top == -math.inf:
        raise ValueError(f"density must be above 0 somewhere in {spans}, got 0 all over it: {remedy}")
    if outside - top > ALL_OUTSIDE:
        raise ValueError(f"window must hold the mass of the density, got {spans}, and nearly all of it lies outside: {remedy}")


def refuse_pole(read: Formula, window: Window, tops: Array, heights: Array) -> None:
    """Refuse a density that grows like a power towards a top which no float hits: each time a hundred times closer, it is higher by the same factor."""
    width = np.ptp(np.array(window), axis=1)
    for place, height in zip(tops, heights, strict=True):
        if height == -math.inf:
            continue
        near = np.stack([place + width * share * np.ones(len(width)) for share in (1e-13, 1e-11, 1e-9, 1e-7)])
        logs = read.log_evaluate(*near.T)
        gains = np.where(np.isfinite(logs[1:]), logs[:-1], math.nan) - logs[1:]
        if np.isfinite(gains).all() and gains.min() > 0.4 and gains.max() < 2 * gains.min():
            raise infinite(read, place)
