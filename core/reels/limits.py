"""Reels of averages: walks that settle, a histogram that turns into a bell, a bootstrap that grows."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from core.montecarlo.averages import Means, Resamples, Result, Walks
from core.montecarlo.limits import REACH
from core.reels.reel import Axis, Layer, Panel, Readout, Reel, Sweep

FRAMES = 80  # of a growing bootstrap
BINS = 48
DASHED = {"dash": True, "width": 2}


def limits(result: Result) -> Reel:
    """Return the reel that belongs to a result."""
    makers = {Walks: walks, Means: means, Resamples: resamples}
    return makers[type(result)](result)


def walks(result: Walks) -> Reel:
    """Return running means against n: frame i shows the first i + 1 stops. The band is 95 % at each n, not for all n at once."""
    stops, centre, band = result.stops, result.dist.mean(), result.band()
    low, high = _walk_view(result)
    layers: list[Layer] = []
    if math.isfinite(band[0]):
        edges = pd.DataFrame({"x": stops, "y": centre + band, "base": centre - band})
        layers.append(Layer("area", edges, "always", "truth", "95 % band", style={"opacity": 0.14}))
    if math.isfinite(centre):
        layers.append(Layer("rule", pd.DataFrame({"y": [centre]}), "always", "truth", "exact mean", style=DASHED))
    frame = np.arange(len(stops))
    for i, line in enumerate(result.means):
        rows = pd.DataFrame({"frame": frame, "x": stops, "y": line})
        layers.append(
            Layer("path", rows, "until", "model", "first walk" if i == 0 else "walks", style={"width": 3 if i == 0 else 1, "opacity": 1 if i == 0 else 0.45})
        )
    panel = Panel(Axis("draws, n", 1, float(stops[-1]), log=True), Axis("mean of the first n draws", low, high), tuple(layers))
    readouts = (
        Readout("n", "draws", stops.astype(float), ",d"),
        Readout("first", "mean of the first walk", result.means[0], ".5g"),
        Readout("spread", "sd of the means", result.means.std(axis=0, ddof=1) if len(result.means) > 1 else np.full(len(stops), math.nan), ".3g"),
        Readout("exact", "exact sd of the means", result.dist.sd() / np.sqrt(stops), ".3g"),
        Readout("inside", "inside the band", result.inside(), ".1%"),
        Readout("mean", "exact mean", np.full(len(stops), centre), ".5g", shown=False),
    )
    settles = "After {n:,d} draws {inside:.1%} of the walks lie inside the 95 % band; it narrows like 1 / √n around the mean {mean:.4g}."
    fails = "After {n:,d} draws the first walk stands at {first:.4g}, and the walks have a spread of {spread:.3g}: it need not shrink as n grows."
    return Reel((panel,), len(stops), (settles if math.isfinite(band[0]) else fails,), readouts, fps=24, intro=True)


def _walk_view(result: Walks) -> tuple[float, float]:
    """Return a view that holds the band from a few draws on, or the bulk of all means where there is no band."""
    half = 2.2 * result.band()[min(len(result.stops) - 1, 8)]
    if math.isfinite(half) and half > 0:
        return result.dist.mean() - half, result.dist.mean() + half
    low, high = np.quantile(result.means, [0.04, 0.96])
    room = 0.3 * (high - low) or 1.0
    return float(low - room), float(high + room)


def means(result: Means) -> Reel:
    """Return the histogram of standardised means as a sweep over n, beside its distance to the normal law."""
    n_frames, middles, width = len(result.counts), (result.edges[:-1] + result.edges[1:]) / 2, result.edges[1] - result.edges[0]
    n, density = np.arange(1, n_frames + 1), result.counts / (result.n_means * width)  # (n, bins)
    frame = np.repeat(np.arange(n_frames), len(middles))
    bars = pd.DataFrame({"frame": frame, "x": np.tile(middles, n_frames), "y": density.ravel(), "width": width})
    z = np.linspace(-REACH, REACH, 181)
    bell = pd.DataFrame({"x": z, "y": np.exp(-z * z / 2) / math.sqrt(2 * math.pi)})
    tops = 1.1 * np.maximum(0.45, np.minimum(density.max(axis=1), 1.2))
    histogram = Panel(
        Axis("standardised mean, z", -REACH, REACH),
        Axis("density", 0, float(tops.max()), windows=np.column_stack([np.zeros(n_frames), tops])),
        (Layer("bars", bars, role="model", label="means", style={"opacity": 0.5}), Layer("path", bell, "always", "truth", "normal law", style={"width": 3})),
        area=(0, 0, 0.62, 1),
        note="Means of n draws, standardised",
    )
    readouts = (
        Readout("n", "draws per mean", n.astype(float), "d", shown=False),
        Readout("gap", "distance to the normal law", result.gaps, ".4f"),
        Readout("floor", "distance of a perfect sample", np.full(n_frames, result.floor()), ".4f"),
        Readout("skew", "exact skewness of the mean", result.skewness(), ".3g"),
    )
    caption = (
        "Means of {n:d} draws: the largest gap between their CDF and the normal one is {gap:.3f}; a perfect normal sample of this size has about {floor:.3f}."
    )
    return Reel((histogram, _gap_panel(result, n)), n_frames, (caption,), readouts, fps=12, sweep=Sweep("n", "n", n.astype(float), "d"), intro=True)


def _gap_panel(result: Means, n: np.ndarray) -> Panel:
    low = 0.5 * min(result.floor(), float(result.gaps.min()))
    line = pd.DataFrame({"x": n.astype(float), "y": result.gaps})
    here = line.assign(frame=np.arange(len(n)))
    floor = Layer("rule", pd.DataFrame({"y": [result.floor()]}), "always", "truth", "perfect sample", style=DASHED)
    layers = (Layer("path", line, "always", "model", "distance", style={"width": 2}), floor, Layer("points", here, "frame", "model", style={"size": 11}))
    top = min(1.0, 1.6 * float(result.gaps.max()))
    return Panel(Axis("n", 1, float(n[-1]), log=True), Axis("distance", low, top, log=True), layers, area=(0.62, 0, 0.38, 1), note="Distance to the normal law")


def resamples(result: Resamples) -> Reel:
    """Return the bootstrap as it grows: the mean's histogram beside the maximum's, over what fresh samples give."""
    total = result.resampled.shape[1]
    sizes = np.unique(np.geomspace(1, total, FRAMES).astype(int))
    panels = (
        _bootstrap_panel(result, 0, sizes, (0, 0, 0.5, 1), "Mean of a resample: the bootstrap works"),
        _bootstrap_panel(result, 1, sizes, (0.5, 0, 0.5, 1), "Maximum of a resample: it fails"),
    )
    means_so_far, atoms = result.resampled[0], np.cumsum(result.resampled[1] == result.sample.max()) / np.arange(1, total + 1)
    errors = [float(np.std(means_so_far[:size], ddof=1)) if size > 1 else math.nan for size in sizes]
    exact = result.numbers()
    readouts = (
        Readout("size", "resamples", sizes.astype(float), ",d"),
        Readout("error", "bootstrap error of the mean", np.array(errors), ".4g"),
        Readout("exact", "exact error of the mean", np.full(len(sizes), exact["exact standard error of the mean"]), ".4g"),
        Readout("atom", "maximum is the sample's own", atoms[sizes - 1], ".1%"),
        Readout("theory", "theory", np.full(len(sizes), exact["theory of that share"]), ".1%"),
    )
    caption = "{size:,d} resamples: the mean's error is guessed as {error:.3g}, it is {exact:.3g}; {atom:.1%} of the maxima are the sample's own largest value."
    return Reel(panels, len(sizes), (caption,), readouts, fps=16, intro=True)


def _bootstrap_panel(result: Resamples, which: int, sizes: np.ndarray, area: tuple, note: str) -> Panel:
    values, fresh = result.resampled[which], result.fresh[which]
    low, high = np.quantile(np.concatenate([values, fresh]), [0.003, 0.985])
    room = 0.05 * (high - low) or 0.5
    edges = np.linspace(low - room, high + room, BINS + 1)
    middles, width = (edges[:-1] + edges[1:]) / 2, edges[1] - edges[0]
    shares = np.array([np.histogram(values[:size], edges)[0] / size for size in sizes])
    bars = pd.DataFrame({"frame": np.repeat(np.arange(len(sizes)), BINS), "x": np.tile(middles, len(sizes)), "y": shares.ravel(), "width": width})
    true = np.histogram(fresh, edges)[0] / len(fresh)
    outline = pd.DataFrame({"x": np.repeat(edges, 2), "y": np.concatenate([[0.0], np.repeat(true, 2), [0.0]])})
    own = float(np.mean(result.sample)) if which == 0 else float(result.sample.max())
    layers = (
        Layer("bars", bars, role="model" if which == 0 else "failure", label="resamples", style={"opacity": 0.5}),
        Layer("path", outline, "always", "truth", "fresh samples", style={"width": 2}),
        Layer("rule", pd.DataFrame({"x": [own]}), "always", "ink", "the one sample", style={"dash": True, "width": 1.5}),
    )
    top = 1.12 * max(float(true.max()), float(shares[-1].max()))
    return Panel(Axis("x", float(edges[0]), float(edges[-1])), Axis("share", 0, top), layers, area=area, note=note)
