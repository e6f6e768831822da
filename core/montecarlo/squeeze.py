"""A squeeze: a step function that lies below a target on the line for sure, so that darts below it need no look at the target."""

from __future__ import annotations

import math

import numpy as np

from core.formula import parse
from core.formula.ranges import bounds
from core.montecarlo.rejection_bound import Log, lattice
from core.targets import Hills, Law, Painted, Typed
from core.targets.base import Density

Array = np.ndarray
CELLS = 256  # steps across the window
ROOM = 1e-9  # in logs: by how much a step stays below, more than any rounding
PLAIN = 1e-9  # in logs: a rise after a fall that is less than this is rounding and no hollow


def lower(target: Density) -> tuple[Log | None, int]:
    """Return the log of a step function that lies below a target everywhere, and how many looks it took; None where there is no sure one.

    Looks at single places say nothing of a hollow between them, so each step comes from what is known of the whole cell: of a typed
    formula by interval arithmetic (a cell costs two looks), of hills from each bell's lower end, of a painted curve from its heights,
    of a plain law of the zoo from the cell's ends, since between hollows it lies above them.
    """
    low, high = np.asarray(target.window, float)[0]
    edges = np.linspace(low, high, CELLS + 1)
    floors = _floors(target, edges)
    if floors is None or not np.any(floors > -math.inf):
        return None, 0
    steps = floors - ROOM * np.maximum(1.0, np.abs(floors))

    def squeeze(at: Array) -> Array:
        place = np.searchsorted(edges, at[..., 0], "right") - 1
        return np.where((place >= 0) & (place < CELLS), steps[np.clip(place, 0, CELLS - 1)], -math.inf)

    return squeeze, 2 * CELLS if isinstance(target, Typed) else CELLS + 1


def _floors(target: Density, edges: Array) -> Array | None:
    """Return for each cell the log of a height that the target does not go below in it; None of a target of which too little is known."""
    if isinstance(target, Typed):
        with np.errstate(divide="ignore"):
            return np.log(np.maximum(bounds(parse(target.text), edges[:-1], edges[1:])[0], 0.0))
    if isinstance(target, Hills):
        shares, centres, widths = target.bells
        bells = -((edges - centres) ** 2) / (2 * widths[:, None] ** 2) + np.log(shares / (widths * math.sqrt(2 * math.pi)))[:, None]
        return np.logaddexp.reduce(_lesser(bells), axis=0)
    ends = _lesser(np.asarray(target.log_prob(edges[:, None])))
    if isinstance(target, Painted):
        knots = np.linspace(target.low, target.high, len(target.heights))
        place, logs = np.searchsorted(edges, knots, "right") - 1, np.asarray(target.log_prob(knots[:, None]))
        for cell in (place - 1, place, place + 1):  # a knot on an edge belongs to both sides
            np.minimum.at(ends, np.clip(cell, 0, CELLS - 1), logs)
        return ends
    if isinstance(target, Law) and _plain(target):
        ends[_hollows(target, edges)] = -math.inf
        return ends
    return None


def _lesser(logs: Array) -> Array:
    return np.minimum(logs[..., 1:], logs[..., :-1])


def _plain(target: Law) -> bool:
    """Return whether a law is one of the zoo's own, and not made of others, which may hide a narrow hollow between two of them."""
    return not target.law.modifier and not hasattr(target.law, "parts")


def _hollows(target: Law, edges: Array) -> Array:
    """Return the cells in or beside which the density falls and then rises again."""
    x = lattice(target.window)
    logs = np.asarray(target.log_prob(x))
    with np.errstate(invalid="ignore"):
        steps = np.nan_to_num(np.diff(logs), nan=0.0)
    turns = np.flatnonzero(np.abs(steps) > PLAIN)
    rising = steps[turns] > 0
    starts = np.flatnonzero(~rising[:-1] & rising[1:])  # from a fall to the rise after it
    spoilt = np.zeros(len(edges) - 1, bool)
    for i in starts:
        first, last = np.searchsorted(edges, [x[turns[i], 0], x[turns[i + 1] + 1, 0]]) - 1
        spoilt[max(first - 1, 0) : last + 2] = True
    return spoilt
