"""Layers that draw a target: its curve on the line, its field and level lines in the plane, and the handles of its hills."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from core.reels.contours import contours
from core.reels.reel import Axis, Handle, Layer
from core.targets.base import Array, Density, Target
from core.targets.hand import grips

PREFIX = "target:"  # of the names of a target's handles, beside those of an envelope or a chain
CURVE = 401
CELLS = 90
LEVELS = (0.05, 0.2, 0.5, 0.8)  # of the highest, for lines


def curve(target: Density, low: float, high: float, shift: float = 0.0, label: str = "target", role: str = "truth") -> Layer:
    """Return a target on the line as the curve exp(log_prob - shift)."""
    x = np.linspace(low, high, CURVE)
    y = np.exp(np.minimum(np.asarray(target.log_prob(x[:, None])) - shift, 600.0))
    return Layer("path", pd.DataFrame({"x": x, "y": y}), "always", role, label, style={"width": 3})


def field(target: Density, x: Axis, y: Axis, label: str = "target") -> Layer:
    """Return a target in the plane as a grey-blue field over the axes, dark where it is high."""
    value = _heights(target, *(_middles(axis) for axis in (x, y)))
    row, column = np.divmod(np.arange(value.size), CELLS)
    return Layer("field", pd.DataFrame({"row": row, "column": column, "value": value.ravel()}), "always", "context", label)


def lines(target: Density, x: Axis, y: Axis, label: str = "target") -> Layer:
    """Return a target in the plane as lines of 5, 20, 50 and 80 % of its peak."""
    places = [np.linspace(axis.low, axis.high, CELLS + 1) for axis in (x, y)]
    heights = _heights(target, *places).T
    found = [line for level in LEVELS for line in contours(*places, heights, level)]
    joined = np.concatenate([np.concatenate([line, [[math.nan, math.nan]]]) for line in found]) if found else np.empty((0, 2))
    return Layer("path", pd.DataFrame({"x": joined[:, 0], "y": joined[:, 1]}), "always", "truth", label, style={"width": 1.4, "opacity": 0.7})


def handles(target: Target, panel: int = 0, shift: float = 0.0) -> tuple[Handle, ...]:
    """Return the handles of a target's hills, none where it has none; on the line they sit on the curve of `curve`."""
    scale = math.exp(-shift) if target.dim == 1 else 1.0
    return tuple(
        Handle(f"{PREFIX}{name}", panel, x, y * scale, "xy", f"hill {k + 1}: drag it {'and its height' if target.dim == 1 else ''}".strip())
        for k, (name, (x, y)) in enumerate(grips(target).items())
    )


def _middles(axis: Axis) -> Array:
    edges = np.linspace(axis.low, axis.high, CELLS + 1)
    return 0.5 * (edges[1:] + edges[:-1])


def _heights(target: Density, x: Array, y: Array) -> Array:
    """Return the density over its highest: (rows of y, columns of x)."""
    logs = np.asarray(target.log_prob(np.stack(np.meshgrid(x, y), axis=-1)))
    top = logs[logs < math.inf].max(initial=-math.inf)
    return np.exp(np.minimum(logs - top, 0.0)) if top > -math.inf else np.zeros_like(logs)
