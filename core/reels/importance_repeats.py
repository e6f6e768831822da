"""Reels of repeats and of resampling: intervals that hold or miss, and weighted points that become equal ones."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from core.montecarlo.averages import Z95
from core.montecarlo.importance_coverage import PROMISED, Covered
from core.montecarlo.resampling import Resampled, survivors
from core.montecarlo.weights import shares
from core.reels.reel import Axis, Layer, Panel, Readout, Reel

Array = np.ndarray
FRAMES = 100
BINS = 36
POINTS = 321
SHOWN = 1500
GOLDEN = (math.sqrt(5) - 1) / 2
DASHED = {"dash": True, "width": 2}


def coverage(result: Covered) -> Reel:
    """Return the intervals as they come, those that miss the truth marked, beside the share that holds."""
    total, holds, truth = len(result.ends), result.holds(), result.theory.mean
    _, _, low, high = result.of().T
    sizes = np.unique(np.linspace(1, total, min(total, FRAMES)).round().astype(int))
    number = np.arange(1.0, total + 1)
    known = np.concatenate([low[np.isfinite(low)], high[np.isfinite(high)], [truth if math.isfinite(truth) else 0.0]])
    least, most = (float(np.quantile(known, q)) for q in (0.01, 0.99))
    least, most = min(least, float(known[-1])), max(most, float(known[-1]))
    air = 0.06 * (most - least) or 0.1 * abs(most) or 1.0
    low, high = (np.clip(each, least - 3 * air, most + 3 * air) for each in (low, high))
    gap = np.full(total, np.nan)
    rows = pd.DataFrame({"frame": np.repeat(np.searchsorted(sizes, number), 3), "x": np.repeat(number, 3), "y": np.stack([low, high, gap], 1).ravel()})
    thin, of = {"width": 2.2 if total <= 250 else 1.0}, np.repeat(holds, 3)
    layers = [
        Layer("path", rows[of], "until", "model", "holds the truth", style=thin),
        Layer("path", rows[~of], "until", "failure", "misses it", style=thin),
        *((Layer("rule", pd.DataFrame({"y": [truth]}), "always", "truth", "truth", style={"width": 2}),) if math.isfinite(truth) else ()),
    ]
    left = Panel(
        Axis("repeat", 0, total + 1, whole=True), Axis("95 % interval", least - air, most + air), tuple(layers), (0, 0, 0.6, 1), "An interval for each seed"
    )
    share = np.cumsum(holds) / number
    readouts = (
        Readout("repeats", "repeats", sizes.astype(float), ",d"),
        Readout("share", "hold the truth", share[sizes - 1], ".1%"),
        Readout("missed", "miss it", np.cumsum(~holds)[sizes - 1].astype(float), ",d"),
        Readout("truth", "truth", np.full(len(sizes), truth), ".4g"),
    )
    caption = "Of {repeats:,d} intervals {share:.1%} hold the truth and {missed:,d} miss it; 95 % are promised."
    return Reel((left, _shares(sizes, share)), len(sizes), (caption,), readouts, fps=24, start=len(sizes) - 1)


def _shares(sizes: Array, share: Array) -> Panel:
    n = sizes.astype(float)
    half = Z95 * np.sqrt(PROMISED * (1 - PROMISED) / n)
    chance = pd.DataFrame({"x": n, "y": np.minimum(PROMISED + half, 1), "base": np.maximum(PROMISED - half, 0)})
    rows = pd.DataFrame({"frame": np.arange(len(n)), "x": n, "y": share[sizes - 1]})
    layers = (
        Layer("area", chance, "always", "truth", "95 % and chance", style={"opacity": 0.14}),
        Layer("rule", pd.DataFrame({"y": [PROMISED]}), "always", "truth", "95 % and chance", style=DASHED),
        Layer("path", rows, "until", "model", "share that holds", style={"width": 2.6}),
    )
    low = max(0.0, min(0.8, float(share[len(share) // 10 :].min()) - 0.04))
    return Panel(Axis("repeats", 0, n[-1] + 1, whole=True), Axis("share that holds", low, 1.01), layers, (0.6, 0, 0.4, 1), "The share that holds")


# Resampling


def resampling(result: Resampled) -> Reel:
    """Return points being drawn from the weighted ones: those that were hit grow, the histogram below fills, and the distinct ones are counted."""
    m = max(len(result.kept), 1)
    sizes = np.unique(np.linspace(1, m, min(m, FRAMES)).round().astype(int))
    order = np.argsort((np.arange(len(result.kept)) * GOLDEN) % 1, kind="stable")  # a comb runs along the line: shown in another order
    kept = result.kept[order]
    fresh = np.zeros(len(kept), bool)
    fresh[np.unique(kept, return_index=True)[1]] = True
    distinct = np.cumsum(fresh)[sizes - 1] if len(kept) else np.zeros(len(sizes), int)
    ends = np.array([result.spec.law.window(), result.spec.proposal.window()])
    low, high = float(ends[:, 0].min()), float(ends[:, 1].max())
    panels = (_weighted(result, kept, sizes, low, high), _equal(result, kept, sizes, low, high), _survivors(result, sizes, distinct))
    readouts = (
        Readout("kept", "points kept", sizes.astype(float), ",d"),
        Readout("distinct", "distinct", distinct.astype(float), ",d"),
        Readout("share", "of them distinct", distinct / sizes, ".1%"),
        Readout("copies", "most copies", np.full(len(sizes), float(result.copies.max(initial=0))), ",d"),
    )
    caption = "{kept:,d} equal points are drawn from the weighted ones, and {distinct:,d} of them are distinct."
    return Reel(panels, len(sizes), (caption,), readouts, fps=16, start=len(sizes) - 1)


def _weighted(result: Resampled, kept: Array, sizes: Array, low: float, high: float) -> Panel:
    """Return the weighted draws, as large as they weigh; what was kept so far is marked."""
    drawn = result.drawn
    weight = np.nan_to_num(shares(drawn.log_weights))
    some = np.zeros(drawn.n, bool)
    some[:: max(1, -(-drawn.n // SHOWN))] = True
    some[np.argsort(weight)[-100:]] = True
    place = np.flatnonzero(some)
    heights = 0.05 + 0.9 * ((place * GOLDEN) % 1)
    size = 2.5 + 24 * np.sqrt(np.minimum(weight[place] / 0.15, 1.0))
    rows = pd.DataFrame({"x": drawn.x[place], "y": heights, "size": size})
    first = np.full(drawn.n, -1)
    number, at = np.unique(kept, return_index=True)
    first[number] = np.searchsorted(sizes, at + 1)
    hit = first[place] >= 0
    layers = (
        Layer("points", rows, "always", "context", "weighted draws", style={"opacity": 0.55}),
        Layer("points", rows[hit].assign(frame=first[place][hit]), "until", "model", "kept", style={"opacity": 0.8}),
    )
    return Panel(Axis("", low, high), Axis("", 0, 1), layers, (0, 0, 0.58, 0.5), "Weighted draws of q, as large as they weigh", bare=True)


def _equal(result: Resampled, kept: Array, sizes: Array, low: float, high: float) -> Panel:
    """Return the histogram of the points kept so far over the target's density."""
    edges = np.linspace(low, high, BINS + 1)
    width, x = edges[1] - edges[0], np.linspace(low, high, POINTS)
    step = np.searchsorted(sizes, np.arange(1, len(kept) + 1))
    place = np.searchsorted(edges, result.drawn.x[kept]) - 1
    seen = (place >= 0) & (place < BINS)
    counts = np.bincount(step[seen] * BINS + place[seen], minlength=len(sizes) * BINS).reshape(len(sizes), BINS).cumsum(axis=0)
    density = counts / (sizes[:, None] * width)
    bars = pd.DataFrame(
        {"frame": np.repeat(np.arange(len(sizes)), BINS), "x": np.tile(0.5 * (edges[:-1] + edges[1:]), len(sizes)), "y": density.ravel(), "width": 0.92 * width}
    )
    with np.errstate(all="ignore"):
        p = np.nan_to_num(np.exp(result.spec.law.log_prob(x)), posinf=math.nan)
    layers = (
        Layer("bars", bars, "frame", "model", "kept", style={"opacity": 0.5}),
        Layer("path", pd.DataFrame({"x": x, "y": p}), "always", "truth", "target p", style={"width": 2.6}),
    )
    top = 1.15 * max(float(np.nanmax(p)), min(float(density[-1].max()), 3 * float(np.nanmax(p))))
    return Panel(Axis("x", low, high), Axis("density", 0, top), layers, (0, 0.5, 0.58, 0.5), "Equal points, against the target")


def _survivors(result: Resampled, sizes: Array, distinct: Array) -> Panel:
    """Return how many distinct points there are among those kept, beside what is expected."""
    held = np.nan_to_num(shares(result.drawn.log_weights))
    n = sizes.astype(float)
    expected = [survivors(held, int(size), result.spec.method) for size in sizes] if result.spec.method == "multinomial" else None
    rows = pd.DataFrame({"frame": np.arange(len(n)), "x": n, "y": distinct.astype(float)})
    layers = [Layer("path", pd.DataFrame({"x": n, "y": n}), "always", "context", "all distinct", style={"width": 1.4, "dash": True})]
    if expected:
        layers.append(Layer("path", pd.DataFrame({"x": n, "y": expected}), "always", "truth", "expected", style=DASHED))
    else:
        layers.append(
            Layer("rule", pd.DataFrame({"y": [survivors(held, int(sizes[-1]), "systematic")]}), "always", "truth", "expected at the end", style=DASHED)
        )
    layers.append(Layer("path", rows, "until", "model", "distinct", style={"width": 2.6}))
    return Panel(
        Axis("points kept", 0, n[-1] + 1, whole=True), Axis("distinct points", 0, n[-1] * 1.04 + 1), tuple(layers), (0.58, 0, 0.42, 1), "How many survive"
    )
