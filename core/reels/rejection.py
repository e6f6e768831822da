"""Reels of rejection sampling: darts under an envelope, the wasted pile, the estimate; and what it costs as the dimension grows."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from core.montecarlo.rejection import Result
from core.montecarlo.rejection_cost import Costs
from core.montecarlo.rejection_drawn import Drawn, size
from core.reels.reel import Axis, Handle, Layer, Panel, Readout, Reel
from core.reels.rejection_cost import costs
from core.reels.rejection_line import Scene, darts, logs, pile
from core.reels.rejection_plane import marginal, plane
from core.reels.targets import handles
from core.spec import Spec

Array = np.ndarray
Trace = tuple[Array, Array]
SECONDS = 6
FAR = 600.0  # logs: beyond, a height has no number
LARGEST = 1e30  # that is drawn
WORDS = {"mean": "mean of x", "square": "mean of x²", "mass": "mass under the curve"}
RIGHT, UPPER, LOWER = 0.58, (0.58, 0.0, 0.42, 0.5), (0.58, 0.5, 0.42, 0.5)
CAPTION = (
    "Of {{n:,d}} darts {{hits:,d}} are kept, {{share:.1%}} (theory {{theory:.1%}}), the rest is waste. "
    "The {what} is {{value:.4g}}, give or take {{error:.2g}}; the truth is {{truth:.4g}}."
)


def rejection(result: Result, ghost: Trace | None = None, intro: bool = True) -> Reel:
    """Return the reel that belongs to a result; a ghost is the estimates of an earlier run. Frame i stands at stop i; the last is shown first."""
    if isinstance(result, Costs):
        return costs(result, intro)
    scene = Scene.of(result)
    if result.spec.target.dim == 2:
        panels = (plane(scene), marginal(scene, UPPER), estimates(result, ghost))
    else:
        panels = (darts(scene), pile(scene, UPPER), logs(scene, LOWER) if result.hulls else estimates(result, ghost))
    stops = result.stops
    fps = max(12.0, len(stops) / SECONDS)
    caption = CAPTION.format(what=WORDS[result.spec.what])
    return Reel(panels, len(stops), (caption,), _readouts(result), fps, len(stops) - 1, handles=_handles(scene), intro=intro)


def _readouts(result: Drawn) -> tuple[Readout, ...]:
    n, k, (value, error, _, _) = result.stops.astype(float), result.hits, result.errors()
    truth = result.truth if math.isfinite(result.truth) else math.nan
    with np.errstate(all="ignore"):
        z = np.where(np.isfinite(error) & (error > 0), (value - truth) / error, math.nan)
    return (
        Readout("n", "darts", n, ",d"),
        Readout("hits", "kept", k, ",d"),
        Readout("share", "share kept", k / n, ".1%"),
        Readout("theory", "its theory", result.sums[:, 1] / n, ".1%"),
        Readout("m", "M", np.full(len(n), size(result.log_m)), ".4g", shown=not result.hulls and math.isfinite(size(result.log_m))),
        Readout("value", WORDS[result.spec.what], value, ".5g"),
        Readout("truth", "truth", np.full(len(n), truth), ".5g"),
        Readout("error", "standard error", np.where(np.isfinite(error), error, math.nan), ".2g"),
        Readout("z", "z", z, ".2f"),
    )


def _handles(scene: Scene) -> tuple[Handle, ...]:
    """Return the handles of the target's hills and of the envelope, each at its place or on the envelope."""
    target = scene.result.spec.target
    found = list(handles(target, shift=scene.shift)) if isinstance(target, Spec) and abs(scene.shift) < FAR else []
    for grip in scene.result.envelope.grips(target.dim):
        y = min(float(scene.heights(np.array([[grip.x]]))[0]), scene.top) if grip.y is None else grip.y
        found.append(Handle(f"envelope:{grip.name}", 0, grip.x, y, grip.along, f"{grip.words}: drag it"))
    return tuple(found)


def estimates(result: Drawn, ghost: Trace | None) -> Panel:
    """Return the estimate against the number of darts; the view narrows as it settles."""
    stops, (value, error, low, high), truth = result.stops.astype(float), (np.clip(each, -LARGEST, LARGEST) for each in result.errors()), result.truth
    truth = truth if abs(truth) < LARGEST else math.nan
    middle = truth if math.isfinite(truth) else float(np.nan_to_num(value[-1]))
    known = (error < LARGEST) & np.isfinite(value)
    widest = float(np.ptp(result.spec.target.window[0])) / 2 if result.spec.what == "mean" else max(abs(middle), 1e-12)
    half = np.where(known, np.maximum(4 * np.where(known, error, 0), 1.3 * np.abs(np.where(known, value, middle) - middle)), widest)
    half = np.maximum.accumulate(np.minimum(half, 3 * widest)[::-1])[::-1]
    half = np.maximum(half, 1e-9 * max(abs(middle), 1e-3))
    views = np.stack([middle - half, middle + half], axis=1)
    frame = np.arange(len(stops))
    rows = pd.DataFrame({"frame": frame, "x": stops, "y": np.where(known, value, np.nan)})
    band = pd.DataFrame({"frame": frame, "x": stops, "y": high, "base": low})[known]
    layers = [Layer("path", pd.DataFrame({"x": ghost[0], "y": ghost[1]}), "always", "ghost", "ghost", style={"width": 2})] if ghost else []
    layers.append(Layer("area", band, "until", "model", "95 % interval", style={"opacity": 0.18}))
    if math.isfinite(truth):
        layers.append(Layer("rule", pd.DataFrame({"y": [truth]}), "always", "truth", "truth", style={"dash": True, "width": 2}))
    if result.cut.pierced and abs(result.tends_to() - middle) > 0.1 * error[-1]:
        layers.append(Layer("rule", pd.DataFrame({"y": [result.tends_to()]}), "always", "failure", "what it tends to", style={"width": 1.8}))
    layers.append(Layer("path", rows, "until", "model", "estimate", style={"width": 2.4}))
    across = Axis("darts", 1, float(max(stops[-1], 2)), log=True)
    up = Axis(WORDS[result.spec.what], float(views[:, 0].min()), float(views[:, 1].max()), windows=views)
    return Panel(across, up, tuple(layers), LOWER, "The estimate settles")
