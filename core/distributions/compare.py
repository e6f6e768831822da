"""How far apart are two laws? Five distances, by quadrature that follows both laws into their tails."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from core.distributions.base import Array, Distribution
from core.distributions.expectation import atoms, expectation, log_probs
from core.distributions.special import log1pmx

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
    there, back, js, tv, w1 = expectation(p, q, _five)
    return Divergences(_information_or_infinity(p, q, there), _information_or_infinity(q, p, back), js, tv, w1)


def kl(p: Distribution, q: Distribution) -> float:
    """Return the Kullback-Leibler divergence E_p log(p / q); inf where q leaves out what p holds.

    https://en.wikipedia.org/wiki/Kullback%E2%80%93Leibler_divergence
    """
    if leaves_out(q, p):
        return math.inf
    return _information_or_infinity(p, q, expectation(p, q, lambda p, q, x: _information(*log_probs(p, q, x))[None])[0])


def total_variation(p: Distribution, q: Distribution) -> float:
    """Return the most by which the two laws differ on the probability of anything: half the integral of |p - q|."""
    if p.discrete != q.discrete:
        return math.nan
    return expectation(p, q, lambda p, q, x: _variation(*log_probs(p, q, x))[None])[0]


def leaves_out(q: Distribution, p: Distribution) -> bool:
    """Return True when q has no mass where p has some."""
    places = [{place for place, _ in law.atoms} for law in (p, q)]
    return p.support.low < q.support.low or p.support.high > q.support.high or not places[0] <= places[1]


# What is integrated


def _five(p: Distribution, q: Distribution, x: Array) -> Array:
    """Return the integrands of all five distances, from one look at both laws."""
    log_p, log_q = log_probs(p, q, x)
    gap = np.where(np.isin(x, atoms(p, q)), 0.0, np.abs(cdf_gap(p, q, x)))  # an atom has mass and no width
    there, back = (_information(a, b) for a, b in ((log_p, log_q), (log_q, log_p)))
    known = [np.zeros_like(gap) if infinite else each for each, infinite in ((there, leaves_out(q, p)), (back, leaves_out(p, q)))]
    return np.stack([*known, _shannon(log_p, log_q), _variation(log_p, log_q), gap])


def _information(log_p: Array, log_q: Array) -> Array:
    """Return p log(p / q) - p + q, which has the same integral over the line, and is nowhere below 0."""
    t, p_x = log_q - log_p, np.exp(log_p)
    near = -p_x * log1pmx(np.expm1(np.clip(t, -0.3, 0.3)))
    return np.where(p_x > 0, np.where(np.abs(t) < 0.3, near, np.exp(log_q) - p_x - p_x * t), np.exp(log_q))


def _information_or_infinity(p: Distribution, q: Distribution, integral: float) -> float:
    return math.inf if leaves_out(q, p) else max(integral, 0.0)


def _shannon(log_p: Array, log_q: Array) -> Array:
    middle = np.logaddexp(log_p, log_q) - math.log(2)
    return 0.5 * sum(np.where(each > -math.inf, np.exp(each) * (each - middle), 0.0) for each in (log_p, log_q))


def _variation(log_p: Array, log_q: Array) -> Array:
    return 0.5 * np.abs(np.exp(log_p) - np.exp(log_q))


def cdf_gap(p: Distribution, q: Distribution, x: Array) -> Array:
    """Return F_p(x) - F_q(x) for an array x, from the side on which the digits are."""
    gap = np.asarray(p.cdf(x))
    left = gap < 0.5
    gap[left] -= q.cdf(x[left])
    gap[~left] = q.sf(x[~left]) - p.sf(x[~left])
    return gap
