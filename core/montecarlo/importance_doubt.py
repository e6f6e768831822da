"""Is a mean by quadrature to be trusted? A second rule goes over the same ground with a doubt of its own."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from core.distributions.base import Distribution
from core.distributions.expectation import expectation
from core.formula import Formula
from core.montecarlo.importance_places import edges
from core.montecarlo.reference import CAUTION, NODES, most_changing, parted, rule

Array = np.ndarray
CELLS = 4096
MOST, LEVELS = 500_000, 30  # values of the formula, and cuts of a cell
TOLERANCE = 1e-11  # of the integral of |f|, per cell
SMALL, MUCH = 1e-3, 1e-2  # of the integral of |f|: a gap between the rules that would be seen; and a doubt, which is a cautious one


@dataclass(frozen=True)
class _Product:
    """f times a density, which is 0 where the density is, as the rule takes a formula."""

    f: Formula
    p: Distribution

    def evaluate(self, x: Array) -> Array:
        """Return f(x) p(x)."""
        heights = np.exp(self.p.log_prob(x))
        return np.where(heights > 0, self.f.evaluate(x) * heights, 0.0)


def settled(p: Distribution, f: Formula, cuts: Array) -> bool:
    """Return whether two rules agree on the integral of f over the bulk of p, to a thousandth of that of |f|, and the second has no great doubt."""
    low, high, _ = edges(p, p)
    inner = cuts[(cuts > low) & (cuts < high)]
    grid = np.concatenate([np.linspace(low, high, CELLS + 1), p.quantile(np.linspace(0, 1, 514)[1:-1]), inner])
    total, doubt, size = _adaptive(_Product(f, p), np.unique(grid[(grid >= low) & (grid <= high)]))
    if size == 0:
        return True

    def middle(p: Distribution, q: Distribution, x: Array) -> Array:
        return np.where((x >= low) & (x <= high), f.evaluate(x) * np.exp(p.log_prob(x)) / size, 0.0)[None]

    first = size * expectation(p, p, middle, np.append(inner, [low, high]))[0]
    return doubt <= MUCH * size and abs(first - total) <= SMALL * size


def _adaptive(f: _Product, grid: Array) -> tuple[float, float, float]:
    """Return the integral of f over cells, its doubt, and the integral of |f|; nan where f is. See `reference.reference`."""
    cells, sides = grid[:-1, None], np.diff(grid)[:, None]
    whole, sizes, _ = rule(f, cells, sides)
    size, total, doubt, room = float(sizes.sum()), 0.0, 0.0, MOST - len(cells) * NODES
    for level in range(LEVELS):
        cells, sides = parted(cells, sides)
        parts, _, odd = (each.reshape(-1, 2) for each in rule(f, cells, sides))
        change, room = np.abs(parts.sum(axis=1) - whole) + odd.sum(axis=1), room - len(cells) * NODES
        going = most_changing(change, TOLERANCE * size, max(0, room // (4 * NODES)) if level + 1 < LEVELS else 0)
        total, doubt = total + float(parts[~going].sum()), doubt + float(np.sum(change[~going] ** 2))
        if not going.any():
            break
        cells, sides = (each.reshape(-1, 2, 1)[going].reshape(-1, 1) for each in (cells, sides))
        whole = parts[going].ravel()
    return total, CAUTION * math.sqrt(doubt) if doubt >= 0 else math.nan, size
