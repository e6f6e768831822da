"""What the curves of a sweep are made of: density, CDF and survival of every tick on one grid, and the medians.

Where the parameter is a location or a scale, every tick's law is one law moved: all curves then come from a single call.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.distributions.base import Distribution
from core.distributions.fit import LISTS
from core.distributions.symmetry import settings, symmetry

NEARBY = np.linspace(-0.1, 0.1, 5)  # of a grid's step: where a CDF is asked again beside its median
AGREED = 1e-7  # of a grid's step: three of those places must tell the same as all five; beside a kink they do not
NOTHING = 1e-13  # of the view: a median so near 0 is 0


@dataclass(frozen=True)
class Moved:
    """The laws of centre + shift + factor (X - centre), for X of one law: shift and factor (frames,)."""

    law: Distribution
    centre: float
    shift: np.ndarray
    factor: np.ndarray

    def asked(self, name: str, x: np.ndarray) -> np.ndarray:
        """Return the method of that name of every law at x: (frames, points)."""
        with np.errstate(over="ignore"):
            places = self.centre + (x - self.centre - self.shift[:, None]) / self.factor[:, None]
            found = getattr(self.law, name)(places)
            return found / self.factor[:, None] if name == "prob" else found


@dataclass(frozen=True)
class Each:
    """Laws that have to be asked one by one."""

    members: Sequence[Distribution]

    def asked(self, name: str, x: np.ndarray) -> np.ndarray:
        """Return the method of that name of every law at x: (frames, points)."""
        return np.array([getattr(member, name)(x) for member in self.members])


def table(members: Sequence[Distribution], ticks: np.ndarray, path: str | None = None) -> Moved | Each:
    """Return the laws of a sweep, ready to be asked all at once; a path says which of their own parameters has the ticks for values."""
    law = members[len(members) // 2]
    if path is None or law.discrete or any(isinstance(knob, LISTS) for knob in type(law).params().values()):
        return Each(members)
    group, values = symmetry(type(law)), settings(law)
    moving = [name for name, power in group.scale.items() if power and name not in group.shift]
    if group.shift == (path,):
        return Moved(law, values[path], ticks - values[path], np.ones(len(members)))
    if moving != [path] or len(group.shift) > 1 or isinstance(group.scale[path], str):
        return Each(members)
    factor = (ticks / values[path]) ** (1 / group.scale[path])
    return Moved(law, values[group.shift[0]] if group.shift else 0.0, np.zeros(len(members)), factor)


def densities(laws: Moved | Each, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the density of each law at x, (frames, points), and whether it is infinite at an edge of its support, (frames,)."""
    if isinstance(laws, Moved):
        edges = laws.law.prob(np.array([laws.law.support.low, laws.law.support.high]))
        return laws.asked("prob", x), np.full(len(laws.shift), np.isposinf(edges).any())
    found = np.array([member.prob(np.append(x, (member.support.low, member.support.high))) for member in laws.members])
    return found[:, :-2], np.isposinf(found[:, -2:]).any(axis=1)


def survivals(laws: Moved | Each, x: np.ndarray, cdf: np.ndarray) -> np.ndarray:
    """Return the survival of each law at x, (frames, points): asked only from the median on, below which 1 minus the CDF is as exact."""
    if isinstance(laws, Moved):
        return laws.asked("sf", x)
    found = 1 - cdf
    for row, climbs, member in zip(found, cdf, laws.members, strict=True):
        half = int(np.searchsorted(climbs, 0.5))
        row[half:] = member.sf(x[half:])
    return found


def medians(laws: Moved | Each, x: np.ndarray, cdf: np.ndarray) -> np.ndarray:
    """Return the median of each law whose CDF is known on a grid: its own where the grid does not tell.

    Between the two points of the grid around a half the CDF is asked at five places more, and read backwards through them
    (inverse interpolation: https://en.wikipedia.org/wiki/Inverse_quadratic_interpolation, with two more points).

    Args:
        laws: with a density.
        x: (points,), evenly spaced.
        cdf: (frames, points).
    """
    if isinstance(laws, Moved):
        return laws.centre + laws.shift + laws.factor * (laws.law.median() - laws.centre)
    step, found = x[1] - x[0], []
    for member, row in zip(laws.members, cdf, strict=True):
        above = int(np.argmax(row >= 0.5))
        rise = row[above] - row[above - 1] if above else 0.0
        if not 0 < rise < 0.3:  # out of view, or too steep for this grid
            found.append(member.median())
            continue
        near = x[above - 1] + step * ((0.5 - row[above - 1]) / rise + NEARBY)
        gap = member.cdf(near) - 0.5
        climbs = gap[0] < 0 < gap[-1] and (np.diff(gap) > 0).all()
        median, rough = (_backwards(gap, near), _backwards(gap[1:4], near[1:4])) if climbs else (math.nan, math.nan)
        if not abs(median - rough) < AGREED * step:
            median = member.median()
        found.append(0.0 if abs(median) < NOTHING * (x[-1] - x[0]) else median)
    return np.array(found)


def _backwards(gap: np.ndarray, x: np.ndarray) -> float:
    """Return where a rising function is 0, by Neville's scheme for the polynomial in its values: gap (k,) at x (k,)."""
    xs, ys = (x - x[0]).tolist(), gap.tolist()
    for order in range(1, len(xs)):
        xs = [(ys[i + order] * xs[i] - ys[i] * xs[i + 1]) / (ys[i + order] - ys[i]) for i in range(len(xs) - 1)]
    return float(x[0]) + xs[0]


def whole_medians(members: Sequence[Distribution], k: np.ndarray, cdf: np.ndarray) -> np.ndarray:
    """Return the median of each discrete law whose CDF is known at whole numbers k and at k[0] - 1, (frames, 1 + points)."""
    above = np.argmax(cdf >= 0.5, axis=1)
    clear = (above > 0) & (np.abs(cdf - 0.5).min(axis=1) > 1e-9) & (len(k) < 2 or k[-1] - k[0] == len(k) - 1)
    return np.array([k[at - 1] if sure else member.median() for at, sure, member in zip(above, clear, members, strict=True)])
