"""What the hand does to a target: it drags a hill, or draws a stroke that becomes heights."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from core.targets.base import Array, Target
from core.targets.hills import Hills
from core.targets.hills_plane import Hills2
from core.targets.painted import Painted
from core.targets.painted_plane import REACH, SIDE, PaintedPlane

LEAST_SHARE = 0.02  # of a hill that the hand pushes down: it can be pulled up again
BRUSH = 0.5  # of the distance between two heights: the softness of the brush, as a standard deviation it is this plus half a cell
RAISE, LOWER = 0.5, 0.8  # of the way to full, or to nothing, that one stroke goes
FULL = 1.0  # the height of a full brush


def grips(target: Target) -> dict[str, tuple[float, float]]:
    """Return the places by which a target can be dragged, by name: the top of each hill on the line, the middle of each in the plane."""
    if isinstance(target, Hills):
        centres = np.array([[part.centre] for part in target.parts])
        return {f"part.{k}": (float(x), float(y)) for k, (x, y) in enumerate(zip(centres[:, 0], np.exp(target.log_prob(centres)), strict=True))}
    if isinstance(target, Hills2):
        return {f"part.{k}": (part.x, part.y) for k, part in enumerate(target.parts)}
    return {}


def dragged(target: Target, name: str, x: float, y: float) -> Target:
    """Return the target after one of its grips was let go at (x, y): on the line a hill moves and gets its share from the height.

    Raises:
        ValueError: when it has no such grip, or the place is refused.
    """
    if name not in grips(target):
        raise ValueError(f"name must be one of {', '.join(grips(target)) or 'none'}, got {name}: try another target")
    k = int(name.rpartition(".")[2])
    if isinstance(target, Hills2):
        return target.replace(parts=_with(target.parts, k, x=_tidy(x), y=_tidy(y)))
    moved = target.replace(parts=_with(target.parts, k, centre=_tidy(x)))
    return _raised(moved, k, y) if len(target.parts) > 1 else moved


def _with(parts: tuple, k: int, **changes: float) -> tuple:
    return (*parts[:k], parts[k].replace(**changes), *parts[k + 1 :])


def _raised(target: Hills, k: int, height: float) -> Hills:
    """Give hill k the share with which the density at its centre has a height; the others keep their ratios."""
    part, others = target.parts[k], (*target.parts[:k], *target.parts[k + 1 :])
    rest = math.fsum(each.weight for each in others)
    if not rest:
        return target
    around = float(np.exp(target.replace(parts=others).log_prob(np.array([part.centre]))))
    own = 1 / (part.width * math.sqrt(2 * math.pi))
    share = (height - around) / (own - around) if own > around else LEAST_SHARE
    share = min(max(share, LEAST_SHARE), 1 - LEAST_SHARE)
    return target.replace(parts=tuple(each.replace(weight=_tidy(share if i == k else (1 - share) * each.weight / rest)) for i, each in enumerate(target.parts)))


def paintable(target: Target) -> bool:
    """Tell whether a stroke changes a target."""
    return isinstance(target, Painted | PaintedPlane)


def stroked(target: Target, xs: Sequence[float], ys: Sequence[float], lower: bool = False) -> Target:
    """Return a painted target after a stroke: on the line it sets the heights under it, in the plane a soft brush raises those around it.

    Args:
        target: a painted one.
        xs, ys: the places of the stroke, in order.
        lower: in the plane, take away.

    Raises:
        ValueError: when the target is not painted, or nothing of it would be left.
    """
    x, y = np.asarray(xs, float), np.asarray(ys, float)
    if isinstance(target, Painted):
        return target.replace(heights=_set(target, x, y))
    if isinstance(target, PaintedPlane):
        return target.replace(heights=_brushed(target.grid, x, y, lower))
    raise ValueError(f"target must be a painted one, got {type(target).__name__}: try Painted()")


def _set(target: Painted, x: Array, y: Array) -> tuple[float, ...]:
    """Set each height that the stroke passes over, the last pass counting; a stroke between two of them sets the nearest."""
    heights, places = np.array(target.heights), np.linspace(target.low, target.high, len(target.heights))
    heights[np.argmin(np.abs(places - x[-1]))] = y[-1]
    for k in range(len(x) - 1):
        low, high = sorted((x[k], x[k + 1]))
        under = (places >= low) & (places <= high)
        share = (places[under] - x[k]) / (x[k + 1] - x[k]) if high > low else 1.0
        heights[under] = y[k] + share * (y[k + 1] - y[k])
    return tuple(_tidy(max(height, 0.0)) for height in heights)


def _brushed(grid: Array, x: Array, y: Array, lower: bool) -> tuple[float, ...]:
    """Raise or lower the heights near the stroke, the nearest most."""
    step = 2 * REACH / (SIDE - 1)
    places = np.stack(np.meshgrid(*[np.linspace(-REACH, REACH, SIDE)] * 2, indexing="ij"), axis=-1)
    bump = np.exp(-0.5 * np.square(_distance(places, np.stack([x, y], axis=-1)) / ((0.5 + BRUSH) * step)))
    full = max(FULL, float(grid.max()))
    new = grid * (1 - LOWER * bump) if lower else grid + (full - grid) * RAISE * bump
    return tuple(np.round(np.where(new < 0.005 * full, 0.0, new), 3).ravel().tolist())


def _distance(places: Array, stroke: Array) -> Array:
    """Return how far places (..., 2) lie from a line through points (k, 2)."""
    start, way = stroke[:-1] if len(stroke) > 1 else stroke, np.diff(stroke, axis=0) if len(stroke) > 1 else np.zeros((1, 2))
    gaps = places[..., None, :] - start
    length = np.square(way).sum(axis=1)
    share = np.clip((gaps * way).sum(axis=-1) / np.where(length > 0, length, 1.0), 0, 1)
    return np.sqrt(np.square(gaps - share[..., None] * way).sum(axis=-1)).min(axis=-1)


def _tidy(value: float) -> float:
    return float(f"{value:.4g}")
