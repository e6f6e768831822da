"""Reels of Monte Carlo π: what grows, intervals that hold or miss, a race between ways to throw, and balls that vanish."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pandas as pd

from core.montecarlo.averages import Z95
from core.montecarlo.ball import DIMENSIONS, Filled, volume
from core.montecarlo.darts import Thrown
from core.montecarlo.integral import Integrated
from core.montecarlo.needle import Fallen
from core.montecarlo.pi import Result
from core.montecarlo.race import NAMES, Raced
from core.montecarlo.repeats import Repeated
from core.montecarlo.throws import GENERATORS
from core.reels.darts import DASHED, Trace, growing
from core.reels.integral import integral
from core.reels.reel import Axis, Layer, Panel, Readout, Reel, Sweep

Array = np.ndarray
FRAMES = 100  # of growing repeats
LOOKS = {  # role and style of a way to throw
    "random": ("context", {"width": 3}),
    "antithetic": ("context", {"width": 2, "dash": True}),
    "sobol": ("model", {"width": 3}),
    "halton": ("model", {"width": 2, "dash": True}),
    "stratified": ("ink", {"width": 2}),
}


def monte_carlo(result: Result, ghost: Trace | None = None, intro: bool = True) -> Reel:
    """Return the reel that belongs to a result; a ghost is the estimates of an earlier run, where the picture has estimates against n."""
    makers = {Repeated: repeats, Raced: race, Filled: ball}
    if isinstance(result, Integrated):
        reel = integral(result, ghost)
    else:
        reel = growing(result, ghost) if isinstance(result, Thrown | Fallen) else makers[type(result)](result)
    return replace(reel, intro=intro)


# Intervals


def repeats(result: Repeated) -> Reel:
    """Return the intervals as they come, those that miss π marked, beside the share that holds."""
    total, holds, (low, high) = len(result.counts), result.holds(), result.ends()
    sizes = np.unique(np.linspace(1, total, min(total, FRAMES)).round().astype(int))
    frame, number = np.searchsorted(sizes, np.arange(1, total + 1)), np.arange(1.0, total + 1)
    gap = np.full(total, np.nan)
    rows = pd.DataFrame({"frame": np.repeat(frame, 3), "x": np.repeat(number, 3), "y": np.stack([low, high, gap], 1).ravel()})
    flat = high <= low
    thin, of = {"width": 2.2 if total <= 250 else 1.2}, np.repeat(holds, 3)
    points = pd.DataFrame({"frame": frame[flat], "x": number[flat], "y": low[flat]})
    least, most = min(float(low.min()), math.pi), max(float(high.max()), math.pi)
    air = 0.05 * max(most - least, 0.1)
    layers = [Layer("path", rows[of], "until", "model", "holds π", style=thin), Layer("path", rows[~of], "until", "failure", "misses π", style=thin)]
    layers += [Layer("points", points, "until", "failure", "no width", style={"size": 7})] if flat.any() else []
    layers += [Layer("rule", pd.DataFrame({"y": [math.pi]}), "always", "truth", "π", style={"width": 2})]
    left = Panel(
        Axis("repeat", 0, total + 1, whole=True),
        Axis("95 % interval", least - air, most + air),
        tuple(layers),
        (0, 0, 0.6, 1),
        "An interval for each seed",
    )
    share, exact = np.cumsum(holds) / number, result.spec.exact()
    readouts = (
        Readout("repeats", "repeats", sizes.astype(float), ",d"),
        Readout("share", "hold π", share[sizes - 1], ".1%"),
        Readout("exact", "exact share", np.full(len(sizes), exact), ".1%"),
        Readout("missed", "miss it", np.cumsum(~holds)[sizes - 1].astype(float), ",d"),
    )
    caption = "Of {repeats:,d} intervals {share:.1%} hold π and {missed:,d} miss it; of all such intervals {exact:.1%} hold it, and 95 % are promised."
    return Reel((left, _shares(sizes, share, exact)), len(sizes), (caption,), readouts, fps=24, start=len(sizes) - 1)


def _shares(sizes: Array, share: Array, exact: float) -> Panel:
    n = sizes.astype(float)
    half = Z95 * np.sqrt(0.95 * 0.05 / n)
    rows = pd.DataFrame({"frame": np.arange(len(n)), "x": n, "y": share[sizes - 1]})
    layers = (
        Layer(
            "area", pd.DataFrame({"x": n, "y": np.minimum(0.95 + half, 1), "base": 0.95 - half}), "always", "truth", "95 % and chance", style={"opacity": 0.14}
        ),
        Layer("rule", pd.DataFrame({"y": [exact]}), "always", "truth", "exact share", style=DASHED),
        Layer("path", rows, "until", "model", "share that holds", style={"width": 2.6}),
    )
    low = max(0.0, min(0.8, float(exact) - 0.15, float(share[len(share) // 10 :].min()) - 0.03))
    return Panel(Axis("repeats", 0, n[-1] + 1, whole=True), Axis("share that holds", low, 1.01), layers, (0.6, 0, 0.4, 1), "The share that holds π")


# The race


def race(result: Raced) -> Reel:
    """Return the root mean square errors against n, one size a frame, beside every single error at random and as Sobol points."""
    sizes, rmse, (slopes, errors) = result.sizes.astype(float), result.rmse(), result.slopes()
    frame = np.arange(len(sizes))
    top, low = 2 * float(rmse.max()), 0.4 * float(rmse.min())
    layers = []
    for place, generator in enumerate(GENERATORS):
        role, style = LOOKS[generator]
        rows = pd.DataFrame({"frame": frame, "x": sizes, "y": rmse[place]})
        layers.append(Layer("path", rows, "until", role, NAMES[generator], style=style))
    guides = [(slope, rmse[0, 0] * (sizes / sizes[0]) ** slope * 1.35 ** (1 if slope > -0.6 else -2)) for slope in (-0.5, -0.75)]
    layers += [
        Layer("path", pd.DataFrame({"x": sizes, "y": y}), "always", "truth", "slopes −1/2 and −3/4", style={"dash": True, "width": 1.4}) for _, y in guides
    ]
    across = Axis("darts, n", sizes[0], max(sizes[-1], 2 * sizes[0]), log=True)
    left = Panel(across, Axis("root mean square error", low, top, log=True), tuple(layers), (0, 0, 0.55, 1), f"{result.spec.replicates} runs at each n")
    readouts = [Readout("n", "darts", sizes, ",d")]
    readouts += [Readout(name, f"slope, {NAMES[name]}", np.full(len(sizes), slopes[i]), ".3f") for i, name in enumerate(GENERATORS)]
    readouts += [Readout(f"{name}_now", name, rmse[i], ".2g", shown=False) for i, name in enumerate(GENERATORS) if name in ("random", "sobol")]
    caption = "With {n:,d} darts the root mean square error is {random_now:.2g} at random and {sobol_now:.2g} as Sobol points; the slopes are {random:.3f} and {sobol:.3f}."
    return Reel((left, _slopes(slopes, errors)), len(sizes), (caption,), tuple(readouts), fps=4, start=len(sizes) - 1)


def _slopes(slopes: Array, errors: Array) -> Panel:
    """Return each slope with its interval beside the lines of theory; there is none while there is one size only."""
    half, rows = Z95 * errors, len(GENERATORS)
    low, high = float(np.nanmin([-0.95, *(slopes - 1.2 * half)])), float(np.nanmax([-0.3, *(slopes + 1.2 * half)]))
    layers = [Layer("rule", pd.DataFrame({"x": [x]}), "always", "truth", "slopes −1/2 and −3/4", style={"dash": True, "width": 1.4}) for x in (-0.75, -0.5)]
    ends = pd.DataFrame({"x": [-0.75, -0.5], "y": [0.35, 0.35], "text": ["−3/4", "−1/2"]})
    layers.append(Layer("text", ends, "always", "truth"))
    for place, generator in enumerate(GENERATORS):
        y, role = float(rows - place), LOOKS[generator][0]
        told = NAMES[generator]
        if math.isfinite(slopes[place]):
            line = pd.DataFrame({"x": [slopes[place] - half[place], slopes[place] + half[place]], "y": [y, y]})
            layers.append(Layer("path", line, "always", role, style={"width": 4}))
            layers.append(Layer("points", pd.DataFrame({"x": [slopes[place]], "y": [y]}), "always", role, style={"size": 9, "opacity": 1}))
            told += f": {slopes[place]:.3f} ± {half[place]:.3f}".replace("-", "−")
        layers.append(Layer("text", pd.DataFrame({"x": [(low + high) / 2], "y": [y + 0.36], "text": [told]}), "always", "ink"))
    return Panel(Axis("slope", low, high), Axis("", 0.1, rows + 0.8), tuple(layers), (0.55, 0, 0.45, 1), "Slopes, with 95 % intervals", bare=True)


# The ball


def ball(result: Filled) -> Reel:
    """Return the volumes of the balls as a sweep over d: estimate and interval over the truth, beside the relative error."""
    d, (value, error, low, high), truth = DIMENSIONS.astype(float), result.volumes(), volume(DIMENSIONS)
    shares, frame = truth / 2.0**DIMENSIONS, np.arange(len(DIMENSIONS))
    whiskers = pd.DataFrame({"x": np.repeat(d, 3), "y": np.stack([low, high, d * np.nan], 1).ravel()})
    here = pd.DataFrame({"frame": frame, "x": d, "y": value})
    left = Panel(
        Axis("dimensions, d", 1.5, 20.5, whole=True),
        Axis("volume of the unit ball", -0.15, 1.08 * float(max(high.max(), 5.4))),
        (
            Layer("path", pd.DataFrame({"x": d, "y": truth}), "always", "truth", "exact volume", style={"width": 2}),
            Layer("path", whiskers, "always", "model", "95 % interval", style={"width": 2}),
            Layer("points", here.drop(columns="frame"), "always", "model", "estimate", style={"size": 7}),
            Layer("points", here, "frame", "ink", style={"size": 13}),
        ),
        (0, 0, 0.5, 1),
        "Largest at d = 5, then it vanishes",
    )
    plain = np.sqrt((1 - shares) / (shares * result.n))
    with np.errstate(divide="ignore", invalid="ignore"):
        relative = np.where(value > 0, error / value, np.nan)
    hits = np.round(result.told) if result.spec.method == "darts" else np.full(len(d), math.nan)
    readouts = (
        Readout("d", "dimensions", d, "d", shown=False),
        Readout("value", "estimate", value, ".4g"),
        Readout("truth", "exact volume", truth, ".4g"),
        Readout("error", "standard error", error, ".2g"),
        Readout("hits", "hits", hits, ",d", shown=result.spec.method == "darts"),
        Readout("share", "share of the cube", shares, ".2g"),
    )
    caption = "In {d:d} dimensions the ball has volume {truth:.3g} and fills {share:.2g} of its cube; the estimate is {value:.3g}, give or take {error:.2g}."
    panels = (left, _relative(d, plain, relative, frame))
    sweep = Sweep("d", "d", d, "d")
    return Reel(panels, len(d), (caption,), readouts, fps=6, start=result.spec.d - 2, sweep=sweep)


def _relative(d: Array, plain: Array, relative: Array, frame: Array) -> Panel:
    low, high = 0.5 * float(np.nanmin([*plain, *relative])), 2 * float(np.nanmax([*plain, *relative]))
    rows = pd.DataFrame({"x": d, "y": relative})
    layers = (
        Layer("path", pd.DataFrame({"x": d, "y": plain}), "always", "truth", "darts, exact", style=DASHED),
        Layer("path", rows, "always", "model", "estimate", style={"width": 2.4}),
        Layer("rule", pd.DataFrame({"y": [1.0]}), "always", "failure", "nothing is known", style={"width": 1.6}),
        Layer("points", rows.assign(frame=frame), "frame", "ink", style={"size": 11}),
    )
    across = Axis("dimensions, d", 1.5, 20.5, whole=True)
    return Panel(across, Axis("standard error / volume", low, max(high, 2.0), log=True), layers, (0.5, 0, 0.5, 1), "Relative error")
