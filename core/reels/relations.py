"""An edge of the map as a reel: two laws that meet while a slider runs, or a film of how one is made out of others."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from core.distributions.base import Distribution
from core.distributions.kinship import Makings, Meetings, Result
from core.distributions.relations.base import Limit, Special
from core.params import Whole
from core.reels.constructions import film
from core.reels.curves import POINTS, rising, whole
from core.reels.film import MOST_SPREAD
from core.reels.reel import Axis, Layer, Panel, Readout, Reel, Sweep

WIDE = 0.64  # of the stage, for both laws
FEW_BARS = 60  # up to here the masses of the law that is met are single points
REACH = 4.5  # standard deviations, where x is standardised
LEAST = 1e-17  # what a log axis shows of a distance of 0
DASHED = {"dash": True, "width": 2}


def play(result: Result) -> Reel:
    """Return the reel of a result."""
    return film(result) if isinstance(result, Makings) else meeting(result)


def meeting(result: Meetings) -> Reel:
    """Return both laws over the running parameter, their difference shaded, beside the total variation."""
    edge, n_frames = result.edge, len(result.ticks)
    pairs = [edge.pair(tick) for tick in result.ticks]
    draw = _masses if pairs[0][0].discrete else _curves
    knob = edge.params()[edge.running]
    form = "d" if isinstance(knob, Whole) else ".4g"
    readouts = [
        Readout("tv", "total variation", result.distances, ".4g"),
        Readout("value", knob.label.lower(), result.ticks, form, shown=False),
    ]
    if edge.theorem:
        readouts.insert(1, Readout("bound", edge.theorem, result.bounds, ".4g"))
    start = int(np.argmin(np.abs(result.ticks - edge.here)))
    sweep = Sweep(edge.running, knob.label.lower(), result.ticks, form)
    panels = (draw(result, pairs), _distance(result))
    return Reel(panels, n_frames, _captions(result), tuple(readouts), fps=12, start=start, sweep=sweep, intro=True)


def _captions(result: Meetings) -> tuple[str, ...]:
    """Say what the shaded area is; a special case says where both laws are one."""
    edge = result.edge
    label = edge.params()[edge.running].label.lower()
    plain = f"With {label} {{value}} no probability differs by more than {{tv:.3g}} between the two laws: that is the shaded area."
    if not isinstance(edge, Special):
        return (plain,)
    same = f"With {label} {{value}} both are the same law: {edge.title}."
    return tuple(same if tick == edge.meets else plain for tick in result.ticks)


def _names(result: Meetings) -> tuple[str, str]:
    """Return what both laws are called in the legend."""
    edge = result.edge
    return (f"{edge.source.title}, moving", edge.target.title) if edge.source is edge.target else (edge.source.title, edge.target.title)


def _curves(result: Meetings, pairs: list[tuple[Distribution, Distribution]]) -> Panel:
    low, high = _window(pairs)
    x = np.linspace(low, high, POINTS)
    with np.errstate(all="ignore"):
        moving, met = (np.nan_to_num(np.array([pair[side].prob(x) for pair in pairs]), nan=0.0, posinf=math.inf) for side in (0, 1))
    frame, xs = np.repeat(np.arange(len(pairs)), POINTS), np.tile(x, len(pairs))

    def rows(y: np.ndarray, **more: np.ndarray) -> pd.DataFrame:
        return pd.DataFrame({"frame": frame, "x": xs, "y": y.ravel()} | {name: each.ravel() for name, each in more.items()})

    one, other = _names(result)
    tall = np.maximum(moving, met)
    layers = (
        Layer("path", rows(moving), role="model", label=one, style={"width": 3}),
        Layer("path", rows(met), role="truth", label=other, style={"width": 2.5, "dash": True}),
        Layer("area", rows(tall, base=met), role="failure", label="total variation", style={"opacity": 0.35}),
    )
    endless = np.isinf(tall).any(axis=1)
    usual = np.where(np.isfinite(tall), tall, 0.0)
    return Panel(Axis(_label(result), low, high), rising("density", usual, endless), layers, area=(0, 0, WIDE, 1), note="Both densities")


def _label(result: Meetings) -> str:
    """Return what the axis measures."""
    moved = result.edge.standard(result.ticks[0]) != (0.0, 1.0)
    return "(x − mean) / standard deviation" if moved else "x"


def _window(pairs: list[tuple[Distribution, Distribution]]) -> tuple[float, float]:
    """Return a view that holds the law that is met, less tails so heavy that the rest would be a needle, and the other one for half of the ticks."""
    moving, met = (np.array([pair[side].window() for pair in pairs]) for side in (0, 1))
    low, high = float(min(met[:, 0].min(), np.median(moving[:, 0]))), float(max(met[:, 1].max(), np.median(moving[:, 1])))
    first, middle, third = pairs[-1][1].quantile(np.array([0.25, 0.5, 0.75]))
    far = MOST_SPREAD * max(third - first, 1.0 if pairs[0][0].discrete else 0.0)
    return max(low, float(middle - far)), min(high, float(middle + far))


def _whole_window(pairs: list[tuple[Distribution, Distribution]]) -> tuple[float, float]:
    """Return a view that cuts no bar in two."""
    low, high = _window(pairs)
    first, last = (pick(getattr(law.support, end) for pair in pairs for law in pair) for pick, end in ((min, "low"), (max, "high")))
    return max(math.ceil(low), first) - 0.6, min(math.floor(high), last) + 0.6


def _masses(result: Meetings, pairs: list[tuple[Distribution, Distribution]]) -> Panel:
    """Return bars for the law that moves and points for the one that it meets, in units of the standard deviation where these run away."""
    standards = [result.edge.standard(tick) for tick in result.ticks]
    still = standards[0] == (0.0, 1.0)
    low, high = _whole_window(pairs) if still else (-REACH, REACH)
    bars, masses = [], []
    for frame, ((moving, met), (centre, unit)) in enumerate(zip(pairs, standards)):
        k, width = whole(centre + low * unit, centre + high * unit)
        p, q = moving.prob(k) * unit, met.prob(k) * unit
        bars.append(pd.DataFrame({"frame": frame, "x": (k - centre) / unit, "y": p, "both": np.minimum(p, q), "width": 0.8 * width / unit}))
        masses.append(pd.DataFrame({"frame": frame, "x": (k - centre) / unit, "y": q}))
    rows, met = pd.concat(bars, ignore_index=True), pd.concat(masses, ignore_index=True)
    many = met.groupby("frame")["x"].transform("size") > FEW_BARS
    one, other = _names(result)
    common, rest = rows.drop(columns="y").rename(columns={"both": "y"}), rows[rows["y"] > rows["both"]].rename(columns={"both": "base"})
    layers = [
        Layer("bars", common, role="model", label=one, style={"opacity": 0.55}),
        Layer("bars", rest, role="failure", label="total variation", style={"opacity": 0.75}),
        Layer("points", met[~many], role="truth", label=other, style={"size": 8}),
    ]
    if many.any():
        layers.append(Layer("path", met[many], role="truth", label=other, style={"width": 2.5}))
    tallest = np.array([max(p["y"].max(), q["y"].max()) for p, q in zip(bars, masses)])
    axis = rising("probability" if still else "probability × standard deviation", tallest[:, None], np.zeros(len(pairs), bool))
    note = "Both laws" if still else f"{result.edge.source.title}; {result.edge.target.title}, rounded to whole numbers"
    return Panel(Axis(_label(result), low, high, whole=still), axis, tuple(layers), area=(0, 0, WIDE, 1), note=note)


def _distance(result: Meetings) -> Panel:
    """Return the total variation against the running parameter: a V that touches 0 for a special case, a falling line for a limit."""
    edge, ticks = result.edge, result.ticks
    knob, limit = edge.params()[edge.running], isinstance(edge, Limit)
    shown = np.maximum(result.distances, LEAST) if limit else result.distances
    line = pd.DataFrame({"x": ticks, "y": shown})
    layers = [
        Layer("path", line, "always", "model", style={"width": 2.5}),
        Layer("points", line.assign(frame=np.arange(len(ticks))), "frame", "model", style={"size": 12}),
    ]
    if edge.theorem:
        layers.insert(0, Layer("path", pd.DataFrame({"x": ticks, "y": result.bounds}), "always", "ink", edge.theorem, style=DASHED))
    if limit:
        pace = np.array([edge.pace(tick) for tick in ticks])
        guide = pd.DataFrame({"x": ticks, "y": pace * shown[-1] / pace[-1]})
        layers.insert(0, Layer("path", guide, "always", "ghost", f"proportional to {edge.pace_word()}", style={"width": 2}))
        low, high = 0.5 * float(shown.min()), min(1.5, 2 * float(shown.max()))
    else:
        layers.insert(0, Layer("rule", pd.DataFrame({"x": [edge.meets]}), "always", "truth", "one law", style=DASHED))
        low, high = 0.0, 1.1 * float(shown.max())
    letter = edge.letter()
    label = knob.label.lower() if letter == knob.label.lower() else f"{knob.label.lower()}, {letter}"
    log = bool(knob.scale == "log" and ticks[0] > 0)
    x = Axis(label, float(ticks[0]), float(ticks[-1]), log=log)
    return Panel(x, Axis("total variation", low, high, log=limit), tuple(layers), area=(WIDE, 0, 1 - WIDE, 1), note="Distance of the two laws")
