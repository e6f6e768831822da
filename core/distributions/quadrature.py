"""Mass and moments of any law on a part of the line: what the laws that are made of other laws need.

A law says its own mass between two places, so that a rule for integrals knows on each panel how much is missing.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.polynomial import legendre

from core.distributions.base import Array, Distribution
from core.distributions.special import log1mexp
from core.distributions.table import TableLattice

NODES, WEIGHTS = legendre.leggauss(16)
_T = np.linspace(-3.0, 3.0, 31)
ENDED = 1 / (1 + np.exp(-math.pi * np.sinh(_T)))  # nodes on [0, 1] that crowd at its ends, where a density may bend (Takahasi and Mori 1974)
ENDED_WEIGHTS = 0.2 * math.pi * np.cosh(_T) * ENDED * (1 - ENDED)
SHARES = np.concatenate([[1e-13], np.geomspace(1e-10, 0.02, 6), np.linspace(0.12, 0.88, 8), 1 - np.geomspace(0.02, 1e-10, 6), [1 - 1e-13]])
SHORT = 0.02  # of a tail: a difference of tails that is less has too few digits
HALF = math.log(0.5)
SEEN = 1e-6  # of the mass below: less cannot be told apart by its quantiles
NOTHING = 700.0  # a log so far below the rest adds nothing to a moment
WIDE = 3.0  # times further from a singular place: a rule has all its digits on a panel that is no wider
SHELLS = 240  # doublings of a distance
LOT = 16  # of them looked at first
MOST_CUTS = 40  # halvings of a panel
MOST_PANELS = 2000  # that are not settled at a time: more is rounding
LISTED, MOST_LISTED = 4000, 200_000  # whole numbers that are simply listed, and where there is no other way
HEAD = 256  # and at the ends of a longer list
Tails = tuple[Array, Array]  # log P(X <= x) and log P(X > x)


@dataclass(frozen=True)
class Piece:
    """A part of a law as places with weights: the mean of g(X) over the part is the sum of weight times g(anchor + t).

    `t`: how far each place lies from the anchor, whose digits do not spoil those of a narrow part. `weight` adds to 1. `log_prob`: the
    log density (or mass) of the whole law there. `log_mass`: of the part.
    """

    anchor: float
    t: Array
    weight: Array
    log_prob: Array
    log_mass: float

    def mean(self, values: Array) -> float:
        """Return the mean over the part of a function, given its values at the places."""
        return float(self.weight @ values)

    def surprise(self) -> float:
        """Return the mean of minus the log density."""
        return -self.mean(self.log_prob)


def tails(law: Distribution, x: Array | float) -> Tails:
    """Return the logs of both tails."""
    return np.asarray(law.log_cdf(x)), np.asarray(law.log_sf(x))


def log_between(law: Distribution, start: Array | float, stop: Array | float, at_start: Tails, at_stop: Tails) -> Array:
    """Return log P(start < X <= stop) from the side on which the digits are; for a short stretch by a rule of its own.

    Args:
        law: any law.
        start, stop: places, each before its partner.
        at_start, at_stop: the tails there.
    """
    with np.errstate(all="ignore"):
        fall, rise = at_start[1] - at_stop[1], at_stop[0] - at_start[0]
        across = -np.exp(at_start[0]) - np.exp(at_stop[1])
        left, right = at_stop[0] <= HALF, at_start[1] <= HALF
        found = np.where(left, at_stop[0] + log1mexp(rise), np.where(right, at_start[1] + log1mexp(fall), np.log1p(across)))
        found = np.where(np.isnan(found), -math.inf, found)
        short = np.where(left, rise < SHORT, np.where(right, fall < SHORT, across < SHORT - 1)) & (np.asarray(start) < stop)
        if short.any():
            found = np.asarray(found)
            begin, end = np.broadcast_arrays(np.asarray(start, float), np.asarray(stop, float))
            found[short] = (_short_sum if law.discrete else _short_integral)(law, begin[short], end[short], found[short])
        return found


def _short_integral(law: Distribution, start: Array, stop: Array, _: Array) -> Array:
    total = np.full_like(start, -math.inf)
    inside = [bend for bend in bends(law) if ((start < bend) & (bend < stop)).any()]
    edges = [start, *(np.clip(bend, start, stop) for bend in inside), stop]
    for low, high in pairwise(edges):
        log_f = law.log_prob(low[:, None] + (high - low)[:, None] * ENDED)
        top = log_f.max(axis=1)
        total = np.logaddexp(total, np.where(high > low, np.log(high - low) + top + np.log(np.exp(log_f - top[:, None]) @ ENDED_WEIGHTS), -math.inf))
    return total


def _short_sum(law: Distribution, start: Array, stop: Array, direct: Array) -> Array:
    """Add the masses where they are few."""
    first, last = np.floor(start) + 1, np.floor(stop)
    few = last - first < HEAD
    if not few.any():
        return direct
    k = first[:, None] + np.arange(max(0.0, (last - first)[few].max()) + 1)
    return np.where(few, np.logaddexp.reduce(np.where(k <= last[:, None], law.log_prob(k), -math.inf), axis=1), direct)


def bends(law: Distribution) -> list[float]:
    """Return, in order, the finite ends of the support and the settings inside it: a density may bend there."""
    low, high = law.support.low, law.support.high
    numbers = (*(value for _, value in law.leaves().values() if isinstance(value, float)), low, high)
    return sorted({each for each in numbers if math.isfinite(each) and low <= each <= high})


def piece(law: Distribution, low: float, high: float, log_mass: float, laws: Sequence[Distribution] = (), depth: float = NOTHING) -> Piece:
    """Return the part of a law between two places, either of which may be infinite.

    Args:
        law: any law.
        low, high: where the part begins and ends, both within the support.
        log_mass: of the part.
        laws: whose quantiles show where the mass lies; the law itself where left out.
        depth: a log so far below the rest may be left out of a tail; a fourth moment needs more depth than an entropy.
    """
    with np.errstate(all="ignore"):
        anchor, t, weight, log_prob = (_listed if law.discrete else _integrated)(law, low, high, log_mass, laws or (law,), depth)
        held = (weight != 0) & np.isfinite(weight)
    return Piece(anchor, t[held], weight[held] / weight[held].sum(), log_prob[held], log_mass)


# Where to look


def _edges(law: Distribution, low: float, high: float, log_mass: float, laws: Sequence[Distribution], depth: float) -> Array:
    """Return places between which the density changes little: quantiles, bends, and shells that double towards ends far away."""
    seen = log_mass > math.log(SEEN) + float(law.log_cdf(high))
    bulk = np.concatenate([_quantiles(each, low, high) for each in laws]) if seen else _decay(law, low, high, log_mass)
    bulk = np.unique(np.concatenate([bulk, [bend for each in laws for bend in bends(each)]]))
    bulk = bulk[(bulk > low) & (bulk < high)]
    if len(bulk) < 2:
        return np.array([low, *bulk, high])
    reach = bulk[-1] - bulk[0]
    left = bulk[0] - _shells(law.log_cdf, bulk[0], -1, bulk[0] - low, reach, log_mass - depth)
    right = bulk[-1] + _shells(law.log_sf, bulk[-1], 1, high - bulk[-1], reach, log_mass - depth)
    return _octaves(np.unique(np.concatenate([left, bulk, right])), law)


def _quantiles(law: Distribution, low: float, high: float) -> Array:
    below, above = float(law.cdf(low)) if low > law.support.low else 0.0, float(law.cdf(high))
    return law.quantile(below + SHARES * (above - below))


def _decay(law: Distribution, low: float, high: float, log_mass: float) -> Array:
    """Return places that double away from the end at which the density is highest, from the distance over which it would hold all the mass."""
    at_low, at_high = (float(law.log_prob(end)) if math.isfinite(end) else -math.inf for end in (low, high))
    unit = min(float(np.exp(log_mass - max(at_low, at_high))), high - low)
    steps = unit * np.append(np.linspace(0, 0.75, 4), 2.0 ** np.arange(6))
    return low + steps if at_low >= at_high else high - steps


def _shells(log_tail: Callable[[Array], Array], start: float, side: int, room: float, reach: float, least: float) -> Array:
    """Return distances from a place that double up to the room there is, or to where nothing is left."""
    if room < 0.25 * reach:
        return np.array([room])
    steps = 0.125 * reach * 2.0 ** np.arange(SHELLS)
    for lot in (steps[:LOT], steps):
        ends = lot[lot < room]
        kept = int((np.asarray(log_tail(start + side * ends)) > least).sum())
        if kept < len(ends):
            return ends[: kept + 1]
        if len(ends) < len(lot):
            return np.append(ends, room)
    return steps


def _octaves(edges: Array, law: Distribution) -> Array:
    """Cut panels that reach many times further than they begin, seen from an end of the support, where a density may be infinite, or from the middle."""
    seen, middle = [edges], edges[len(edges) // 2]
    for origin, side in ((law.support.low, 1), (law.support.high, -1), (middle, 1), (middle, -1)):
        gaps = (side * (edges - origin))[::side]
        gaps = gaps[(gaps > 0) & np.isfinite(gaps)]
        if len(gaps) > 1 and (gaps[1:] > WIDE * gaps[:-1]).any():
            steps = math.ceil(math.log(gaps[-1] / gaps[0]) / math.log(WIDE))
            seen.append(origin + side * gaps[0] * WIDE ** np.arange(1, steps))
    return np.unique(np.concatenate(seen)) if len(seen) > 1 else edges


# A density


def _integrated(law: Distribution, low: float, high: float, log_mass: float, laws: Sequence[Distribution], depth: float) -> tuple[float, Array, Array, Array]:
    """Return an anchor, places from there, weights and log densities: a Gauss rule on each panel, halved until it holds the mass that the law says lies there."""
    edges = _edges(law, low, high, log_mass, laws, depth)
    left, right, anchor = edges[:-1], edges[1:], 0.0
    at_left, at_right = zip(*((each[:-1], each[1:]) for each in tails(law, edges)), strict=True)
    kept: list[tuple[Array, Array, Array]] = []
    for cut in range(MOST_CUTS):
        half = 0.5 * (right - left)[:, None]
        way = half * (NODES + 1)
        log_f = law.log_prob(left[:, None] + way)
        weight = half * WEIGHTS * np.exp(log_f - log_mass)
        held = np.where(np.isfinite(weight), weight, 0.0).sum(axis=1)
        if cut == 0:  # near the median, whatever the reach of the tails
            anchor = float(left[min(np.searchsorted(np.cumsum(held), 0.5 * held.sum()), len(left) - 1)])
        (below, above), (below_right, above_right) = ((np.exp(each - log_mass) for each in sides) for sides in (at_left, at_right))
        lower = below_right < above
        there = np.where(lower, below_right - below, above - above_right)
        grain = 1e-14 * np.where(lower, below_right, above)
        rough = np.abs(held - there) > 1e-13 + 1e-12 * there + grain
        rough &= np.abs(right - left) > 1e-14 * np.maximum(np.abs(left), np.abs(right))
        if cut == MOST_CUTS - 1 or rough.sum() > MOST_PANELS:  # next to where a density is infinite the law knows better what is there
            weight *= np.where(rough & (held > 0), there / held, 1.0)[:, None]
            rough[:] = False
        kept.append((((left - anchor)[:, None] + way)[~rough].ravel(), weight[~rough].ravel(), log_f[~rough].ravel()))
        if not rough.any():
            break
        middle = 0.5 * (left + right)[rough]
        at_middle = tails(law, middle)
        left, right = np.concatenate([left[rough], middle]), np.concatenate([middle, right[rough]])
        at_left = tuple(np.concatenate([one[rough], two]) for one, two in zip(at_left, at_middle, strict=True))
        at_right = tuple(np.concatenate([two, one[rough]]) for one, two in zip(at_right, at_middle, strict=True))
    return anchor, *(np.concatenate(each) for each in zip(*kept, strict=True))


# Masses


def _listed(law: Distribution, low: float, high: float, log_mass: float, laws: Sequence[Distribution], depth: float) -> tuple[float, Array, Array, Array]:
    """Return an anchor, places from there, weights and log masses: whole numbers where they are few, else also a Gauss rule between."""
    first, last, edges = low, high, np.empty(0)
    if high - low > LISTED:
        edges = _edges(law, low, high, log_mass, laws, depth)
        first, last = max(low, float(np.floor(edges[0]))), min(high, float(np.ceil(edges[-1])))
    begins = {first, *(start for each in laws for start in (each.support.low, each.support.high + 1) if first < start <= last), last + 1}
    runs = [_run(a, b - 1, edges, laws) for a, b in pairwise(sorted(begins))]
    k, rule = (np.concatenate(each) for each in zip(*runs, strict=True))
    whole = k == np.floor(k)
    log_p = law.log_prob(k) if whole.all() else np.where(whole, law.log_prob(k), law.log_mass(k))
    weight = rule * np.exp(log_p - log_mass)
    anchor = float(np.round(k[np.argmax(weight)]))
    return anchor, k - anchor, weight, log_p


def _run(first: float, last: float, edges: Array, laws: Sequence[Distribution]) -> tuple[Array, Array]:
    """Return places and a rule for a sum over whole numbers, between which no part of the law begins or ends.

    Few are listed, and those of a table are. Of many, those at both ends, and between them Euler and Maclaurin: the sum is the integral from half
    a step before to half a step after, less f' / 24 at its end and more at its start.
    """
    table = any(isinstance(each, TableLattice) and each.support.low <= first <= each.support.high for each in laws)
    if last - first <= (MOST_LISTED if table else LISTED):
        return (k := np.arange(first, last + 1)), np.ones(len(k))
    ends = np.concatenate([first + np.arange(HEAD), last - np.arange(HEAD)])
    start, stop = first + HEAD - 0.5, last - HEAD + 0.5
    slopes = np.array([start - 0.5, start + 0.5, stop - 0.5, stop + 0.5])
    inner = np.concatenate([edges, start + _doubling(stop - start), stop - _doubling(stop - start)])
    inner = np.unique(np.concatenate([[start], inner[(inner > start) & (inner < stop)], [stop]]))
    half = 0.5 * np.diff(inner)[:, None]
    k = np.concatenate([ends, slopes, (inner[:-1, None] + half * (NODES + 1)).ravel()])
    return k, np.concatenate([np.ones(len(ends)), np.array([-1, 1, 1, -1]) / 24, (half * WEIGHTS).ravel()])


def _doubling(length: float) -> Array:
    steps = HEAD * 2.0 ** np.arange(SHELLS)
    return steps[steps < length]
