"""Where a typed function jumps or bends, read off its own conditions: quadrature that does not know them overlooks a narrow step."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import combinations, pairwise

import numpy as np

from core.formula import Formula
from core.formula.nodes import Node, name, number

Array = np.ndarray
MOST_CUTS = 400  # more steps than that are left to the quadrature, whose doubt then tells
HALVINGS = 60
GOLDEN = (math.sqrt(5) - 1) / 2
PI = name("pi")


def bends(f: Formula, grid: Array) -> Array:
    """Return where f jumps or bends: where the sides of a comparison are equal, or what stands in abs, sign, min, max or floor turns; and the tops of |f|.

    Each such difference is followed to its zeros from a grid, and first to its hollows, between whose sides two zeros may hide.
    What an inner part does is known before an outer part is asked: |x - 1| < 0.001 is looked at where x = 1.

    Args:
        f: a function of one variable.
        grid: places, rising, that reach as far as anyone will look.
    """
    found = np.empty(0)
    for node in _switches(f.root):
        difference = Formula(node, f.variables)
        places = np.unique(np.concatenate([grid, found]))
        places = np.unique(np.concatenate([places, _hollows(difference, places)]))
        found = np.unique(np.concatenate([found, _zeros(difference, places)]))
        if len(found) > MOST_CUTS:
            return np.empty(0)
    peaks = _hollows(Formula(Node("/", (number(1), f.root)), f.variables), np.unique(np.concatenate([grid, found])))
    return np.unique(np.concatenate([found, peaks])) if len(peaks) + len(found) <= MOST_CUTS else found


def conditional(node: Node) -> bool:
    """Return whether a formula holds a condition, so that 0 and 1 may be among its values."""
    return node.head == "compare" or any(conditional(part) for part in node.parts)


def _switches(node: Node) -> Iterator[Node]:
    """Walk over the differences whose zeros are jumps or bends, inner ones first."""
    for part in node.parts:
        yield from _switches(part)
    if node.head in ("abs", "sign"):
        yield node.parts[0]
    elif node.head == "floor":
        yield Node("sin", (Node("*", (PI, node.parts[0])),))
    elif node.head in ("compare", "min", "max"):
        pairs = pairwise(node.parts) if node.head == "compare" else combinations(node.parts[:8], 2)
        yield from (Node("+", (left, Node("-", (right,)))) for left, right in pairs)


def _zeros(f: Formula, places: Array) -> Array:
    """Return the zeros of f between neighbours where its sign changes, by halving."""
    signs = np.sign(f.evaluate(places))
    changes = np.flatnonzero(signs[:-1] * signs[1:] < 0)
    if len(changes) > MOST_CUTS:
        return places
    left, right, sign = places[changes], places[changes + 1], signs[changes]
    for _ in range(HALVINGS):
        middle = 0.5 * (left + right)
        same = np.sign(f.evaluate(middle)) == sign
        left, right = np.where(same, middle, left), np.where(same, right, middle)
    return np.concatenate([right, places[signs == 0][:MOST_CUTS]])


def _hollows(f: Formula, places: Array) -> Array:
    """Return where |f| is least between neighbours of one sign, by the golden section."""
    values = f.evaluate(places)
    sizes, signs = np.abs(values), np.sign(values)
    least = (sizes[1:-1] < sizes[:-2]) & (sizes[1:-1] <= sizes[2:]) & (signs[:-2] == signs[2:]) & (signs[1:-1] == signs[2:]) & (signs[2:] != 0)
    left, right, sign = places[:-2][least], places[2:][least], signs[1:-1][least]
    for _ in range(HALVINGS):
        one, two = right - GOLDEN * (right - left), left + GOLDEN * (right - left)
        lower = sign * f.evaluate(one) < sign * f.evaluate(two)
        left, right = np.where(lower, left, one), np.where(lower, two, right)
    return 0.5 * (left + right)
