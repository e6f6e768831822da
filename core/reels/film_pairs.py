"""Films of two inputs: a point of the plane and its ray, a parameter and a value given it, a try and its condition."""

from __future__ import annotations

import numpy as np
import pandas as pd

from core.distributions.base import Distribution
from core.distributions.relations.base import Given
from core.reels.curves import whole
from core.reels.film import DASHED, Film, curve
from core.reels.film_inputs import BESIDE, FLIGHT, PALE, Pictures, cloud, inputs_of, under, unnamed
from core.reels.reel import Axis, Layer, Panel
from core.rng import stream

ARC = 25  # points of an arc
GRID = 161  # points of a law that changes with every draw
SCREENS = {
    "level": ("The line from the origin to the height 1", "x / y"),
    "diagonal": ("The line from the origin to x + y = 1", "x / (x + y)"),
    "circle": ("The arc around the origin to the axis", "√(x² + y²)"),
}


def ray(plan: Film) -> Pictures:
    """Return points of the plane, and the line or the arc that carries each to the screen."""
    edge, (x, y), made = plan.made.edge, plan.made.inputs[:2], plan.made.outcomes
    laws = list(edge.inputs().values())
    low, high = laws[1].window()
    up = Axis("y", float(min(low, 0.0)), float(max(high, 1.25)))
    across = Axis("x", plan.view.low, plan.view.high)
    hit = {"level": np.ones_like(made), "diagonal": 1 - made, "circle": np.zeros_like(made)}[edge.screen]
    first = np.arange(plan.singles)
    rays = [_lines(edge.screen, x[first], y[first], made[first], hit[first], plan.frame(first, phase)) for phase in (1, 2)]
    frames = [pd.DataFrame({"frame": plan.frame(first, phase), "x": x[first], "y": y[first]}) for phase in range(3)]
    falls = pd.DataFrame({"frame": plan.frame(first, 2), "x": made[first], "y": hit[first], "dx": 0.0, "dy": up.low - hit[first]})
    sheaf = [_lines(edge.screen, x[which], y[which], made[which], hit[which], np.full(len(which), frame)) for frame, which in plan.batches()]
    layers = (
        *cloud(plan, x, y),
        Layer("path", pd.concat(sheaf), role="model", style=PALE),
        _screen(edge.screen, across, up),
        Layer("path", pd.concat(rays), role="model", label="ray", style=FLIGHT),
        Layer("points", pd.concat(frames), role="model", style={"size": 10}),
        Layer("arrows", falls, role="model"),
    )
    word, what = SCREENS[edge.screen]
    said = (
        "Two inputs are a point of the plane: x = {first:.3g}, y = {second:.3g}.",
        f"{word} goes through it.",
        "It ends at {made:.3g}, and what ends there falls: value number {count:,d}.",
    )
    return (inputs_of(plan), Panel(across, up, layers, area=BESIDE, note=f"{word}: {what}")), said, ""


def _lines(screen: str, x: np.ndarray, y: np.ndarray, made: np.ndarray, hit: np.ndarray, frames: np.ndarray) -> pd.DataFrame:
    """Return the rays from the points through the origin or from it to the screen, or the arcs down to the axis; one part each."""
    if screen == "circle":
        angle = np.arctan2(y, x)[:, None] * np.linspace(1, 0, ARC)
        across, up = made[:, None] * np.cos(angle), made[:, None] * np.sin(angle)
    else:
        up, zero = np.column_stack([np.zeros_like(y), y, hit]), np.zeros_like(x)
        order = np.argsort(up, axis=1)
        across, up = (np.take_along_axis(each, order, axis=1) for each in (np.column_stack([zero, x, made]), up))
    length = across.shape[1]
    part = np.repeat(np.arange(len(frames)), length)
    return pd.DataFrame({"frame": np.repeat(frames, length), "x": across.ravel(), "y": up.ravel(), "part": part})


def _screen(screen: str, across: Axis, up: Axis) -> Layer:
    x = np.array([across.low, across.high])
    y = {"level": np.ones(2), "diagonal": 1 - x, "circle": np.zeros(2)}[screen]
    return Layer("path", pd.DataFrame({"x": x, "y": y}), "always", "ink", "screen", style={"width": 2, "dash": True})


# A parameter, then a value given it


def mixture(plan: Film) -> Pictures:
    """Return the law given the parameter that was drawn, which changes with every try, and the value drawn from it."""
    edge, (value, made) = plan.made.edge, plan.made.inputs[:2]
    name, first = next(iter(edge.inputs())), np.arange(plan.singles)
    discrete = plan.law.discrete
    grid = whole(plan.view.low, plan.view.high)[0] if discrete else np.linspace(plan.view.low, plan.view.high, GRID)
    shown = [(plan.frame(i, phase), i) for i in first for phase in (1, 2)] + [(frame, int(which[0])) for frame, which in plan.batches()]
    curves = np.array([edge.given(float(value[i])).prob(grid) for _, i in shown])
    rows = pd.DataFrame({"frame": np.repeat([frame for frame, _ in shown], len(grid)), "x": np.tile(grid, len(shown)), "y": curves.ravel()})
    height = np.array([0.5 * float(edge.given(float(value[i])).prob(made[i])) for i in first])
    drops = pd.DataFrame({"frame": plan.frame(first, 2), "x": made[first], "y": height, "dx": 0.0, "dy": -height})
    dots = pd.concat([pd.DataFrame({"frame": plan.frame(first, phase), "x": made[first], "y": height}) for phase in (1, 2)])
    bars = Layer("bars", rows.assign(width=0.7), role="ink", label="law given it", style={"opacity": 0.3})
    conditional = bars if discrete else Layer("path", rows, role="ink", label="law given it", style={"width": 2.2})
    layers = (conditional, Layer("points", dots, role="model", style={"size": 10}), Layer("arrows", drops, role="model"))
    up = Axis("probability" if discrete else "density", 0, 1.1 * float(np.quantile(np.where(np.isfinite(curves), curves, 0.0).max(axis=1), 0.8)))
    middle = Panel(unnamed(plan.view), up, layers, area=BESIDE, note=f"A value is drawn, given the {name}")
    said = (
        f"First the {name} is drawn: {{first:.3g}}.",
        f"Given that {name}, a value is drawn from a {edge.source.title} law: {{made:.3g}}.",
        f"The {name} is forgotten, the value is kept: number {{count:,d}}.",
    )
    return (inputs_of(plan, 1), middle), said, ""


# Values that must meet a condition


def given(plan: Film) -> Pictures:
    """Return the tries, under the density of one input or in the plane of two, and the border of what counts."""
    edge, x, made = plan.made.edge, plan.made.inputs, plan.made.outcomes
    law, *others = edge.inputs().values()
    if others:
        low, high = (float(end) for end in others[0].window())
        up, y = Axis("y", low, high, whole=law.discrete), _jittered(x[1], law, "up")
    else:
        line, top = curve(law, plan.view.low, plan.view.high, role="ink", label="input")
        up, y = Axis("density", 0.0, 1.1 * top), under(law, x[0], top)
    across = _jittered(x[0], law, "across") if others else x[0]
    first = np.arange(plan.singles)
    kept = first[plan.counted[first]]
    falls = pd.DataFrame({"frame": plan.frame(kept, 1), "x": across[kept], "y": y[kept], "dx": made[kept] - across[kept], "dy": up.low - y[kept]})
    now = pd.DataFrame({"frame": plan.frame(first, 0), "x": across[first], "y": y[first]})
    layers = (
        *([] if others else [line]),
        _border(edge, plan, bool(others)),
        *cloud(plan, across, y, 1),
        Layer("points", now, role="ink", style={"size": 10}),
        Layer("arrows", falls, role="model"),
    )
    note = f"Only what meets the condition counts: {edge.sign}"
    said = ("A try: x = {first:.3g}" + (", y = {second:.3g}." if others else "."), "It meets the condition and counts: {made:.3g} is value number {count:,d}.")
    return (
        (inputs_of(plan), Panel(Axis("x", plan.view.low, plan.view.high), up, layers, area=BESIDE, note=note)),
        said,
        "It does not meet the condition, and does not count.",
    )


def _border(edge: Given, plan: Film, plane: bool) -> Layer:
    """Return the line that parts what counts from what does not."""
    if not plane:
        return Layer("rule", pd.DataFrame({"x": edge.ends()}), "always", "truth", "condition", style=DASHED)
    x = np.array([plan.view.low, plan.view.high])
    return Layer("path", pd.DataFrame({"x": x, "y": edge.line(x)}), "always", "truth", "condition", style={"width": 2.5, "dash": True})


def _jittered(values: np.ndarray, law: Distribution, which: str) -> np.ndarray:
    """Return whole numbers a little apart, so that tries at one place are seen."""
    return values + (stream(1, "jitter", which).uniform(-0.3, 0.3, len(values)) if law.discrete else 0.0)
