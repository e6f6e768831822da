"""Darts over the plane: where they fell, kept and wasted, and the pile of their x."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from core.montecarlo.envelopes import Constant
from core.reels.reel import Axis, Layer, Panel
from core.reels.rejection_line import Scene, _bars, falling, path
from core.reels.targets import field, lines

Array = np.ndarray
ACROSS = 400  # looks along y for a marginal density
TURNS = np.linspace(0, 2 * np.pi, 121)


def plane(scene: Scene) -> Panel:
    """Return the target as a field, the darts on it, and the outline of the envelope."""
    result, target = scene.result, scene.result.spec.target
    low, high = _across(scene)
    x, y = Axis("x", scene.low, scene.high), Axis("y", low, high)
    layers = [field(target, x, y, "target f")]
    layers += falling(scene, result.shown["y"].to_numpy())
    layers.append(lines(target, x, y, "target f"))
    layers.append(Layer("path", _outline(scene), "always", "ink", "envelope M g", style={"width": 2.2, "dash": True}))
    n, shown = int(result.stops[-1]), len(result.shown)
    note = "Seen from above" + (f" ({shown:,} of {n:,} drawn)" if shown < n else "")
    return Panel(x, y, tuple(layers), (0, 0, 0.58, 1), note)


def _across(scene: Scene) -> tuple[float, float]:
    """Return the view along y: the window, and handles that are near."""
    low, high = map(float, scene.result.spec.target.window[1])
    ends = [grip.y for grip in scene.result.envelope.grips(2) if grip.y is not None and 2 * low - high < grip.y < 2 * high - low]
    air = 0.03 * (high - low)
    return min([low, *(end - air for end in ends)]), max([high, *(end + air for end in ends)])


def _outline(scene: Scene) -> pd.DataFrame:
    """Return the box, or a bell's ellipses of one and two widths."""
    envelope = scene.result.envelope
    if isinstance(envelope, Constant):
        x, y = [envelope.low, envelope.high], [envelope.low_y, envelope.high_y]
        return pd.DataFrame({"x": [x[0], x[1], x[1], x[0], x[0]], "y": [y[0], y[0], y[1], y[1], y[0]]})
    turns = [np.append(r * trig(TURNS), np.nan) for trig in (np.cos, np.sin) for r in (1, 2)]
    return pd.DataFrame(
        {"x": envelope.centre + envelope.width * np.concatenate(turns[:2]), "y": envelope.centre_y + envelope.width_y * np.concatenate(turns[2:])}
    )


def marginal(scene: Scene, area: tuple[float, float, float, float]) -> Panel:
    """Return the pile of the darts' x: the kept settle on the target's density of x, the wasted fill that of the envelope."""
    result, target = scene.result, scene.result.spec.target
    x, (low, high) = np.linspace(scene.low, scene.high, 201)[:, None], map(float, target.window[1])
    reach = (high - low) / 2
    y = np.linspace(low - reach, high + reach, ACROSS)
    places = np.stack(np.broadcast_arrays(x, y[None, :]), axis=-1)  # (x, y, 2)
    f = np.exp(np.asarray(target.log_prob(places)) - result.cut.log_mass).sum(axis=1) * (y[1] - y[0])
    g = np.exp(result.envelope.log_prob(places) + result.log_m - result.cut.log_mass).sum(axis=1) * (y[1] - y[0])
    top = 1.2 * float(max(f.max(), g.max())) or 1.0
    bars = _bars(scene, math.exp(result.cut.kept - result.cut.log_mass))
    lines = (
        Layer("path", path(x, f), "always", "truth", "density of x", style={"width": 2.6}),
        Layer("path", path(x, g), "always", "ink", "envelope M g", style={"width": 1.8, "dash": True}),
    )
    return Panel(Axis("x", scene.low, scene.high), Axis("density of x", 0, top), (*bars, *lines), area, "The wasted pile, along x")
