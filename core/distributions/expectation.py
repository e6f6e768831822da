"""Integrals under two laws at once, by quadrature that follows both into their tails; for discrete laws, sums."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.polynomial import legendre

from core.distributions.base import Array, Distribution

NODES, WEIGHTS = legendre.leggauss(16)
BULK = np.concatenate([np.geomspace(1e-9, 0.05, 20), np.linspace(0.1, 0.9, 17), 1 - np.geomspace(0.05, 1e-9, 20)])
_TO_LEGENDRE = WEIGHTS[:, None] * legendre.legvander(NODES, 15) * (np.arange(16) + 0.5)  # values -> coefficients
LAST, AT_ENDS = _TO_LEGENDRE[:, 13:], _TO_LEGENDRE @ legendre.legvander(np.array([-1.0, 1.0]), 15).T
MARGIN = 1 - NODES[-1]  # between the outermost node and the end
FINE = 1e-11  # error allowed in a panel
FINEST = 4e-9  # as a share of what the panel holds
PARTS = 8  # into which a panel is cut
DEEPEST = 12  # cuts of a panel, each of a part of the one before
MOST_PANELS = 1500  # under work at a time
SHELLS = 400  # doublings of the distance from the bulk, or halvings of that to an end
FAINT = 1e-30  # of a law may be left out on the left
LOT = 16  # shells looked at together
BLOCKS = 1 << 8  # of whole numbers, in a shell beyond the bulk
LAST_WHOLE = 2.0**51  # beyond, floats have no middle between whole numbers
GRAIN = 1e-10  # nearer to an end, in units of it, floats are too coarse for a density that climbs
STILL = 0.995  # shells that shrink by less than this, a doubling, add up to infinity
Integrand = Callable[[Distribution, Distribution, Array], Array]


def expectation(p: Distribution, q: Distribution, what: Integrand, cuts: Array | tuple = ()) -> tuple[float, ...]:
    """Return the integrals (for discrete laws the sums) of several functions at once, over all that p or q holds.

    Where a law with a density has an atom, the functions' values there are added: they must then be made of masses (see `log_probs`).

    Args:
        p, q: two laws of one kind; where they bend and how far they reach decides where the functions are looked at.
        what: what(p, q, x) gives k functions at once: (m,) or (m, nodes) -> (k, *x.shape).
        cuts: where functions of laws with densities jump or bend by themselves.
    """
    with np.errstate(all="ignore"):
        whole = _summed(what, p, q) if p.discrete else _integrated(what, p, q, cuts)
        places = np.array(atoms(p, q))
        return tuple(map(float, whole + _known(what(p, q, places)).sum(axis=1) if len(places) else whole))


def _known(values: Array) -> Array:
    """Return 0 for nan: what nothing weighs counts for nothing, even where it is infinite."""
    return np.where(np.isnan(values), 0.0, values)


def atoms(p: Distribution, q: Distribution) -> list[float]:
    """Return the places where either law with a density has an atom."""
    return sorted({place for law in (p, q) for place, _ in law.atoms})


def log_probs(p: Distribution, q: Distribution, x: Array) -> tuple[Array, Array]:
    """Return log p and log q at an array x. Where one law has an atom both are masses: the density of a law without one holds nothing there."""
    logs = [p.log_prob(x), q.log_prob(x)]
    for i, law in enumerate((p, q)):
        own = [place for place, _ in law.atoms]
        if others := [place for place in atoms(p, q) if place not in own]:
            logs[i] = np.where(np.isin(x, others), -math.inf, logs[i])
    return logs[0], logs[1]


# Densities


def _integrated(what: Integrand, p: Distribution, q: Distribution, cuts: Array | tuple) -> Array:
    low, high = min(p.support.low, q.support.low), max(p.support.high, q.support.high)
    bulk = np.unique(np.concatenate([p.quantile(BULK), q.quantile(BULK), _bends(p), _bends(q), cuts]))
    first, last = (end + side * 1e3 * GRAIN * abs(end) if math.isfinite(end) else end for end, side in ((low, 1), (high, -1)))
    bulk = bulk[(bulk > first) & (bulk < last)]
    reach = bulk[-1] - bulk[0]

    ends = [end for each in (p, q) for end in (each.support.low, each.support.high)] + atoms(p, q)

    def panels(edges: Array) -> Array:
        return _panels(lambda x: np.where(np.isin(x, ends), math.nan, what(p, q, x)), edges)  # a density may be infinite at an end

    return panels(bulk).sum(axis=1) + _beyond(panels, _shells(bulk[0], low, -reach)) + _beyond(panels, _shells(bulk[-1], high, reach))


def _beyond(panels: Callable[[Array], Array], edges: Array) -> Array:
    """Return what lies in the shells beyond the bulk, taken a lot at a time until a lot's farther half holds next to nothing: (k,)."""
    lots: list[Array] = []
    for start in range(0, max(len(edges) - 1, 1), LOT):
        lots.append(panels(edges[start : start + LOT + 1]))
        if (np.abs(lots[-1][:, LOT // 2 :]) < FINE * 1e-6).all():
            break
    return np.array([_tail(row) for row in np.concatenate(lots, axis=1)])


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
    """Return the integrals (k, panels) over each panel between edges; what is rough in a panel is cut into eight, again and again."""
    left, right, owner, total = edges[:-1], edges[1:], np.arange(len(edges) - 1), 0.0
    for cut in range(DEEPEST + 1):
        whole, rough = _gauss(f, left, right)
        if cut == 0:
            total = np.zeros_like(whole)
        if cut == DEEPEST or rough.sum() > MOST_PANELS:  # more is rounding, which no cut cures
            rough[:] = False
        np.add.at(total, (slice(None), owner[~rough]), whole[:, ~rough])
        if not rough.any():
            break
        cuts = left[rough] + (right - left)[rough] * np.linspace(0, 1, PARTS + 1)[:, None]  # (parts + 1, rough panels)
        left, right, owner = cuts[:-1].ravel(), cuts[1:].ravel(), np.tile(owner[rough], PARTS)
    return total


def _gauss(f: Callable[[Array], Array], left: Array, right: Array) -> tuple[Array, Array]:
    """Return the integrals over panels, (k, panels), and which panels are rough.

    A panel is rough where its last Legendre coefficients have not died out, or where the polynomial through its nodes misses
    the values at its ends: a bend between the outermost node and the end is seen by nothing else.
    """
    half = 0.5 * np.abs(right - left)  # shells to the left run backwards
    values = f(np.column_stack([0.5 * (left + right)[:, None] + half[:, None] * NODES, np.minimum(left, right), np.maximum(left, right)]))
    inside, ends = _known(values[..., :-2]), values[..., -2:]  # (k, panels, nodes), (k, panels, 2)
    whole, last = half * (inside @ WEIGHTS), half * np.abs(inside @ LAST).max(axis=-1)
    missed = half * MARGIN * np.abs(inside @ AT_ENDS - ends).max(axis=-1)
    return whole, (np.fmax(last, missed) > FINE + FINEST * np.abs(whole)).any(axis=0)


def _tail(shells: Array) -> float:
    """Add up shells of doubling size: infinite when they do not shrink, else with the geometric rest beyond the last."""
    if np.isinf(shells).any():
        return math.inf
    large = np.flatnonzero(np.abs(shells) > FINE * 1e-5)
    if len(large) < 10:
        return float(shells.sum())
    last = large[-1] - 2  # before underflow eats into the shells
    shrink = (abs(shells[last]) / abs(shells[last - 5])) ** 0.2
    return math.inf if shrink > STILL else float(shells.sum() + shells[large[-1]] * shrink / (1 - shrink))


# Masses


def _summed(what: Integrand, p: Distribution, q: Distribution) -> Array:
    """Add over the whole numbers from the lowest of both laws on, in shells that double."""
    first, last = min(float(each.quantile(FAINT)) for each in (p, q)), max(p.support.high, q.support.high)
    bulk = max(float(each.quantile(0.999)) for each in (p, q)) - first
    shells, start, width = [], first, 256.0
    while start <= min(last, LAST_WHOLE):
        stop = min(start + width, last + 1)
        far = start - first > 4 * bulk and stop - start > 4 * BLOCKS
        values = _blocks(lambda k: what(p, q, k), start, stop) if far else what(p, q, np.arange(start, stop))
        shells.append(_known(values).sum(axis=-1))
        if start - first > bulk and (np.abs(shells[-1]) < FINE).all():
            break
        start, width = stop, stop - first
    table = np.array(shells).T  # (k, shells)
    return np.array([_tail(row) for row in table]) if math.isinf(last) else table.sum(axis=1)


def _blocks(f: Callable[[Array], Array], start: float, stop: float) -> Array:
    """Return the sums over blocks of whole numbers from start to stop, each from a parabola through three of them: a tail is smooth there."""
    edges = np.floor(np.linspace(start, stop, BLOCKS + 1))
    first, n = edges[:-1], np.diff(edges)
    u, v = np.floor((n - 1) / 2), n - 1
    here, middle, last = f(first), f(first + u), f(first + v)
    slope = (middle - here) / u
    bend = ((last - middle) / (v - u) - slope) / v  # Newton's form: here + slope j + bend j (j - u)
    js = n * (n - 1) / 2
    return n * here + slope * js + bend * (js * (2 * n - 1) / 3 - u * js)
