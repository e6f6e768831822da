"""The derivative of a tree, by the rules of the school: sum, product, quotient, power, chain."""

from __future__ import annotations

import functools

from core.formula.algebra import ONE, ZERO, call, opposite, power, product, quotient, total
from core.formula.functions import FUNCTIONS
from core.formula.grammar import read
from core.formula.nodes import CONDITIONS, Node, names, number
from core.formula.sentences import Rules


@functools.cache
def slope(head: str) -> Node:
    """Return the slope of a function of one argument, as a tree in u."""
    return read(FUNCTIONS[head].slope, Rules("slope", ("u",)))


def derivative(node: Node, word: str) -> Node:
    """Differentiate with respect to a variable. Right wherever the formula has a value and a slope; 0 at a jump.

    Raises:
        ValueError: when the derivative becomes too large.
    """
    if word not in names(node) or node.head in CONDITIONS:
        return ZERO
    if node.head in FUNCTIONS and FUNCTIONS[node.head].slope:
        return product(tidied(slope(node.head), node.parts[0]), derivative(node.parts[0], word))
    match node.head:
        case "name":
            return ONE
        case "+":
            return total(*(derivative(part, word) for part in node.parts))
        case "-":
            return opposite(derivative(node.parts[0], word))
        case "*":
            return total(*(product(*node.parts[:i], derivative(part, word), *node.parts[i + 1 :]) for i, part in enumerate(node.parts)))
        case "/":
            top, bottom = node.parts  # t'/b - t b'/b^2
            down = quotient(product(top, derivative(bottom, word)), power(bottom, number(2)))
            return total(quotient(derivative(top, word), bottom), opposite(down))
        case "^":
            return _power_slope(*node.parts, word)
        case "polygamma":
            order, inside = node.parts
            return product(call("polygamma", total(order, ONE), inside), derivative(inside, word))
        case "where":
            return call("where", node.parts[0], *(derivative(part, word) for part in node.parts[1:]))
    return _extreme_slope(node, word)


def _power_slope(base: Node, exponent: Node, word: str) -> Node:
    """(b^c)' = c b^(c-1) b' + b^c log(b) c', either half of which is 0 where its part does not vary."""
    lower = product(exponent, power(base, total(exponent, number(-1))), derivative(base, word))
    if word not in names(exponent):
        return lower
    upper = product(power(base, exponent), call("log", base), derivative(exponent, word))
    return upper if word not in names(base) else total(lower, upper)


def _extreme_slope(node: Node, word: str) -> Node:
    """The slope of a minimum or maximum is the slope of whichever part it is."""
    first, *others = node.parts
    if not others:
        return derivative(first, word)
    rest = Node(node.head, tuple(others)) if len(others) > 1 else others[0]
    chosen = Node("compare", (first, rest), "<=" if node.head == "min" else ">=")
    below = _extreme_slope(rest, word) if len(others) > 1 else derivative(rest, word)
    return call("where", chosen, derivative(first, word), below)


def tidied(node: Node, inside: Node) -> Node:
    """Put a tree in the place of u, and tidy."""
    match node.head:
        case "name":
            return inside if node.value == "u" else node
        case "number":
            return node
    parts = [tidied(part, inside) for part in node.parts]
    match node.head:
        case "+":
            return total(*parts)
        case "-":
            return opposite(*parts)
        case "*":
            return product(*parts)
        case "/":
            return quotient(*parts)
        case "^":
            return power(*parts)
    return call(node.head, *parts)
