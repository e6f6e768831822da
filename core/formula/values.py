"""The value of a tree on arrays. Nothing here raises: what is undefined is nan, what is too large is inf."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce

import numpy as np

from core.formula.functions import CONSTANTS, FUNCTIONS
from core.formula.nodes import Node, gates

Array = np.ndarray
Places = Mapping[str, Array]  # where to evaluate: an array for each variable
COMPARE: dict[str, Callable[[Array, Array], Array]] = {"<": np.less, "<=": np.less_equal, ">": np.greater, ">=": np.greater_equal}


def value(node: Node, places: Places) -> Array:
    """Return the value, with the shape of the places or, without a variable, of a single number."""
    match node.head:
        case "number":
            return np.float64(node.value)
        case "name":
            word = str(node.value)
            return places[word] if word in places else np.float64(CONSTANTS[word])
        case "+":
            return reduce(np.add, (value(part, places) for part in node.parts))
        case "-":
            return -value(node.parts[0], places)
        case "*":
            return gated(node, places, reduce(np.multiply, (value(part, places) for part in node.parts)))
        case "/":
            top, bottom = (value(part, places) for part in node.parts)
            return gated(node, places, top / bottom)
        case "^":
            base, exponent = (value(part, places) for part in node.parts)
            return base**exponent
        case "compare" | "and" | "or":
            return condition(node, places).astype(float)
    return FUNCTIONS[node.head].value(*(value(part, places) for part in node.parts))


def gated(node: Node, places: Places, values: Array) -> Array:
    """Put 0 wherever a condition among the factors does not hold, even in the place of nan."""
    for gate in gates(node):
        values = np.where(condition(gate, places), values, 0.0)
    return values


def condition(node: Node, places: Places) -> Array:
    """Return where a condition holds; a comparison with something undefined does not."""
    if node.head == "compare":
        sides = [value(part, places) for part in node.parts]
        signs = str(node.value).split()
        held = (COMPARE[sign](left, right) for sign, left, right in zip(signs, sides[:-1], sides[1:], strict=True))
        return np.asarray(reduce(np.logical_and, held))
    join = np.logical_and if node.head == "and" else np.logical_or
    return np.asarray(reduce(join, (condition(part, places) for part in node.parts)))
