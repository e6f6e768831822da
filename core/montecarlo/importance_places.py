"""Where an integrand under two laws is looked at: their bulks, and far beyond."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from core.distributions.base import Distribution
from core.distributions.expectation import BULK
from core.formula import Formula
from core.montecarlo.importance_bends import bends

Array = np.ndarray
FINE = 2001


def edges(p: Distribution, q: Distribution) -> tuple[float, float, float]:
    """Return the ends of both bulks, and their distance."""
    bulk = np.concatenate([p.quantile(BULK), q.quantile(BULK)])
    return float(bulk.min()), float(bulk.max()), float(np.ptp(bulk))


def places(p: Distribution, q: Distribution) -> Array:
    """Return places where an integrand may be largest: both bulks, and far beyond."""
    low, high, reach = edges(p, q)
    far = reach * np.linspace(0, 4, 81)[1:]
    places = np.concatenate([p.quantile(BULK), q.quantile(BULK), low - far, high + far, np.linspace(low, high, 401)])
    return places[(places > p.support.low) & (places < p.support.high)]


@lru_cache(maxsize=64)
def cuts(p: Distribution, q: Distribution, f: Formula) -> Array:
    """Return where f jumps or bends in the reach of two laws, rising."""
    low, high, _ = edges(p, q)
    shares = np.linspace(0, 1, FINE)[1:-1]
    grid = np.unique(np.concatenate([places(p, q), p.quantile(shares), q.quantile(shares), np.linspace(low, high, FINE)]))
    grid = grid[(grid > p.support.low) & (grid < p.support.high)]
    found = bends(f, grid)
    return found[(found > p.support.low) & (found < p.support.high)]


def looks(p: Distribution, q: Distribution, bends: Array) -> Array:
    """Return the places with the cuts and one in every step between two, however narrow."""
    return np.concatenate([places(p, q), bends, 0.5 * (bends[:-1] + bends[1:])])
