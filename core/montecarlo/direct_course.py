"""How an estimate settles as draws come in: its value, error and interval at stops on the way to n."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import special

from core.distributions.base import Distribution
from core.montecarlo.averages import Z95
from core.montecarlo.intervals import Found, share_error, student, wilson

Array = np.ndarray
STOPS = 160
ROUNDING = 1e-14  # of itself
KOLMOGOROV = 1.3581  # 95 % of the largest gaps between the CDF and that of n draws lie below this over √n


@dataclass(frozen=True)
class Course:
    """Value, standard error and 95 % interval at `stops`, all (k,), beside the truth."""

    stops: Array
    value: Array
    error: Array
    low: Array
    high: Array
    truth: float

    def found(self) -> Found:
        """Return the last estimate."""
        return Found(float(self.value[-1]), float(self.error[-1]), float(self.low[-1]), float(self.high[-1]), self.truth)


def stops_to(n: int) -> Array:
    """Return numbers of draws from 1 to n, evenly spaced on a log scale."""
    return np.unique(np.geomspace(1, max(n, 1), STOPS).round().astype(int))


def of_mean(x: Array, stops: Array, truth: float, weights: Array | None = None, sd: float = math.inf) -> Course:
    """Return the course of a mean: Σ w x / Σ w, standard error √(Σ w² (x - mean)²) / Σ w, with a factor for few draws.

    Without weights that is s / √n; the interval takes Student's quantile. Before two draws count, nothing is known of the error: it is infinite.
    Draws that are all alike say nothing of it either. Then it is sd / √n, with `sd` the law's own: another value has a chance q of at most
    z² / (n + z²), says Wilson's interval, and so the mean is off by at most sd √(q / (1 - q)) = z sd / √n, by Cauchy and Schwarz.
    """
    shift = float(np.median(x)) if len(x) else 0.0  # sums of squares around a far zero lose digits
    total, mean, squares, heavy = _sums(x - shift, stops, weights)
    with np.errstate(divide="ignore", invalid="ignore"):
        counted = total**2 / heavy
        error = np.sqrt(np.maximum(squares, 0.0)) / total * np.sqrt(np.where(counted > 1 + 1e-9, counted / (counted - 1), math.inf))
        error = np.where(_alike(x, stops, weights), (sd if math.isfinite(sd) else math.inf) / np.sqrt(counted), error)
        error = np.where(counted > 1 + 1e-9, error, math.inf)
        half = error * np.vectorize(student, otypes=[float])(counted - 1)
    mean = np.where(total > 0, mean + shift, math.nan)
    low, high = (np.where(np.isfinite(half), mean + side * half, side * math.inf) for side in (-1, 1))
    return Course(stops, mean, error, low, high, truth)


def _alike(x: Array, stops: Array, weights: Array | None) -> Array:
    """Return at every stop whether all draws with weight are one value, but for rounding."""
    counts = np.ones(len(x), bool) if weights is None else weights > 0
    least, most = np.minimum.accumulate(np.where(counts, x, math.inf)), np.maximum.accumulate(np.where(counts, x, -math.inf))
    with np.errstate(invalid="ignore", over="ignore"):
        return (most - least <= ROUNDING * np.maximum(np.abs(least), np.abs(most)))[stops - 1]


def of_share(hit: Array, stops: Array, truth: float, weights: Array | None = None) -> Course:
    """Return the course of a share; the interval is Wilson's of as many draws as would give this error.

    Plain draws count one each. Weighted ones count p (1 - p) / error² together, or (Σ w)² / Σ w² where all agree; so no hit never means no error.
    """
    total, share, squares, heavy = _sums(np.asarray(hit, float), stops, weights)
    with np.errstate(divide="ignore", invalid="ignore"):
        alike = (share <= 0) | (share >= 1) | (squares <= 0)
        counted = np.where(alike, total**2 / heavy, share * (1 - share) * total**2 / squares)
    empty = ~(total > 0)
    share, counted = np.where(empty, 0.5, share), np.where(empty, 1.0, counted)
    low, high = wilson(share * counted, counted)
    error = share_error(share * counted, counted)
    value, error = np.where(empty, math.nan, share), np.where(empty, math.inf, error)
    return Course(stops, value, error, np.where(empty, 0.0, low), np.where(empty, 1.0, high), truth)


def of_median(x: Array, stops: Array, truth: float) -> Course:
    """Return the course of a median. Its interval runs between two of the sorted draws, whose ranks the binomial law of n and 1/2 gives.

    https://en.wikipedia.org/wiki/Order_statistic
    """
    rows = []
    for n in stops:
        ordered = np.sort(x[:n])
        rank = int(special.bdtrik(0.025, n, 0.5)) if n > 5 else -1  # P(B <= rank) <= 0.025 < P(B <= rank + 1)
        rank -= rank >= 0 and special.bdtr(rank, n, 0.5) > 0.025
        ends = (ordered[rank], ordered[n - 1 - rank]) if rank >= 0 else (-math.inf, math.inf)
        rows.append((float(np.median(ordered)), *ends))
    value, low, high = np.array(rows, float).T
    return Course(stops, value, (high - low) / (2 * Z95), low, high, truth)


def gap(x: Array, law: Distribution) -> float:
    """Return the largest distance between the share of draws below a value and the CDF there (Kolmogorov and Smirnov)."""
    values, counts = np.unique(x, return_counts=True)
    upto = np.cumsum(counts) / len(x)
    before = np.concatenate([[0.0], upto[:-1]])
    return float(max(np.max(np.abs(upto - law.cdf(values))), np.max(np.abs(before - law.cdf_before(values)))))


def _sums(x: Array, stops: Array, weights: Array | None) -> tuple[Array, Array, Array, Array]:
    """Return at every stop: Σ w, the mean, Σ w² (x - mean)², Σ w²."""
    w = np.ones(len(x)) if weights is None else weights
    with np.errstate(all="ignore"):  # a draw of a law without moments may be too large to be squared
        total, first = np.cumsum(w)[stops - 1], np.cumsum(w * x)[stops - 1]
        heavy, w2x, w2xx = (np.cumsum(each)[stops - 1] for each in (w * w, w * w * x, w * w * x * x))
        mean = first / total
        return total, mean, w2xx - 2 * mean * w2x + mean**2 * heavy, heavy
