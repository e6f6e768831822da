"""The hull of adaptive rejection: tangents of log f above, chords below, drawn from exactly."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from core.montecarlo.rejection_bound import ends, looked
from core.targets.base import Density

Array = np.ndarray
CHECKED = 801  # places at which log f is compared with its neighbours before the first dart
BEND = 1e-12  # relative: a second difference of less is rounding
NEAR_CHORD = 1e-6  # of the window: length of the chords that bound a slope
NEAR = 1e-9  # two tangents whose slopes differ by less, relatively, are one
WALKS = 60


@dataclass(frozen=True)
class Hull:
    """Tangents of log f at places x (k,), rising: heights h and slopes s there, over [low, high], which may be infinite.

    `lines`: which tangents the hull is made of, by falling slope; `turns` (m + 1,): where each takes over from the one before, with both ends.
    """

    x: Array
    h: Array
    s: Array
    low: float
    high: float
    lines: Array
    turns: Array

    @classmethod
    def of(cls, x: Array, h: Array, s: Array, low: float, high: float) -> Hull:
        """Make the hull: the smallest of all tangents, which for a log-concave density lies above it everywhere."""
        order = np.argsort(x, kind="stable")
        x, h, s = x[order], h[order], s[order]
        lines, turns = _smallest(h - s * x, s, low, high)
        return cls(x, h, s, low, high, lines, turns)

    def added(self, x: float, h: float, s: float) -> Hull:
        """Return the hull with one more tangent."""
        return Hull.of(np.append(self.x, x), np.append(self.h, h), np.append(self.s, s), self.low, self.high)

    def upper(self, x: Array) -> Array:
        """Return the log height of the hull; -inf outside the support."""
        line = self.lines[np.clip(np.searchsorted(self.turns, x, "right") - 1, 0, len(self.lines) - 1)]
        return np.where((x >= self.low) & (x <= self.high), self.h[line] + self.s[line] * (x - self.x[line]), -math.inf)

    def lower(self, x: Array) -> Array:
        """Return the log height of the squeeze: chords between the places; -inf beyond the outermost."""
        return np.interp(x, self.x, self.h, left=-math.inf, right=-math.inf)

    def log_areas(self) -> Array:
        """Return the log of the area under each line: of exp(a + s x) over its stretch, from its higher end."""
        s, wide = self.s[self.lines], np.diff(self.turns)
        with np.errstate(all="ignore"):
            ends = self._at(np.where(s > 0, self.turns[1:], self.turns[:-1]))
            slanted = np.log(-np.expm1(-np.abs(s) * wide) / np.abs(s))
            return ends + np.where(np.abs(s) * wide > 1e-12, slanted, np.log(wide))

    def _at(self, x: Array) -> Array:
        return self.h[self.lines] + self.s[self.lines] * (x - self.x[self.lines])

    def log_area(self) -> float:
        """Return the log of the whole area under the hull."""
        logs = self.log_areas()
        top = logs.max()
        return float(top + np.log(np.exp(logs - top).sum()))

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        """Draw n values from the hull: a line by its area, and a place under it by the inverse of its exponential."""
        logs = self.log_areas()
        share = np.cumsum(np.exp(logs - logs.max()))
        piece = np.minimum(np.searchsorted(share / share[-1], rng.random(n), "right"), len(share) - 1)
        u, s, left, right = rng.random(n), self.s[self.lines][piece], self.turns[:-1][piece], self.turns[1:][piece]
        with np.errstate(all="ignore"):
            fall = np.log1p(u * np.expm1(-np.abs(s) * (right - left))) / np.abs(s)  # <= 0: how far from the higher end
            slanted = np.where(s > 0, right + fall, left - fall)
            flat = np.abs(s) * (right - left) < 1e-12
            return np.clip(np.where(flat, left + u * (right - left), slanted), left, right)


def _smallest(c: Array, s: Array, low: float, high: float) -> tuple[Array, Array]:
    """Return which of the lines c + s x are the smallest somewhere in [low, high], by falling slope, and where they take turns."""
    order = np.lexsort((c, -s))
    kept: list[int] = []
    turns: list[float] = []
    for i in order:
        if kept and s[kept[-1]] - s[i] <= NEAR * max(1.0, abs(s[i])):
            continue  # parallel: the lower one came first
        while kept:
            cross = (c[i] - c[kept[-1]]) / (s[kept[-1]] - s[i])
            if cross > (turns[-1] if turns else low):
                break
            kept.pop()
            if turns:
                turns.pop()
        if kept:
            if cross >= high:
                continue
            turns.append(float(cross))
        kept.append(int(i))
    return np.array(kept), np.array([low, *turns, high])


def support(target: Density) -> tuple[float, float]:
    """Return where the density of a target on the line begins and ends; infinite where it is positive as far out as can be seen."""
    return looked(target, _support)


def _support(target: Density) -> tuple[float, float]:
    inner = ends(target)
    reach = float(np.ptp(target.window))
    found = []
    for end, side in ((inner[0], -1), (inner[-1], 1)):
        inside, far = float(end), math.nan
        for k in range(-30, WALKS):
            if not math.isfinite(float(target.log_prob(np.array([[end + side * reach * 2.0**k]]))[0])):
                far = end + side * reach * 2.0**k
                break
            inside = end + side * reach * 2.0**k
        for _ in range(80 if math.isfinite(far) else 0):
            middle = (inside + far) / 2
            positive = math.isfinite(float(target.log_prob(np.array([[middle]]))[0]))
            inside, far = (middle, far) if positive else (inside, middle)
        found.append(inside if math.isfinite(far) else side * math.inf)
    return found[0], found[1]


def bend(target: Density) -> str:
    """Return where a target is not log-concave, in words; "" where no bend was seen.

    log f is concave when no point lies below the chord of its neighbours; where the density vanishes between two places it is not.
    """
    inner = ends(target)
    if len(inner) > 2:
        return f"the density is 0 between {inner[1]:.4g} and {inner[2]:.4g}"
    x = np.linspace(inner[0], inner[-1], CHECKED + 2)[1:-1]
    logs = np.asarray(target.log_prob(x[:, None]))
    rising = np.flatnonzero(np.diff(logs, 2) > BEND * np.maximum(1.0, np.abs(logs[1:-1]))) + 1
    if not len(rising):
        return ""
    last = rising[np.flatnonzero(np.append(np.diff(rising), 2) > 1)[0]]
    return f"log f bends upwards for x in [{x[rising[0] - 1]:.4g}, {x[last + 1]:.4g}]"


def slopes(target: Density, x: Array) -> Array:
    """Return the slopes of log f at places (n,). Of a concave function they lie between the chords to either side, also beside a corner.

    Differences that reach across a corner do not know that, so there the chords have the last word.
    """
    found = target.grad_log_prob(x[:, None])[:, 0]
    if not target.differences:
        return found
    step = NEAR_CHORD * float(np.ptp(target.window))
    left, here, right = (np.asarray(target.log_prob((x + shift)[:, None])) for shift in (-step, 0.0, step))
    with np.errstate(all="ignore"):
        return np.clip(found, np.minimum((right - here) / step, (here - left) / step), np.maximum((right - here) / step, (here - left) / step))


def begun(target: Density, start: int) -> tuple[Hull, int]:
    """Return the first hull, and how many places were looked at: evenly spread ones, and further out until it falls at every infinite end.

    Raises:
        ValueError: when the density does not fall far out, so that no tangent closes the hull.
    """
    low, high = support(target)
    inner = ends(target)
    left, right = float(inner[0]), float(inner[-1])
    x = list(left + (right - left) * np.arange(1, start + 1) / (start + 1))
    for end, side in ((low, -1), (high, 1)):
        at, reach = x[0] if side < 0 else x[-1], (right - left) / (start + 1)
        for _ in range(WALKS):
            if math.isfinite(end) or side * float(slopes(target, np.array([at]))[0]) < 0:
                break
            at, reach = at + side * reach, 2 * reach
            x.append(at)
    points = np.array(sorted(set(x)))[:, None]
    h, s = np.asarray(target.log_prob(points)), slopes(target, points[:, 0])
    good = np.isfinite(h) & np.isfinite(s)
    hull = Hull.of(points[good, 0], h[good], s[good], low, high) if good.any() else None
    if hull is None or not math.isfinite(hull.log_area()):
        raise ValueError("envelope must close over the target, got tangents that rise for ever: try a Student envelope")
    return hull, len(points)
