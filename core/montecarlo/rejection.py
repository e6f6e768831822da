"""Rejection sampling: darts thrown evenly under an envelope, of which those under the target are draws from it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from core.montecarlo.adaptive import begun, bend
from core.montecarlo.envelopes import ENVELOPES, Constant, Envelope, Tangents
from core.montecarlo.rejection_bound import Bound, largest_ratio, looked
from core.montecarlo.rejection_cost import Cost
from core.montecarlo.rejection_cut import Cut, cut, whole
from core.montecarlo.rejection_darts import Volley, fixed, learning
from core.montecarlo.rejection_drawn import Drawn, Tally
from core.montecarlo.rejection_failure import Result, failure, notes
from core.montecarlo.squeeze import lower
from core.params import param
from core.parts import Variant
from core.progress import Progress
from core.rng import stream
from core.spec import Spec
from core.targets import FAMILY, Typed
from core.targets.base import Density, Target

__all__ = ["Aim", "Placing", "Rejection", "Result", "failure", "notes", "numbers", "run"]

MIXTURE = Typed()  # 0.3 exp(-x²) + 0.7 exp(-(x - 3)²) on [-2, 5]


class Aim(Variant):
    """A target of the family; in code also one that was made of a function, which no link can carry."""

    def check(self, name: str, value: Any) -> Any:
        """Return the target."""
        return value if isinstance(value, Density) and not isinstance(value, Spec) else super().check(name, value)

    def to_json(self, value: Any) -> Any:
        """Write a target of the family."""
        if not isinstance(value, Spec):
            raise ValueError("target must be one of the menu to be linked or saved, got one that was made in code: type its formula instead")
        return super().to_json(value)


@dataclass(frozen=True)
class Rejection(Spec):
    """Darts fall evenly under an envelope; those below the target's curve are kept, and they are exact draws from it.

    Draw x from g and u from [0, 1]; keep x when u M g(x) <= f(x). Right whenever f <= M g everywhere, also when f is known up to a factor only.
    A share Z / M is kept, Z being the mass of f.
    von Neumann (1951), https://en.wikipedia.org/wiki/Rejection_sampling
    """

    title = "Darts under an envelope"
    target: Target = field(default=MIXTURE, metadata={"param": Aim(MIXTURE, "Target", "What is drawn from, on a line or in the plane.", family=lambda: FAMILY)})
    envelope: Envelope = param(Constant(), "Envelope", family=lambda: ENVELOPES, help="What the darts fall under.")
    n: int = param(5000, "Darts", low=100, high=1_000_000, scale="log", bounds=(1, 2_000_000), help="How many darts are thrown.")
    seed: int = param(1, "Seed", low=0, high=9999, step=1, bounds=(0, 4_294_967_295), help="The same seed gives the same darts, bit for bit.")
    bound: str = param("found", "M", choices=("found", "typed"), labels=("found", "typed"), help="Found: the smallest that lifts M g above the target.")
    m: float = param(1.0, "M typed", low=0.1, high=20, step=0.1, bounds=(1e-300, 1e300), help="Too small a number lets the target through.")
    squeeze: bool = param(False, "Squeeze", help="A function that lies below the target for sure and saves looking at it. On a line only.")
    what: str = param(
        "mean",
        "Estimated",
        choices=("mean", "square", "mass"),
        labels=("mean of x", "mean of x²", "mass under the curve"),
        help="The mean of the draws or of their squares, or M times the share kept.",
    )

    def agree(self) -> None:
        """Check that the envelope stands in as many dimensions as the target."""
        if self.target.dim > 2:
            raise ValueError(f"target must have one or two dimensions, got {self.target.dim}: try the cost against dimension")
        if self.target.dim == 2 and not self.envelope.plane:
            raise ValueError(f"envelope must stand in the plane, got {self.envelope.title}, which is for a line: try Constant, Scaled Gaussian or Student")

    def run(self) -> Iterator[Progress[Drawn]]:
        """Throw the darts block by block."""
        yield from (_adaptive if isinstance(self.envelope, Tangents) else _under)(self)


def run(spec: Rejection | Cost) -> Iterator[Progress[Result]]:
    """Throw the darts of a spec."""
    return spec.run()


def numbers(result: Result) -> dict[str, float]:
    """Return every number that the page shows, unrounded."""
    return result.numbers()


@dataclass(frozen=True)
class Placing:
    """How an envelope is put above a target: it is placed, M is found or given, and what is cut off is measured."""

    envelope: Envelope
    m: float | None

    def __call__(self, target: Density) -> tuple[Envelope, Bound, float, Cut]:
        """Return the envelope as placed, the largest ratio, log M, and what is cut off."""
        envelope = self.envelope.settled(target)
        bound = largest_ratio(target, envelope.log_prob)
        log_m = bound.log_m if self.m is None else math.log(self.m)
        breaks = tuple(envelope.breaks(axis) for axis in range(target.dim))
        return envelope, bound, log_m, cut(target, lambda x: log_m + envelope.log_prob(x), breaks)


def _under(spec: Rejection) -> Iterator[Progress[Drawn]]:
    """Throw darts under an envelope that stays."""
    target = spec.target
    envelope, bound, log_m, below = looked(target, Placing(spec.envelope, None if spec.bound == "found" else spec.m))
    squeeze, ahead = looked(target, lower) if spec.squeeze and target.dim == 1 else (None, 0)
    volleys = fixed(partial(stream, spec.seed), target, envelope, log_m, spec.n, squeeze)
    yield from _counted(spec, volleys, (envelope, bound, log_m, below, ahead, ""))


def _adaptive(spec: Rejection) -> Iterator[Progress[Drawn]]:
    """Throw darts under a hull of tangents; where the target is not log-concave there is no squeeze, and the hull may cut it."""
    target, envelope, source = spec.target, spec.envelope, partial(stream, spec.seed)
    bent, (first, ahead) = looked(target, bend), begun(target, envelope.start)
    nowhere = Bound(first.log_area(), first.x[:1])
    volleys = learning(source, target, envelope, spec.n, spec.squeeze and not bent)
    if bent:  # what a hull that is no hull cuts off is measured under the last one
        volleys = list(volleys)
    last = volleys[-1].hull if bent else first
    below = whole(target) if not bent else cut(target, lambda x: last.upper(x[..., 0]), (tuple(map(float, last.turns[1:-1])),))
    yield from _counted(spec, iter(volleys), (envelope, nowhere, last.log_area(), below, ahead, bent))


def _counted(spec: Rejection, volleys: Iterator[Volley], about: tuple[Envelope, Bound, float, Cut, int, str]) -> Iterator[Progress[Drawn]]:
    """Count the darts, and report after each block: of tangents' small volleys, only now and then."""
    envelope, bound, log_m, below, ahead, bent = about
    tally, kept, reported, hull = Tally(spec.target, spec.n), below.kept, 0, None
    for volley in volleys:
        if bent and volley.hull is not hull:
            hull = volley.hull
            kept = cut(spec.target, lambda x, hull=hull: hull.upper(x[..., 0]), (tuple(map(float, hull.turns[1:-1])),)).kept
        tally.add(volley, kept)
        if tally.done - reported < 1 << 15 and tally.done < spec.n:
            continue
        reported = tally.done
        yield Progress(tally.done, spec.n, _drawn(spec, tally, (envelope, bound, volley.log_area if volley.hull else log_m, below), ahead, bent))


def _drawn(spec: Rejection, tally: Tally, about: tuple[Envelope, Bound, float, Cut], ahead: int, bent: str) -> Drawn:
    """Return what the darts counted so far make."""
    k = int(np.searchsorted(tally.stops, tally.done)) + 1
    stops = np.append(tally.stops[: k - 1], tally.done)
    shown = pd.concat(tally.shown, ignore_index=True)
    sums, counts = np.cumsum(tally.sums[:k], axis=0), np.cumsum(tally.counts[:k], axis=0)
    accepted = np.concatenate(tally.accepted)
    return Drawn(spec, *about, stops, sums, counts, tally.looked, ahead, accepted, shown, tuple(tally.hulls), bent)
