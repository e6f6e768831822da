"""The likelihood of a family as a smooth hill over free coordinates, and a climb to its top.

A positive parameter is climbed in its logarithm, a probability in its logit, a location in units of the data.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy import optimize, special

from core.distributions.base import Array, Distribution
from core.distributions.continuous import Continuous
from core.distributions.symmetry import FAULTS

STEP = 1e-3  # of the differences: rounding and curvature both leave a gradient of some eight digits
MOST_STEP = 2.0  # of a climb, in a coordinate
FLAT = 1e-7  # second differences are known to this share of the height
ROUGH = 1e-3  # nats: a climb that may leave more than this is a rough one
SNAPPED = -45.0  # the log distance at which an end of the support lies on the data


@dataclass(frozen=True)
class Line:
    """A location, or a shape of either sign: center + unit sinh(u), so that also what lies far out is reached in a few steps."""

    center: float
    unit: float

    def value(self, u: float) -> float:
        """Return the parameter at a coordinate."""
        return self.center + self.unit * math.sinh(min(max(u, -700.0), 700.0))

    def coordinate(self, value: float) -> float:
        """Return the coordinate of a parameter."""
        return math.asinh((value - self.center) / self.unit)


@dataclass(frozen=True)
class Beyond:
    """A parameter beyond an end: end + unit e^u (a negative unit counts down from it)."""

    end: float
    unit: float

    def value(self, u: float) -> float:
        """Return the parameter at a coordinate."""
        return self.end + self.unit * math.exp(min(u, 700.0))

    def coordinate(self, value: float) -> float:
        """Return the coordinate of a parameter."""
        gap = (value - self.end) / self.unit
        return max(math.log(gap), SNAPPED) if gap > 0 else SNAPPED


@dataclass(frozen=True)
class Logit:
    """A parameter between two bounds: low + (high - low) / (1 + e^-u)."""

    low: float
    high: float

    def value(self, u: float) -> float:
        """Return the parameter at a coordinate."""
        return self.low + (self.high - self.low) * float(special.expit(u))

    def coordinate(self, value: float) -> float:
        """Return the coordinate of a parameter."""
        return float(np.clip(special.logit((value - self.low) / (self.high - self.low)), SNAPPED, -SNAPPED))


Axis = Line | Beyond | Logit


@dataclass(frozen=True)
class Hill:
    """The log-likelihood of one family on data, over coordinates u: (parameters,); -inf where there is no such law.

    `x` are the distinct values, `counts` how often each occurs; `fixed` are the parameters that do not move. When `guarded`,
    a law whose density is infinite at an end that its parameters have moved is refused, or the likelihood would have no top.
    """

    family: type[Distribution]
    x: Array
    counts: Array
    axes: dict[str, Axis]
    fixed: dict[str, float]
    guarded: bool = True

    def values(self, u: Array) -> dict[str, float]:
        """Return the parameters at the coordinates, within their bounds."""
        knobs = self.family.params()
        moved = {path: min(max(axis.value(float(each)), knobs[path].bounds[0]), knobs[path].bounds[1]) for each, (path, axis) in zip(u, self.axes.items())}
        return self.fixed | moved

    def coordinates(self, values: dict[str, float]) -> Array:
        """Return the coordinates of parameters."""
        return np.array([axis.coordinate(values[path]) for path, axis in self.axes.items()])

    def of(self, values: dict[str, float]) -> float:
        """Return the log-likelihood of parameters: the sum of count times log density."""
        try:
            with np.errstate(all="ignore"):
                law = self.family(**values)
                support = law.support
                if not support.low <= self.x[0] <= self.x[-1] <= support.high:
                    return -math.inf
                ends = _moved(law) if self.guarded else []
                logs = _log_density(law)(np.concatenate([self.x, ends]) if ends else self.x)
                if ends and np.isposinf(logs[len(self.x) :]).any():
                    return -math.inf
                total = float(self.counts @ logs[: len(self.x)])
        except FAULTS:
            return -math.inf
        return total if total < math.inf else -math.inf

    def __call__(self, u: Array) -> float:
        return self.of(self.values(u))


@dataclass(frozen=True)
class AnchoredHill(Hill):
    """The same over median, interquartile range and shapes, for a family whose ridge runs off with location and scale at once.

    `place` and `width` are the paths of location and scale; their axes hold the median and the interquartile range.
    """

    place: str = ""
    width: str = ""

    def values(self, u: Array) -> dict[str, float]:
        """Return the parameters at the coordinates."""
        asked = super().values(u)
        with np.errstate(all="ignore"):
            first, middle, third = self.family(**asked | {self.place: 0.0, self.width: 1.0}).quantile(np.array([0.25, 0.5, 0.75]))
            scale = asked[self.width] / (third - first)
            return asked | {self.place: float(asked[self.place] - scale * middle), self.width: float(scale)}

    def coordinates(self, values: dict[str, float]) -> Array:
        """Return the coordinates of parameters."""
        first, middle, third = self.family(**values).quantile(np.array([0.25, 0.5, 0.75]))
        return super().coordinates(values | {self.place: float(middle), self.width: float(third - first)})


def _moved(law: Distribution) -> list[float]:
    """Return the ends of the support that are not where the family's default has them: there the density may be infinite."""
    return [end for end, usual in zip((law.support.low, law.support.high), _usual(type(law)), strict=True) if end != usual and math.isfinite(end)]


def _log_density(law: Distribution) -> Callable[[Array], Array]:
    """Return the log density for places inside the support, where nothing need be checked."""
    return law.log_density if getattr(type(law), "log_prob", None) is Continuous.log_prob else law.log_prob


@lru_cache(maxsize=256)
def _usual(family: type[Distribution]) -> tuple[float, float]:
    """Return the ends of the support of a family's default member."""
    return family().support.low, family().support.high


def slopes(hill: Callable[[Array], float], u: Array, here: float) -> tuple[Array, Array]:
    """Return gradient (k,) and Hessian (k, k) by central differences."""
    k = len(u)
    step = STEP * np.eye(k)
    plus, minus = (np.array([hill(u + side * step[i]) for i in range(k)]) for side in (1, -1))
    hessian = np.diag((plus - 2 * here + minus) / STEP**2)
    for i in range(k):
        for j in range(i):
            corners = hill(u + step[i] + step[j]) + hill(u - step[i] - step[j]) - hill(u + step[i] - step[j]) - hill(u - step[i] + step[j])
            hessian[i, j] = hessian[j, i] = corners / (4 * STEP**2)
    return (plus - minus) / (2 * STEP), hessian


@np.errstate(all="ignore")
def climb(hill: Callable[[Array], float], u: Array, enough: float = 1e-8, most: int = 60) -> tuple[Array, float]:
    """Climb from u by Newton's steps, uphill also where the hill is not concave; return the top and its height.

    It stops when the next step promises less than `enough`. Where steps no longer rise though they promise (a kink, such as
    a peak at a data point), the simplex of Nelder and Mead, https://doi.org/10.1093/comjnl/7.4.308, goes on.
    """
    here, left = hill(u), math.inf
    for _ in range(most if len(u) and here > -math.inf else 0):
        gradient, hessian = slopes(hill, u, here)
        if not (np.isfinite(gradient).all() and np.isfinite(hessian).all()):
            break
        bend, directions = np.linalg.eigh(-hessian)
        along = directions.T @ gradient
        # a bend that drowns in rounding belongs to a ridge that falls off like e^-u, whose steps may be long
        bend = np.where(np.abs(bend) < FLAT * (1 + abs(here)), np.abs(along) / MOST_STEP + 1e-300, np.abs(bend))
        step = np.clip(along / bend, -MOST_STEP, MOST_STEP)
        left = float(0.5 * np.abs(along * step).sum())
        if left < enough:
            return u, here
        trials = (u + 0.5**halved * (directions @ step) for halved in range(10))
        better = next(((trial, height) for trial in trials if (height := hill(trial)) > here), None)
        if better is None:
            break
        u, here = better
    return simplex(hill, u, here, enough) if len(u) and here > -math.inf and left > 10 * enough else (u, here)


def simplex(hill: Callable[[Array], float], u: Array, here: float, enough: float) -> tuple[Array, float]:
    """Search on by shrinking simplices until one no longer gains; where little is asked, by one short one."""
    rough = enough >= ROUGH
    for _ in range(1 if rough else 4):
        start = np.vstack([u, u + 0.02 * np.eye(len(u))])
        options = {"initial_simplex": start, "xatol": 1e-9, "fatol": 0.1 * enough if rough else 1e-9, "maxfev": (30 if rough else 150) * len(u)}
        found = optimize.minimize(lambda v: -max(hill(v), -1e300), u, method="Nelder-Mead", options=options)
        gain, u, here = -found.fun - here, (found.x if -found.fun > here else u), max(here, -found.fun)
        if gain < 1e-7:
            break
    return u, here
