"""What an envelope that is too low cuts off: where, how much, and to which mean the accepted darts then tend."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from core.montecarlo.rejection_bound import Log, ends, lattice
from core.spec import Spec
from core.targets.base import Density

Array = np.ndarray
NODES, WEIGHTS = np.polynomial.legendre.leggauss(8)
INNER = {1: 800, 2: 40}  # panels across the window
GROWTH = {1: 1.25, 2: 1.6}  # each panel of the tails ends so many times as far out as the one before
OUTER = {1: 110, 2: 24}  # panels of each tail
ROUNDS = 12  # in which a crossing is found
TOUCH = 1e-7  # in logs: what stands above by less is rounding
NOTHING = 1e-12  # of the mass
SEEN = 1e-7  # of what is cut off: a panel with less is not named
CLOSE = 1e-3  # widths of the window between two runs that are named as one
FAR = 2.0  # widths of the window beyond which an end is called infinite


@dataclass(frozen=True)
class Cut:
    """What lies above an envelope.

    `truth`: means of the target's x, x², and so on of y (d, 2); `log_mass`: log of its mass Z. `mass`: the share of Z that is cut off. `kept`: log of the
    mass below, the integral of min(f, M g). `mean`: as `truth`, under min(f, M g). `where`: on a line the intervals cut (k, 2), infinite where a tail
    is; in the plane the rectangle around all of it (2, 2).
    """

    truth: Array
    log_mass: float
    mass: float
    kept: float
    mean: Array
    where: Array

    @property
    def pierced(self) -> bool:
        """Return whether the target comes through."""
        return self.mass > 0


def whole(target: Density) -> Cut:
    """Return what a good envelope cuts off: nothing."""
    truth, log_mass = exact(target)
    return Cut(truth, log_mass, 0.0, log_mass, truth, np.empty((0, 2)))


def exact(target: Density) -> tuple[Array, float]:
    """Return the means of x and x² along each axis (d, 2), and the log mass of a target; of one that was made in code, by quadrature."""
    if isinstance(target, Spec):
        mean, variance = np.asarray(target.mean(), float), np.diag(np.asarray(target.covariance(), float))
        return np.stack([mean, variance + mean**2], axis=1), float(target.log_mass())
    nodes, weights = _nodes(_edges(target, ((),) * target.dim))
    logs = np.asarray(target.log_prob(nodes))
    top = float(logs.max())
    mass = weights * np.exp(logs - top)
    return (mass @ _powers(nodes)).reshape(-1, 2) / mass.sum(), top + math.log(float(mass.sum()))


def cut(target: Density, log_ceiling: Log, breaks: tuple[tuple[float, ...], ...]) -> Cut:
    """Measure what of a target f lies above a ceiling c, by Gauss and Legendre's rule between all places where either bends or they cross.

    Z_kept = Z - ∫ (f - c)⁺,  mean_kept = (Z mean - ∫ x (f - c)⁺) / Z_kept

    Args:
        target: its log density may be unnormalised.
        log_ceiling: (..., d) -> (...), the log of M g.
        breaks: for each axis, where the ceiling bends or jumps.
    """
    truth, log_mass = exact(target)
    edges = _edges(target, breaks)
    if target.dim == 1:
        edges = [np.unique(np.concatenate([edges[0], _crossings(target, log_ceiling, edges[0])]))]
    nodes, weights = _nodes(edges)
    with np.errstate(all="ignore"):
        f, c = np.asarray(target.log_prob(nodes)), np.asarray(log_ceiling(nodes))
        over = f > c + TOUCH
        above = np.where(over, weights * (np.exp(f - log_mass) - np.exp(c - log_mass)), 0.0)  # in units of Z
    lost = float(above.sum())
    if not lost > NOTHING:
        return whole(target)
    with np.errstate(all="ignore"):
        below = weights * np.exp(np.minimum(f, c) - log_mass)
        moments = np.where(np.isfinite(truth), truth - (above @ _powers(nodes)).reshape(-1, 2), (below @ _powers(nodes)).reshape(-1, 2))
        kept = float(below.sum()) if lost > 0.5 else 1 - lost
        means = moments / kept if lost < 0.5 else (below @ _powers(nodes)).reshape(-1, 2) / kept  # whatever is left of little is taken by itself
    where = _where(edges, above, target.window)
    return Cut(truth, log_mass, min(lost, 1.0), log_mass + (math.log(kept) if kept > 0 else -math.inf), means, where)


def _powers(x: Array) -> Array:
    """Return x and x² along each axis: (n, d) -> (n, 2 d)."""
    return np.stack([x, x**2], axis=-1).reshape(len(x), -1)


def _edges(target: Density, breaks: tuple[tuple[float, ...], ...]) -> list[Array]:
    """Return along each axis where panels begin and end."""
    d, out = target.dim, []
    own = ends(target) if d == 1 else np.empty(0)
    for axis, (low, high) in enumerate(np.asarray(target.window, float)):
        far = (high - low) / 2 * GROWTH[d] ** np.arange(1, OUTER[d] + 1)
        middle = (low + high) / 2
        corners = [each for each in (*(breaks[axis] if axis < len(breaks) else ()), *own) if abs(each - middle) < far[-1]]
        out.append(np.unique(np.concatenate([middle - far, np.linspace(low, high, INNER[d] + 1), middle + far, corners])))
    return out


def _nodes(edges: list[Array]) -> tuple[Array, Array]:
    """Return the nodes (n, d) and weights (n,) of the panels between edges, the product of both axes in the plane."""
    axes = []
    for each in edges:
        half = np.diff(each)[:, None] / 2
        axes.append((((each[1:] + each[:-1]) / 2)[:, None] + half * NODES, half * WEIGHTS))
    if len(axes) == 1:
        return axes[0][0].reshape(-1, 1), axes[0][1].ravel()
    (x, wx), (y, wy) = ((each.ravel() for each in axis) for axis in axes)
    return np.stack(np.meshgrid(x, y, indexing="ij"), axis=-1).reshape(-1, 2), np.outer(wx, wy).ravel()


def _crossings(target: Density, log_ceiling: Log, edges: Array) -> Array:
    """Return where the target goes through the ceiling, by ever finer looks between points at which it lies on different sides."""
    x = np.unique(np.concatenate([edges, lattice(target.window)[:, 0]]))

    def above(at: Array) -> Array:
        with np.errstate(all="ignore"):
            return np.asarray(target.log_prob(at[:, None])) > np.asarray(log_ceiling(at[:, None]))

    side = above(x)
    place = np.flatnonzero(side[1:] != side[:-1])
    low, high, first = x[place], x[place + 1], side[place]
    for _ in range(ROUNDS):  # each leaves a sixteenth
        inner = low[:, None] + (high - low)[:, None] * np.linspace(0, 1, 17)[1:-1]
        turned = np.concatenate([above(inner.ravel()).reshape(inner.shape) != first[:, None], np.ones((len(low), 1), bool)], axis=1)
        i = np.argmax(turned, axis=1)
        ends = np.concatenate([low[:, None], inner, high[:, None]], axis=1)
        low, high = ends[np.arange(len(i)), i], ends[np.arange(len(i)), i + 1]
    return (low + high) / 2


def _where(edges: list[Array], above: Array, window: Array) -> Array:
    """Return the runs of panels that hold something above the ceiling; infinite where a run goes on far beyond the window."""
    if len(edges) == 2:
        n = [len(each) - 1 for each in edges]
        grid = above.reshape(n[0], len(NODES), n[1], len(NODES)).sum(axis=(1, 3)) > SEEN * above.sum()
        return np.array([[(runs := _runs(edges[axis], grid.any(axis=1 - axis), window[axis]))[0, 0], runs[-1, 1]] for axis in (0, 1)])
    return _runs(edges[0], above.reshape(-1, len(NODES)).sum(axis=1) > SEEN * above.sum(), window[0])


def _runs(edges: Array, over: Array, view: Array) -> Array:
    marks = np.flatnonzero(np.diff(np.concatenate([[0], over.astype(int), [0]])))
    wide = FAR * float(np.ptp(view))
    starts, stops = edges[marks[::2]], edges[marks[1::2]]
    apart = starts[1:] - stops[:-1] > CLOSE * float(np.ptp(view))  # where the two only touch, the run goes on
    starts, stops = starts[np.append(True, apart)], stops[np.append(apart, True)]
    return np.stack([np.where(starts < view[0] - wide, -math.inf, starts), np.where(stops > view[1] + wide, math.inf, stops)], axis=1)


def told(where: Array, dim: int) -> str:
    """Write the places for a person, at most three of them."""
    if dim == 2:
        return f"for x in {_stretch(where[0])} and y in {_stretch(where[1])}"
    words = [_stretch(each) for each in where[:3]]
    more = f" and {len(where) - 3} more" if len(where) > 3 else ""
    return "for x in " + (words[0] if len(words) == 1 else ", ".join(words[:-1]) + (", " if more else " and ") + words[-1]) + more


def _stretch(ends: Array) -> str:
    low, high = float(ends[0]), float(ends[1])
    left, right = "(−∞" if math.isinf(low) else f"[{low:.4g}", "∞)" if math.isinf(high) else f"{high:.4g}]"
    return f"{left}, {right}"
