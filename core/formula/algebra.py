"""Build a tree and tidy it on the way: numbers folded, 0 and 1 dropped, like factors and like terms gathered.

A tidied tree has the same value wherever the tree that it came from has one: x/x becomes 1.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from fractions import Fraction

import numpy as np

from core.formula.functions import CONSTANTS, FUNCTIONS
from core.formula.nodes import CONDITIONS, MOST_GROWN, MOST_GROWN_DEPTH, Node, number

Amount = Fraction | float
WHOLE = 2.0**53  # whole numbers and their ratios stay exact below this
ZERO, ONE = number(0), number(1)


def grown(head: str, *parts: Node) -> Node:
    """Make a node of a derivative.

    Raises:
        ValueError: when the tree becomes too large.
    """
    node = Node(head, parts)
    if node.size > MOST_GROWN or node.depth > MOST_GROWN_DEPTH:
        raise ValueError(f"derivative must have at most {MOST_GROWN} parts, {MOST_GROWN_DEPTH} deep, got more: try a shorter formula")
    return node


def amount(node: Node) -> Amount | None:
    """Return the number that a tree writes, a ratio of whole numbers exactly; None where it writes something else."""
    match node.head:
        case "number":
            figure = float(node.value)
            return Fraction(int(figure)) if figure < WHOLE and figure.is_integer() else figure
        case "-":
            inside = amount(node.parts[0])
            return None if inside is None else -inside
        case "/":
            top, bottom = (amount(part) for part in node.parts)
            if isinstance(top, Fraction) and isinstance(bottom, Fraction) and bottom != 0:
                return _kept(top / bottom)
    return None


def _kept(figure: Amount) -> Amount:
    """Keep a ratio exact only while its parts are floats too."""
    if isinstance(figure, Fraction) and max(abs(figure.numerator), figure.denominator) >= WHOLE:
        return float(figure)
    return figure


def written(figure: Amount) -> Node:
    """Write a number as a tree: 2, -2/3, 0.1, and 1/0 for a number that became too large."""
    if not math.isfinite(figure):
        return opposite(Node("/", (ONE, ZERO))) if figure < 0 else Node("/", (ZERO if math.isnan(figure) else ONE, ZERO))
    if isinstance(figure, Fraction) and figure.denominator != 1:
        ratio = Node("/", (number(abs(figure.numerator)), number(figure.denominator)))
        return opposite(ratio) if figure < 0 else ratio
    return number(figure)


def opposite(node: Node) -> Node:
    """Return -node."""
    return node.parts[0] if node.head == "-" else grown("-", node)


def _factors(node: Node, times: int) -> Iterator[tuple[Node | Amount, Amount]]:
    """Take a product apart into numbers and bases, each with its exponent; `times` is -1 below a fraction bar."""
    figure = amount(node)
    if figure is not None and not (figure == 0 and times < 0):
        yield (figure if times > 0 else _kept(1 / figure)), 1
    elif node.head == "-":
        yield Fraction(-1), 1
        yield from _factors(node.parts[0], times)
    elif node.head == "*":
        for part in node.parts:
            yield from _factors(part, times)
    elif node.head == "/":
        yield from _factors(node.parts[0], times)
        yield from _factors(node.parts[1], -times)
    elif node.head == "^" and (exponent := amount(node.parts[1])) is not None:
        yield node.parts[0], times * exponent
    else:
        yield node, Fraction(times)


def _monomial(factors: Iterable[tuple[Node | Amount, Amount]]) -> tuple[Amount, dict[Node, Amount]]:
    """Gather factors into one number and a power of each base."""
    coefficient: Amount = Fraction(1)
    bases: dict[Node, Amount] = {}
    for base, exponent in factors:
        if isinstance(base, Node):
            before = bases.get(base, 0)
            # a condition above the bar is 0 or 1, and where it is 0 so is the whole product
            bases[base] = 1 if base.head in CONDITIONS and max(before, exponent) > 0 else _kept(before + exponent)
        else:
            coefficient = _kept(coefficient * base)
    return coefficient, bases


def _assembled(coefficient: Amount, bases: dict[Node, Amount]) -> Node:
    """Write coefficient * product of base^exponent, with negative exponents below the bar."""
    if coefficient == 0:
        return ZERO
    ordered = sorted(bases.items(), key=lambda pair: _rank(pair[0]))
    top = [power(base, written(exponent)) for base, exponent in ordered if exponent > 0]
    bottom = [power(base, written(-exponent)) for base, exponent in ordered if exponent < 0]
    size = abs(coefficient)
    if isinstance(size, Fraction):
        top = [number(size.numerator)] * (size.numerator != 1) + top
        bottom = [number(size.denominator)] * (size.denominator != 1) + bottom
    else:
        top = [written(size), *top] if size != 1 else top
    node = _joined("*", top, ONE)
    node = grown("/", node, _joined("*", bottom, ONE)) if bottom else node
    return opposite(node) if coefficient < 0 else node


def _rank(base: Node) -> int:
    """Order factors as books do: conditions, letters, functions."""
    return 0 if base.head in CONDITIONS else 1 if base.head == "name" else 2


def _joined(head: str, parts: list[Node], empty: Node) -> Node:
    return grown(head, *parts) if len(parts) > 1 else (parts or [empty])[0]


def product(*parts: Node) -> Node:
    """Multiply."""
    return _assembled(*_monomial(pair for part in parts for pair in _factors(part, 1)))


def quotient(top: Node, bottom: Node) -> Node:
    """Divide."""
    return _assembled(*_monomial([*_factors(top, 1), *_factors(bottom, -1)]))


def _terms(node: Node, sign: int) -> Iterator[tuple[Amount, dict[Node, Amount]]]:
    """Take a sum apart into monomials."""
    if node.head == "+":
        for part in node.parts:
            yield from _terms(part, sign)
    elif node.head == "-":
        yield from _terms(node.parts[0], -sign)
    else:
        coefficient, bases = _monomial(_factors(node, 1))
        yield sign * coefficient, bases


def total(*parts: Node) -> Node:
    """Add, gathering like terms: 2x + 3x is 5x; a number comes last."""
    constant: Amount = Fraction(0)
    like: dict[Node, Amount] = {}
    for part in parts:
        for coefficient, bases in _terms(part, 1):
            if coefficient != 0 and bases:
                bare = _assembled(Fraction(1), bases)
                like[bare] = _kept(like.get(bare, 0) + coefficient)
            else:
                constant = _kept(constant + coefficient)
    terms = [product(written(coefficient), bare) for bare, coefficient in like.items() if coefficient != 0]
    return _joined("+", [*terms, *([written(constant)] if constant != 0 or not terms else [])], ZERO)


def power(base: Node, exponent: Node) -> Node:
    """Raise to a power."""
    figure, below = amount(exponent), amount(base)
    if figure == 0:
        return ONE
    if figure == 1 or below == 1:
        return base
    if isinstance(below, Fraction) and isinstance(figure, Fraction) and figure.denominator == 1 and abs(figure) <= 9 and below != 0:
        return written(_kept(below**figure.numerator))
    return grown("^", base, exponent)


def call(head: str, *parts: Node) -> Node:
    """Call a function; at 0, 1 and e it may have a whole value, such as log(e) = 1."""
    only = parts[0]
    if len(parts) == 1 and (only in (ZERO, ONE) or only.value == "e"):
        with np.errstate(all="ignore"):
            figure = float(FUNCTIONS[head].value(np.float64(CONSTANTS["e"] if only.value == "e" else only.value)))
        if math.isfinite(figure) and figure.is_integer():
            return number(figure)
    if head == "where" and parts[1] == parts[2]:
        return parts[1]
    return grown(head, *parts)
