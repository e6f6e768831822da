"""What weighted draws say: two estimates with their errors, the effective number of draws, all from the logs of the weights."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import special

from core.montecarlo.averages import Z95
from core.montecarlo.intervals import wilson

Array = np.ndarray
DIGITS = 1e-9  # of a value: no standard error is smaller, since the truth beside it has no more digits


def top_of(log_weights: Array) -> float:
    """Return the largest log weight, or 0 where no draw has any weight: what the others are measured by."""
    top = float(np.max(log_weights, initial=-math.inf))
    return top if math.isfinite(top) else 0.0


def shares(log_weights: Array) -> Array:
    """Return the weights divided by their sum (n,); nan where no draw has any weight."""
    weights = np.exp(log_weights - top_of(log_weights))
    total = weights.sum()
    return weights / total if total > 0 else np.full(len(weights), math.nan)


def ess(log_weights: Array) -> float:
    """Return the effective number of draws, (Σw)² / Σw²: so many draws of equal weight vary as much. 0 where none has weight.

    Kong (1992); Liu (2001), section 2.5.3, https://doi.org/10.1007/978-0-387-76371-2
    """
    weights = np.exp(log_weights - top_of(log_weights))
    squares = float(np.sum(weights**2))
    return float(np.sum(weights)) ** 2 / squares if squares > 0 else 0.0


@dataclass(frozen=True)
class Average:
    """An average of f at one number of draws or at several: its value, its standard error, and the ends of the 95 % interval."""

    value: Array
    error: Array
    low: Array
    high: Array

    def last(self) -> tuple[float, float, float, float]:
        """Return the four numbers at the last stop."""
        return tuple(float(np.asarray(each)[-1]) for each in (self.value, self.error, self.low, self.high))


@dataclass(frozen=True)
class Running:
    """Both estimates, the effective number of draws and the share of the heaviest, at each of `stops` (k,)."""

    stops: Array
    plain: Average
    normalised: Average
    ess: Array
    largest: Array


def running(log_weights: Array, values: Array, stops: Array, ends: tuple[float, float]) -> Running:
    """Return both estimates of the mean of f, and what the weights are worth, at several numbers of draws.

    plain            mean(w f),         standard error sd(w f) / √n; the target must be normalised
    self-normalised  m = Σw f / Σw,     standard error √Σw² (f - m)² / Σw, by the delta method

    Where all draws agree the spread says nothing (no draw hit, say). The error then is what a share of 0 out of as many effective
    draws may hide, times the range of f. Intervals have Student's quantile for 1.96, since the spread is estimated too. Owen (2013), chapter 9, https://artowen.su.domains/mc/

    Args:
        log_weights, values: log w and f of each draw, (n,).
        stops: numbers of draws, rising; the last is n.
        ends: between which f lies where the target has its mass; a draw beyond them moves them.
    """
    held = np.isneginf(log_weights)
    values = np.where(held, 0.0, values)  # f need not exist where the target has no mass
    known = values[~held & np.isfinite(values)]
    ends = (float(known.min(initial=ends[0])), float(known.max(initial=ends[1])))
    top = top_of(log_weights)
    with np.errstate(over="ignore", invalid="ignore", divide="ignore", under="ignore"):
        weights = np.exp(log_weights - top)
        middle = float(weights @ values / weights.sum())  # what squares are taken around, so that they lose no digits
        sums = _sums(log_weights, values, stops, middle if math.isfinite(middle) else 0.0)
        normalised = _normalised(sums, middle if math.isfinite(middle) else 0.0)
        plain = _plain(sums, log_weights, values, stops)
        worth = sums.total**2 / sums.squares
        worth = np.where(sums.squares > 0, worth, 0.0)
        largest = np.where(sums.total > 0, sums.heaviest / sums.total, math.nan)
        averages = [_with_floor(*each, worth, stops, ends) for each in (plain, normalised)]
    return Running(stops, *averages, worth, largest)


@dataclass(frozen=True)
class _Sums:
    """Sums at each stop of w, w², w (f - c), w² (f - c), w² (f - c)² and the largest w, all relative to the largest weight so far."""

    total: Array
    squares: Array
    first: Array
    cross: Array
    second: Array
    heaviest: Array


def _sums(log_weights: Array, values: Array, stops: Array, middle: float) -> _Sums:
    """Add up block by block; where a block has a heavier weight than all before it the sums so far shrink by that much."""
    rows, now, top, start = [], np.zeros(5), -math.inf, 0
    for stop in stops:
        logs, off = log_weights[start:stop], values[start:stop] - middle
        new = max(top, float(np.max(logs, initial=-math.inf)))
        if math.isfinite(new):
            shrink = math.exp(top - new)
            w = np.exp(logs - new)
            wo = w * off
            now = now * np.array([shrink, shrink**2, shrink, shrink**2, shrink**2]) + [w.sum(), w @ w, wo.sum(), w @ wo, wo @ wo]
            top = new
        rows.append((*now, float(math.isfinite(top))))
        start = stop
    return _Sums(*np.array(rows).T)


def _normalised(sums: _Sums, middle: float) -> tuple[Array, Array]:
    shift = sums.first / sums.total
    spread = np.maximum(sums.second - 2 * shift * sums.cross + shift**2 * sums.squares, 0)
    return middle + shift, np.sqrt(spread) / sums.total


def _plain(sums: _Sums, log_weights: Array, values: Array, stops: Array) -> tuple[Array, Array]:
    """Return the running mean of w f and its standard error; both are nan where every weight underflows, since then nothing is known."""
    terms = np.exp(log_weights) * values
    centre = float(terms.mean()) if len(terms) else 0.0
    centre = centre if math.isfinite(centre) else 0.0
    parts = np.split(terms - centre, stops[:-1])
    first, second = np.cumsum([part.sum() for part in parts]), np.cumsum([part @ part for part in parts])
    spread = np.maximum(second / stops - (first / stops) ** 2, 0) / np.maximum(stops - 1, 1)
    lost = (sums.total > 0) & (np.exp(np.maximum.accumulate([part.max(initial=-math.inf) for part in np.split(log_weights, stops[:-1])])) < 1e-300)
    return np.where(lost, math.nan, centre + first / stops), np.where(lost, math.nan, np.sqrt(spread))


def _with_floor(value: Array, error: Array, worth: Array, stops: Array, ends: tuple[float, float]) -> Average:
    """Return an average with its interval; no spread at all gets the error of a share of 0, and nothing known an error without end."""
    least = DIGITS * np.abs(value)
    _, hidden = wilson(np.zeros_like(worth), np.maximum(worth, 1.0))
    blind = ~(error > least)
    half = np.where(blind, np.maximum((ends[1] - ends[0]) * hidden, Z95 * least), special.stdtrit(np.maximum(stops - 1, 1), 0.975) * error)
    half = np.where(np.isfinite(value) & np.isfinite(half) & (worth > 0), half, math.inf)
    low, high = np.where(np.isinf(half), -math.inf, value - half), np.where(np.isinf(half), math.inf, value + half)
    short = blind & (half > Z95 * least)  # an average of f cannot leave the range of f
    low, high = np.where(short, np.maximum(low, np.fmin(ends[0], value)), low), np.where(short, np.minimum(high, np.fmax(ends[1], value)), high)
    return Average(value, np.where(blind | np.isinf(half), half / Z95, error), low, high)
