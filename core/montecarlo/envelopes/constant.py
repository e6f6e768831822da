"""The same height everywhere in a box."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Self

import numpy as np

from core.montecarlo.envelopes.base import FARTHEST, Array, Envelope, Grip, box
from core.params import param
from core.targets.base import Density

WIDE = {"low": -10, "high": 10, "step": 0.1, "bounds": (-FARTHEST, FARTHEST)}


@dataclass(frozen=True)
class Constant(Envelope):
    """A box of one height: a uniform law on [low, high], in the plane on a rectangle. It is no envelope of what lies outside."""

    title = "Constant"
    low: float = param(-4.0, "Low end", **WIDE, help="Where the box begins.")
    high: float = param(4.0, "High end", **WIDE, help="Where the box ends.")
    low_y: float = param(-4.0, "Low end of y", **WIDE, help="Where the box begins along y, in the plane.")
    high_y: float = param(4.0, "High end of y", **WIDE, help="Where the box ends along y, in the plane.")

    def agree(self) -> None:
        """Check that the box has a width."""
        for low, high in (("low", "high"), ("low_y", "high_y")):
            if not getattr(self, low) < getattr(self, high):
                raise ValueError(f"{high} must lie above {low} = {getattr(self, low):g}, got {getattr(self, high):g}: try {getattr(self, low) + 1:g}")

    def _box(self, dim: int) -> Array:
        return np.array([[self.low, self.high], [self.low_y, self.high_y]])[:dim]  # (d, 2)

    def settled(self, target: Density) -> Self:
        """Take the target's window, and on a line its tails too."""
        if self.place == "hand":
            return self
        ends = [float(end) for end in box(target).ravel()]
        return self.replace(place="hand", **dict(zip(("low", "high", "low_y", "high_y"), ends)))

    def log_prob(self, x: Array) -> Array:
        """Return -log of the box's size inside it."""
        box = self._box(x.shape[-1])
        inside = np.all((x >= box[:, 0]) & (x <= box[:, 1]), axis=-1)
        return np.where(inside, -float(np.log(np.ptp(box, axis=1)).sum()), -math.inf)

    def sample(self, rng: np.random.Generator, n: int, dim: int) -> Array:
        """Draw evenly from the box."""
        box = self._box(dim)
        return box[:, 0] + rng.random((n, dim)) * np.ptp(box, axis=1)

    def breaks(self, axis: int) -> tuple[float, ...]:
        """Return the ends of the box."""
        return tuple(map(float, self._box(2)[axis]))

    def grips(self, dim: int) -> tuple[Grip, ...]:
        """Return the ends and the top; in the plane two corners."""
        if dim == 2:
            return (
                Grip("low", self.low, self.low_y, "xy", "lower corner of the box"),
                Grip("high", self.high, self.high_y, "xy", "upper corner of the box"),
            )
        return (
            Grip("low", self.low, 0.0, "x", "low end of the box"),
            Grip("high", self.high, 0.0, "x", "high end of the box"),
            Grip("top", (self.low + self.high) / 2, None, "y", "height of the envelope: sets M"),
        )

    def dragged(self, name: str, x: float, y: float) -> Self:
        """Move an end, or a corner, and keep it on its side."""
        try:
            if name == "low":
                return self.replace(low=x, **({"low_y": y} if math.isfinite(y) else {}))
            return self.replace(high=x, **({"high_y": y} if math.isfinite(y) else {})) if name == "high" else self
        except ValueError:
            return self
