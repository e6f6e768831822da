"""Darts under an envelope: under one that stays, with or without a squeeze, and under tangents that learn."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from core.montecarlo.adaptive import Hull, begun, slopes
from core.montecarlo.envelopes import Envelope, Tangents
from core.montecarlo.rejection_bound import Log
from core.targets.base import Density

Array = np.ndarray
Source = Callable[..., np.random.Generator]  # names -> a generator of their own
BLOCK = 1 << 16  # darts at a time
FIRST = 32  # darts thrown before the hull may have changed


@dataclass(frozen=True)
class Volley:
    """Some darts: places x (n, d), logs of their heights (n,), whether the target is at least as high (n,), and whether it was looked at (n,).

    `log_area`: log of the area under the envelope, from which each was drawn evenly. `hull`: the tangents' hull, if there is one.
    """

    x: Array
    height: Array
    accepted: Array
    looked: Array
    log_area: float
    hull: Hull | None = None


def fixed(source: Source, target: Density, envelope: Envelope, log_m: float, n: int, squeeze: Log | None) -> Iterator[Volley]:
    """Throw n darts evenly under M g: x from g, height u M g(x); a dart is accepted when its height is at most f(x).

    What the squeeze decides is not looked at; as it lies below the target for sure, the darts are the same with and without it.
    """
    places, heights = source("places"), source("heights")
    for start in range(0, n, BLOCK):
        k = min(BLOCK, n - start)
        x = envelope.sample(places, k, target.dim)
        with np.errstate(all="ignore"):
            height = np.log1p(-heights.random(k)) + log_m + envelope.log_prob(x)
            sure = height <= squeeze(x) if squeeze else np.zeros(k, bool)
        accepted = sure.copy()
        f = np.asarray(target.log_prob(x[~sure]))
        accepted[~sure] = (height[~sure] <= f) & (f > -math.inf)  # an envelope that lies beside the target has a height of 0 too
        yield Volley(x, height, accepted, ~sure, log_m)


def learning(source: Source, target: Density, envelope: Tangents, n: int, squeeze: bool) -> Iterator[Volley]:
    """Throw n darts under a hull of tangents, which gets one more wherever the target had to be looked at, until it has as many as it may.

    The darts thrown under one hull end with the first that had to look: the next come from the new hull.
    """
    hull, _ = begun(target, envelope.start)
    rng, done, size = source("places"), 0, FIRST
    while done < n:
        k = min(size, n - done)
        x = hull.sample(rng, k)
        height = np.log1p(-rng.random(k)) + hull.upper(x)
        sure = height <= hull.lower(x) if squeeze else np.zeros(k, bool)
        grows = len(hull.x) < envelope.most
        last = k if sure.all() or not grows else int(np.argmin(sure)) + 1
        x, height, sure = x[:last], height[:last], sure[:last]
        accepted = sure.copy()
        f = np.asarray(target.log_prob(x[~sure][:, None]))
        accepted[~sure] = height[~sure] <= f
        yield Volley(x[:, None], height, accepted, ~sure, hull.log_area(), hull)
        done += last
        if grows and not sure[-1]:
            hull = _grown(hull, target, float(x[-1]), float(f[-1]))
        size = FIRST if grows and not sure[-1] else min(4 * size, BLOCK)


def _grown(hull: Hull, target: Density, x: float, f: float) -> Hull:
    """Add the tangent at a place that was looked at; none where the density is 0 or a tangent stands already."""
    slope = float(slopes(target, np.array([x]))[0])
    if not (math.isfinite(f) and math.isfinite(slope)) or np.any(hull.x == x):
        return hull
    return hull.added(x, f, slope)
