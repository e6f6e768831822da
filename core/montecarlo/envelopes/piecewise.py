"""Steps or straight lines between knots."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Self

import numpy as np

from core.montecarlo.envelopes.base import Array, Envelope, Grip, box, rounded
from core.montecarlo.envelopes.constant import WIDE
from core.params import param
from core.targets.base import Density

FINE = 40  # looks at the target in each piece
LEAST = 0.002  # of the largest height: the least that a fitted piece has, so that M stays small where the target nearly vanishes
FITTED = 12


@dataclass(frozen=True)
class Piecewise(Envelope):
    """Steps, or straight lines between knots, over [low, high]: as near to the target as you like. On a line only."""

    title = "Piecewise"
    plane = False
    kind: str = param("linear", "Pieces", choices=("linear", "constant"), labels=("straight lines", "steps"), help="Lines join the heights; steps keep them.")
    low: float = param(-4.0, "Low end", **WIDE, help="Where the first piece begins.")
    high: float = param(4.0, "High end", **WIDE, help="Where the last piece ends.")
    heights: tuple[float, ...] = param(
        (0.1, 0.5, 1.0, 0.5, 0.1), "Heights", sequence=True, low=0, high=1, bounds=(0.0, 1e12), most=24, help="Of the knots or steps, evenly spaced: 2 or more."
    )

    def agree(self) -> None:
        """Check that there is something to draw from."""
        if not self.low < self.high:
            raise ValueError(f"high must lie above low = {self.low:g}, got {self.high:g}: try {self.low + 1:g}")
        if len(self.heights) < 2 or max(self.heights) <= 0:
            raise ValueError(f"heights must be two or more with one above 0, got {len(self.heights)} with the largest {max(self.heights):g}: try 0.5,1,0.5")

    def settled(self, target: Density) -> Self:
        """Take the target's window and tails, and for each knot or step the largest height of the target beside it."""
        if self.place == "hand":
            return self
        low, high = map(float, box(target)[0])
        x = np.linspace(low, high, FITTED * FINE + 1)
        with np.errstate(all="ignore"):
            logs = target.log_prob(x[:, None])
            f = np.exp(logs - np.max(np.where(np.isfinite(logs), logs, -math.inf)))
        pieces = np.array([f[i * FINE : (i + 1) * FINE + 1].max() for i in range(FITTED)])  # the largest in each piece
        steps = self.kind == "constant"
        raised = pieces if steps else _above(f)
        return self.replace(place="hand", low=low, high=high, heights=tuple(rounded(max(float(each), LEAST)) for each in raised))

    @property
    def knots(self) -> Array:
        """Return where the knots stand, or where the steps begin and end."""
        return np.linspace(self.low, self.high, len(self.heights) + (self.kind == "constant"))

    def area(self) -> float:
        """Return the area under the heights."""
        h, wide = np.array(self.heights), float(self.knots[1] - self.knots[0])
        return float(h.sum() * wide if self.kind == "constant" else (h[1:] + h[:-1]).sum() / 2 * wide)

    def _height(self, x: Array) -> Array:
        if self.kind == "linear":
            return np.interp(x, self.knots, self.heights, left=0, right=0)
        piece = np.clip(np.searchsorted(self.knots, x, "right") - 1, 0, len(self.heights) - 1)
        return np.where((x >= self.low) & (x <= self.high), np.array(self.heights)[piece], 0.0)

    def log_prob(self, x: Array) -> Array:
        """Return the log of the height over the area."""
        with np.errstate(divide="ignore"):
            return np.log(self._height(x[..., 0]) / self.area())

    def sample(self, rng: np.random.Generator, n: int, dim: int) -> Array:
        """Draw a piece by its area, and a place in it: even in a step, by a root in a trapezium."""
        h, x = np.array(self.heights), self.knots
        left, right = (h, h) if self.kind == "constant" else (h[:-1], h[1:])
        share = np.cumsum(left + right)
        piece = np.minimum(np.searchsorted(share / share[-1], rng.random(n), "right"), len(left) - 1)
        a, b, u = left[piece], right[piece], rng.random(n)
        t = u * (a + b) / np.maximum(a + np.sqrt(a * a + u * (b - a) * (b + a)), 1e-300)  # solves a t + (b - a) t² / 2 = u (a + b) / 2
        return (x[piece] + np.clip(t, 0, 1) * (x[1] - x[0]))[:, None]

    def breaks(self, axis: int) -> tuple[float, ...]:
        """Return the knots."""
        return tuple(map(float, self.knots)) if axis == 0 else ()

    def grips(self, dim: int) -> tuple[Grip, ...]:
        """Return a handle for each height, and both ends."""
        x = self.knots if self.kind == "linear" else (self.knots[1:] + self.knots[:-1]) / 2
        tops = [Grip(f"height.{i}", float(each), None, "y", f"height {i + 1} of the envelope") for i, each in enumerate(x)]
        return (*tops, Grip("low", self.low, 0.0, "x", "low end of the envelope"), Grip("high", self.high, 0.0, "x", "high end of the envelope"))

    def dragged(self, name: str, x: float, y: float) -> Self:
        """Move an end, or set a height (in units of the heights)."""
        try:
            if name in ("low", "high"):
                return self.replace(**{name: x})
            place = int(name.rpartition(".")[2]) if name.startswith("height.") and name[7:].isdigit() else -1
            if not 0 <= place < len(self.heights):
                return self
            return self.replace(heights=tuple(max(0.0, y) if i == place else each for i, each in enumerate(self.heights)))
        except ValueError:
            return self


def _above(f: Array) -> Array:
    """Return heights at the knots whose joining lines lie above f at every look: raised piece by piece as far as is needed."""
    knots = f[::FINE].copy()
    t = np.linspace(0, 1, FINE + 1)
    for _ in range(3):
        for i in range(FITTED):
            lack = float(np.max(f[i * FINE : (i + 1) * FINE + 1] - (knots[i] * (1 - t) + knots[i + 1] * t)))
            if lack > 0:
                knots[i : i + 2] += lack
    return knots
