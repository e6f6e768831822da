"""How an estimate of direct sampling settles, as a panel that stands beside the draws themselves."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from core.montecarlo.direct_course import Course
from core.reels.reel import Axis, Layer, Panel, Readout

Array = np.ndarray
Trace = tuple[Array, Array]
CLOSE = 5.0  # standard errors that the view spans on either side
DASHED = {"dash": True, "width": 2}


def running(course: Course, drawn: Array, ghost: Trace | None, area: tuple[float, float, float, float], asked: str, thing: str = "draws") -> Panel:
    """Return the estimate and its interval against n, narrowing around the truth.

    Args:
        course: the estimate at its stops.
        drawn: how many draws each frame shows (frames,).
        ghost: an earlier run's stops and estimates.
        area: of the panel.
        asked: what is estimated.
        thing: what is counted.
    """
    n = course.stops.astype(float)
    frame = np.minimum(np.searchsorted(drawn, course.stops), len(drawn) - 1)
    known = np.isfinite(course.value)
    interval = known & np.isfinite(course.low) & np.isfinite(course.high)
    views = _views(course, drawn)
    rows = pd.DataFrame({"frame": frame, "x": n, "y": course.value})[known]
    band = pd.DataFrame({"frame": frame, "x": n, "y": course.high, "base": course.low})[interval]
    layers = [Layer("path", pd.DataFrame({"x": ghost[0].astype(float), "y": ghost[1]}), "always", "ghost", "ghost", style={"width": 2})] if ghost else []
    layers += [Layer("area", band, "until", "model", "95 % interval", style={"opacity": 0.18})]
    if math.isfinite(course.truth):
        layers.append(Layer("rule", pd.DataFrame({"y": [course.truth]}), "always", "truth", "exact", style=DASHED))
    layers.append(Layer("path", rows, "until", "model", "estimate", style={"width": 2.4}))
    across = Axis(f"{thing}, n", 1, float(max(n[-1], 2)), log=True)
    up = Axis("estimate", float(views[:, 0].min()), float(views[:, 1].max()), windows=views)
    return Panel(across, up, tuple(layers), area, asked if len(asked) < 40 or ":" in asked else "The estimate")


def _views(course: Course, drawn: Array) -> Array:
    """Return low and high per frame: ever closer to the truth; all values where there is none."""
    value = course.value[np.isfinite(course.value)]
    if not len(value):
        return np.tile([0.0, 1.0], (len(drawn), 1))
    end = course.found()
    if not (math.isfinite(course.truth) and math.isfinite(end.standard_error)):
        room = 0.08 * max(float(np.ptp(value)), 1e-6)
        return np.tile([value.min() - room, value.max() + room], (len(drawn), 1))
    place = np.clip(np.searchsorted(course.stops, drawn, side="right") - 1, 0, len(course.stops) - 1)
    off = np.nan_to_num(np.abs(course.value - course.truth))[place]
    close = CLOSE * max(end.standard_error, 1e-300) * np.sqrt(course.stops[-1] / np.maximum(drawn, 1))
    half = np.maximum(np.minimum(close, 2.5 * max(float(np.abs(value - course.truth).max()), CLOSE * end.standard_error)), 1.3 * off)
    half = np.maximum(half, 1e-9 * max(abs(course.truth), 1e-9))
    low, high = course.truth - half, course.truth + half
    if np.all((course.low >= 0) & (course.high <= 1)):  # a share
        high = np.minimum(high, 1.04)
        low = np.maximum(low, -0.04 * high)
    return np.column_stack([low, high])


def told(course: Course, drawn: Array, thing: str = "draws") -> tuple[Readout, ...]:
    """Return what the estimate says in each frame: how many draws, estimate, truth, standard error, z."""
    place = np.searchsorted(course.stops, drawn, side="right") - 1
    at = np.clip(place, 0, None)

    def shown(values: Array) -> Array:
        return np.where(place >= 0, values[at], math.nan)

    with np.errstate(invalid="ignore", divide="ignore"):
        z = np.where(np.isfinite(course.error) & (course.error > 0), (course.value - course.truth) / course.error, math.nan)
    return (
        Readout("drawn", thing, drawn.astype(float), ",d"),
        Readout("value", "estimate", shown(course.value), ".5g"),
        Readout("truth", "exact", np.full(len(drawn), course.truth), ".5g"),
        Readout("error", "standard error", shown(course.error), ".2g"),
        Readout("z", "z", shown(z), ".2f"),
    )


def checkpoints(first: int, n: int, most: int = 48) -> Array:
    """Return rising numbers of draws after the first ones, evenly spaced on a log scale, up to n."""
    return np.unique(np.geomspace(first + 1, n, most).round().astype(int)) if n > first else np.empty(0, int)


def growing_bars(x: Array, edges: Array, drawn: Array, weights: Array | None = None) -> Array:
    """Return the histogram of the first values as a density, for each number of draws: (len(drawn), bins); zeros before the first."""
    place = np.searchsorted(edges, x, side="right") - 1
    w = np.ones(len(x)) if weights is None else weights
    inside = (place >= 0) & (place < len(edges) - 1)
    counts, total, before = np.zeros((len(drawn), len(edges) - 1)), np.zeros(len(drawn)), 0
    for i, n in enumerate(drawn):
        part = slice(before, int(n))
        fresh = np.bincount(place[part][inside[part]], w[part][inside[part]], len(edges) - 1)
        counts[i] = fresh + (counts[i - 1] if i else 0)
        total[i] = w[part].sum() + (total[i - 1] if i else 0)
        before = int(n)
    return counts / np.maximum(total, 1e-300)[:, None] / np.diff(edges)
