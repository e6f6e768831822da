"""The integral of a typed formula over a box without chance, and how far it may be trusted: what the points' estimate is held against."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np

from core.formula import Formula, parse

Array = np.ndarray
Box = tuple[tuple[float, float], ...]
VARIABLES = ("x", "y", "z")
NODES = 4  # of Gauss and Legendre in each cell and direction
FIRST = {1: 4096, 2: 96, 3: 12}  # cells in each direction to begin with, by the number of variables: what is smaller may be overlooked
MOST = 2_000_000  # values of the formula
LEVELS = 40  # cuts of a cell
CUT = math.sqrt(2) - 1  # where a cell is cut
CAUTION = 12  # times the error that would be left if the cells erred independently: along an edge they err alike
HAIR = 1e-6  # of a cell: a corner is looked at from inside, since a pole may lie on it
ODD, UNSEEN = 0.05, 0.07  # of the range in a cell: a gap that no smooth function has; and the share of a cell between a node and its edge
SAFE = 1e-13  # of the integral of |f|: rounding
PROBES = {1: 4097, 2: 129, 3: 33}


@lru_cache(maxsize=64)
def reference(text: str, box: Box) -> tuple[float, float]:
    """Return the integral and how far it may be off; nan where there is none, as for a formula that has no value somewhere.

    Every cell of a grid gets a Gauss-Legendre rule, and is cut in every direction as long as its parts say something else than the whole:
    so jumps and poles are closed in on. The doubt is twelve times the root of the sum of squares of what was still changing.
    https://en.wikipedia.org/wiki/Adaptive_quadrature
    """
    formula, d = parse(text, VARIABLES[: len(box)]), len(box)
    low, high = np.array(box).T
    sides = np.broadcast_to((high - low) / FIRST[d], (FIRST[d] ** d, d))
    cells = low + sides * _all_of(np.arange(FIRST[d]), d)
    whole, size, _ = rule(formula, cells, sides)
    total = doubt = 0.0
    room, tolerance = MOST - len(cells) * NODES**d, SAFE * float(size.sum())
    for level in range(LEVELS):
        cells, sides = parted(cells, sides)
        parts, _, odd = (each.reshape(-1, 2**d) for each in rule(formula, cells, sides))
        change, room = np.abs(parts.sum(axis=1) - whole) + odd.sum(axis=1), room - len(cells) * NODES**d
        going = most_changing(change, tolerance, max(0, room // (4**d * NODES**d)) if level + 1 < LEVELS else 0)
        total += float(parts[~going].sum())
        doubt += float(np.sum(change[~going] ** 2))
        if not going.any():
            break
        cells, sides = (each.reshape(-1, 2**d, d)[going].reshape(-1, d) for each in (cells, sides))
        whole = parts[going].ravel()
    doubt = CAUTION * math.sqrt(doubt) + tolerance if doubt >= 0 else math.nan
    return (total, doubt) if math.isfinite(total) and math.isfinite(doubt) else (math.nan, math.nan)


def _all_of(line: Array, d: int) -> Array:
    """Return all points of a grid that has the same line in every direction: (len(line)^d, d)."""
    return np.stack(np.meshgrid(*[line] * d, indexing="ij"), axis=-1).reshape(-1, d)


def parted(cells: Array, sides: Array) -> tuple[Array, Array]:
    """Cut cells in every direction: a part after the other. Never in the middle, where a jump would look alike in the whole and in its parts."""
    d = cells.shape[1]
    starts, lengths = _all_of(np.array([0.0, CUT]), d), _all_of(np.array([CUT, 1 - CUT]), d)
    return (cells[:, None] + starts * sides[:, None]).reshape(-1, d), (lengths * sides[:, None]).reshape(-1, d)


def most_changing(change: Array, tolerance: float, room: int) -> Array:
    """Say which cells to cut further: those that change, and of too many the ones that change most."""
    going = ~(change <= tolerance)  # a nan goes on
    if room == 0:
        return np.zeros(len(change), bool)
    return going & ~(change < np.sort(change[going])[-room]) if going.sum() > room else going


def rule(formula: Formula, cells: Array, sides: Array) -> tuple[Array, Array, Array]:
    """Return over cells, whose low corners are (k, d): the integrals of f and |f| by Gauss and Legendre, and what the corners may hide.

    A jump between the outermost node and the edge escapes the rule. There a corner is far from what the polynomial through the nodes says;
    the part of the cell that the rule cannot see, times that gap, is the third answer, and 0 where the corners fit.
    """
    d = cells.shape[1]
    places, weights = np.polynomial.legendre.leggauss(NODES)
    nodes, weight = (_all_of(places, d) + 1) / 2, np.prod(_all_of(weights, d), axis=1) / 2**d
    ends = _all_of(np.array([HAIR, 1 - HAIR]), d)
    values = formula.evaluate(*np.moveaxis(cells[:, None] + np.vstack([nodes, ends]) * sides[:, None], -1, 0))
    inner, corners, volume = values[:, : len(nodes)], values[:, len(nodes) :], np.prod(sides, axis=1)
    with np.errstate(all="ignore"):
        gap = np.abs(inner @ _beyond(places, d) - corners).max(axis=1)
        odd = np.where(gap > ODD * np.ptp(values, axis=1), UNSEEN * gap * volume, 0.0)
        return volume * (inner @ weight), volume * (np.abs(inner) @ weight), odd


def _beyond(places: Array, d: int) -> Array:
    """Return the weights with which the values at the nodes make those at the corners: (NODES^d, 2^d)."""
    line = np.array([[np.prod([(x - other) / (place - other) for other in places if other != place]) for x in (-1.0, 1.0)] for place in places])
    found = line
    for _ in range(d - 1):
        found = np.kron(found, line)
    return found


@lru_cache(maxsize=64)
def probed(text: str, box: Box) -> tuple[Array, Array]:
    """Return a grid over the box, ends left out by a hair, (d, k), and the formula's values there (k,)."""
    hair = [1e-9 * (high - low) for low, high in box]
    lines = [np.linspace(low + gap, high - gap, PROBES[len(box)]) for (low, high), gap in zip(box, hair, strict=True)]
    grid = np.stack([each.ravel() for each in np.meshgrid(*lines, indexing="ij")])
    return grid, parse(text, VARIABLES[: len(box)]).evaluate(*grid)
