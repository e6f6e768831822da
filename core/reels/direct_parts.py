"""Composition as a reel: what is hidden is drawn first, then what is seen given that, and the histogram grows into the exact law."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from core.distributions.base import Distribution
from core.distributions.explore import bins
from core.montecarlo.composition import Composed, Groups
from core.reels.curves import whole
from core.reels.direct_running import Trace, checkpoints, growing_bars, running, told
from core.reels.reel import Axis, Layer, Panel, Readout, Reel

Array = np.ndarray
SINGLE = 24  # draws shown one by one, two frames each
CURVE = 161


def parts(result: Composed, ghost: Trace | None = None) -> Reel:
    """Return draws in two steps: first the hidden value, then the seen one; beside the histogram of what is seen and the estimate."""
    recipe, (hidden, seen) = result.spec.recipe, result.pairs
    n_single = min(SINGLE, len(seen))
    marks = checkpoints(n_single, len(seen))
    drawn = np.concatenate([np.arange(2 * n_single) // 2 + np.arange(2 * n_single) % 2, marks]).astype(int)
    law, course = recipe.law(), result.course()
    view = Axis("x, what is seen", *_window(law), whole=law.discrete)
    panels = (
        _first(result, hidden[:n_single]),
        _then(result, hidden[:n_single], seen[:n_single], view),
        _grown(law, seen, drawn, view),
        running(course, drawn, ghost, (0.7, 0, 0.3, 1), "The mean: of what is seen"),
    )
    which = np.minimum(np.arange(len(drawn)) // 2, n_single - 1)
    readouts = (*told(course, drawn), Readout("h", recipe.first, hidden[which], ".4g", False), Readout("x", "x", seen[which], ".4g", False))
    if isinstance(recipe, Groups):
        names = [f"group {int(k) + 1}" for k in hidden[:n_single]]
        first = [f"First the group: it is {name}." for name in names]
    else:
        first = [f"First {recipe.first}: {{h:.4g}}."] * n_single
    then = "Then a draw given that: x = {x:.4g}, draw number {drawn:,d}."
    captions = [each for line in first for each in (line, then)]
    many = "{drawn:,d} draws: their mean is {value:.5g}, the exact one {truth:.5g}."
    return Reel(panels, len(drawn), (*captions, *[many] * len(marks)), readouts, fps=5)


def _window(law: Distribution) -> tuple[float, float]:
    low, high = law.window()
    return (low, high) if not law.discrete else (math.floor(low) - 0.5, math.ceil(high) + 0.5)


def _curve(law: Distribution, low: float, high: float) -> pd.DataFrame:
    """Return the density over a window, or the masses of whole numbers as a line with corners."""
    x = whole(max(low, law.support.low), min(high, law.support.high))[0] if law.discrete else np.linspace(low, high, CURVE)
    with np.errstate(all="ignore"):
        y = law.prob(x)
    return pd.DataFrame({"x": x, "y": np.where(np.isfinite(y), y, np.nan)})


def _top(y: Array) -> float:
    """Return how high an axis must go for a curve, which may shoot up at an edge."""
    finite = y[np.isfinite(y)]
    return float(1.12 * min(finite.max(), 4 * max(np.quantile(finite, 0.9), 1e-12))) if len(finite) and finite.max() > 0 else 1.0


def _first(result: Composed, hidden: Array) -> Panel:
    """Return the law of what is hidden, with each single value as it is drawn."""
    recipe, frame = result.spec.recipe, 2 * np.arange(len(hidden))
    law = recipe.hidden()
    if isinstance(recipe, Groups):
        shares = law.probabilities
        bars = pd.DataFrame({"x": np.arange(1.0, len(shares) + 1), "y": shares, "width": 0.6})
        layers, axis, top = [Layer("bars", bars, "always", "truth", "weights")], Axis("group", 0.4, len(shares) + 0.6, whole=True), 1.15 * float(shares.max())
        at, height = hidden + 1, shares[hidden.astype(int)] / 2
    else:
        low, high = law.window()
        low, high = max(low, law.support.low), min(high, law.support.high)
        curve = _curve(law, low, high)
        layers, axis, top = [Layer("path", curve, "always", "truth", "exact", style={"width": 2.4})], Axis(recipe.first, low, high), _top(curve["y"].to_numpy())
        at, height = hidden, np.zeros(len(hidden)) + 0.04 * top
    trail = pd.DataFrame({"frame": frame, "x": at, "y": height})
    now = pd.concat([trail, trail.assign(frame=frame + 1)])
    layers += [
        Layer("points", trail, "until", "model", style={"size": 5, "opacity": 0.5}),
        Layer("points", now, "frame", "model", "drawn first", style={"size": 12}),
    ]
    what = "probability" if isinstance(recipe, Groups) else "density"
    return Panel(axis, Axis(what, 0, top), tuple(layers), (0, 0, 0.34, 0.5), f"First: {recipe.first}")


def _then(result: Composed, hidden: Array, seen: Array, view: Axis) -> Panel:
    """Return the law of what is seen given each single hidden value, and the value that is drawn from it."""
    curves = [_curve(result.spec.recipe.given(float(value)), view.low, view.high) for value in hidden]
    tops = [_top(curve["y"].to_numpy()) for curve in curves]
    top = float(np.quantile(tops, 0.8)) * 1.1 if tops else 1.0
    path = pd.concat([curve.assign(frame=2 * i + step) for i, curve in enumerate(curves) for step in (0, 1)])
    pale = pd.concat(
        [pd.concat([curve.assign(frame=2 * i + 1), pd.DataFrame({"x": [np.nan], "y": [np.nan], "frame": [2 * i + 1]})]) for i, curve in enumerate(curves)]
    )
    frame = 2 * np.arange(len(seen)) + 1
    drop = pd.DataFrame({"frame": frame, "x": seen, "y": 0.45 * top, "dx": 0.0, "dy": -0.45 * top})
    layers = (
        Layer("path", pale, "until", "context", "laws so far", style={"width": 1, "opacity": 0.35}),
        Layer("path", path, "frame", "model", "law given that", style={"width": 2.4}),
        Layer("arrows", drop, "frame", "model"),
        Layer("points", pd.DataFrame({"frame": frame, "x": seen, "y": 0.0}), "until", "model", style={"size": 6}),
    )
    return Panel(view, Axis("given that", 0, top), layers, (0, 0.5, 0.34, 0.5), "Then: draw given that")


def _grown(law: Distribution, seen: Array, drawn: Array, view: Axis) -> Panel:
    """Return the histogram of what is seen as it grows, against its exact law."""
    edges = bins(law, len(seen))
    density = growing_bars(seen, edges, drawn)
    middles, widths = (edges[:-1] + edges[1:]) / 2, np.diff(edges)
    rows = pd.DataFrame({"frame": np.repeat(np.arange(len(drawn)), len(middles)), "x": np.tile(middles, len(drawn)), "y": density.ravel()})
    rows["width"] = np.tile(widths * (0.8 if law.discrete else 1.0), len(drawn))
    curve = _curve(law, view.low, view.high)
    exact = Layer("path", curve, "always", "truth", "exact", style={"width": 2.4})
    if law.discrete:
        exact = Layer("points", curve, "always", "truth", "exact", style={"size": 8})
    top = _top(curve["y"].to_numpy())
    tops = np.clip(1.15 * density.max(axis=1), 1.05 * top, 3 * top)
    axis = Axis("probability" if law.discrete else "density", 0, float(tops.max()), windows=np.column_stack([0 * tops, tops]))
    bars = Layer("bars", rows[rows["y"] > 0], "frame", "model", "draws", style={"opacity": 0.45})
    return Panel(view, axis, (bars, exact), (0.34, 0, 0.36, 1), f"What is seen: {law.title}")
