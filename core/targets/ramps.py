"""A density on the line made of straight pieces: its masses, moments and draws are closed formulas."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from core.targets.base import Array


@dataclass(frozen=True)
class Ramps:
    """Pieces between edges (k + 1,), each of a mass (k,), straight from a height at its left (k,) to one at its right (k,).

    Only the ratio of a piece's two heights counts; the mass says how high it is. Draws invert the distribution function, piece by piece.
    """

    edges: Array
    masses: Array
    left: Array
    right: Array

    def cdf(self, x: Array) -> Array:
        """Return the share of the mass at or below x."""
        ends = np.concatenate([[0.0], np.cumsum(self.masses)])
        piece = np.clip(np.searchsorted(self.edges, x, side="right") - 1, 0, len(self.masses) - 1)
        left, right, width = self.left[piece], self.right[piece], np.diff(self.edges)[piece]
        t = np.clip((x - self.edges[piece]) / width, 0, 1)
        with np.errstate(invalid="ignore", divide="ignore"):
            share = np.where(left + right > 0, t * (2 * left + (right - left) * t) / (left + right), t)
        return (ends[piece] + self.masses[piece] * share) / ends[-1]

    def quantile(self, q: Array) -> Array:
        """Return the places below which a share q of the mass lies."""
        ends = np.concatenate([[0.0], np.cumsum(self.masses)])
        goal = np.asarray(q, float) * ends[-1]
        piece = np.clip(np.searchsorted(ends, goal, side="right") - 1, 0, len(self.masses) - 1)
        left, right = self.left[piece], self.right[piece]
        with np.errstate(invalid="ignore", divide="ignore"):
            share = np.clip((goal - ends[piece]) / self.masses[piece], 0, 1)
            # the root of (right - left) t^2 / 2 + left t = share (left + right) / 2, in the form that never cancels
            t = share * (left + right) / (left + np.sqrt(left**2 + share * (right - left) * (left + right)))
        t = np.where(np.isfinite(t), t, share)
        return self.edges[piece] + np.clip(t, 0, 1) * np.diff(self.edges)[piece]

    def moments(self) -> tuple[float, float]:
        """Return mean and variance."""
        both = np.where(self.left + self.right > 0, self.left + self.right, 1.0)
        lean = np.where(self.left + self.right > 0, (self.right - self.left) / both, 0.0)
        half = 0.5 * np.diff(self.edges)
        centres = 0.5 * (self.edges[1:] + self.edges[:-1]) + half * lean / 3
        shares = self.masses / math.fsum(self.masses)
        mean = float(shares @ centres)
        return mean, float(shares @ (half**2 * (1 / 3 - lean**2 / 9) + (centres - mean) ** 2))


def straight(edges: Array, heights: Array) -> Ramps:
    """Return the density that runs straight from height to height."""
    return Ramps(edges, np.diff(edges) * 0.5 * (heights[1:] + heights[:-1]), heights[:-1], heights[1:])
