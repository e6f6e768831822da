"""Box-Muller as a reel: pairs one by one, then the whole square bends into the plane, then many."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from core.montecarlo.box_muller import Paired
from core.reels.direct_running import Trace, checkpoints, growing_bars, running, told
from core.reels.reel import Axis, Layer, Panel, Readout, Reel

Array = np.ndarray
SINGLE = 10  # pairs shown one by one, three frames each
MOVED = 600  # points of the square that are seen moving
STRETCH, TURN = 10, 20  # frames in which radii grow, and angles open
SHOWN = 5000
SIDE = 5.0  # of the plane, on either side
EDGES = np.linspace(-SIDE, SIDE, 51)


def pairs(result: Paired, ghost: Trace | None = None) -> Reel:
    """Return pairs of uniform numbers on their way to the plane, beside the histogram of x and the share of its left tail."""
    plane, kept = result.plane()
    total, n_single = len(kept), min(SINGLE, len(kept))
    moved = min(MOVED, total)
    marks = checkpoints(moved, total)
    ends = np.array([*np.repeat(np.arange(n_single), 3), *np.full(STRETCH + TURN + 1, moved), *marks])  # pairs landed per frame
    ends[: 3 * n_single] += np.tile([0, 0, 1], n_single)
    ends[3 * n_single : -len(marks) - 1 or None] = n_single
    upto = np.concatenate([[0], np.cumsum(kept)])  # points among the first pairs
    points = upto[ends]
    arrives = np.searchsorted(ends, np.arange(1, total + 1))  # the frame in which a pair lands
    course = result.course()
    panels = (
        _square(result, kept, arrives, n_single, moved),
        _plane(result, plane, kept, arrives, n_single, moved),
        _bell(plane[0], points),
        running(course, points, ghost, (0.5, 0.6, 0.5, 0.4), "P(x < −3)", "points"),
    )
    readouts = (Readout("pairs", "pairs", ends.astype(float), ",d"), *told(course, points, "points"), *_pair(result, plane, kept, upto, len(ends), n_single))
    return Reel(panels, len(ends), _captions(result, kept, n_single, len(ends)), readouts, fps=7)


def _pair(result: Paired, plane: Array, kept: Array, upto: Array, n_frames: int, n_single: int) -> tuple[Readout, ...]:
    """Return the single pair of each frame and the point that it becomes."""
    which = np.minimum(np.arange(n_frames) // 3, n_single - 1)
    place = np.minimum(upto[which], max(plane.shape[1] - 1, 0))
    x, y = (axis[place] if plane.shape[1] else np.full(n_frames, math.nan) for axis in plane)
    values = {"u1": result.squares[0][which], "u2": result.squares[1][which], "x": x, "y": y, "radius": np.hypot(x, y)}
    values["turns"] = np.arctan2(y, x) / (2 * math.pi) % 1
    return tuple(Readout(name, name, each, ".3f", shown=False) for name, each in values.items())


def _captions(result: Paired, kept: Array, n_single: int, n_frames: int) -> tuple[str, ...]:
    polar = result.spec.method == "polar"
    first = "Two uniform numbers make a point of the square: {u1:.3f} and {u2:.3f}."
    steps = ("The first gives the radius, √(−2 log u₁) = {radius:.3f}.", "The second gives the angle, {turns:.3f} of a turn: x = {x:.3f}, y = {y:.3f}.")
    if polar:
        steps = ("It lies in the disc and is kept.", "It is moved out to radius {radius:.3f}, in the same direction: x = {x:.3f}, y = {y:.3f}.")
    captions: list[str] = []
    for pair in range(n_single):
        captions += [first, *(steps if kept[pair] else ("It lies outside the disc, and is thrown away.",) * 2)]
    moving = "Every point moves out along its own ray." if polar else "The left edge of the square moves far out, the right edge to the middle."
    turning = "The disc becomes a normal cloud." if polar else "Then each point turns by its angle: the square becomes a normal cloud."
    captions += [moving] * STRETCH + [turning] * (TURN + 1)
    many = "{pairs:,d} pairs, {drawn:,d} points: the share with x < −3 is {value:.3g}, exactly {truth:.3g}."
    return (*captions, *[many] * (n_frames - len(captions)))


def _square(result: Paired, kept: Array, arrives: Array, n_single: int, moved: int) -> Panel:
    """Return the square with its points as they come; those that the disc throws away are marked."""
    number = np.arange(len(kept))
    shown = number[:: max(1, -(-len(kept) // SHOWN))]
    shown = np.unique(np.concatenate([number[:moved], shown]))
    frame = arrives[shown].copy()
    frame[shown < n_single] = 3 * shown[shown < n_single]
    late = (shown >= n_single) & (shown < moved)
    frame[late] = 3 * n_single
    polar = result.spec.method == "polar"
    x, y = (2 * result.squares - 1 if polar else result.squares)[:, shown]
    layers = []
    for hit, role, label in ((True, "model", "points"), (False, "failure", "thrown away")):
        of = kept[shown] == hit
        if of.any():
            layers.append(Layer("points", pd.DataFrame({"frame": frame, "x": x, "y": y})[of], "until", role, label, style={"size": 3.2, "opacity": 0.65}))
    fresh = np.repeat(np.arange(n_single), 3)
    now = pd.DataFrame({"frame": np.arange(3 * n_single), "x": (x[fresh] if n_single else x[:0]), "y": (y[fresh] if n_single else y[:0])})
    layers.append(Layer("points", now, "frame", "ink", style={"size": 11}))
    if polar:
        turns = np.linspace(0, 2 * math.pi, 121)
        layers.append(Layer("path", pd.DataFrame({"x": np.cos(turns), "y": np.sin(turns)}), "always", "truth", "disc", style={"width": 2.4}))
    low = -1 if polar else 0
    note = f"The square: {math.pi / 4:.1%} of it is the disc" if polar else "The square: two uniform numbers"
    return Panel(Axis("v₁" if polar else "u₁", low, 1), Axis("v₂" if polar else "u₂", low, 1), tuple(layers), (0, 0, 0.5, 0.6), note, equal=True)


def _plane(result: Paired, plane: Array, kept: Array, arrives: Array, n_single: int, moved: int) -> Panel:
    """Return the plane: single points with their radius and angle, the moving square, and what has landed."""
    number = np.flatnonzero(kept)
    shown = np.unique(np.concatenate([np.flatnonzero(number < moved), np.arange(0, len(number), max(1, -(-len(number) // SHOWN)))])).astype(int)
    landed = pd.DataFrame({"frame": arrives[number[shown]], "x": plane[0][shown], "y": plane[1][shown]})
    begins = 3 * n_single
    flock = np.flatnonzero((number >= 0) & (number < moved))
    layers = [
        Layer("points", _moving(result, plane, number, flock, begins), "frame", "model", style={"size": 3.6, "opacity": 0.75}),
        Layer("points", landed, "until", "model", "points", style={"size": 3.2, "opacity": 0.65}),
        Layer("arrows", _rays(result, plane, kept, n_single), "frame", "ink", "radius and angle"),
    ]
    turns = np.linspace(0, 2 * math.pi, 121)
    for share in (0.5, 0.95):
        radius = math.sqrt(-2 * math.log(1 - share))
        ring = pd.DataFrame({"x": radius * np.cos(turns), "y": radius * np.sin(turns)})
        layers.append(Layer("path", ring, "always", "truth", "hold 50 and 95 %", style={"dash": True, "width": 1.6}))
    return Panel(Axis("x", -SIDE, SIDE), Axis("y", -SIDE, SIDE), tuple(layers), (0.5, 0, 0.5, 0.6), "The plane: two normal numbers", equal=True)


def _moving(result: Paired, plane: Array, number: Array, flock: Array, begins: int) -> pd.DataFrame:
    """Return where the points of the square are as they move: radii first, then angles; or straight out of the disc."""
    u1, u2 = result.squares[:, number[flock]]
    x, y = plane[:, flock]
    radius, rows = np.hypot(x, y), []
    for step in range(STRETCH + TURN):
        grown, opened = min(1.0, step / STRETCH), max(0.0, (step - STRETCH) / TURN)
        if result.spec.method == "polar":
            share = step / (STRETCH + TURN)
            at = (1 - share) * (2 * u1 - 1) + share * x, (1 - share) * (2 * u2 - 1) + share * y
        else:
            angle = 2 * math.pi * u2 * opened
            along = (1 - grown) * (4 * u1 - 2) + grown * radius
            at = along * np.cos(angle), along * np.sin(angle) + (1 - opened) * (4 * u2 - 2)
        rows.append(pd.DataFrame({"frame": begins + step, "x": at[0], "y": at[1]}))
    return pd.concat(rows, ignore_index=True)


def _rays(result: Paired, plane: Array, kept: Array, n_single: int) -> pd.DataFrame:
    """Return the arrows of single pairs: the radius along the axis, then turned; or the point in the disc, then moved out."""
    rows = []
    for pair in np.flatnonzero(kept[:n_single]):
        x, y = plane[:, int(kept[:pair].sum())]
        start = (2 * result.squares[:, pair] - 1) if result.spec.method == "polar" else (math.hypot(x, y), 0.0)
        rows += [(3 * pair + 1, 0.0, 0.0, *start), (3 * pair + 2, 0.0, 0.0, x, y)]
    return pd.DataFrame(np.array(rows, float).reshape(-1, 5), columns=["frame", "x", "y", "dx", "dy"]).astype({"frame": int})


def _bell(x: Array, points: Array) -> Panel:
    """Return the histogram of x as it grows, against the normal density."""
    density = growing_bars(x, EDGES, points)
    middles, width = (EDGES[:-1] + EDGES[1:]) / 2, EDGES[1] - EDGES[0]
    frame = np.repeat(np.arange(len(points)), len(middles))
    bars = pd.DataFrame({"frame": frame, "x": np.tile(middles, len(points)), "y": density.ravel(), "width": width})
    line = np.linspace(-SIDE, SIDE, 161)
    curve = pd.DataFrame({"x": line, "y": np.exp(-(line**2) / 2) / math.sqrt(2 * math.pi)})
    layers = (
        Layer("bars", bars[bars["y"] > 0], "frame", "model", "histogram", style={"opacity": 0.45}),
        Layer("path", curve, "always", "truth", "exact", style={"width": 2.4}),
        Layer("rule", pd.DataFrame({"x": [-3.0]}), "always", "context", style={"dash": True, "width": 1.4}),
    )
    top = np.clip(1.1 * density.max(axis=1), 0.46, 1.4)
    return Panel(
        Axis("x", -SIDE, SIDE), Axis("density", 0, float(top.max()), windows=np.column_stack([0 * top, top])), layers, (0, 0.6, 0.5, 0.4), "x is normal"
    )
