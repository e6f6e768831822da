"""The mass and the moments of any density on a part of the line: a Gauss rule on panels, halved until each is a polynomial to all digits."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.polynomial import legendre

from core.targets.base import Array
from core.targets.ramps import Ramps

ORDER = 16
NODES, WEIGHTS = legendre.leggauss(ORDER)
PLACES = np.append(NODES, [-1.0, 1.0])  # the ends are looked at too: a jump may hide between the last node and an end
TO_LEGENDRE = (legendre.legvander(NODES, ORDER - 1) * WEIGHTS[:, None]).T * (np.arange(ORDER) + 0.5)[:, None]  # heights at the nodes -> coefficients
AT_ENDS = legendre.legvander(np.array([-1.0, 1.0]), ORDER - 1)
FIRST = 32  # panels
HALVINGS = 60
MOST_PANELS = 5_000  # that are not settled at a time: more is noise
EXACT = 2e-15  # of the whole mass: what one panel may be off
UNSEEN = 0.01  # of a panel: what lies between an end and its nearest node
FINE = 32  # straight pieces that stand for a panel when draws are made


@dataclass(frozen=True)
class Panels:
    """A density as polynomials on panels: edges left, right (k,), heights at the nodes over the highest (k, 16), and its log height.

    `exact` is False where the density was so rugged that not all panels settled.
    """

    left: Array
    right: Array
    heights: Array
    top: float
    exact: bool = True

    def _rule(self) -> tuple[Array, Array]:
        half = 0.5 * (self.right - self.left)
        return (self.left[:, None] + half[:, None] * (NODES + 1)).ravel(), (half[:, None] * WEIGHTS * self.heights).ravel()

    def log_mass(self) -> float:
        """Return the log of the integral."""
        return self.top + math.log(math.fsum(self._rule()[1]))

    def moments(self) -> tuple[float, float]:
        """Return mean and variance."""
        x, weights = self._rule()
        shares = weights / math.fsum(weights)
        anchor = x[np.argmax(shares)]
        mean = anchor + math.fsum(shares * (x - anchor))
        return mean, math.fsum(shares * (x - mean) ** 2)

    def ramps(self) -> Ramps:
        """Return the density as fine straight pieces that have the exact masses of the polynomials."""
        t = np.linspace(-1, 1, FINE + 1)
        coefficients = self.heights @ TO_LEGENDRE.T  # (k, 16)
        heights = np.maximum(coefficients @ legendre.legvander(t, ORDER - 1).T, 0.0)
        grown = legendre.legval(t, legendre.legint(coefficients.T, lbnd=-1))  # (k, FINE + 1)
        half = 0.5 * (self.right - self.left)[:, None]
        masses = np.maximum(np.diff(grown, axis=1), 0.0) * half
        edges = np.append((self.left[:, None] + half * (t[:-1] + 1)).ravel(), self.right[-1])
        return Ramps(edges, masses.ravel(), heights[:, :-1].ravel(), heights[:, 1:].ravel())


def settle(log_f: Callable[[Array], Array], low: float, high: float, cuts: Array) -> Panels:
    """Cut [low, high] into panels until the density is a polynomial on each, or the panel holds nothing.

    Args:
        log_f: the log density, of any shape; -inf where there is none.
        low, high: the ends.
        cuts: places that are to be edges, such as the tops of peaks and the bottoms of hollows.
    """
    edges = np.unique(np.concatenate([np.linspace(low, high, FIRST + 1), cuts]))
    left, right, top, exact = edges[:-1], edges[1:], -math.inf, True
    kept: list[tuple[Array, Array, Array]] = []
    for halving in range(HALVINGS):
        logs = log_f(left[:, None] + 0.5 * (right - left)[:, None] * (PLACES + 1))
        top = max(top, float(logs.max()))
        rough = _rough(left, right, logs, top, sum(_mass(*each, top) for each in kept))
        if halving == HALVINGS - 1 or rough.sum() > MOST_PANELS:
            exact, rough[:] = not rough.any(), False
        kept.append((left[~rough], right[~rough], logs[~rough, :ORDER]))
        if not rough.any():
            break
        middle = 0.5 * (left + right)[rough]
        left, right = np.concatenate([left[rough], middle]), np.concatenate([middle, right[rough]])
    left, right, logs = (np.concatenate(each) for each in zip(*kept, strict=True))
    order = np.argsort(left)
    return Panels(left[order], right[order], np.exp(logs[order] - top), top, exact)


def _mass(left: Array, right: Array, logs: Array, top: float) -> float:
    return float(0.5 * (right - left) @ (np.exp(logs[:, :ORDER] - top) @ WEIGHTS))


def _rough(left: Array, right: Array, logs: Array, top: float, elsewhere: float) -> Array:
    """Tell which panels are not settled: the last coefficients are not small, or an end is not where the polynomial has it."""
    heights = np.exp(logs - top)
    total = elsewhere + _mass(left, right, logs, top)
    noise = 1e-15 * max(1.0, abs(top)) * heights.max(axis=1)  # the rounding of a log of that size
    off = shortfall(heights)
    wide = right - left > 4e-16 * np.maximum(np.abs(left), np.abs(right))
    return wide & ((right - left) * np.maximum(off - noise, 0.0) > EXACT * total)


def shortfall(heights: Array) -> Array:
    """Return by how much polynomials miss a density, averaged over each panel, from heights at `PLACES`: (..., 18) -> (...)."""
    coefficients = heights[..., :ORDER] @ TO_LEGENDRE.T
    ends = np.abs(heights[..., ORDER:] - coefficients @ AT_ENDS.T).max(axis=-1)
    return np.abs(coefficients[..., -3:]).max(axis=-1) + UNSEEN * ends
