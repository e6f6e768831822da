"""Reels of an estimate that settles: darts that blend into a tone, needles on a floor, beside the estimate and its error."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from core.montecarlo.averages import Z95
from core.montecarlo.darts import SIGMA, Thrown
from core.montecarlo.needle import WIDE, Fallen
from core.reels.reel import Axis, Layer, Panel, Readout, Reel

Array = np.ndarray
Trace = tuple[Array, Array]
DASHED = {"dash": True, "width": 2}
SINGLE = 400  # darts that flash as they land
BOARDS = 4
CLOSE = 5.0  # standard errors of random darts that the view of the estimate spans on either side
GOLDEN = (math.sqrt(5) - 1) / 2


def growing(result: Thrown | Fallen, ghost: Trace | None = None) -> Reel:
    """Return darts or needles as they fall, beside the estimate and its error; frame i stands at stop i, and the last is shown first."""
    stops, (value, error, low, high) = result.stops, result.errors()
    found, thing = result.found(), "darts" if isinstance(result, Thrown) else "needles"
    sigma = SIGMA if isinstance(result, Thrown) else found.standard_error * math.sqrt(stops[-1])
    off = np.abs(value - math.pi)
    panels = (
        _square(result) if isinstance(result, Thrown) else _floor(result),
        _estimates(stops, (value, low, high), sigma, ghost, thing),
        _misses(stops, off, error, sigma, ghost, thing),
    )
    with np.errstate(invalid="ignore"):
        z = np.where(np.isfinite(error), (value - math.pi) / error, math.nan)
    readouts = (
        Readout("n", thing, stops.astype(float), ",d"),
        Readout("value", "estimate of π", value, ".6g"),
        Readout("error", "standard error", error, ".2g"),
        Readout("z", "z", z, ".2f"),
        Readout("off", "off by", off, ".2g"),
    )
    caption = f"{{n:,d}} {thing}: π is {{value:.5g}}, give or take {{error:.2g}}. It is off by {{off:.2g}}, which is {{z:.2f}} standard errors."
    return Reel(panels, len(stops), (caption,), readouts, fps=max(16.0, len(stops) / 6), start=len(stops) - 1)


def _square(result: Thrown) -> Panel:
    """Return the square: all darts shown so far, and those that have just landed while they are few."""
    darts = result.shown.assign(frame=np.minimum(np.searchsorted(result.stops, result.shown["dart"]), len(result.stops) - 1))
    layers: list[Layer] = []
    for hit, role, label in ((True, "model", "inside"), (False, "context", "outside")):
        rows = darts.loc[darts["inside"] == hit, ["frame", "x", "y"]]
        layers.append(Layer("points", rows, "until", role, label, style={"opacity": 0.75, "size": 4 if len(darts) < 6000 else 2.6}))
    fresh = darts.loc[darts["dart"] <= SINGLE, ["frame", "x", "y"]]
    layers.append(Layer("points", fresh, "frame", "ink", style={"size": 8}))
    turns = np.linspace(0, np.pi / 2, 121)
    layers.append(Layer("path", pd.DataFrame({"x": np.cos(turns), "y": np.sin(turns)}), "always", "truth", "quarter circle", style={"width": 3}))
    shown, total = len(darts), int(result.stops[-1])
    note = "The share inside is π / 4" + (f" ({shown:,} of {total:,} darts are drawn)" if shown < total else "")
    return Panel(Axis("x", 0, 1), Axis("y", 0, 1), tuple(layers), (0, 0, 0.5, 1), note, equal=True)


def _floor(result: Fallen) -> Panel:
    """Return the floor with the first needles; where along the boards one lies tells nothing, so the picture spreads them evenly."""
    spec, (middle, across, along) = result.spec, result.first
    number = np.arange(len(middle))
    x, y = (number * GOLDEN % 1) * WIDE, number % BOARDS + middle
    reach = spec.length / spec.width / 2
    dx, dy = reach * across * np.where(number // BOARDS % 2, 1, -1), reach * along
    crosses = np.floor(middle + dy) > np.floor(middle - dy)
    frame = np.searchsorted(result.stops, number + 1)
    rows = pd.DataFrame(
        {"frame": np.repeat(frame, 3), "x": np.stack([x - dx, x + dx, x * np.nan], 1).ravel(), "y": np.stack([y - dy, y + dy, y * np.nan], 1).ravel()}
    )
    of = np.repeat(crosses, 3)
    lines = pd.DataFrame({"x": np.tile([0, WIDE, np.nan], BOARDS + 1), "y": np.repeat(np.arange(BOARDS + 1.0), 3)})
    layers = (
        Layer("path", lines, "always", "ink", "lines of the floor", style={"width": 2}),
        Layer("path", rows[~of], "until", "context", "crosses none", style={"width": 1.4, "opacity": 0.6}),
        Layer("path", rows[of], "until", "model", "crosses a line", style={"width": 2, "opacity": 0.9}),
    )
    shown, total = len(middle), int(result.stops[-1])
    note = f"The first {shown:,} of {total:,} needles" if shown < total else "The needles"
    return Panel(Axis("along, in boards", 0, WIDE), Axis("across, in boards", -0.3, BOARDS + 0.3), layers, (0, 0, 0.5, 1), note, equal=True)


def _estimates(stops: Array, ends: tuple[Array, Array, Array], sigma: float, ghost: Trace | None, thing: str) -> Panel:
    """Return the estimate against n; the view narrows as n grows, so that each further digit is seen."""
    value, low, high = ends
    frame = np.arange(len(stops))
    spread = sigma if math.isfinite(sigma) else 2.0
    half = np.maximum(np.minimum(CLOSE * spread / np.sqrt(stops), 2.0), 1.3 * np.where(np.isfinite(value), np.abs(value - math.pi), 0))
    views = np.column_stack([math.pi - half, math.pi + half])
    band = pd.DataFrame({"x": stops, "y": math.pi + Z95 * spread / np.sqrt(stops), "base": math.pi - Z95 * spread / np.sqrt(stops)})
    finite = np.isfinite(value) & np.isfinite(high) & np.isfinite(low)
    rows = pd.DataFrame({"frame": frame, "x": stops.astype(float), "y": np.where(np.isfinite(value), value, np.nan)})
    kept = rows[finite].assign(y=high[finite], base=low[finite])
    layers = (
        Layer("area", band, "always", "truth", "π ± 1.96 σ / √n", style={"opacity": 0.14}),
        *((Layer("path", pd.DataFrame({"x": ghost[0], "y": ghost[1]}), "always", "ghost", "ghost", style={"width": 2}),) if ghost else ()),
        Layer("area", kept, "until", "model", "95 % interval", style={"opacity": 0.18}),
        Layer("rule", pd.DataFrame({"y": [math.pi]}), "always", "truth", "π", style=DASHED),
        Layer("path", rows, "until", "model", "estimate", style={"width": 2.4}),
    )
    low_end, high_end = float(views[:, 0].min()), float(views[:, 1].max())
    across = Axis(f"{thing}, n", 1, float(max(stops[-1], 2)), log=True)
    return Panel(across, Axis("estimate", low_end, high_end, windows=views), layers, (0.5, 0, 0.5, 0.5), "The estimate, ever closer")


def _misses(stops: Array, off: Array, error: Array, sigma: float, ghost: Trace | None, thing: str) -> Panel:
    """Return how far off the estimate is, on log-log axes, where σ / √n is a line of slope -1/2."""
    finite = np.isfinite(off)
    floor = max(1e-7, 0.3 * min(float(np.quantile(off[finite], 0.05)) if finite.any() else 0.1, float(error[-1])))
    rows = pd.DataFrame({"frame": np.arange(len(stops)), "x": stops.astype(float), "y": np.where(finite, np.maximum(off, floor), np.nan)})
    spread = sigma if math.isfinite(sigma) else 2.0
    edge = pd.DataFrame({"x": stops.astype(float), "y": Z95 * spread / np.sqrt(stops), "base": floor})
    own = rows.assign(y=np.where(np.isfinite(error), np.maximum(error, floor), np.nan))
    pale = pd.DataFrame({"x": ghost[0], "y": np.maximum(np.abs(ghost[1] - math.pi), floor)}) if ghost else None
    layers = (
        Layer("area", edge, "always", "truth", "π ± 1.96 σ / √n", style={"opacity": 0.14}),
        *((Layer("path", pale, "always", "ghost", "ghost", style={"width": 1.6}),) if pale is not None else ()),
        Layer("path", rows, "until", "model", "estimate", style={"width": 2.2}),
        Layer("path", own, "until", "ink", "standard error", style={"width": 1.6}),
    )
    top = max(4.0, 1.2 * float(off[finite].max())) if finite.any() else 4.0
    return Panel(Axis(f"{thing}, n", 1, float(max(stops[-1], 2)), log=True), Axis("off by", floor, top, log=True), layers, (0.5, 0.5, 0.5, 0.5), "How far off")
