"""How high an envelope must be raised: the largest ratio of a target to it, in the window, at the ends of its support, and in the tails."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from core.spec import Spec
from core.targets.base import Density

Array = np.ndarray
Log = Callable[[Array], Array]  # (..., d) -> (...)
POINTS = {1: 4001, 2: 241}  # along each side of the window
PEAKS, ROUNDS = 12, 17  # how many local maxima are polished, and how often each is looked at more closely
TURNS = 256  # directions in the plane
RIDGES = 4  # of a shell that are followed
STEP, SHELLS = 1.25, {1: 180, 2: 60}  # each shell of the tails is so much farther out than the one before
FAR = 1e5  # below the peak, in logs, where tails are followed no farther: rounding would speak
RISE = 1e-6  # per shell, in logs: what rises by more is taken to rise without end
BULK = math.log(1000)
ROOM = 1e-9  # relative: by how much M stands above the largest ratio that was found


@dataclass(frozen=True)
class Bound:
    """log M: the log of the largest ratio f / g; `place` (d,) is where; `endless` says where the ratio rises without end ("" when nowhere).

    Where it does there is no M; the number then covers the target only down to a thousandth of its peak.
    """

    log_m: float
    place: Array
    endless: str = ""


def largest_ratio(target: Density, log_g: Log) -> Bound:
    """Return the largest ratio of a target to an envelope g: sup f / g, by a grid, a polish of its peaks, the ends of the support, and the tails.

    Args:
        target: its log density f may be unnormalised.
        log_g: (..., d) -> (...), the log of the envelope.
    """

    def ratio(x: Array) -> Array:
        return _over(target.log_prob(x), log_g, x)

    x, f = looked(target, _in_window)
    logs = _over(f, log_g, x)
    tall = np.unravel_index(int(np.argmax(logs)), logs.shape)
    if logs[tall] == math.inf:
        return Bound(_bulk(f, logs), x[tall], f"the density is infinite at {said(x[tall])}")
    best, place = _polished(ratio, x, logs)
    words = ""
    if target.dim == 1:
        words, best, place = _at_ends(target, ratio, best, place)
    bound = _in_tails(target, log_g, best, place, words)
    return Bound(_bulk(f, logs), bound.place, bound.endless) if bound.endless else bound


def _bulk(f: Array, logs: Array) -> float:
    """Return the largest ratio where the target is at least a thousandth of its peak, on the grid."""
    known = np.isfinite(f) & np.isfinite(logs)
    return float(logs[known & (f >= np.max(np.where(known, f, -math.inf)) - BULK)].max(initial=-math.inf)) if known.any() else 0.0


def rough_ratio(target: Density, log_g: Log) -> tuple[float, bool]:
    """Return the largest ratio on the grids of window and tails alone, and whether it rises without end: for choosing among envelopes, quickly."""
    x, f = looked(target, _in_window)
    window = float(_over(f, log_g, x).max())
    bound = _in_tails(target, log_g, window, np.zeros(target.dim), "")
    return bound.log_m, bool(bound.endless)


def _over(f: Array, log_g: Log, x: Array) -> Array:
    """Return log f - log g; -inf where there is no envelope, since there is nothing to raise."""
    with np.errstate(all="ignore"):
        g = log_g(x)
        return np.where(np.isfinite(g) & ~np.isnan(f), f - g, -math.inf)


# What was looked at once


def looked(target: Density, what: Callable[[Density], Any]) -> Any:
    """Return what(target), from memory where the target is a setting: an envelope that moves under the hand asks for it again and again."""
    return _remembered(target, what) if isinstance(target, Spec) else what(target)


@lru_cache(maxsize=64)
def _remembered(target: Density, what: Callable[[Density], Any]) -> Any:
    return what(target)


def _in_window(target: Density) -> tuple[Array, Array]:
    x = lattice(target.window)
    return x, np.asarray(target.log_prob(x))


def lattice(window: Array) -> Array:
    """Return points on a grid over a window (d, 2): (points, 1) or (rows, columns, 2)."""
    axes = [np.linspace(low, high, POINTS[len(window)]) for low, high in np.asarray(window, float)]
    return axes[0][:, None] if len(axes) == 1 else np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1)


def _peaks(logs: Array) -> Array:
    """Return the places (k, d) in a grid that no neighbour exceeds, the highest first."""
    top = np.pad(logs, 1, constant_values=-math.inf)
    tall = np.isfinite(logs)
    for axis in range(logs.ndim):
        for side in (-1, 1):
            near = np.roll(top, side, axis)[tuple(slice(1, -1) for _ in logs.shape)]
            tall &= logs >= near
    places = np.argwhere(tall)
    return places[np.argsort(-logs[tuple(places.T)], kind="stable")][:PEAKS]


def _polished(ratio: Log, x: Array, logs: Array) -> tuple[float, Array]:
    """Look at each peak more closely, again and again: each time a finer grid of a few steps around the best point."""
    d = x.shape[-1]
    steps = np.array([abs(x[(1,) * d][axis] - x[(0,) * d][axis]) for axis in range(d)])
    low, high = x.reshape(-1, d).min(axis=0), x.reshape(-1, d).max(axis=0)
    at = x[tuple(_peaks(logs).T)]  # (k, d)
    if not len(at):
        return -math.inf, x.reshape(-1, d).mean(axis=0)
    offsets = np.linspace(-1, 1, 17 if d == 1 else 9)
    offsets = np.stack(np.meshgrid(*[offsets] * d, indexing="ij"), axis=-1).reshape(-1, d)
    for _ in range(ROUNDS):
        near = np.clip(at[:, None, :] + offsets * steps, low, high)
        found = ratio(near)
        at = near[np.arange(len(at)), np.argmax(found, axis=1)]
        steps = steps / (6 if d == 1 else 3)
    final = ratio(at)
    best = int(np.argmax(final))
    return float(final[best]), at[best]


# The ends of the support


def ends(target: Density) -> Array:
    """Return where, on a line, the density begins and ends to be positive within its window, as near as a double comes: (2 k,), from inside."""
    return looked(target, _ends)


def _ends(target: Density) -> Array:
    x, f = looked(target, _in_window)
    x, here = x[:, 0], f > -math.inf
    found = []
    for i in np.flatnonzero(here[1:] != here[:-1]):
        inside, outside = (x[i], x[i + 1]) if here[i] else (x[i + 1], x[i])
        for _ in range(80):
            middle = (inside + outside) / 2
            if target.log_prob(np.array([[middle]]))[0] > -math.inf:
                inside = middle
            else:
                outside = middle
        found.append(inside)
    return np.array([*([x[0]] if here[0] else []), *found, *([x[-1]] if here[-1] else [])])


def _at_ends(target: Density, ratio: Log, best: float, place: Array) -> tuple[str, float, Array]:
    """Walk towards each end of the support in ever smaller steps: a density may be infinite there."""
    reach = float(np.ptp(target.window))
    for i, end in enumerate(ends(target)):
        side = 1 if i % 2 == 0 else -1
        x = end + side * reach * 2.0 ** -np.arange(8, 42)
        logs = ratio(x[:, None])
        told = logs[np.isfinite(logs)]
        if np.any(logs == math.inf) or (len(told) > 6 and np.all(np.diff(told[-6:]) > 1e-4)):
            return f"the ratio of target to envelope rises without end as x nears {0.0 if abs(end) < 1e-9 * reach else end:.4g}", best, place
        if len(told) and told.max() > best:
            best, place = float(told.max()), x[[int(np.argmax(np.where(np.isfinite(logs), logs, -math.inf)))]]
    return "", best, place


# The tails


def _in_tails(target: Density, log_g: Log, best: float, place: Array, words: str) -> Bound:
    """Walk outwards, shell by shell, and follow the largest ratio; on a line each side by itself."""
    within, where, found = best, place, words
    for points, f in looked(target, _shells):
        logs = np.where(np.isfinite(f), _over(f, log_g, points), -math.inf)
        turn, rows = np.argmax(logs, axis=1), np.arange(len(logs))
        logs, at = logs[rows, turn], points[rows, turn]
        if len(logs) > 6 and np.isfinite(logs[-5:]).all() and np.all(np.diff(logs[-5:]) > RISE) and logs[-1] >= logs.max():
            side = f"as x goes to {'−∞' if at[-1, 0] < target.window[0, 0] else '+∞'}" if target.dim == 1 else f"far out, past {said(at[-1])}"
            found = found or f"the ratio of target to envelope rises without end {side}"
        elif len(logs) and logs.max() > within:
            within, where = float(logs.max()), at[int(np.argmax(logs))]
    return Bound((best if found else within) + ROOM, place if found else where, found)


def _shells(target: Density) -> list[tuple[Array, Array]]:
    """Return points (shells, turns, d) and log f there, as far out as the density can be told from nothing: on a line, one list for each side."""
    _, f = looked(target, _in_window)
    peak = float(np.max(np.where(np.isfinite(f), f, -math.inf)))
    centre, half = target.window.mean(axis=1), np.ptp(target.window, axis=1) / 2
    angles = 2 * np.pi * np.arange(TURNS) / TURNS
    sides = [np.array([[-1.0]]), np.array([[1.0]])] if target.dim == 1 else [_round(angles)]
    out = []
    for turns in sides:
        radii = STEP ** np.arange(SHELLS[target.dim])[:, None]
        points = centre + half * radii[..., None] * turns
        logs = np.asarray(target.log_prob(points))
        if target.dim == 2:
            near = centre + half * radii[..., None] * _round(_ridges(target, centre, half * radii, angles, logs))
            points, logs = np.concatenate([points, near], axis=1), np.concatenate([logs, np.asarray(target.log_prob(near))], axis=1)
        logs = np.where(logs > peak - FAR, logs, -math.inf)
        seen = (logs > -math.inf).any(axis=1)
        last = len(seen) if seen.all() else int(np.argmin(seen))
        out.append((points[:last], logs[:last]))
    return out


def _round(angles: Array) -> Array:
    return np.stack([np.cos(angles), np.sin(angles)], axis=-1)


def _ridges(target: Density, centre: Array, axes: Array, angles: Array, logs: Array) -> Array:
    """Return the directions (shells, ridges) in which each shell of the plane has the largest densities: a banana's arms are too thin for a fixed grid."""
    tall = (logs >= np.roll(logs, 1, axis=1)) & (logs >= np.roll(logs, -1, axis=1)) & (logs > -math.inf)
    best = np.argsort(np.where(tall, -logs, math.inf), axis=1, kind="stable")[:, :RIDGES]
    at, step = angles[best], 2 * np.pi / TURNS
    for _ in range(ROUNDS):
        near = at[..., None] + step * np.linspace(-1, 1, 9)  # (shells, ridges, 9)
        found = np.asarray(target.log_prob(centre + axes[:, None, None, :] * _round(near)))
        at = np.take_along_axis(near, np.argmax(found, axis=2)[..., None], axis=2)[..., 0]
        step /= 3
    return at


def said(x: Array) -> str:
    """Write a place for a person."""
    return f"x = {float(x[0]):.4g}" if len(x) == 1 else f"({float(x[0]):.4g}, {float(x[1]):.4g})"
