"""Which parameter is a location, which a scale, which an end? Asked of the law itself, so that no family has to say it.

How must the parameters change for the law of X to become that of X + s, and of c X?
https://en.wikipedia.org/wiki/Location%E2%80%93scale_family
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

import numpy as np

from core.distributions.base import Distribution
from core.params import Real, Whole

WIDE = 1e5  # a bound at or beyond this is none
SHIFT, FACTOR = 0.37, 1.7  # no round numbers: a coincidence must not look like a symmetry
FAULTS = (ValueError, OverflowError, ZeroDivisionError, FloatingPointError)  # how a law says that there is no such member


@dataclass(frozen=True)
class Symmetry:
    """How a family's parameters follow the data: who is added to by a shift, and by which power each grows with the scale.

    `scale` has a power per path, "log" where log c is added; either is empty where the family has no such symmetry.
    `low_ends` and `high_ends` name the parameters that are an end of the support.
    """

    shift: tuple[str, ...]
    scale: dict[str, float | str]
    low_ends: tuple[str, ...]
    high_ends: tuple[str, ...]

    def shifted(self, values: dict[str, float], by: float) -> dict[str, float]:
        """Return the parameters of X + by."""
        return values | {path: values[path] + by for path in self.shift}

    def scaled(self, values: dict[str, float], by: float) -> dict[str, float]:
        """Return the parameters of by times X."""
        return values | {path: values[path] + math.log(by) if power == "log" else values[path] * by**power for path, power in self.scale.items()}


def settings(dist: Distribution) -> dict[str, float]:
    """Return the parameters that a fit may move, by path."""
    return {path: value for path, (knob, value) in dist.leaves().items() if isinstance(knob, Real)}


def free(knob: Real) -> bool:
    """Say whether a parameter runs over the whole line."""
    return knob.bounds[0] <= -WIDE and knob.bounds[1] >= WIDE


@lru_cache(maxsize=256)
def symmetry(family: type[Distribution]) -> Symmetry:
    """Find the symmetries of a family by trying them on its default member."""
    values, knobs = settings(family()), family.params()
    whole = [path for path in values if isinstance(knobs[path], Whole)]
    line = [path for path in values if free(knobs[path]) and path not in whole]
    positive = [path for path in values if knobs[path].bounds[0] >= 0 and knobs[path].bounds[1] >= WIDE and path not in whole]
    if family.discrete:
        return Symmetry((), {}, (), ())
    moves = [tuple(path for path, moved in zip(line, flags, strict=True) if moved) for flags in product((True, False), repeat=len(line))]
    shift = next((paths for paths in moves if paths and _agrees(family, values, Symmetry(paths, {}, (), ()), SHIFT, 1.0)), ())
    base = Symmetry(shift, {}, (), ()).shifted(values, SHIFT)
    choices = [(1,) if path in shift else (0, "log", 1) if path in line else (1, 0, -1, 2, -2) for path in (*line, *positive)]
    powers = [dict(zip((*line, *positive), each, strict=True)) for each in product(*choices)]
    scale = next((each for each in powers if any(each.values()) and _agrees(family, base, Symmetry((), each, (), ()), 0.0, FACTOR)), {})
    ends = {path: _ends(family, base, path, knobs[path]) for path in values if path not in whole}
    low, high = (tuple(path for path, end in ends.items() if end == side) for side in ("low", "high"))
    return Symmetry(shift, scale, low, high)


def _agrees(family: type[Distribution], values: dict[str, float], symmetry: Symmetry, shift: float, scale: float) -> bool:
    """Say whether the law with moved parameters is that of scale X + shift."""
    try:
        law, moved = family(**values), family(**symmetry.scaled(symmetry.shifted(values, shift), scale))
    except FAULTS:
        return False
    x = law.quantile(np.array([0.11, 0.3, 0.52, 0.7, 0.9]))
    return bool(np.allclose(moved.log_prob(scale * x + shift) + math.log(scale), law.log_prob(x), rtol=1e-8, atol=1e-8))


def _ends(family: type[Distribution], values: dict[str, float], path: str, knob: Real) -> str:
    """Say which end of the support a parameter is: "low", "high", or nothing."""
    support = family(**values).support
    for step in (-0.01, 0.01):
        try:
            moved = knob.check(path, values[path] + step)
            after = family(**values | {path: moved}).support
        except FAULTS:
            continue
        if after.low == moved and support.low == values[path]:
            return "low"
        if after.high == moved and support.high == values[path]:
            return "high"
    return ""
