"""What curves of distributions share on the stage: grids, staircases and the height of the density's axis."""

from __future__ import annotations

import math

import numpy as np

from core.reels.reel import Axis

POINTS = 361  # per curve: one every two pixels of a wide stage
MOST_BARS = 161


def rising(label: str, density: np.ndarray) -> Axis:
    """Return the density's axis: it rises with the peak, and never sinks below half the middle one.

    An infinite or needle-like peak (a beta at its edge) is cut where it stops telling anything: at four times the height that
    95 % of the window stays under.
    """
    finite = np.where(np.isfinite(density), density, np.nan)  # (frames, points)
    peak, usual = np.nanmax(finite, axis=1), np.nanquantile(finite, 0.95, axis=1)
    peak = np.where(usual > 0, np.minimum(peak, 4 * usual), peak)
    tops = 1.1 * np.maximum(peak, 0.5 * np.median(peak))
    tops = np.where(np.isfinite(tops) & (tops > 0), tops, 1.0)
    return Axis(label, 0, float(np.max(tops)), windows=np.column_stack([np.zeros(len(tops)), tops]))


def whole(low: float, high: float) -> tuple[np.ndarray, int]:
    """Return the whole numbers of a window, thinned to what can be seen, and their spacing."""
    first, last = math.ceil(low), max(math.floor(high), math.ceil(low))
    width = max(1, math.ceil((last - first + 1) / MOST_BARS))
    return np.arange(first, last + 1, width, dtype=float), width


def steps(k: np.ndarray) -> np.ndarray:
    """Return the x of a staircase over whole numbers: k0, k1, k1, k2, k2, ..."""
    return np.repeat(k, 2)[1:]


def stairs(values: np.ndarray) -> np.ndarray:
    """Return the heights that belong to `_steps`: right-continuous, as a CDF is. (..., k) -> (..., 2 k - 1)."""
    return np.repeat(values, 2, axis=-1)[..., :-1]
