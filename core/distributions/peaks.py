"""Laws with a sharp peak: their likelihood has a summit wherever the peak meets a data point."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from core.distributions import GeneralizedNormal, Triangular
from core.distributions.base import Array, Distribution
from core.distributions.closed import Sample
from core.distributions.likelihood import Hill, climb
from core.distributions.symmetry import settings

OFF = -3.0  # the log distance from the data at which an end starts
PEAKS, NEARBY = 12, 60  # data points tried as a peak at a time, and on each side of the present one


def peaked(
    dist: Distribution, top: float, data: Sample, heights: Callable[[Any, Sample], Array], path: str, rest: Callable[[float], Hill]
) -> tuple[Distribution, float]:
    """Improve a fit: the likeliest data points are tried as the peak, and `rest`, the hill over the other parameters, is climbed.

    Returns the better law and its log-likelihood; it ends when no new peak is better.
    """
    ranks = np.concatenate([np.linspace(0, len(data.x) - 1, PEAKS), near := np.geomspace(1, len(data.x), PEAKS) - 1, len(data.x) - 1 - near])
    tried: set[float] = set()
    while True:
        here = int(np.searchsorted(data.x, settings(dist)[path]))
        ranks = np.concatenate([ranks, np.argsort(heights(dist, data))[-PEAKS:], np.arange(here - PEAKS // 2, here + PEAKS // 2)])
        peaks = [peak for peak in np.unique(data.x[np.clip(ranks, 0, len(data.x) - 1).astype(int)]).tolist() if peak not in tried]
        tried |= set(peaks)
        reached, start = (dist, top), settings(dist)
        for peak in peaks:
            # an end that lies on the data has no slope to leave it by
            u, height = climb(hill := rest(peak), np.maximum(rest(peak).coordinates(start), OFF))
            reached = (type(dist)(**hill.values(u)), height) if height > reached[1] else reached
        if reached[0] is dist:
            return reached
        dist, top = reached


def _triangle_heights(dist: Triangular, data: Sample) -> Array:
    """Return the log-likelihood of a triangular law with its peak at each value, less a constant, from running sums."""
    rise, fall, count = np.log(data.x - dist.low), np.log(dist.high - data.x), np.cumsum(data.counts)
    left, right = np.cumsum(data.counts * rise), np.cumsum((data.counts * fall)[::-1])[::-1]
    return np.nan_to_num(left - count * rise + right - (data.n - count + data.counts) * fall, nan=-math.inf)


def _power_heights(dist: GeneralizedNormal, data: Sample) -> Array:
    """Return the log-likelihood of a generalised normal law with its centre at each value nearby, less a constant."""
    here, found = int(np.searchsorted(data.x, dist.mu)), np.full(len(data.x), -math.inf)
    near = slice(max(0, here - NEARBY), here + NEARBY)
    found[near] = [-float(data.counts @ np.abs((data.x - center) / dist.scale) ** dist.power) for center in data.x[near]]
    return found


PEAKED = {Triangular: ("peak", _triangle_heights), GeneralizedNormal: ("mu", _power_heights)}  # families with a sharp peak, and where
