"""What all films show of their inputs: the laws that go in, the present try as large dots, all others as small ones."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pandas as pd

from core.distributions.base import Distribution
from core.reels.film import LEFT, TOP, Film, curve
from core.reels.reel import Axis, Layer, Panel
from core.rng import stream

UPPER, BESIDE = (0, 0, LEFT, TOP), (LEFT, 0, 1 - LEFT, TOP)
PALE, FLIGHT = {"width": 1.2, "opacity": 0.5}, {"width": 2.4}
Pictures = tuple[tuple[Panel, Panel], tuple[str, ...], str]  # of the inputs and of what happens to them; sentences by phase; one for a try that does not count


def inputs_of(plan: Film, most: int | None = None) -> Panel:
    """Return the laws that go in, with the inputs of each try as dots under them."""
    named = plan.made.edge.inputs()
    x = plan.made.inputs[:most]
    laws = list(named.values())[: len(x)]
    of = [laws[min(row, len(laws) - 1)] for row in range(len(x))]
    distinct = [law for place, law in enumerate(laws) if law not in laws[:place]]
    low, high = min(law.window()[0] for law in distinct), max(law.window()[1] for law in distinct)
    lines = [curve(law, low, high, role="ink", label=["input", "second input"][min(place, 1)]) for place, law in enumerate(distinct)]
    layers = [_dashed(line) if place else line for place, (line, _) in enumerate(lines)]
    top = max(height for _, height in lines)
    for row, law in enumerate(of):
        heights, known = under(law, x[row], top, row), np.where(law.prob(x[row]) > 0, x[row], math.nan)
        layers += [*cloud(plan, known, heights), *now(plan, known, heights)]
    name = next(iter(named)) if len(named) == 1 else "x"
    note = f"First the {name} is drawn" if most else "Inputs are drawn"
    shown = Axis(name, float(low), float(high), whole=distinct[0].discrete)
    return Panel(shown, Axis("probability" if distinct[0].discrete else "density", 0, 1.1 * top), tuple(layers), area=UPPER, note=note)


def unnamed(axis: Axis) -> Axis:
    """Return an axis whose name stands under the panel below it."""
    return replace(axis, label="")


def _dashed(line: Layer) -> Layer:
    return replace(line, role="context", style=line.style | {"dash": True})


def under(law: Distribution, x: np.ndarray, top: float, row: int = 0) -> np.ndarray:
    """Return random heights under the density at x, so that dots fill it evenly."""
    return stream(1, f"heights {row}").random(len(x)) * np.minimum(law.prob(x), top)


def cloud(plan: Film, x: np.ndarray, y: np.ndarray, landing: int = 0) -> tuple[Layer, ...]:
    """Return the tries so far as small dots, crosses for those that do not count."""
    first = np.arange(plan.singles)
    frames, which = [plan.frame(first, landing)], [first]
    for frame, batch in plan.batches():
        frames.append(np.full(len(batch), frame))
        which.append(batch)
    tries = np.concatenate(which)
    rows = pd.DataFrame({"frame": np.concatenate(frames), "x": x[tries], "y": y[tries]})
    counted = plan.counted[tries]
    kept = Layer("points", rows[counted], "until", "model", style={"size": 4.5, "opacity": 0.35})
    if counted.all():
        return (kept,)
    return (Layer("points", rows[~counted], "until", "failure", "does not count", style={"size": 5, "width": 1.2, "opacity": 0.5}), kept)


def now(plan: Film, x: np.ndarray, y: np.ndarray) -> tuple[Layer, ...]:
    """Return the inputs of the present try as large dots."""
    first = np.arange(plan.singles)
    rows = pd.concat([pd.DataFrame({"frame": plan.frame(first, phase), "x": x[first], "y": y[first]}) for phase in range(plan.phases)])
    return (Layer("points", rows, role="model", style={"size": 10}),)
