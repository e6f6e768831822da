"""Handles on a curve: its mode, its median and its tail, each of which drags the sweep."""

from __future__ import annotations

import math

import numpy as np

from core.reels.reel import Handle, Panel

TAIL = 0.95
TRAVEL = 0.06  # of the view: a handle that moves less is of no use
APART = 0.03  # of the view: of two handles nearer than this in most frames one is enough


def grips(density: Panel, cdf: Panel, n_frames: int) -> tuple[Handle, ...]:
    """Return the handles that move along x as the parameter does; they lie on the density (on the mass) of every frame.

    Args:
        density: panel 0 of the reel: its moving curve or bars hold the heights.
        cdf: its moving curve tells where the quantiles lie.
        n_frames: how many frames the rows of both are of.
    """
    x, heights = _rows(density, n_frames)
    across, climbs = _rows(cdf, n_frames)
    heights = np.nan_to_num(heights, nan=0.0, posinf=1e30)
    width = density.x.high - density.x.low
    places = {
        "mode": x[np.argmax(heights, axis=1)],
        "median": _quantile(across, climbs, 0.5),
        f"{TAIL:.0%} quantile".replace("%", " %"): _quantile(across, climbs, TAIL),
    }
    kept: dict[str, np.ndarray] = {}
    for name, xs in places.items():
        known = xs[np.isfinite(xs)]
        travels = len(known) > 1 and known.max() - known.min() > TRAVEL * width
        if travels and all(np.nanmedian(np.abs(xs - other)) > APART * width for other in kept.values()):
            kept[name] = xs
    return tuple(_handle(name, xs, x, heights) for name, xs in kept.items())


def _rows(panel: Panel, n_frames: int) -> tuple[np.ndarray, np.ndarray]:
    """Return x (points,) and y (frames, points) of the panel's moving curve or bars."""
    rows = next(layer.rows for layer in panel.layers if layer.when == "frame" and layer.mark in ("bars", "path"))
    heights = rows["y"].to_numpy().reshape(n_frames, -1)
    return rows["x"].to_numpy()[: heights.shape[1]], heights


def _quantile(x: np.ndarray, climbs: np.ndarray, share: float) -> np.ndarray:
    """Return where each CDF reaches a share, between two points of its curve; nan where it does so out of view."""
    above = np.argmax(climbs >= share, axis=1)  # 0 also where it never does
    here = np.arange(len(climbs))
    high, low = climbs[here, above], climbs[here, above - 1]
    with np.errstate(invalid="ignore", divide="ignore"):
        xs = x[above - 1] + (x[above] - x[above - 1]) * np.where(high > low, (share - low) / (high - low), 1.0)
    return np.where((above > 0) & (high >= share), xs, math.nan)


def _handle(name: str, xs: np.ndarray, x: np.ndarray, heights: np.ndarray) -> Handle:
    ys = np.array([np.interp(place, x, row) if math.isfinite(place) else math.nan for place, row in zip(xs, heights, strict=True)])
    return Handle(name, 0, 0.0, 0.0, "x", f"{name}: drag it", np.asarray(xs, float), ys)
