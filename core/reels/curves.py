"""What curves of distributions share on the stage: grids, staircases and the height of the density's axis."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from core.distributions.base import Distribution
from core.reels.reel import Axis, Layer

POINTS = 341  # per curve: one every two pixels of a wide stage
MOST_BARS = 161


def rising(label: str, density: np.ndarray, unbounded: np.ndarray) -> Axis:
    """Return the density's axis: it rises with the peak, and never sinks below half the middle one.

    Where the density has no top (a beta at its edge) the axis ends at four times the height that 95 % of the window stays under.

    Args:
        label: of the axis.
        density: (frames, points).
        unbounded: (frames,), True where the density grows without bound at an edge of its support.
    """
    finite = np.where(np.isfinite(density), density, 0.0)
    peak, usual = finite.max(axis=1), np.quantile(finite, 0.95, axis=1)
    peak = np.where(unbounded & (usual > 0), np.minimum(peak, 4 * usual), peak)
    tops = 1.1 * np.maximum(peak, 0.5 * np.median(peak))
    tops = np.where(tops > 0, tops, 1.0)
    return Axis(label, 0, float(tops.max()), windows=np.column_stack([np.zeros(len(tops)), tops]))


def grows_without_bound(dist: Distribution) -> bool:
    """Return True when the density is infinite at an edge of its support."""
    return not dist.discrete and bool(np.isposinf(dist.prob(np.array([dist.support.low, dist.support.high]))).any())


def spikes(atoms: Sequence[tuple[tuple[float, float], ...]], tops: np.ndarray, role: str = "model", still: bool = False) -> tuple[Layer, ...]:
    """Return the single values that hold mass as arrows as high as their mass, with the mass written above; none where there are none.

    Args:
        atoms: places and masses, per frame.
        tops: of the axis, per frame.
        role: of the arrows.
        still: one frame that always shows.
    """
    rows = pd.DataFrame([(frame, *atom) for frame, held in enumerate(atoms) for atom in held], columns=["frame", "x", "mass"])
    if not len(rows):
        return ()
    frame = {} if still else {"frame": rows["frame"]}
    arrows = pd.DataFrame({**frame, "x": rows["x"], "y": 0.0, "dx": 0.0, "dy": rows["mass"]})
    words = pd.DataFrame({**frame, "x": rows["x"], "y": rows["mass"] + 0.05 * tops[rows["frame"]], "text": [f"{mass:.3g}" for mass in rows["mass"]]})
    when = "always" if still else "frame"
    return Layer("arrows", arrows, when, role, "mass at a value"), Layer("text", words, when, "ink")


def whole(low: float, high: float) -> tuple[np.ndarray, int]:
    """Return the whole numbers of a window, thinned to what can be seen, and their spacing."""
    first, last = math.ceil(low), max(math.floor(high), math.ceil(low))
    width = max(1, math.ceil((last - first + 1) / MOST_BARS))
    return np.arange(first, last + 1, width, dtype=float), width


def steps(k: np.ndarray, low: float, high: float) -> np.ndarray:
    """Return the x of a staircase over whole numbers k, from edge to edge: low, k0, k0, k1, k1, ..., high. (k,) -> (2 k + 2,)."""
    return np.concatenate([[low], np.repeat(k, 2), [high]])


def stairs(of: Callable[[np.ndarray], np.ndarray], k: np.ndarray) -> np.ndarray:
    """Return the heights that belong to `steps`, of a CDF or a survival function: right-continuous, as both are."""
    return np.repeat(of(np.concatenate([[k[0] - 1], k])), 2)
