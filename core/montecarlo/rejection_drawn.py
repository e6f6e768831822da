"""What rejection sampling found: accepted and wasted darts, the estimate and the acceptance beside their truths."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy import special

from core.montecarlo.adaptive import Hull
from core.montecarlo.averages import Z95
from core.montecarlo.envelopes import Envelope, Tangents
from core.montecarlo.intervals import Found, share_error, wilson
from core.montecarlo.rejection_bound import Bound
from core.montecarlo.rejection_cut import Cut
from core.montecarlo.rejection_darts import Volley
from core.targets.base import Density

if TYPE_CHECKING:
    from core.montecarlo.rejection import Rejection

Array = np.ndarray
STOPS = 120  # numbers of darts at which everything is kept
BINS = 60  # of the histogram, across the window
FIRST, SHOWN = 1500, 16_000  # darts that the picture shows: all of the first, then evenly thinned
MOST_HULLS = 100
LARGEST = math.log(1e308)  # of what is written as a number; more is infinite


def size(log: float) -> float:
    """Return the number of which this is the log; infinite where a double cannot hold it."""
    return math.exp(log) if log < LARGEST else math.inf


class Tally:
    """Counts darts as they come, by the stop at which each is first seen."""

    def __init__(self, target: Density, n: int) -> None:
        self.stops = np.unique(np.geomspace(1, n, STOPS).round().astype(int))
        self.window = np.asarray(target.window, float)
        self.centre = self.window.mean(axis=1)
        k, d = len(self.stops), target.dim
        # hits, expected, its variance, Σw, Σw² (w: area over the first), and of each coordinate Σ and Σ² of x - c and of x² - c²
        self.sums = np.zeros((k, 5 + 4 * d))
        self.counts = np.zeros((k, 2, BINS))  # wasted, accepted
        self.stride = max(1, -(-(n - FIRST) // (SHOWN - FIRST)))
        self.done, self.looked, self.shown, self.accepted, self.hulls = 0, 0, [], [], []
        self.unit: float | None = None  # log of the first area: in units of it no weight is too large to be squared

    def add(self, volley: Volley, kept: float) -> None:
        """Count a volley; `kept` is the log of the mass below its envelope."""
        n, a = len(volley.height), volley.accepted
        number = np.arange(self.done + 1, self.done + n + 1)
        stop = np.searchsorted(self.stops, number)
        self.unit = volley.log_area if self.unit is None else self.unit
        reached = kept > -math.inf and volley.log_area > -math.inf
        chance, weight = (math.exp(min(kept - volley.log_area, 0.0)), math.exp(volley.log_area - self.unit)) if reached else (0.0, 0.0)
        off = np.stack([volley.x - self.centre, volley.x**2 - self.centre**2], axis=-1)  # (n, d, 2)
        own = np.where(a[:, None], np.stack([off, off**2], axis=-1).reshape(n, -1), 0.0)
        columns = [a, np.full(n, chance), np.full(n, chance * (1 - chance)), a * weight, a * weight**2, *own.T]
        for i, column in enumerate(columns):
            self.sums[:, i] += np.bincount(stop, weights=column, minlength=len(self.stops))
        low, high = self.window[0]
        cell = np.floor((volley.x[:, 0] - low) / (high - low) * BINS)
        inside = (cell >= 0) & (cell < BINS)
        flat = (stop * 2 + a)[inside] * BINS + cell[inside].astype(int)
        self.counts += np.bincount(flat, minlength=self.counts.size).reshape(self.counts.shape)
        shown = np.flatnonzero((number <= FIRST) | (number % self.stride == 0))
        axes = {"x": volley.x[shown, 0]} | ({"y": volley.x[shown, 1]} if volley.x.shape[1] == 2 else {})
        self.shown.append(pd.DataFrame({"dart": number[shown], **axes, "height": volley.height[shown], "accepted": a[shown]}))
        self.accepted.append(volley.x[a])
        if volley.hull is not None and (not self.hulls or self.hulls[-1][1] is not volley.hull) and len(self.hulls) < MOST_HULLS:
            self.hulls.append((self.done + 1, volley.hull))
        self.done += n
        self.looked += int(np.count_nonzero(volley.looked))


@dataclass(frozen=True)
class Drawn:
    """The darts of a run: at `stops` (k,) the sums so far (k, 5 + 4 d) and the histogram so far (k, 2, bins): wasted and accepted.

    `envelope`: as it was placed. `looks`: at the target while throwing; `ahead`: before the first dart, for a squeeze or a hull. `accepted`: (m, d).
    `shown`: darts for the picture. `hulls`: the first dart under each hull, with it. `bent`: where the target is not log-concave, when that matters.
    """

    spec: Rejection
    envelope: Envelope
    bound: Bound
    log_m: float
    cut: Cut
    stops: Array
    sums: Array
    counts: Array
    looks: int
    ahead: int
    accepted: Array
    shown: pd.DataFrame
    hulls: tuple[tuple[int, Hull], ...] = ()
    bent: str = ""

    @property
    def hits(self) -> Array:
        """Return how many darts are accepted at each stop."""
        return self.sums[:, 0]

    @property
    def _power(self) -> int:
        return 2 if self.spec.what == "square" else 1

    def errors(self) -> tuple[Array, Array, Array, Array]:
        """Return estimate, standard error and ends of the 95 % interval at every stop."""
        return self._masses() if self.spec.what == "mass" else self._means(0, self._power)

    def _means(self, axis: int, power: int = 1) -> tuple[Array, Array, Array, Array]:
        """Return the same of the mean of a coordinate, or of its square: Student's interval of independent draws.

        With fewer than two of them the error is infinite.
        """
        k, place = self.hits, 5 + 4 * axis + 2 * (power - 1)
        centre = float(np.asarray(self.spec.target.window, float)[axis].mean()) ** power
        with np.errstate(all="ignore"):
            mean = self.sums[:, place] / k
            variance = np.maximum(self.sums[:, place + 1] / k - mean**2, 0) * k / (k - 1)
            error = np.where((k > 1) & (variance > 0), np.sqrt(variance / k), math.inf)
            reach = np.where(k > 1, special.stdtrit(np.maximum(k - 1, 1), 0.975), 1.0) * error
            value = np.where(k > 0, centre + mean, math.nan)
            told = np.where(k > 0, value, centre)
            return value, error, told - reach, told + reach

    def _masses(self) -> tuple[Array, Array, Array, Array]:
        """Return the same of the mass Z: M times the share accepted, with Wilson's interval; under tangents the mean of areas accepted."""
        n, k = self.stops.astype(float), self.hits
        share, (low, high), scale = share_error(k, n), wilson(k, n), size(self.log_m)
        if scale in (0.0, math.inf) and not self.hulls:  # beside the target, or beyond a double: nothing is known
            nothing = np.full(len(n), math.inf)
            return np.full(len(n), math.nan), nothing, 0 * n, nothing
        if not isinstance(self.envelope, Tangents):
            return scale * k / n, scale * share, scale * low, scale * high
        with np.errstate(all="ignore"):
            return self._areas(n, k, share, high)

    def _areas(self, n: Array, k: Array, share: Array, high: Array) -> tuple[Array, Array, Array, Array]:
        """Return the same under tangents, from weights that are areas over the first."""
        unit, scale = size(self.hulls[0][1].log_area()), size(self.log_m)
        value = self.sums[:, 3] / n
        spread = np.sqrt(np.maximum(self.sums[:, 4] / n - value**2, 0) / np.maximum(n - 1, 1))
        areas = np.where(k > 0, unit * self.sums[:, 3] / np.maximum(k, 1), scale)
        value, spread = unit * value, unit * spread
        error = np.where((k > 0) & (k < n), spread, areas * share)
        return value, error, np.where(k > 0, np.maximum(value - Z95 * error, 0), 0), np.where(k > 0, value + Z95 * error, areas * high)

    @property
    def truth(self) -> float:
        """Return the exact value of what is estimated."""
        return size(self.cut.log_mass) if self.spec.what == "mass" else float(self.cut.truth[0, self._power - 1])

    def found(self) -> Found:
        """Return the estimate of all darts."""
        return Found(*(float(each[-1]) for each in self.errors()), self.truth)

    def tends_to(self) -> float:
        """Return what the estimate tends to: the truth, unless the envelope is pierced."""
        return size(self.cut.kept) if self.spec.what == "mass" else float(self.cut.mean[0, self._power - 1])

    def acceptance(self) -> Found:
        """Return the share accepted beside its theory: Z / M, or what is left of it under a pierced envelope; under tangents the mean over all hulls."""
        n, k = float(self.stops[-1]), float(self.hits[-1])
        low, high = wilson(k, n)
        return Found(k / n, float(share_error(k, n)), float(low), float(high), float(self.sums[-1, 1] / n))

    def trace(self) -> tuple[Array, Array]:
        """Return numbers of darts and the estimates at them."""
        return self.stops, self.errors()[0]

    # What a contract asks for by these names

    @property
    def estimate(self) -> float:
        """Return the estimate."""
        return self.found().value

    @property
    def standard_error(self) -> float:
        """Return its standard error."""
        return self.found().standard_error

    @property
    def interval(self) -> tuple[float, float]:
        """Return its 95 % interval."""
        return self.found().low, self.found().high

    def numbers(self) -> dict[str, float]:
        """Return the page's numbers."""
        n, k, share = float(self.stops[-1]), float(self.hits[-1]), self.acceptance()
        spread = math.sqrt(float(self.sums[-1, 2]))
        told = {"darts": n, "accepted": k} | self.found().numbers()
        told |= {
            "acceptance": share.value,
            "theory of the acceptance": share.truth,
            "its 95 % interval, low": share.low,
            "its 95 % interval, high": share.high,
            "z of the acceptance": (k - n * share.truth) / spread if spread > 0 else math.nan,
            "M" if not self.hulls else "area under the last hull": size(self.log_m),
            "mass of the target, Z": size(self.cut.log_mass),
            "looks at the target": float(self.looks + self.ahead),
            "looks saved by the squeeze": n - self.looks - (0 if self.hulls else self.ahead),  # a hull's first looks are not the squeeze's
        }
        if self.envelope.plane and self.spec.target.dim == 2:
            value, error, _, _ = (float(each[-1]) for each in self._means(1))
            told |= {"mean of y": value, "its standard error": error, "its truth": float(self.cut.truth[1, 0])}
        if self.cut.pierced:
            told |= {"share of the mass cut off": self.cut.mass, "what the estimate tends to": self.tends_to(), "bias": self.tends_to() - self.truth}
        return told

    def rows(self) -> pd.DataFrame:
        """Return the accepted draws, in the order in which they came."""
        return pd.DataFrame(self.accepted, columns=["x", "y"][: self.accepted.shape[1]])
