"""Films of constructions: inputs are drawn, a function, a sum, a ray, a mixture or a condition makes a value of them, and it lands."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from core.distributions.base import Distribution
from core.distributions.kinship import Makings
from core.distributions.relations.base import Given, Mixture, Ray, Transform, Walk
from core.reels.film import Film, captions, curve, distance, histogram, readouts
from core.reels.film_inputs import BESIDE, FLIGHT, PALE, UPPER, Pictures, cloud, inputs_of, now, under, unnamed
from core.reels.film_pairs import given, mixture, ray
from core.reels.reel import Axis, Layer, Panel, Reel

FINE = 801  # points of a function's graph
ROWS = 8  # steps of a walk that the picture has room for


def film(made: Makings) -> Reel:
    """Return the film of a construction; at rest it shows the end, and plays from the beginning."""
    makers = {Transform: (_transform, 2), Walk: (_walk, 2), Ray: (ray, 3), Mixture: (mixture, 3), Given: (given, 2)}
    maker, phases = next(each for kind, each in makers.items() if isinstance(made.edge, kind))
    plan = Film(made, phases)
    (inputs, middle), said, refused = maker(plan)
    panels = (inputs, middle, histogram(plan), distance(plan))
    return Reel(panels, plan.n_frames, captions(plan, said, refused), readouts(plan), fps=6, start=plan.n_frames - 1, intro=True)


# One input: the graph of a function, with the outcome across and the input up


def _transform(plan: Film) -> Pictures:
    edge, x, y = plan.made.edge, plan.made.inputs[0], plan.made.outcomes
    (name, law), *_ = edge.inputs().items()
    low, high = law.window()
    up = Axis(name, float(low), float(high), whole=law.discrete)
    line, top = curve(law, low, high, upright=False, role="ink", label="input")
    heights, first = under(law, x, top), np.arange(plan.singles)
    drawn = (line, *cloud(plan, heights, x), *now(plan, heights, x))
    inputs = Panel(Axis("probability" if law.discrete else "density", 0, 1.1 * top), up, drawn, area=UPPER, note="An input is drawn")
    flights = [_flights(plan, x, y, first, plan.frame(first, phase), low if phase else math.nan) for phase in range(2)]
    sheaf = [_flights(plan, x, y, which, np.full(len(which), frame), low) for frame, which in plan.batches()]
    layers = (
        Layer("path", pd.concat(sheaf), role="model", style=PALE),
        _graph(edge, law, plan.view, low, high),
        Layer("path", pd.concat(flights), role="model", label="flight", style=FLIGHT),
        Layer("points", pd.DataFrame({"frame": plan.frame(first, 1), "x": y[first], "y": x[first]}), role="model", style={"size": 10}),
    )
    graph = Panel(unnamed(plan.view), up, layers, area=BESIDE, note=f"The function: {edge.sign}")
    said = (
        f"An input {name} = {{first:.3g}} flies across to the curve.",
        "It meets the curve above {made:.3g}, and drops there: value number {count:,d}.",
    )
    return (inputs, graph), said, ""


def _graph(edge: Transform, law: Distribution, view: Axis, low: float, high: float) -> Layer:
    """Return the graph of the function, the outcome across and the input up; the pen is lifted where it jumps."""
    x = np.linspace(max(low, law.support.low), min(high, law.support.high), FINE)
    x = np.unique(np.round(x)) if law.discrete else x
    with np.errstate(all="ignore"):
        y = edge.turn(x)
        jump = np.abs(np.diff(y, append=y[-1])) > (0.5 if edge.law().discrete else 0.5 * (view.high - view.low))
    part = np.concatenate([[0], np.cumsum(jump)[:-1]])
    if law.discrete:
        return Layer("points", pd.DataFrame({"x": y, "y": x}), "always", "ink", "function", style={"size": 6})
    return Layer("path", pd.DataFrame({"x": y, "y": x, "part": part}), "always", "ink", "function", style={"width": 2.5})


def _flights(plan: Film, x: np.ndarray, y: np.ndarray, which: np.ndarray, frames: np.ndarray, ground: float) -> pd.DataFrame:
    """Return the ways across to the curve and down to the ground (none where that is nan); one part each."""
    across = np.column_stack([np.full(len(which), plan.view.low), y[which], y[which]])
    down = np.column_stack([x[which], x[which], np.full(len(which), ground)])
    return pd.DataFrame({"frame": np.repeat(frames, 3), "x": across.ravel(), "y": down.ravel(), "part": np.repeat(np.arange(len(which)), 3)})


# Several inputs, one after another


def _walk(plan: Film) -> Pictures:
    edge, x = plan.made.edge, plan.made.inputs
    steps = edge.partials(x)  # (steps, tries)
    n_steps = min(ROWS, max(1, _last_move(steps[:, : plan.singles]) if len(steps) > ROWS else len(steps)))
    begins = steps[0] if edge.begins is None else np.full(steps.shape[1], edge.begins)
    up = Axis("inputs still to come", -0.5, n_steps - 0.4, whole=True)
    first = np.arange(plan.singles)
    path = np.vstack([steps[: n_steps - 1], steps[-1]])
    walks = [_stairs(path[:, first], begins[first], plan.frame(first, phase)) for phase in range(2)]
    falls = pd.DataFrame({"frame": plan.frame(first, 1), "x": plan.made.outcomes[first], "y": 0.0, "dx": 0.0, "dy": up.low})
    sheaf = [_stairs(path[:, which], begins[which], np.full(len(which), frame), up.low) for frame, which in plan.batches()]
    layers = [
        Layer("path", pd.concat(sheaf), role="model", style=PALE),
        Layer("path", pd.concat(walks), role="model", label="on the way", style=FLIGHT),
        Layer("points", _at_rows(plan, path), role="model", style={"size": 8}),
        Layer("arrows", falls, role="model"),
    ]
    if edge.dots:
        layers.insert(1, Layer("points", _at_rows(plan, x, n_steps), role="ink", label="inputs", style={"size": 7, "opacity": 0.6}))
    middle = Panel(unnamed(plan.view), up, tuple(layers), area=BESIDE, note=f"What they make: {edge.sign}")
    said = ("Inputs come in from the top: what there is so far moves at each.", "The outcome is {made:.3g}: value number {count:,d}.")
    return (inputs_of(plan), middle), said, ""


def _last_move(steps: np.ndarray) -> int:
    """Return after how many steps no walk moves any more."""
    return int(np.flatnonzero(np.any(steps != steps[-1], axis=1)).max(initial=-1)) + 2


def _stairs(steps: np.ndarray, begins: np.ndarray, frames: np.ndarray, ground: float = 0.0) -> pd.DataFrame:
    """Return walks (steps, n) as staircases from the top row down to row 0, and on to the ground; one part each."""
    across = np.vstack([begins, np.repeat(steps, 2, axis=0)]).T  # (n, 2 steps + 1)
    down = np.append(np.repeat(np.arange(len(steps) - 1.0, -1, -1), 2), ground)
    length = len(down)
    part = np.repeat(np.arange(len(frames)), length)
    return pd.DataFrame({"frame": np.repeat(frames, length), "x": across.ravel(), "y": np.tile(down, len(frames)), "part": part})


def _at_rows(plan: Film, x: np.ndarray, n_rows: int | None = None) -> pd.DataFrame:
    """Return the values (k, tries) of each single try as points, each on its row; those past the last row lie on row 0."""
    rows, first = np.maximum((n_rows or len(x)) - 1.0 - np.arange(len(x)), 0.0), np.arange(plan.singles)
    both = [
        pd.DataFrame({"frame": np.repeat(plan.frame(first, phase), len(x)), "x": x[:, first].T.ravel(), "y": np.tile(rows, len(first))}) for phase in range(2)
    ]
    return pd.concat(both)
