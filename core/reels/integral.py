"""The reel of an integral: points fall on the function, the estimate settles beside its reference, and the error shrinks."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from core.formula import parse
from core.montecarlo.averages import Z95
from core.montecarlo.integral import Integrated
from core.montecarlo.reference import VARIABLES
from core.reels.reel import Axis, Layer, Panel, Readout, Reel

Array = np.ndarray
Trace = tuple[Array, Array]
DASHED = {"dash": True, "width": 2}
POINTS, CELLS = 401, 48
CLOSE = 5.0  # last standard errors times √(n/k) that the view of the estimate spans on either side
BELOW = 1e-12


def integral(result: Integrated, ghost: Trace | None = None) -> Reel:
    """Return the points as they fall, beside the estimate and its error; frame i stands at stop i, and the last is shown first."""
    stops, (value, error, low, high), found = result.stops, result.errors(), result.found()
    known = math.isfinite(found.truth)
    centre = found.truth if known else found.value
    panels = (_line(result) if result.spec.d == 1 else _plane(result), _estimates(result, centre, ghost), _errors(result, ghost))
    off = np.abs(value - found.truth)
    with np.errstate(invalid="ignore", divide="ignore"):
        z = np.where(error > 0, (value - found.truth) / error, math.nan)
    readouts = (
        Readout("n", "points", stops.astype(float), ",d"),
        Readout("value", "estimate", value, ".6g"),
        Readout("error", "standard error", error, ".2g"),
        Readout("truth", "reference", np.full(len(stops), found.truth), ".6g"),
        Readout("z", "z", z, ".2f"),
        Readout("off", "off by", off, ".2g", shown=False),
        Readout("low", "low", low, ".5g", shown=False),
        Readout("high", "high", high, ".5g", shown=False),
    )
    caption = "{n:,d} points: the integral is {value:.5g}, give or take {error:.2g}"
    caption += ". It is off by {off:.2g}, which is {z:.2f} standard errors." if known else "; the 95 % interval runs from {low:.5g} to {high:.5g}."
    return Reel(panels, len(stops), (caption,), readouts, fps=max(16.0, len(stops) / 6), start=len(stops) - 1)


def _frames(result: Integrated) -> Array:
    """Return the frame in which each shown point first shows."""
    return np.minimum(np.searchsorted(result.stops, np.arange(1, len(result.shown) + 1)), len(result.stops) - 1)


def _note(result: Integrated, words: str) -> str:
    shown, total = len(result.shown), int(result.stops[-1])
    return words + (f" (the first {shown:,} of {total:,} points)" if shown < total else "")


def _line(result: Integrated) -> Panel:
    """Return the function of one variable, the points on it, and the mean height, under which lies the same area."""
    spec, (low, high) = result.spec, result.spec.box()[0]
    x = np.linspace(low, high, POINTS)[1:-1]
    y = parse(spec.f, ("x",)).evaluate(x)
    seen = np.where(np.isfinite(y), y, np.nan)
    ends = np.quantile(seen[np.isfinite(seen)], [0.0, 0.97])
    bottom, top = min(0.0, float(ends[0])), max(0.0, min(float(np.nanmax(seen)), 3 * float(ends[1])) if ends[1] > 0 else float(np.nanmax(seen)))
    air = 0.06 * (top - bottom or 1.0)
    mean = result.errors()[0] / spec.volume()
    points = pd.DataFrame({"frame": _frames(result), "x": result.shown[:, 0], "y": result.shown[:, 1]})
    level = pd.DataFrame({"frame": np.arange(len(mean)), "y": mean})
    layers = (
        Layer("area", pd.DataFrame({"x": x, "y": np.clip(seen, bottom - air, top + air)}), "always", "context", style={"opacity": 0.14}),
        Layer("path", pd.DataFrame({"x": x, "y": seen}), "always", "truth", "the function", style={"width": 2.4}),
        Layer("points", points, "until", "model", "its values at the points", style={"size": 4, "opacity": 0.5}),
        Layer("rule", level[np.isfinite(mean)], "frame", "ink", "their mean", style=DASHED),
    )
    across, up = Axis("x", low, high), Axis("f(x)", bottom - air, top + air)
    return Panel(across, up, layers, (0, 0, 0.5, 1), _note(result, "Mean height × width is the area"))


def _plane(result: Integrated) -> Panel:
    """Return the points, shaded by their values, over the function of x and y; of three variables z lies in the middle of its side."""
    spec = result.spec
    sides, words = spec.box(), VARIABLES[: spec.d]
    lines = [low + (high - low) * (np.arange(CELLS) + 0.5) / CELLS for low, high in sides[:2]]
    column, row = np.meshgrid(np.arange(CELLS), np.arange(CELLS))
    middle = [np.full(column.size, sum(each) / 2) for each in sides[2:]]
    values = parse(spec.f, words).evaluate(lines[0][column.ravel()], lines[1][row.ravel()], *middle)
    shade = _shade(values, values)
    field = pd.DataFrame({"row": row.ravel(), "column": column.ravel(), "value": np.nan_to_num(shade)})
    points = pd.DataFrame({"frame": _frames(result), "x": result.shown[:, 0], "y": result.shown[:, 1], "value": _shade(result.shown[:, -1], values)})
    layers = (
        Layer("field", field, "always", "context", "the function", style={"opacity": 0.55}),
        Layer("points", points, "until", "model", "its values at the points", style={"size": 4.5, "opacity": 0.8}),
    )
    note = "Each point tells the height there" + (", here for z in the middle" if spec.d == 3 else "")
    return Panel(Axis("x", *sides[0]), Axis("y", *sides[1]), layers, (0, 0, 0.5, 1), _note(result, note))


def _shade(values: Array, over: Array) -> Array:
    """Return values between 0 and 1, by the range of others."""
    finite = over[np.isfinite(over)]
    low, high = (float(finite.min()), float(np.quantile(finite, 0.99))) if finite.size else (0.0, 1.0)
    return np.clip((values - low) / (high - low if high > low else 1.0), 0.0, 1.0)


def _estimates(result: Integrated, centre: float, ghost: Trace | None) -> Panel:
    """Return the estimate against n; the view narrows as n grows, so that each further digit is seen."""
    stops, (value, error, low, high) = result.stops.astype(float), result.errors()
    shrink = np.sqrt(stops[-1] / stops)
    reach = max(float(error[-1]), BELOW, 1e-9 * abs(centre))
    half = np.maximum(CLOSE * reach * shrink, 1.3 * np.abs(np.where(np.isfinite(value), value, centre) - centre))
    half = np.minimum(half, np.maximum.accumulate(half[::-1])[::-1])
    views = np.column_stack([centre - half, centre + half])
    rows = pd.DataFrame({"frame": np.arange(len(stops)), "x": stops, "y": value})
    inside = np.isfinite(low) & np.isfinite(high)
    band = rows.assign(y=high, base=low)[inside]
    known = math.isfinite(result.found().truth)
    layers = (
        *((Layer("path", pd.DataFrame({"x": ghost[0], "y": ghost[1]}), "always", "ghost", "ghost", style={"width": 2}),) if ghost else ()),
        Layer("area", band, "until", "model", "95 % interval", style={"opacity": 0.18}),
        *((Layer("rule", pd.DataFrame({"y": [centre]}), "always", "truth", "reference", style=DASHED),) if known else ()),
        Layer("path", rows, "until", "model", "estimate", style={"width": 2.4}),
    )
    across = Axis("points, n", float(stops[0]), float(max(stops[-1], stops[0] + 1)), log=True)
    up = Axis("estimate", float(views[:, 0].min()), float(views[:, 1].max()), windows=views)
    return Panel(across, up, layers, (0.5, 0, 0.5, 0.5), "The estimate, ever closer")


def _errors(result: Integrated, ghost: Trace | None) -> Panel:
    """Return how far off the estimate is and its standard error, on log-log axes, where s / √n is a line of slope -1/2."""
    stops, (value, error, _, _), truth = result.stops.astype(float), result.errors(), result.found().truth
    off, plain = np.abs(value - truth), result.numbers()["error of as many random points"] * np.sqrt(stops[-1] / stops)
    sizes = np.concatenate([error[np.isfinite(error) & (error > 0)], plain[plain > 0], off[np.isfinite(off) & (off > 0)]])
    sizes = sizes if sizes.size else np.array([1.0])
    floor, top = max(BELOW, 0.5 * float(np.quantile(sizes, 0.02))), 1.5 * float(sizes.max())
    rows = pd.DataFrame({"frame": np.arange(len(stops)), "x": stops, "y": np.where(np.isfinite(off), np.maximum(off, floor), np.nan)})
    own = rows.assign(y=np.where(np.isfinite(error), np.maximum(error, floor), np.nan))
    pale = pd.DataFrame({"x": ghost[0], "y": np.maximum(np.abs(ghost[1] - truth), floor)}) if ghost and math.isfinite(truth) else None
    layers = (
        Layer(
            "area", pd.DataFrame({"x": stops, "y": np.maximum(Z95 * plain, floor), "base": floor}), "always", "truth", "± 1.96 s / √n", style={"opacity": 0.14}
        ),
        *((Layer("path", pale, "always", "ghost", "ghost", style={"width": 1.6}),) if pale is not None else ()),
        Layer("path", rows, "until", "model", "estimate", style={"width": 2.2}),
        Layer("path", own, "until", "ink", "standard error", style={"width": 1.6}),
    )
    across = Axis("points, n", float(stops[0]), float(max(stops[-1], stops[0] + 1)), log=True)
    return Panel(across, Axis("off by", floor, max(top, 2 * floor), log=True), layers, (0.5, 0.5, 0.5, 0.5), "How far off")
