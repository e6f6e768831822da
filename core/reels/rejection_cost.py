"""The cost of rejection as a sweep over the dimension: acceptance, and where the darts fall."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import special

from core.montecarlo.ball import DIMENSIONS
from core.montecarlo.rejection_cost import BINS, Costs
from core.reels.reel import Axis, Layer, Panel, Readout, Reel, Sweep

Array = np.ndarray
POINTS = 201


def costs(result: Costs, intro: bool = True) -> Reel:
    """Return the acceptances as a sweep over d: estimates and intervals on the exact line, beside the distances from the centre."""
    d, (value, error, low, high), exact = DIMENSIONS.astype(float), result.shares(), result.exact()
    frame, n = np.arange(len(d)), result.n
    rare = float(exact.min()) * n < 30  # then the view goes down to what one dart says
    floor = 0.3 * min(float(exact.min()), 1 / n) if rare else 0.5 * float(min(exact.min(), low[low > 0].min(initial=1.0)))
    whiskers = pd.DataFrame({"x": np.repeat(d, 3), "y": np.stack([np.maximum(low, floor), high, np.full(len(d), np.nan)], 1).ravel()})
    seen = pd.DataFrame({"x": d, "y": np.where(value > 0, value, np.nan)})
    left = Panel(
        Axis("dimensions, d", 1.5, 20.5, whole=True),
        Axis("share kept", floor, 1.5, log=True),
        (
            Layer("path", pd.DataFrame({"x": d, "y": exact}), "always", "truth", "exact", style={"width": 2, "dash": True}),
            Layer("path", whiskers, "always", "model", "95 % interval", style={"width": 2.2}),
            Layer("points", seen, "always", "model", "share kept", style={"size": 7}),
            *([Layer("rule", pd.DataFrame({"y": [1 / n]}), "always", "failure", "one dart", style={"width": 1.6})] if rare else []),
            Layer(
                "points", pd.DataFrame({"frame": frame, "x": d, "y": np.maximum(np.where(value > 0, value, exact), floor)}), "frame", "ink", style={"size": 13}
            ),
        ),
        (0, 0, 0.5, 1),
        "The waste multiplies",
    )
    readouts = (
        Readout("d", "dimensions", d, "d", shown=False),
        Readout("value", "share kept", value, ".3g"),
        Readout("exact", "exact", exact, ".3g"),
        Readout("error", "standard error", error, ".2g"),
        Readout("hits", "kept", result.hits, ",d"),
        Readout("each", "darts for one draw", 1 / exact, ".3g"),
    )
    caption = f"In {{d:d}} dimensions {{hits:,d}} of {n:,} darts are kept; the exact share is {{exact:.3g}}: {{each:.3g}} darts for one draw."
    sweep = Sweep("d", "d", d, "d")
    return Reel((left, _shells(result)), len(d), (caption,), readouts, fps=6, start=result.place, sweep=sweep, intro=intro)


def _shells(result: Costs) -> Panel:
    """Return how far from the centre darts fall, frame by frame, beside the distances that the target asks for."""
    reach, frames = result.spec.reach(), len(DIMENSIONS)
    wide, r = reach / BINS, np.linspace(0, reach, POINTS)[1:]
    density = result.shells[0] / (result.n * wide)
    rows = pd.DataFrame(
        {"frame": np.repeat(np.arange(frames), BINS), "x": np.tile(wide * (np.arange(BINS) + 0.5), frames), "y": density.ravel(), "width": wide}
    )
    wanted = np.stack([_radial(result.spec.shape, int(d), r) for d in DIMENSIONS])
    curve = pd.DataFrame({"frame": np.repeat(np.arange(frames), len(r)), "x": np.tile(r, frames), "y": wanted.ravel()})
    top = 1.15 * max(float(np.sort(density.max(axis=1))[-4]), 0.65 if result.spec.shape == "gaussian" else 4.0)
    layers = (
        Layer("bars", rows, "frame", "context", "where darts fall", style={"opacity": 0.5}),
        Layer("path", curve, "frame", "truth", "where the target lies", style={"width": 2.6}),
    )
    return Panel(Axis("distance from the centre", 0, reach), Axis("density", 0, top), layers, (0.5, 0, 0.5, 1), "Two shells drift apart")


def _radial(shape: str, d: int, r: Array) -> Array:
    """Return the density of the distance from the centre: chi's with d degrees of freedom, or d r^(d-1) in the unit ball."""
    if shape == "ball":
        return np.where(r <= 1, d * r ** (d - 1), 0.0)
    return np.exp((d - 1) * np.log(r) - r**2 / 2 - (d / 2 - 1) * np.log(2) - special.gammaln(d / 2))
