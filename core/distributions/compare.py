"""How far apart are two laws? Five distances, by quadrature that follows both laws into their tails."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.polynomial import legendre

from core.distributions.base import Array, Distribution
from core.distributions.special import log1pmx

NODES, WEIGHTS = legendre.leggauss(16)
BULK = np.concatenate([np.geomspace(1e-9, 0.05, 20), np.linspace(0.1, 0.9, 17), 1 - np.geomspace(0.05, 1e-9, 20)])
FINE = 1e-13  # error allowed in a panel
DEEPEST = 45  # halvings of a panel
MOST_PANELS = 4096  # under work at a time
SHELLS = 400  # doublings of the distance from the bulk, or halvings of that to an end
BLOCKS = 1 << 13  # of whole numbers, in a shell beyond the bulk
LAST_WHOLE = 2.0**51  # beyond, floats have no middle between whole numbers
GRAIN = 1e-10  # nearer to an end, in units of it, floats are too coarse for a density that climbs
STILL = 0.995  # shells that shrink by less than this, a doubling, add up to infinity
NOTE = "both laws must be discrete, or both have a density, got one of each: try two of one kind"


@dataclass(frozen=True)
class Divergences:
    """Distances between two laws p and q, in nats where they are information.

    `kl_pq` = E_p log(p / q) and `kl_qp` (Kullback and Leibler; inf where the other law leaves out what this one holds),
    `js` (Jensen and Shannon, 0 to log 2), `tv` (total variation, 0 to 1: the most by which a probability differs), `w1`
    (Wasserstein, in the unit of x: the least average distance over which mass is moved).
    https://en.wikipedia.org/wiki/Statistical_distance
    """

    kl_pq: float
    kl_qp: float
    js: float
    tv: float
    w1: float
    note: str = ""


def divergences(p: Distribution, q: Distribution) -> Divergences:
    """Return all five distances to about 1e-8; nan and a sentence for a discrete law beside one with a density.

    Four digits where a density climbs to infinity at an end that is not 0: floats are too coarse next to it.
    """
    if p.discrete != q.discrete:
        return Divergences(*(math.nan,) * 5, NOTE)
    add = _summed if p.discrete else _integrated
    with np.errstate(all="ignore"):
        return Divergences(kl(p, q), kl(q, p), add(_shannon, p, q), add(_variation, p, q), add(_transport, p, q))


def kl(p: Distribution, q: Distribution) -> float:
    """Return the Kullback-Leibler divergence E_p log(p / q); inf where q leaves out what p holds.

    https://en.wikipedia.org/wiki/Kullback%E2%80%93Leibler_divergence
    """
    if p.support.low < q.support.low or p.support.high > q.support.high:
        return math.inf
    return max((_summed if p.discrete else _integrated)(_information, p, q), 0.0)


def total_variation(p: Distribution, q: Distribution) -> float:
    """Return the most by which the two laws differ on the probability of anything: half the integral of |p - q|."""
    if p.discrete != q.discrete:
        return math.nan
    return (_summed if p.discrete else _integrated)(_variation, p, q)


# What is integrated


def _information(p: Distribution, q: Distribution, x: Array) -> Array:
    """Return p log(p / q) - p + q, which has the same integral over the line, and is nowhere below 0."""
    log_p, log_q = p.log_prob(x), q.log_prob(x)
    t, p_x = log_q - log_p, np.exp(log_p)
    near = -p_x * log1pmx(np.expm1(np.clip(t, -0.3, 0.3)))
    return np.where(p_x > 0, np.where(np.abs(t) < 0.3, near, np.exp(log_q) - p_x - p_x * t), np.exp(log_q))


def _shannon(p: Distribution, q: Distribution, x: Array) -> Array:
    log_p, log_q = p.log_prob(x), q.log_prob(x)
    middle = np.logaddexp(log_p, log_q) - math.log(2)
    return 0.5 * sum(np.where(each > -math.inf, np.exp(each) * (each - middle), 0.0) for each in (log_p, log_q))


def _variation(p: Distribution, q: Distribution, x: Array) -> Array:
    return 0.5 * np.abs(p.prob(x) - q.prob(x))


def _transport(p: Distribution, q: Distribution, x: Array) -> Array:
    below, above = p.cdf(x) - q.cdf(x), q.sf(x) - p.sf(x)
    return np.abs(np.where(p.cdf(x) < 0.5, below, above))  # from the side on which the digits are


Integrand = Callable[[Distribution, Distribution, Array], Array]


# Densities


def _integrated(what: Integrand, p: Distribution, q: Distribution) -> float:
    low, high = min(p.support.low, q.support.low), max(p.support.high, q.support.high)
    bulk = np.unique(np.concatenate([p.quantile(BULK), q.quantile(BULK), _bends(p), _bends(q)]))
    first, last = (end + side * 1e3 * GRAIN * abs(end) if math.isfinite(end) else end for end, side in ((low, 1), (high, -1)))
    bulk = bulk[(bulk > first) & (bulk < last)]
    reach = bulk[-1] - bulk[0]

    def panels(edges: Array) -> Array:
        return _panels(lambda x: what(p, q, x), edges)

    return float(panels(bulk).sum()) + _tail(panels(_shells(bulk[0], low, -reach))) + _tail(panels(_shells(bulk[-1], high, reach)))


def _bends(dist: Distribution) -> Array:
    """Return the finite ends of the support and the settings inside it: a density may bend there."""
    numbers = [value for _, value in dist.leaves().values() if isinstance(value, float)]
    return np.array([each for each in (*numbers, dist.support.low, dist.support.high) if math.isfinite(each) and dist.support.low <= each <= dist.support.high])


def _shells(start: float, end: float, reach: float) -> Array:
    """Return edges from the bulk to an end of the line, each twice as far out, or to an end of the support, each half as near."""
    powers = 2.0 ** np.arange(SHELLS)
    edges = start + reach * np.append(0.0, powers) if math.isinf(end) else end + (start - end) / powers
    return edges[np.abs(edges - end) > GRAIN * abs(end)] if math.isfinite(end) else edges


def _panels(f: Callable[[Array], Array], edges: Array) -> Array:
    """Return the integral over each panel between edges, halved until two halves agree with the whole."""
    left, right, owner, total = edges[:-1], edges[1:], np.arange(len(edges) - 1), np.zeros(len(edges) - 1)
    whole = _gauss(f, left, right)
    for _ in range(DEEPEST):
        middle = 0.5 * (left + right)
        first, second = _gauss(f, left, middle), _gauss(f, middle, right)
        rough = np.abs(first + second - whole) > FINE + 1e-11 * np.abs(first + second)
        np.add.at(total, owner[~rough], (first + second)[~rough])
        if not rough.any() or rough.sum() > MOST_PANELS:  # the latter is rounding, which no halving cures
            np.add.at(total, owner[rough], (first + second)[rough])
            return total
        left, right = np.concatenate([left[rough], middle[rough]]), np.concatenate([middle[rough], right[rough]])
        owner, whole = np.tile(owner[rough], 2), np.concatenate([first[rough], second[rough]])
    np.add.at(total, owner, whole)
    return total


def _gauss(f: Callable[[Array], Array], left: Array, right: Array) -> Array:
    half = 0.5 * np.abs(right - left)[:, None]  # shells to the left run backwards
    values = f(0.5 * (left + right)[:, None] + half * NODES)
    return (half * WEIGHTS * np.where(np.isnan(values), 0.0, values)).sum(axis=1)


def _tail(shells: Array) -> float:
    """Add up shells of doubling size: infinite when they do not shrink, else with the geometric rest beyond the last."""
    if np.isinf(shells).any():
        return math.inf
    large = np.flatnonzero(np.abs(shells) > FINE * 1e-3)
    if len(large) < 10:
        return float(shells.sum())
    last = large[-1] - 2  # before underflow eats into the shells
    shrink = (abs(shells[last]) / abs(shells[last - 5])) ** 0.2
    return math.inf if shrink > STILL else float(shells.sum() + shells[large[-1]] * shrink / (1 - shrink))


# Masses


def _summed(what: Integrand, p: Distribution, q: Distribution) -> float:
    """Add over the whole numbers from the lowest of both laws on, in shells that double."""
    first, last = min(p.support.low, q.support.low), max(p.support.high, q.support.high)
    bulk = max(float(each.quantile(0.999)) for each in (p, q)) - first
    shells, start, width = [], first, 256.0
    while start <= min(last, LAST_WHOLE):
        stop = min(start + width, last + 1)
        values = _blocks(lambda k: what(p, q, k), start, stop) if start - first > 4 * bulk else what(p, q, np.arange(start, stop))
        shells.append(float(np.where(np.isnan(values), 0.0, values).sum()))
        if start - first > bulk and abs(shells[-1]) < FINE:
            break
        start, width = stop, stop - first
    return _tail(np.array(shells)) if math.isinf(last) else float(np.sum(shells))


def _blocks(f: Callable[[Array], Array], start: float, stop: float) -> Array:
    """Return the sums over blocks of whole numbers from start to stop, each from its middle: a tail is smooth there."""
    edges = np.unique(np.floor(np.linspace(start, stop, BLOCKS + 1)))
    middle = 0.5 * (edges[:-1] + edges[1:] - 1)
    return np.diff(edges) * 0.5 * (f(np.floor(middle)) + f(np.ceil(middle)))
