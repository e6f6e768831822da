"""Darts under an envelope on a line: where they fell, the pile of those kept and wasted, and a hull of tangents that grows."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.montecarlo.adaptive import Hull
from core.montecarlo.rejection_drawn import BINS, Drawn
from core.montecarlo.squeeze import lower
from core.reels.reel import Axis, Layer, Panel

Array = np.ndarray
CURVE = 401
BENT = 121  # points of a hull that moves
ROOM = 1.1  # above the highest line
DEEP = 14.0  # logs below the peak that the picture of tangents shows
TOWER = math.log(8)  # above the target's peak in logs: of a higher envelope the view shows the lower part
SEEN = 1e-3  # of the view's height: what comes through by less is not drawn
LARGE = 25.0  # logs beyond which heights are shown beside the peak
BEYOND = 1.0  # widths of the window that the view may reach beyond it, to hold the envelope's handles


@dataclass(frozen=True)
class Scene:
    """A result with its view: x from `low` to `high`; heights are exp(log height - `shift`), up to `top`."""

    result: Drawn
    low: float
    high: float
    shift: float
    top: float

    @classmethod
    def of(cls, result: Drawn) -> Scene:
        """Choose the view: the target's window, and the envelope's handles while they are near."""
        target, (low, high) = result.spec.target, map(float, result.spec.target.window[0])
        wide = high - low
        ends = [grip.x for grip in result.envelope.grips(target.dim) if low - BEYOND * wide < grip.x < high + BEYOND * wide]
        left, right = min([low, *ends]), max([high, *ends])
        air = 0.03 * (right - left) if ends else 0.0
        scene = cls(result, left - air, right + air, 0.0, 1.0)
        if target.dim == 2:
            return scene
        x = scene.grid()
        peak = float(np.max(target.log_prob(x)))
        shift = 0.0 if abs(peak) < LARGE else peak
        over = [float(np.max(each)) for each in (target.log_prob(x), scene.ceiling(x))]
        return cls(result, scene.low, scene.high, shift, ROOM * math.exp(min(max(over), peak + TOWER) - shift))

    def grid(self, points: int = CURVE) -> Array:
        """Return places across the view, and the corners of the envelope, each from both sides: (n, 1)."""
        corners = [each for each in self.result.envelope.breaks(0) if self.low < each < self.high]
        eps = 1e-9 * (self.high - self.low)
        return np.unique(np.concatenate([np.linspace(self.low, self.high, points), *[[c - eps, c, c + eps] for c in corners]]))[:, None]

    def ceiling(self, x: Array) -> Array:
        """Return the log of M g, or of the last hull."""
        if self.result.hulls:
            return self.result.hulls[-1][1].upper(x[..., 0])
        return self.result.log_m + self.result.envelope.log_prob(x)

    def heights(self, x: Array) -> Array:
        """Return the heights of the envelope in the picture."""
        return np.exp(np.minimum(self.ceiling(x) - self.shift, 600.0))

    def target(self, x: Array) -> Array:
        """Return the heights of the target in the picture."""
        return np.exp(np.minimum(np.asarray(self.result.spec.target.log_prob(x)) - self.shift, 600.0))

    def frames(self, dart: Array) -> Array:
        """Return the frame in which a dart is first seen."""
        return np.minimum(np.searchsorted(self.result.stops, dart), len(self.result.stops) - 1)

    def hulls(self) -> list[Hull]:
        """Return the hull of each frame."""
        first = np.array([dart for dart, _ in self.result.hulls])
        return [self.result.hulls[i][1] for i in np.maximum(np.searchsorted(first, self.result.stops, "right") - 1, 0)]


def path(x: Array, y: Array) -> pd.DataFrame:
    """Return a line of places (n, 1) and heights (n,)."""
    return pd.DataFrame({"x": x[:, 0], "y": y})


def darts(scene: Scene) -> Panel:
    """Return the darts under the envelope, kept and wasted, with both curves, and what comes through."""
    result, x = scene.result, scene.grid()
    f, over = scene.target(x), scene.heights(x)
    layers: list[Layer] = []
    if result.cut.pierced and np.any(f > over + SEEN * scene.top):
        through = pd.DataFrame({"x": x[:, 0], "y": np.maximum(f, over), "base": over})
        layers.append(Layer("area", through, "always", "failure", "cut off", style={"opacity": 0.45}))
    layers += falling(scene, np.exp(np.minimum(result.shown["height"].to_numpy() - scene.shift, 600.0)))
    if result.spec.squeeze and not result.hulls and (below := lower(result.spec.target)[0]):
        layers.append(Layer("path", path(x, np.exp(below(x) - scene.shift)), "always", "ink", "squeeze", style={"width": 1.4}))
    layers.append(Layer("path", path(x, f), "always", "truth", "target f", style={"width": 3}))
    layers.append(_envelope(scene, x, over))
    n, shown = int(result.stops[-1]), len(result.shown)
    note = "Below the target: kept" + (f" ({shown:,} of {n:,} drawn)" if shown < n else "")
    label = "height" if scene.shift == 0 else "height, over the target's peak"
    return Panel(Axis("x", scene.low, scene.high), Axis(label, 0, scene.top), tuple(layers), (0, 0, 0.58, 1), note)


def _envelope(scene: Scene, x: Array, over: Array) -> Layer:
    """Return the envelope, or the hull frame by frame."""
    if not scene.result.hulls:
        return Layer("path", path(x, over), "always", "ink", "envelope M g", style={"width": 2.4, "dash": True})
    x, hulls = scene.grid(BENT)[:, 0], scene.hulls()
    y = np.concatenate([np.exp(np.minimum(hull.upper(x) - scene.shift, 600.0)) for hull in hulls])
    rows = pd.DataFrame({"frame": np.repeat(np.arange(len(hulls)), len(x)), "x": np.tile(x, len(hulls)), "y": np.minimum(y, 4 * scene.top)})
    return Layer("path", rows, "frame", "ink", "hull of tangents", style={"width": 2.4, "dash": True})


def falling(scene: Scene, y: Array) -> list[Layer]:
    """Return the darts of the picture: wasted in grey, kept in colour, the newest of the first few larger."""
    shown = scene.result.shown
    rows = pd.DataFrame({"frame": scene.frames(shown["dart"].to_numpy()), "x": shown["x"], "y": y})
    seen = (rows["x"] >= scene.low) & (rows["x"] <= scene.high) & np.isfinite(rows["y"])
    kept, size = shown["accepted"].to_numpy(bool), 4 if len(shown) < 3000 else 2.8
    layers = [
        Layer("points", rows[seen & (kept == is_kept)], "until", role, label, style={"opacity": opacity, "size": size})
        for is_kept, role, label, opacity in ((False, "context", "wasted", 0.5), (True, "model", "kept", 0.8))
    ]
    return [*layers, Layer("points", rows[seen & (shown["dart"] <= 200)], "frame", "ink", style={"size": 8})]


def pile(scene: Scene, area: tuple[float, float, float, float]) -> Panel:
    """Return the histogram of the kept, which settles on the target, and the wasted piled on top, which fill the envelope.

    A count is worth Z_kept / (darts expected to be kept · width of a bin), so that bars stand in the units of f.
    """
    result, x = scene.result, scene.grid()
    both = _bars(scene, math.exp(min(result.cut.kept - scene.shift, 600.0)))
    lines = [Layer("path", path(x, scene.target(x)), "always", "truth", "target f", style={"width": 2.6})]
    if not result.hulls:
        lines.append(Layer("path", path(x, scene.heights(x)), "always", "ink", "envelope M g", style={"width": 1.8, "dash": True}))
    return Panel(Axis("x", scene.low, scene.high), Axis("height", 0, 1.3 * scene.top), (*both, *lines), area, "The wasted pile")


def _bars(scene: Scene, mass: float) -> tuple[Layer, Layer]:
    """Return the bars of kept and wasted, frame by frame."""
    result, (low, high) = scene.result, map(float, scene.result.spec.target.window[0])
    wide, frames = (high - low) / BINS, len(result.stops)
    worth = mass / (np.maximum(result.sums[:, 1], 1e-300) * wide)
    kept, wasted = (result.counts[:, i] * worth[:, None] for i in (1, 0))  # (frames, bins)
    frame, x = np.repeat(np.arange(frames), BINS), np.tile(low + wide * (np.arange(BINS) + 0.5), frames)
    rows = pd.DataFrame({"frame": frame, "x": x, "y": kept.ravel(), "width": wide})
    above = pd.DataFrame({"frame": frame, "x": x, "y": (kept + wasted).ravel(), "base": kept.ravel(), "width": wide})
    return (
        Layer("bars", above, "frame", "context", "wasted", style={"opacity": 0.45}),
        Layer("bars", rows, "frame", "model", "kept", style={"opacity": 0.8}),
    )


def logs(scene: Scene, area: tuple[float, float, float, float]) -> Panel:
    """Return log f with its tangents above and its chords below, as places are added."""
    result, x, hulls = scene.result, scene.grid(), scene.hulls()
    f = np.asarray(result.spec.target.log_prob(x))
    peak = float(f.max())
    low, high = peak - DEEP, peak + 2.5
    upper, chords, spots = [], [], []
    for i, hull in enumerate(hulls):
        turns = np.clip(hull.turns, scene.low - 1, scene.high + 1)
        upper.append(pd.DataFrame({"frame": i, "x": turns, "y": hull.upper(np.clip(turns, hull.low, hull.high))}))
        chords.append(pd.DataFrame({"frame": i, "x": hull.x, "y": hull.h}))
        spots.append(chords[-1])
    flat = np.where(np.isfinite(f), np.maximum(f, low - 40), np.nan)
    chord = [Layer("path", pd.concat(chords), "frame", "model", "squeeze", style={"width": 1.6})] if result.spec.squeeze and not result.bent else []
    layers = (
        Layer("path", path(x, flat), "always", "truth", "log f", style={"width": 3}),
        *chord,
        Layer("path", pd.concat(upper), "frame", "ink", "hull of tangents", style={"width": 2, "dash": True}),
        Layer("points", pd.concat(spots), "frame", "ink", "looked at", style={"size": 7}),
    )
    return Panel(Axis("x", scene.low, scene.high), Axis("log f", low, high), layers, area, "Its log, tangents" + (" and chords" if chord else ""))
