"""Maximum likelihood for any family: starts from quantiles, a climb on part of the data, then on all of it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product

import numpy as np

from core.distributions import JohnsonSU
from core.distributions.base import Array, Distribution
from core.distributions.closed import CLOSED, NORMAL_WIDTH, QUARTILES, Sample, sample, sketch
from core.distributions.likelihood import SNAPPED, AnchoredHill, Axis, Beyond, Hill, Line, Logit, climb
from core.distributions.peaks import PEAKED, peaked
from core.distributions.symmetry import FAULTS, WIDE, Symmetry, free, settings, symmetry
from core.params import Real, Whole

LEVELS = {0: 1, 1: 9, 2: 5, 3: 3}  # values tried of each shape, by how many shapes there are
ANCHORED = {JohnsonSU: ("location", "scale")}  # families that reach their limit only with all parameters at once
AFAR = 50.0  # times beyond the slider is as good as a limit
BRINK = 20.0  # a log from where on the rounding of a density may outweigh what is still to gain
ROUGH = (1e-2, 12)  # nats that a climb may leave, and its steps, where a resample is fitted
MOST_WHOLE = 100  # times the largest value: a whole parameter beyond this is as good as endless


@dataclass(frozen=True)
class Estimate:
    """The best member of a family for some data, its log-likelihood, and a sentence where something is amiss."""

    dist: Distribution
    log_likelihood: float
    note: str = ""


@np.errstate(all="ignore")
def estimate(family: type[Distribution], data: Array, start: Distribution | None = None) -> Estimate:
    """Return the maximum-likelihood member of a family: in closed form where there is one, else by climbing.

    With a `start` there is one climb, from there, to within a hundredth of a nat: enough for the resamples of a bootstrap.
    """
    values = sample(data)
    refused = outside(family, values)
    if refused:
        return Estimate(family(), -math.inf, refused)
    if family in CLOSED:
        return _formula(family, values)
    whole = [path for path, (knob, _) in family().leaves().items() if isinstance(knob, Whole)]
    found = _search(family, values, whole, start) if whole else _smooth(family, values, start)
    if family in PEAKED and start is None and found.log_likelihood > -math.inf:
        found = _at_peak(found, values)
    return found if found.note or found.log_likelihood > -math.inf else replace(found, note=_cannot(family, values))


def _formula(family: type[Distribution], data: Sample) -> Estimate:
    try:
        dist = CLOSED[family](data)
        height = float(data.counts @ dist.log_prob(data.x))
    except FAULTS:
        dist, height = family(), -math.inf
    return Estimate(dist, height) if math.isfinite(height) else Estimate(family(), -math.inf, _cannot(family, data))


@lru_cache(maxsize=256)
def _ends(family: type[Distribution]) -> tuple[float, float]:
    """Return the ends of the support that no parameter moves; an end that moves counts as infinite."""
    supports = [family().support]
    for path, (knob, _) in family().leaves().items():
        for tick in knob.ticks()[[0, -1]]:
            try:
                supports.append(family().with_leaf(path, float(tick)).support)
            except FAULTS:
                continue
    low, high = supports[0].low, supports[0].high
    return low if all(each.low == low for each in supports) else -math.inf, high if all(each.high == high for each in supports) else math.inf


def outside(family: type[Distribution], data: Sample) -> str:
    """Say why a family cannot hold the data at all, or return nothing."""
    if family.discrete and (data.x != np.floor(data.x)).any():
        wrong = data.x[data.x != np.floor(data.x)][0]
        return f"{family.title} must have whole numbers, got {wrong:g}: try a law with a density"
    low, high = _ends(family)
    if data.x[0] < low:
        return f"{family.title} must have values from {low:g} up, got {data.x[0]:g}: try a law of the whole line"
    if data.x[-1] > high:
        return f"{family.title} must have values up to {high:g}, got {data.x[-1]:g}: try a law without an upper end"
    return ""


def _cannot(family: type[Distribution], data: Sample) -> str:
    return f"{family.title} must give every value a finite density, got data from {data.x[0]:g} to {data.x[-1]:g}: try another family"


# Coordinates and starts


def hill(family: type[Distribution], data: Sample, fixed: dict[str, float] | None = None) -> Hill:
    """Return the log-likelihood over coordinates in which the data have centre 0 and unit width; some parameters may be fixed."""
    group, fixed = symmetry(family), fixed or {}
    knobs = {path: knob for path, (knob, _) in family().leaves().items() if isinstance(knob, Real) and path not in fixed}
    axes = {path: _axis(path, knob, group, data) for path, knob in knobs.items()}
    return (
        AnchoredHill(family, data.x, data.counts, axes, fixed, True, *ANCHORED[family])
        if family in ANCHORED
        else Hill(family, data.x, data.counts, axes, fixed)
    )


def _axis(path: str, knob: Real, group: Symmetry, data: Sample) -> Axis:
    size, power = (data.unit if group.shift else data.size), group.scale.get(path, 0)
    if path in group.low_ends:
        return Beyond(float(data.x[0]), -data.unit)
    if path in group.high_ends:
        return Beyond(float(data.x[-1]), data.unit)
    if free(knob):
        shifted, logged = Line(float(data.quartiles[1]), data.unit), Line(math.log(size), 1.0)
        shape = Line(0.0, size if power == 1 else (knob.high - knob.low) / 10)
        return shifted if path in group.shift else logged if power == "log" else shape
    low, high = knob.bounds
    return Logit(low, high) if high < WIDE else Beyond(low if low > 1e-9 else 0.0, size**power)


def _far_from(knob: Real) -> bool:
    """Say whether what may be typed goes far beyond the slider, towards a limit law."""
    return knob.bounds[1] >= AFAR * knob.high and (knob.bounds[0] <= AFAR * knob.low if knob.low < 0 else knob.bounds[0] <= knob.low / AFAR)


@lru_cache(maxsize=256)
def _anchors(family: type[Distribution], fixed: tuple[tuple[str, float], ...]) -> tuple[tuple[dict[str, float], Array], ...]:
    """Return members spread over the shapes of a family, as parameters and quartiles; they do not depend on the data."""
    group, leaves = symmetry(family), {path: leaf for path, leaf in family().leaves().items() if isinstance(leaf[0], Real)}
    lengths = [path for path, power in group.scale.items() if power and path not in (*group.shift, *group.low_ends, *group.high_ends)]
    known = {*group.shift, *group.low_ends, *group.high_ends, *lengths[:1], *dict(fixed)}  # one length sets the scale, a second is a shape
    shapes = [path for path in leaves if path not in known]
    spots = np.linspace(0.04, 0.96, LEVELS.get(len(shapes), 3))
    levels = [np.quantile(leaves[path][0].ticks(), spots) if len(spots) > 1 else [leaves[path][1]] for path in shapes]
    if len(shapes) == 1 and _far_from(knob := leaves[shapes[0]][0]):  # also near the limit laws
        levels = [[knob.low * AFAR if knob.low < 0 else knob.low / AFAR, *levels[0], knob.high * AFAR]]
    found = []
    for each in product(*levels):
        values = {path: value for path, (_, value) in leaves.items()} | dict(fixed) | dict(zip(shapes, map(float, each), strict=True))
        try:
            found.append((values, np.asarray(family(**values).quantile(QUARTILES))))
        except FAULTS:
            continue
    return tuple(found)


def _starts(family: type[Distribution], data: Sample, fixed: dict[str, float]) -> Iterator[dict[str, float]]:
    """Yield members whose quartiles match the data's, as far as the symmetries of the family allow; ends stay off the data."""
    group = symmetry(family)
    for values, quartiles in _anchors(family, tuple(fixed.items())):
        if group.scale:
            width = quartiles[2] - quartiles[0]
            ratio = NORMAL_WIDTH * data.unit / width if group.shift else (data.quartiles[1] or data.size) / quartiles[1]
            if not 0 < ratio < math.inf:
                continue
            values, quartiles = group.scaled(values, ratio), quartiles * ratio
        values = group.shifted(values, float(data.quartiles[1] - quartiles[1]))
        for margin in (0.0, data.unit / data.n) if group.low_ends or group.high_ends else (0.0,):
            ends = {path: min(values[path], float(data.x[0]) - margin) for path in group.low_ends}
            ends |= {path: max(values[path], float(data.x[-1]) + margin) for path in group.high_ends}
            yield values | (ends if margin else _at_ends(group, data))


def _at_ends(group: Symmetry, data: Sample) -> dict[str, float]:
    """Return the ends of the support put on the least and the largest value."""
    return dict.fromkeys(group.low_ends, float(data.x[0])) | dict.fromkeys(group.high_ends, float(data.x[-1]))


# The climb


def _smooth(family: type[Distribution], data: Sample, start: Distribution | None = None, fixed: dict[str, float] | None = None) -> Estimate:
    """Fit the parameters that are real numbers, the others held."""
    fixed = fixed or {}
    whole = hill(family, data, fixed)
    if not whole.axes:
        return Estimate(family(**fixed) if (height := whole.of(fixed)) > -math.inf else family(), height)
    tops = [whole.coordinates(settings(start))] if start is not None else _scout(hill(family, sketch(data), fixed), _starts(family, data, fixed))
    reached = [climb(whole, u, *(ROUGH if start is not None else ())) for u in tops]
    u, height = max(reached, key=lambda each: each[1], default=(np.empty(0), -math.inf))
    if height == -math.inf:
        return _held(family, data) if symmetry(family).low_ends + symmetry(family).high_ends else Estimate(family(), -math.inf)
    u, height = _snap(whole, u, height) if start is None else (u, height)
    return Estimate(family(**whole.values(u)), height)


def _scout(rough: Hill, starts: Iterator[dict[str, float]]) -> list[Array]:
    """Climb a sketch of the hill from its three best starts and the two outermost; return the best tops, and the best start itself."""
    found = [(rough(u), tuple(u)) for u in (rough.coordinates(values) for values in starts)]
    best = dict.fromkeys(sorted(found, reverse=True)[:3] + found[:1] + found[-1:])
    kept = [climb(rough, np.array(u), 1e-3, 30) for height, u in best if height > -math.inf]
    tops = {tuple(np.round(u, 1)): (height, tuple(u)) for u, height in kept}  # the same top is not climbed twice
    heights = sorted(tops.values(), reverse=True)
    return [np.array(u) for height, u in [each for each in heights if each[0] > heights[0][0] - 1.0][:2] + sorted(found)[-1:]]


def _snap(whole: Hill, u: Array, height: float) -> tuple[Array, float]:
    """Put an end of the support on the data, or a parameter far out, wherever that is better."""
    for i, axis in enumerate(whole.axes.values()):
        if not isinstance(axis, Beyond):
            continue
        for far in (SNAPPED, 18.0, 27.0):
            trial = np.array([*u[:i], far, *u[i + 1 :]])
            if whole(trial) > height - 1e-3 and abs(u[i] - far) > 1:
                trial, reached = climb(whole, trial)
                u, height = (trial, reached) if reached > height else (u, height)
    brink = np.array([isinstance(axis, Beyond) and each > BRINK for axis, each in zip(whole.axes.values(), u, strict=True)])
    back, reached = climb(whole, u - 0.4 * BRINK * brink) if brink.any() else (u, height)
    return (back, reached) if reached > height else (u, height)


def _held(family: type[Distribution], data: Sample) -> Estimate:
    """Fit a family whose likelihood is endless when an end meets the data: its ends are held off by the outermost gaps."""
    group, x = symmetry(family), data.x
    ends = dict.fromkeys(group.low_ends, float(2 * x[0] - x[1])) | dict.fromkeys(group.high_ends, float(2 * x[-1] - x[-2]))
    open_hill = replace(hill(family, data, ends), guarded=False)
    u, height = climb(open_hill, open_hill.coordinates(settings(family()) | ends))
    held = ", ".join(f"{path} {value:.5g}" for path, value in ends.items())
    note = f"{family.title} must end off the data, where its likelihood is endless: held at {held}, one gap between neighbours beyond"
    return Estimate(family(**open_hill.values(u)), height, note)


def _at_peak(found: Estimate, data: Sample) -> Estimate:
    """Improve the fit of a law with a sharp peak."""
    path, heights = PEAKED[type(found.dist)]
    dist, height = peaked(found.dist, found.log_likelihood, data, heights, path, lambda peak: hill(type(found.dist), data, {path: peak}))
    return replace(found, dist=dist, log_likelihood=height)


def _search(family: type[Distribution], data: Sample, whole: list[str], start: Distribution | None) -> Estimate:
    """Fit whole parameters by moves that get smaller, the real ones anew at each place, from the place before."""
    seen: dict[tuple[int, ...], Estimate] = {}
    most = MOST_WHOLE * (abs(int(data.x[-1])) + 10)

    def best(numbers: tuple[int, ...], near: Distribution | None = start) -> Estimate:
        if numbers not in seen:
            seen[numbers] = _smooth(family, data, near, fixed=dict(zip(whole, numbers, strict=True)))
        return seen[numbers]

    base = settings(start or family())
    place = tuple(int(base[path] if start else max(base[path], 2 * abs(data.x[-1]))) for path in whole)
    place, share = _pattern(best, place, 0.1 if start else 0.5, most)
    if share == 0 and not start:
        place, share = _pattern(best, place, 0.5, most)  # a second look from afar leaves a small summit beside the large one
    note = "" if share == 0 else f"whole parameters must end somewhere, got a likelihood that rises up to {most:,}: try the limit law, such as Poisson"
    return replace(best(place), note=note or best(place).note)


def _pattern(best: Callable[..., Estimate], here: tuple[int, ...], share: float, most: int) -> tuple[tuple[int, ...], float]:
    """Move each number up or down by a share of itself, in every combination; halve the share when nothing is better."""
    moves = [each for each in product((-1, 0, 1), repeat=len(here)) if any(each)]
    while max(map(abs, here)) < most:
        steps = [max(1, round(share * abs(each))) for each in here]
        rivals = [tuple(each + step * move for each, step, move in zip(here, steps, by, strict=True)) for by in moves]
        rival = max(rivals, key=lambda each: best(each, best(here).dist).log_likelihood)
        if best(rival).log_likelihood > best(here).log_likelihood:
            here = rival
        elif max(steps) == 1:
            return here, 0.0
        else:
            share /= 2
    return here, share
