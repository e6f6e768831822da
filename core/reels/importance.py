"""Reels of weighted draws: they fall under the proposal, as large as they weigh, beside both estimates and the weights themselves."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pandas as pd

from core.montecarlo.averages import Z95
from core.montecarlo.importance import Result
from core.montecarlo.importance_coverage import Covered
from core.montecarlo.importance_dimension import Shrunk
from core.montecarlo.importance_expectation import Weighed
from core.montecarlo.importance_hand import grips
from core.montecarlo.importance_laws import law_of
from core.montecarlo.rare import Swept
from core.montecarlo.resampling import Resampled
from core.montecarlo.weights import Average, shares
from core.reels.importance_repeats import coverage, resampling
from core.reels.importance_sweeps import dimension, rare
from core.reels.reel import Axis, Handle, Layer, Panel, Readout, Reel

Array = np.ndarray
Trace = tuple[Array, Array]
DASHED = {"dash": True, "width": 2}
SHOWN, HEAVIEST = 2400, 100  # draws that the picture shows, and the heaviest, which it always shows
BINS = 24
POINTS = 321
GOLDEN = (math.sqrt(5) - 1) / 2
SMALL, LARGE = 2.5, 26.0  # px across
HEAVY = 0.05  # of all weight in one draw is marked
WIDEST = 25.0  # final views that the first view of the estimate spans
FIRST = 8  # draws from which on an interval is drawn
LEAST = -10.0  # log10 of a weight beside the largest, below which all stand in the first bar


def importance(result: Result, ghost: Trace | None = None, intro: bool = True) -> Reel:
    """Return the reel that belongs to a result; a ghost is the estimates of an earlier run, where the picture has estimates against n."""
    makers = {Covered: coverage, Resampled: resampling, Swept: rare, Shrunk: dimension}
    reel = growing(result, ghost) if isinstance(result, Weighed) else makers[type(result)](result)
    return replace(reel, intro=intro and reel.sweep is None)


def growing(result: Weighed, ghost: Trace | None = None) -> Reel:
    """Return the draws as they fall; frame i stands at stop i, and the last is shown first."""
    run = result.running
    stops, found = run.stops, result.found()
    own, other = (run.plain, run.normalised) if result.reported == "plain" else (run.normalised, run.plain)
    with np.errstate(invalid="ignore"):
        z = np.where(np.isfinite(own.error), (own.value - found.truth) / own.error, math.nan)
    readouts = (
        Readout("n", "draws", stops.astype(float), ",d"),
        Readout("value", "estimate", own.value, ".5g"),
        Readout("truth", "truth", np.full(len(stops), found.truth), ".5g"),
        Readout("error", "standard error", np.where(np.isfinite(own.error), own.error, math.nan), ".2g"),
        Readout("z", "z", z, ".2f"),
        Readout("worth", "effective draws", run.ess, ",.4g"),
        Readout("largest", "heaviest draw", run.largest, ".1%"),
        Readout("other", "the other estimate", other.value, ".5g", shown=False),
    )
    caption = "{n:,d} draws are worth {worth:,.4g}: E f is {value:.4g}, give or take {error:.2g}, and the truth is {truth:.4g}. The heaviest draw has {largest:.1%} of all weight."
    panels = (_laws(result), _estimates(result, own, other, ghost), _weights(result))
    return Reel(panels, len(stops), (caption,), readouts, fps=max(12.0, len(stops) / 7), start=len(stops) - 1, handles=handles(result))


# The laws and their draws


def window(result: Weighed) -> tuple[float, float]:
    """Return the view, which holds both laws."""
    ends = np.array([result.spec.law.window(), result.spec.proposal.window()])
    return float(ends[:, 0].min()), float(ends[:, 1].max())


def _curve(law: object, x: Array) -> Array:
    with np.errstate(all="ignore"):
        return np.nan_to_num(np.exp(law.log_prob(x)), posinf=math.nan)


def _top(p: Array, q: Array) -> float:
    """Return the height of the view: both curves, but no more of a spike than leaves the other visible."""
    tops = [float(np.nanmax(each)) for each in (p, q)]
    return 1.12 * min(max(tops), 6 * min(tops))


def _laws(result: Weighed) -> Panel:
    low, high = window(result)
    x = np.linspace(low, high, POINTS)
    p, q = _curve(result.spec.law, x), _curve(result.spec.proposal, x)
    top = _top(p, q)
    p, q = (np.minimum(each, 1.5 * top) for each in (p, q))
    layers = (
        Layer("area", pd.DataFrame({"x": x, "y": q}), "always", "model", "proposal q", style={"opacity": 0.1}),
        *_drops(result, top),
        Layer("path", pd.DataFrame({"x": x, "y": q}), "always", "model", "proposal q", style={"width": 2.6}),
        Layer("path", pd.DataFrame({"x": x, "y": p}), "always", "truth", "target p", style={"width": 2.6}),
    )
    note = "Draws of q, as large as they weigh"
    return Panel(Axis("x", low, high), Axis("density", 0, top), layers, (0, 0, 0.54, 1), note + (f" ({SHOWN:,} of {result.n:,})" if result.n > SHOWN else ""))


def _drops(result: Weighed, top: float) -> tuple[Layer, ...]:
    """Return the draws under the proposal: their areas are their weights, and those that outweigh all others are marked."""
    stops, weight = result.running.stops, np.nan_to_num(shares(result.log_weights))
    number = np.arange(result.n)
    light = number % max(1, -(-result.n // (SHOWN - HEAVIEST))) == 0
    light[np.argsort(weight)[-HEAVIEST:]] = True
    kept = np.flatnonzero(light)
    heights = np.minimum(_curve(result.spec.proposal, result.x[kept]), top) * (0.03 + 0.94 * ((kept * GOLDEN) % 1))
    size = SMALL + (LARGE - SMALL) * np.sqrt(np.minimum(weight[kept] / 0.15, 1.0))
    rows = pd.DataFrame({"frame": np.searchsorted(stops, kept + 1), "x": result.x[kept], "y": heights, "size": size})
    heavy = weight[kept] > HEAVY
    marked = (
        (Layer("points", rows[heavy], "until", "failure", f"more than {HEAVY:.0%} of all weight".replace("%", " %"), style={"opacity": 0.85}),)
        if heavy.any()
        else ()
    )
    return Layer("points", rows[~heavy], "until", "ink", "draws, by weight", style={"opacity": 0.45 if result.n <= 1000 else 0.28}), *marked


def handles(result: Weighed) -> tuple[Handle, ...]:
    """Return what the hand may drag: the middle and the width of either law, on its curve."""
    low, high = window(result)
    made = []
    x = np.linspace(low, high, POINTS)
    top = _top(_curve(result.spec.law, x), _curve(result.spec.proposal, x))
    for name, word, spec in (("p", "target p", result.spec.target), ("q", "proposal q", result.spec.proposal)):
        for grip, place in grips(spec).items():
            if low < place < high:
                y = float(min(np.nan_to_num(_curve(law_of(spec), np.array([place]))[0]), 0.97 * top))
                made.append(Handle(f"{name}.{grip}", 0, place, y, "x", f"{grip} of the {word}: drag it"))
    return tuple(made)


# The estimates


def _estimates(result: Weighed, own: Average, other: Average, ghost: Trace | None) -> Panel:
    """Return both estimates against n; the view narrows as n grows."""
    stops, truth, sd = result.running.stops, result.theory.mean, result.spread().sd
    views = _views(stops, own, other, truth)
    rows = pd.DataFrame({"frame": np.arange(len(stops)), "x": stops.astype(float), "y": own.value})
    shown = np.isfinite(own.error) & (stops >= min(FIRST, stops[-1]))
    band = rows[shown].assign(y=own.high[shown], base=own.low[shown])
    layers = []
    if math.isfinite(sd) and math.isfinite(truth):
        reach = Z95 * sd / np.sqrt(stops)
        layers.append(
            Layer(
                "area", pd.DataFrame({"x": stops, "y": truth + reach, "base": truth - reach}), "always", "truth", "truth ± 1.96 σ / √n", style={"opacity": 0.14}
            )
        )
    layers += [Layer("path", pd.DataFrame({"x": ghost[0], "y": ghost[1]}), "always", "ghost", "ghost", style={"width": 2})] if ghost else []
    layers.append(Layer("area", band, "until", "model", "95 % interval", style={"opacity": 0.2}))
    layers += [Layer("rule", pd.DataFrame({"y": [truth]}), "always", "truth", "truth", style=DASHED)] if math.isfinite(truth) else []
    layers.append(Layer("path", rows.assign(y=other.value), "until", "context", "the other estimate", style={"width": 1.6}))
    layers.append(Layer("path", rows, "until", "model", result.reported.replace("normalised", "self-normalised"), style={"width": 2.6}))
    across = Axis("draws, n", 1, float(max(stops[-1], 2)), log=True)
    up = Axis("estimate of E f", float(views[:, 0].min()), float(views[:, 1].max()), windows=views)
    return Panel(across, up, tuple(layers), (0.54, 0, 0.46, 0.54), "The estimate, and its error bar")


def _views(stops: Array, own: Average, other: Average, truth: float) -> Array:
    """Return low and high of the estimate's axis per frame: it holds the last tenfold of draws, and never widens."""
    last = float(own.value[-1]) if math.isfinite(own.value[-1]) else 0.0
    middle = truth if math.isfinite(truth) else last
    claimed = np.where(np.isfinite(own.error), own.error, 0.0)
    off = np.nan_to_num(np.maximum(np.abs(own.value - middle), 0.6 * np.nan_to_num(np.abs(other.value - middle))))
    recent = np.array([off[start : i + 1].max() for i, start in enumerate(np.searchsorted(stops, stops / 10))])
    half = np.maximum(3.2 * claimed, 1.2 * recent)
    final = float(half[-1]) or 0.1 * abs(middle) or 1.0
    half = np.clip(np.maximum.accumulate(half[::-1])[::-1], final, WIDEST * final)
    return np.column_stack([middle - half, middle + half])


# The weights


def _weights(result: Weighed) -> Panel:
    """Return the histogram of log10 weights as it fills, and where the weight itself lies."""
    stops, logs = result.running.stops, result.log_weights / math.log(10)
    known = logs[np.isfinite(logs)]
    low, high = (float(known.min()), float(known.max())) if len(known) else (-1.0, 0.0)
    low = max(low, high + LEAST)
    room = max(0.02 * (high - low), 0.05)
    edges = np.linspace(low - room, high + room, BINS + 1)
    stop = np.searchsorted(stops, np.arange(1, result.n + 1))
    place = np.clip(np.searchsorted(edges, np.where(np.isfinite(logs), logs, -math.inf)) - 1, 0, BINS - 1)
    cells = stop * BINS + place
    counts = np.bincount(cells, minlength=len(stops) * BINS).reshape(len(stops), BINS).cumsum(axis=0)
    heavy = np.bincount(cells, np.nan_to_num(shares(result.log_weights)), minlength=len(stops) * BINS).reshape(len(stops), BINS).cumsum(axis=0)
    middles, width = 0.5 * (edges[:-1] + edges[1:]), edges[1] - edges[0]
    frame, x = np.repeat(np.arange(len(stops)), BINS), np.tile(middles, len(stops))
    total = heavy.sum(axis=1, keepdims=True)
    draws = pd.DataFrame({"frame": frame, "x": x, "y": (counts / stops[:, None]).ravel(), "width": 0.9 * width})
    weight = pd.DataFrame({"frame": frame, "x": x, "y": (heavy / np.where(total > 0, total, 1)).ravel()})
    layers = (
        Layer("bars", draws, "frame", "context", "share of the draws", style={"opacity": 0.75}),
        Layer("path", weight, "frame", "failure", "share of the weight", style={"width": 2.4}),
    )
    top = 1.12 * max(float(draws["y"].to_numpy()[-BINS:].max()), float(weight["y"].to_numpy()[-BINS:].max()), 0.1)
    return Panel(Axis("log₁₀ weight", edges[0], edges[-1]), Axis("share", 0, min(top, 1.05)), layers, (0.54, 0.54, 0.46, 0.46), "The weights")
