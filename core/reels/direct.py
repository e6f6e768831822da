"""Direct sampling as a reel: the dart through the CDF that becomes a sample."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from core.distributions.base import Distribution
from core.distributions.explore import Draws
from core.reels.curves import POINTS, grows_without_bound, rising, spikes, stairs, steps, whole
from core.reels.reel import Axis, Layer, Panel, Readout, Reel
from core.rng import stream

SINGLE_DARTS = 40  # shown one by one


def direct(draws: Draws, heights: np.ndarray | None = None) -> Reel:
    """Return direct sampling as a reel: a dart flies at height u to the CDF, drops to x = F⁻¹(u), and lands in the histogram.

    The first darts are shown one by one, then more and more a frame, up to all n. Without the heights from which the first values came,
    heights that fit them are drawn.
    """
    dist, first = draws.spec.dist, draws.first
    n_single = min(SINGLE_DARTS, len(first))
    marks = [*range(1, n_single + 1), *_checkpoints(n_single, draws)]
    heights = _dart_heights(dist, first[:n_single], draws.spec.seed) if heights is None else heights[:n_single]
    n_frames = 2 * n_single + len(marks) - n_single  # a single dart takes two frames: the flight, then the fall
    shown_at = [*range(1, 2 * n_single, 2), *range(2 * n_single, n_frames)]  # the frame in which mark m is counted
    low, high = float(draws.edges[0]), float(draws.edges[-1])
    curve, flight = _target(dist, low, high), _flight(first[:n_single], heights, low)
    counts, means = _growth(draws, marks)
    density = counts / (np.array(marks)[:, None] * np.diff(draws.edges))  # (marks, bins)
    per_frame = np.searchsorted(shown_at, np.arange(n_frames), side="right") - 1  # which mark a frame shows, -1 for none
    view = Axis("x", low, high, whole=dist.discrete)
    upper = Panel(view, Axis("u", 0, 1), (curve["cdf"], *flight), area=(0, 0, 1, 0.5), note="A dart at height u meets the CDF at x")
    lower = Panel(
        view,
        _histogram_axis(dist, density, per_frame, curve["top"]),
        (_histogram(draws, density, per_frame), *curve["density"], _rug(first[:n_single])),
        area=(0, 0.5, 1, 0.5),
        note="Where the darts landed, and the exact " + ("mass" if dist.discrete else "density"),
    )
    captions, readouts = _landed(draws, marks, means, per_frame, heights, n_single)
    return Reel((upper, lower), n_frames, captions, readouts, fps=6, intro=True)


def _checkpoints(n_single: int, draws: Draws) -> list[int]:
    """Return rising sample counts from the single darts to n, evenly spaced on a log scale, then the block ends."""
    kept = min(len(draws.first), draws.n)
    steps = np.unique(np.geomspace(n_single + 1, kept, 60).astype(int)) if kept > n_single else np.empty(0, int)
    return [*steps.tolist(), *(n for n, _, _ in draws.history if n > kept)]


def _dart_heights(dist: Distribution, x: np.ndarray, seed: int) -> np.ndarray:
    """Return the u that belongs to each x: F(x), or a uniform height on the step where x holds mass. Both are uniform on [0, 1]."""
    top, bottom = dist.cdf(x), dist.cdf_before(x)
    return top - stream(seed, "heights").random(len(x)) * (top - bottom)


def _growth(draws: Draws, marks: list[int]) -> tuple[np.ndarray, list[float]]:
    """Return the histogram's counts (marks, bins) and the mean of the values so far at every mark."""
    later = {n: (counts, mean) for n, counts, mean in draws.history}
    sums = np.cumsum(draws.first)
    rows, means = [], []
    for mark in marks:
        if mark <= len(draws.first):
            rows.append(np.histogram(draws.first[:mark], draws.edges)[0])
            means.append(float(sums[mark - 1] / mark))
        else:
            rows.append(later[mark][0])
            means.append(later[mark][1])
    return np.array(rows), means


def _target(dist: Distribution, low: float, high: float) -> dict:
    """Return the exact CDF and density (or mass) as still layers, and the height of the density."""
    style = {"width": 2.5}
    if dist.discrete:
        k, _ = whole(low, high)
        cdf = pd.DataFrame({"x": steps(k, low, high), "y": stairs(dist.cdf, k)})
        mass = dist.prob(k)
        dots = Layer("points", pd.DataFrame({"x": k, "y": mass}), "always", "truth", "exact", style={"size": 8})
        return {"cdf": Layer("path", cdf, "always", "truth", "exact", style=style), "density": (dots,), "top": float(np.max(mass))}
    x = np.linspace(low, high, POINTS)
    density = dist.prob(x)
    top = rising("", np.append(density, [1.1 * mass for _, mass in dist.atoms])[None], np.array([grows_without_bound(dist)])).high
    cdf, curve = (Layer("path", pd.DataFrame({"x": x, "y": y}), "always", "truth", "exact", style=style) for y in (dist.cdf(x), density))
    return {"cdf": cdf, "density": (curve, *spikes([dist.atoms], np.array([top]), "truth", still=True)), "top": top / 1.1}


def _flight(x: np.ndarray, heights: np.ndarray, low: float) -> tuple[Layer, ...]:
    """Return the dart: across to the curve in one frame, down to the axis in the next, and its landing place."""
    even, odd = 2 * np.arange(len(x)), 2 * np.arange(len(x)) + 1
    zero = np.zeros(len(x))
    across = pd.DataFrame({"frame": even, "x": low + zero, "y": heights, "dx": x - low, "dy": zero})
    stays = across.assign(frame=odd)
    down = pd.DataFrame({"frame": odd, "x": x, "y": heights, "dx": zero, "dy": -heights})
    return (
        Layer("arrows", pd.concat([across, stays, down], ignore_index=True), "frame", "model", "dart"),
        Layer("points", pd.DataFrame({"frame": odd, "x": low + zero, "y": heights}), "until", "context", style={"size": 5}),
    )


def _histogram(draws: Draws, density: np.ndarray, per_frame: np.ndarray) -> Layer:
    middles, widths = (draws.edges[:-1] + draws.edges[1:]) / 2, np.diff(draws.edges)
    shown = np.flatnonzero(per_frame >= 0)
    rows = pd.DataFrame({"frame": np.repeat(shown, len(middles)), "x": np.tile(middles, len(shown)), "y": density[per_frame[shown]].ravel()})
    share = 0.8 if draws.spec.dist.discrete else 1.0
    return Layer("bars", rows.assign(width=np.tile(share * widths, len(shown))), role="model", label="samples", style={"opacity": 0.45})


def _histogram_axis(dist: Distribution, density: np.ndarray, per_frame: np.ndarray, top: float) -> Axis:
    """Return an axis that lets few, tall bars in and comes down to the density as they settle."""
    tallest = np.concatenate([[0.0], density.max(axis=1)])[per_frame + 1]
    tops = 1.15 * np.maximum(top, np.minimum(tallest, 4 * top))
    return Axis("probability" if dist.discrete else "density", 0, float(np.max(tops)), windows=np.column_stack([np.zeros(len(tops)), tops]))


def _rug(x: np.ndarray) -> Layer:
    rows = pd.DataFrame({"frame": 2 * np.arange(len(x)) + 1, "x": x, "y": np.zeros(len(x))})
    return Layer("points", rows, "until", "model", style={"size": 6})


def _landed(
    draws: Draws, marks: list[int], means: list[float], per_frame: np.ndarray, heights: np.ndarray, n_single: int
) -> tuple[tuple[str, ...], tuple[Readout, ...]]:
    """Return what each frame says: single darts by their u and x, then the mean beside the truth."""
    dist = draws.spec.dist
    n_frames, count, mean = len(per_frame), np.array([0, *marks])[per_frame + 1], np.array([math.nan, *means])[per_frame + 1]
    error = dist.sd() / np.sqrt(np.maximum(count, 1)) if math.isfinite(dist.sd()) else np.full(n_frames, dist.sd())
    dart = np.minimum(np.arange(n_frames) // 2, n_single - 1)
    with np.errstate(invalid="ignore", divide="ignore"):
        z = np.where(np.isfinite(error) & (error > 0), (mean - dist.mean()) / error, math.nan)
    values = {
        "drawn": ("samples", count, ",d", True),
        "estimate": ("mean of the samples", mean, ".5g", True),
        "truth": ("exact mean", np.full(n_frames, dist.mean()), ".5g", True),
        "error": ("standard error", error, ".2g", True),
        "z": ("z", z, ".2f", True),
        "u": ("u", heights[dart], ".4f", False),
        "x": ("x", draws.first[dart], ".5g", False),
    }
    flight = "A uniform height u = {u:.3f} flies across to the curve."
    fall = "It meets the curve above x = {x:.4g}, and drops there: sample number {drawn:,d}."
    many = "{drawn:,d} samples: their mean is {estimate:.5g}, the exact one {truth:.5g}."
    captions = tuple((fall if frame % 2 else flight) if frame < 2 * n_single else many for frame in range(n_frames))
    return captions, tuple(Readout(name, label, np.asarray(numbers, float), form, shown) for name, (label, numbers, form, shown) in values.items())
