"""What every envelope can do."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar, NamedTuple, Self

import numpy as np

from core.montecarlo.rejection_bound import rough_ratio
from core.params import param
from core.spec import Spec
from core.targets.base import Density

Array = np.ndarray
STRETCHES = (1.02, 1.05, 1.1, 1.2, 1.3, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0)  # of the target's own spread, tried where the envelope is fitted
DIGITS = 4  # of fitted settings
FARTHEST, NARROWEST = 1e280, 1e-280  # of what an envelope may be set to: far inside what a double holds
OUT, TAIL = 0.05, math.log(1e-5)  # widths of the window that a box grows at a time, until the density is so small beside its peak


class Grip(NamedTuple):
    """What the hand may drag: its name, place, direction ("x", "y" or "xy"), and what it does. A `y` of None is the envelope's own height at x."""

    name: str
    x: float
    y: float | None
    along: str
    words: str


@dataclass(frozen=True)
class Envelope(Spec):
    """Base of all envelopes: a density g that is easy to draw from, and that M raises above the target.

    A member gives `settled`, `log_prob`, `sample`; `grips` and `dragged` where it has handles; `breaks` where it has corners.

    Class attributes:
        title: the name in the menu.  plane: whether it stands in two dimensions too.
    """

    title: ClassVar[str]
    plane: ClassVar[bool] = True

    place: str = param(
        "fitted",
        "Placed",
        choices=("fitted", "hand"),
        labels=("by the target", "by hand"),
        help="By the target: from its window, mean and spread. By hand: by the numbers below, which the handles on the picture set.",
    )

    def settled(self, target: Density) -> Self:
        """Return the envelope with the numbers that it has for a target, placed by hand."""
        raise NotImplementedError

    def log_prob(self, x: Array) -> Array:
        """Return the log density g at points (..., d); -inf outside its support."""
        raise NotImplementedError

    def sample(self, rng: np.random.Generator, n: int, dim: int) -> Array:
        """Draw n independent points: (n, dim)."""
        raise NotImplementedError

    def breaks(self, axis: int) -> tuple[float, ...]:
        """Return where g jumps or bends along an axis."""
        return ()

    def grips(self, dim: int) -> tuple[Grip, ...]:
        """Return its handles."""
        return ()

    def dragged(self, name: str, x: float, y: float) -> Self:
        """Return the envelope with a handle let go at a place; what cannot be stays as it is."""
        return self


def rounded(value: float) -> float:
    """Round a fitted setting, so that it can be read and linked."""
    return float(f"{value:.{DIGITS}g}")


def near(place: float, width: float) -> float:
    """Round a place to about a thousandth of a width: to digits of the width, since far from 0 those of the place itself are too few."""
    return min(max(round(place, DIGITS - 1 - math.floor(math.log10(width))), -FARTHEST), FARTHEST)


def spread(target: Density) -> tuple[Array, Array]:
    """Return a centre (d,) and a spread (d,) of a target: its mean and standard deviation, or the window's where there are none."""
    centre, half = target.window.mean(axis=1), np.ptp(target.window, axis=1) / 2
    mean, sd = np.asarray(target.mean(), float), np.sqrt(np.diag(np.asarray(target.covariance(), float)))
    known = np.isfinite(mean) & np.isfinite(sd) & (sd > 0)
    return np.where(known, mean, centre), np.where(known, sd, half / 4)


def box(target: Density) -> Array:
    """Return a box (d, 2) around a target: its window; on a line with its tails as far as they are seen, or as far again as the window is wide."""
    window = np.array(target.window, float)
    if target.dim > 1:
        return window
    (low, high), step = window[0], float(np.ptp(window[0])) * OUT
    with np.errstate(all="ignore"):
        peak = float(np.max(target.log_prob(np.linspace(low, high, 401)[:, None])))
    for end, side in ((0, -1), (1, 1)):
        for _ in range(round(1 / OUT)):
            if float(target.log_prob(np.array([[window[0, end] + side * 1e-9 * step]]))[0]) < peak + TAIL:
                break
            window[0, end] = near(window[0, end] + side * step, step / OUT)
    return window


def tightest(target: Density, ways: list[Envelope]) -> Envelope:
    """Return the envelope that wastes least: the one with the smallest M; where none has an M, the widest."""
    bounds = [rough_ratio(target, way.log_prob) for way in ways]
    fits = [(log_m, i) for i, (log_m, endless) in enumerate(bounds) if not endless]
    return ways[min(fits)[1]] if fits else ways[-1]
