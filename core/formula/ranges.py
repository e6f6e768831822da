"""Between which values a formula lies on a whole stretch: sure bounds by interval arithmetic, without looking at single places."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import reduce

import numpy as np

from core.formula.formula import Formula
from core.formula.functions import CONSTANTS, FUNCTIONS
from core.formula.nodes import Node

Array = np.ndarray
Range = tuple[Array, Array]  # lowest and highest
RISING = ("exp", "log", "log10", "sqrt", "asin", "atan", "sinh", "tanh", "sign", "floor", "erf", "Phi", "sigmoid")
ROUNDING = 16 * np.finfo(float).eps  # by which each step is widened, relatively
NEAR = 1e-9  # turns by which a crest counts as reached
FAR = 1e6  # beyond which the phase of a wave is not followed
MOST_POWER = 1e6


def bounds(formula: Formula, low: Array, high: Array) -> Range:
    """Return bounds of a formula in one variable over stretches [low, high]: (n,), (n,) -> (n,), (n,).

    The formula lies between them everywhere in the stretch, but need not reach them; infinite where nothing can be told.
    https://en.wikipedia.org/wiki/Interval_arithmetic
    """
    with np.errstate(all="ignore"):
        lowest, highest = _range(formula.root, {formula.variables[0]: (np.asarray(low, float), np.asarray(high, float))})
    return np.broadcast_to(lowest, np.shape(low)), np.broadcast_to(highest, np.shape(low))


def _range(node: Node, places: dict[str, Range]) -> Range:
    match node.head:
        case "number":
            return np.float64(node.value), np.float64(node.value)
        case "name":
            word = str(node.value)
            return places[word] if word in places else (np.float64(CONSTANTS[word]), np.float64(CONSTANTS[word]))
    parts = [_range(part, places) for part in node.parts]
    if node.head == "compare":
        return reduce(_both, [_compared(sign, *pair) for sign, *pair in zip(str(node.value).split(), parts[:-1], parts[1:], strict=True)])
    if node.head in EXACT:
        return EXACT[node.head](parts)
    found = ROUNDED[node.head](parts) if node.head in ROUNDED else _function(node.head, parts)
    return _widened(*found)


def _widened(low: Array, high: Array) -> Range:
    """Return bounds a few roundings wider; infinite where either is undefined."""
    unknown = np.isnan(low) | np.isnan(high)
    return np.where(unknown, -math.inf, low - ROUNDING * np.abs(low)), np.where(unknown, math.inf, high + ROUNDING * np.abs(high))


def _corners(function: Callable[[Array, Array], Array], left: Range, right: Range) -> Range:
    """Return the least and the largest value at the four corners, where a function of two arguments rises or falls in each."""
    values = np.stack(np.broadcast_arrays(*(function(a, b) for a in left for b in right)))
    return values.min(axis=0), values.max(axis=0)


def _product(left: Range, right: Range) -> Range:
    return _corners(lambda a, b: np.where((a == 0) | (b == 0), 0.0, a * b), left, right)  # 0 times anything is 0, as with a condition


def _quotient(parts: list[Range]) -> Range:
    (low, high), over = parts[1], (parts[0][0], parts[0][1])
    found = _product(over, (1 / high, 1 / low))
    crossed = (low <= 0) & (high >= 0)
    return np.where(crossed, -math.inf, found[0]), np.where(crossed, math.inf, found[1])


def _power(parts: list[Range]) -> Range:
    (low, high), (least, most) = parts
    whole = np.all(least == most) and np.all(least == np.floor(least)) and np.all(np.abs(least) < MOST_POWER)
    if not whole:
        found = _corners(np.power, *parts)
        known = (low > 0) | ((low >= 0) & (least > 0))
        return np.where(known, found[0], -math.inf), np.where(known, found[1], math.inf)
    n = np.abs(least)
    ends = np.stack(np.broadcast_arrays(low**n, high**n))
    below = np.where((n % 2 == 0) & (n > 0) & (low <= 0) & (high >= 0), 0.0, ends.min(axis=0))
    found = _widened(below, ends.max(axis=0))
    return _quotient([(np.float64(1), np.float64(1)), found]) if np.all(least < 0) else found


def _function(head: str, parts: list[Range]) -> Range:
    low, high = parts[0]
    if head in RISING:
        return FUNCTIONS[head].value(low), FUNCTIONS[head].value(high)
    if head == "acos":
        return np.arccos(high), np.arccos(low)
    if head in ("sin", "cos"):
        return _wave(low - math.pi / 2, high - math.pi / 2) if head == "sin" else _wave(low, high)
    if head in ("cosh", "phi"):
        near, far = (FUNCTIONS[head].value(each) for each in _size(parts))
        return (near, far) if head == "cosh" else (far, near)
    return np.full(np.shape(low), math.nan), np.full(np.shape(low), math.nan)


def _wave(low: Array, high: Array) -> Range:
    """Return the bounds of a cosine: 1 where a crest lies within, -1 where a trough does."""
    ends = np.stack(np.broadcast_arrays(np.cos(low), np.cos(high)))
    turns = low / (2 * math.pi) - NEAR, high / (2 * math.pi) + NEAR
    crest, trough = (np.floor(turns[1] + shift) >= np.ceil(turns[0] + shift) for shift in (0.0, 0.5))
    lost = ~(np.maximum(np.abs(low), np.abs(high)) < FAR)
    return np.where(trough | lost, -1.0, ends.min(axis=0)), np.where(crest | lost, 1.0, ends.max(axis=0))


def _size(parts: list[Range]) -> Range:
    low, high = parts[0]
    ends = np.abs(low), np.abs(high)
    return np.where((low <= 0) & (high >= 0), 0.0, np.minimum(*ends)), np.maximum(*ends)


def _compared(sign: str, left: Range, right: Range) -> Range:
    """Return (1, 1) where a comparison holds for sure, (0, 0) where it fails for sure, (0, 1) elsewhere."""
    (small, large) = (left, right) if sign in ("<", "<=") else (right, left)
    return (small[1] < large[0]).astype(float), (~(small[0] > large[1])).astype(float)


def _both(left: Range, right: Range) -> Range:
    return np.minimum(left[0], right[0]), np.minimum(left[1], right[1])


def _either(left: Range, right: Range) -> Range:
    return np.maximum(left[0], right[0]), np.maximum(left[1], right[1])


def _where(parts: list[Range]) -> Range:
    (low, high), yes, no = parts
    surely, never = (low > 0) | (high < 0), (low == 0) & (high == 0)
    lowest, highest = np.minimum(yes[0], no[0]), np.maximum(yes[1], no[1])
    return np.where(surely, yes[0], np.where(never, no[0], lowest)), np.where(surely, yes[1], np.where(never, no[1], highest))


EXACT: dict[str, Callable[[list[Range]], Range]] = {
    "-": lambda parts: (-parts[0][1], -parts[0][0]),
    "and": lambda parts: reduce(_both, parts),
    "min": lambda parts: reduce(_both, parts),
    "or": lambda parts: reduce(_either, parts),
    "max": lambda parts: reduce(_either, parts),
    "abs": _size,
    "where": _where,
}
ROUNDED: dict[str, Callable[[list[Range]], Range]] = {
    "+": lambda parts: (reduce(np.add, (each[0] for each in parts)), reduce(np.add, (each[1] for each in parts))),
    "*": lambda parts: reduce(_product, parts),
    "/": _quotient,
    "^": _power,
}
