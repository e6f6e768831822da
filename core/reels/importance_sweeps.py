"""Reels that sweep: the threshold of a rare event, and the dimension."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from core.montecarlo.averages import Z95
from core.montecarlo.importance_dimension import Shrunk
from core.montecarlo.rare import Swept
from core.reels.reel import Axis, Layer, Panel, Readout, Reel, Sweep

Array = np.ndarray
POINTS = 241
DASHED = {"dash": True, "width": 2}
LONG = 60.0  # thresholds that span so many times the least have a log axis


def rare(result: Swept) -> Reel:
    """Return the rare event as a sweep over t: the law and what is drawn from, beside the relative error of both."""
    spec, t, place = result.spec, result.thresholds, result.place
    p, exact, (plain, weighted) = np.array(spec.law.sf(t)), result.exact(), result.relative()
    frames = range(len(t))
    estimate = np.array([result.weighted(i).value for i in frames])
    readouts = (
        Readout("t", "t", t, ".4g", shown=False),
        Readout("p", "P(X > t)", p, ".3g"),
        Readout("estimate", "weighted estimate", estimate, ".3g"),
        Readout("error", "standard error", np.array([result.weighted(i).standard_error for i in frames]), ".2g"),
        Readout("hits", "hits of plain draws", result.told[:, 0], ",d"),
        Readout("bound", "plain draws: at most", np.array([result.plain(i).high for i in frames]), ".2g"),
        Readout("one", "exact relative error, plain", exact[:, 0], ".2g", shown=False),
        Readout("two", "exact relative error, weighted", exact[:, 1], ".2g", shown=False),
    )
    caption = "P(X > {t:.3g}) = {p:.3g}: {hits:,d} plain draws hit it. The relative error is {one:.2g} with plain draws and {two:.2g} with weighted ones."
    slider = Sweep("t", "t", t, ".4g")
    return Reel((_event(result), _relative(result, t, exact, plain, weighted)), len(t), (caption,), readouts, fps=8, start=place, sweep=slider)


def _event(result: Swept) -> Panel:
    """Return the law, the event and the proposal of each threshold."""
    spec, t = result.spec, result.thresholds
    low = float(min(spec.law.window()[0], t[0]))
    high = float(t[-1] + 0.25 * (t[-1] - low)) if not _long(t) else float(np.quantile(t, 0.45))
    x = np.linspace(low, high, POINTS)
    with np.errstate(all="ignore"):
        p = np.nan_to_num(np.exp(spec.law.log_prob(x)), posinf=math.nan)
        q = np.array([np.nan_to_num(np.exp(spec.proposal(float(each)).log_prob(x)), posinf=math.nan) for each in t])
    frame, across = np.repeat(np.arange(len(t)), POINTS), np.tile(x, len(t))
    top = 1.15 * min(float(np.nanmax(p)), 4 * float(np.nanmedian(np.nanmax(q, axis=1))))
    q = np.minimum(q, 2 * top)
    beyond = [Layer("rule", pd.DataFrame({"frame": np.arange(len(t)), "x": t}), "frame", "ink", "threshold t", style={"width": 2})]
    drawn = pd.DataFrame({"frame": frame, "x": across, "y": q.ravel()})
    hit = drawn[across > np.repeat(t, POINTS)]
    layers = (
        Layer("path", pd.DataFrame({"x": x, "y": np.minimum(p, 2 * top)}), "always", "truth", "law of X", style={"width": 2.6}),
        Layer("area", hit, "frame", "model", "weighted draws that hit", style={"opacity": 0.25}),
        Layer("path", drawn, "frame", "model", "proposal", style={"width": 2.6}),
        *beyond,
    )
    return Panel(Axis("x", low, high), Axis("density", 0, top), layers, (0, 0, 0.52, 1), "Draw where the event is")


def _long(t: Array) -> bool:
    return bool(t[0] > 0 and t[-1] / t[0] > LONG)


def _relative(result: Swept, t: Array, exact: Array, plain: Array, weighted: Array) -> Panel:
    """Return the relative errors against t, exact and measured, on a log axis."""
    known = np.concatenate([exact.ravel(), plain, weighted])
    known = known[np.isfinite(known) & (known > 0)]
    low, high = 0.5 * float(known.min()), min(2 * float(known.max()), 1e7)
    here = pd.DataFrame({"frame": np.arange(len(t)), "x": t, "y": np.maximum(exact[:, 1], low)})
    layers = (
        Layer("rule", pd.DataFrame({"y": [1.0]}), "always", "failure", "nothing is known", style={"width": 1.6}),
        Layer("path", pd.DataFrame({"x": t, "y": np.minimum(exact[:, 0], high)}), "always", "context", "plain, exact", style=DASHED),
        Layer("points", pd.DataFrame({"x": t, "y": plain}).dropna(), "always", "context", "plain, measured", style={"size": 7}),
        Layer("path", pd.DataFrame({"x": t, "y": np.maximum(exact[:, 1], low)}), "always", "truth", "weighted, exact", style=DASHED),
        Layer("points", pd.DataFrame({"x": t, "y": weighted}).dropna(), "always", "model", "weighted, measured", style={"size": 7}),
        Layer("points", here, "frame", "ink", style={"size": 12}),
    )
    across = Axis("threshold t", float(t[0]), float(t[-1]), log=_long(t))
    return Panel(across, Axis("standard error / probability", low, high, log=True), layers, (0.52, 0, 0.48, 1), "Relative error against t")


def dimension(result: Shrunk) -> Reel:
    """Return what becomes of the draws as a sweep over d: their effective share, and the estimate with its error."""
    spec, d = result.spec, result.d.astype(float)
    exact, share = spec.share(result.d), result.worth / spec.n
    average = result.average
    claimed = np.where(np.isfinite(average.error), average.error, math.nan)
    readouts = (
        Readout("d", "dimensions", d, "d", shown=False),
        Readout("worth", "effective draws", result.worth, ",.4g"),
        Readout("expected", "in the long run", spec.n * exact, ",.4g"),
        Readout("largest", "heaviest draw", result.heaviest, ".1%"),
        Readout("value", "estimate", average.value, ".4g"),
        Readout("error", "standard error", claimed, ".2g"),
    )
    caption = "In {d:d} dimensions the draws are worth {worth:,.4g}, and the heaviest has {largest:.1%} of all weight: the estimate is {value:.3g}, give or take {error:.2g}; the truth is 1."
    panels = (_worth(result, d, exact, share), _means(result, d))
    return Reel(panels, len(d), (caption,), readouts, fps=10, start=result.place, sweep=Sweep("d", "d", d, "d"))


def _worth(result: Shrunk, d: Array, exact: Array, share: Array) -> Panel:
    n = result.spec.n
    low = 0.5 / n
    rows = pd.DataFrame({"x": d, "y": np.maximum(share, low)})
    kept = exact > low
    layers = (
        Layer("rule", pd.DataFrame({"y": [1 / n]}), "always", "failure", "one draw alone", style={"width": 1.6}),
        *((Layer("path", pd.DataFrame({"x": d[kept], "y": exact[kept]}), "always", "truth", "exact, in the long run", style=DASHED),) if kept.any() else ()),
        Layer("path", pd.DataFrame({"x": d, "y": result.heaviest}), "always", "context", "share of the heaviest draw", style={"width": 1.8}),
        Layer("points", rows, "always", "model", "effective share, measured", style={"size": 6}),
        Layer("points", rows.assign(frame=np.arange(len(d))), "frame", "ink", style={"size": 12}),
    )
    across = Axis("dimensions, d", 0.5, float(max(d[-1], 2)) + 0.5, whole=True)
    return Panel(across, Axis("share of the draws", low, 1.6, log=True), layers, (0, 0, 0.54, 1), "What the draws are worth")


def _means(result: Shrunk, d: Array) -> Panel:
    """Return the estimate with its claimed interval, over the band that the exact standard error gives."""
    average, spec = result.average, result.spec
    sd = np.array([spec.spread(int(each)).sd for each in d]) / math.sqrt(spec.n)
    reach = np.where(np.isfinite(sd), np.minimum(Z95 * sd, 5.0), math.nan)
    whiskers = pd.DataFrame({"x": np.repeat(d, 3), "y": np.stack([average.low, average.high, d * np.nan], 1).ravel()})
    low, high = (float(np.nanquantile(each[np.isfinite(each)], q)) for each, q in ((average.low, 0.02), (average.high, 0.98)))
    half = 1.15 * max(abs(low - 1), abs(high - 1), 1e-3)
    band = pd.DataFrame({"x": d, "y": 1 + reach, "base": 1 - reach}).dropna()
    here = pd.DataFrame({"frame": np.arange(len(d)), "x": d, "y": average.value})
    layers = (
        *((Layer("area", band, "always", "truth", "1 ± 1.96 exact standard errors", style={"opacity": 0.14}),) if len(band) > 1 else ()),
        Layer("rule", pd.DataFrame({"y": [1.0]}), "always", "truth", "truth", style=DASHED),
        Layer("path", whiskers, "always", "model", "95 % interval", style={"width": 2}),
        Layer("points", here.drop(columns="frame"), "always", "model", "estimate", style={"size": 6}),
        Layer("points", here, "frame", "ink", style={"size": 12}),
    )
    across = Axis("dimensions, d", 0.5, float(max(d[-1], 2)) + 0.5, whole=True)
    return Panel(across, Axis("mean of x² over the coordinates", 1 - half, 1 + half), layers, (0.54, 0, 0.46, 1), "The estimate, with its error")
