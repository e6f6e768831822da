"""The quantile setter: two probabilities and two values, and the parameters solve themselves."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass

import numpy as np
from scipy import optimize, special

from core.distributions.base import Distribution
from core.knobs import Real, Whole
from core.params import param
from core.spec import Spec

CLOSE = 1e-9  # of the distance between the two values: how near a solution must come
SPREAD = (0.0, -2.0, 2.0)  # starts around the present setting, in unconstrained units


@dataclass(frozen=True)
class Quantiles(Spec):
    """Two conditions: P(X <= first_value) = first_share and P(X <= second_value) = second_share."""

    first_share: float = param(0.025, "Share below the first value", low=0.001, high=0.999, step=0.005, bounds=(1e-9, 1 - 1e-9))
    first_value: float = param(1.0, "First value", low=-10, high=10, step=0.1, bounds=(-1e12, 1e12))
    second_share: float = param(0.975, "Share below the second value", low=0.001, high=0.999, step=0.005, bounds=(1e-9, 1 - 1e-9))
    second_value: float = param(4.0, "Second value", low=-10, high=10, step=0.1, bounds=(-1e12, 1e12))

    def agree(self) -> None:
        """The larger share must belong to the larger value."""
        if not (self.first_share < self.second_share and self.first_value < self.second_value):
            raise ValueError(
                f"the second value and share must be above the first, got {self.second_value:g} and {self.second_share:g}: "
                f"try {self.first_value + 1:g} and {min(0.975, (1 + self.first_share) / 2):g}"
            )


def solve(dist: Distribution, wish: Quantiles) -> Distribution:
    """Return the member of a family that meets both conditions; parameters past the first two keep their values.

    The two equations quantile(share) = value are solved by Powell's hybrid method over unconstrained coordinates (logarithms of
    positive parameters, log-odds of bounded ones) from several starts.

    Raises:
        ValueError: in a sentence, when the family is discrete, has one parameter, or has no such member.
    """
    if dist.discrete:
        raise ValueError(f"{dist.title} takes whole numbers only, so its quantiles jump: try a continuous family")
    free = [(path, knob) for path, (knob, _) in dist.leaves().items() if isinstance(knob, Real) and not isinstance(knob, Whole)][:2]
    if len(free) < 2:
        raise ValueError(f"{dist.title} has one parameter and cannot meet two conditions: try a family with two")
    shares, values = np.array([wish.first_share, wish.second_share]), np.array([wish.first_value, wish.second_value])
    width = values[1] - values[0]

    def member(u: np.ndarray) -> Distribution:
        return dist.with_leaves({path: _from_line(knob, float(coordinate), width) for (path, knob), coordinate in zip(free, u, strict=True)})

    def gap(u: np.ndarray) -> np.ndarray:
        try:
            miss = (member(u).quantile(shares) - values) / width
        except ValueError:  # the two parameters contradict each other here
            return np.array([1e6, 1e6])
        return np.where(np.isfinite(miss), np.clip(miss, -1e6, 1e6), 1e6)

    for start in _starts(dist, free, values, width):
        found = optimize.root(gap, start, method="hybr", options={"xtol": 1e-13})
        if np.max(np.abs(gap(found.x))) < CLOSE:
            return member(found.x)
    raise ValueError(
        f"no {dist.title} member puts {wish.first_share:.3g} of its mass below {wish.first_value:g} and {wish.second_share:.3g} below "
        f"{wish.second_value:g}: try other values, or another family"
    )


def _starts(dist: Distribution, free: list, values: np.ndarray, width: float) -> list[np.ndarray]:
    """Return starts around the present setting and around the wished interval, as a location and a scale or as two ends."""
    leaves = dist.leaves()
    here = np.array([_to_line(knob, leaves[path][1], width) for path, knob in free])
    middle = np.array([_to_line(knob, float(values.mean()) if i == 0 else width / 4, width) for i, (_, knob) in enumerate(free)])
    ends = np.array([_to_line(knob, float(value), width) for (_, knob), value in zip(free, values, strict=True)])  # for a low and a high end
    steps = [np.array(step) for step in itertools.product(SPREAD, repeat=2)]
    return [here, middle, ends, *(here + step for step in steps[1:]), *(middle + step for step in steps[1:])]


def _to_line(knob: Real, value: float, width: float) -> float:
    """Map a parameter onto the real line: logarithm of a positive one, log-odds of a bounded one."""
    low, high = knob.bounds
    if low >= 0 and high > 1e6:
        return math.log(max(value, low, 1e-300))
    if math.isfinite(low) and high - low < 1e6:
        return float(special.logit(np.clip((value - low) / (high - low), 1e-9, 1 - 1e-9)))
    return value / width


def _from_line(knob: Real, u: float, width: float) -> float:
    """Map the real line back onto what the parameter may be."""
    low, high = knob.bounds
    if low >= 0 and high > 1e6:
        return min(max(math.exp(min(u, 700.0)), low), high)
    if math.isfinite(low) and high - low < 1e6:
        return low + (high - low) * float(special.expit(u))
    return min(max(u * width, low), high)
